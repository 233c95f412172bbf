//! What stands on the pages: every run, line and image with the element it belongs to.

use typst::foundations::Label;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Image, Shape};
use typst_layout::PagedDocument;

/// Something on a page.
pub(crate) struct Ink {
    /// The element of GB/T 9704 it belongs to; empty when to none.
    pub(crate) element: String,
    /// Where its own origin lies on the page.
    pub(crate) at: Transform,
    /// What it is.
    pub(crate) what: What,
}

pub(crate) enum What {
    Text(TextItem),
    Shape(Shape),
    Image(Image, typst::layout::Size),
    /// An element begins here; it may have no ink, as the room for a seal.
    Begin,
}

impl Ink {
    /// How far down the page it reaches, in millimetres.
    pub(crate) fn bottom_mm(&self) -> f64 {
        let down = match &self.what {
            What::Text(text) => text.size * 0.12,
            What::Shape(shape) => match &shape.geometry {
                Geometry::Line(to) => to.y.max(Abs::zero()),
                Geometry::Rect(size) => size.y,
                Geometry::Curve(curve) => curve.bbox(None).size().y,
            },
            What::Image(_, size) => size.y,
            What::Begin => Abs::zero(),
        };
        (self.at.ty + down).to_mm()
    }
}

/// The pages, each as what stands on it in the order of reading.
pub(crate) fn pages(document: &PagedDocument) -> Vec<Vec<Ink>> {
    let mut walk = Walk { open: Vec::new(), page: Vec::new() };
    let pages = document.pages().iter().map(|page| {
        walk.frame(&page.frame, Transform::identity());
        std::mem::take(&mut walk.page)
    });
    pages.collect()
}

struct Walk {
    /// Elements that have begun and not ended; one may go on for pages.
    open: Vec<(Location, Option<Label>)>,
    page: Vec<Ink>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, outer: Transform) {
        for (point, item) in frame.items() {
            let at = outer.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, at.pre_concat(group.transform));
                }
                FrameItem::Text(text) => self.push(at, What::Text(text.clone())),
                FrameItem::Shape(shape, _) => self.push(at, What::Shape(shape.clone())),
                FrameItem::Image(image, size, _) => {
                    self.push(at, What::Image(image.clone(), *size));
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if let Some(location) = element.location() {
                        self.open.push((location, element.label()));
                        if element.label().is_some() {
                            self.push(at, What::Begin);
                        }
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.open.retain(|(open, _)| open != location);
                }
                FrameItem::Link(..) => {}
            }
        }
    }

    fn push(&mut self, at: Transform, what: What) {
        let label = self.open.iter().rev().find_map(|(_, label)| *label);
        let element = label.map(|label| label.resolve().to_string()).unwrap_or_default();
        self.page.push(Ink { element, at, what });
    }
}
