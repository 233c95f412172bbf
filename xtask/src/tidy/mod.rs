//! Tidy: the invariants of the project's shape, each a rule over its files.

mod code;
mod documents;
mod exceptions;
mod licences;
mod manifests;
mod pages;
mod source;

use exceptions::{EXCEPTIONS, Exception};
use source::{Source, all};
use std::collections::BTreeSet;

/// A place where a rule does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Breach {
    path: String,
    what: String,
}

impl Breach {
    fn new(file: &Source, what: impl Into<String>) -> Self {
        Self { path: file.path.clone(), what: what.into() }
    }
}

type Rule = (&'static str, fn(&[Source]) -> Vec<Breach>);

/// Every rule with its name.
const RULES: [Rule; 23] = [
    ("a file opens with what it is for", code::opens_with_purpose),
    ("a file has at most 500 lines", code::short_files),
    ("a line has at most 100 columns", code::short_lines),
    ("a lint is expected, not allowed", code::expect_not_allow),
    ("nothing unfinished lands", code::no_marks),
    ("pure crates are pure", code::pure),
    ("a folder has its mod.rs", code::mod_files),
    ("no test is skipped", code::no_skipped_tests),
    ("lints are the workspace's", manifests::workspace_lints),
    ("versions stand once", manifests::workspace_versions),
    ("nothing comes from git", manifests::no_git),
    ("tiers know only those above", manifests::tiers),
    ("a module knows no module", manifests::modules_apart),
    ("pure crates link nothing impure", manifests::pure_links),
    ("the tools need only std", manifests::tools_alone),
    ("a crate's licence is on the list", licences::crates),
    ("a package's licence is on the list", licences::packages),
    ("a link leads somewhere", documents::links),
    ("a document is two clicks from README", documents::reachable),
    ("the map is complete", documents::map),
    ("no value is of any type", pages::no_any),
    ("no default export", pages::no_default_export),
    ("files are in kebab-case", pages::kebab_case),
];

/// Every breach that no exception covers, and every exception that covers none.
fn findings(files: &[Source], exceptions: &[Exception]) -> Vec<String> {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for (name, rule) in RULES {
        for breach in rule(files) {
            let covers = |e: &Exception| e.rule == name && e.path == breach.path;
            match exceptions.iter().position(covers) {
                Some(place) => drop(used.insert(place)),
                None => found.push(format!("{name}: {}: {}", breach.path, breach.what)),
            }
        }
    }
    let idle = exceptions.iter().enumerate().filter(|(place, _)| !used.contains(place));
    found
        .extend(idle.map(|(_, e)| format!("not needed: exception to `{}` for {}", e.rule, e.path)));
    found
}

/// Prints what was found; an error when there is any.
pub(crate) fn report() -> Result<(), String> {
    let found = findings(&all()?, &EXCEPTIONS);
    if found.is_empty() {
        println!("tidy: {} rules hold, {} exceptions", RULES.len(), EXCEPTIONS.len());
        return Ok(());
    }
    Err(found.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the rule called `name` finds in a project of these files.
    pub(super) fn caught(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let (_, rule) = RULES.iter().find(|(known, _)| *known == name).expect("a rule's name");
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let files: Vec<Source> = files.iter().map(source).collect();
        rule(&files).into_iter().map(|breach| format!("{}: {}", breach.path, breach.what)).collect()
    }

    #[test]
    fn the_project_is_tidy() {
        assert_eq!(findings(&all().unwrap(), &EXCEPTIONS), Vec::<String>::new());
    }

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = RULES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn an_exception_covers_its_own_file_and_rule_only() {
        let file = Source { path: "a/src/b.rs".to_owned(), text: "fn a() {}\n".to_owned() };
        let rule = "a file opens with what it is for";
        let fitting = Exception { rule, path: "a/src/b.rs", reason: "" };
        assert_eq!(findings(std::slice::from_ref(&file), &[fitting]), Vec::<String>::new());
        let idle = Exception { rule, path: "a/src/c.rs", reason: "" };
        let found = findings(&[file], &[idle]);
        assert_eq!(
            found,
            [
                "a file opens with what it is for: a/src/b.rs: its first line says nothing",
                "not needed: exception to `a file opens with what it is for` for a/src/c.rs",
            ]
        );
    }
}
