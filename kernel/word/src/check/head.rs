//! 7.2 and chapter 10: the head.

use super::anatomy::{Anatomy, indent};
use super::row::What;
use crate::import::item::Line;
use crate::import::words::{apart, tight};
use lingnan_docx::model::Align;
use lingnan_gongwen::check::{Face, Row, is_face};
use lingnan_gongwen::figures::SIZE_3;
use lingnan_gongwen::{Format, Kind, Number};

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let mark = found.mark.first();
    let number = found.number.as_ref();
    let spelt = number.filter(|_| found.format != Some(Format::Order)).map(|line| {
        let said = apart(line.text.split("签发人").next().unwrap_or_default());
        let said = said.into_iter().find(|part| part.contains('号')).unwrap_or_default();
        let holds = tight(&said).parse::<Number>().is_ok() && !said.contains(' ');
        (said, holds)
    });
    let upward = found.ends_as(Kind::RequestForInstruction) || found.ends_as(Kind::Report);
    let mut rows = vec![
        What("7.2.2", "密级")
            .holds("本平台不办理涉密公文", found.secrecy.clone().map(|said| (said, false))),
        What("7.2.3", "紧急程度字体").holds(
            "三号黑体",
            found.urgency.as_ref().map(|line| {
                let font = font(line);
                let holds = is_face(&font, Face::Hei) && line.size() == 32;
                (format!("{:.1}磅{font}", super::row::whole(line.size()) / 2.0), holds)
            }),
        ),
        What("7.2.4", "发文机关标志字体").holds(
            "红色小标宋",
            mark.map(|line| {
                let (font, red) = (font(line), line.is_red());
                let holds = red && is_face(&font, Face::BiaoSong);
                (format!("{}{font}", if red { "红色" } else { "非红色" }), holds)
            }),
        ),
        What("7.2.4", "发文机关标志居中").holds(
            "居中",
            mark.map(|line| {
                let holds = line.is_centered() || line.form.align == Some(Align::Spread);
                (aligned(line), holds)
            }),
        ),
        What("7.2.5", "发文字号写法")
            .holds("机关代字〔四位年份〕顺序号号，不加“第”，不编虚位", spelt),
        What("7.2.5", "发文字号字号").size(SIZE_3, number.map(Line::size)),
    ];
    if matches!(found.format, Some(Format::Document | Format::Minutes)) {
        rows.push(if found.signers {
            What("7.2.5", "上行文发文字号居左空一字").holds(
                "左空一字",
                number.map(|line| (chars(indent(line)), (80..=120).contains(&indent(line)))),
            )
        } else {
            What("7.2.5", "发文字号居中")
                .holds("居中", number.map(|line| (aligned(line), line.is_centered())))
        });
        rows.push(What("7.2.6", "签发人").holds(
            "上行文标注签发人",
            upward.then(|| {
                (if found.signers { "已标注" } else { "未标注" }.to_owned(), found.signers)
            }),
        ));
        let what = What("7.2.7", "红色分隔线");
        rows.push(if found.red_line {
            what.holds("发文字号之下4 mm处", Some(("段落下边框，红色".to_owned(), true)))
        } else {
            what.open("发文字号之下4 mm处（未见段落边框，可能为图形）")
        });
    }
    rows.push(
        What("7.2.4", "发文机关标志上边缘至版心上边缘")
            .open("35±0.5 mm（命令20 mm，信函距上页边30 mm）"),
    );
    rows
}

/// The font of a line's first characters.
pub(super) fn font(line: &Line) -> String {
    let mut runs = line.runs.iter().filter(|(text, _)| !text.trim().is_empty());
    let font = runs.next().and_then(|(_, look)| look.font.clone());
    font.unwrap_or_else(|| "未指定".to_owned())
}

pub(super) fn aligned(line: &Line) -> String {
    match line.form.align {
        Some(Align::Center) => "居中",
        Some(Align::Right) => "居右",
        Some(Align::Spread) => "分散对齐",
        Some(Align::Both) => "两端对齐",
        Some(Align::Left) | None => "居左",
    }
    .to_owned()
}

/// Hundredths of a character in words.
pub(super) fn chars(hundredths: i64) -> String {
    format!("{:.1}字", super::row::whole(hundredths) / 100.0)
}
