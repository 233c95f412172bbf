//! Fonts that a file only names, as most files of Chinese offices do.

use crate::file::{file, page, place, points, stream, text};
use lingnan_pdf::{Face, Faces, Pdf};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

const A4: &str = "/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>";

/// A composite font: its name, its encoding, its collection, and what else.
fn composite(name: &str, encoding: &str, collection: &str, more: &str) -> String {
    format!(
        "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/{encoding}{more}/DescendantFonts[\
         <</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/DW 1000/CIDSystemInfo\
         <</Registry(Adobe)/Ordering({collection})/Supplement 2>>/FontDescriptor\
         <</Type/FontDescriptor/FontName/{name}/Flags 4/StemV 80/ItalicAngle 0>>>>]>>"
    )
}

/// `岭南` in 三号, at an inch from the left.
fn two(codes: &str) -> String {
    format!("BT /F 16 Tf 72 700 Td <{codes}> Tj ET")
}

fn composed(font: &str, codes: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![font];
    objects.extend(more);
    file(A4, &two(codes), &objects)
}

/// Maps two codes to `岭南`, and a third to the three letters of a ligature.
fn to_unicode() -> String {
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
               1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
               3 beginbfchar <0A01> <5CAD> <0A02> <5357> <0A03> <006600660069> endbfchar\n\
               endcmap end end";
    stream("", map)
}

#[test]
fn what_stands_in_a_font_that_is_only_named_is_read_with_place_size_and_name() {
    let identity = composite("FangSong_GB2312", "Identity-H", "Identity", "/ToUnicode 6 0 R");
    let cases = [
        composed(&composite("FangSong_GB2312", "UniGB-UCS2-H", "GB1", ""), "5CAD5357", &[]),
        composed(&composite("FangSong_GB2312", "UniGB-UTF16-H", "GB1", ""), "5CAD5357", &[]),
        composed(&composite("FangSong_GB2312", "GBK-EUC-H", "GB1", ""), "C1EBC4CF", &[]),
        composed(&composite("FangSong_GB2312", "GBKp-EUC-H", "GB1", ""), "C1EBC4CF", &[]),
        composed(&composite("FangSong_GB2312", "GBK2K-H", "GB1", ""), "C1EBC4CF", &[]),
        composed(&composite("FangSong_GB2312", "GB-EUC-H", "GB1", ""), "C1EBC4CF", &[]),
        composed(&identity, "0A010A02", &[&to_unicode()]),
    ];
    for (number, bytes) in cases.into_iter().enumerate() {
        let page = page(bytes);
        assert_eq!(text(&page), "岭南", "{number}");
        for (glyph, x) in page.glyphs.iter().zip([72.0, 88.0]) {
            assert_eq!(place(glyph), (x, 142.0), "{number}");
            assert_eq!(points(glyph.size), 16.0, "{number}");
            assert_eq!((glyph.font.as_str(), glyph.ink), ("FangSong_GB2312", None), "{number}");
        }
    }
}

#[test]
fn a_page_number_in_a_standard_font_is_read() {
    let objects = ["<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"];
    let page = page(file(A4, "BT /F 14 Tf 72 50 Td (- 1 -) Tj ET", &objects));
    assert_eq!(text(&page), "- 1 -");
    let last = page.glyphs.last().unwrap();
    // As wide as Adobe's metrics have them: hyphen 333, space 250, one 500.
    assert_eq!(place(last), (90.66, 792.0));
    assert_eq!(last.font, "Times-Roman");
}

#[test]
fn digits_in_a_chinese_truetype_font_are_read() {
    let font = "<</Type/Font/Subtype/TrueType/BaseFont/FangSong_GB2312/FirstChar 48/LastChar 49\
                /Widths[500 500]/Encoding/WinAnsiEncoding/FontDescriptor\
                <</Type/FontDescriptor/FontName/FangSong_GB2312/Flags 32>>>>";
    let page = page(file(A4, "BT /F 16 Tf 72 700 Td (10) Tj ET", &[font]));
    assert_eq!(text(&page), "10");
    assert_eq!(place(&page.glyphs[1]), (80.0, 142.0));
    assert_eq!(page.glyphs[1].font, "FangSong_GB2312");
}

