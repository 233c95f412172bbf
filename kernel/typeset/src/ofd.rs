//! The frames of a layout as an OFD package (GB/T 33190-2016).

use crate::Error;
use crate::arrange::Arranged;
use crate::subset::{Embedded, embed};
use crate::walk::{Ink, What};
use lingnan_gongwen::Gongwen;
use lingnan_ofd::model::{
    Color, Content, Document, Id, Image as OfdImage, Info, Matrix, Object, ObjectRef, Package,
    Path, Point, Rect, Rule, Segment, Style, Tag, Tagging, Unit,
};
use lingnan_ofd::{Glyph, Run};
use typst::layout::{Abs, Size, Transform};
use typst::text::TextItem;
use typst::visualize::{
    CurveItem, ExchangeFormat, FixedStroke, Geometry, Image, ImageKind, Paint, RasterFormat, Shape,
};

/// The vocabulary in which we say which element of GB/T 9704-2012 an object shows. GB/T 33476
/// has names of its own, whose text we do not have.
const NAMESPACE: &str = "urn:lingnan:gongwen";

/// The package of a laid out document.
pub(crate) fn package(document: &Gongwen, arranged: &Arranged) -> Result<Vec<u8>, Error> {
    let date = document.date.to_string();
    let identity = format!("{document:?}");
    let mut out = Document {
        info: Info {
            id: format!("{:032x}", typst::utils::hash128(&identity)),
            title: document.title.replace('\n', ""),
            author: document.issuers.join("、"),
            created: date.clone(),
            modified: date,
            usage: "Normal".to_owned(),
            creator: "Lingnan".to_owned(),
            creator_version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Info::default()
        },
        ..Document::default()
    };
    let fonts = embed(&mut out, &arranged.pages)?;
    let mut tags = Tags::default();
    for page in &arranged.pages {
        let mut objects = Vec::new();
        let mut shown = Vec::new();
        for ink in page {
            let Some(object) = object(&mut out, &fonts, ink) else { continue };
            shown.push((ink.element.as_str(), out.max_id));
            objects.push(object);
        }
        let page = out.add_page(objects);
        for (element, object) in shown {
            tags.add(element, ObjectRef { page, object: Id(object) });
        }
    }
    out.tags.push(tags.finish());
    let package = Package { documents: vec![out], ..Package::default() };
    lingnan_ofd::write(&package).map_err(|error| Error::Ofd(error.to_string()))
}

/// Objects by the element they show, elements in the order of the page.
#[derive(Default)]
struct Tags(Vec<Tag>);

impl Tags {
    fn add(&mut self, element: &str, object: ObjectRef) {
        if element.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|tag| tag.name == element) {
            Some(tag) => tag.objects.push(object),
            None => self.0.push(Tag {
                name: element.to_owned(),
                objects: vec![object],
                ..Tag::default()
            }),
        }
    }

    fn finish(self) -> Tagging {
        let root = Tag { name: "公文".to_owned(), tags: self.0, ..Tag::default() };
        Tagging { namespace: NAMESPACE.to_owned(), root }
    }
}

fn object(out: &mut Document, fonts: &[Embedded], ink: &Ink) -> Option<Object> {
    match &ink.what {
        What::Text(text) => text_object(out, fonts, ink.at, text),
        What::Shape(shape) => Some(shape_object(out, ink.at, shape)),
        What::Image(image, size) => image_object(out, ink.at, image, *size),
        What::Begin => None,
    }
}

fn text_object(
    out: &mut Document,
    fonts: &[Embedded],
    at: Transform,
    text: &TextItem,
) -> Option<Object> {
    let font = fonts.iter().find(|known| known.font == *text.font.font())?;
    let metrics = text.font.metrics();
    let mm = |length: Abs| length.to_mm();
    let glyphs = text.glyphs.iter().map(|glyph| Glyph {
        id: font.glyphs.get(&glyph.id).copied(),
        chars: text.text.get(glyph.range()).unwrap_or_default().chars().count(),
        advance: mm(glyph.x_advance.at(text.size)),
        dx: mm(glyph.x_offset.at(text.size)),
        dy: -mm(glyph.y_offset.at(text.size)),
    });
    let plain = is_translation(at);
    let run = Run {
        font: font.id,
        size: mm(text.size),
        x: if plain { mm(at.tx) } else { 0.0 },
        y: if plain { mm(at.ty) } else { 0.0 },
        ascent: mm(metrics.ascender.at(text.size)),
        descent: -mm(metrics.descender.at(text.size)),
        color: color(&text.fill),
        text: text.text.to_string(),
        glyphs: glyphs.collect(),
    };
    let mut object = run.object(out.new_id());
    if let Object::Unit(unit) = &mut object {
        if let (Some(stroke), Content::Text(content)) = (&text.stroke, &mut unit.content) {
            content.stroke = true;
            unit.style.line_width = Some(mm(stroke.thickness));
            unit.style.stroke = Some(color(&stroke.paint));
        }
        if !plain {
            turn(unit, at);
        }
    }
    Some(object)
}

fn is_translation(at: Transform) -> bool {
    at == Transform::translate(at.tx, at.ty)
}

