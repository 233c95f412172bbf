//! Rules for the crates' manifests: who knows whom, and where versions stand.

use super::Breach;
use super::code::PURE;
use super::source::Source;

/// The tiers in order; each knows only those before it.
const TIERS: [&str; 4] = ["formats/", "kernel/", "modules/", "server/"];

/// Crates that bring async, I/O, clock or chance with them.
const IMPURE_CRATES: [&str; 10] = [
    "axum",
    "futures-util",
    "getrandom",
    "rand",
    "reqwest",
    "rusqlite",
    "tempfile",
    "tokio",
    "tokio-postgres",
    "tracing",
];

/// A line of a manifest under its heading.
struct Entry<'a> {
    heading: &'a str,
    key: &'a str,
    line: &'a str,
}

impl Entry<'_> {
    /// Of `[dependencies]`, `[dev-dependencies]`, `[target.….dependencies]` and so on.
    fn is_dependency(&self) -> bool {
        self.heading.ends_with("dependencies")
    }
}

fn manifests(files: &[Source]) -> impl Iterator<Item = &Source> {
    files.iter().filter(|file| file.path.ends_with("/Cargo.toml"))
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut heading = "";
    let mut all = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix('[') {
            heading = rest.trim_end_matches(']');
        } else if let Some((key, _)) = line.split_once('=') {
            let key = key.trim();
            let key = key.strip_suffix(".workspace").unwrap_or(key);
            all.push(Entry { heading, key, line });
        }
    }
    all
}

fn tier(path: &str) -> Option<usize> {
    TIERS.iter().position(|folder| path.starts_with(folder))
}

fn package(file: &Source) -> Option<&str> {
    let line = file.text.lines().find_map(|line| line.strip_prefix("name = \""))?;
    Some(line.trim_end_matches('"'))
}

/// Each manifest with the name and manifest of every crate of ours that it depends on.
fn knows(files: &[Source]) -> Vec<(&Source, &str, &Source)> {
    let mut all = Vec::new();
    for file in manifests(files) {
        for entry in entries(&file.text).into_iter().filter(Entry::is_dependency) {
            let known = manifests(files).find(|other| package(other) == Some(entry.key));
            all.extend(known.map(|known| (file, entry.key, known)));
        }
    }
    all
}

pub(super) fn workspace_lints(files: &[Source]) -> Vec<Breach> {
    let opted = |file: &Source| {
        entries(&file.text).iter().any(|e| e.heading == "lints" && e.line == "workspace = true")
    };
    let lax = manifests(files).filter(|file| !opted(file));
    lax.map(|file| Breach::new(file, "lacks [lints] workspace = true")).collect()
}

pub(super) fn workspace_versions(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in manifests(files) {
        let own = entries(&file.text).into_iter().filter(|entry| {
            let listed = entry.is_dependency() && !entry.line.contains("workspace = true");
            listed || entry.heading.contains("dependencies.")
        });
        found.extend(own.map(|entry| Breach::new(file, entry.line)));
    }
    found
}

pub(super) fn no_git(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in files.iter().filter(|f| matches!(f.name(), "Cargo.toml" | "Cargo.lock")) {
        let git = file.numbered().filter(|(_, line)| {
            let words = ["git = ", "git=", "source = \"git+"];
            words.iter().any(|word| line.contains(word))
        });
        found.extend(git.map(|(number, line)| Breach::new(file, format!("line {number}: {line}"))));
    }
    found
}

pub(super) fn tiers(files: &[Source]) -> Vec<Breach> {
    let above =
        |(file, _, known): &(&Source, &str, &Source)| match (tier(&file.path), tier(&known.path)) {
            (Some(own), Some(other)) => other > own,
            (Some(_), None) => true,
            (None, _) => false,
        };
    let wrong = knows(files).into_iter().filter(above);
    wrong.map(|(file, name, _)| Breach::new(file, format!("knows {name}"))).collect()
}

/// The crates of their tier that formats may know, each those before it: what their files are made
/// of, which itself knows no format.
const SHELLS: [&str; 2] = ["formats/xml/", "formats/package/"];

fn is_shell_of(known: &Source, file: &Source) -> bool {
    let place = |one: &Source| SHELLS.iter().position(|shell| one.path.starts_with(shell));
    place(known).is_some_and(|known| place(file).is_none_or(|own| known < own))
}

/// Modules meet in processes and in published facts; formats could live alone.
pub(super) fn modules_apart(files: &[Source]) -> Vec<Breach> {
    let apart = ["formats/", "modules/"];
    let siblings = |(file, _, known): &(&Source, &str, &Source)| {
        let both = |tier: &str| file.path.starts_with(tier) && known.path.starts_with(tier);
        file.path != known.path && !is_shell_of(known, file) && apart.into_iter().any(both)
    };
    let wrong = knows(files).into_iter().filter(siblings);
    wrong.map(|(file, name, _)| Breach::new(file, format!("knows {name}"))).collect()
}

pub(super) fn pure_links(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in manifests(files) {
        if !PURE.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        let linked = entries(&file.text).into_iter().filter(|e| e.heading == "dependencies");
        let impure = linked.filter(|entry| IMPURE_CRATES.contains(&entry.key));
        found.extend(impure.map(|entry| Breach::new(file, format!("links {}", entry.key))));
    }
    found
}

