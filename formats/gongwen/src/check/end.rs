//! 7.3.5 to 7.3.7: signature, date, note and annexes.

use super::OFF;
use super::anatomy::Anatomy;
use super::faces::{Face, is, shown};
use super::head::MIDDLE;
use super::line::Line;
use super::row::{Row, What};
use super::text::INDENT;
use crate::figures::{CHARACTER, LEFT, LINE, TOP, WIDTH};

/// The right edge of the 版心.
const RIGHT: f64 = LEFT + WIDTH;

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let date = found.date.as_ref();
    let said = |words: &str| found.all.iter().any(|line| line.plain().contains(words));
    let mut rows = vec![
        What("7.3.5", "成文日期位置").holds(
            "加盖印章、签名章右空四字；不加盖印章首字比署名右移二字或右空二字",
            date.map(|date| placed(found, date)),
        ),
        What("7.3.5.1", "署名以成文日期为准居中").holds("居中", centred(found)),
        What("7.3.5.4", "成文日期写法").holds(
            "阿拉伯数字，年份标全，月日不编虚位",
            date.map(|date| (date.plain(), spelt(&date.plain()))),
        ),
        What("7.3.5.5", "成文日期所在页").holds(
            "有正文，不标“此页无正文”",
            date.map(|date| {
                let mut with = found.body.iter().chain(&found.tables).chain(&found.annex_note);
                let accompanied = with.any(|line| line.page == date.page);
                let empty = said("此页无正文");
                let text = if accompanied { "有正文" } else { "无正文" };
                let text = if empty { "标有“此页无正文”" } else { text };
                (text.to_owned(), accompanied && !empty)
            }),
        ),
        What("7.3.6", "附注左空二字").length(
            INDENT,
            OFF,
            found.note.as_ref().map(|line| line.left),
        ),
        What("7.3.6", "附注位置").holds(
            "成文日期下一行",
            found.note.as_ref().zip(date).map(|(note, date)| {
                let lines = (note.baseline - date.baseline) / LINE;
                if note.page != date.page {
                    return ("在下一面".to_owned(), note.page == date.page + 1);
                }
                (format!("日期下{lines:.1}行"), (0.5..3.6).contains(&lines))
            }),
        ),
        What("2012版", "主题词")
            .holds("已取消", said("主题词").then(|| ("标有主题词（1999年版）".to_owned(), false))),
    ];
    rows.extend(annexes(found));
    rows
}

/// How the date stands, and whether that is one of the ways.
fn placed(found: &Anatomy, date: &Line) -> (String, bool) {
    let near = |a: f64, b: f64| (a - b).abs() <= OFF + 0.1;
    let right = (RIGHT - date.right) / CHARACTER;
    let shift = found.issuers.last().map(|issuer| (date.left - issuer.left) / CHARACTER);
    let text = match shift {
        Some(shift) => format!("右空{right:.1}字，首字比署名右移{shift:.1}字"),
        None => format!("右空{right:.1}字"),
    };
    let sealed = near(date.right, RIGHT - 4.0 * CHARACTER);
    let unsealed = near(date.right, RIGHT - 2.0 * CHARACTER)
        || shift.is_some_and(|shift| near(shift * CHARACTER, 2.0 * CHARACTER));
    let last = found.issuers.last();
    // A long name over a sealed date pushes both to the left, so that the name stays within.
    let pushed =
        last.is_some_and(|name| near(name.right, RIGHT) && near(name.middle(), date.middle()));
    // The name of the last of several organs is centred over the date.
    let joint = found.issuers.len() > 1 && last.is_some_and(|n| near(n.middle(), date.middle()));
    (text, sealed || unsealed || pushed || joint)
}

/// Of a sealed document; another has its name elsewhere.
fn centred(found: &Anatomy) -> Option<(String, bool)> {
    let date = found.date.as_ref()?;
    let name = found.issuers.last()?;
    let shift = (date.left - name.left) / CHARACTER;
    let unsealed = (shift - 2.0).abs() < 0.15 && name.right > date.right - 2.1 * CHARACTER;
    let sealed = (date.right - (RIGHT - 4.0 * CHARACTER)).abs() <= OFF + 0.1;
    let off = name.middle() - date.middle();
    (sealed && !unsealed).then(|| (format!("偏{off:.2} mm"), off.abs() <= 1.0))
}

fn spelt(plain: &str) -> bool {
    let parts: Vec<&str> = plain.split(['年', '月', '日']).collect();
    let [year, month, day, ""] = parts.as_slice() else { return false };
    let number = |text: &str, most: u8| {
        text.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n) && n.to_string() == text)
    };
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && number(month, 12)
        && number(day, 31)
}

fn annexes(found: &Anatomy) -> Vec<Row> {
    let first = found.annexes.first();
    let head = first.map(|(head, _)| head);
    let title = first.and_then(|(_, after)| after.first());
    let gap = head.zip(title).map(|(head, title)| title.top() - head.top());
    let names: String = found.annex_note.iter().map(Line::plain).collect();
    let same = first.map(|(_, after)| {
        let lines = after
            .iter()
            .take_while(|line| title.is_some_and(|title| (line.size - title.size).abs() < 0.3));
        let name: String = lines.map(Line::plain).collect();
        let listed = names.contains(&name);
        (if listed { "一致".to_owned() } else { format!("附件说明中没有“{name}”") }, listed)
    });
    vec![
        What("7.3.7", "“附件”在版心左上角第一行").length(TOP, 1.0, head.map(Line::top)),
        What("7.3.7", "“附件”顶格").length(LEFT, OFF, head.map(|line| line.left)),
        What("7.3.7", "“附件”字体")
            .holds("黑体", head.map(|line| (shown(line.font()), is(line.font(), Face::Hei)))),
        What("7.3.7", "附件标题在第三行").length(2.0 * LINE, 1.0, gap),
        What("7.3.7", "附件标题居中").length(0.0, 1.0, title.map(|line| line.middle() - MIDDLE)),
        What("7.3.7", "附件标题与附件说明").holds("一致", same),
    ]
}
