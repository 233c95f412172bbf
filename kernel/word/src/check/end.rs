//! 7.3.5 to 7.5: date, note, annexes, 版记, page numbers.

use super::anatomy::{Anatomy, hundredths, indent};
use super::head::{aligned, chars, font};
use super::row::What;
use super::text::two;
use crate::import::item::Line;
use crate::import::words::{date, tight};
use lingnan_docx::model::{Align, Look, Paragraph, Piece};
use lingnan_gongwen::check::{Face, Row};
use lingnan_gongwen::figures::SIZE_4;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let dated = found.date.as_ref();
    let said = |words: &str| found.all.iter().any(|line| line.tight().contains(words));
    let mut rows = vec![
        placed(dated),
        What("7.3.5.4", "成文日期写法").holds(
            "阿拉伯数字，年份标全，月日不编虚位",
            dated.map(|line| {
                let said = tight(line.text.split('\t').next_back().unwrap_or_default());
                let holds = date(&said).is_some_and(|(_, wrong)| !wrong);
                (said, holds)
            }),
        ),
        What("7.3.5.5", "成文日期所在页").holds(
            "有正文，不标“此页无正文”",
            said("此页无正文").then(|| ("标有“此页无正文”".to_owned(), false)),
        ),
        What("7.3.6", "附注左空二字")
            .holds("左空2字", found.note.as_ref().map(|line| two(indent(line)))),
        What("2012版", "主题词")
            .holds("已取消", said("主题词").then(|| ("标有主题词（1999年版）".to_owned(), false))),
    ];
    rows.extend(annexes(found));
    let copies = found.copies.as_ref();
    rows.extend([
        What("7.4.1", "版记在最后一面").open("双面印刷的偶数面"),
        What("7.4.2", "抄送机关字号").size(SIZE_4, copies.map(Line::size)),
        What("7.4.2", "抄送机关后标点").holds(
            "句号",
            copies.map(|line| {
                let end = line.text.trim().ends_with('。');
                (if end { "句号" } else { "无句号" }.to_owned(), end)
            }),
        ),
        What("7.4.3", "印发字号").size(SIZE_4, found.printing.as_ref().map(Line::size)),
    ]);
    rows.extend(numbers(found));
    rows
}

/// Where a date at the right ends; of one placed by stops or blanks only a page can tell.
fn placed(dated: Option<&Line>) -> Row {
    let what = What("7.3.5", "成文日期位置");
    let required = "加盖印章、签名章右空四字；不加盖印章右空二字或首字比署名右移二字";
    let Some(line) = dated else { return what.holds(required, None) };
    if line.form.align != Some(Align::Right) && line.text.starts_with(char::is_whitespace) {
        return what.open(required);
    }
    let right = hundredths(line.form.right, line.size());
    let trailing = line.text.chars().rev().take_while(|c| c.is_whitespace());
    let right = right + trailing.map(|c| if c.is_ascii() { 50 } else { 100 }).sum::<i64>();
    let spaced = (380..=420).contains(&right) || (180..=220).contains(&right) || right > 420;
    let holds = spaced && line.form.align == Some(Align::Right);
    what.holds(required, Some((format!("{}，右空{}", aligned(line), chars(right)), holds)))
}

fn annexes(found: &Anatomy) -> Vec<Row> {
    let first = found.annexes.first();
    let head = first.map(|(head, _)| head);
    let title = first.and_then(|(_, title)| title.as_ref());
    let names: String = found.annex_note.iter().map(Line::tight).collect();
    let page = |holds: bool| (if holds { "另面" } else { "未另面" }.to_owned(), holds);
    vec![
        What("7.3.7", "附件另面编排").holds("另面", head.map(|line| page(line.new_page))),
        What("7.3.7", "“附件”字体").face("黑体", Face::Hei, head.map(font).as_deref()),
        What("7.3.7", "“附件”顶格")
            .holds("左空0字", head.map(|line| (chars(indent(line)), indent(line).abs() <= 20))),
        What("7.3.7", "附件标题居中")
            .holds("居中", title.map(|line| (aligned(line), line.is_centered()))),
        What("7.3.7", "附件标题与附件说明").holds(
            "一致",
            title.map(|line| {
                let name = line.tight();
                let listed = names.contains(&name);
                let text = format!("附件说明中没有“{name}”");
                (if listed { "一致".to_owned() } else { text }, listed)
            }),
        ),
    ]
}

fn numbers(found: &Anatomy) -> Vec<Row> {
    let odd = found.page_number(false);
    let look = odd.and_then(number_look);
    let size = look.map(|look| look.size.unwrap_or(21));
    let face = look.map(|look| look.font.clone().unwrap_or_else(|| "未指定".to_owned()));
    let dashes = odd.map(|paragraph| {
        let text = tight(&paragraph.text());
        let dash = |c: Option<char>| c.is_some_and(|c| "—－–-".contains(c));
        let mut ends = text.chars();
        let both = dash(ends.next()) && dash(ends.next_back());
        (if text.is_empty() { "没有一字线".to_owned() } else { text.clone() }, both)
    });
    let none = || Some(("没有页码".to_owned(), false));
    let side = |paragraph: Option<&Paragraph>, align: Align| {
        let Some(paragraph) = paragraph else { return none() };
        let indent = match align {
            Align::Right => paragraph.form.right,
            _ => paragraph.form.left,
        };
        let inset = hundredths(indent, 28);
        let holds = paragraph.form.align == Some(align) && (70..=140).contains(&inset);
        let word = if paragraph.form.align == Some(Align::Right) { "居右" } else { "未居右" };
        let word = match (align, paragraph.form.align) {
            (Align::Right, _) => word,
            (_, Some(Align::Left | Align::Both) | None) => "居左",
            _ => "未居左",
        };
        Some((format!("{word}，空{}", chars(inset)), holds))
    };
    vec![
        What("7.5", "页码")
            .holds("有页码", if odd.is_some() { Some(("有".to_owned(), true)) } else { none() }),
        What("7.5", "页码字号").size(SIZE_4, size),
        What("7.5", "页码字体").face("半角宋体", Face::Song, face.as_deref()),
        What("7.5", "页码一字线").holds("数字左右各一条一字线", dashes),
        What("7.5", "单页码居右空一字").holds("居右，空1字", side(odd, Align::Right)),
        What("7.5", "双页码居左空一字")
            .holds("居左，空1字（奇偶页不同）", side(found.page_number(true), Align::Left)),
        What("7.5", "一字线上距版心下边缘").open("7±0.5 mm"),
    ]
}

fn number_look(paragraph: &Paragraph) -> Option<&Look> {
    paragraph.pieces.iter().find_map(|piece| match piece {
        Piece::PageNumber(look) => Some(look),
        _ => None,
    })
}
