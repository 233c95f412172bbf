//! The rules. Each takes all files and names what breaks it.

use super::source::Source;
use crate::shell::root;
use std::collections::BTreeSet;

type Rule = fn(&[Source]) -> Vec<String>;

/// Every rule with its name.
pub(crate) const RULES: [(&str, Rule); 14] = [
    ("opens with //!", opens_with_doc),
    ("at most 500 lines", short_files),
    ("at most 100 columns", short_lines),
    ("no allow", no_allow),
    ("no unfinished marks", no_marks),
    ("pure crates are pure", pure),
    ("mod.rs for folders", mod_files),
    ("lints are the workspace's", workspace_lints),
    ("versions stand once", workspace_versions),
    ("no git dependencies", no_git),
    ("tiers know only those above", tiers),
    ("links lead somewhere", links),
    ("the map is complete", map),
    ("licences are on the list", licences),
];

/// Crates without async, I/O, clock and chance.
const PURE: [&str; 5] =
    ["formats/", "kernel/base/", "kernel/journal/", "kernel/flow/", "kernel/directory/"];
/// What a pure crate may not name.
const IMPURE: [&str; 9] = [
    "tokio",
    "async fn",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "getrandom",
];
/// Licences that may be linked.
const LICENCES: [&str; 14] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "BSL-1.0",
    "MIT-0",
    "LLVM-exception",
    "LGPL-2.1-or-later",
];

fn rust(files: &[Source]) -> impl Iterator<Item = &Source> {
    files.iter().filter(|file| file.is("rs"))
}

fn code(files: &[Source]) -> impl Iterator<Item = &Source> {
    let generated = |file: &&Source| file.path == "web/src/api/schema.ts";
    files.iter().filter(|f| f.is("rs") || f.is("ts") || f.is("tsx")).filter(move |f| !generated(f))
}

fn manifests(files: &[Source]) -> impl Iterator<Item = &Source> {
    files.iter().filter(|file| file.path.ends_with("/Cargo.toml"))
}

fn opens_with_doc(files: &[Source]) -> Vec<String> {
    let script = |text: &str| text.starts_with("//") || text.starts_with("/*");
    let opens = |file: &&Source| {
        if file.is("rs") { file.text.starts_with("//!") } else { script(&file.text) }
    };
    code(files).filter(|file| !opens(file)).map(|file| file.path.clone()).collect()
}

fn short_files(files: &[Source]) -> Vec<String> {
    let count = |file: &Source| file.text.lines().count();
    let long = code(files).filter(|file| count(file) > 500);
    long.map(|file| format!("{} has {}", file.path, count(file))).collect()
}

fn short_lines(files: &[Source]) -> Vec<String> {
    // Chinese characters are two columns wide on screen but one character each.
    let long = |line: &str| line.chars().count() > 100 && !line.contains("http");
    numbered(rust(files), long)
}

fn numbered<'a>(
    files: impl Iterator<Item = &'a Source>,
    wrong: impl Fn(&str) -> bool,
) -> Vec<String> {
    files
        .flat_map(|file| (1..).zip(file.text.lines()).map(move |(n, line)| (file, n, line)))
        .filter(|(_, _, line)| wrong(line))
        .map(|(file, number, _): (&Source, u32, &str)| format!("{}:{number}", file.path))
        .collect()
}

fn is_rules(file: &&Source) -> bool {
    file.path.starts_with("xtask/src/tidy/")
}

fn no_allow(files: &[Source]) -> Vec<String> {
    let own = rust(files).filter(|file| !is_rules(file));
    numbered(own, |line| line.contains("#[allow") || line.contains("#![allow"))
}

fn no_marks(files: &[Source]) -> Vec<String> {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
    let own = code(files).filter(|file| !is_rules(file));
    numbered(own, |line| marks.iter().any(|mark| line.contains(mark)))
}

fn pure(files: &[Source]) -> Vec<String> {
    let own = |file: &&Source| {
        PURE.iter().any(|tier| file.path.starts_with(tier)) && !file.path.contains("/tests/")
    };
    let mentions = |line: &str| {
        let comment = line.trim_start().starts_with("//");
        !comment && IMPURE.iter().any(|word| line.contains(word))
    };
    numbered(rust(files).filter(own), mentions)
}

