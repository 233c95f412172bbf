//! Objects of a page, however they are written.

use super::Reader;
use super::color::byte;
use crate::error::Error;
use crate::limits::{NESTED_MAX, OBJECTS_MAX};
use crate::model::{
    Arc, Cap, Clip, ClipArea, Code, Content, GlyphMap, Id, Image, Join, Layer, LayerKind, Matrix,
    Object, Path, Point, Rect, Rule, Segment, Style, Text, Unit,
};
use crate::xml::{Element, number, numbers};
use roxmltree::Node;

impl Reader<'_> {
    pub(super) fn layers<'a>(&mut self, page: Node<'a, 'a>) -> Result<Vec<Layer>, Error> {
        let mut layers = Vec::new();
        for node in page.one("Content").into_iter().flat_map(|content| content.all("Layer")) {
            let kind = match node.own("Type") {
                Some("Background") => LayerKind::Background,
                Some("Foreground") => LayerKind::Foreground,
                Some("Custom") => LayerKind::Custom,
                _ => LayerKind::Body,
            };
            let (id, draw_param) = (self.id(node), node.read("DrawParam").map(Id));
            layers.push(Layer { id, kind, draw_param, objects: self.objects(node, 0)? });
        }
        Ok(layers)
    }

    /// The id of an element; also keeps the highest. Some producers leave ids out.
    pub(super) fn id<'a>(&mut self, node: Node<'a, 'a>) -> Id {
        let id = node.read("ID").unwrap_or(0);
        self.max_id = self.max_id.max(id);
        Id(id)
    }

    pub(super) fn objects<'a>(
        &mut self,
        parent: Node<'a, 'a>,
        depth: usize,
    ) -> Result<Vec<Object>, Error> {
        if depth > NESTED_MAX {
            return Err(Error::too_much("对象嵌套层数", NESTED_MAX));
        }
        let mut objects = Vec::new();
        for node in parent.children().filter(Node::is_element) {
            let content = match node.tag_name().name() {
                "PageBlock" => {
                    let (id, objects_within) = (self.id(node), self.objects(node, depth + 1)?);
                    objects.push(Object::Block { id, objects: objects_within });
                    continue;
                }
                "TextObject" => Content::Text(self.text(node)),
                "PathObject" => Content::Path(path(node)),
                "ImageObject" => Content::Image(image(node)),
                "CompositeObject" => Content::Composite(Id(node.read("ResourceID").unwrap_or(0))),
                _ => continue,
            };
            self.objects += 1;
            if self.objects > OBJECTS_MAX {
                return Err(Error::too_much("对象数", OBJECTS_MAX));
            }
            let id = self.id(node);
            objects.push(Object::Unit(Box::new(self.unit(node, id, content))));
        }
        Ok(objects)
    }

    fn unit<'a>(&mut self, node: Node<'a, 'a>, id: Id, content: Content) -> Unit {
        Unit {
            id,
            boundary: rect(node, "Boundary").unwrap_or_default(),
            ctm: matrix(node),
            name: node.attribute("Name").unwrap_or_default().to_owned(),
            visible: node.flag("Visible").unwrap_or(true),
            alpha: node.own("Alpha").and_then(number).map_or(u8::MAX, byte),
            draw_param: node.read("DrawParam").map(Id),
            style: self.style(node),
            clips: node.one("Clips").map(|clips| self.clips(clips)).unwrap_or_default(),
            content,
        }
    }

    pub(super) fn style<'a>(&self, node: Node<'a, 'a>) -> Style {
        let color = |name: &str| node.one(name).map(|color| self.spaces.color(color));
        Style {
            line_width: node.own("LineWidth").and_then(number),
            cap: match node.own("Cap") {
                Some("Butt") => Some(Cap::Butt),
                Some("Round") => Some(Cap::Round),
                Some("Square") => Some(Cap::Square),
                _ => None,
            },
            join: match node.own("Join") {
                Some("Miter") => Some(Join::Miter),
                Some("Round") => Some(Join::Round),
                Some("Bevel") => Some(Join::Bevel),
                _ => None,
            },
            miter_limit: node.own("MiterLimit").and_then(number),
            dashes: node.own("DashPattern").map(numbers).unwrap_or_default(),
            dash_offset: node.own("DashOffset").and_then(number),
            fill: color("FillColor"),
            stroke: color("StrokeColor"),
        }
    }

    fn clips<'a>(&mut self, clips: Node<'a, 'a>) -> Vec<Clip> {
        let mut found = Vec::new();
        for clip in clips.all("Clip") {
            let mut areas = Vec::new();
            for area in clip.all("Area") {
                let shape = area.children().find_map(|node| match node.tag_name().name() {
                    "Path" => Some((node, Content::Path(path(node)))),
                    "Text" => Some((node, Content::Text(self.text(node)))),
                    _ => None,
                });
                let Some((node, content)) = shape else { continue };
                let unit = self.unit(node, Id(0), content);
                let (ctm, draw_param) = (matrix(area), area.read("DrawParam").map(Id));
                areas.push(ClipArea { ctm, draw_param, unit });
            }
            found.push(Clip { areas });
        }
        found
    }

    fn text<'a>(&self, node: Node<'a, 'a>) -> Text {
        let mut codes = Vec::new();
        let mut glyphs = Vec::new();
        for child in node.children() {
            match child.tag_name().name() {
                "CGTransform" => glyphs.push(glyph_map(child)),
                "TextCode" => codes.push(code(child, std::mem::take(&mut glyphs))),
                _ => {}
            }
        }
        Text {
            stroke: node.flag("Stroke").unwrap_or(false),
            fill: node.flag("Fill").unwrap_or(true),
            h_scale: node.own("HScale").and_then(number).unwrap_or(1.0),
            read_direction: node.read("ReadDirection").unwrap_or(0),
            char_direction: node.read("CharDirection").unwrap_or(0),
            weight: node.read("Weight").unwrap_or(400),
            italic: node.flag("Italic").unwrap_or(false),
            ..Text::new(
                Id(node.read("Font").unwrap_or(0)),
                node.own("Size").and_then(number).unwrap_or(0.0),
                codes,
            )
        }
    }
}

