//! Where the fonts of official documents are looked for.

use lingnan_typeset::{Read, Shelf};
use std::path::{Path, PathBuf};

/// Names the folders, apart by colons; the office puts its licensed fonts there.
const VARIABLE: &str = "LINGNAN_FONTS";
/// Where Debian's packages put the free fonts.
const USUAL: [&str; 4] = [
    "/usr/share/lingnan/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/fonts/truetype/lxgw-wenkai",
    "/usr/share/fonts/opentype/noto",
];

/// The fonts of these folders, or of those that are named by the environment and usual.
pub(crate) fn shelf(folders: &[PathBuf]) -> Shelf {
    let folders = self::folders(folders);
    let files = folders.iter().flat_map(|folder| files(folder));
    let reads = files.map(|path| -> Read { Box::new(move || std::fs::read(&path).ok()) });
    Shelf::new(reads.collect())
}

/// These folders, or those that are named by the environment and usual.
pub(crate) fn folders(given: &[PathBuf]) -> Vec<PathBuf> {
    if given.is_empty() { usual() } else { given.to_vec() }
}

fn usual() -> Vec<PathBuf> {
    let named = std::env::var_os(VARIABLE).unwrap_or_default();
    // `cargo xtask` puts the free fonts beside the folder of this program.
    let program = std::env::current_exe().ok();
    let beside = program.and_then(|path| Some(path.parent()?.parent()?.join("fonts")));
    let usual = USUAL.iter().map(PathBuf::from);
    std::env::split_paths(&named).chain(beside).chain(usual).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        extension.is_some_and(|e| ["otf", "ttf", "ttc", "otc"].contains(&&*e.to_lowercase()))
    });
    files.sort();
    files
}
