//! What a page looks like: outlines at their places, and the text over them.

use super::build::{PAGE, package, page};
use super::{sample, samples};
use lingnan_ofd::model::{Document, Matrix, Point, Segment};
use lingnan_ofd::{Drawing, Item, ItemKind, NoFonts, draw, read, svg};

fn drawn(document: &Document, number: usize) -> Drawing {
    draw(document, &document.pages[number], &NoFonts).unwrap()
}

fn of_objects(objects: &str) -> Drawing {
    let read = read(&package(&[(PAGE, &page(objects))])).unwrap();
    drawn(&read.package.documents[0], 0)
}

/// The box around an item on the page, by its corners and control points.
fn extent(drawing: &Drawing, item: &Item) -> [f64; 4] {
    let (ItemKind::Fill { outline, .. } | ItemKind::Stroke { outline, .. }) = &item.kind else {
        panic!("no outline")
    };
    let points = drawing.outlines[*outline].segments.iter().flat_map(|segment| match *segment {
        Segment::Move(a) | Segment::Line(a) => vec![a],
        Segment::Quad(a, b) => vec![a, b],
        Segment::Cubic(a, b, c) => vec![a, b, c],
        Segment::Arc(_) => panic!("an arc"),
        Segment::Close => vec![],
    });
    let points: Vec<Point> = points.map(|point| item.matrix.apply(point)).collect();
    let least = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Point) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    [least(|p| p.x), least(|p| p.y), most(|p| p.x), most(|p| p.y)]
        .map(|v| (v * 100.0).round() / 100.0)
}

#[test]
fn every_page_of_every_sample_is_drawn_as_well_formed_svg() {
    for name in samples() {
        let read = read(&sample(&name)).unwrap();
        let document = &read.package.documents[0];
        for number in 0..document.pages.len() {
            let drawing = drawn(document, number);
            let text = svg(&drawing);
            let tree = roxmltree::Document::parse(&text).unwrap();
            let shown: String = tree
                .descendants()
                .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "tspan")))
                .filter_map(|node| node.text())
                .collect();
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            let said = lingnan_ofd::text(document, &document.pages[number]).unwrap();
            assert_eq!(letters(&shown), letters(&said), "{name}");
            for node in tree.descendants() {
                for own in node.attributes() {
                    assert!(!own.name().starts_with("on"));
                    let leads = own.name() == "href" && !own.value().starts_with(['#', 'd']);
                    assert!(!leads, "{name}: {}", own.value());
                }
            }
        }
    }
}

#[test]
fn glyphs_come_from_the_embedded_font_by_their_numbers() {
    let read = read(&sample("wenzi-hengxiang-suwell.ofd")).unwrap();
    let drawing = drawn(&read.package.documents[0], 0);
    assert_eq!(drawing.notes, [""; 0]);
    let glyphs = drawing.outlines.iter().filter(|outline| outline.is_glyph).count();
    // 1, 2 of one face and 一, 二, 三, 四 of another, each outlined once.
    assert_eq!(glyphs, 6);
    let place = extent(&drawing, &drawing.items[1]);
    // The object's box is 35.84 32.57 2.93 1.36.
    assert!(
        place[0] >= 35.8 && place[1] >= 32.5 && place[2] <= 38.9 && place[3] <= 34.0,
        "{place:?}"
    );
}

#[test]
fn a_font_that_is_not_there_is_noted_and_the_text_stays() {
    let read = read(&sample("helloworld.ofd")).unwrap();
    let drawing = drawn(&read.package.documents[0], 0);
    assert_eq!(drawing.items, []);
    assert_eq!(drawing.notes, ["没有字体含有这些字：&DFORWadeirt你呀好！，"]);
    assert_eq!(drawing.lines[0][0].text, "你好呀，OFD Reader&Writer！");
}

#[test]
fn a_path_lies_where_its_box_and_matrix_put_it() {
    let drawing = of_objects(
        "<ofd:PathObject ID=\"3\" Boundary=\"10 20 30 40\" CTM=\"2 0 0 2 1 1\" Fill=\"true\" \
         Stroke=\"false\"><ofd:AbbreviatedData>M 0 0 L 10 0 L 10 10 C</ofd:AbbreviatedData>\
         </ofd:PathObject>",
    );
    assert_eq!(extent(&drawing, &drawing.items[0]), [11.0, 21.0, 31.0, 41.0]);
    assert_eq!(drawing.items[0].clip, None);
}

#[test]
fn half_a_circle_reaches_as_far_as_it_is_high() {
    let drawing = of_objects(
        "<ofd:PathObject ID=\"3\" Boundary=\"0 0 40 40\"><ofd:AbbreviatedData>\
         M 10 20 A 10 10 0 0 1 30 20</ofd:AbbreviatedData></ofd:PathObject>",
    );
    // Clockwise on a page that counts downwards: over the top.
    let [left, top, right, bottom] = extent(&drawing, &drawing.items[0]);
    assert_eq!([left, top, right, bottom], [10.0, 10.0, 30.0, 20.0]);
}