#[test]
fn a_name_in_utf_8_or_gbk_is_told() {
    for name in ["#E4#BB#BF#E5#AE#8B_GB2312", "#B7#C2#CB#CE_GB2312", "ABCDEF+#B7#C2#CB#CE_GB2312"] {
        let bytes = composed(&composite(name, "UniGB-UCS2-H", "GB1", ""), "5CAD5357", &[]);
        assert!(Pdf::open(bytes.clone()).unwrap().only_names("仿宋_GB2312"), "{name}");
        let page = page(bytes);
        assert_eq!((text(&page).as_str(), page.glyphs[0].font.as_str()), ("岭南", "仿宋_GB2312"));
    }
}

#[test]
fn a_font_among_the_resources_themselves_has_its_name() {
    let font = composite("KaiTi_GB2312", "UniGB-UCS2-H", "GB1", "");
    let page = page(file(
        &format!("/MediaBox[0 0 595 842]/Resources<</Font<</F {font}>>>>"),
        &two("5CAD5357"),
        &[],
    ));
    assert_eq!((text(&page).as_str(), page.glyphs[0].font.as_str()), ("岭南", "KaiTi_GB2312"));
}

#[test]
fn a_font_of_type_1_has_its_name() {
    // One character, as LibreOffice 7.4 embeds a font with outlines of PostScript.
    let page = page(include_bytes!("../type1.pdf").to_vec());
    let seen = page.glyphs.iter().map(|glyph| (glyph.text.as_str(), glyph.font.as_str()));
    assert_eq!(seen.collect::<Vec<_>>(), [("岭", "NotoSerifCJKjp-Regular-VKana")]);
    assert!(page.glyphs[0].ink.is_some());
}

#[test]
fn a_ligature_says_all_its_letters() {
    let font = composite("Minion", "Identity-H", "Identity", "/ToUnicode 6 0 R");
    let page = page(composed(&font, "0A010A030A02", &[&to_unicode()]));
    assert_eq!(text(&page), "岭ffi南");
    assert_eq!(points(page.glyphs[1].advance), 16.0);
    assert_eq!(page.glyphs.len(), 3);
}

#[test]
fn text_down_a_page_stands_on_its_middle_line() {
    let font = composite("FangSong_GB2312", "UniGB-UCS2-V", "GB1", "");
    let page = page(composed(&font, "5CAD5357", &[]));
    assert_eq!(text(&page), "岭南");
    // Half a square to the left of the line, and so far down as `DW2` says where it is not given.
    assert_eq!(place(&page.glyphs[0]), (64.0, 142.0 + 16.0 * 0.88));
    assert_eq!(place(&page.glyphs[1]), (64.0, 158.0 + 16.0 * 0.88));
}

/// Gives one face for everything, and writes down what was wanted.
#[derive(Default)]
struct Fandol {
    wanted: Mutex<Vec<(String, String)>>,
    lacks: BTreeSet<char>,
}

impl Faces for Fandol {
    fn face(&self, font: &str, text: &BTreeSet<char>) -> Option<Face> {
        self.wanted.lock().unwrap().push((font.to_owned(), text.iter().collect()));
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/fonts/FandolFang-Regular.otf");
        let data = std::fs::read(path).expect("`cargo xtask test` fetches the fonts");
        Some(Face { data: data.into(), index: 0, lacks: self.lacks.clone() })
    }
}

/// The fonts that are wanted for a page and their text, and whether something was drawn where its
/// two characters stand.
fn drawn(bytes: Vec<u8>) -> (Vec<(String, String)>, bool) {
    let fandol = Arc::new(Fandol::default());
    let drawing = Pdf::open(bytes).unwrap().draw(0, 842, &fandol).unwrap();
    let rows = drawing.dots.chunks(usize::from(drawing.width)).skip(126).take(20);
    let dark = |row: &[[u8; 3]]| row[72..104].iter().any(|dot| dot[0] < 128);
    let has_ink = rows.map(dark).filter(|&dark| dark).count() > 8;
    let wanted = fandol.wanted.lock().unwrap().clone();
    (wanted, has_ink)
}