/// So that `cargo xtask` starts in a second on a fresh machine.
pub(super) fn tools_alone(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in manifests(files).filter(|file| file.path == "xtask/Cargo.toml") {
        let any = entries(&file.text).into_iter().filter(Entry::is_dependency);
        found.extend(any.map(|entry| Breach::new(file, format!("links {}", entry.key))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::caught;

    /// How many breaches a project of crates has: `path: dependencies` for each.
    fn project(rule: &str, crates: &[(&str, &str)]) -> usize {
        let write = |(folder, used): &(&str, &str)| {
            let (_, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let text = format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n{used}");
            (format!("{folder}/Cargo.toml"), text)
        };
        let files: Vec<(String, String)> = crates.iter().map(write).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        caught(rule, &files).len()
    }

    #[test]
    fn a_crate_with_lints_of_its_own_is_caught() {
        let rule = "lints are the workspace's";
        assert_eq!(caught(rule, &[("a/Cargo.toml", "[package]\nname = \"a\"\n")]).len(), 1);
        assert_eq!(project(rule, &[("kernel/a", "")]), 0);
    }

    #[test]
    fn a_version_outside_the_workspace_is_caught() {
        for (bad, used) in [
            (1, "[dependencies]\nserde = \"1\""),
            (1, "[dev-dependencies]\nserde = { version = \"1\" }"),
            (1, "[dependencies.serde]\nversion = \"1\""),
            (1, "[target.'cfg(unix)'.dependencies]\nlibc = \"1\""),
            (0, "[dependencies]\nserde.workspace = true"),
            (0, "[dependencies]\nserde = { workspace = true, features = [\"rc\"] }"),
        ] {
            assert_eq!(project("versions stand once", &[("kernel/a", used)]), bad, "{used}");
        }
    }

    #[test]
    fn a_source_in_git_is_caught() {
        let git = "x = { git = \"https://example.org/x\" }";
        assert_eq!(caught("nothing comes from git", &[("Cargo.toml", git)]).len(), 1);
        let lock = "source = \"git+https://example.org/x\"";
        assert_eq!(caught("nothing comes from git", &[("Cargo.lock", lock)]).len(), 1);
    }

    #[test]
    fn a_crate_that_knows_a_tier_below_is_caught() {
        let uses = |name: &str| format!("[dependencies]\n{name}.workspace = true");
        for (bad, user, used) in [
            (1, "formats/a", "kernel/b"),
            (1, "kernel/a", "modules/b"),
            (1, "kernel/a", "server"),
            (1, "modules/a", "server"),
            (1, "kernel/a", "bench"),
            (0, "kernel/a", "formats/b"),
            (0, "kernel/a", "kernel/b"),
            (0, "modules/a", "kernel/b"),
            (0, "server", "modules/b"),
            (0, "bench", "server"),
        ] {
            let (_, name) = used.rsplit_once('/').unwrap_or(("", used));
            let crates = [(user, uses(name)), (used, String::new())];
            let crates: Vec<(&str, &str)> = crates.iter().map(|(p, t)| (*p, t.as_str())).collect();
            assert_eq!(project("tiers know only those above", &crates), bad, "{user} {used}");
        }
    }

    #[test]
    fn a_module_that_knows_a_module_is_caught_even_in_its_tests() {
        let rule = "a module knows no module";
        let used = "[dev-dependencies]\nb.workspace = true";
        assert_eq!(project(rule, &[("modules/a", used), ("modules/b", "")]), 1);
        assert_eq!(project(rule, &[("formats/a", used), ("formats/b", "")]), 1);
        assert_eq!(project(rule, &[("kernel/a", used), ("kernel/b", "")]), 0);
    }

    #[test]
    fn a_format_may_know_the_shell_of_its_files_which_knows_no_format() {
        let rule = "a module knows no module";
        let uses = |name: &str| format!("[dependencies]\n{name}.workspace = true");
        for (bad, user, used) in [
            (0, "formats/a", "formats/package"),
            (0, "formats/package", "formats/xml"),
            (1, "formats/xml", "formats/package"),
            (1, "formats/package", "formats/a"),
            (1, "formats/a", "formats/packages"),
        ] {
            let (_, name) = used.rsplit_once('/').unwrap_or(("", used));
            let crates = [(user, uses(name)), (used, String::new())];
            let crates: Vec<(&str, &str)> = crates.iter().map(|(p, t)| (*p, t.as_str())).collect();
            assert_eq!(project(rule, &crates), bad, "{user} {used}");
        }
    }

    #[test]
    fn a_pure_crate_that_links_the_world_is_caught() {
        let rule = "pure crates link nothing impure";
        assert_eq!(project(rule, &[("kernel/flow", "[dependencies]\ntokio.workspace = true")]), 1);
        assert_eq!(project(rule, &[("kernel/store", "[dependencies]\ntokio.workspace = true")]), 0);
    }

    #[test]
    fn a_dependency_of_the_tools_is_caught() {
        let rule = "the tools need only std";
        assert_eq!(project(rule, &[("xtask", "[dependencies]\nserde.workspace = true")]), 1);
    }
}
