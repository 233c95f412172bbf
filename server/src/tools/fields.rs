//! Which fields a process text names, and where.

use lingnan_forms::Form;

/// A field, and where its name begins, both from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) field: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Clauses whose fields stand without `form.`.
const CLAUSES: [&str; 4] = ["write", "require", "hide", "unless"];

/// What can stand in the name of a field.
fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '·')
}

/// Every field that is named in a text that reads, in order.
pub(super) fn named(text: &str) -> Vec<Named<'_>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
    lines.flat_map(|(number, line)| in_line(line, number.saturating_add(1))).collect()
}

fn in_line(line: &str, number: usize) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut column) = (line, 1);
    // Of the word before: whether it opens a list of fields.
    let mut lists = false;
    while let Some(first) = rest.chars().next() {
        let taken = if first == '"' {
            lists = false;
            quoted(rest)
        } else if is_name(first) {
            let word = split(rest, |c| !is_name(c));
            if lists {
                found.push(Named { field: word, line: number, column });
                let after = rest.strip_prefix(word).unwrap_or_default();
                lists = after.starts_with(',');
                word
            } else if word == "form" && rest.starts_with("form.") {
                let after = rest.strip_prefix("form.").unwrap_or_default();
                let field = split(after, |c| !is_name(c));
                found.push(Named { field, line: number, column: column.saturating_add(5) });
                split_at_length(rest, field.len().saturating_add(5))
            } else {
                lists = CLAUSES.contains(&word);
                word
            }
        } else {
            // What stands behind `when` is an expression, where these words mean nothing.
            lists &= first == ' ' || first == ',';
            split_at_length(rest, first.len_utf8())
        };
        column = column.saturating_add(taken.chars().count());
        rest = rest.strip_prefix(taken).unwrap_or_default();
    }
    found
}

fn split(text: &str, ends: impl Fn(char) -> bool) -> &str {
    split_at_length(text, text.find(ends).unwrap_or(text.len()))
}

fn split_at_length(text: &str, length: usize) -> &str {
    text.split_at_checked(length).map_or(text, |(before, _)| before)
}

/// A text with its quotes.
fn quoted(text: &str) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return split_at_length(text, at.saturating_add(1)),
            _ => escaped = false,
        }
    }
    text
}

/// Whether a form has a field; a name in FEEL may go on where the notation's ends.
pub(super) fn has(form: &Form, named: &str) -> bool {
    form.field(named).is_some()
        || form.fields().iter().any(|field| {
            let rest = field.name.strip_prefix(named);
            rest.is_some_and(|rest| rest.starts_with(|c| !is_name(c)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_where_they_stand() {
        let text = "# form.注\nstep a \"form.x\" by leader@form.单位 back b(direct unless 甲,乙) \
                    require 丙,丁 when form.金额 > 1 and form.类 in [\"form.y\"]";
        let found: Vec<(&str, usize)> =
            named(text).iter().map(|named| (named.field, named.column)).collect();
        let fields: Vec<&str> = found.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["单位", "甲", "乙", "丙", "丁", "金额", "类"]);
        let line = text.lines().nth(1).unwrap();
        for (field, column) in found {
            let at: String = line.chars().skip(column - 1).take(field.chars().count()).collect();
            assert_eq!(at, field);
        }
    }
}
