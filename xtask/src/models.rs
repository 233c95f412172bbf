//! The models that read pictures, taken out of a Python package without what that depends on: the
//! package is the one place of registries where they are published with a digest.

use crate::shell::{must, program, root};
use std::process::Command;

/// Where the server looks for them, beside its own folder.
const FOLDER: &str = "target/models";

/// Where the package is unpacked.
const SCRATCH: &str = "target/models.packages";

/// The package, by its version and SHA-256.
const PACKAGE: &str = "rapidocr_onnxruntime==1.4.4 \
    --hash=sha256:971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf\n";

/// Its file.
const WHEEL: &str = "rapidocr_onnxruntime-1.4.4-py3-none-any.whl";

/// The models that are taken out of it: of PP-OCRv4, which finds lines, and which reads one.
const FILES: [&str; 2] = ["ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx"];

/// Fetches the models that are not there yet.
pub(crate) fn fetch() -> Result<(), String> {
    let folder = root().join(FOLDER);
    if FILES.iter().all(|file| folder.join(file).exists()) {
        return Ok(());
    }
    let scratch = root().join(SCRATCH);
    let told = |error: std::io::Error| format!("fetching models: {error}");
    std::fs::create_dir_all(&scratch).map_err(told)?;
    std::fs::create_dir_all(&folder).map_err(told)?;
    std::fs::write(scratch.join("wanted.txt"), PACKAGE).map_err(told)?;
    // Debian's Python has no pip of its own.
    must(program("python3", SCRATCH).args(["-m", "venv", "python"]))?;
    let mut pip = Command::new(scratch.join("python/bin/python"));
    pip.current_dir(&scratch).args(["-m", "pip", "download", "--quiet", "--no-deps"]);
    must(pip.args(["--only-binary", ":all:", "--require-hashes", "-r", "wanted.txt"]))?;
    must(program("python3", SCRATCH).args(["-m", "zipfile", "-e", WHEEL, "unpacked"]))?;
    for file in FILES {
        let from = scratch.join("unpacked/rapidocr_onnxruntime/models").join(file);
        std::fs::copy(&from, folder.join(file))
            .map_err(|error| format!("{}: {error}", from.display()))?;
    }
    std::fs::remove_dir_all(&scratch).map_err(told)
}
