//! What the typesetter may see: its template, the document's value and images, the fonts.

use crate::Error;
use crate::faces::Shelf;
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;

/// What is set.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Template {
    /// An official document.
    Gongwen,
    /// A form about one.
    Slip,
}

/// One document before the typesetter.
pub(crate) struct Desk<'a> {
    pub(crate) shelf: &'a Shelf,
    pub(crate) template: Template,
    pub(crate) data: Bytes,
    /// By the names that the data calls them.
    pub(crate) images: &'a [(String, Bytes)],
}

impl Desk<'_> {
    /// Lays the document out.
    pub(crate) fn lay_out(&self) -> Result<PagedDocument, Error> {
        let done = typst::compile::<PagedDocument>(self);
        // A family that is not there would be replaced, and a misplaced block left out, in silence.
        if let Some(warning) = done.warnings.first() {
            return Err(Error::Typst(warning.message.to_string()));
        }
        done.output.map_err(error)
    }
}

pub(crate) fn error(diagnostics: EcoVec<SourceDiagnostic>) -> Error {
    let all: Vec<String> = diagnostics.iter().map(|one| one.message.to_string()).collect();
    Error::Typst(all.join("；"))
}

fn library() -> &'static LazyHash<Library> {
    static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
}

impl Template {
    /// Parsed once.
    fn source(self) -> &'static Source {
        static GONGWEN: OnceLock<Source> = OnceLock::new();
        static SLIP: OnceLock<Source> = OnceLock::new();
        let (kept, name, text) = match self {
            Self::Gongwen => (&GONGWEN, "gongwen.typ", include_str!("gongwen.typ")),
            Self::Slip => (&SLIP, "slip.typ", include_str!("slip.typ")),
        };
        kept.get_or_init(|| {
            #[expect(clippy::expect_used, reason = "a constant name is a valid path")]
            let path = VirtualPath::new(name).expect("a plain name");
            let id = RootedPath::new(VirtualRoot::Project, path).intern();
            Source::new(id, text.to_owned())
        })
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.template.source().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.template.source();
        if id == source.id() { Ok(source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.vpath().get_without_slash();
        if name == "document.json" {
            return Ok(self.data.clone());
        }
        let image = self.images.iter().find(|(known, _)| known == name);
        image.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
