//! The one binary: serve, import, verify, export.

fn main() {}
