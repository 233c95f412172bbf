//! What stands on a page: text, paths, images, reused drawings, and groups of them.

use super::{Id, Matrix, Rect, Segment};

/// One thing of a layer (GB/T 33190-2016 7.7).
#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    /// A graphic unit.
    Unit(Box<Unit>),
    /// A group (页块): more objects in the place of one.
    Block {
        /// Its id.
        id: Id,
        /// What is in it, the lowest first.
        objects: Vec<Object>,
    },
}

/// A graphic unit (GB/T 33190-2016 8.5): what it shows, where, and how it is painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Unique in the document; in a clip it is nothing's and not written.
    pub id: Id,
    /// Its box on the page. What it shows is measured from there and cut off outside of it.
    pub boundary: Rect,
    /// Applied to what it shows, before it is moved into the box.
    pub ctm: Option<Matrix>,
    /// A name, or empty.
    pub name: String,
    /// Whether it is seen.
    pub visible: bool,
    /// 0 is not seen, 255 covers all.
    pub alpha: u8,
    /// The kept style it goes by where its own says nothing.
    pub draw_param: Option<Id>,
    /// How lines and areas are painted.
    pub style: Style,
    /// What is seen of it: all the clips' areas at once.
    pub clips: Vec<Clip>,
    /// What it shows.
    pub content: Content,
}

impl Unit {
    /// A unit that is plainly seen.
    #[must_use]
    pub fn new(id: Id, boundary: Rect, content: Content) -> Self {
        Self {
            id,
            boundary,
            ctm: None,
            name: String::new(),
            visible: true,
            alpha: u8::MAX,
            draw_param: None,
            style: Style::default(),
            clips: Vec::new(),
            content,
        }
    }
}

/// What a graphic unit shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Characters.
    Text(Text),
    /// Lines and areas.
    Path(Path),
    /// A raster image.
    Image(Image),
    /// A drawing kept in the resources.
    Composite(Id),
}

/// How lines and areas are painted; what is `None` is the drawing parameter's, then the standard's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// How wide lines are; 0.353 mm unless said.
    pub line_width: Option<f64>,
    /// How lines end.
    pub cap: Option<Cap>,
    /// How lines meet.
    pub join: Option<Join>,
    /// How long a mitre may be; 4.234 unless said.
    pub miter_limit: Option<f64>,
    /// Lengths of dashes and gaps in turn; none for an unbroken line.
    pub dashes: Vec<f64>,
    /// How far into the dashes a line begins.
    pub dash_offset: Option<f64>,
    /// What areas are filled with; black unless said.
    pub fill: Option<Color>,
    /// What lines are drawn in; black unless said.
    pub stroke: Option<Color>,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// At its end.
    Butt,
    /// In a half circle.
    Round,
    /// Half its width after its end.
    Square,
}

/// How two lines meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// In a point.
    Miter,
    /// In a part of a circle.
    Round,
    /// Cut off.
    Bevel,
}

/// A colour; other colour spaces are brought to RGB when they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// 0 is not seen, 255 covers all.
    pub alpha: u8,
}

impl Color {
    /// What is painted unless a colour is named.
    pub const BLACK: Self = Self::rgb(0, 0, 0);

    /// A colour that covers.
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue, alpha: u8::MAX }
    }
}

/// Characters in one font and size (GB/T 33190-2016 11.2). [`crate::Run`] makes one of glyphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The font.
    pub font: Id,
    /// Its size in millimetres.
    pub size: f64,
    /// Whether outlines are drawn.
    pub stroke: bool,
    /// Whether outlines are filled.
    pub fill: bool,
    /// By how much characters are wider than the font has them.
    pub h_scale: f64,
    /// By how many degrees the line of reading is turned: 0, 90, 180 or 270.
    pub read_direction: u16,
    /// By how many degrees each character is turned: 0, 90, 180 or 270.
    pub char_direction: u16,
    /// From 100 to 900; 400 is regular.
    pub weight: u16,
    /// Whether it is to look slanted.
    pub italic: bool,
    /// The characters.
    pub codes: Vec<Code>,
}

impl Text {
    /// Plain text.
    #[must_use]
    pub fn new(font: Id, size: f64, codes: Vec<Code>) -> Self {
        Self {
            font,
            size,
            stroke: false,
            fill: true,
            h_scale: 1.0,
            read_direction: 0,
            char_direction: 0,
            weight: 400,
            italic: false,
            codes,
        }
    }
}

/// Characters of a text with their places (GB/T 33190-2016 11.3).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Code {
    /// The characters.
    pub text: String,
    /// Where the first one's baseline begins; `None` is where the code before began.
    pub x: Option<f64>,
    /// How deep its baseline lies; `None` is as deep as the code before.
    pub y: Option<f64>,
    /// From each character to the next; the last number holds for all that are left.
    pub delta_x: Vec<f64>,
    /// The same downwards.
    pub delta_y: Vec<f64>,
    /// Which glyphs of the font stand for which characters.
    pub glyphs: Vec<GlyphMap>,
}

/// The glyphs for some characters of a code (GB/T 33190-2016 11.4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GlyphMap {
    /// The first character, from 0.
    pub position: u32,
    /// How many characters.
    pub codes: u32,
    /// The font's own numbers of the glyphs.
    pub glyphs: Vec<u16>,
}

/// Lines and areas (GB/T 33190-2016 9.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Whether its line is drawn.
    pub stroke: bool,
    /// Whether its area is filled.
    pub fill: bool,
    /// What is inside when it crosses itself.
    pub rule: Rule,
    /// Its course.
    pub segments: Vec<Segment>,
}

/// What is inside of an outline that crosses itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// What it runs around on balance.
    NonZero,
    /// Every second part.
    EvenOdd,
}

/// A raster image: the unit square, brought to its place by the unit's matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// The image.
    pub resource: Id,
    /// What is shown where it cannot be.
    pub substitution: Option<Id>,
    /// An image whose light parts let it through.
    pub mask: Option<Id>,
}

/// What is seen of a unit: any of its areas (GB/T 33190-2016 8.4).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clip {
    /// The areas.
    pub areas: Vec<ClipArea>,
}

/// An area of a clip, measured as the unit's content is.
#[derive(Debug, Clone, PartialEq)]
pub struct ClipArea {
    /// Applied to the area.
    pub ctm: Option<Matrix>,
    /// The drawing parameter it goes by.
    pub draw_param: Option<Id>,
    /// A path or a text; its area is seen.
    pub unit: Unit,
}
