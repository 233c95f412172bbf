//! How much is read, and no more; each several times the largest real file that was seen.

/// What differs among formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a package as it lies on the disk, and of one of its files, unpacked.
    pub bytes: usize,
    /// Files in a package.
    pub files: usize,
    /// Bytes of all files of a package together, unpacked, however small the package is.
    pub unpacked: usize,
    /// Bytes of one XML file.
    pub xml: usize,
    /// Elements of one XML file.
    pub elements: usize,
}

impl Limits {
    /// Of one XML file.
    pub(crate) const fn of_xml(&self) -> lingnan_xml::Limits {
        lingnan_xml::Limits {
            bytes: self.xml,
            elements: self.elements,
            depth: DEPTH_MAX,
            namespaces: NAMESPACES_MAX,
        }
    }
}

/// [`Limits::bytes`] of a document: its fonts with all characters have 30 MB.
pub const DOCUMENT_MAX: usize = 64 << 20;
/// How many times larger than the package all its files together may be, above
/// [`Limits::unpacked`].
pub const UNPACKED_RATIO: usize = 20;
/// How many times larger a file may unpack, once it is above [`RATIO_FROM`]: deflate reaches 1032
/// on zeros, XML of pages 30, and Word's 60 in a long table.
pub const RATIO_MAX: usize = 200;
/// Bytes below which the ratio says nothing.
pub const RATIO_FROM: usize = 1 << 20;
/// Characters of a path in a package.
pub const PATH_MAX: usize = 1024;
/// Folders within each other in a path.
pub const FOLDERS_MAX: usize = 32;
/// Elements within each other in an XML file.
pub const DEPTH_MAX: usize = 256;
/// Namespaces that are declared at one place: Word declares forty, and a few within its drawings.
pub const NAMESPACES_MAX: usize = 128;