#[test]
fn a_page_is_drawn_in_a_face_that_is_given_for_the_name_and_the_text() {
    let identity = composite("KaiTi", "Identity-H", "Identity", "/ToUnicode 6 0 R");
    let cases = [
        (composed(&composite("SimSun", "UniGB-UCS2-H", "GB1", ""), "5CAD5357", &[]), "SimSun"),
        (
            composed(&composite("STSong-Light", "GBK-EUC-H", "GB1", ""), "C1EBC4CF", &[]),
            "STSong-Light",
        ),
        (composed(&identity, "0A010A02", &[&to_unicode()]), "KaiTi"),
        // Taken for Helvetica by its name.
        (
            composed(&composite("SourceHanSansCN", "UniGB-UCS2-H", "GB1", ""), "5CAD5357", &[]),
            "SourceHanSansCN",
        ),
        // In GBK.
        (composed(&composite("#B7#C2#CB#CE", "UniGB-UCS2-H", "GB1", ""), "5CAD5357", &[]), "仿宋"),
    ];
    for (bytes, name) in cases {
        assert_eq!(drawn(bytes), (vec![(name.to_owned(), "南岭".to_owned())], true), "{name}");
    }
}

#[test]
fn fonts_with_names_in_gbk_are_told_apart() {
    let fonts = [("#B7#C2#CB#CE_GB2312", "F"), ("#BA#DA#CC#E5", "G")];
    let [fang, hei] = fonts.map(|(name, _)| composite(name, "UniGB-UCS2-H", "GB1", ""));
    let page = A4.replace("5 0 R", "5 0 R/G 6 0 R");
    let content = "BT /G 16 Tf 72 700 Td <5CAD> Tj /F 16 Tf <5357> Tj ET";
    let wanted = [("黑体", "岭"), ("仿宋_GB2312", "南")];
    let wanted = wanted.map(|(font, text)| (font.to_owned(), text.to_owned())).to_vec();
    assert_eq!(drawn(file(&page, content, &[&fang, &hei])), (wanted, true));
}

#[test]
fn a_standard_font_is_drawn_in_a_face_that_is_given() {
    let objects = ["<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"];
    let bytes = file(A4, "BT /F 16 Tf 72 700 Td (1234) Tj ET", &objects);
    assert_eq!(drawn(bytes), (vec![("Times-Roman".to_owned(), "1234".to_owned())], true));
}

#[test]
fn a_character_that_no_face_has_is_an_empty_square_and_no_other_character() {
    // Where the first character stands, and whether it is a square: no dot within its edge.
    let square = |bytes: Vec<u8>, lacks: &str| {
        let faces = Arc::new(Fandol { lacks: lacks.chars().collect(), ..Fandol::default() });
        let drawing = Pdf::open(bytes).unwrap().draw(0, 842, &faces).unwrap();
        let rows = drawing.dots.chunks(usize::from(drawing.width));
        let inner = rows.skip(131).take(8).flat_map(|row| &row[75..83]);
        inner.filter(|dot| dot[0] < 200).count() == 0
    };
    let told = composite("SimSun", "UniGB-UCS2-H", "GB1", "");
    assert!(!square(composed(&told, "5CAD5357", &[]), ""));
    assert!(square(composed(&told, "5CAD5357", &[]), "岭"));
    // Numbers of glyphs in a font that is not here, and nothing that tells what they say.
    let untold = composite("SimSun", "Identity-H", "Identity", "");
    assert!(square(composed(&untold, "0A010A02", &[]), ""));
}

#[test]
fn a_dictionary_with_a_broken_value_is_passed_over() {
    let told = composite("SimSun", "UniGB-UCS2-H", "GB1", "");
    let bytes = composed(&told, "5CAD5357", &["<</A /B#Z>>"]);
    assert_eq!(text(&page(bytes.clone())), "岭南");
    assert!(lingnan_pdf::lasting(&bytes).is_ok());
}
