//! 7.4 and 7.5: imprint and page numbers.

use super::OFF;
use super::anatomy::Anatomy;
use super::faces::{Face, is, shown};
use super::line::Line;
use super::row::{Row, What};
use crate::Format;
use crate::figures::{
    CHARACTER, HEIGHT, IMPRINT_INNER, IMPRINT_OUTER, LEFT, PAGE_NUMBER_GAP, POINT, SIZE_4, TOP,
    WIDTH,
};

/// One character of 四号.
const SMALL: f64 = SIZE_4 * POINT;
const RIGHT: f64 = LEFT + WIDTH;
const BOTTOM: f64 = TOP + HEIGHT;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let mut rows = numbers(found);
    if found.format != Some(Format::Letter) {
        rows.extend(imprint(found));
    }
    rows
}

fn imprint(found: &Anatomy) -> Vec<Row> {
    let rules = &found.rules;
    let (first, last) = (rules.first(), rules.last());
    let inner = rules.get(1..rules.len().saturating_sub(1)).unwrap_or_default();
    let width = rules.iter().map(|rule| rule.length());
    let width = width.max_by(|a, b| (a - WIDTH).abs().total_cmp(&(b - WIDTH).abs()));
    let copies = found.copies.first();
    let printing = found.printing.as_ref();
    let even = printing.map(|_| {
        let pages = found.pages.len();
        (format!("第{pages}面"), pages.is_multiple_of(2))
    });
    vec![
        What("7.4.1", "版记分隔线长").length(WIDTH, OFF, width),
        What("7.4.1", "首条分隔线粗").length(IMPRINT_OUTER, 0.05, first.map(|rule| rule.thickness)),
        What("7.4.1", "末条分隔线粗").length(IMPRINT_OUTER, 0.05, last.map(|rule| rule.thickness)),
        What("7.4.1", "中间分隔线粗").length(
            IMPRINT_INNER,
            0.05,
            inner.first().map(|rule| rule.thickness),
        ),
        What("7.4.1", "末条分隔线与版心下边缘重合").length(
            BOTTOM,
            OFF,
            last.map(|rule| rule.from.1),
        ),
        What("7.4.1", "版记在最后一面").holds("双面印刷的偶数面", even),
        What("7.4.2", "抄送机关字号").size(SIZE_4, copies.map(Line::points)),
        What("7.4.2", "抄送机关左空一字").length(LEFT + SMALL, OFF, copies.map(|line| line.left)),
        What("7.4.2", "抄送机关后标点").holds(
            "句号",
            found.copies.last().map(|line| {
                let end = line.plain().ends_with('。');
                (if end { "句号" } else { "无句号" }.to_owned(), end)
            }),
        ),
        What("7.4.3", "印发字号").size(SIZE_4, printing.map(Line::points)),
        What("7.4.3", "印发机关左空一字").length(
            LEFT + SMALL,
            OFF,
            found.office.as_ref().map(|line| line.left),
        ),
        What("7.4.3", "印发日期右空一字").length(
            RIGHT - SMALL,
            OFF,
            printing.map(|line| line.right),
        ),
    ]
}

fn numbers(found: &Anatomy) -> Vec<Row> {
    let first = found.numbers.first();
    let dashes = first.map(|line| {
        let plain = line.plain();
        let dash = |c: Option<char>| c.is_some_and(|c| "—－–-".contains(c));
        let both = dash(plain.chars().next()) && dash(plain.chars().last());
        (plain, both)
    });
    let worst = |remainder: usize| {
        let own = found.numbers.iter().filter(|line| line.page % 2 == remainder);
        own.max_by(|a, b| aside(a).total_cmp(&aside(b)))
    };
    let wrong = found.numbers.iter().find(|line| {
        let digits: String = line.plain().chars().filter(char::is_ascii_digit).collect();
        digits.parse() != Ok(line.page)
    });
    let continuous = first.map(|_| match wrong {
        Some(line) => (format!("第{}面编为“{}”", line.page, line.plain()), false),
        None => ("连续".to_owned(), true),
    });
    vec![
        What("7.5", "页码字号").size(SIZE_4, first.map(Line::points)),
        What("7.5", "页码字体")
            .holds("半角宋体", first.map(|line| (shown(line.font()), is(line.font(), Face::Song)))),
        What("7.5", "页码一字线").holds("数字左右各一条一字线", dashes),
        What("7.5", "一字线上距版心下边缘").length(
            PAGE_NUMBER_GAP,
            OFF,
            first.and_then(dash_top).map(|top| top - BOTTOM),
        ),
        What("7.5", "单页码居右空一字").length(
            RIGHT - CHARACTER,
            OFF,
            worst(1).map(|line| line.right),
        ),
        What("7.5", "双页码居左空一字").length(
            LEFT + CHARACTER,
            OFF,
            worst(0).map(|line| line.left),
        ),
        What("7.5", "页码连续").holds("与面次一致", continuous),
    ]
}

/// How far a page's number is from where it should stand.
pub(super) fn off(line: &Line) -> f64 {
    let down = dash_top(line).map_or(0.0, |top| (top - BOTTOM - PAGE_NUMBER_GAP).abs());
    aside(line).max(down)
}

/// How far it is from the outer edge it should keep: the right one on odd pages, the left on even.
fn aside(line: &Line) -> f64 {
    let off = if line.page % 2 == 1 {
        line.right - (RIGHT - CHARACTER)
    } else {
        line.left - (LEFT + CHARACTER)
    };
    off.abs()
}

/// The upper edge of the dashes' ink.
fn dash_top(line: &Line) -> Option<f64> {
    let dash = line.glyphs.iter().find(|glyph| "—－–-".contains(glyph.text.as_str()))?;
    // Without the font's outlines: a dash stands at two fifths of its size.
    Some(dash.ink.map_or(dash.y - 0.38 * dash.size, |ink| ink.top))
}
