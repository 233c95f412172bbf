//! Rules for the web application that hold for every file of it.

use super::Breach;
use super::code::{lines, written};
use super::source::Source;

fn scripts(files: &[Source]) -> impl Iterator<Item = &Source> {
    written(files).filter(|file| file.path.starts_with("web/"))
}

pub(super) fn no_any(files: &[Source]) -> Vec<Breach> {
    lines(scripts(files), is_typed_any)
}

/// Whether a line gives something the type `any`, rather than speaking of any.
fn is_typed_any(line: &str) -> bool {
    if line.trim_start().starts_with(['/', '*']) {
        return false;
    }
    let mut before = String::new();
    for piece in line.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_') {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let typed = before.trim_end();
        let ends = [":", "<", "|", "&", " as", ","].iter().any(|end| typed.ends_with(end));
        let closes = piece.strip_prefix("any").is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([' ', ';', ',', ')', '>', '[', '|', '&', '='])
        });
        if word == "any" && ends && closes {
            return true;
        }
        before.push_str(piece);
    }
    false
}

pub(super) fn no_default_export(files: &[Source]) -> Vec<Breach> {
    lines(scripts(files), |line| line.starts_with("export default") || line.contains("as default "))
}

pub(super) fn kebab_case(files: &[Source]) -> Vec<Breach> {
    let folders = ["web/src/", "web/tests/", "web/e2e/", "web/drawings/"];
    let ours = files.iter().filter(|f| folders.iter().any(|folder| f.path.starts_with(folder)));
    let ours = ours.filter(|f| f.is("ts") || f.is("tsx") || f.is("css"));
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    let wrong = ours.filter(|file| !file.name().chars().all(kebab));
    wrong.map(|file| Breach::new(file, "lower case words joined by hyphens")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::caught;

    fn one(rule: &str, path: &str, text: &str) -> usize {
        caught(rule, &[(path, text)]).len()
    }

    #[test]
    fn the_type_any_is_caught_and_the_word_is_not() {
        for (bad, line) in [
            (1, "let x: any = 1;"),
            (1, "const y = x as any;"),
            (1, "Array<any>"),
            (1, "Record<string, any>"),
            (1, "f(x: any[])"),
            (0, "// for any value"),
            (0, "if (any.of(list)) return;"),
            (0, "Promise.any(all)"),
            (0, "const company: string = many;"),
        ] {
            assert_eq!(one("no value is of any type", "web/src/a.ts", line), bad, "{line}");
        }
    }

    #[test]
    fn a_default_export_is_caught() {
        let rule = "no default export";
        assert_eq!(one(rule, "web/src/a.ts", "export default function a() {}"), 1);
        assert_eq!(one(rule, "web/src/a.ts", "export { a as default };"), 1);
        assert_eq!(one(rule, "web/src/a.ts", "export function a() {}"), 0);
    }

    #[test]
    fn a_name_in_another_case_is_caught() {
        assert_eq!(one("files are in kebab-case", "web/src/ActBar.tsx", ""), 1);
        assert_eq!(one("files are in kebab-case", "web/src/act_bar.ts", ""), 1);
        assert_eq!(one("files are in kebab-case", "web/src/act-bar.test.ts", ""), 0);
    }
}
