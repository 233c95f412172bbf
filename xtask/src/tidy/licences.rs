//! Every licence of what we link or ship is on the list.

use super::Breach;
use super::source::Source;
use crate::shell::program;
use std::collections::BTreeSet;

/// Licences under which code may be linked into the binary.
const CODE: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences of crates that are linked as they are: they bind changes to their own files only, and
/// `NOTICE.md` says where those are.
const LINKED_UNCHANGED: [&str; 1] = ["MPL-2.0"];

/// Licences that packages of the build alone may have besides.
const BUILD: [&str; 4] = ["BlueOak-1.0.0", "CC-BY-4.0", "MPL-2.0", "Python-2.0"];

/// Packages under a licence of their own that was read: bpmn-js's is MIT with the condition that
/// its mark stays in sight, which `NOTICE.md` tells.
const READ: [(&str, &str); 1] = [("node_modules/bpmn-js", "SEE LICENSE IN LICENSE")];

/// Whether a licence expression (SPDX, or the older `A/B`) can be met from the list.
fn is_met(expression: &str, list: &[&[&str]]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words, list) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, list: &[&[&str]]) -> bool {
    let mut met = all_of(words, list);
    while words.next_if_eq(&"OR").is_some() {
        // Not `||`: the words of the other choice must be read in any case.
        met |= all_of(words, list);
    }
    met
}

fn all_of(words: &mut Words<'_>, list: &[&[&str]]) -> bool {
    let mut met = single(words, list);
    while words.next_if_eq(&"AND").is_some() {
        met &= single(words, list);
    }
    met
}

fn single(words: &mut Words<'_>, list: &[&[&str]]) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let met = any_of(words, list);
        return words.next_if_eq(&")").is_some() && met;
    }
    let Some(licence) = words.next() else { return false };
    if words.next_if_eq(&"WITH").is_some() {
        // An exception only ever permits more.
        words.next();
    }
    list.iter().any(|part| part.contains(&licence))
}

/// What stands between quotes after each `key`.
fn values<'a>(text: &'a str, key: &str) -> BTreeSet<&'a str> {
    text.split(key).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

/// The licences of every crate in the lock file, as cargo tells them.
pub(super) fn crates(files: &[Source]) -> Vec<Breach> {
    let Some(lock) = files.iter().find(|file| file.path == "Cargo.lock") else {
        return Vec::new();
    };
    match metadata() {
        Ok(text) => of_metadata(lock, &text),
        Err(message) => vec![Breach::new(lock, message)],
    }
}

fn metadata() -> Result<String, String> {
    let mut metadata = program("cargo", ".");
    metadata.args(["metadata", "--format-version", "1", "--locked"]);
    let output = metadata.output().map_err(|e| format!("cargo metadata: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("cargo metadata: {}", said.trim()))
}

fn of_metadata(lock: &Source, text: &str) -> Vec<Breach> {
    let all = values(text, "\"license\":\"").into_iter();
    let unknown = all.filter(|licence| !is_met(licence, &[&CODE, &LINKED_UNCHANGED]));
    let mut found: Vec<Breach> = unknown.map(|licence| Breach::new(lock, licence)).collect();
    if text.contains("\"license\":null") {
        found.push(Breach::new(lock, "a crate names no licence"));
    }
    if !text.contains("\"license\":") {
        found.push(Breach::new(lock, "cargo metadata names no licence at all"));
    }
    found
}

/// The licences of every package in the web application's lock file; one that reaches the pages
/// is bound by the stricter list.
pub(super) fn packages(files: &[Source]) -> Vec<Breach> {
    let mut found = Vec::new();
    for lock in files.iter().filter(|file| file.name() == "package-lock.json") {
        for entry in lock.text.split("\n    \"").skip(1) {
            let only_built_with = entry.contains("\"dev\": true");
            let lists: &[&[&str]] = if only_built_with { &[&CODE, &BUILD] } else { &[&CODE] };
            let unknown = values(entry, "\"license\": \"").into_iter();
            let name = entry.split_once('"').map_or("", |(name, _)| name);
            let is_read = |licence: &str| READ.contains(&(name, licence));
            let unknown = unknown.filter(|one| !is_met(one, lists) && !is_read(one));
            found.extend(unknown.map(|licence| Breach::new(lock, format!("{name}: {licence}"))));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::caught;
    use super::*;

    #[test]
    fn an_expression_is_met_when_one_choice_is_wholly_on_the_list() {
        for (met, expression) in [
            (true, "MIT"),
            (true, "MIT/Apache-2.0"),
            (true, "GPL-3.0-only OR MIT"),
            (true, "(MIT OR Apache-2.0) AND Unicode-3.0"),
            (true, "Apache-2.0 WITH LLVM-exception OR MIT"),
            (false, "GPL-3.0-only"),
            (false, "MIT AND GPL-3.0-only"),
            (false, "(MIT OR Apache-2.0) AND AGPL-3.0-only"),
            (false, "Commons-Clause OR GPL-3.0-only"),
            (false, "(MIT"),
            (false, ""),
        ] {
            assert_eq!(is_met(expression, &[&CODE]), met, "{expression}");
        }
    }

    #[test]
    fn a_crate_under_another_licence_or_none_is_caught() {
        let lock = Source { path: "Cargo.lock".to_owned(), text: String::new() };
        for (bad, text) in [
            (0, r#"{"license":"MIT","license":"MIT OR Apache-2.0"}"#),
            (1, r#"{"license":"MIT","license":"GPL-3.0-only"}"#),
            (1, r#"{"license":"MIT","license":null}"#),
            (1, "{}"),
        ] {
            assert_eq!(of_metadata(&lock, text).len(), bad, "{text}");
        }
    }

    #[test]
    fn a_package_under_another_licence_is_caught() {
        let rule = "a package's licence is on the list";
        for (bad, name, licence, dev) in [
            (0, "x", "MIT", ""),
            (0, "x", "MPL-2.0", "\"dev\": true,"),
            (1, "x", "MPL-2.0", ""),
            (1, "x", "GPL-3.0-only", "\"dev\": true,"),
            (1, "x", "UNLICENSED", ""),
            (1, "x", "SEE LICENSE IN LICENSE", ""),
            (0, "node_modules/bpmn-js", "SEE LICENSE IN LICENSE", ""),
            (1, "node_modules/bpmn-js", "GPL-3.0-only", ""),
        ] {
            let lock = format!("{{\n    \"{name}\": {{\n{dev}\n\"license\": \"{licence}\"\n}}");
            assert_eq!(caught(rule, &[("web/package-lock.json", &lock)]).len(), bad, "{licence}");
        }
    }
}
