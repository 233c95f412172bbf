//! Documents of the State Council and regulations of Guangdong as they were published, set anew
//! and measured. `LINGNAN_REGULATIONS` names a file with more.

use crate::support::press;
use lingnan_gongwen::check::{Row, Verdict, check};
use lingnan_gongwen::{Block, Gongwen, Kind, Printing, Signature};
use lingnan_typeset::sheets;
use serde::Deserialize;

#[derive(Deserialize)]
struct Published {
    number: String,
    title: String,
    issuer: String,
    lines: Vec<String>,
}

/// The type that a title ends with; 条例 and the like go out under a notice.
fn kind(title: &str) -> Kind {
    let ends = |kind: &Kind| title.ends_with(kind.name());
    Kind::ALL.into_iter().find(ends).unwrap_or(Kind::Notice)
}

/// The value of a published text: what its head repeats is left out of its body.
fn document(published: &Published) -> Gongwen {
    let Published { number, title, issuer, lines } = published;
    let title_said = |line: &str| title.contains(line.trim()) || line.trim() == number.as_str();
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let heads = lines.iter().take_while(|line| title_said(line)).count();
    lines.drain(..heads);
    // What follows is an annex, which a plain text does not set apart.
    let annex = lines.iter().position(|line| line.trim().starts_with("附件"));
    lines.truncate(annex.unwrap_or(lines.len()));
    let addressed = lines.first().and_then(|line| line.trim().strip_suffix('：'));
    let recipients = addressed.map(|line| vec![vec![line.to_owned()]]).unwrap_or_default();
    if !recipients.is_empty() {
        lines.remove(0);
    }
    // Name and date at the end are the page's to set.
    while lines.last().is_some_and(|line| {
        let line = line.trim();
        line.starts_with(issuer.as_str()) || line.starts_with('（') || line.ends_with('日')
    }) {
        lines.pop();
    }
    Gongwen {
        kind: kind(title),
        format: None,
        copy_number: None,
        urgency: None,
        issuers: vec![issuer.clone()],
        mark: lingnan_gongwen::Mark::WithWord,
        number: number.parse().ok(),
        signers: Vec::new(),
        title: title.clone(),
        adopted: None,
        recipients,
        body: lines.into_iter().map(Block::paragraph).collect(),
        annexes: Vec::new(),
        signature: Signature::Sealed,
        date: jiff::civil::date(2019, 1, 27),
        note: Some("此件公开发布".to_owned()),
        attendance: None,
        copies: Vec::new(),
        printing: Some(Printing {
            office: "国务院办公厅秘书局".to_owned(),
            date: jiff::civil::date(2019, 1, 28),
        }),
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Regulation {
    /// As the catalogue has them.
    Ours { title: String, date: jiff::civil::Date, adopted: String, lines: Vec<String> },
    /// As the collection has them: what was adopted and amended when, and a text in Markdown.
    Collected { title: String, date: jiff::civil::Date, history: Vec<String>, text: String },
}

/// A regulation as its congress promulgates it (GB/T 9704-2012 7.3.1: who adopted it below the
/// title).
fn promulgated(regulation: Regulation) -> Gongwen {
    let (title, date, adopted, lines) = match regulation {
        Regulation::Ours { title, date, adopted, lines } => (title, date, adopted, lines),
        Regulation::Collected { title, date, history, text } => {
            let lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
            let adopted = history.join("　").trim_end_matches('）').to_owned();
            (title, date, adopted, lines.collect())
        }
    };
    let lines = lines.iter().map(|line| line.trim_start_matches(['#', ' ']));
    Gongwen {
        kind: Kind::Proclamation,
        format: None,
        copy_number: None,
        urgency: None,
        issuers: vec!["广东省人民代表大会常务委员会".to_owned()],
        mark: lingnan_gongwen::Mark::WithWord,
        number: None,
        signers: Vec::new(),
        title,
        adopted: Some(adopted),
        recipients: Vec::new(),
        body: lines.map(Block::paragraph).collect(),
        annexes: Vec::new(),
        signature: Signature::Sealed,
        date,
        note: None,
        attendance: None,
        copies: Vec::new(),
        printing: None,
    }
}

/// What fails of a document's page. Headings of a plain text are paragraphs here, in 仿宋 as the
/// rest.
fn faults(document: &Gongwen) -> Vec<String> {
    let of_a_plain_text = ["一级标题字体", "二级标题字体"];
    let printed = match press().print(document) {
        Ok(printed) => printed,
        Err(error) => return vec![format!("{}: {error}", document.title)],
    };
    assert_eq!(printed.report.missing.len(), 0, "{}", document.title);
    let rows = check(&sheets(&printed.ofd).unwrap());
    let fails = rows.iter().filter(|row| {
        row.verdict == Verdict::Fails && !of_a_plain_text.contains(&row.element.as_str())
    });
    let said = |row: &Row| {
        let Row { clause, element, required, measured, .. } = row;
        format!("{}: {clause} {element}: {required}, {measured}", document.title)
    };
    fails.map(said).collect()
}

#[test]
fn the_state_councils_documents_are_set_and_measured() {
    let text = include_str!("../../../../catalogue/documents/state_council.jsonl");
    let mut failed = Vec::new();
    for line in text.lines() {
        failed.extend(faults(&document(&serde_json::from_str(line).unwrap())));
    }
    // It was published with a line of the 1999 edition.
    let of_1999 = "国务院、中央军委关于同意武警总部后勤部机关等迁址新建的批复: \
        2012版 主题词: 已取消, 标有主题词（1999年版）";
    assert_eq!(failed, [of_1999]);
}

#[test]
fn the_regulations_of_guangdong_are_set_and_measured() {
    let text = include_str!("../../../../catalogue/documents/regulations.jsonl").to_owned();
    let more =
        std::env::var("LINGNAN_REGULATIONS").map(|file| std::fs::read_to_string(file).unwrap());
    let mut failed = Vec::new();
    let ours = text.lines().count();
    for (nth, line) in text.lines().chain(more.unwrap_or_default().lines()).enumerate() {
        let document = promulgated(serde_json::from_str(line).unwrap());
        // One of the collection has a title and no text.
        if document.body.is_empty() {
            continue;
        }
        let amended = document.adopted.as_ref().is_some_and(|all| all.chars().count() > 200);
        // The first page has no room for more when a regulation was amended so often, and the
        // collection has lost the beginnings of some lists and the brackets of others.
        let of_the_source = |fault: &String| {
            (amended && fault.contains("首页必须显示正文"))
                || (nth >= ours && fault.contains("结构层次序数"))
        };
        failed.extend(faults(&document).into_iter().filter(|fault| !of_the_source(fault)));
    }
    assert_eq!(failed, Vec::<String>::new());
}
