//! Where elements are drawn.

/// A diagram: one plane and what is on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// The process or collaboration that is drawn, or a collapsed subprocess.
    pub element: String,
    /// Nodes, pools, lanes, artifacts.
    pub shapes: Vec<Shape>,
    /// Flows and associations.
    pub edges: Vec<Edge>,
}

/// A drawn node.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// Of which element.
    pub element: String,
    /// Where.
    pub bounds: Bounds,
    /// Its label, when it does not stand inside.
    pub label: Option<Bounds>,
    /// Whether a subprocess shows what is in it.
    pub expanded: Option<bool>,
    /// Whether a pool or lane lies.
    pub horizontal: Option<bool>,
    /// Whether an exclusive gateway shows its cross.
    pub marker: Option<bool>,
}

/// A drawn flow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edge {
    /// Of which element.
    pub element: String,
    /// Its corners.
    pub points: Vec<Point>,
    /// Its label.
    pub label: Option<Bounds>,
}

/// A place on the plane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// A box on the plane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// Its left.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}
