//! What is shown of a text that was found: the place where it was found, with what was looked for
//! marked. Parts of text, never markup.

use crate::query::Sought;
use crate::words::{fold, significant, wanted};
use serde::Serialize;

/// Characters of a snippet.
const LENGTH: usize = 110;
/// Of these, before what was found.
const BEFORE: usize = 24;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// What is marked in a text.
pub(crate) struct Needles {
    whole: Vec<Vec<char>>,
    words: Vec<Vec<char>>,
}

impl Needles {
    pub(crate) fn new(parts: &[Sought]) -> Self {
        let whole = parts.iter().map(|part| significant(part.text()).collect()).collect();
        let words = parts.iter().flat_map(|part| match part {
            Sought::Phrase(_) => Vec::new(),
            Sought::Words(text) => wanted(text),
        });
        let words = words.map(|word| significant(&word).collect()).collect();
        Self { whole, words }
    }

    /// A whole text with what was looked for marked.
    pub(crate) fn mark(&self, text: &str) -> Vec<Part> {
        let text: Vec<char> = text.chars().collect();
        parts(&text, &self.hits(&text).0)
    }

    /// The piece of a text around the first place where it was found, or its beginning.
    pub(crate) fn snippet(&self, text: &str) -> Vec<Part> {
        let text: Vec<char> = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        let (hits, first) = self.hits(&text);
        let from = first.unwrap_or(0).saturating_sub(BEFORE);
        let from = if from < 4 { 0 } else { from };
        let to = from.saturating_add(LENGTH).min(text.len());
        let piece = text.get(from..to).unwrap_or_default();
        let mut shown = parts(piece, hits.get(from..to).unwrap_or_default());
        let plain = || Part { text: "…".to_owned(), hit: false };
        if from > 0 {
            shown.insert(0, plain());
        }
        if to < text.len() {
            shown.push(plain());
        }
        shown
    }

    /// Which characters are hits, and where to begin: with the first of a whole part, or else of
    /// the rarest word, which tells the most.
    fn hits(&self, text: &[char]) -> (Vec<bool>, Option<usize>) {
        let counted = text.iter().enumerate().map(|(at, c)| (fold(*c), at));
        let counted: Vec<(char, usize)> = counted.filter(|(c, _)| c.is_alphanumeric()).collect();
        let mut hits = vec![false; text.len()];
        let mut first = None;
        for needles in [&self.whole, &self.words] {
            let mut rarest: Option<(usize, usize)> = None;
            for needle in needles.iter().filter(|needle| !needle.is_empty()) {
                let found = counted.windows(needle.len());
                let found = found.filter(|window| window.iter().map(|(c, _)| c).eq(needle));
                let found: Vec<_> =
                    found.filter_map(|w| Some((w.first()?.1, w.last()?.1))).collect();
                for (from, to) in &found {
                    let marked = hits.iter_mut().take(to.saturating_add(1)).skip(*from);
                    marked.for_each(|hit| *hit = true);
                }
                let own = found.first().map(|(from, _)| (found.len(), *from));
                rarest = rarest.into_iter().chain(own).min();
            }
            first = first.or(rarest.map(|(_, from)| from));
        }
        (hits, first)
    }
}

fn parts(text: &[char], hits: &[bool]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (c, hit) in text.iter().zip(hits) {
        match parts.last_mut().filter(|part| part.hit == *hit) {
            Some(part) => part.text.push(*c),
            None => parts.push(Part { text: c.to_string(), hit: *hit }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &[Part]) -> String {
        let one = |part: &Part| {
            if part.hit { format!("[{}]", part.text) } else { part.text.clone() }
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_whatever_its_brackets_and_width() {
        let needles = Needles::new(&[Sought::Words("粤府[2026]12号".to_owned())]);
        assert_eq!(shown(&needles.mark("粤府〔２０２６〕12号文")), "[粤府〔２０２６〕12号]文");
    }

    #[test]
    fn a_snippet_begins_near_the_first_hit() {
        let long = format!("{}切实加强防汛工作，{}", "甲".repeat(200), "乙".repeat(200));
        let shown = shown(&Needles::new(&[Sought::Phrase("防汛".to_owned())]).snippet(&long));
        assert!(shown.starts_with("…甲") && shown.ends_with("乙…"), "{shown}");
        assert!(shown.contains("加强[防汛]工作"), "{shown}");
        assert_eq!(shown.chars().count(), LENGTH + 4);
    }

    #[test]
    fn a_snippet_shows_the_rarest_of_several_words() {
        let text = format!("政府。{}政府，政府数字", "甲".repeat(300));
        let needles = Needles::new(&[Sought::Words("数字 政府".to_owned())]);
        let shown = shown(&needles.snippet(&text));
        assert!(shown.ends_with("[政府]，[政府数字]"), "{shown}");
    }

    #[test]
    fn without_a_hit_it_is_the_beginning() {
        let needles = Needles::new(&[Sought::Words("无关".to_owned())]);
        assert_eq!(shown(&needles.snippet("第一行\n第二行")), "第一行 第二行");
    }
}
