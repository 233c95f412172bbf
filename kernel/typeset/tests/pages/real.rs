//! Documents of the State Council as they were published, set anew and measured.

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

#[test]
fn the_state_councils_documents_are_set_and_measured() {
    let text = include_str!("../../../../catalogue/documents/state_council.jsonl");
    // Headings of a plain text are paragraphs here, in 仿宋 as the rest.
    let of_a_plain_text = ["一级标题字体", "二级标题字体"];
    let mut failed = Vec::new();
    // Every third: all of them take minutes in a build that is not optimised.
    for line in text.lines().step_by(3) {
        let published: Published = serde_json::from_str(line).unwrap();
        // Decrees are numbered otherwise, and published without their order.
        if published.number.contains("令第") {
            continue;
        }
        let printed = press().print(&document(&published)).unwrap();
        assert_eq!(printed.report.missing.len(), 0, "{}", published.title);
        let rows = check(&sheets(&printed.ofd).unwrap());
        let fails = rows.iter().filter(|row| {
            row.verdict == Verdict::Fails && !of_a_plain_text.contains(&row.element.as_str())
        });
        failed.extend(fails.map(|row| {
            let Row { clause, element, required, measured, .. } = row;
            format!("{}: {clause} {element}: {required}, {measured}", published.number)
        }));
    }
    assert_eq!(failed, Vec::<String>::new());
}
