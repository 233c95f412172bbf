//! Faces, sizes and distances in Word's units.

use lingnan_docx::model::{Align, Block, Form, Indent, Look, Paragraph, Piece, Pitch, Run};
use lingnan_gongwen::figures;

/// The faces of 5.2.2, 7.2.4, 7.3.1 and 7.3.3 by the names they are sold under.
pub(super) const FANG: &str = "仿宋_GB2312";
/// 楷体
pub(super) const KAI: &str = "楷体_GB2312";
/// 黑体
pub(super) const HEI: &str = "黑体";
/// 小标宋
pub(super) const BIAO: &str = "方正小标宋简体";
/// 宋体
pub(super) const SONG: &str = "宋体";
/// The red of the head.
pub(super) const RED: [u8; 3] = [0xe6, 0, 0x12];

/// Half points of 三号.
pub(super) const SIZE_3: i64 = half_points(figures::SIZE_3);
/// Half points of 二号.
pub(super) const SIZE_2: i64 = half_points(figures::SIZE_2);
/// Half points of 四号.
pub(super) const SIZE_4: i64 = half_points(figures::SIZE_4);
/// Points of 四号.
pub(super) const SIZE_FOUR: i64 = SIZE_4 / 2;

#[expect(clippy::as_conversions, reason = "sizes of the standard are whole points")]
const fn half_points(points: f64) -> i64 {
    (points * 2.0) as i64
}

/// Twips of a line (3.2), rounded down so that 22 of them fit the 版心 (5.2.3).
#[expect(clippy::as_conversions, reason = "a line has 579 twips")]
pub(super) const LINE: i64 = (figures::LINE / 25.4 * 1440.0) as i64;
/// Twips of a character across (3.1).
#[expect(clippy::as_conversions, reason = "a character has 316 twips")]
pub(super) const CHARACTER: i64 = (figures::CHARACTER / 25.4 * 1440.0 + 0.5) as i64;
/// A line that takes no room to speak of.
pub(super) const EXACT_BASE: Pitch = Pitch::Exactly(20);

/// How far the characters' upper edge lies below that of a line of exactly this pitch: Word sets
/// the baseline at four fifths of it, and a character reaches 0.88 of its size above that.
pub(super) const fn upper(pitch: i64, half_points: i64) -> i64 {
    pitch * 4 / 5 - half_points * 10 * 88 / 100
}

/// The same of a mark's ink, which does not fill its characters.
pub(super) const fn ink_upper(pitch: i64, half_points: i64) -> i64 {
    pitch * 4 / 5 - half_points * 10 * 80 / 100
}

/// The same below.
pub(super) const fn lower(pitch: i64, half_points: i64) -> i64 {
    pitch / 5 - half_points * 10 * 12 / 100
}

/// The pitch of lines of 二号: as far apart as lines of 三号.
pub(super) const LINE_2: i64 = LINE + (SIZE_2 - SIZE_3) * 10;

/// What each character gives up so that 28 of 16 points fit the 版心 (5.2.3), in twips and rounded
/// down. The grid says the same, but not all programs that read Word keep to it.
#[expect(clippy::as_conversions, reason = "a character gives up a fifth of a point")]
const TIGHT: i64 = ((figures::CHARACTER / figures::POINT - figures::SIZE_3) * 20.0) as i64 - 1;

/// The same as the grid counts it, in 4096ths of a point and rounded down.
pub(super) const GRID_TIGHT: i64 = CHARACTER * 4096 / 20 - SIZE_3 / 2 * 4096;

/// How characters are set where nothing else is said.
pub(super) fn base_look() -> Look {
    Look {
        color: Some([0, 0, 0]),
        spacing: Some(TIGHT),
        on_grid: Some(false),
        ..look(FANG, SIZE_3)
    }
}

/// How paragraphs are set where nothing else is said.
pub(super) fn base_form() -> Form {
    Form {
        align: Some(Align::Both),
        before: Some(0),
        after: Some(0),
        pitch: Some(Pitch::Exactly(LINE)),
        auto_space: Some(false),
        hangs: Some(false),
        on_grid: Some(false),
        ..Form::default()
    }
}

pub(super) fn look(font: &str, size: i64) -> Look {
    Look { font: Some(font.to_owned()), size: Some(size), ..Look::default() }
}

/// Characters in another face.
pub(super) fn run(text: &str, look: Look) -> Piece {
    Piece::Text(Run { text: text.to_owned(), look })
}

pub(super) fn paragraph(form: Form, pieces: Vec<Piece>) -> Block {
    Block::Paragraph(Paragraph { pieces, form, ordinal: String::new() })
}

/// One line in the middle.
pub(super) fn centered(before: i64, pitch: i64, piece: Piece) -> Block {
    let form = Form {
        align: Some(Align::Center),
        before: Some(before),
        pitch: Some(Pitch::Exactly(pitch)),
        ..Form::default()
    };
    paragraph(form, vec![piece])
}

/// Two characters in (自然段左空二字).
pub(super) fn indented() -> Form {
    Form { first: Some(Indent::Twips(2 * CHARACTER)), ..Form::default() }
}

/// Later lines under what follows the head of a list; both in characters.
pub(super) fn hanging(left: i64, head: i64) -> Form {
    Form {
        align: Some(Align::Left),
        left: Some(Indent::Twips((left + head) * CHARACTER)),
        first: Some(Indent::Twips(-head * CHARACTER)),
        ..Form::default()
    }
}

/// Twips of the type area's width: 28 whole characters, since programs that keep to a grid cut off
/// what is less than one.
pub(super) const WIDTH: i64 = 28 * CHARACTER;

/// How wide characters are in twips: figures and letters have half a width.
pub(super) fn measured(text: &str) -> i64 {
    let halves = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 });
    halves.sum::<i64>() * CHARACTER / 2
}
