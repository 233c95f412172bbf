//! What the tests need of the machine: installed with apt when we may, named when we may not.

use crate::shell::{has, must, program};
use std::path::Path;

/// A Debian package and the file that shows it is there.
struct Need {
    package: &'static str,
    shown_by: &'static str,
}

const FOR_TESTS: [Need; 3] = [
    Need { package: "chromium", shown_by: "/usr/bin/chromium" },
    Need { package: "fonts-noto-cjk", shown_by: "/usr/share/fonts/opentype/noto" },
    Need { package: "postgresql", shown_by: "/usr/lib/postgresql" },
];

/// Installs what the tests need and the machine lacks.
pub(crate) fn prepare_for_tests() -> Result<(), String> {
    let missing: Vec<&str> = FOR_TESTS
        .iter()
        .filter(|need| !Path::new(need.shown_by).exists())
        .map(|need| need.package)
        .collect();
    for tool in ["node", "npm", "python3"] {
        if !has(tool) {
            return Err(format!("{tool} is missing; install Node.js with npm, and python3"));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root() {
        let all = missing.join(" ");
        return Err(format!("run this once, then again: sudo apt-get install -y {all}"));
    }
    must(program("apt-get", ".").arg("update"))?;
    must(
        program("apt-get", ".")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "--no-install-recommends"])
            .args(missing),
    )
}

/// Whether we may install.
pub(crate) fn is_root() -> bool {
    let id = program("id", ".").arg("-u").output();
    id.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
