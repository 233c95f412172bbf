//! Rules for source files.

use super::Breach;
use super::source::Source;
use std::collections::BTreeSet;

/// Crates without async, I/O, clock and chance.
pub(super) const PURE: [&str; 11] = [
    "formats/",
    "kernel/base/",
    "kernel/journal/",
    "kernel/flow/",
    "kernel/exchange/",
    "kernel/directory/",
    "kernel/forms/",
    "kernel/handlers/",
    "kernel/ocr/",
    "kernel/typeset/",
    "kernel/word/",
];

/// What a pure crate may not name.
const IMPURE: [&str; 14] = [
    "async fn",
    "async move",
    ".await",
    "tokio",
    "getrandom",
    "rand::",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
];

/// What marks unfinished work; written so that this file does not hold them.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// How a lint is silenced without a promise.
const ALLOW: [&str; 2] = [concat!("#[al", "low"), concat!("#![al", "low")];

/// How a test is left out, in Rust and in TypeScript.
const SKIPS: [&str; 6] = [
    concat!("#[ig", "nore"),
    concat!("test.sk", "ip"),
    concat!("it.sk", "ip"),
    concat!("describe.sk", "ip"),
    concat!(".on", "ly("),
    concat!(".fix", "me("),
];

const LINES_MAX: usize = 500;
const COLUMNS_MAX: usize = 100;

/// Made from the OpenAPI document and never edited.
const GENERATED: [&str; 1] = ["web/src/api/schema.ts"];

fn rust(files: &[Source]) -> impl Iterator<Item = &Source> {
    files.iter().filter(|file| file.is("rs"))
}

/// What people write: Rust and TypeScript.
pub(super) fn written(files: &[Source]) -> impl Iterator<Item = &Source> {
    let code = files.iter().filter(|f| f.is("rs") || f.is("ts") || f.is("tsx"));
    code.filter(|file| !GENERATED.contains(&file.path.as_str()))
}

/// A breach for every line that is wrong.
pub(super) fn lines<'a>(
    files: impl Iterator<Item = &'a Source>,
    wrong: impl Fn(&str) -> bool,
) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in files {
        let bad = file.numbered().filter(|(_, line)| wrong(line));
        found.extend(
            bad.map(|(number, line)| Breach::new(file, format!("line {number}: {}", line.trim()))),
        );
    }
    found
}

fn holds_any(words: &'static [&str]) -> impl Fn(&str) -> bool {
    |line| words.iter().any(|word| line.contains(word))
}

pub(super) fn opens_with_purpose(files: &[Source]) -> Vec<Breach> {
    let opens = |file: &Source| {
        let mut first = file.text.lines().take(2);
        let openings: &[&str] = if file.is("rs") { &["//!"] } else { &["//", "/**"] };
        let Some(line) = first.next() else { return false };
        let rest = openings.iter().find_map(|opening| line.strip_prefix(opening));
        // A block comment may say it on its second line.
        rest.is_some_and(|rest| !rest.trim().is_empty())
            || (line == "/**" && first.next().is_some_and(|line| line.trim() != "*/"))
    };
    let silent = written(files).filter(|file| !opens(file));
    silent.map(|file| Breach::new(file, "its first line says nothing")).collect()
}

pub(super) fn short_files(files: &[Source]) -> Vec<Breach> {
    let long = written(files).map(|file| (file, file.text.lines().count()));
    let long = long.filter(|(_, count)| *count > LINES_MAX);
    long.map(|(file, count)| Breach::new(file, format!("has {count} lines"))).collect()
}

pub(super) fn short_lines(files: &[Source]) -> Vec<Breach> {
    // A web address cannot be broken.
    lines(rust(files), |line| line.chars().count() > COLUMNS_MAX && !line.contains("http"))
}

pub(super) fn expect_not_allow(files: &[Source]) -> Vec<Breach> {
    lines(rust(files), holds_any(&ALLOW))
}

pub(super) fn no_marks(files: &[Source]) -> Vec<Breach> {
    lines(written(files), holds_any(&MARKS))
}

pub(super) fn no_skipped_tests(files: &[Source]) -> Vec<Breach> {
    lines(written(files), holds_any(&SKIPS))
}

