//! Documents of the State Council as they were published, to Word and back.

use lingnan_docx::model;
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

/// The lines of a published text as a Word file without any form.
fn unformed(lines: &[String]) -> Vec<u8> {
    let paragraph = |line: &String| model::Block::Paragraph(model::Paragraph::of(line));
    let body = lines.iter().map(paragraph).collect();
    lingnan_docx::write(&model::Document { body, ..model::Document::default() }).unwrap()
}

#[test]
fn published_texts_without_any_form_are_recognised_by_their_words() {
    let text = include_str!("../../../../catalogue/documents/state_council.jsonl");
    let (mut all, mut titles, mut numbers, mut dates) = (0, 0, 0, 0);
    let tight = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for line in text.lines() {
        let published: Published = serde_json::from_str(line).unwrap();
        let imported = import(&unformed(&published.lines)).unwrap();
        let found = &imported.found;
        all += 1;
        titles += usize::from(tight(&found.title) == tight(&published.title));
        let number = found.number.as_ref().map(ToString::to_string);
        numbers += usize::from(number.as_deref() == Some(published.number.as_str()));
        dates += usize::from(found.date.is_some());
    }
    // The others are decrees and replies (答复), whose titles end in no type of the regulation.
    assert_eq!(all, 60);
    assert!(titles >= 53 && numbers >= 57 && dates >= 58, "{titles} {numbers} {dates}");
}
