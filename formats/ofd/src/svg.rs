//! A page as one SVG file: what is seen as outlines, and over it the text that can be selected.

use crate::draw::{ClipPath, Drawing, Item, ItemKind, Outline, Picture, SealMark};
use crate::model::{Cap, Color, Join, Matrix, Point, Rect, Rule, Segment};
use crate::scene::Look;
use crate::text::Piece;
use crate::write::{factor, length};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_xml::escaped_text;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What stands at a seal's picture.
const UNVERIFIED: &str = "印章未验证";
/// What stands in the place of one whose picture cannot be shown.
const UNVERIFIED_SEAL: &str = "印章（未验证）";
/// The size of these words in millimetres.
const LABEL: f64 = 3.0;

/// The page as SVG, in millimetres.
///
/// Nothing in it leads out of it and nothing runs. The text lies above as `text` elements that are
/// not painted, one for each line in reading order; what could not be shown is its `desc`.
#[must_use]
pub fn svg(drawing: &Drawing) -> String {
    let [x, y, width, height] = sides(drawing.paper);
    let ground =
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
    on(&ground, drawing)
}

/// The page without paper below it, as a seal lies on another page.
pub(crate) fn bare(drawing: &Drawing) -> String {
    on("", drawing)
}

fn sides(rect: Rect) -> [String; 4] {
    [rect.x, rect.y, rect.width, rect.height].map(length)
}

fn on(ground: &str, drawing: &Drawing) -> String {
    let [x, y, width, height] = sides(drawing.paper);
    let mut out = Out { text: String::new(), drawing };
    out.add(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"{x} {y} {width} {height}\">"
    ));
    if !drawing.notes.is_empty() {
        let notes = escaped_text(&drawing.notes.join("\n"));
        out.add(format_args!("<desc>{notes}</desc>"));
    }
    out.definitions();
    out.text += ground;
    for (index, item) in drawing.items.iter().enumerate() {
        out.item(index, item);
    }
    for (index, seal) in drawing.seals.iter().enumerate() {
        out.seal(index, seal);
    }
    out.selectable();
    out.text + "</svg>\n"
}

struct Out<'a> {
    text: String,
    drawing: &'a Drawing,
}

