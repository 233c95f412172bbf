//! What is written is read as it was, whatever it is.

use super::order;
use lingnan_ofd::model::{
    Annotation, AnnotationKind, Arc, Area, Attachment, Cap, Clip, ClipArea, Code, Color, Composite,
    Content, Document, DrawParam, GlyphMap, Id, Image, Info, Join, Layer, LayerKind, Matrix,
    Object, ObjectRef, Order, Package, Page, Path, Point, Profile, Rect, Rule, Segment, Style, Tag,
    Tagging, Template, TemplateUse, Text, Unit,
};
use lingnan_ofd::{Glyph, Run, parts, read, write};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// Resources that every generated document has.
const FONT: Id = Id(1);
const IMAGE: Id = Id(2);
const PARAM: Id = Id(3);
const COMPOSITE: Id = Id(4);

fn number() -> impl Strategy<Value = f64> {
    (-3_000_000_i32..3_000_000).prop_map(|value| f64::from(value) / 10_000.0)
}

fn point() -> impl Strategy<Value = Point> {
    (number(), number()).prop_map(|(x, y)| Point { x, y })
}

fn rect() -> impl Strategy<Value = Rect> {
    (number(), number(), number(), number()).prop_map(|(x, y, width, height)| Rect {
        x,
        y,
        width,
        height,
    })
}

fn matrix() -> impl Strategy<Value = Matrix> {
    let factor = || (-9_000_000_i32..9_000_000).prop_map(|value| f64::from(value) / 1_000_000.0);
    (factor(), factor(), factor(), factor(), number(), number())
        .prop_map(|(a, b, c, d, e, f)| Matrix { a, b, c, d, e, f })
}

fn color() -> impl Strategy<Value = Color> {
    any::<[u8; 4]>().prop_map(|[red, green, blue, alpha]| Color { red, green, blue, alpha })
}

/// Text that XML can hold; blanks at its ends count where the standard keeps them.
fn words() -> impl Strategy<Value = String> {
    "[ -~\u{4e00}-\u{4e20}\u{20000}-\u{20010}&<>\"']{1,9}"
}

/// Text whose blanks at the ends do not count.
fn said() -> impl Strategy<Value = String> {
    words().prop_map(|text| text.trim().to_owned())
}

fn style() -> impl Strategy<Value = Style> {
    let cap = of(prop_oneof![Just(Cap::Butt), Just(Cap::Round), Just(Cap::Square)]);
    let join = of(prop_oneof![Just(Join::Miter), Just(Join::Round), Just(Join::Bevel)]);
    let numbers = (of(number()), of(number()), of(number()));
    (numbers, cap, join, vec(number(), 0..3), of(color()), of(color())).prop_map(
        |((line_width, miter_limit, dash_offset), cap, join, dashes, fill, stroke)| Style {
            line_width,
            cap,
            join,
            miter_limit,
            dashes,
            dash_offset,
            fill,
            stroke,
        },
    )
}

fn segment() -> impl Strategy<Value = Segment> {
    prop_oneof![
        point().prop_map(Segment::Move),
        point().prop_map(Segment::Line),
        (point(), point()).prop_map(|(a, b)| Segment::Quad(a, b)),
        (point(), point(), point()).prop_map(|(a, b, c)| Segment::Cubic(a, b, c)),
        (point(), number(), any::<bool>(), any::<bool>(), point()).prop_map(
            |(radii, angle, large, clockwise, end)| {
                Segment::Arc(Arc { radii, angle, large, clockwise, end })
            }
        ),
        Just(Segment::Close),
    ]
}

fn path() -> impl Strategy<Value = Content> {
    (any::<(bool, bool, bool)>(), vec(segment(), 0..6)).prop_map(
        |((stroke, fill, odd), segments)| {
            let rule = if odd { Rule::EvenOdd } else { Rule::NonZero };
            Content::Path(Path { stroke, fill, rule, segments })
        },
    )
}

fn code() -> impl Strategy<Value = Code> {
    let places = (of(number()), of(number()));
    (words(), places, of(number()), vec(number(), 9), any::<u16>()).prop_map(
        |(text, (x, y), same, steps, glyph)| {
            let gaps = text.chars().count() - 1;
            let delta_x = same.map(|step| vec![step; gaps]).unwrap_or_default();
            let delta_y = if glyph % 2 == 0 { steps[..gaps].to_vec() } else { Vec::new() };
            let map = GlyphMap { position: 0, codes: 1, glyphs: vec![glyph, 3] };
            let glyphs = if glyph % 3 == 0 { vec![map] } else { Vec::new() };
            Code { text, x, y, delta_x, delta_y, glyphs }
        },
    )
}

