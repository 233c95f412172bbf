//! What a Word document holds. Lengths are twips (a twentieth of a point), sizes half points, as
//! ISO/IEC 29500 has them.

/// Twips of an inch.
pub const TWIPS: i64 = 1440;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its text.
    pub body: Vec<Block>,
    /// Its pages, from the first section to the last; a written document has one section.
    pub sections: Vec<Section>,
    /// How characters are set where nothing else is said.
    pub look: Look,
    /// How paragraphs are set where nothing else is said.
    pub form: Form,
    /// Its title, as its properties have it.
    pub title: String,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// What stands in it.
    pub pieces: Vec<Piece>,
    /// How it is set, its style resolved.
    pub form: Form,
    /// Its automatic number as text, when it was read.
    pub ordinal: String,
}

impl Paragraph {
    /// A paragraph of plain characters.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { pieces: vec![Piece::text(text)], ..Self::default() }
    }

    /// Its characters, its automatic number before them.
    #[must_use]
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(run) => run.text.as_str(),
            _ => "",
        });
        std::iter::once(self.ordinal.as_str()).chain(pieces).collect()
    }
}

/// What stands in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Characters.
    Text(Run),
    /// An image.
    Image(Image),
    /// A new page begins.
    PageBreak,
    /// The number of the page.
    PageNumber(Look),
    /// What stands in a text box.
    Boxed(TextBox),
}

impl Piece {
    /// Plain characters.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(Run { text: text.to_owned(), look: Look::default() })
    }
}

/// Characters of one look; a line feed breaks the line, a tab goes to the next stop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// How they are set.
    pub look: Look,
}

/// How characters are set; what is absent is as the document's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The font of Chinese characters.
    pub font: Option<String>,
    /// The font of Latin letters and figures; that of Chinese ones when written.
    pub latin: Option<String>,
    /// Half points.
    pub size: Option<i64>,
    /// Red, green, blue; automatic when absent.
    pub color: Option<[u8; 3]>,
    /// 加粗
    pub bold: Option<bool>,
    /// 倾斜
    pub italic: Option<bool>,
    /// 下划线
    pub underline: Option<bool>,
    /// Whether characters keep to the page's grid (文档网格), as they do unless told otherwise.
    pub on_grid: Option<bool>,
    /// Added after each character, in twips.
    pub spacing: Option<i64>,
    /// The heading level, 1 to 9, of which these characters bear the style.
    pub heading: Option<u8>,
}

/// How a paragraph is set; what is absent is as the document's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    /// How its lines stand.
    pub align: Option<Align>,
    /// The heading level, 1 to 9.
    pub heading: Option<u8>,
    /// From the left edge.
    pub left: Option<Indent>,
    /// From the right edge.
    pub right: Option<Indent>,
    /// Of the first line, beyond that of the others; negative when it hangs.
    pub first: Option<Indent>,
    /// Above it.
    pub before: Option<i64>,
    /// Below it.
    pub after: Option<i64>,
    /// From one line to the next.
    pub pitch: Option<Pitch>,
    /// It begins a page.
    pub new_page: Option<bool>,
    /// It stays with the next one.
    pub keep_next: Option<bool>,
    /// Its lines stay together.
    pub keep_lines: Option<bool>,
    /// A line above.
    pub above: Option<Rule>,
    /// A line below.
    pub below: Option<Rule>,
    /// Room between Chinese characters and Latin letters or figures.
    pub auto_space: Option<bool>,
    /// Whether a mark may hang over the end of a line.
    pub hangs: Option<bool>,
    /// Whether lines keep to the page's grid, as they do unless told otherwise.
    pub on_grid: Option<bool>,
    /// Stops, from the left edge.
    pub tabs: Vec<Tab>,
}

/// An indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indent {
    /// In twips.
    Twips(i64),
    /// In hundredths of a character.
    Characters(i64),
}

/// How lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// Filled, but for the last.
    Both,
    /// Filled, the last too (分散对齐).
    Spread,
}

/// From one line to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pitch {
    /// So many twips, whatever stands in the line (固定值).
    Exactly(i64),
    /// So many at least.
    AtLeast(i64),
    /// So many 240ths of a single line.
    Lines(i64),
}

/// A line along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Eighths of a point.
    pub thickness: i64,
    /// Points from the text.
    pub gap: i64,
    /// Red, green, blue.
    pub color: [u8; 3],
    /// One line, or two of different thickness.
    pub kind: RuleKind,
}

/// One line or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// One.
    Single,
    /// The outer one, seen from the text, thin.
    ThickThin,
    /// The outer one, seen from the text, thick.
    ThinThick,
    /// Any other; only read.
    Other,
}

/// A text box; a written one stands at the bottom of the type area, its text at its own bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextBox {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Its width.
    pub width: i64,
    /// Its height.
    pub height: i64,
}

/// A stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tab {
    /// From the left edge.
    pub at: i64,
    /// Which part of the text stands there.
    pub align: Align,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Widths of its columns.
    pub columns: Vec<i64>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// How it stands.
    pub place: TablePlace,
}

/// How a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TablePlace {
    /// In the flow, with lines.
    #[default]
    Lined,
    /// In the flow, without lines.
    Bare,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Repeated on each page.
    pub head: bool,
    /// Its cells; what is covered from above is left out, as is what is covered from the left.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its text.
    pub blocks: Vec<Block>,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
    /// A line above.
    pub above: Option<Rule>,
    /// A line below.
    pub below: Option<Rule>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { blocks: Vec::new(), columns: 1, rows: 1, above: None, below: None }
    }
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The file: PNG or JPEG.
    pub data: Vec<u8>,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// In English metric units, 360,000 to the centimetre.
    pub width: i64,
    /// The same.
    pub height: i64,
}

/// Pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Of the paper.
    pub width: i64,
    /// Of the paper.
    pub height: i64,
    /// From the paper's edges to the text: top, right, bottom, left.
    pub margins: [i64; 4],
    /// From the paper's upper edge to the head.
    pub head_distance: i64,
    /// From the paper's lower edge to the foot.
    pub foot_distance: i64,
    /// The grid of lines (文档网格), if there is one.
    pub line_pitch: Option<i64>,
    /// What each character gives or takes in the grid, in 4096ths of a point.
    pub character_space: Option<i64>,
    /// The first page has a foot of its own.
    pub own_first: bool,
    /// The head and foot of odd pages, or of all.
    pub odd: Margins,
    /// Those of even pages, when they differ.
    pub even: Option<Margins>,
    /// Those of the first page, when it has its own.
    pub first: Margins,
}

/// What stands above and below the text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Margins {
    /// 页眉
    pub head: Vec<Block>,
    /// 页脚
    pub foot: Vec<Block>,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            width: 11906,
            height: 16838,
            margins: [1440, 1800, 1440, 1800],
            head_distance: 851,
            foot_distance: 992,
            line_pitch: None,
            character_space: None,
            own_first: false,
            odd: Margins::default(),
            even: None,
            first: Margins::default(),
        }
    }
}