fn glyph_map<'a>(node: Node<'a, 'a>) -> GlyphMap {
    let glyphs = node.said("Glyphs");
    let glyphs: Vec<u16> = glyphs.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    // Who lists several glyphs and gives no count at all means one for each character.
    let counted = node.own("GlyphCount").is_some();
    let usual = if counted { 1 } else { u32::try_from(glyphs.len()).unwrap_or(1).max(1) };
    GlyphMap {
        position: node.read("CodePosition").unwrap_or(0),
        codes: node.read("CodeCount").unwrap_or(usual),
        glyphs,
    }
}

fn code<'a>(node: Node<'a, 'a>, glyphs: Vec<GlyphMap>) -> Code {
    let text = node.inner();
    let delta = |name: &str| node.own(name).map(|own| deltas(own, &text)).unwrap_or_default();
    Code {
        x: node.own("X").and_then(number),
        y: node.own("Y").and_then(number),
        delta_x: delta("DeltaX"),
        delta_y: delta("DeltaY"),
        glyphs,
        text,
    }
}

/// Distances of characters; `g 5 3.2` is 3.2 five times over. Superfluous ones are left out.
fn deltas(value: &str, text: &str) -> Vec<f64> {
    let units = text.encode_utf16().count();
    let mut deltas = Vec::new();
    let mut words = value.split_whitespace();
    while let Some(word) = words.next().filter(|_| deltas.len() < units) {
        if word.eq_ignore_ascii_case("g") {
            let times = words.next().and_then(|times| times.parse::<usize>().ok());
            let step = words.next().and_then(number);
            let (Some(times), Some(step)) = (times, step) else { break };
            deltas.extend(std::iter::repeat_n(step, times.min(units)));
        } else {
            let Some(step) = number(word) else { break };
            deltas.push(step);
        }
    }
    let chars = text.chars().count();
    // Programs that count in UTF-16 give a rare character two distances.
    if chars < units && deltas.len() + 1 >= units {
        let mut each = deltas.into_iter();
        let whole = text.chars().map(|c| each.by_ref().take(c.len_utf16()).sum());
        deltas = whole.collect();
    }
    deltas.truncate(chars.saturating_sub(1));
    deltas
}

fn path<'a>(node: Node<'a, 'a>) -> Path {
    let even = node.own("Rule").is_some_and(|rule| rule.eq_ignore_ascii_case("Even-Odd"));
    Path {
        stroke: node.flag("Stroke").unwrap_or(true),
        fill: node.flag("Fill").unwrap_or(false),
        rule: if even { Rule::EvenOdd } else { Rule::NonZero },
        segments: segments(&node.said("AbbreviatedData")),
    }
}

fn image<'a>(node: Node<'a, 'a>) -> Image {
    let reference = |name: &str| node.read(name).map(Id);
    Image {
        resource: reference("ResourceID").unwrap_or_default(),
        substitution: reference("Substitution"),
        mask: reference("ImageMask"),
    }
}

/// A course of letters and numbers; what cannot be read ends it.
fn segments(data: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let steps = data.split_inclusive(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E'));
    let mut letter = ' ';
    for step in steps {
        let next = step.chars().next_back().filter(char::is_ascii_alphabetic);
        let values = numbers(step.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
        push(&mut segments, letter, &values);
        letter = next.unwrap_or(' ');
    }
    push(&mut segments, letter, &[]);
    segments
}

/// A letter with its numbers; several sets of them are several steps.
fn push(segments: &mut Vec<Segment>, letter: char, values: &[f64]) {
    let point = |x: f64, y: f64| Point { x, y };
    let count = match letter.to_ascii_uppercase() {
        'M' | 'S' | 'L' => 2,
        'Q' => 4,
        'B' => 6,
        'A' => 7,
        'C' => return segments.push(Segment::Close),
        _ => return,
    };
    for set in values.chunks_exact(count) {
        segments.push(match *set {
            [x, y] if letter.eq_ignore_ascii_case(&'l') => Segment::Line(point(x, y)),
            [x, y] => Segment::Move(point(x, y)),
            [a, b, x, y] => Segment::Quad(point(a, b), point(x, y)),
            [a, b, c, d, x, y] => Segment::Cubic(point(a, b), point(c, d), point(x, y)),
            [rx, ry, angle, large, clockwise, x, y] => Segment::Arc(Arc {
                radii: point(rx, ry),
                angle,
                large: large != 0.0,
                clockwise: clockwise != 0.0,
                end: point(x, y),
            }),
            _ => return,
        });
    }
}

pub(super) fn rect<'a>(node: Node<'a, 'a>, name: &str) -> Option<Rect> {
    let [x, y, width, height] = node.numbers(name)?;
    Some(Rect { x, y, width, height })
}

fn matrix<'a>(node: Node<'a, 'a>) -> Option<Matrix> {
    let [a, b, c, d, e, f] = node.numbers("CTM")?;
    Some(Matrix { a, b, c, d, e, f })
}
