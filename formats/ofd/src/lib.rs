//! OFD (GB/T 33190-2016): read, write, text, drawing.
#![doc = include_str!("../README.md")]

mod draw;
mod error;
mod lasting;
pub mod limits;
pub mod model;
mod read;
mod run;
mod scene;
mod svg;
mod text;
mod write;
mod xml;

pub use draw::{
    ClipPath, ClipShape, Drawing, Face, Fonts, Item, ItemKind, NoFonts, Outline, Picture,
    PictureKind, SealMark, draw,
};
pub use error::{Error, Unwritable};
pub use lasting::lasting;
pub use read::{Read, read};
pub use run::{Glyph, Run};
pub use scene::{Look, Origin};
pub use svg::svg;
pub use text::{Piece, lines, pieces, text};
pub use write::{parts, write};

/// The namespace of GB/T 33190-2016.
const OFD: &str = "http://www.ofdspec.org/2016";
