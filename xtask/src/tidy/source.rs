//! The project's files, as git knows them.

use crate::shell::{program, root};

/// A file; its text is empty when it is not text.
pub(super) struct Source {
    /// Its path from the root.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

impl Source {
    pub(super) fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// The folder it is in, empty at the root.
    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its name without the folder.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }

    /// Its lines with their numbers, from 1.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (u32, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// Every file that is tracked or would be.
pub(super) fn all() -> Result<Vec<Source>, String> {
    let mut list = program("git", ".");
    list.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = list.output().map_err(|e| format!("git ls-files: {e}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("git ls-files: {said}"));
    }
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |path: &str| {
        // A file that is tracked and gone is a deletion about to be committed.
        let bytes = std::fs::read(root().join(path)).ok()?;
        Some(Source { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() })
    };
    Ok(names.split('\0').filter(|name| !name.is_empty()).filter_map(read).collect())
}
