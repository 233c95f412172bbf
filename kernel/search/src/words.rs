//! What counts of a text: letters, digits and Chinese characters, in one width and case.
//!
//! A text is indexed twice. By characters with their places, so that whatever stands in it word by
//! word is found, however a dictionary would part it; and by the words of jieba, so that words that
//! stand apart are found too.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy_jieba::JiebaTokenizer;

/// One width and case: `Ａ` and `A` are `a`.
pub(crate) fn fold(c: char) -> char {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
        _ => c,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

/// The characters that count, folded: `粤府〔2026〕12号` and `粤府[2026]12号` are the same.
pub(crate) fn significant(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(fold).filter(|c| c.is_alphanumeric())
}

/// A whole text, folded.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Cuts words for the index, with the words within words.
pub(crate) fn by_words() -> JiebaTokenizer {
    JiebaTokenizer::with_search_mode(true)
}

/// The words of a folded text that somebody looks for. Single characters count only when there is
/// nothing else: they are particles, or remains of a name that is found by its characters. Digits
/// always count.
pub(crate) fn wanted(folded: &str) -> Vec<String> {
    let mut cutter = JiebaTokenizer::with_search_mode(false);
    let mut tokens = cutter.token_stream(folded);
    let mut words = Vec::new();
    while tokens.advance() {
        words.push(tokens.token().text.clone());
    }
    words.retain(|word| significant(word).next().is_some());
    let long = |word: &String| word.chars().nth(1).is_some();
    let some_long = words.iter().any(long);
    let counts = |word: &String| !some_long || long(word) || word.chars().all(char::is_numeric);
    words.into_iter().filter(counts).collect()
}

/// A token for each Chinese character and each run of letters or digits. Marks between them do
/// not part what they stand between; a new line does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ByCharacters;

/// The tokens of a text, made at once.
pub(crate) struct Tokens {
    tokens: std::vec::IntoIter<Token>,
    now: Token,
}

impl Tokenizer for ByCharacters {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens: Vec<Token> = Vec::new();
        let mut position: usize = 0;
        let mut run = false;
        for (offset, c) in text.char_indices() {
            let c = fold(c);
            let (from, to) = (offset, offset.saturating_add(c.len_utf8()));
            if !c.is_alphanumeric() {
                run = false;
                position = position.saturating_add(usize::from(c == '\n'));
                continue;
            }
            let narrow = c.is_ascii();
            match tokens.last_mut().filter(|_| run && narrow) {
                Some(last) => {
                    last.text.push(c);
                    last.offset_to = to;
                }
                None => {
                    tokens.push(Token {
                        offset_from: from,
                        offset_to: to,
                        position,
                        text: c.to_string(),
                        position_length: 1,
                    });
                    position = position.saturating_add(1);
                }
            }
            run = narrow;
        }
        Tokens { tokens: tokens.into_iter(), now: Token::default() }
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.now = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.now
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_width_do_not_part_a_number() {
        let tokens = |text: &str| {
            let mut cutter = ByCharacters;
            let mut stream = cutter.token_stream(text);
            let mut found = Vec::new();
            while stream.advance() {
                found.push((stream.token().text.clone(), stream.token().position));
            }
            found
        };
        let wanted = ["粤", "府", "2026", "12", "号"];
        let wanted: Vec<_> = wanted.iter().map(ToString::to_string).zip(0..).collect();
        assert_eq!(tokens("粤府〔2026〕12号"), wanted);
        assert_eq!(tokens("粤府［２０２６］１２号"), wanted);
        assert_eq!(tokens("甲\n乙"), [("甲".to_owned(), 0), ("乙".to_owned(), 2)]);
    }

    #[test]
    fn particles_are_not_looked_for_beside_words() {
        assert_eq!(wanted("加强的通知"), ["加强", "通知"]);
        assert_eq!(wanted("的"), ["的"]);
        assert_eq!(wanted("粤府办〔2026〕1号"), ["粤府", "2026", "1"]);
    }
}
