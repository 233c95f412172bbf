//! Where the models that read pictures are looked for.

use std::path::PathBuf;

/// Names the folder.
const VARIABLE: &str = "LINGNAN_MODELS";
/// Where a package would put them.
const USUAL: &str = "/usr/share/lingnan/models";
/// The files, as PP-OCR calls them: which finds lines, and which reads one.
const FILES: [&str; 2] = ["ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx"];

/// Both models, of the first folder that has them.
pub(crate) fn load(given: Option<PathBuf>) -> Option<(Vec<u8>, Vec<u8>)> {
    folders(given).into_iter().find_map(|folder| {
        let [detection, recognition] = FILES.map(|file| std::fs::read(folder.join(file)).ok());
        Some((detection?, recognition?))
    })
}

/// The one that is given, or those that are named by the environment and usual.
fn folders(given: Option<PathBuf>) -> Vec<PathBuf> {
    if let Some(given) = given {
        return vec![given];
    }
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    // `cargo xtask` puts them beside the folder of this program.
    let program = std::env::current_exe().ok();
    let beside = program.and_then(|path| Some(path.parent()?.parent()?.join("models")));
    named.into_iter().chain(beside).chain([PathBuf::from(USUAL)]).collect()
}
