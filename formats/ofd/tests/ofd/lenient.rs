//! What producers get wrong and people still want to read.

use super::build::{PAGE, package, page, parts};
use lingnan_ofd::limits::PACKAGE;
use lingnan_ofd::model::{Color, Content, Document, Object, Segment, Unit};
use lingnan_ofd::{read, text};
use lingnan_package::zip;

fn document(bytes: &[u8]) -> Document {
    let read = read(bytes).unwrap();
    assert_eq!(read.notes, []);
    read.package.documents.into_iter().next().unwrap()
}

fn first(document: &Document) -> &Unit {
    match &document.pages[0].layers[0].objects[0] {
        Object::Unit(unit) => unit,
        Object::Block { .. } => panic!("a block"),
    }
}

const HELLO: &str = "<ofd:TextObject ID=\"3\" Boundary=\"0 0 100 10\" Font=\"4\" Size=\"5\">\
                     <ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g 3 5\">你好岭南</ofd:TextCode>\
                     </ofd:TextObject>";

#[test]
fn the_namespace_without_a_year_and_none_at_all_are_read() {
    for namespace in ["http://www.ofdspec.org", "urn:other"] {
        let old = page(HELLO).replace("http://www.ofdspec.org/2016", namespace);
        let document = document(&package(&[(PAGE, &old)]));
        assert_eq!(text(&document, &document.pages[0]).unwrap(), "你好岭南");
    }
    let bare = page(HELLO).replace("ofd:", "").replace("xmlns:", "");
    let document = document(&package(&[(PAGE, &bare)]));
    assert_eq!(text(&document, &document.pages[0]).unwrap(), "你好岭南");
}

#[test]
fn marks_of_byte_order_are_read() {
    let marked = format!("\u{feff}{}", page(HELLO));
    let utf16: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [marked.into_bytes(), utf16] {
        let mut parts = parts(&[]);
        parts.insert(PAGE.to_owned(), bytes);
        let document = document(&zip(&parts, &PACKAGE).unwrap());
        assert_eq!(text(&document, &document.pages[0]).unwrap(), "你好岭南");
    }
}

#[test]
fn backslashes_other_cases_and_leading_slashes_lead_there() {
    let good = parts(&[(PAGE, &page(HELLO))]);
    let renamed = good.into_iter().map(|(path, bytes)| {
        let path = if path == PAGE { "DOC_0\\pages\\page_0\\content.XML".into() } else { path };
        (path, bytes)
    });
    let found = document(&zip(&renamed.collect(), &PACKAGE).unwrap());
    assert_eq!(text(&found, &found.pages[0]).unwrap(), "你好岭南");
    for location in ["/Doc_0/Pages/Page_0/Content.xml", "Doc_0\\Pages\\Page_0\\Content.xml"] {
        let mut parts = parts(&[(PAGE, &page(HELLO))]);
        let own = String::from_utf8(parts["Doc_0/Document.xml"].clone()).unwrap();
        let own = own.replace("Pages/Page_0/Content.xml", location);
        parts.insert("Doc_0/Document.xml".to_owned(), own.into_bytes());
        let found = document(&zip(&parts, &PACKAGE).unwrap());
        assert_eq!(text(&found, &found.pages[0]).unwrap(), "你好岭南");
    }
}

#[test]
fn colours_of_every_kind_are_rgb() {
    let cases = [
        ("Value=\"255 0 10\"", Color::rgb(255, 0, 10)),
        ("Value=\"#FF #0 #0a\"", Color::rgb(255, 0, 10)),
        ("Value=\"255.0 0.4 9.6\"", Color::rgb(255, 0, 10)),
        ("Value=\"128\"", Color::rgb(128, 128, 128)),
        ("Value=\"0 255 255 0\"", Color::rgb(255, 0, 0)),
        ("", Color::BLACK),
        ("Value=\"1 2 3\" Alpha=\"9\"", Color { alpha: 9, ..Color::rgb(1, 2, 3) }),
    ];
    for (value, color) in cases {
        let path = format!(
            "<ofd:PathObject ID=\"3\" Boundary=\"0 0 9 9\"><ofd:FillColor {value}/>\
             <ofd:AbbreviatedData>M 0 0 L 1 1</ofd:AbbreviatedData></ofd:PathObject>"
        );
        let document = document(&package(&[(PAGE, &page(&path))]));
        assert_eq!(first(&document).style.fill, Some(color), "{value}");
    }
}

#[test]
fn a_course_may_be_written_closely_and_in_any_order_of_elements() {
    let path = "<ofd:PathObject ID=\"3\" Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>\
                S0 0L1e1,2 3 4B 1 2 3 4 5 6A1 1 0 0 1 2 2C</ofd:AbbreviatedData>\
                <ofd:StrokeColor Value=\"1 2 3\"/></ofd:PathObject>";
    let document = document(&package(&[(PAGE, &page(path))]));
    let Content::Path(path) = &first(&document).content else { panic!() };
    assert_eq!(path.segments.len(), 6);
    assert!(matches!(path.segments[1], Segment::Line(to) if (to.x, to.y) == (10.0, 2.0)));
    assert_eq!(path.segments[5], Segment::Close);
    assert_eq!(first(&document).style.stroke, Some(Color::rgb(1, 2, 3)));
}

#[test]
fn distances_may_be_too_many_or_counted_in_utf_16() {
    let deltas = |text: &str, given: &str| {
        let object = format!(
            "<ofd:TextObject ID=\"3\" Boundary=\"0 0 9 9\" Font=\"4\" Size=\"5\"><ofd:TextCode \
             DeltaX=\"{given}\">{text}</ofd:TextCode></ofd:TextObject>"
        );
        let document = document(&package(&[(PAGE, &page(&object))]));
        let Content::Text(text) = &first(&document).content else { panic!() };
        text.codes[0].delta_x.clone()
    };
    assert_eq!(deltas("甲乙丙", "5 5 5 5 5"), [5.0, 5.0]);
    assert_eq!(deltas("甲乙丙", "g 999999999999 5"), [5.0, 5.0]);
    assert_eq!(deltas("甲\u{20000}丙", "5 5 0"), [5.0, 5.0]);
    assert_eq!(deltas("甲乙丙", "5"), [5.0]);
    assert_eq!(deltas("甲乙丙", "x"), [0.0; 0]);
}