impl Out<'_> {
    fn add(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        self.text.write_fmt(part).unwrap_or_default();
    }

    /// Glyphs that are used, clips and masks.
    fn definitions(&mut self) {
        let drawing = self.drawing;
        let mut used = BTreeSet::new();
        for item in &drawing.items {
            if let ItemKind::Fill { outline, .. } | ItemKind::Stroke { outline, .. } = &item.kind {
                used.insert(*outline);
            }
        }
        self.add(format_args!("<defs>"));
        for (index, outline) in drawing.outlines.iter().enumerate() {
            if outline.is_glyph && used.contains(&index) {
                let course = course(&outline.segments);
                self.add(format_args!("<path id=\"g{index}\" d=\"{course}\"/>"));
            }
        }
        for (index, clip) in drawing.clips.iter().enumerate() {
            self.clip(index, clip);
        }
        for (index, item) in drawing.items.iter().enumerate() {
            if let ItemKind::Picture { mask: Some(mask), .. } = &item.kind {
                let picture = picture(mask);
                self.add(format_args!(
                    "<mask id=\"m{index}\" maskContentUnits=\"objectBoundingBox\">{picture}</mask>"
                ));
            }
        }
        self.add(format_args!("</defs>"));
    }

    fn clip(&mut self, index: usize, clip: &ClipPath) {
        let within = clipped(clip.within);
        self.add(format_args!("<clipPath id=\"c{index}\"{within}>"));
        for area in &clip.areas {
            let outline = self.drawing.outlines.get(area.outline);
            let course = course(outline.map_or(&[], |outline| &outline.segments));
            let rule = match area.rule {
                Rule::NonZero => "",
                Rule::EvenOdd => " clip-rule=\"evenodd\"",
            };
            let place = place(area.matrix);
            self.add(format_args!("<path d=\"{course}\"{rule}{place}/>"));
        }
        self.add(format_args!("</clipPath>"));
    }

    fn item(&mut self, index: usize, item: &Item) {
        // A clip is measured on the page, so it is put around what the matrix moves.
        if item.clip.is_some() {
            self.add(format_args!("<g{}>", clipped(item.clip)));
        }
        let place = place(item.matrix);
        match &item.kind {
            ItemKind::Fill { outline, rule, color } => {
                let rule = match rule {
                    Rule::NonZero => "",
                    Rule::EvenOdd => " fill-rule=\"evenodd\"",
                };
                let paint = painted("fill", *color, item.alpha);
                self.shape(*outline, &format!("{place}{paint}{rule}"));
            }
            ItemKind::Stroke { outline, look } => {
                let paint = painted("stroke", look.stroke, item.alpha);
                self.shape(*outline, &format!("{place} fill=\"none\"{paint}{}", line(look)));
            }
            ItemKind::Picture { picture: own, mask } => {
                let mask = mask.as_ref().map(|_| format!(" mask=\"url(#m{index})\""));
                let mask = mask.unwrap_or_default();
                let alpha = opacity("opacity", item.alpha);
                let picture = picture(own);
                self.add(format_args!("<g{place}{alpha}{mask}>{picture}</g>"));
            }
        }
        if item.clip.is_some() {
            self.add(format_args!("</g>"));
        }
    }

    fn shape(&mut self, index: usize, attributes: &str) {
        let Some(Outline { segments, is_glyph }) = self.drawing.outlines.get(index) else { return };
        if *is_glyph {
            self.add(format_args!("<use href=\"#g{index}\"{attributes}/>"));
        } else {
            let course = course(segments);
            self.add(format_args!("<path d=\"{course}\"{attributes}/>"));
        }
    }

    /// The text, not painted: `fill-opacity` rather than `visibility`, so that it is found.
    fn selectable(&mut self) {
        self.add(format_args!(
            "<g class=\"text\" fill=\"#000\" fill-opacity=\"0\" font-family=\"serif\">"
        ));
        for line in &self.drawing.lines {
            let pieces: String = line.iter().map(selectable).collect();
            self.add(format_args!("<text xml:space=\"preserve\">{pieces}</text>"));
        }
        self.add(format_args!("</g>"));
    }

    /// The seal of a signature that nobody verified here: in a frame that says so.
    fn seal(&mut self, index: usize, seal: &SealMark) {
        let own = seal.boundary;
        let seen = seal.seen();
        let [x, y, width, height] = sides(seen);
        self.add(format_args!(
            "<g class=\"seal\"><clipPath id=\"s{index}\"><rect x=\"{x}\" y=\"{y}\" \
             width=\"{width}\" height=\"{height}\"/></clipPath>"
        ));
        if let Some(shown) = &seal.picture {
            let matrix = Matrix { a: own.width, b: 0.0, c: 0.0, d: own.height, e: own.x, f: own.y };
            let (place, picture) = (place(matrix), picture(shown));
            self.add(format_args!("<g clip-path=\"url(#s{index})\"><g{place}>{picture}</g></g>"));
        }
        self.add(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" \
             stroke=\"#b01c1c\" stroke-width=\"0.3\" stroke-dasharray=\"1.5 1\"/>"
        ));
        let (text, below) = match &seal.picture {
            Some(_) => (UNVERIFIED, seen.height + LABEL),
            None => (UNVERIFIED_SEAL, seen.height / 2.0),
        };
        // What is narrow, as a part of a seal across pages, has no room for words.
        if seen.width >= LABEL * 7.0 {
            let (x, y) = (length(seen.x + seen.width / 2.0), length(seen.y + below));
            let size = length(LABEL);
            self.add(format_args!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\" \
                 fill=\"#b01c1c\" font-family=\"sans-serif\">{text}</text>"
            ));
        }
        self.add(format_args!("</g>"));
    }
}