#[test]
fn what_oversteps_its_box_is_cut_off() {
    let drawing = of_objects(
        "<ofd:PathObject ID=\"3\" Boundary=\"10 10 5 5\"><ofd:AbbreviatedData>\
         M 0 0 L 50 0</ofd:AbbreviatedData></ofd:PathObject>",
    );
    let clip = drawing.items[0].clip.map(|clip| &drawing.clips[clip]).unwrap();
    assert_eq!(clip.areas[0].matrix, Matrix::IDENTITY);
    assert!(svg(&drawing).contains("clip-path=\"url(#c0)\""));
}

#[test]
fn an_image_of_an_unknown_kind_and_one_that_is_missing_are_named() {
    let drawing = of_objects("<ofd:ImageObject ID=\"3\" ResourceID=\"8\" Boundary=\"0 0 9 9\"/>");
    assert_eq!(drawing.notes, ["图像 8（已缺失）无法显示"]);
    let mut document = Document::default();
    document.image("", vec![0x97, b'J', b'B', b'2', 0x0d]);
    let page = read(&package(&[(
        PAGE,
        &page("<ofd:ImageObject ID=\"3\" ResourceID=\"1\" Boundary=\"0 0 9 9\"/>"),
    )]));
    document.pages = page.unwrap().package.documents.remove(0).pages;
    assert_eq!(drawn(&document, 0).notes, ["图像 1（JBIG2）无法显示"]);
}

#[test]
fn a_bitmap_becomes_a_png_and_a_flood_of_dots_is_not_shown() {
    let page = read(&package(&[(
        PAGE,
        &page("<ofd:ImageObject ID=\"3\" ResourceID=\"1\" Boundary=\"0 0 9 9\"/>"),
    )]));
    let pages = page.unwrap().package.documents.remove(0).pages;
    let shown = |data: Vec<u8>| {
        let mut document = Document { pages: pages.clone(), ..Document::default() };
        document.image("", data);
        drawn(&document, 0)
    };
    let mut bmp = vec![0; 54];
    bmp[..2].copy_from_slice(b"BM");
    for (at, value) in [(10, 54), (14, 40), (18, 1), (22, 2), (28, 24)] {
        bmp[at] = value;
    }
    bmp.extend([1, 2, 3, 0, 4, 5, 6, 0]);
    let drawing = shown(bmp.clone());
    let ItemKind::Picture { picture, .. } = &drawing.items[0].kind else { panic!() };
    assert!(picture.data.starts_with(b"\x89PNG"));
    assert_eq!(picture.data[16..24], [0, 0, 0, 1, 0, 0, 0, 2]);
    bmp.pop();
    assert_eq!(shown(bmp).notes, ["图像 1（BMP）无法显示"]);
    let mut flood = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    flood.extend([0, 1, 0, 0, 0, 1, 0, 0]);
    assert_eq!(shown(flood).notes, ["图像 1（像素过多）无法显示"]);
}

#[test]
fn a_watermark_lies_above_with_its_own_strength() {
    let read = read(&sample("AddWatermarkAnnot.ofd")).unwrap();
    let drawing = drawn(&read.package.documents[0], 0);
    let last = drawing.items.last().unwrap();
    assert!(matches!(last.kind, ItemKind::Picture { .. }));
    assert_eq!((last.alpha * 255.0).round(), 135.0);
    let Matrix { a, d, e, f, .. } = last.matrix;
    assert_eq!([a, d, e, f], [40.0, 30.0, 50.0, 50.0]);
}

#[test]
fn seals_are_shown_where_they_stand_and_said_to_be_unverified() {
    let read = read(&sample("V4RideRight.ofd")).unwrap();
    let document = &read.package.documents[0];
    let drawing = drawn(document, 4);
    // Of a seal across five pages each shows a part 8 mm wide (骑缝章).
    let mark = &drawing.seals[0];
    let seen = [mark.seen().x, mark.seen().width, mark.boundary.width];
    assert_eq!(seen, [202.0, 8.0, 40.0]);
    assert!(mark.picture.is_some(), "its picture is in its value");
    let sample = lingnan_ofd::read(&super::sample("v5_seal.ofd")).unwrap();
    let text = svg(&drawn(&sample.package.documents[0], 0));
    assert!(text.contains("印章未验证"), "{text}");
}

#[test]
fn a_seal_whose_value_has_no_picture_is_a_frame() {
    let mut read = read(&sample("v5_seal.ofd")).unwrap();
    let document = &mut read.package.documents[0];
    document.signatures[0].picture = None;
    let text = svg(&drawn(document, 0));
    assert!(text.contains("印章（未验证）") && text.contains("stroke-dasharray"), "{text}");
}
