//! What single lines say: numbers, dates, organs, ordinals.

use jiff::civil::Date;
use lingnan_gongwen::Number;

/// Characters without any blanks.
pub(crate) fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Full-width figures as plain ones.
fn narrow(text: &str) -> String {
    let one = |c: char| match c {
        '０'..='９' => {
            let value = u32::from(c) - u32::from('０');
            char::from_digit(value, 10).unwrap_or(c)
        }
        other => other,
    };
    text.chars().map(one).collect()
}

/// Characters of a line that has a number; signers may stand beside it.
const NUMBER_MAX: usize = 60;

/// A 发文字号 in a line, with what of its spelling was put right and what stands after it.
pub(crate) fn number(line: &str) -> Option<(Number, bool, String)> {
    let text = narrow(&tight(line));
    if text.chars().count() > NUMBER_MAX {
        return None;
    }
    let (said, after) = text.split_once('号')?;
    let at = said.find(['〔', '[', '［', '(', '（', '【'])?;
    let (code, rest) = said.split_at(at);
    let inner: String = rest.chars().skip(1).collect();
    let end = inner.find(['〕', ']', '］', ')', '）', '】'])?;
    let (year, serial) = inner.split_at(end);
    let serial: String = serial.chars().skip(1).collect();
    let plain = serial.trim_start_matches('第').trim_start_matches('0');
    let spelt = format!("{code}〔{year}〕{plain}号");
    let number: Number = spelt.parse().ok()?;
    Some((number, format!("{said}号") != spelt, after.to_owned()))
}

/// 第12号
pub(crate) fn serial(line: &str) -> Option<u32> {
    let text = narrow(&tight(line));
    text.strip_prefix('第')?.strip_suffix('号')?.parse().ok()
}

/// A day, and whether it was written otherwise than by 7.3.5.4.
pub(crate) fn date(text: &str) -> Option<(Date, bool)> {
    let text = tight(text);
    let plain = narrow(&text);
    let (year, rest) = plain.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let figure = |text: &str| text.parse().ok().or_else(|| chinese(text));
    let year = figure(year).or_else(|| digits(year))?;
    let date = Date::new(
        i16::try_from(year).ok().filter(|year| (1900..2200).contains(year))?,
        i8::try_from(figure(month)?).ok()?,
        i8::try_from(figure(day)?).ok()?,
    );
    let date = date.ok()?;
    Some((date, lingnan_gongwen::in_words(date) != text))
}

const DIGITS: &str = "零一二三四五六七八九";

fn digit(c: char) -> Option<u32> {
    let c = if matches!(c, '〇' | '○' | 'Ｏ' | 'O') { '零' } else { c };
    DIGITS.chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok())
}

/// 二〇二六
fn digits(text: &str) -> Option<u32> {
    if text.chars().count() != 4 {
        return None;
    }
    text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?))
}

/// 二十九
fn chinese(text: &str) -> Option<u32> {
    match text.split_once('十') {
        None => {
            let mut one = text.chars();
            let value = digit(one.next()?)?;
            one.next().is_none().then_some(value)
        }
        Some((tens, ones)) => {
            let of = |text: &str, none: u32| match text {
                "" => Some(none),
                said => said.chars().next().filter(|_| said.chars().count() == 1).and_then(digit),
            };
            Some(of(tens, 1)? * 10 + of(ones, 0)?)
        }
    }
}

/// Names in groups: ， between groups and 、 within one, but for those in brackets (7.3.2).
pub(crate) fn groups(text: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut depth = 0_usize;
    for c in text.trim().chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match (c, depth) {
            ('，' | ',' | '；', 0) => all.push(vec![String::new()]),
            ('、', 0) => {
                if let Some(group) = all.last_mut() {
                    group.push(String::new());
                }
            }
            _ => {
                if let Some(name) = all.last_mut().and_then(|group| group.last_mut()) {
                    name.push(c);
                }
            }
        }
    }
    for group in &mut all {
        for name in group.iter_mut() {
            *name = name.trim().to_owned();
        }
        group.retain(|name| !name.is_empty());
    }
    all.retain(|group| !group.is_empty());
    all
}

