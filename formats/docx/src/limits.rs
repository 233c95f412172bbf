//! How much is read, and no more; each several times the largest real file that was seen.

/// Bytes of a file as it lies on the disk.
pub const PACKAGE_MAX: usize = 64 << 20;
/// Files in a package: each image is one.
pub const ENTRIES_MAX: usize = 5_000;
/// Bytes of all files of a package together, unpacked, however small the package is.
pub const UNPACKED_FREE: usize = 96 << 20;
/// How many times larger than the package all its files together may be above that.
pub const UNPACKED_RATIO: usize = 20;
/// Bytes of one file of a package, unpacked.
pub const ENTRY_MAX: usize = 64 << 20;
/// How many times larger a file may unpack, once it is above [`RATIO_FROM`]: deflate reaches 1032
/// on zeros, and Word's XML 60 in a long table.
pub const RATIO_MAX: usize = 200;
/// Bytes below which the ratio says nothing.
pub const RATIO_FROM: usize = 1 << 20;
/// Characters of a path in a package.
pub const PATH_MAX: usize = 1024;
/// Folders within each other in a path.
pub const FOLDERS_MAX: usize = 32;
/// Bytes of one XML file.
pub const XML_MAX: usize = 48 << 20;
/// Elements within each other in an XML file.
pub const DEPTH_MAX: usize = 256;
/// Elements of one XML file: 400 pages with every word a run of its own have 600,000.
pub const ELEMENTS_MAX: usize = 1_000_000;
/// Attributes of one element.
pub const ATTRIBUTES_MAX: usize = 256;
/// Paragraphs of a document, those of its tables with them.
pub const PARAGRAPHS_MAX: usize = 40_000;
/// Characters of a document.
pub const CHARACTERS_MAX: usize = 2_000_000;
/// Columns of a table.
pub const COLUMNS_MAX: usize = 100;
/// Bytes of an image that is taken over.
pub const IMAGE_MAX: usize = 20 << 20;
/// Styles that are based on each other.
pub const STYLES_DEEP_MAX: usize = 32;
/// What was left out is told by name so many times, then counted.
pub const LOST_MAX: usize = 200;
