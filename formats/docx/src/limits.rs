//! How much is read, and no more; each several times the largest real file that was seen.

use lingnan_package::Limits;
use lingnan_package::limits::DOCUMENT_MAX;

/// A package: each image is one file, and 400 pages with every word a run of its own have 600,000
/// elements.
pub const PACKAGE: Limits = Limits {
    bytes: DOCUMENT_MAX,
    files: 5_000,
    unpacked: 96 << 20,
    xml: 48 << 20,
    elements: 1_000_000,
};
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
