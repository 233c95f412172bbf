//! Pages, templates and what stands on them.

use super::xml::{Element, factor, length, root};
use crate::model::{
    Area, Cap, Clip, Code, Color, Content, Image, Join, Layer, LayerKind, Matrix, Object, Order,
    Page, Path, Point, Rect, Rule, Segment, Style, TemplateUse, Text, Unit,
};

pub(super) fn page(page: &Page) -> Element {
    root("Page")
        .children(page.templates.iter().map(template_use))
        .children(page.area.iter().map(|own| area("Area", own)))
        .children(content(&page.layers))
}

pub(super) fn template(layers: &[Layer]) -> Element {
    root("Page").children(content(layers))
}

/// The schema wants a layer in a content.
fn content(layers: &[Layer]) -> Option<Element> {
    let content = Element::ofd("Content").children(layers.iter().map(layer));
    (!layers.is_empty()).then_some(content)
}

fn template_use(used: &TemplateUse) -> Element {
    Element::ofd("Template")
        .attribute("TemplateID", used.template)
        .maybe("ZOrder", used.order.map(order))
}

pub(super) fn order(order: Order) -> &'static str {
    match order {
        Order::Background => "Background",
        Order::Foreground => "Foreground",
    }
}

pub(super) fn area(name: &str, area: &Area) -> Element {
    let rect = |name: &str, rect: Rect| Element::ofd(name).text(&boundary(rect));
    Element::ofd(name)
        .child(rect("PhysicalBox", area.physical))
        .children(area.application.map(|own| rect("ApplicationBox", own)))
        .children(area.content.map(|own| rect("ContentBox", own)))
        .children(area.bleed.map(|own| rect("BleedBox", own)))
}

fn layer(layer: &Layer) -> Element {
    let kind = match layer.kind {
        LayerKind::Background => Some("Background"),
        LayerKind::Body => None,
        LayerKind::Foreground => Some("Foreground"),
        LayerKind::Custom => Some("Custom"),
    };
    Element::ofd("Layer")
        .maybe("Type", kind)
        .maybe("DrawParam", layer.draw_param)
        .attribute("ID", layer.id)
        .children(layer.objects.iter().map(object))
}

pub(super) fn object(object: &Object) -> Element {
    match object {
        Object::Block { id, objects } => {
            Element::ofd("PageBlock").attribute("ID", id).children(objects.iter().map(self::object))
        }
        Object::Unit(own) => {
            let name = match &own.content {
                Content::Text(_) => "TextObject",
                Content::Path(_) => "PathObject",
                Content::Image(_) => "ImageObject",
                Content::Composite(_) => "CompositeObject",
            };
            unit(Element::ofd(name).attribute("ID", own.id), own)
        }
    }
}

fn unit(element: Element, unit: &Unit) -> Element {
    let named = (!unit.name.is_empty()).then_some(&unit.name);
    let element = element
        .attribute("Boundary", boundary(unit.boundary))
        .maybe("Name", named)
        .unless(true, "Visible", unit.visible)
        .maybe("CTM", unit.ctm.map(matrix))
        .maybe("DrawParam", unit.draw_param);
    let element = lines(element, &unit.style).unless(u8::MAX, "Alpha", unit.alpha);
    match &unit.content {
        Content::Text(own) => text(element, unit, own),
        Content::Path(own) => path(element, unit, own),
        Content::Image(own) => image(element, *own).children(clips(&unit.clips)),
        Content::Composite(id) => element.attribute("ResourceID", id).children(clips(&unit.clips)),
    }
}

/// The attributes of a style; its colours are elements, whose order differs from place to place.
pub(super) fn lines(element: Element, style: &Style) -> Element {
    let cap = style.cap.map(|cap| match cap {
        Cap::Butt => "Butt",
        Cap::Round => "Round",
        Cap::Square => "Square",
    });
    let join = style.join.map(|join| match join {
        Join::Miter => "Miter",
        Join::Round => "Round",
        Join::Bevel => "Bevel",
    });
    element
        .maybe("LineWidth", style.line_width.map(length))
        .maybe("Cap", cap)
        .maybe("Join", join)
        .maybe("MiterLimit", style.miter_limit.map(length))
        .maybe("DashOffset", style.dash_offset.map(length))
        .maybe("DashPattern", (!style.dashes.is_empty()).then(|| numbers(&style.dashes)))
}

pub(super) fn color(name: &str, color: Option<Color>) -> Option<Element> {
    let color = color?;
    let value = format!("{} {} {}", color.red, color.green, color.blue);
    let element = Element::ofd(name).attribute("Value", value);
    Some(element.unless(u8::MAX, "Alpha", color.alpha))
}

