//! Reading titles and texts of documents: what is quoted, where a sentence ends, what is alike.

use std::collections::BTreeSet;

/// As many characters of a text as a sentence can carry.
const SHOWN_MAX: usize = 40;

/// A text shortened for being named in a sentence.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= SHOWN_MAX {
        return text.to_owned();
    }
    text.chars().take(SHOWN_MAX).chain(['…']).collect()
}

/// What stands between 《 and its 》, the outermost ones.
pub(super) fn quoted(text: &str) -> Vec<String> {
    let (mut all, mut now, mut depth) = (Vec::new(), String::new(), 0_u32);
    for c in text.chars() {
        match c {
            '《' => depth = depth.saturating_add(1),
            '》' if depth == 1 => {
                all.push(std::mem::take(&mut now).trim_start_matches('《').to_owned());
                depth = 0;
                continue;
            }
            '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 {
            now.push(c);
        }
    }
    all
}

/// The text without what it quotes: names of other documents say nothing of this one.
pub(super) fn unquoted(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|c| {
            match c {
                '《' => depth = depth.saturating_add(1),
                '》' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The sentences of a text.
pub(super) fn sentences(lines: &[String]) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？');
    lines.iter().flat_map(move |line| line.split(ends)).map(str::trim).filter(|one| !one.is_empty())
}

/// A title without the bracket at its end: （试行）, （征求意见稿）.
pub(super) fn unbracketed(title: &str) -> &str {
    let title = title.trim();
    let Some(open) = title.strip_suffix('）') else { return title };
    open.rsplit_once('（').map_or(title, |(before, _)| before.trim())
}

/// What stands in a title before it says what it is about; all of it when it never says.
pub(super) fn before_matter(title: &str) -> &str {
    let begins = ["关于", "转发", "印发", "批转", "对《", "《"];
    let places = begins.iter().filter_map(|word| title.find(word));
    let head = places.min().and_then(|place| title.get(..place));
    head.unwrap_or(title).trim()
}

/// The first of `words` that stands in a text.
pub(super) fn first_of<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    let found = words.iter().filter_map(|word| Some((text.find(word)?, *word)));
    found.min_by_key(|(place, word)| (*place, usize::MAX - word.len())).map(|(_, word)| word)
}

/// Names in Chinese brackets, joined.
pub(super) fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、")
}

/// Of a hundred pairs of neighbouring characters, how many two titles must share to be alike.
const ALIKE_MIN: usize = 50;

/// Whether two titles are about the same thing, as far as the characters of their matter tell.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let pairs = |title: &str| -> BTreeSet<(char, char)> {
        let matter = title.split_once("关于").map_or(title, |(_, matter)| matter);
        let matter = matter.rsplit_once('的').map_or(matter, |(matter, _)| matter);
        matter.chars().zip(matter.chars().skip(1)).collect()
    };
    let (one, other) = (pairs(one), pairs(other));
    let both = one.intersection(&other).count();
    let all = one.union(&other).count();
    all > 0 && both.saturating_mul(100) >= all.saturating_mul(ALIKE_MIN)
}
