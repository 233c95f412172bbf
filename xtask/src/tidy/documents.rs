//! Rules for what is read: links that lead somewhere, and a map that is true.

use super::Breach;
use super::source::Source;
use std::collections::BTreeSet;

/// Clicks from README to any document.
const CLICKS_MAX: u32 = 2;

fn markdown(files: &[Source]) -> impl Iterator<Item = &Source> {
    files.iter().filter(|file| file.is("md"))
}

/// The targets of a document's links within the project, as paths from the root.
fn targets(file: &Source) -> Vec<String> {
    let pieces = file.text.split("](").skip(1);
    let raw = pieces.filter_map(|piece| Some(piece.split_once(')')?.0));
    let inside = raw.filter(|target| !target.contains("://") && !target.starts_with("mailto:"));
    let paths = inside.map(|target| target.split_once('#').map_or(target, |(path, _)| path));
    paths.filter(|path| !path.is_empty()).map(|path| joined(file.folder(), path)).collect()
}

/// `docs` and `../a/./b` give `a/b`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn is_there(files: &[Source], path: &str) -> bool {
    let below = format!("{path}/");
    files.iter().any(|file| file.path == path || file.path.starts_with(&below))
}

pub(super) fn links(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in markdown(files) {
        let lost = targets(file).into_iter().filter(|target| !is_there(files, target));
        found.extend(lost.map(|target| Breach::new(file, format!("no {target}"))));
    }
    found
}

/// Documents at the root and under `docs`; a README beside data is found with its data.
pub(super) fn reachable(files: &[Source]) -> Vec<Breach> {
    if !is_there(files, "README.md") {
        return Vec::new();
    }
    let mut seen = BTreeSet::from(["README.md".to_owned()]);
    for _ in 0..CLICKS_MAX {
        let read: Vec<&Source> = markdown(files).filter(|f| seen.contains(&f.path)).collect();
        for target in read.into_iter().flat_map(targets) {
            // A link to a folder shows its README.
            seen.insert(format!("{target}/README.md"));
            seen.insert(target);
        }
    }
    let ours = |file: &&Source| file.folder().is_empty() || file.path.starts_with("docs/");
    let lost = markdown(files).filter(ours).filter(|file| !seen.contains(&file.path));
    lost.map(|file| Breach::new(file, "more than two clicks from README")).collect()
}

/// The code map of ARCHITECTURE.md names every top folder and crate, and none that is gone.
pub(super) fn map(files: &[Source]) -> Vec<Breach> {
    let Some(file) = files.iter().find(|file| file.path == "ARCHITECTURE.md") else {
        return Vec::new();
    };
    let section = file.text.split("\n## ").find(|part| part.starts_with("Code map"));
    let Some(section) = section else { return vec![Breach::new(file, "has no Code map")] };
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let named: BTreeSet<&str> = rows.filter_map(|row| Some(row.split_once('`')?.0)).collect();
    let gone = named.iter().filter(|path| !is_there(files, path));
    let mut found: Vec<Breach> =
        gone.map(|path| Breach::new(file, format!("{path} is gone"))).collect();
    let missing = |path: &&str| {
        let below = format!("{path}/");
        !named.iter().any(|name| name == path || name.starts_with(&below))
    };
    let folders: BTreeSet<&str> = crates(files).chain(top_folders(files)).collect();
    let unnamed = folders.into_iter().filter(missing);
    found.extend(unnamed.map(|path| Breach::new(file, format!("does not name {path}"))));
    found
}

fn crates(files: &[Source]) -> impl Iterator<Item = &str> {
    files.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"))
}

fn top_folders(files: &[Source]) -> impl Iterator<Item = &str> {
    let first = files.iter().filter_map(|file| Some(file.path.split_once('/')?.0));
    first.filter(|folder| !folder.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::caught;
    use super::*;

    #[test]
    fn a_link_to_nowhere_is_caught() {
        let rule = "a link leads somewhere";
        for (bad, text) in [
            (1, "[x](nowhere.md)"),
            (1, "![x](images/none.png)"),
            (0, "[x](b.md#part) [y](../README.md) [z](#here) [w](https://example.org/)"),
            (0, "[x](deep)"),
        ] {
            let files =
                [("docs/a.md", text), ("docs/b.md", ""), ("README.md", ""), ("docs/deep/c.md", "")];
            assert_eq!(caught(rule, &files).len(), bad, "{text}");
        }
    }

    #[test]
    fn a_document_three_clicks_away_is_caught() {
        let rule = "a document is two clicks from README";
        let files = [
            ("README.md", "[a](docs/a.md)"),
            ("docs/a.md", "[b](b.md)"),
            ("docs/b.md", "[c](deep)"),
            ("docs/deep/README.md", ""),
            ("catalogue/README.md", ""),
        ];
        let found = caught(rule, &files);
        assert_eq!(found, ["docs/deep/README.md: more than two clicks from README"]);
    }

    #[test]
    fn a_map_that_lacks_a_crate_or_names_one_that_is_gone_is_caught() {
        let map = "# A\n\n## Code map\n\n| `kernel/a` | x |\n| `kernel/z` | x |\n\n## Next\n";
        let files = [
            ("ARCHITECTURE.md", map),
            ("kernel/a/Cargo.toml", ""),
            ("kernel/b/Cargo.toml", ""),
            ("web/x.ts", ""),
            (".ci/run", ""),
        ];
        assert_eq!(
            caught("the map is complete", &files),
            [
                "ARCHITECTURE.md: kernel/z is gone",
                "ARCHITECTURE.md: does not name kernel/b",
                "ARCHITECTURE.md: does not name web",
            ]
        );
    }

    #[test]
    fn paths_join() {
        assert_eq!(joined("docs/decisions", "../api.md"), "docs/api.md");
        assert_eq!(joined("", "./docs/"), "docs");
    }
}
