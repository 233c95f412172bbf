//! Documents of the State Council as they were published, to Word and back.

use lingnan_gongwen::{Block, Gongwen, Kind};
use lingnan_word::{check, export, import};
use serde::Deserialize;

#[derive(Deserialize)]
struct Published {
    number: String,
    title: String,
    issuer: String,
    lines: Vec<String>,
}

fn document(published: &Published) -> Option<Gongwen> {
    let Published { number, title, issuer, lines } = published;
    let number = number.parse().ok()?;
    let kind = Kind::ALL.into_iter().find(|kind| title.ends_with(kind.name()))?;
    // What the head repeats, and what an end and annexes are, a plain text does not set apart.
    let said =
        |line: &str| title.contains(line) || line == published.number || line.ends_with('：');
    let text = lines.iter().map(|line| line.trim()).skip_while(|line| said(line));
    let text = text.take_while(|line| !line.starts_with("附件") && *line != issuer);
    let body: Vec<Block> = text.filter(|line| !line.is_empty()).map(Block::paragraph).collect();
    if body.is_empty() {
        return None;
    }
    let base = crate::support::of(Kind::Notice);
    Some(Gongwen {
        kind,
        number: Some(number),
        issuers: vec![issuer.clone()],
        title: title.clone(),
        body,
        annexes: Vec::new(),
        ..base
    })
}

#[test]
fn the_state_councils_documents_come_back_whole() {
    let text = include_str!("../../../../catalogue/documents/state_council.jsonl");
    let mut count = 0;
    for line in text.lines() {
        let published: Published = serde_json::from_str(line).unwrap();
        let Some(document) = document(&published) else { continue };
        count += 1;
        let bytes = export(&document).unwrap();
        let found = import(&bytes).unwrap().document().unwrap();
        let head =
            |d: &Gongwen| (d.kind, d.number.clone(), d.title.clone(), d.recipients.clone(), d.date);
        assert_eq!(head(&found), head(&document));
        // Paragraphs that are headings become ones; not a character is lost.
        let whole = |d: &Gongwen| d.body.iter().map(Block::text).collect::<Vec<_>>();
        assert_eq!(whole(&found), whole(&document), "{}", published.title);
        assert!(!check(&bytes).unwrap().is_empty());
    }
    assert!(count >= 30, "only {count}");
}
