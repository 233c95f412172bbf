//! `run`: build the web application and the server, and serve the demonstration.

use crate::shell::{flag, must, program, root};

/// Serves the living province on one printed address.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    build_pages()?;
    // The dev profile builds in a third of the time of release and serves a page in milliseconds.
    must(program("cargo", ".").args(["build", "--package", "lingnan-server"]))?;
    let port = flag(arguments, "--port").unwrap_or_else(|| "8640".to_owned());
    let data = flag(arguments, "--data").unwrap_or_else(|| "var/demonstration".to_owned());
    let mut serve = program("cargo", ".");
    serve.args(["run", "--quiet", "--package", "lingnan-server", "--", "serve", "--demo"]);
    serve.args(["--listen", &format!("127.0.0.1:{port}"), "--data", &data]);
    if let Some(database) = flag(arguments, "--database") {
        serve.args(["--database", &database]);
    }
    must(&mut serve)
}

/// Installs the locked packages and builds `web/dist`.
pub(crate) fn build_pages() -> Result<(), String> {
    if !root().join("web/node_modules/.package-lock.json").exists() {
        must(program("npm", "web").args(["ci", "--no-audit", "--no-fund"]))?;
    }
    must(program("npm", "web").args(["run", "build"]))
}
