//! The free fonts of official documents, taken out of Debian's packages without installing what
//! those depend on: Fandol's comes with the whole of TeX otherwise.

use crate::machine::is_root;
use crate::shell::{must, program, root};
use std::path::{Path, PathBuf};

/// Where the server looks for them, beside its own folder.
const FOLDER: &str = "target/fonts";

/// Where packages are unpacked.
const SCRATCH: &str = "target/fonts.packages";

/// A package and the files that are taken out of it.
struct Package {
    name: &'static str,
    within: &'static str,
    files: &'static [&'static str],
}

const PACKAGES: [Package; 2] = [
    Package {
        name: "texlive-lang-chinese",
        within: "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
        files: &[
            "FandolFang-Regular.otf",
            "FandolHei-Regular.otf",
            "FandolKai-Regular.otf",
            "FandolSong-Bold.otf",
            "FandolSong-Regular.otf",
        ],
    },
    Package {
        name: "fonts-lxgw-wenkai",
        within: "usr/share/fonts/truetype/lxgw-wenkai",
        files: &["LXGWWenKai-Regular.ttf"],
    },
];

/// Fetches the fonts that are not there yet.
pub(crate) fn fetch() -> Result<(), String> {
    let folder = root().join(FOLDER);
    let lacking = |package: &&Package| package.files.iter().any(|file| !folder.join(file).exists());
    let lacking: Vec<&Package> = PACKAGES.iter().filter(lacking).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    if is_root() {
        must(program("apt-get", ".").arg("update"))?;
    }
    let scratch = root().join(SCRATCH);
    let told = |error: std::io::Error| format!("fetching fonts: {error}");
    std::fs::create_dir_all(&scratch).map_err(told)?;
    std::fs::create_dir_all(&folder).map_err(told)?;
    for package in lacking {
        must(program("apt-get", SCRATCH).args(["download", package.name]))?;
        let archive = archive(&scratch, package.name)?;
        must(program("dpkg-deb", ".").arg("-x").arg(&archive).arg(&scratch))?;
        for file in package.files {
            let from = scratch.join(package.within).join(file);
            std::fs::copy(&from, folder.join(file))
                .map_err(|error| format!("{}: {error}", from.display()))?;
        }
    }
    std::fs::remove_dir_all(&scratch).map_err(told)
}

fn archive(folder: &Path, package: &str) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut archives = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(&format!("{package}_")) && name.ends_with(".deb")
    });
    archives.next().ok_or_else(|| format!("apt-get did not bring {package}"))
}