/// Names apart by tabs or by several blanks.
pub(crate) fn apart(text: &str) -> Vec<String> {
    let spaced = text.replace('\t', "\u{3000}\u{3000}").replace("  ", "\u{3000}\u{3000}");
    let names = spaced.split("\u{3000}").map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// Whether these are the words of an organ's name.
pub(crate) fn is_organ(text: &str) -> bool {
    let ends = [
        "政府",
        "厅",
        "局",
        "委员会",
        "办公室",
        "部",
        "委",
        "办",
        "院",
        "院",
        "会",
        "公司",
        "中心",
        "处",
        "所",
        "站",
        "大学",
        "学校",
        "学院",
        "银行",
        "集团",
        "队",
        "组",
        "指挥部",
    ];
    let text = text.trim();
    let short = (2..=40).contains(&text.chars().count());
    short && !text.contains(['。', '：', '；', '，']) && ends.iter().any(|end| text.ends_with(end))
}

/// The level of an ordinal with which a text begins (7.3.3): 一、 is 1, （一） 2, 1. 3, （1） 4.
pub(crate) fn level(text: &str) -> Option<u8> {
    let text = text.trim_start();
    let bracket = text.strip_prefix(['（', '(']);
    let rest = bracket.unwrap_or(text);
    let han = rest.trim_start_matches(|c| "一二三四五六七八九十百".contains(c));
    let arabic = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let closed = |after: &str, with: &[char]| after.starts_with(with);
    match bracket {
        Some(_) if han.len() < rest.len() => closed(han, &['）', ')']).then_some(2),
        Some(_) if arabic.len() < rest.len() => closed(arabic, &['）', ')']).then_some(4),
        None if han.len() < rest.len() => closed(han, &['、']).then_some(1),
        None if arabic.len() < rest.len() => {
            let point = closed(arabic, &['.', '．', '、']);
            let decimal = arabic.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
            (point && !decimal).then_some(3)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_however_they_are_bracketed() {
        for (line, spelt, wrong) in [
            ("岭府〔2026〕12号", "岭府〔2026〕12号", false),
            ("岭府办 [2026] 第 08 号", "岭府办〔2026〕8号", true),
            ("岭府（２０２６）３号　　　签发人：李昉", "岭府〔2026〕3号", true),
        ] {
            let (number, changed, _) = number(line).unwrap();
            assert_eq!((number.to_string().as_str(), changed), (spelt, wrong));
        }
        assert!(number("附件1").is_none() && number("第12号").is_none());
        assert_eq!(serial("第 12 号"), Some(12));
    }

    #[test]
    fn dates_are_found_in_figures_of_any_kind() {
        for (text, day, wrong) in [
            ("2026年3月5日", "2026-03-05", false),
            ("2026年03月05日", "2026-03-05", true),
            ("二〇二六年十二月二十九日", "2026-12-29", true),
            ("２０２６ 年 １ 月 ５ 日", "2026-01-05", true),
        ] {
            let (found, changed) = date(text).unwrap();
            assert_eq!((found.to_string().as_str(), changed), (day, wrong), "{text}");
        }
        assert!(date("2026年2月30日").is_none() && date("2026年3月").is_none());
    }

    #[test]
    fn addressees_in_brackets_stay_together() {
        let all = groups("各县（市、区）人民政府，市政府各部门、各直属机构");
        assert_eq!(all, [vec!["各县（市、区）人民政府"], vec!["市政府各部门", "各直属机构"]]);
    }

    #[test]
    fn ordinals_have_levels() {
        let levels =
            ["一、总则", "（二）范围", "3.对象", "（4）其他", "3.5亿元", "十堰市", "(一)甲"];
        assert_eq!(levels.map(level), [Some(1), Some(2), Some(3), Some(4), None, None, Some(2)]);
    }
}