/// Tests may read files; what is linked may not.
pub(super) fn pure(files: &[Source]) -> Vec<Breach> {
    let pure = |file: &&Source| PURE.iter().any(|folder| file.path.starts_with(folder));
    let linked = rust(files).filter(pure).filter(|file| !file.path.contains("/tests/"));
    lines(linked, |line| !line.trim_start().starts_with("//") && holds_any(&IMPURE)(line))
}

/// A folder below `src` with Rust files has a `mod.rs`; `bin` holds programs, not modules.
pub(super) fn mod_files(files: &[Source]) -> Vec<Breach> {
    let paths: BTreeSet<&str> = rust(files).map(|file| file.path.as_str()).collect();
    let lacks = |file: &&Source| {
        let folder = file.folder();
        let inner = folder.contains("/src/") && !folder.ends_with("/bin");
        inner && !paths.contains(format!("{folder}/mod.rs").as_str())
    };
    let lacking = rust(files).filter(lacks);
    lacking.map(|file| Breach::new(file, "its folder has no mod.rs")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::caught;
    use super::*;

    fn one(rule: &str, path: &str, text: &str) -> usize {
        caught(rule, &[(path, text)]).len()
    }

    #[test]
    fn a_silent_first_line_is_caught() {
        let rule = "a file opens with what it is for";
        assert_eq!(one(rule, "a/src/b.rs", "fn a() {}"), 1);
        assert_eq!(one(rule, "a/src/b.rs", "//!\nfn a() {}"), 1);
        assert_eq!(one(rule, "a/src/b.rs", ""), 1);
        assert_eq!(one(rule, "web/src/b.tsx", "import x"), 1);
        assert_eq!(one(rule, "a/src/b.rs", "//! Adds.\n"), 0);
        assert_eq!(one(rule, "web/src/b.tsx", "/** Adds. */"), 0);
        assert_eq!(one(rule, "web/src/b.tsx", "/**\n * Adds.\n */"), 0);
        assert_eq!(one(rule, "web/src/api/schema.ts", "export {}"), 0);
    }

    #[test]
    fn a_long_file_and_a_long_line_are_caught() {
        assert_eq!(one("a file has at most 500 lines", "a/b.rs", &"//! A.\n".repeat(501)), 1);
        assert_eq!(one("a file has at most 500 lines", "a/b.rs", &"//! A.\n".repeat(500)), 0);
        assert_eq!(one("a line has at most 100 columns", "a/b.rs", &"x".repeat(101)), 1);
        assert_eq!(one("a line has at most 100 columns", "a/b.rs", &"公".repeat(100)), 0);
    }

    #[test]
    fn a_silenced_lint_an_unfinished_mark_and_a_skipped_test_are_caught() {
        for line in ALLOW {
            assert_eq!(one("a lint is expected, not allowed", "a/b.rs", line), 1, "{line}");
        }
        for line in MARKS {
            assert_eq!(one("nothing unfinished lands", "web/src/b.ts", line), 1, "{line}");
        }
        for line in SKIPS {
            assert_eq!(one("no test is skipped", "web/e2e/b.ts", line), 1, "{line}");
        }
    }

    #[test]
    fn a_pure_crate_that_asks_the_world_is_caught() {
        for line in IMPURE {
            assert_eq!(one("pure crates are pure", "kernel/flow/src/b.rs", line), 1, "{line}");
            assert_eq!(one("pure crates are pure", "formats/ofd/src/b.rs", line), 1, "{line}");
            assert_eq!(one("pure crates are pure", "kernel/store/src/b.rs", line), 0, "{line}");
        }
        assert_eq!(one("pure crates are pure", "kernel/flow/src/b.rs", "// std::fs"), 0);
        assert_eq!(one("pure crates are pure", "kernel/flow/tests/b.rs", "std::fs"), 0);
    }

    #[test]
    fn a_folder_without_its_mod_file_is_caught() {
        assert_eq!(one("a folder has its mod.rs", "a/src/b/c.rs", ""), 1);
        assert_eq!(one("a folder has its mod.rs", "a/src/bin/c.rs", ""), 0);
        let both = [("a/src/b/mod.rs", ""), ("a/src/b/c.rs", "")];
        assert_eq!(caught("a folder has its mod.rs", &both).len(), 0);
    }
}
