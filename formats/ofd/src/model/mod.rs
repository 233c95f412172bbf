//! What an OFD package holds, the same for reading and writing.

mod about;
mod geometry;
mod object;
mod resource;

pub use about::{
    Annotation, AnnotationKind, Attachment, Info, ObjectRef, Signature, SignatureKind, Stamp, Tag,
    Tagging, Version,
};
pub use geometry::{Arc, Matrix, Point, Rect, Segment};
pub use object::{
    Cap, Clip, ClipArea, Code, Color, Content, GlyphMap, Image, Join, Object, Path, Rule, Style,
    Text, Unit,
};
pub use resource::{Charset, Composite, DrawParam, Font, Media, MediaKind};
use std::collections::BTreeMap;

/// A file's bytes, shared.
pub type Bytes = std::sync::Arc<[u8]>;

/// The number of an object, page, layer or resource; no two of a document have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Id(pub u32);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A package: one file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Package {
    /// Which profile it keeps to.
    pub profile: Profile,
    /// Its documents; nearly always one.
    pub documents: Vec<Document>,
    /// Files that are passed through by their path in the package, as those of signatures.
    pub kept: BTreeMap<String, Bytes>,
}

/// Which profile a package keeps to (`DocType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// The standard itself.
    #[default]
    Ofd,
    /// For archives.
    OfdA,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// About it.
    pub info: Info,
    /// The highest id given out (`MaxUnitID`); see [`Document::new_id`].
    pub max_id: u32,
    /// The boxes of pages that have none of their own.
    pub area: Area,
    /// Its pages.
    pub pages: Vec<Page>,
    /// Pages that others lie upon.
    pub templates: Vec<Template>,
    /// Its fonts.
    pub fonts: Vec<Font>,
    /// Its images, sounds and films.
    pub media: Vec<Media>,
    /// Its kept styles.
    pub draw_params: Vec<DrawParam>,
    /// Its kept drawings.
    pub composites: Vec<Composite>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// What its objects mean.
    pub tags: Vec<Tagging>,
    /// Where its `Signatures.xml` stands among [`Package::kept`], or none.
    pub signatures_path: Option<String>,
    /// Its signatures as they were read.
    pub signatures: Vec<Signature>,
    /// Its versions as they were read.
    pub versions: Vec<Version>,
}

impl Document {
    /// An id that nothing has yet.
    pub fn new_id(&mut self) -> Id {
        self.max_id += 1;
        Id(self.max_id)
    }

    /// Takes in a font file and gives its id.
    pub fn embed(&mut self, name: &str, data: impl Into<Bytes>) -> Id {
        let id = self.new_id();
        let data = Some(data.into());
        self.fonts.push(Font { id, name: name.to_owned(), data, ..Font::default() });
        id
    }

    /// Takes in an image file of a format, as `PNG`, and gives its id.
    pub fn image(&mut self, format: &str, data: impl Into<Bytes>) -> Id {
        let id = self.new_id();
        let (kind, format) = (MediaKind::Image, format.to_owned());
        self.media.push(Media { id, kind, format, data: data.into() });
        id
    }

    /// Adds a page of these objects, the lowest first, and gives its id.
    pub fn add_page(&mut self, objects: Vec<Object>) -> Id {
        let (id, layer) = (self.new_id(), self.new_id());
        let layers = vec![Layer { id: layer, objects, ..Layer::default() }];
        self.pages.push(Page { id, layers, ..Page::default() });
        id
    }
}

/// The boxes of a page (GB/T 33190-2016 7.5).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The paper.
    pub physical: Rect,
    /// What is shown of it.
    pub application: Option<Rect>,
    /// The type area (版心).
    pub content: Option<Rect>,
    /// What is printed beyond the cut.
    pub bleed: Option<Rect>,
}

impl Default for Area {
    fn default() -> Self {
        Self { physical: Rect::A4, application: None, content: None, bleed: None }
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Its id.
    pub id: Id,
    /// Its own boxes.
    pub area: Option<Area>,
    /// The templates it lies upon or under.
    pub templates: Vec<TemplateUse>,
    /// Its layers, the lowest first within their kind.
    pub layers: Vec<Layer>,
    /// What was put on it later.
    pub annotations: Vec<Annotation>,
}

/// A template on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateUse {
    /// The template.
    pub template: Id,
    /// Where it lies on this page; `None` is where the template itself says.
    pub order: Option<Order>,
}

/// A page that others lie upon (模板页).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// Its id.
    pub id: Id,
    /// Its name, or empty.
    pub name: String,
    /// Where it lies; below everything unless said.
    pub order: Option<Order>,
    /// Its layers.
    pub layers: Vec<Layer>,
}

/// Where a template lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Below the page.
    Background,
    /// Above the page.
    Foreground,
}

/// A layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layer {
    /// Its id.
    pub id: Id,
    /// Where it lies.
    pub kind: LayerKind,
    /// The kept style its objects go by where neither they nor theirs say anything.
    pub draw_param: Option<Id>,
    /// What is in it, the lowest first.
    pub objects: Vec<Object>,
}

/// Where a layer lies, from below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[expect(missing_docs, reason = "the standard's own words")]
pub enum LayerKind {
    Background,
    #[default]
    Body,
    Foreground,
    Custom,
}
