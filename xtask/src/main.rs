//! cargo xtask run | test | bench: std only.

fn main() {}
