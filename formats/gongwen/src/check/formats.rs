//! Chapter 10: letters, orders, minutes.

use super::OFF;
use super::anatomy::Anatomy;
use super::head::edge;
use super::line::Line;
use super::row::{Row, What};
use super::sheet::Stroke;
use crate::Format;
use crate::figures::{
    LEFT, LETTER_FOOT, LETTER_LINE, LETTER_MARK_TOP, LINE, ORDER_MARK_TOP, PAGE_HEIGHT, POINT,
    RED_LINE_GAP, SIZE_3, TOP, WIDTH,
};

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    match found.format {
        Some(Format::Letter) => letter(found),
        Some(Format::Order) => order(found),
        Some(Format::Minutes) => minutes(found),
        _ => Vec::new(),
    }
}

fn letter(found: &Anatomy) -> Vec<Row> {
    let top = edge(&found.mark, Line::ink_top, f64::min);
    let bottom = edge(&found.mark, Line::ink_bottom, f64::max);
    let (upper, lower): (Vec<&Stroke>, Vec<&Stroke>) =
        found.red.iter().partition(|stroke| stroke.from.1 < PAGE_HEIGHT / 2.0);
    let upper_edge = upper.first().map(|stroke| stroke.from.1 - stroke.thickness / 2.0);
    let upper_end = upper.last().map(|stroke| stroke.from.1 + stroke.thickness / 2.0);
    let lower_end = lower.last().map(|stroke| stroke.from.1 + stroke.thickness / 2.0);
    let thick = |all: &[&Stroke], over: fn(f64, f64) -> bool| match all {
        [first, second] => {
            let text = format!("{:.2}／{:.2} mm", first.thickness, second.thickness);
            Some((text, over(first.thickness, second.thickness)))
        }
        [] => None,
        more => Some((format!("{}条线", more.len()), false)),
    };
    let number = found.number.as_ref();
    let first_numbered = found.numbers.iter().any(|line| line.page == 1);
    vec![
        What("10.1", "发文机关标志上边缘至上页边").length(LETTER_MARK_TOP, OFF, top),
        What("10.1", "上红色双线在标志下").length(
            RED_LINE_GAP,
            OFF,
            upper_edge.zip(bottom).map(|(line, bottom)| line - bottom),
        ),
        What("10.1", "上红色双线").holds("上粗下细", thick(&upper, |a, b| a > b)),
        What("10.1", "下红色双线").holds("上细下粗", thick(&lower, |a, b| a < b)),
        What("10.1", "下红色双线距下页边").length(
            LETTER_FOOT,
            OFF,
            lower_end.map(|end| PAGE_HEIGHT - end),
        ),
        What("10.1", "红色双线长").length(
            LETTER_LINE,
            OFF,
            found.red.first().map(|stroke| stroke.length()),
        ),
        What("10.1", "发文字号居右顶格").length(LEFT + WIDTH, OFF, number.map(|line| line.right)),
        What("10.1", "发文字号在双线下7/8字").length(
            0.875 * SIZE_3 * POINT,
            OFF,
            number.zip(upper_end).map(|(line, end)| line.top() - end),
        ),
        What("10.1", "首页页码").holds(
            "不显示",
            Some((if first_numbered { "显示" } else { "不显示" }.to_owned(), !first_numbered)),
        ),
        What("10.1", "版记").holds(
            "不加印发机关、印发日期和分隔线",
            Some(match (&found.printing, found.rules.len()) {
                (Some(line), _) => (line.plain(), false),
                (None, 0) => ("没有".to_owned(), true),
                (None, lines) => (format!("{lines}条分隔线"), false),
            }),
        ),
    ]
}

fn order(found: &Anatomy) -> Vec<Row> {
    let top = edge(&found.mark, Line::ink_top, f64::min);
    let bottom = edge(&found.mark, Line::ink_bottom, f64::max);
    let number = found.number.as_ref();
    let above = number.map(Line::bottom);
    let body = found.body.first();
    vec![
        What("10.2", "发文机关标志上边缘至版心上边缘").length(
            ORDER_MARK_TOP,
            OFF,
            top.map(|top| top - TOP),
        ),
        What("10.2", "令号在标志下空二行").length(
            2.0 * LINE,
            OFF,
            number.zip(bottom).map(|(line, bottom)| line.top() - bottom),
        ),
        What("10.2", "正文在令号下空二行").length(
            3.0 * LINE - SIZE_3 * POINT,
            1.0,
            body.zip(above).map(|(body, above)| body.top() - above),
        ),
    ]
}

fn minutes(found: &Anatomy) -> Vec<Row> {
    let words = ["出席", "请假", "列席"];
    let named: Vec<&str> = words
        .into_iter()
        .filter(|word| found.all.iter().any(|line| line.plain().starts_with(word)))
        .collect();
    let ordered = !named.is_empty();
    vec![What("10.3", "出席、请假、列席").holds(
        "标注出席人员名单，左空二字",
        Some((if ordered { named.join("、") } else { "未标注".to_owned() }, ordered)),
    )]
}
