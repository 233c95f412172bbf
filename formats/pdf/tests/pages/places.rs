//! Where characters stand on pages that are cut, turned or put together of forms.

use crate::file::{file, page, place, points, stream, text};

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// A page with these boxes, whose content may use the form 6.
fn boxed(boxes: &str) -> String {
    format!("{boxes}/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>")
}

/// A letter at a place.
fn at(letter: char, x: f64, y: f64) -> String {
    format!("BT /F 10 Tf {x} {y} Td ({letter}) Tj ET ")
}

#[test]
fn a_page_is_what_its_crop_box_shows_and_begins_at_its_corner() {
    let content = [at('a', 110.0, 190.0), at('b', 50.0, 150.0), at('c', 150.0, 260.0)].concat();
    let lines = "110 150 m 180 150 l S 10 10 m 80 10 l S";
    let boxes = boxed("/MediaBox[0 0 300 300]/CropBox[100 100 220 250]");
    let page = page(file(&boxes, &format!("{content}{lines}"), &[FONT]));
    assert_eq!((points(page.width), points(page.height)), (120.0, 150.0));
    assert_eq!(text(&page), "a");
    assert_eq!(place(&page.glyphs[0]), (10.0, 60.0));
    assert_eq!(page.strokes.len(), 1);
    assert_eq!(points(page.strokes[0].from.1), 100.0);
}

#[test]
fn a_page_that_is_turned_is_read_as_it_is_seen() {
    // (turn, width, height, where the letter begins, by how much it is turned)
    let cases = [
        (90, 200.0, 100.0, (60.0, 30.0), 90.0),
        (180, 100.0, 200.0, (70.0, 60.0), 180.0),
        (270, 200.0, 100.0, (140.0, 70.0), -90.0),
        (-90, 200.0, 100.0, (140.0, 70.0), -90.0),
    ];
    for (turn, width, height, begin, turned) in cases {
        // The visible page is 100 by 200, the letter 30 from its left and 60 from its foot.
        let boxes = format!("/MediaBox[0 0 300 300]/CropBox[50 50 150 250]/Rotate {turn}");
        let page = page(file(&boxed(&boxes), &at('a', 80.0, 110.0), &[FONT]));
        assert_eq!((points(page.width), points(page.height)), (width, height), "{turn}");
        assert_eq!(text(&page), "a", "{turn}");
        assert_eq!(place(&page.glyphs[0]), begin, "{turn}");
        assert!((page.glyphs[0].turn.abs() - f64::abs(turned)).abs() < 0.01, "{turn}");
        assert_eq!(points(page.glyphs[0].size), 10.0, "{turn}");
    }
}

#[test]
fn text_of_forms_within_forms_stands_where_their_matrices_put_it() {
    let inner = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Matrix[2 0 0 2 10 20]",
        &at('a', 5.0, 5.0),
    );
    let outer = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Matrix[1 0 0 1 100 100]\
         /Resources<</Font<</F 5 0 R>>/XObject<</Y 7 0 R>>>>",
        "q 1 0 0 1 1 1 cm /Y Do Q",
    );
    let bytes = file(&boxed("/MediaBox[0 0 300 300]"), "/X Do", &[FONT, &outer, &inner]);
    let page = page(bytes);
    assert_eq!(text(&page), "a");
    // 100 + 1 + 10 + 2 × 5 from the left, 100 + 1 + 20 + 2 × 5 from the foot.
    assert_eq!(place(&page.glyphs[0]), (121.0, 169.0));
    assert_eq!(points(page.glyphs[0].size), 20.0);
}

#[test]
fn what_a_form_or_a_clip_cuts_off_is_not_read() {
    let form = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 50 50]",
        &[at('a', 10.0, 10.0), at('b', 60.0, 10.0)].concat(),
    );
    let clipped = [at('c', 110.0, 110.0), at('d', 210.0, 110.0)].concat();
    let after = at('e', 250.0, 250.0);
    let content = format!("/X Do q 100 100 50 50 re W n {clipped} Q {after}");
    let page = page(file(&boxed("/MediaBox[0 0 300 300]"), &content, &[FONT, &form]));
    assert_eq!(text(&page), "ace");
}
