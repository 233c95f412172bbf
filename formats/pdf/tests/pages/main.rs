//! Pages of files as other programs write them, put together by hand.

mod file;
mod named;
mod places;