fn text() -> impl Strategy<Value = Content> {
    let flags = any::<(bool, bool, bool)>();
    let turns = (0..4_u16, 0..4_u16, 0..=10_u16);
    (number(), flags, turns, number(), vec(code(), 1..3)).prop_map(
        |(size, (stroke, fill, italic), (read, turn, weight), h_scale, codes)| {
            Content::Text(Text {
                stroke,
                fill,
                italic,
                h_scale,
                read_direction: read * 90,
                char_direction: turn * 90,
                weight: weight * 100,
                ..Text::new(FONT, size, codes)
            })
        },
    )
}

fn clip() -> impl Strategy<Value = Clip> {
    let area = (of(matrix()), any::<bool>(), rect(), prop_oneof![path(), text()]).prop_map(
        |(ctm, param, boundary, content)| ClipArea {
            ctm,
            draw_param: param.then_some(PARAM),
            unit: Unit::new(Id(0), boundary, content),
        },
    );
    vec(area, 1..3).prop_map(|areas| Clip { areas })
}

fn unit() -> impl Strategy<Value = Object> {
    let image = any::<(bool, bool)>().prop_map(|(other, mask)| {
        let (substitution, mask) = (other.then_some(IMAGE), mask.then_some(IMAGE));
        Content::Image(Image { resource: IMAGE, substitution, mask })
    });
    let content = prop_oneof![path(), text(), image, Just(Content::Composite(COMPOSITE))];
    let seen = (any::<bool>(), any::<u8>(), any::<bool>());
    (rect(), of(matrix()), words(), seen, style(), vec(clip(), 0..2), content).prop_map(
        |(boundary, ctm, name, (visible, alpha, param), style, clips, content)| {
            // What has no colours of its own cannot say any.
            let bare = matches!(content, Content::Image(_) | Content::Composite(_));
            let colors = if bare { (None, None) } else { (style.fill, style.stroke) };
            let style = Style { fill: colors.0, stroke: colors.1, ..style };
            let draw_param = param.then_some(PARAM);
            let base = Unit::new(Id(0), boundary, content);
            let own = Unit { ctm, name, visible, alpha, draw_param, style, clips, ..base };
            Object::Unit(Box::new(own))
        },
    )
}

fn objects() -> impl Strategy<Value = Vec<Object>> {
    let object = unit().prop_recursive(2, 6, 3, |inner| {
        vec(inner, 0..3).prop_map(|objects| Object::Block { id: Id(0), objects })
    });
    vec(object, 0..4)
}

fn layers() -> impl Strategy<Value = Vec<Layer>> {
    let kind = prop_oneof![
        Just(LayerKind::Background),
        Just(LayerKind::Body),
        Just(LayerKind::Foreground),
        Just(LayerKind::Custom)
    ];
    let layer = (kind, any::<bool>(), objects()).prop_map(|(kind, param, objects)| Layer {
        id: Id(0),
        kind,
        draw_param: param.then_some(PARAM),
        objects,
    });
    vec(layer, 0..3)
}

fn annotation() -> impl Strategy<Value = Annotation> {
    let kind = prop_oneof![Just(AnnotationKind::Stamp), Just(AnnotationKind::Link)];
    let flags = any::<(bool, bool, bool, bool, bool)>();
    let texts = (said(), words(), words());
    (kind, flags, texts, of(rect()), objects()).prop_map(
        |(kind, (visible, print, no_zoom, no_rotate, read_only), texts, boundary, objects)| {
            let (creator, remark, parameter) = texts;
            Annotation {
                id: Id(0),
                kind,
                subtype: "a".to_owned(),
                creator,
                modified: "2026-11-29".to_owned(),
                visible,
                print,
                no_zoom,
                no_rotate,
                read_only,
                remark,
                parameters: vec![("b".to_owned(), parameter)],
                boundary,
                objects,
            }
        },
    )
}

