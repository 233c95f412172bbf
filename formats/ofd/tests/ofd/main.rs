//! OFD, read, written, drawn, and refused.

mod attacks;
mod build;
mod drawing;
mod laws;
mod lenient;
mod order;
mod samples;

/// A file beside the tests.
fn file(path: &str) -> Vec<u8> {
    let path = format!("{}/tests/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A sample by its name.
fn sample(name: &str) -> Vec<u8> {
    file(&format!("samples/{name}"))
}

/// The names of all samples.
fn samples() -> Vec<String> {
    let folder = format!("{}/tests/samples", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
