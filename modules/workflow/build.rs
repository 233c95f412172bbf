//! Packs `catalogue/processes` into the binary: one entry a process, its files as they stand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let own = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = own.join("../../catalogue/processes").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut out = String::from("pub(super) static FILES: &[CatalogueFile] = &[\n");
    for domain in inside(&root)?.into_iter().filter(|path| path.is_dir()) {
        println!("cargo::rerun-if-changed={}", domain.display());
        let folder = name(&domain);
        for flow in inside(&domain)?.into_iter().filter(|path| ends(path, "flow")) {
            let stem = name(&flow.with_extension(""));
            let text = |ending: &str| {
                let path = flow.with_extension(ending);
                if path.is_file() { format!("include_str!({path:?})") } else { "\"\"".to_owned() }
            };
            writeln!(
                out,
                "CatalogueFile {{ domain: {folder:?}, stem: {stem:?}, flow: {}, form: {}, \
                 scenario: {}, transcript: {} }},",
                text("flow"),
                text("form.json"),
                text("scenario"),
                text("transcript"),
            )?;
        }
    }
    out.push_str("];\n");
    let target = PathBuf::from(std::env::var("OUT_DIR")?).join("catalogue.rs");
    std::fs::write(target, out)?;
    Ok(())
}

fn inside(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    all.sort();
    Ok(all)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn ends(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}