fn page() -> impl Strategy<Value = Page> {
    let order = of(prop_oneof![Just(Order::Background), Just(Order::Foreground)]);
    let area = of((rect(), of(rect())).prop_map(|(own, content)| {
        let physical =
            Rect { width: own.width.abs().max(1.0), height: own.height.abs().max(1.0), ..own };
        let content = content.filter(|own| own.width > 0.0 && own.height > 0.0);
        Area { physical, application: None, content, bleed: Some(physical) }
    }));
    (area, vec(order, 0..2), layers(), vec(annotation(), 0..2)).prop_map(
        |(area, orders, layers, annotations)| {
            let used = |order| TemplateUse { template: Id(5), order };
            let templates = orders.into_iter().map(used).collect();
            Page { id: Id(0), area, templates, layers, annotations }
        },
    )
}

fn tagging() -> impl Strategy<Value = Tagging> {
    (said(), words()).prop_map(|(text, value)| Tagging {
        namespace: "urn:lingnan:test".to_owned(),
        root: Tag {
            name: "公文".to_owned(),
            tags: vec![Tag {
                name: "标题".to_owned(),
                attributes: vec![("a".to_owned(), value)],
                text,
                objects: vec![ObjectRef { page: Id(6), object: Id(7) }],
                tags: Vec::new(),
            }],
            ..Tag::default()
        },
    })
}

fn document() -> impl Strategy<Value = Document> {
    let info = (said(), said(), vec(said(), 0..3), vec((words(), said()), 0..2)).prop_map(
        |(title, author, keywords, custom)| Info {
            id: "0123456789abcdef0123456789abcdef".to_owned(),
            title,
            author,
            keywords,
            custom,
            created: "2026-11-29".to_owned(),
            ..Info::default()
        },
    );
    let attached = (words(), any::<Vec<u8>>(), any::<bool>());
    let resources = (style(), objects(), layers(), any::<Vec<u8>>());
    (info, resources, vec(page(), 1..3), vec(tagging(), 0..2), vec(attached, 0..2)).prop_map(
        |(info, (style, objects, layers, bytes), pages, tags, attached)| {
            let mut document = Document { info, pages, tags, ..Document::default() };
            document.embed("仿宋", bytes.clone());
            document.image("PNG", bytes);
            let (param, composite) = (document.new_id(), document.new_id());
            let relative = Some(PARAM);
            document.draw_params.push(DrawParam { id: param, relative, style });
            let composite = Composite { id: composite, width: 1.5, height: 2.0, objects };
            document.composites.push(composite);
            let (id, name) = (document.new_id(), "模板".to_owned());
            let order = Some(Order::Foreground);
            document.templates.push(Template { id, name, order, layers });
            let attached = attached.into_iter().enumerate();
            document.attachments = attached.map(attachment).collect();
            numbered(document)
        },
    )
}

fn attachment((number, (name, data, visible)): (usize, (String, Vec<u8>, bool))) -> Attachment {
    Attachment {
        id: format!("a{number}"),
        name,
        format: "pdf".to_owned(),
        created: "2026-11-29T11:00:00".to_owned(),
        modified: String::new(),
        visible,
        usage: "none".to_owned(),
        data: data.into(),
    }
}

/// Gives each thing an id of its own.
fn numbered(mut document: Document) -> Document {
    let mut next = document.max_id;
    let mut new = || {
        next += 1;
        Id(next)
    };
    let mut composites = std::mem::take(&mut document.composites);
    composites.iter_mut().for_each(|one| number_objects(&mut one.objects, &mut new));
    let number_layers = |layers: &mut Vec<Layer>, new: &mut dyn FnMut() -> Id| {
        for layer in layers {
            layer.id = new();
            number_objects(&mut layer.objects, new);
        }
    };
    document.templates.iter_mut().for_each(|one| number_layers(&mut one.layers, &mut new));
    for page in &mut document.pages {
        page.id = new();
        number_layers(&mut page.layers, &mut new);
        for annotation in &mut page.annotations {
            annotation.id = new();
            number_objects(&mut annotation.objects, &mut new);
        }
    }
    Document { composites, max_id: next, ..document }
}

