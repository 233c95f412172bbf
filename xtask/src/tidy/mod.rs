//! Tidy: the invariants of the project's shape, each a rule over its files.

mod rules;
mod source;

use rules::RULES;
use source::{Source, all};

/// Every breach of every rule.
fn breaches(files: &[Source]) -> Vec<String> {
    RULES
        .iter()
        .flat_map(|(name, rule)| {
            let found = rule(files);
            found.into_iter().map(move |breach| format!("{name}: {breach}"))
        })
        .collect()
}

/// Prints the breaches; an error when there are any.
pub(crate) fn report() -> Result<(), String> {
    let found = breaches(&all()?);
    if found.is_empty() {
        println!("tidy: {} rules hold", RULES.len());
        return Ok(());
    }
    Err(found.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_tidy() {
        assert_eq!(breaches(&all().unwrap()), Vec::<String>::new());
    }

    #[test]
    fn every_rule_catches_what_it_is_for() {
        let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let long = "x".repeat(101);
        let many = "//! A.\n".repeat(501);
        let manifest = "[package]\nname = \"x\"\n[dependencies]\nserde = \"1\"\n";
        for (rule, bad) in [
            ("opens with //!", file("a/src/b.rs", "fn main() {}")),
            ("at most 500 lines", file("a/src/b.rs", &many)),
            ("at most 100 columns", file("a/src/b.rs", &format!("//! A.\n{long}"))),
            ("no allow", file("a/src/b.rs", "//! A.\n#[allow(dead_code)]\n")),
            ("no unfinished marks", file("a/src/b.rs", concat!("//! A.\n// TO", "DO later\n"))),
            ("pure crates are pure", file("kernel/flow/src/b.rs", "//! A.\nuse std::fs;\n")),
            ("mod.rs for folders", file("a/src/b/c.rs", "//! A.\n")),
            ("lints are the workspace's", file("a/Cargo.toml", manifest)),
            ("versions stand once", file("a/Cargo.toml", manifest)),
            ("no git dependencies", file("Cargo.toml", "x = { git = \"https://x\" }")),
            (
                "tiers know only those above",
                file("modules/a/Cargo.toml", "name = \"lingnan-a\"\nlingnan-b.workspace = true\n"),
            ),
            ("links lead somewhere", file("docs/a.md", "[x](nowhere.md)")),
        ] {
            let found = breaches(&[bad]);
            assert!(found.iter().any(|breach| breach.starts_with(rule)), "{rule}: {found:?}");
        }
    }
}
