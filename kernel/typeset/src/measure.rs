//! Finished pages as the checker of `lingnan-gongwen` takes them: of a PDF or an OFD, ours or
//! anybody's.

use lingnan_gongwen::check::{Glyph, Ink, Sheet, Stroke};
use lingnan_ofd::model::{Color, Content, Document, Id, Matrix, Object, Page, Point, Segment};
use lingnan_ofd::{Drawing, ItemKind, NoFonts, Outline, Piece};
use std::collections::BTreeMap;

/// Why a file is not measured.
#[derive(Debug, thiserror::Error)]
pub enum Unmeasured {
    /// Not a PDF that can be read.
    #[error("{0}")]
    Pdf(#[from] lingnan_pdf::Error),
    /// Not an OFD that can be read.
    #[error("{0}")]
    Ofd(#[from] lingnan_ofd::Error),
    /// A scan, or a file that does not tell what its characters say.
    #[error(
        "文件里没有可以量取的文字：是扫描件，或者文件没有注明文字的编码；请换用带文字的版式文件"
    )]
    NoText,
    /// None of these.
    #[error("只检查 PDF、OFD 和 Word（.docx）文件；这个文件都不是")]
    Unknown,
}

/// The pages of a PDF or an OFD, told by how the file begins.
///
/// # Errors
/// When it is neither, cannot be read, or has no text.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unmeasured> {
    let sheets = read(bytes)?;
    let told = sheets.iter().any(|sheet| sheet.glyphs.iter().any(|glyph| !glyph.text.is_empty()));
    if told { Ok(sheets) } else { Err(Unmeasured::NoText) }
}

fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Unmeasured> {
    if lingnan_pdf::is_pdf(bytes) {
        let pdf = lingnan_pdf::Pdf::open(bytes.to_vec())?;
        return Ok(pdf.pages()?.into_iter().map(of_pdf).collect());
    }
    if !bytes.starts_with(b"PK") {
        return Err(Unmeasured::Unknown);
    }
    let read = lingnan_ofd::read(bytes)?;
    let sheets = read
        .package
        .documents
        .iter()
        .flat_map(|document| document.pages.iter().map(|page| of_ofd(document, page)));
    Ok(sheets.collect::<Result<_, _>>()?)
}

fn of_pdf(page: lingnan_pdf::Page) -> Sheet {
    let mut glyphs: Vec<Glyph> = page
        .glyphs
        .into_iter()
        .map(|glyph| Glyph {
            advance: advance(&glyph.text, glyph.size),
            ink: glyph.ink.map(|[left, top, right, bottom]| Ink { left, top, right, bottom }),
            text: glyph.text,
            x: glyph.x,
            y: glyph.y,
            size: glyph.size,
            turn: glyph.turn,
            bold: glyph.bold,
            font: glyph.font,
            color: glyph.color,
        })
        .collect();
    // A character reaches no further than where the next one of its run begins.
    let next: Vec<(f64, f64)> = glyphs.iter().skip(1).map(|glyph| (glyph.x, glyph.y)).collect();
    for (glyph, (x, y)) in glyphs.iter_mut().zip(next) {
        let step = x - glyph.x;
        if (y - glyph.y).abs() < 0.01 && step > 0.0 && step < glyph.advance {
            glyph.advance = step;
        }
    }
    let strokes = page.strokes.into_iter().map(|stroke| Stroke {
        from: stroke.from,
        to: stroke.to,
        thickness: stroke.thickness,
        color: stroke.color,
    });
    Sheet { width: page.width, height: page.height, glyphs, strokes: strokes.collect() }
}

/// How wide a character usually is: as its size, or half of it in Western writing.
fn advance(text: &str, size: f64) -> f64 {
    if text.is_ascii() { size / 2.0 } else { size }
}

fn of_ofd(document: &Document, page: &Page) -> Result<Sheet, lingnan_ofd::Error> {
    let drawing = lingnan_ofd::draw(document, page, &NoFonts)?;
    let mut looks = BTreeMap::new();
    for layer in &page.layers {
        collect_looks(&layer.objects, &mut looks);
    }
    let pieces = lingnan_ofd::pieces(document, page)?;
    let glyphs = pieces.iter().flat_map(|piece| of_piece(document, piece, &looks)).collect();
    let strokes = drawing.items.iter().flat_map(|item| strokes(&drawing, item)).collect();
    let (width, height) = (drawing.paper.width, drawing.paper.height);
    Ok(Sheet { width, height, glyphs, strokes })
}

/// How a text object looks.
#[derive(Clone, Copy)]
struct Look {
    color: Color,
    turn: f64,
    bold: bool,
}

/// The weight of a regular face (GB/T 33190 table 45).
const REGULAR: u16 = 400;

