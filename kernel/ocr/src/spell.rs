//! What a number and a date look like, also where a sign was misread.

use regex::Regex;
use std::sync::OnceLock;

/// A find within a row: what it means, and which characters say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Find {
    pub(crate) text: String,
    pub(crate) from: usize,
    pub(crate) count: usize,
}

/// Read once; a pattern that does not read is a bug that the first test finds.
#[expect(clippy::panic, reason = "a built-in pattern that does not read is a bug")]
fn built_in(kept: &'static OnceLock<Regex>, pattern: &str) -> &'static Regex {
    kept.get_or_init(|| Regex::new(pattern).unwrap_or_else(|error| panic!("{error}")))
}

/// 发文字号 (GB/T 9704-2012 7.2.5), whatever its brackets were read as.
pub(crate) fn number(row: &str) -> Option<Find> {
    static NUMBER: OnceLock<Regex> = OnceLock::new();
    let opened = r"[〔\[（(【〈《［「{｛﹝〖Ll1I|]?";
    let closed = r"[〕\]）)】〉》］」}｝﹞〗Jjl1I|]?";
    let code = r"([\p{Han}A-Za-z]{1,20})";
    let year = r"((?:19|20)\d\d)";
    let pattern = format!("{code}{opened}{year}{closed}第?([0-9OolI]{{1,5}})[号昙另]");
    let found = built_in(&NUMBER, &pattern).captures(row)?;
    let (code, year, serial) = (found.get(1)?, found.get(2)?, found.get(3)?);
    let serial: String = serial.as_str().chars().map(digit).collect();
    let serial = serial.trim_start_matches('0');
    let whole = found.get(0)?;
    let from = row.get(..whole.start())?.chars().count();
    let text = format!("{}〔{}〕{serial}号", code.as_str(), year.as_str());
    (!serial.is_empty()).then(|| Find { text, from, count: whole.as_str().chars().count() })
}

/// What a digit is often read as.
const fn digit(character: char) -> char {
    match character {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        other => other,
    }
}

/// 成文日期 (GB/T 9704-2012 7.3.5.4) as `2026-03-01`; the older way in Chinese numerals too.
pub(crate) fn date(row: &str) -> Option<Find> {
    static DATE: OnceLock<Regex> = OnceLock::new();
    let numeral = "0-9〇○OoО零一二三四五六七八九十";
    let pattern = format!("([{numeral}]{{4}})年([{numeral}]{{1,3}})月([{numeral}]{{1,3}})日");
    let found = built_in(&DATE, &pattern).captures(row)?;
    let year = spelt_year(found.get(1)?.as_str())?;
    let (month, day) = (spelt(found.get(2)?.as_str())?, spelt(found.get(3)?.as_str())?);
    let sound = (1949..=2199).contains(&year) && (1..=12).contains(&month) && day <= 31 && day > 0;
    let whole = found.get(0)?;
    let from = row.get(..whole.start())?.chars().count();
    let text = format!("{year:04}-{month:02}-{day:02}");
    sound.then(|| Find { text, from, count: whole.as_str().chars().count() })
}

fn numeral(character: char) -> Option<u32> {
    if let Some(digit) = character.to_digit(10) {
        return Some(digit);
    }
    match character {
        '〇' | '○' | 'O' | 'o' | 'О' | '零' => Some(0),
        _ => {
            "一二三四五六七八九".chars().zip(1..).find(|(own, _)| *own == character).map(|(_, n)| n)
        }
    }
}

fn spelt_year(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |year, character| Some(year * 10 + numeral(character)?))
}

/// `31`, `三十一`.
fn spelt(text: &str) -> Option<u32> {
    let Some((tens, ones)) = text.split_once('十') else { return spelt_year(text) };
    let tens = if tens.is_empty() { 1 } else { spelt_year(tens)? };
    let ones = if ones.is_empty() { 0 } else { spelt_year(ones)? };
    Some(tens * 10 + ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_whatever_its_brackets_were_read_as() {
        for (row, text) in [
            ("粤府办〔2026〕12号", "粤府办〔2026〕12号"),
            ("粤府办[2026]12号", "粤府办〔2026〕12号"),
            ("粤发改能源函（2026）1408号", "粤发改能源函〔2026〕1408号"),
            ("国办发【2026】第O5号签发人：王某", "国办发〔2026〕5号"),
            ("粤府2026]7号", "粤府〔2026〕7号"),
        ] {
            assert_eq!(number(row).map(|find| find.text).as_deref(), Some(text), "{row}");
        }
        for row in ["2026年12号", "粤府〔2026〕号", "第12号", "粤府〔1812〕3号"] {
            assert_eq!(number(row), None, "{row}");
        }
    }

    #[test]
    fn a_date_is_known_in_both_kinds_of_numerals() {
        for (row, text) in [
            ("2026年3月1日", "2026-03-01"),
            ("（2026年11月29日印发）", "2026-11-29"),
            ("二〇二六年十二月三十一日", "2026-12-31"),
            ("二○一二年十月二十日", "2012-10-20"),
        ] {
            assert_eq!(date(row).map(|find| find.text).as_deref(), Some(text), "{row}");
        }
        for row in ["2026年13月1日", "2026年2月", "0012年1月1日", "2026年1月32日"] {
            assert_eq!(date(row), None, "{row}");
        }
    }
}
