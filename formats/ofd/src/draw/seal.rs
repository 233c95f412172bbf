//! The seals of a page's signatures: where they stand, and their pictures.

use super::{Fonts, Picture, PictureKind, draw};
use crate::model::{Bytes, Document, Page, Rect, Stamp};

/// Seals that are drawn on a page: a joint document has some ten.
const SEALS_MAX: usize = 100;

/// The seal of a signature on a page, unverified.
#[derive(Debug, Clone, PartialEq)]
pub struct SealMark {
    /// Its box on the page.
    pub boundary: Rect,
    /// The part of the box in which it is seen, measured from the box.
    pub clip: Option<Rect>,
    /// Its picture, when it can be shown.
    pub picture: Option<Picture>,
}

impl SealMark {
    /// Where it is seen on the page.
    #[must_use]
    pub fn seen(&self) -> Rect {
        let own = self.boundary;
        self.clip.map_or(own, |clip| Rect { x: own.x + clip.x, y: own.y + clip.y, ..clip })
    }
}

pub(super) fn marks(document: &Document, page: &Page, fonts: &dyn Fonts) -> Vec<SealMark> {
    let mut marks = Vec::new();
    for signature in &document.signatures {
        let mut here = signature.stamps.iter().filter(|stamp| stamp.page == page.id).peekable();
        if here.peek().is_none() || marks.len() >= SEALS_MAX {
            continue;
        }
        let picture = signature.picture.as_ref().and_then(|data| picture(data, fonts));
        let mark = |stamp: &Stamp| SealMark {
            boundary: stamp.boundary,
            clip: stamp.clip,
            picture: picture.clone(),
        };
        marks.extend(here.map(mark));
    }
    marks.truncate(SEALS_MAX);
    marks
}

/// An image, or a package of one page (GB/T 38540-2020 6.1.2 leaves the format open).
fn picture(data: &Bytes, fonts: &dyn Fonts) -> Option<Picture> {
    if let Some(image) = Picture::of(data) {
        return Some(image);
    }
    let mut package = crate::read(data).ok()?.package;
    let document = package.documents.first_mut()?;
    // A seal within a seal is none.
    document.signatures.clear();
    let drawing = draw(document, document.pages.first()?, fonts).ok()?;
    let data = crate::svg::bare(&drawing).into_bytes().into();
    Some(Picture { kind: PictureKind::Svg, data })
}
