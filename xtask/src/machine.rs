//! What the tests need of the machine: installed with apt when we may, named when we may not.

use crate::postgres;
use crate::shell::{has, must, program};
use std::path::Path;

/// A Debian package and how to tell that what we need of it is there.
struct Need {
    package: &'static str,
    is_there: fn() -> bool,
}

const FOR_TESTS: [Need; 5] = [
    Need { package: "chromium", is_there: || Path::new("/usr/bin/chromium").exists() },
    Need { package: "fonts-noto-cjk", is_there: has_chinese_font },
    Need { package: "poppler-utils", is_there: || has("pdftotext") },
    Need { package: "python3-venv", is_there: has_venv },
    Need { package: "postgresql", is_there: || postgres::binaries().is_ok() },
];

/// Installs what the tests need and the machine lacks.
pub(crate) fn prepare_for_tests() -> Result<(), String> {
    for tool in ["node", "npm", "python3", "git"] {
        if !has(tool) {
            return Err(format!("{tool} is missing; install git, Node.js with npm, and python3"));
        }
    }
    install(&missing())?;
    crate::fonts::fetch()?;
    crate::models::fetch()?;
    // A package may have been installed without what we looked for in it.
    match missing().as_slice() {
        [] => Ok(()),
        still => Err(format!("installed, and yet not usable: {}", still.join(" "))),
    }
}

fn missing() -> Vec<&'static str> {
    let missing = FOR_TESTS.iter().filter(|need| !(need.is_there)());
    missing.map(|need| need.package).collect()
}

fn install(packages: &[&str]) -> Result<(), String> {
    if packages.is_empty() {
        return Ok(());
    }
    if !is_root() {
        let all = packages.join(" ");
        return Err(format!("run this once, then again: sudo apt-get install -y {all}"));
    }
    must(program("apt-get", ".").arg("update"))?;
    must(
        program("apt-get", ".")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

/// Debian's Python makes no environments without this part of it.
fn has_venv() -> bool {
    let asked = program("python3", ".").args(["-c", "import ensurepip"]).output();
    asked.is_ok_and(|output| output.status.success())
}

/// Pages without one show boxes for characters, and their widths are wrong.
fn has_chinese_font() -> bool {
    let fonts = std::fs::read_dir("/usr/share/fonts/opentype/noto").into_iter().flatten();
    let mut names = fonts.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.any(|name| name.contains("CJK"))
}

/// Whether we may install.
pub(crate) fn is_root() -> bool {
    let id = program("id", ".").arg("-u").output();
    id.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
