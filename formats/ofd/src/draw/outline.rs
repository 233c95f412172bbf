//! Outlines: parts of ellipses as curves, and how far a path reaches.

use crate::model::{Arc, Matrix, Point, Rect, Segment};
use std::f64::consts::{FRAC_PI_2, TAU};

/// A course without parts of ellipses.
pub(super) fn plain(segments: &[Segment]) -> Vec<Segment> {
    let mut plain = Vec::with_capacity(segments.len());
    let (mut begun, mut at) = (Point::default(), Point::default());
    for segment in segments {
        match *segment {
            Segment::Arc(arc) => plain.extend(curves(at, arc)),
            other => plain.push(other),
        }
        match *segment {
            Segment::Move(to) => (begun, at) = (to, to),
            Segment::Line(to) | Segment::Quad(_, to) | Segment::Cubic(_, _, to) => at = to,
            Segment::Arc(arc) => at = arc.end,
            Segment::Close => at = begun,
        }
    }
    // A course that does not begin with a place begins at the origin.
    if plain.first().is_some_and(|first| !matches!(first, Segment::Move(_))) {
        plain.insert(0, Segment::Move(Point::default()));
    }
    plain
}

/// A part of an ellipse as Bézier curves of at most a quarter each: SVG 2, B.2.4 and B.2.5.
fn curves(from: Point, arc: Arc) -> Vec<Segment> {
    let (mut rx, mut ry) = (arc.radii.x.abs(), arc.radii.y.abs());
    if rx == 0.0 || ry == 0.0 || from == arc.end {
        return vec![Segment::Line(arc.end)];
    }
    let (sin, cos) = arc.angle.to_radians().sin_cos();
    let half = Point { x: (from.x - arc.end.x) / 2.0, y: (from.y - arc.end.y) / 2.0 };
    let own = Point { x: cos * half.x + sin * half.y, y: cos * half.y - sin * half.x };
    let need = (own.x / rx).powi(2) + (own.y / ry).powi(2);
    if need > 1.0 {
        (rx, ry) = (rx * need.sqrt(), ry * need.sqrt());
    }
    let part = (rx * own.y).powi(2) + (ry * own.x).powi(2);
    let root = (((rx * ry).powi(2) - part).max(0.0) / part).sqrt();
    let root = if arc.large == arc.clockwise { -root } else { root };
    let center = Point { x: root * rx * own.y / ry, y: -root * ry * own.x / rx };
    let angle = |x: f64, y: f64| ((y - center.y) / ry).atan2((x - center.x) / rx);
    let (start, end) = (angle(own.x, own.y), angle(-own.x, -own.y));
    let mut sweep = end - start;
    if arc.clockwise && sweep < 0.0 {
        sweep += TAU;
    } else if !arc.clockwise && sweep > 0.0 {
        sweep -= TAU;
    }
    let middle = Point { x: (from.x + arc.end.x) / 2.0, y: (from.y + arc.end.y) / 2.0 };
    let to_page = Matrix {
        a: cos * rx,
        b: sin * rx,
        c: -sin * ry,
        d: cos * ry,
        e: cos * center.x - sin * center.y + middle.x,
        f: sin * center.x + cos * center.y + middle.y,
    };
    quarters(start, sweep, to_page)
}

/// Curves along the unit circle, brought to their place.
fn quarters(start: f64, sweep: f64, matrix: Matrix) -> Vec<Segment> {
    let steps = (1..=4_u8).find(|steps| sweep.abs() <= FRAC_PI_2 * f64::from(*steps) + 1e-9);
    let steps = steps.unwrap_or(4);
    let step = sweep / f64::from(steps);
    let reach = 4.0 / 3.0 * (step / 4.0).tan();
    let on = |angle: f64| Point { x: angle.cos(), y: angle.sin() };
    let curve = |index: u8| {
        let (a, b) = (start + step * f64::from(index), start + step * f64::from(index + 1));
        let (p, q) = (on(a), on(b));
        Segment::Cubic(
            matrix.apply(Point { x: p.x - reach * p.y, y: p.y + reach * p.x }),
            matrix.apply(Point { x: q.x + reach * q.y, y: q.y - reach * q.x }),
            matrix.apply(q),
        )
    };
    (0..steps).map(curve).collect()
}

/// The box around a path's points and control points; nothing of a path without points.
pub(super) fn extent(segments: &[Segment], matrix: Matrix) -> Option<Rect> {
    let mut around: Option<(Point, Point)> = None;
    let mut take = |point: Point| {
        let at = matrix.apply(point);
        let (low, high) = around.unwrap_or((at, at));
        let low = Point { x: low.x.min(at.x), y: low.y.min(at.y) };
        around = Some((low, Point { x: high.x.max(at.x), y: high.y.max(at.y) }));
    };
    for segment in plain(segments) {
        match segment {
            Segment::Move(to) | Segment::Line(to) => take(to),
            Segment::Quad(by, to) => {
                [by, to].into_iter().for_each(&mut take);
            }
            Segment::Cubic(by, then, to) => {
                [by, then, to].into_iter().for_each(&mut take);
            }
            Segment::Arc(_) | Segment::Close => {}
        }
    }
    let (low, high) = around?;
    Some(Rect { x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y })
}
