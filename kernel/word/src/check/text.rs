//! 7.3.1 to 7.3.4: title, addressees, text and the list of annexes.

use super::anatomy::{Anatomy, indent};
use super::head::{aligned, chars, font};
use super::row::What;
use crate::import::item::Line;
use crate::import::words::level;
use lingnan_gongwen::check::{Face, Row, is_face};
use lingnan_gongwen::figures::SIZE_2;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let title = found.title.first();
    let mut rows = vec![
        What("7.3.1", "标题字号").size(SIZE_2, title.map(Line::size)),
        What("7.3.1", "标题字体").face("小标宋", Face::BiaoSong, title.map(font).as_deref()),
        What("7.3.1", "标题居中")
            .holds("居中", title.map(|line| (aligned(line), line.is_centered()))),
        shape(&found.title),
    ];
    let named = found.recipients.as_ref();
    rows.extend([
        What("7.3.2", "主送机关居左顶格")
            .holds("左空0字", named.map(|line| (chars(indent(line)), indent(line).abs() <= 20))),
        What("7.3.2", "主送机关后标点").holds(
            "全角冒号",
            named.map(|line| {
                let end = line.text.trim().chars().last().map(String::from).unwrap_or_default();
                (format!("“{end}”"), end == "：")
            }),
        ),
        What("7.3.3", "首页必须显示正文").open("首页有正文"),
        What("7.3.3", "自然段左空二字").holds("左空2字", indents(&found.body)),
        What("7.3.3", "一级标题字体").holds("黑体", headings(&found.body, 1, Face::Hei)),
        What("7.3.3", "二级标题字体").holds("楷体", headings(&found.body, 2, Face::Kai)),
        What("7.3.3", "三级标题字体").holds("仿宋", headings(&found.body, 3, Face::FangSong)),
        What("7.3.3", "四级标题字体").holds("仿宋", headings(&found.body, 4, Face::FangSong)),
    ]);
    let note = found.annex_note.first();
    let ends = note.map(|_| {
        let ended = |line: &&Line| line.text.trim().ends_with(['。', '；', '，']);
        match found.annex_note.iter().find(ended) {
            Some(line) => (line.text.trim().chars().take(20).collect(), false),
            None => ("无标点".to_owned(), true),
        }
    });
    rows.extend([
        What("7.3.4", "附件说明左空二字").holds("左空2字", note.map(|line| two(indent(line)))),
        What("7.3.4", "附件名称后标点").holds("不加标点", ends),
    ]);
    rows
}

/// Where the author breaks the title himself it has a shape already.
fn shape(title: &[Line]) -> Row {
    let what = What("7.3.1", "标题排列");
    let required = "梯形或菱形，回行时词意完整";
    let widths: Vec<usize> = title
        .iter()
        .flat_map(|line| line.text.split('\n'))
        .map(|line| line.trim().chars().count())
        .filter(|count| *count > 0)
        .collect();
    match widths.as_slice() {
        [] => what.holds(required, None),
        [one] if *one > 20 => what.open(required),
        [_] => what.holds(required, Some(("一行".to_owned(), true))),
        several => {
            let valley = several.windows(3).any(|w| matches!(w, [a, b, c] if b < a && b < c));
            let block = several.windows(2).all(|w| matches!(w, [a, b] if a == b));
            let shown = several.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
            what.holds(required, Some((format!("各行{shown}字"), !valley && !block)))
        }
    }
}

pub(super) fn two(indent: i64) -> (String, bool) {
    (chars(indent), (185..=215).contains(&indent))
}

/// Whether all paragraphs begin two characters in; the first that does not is named.
fn indents(body: &[Line]) -> Option<(String, bool)> {
    let all: Vec<&Line> = body
        .iter()
        .filter(|line| !line.is_centered() && line.tight().chars().count() > 4)
        .collect();
    all.first()?;
    let wrong = all.iter().find(|line| !two(indent(line)).1);
    Some(match wrong {
        None => (format!("均左空二字（{}段）", all.len()), true),
        Some(line) => {
            let start: String = line.tight().chars().take(8).collect();
            (format!("“{start}”左空{}", chars(indent(line))), false)
        }
    })
}

/// Whether all headings of a level have their face; the first that has not is named.
fn headings(body: &[Line], wanted: u8, face: Face) -> Option<(String, bool)> {
    let all: Vec<&Line> = body.iter().filter(|line| level(&line.text) == Some(wanted)).collect();
    let first = all.first()?;
    Some(match all.iter().find(|line| !is_face(&font(line), face)) {
        None => (format!("{}（{}处）", font(first), all.len()), true),
        Some(line) => {
            let start: String = line.tight().chars().take(8).collect();
            (format!("“{start}”为{}", font(line)), false)
        }
    })
}