fn number_objects(objects: &mut [Object], new: &mut dyn FnMut() -> Id) {
    for object in objects {
        match object {
            Object::Unit(unit) => unit.id = new(),
            Object::Block { id, objects } => {
                *id = new();
                number_objects(objects, new);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_as_it_was(first in document(), second in of(document())) {
        let documents = std::iter::once(first).chain(second).collect();
        let package = Package { profile: Profile::OfdA, documents, ..Package::default() };
        let bytes = write(&package).unwrap();
        let read = read(&bytes).unwrap();
        prop_assert_eq!(&read.notes, &[]);
        prop_assert_eq!(&read.package, &package);
        prop_assert_eq!(write(&read.package).unwrap(), bytes);
        order::check(&parts(&package).unwrap());
    }
}

/// A run of these glyphs, each for so many characters.
fn run(text: &str, glyphs: &[(u16, usize)]) -> Code {
    let glyph = |(id, chars): &(u16, usize)| Glyph {
        id: Some(*id),
        chars: *chars,
        advance: 4.0,
        ..Glyph::default()
    };
    let run = Run {
        font: FONT,
        size: 4.0,
        x: 10.0,
        y: 20.0,
        ascent: 3.5,
        descent: 0.5,
        color: Color::BLACK,
        text: text.to_owned(),
        glyphs: glyphs.iter().map(glyph).collect(),
    };
    let Object::Unit(unit) = run.object(Id(9)) else { panic!("a block") };
    assert_eq!((unit.boundary.y, unit.boundary.height), (16.5, 4.0));
    let Content::Text(text) = unit.content else { panic!("no text") };
    text.codes.into_iter().next().unwrap()
}

#[test]
fn glyphs_of_a_run_are_mapped_to_their_characters() {
    let map = |position, codes, glyphs: &[u16]| GlyphMap { position, codes, glyphs: glyphs.into() };
    let plain = run("公文", &[(5, 1), (6, 1)]);
    assert_eq!((plain.delta_x.as_slice(), plain.y), ([4.0].as_slice(), Some(3.5)));
    assert_eq!(plain.glyphs, [map(0, 2, &[5, 6])]);
    let ligature = run("office", &[(1, 1), (2, 3), (3, 1), (4, 1)]);
    assert_eq!(ligature.glyphs, [map(0, 1, &[1]), map(1, 3, &[2]), map(4, 2, &[3, 4])]);
    assert_eq!(ligature.delta_x.iter().sum::<f64>(), 12.0);
    let accent = run("aé", &[(1, 1), (2, 1), (3, 0)]);
    assert_eq!(accent.glyphs, [map(0, 1, &[1]), map(1, 1, &[2, 3])]);
}

/// A change that makes a document wrong, and what is said of it.
type Case<'a> = (&'a dyn Fn(&mut Document), &'static str);

#[test]
fn what_the_standard_forbids_is_not_written() {
    let refused = |change: &dyn Fn(&mut Document)| {
        let mut document = Document::default();
        let font = document.embed("仿宋", vec![]);
        let id = document.new_id();
        let code = Code { text: "公文".to_owned(), ..Code::default() };
        let text = Content::Text(Text::new(font, 5.0, vec![code]));
        let unit = Unit::new(id, Rect::A4, text);
        document.add_page(vec![Object::Unit(Box::new(unit))]);
        change(&mut document);
        let package = Package { documents: vec![document], ..Package::default() };
        write(&package).map(drop).map_err(|error| error.to_string())
    };
    let object = |document: &mut Document, change: &dyn Fn(&mut Unit)| match &mut document.pages[0]
        .layers[0]
        .objects[0]
    {
        Object::Unit(unit) => change(unit),
        Object::Block { .. } => panic!("a block"),
    };
    assert_eq!(refused(&|_| {}), Ok(()));
    let cases: [Case<'_>; 8] = [
        (&|own| own.pages.clear(), "没有页面"),
        (&|own| own.pages[0].id = Id(1), "标识 1 重复"),
        (&|own| own.max_id = 2, "标识 3 无效"),
        (&|own| own.fonts.clear(), "标识 2 引用的字体不存在"),
        (&|own| object(own, &|unit| unit.boundary.x = f64::NAN), "对象 2 有无效的数值"),
        (&|own| own.info.created = "2026年".to_owned(), "日期“2026年”不是“年-月-日”"),
        (
            &|own| {
                object(own, &|unit| match &mut unit.content {
                    Content::Text(text) => text.codes[0].delta_x = vec![1.0, 2.0],
                    _ => panic!("no text"),
                });
            },
            "文字对象 2 的字数与位置、字形不符",
        ),
        (
            &|own| {
                let root = Tag { name: "1 号".to_owned(), ..Tag::default() };
                own.tags.push(Tagging { namespace: String::new(), root });
            },
            "“1 号”不能用作 XML 名称",
        ),
    ];
    for (change, sentence) in cases {
        assert_eq!(refused(change), Err(format!("不能写成 OFD：{sentence}")));
    }
}
