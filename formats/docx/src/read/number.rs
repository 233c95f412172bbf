//! Automatic numbers (`numbering.xml`) as the text that Word shows: 一、, （一）, 1., （1）.

use super::look;
use super::package::Texts;
use super::style::Styles;
use crate::error::Error;
use crate::model::Form;
use crate::xml::Element;
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list (ISO/IEC 29500-1 17.9.6).
const LEVELS: usize = 9;

/// The lists of a document.
#[derive(Default)]
pub(super) struct Numbers {
    /// By what they are made after.
    patterns: BTreeMap<i64, BTreeMap<usize, Level>>,
    lists: BTreeMap<i64, List>,
}

struct List {
    pattern: i64,
    /// Where levels begin anew in this list.
    starts: BTreeMap<usize, i64>,
    own: BTreeMap<usize, Level>,
}

#[derive(Clone, Default)]
struct Level {
    start: i64,
    format: String,
    /// `%1、`
    text: String,
    /// All figures Arabic (正规形式编号).
    legal: bool,
    style: Option<String>,
    /// After which level it begins anew; none for never.
    restart: Option<usize>,
    form: Form,
}

/// How far each list has counted.
#[derive(Default)]
pub(super) struct Counters {
    counts: BTreeMap<i64, [Option<i64>; LEVELS]>,
    begun: BTreeSet<i64>,
}

impl Numbers {
    pub(super) fn read(texts: &Texts, styles: &Styles) -> Result<Self, Error> {
        let mut numbers = Self::default();
        let Some(xml) = texts.parts.get("numbering") else { return Ok(numbers) };
        let tree = xml.tree()?;
        let root = tree.root_element();
        let mut linked = Vec::new();
        for node in root.all("abstractNum") {
            let Some(id) = node.number("abstractNumId") else { continue };
            numbers.patterns.insert(id, levels(node));
            if let Some(list) = node.value("numStyleLink").and_then(|style| styles.list(style)) {
                linked.push((id, list));
            }
        }
        for node in root.all("num") {
            let pattern = node.one("abstractNumId").and_then(|id| id.number("val"));
            let (Some(id), Some(pattern)) = (node.number("numId"), pattern) else { continue };
            let mut list = List { pattern, starts: BTreeMap::new(), own: BTreeMap::new() };
            for over in node.all("lvlOverride") {
                let Some(at) = over.number("ilvl").and_then(|at| usize::try_from(at).ok()) else {
                    continue;
                };
                let start = over.one("startOverride").and_then(|start| start.number("val"));
                list.starts.extend(start.map(|start| (at, start)));
                list.own.extend(levels(over));
            }
            numbers.lists.insert(id, list);
        }
        for (id, list) in linked {
            let same =
                numbers.lists.get(&list).and_then(|list| numbers.patterns.get(&list.pattern));
            if let Some(same) = same.cloned() {
                numbers.patterns.insert(id, same);
            }
        }
        Ok(numbers)
    }

    /// Which level of a list a style stands on.
    pub(super) fn level_of(&self, list: i64, style: &str) -> Option<usize> {
        let pattern = self.patterns.get(&self.lists.get(&list)?.pattern)?;
        let own = pattern.iter().find(|(_, level)| level.style.as_deref() == Some(style));
        own.map(|(at, _)| *at)
    }

    /// How paragraphs of a level are set.
    pub(super) fn form(&self, list: i64, at: usize) -> Option<&Form> {
        let list = self.lists.get(&list)?;
        Some(&self.level(list, at)?.form)
    }

    fn level<'a>(&'a self, list: &'a List, at: usize) -> Option<&'a Level> {
        list.own.get(&at).or_else(|| self.patterns.get(&list.pattern)?.get(&at))
    }

