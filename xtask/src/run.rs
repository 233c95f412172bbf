//! `run`: build the web application and the server, and serve the demonstration.

use crate::flags::Flags;
use crate::fonts;
use crate::shell::{must, program, root};
use std::path::Path;
use std::time::SystemTime;

/// What the built pages are made from.
const PAGE_SOURCES: [&str; 5] =
    ["web/src", "web/public", "web/index.html", "web/vite.config.ts", "web/package-lock.json"];

/// Serves the living province on one printed address.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let flags = Flags::parse(arguments, &["--port", "--data", "--database"])?;
    flags.must_be_number("--port")?;
    // Without them everything works but the printed page, which says what is missing.
    if let Err(reason) = fonts::fetch() {
        println!("no fonts for official documents: {reason}");
    }
    build_pages()?;
    build_server()?;
    let listen = format!("127.0.0.1:{}", flags.value("--port").unwrap_or("8640"));
    let data = flags.value("--data").unwrap_or("var/demonstration");
    let mut serve = program("cargo", ".");
    serve.args(["run", "--quiet", "--package", "lingnan-server", "--", "serve", "--demo"]);
    serve.args(["--listen", &listen, "--data", data]);
    if let Some(database) = flags.value("--database") {
        serve.args(["--database", database]);
    }
    must(&mut serve)
}

/// Builds the one binary.
pub(crate) fn build_server() -> Result<(), String> {
    // The dev profile builds in a third of the time of release and serves a page in milliseconds.
    must(program("cargo", ".").args(["build", "--package", "lingnan-server"]))
}

/// Builds `web/dist` when anything it is made from is newer.
pub(crate) fn build_pages() -> Result<(), String> {
    install_packages()?;
    let built = newest(&root().join("web/dist"));
    let sources = PAGE_SOURCES.iter().filter_map(|path| newest(&root().join(path))).max();
    if built.is_some() && built >= sources {
        println!("web/dist is fresh");
        return Ok(());
    }
    must(program("npm", "web").args(["run", "build"]))
}

/// Installs the locked packages when the lock is newer than what is installed.
pub(crate) fn install_packages() -> Result<(), String> {
    // npm writes this file last, so a half-finished installation is not taken for a whole one.
    let installed = newest(&root().join("web/node_modules/.package-lock.json"));
    if installed.is_some() && installed >= newest(&root().join("web/package-lock.json")) {
        return Ok(());
    }
    must(program("npm", "web").args(["ci", "--no-audit", "--no-fund"]))
}

/// When the newest file at or below a path was written; none when there is none.
fn newest(path: &Path) -> Option<SystemTime> {
    let Ok(inside) = std::fs::read_dir(path) else {
        return path.metadata().and_then(|data| data.modified()).ok();
    };
    inside.filter_map(|entry| newest(&entry.ok()?.path())).max()
}
