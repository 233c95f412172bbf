//! Places on a page: millimetres, from its upper left corner, downwards (GB/T 33190-2016 8.1).

/// A point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A rectangle along the page's sides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Rect {
    /// A4 (GB/T 148), the paper of GB/T 9704-2012 5.1.
    pub const A4: Self = Self { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };
}

/// An affine transformation: `x' = ax + cy + e`, `y' = bx + dy + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix {
    /// Of x for x'.
    pub a: f64,
    /// Of x for y'.
    pub b: f64,
    /// Of y for x'.
    pub c: f64,
    /// Of y for y'.
    pub d: f64,
    /// What is added to x'.
    pub e: f64,
    /// What is added to y'.
    pub f: f64,
}

impl Matrix {
    /// Leaves every point where it is.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// Moves by so much.
    #[must_use]
    pub const fn moving(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::IDENTITY }
    }

    /// Stretches from the origin.
    #[must_use]
    pub const fn scaling(x: f64, y: f64) -> Self {
        Self { a: x, d: y, ..Self::IDENTITY }
    }

    /// What does this first and then `outer`.
    #[must_use]
    pub fn then(self, outer: Self) -> Self {
        Self {
            a: self.a * outer.a + self.b * outer.c,
            b: self.a * outer.b + self.b * outer.d,
            c: self.c * outer.a + self.d * outer.c,
            d: self.c * outer.b + self.d * outer.d,
            e: self.e * outer.a + self.f * outer.c + outer.e,
            f: self.e * outer.b + self.f * outer.d + outer.f,
        }
    }

    /// Where a point comes to lie.
    #[must_use]
    pub fn apply(self, point: Point) -> Point {
        Point {
            x: self.a * point.x + self.c * point.y + self.e,
            y: self.b * point.x + self.d * point.y + self.f,
        }
    }
}

impl Default for Matrix {
    fn default() -> Self {
        Self::IDENTITY
    }
}

/// One step of an outline (GB/T 33190-2016 9.1, 图形的描述).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Begins anew at a point.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic Bézier curve by its control point and end.
    Quad(Point, Point),
    /// A cubic Bézier curve by its two control points and end.
    Cubic(Point, Point, Point),
    /// A part of an ellipse.
    Arc(Arc),
    /// A straight line back to where it began.
    Close,
}

/// A part of an ellipse, as in SVG.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arc {
    /// The half axes.
    pub radii: Point,
    /// By how many degrees the first axis is turned.
    pub angle: f64,
    /// Whether it is the longer way.
    pub large: bool,
    /// Whether it runs clockwise.
    pub clockwise: bool,
    /// Where it ends.
    pub end: Point,
}