fn clips(clips: &[Clip]) -> Option<Element> {
    let area = |area: &crate::model::ClipArea| {
        let name = if matches!(area.unit.content, Content::Text(_)) { "Text" } else { "Path" };
        Element::ofd("Area")
            .maybe("DrawParam", area.draw_param)
            .maybe("CTM", area.ctm.map(matrix))
            .child(unit(Element::ofd(name), &area.unit))
    };
    let clip = |clip: &Clip| Element::ofd("Clip").children(clip.areas.iter().map(area));
    (!clips.is_empty()).then(|| Element::ofd("Clips").children(clips.iter().map(clip)))
}

fn image(element: Element, image: Image) -> Element {
    element
        .attribute("ResourceID", image.resource)
        .maybe("Substitution", image.substitution)
        .maybe("ImageMask", image.mask)
}

fn path(element: Element, unit: &Unit, path: &Path) -> Element {
    let rule = match path.rule {
        Rule::NonZero => None,
        Rule::EvenOdd => Some("Even-Odd"),
    };
    element
        .unless(true, "Stroke", path.stroke)
        .unless(false, "Fill", path.fill)
        .maybe("Rule", rule)
        .children(clips(&unit.clips))
        .children(color("StrokeColor", unit.style.stroke))
        .children(color("FillColor", unit.style.fill))
        .child(Element::ofd("AbbreviatedData").text(&course(&path.segments)))
}

fn course(segments: &[Segment]) -> String {
    let at = |point: &Point| format!("{} {}", length(point.x), length(point.y));
    let step = |segment: &Segment| match segment {
        Segment::Move(to) => format!("M {}", at(to)),
        Segment::Line(to) => format!("L {}", at(to)),
        Segment::Quad(by, to) => format!("Q {} {}", at(by), at(to)),
        Segment::Cubic(by, then, to) => format!("B {} {} {}", at(by), at(then), at(to)),
        Segment::Arc(arc) => {
            let (large, clockwise) = (u8::from(arc.large), u8::from(arc.clockwise));
            let (radii, end) = (at(&arc.radii), at(&arc.end));
            format!("A {radii} {} {large} {clockwise} {end}", length(arc.angle))
        }
        Segment::Close => "C".to_owned(),
    };
    segments.iter().map(step).collect::<Vec<_>>().join(" ")
}

fn text(element: Element, unit: &Unit, text: &Text) -> Element {
    element
        .attribute("Font", text.font)
        .attribute("Size", length(text.size))
        .unless(false, "Stroke", text.stroke)
        .unless(true, "Fill", text.fill)
        .unless("1".to_owned(), "HScale", factor(text.h_scale))
        .unless(0, "ReadDirection", text.read_direction)
        .unless(0, "CharDirection", text.char_direction)
        .unless(400, "Weight", text.weight)
        .unless(false, "Italic", text.italic)
        .children(clips(&unit.clips))
        .children(color("FillColor", unit.style.fill))
        .children(color("StrokeColor", unit.style.stroke))
        .children(text.codes.iter().flat_map(code))
}

fn code(code: &Code) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    for map in &code.glyphs {
        let glyphs: Vec<String> = map.glyphs.iter().map(u16::to_string).collect();
        let element = Element::ofd("CGTransform")
            .attribute("CodePosition", map.position)
            .attribute("CodeCount", map.codes)
            .attribute("GlyphCount", glyphs.len());
        elements.push(element.child(Element::ofd("Glyphs").text(&glyphs.join(" "))));
    }
    let deltas = |deltas: &[f64]| (!deltas.is_empty()).then(|| run_lengths(deltas));
    let element = Element::ofd("TextCode")
        .maybe("X", code.x.map(length))
        .maybe("Y", code.y.map(length))
        .maybe("DeltaX", deltas(&code.delta_x))
        .maybe("DeltaY", deltas(&code.delta_y));
    elements.push(element.text(&code.text));
    elements
}

/// `g 5 3.2` is 3.2 five times over (GB/T 33190-2016 11.3).
fn run_lengths(deltas: &[f64]) -> String {
    let texts: Vec<String> = deltas.iter().map(|delta| length(*delta)).collect();
    let runs = texts.chunk_by(PartialEq::eq).map(|run| match run {
        [value, _, _, _, ..] => format!("g {} {value}", run.len()),
        _ => run.join(" "),
    });
    runs.collect::<Vec<_>>().join(" ")
}

pub(super) fn boundary(rect: Rect) -> String {
    numbers(&[rect.x, rect.y, rect.width, rect.height])
}

fn matrix(matrix: Matrix) -> String {
    let Matrix { a, b, c, d, e, f } = matrix;
    let factors = [a, b, c, d].map(factor).join(" ");
    format!("{factors} {} {}", length(e), length(f))
}

fn numbers(values: &[f64]) -> String {
    values.iter().map(|value| length(*value)).collect::<Vec<_>>().join(" ")
}