fn collect_looks(objects: &[Object], looks: &mut BTreeMap<Id, Look>) {
    for object in objects {
        match object {
            Object::Block { objects, .. } => collect_looks(objects, looks),
            Object::Unit(unit) => {
                if let Content::Text(text) = &unit.content {
                    let matrix = unit.ctm.unwrap_or_default();
                    let turn = matrix.b.atan2(matrix.a).to_degrees();
                    looks.insert(
                        unit.id,
                        Look {
                            color: unit.style.fill.unwrap_or(Color::BLACK),
                            turn: turn + f64::from(text.char_direction),
                            bold: text.weight > REGULAR || (text.stroke && text.fill),
                        },
                    );
                }
            }
        }
    }
}

fn of_piece(document: &Document, piece: &Piece, looks: &BTreeMap<Id, Look>) -> Vec<Glyph> {
    let font = document.fonts.iter().find(|font| font.id == piece.font);
    let name = font.map(|font| font.name.clone()).unwrap_or_default();
    let data = font.and_then(|font| font.data.as_deref());
    let face = data.and_then(|data| ttf_parser::Face::parse(data, 0).ok());
    let plain = Look { color: Color::BLACK, turn: 0.0, bold: false };
    let Look { color, turn, bold } = looks.get(&piece.object).copied().unwrap_or(plain);
    let ends = piece.places.iter().skip(1).map(Some).chain([None]);
    piece
        .text
        .chars()
        .zip(&piece.places)
        .zip(ends)
        .map(|((character, place), end)| {
            let text = character.to_string();
            let usual = advance(&text, piece.size);
            Glyph {
                x: place.x,
                y: place.y,
                advance: end
                    .map_or(usual, |end| (end.x - place.x).hypot(end.y - place.y).min(usual)),
                size: piece.size,
                turn,
                bold,
                ink: face.as_ref().and_then(|face| ink(face, character, *place, piece.size)),
                font: name.clone(),
                color: [color.red, color.green, color.blue],
                text,
            }
        })
        .collect()
}

/// A character's ink.
fn ink(face: &ttf_parser::Face<'_>, character: char, at: Point, size: f64) -> Option<Ink> {
    let bounds = face.glyph_bounding_box(face.glyph_index(character)?)?;
    let length = |units: i16| f64::from(units) * size / f64::from(face.units_per_em());
    Some(Ink {
        left: at.x + length(bounds.x_min),
        top: at.y - length(bounds.y_max),
        right: at.x + length(bounds.x_max),
        bottom: at.y - length(bounds.y_min),
    })
}

/// A filled area thinner than this is a line.
const THIN: f64 = 1.5;

fn strokes(drawing: &Drawing, item: &lingnan_ofd::Item) -> Vec<Stroke> {
    let points = |outline: usize| -> Vec<Point> {
        let outline = drawing.outlines.get(outline).filter(|outline| !outline.is_glyph);
        outline.map(|outline| ends(outline, item.matrix)).unwrap_or_default()
    };
    let rgb = |color: Color| [color.red, color.green, color.blue];
    match &item.kind {
        ItemKind::Stroke { outline, look } => {
            let points = points(*outline);
            let matrix = item.matrix;
            let scale = (matrix.a * matrix.d - matrix.b * matrix.c).abs().sqrt();
            let pairs = points.iter().zip(points.iter().skip(1));
            let line = |(from, to): (&Point, &Point)| Stroke {
                from: (from.x, from.y),
                to: (to.x, to.y),
                thickness: look.line_width * scale,
                color: rgb(look.stroke),
            };
            pairs.map(line).collect()
        }
        ItemKind::Fill { outline, color, .. } => {
            let points = points(*outline);
            let least = |of: fn(&Point) -> f64| points.iter().map(of).reduce(f64::min);
            let most = |of: fn(&Point) -> f64| points.iter().map(of).reduce(f64::max);
            let (x, y) = (|p: &Point| p.x, |p: &Point| p.y);
            let edges = (least(x), most(x), least(y), most(y));
            let (Some(left), Some(right), Some(top), Some(bottom)) = edges else {
                return Vec::new();
            };
            let (wide, high) = (right - left, bottom - top);
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
            let (from, to) =
                if wide > high { ((left, y), (right, y)) } else { ((x, top), (x, bottom)) };
            let thickness = wide.min(high);
            let line = Stroke { from, to, thickness, color: rgb(*color) };
            (thickness < THIN).then_some(line).into_iter().collect()
        }
        ItemKind::Picture { .. } => Vec::new(),
    }
}

/// The corners of an outline on the page.
fn ends(outline: &Outline, matrix: Matrix) -> Vec<Point> {
    let corners = outline.segments.iter().filter_map(|segment| match segment {
        Segment::Move(to) | Segment::Line(to) => Some(matrix.apply(*to)),
        _ => None,
    });
    corners.collect()
}
