//! 7.3.1 to 7.3.4: title, addressees, text and the list of annexes.

use super::OFF;
use super::anatomy::Anatomy;
use super::faces::{Face, is, shown};
use super::head::{MIDDLE, edge};
use super::heading;
use super::line::Line;
use super::row::{Row, What};
use crate::Format;
use crate::figures::{CHARACTER, LEFT, LINE, POINT, SIZE_2, SIZE_3};

/// Two characters in.
pub(super) const INDENT: f64 = LEFT + 2.0 * CHARACTER;
/// What stands between the squares of two lines of which one is left blank between.
pub(super) const ONE_BLANK: f64 = 2.0 * LINE - SIZE_3 * POINT;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let title = &found.title;
    let mut rows = vec![
        What("7.3.1", "标题字号").size(SIZE_2, title.first().map(Line::points)),
        What("7.3.1", "标题字体").holds(
            "小标宋",
            title.first().map(|line| (shown(line.font()), is(line.font(), Face::BiaoSong))),
        ),
        What("7.3.1", "标题居中").length(
            0.0,
            1.0,
            title
                .iter()
                .map(|line| line.middle() - MIDDLE)
                .max_by(|a, b| a.abs().total_cmp(&b.abs())),
        ),
        What("7.3.1", "标题排列").holds("梯形或菱形", shape(title)),
    ];
    if matches!(found.format, Some(Format::Document | Format::Minutes)) {
        let line = found.red.first().map(|line| line.from.1);
        let gap = title.first().zip(line).map(|(title, line)| title.top() - line);
        rows.push(What("7.3.1", "标题在红色分隔线下空二行").length(2.0 * LINE, OFF, gap));
    }
    rows.extend(addressees(found));
    rows.extend(body(found));
    rows.extend(annexes(found));
    rows
}

/// A trapezoid or a diamond: no line shorter than both its neighbours, not all alike.
fn shape(title: &[Line]) -> Option<(String, bool)> {
    let widths: Vec<usize> = title.iter().map(|line| line.plain().chars().count()).collect();
    let valley = widths.windows(3).any(|w| matches!(w, [a, b, c] if b < a && b < c));
    let block = widths.windows(2).all(|w| matches!(w, [a, b] if a == b));
    let shown = widths.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
    (widths.len() > 1).then(|| (format!("各行{shown}字"), !valley && !block))
}

fn addressees(found: &Anatomy) -> Vec<Row> {
    let (first, last) = (found.recipients.first(), found.recipients.last());
    let above = found.title.last();
    let gap = first.zip(above).map(|(first, above)| first.top() - above.bottom());
    vec![
        What("7.3.2", "主送机关在标题下空一行").length(ONE_BLANK, 1.0, gap),
        What("7.3.2", "主送机关居左顶格").length(LEFT, OFF, first.map(|line| line.left)),
        What("7.3.2", "主送机关后标点").holds(
            "全角冒号",
            last.map(|line| {
                let end = line.plain().chars().last().map(String::from).unwrap_or_default();
                let holds = end == "：";
                (format!("“{end}”"), holds)
            }),
        ),
    ]
}

fn body(found: &Anatomy) -> Vec<Row> {
    let all = || found.body.iter().chain(&found.tables);
    let first = all().next().map(|_| {
        let shown = all().any(|line| line.page == 1);
        (if shown { "首页有正文" } else { "首页无正文" }.to_owned(), shown)
    });
    let indent = indent(&found.body);
    let rows = vec![
        What("7.3.3", "首页必须显示正文").holds("首页有正文", first),
        What("7.3.3", "自然段左空二字").length(INDENT, OFF, indent),
    ];
    rows.into_iter().chain(heading::rows(&found.body)).collect()
}

/// Where paragraphs begin: the first that is off, or else any. What stands beside an earlier part
/// of its row begins no paragraph.
fn indent(body: &[Line]) -> Option<f64> {
    let rows = body.iter().zip(std::iter::once(None).chain(body.iter().map(Some)));
    let first = rows.filter(|(line, before)| {
        before.is_none_or(|before| {
            before.page != line.page || (before.baseline - line.baseline).abs() > 1.0
        })
    });
    let lefts: Vec<f64> = first
        .map(|(line, _)| line.left)
        .filter(|left| (LEFT + 2.0..LEFT + 20.0).contains(left))
        .collect();
    let off = lefts.iter().find(|left| (**left - INDENT).abs() > OFF);
    off.or(lefts.first()).copied()
}

fn annexes(found: &Anatomy) -> Vec<Row> {
    let note = &found.annex_note;
    let above = found
        .recipients
        .iter()
        .chain(&found.body)
        .rfind(|line| note.first().is_some_and(|first| first.page == line.page));
    let gap = note.first().zip(above).map(|(note, above)| note.top() - above.bottom());
    let ends = note.first().map(|_| {
        let mut ends =
            note.iter().map(Line::plain).filter(|text| text.ends_with(['。', '；', '，']));
        ends.next().map_or_else(|| ("无标点".to_owned(), true), |text| (text, false))
    });
    vec![
        What("7.3.4", "附件说明在正文下空一行").length(ONE_BLANK, 1.0, gap),
        What("7.3.4", "附件说明左空二字").length(
            INDENT,
            OFF,
            edge(note, |line| line.left, f64::min),
        ),
        What("7.3.4", "附件名称后标点").holds("不加标点", ends),
    ]
}
