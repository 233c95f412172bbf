//! The figures of GB/T 9704-2012 in millimetres and points; each names its clause.

/// 5.1: width of A4.
pub const PAGE_WIDTH: f64 = 210.0;
/// 5.1: height of A4.
pub const PAGE_HEIGHT: f64 = 297.0;
/// 5.2.1: 天头
pub const TOP: f64 = 37.0;
/// 5.2.1: 订口, the white edge on the left.
pub const LEFT: f64 = 28.0;
/// 5.2.1: width of the 版心.
pub const WIDTH: f64 = 156.0;
/// 5.2.1: height of the 版心.
pub const HEIGHT: f64 = 225.0;
/// 5.2.3: lines of a page.
pub const LINES: f64 = 22.0;
/// 5.2.3: characters of a line.
pub const CHARACTERS: f64 = 28.0;
/// 5.2.2: size of 三号 in points.
pub const SIZE_3: f64 = 16.0;
/// 7.3.1: size of 二号 in points.
pub const SIZE_2: f64 = 22.0;
/// 7.4.2, 7.5: size of 四号 in points.
pub const SIZE_4: f64 = 14.0;
/// 7.2.4, 10.3: from the top of the 版心 to the top of the 发文机关标志.
pub const MARK_TOP: f64 = 35.0;
/// 10.2: the same in a 命令.
pub const ORDER_MARK_TOP: f64 = 20.0;
/// 10.1: from the top of the page to the top of the mark of a letter.
pub const LETTER_MARK_TOP: f64 = 30.0;
/// 7.2.7, 10.1: from what stands above it to the red line.
pub const RED_LINE_GAP: f64 = 4.0;
/// 10.1: from the bottom of the page to the lower red line of a letter.
pub const LETTER_FOOT: f64 = 20.0;
/// 10.1: length of a letter's red lines.
pub const LETTER_LINE: f64 = 170.0;
/// 7.4.1: thickness of the first and last line of the 版记.
pub const IMPRINT_OUTER: f64 = 0.35;
/// 7.4.1: thickness of the lines between.
pub const IMPRINT_INNER: f64 = 0.25;
/// 7.5: from the bottom of the 版心 to the dashes of the page number.
pub const PAGE_NUMBER_GAP: f64 = 7.0;
/// One line (3.2): the 版心 shared among its lines.
pub const LINE: f64 = HEIGHT / LINES;
/// One character (3.1) across: the 版心 shared among the characters of a line.
pub const CHARACTER: f64 = WIDTH / CHARACTERS;
/// Millimetres of a point.
pub const POINT: f64 = 25.4 / 72.0;
