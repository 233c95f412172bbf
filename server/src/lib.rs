//! The cell put together: who knows whom is decided here and nowhere else.

pub mod arguments;
pub mod cell;
pub mod clock;
pub mod demonstration;
mod following;
mod fonts;
pub mod handover;
pub mod import;
pub mod lock;
mod models;
pub mod tools;
pub mod verify;
pub mod web;

/// The journal allocates in one thread and frees in another; glibc's allocator is slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
