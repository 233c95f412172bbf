//! The project's files, as git knows them.

use crate::shell::{program, root};

/// A text file.
pub(crate) struct Source {
    /// Its path from the root.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }
}

/// Every text file that is tracked or would be.
pub(crate) fn all() -> Result<Vec<Source>, String> {
    let mut list = program("git", ".");
    list.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let output = list.output().map_err(|e| format!("git ls-files: {e}"))?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |path: &str| {
        let text = std::fs::read_to_string(root().join(path)).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    Ok(names.lines().filter_map(read).collect())
}
