//! 7.3.3: headings of four levels: how they are numbered and set.

use super::faces::{Face, is, shown};
use super::line::Line;
use super::row::{Row, What};
use super::sheet::Glyph;
use crate::figures::LEFT;

/// Numerals of the first two levels.
const HAN: &str = "一二三四五六七八九十";

/// A paragraph that begins with an ordinal.
struct Heading<'a> {
    line: &'a Line,
    ordinal: Ordinal,
}

/// 一、, （一）, 1. or （1）, rightly written or not.
struct Ordinal {
    level: u8,
    /// What it counts; none when it is no numeral that counts.
    count: Option<u32>,
    /// As it is written.
    text: String,
    /// Whether its marks are those of the standard.
    spelt: bool,
}

pub(super) fn rows(body: &[Line]) -> Vec<Row> {
    let begins = body.iter().filter(|line| line.left > LEFT + 2.0);
    let all: Vec<Heading<'_>> = begins
        .filter_map(|line| Some(Heading { line, ordinal: ordinal(&line.plain())? }))
        .collect();
    let face = |level: u8, face: Face| faced(&all, level, face);
    vec![
        What("7.3.3", "一级标题字体").holds("黑体", face(1, Face::Hei)),
        What("7.3.3", "二级标题字体").holds("楷体", face(2, Face::Kai)),
        What("7.3.3", "三级标题字体").holds("仿宋，不加粗", face(3, Face::FangSong)),
        What("7.3.3", "四级标题字体").holds("仿宋，不加粗", face(4, Face::FangSong)),
        What("7.3.3", "结构层次序数").holds("一、（一）1.（1），依次连续", counted(&all)),
    ]
}

/// Whether all headings of a level have their face; the first that has not is named.
fn faced(all: &[Heading<'_>], level: u8, face: Face) -> Option<(String, bool)> {
    let own: Vec<&Heading<'_>> = all.iter().filter(|one| one.ordinal.level == level).collect();
    let first = own.first()?;
    let plain = level > 2;
    let wrong = own.iter().find(|one| {
        let glyph = said(one);
        glyph.is_some_and(|glyph| !is(&glyph.font, face) || (plain && is_bold(glyph)))
    });
    let font = |one: &Heading<'_>| shown(said(one).map(|glyph| &*glyph.font).unwrap_or_default());
    Some(match wrong {
        Some(wrong) => {
            let start: String = wrong.line.plain().chars().take(8).collect();
            let bold = said(wrong).is_some_and(is_bold);
            (format!("“{start}”为{}{}", font(wrong), if bold { "加粗" } else { "" }), false)
        }
        None => (format!("{}（{}处）", font(first), own.len()), true),
    })
}

/// The first character of its words: figures are often in a Western font.
fn said<'a>(one: &Heading<'a>) -> Option<&'a Glyph> {
    let ordinal = |text: &str| "（(）)、.．".contains(text) || HAN.contains(text);
    let mut words = one.line.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    words.find(|glyph| !glyph.text.is_ascii() && !ordinal(&glyph.text))
}

fn is_bold(glyph: &Glyph) -> bool {
    let font = glyph.font.to_lowercase();
    glyph.bold || font.contains("bold") || font.contains("粗")
}

/// Whether ordinals are written as the standard has them and go on one by one. Under another
/// heading they begin anew or, as the State Council often has them, go on from the last.
fn counted(all: &[Heading<'_>]) -> Option<(String, bool)> {
    all.first()?;
    let mut last = [0_u32; 4];
    for Heading { ordinal: Ordinal { level, count, text, spelt }, .. } in all {
        if !spelt {
            return Some((format!("“{text}”"), false));
        }
        let own = last.get_mut(usize::from(level - 1))?;
        let Some(count) = *count else { continue };
        if count != 1 && count != *own + 1 {
            return Some((format!("“{text}”不接上一序数"), false));
        }
        *own = count;
    }
    Some((format!("{}处", all.len()), true))
}

/// The ordinal that a paragraph begins with.
fn ordinal(plain: &str) -> Option<Ordinal> {
    let open = plain.chars().next().filter(|c| "（(".contains(*c));
    let rest = plain.strip_prefix(['（', '(']).unwrap_or(plain);
    let is_han = rest.starts_with(|c| HAN.contains(c));
    let end = rest.find(|c: char| if is_han { !HAN.contains(c) } else { !c.is_ascii_digit() })?;
    let (number, after) = rest.split_at_checked(end)?;
    let mark =
        after.chars().next().filter(|_| !number.is_empty() && number.chars().count() <= 3)?;
    let follows = after.chars().nth(1);
    let (level, spelt) = match (open, is_han, mark) {
        // A number with a fraction begins no heading.
        (None, false, '.' | '．') if follows.is_some_and(|c| c.is_ascii_digit()) => return None,
        (None, true, '、') | (None, false, '.' | '．') => (if is_han { 1 } else { 3 }, true),
        (None, true, '.' | '．') | (None, false, '、') => (if is_han { 1 } else { 3 }, false),
        (Some(open), _, '）' | ')') => {
            let closed =
                open == '（' && mark == '）' && !matches!(follows, Some('、' | '.' | '．'));
            (if is_han { 2 } else { 4 }, closed)
        }
        _ => return None,
    };
    let text = plain.chars().take(number.chars().count() + 1 + usize::from(open.is_some()));
    let count = if is_han { han(number) } else { number.parse().ok() };
    Some(Ordinal { level, count, text: text.collect(), spelt })
}

/// A Chinese numeral up to ninety-nine.
fn han(text: &str) -> Option<u32> {
    let digit = |text: &str| -> Option<u32> {
        let mut all = HAN.chars().take(9).zip(1..);
        all.find_map(|(c, value)| (text.chars().eq([c])).then_some(value))
    };
    let Some((tens, ones)) = text.split_once('十') else { return digit(text) };
    let tens = if tens.is_empty() { 1 } else { digit(tens)? };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    Some(tens * 10 + ones)
}
