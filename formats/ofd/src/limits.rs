//! How much is read, and no more; each several times the largest real file that was seen.

use lingnan_package::Limits;
use lingnan_package::limits::DOCUMENT_MAX;

/// A package: a page of a book is one file.
pub const PACKAGE: Limits = Limits {
    bytes: DOCUMENT_MAX,
    files: 20_000,
    unpacked: 64 << 20,
    xml: 32 << 20,
    elements: 500_000,
};
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
