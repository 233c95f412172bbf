//! How much is read, and no more; each several times the largest real file that was seen.

/// Bytes of a package as it lies on the disk.
pub const PACKAGE_MAX: usize = 64 << 20;
/// Files in a package: a page of a book is one.
pub const ENTRIES_MAX: usize = 20_000;
/// Bytes of all files of a package together, unpacked, however small the package is.
pub const UNPACKED_FREE: usize = 64 << 20;
/// How many times larger than the package all its files together may be above that.
pub const UNPACKED_RATIO: usize = 20;
/// Bytes of one file of a package, unpacked: fonts with all characters have 30 MB.
pub const ENTRY_MAX: usize = 64 << 20;
/// How many times larger a file may unpack, once it is above [`RATIO_FROM`]: deflate reaches 1032
/// on zeros, and XML of pages 30.
pub const RATIO_MAX: usize = 200;
/// Bytes below which the ratio says nothing.
pub const RATIO_FROM: usize = 1 << 20;
/// Characters of a path in a package.
pub const PATH_MAX: usize = 1024;
/// Bytes of one XML file.
pub const XML_MAX: usize = 32 << 20;
/// Elements within each other in an XML file.
pub const DEPTH_MAX: usize = 256;
/// Elements of one XML file.
pub const ELEMENTS_MAX: usize = 500_000;
/// Attributes of one element.
pub const ATTRIBUTES_MAX: usize = 256;
/// Folders within each other in a path.
pub const FOLDERS_MAX: usize = 32;
/// Objects of a whole package: 400 full pages with every character an object of its own.
pub const OBJECTS_MAX: usize = 500_000;
/// Pages of a whole package.
pub const PAGES_MAX: usize = 10_000;
/// Objects that drawings within drawings show: each use counts again. A page of
/// characters one by one has 2,000.
pub const DRAWN_MAX: usize = 200_000;
/// Drawings within drawings, and groups within groups, when a page is drawn.
pub const NESTED_MAX: usize = 32;
/// Dots of one image: a page of A3 scanned at 600 to an inch has 70 million.
pub const PIXELS_MAX: u64 = 100_000_000;
