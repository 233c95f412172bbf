//! What cuts a unit off: its box, the boxes it stands in, and its clips.

use super::{Canvas, ClipPath, ClipShape, corners, outline};
use crate::model::{ClipArea, Content, Matrix, Rect, Rule};
use crate::scene::Placed;

/// By how much, in millimetres, a box may be overstepped without being cut: producers round.
const SLACK: f64 = 0.05;

impl Canvas<'_> {
    /// The clip of a unit, or none when nothing of it would be cut off.
    ///
    /// Text is not cut off at its own box (GB/T 33190-2016 8.5): producers measure it by advances,
    /// and strokes of characters reach beyond.
    pub(super) fn clip(&mut self, placed: &Placed<'_>) -> Option<usize> {
        let mut clip = None;
        for (rect, matrix) in &placed.within {
            clip = Some(self.boxed(*rect, *matrix, clip));
        }
        if self.oversteps(placed) {
            let unit = placed.unit;
            let grown = grown(unit.boundary, placed.look.line_width);
            clip = Some(self.boxed(grown, placed.outer, clip));
        }
        for own in &placed.unit.clips {
            let areas = own.areas.iter().flat_map(|area| self.areas(area, placed)).collect();
            self.drawing.clips.push(ClipPath { areas, within: clip });
            clip = Some(self.drawing.clips.len() - 1);
        }
        clip
    }

    fn boxed(&mut self, rect: Rect, matrix: Matrix, within: Option<usize>) -> usize {
        let outline = self.outline(corners(rect));
        let areas = vec![ClipShape { outline, rule: Rule::NonZero, matrix }];
        self.drawing.clips.push(ClipPath { areas, within });
        self.drawing.clips.len() - 1
    }

    /// Whether a path or an image reaches beyond its box by more than its line.
    fn oversteps(&self, placed: &Placed<'_>) -> bool {
        let unit = placed.unit;
        let ctm = unit.ctm.unwrap_or_default();
        let reach = match &unit.content {
            Content::Path(path) => outline::extent(&path.segments, ctm),
            Content::Image(_) => {
                let square = Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
                outline::extent(&corners(square), ctm)
            }
            Content::Text(_) | Content::Composite(_) => None,
        };
        let own = Rect { x: 0.0, y: 0.0, ..unit.boundary };
        let limit = grown(own, placed.look.line_width.max(SLACK));
        let flat = unit.boundary.width <= 0.0 && unit.boundary.height <= 0.0;
        !flat
            && reach.is_some_and(|reach| {
                reach.x < limit.x
                    || reach.y < limit.y
                    || reach.x + reach.width > limit.x + limit.width
                    || reach.y + reach.height > limit.y + limit.height
            })
    }

    fn areas(&mut self, area: &ClipArea, placed: &Placed<'_>) -> Vec<ClipShape> {
        let unit = &area.unit;
        let boxed = Matrix::moving(unit.boundary.x, unit.boundary.y);
        let own = unit.ctm.unwrap_or_default().then(boxed);
        let matrix = own.then(area.ctm.unwrap_or_default()).then(placed.matrix);
        match &unit.content {
            Content::Path(path) => {
                let outline = self.outline(outline::plain(&path.segments));
                vec![ClipShape { outline, rule: path.rule, matrix }]
            }
            Content::Text(text) => {
                let font = self.fonts.get(&text.font).copied();
                let shown = self.glyphs.of(text, font, &mut self.drawing.outlines);
                let shape = |(outline, own): (usize, Matrix)| ClipShape {
                    outline,
                    rule: Rule::NonZero,
                    matrix: own.then(matrix),
                };
                shown.into_iter().map(shape).collect()
            }
            Content::Image(_) | Content::Composite(_) => Vec::new(),
        }
    }
}

fn grown(rect: Rect, by: f64) -> Rect {
    Rect {
        x: rect.x - by,
        y: rect.y - by,
        width: rect.width + 2.0 * by,
        height: rect.height + 2.0 * by,
    }
}