/// A piece of text, each character where it lies; turned text is turned as its characters follow.
fn selectable(piece: &Piece) -> String {
    let places = piece.places.iter().copied();
    let list = |of: fn(Point) -> f64| {
        let values: Vec<String> = places.clone().map(|place| length(of(place))).collect();
        if values.windows(2).all(|pair| pair.first() == pair.last()) {
            values.first().cloned().unwrap_or_default()
        } else {
            values.join(" ")
        }
    };
    let (x, y) = (list(|place| place.x), list(|place| place.y));
    let (size, text) = (length(piece.size), escaped_text(&piece.text));
    format!("<tspan x=\"{x}\" y=\"{y}\" font-size=\"{size}\">{text}</tspan>")
}

fn picture(picture: &Picture) -> String {
    let data = STANDARD.encode(&picture.data);
    format!(
        "<image width=\"1\" height=\"1\" preserveAspectRatio=\"none\" \
         href=\"data:{};base64,{data}\"/>",
        picture.kind.mime()
    )
}

fn place(matrix: Matrix) -> String {
    if matrix == Matrix::IDENTITY {
        return String::new();
    }
    let Matrix { a, b, c, d, e, f } = matrix;
    let factors = [a, b, c, d].map(factor).join(" ");
    format!(" transform=\"matrix({factors} {} {})\"", length(e), length(f))
}

fn clipped(clip: Option<usize>) -> String {
    clip.map(|clip| format!(" clip-path=\"url(#c{clip})\"")).unwrap_or_default()
}

fn painted(name: &str, color: Color, alpha: f64) -> String {
    let opacity = opacity(&format!("{name}-opacity"), alpha);
    if name == "fill" && (color.red, color.green, color.blue) == (0, 0, 0) {
        return opacity;
    }
    format!(" {name}=\"#{:02x}{:02x}{:02x}\"{opacity}", color.red, color.green, color.blue)
}

fn opacity(name: &str, alpha: f64) -> String {
    if alpha < 1.0 { format!(" {name}=\"{}\"", length(alpha)) } else { String::new() }
}

fn line(look: &Look) -> String {
    let cap = match look.cap {
        Cap::Butt => "",
        Cap::Round => " stroke-linecap=\"round\"",
        Cap::Square => " stroke-linecap=\"square\"",
    };
    let join = match look.join {
        Join::Miter => format!(" stroke-miterlimit=\"{}\"", length(look.miter_limit.max(1.0))),
        Join::Round => " stroke-linejoin=\"round\"".to_owned(),
        Join::Bevel => " stroke-linejoin=\"bevel\"".to_owned(),
    };
    let dashes: Vec<String> = look.dashes.iter().map(|dash| length(*dash)).collect();
    let dashes = if dashes.is_empty() {
        String::new()
    } else {
        let offset = length(look.dash_offset);
        format!(" stroke-dasharray=\"{}\" stroke-dashoffset=\"{offset}\"", dashes.join(" "))
    };
    format!(" stroke-width=\"{}\"{cap}{join}{dashes}", length(look.line_width))
}

fn course(segments: &[Segment]) -> String {
    let at = |point: &Point| format!("{} {}", length(point.x), length(point.y));
    let step = |segment: &Segment| match segment {
        Segment::Move(to) => format!("M{}", at(to)),
        Segment::Line(to) => format!("L{}", at(to)),
        Segment::Quad(by, to) => format!("Q{} {}", at(by), at(to)),
        Segment::Cubic(by, then, to) => format!("C{} {} {}", at(by), at(then), at(to)),
        // Drawings have none.
        Segment::Arc(arc) => format!("L{}", at(&arc.end)),
        Segment::Close => "Z".to_owned(),
    };
    segments.iter().map(step).collect()
}