/// A folder below `src` with Rust files has a `mod.rs`, and no file beside it of its name.
fn mod_files(files: &[Source]) -> Vec<String> {
    let paths: BTreeSet<&str> = rust(files).map(|file| file.path.as_str()).collect();
    let mut wrong = BTreeSet::new();
    for path in &paths {
        let Some((folder, _)) = path.rsplit_once('/') else { continue };
        let below = folder.contains("/src/") && !folder.ends_with("/bin");
        if below && !paths.contains(format!("{folder}/mod.rs").as_str()) {
            wrong.insert(format!("{folder} has no mod.rs"));
        }
    }
    wrong.into_iter().collect()
}

fn workspace_lints(files: &[Source]) -> Vec<String> {
    let good = |file: &&Source| file.text.contains("[lints]\nworkspace = true");
    manifests(files).filter(|file| !good(file)).map(|file| file.path.clone()).collect()
}

fn workspace_versions(files: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in manifests(files) {
        let mut dependencies = false;
        for line in file.text.lines() {
            if line.starts_with('[') {
                dependencies = line.contains("dependencies]");
            } else if dependencies && line.contains('=') && !line.contains("workspace = true") {
                wrong.push(format!("{}: {line}", file.path));
            }
        }
    }
    wrong
}

fn no_git(files: &[Source]) -> Vec<String> {
    let manifests = files.iter().filter(|file| file.path.ends_with("Cargo.toml"));
    numbered(manifests, |line| line.contains("git = "))
}

/// The folders in order; each may name crates only of those before it, and a module no module.
fn tiers(files: &[Source]) -> Vec<String> {
    let order = ["formats/", "kernel/", "modules/", "server/"];
    let tier = |path: &str| order.iter().position(|folder| path.starts_with(folder));
    let name = |file: &Source| {
        let line = file.text.lines().find_map(|line| line.strip_prefix("name = \"lingnan-"));
        line.map(|rest| rest.trim_end_matches('"').to_owned())
    };
    let homes: Vec<(String, usize)> =
        manifests(files).filter_map(|file| Some((name(file)?, tier(&file.path)?))).collect();
    let mut wrong = Vec::new();
    for file in manifests(files) {
        let (Some(own), Some(own_name)) = (tier(&file.path), name(file)) else { continue };
        let (body, _) = file.text.split_once("[dev-dependencies]").unwrap_or((&file.text, ""));
        for line in body.lines().filter_map(|line| line.strip_prefix("lingnan-")) {
            let Some((used, _)) = line.split_once('.') else { continue };
            let home = homes.iter().find(|(name, _)| name == used).map(|(_, home)| *home);
            let unknown = home.is_none() && own == 2;
            let sibling = home == Some(own) && matches!(own, 0 | 2);
            if used != own_name && (unknown || sibling || home.is_some_and(|home| home > own)) {
                wrong.push(format!("{own_name} knows {used}"));
            }
        }
    }
    wrong
}

fn links(files: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| file.is("md")) {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for piece in file.text.split("](").skip(1) {
            let Some((target, _)) = piece.split_once(')') else { continue };
            let (target, _) = target.split_once('#').unwrap_or((target, ""));
            if target.is_empty() || target.contains("://") {
                continue;
            }
            if !root().join(folder).join(target).exists() {
                wrong.push(format!("{}: {target}", file.path));
            }
        }
    }
    wrong
}

/// ARCHITECTURE.md names every crate's folder.
fn map(files: &[Source]) -> Vec<String> {
    let Some(architecture) = files.iter().find(|file| file.path == "ARCHITECTURE.md") else {
        return Vec::new();
    };
    let folder = |file: &Source| file.path.trim_end_matches("/Cargo.toml").to_owned();
    let all = manifests(files).map(folder);
    all.filter(|folder| !architecture.text.contains(&format!("`{folder}`"))).collect()
}

/// Every linked crate's licence, as cargo tells it, offers one that is on the list.
fn licences(files: &[Source]) -> Vec<String> {
    if !files.iter().any(|file| file.path == "Cargo.lock") {
        return Vec::new();
    }
    let mut metadata = crate::shell::program("cargo", ".");
    metadata.args(["metadata", "--format-version", "1", "--locked", "--offline"]);
    let Ok(output) = metadata.output() else { return vec!["cargo metadata".to_owned()] };
    let text = String::from_utf8_lossy(&output.stdout);
    let mut wrong = BTreeSet::new();
    for piece in text.split("\"license\":\"").skip(1) {
        let Some((licence, _)) = piece.split_once('"') else { continue };
        let words = licence.split(['/', ' ', '(', ')']).filter(|word| !word.is_empty());
        if !words.clone().any(|word| LICENCES.contains(&word)) {
            wrong.insert(licence.to_owned());
        }
    }
    wrong.into_iter().collect()
}