/// A unit measured from its own origin, brought to where it lies on the page: its box becomes the
/// upright one around it, and what it shows is turned within.
fn turn(unit: &mut Unit, at: Transform) {
    let at = matrix(at);
    let own = unit.boundary;
    let corners = [
        Point { x: own.x, y: own.y },
        Point { x: own.x + own.width, y: own.y },
        Point { x: own.x, y: own.y + own.height },
        Point { x: own.x + own.width, y: own.y + own.height },
    ];
    let corners = corners.map(|corner| at.apply(corner));
    let (xs, ys) = (corners.map(|corner| corner.x), corners.map(|corner| corner.y));
    let least = |all: [f64; 4]| all.into_iter().fold(f64::INFINITY, f64::min);
    let most = |all: [f64; 4]| all.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(xs), least(ys));
    unit.boundary = Rect { x, y, width: most(xs) - x, height: most(ys) - y };
    let inner = unit.ctm.unwrap_or_default();
    let moved = inner.then(Matrix::moving(own.x, own.y)).then(at).then(Matrix::moving(-x, -y));
    unit.ctm = Some(moved);
}

fn matrix(at: Transform) -> Matrix {
    Matrix {
        a: at.sx.get(),
        b: at.ky.get(),
        c: at.kx.get(),
        d: at.sy.get(),
        e: at.tx.to_mm(),
        f: at.ty.to_mm(),
    }
}

fn shape_object(out: &mut Document, at: Transform, shape: &Shape) -> Object {
    let half = shape.stroke.as_ref().map_or(0.0, |stroke| stroke.thickness.to_mm() / 2.0);
    let (segments, low, high) = outline(&shape.geometry);
    // The box is the outline's with the line around it.
    let boundary = Rect {
        x: low.x - half,
        y: low.y - half,
        width: high.x - low.x + 2.0 * half,
        height: high.y - low.y + 2.0 * half,
    };
    let moved = segments.into_iter().map(|segment| shift(segment, -boundary.x, -boundary.y));
    let path = Path {
        stroke: shape.stroke.is_some(),
        fill: shape.fill.is_some(),
        rule: Rule::NonZero,
        segments: moved.collect(),
    };
    let mut unit = Unit::new(out.new_id(), boundary, Content::Path(path));
    unit.style = style(shape.fill.as_ref(), shape.stroke.as_ref());
    turn_or_move(&mut unit, at);
    Object::Unit(Box::new(unit))
}

fn turn_or_move(unit: &mut Unit, at: Transform) {
    if is_translation(at) {
        unit.boundary.x += at.tx.to_mm();
        unit.boundary.y += at.ty.to_mm();
    } else {
        turn(unit, at);
    }
}

fn style(fill: Option<&Paint>, stroke: Option<&FixedStroke>) -> Style {
    Style {
        line_width: stroke.map(|stroke| stroke.thickness.to_mm()),
        fill: fill.map(color),
        stroke: stroke.map(|stroke| color(&stroke.paint)),
        ..Style::default()
    }
}

fn outline(geometry: &Geometry) -> (Vec<Segment>, Point, Point) {
    let point = |point: typst::layout::Point| Point { x: point.x.to_mm(), y: point.y.to_mm() };
    let origin = Point::default();
    match geometry {
        Geometry::Line(to) => {
            let to = point(*to);
            let low = Point { x: to.x.min(0.0), y: to.y.min(0.0) };
            let high = Point { x: to.x.max(0.0), y: to.y.max(0.0) };
            (vec![Segment::Move(origin), Segment::Line(to)], low, high)
        }
        Geometry::Rect(size) => {
            let high = Point { x: size.x.to_mm(), y: size.y.to_mm() };
            let corners = [Point { x: high.x, y: 0.0 }, high, Point { x: 0.0, y: high.y }];
            let mut segments = vec![Segment::Move(origin)];
            segments.extend(corners.map(Segment::Line));
            segments.push(Segment::Close);
            (segments, origin, high)
        }
        Geometry::Curve(curve) => {
            let bounds = curve.bbox(None);
            let segments = curve.0.iter().map(|item| match item {
                CurveItem::Move(to) => Segment::Move(point(*to)),
                CurveItem::Line(to) => Segment::Line(point(*to)),
                CurveItem::Cubic(a, b, to) => Segment::Cubic(point(*a), point(*b), point(*to)),
                CurveItem::Close => Segment::Close,
            });
            (segments.collect(), point(bounds.min), point(bounds.max))
        }
    }
}

fn shift(segment: Segment, x: f64, y: f64) -> Segment {
    let by = |point: Point| Point { x: point.x + x, y: point.y + y };
    match segment {
        Segment::Move(to) => Segment::Move(by(to)),
        Segment::Line(to) => Segment::Line(by(to)),
        Segment::Quad(a, to) => Segment::Quad(by(a), by(to)),
        Segment::Cubic(a, b, to) => Segment::Cubic(by(a), by(b), by(to)),
        other => other,
    }
}

fn image_object(out: &mut Document, at: Transform, image: &Image, size: Size) -> Option<Object> {
    let ImageKind::Raster(raster) = image.kind() else { return None };
    let format = match raster.format() {
        RasterFormat::Exchange(ExchangeFormat::Jpg) => "JPEG",
        _ => "PNG",
    };
    let resource = out.image(format, raster.data().as_slice());
    let (width, height) = (size.x.to_mm(), size.y.to_mm());
    let boundary = Rect { x: 0.0, y: 0.0, width, height };
    let content = Content::Image(OfdImage { resource, substitution: None, mask: None });
    let mut unit = Unit::new(out.new_id(), boundary, content);
    unit.ctm = Some(Matrix::scaling(width, height));
    turn_or_move(&mut unit, at);
    Some(Object::Unit(Box::new(unit)))
}

fn color(paint: &Paint) -> Color {
    match paint {
        Paint::Solid(color) => {
            let [red, green, blue, alpha] = color.to_vec4_u8();
            Color { red, green, blue, alpha }
        }
        _ => Color::BLACK,
    }
}
