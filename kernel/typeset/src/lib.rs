//! The page of an official document: one layout by typst, as PDF and as OFD.
//!
//! [`Press::print`] sets a [`Gongwen`] by GB/T 9704-2012 and exports the very same frames twice.
//! It reads no file and no clock: fonts come from a [`Shelf`], dates from the document.

mod arrange;
mod divide;
mod faces;
mod measure;
mod ofd;
mod plan;
mod report;
mod slip;
mod subset;
mod walk;
mod world;

pub use faces::{Face, Read, Shelf};
pub use measure::{Unmeasured, sheets};

use arrange::Arranged;
use lingnan_gongwen::{Fault, Gongwen, Report, Slip};

/// Sets documents; keeps its fonts between them.
#[derive(Debug)]
pub struct Press {
    shelf: Shelf,
}

/// A document in print.
#[derive(Debug)]
pub struct Printed {
    /// PDF/A-2u, tagged.
    pub pdf: Vec<u8>,
    /// OFD with the fonts' subsets, and a tag for each element.
    pub ofd: Vec<u8>,
    /// What the editor and the archive should know of it.
    pub report: Report,
}

/// Why a document was not set.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The value itself is at fault.
    #[error("公文要素不合规：{}", list(.0))]
    Faults(Vec<Fault>),
    /// A face has no font.
    #[error("没有{}可用的字体，不能排版；请安装字体，或在配置中指明字体目录", .0.name())]
    NoFont(Face),
    /// An image that is not PNG or JPEG, or larger than is set.
    #[error("第 {0} 幅图片不能排版：只收 PNG、JPEG，且不超过 4000 万像素")]
    Image(usize),
    /// The package could not be written.
    #[error("版式文件不能写出：{0}")]
    Ofd(String),
    /// The typesetter gave up.
    #[error("排版失败：{0}")]
    Typst(String),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("；")
}

impl Press {
    /// A press with these fonts.
    ///
    /// # Errors
    /// When a face has no font at all.
    pub fn new(shelf: Shelf) -> Result<Self, Error> {
        match shelf.lacking().first() {
            Some(face) => Err(Error::NoFont(*face)),
            None => Ok(Self { shelf }),
        }
    }

    /// Sets a document.
    ///
    /// A character that no font has is set as 〓 and named in the report.
    ///
    /// # Errors
    /// When the document's value is at fault or cannot be set.
    pub fn print(&self, document: &Gongwen) -> Result<Printed, Error> {
        document.check().map_err(Error::Faults)?;
        let arranged = arrange::arrange(&self.shelf, document)?;
        let pdf = pdf(&arranged)?;
        let ofd = ofd::package(document, &arranged)?;
        let report = report::of(&self.shelf, &arranged);
        typst::comemo::evict(KEPT);
        Ok(Printed { pdf, ofd, report })
    }

    /// Sets a form about a document, as PDF/A-2u.
    ///
    /// # Errors
    /// When the form's value is at fault or cannot be set.
    pub fn print_slip(&self, slip: &Slip) -> Result<Vec<u8>, Error> {
        let pdf = slip::print(&self.shelf, slip);
        typst::comemo::evict(KEPT);
        pdf
    }
}

/// Documents for which the layout's intermediate results are kept: ten of 256 pages take 1.8 GB,
/// and no other document is set sooner for them.
const KEPT: usize = 0;

fn pdf(arranged: &Arranged) -> Result<Vec<u8>, Error> {
    typst_pdf::pdf(&arranged.document, &standards()?).map_err(world::error)
}

fn standards() -> Result<typst_pdf::PdfOptions, Error> {
    let standards = typst_pdf::PdfStandards::new(&[typst_pdf::PdfStandard::A_2u]);
    Ok(typst_pdf::PdfOptions {
        creator: typst::foundations::Smart::Custom(Some("Lingnan 岭南".to_owned())),
        standards: standards.map_err(|error| Error::Typst(error.message().to_string()))?,
        ..typst_pdf::PdfOptions::default()
    })
}