    /// The next number of a list on a level.
    pub(super) fn next(&self, counters: &mut Counters, id: i64, at: usize) -> Option<String> {
        let list = self.lists.get(&id)?;
        let level = self.level(list, at)?;
        let counts = counters.counts.entry(list.pattern).or_default();
        if counters.begun.insert(id) {
            // A list with starts of its own does not go on where its kin ended.
            for (at, start) in &list.starts {
                if let Some(count) = counts.get_mut(*at) {
                    *count = Some(start.saturating_sub(1));
                }
            }
        }
        let start = list.starts.get(&at).copied().unwrap_or(level.start);
        let count = counts.get_mut(at)?;
        *count = Some(count.map_or(start, |count| count.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = self.level(list, deeper).and_then(|level| level.restart);
            if restart.is_some_and(|after| at < after) {
                *count = None;
            }
        }
        let mut text = String::new();
        let mut marks = level.text.chars().peekable();
        while let Some(mark) = marks.next() {
            let place = marks.peek().filter(|_| mark == '%').and_then(|digit| digit.to_digit(10));
            let Some(place) = place.and_then(|place| usize::try_from(place).ok()) else {
                text.push(mark);
                continue;
            };
            marks.next();
            let of = place.checked_sub(1)?;
            let shown = self.level(list, of)?;
            let count = counts.get(of).copied().flatten().unwrap_or(shown.start);
            let format = if level.legal { "decimal" } else { shown.format.as_str() };
            text += &figure(format, count);
        }
        Some(text)
    }
}

fn levels(node: Node<'_, '_>) -> BTreeMap<usize, Level> {
    let all = node.all("lvl").filter_map(|node| {
        let at = usize::try_from(node.number("ilvl")?).ok().filter(|at| *at < LEVELS)?;
        // Word writes formats of its own behind a choice.
        let format = node.value("numFmt").or_else(|| {
            let choice = node.one("AlternateContent")?;
            choice.one("Fallback").and_then(|fallback| fallback.value("numFmt"))
        });
        let restart = node.one("lvlRestart").and_then(|restart| restart.number("val"));
        let restart = restart.map_or(Some(at), |after| usize::try_from(after).ok());
        let level = Level {
            start: node.one("start").and_then(|start| start.number("val")).unwrap_or(0),
            format: format.unwrap_or("decimal").to_owned(),
            text: node.value("lvlText").unwrap_or_default().to_owned(),
            legal: node.switch("isLgl").unwrap_or(false),
            style: node.value("pStyle").map(str::to_owned),
            restart: restart.filter(|after| *after > 0),
            form: node.one("pPr").map(look::form).unwrap_or_default(),
        };
        Some((at, level))
    });
    all.collect()
}

/// A count as it is shown (ISO/IEC 29500-1 17.18.59).
fn figure(format: &str, count: i64) -> String {
    let nth = |all: &str| {
        let at = usize::try_from(count).ok()?.checked_sub(1)?;
        all.chars().nth(at).map(String::from)
    };
    let plain = || count.to_string();
    match format {
        "none" | "bullet" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "taiwaneseDigital" => chinese(count),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            nth("壹贰叁肆伍陆柒捌玖拾").unwrap_or_else(plain)
        }
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸").unwrap_or_else(plain),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥").unwrap_or_else(plain),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            nth("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳").unwrap_or_else(plain)
        }
        "decimalEnclosedParen" => format!("（{count}）"),
        "decimalZero" => format!("{count:02}"),
        "upperLetter" => nth("ABCDEFGHIJKLMNOPQRSTUVWXYZ").unwrap_or_else(plain),
        "lowerLetter" => nth("abcdefghijklmnopqrstuvwxyz").unwrap_or_else(plain),
        "upperRoman" => nth("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ").unwrap_or_else(plain),
        "lowerRoman" => nth("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ").unwrap_or_else(plain),
        _ => plain(),
    }
}

/// 一 to 九十九, and beyond by figures.
fn chinese(count: i64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if !(1..100).contains(&count) {
        return count.to_string();
    }
    let digit = |at: i64| {
        usize::try_from(at).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or_default()
    };
    let (tens, ones) = (count / 10, digit(count % 10));
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        tens => format!("{}十{ones}", digit(tens)),
    }
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_as_word_shows_them() {
        for (format, count, shown) in [
            ("chineseCountingThousand", 1, "一"),
            ("chineseCounting", 10, "十"),
            ("japaneseCounting", 21, "二十一"),
            ("chineseCounting", 120, "120"),
            ("decimal", 12, "12"),
            ("decimalEnclosedCircleChinese", 3, "③"),
            ("ideographTraditional", 2, "乙"),
            ("lowerLetter", 99, "99"),
            ("chineseLegalSimplified", -3, "-3"),
        ] {
            assert_eq!(figure(format, count), shown, "{format}");
        }
    }
}
