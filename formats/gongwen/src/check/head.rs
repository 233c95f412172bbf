//! 7.2: the head of the first page.

use super::OFF;
use super::anatomy::Anatomy;
use super::faces::{Face, is, shown};
use super::line::Line;
use super::row::{Row, What};
use crate::figures::{CHARACTER, LEFT, LINE, MARK_TOP, RED_LINE_GAP, SIZE_3, TOP, WIDTH};
use crate::{Format, Number};

/// Half way across the 版心.
pub(super) const MIDDLE: f64 = LEFT + WIDTH / 2.0;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    // An order is numbered by itself: 第1号.
    let number = found.number.as_ref().filter(|_| found.format != Some(Format::Order));
    let mut rows = vec![
        What("7.2.1", "份号位置").length(LEFT, OFF, found.copy_number.as_ref().map(|l| l.left)),
        What("7.2.2", "密级").holds(
            "本平台不办理涉密公文",
            found.secrecy.as_ref().map(|line| (line.plain(), false)),
        ),
        What("7.2.3", "紧急程度字体").holds(
            "三号黑体",
            found.urgency.as_ref().map(|line| {
                let holds = is(line.font(), Face::Hei) && (line.points() - SIZE_3).abs() <= 0.3;
                (format!("{:.1}磅{}", line.points(), shown(line.font())), holds)
            }),
        ),
        What("7.2.3", "紧急程度位置").length(LEFT, OFF, found.urgency.as_ref().map(|l| l.left)),
        What("7.2.3", "份号、密级、紧急程度顺序").holds("自上而下", order(found)),
        What("7.2.4", "发文机关标志字体").holds(
            "红色小标宋",
            found.mark.first().map(|line| (shown(line.font()), is(line.font(), Face::BiaoSong))),
        ),
        What("7.2.4", "发文机关标志居中").length(0.0, 1.0, centre(&found.mark)),
        What("7.2.5", "发文字号写法").holds(
            "机关代字〔四位年份〕顺序号号，不加“第”，不编虚位",
            number.map(|line| (line.plain(), spelt(&line.plain()))),
        ),
    ];
    if matches!(found.format, Some(Format::Document | Format::Minutes)) {
        rows.extend(document(found));
    }
    rows
}

/// Rows of the head above a red line; letters and orders have their own.
fn document(found: &Anatomy) -> Vec<Row> {
    let mark_top = edge(&found.mark, Line::ink_top, f64::min);
    let mark_bottom = edge(&found.mark, Line::ink_bottom, f64::max);
    let first = found.signers.first().or(found.number.as_ref());
    let number = found.number.as_ref();
    let line = found.red.first();
    let above = found.all.iter().filter(|own| {
        let low = line.is_some_and(|line| own.baseline < line.from.1);
        own.page == 1 && low && !found.mark.contains(own)
    });
    let above = above.map(Line::bottom).fold(f64::NEG_INFINITY, f64::max);
    let upward = !found.signers.is_empty();
    let gap = mark_bottom.zip(first).map(|(bottom, line)| line.top() - bottom);
    let clause = if found.format == Some(Format::Minutes) { "10.3" } else { "7.2.4" };
    let mut rows = vec![
        What(clause, "发文机关标志上边缘至版心上边缘").length(
            MARK_TOP,
            OFF,
            mark_top.map(|top| top - TOP),
        ),
        What("7.2.5", "发文字号在标志下空二行").length(2.0 * LINE, OFF, gap),
    ];
    if upward {
        rows.extend([
            What("7.2.5", "上行文发文字号居左空一字").length(
                LEFT + CHARACTER,
                OFF,
                number.map(|line| line.left),
            ),
            What("7.2.5", "发文字号与最后一个签发人同一行").length(
                0.0,
                OFF,
                number.map(|number| (number.baseline - last_signer(found)).abs()),
            ),
        ]);
    } else {
        let off = number.map(|line| line.middle() - MIDDLE);
        rows.push(What("7.2.5", "发文字号居中").length(0.0, 1.0, off));
    }
    let title: String = found.title.iter().map(Line::plain).collect();
    let needs = title.ends_with("请示") || title.ends_with("报告");
    rows.extend([
        What("7.2.6", "签发人").holds(
            "上行文标注签发人",
            needs.then(|| (if upward { "已标注" } else { "未标注" }.to_owned(), upward)),
        ),
        What("7.2.7", "红色分隔线在发文字号之下").length(
            RED_LINE_GAP,
            OFF,
            line.filter(|_| above.is_finite()).map(|line| line.from.1 - above),
        ),
        What("7.2.7", "红色分隔线长").length(WIDTH, OFF, line.map(|line| line.length())),
        What("7.2.7", "红色分隔线居中").length(
            0.0,
            OFF,
            line.map(|line| f64::midpoint(line.from.0, line.to.0) - MIDDLE),
        ),
    ]);
    rows
}

/// The baseline of the last line of signers: the line of the number has some of them, or none.
fn last_signer(found: &Anatomy) -> f64 {
    let number = found.number.as_ref().map_or(0.0, |number| number.baseline);
    let after = found.all.iter().filter(|line| {
        let signer = found.signers.first().is_some_and(|first| line.left > first.left - 1.0);
        line.page == 1 && signer && line.left > MIDDLE && line.baseline < number + LINE
    });
    after.map(|line| line.baseline).fold(0.0, f64::max)
}

fn spelt(plain: &str) -> bool {
    plain.parse::<Number>().is_ok()
}

fn order(found: &Anatomy) -> Option<(String, bool)> {
    let tops: Vec<f64> = [&found.copy_number, &found.secrecy, &found.urgency]
        .into_iter()
        .flatten()
        .map(|line| line.baseline)
        .collect();
    let ordered = tops.is_sorted();
    (tops.len() > 1).then(|| (if ordered { "自上而下" } else { "次序颠倒" }.to_owned(), ordered))
}

/// How far lines taken together are off the middle; none when there are none.
pub(super) fn centre(lines: &[Line]) -> Option<f64> {
    let left = edge(lines, |line| line.left, f64::min)?;
    let right = edge(lines, |line| line.right, f64::max)?;
    Some(f64::midpoint(left, right) - MIDDLE)
}

/// The outermost edge of some lines.
pub(super) fn edge(
    lines: &[Line],
    of: impl Fn(&Line) -> f64,
    outer: impl Fn(f64, f64) -> f64,
) -> Option<f64> {
    lines.iter().map(of).reduce(outer)
}
