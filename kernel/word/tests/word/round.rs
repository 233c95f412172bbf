//! A document that goes to Word and comes back is the same.

use crate::support::of;
use jiff::civil::date;
use lingnan_gongwen::{Annex, Block, Gongwen, Kind, Number, Printing, Signature, Span};
use lingnan_word::{export, import};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, proptest};
use proptest::sample::Index;

/// What comes back, with what Word has no place for put right: a code before an order's number,
/// where the author broke the title, and how a document without seal is told from one with it.
fn back(document: &Gongwen) -> (Gongwen, Gongwen) {
    let bytes = export(document).unwrap();
    let imported = import(&bytes).unwrap();
    assert_eq!(imported.dropped, Vec::<String>::new());
    let found = imported.document().unwrap();
    let mut sent = document.clone();
    sent.format = found.format;
    sent.title = sent.title.replace('\n', "");
    if sent.kind == Kind::Order {
        let serial = |number: &Option<Number>| number.as_ref().map(Number::serial);
        assert_eq!(serial(&found.number), serial(&sent.number));
        sent.number.clone_from(&found.number);
    }
    if sent.signature == Signature::Unsealed {
        sent.signature = Signature::Sealed;
    }
    (sent, found)
}

#[test]
fn every_type_comes_back_as_it_went() {
    for kind in Kind::ALL {
        let document = of(kind);
        let (sent, mut found) = back(&document);
        if kind == Kind::Letter {
            // 10.1: neither 印发 in its imprint.
            found.printing.clone_from(&sent.printing);
        }
        let lines = |d: &Gongwen| serde_json::to_string_pretty(d).unwrap();
        assert_eq!(lines(&found), lines(&sent), "{}", kind.name());
        assert_eq!(found.format(), kind.format());
    }
}

#[test]
fn joint_issue_unsealed_comes_back() {
    let mut document = of(Kind::Notice);
    document.issuers = vec!["岭东市财政局".to_owned(), "岭东市水务局".to_owned()];
    for signature in [Signature::Sealed, Signature::Unsealed] {
        document.signature = signature;
        let (sent, found) = back(&document);
        assert_eq!(found, sent);
    }
}

/// Words that no element begins or ends with.
fn words() -> impl Strategy<Value = String> {
    "[甲乙丙丁戊己庚辛天地人和山水风云江河湖海]{2,24}"
}

fn block() -> impl Strategy<Value = Block> {
    let styled = |text: String, bold: bool| {
        let mut span = Span::plain(&text);
        span.style.bold = bold;
        span
    };
    let spans = vec((words(), any::<bool>()), 1..4).prop_map(move |all| {
        // Neighbours of one style are one span.
        let all = all.into_iter().enumerate();
        let spans = all.map(|(nth, (text, _))| styled(text, nth % 2 == 1));
        let mut spans: Vec<Span> = spans.collect();
        spans.last_mut().unwrap().text.push('。');
        Block::Paragraph { spans }
    });
    let heading = (1..=4_u8, words(), option::of(words())).prop_map(|(level, text, then)| {
        let ordinal = ["一、", "（二）", "3.", "（4）"][usize::from(level) - 1];
        let then = then.map(|text| vec![Span::plain(&text)]).unwrap_or_default();
        Block::Heading { level, text: format!("{ordinal}{text}。"), then }
    });
    proptest::prop_oneof![3 => spans, 2 => heading]
}

fn organs() -> impl Strategy<Value = Vec<Vec<String>>> {
    vec(vec("[甲乙丙丁山水]{2,8}(局|委员会|人民政府)", 1..4), 1..4)
}

fn document() -> impl Strategy<Value = Gongwen> {
    let kinds = Just(Kind::ALL.to_vec()).prop_shuffle().prop_map(|kinds| kinds[0]);
    let annex = (words(), vec(block(), 0..3)).prop_map(|(name, body)| Annex { name, body });
    let head = (kinds, words(), 1..999_u32, organs(), option::of(organs()));
    let rest = (vec(block(), 1..8), vec(annex, 0..4), option::of(words()), 1..28_i8, any::<bool>());
    (head, rest).prop_map(
        |((kind, about, serial, recipients, copies), (body, annexes, note, day, sealed))| {
            let mut document = of(kind);
            document.title = format!("岭东市人民政府关于{about}的{}", kind.name());
            document.issuers = if kind == Kind::Minutes {
                document.issuers
            } else {
                vec!["岭东市人民政府".to_owned()]
            };
            document.number = Some(Number::new("岭府", 2026, serial).unwrap());
            document.signers.clear();
            if !document.recipients.is_empty() {
                document.recipients = recipients;
            }
            document.copies = copies.unwrap_or_default();
            document.body = body;
            document.annexes = annexes;
            document.date = date(2026, 3, day);
            if document.signature == Signature::Sealed {
                document.note = note;
                document.signature = if sealed { Signature::Sealed } else { Signature::Unsealed };
            }
            document.printing = (kind != Kind::Letter).then(|| Printing {
                office: "岭东市人民政府办公室".to_owned(),
                date: date(2026, 4, day),
            });
            document
        },
    )
}

proptest! {
    #[test]
    fn any_document_comes_back_as_it_went(document in document()) {
        let (sent, found) = back(&document);
        prop_assert_eq!(found, sent);
    }

    #[test]
    fn a_damaged_file_is_a_sentence_or_a_document(at in any::<Index>(), byte in any::<u8>()) {
        let mut bytes = export(&of(Kind::Notice)).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Err(error) = import(&bytes) {
            let said = error.to_string();
            assert!(said.chars().any(|c| c > '\u{4e00}'), "{said}");
        }
    }
}
