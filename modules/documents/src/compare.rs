//! What changed between two versions, character by character, as an editor reads it.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use std::time::Duration;
use utoipa::ToSchema;

/// How long the shortest way from one text to the other is looked for; then a longer one will do.
const PATIENCE: Duration = Duration::from_millis(200);

/// How a piece of text stands between two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In both.
    Kept,
    /// Only in the later one.
    Inserted,
    /// Only in the earlier one.
    Deleted,
}

/// A piece of a compared line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// How it stands.
    pub standing: Standing,
    /// Its characters.
    pub text: String,
}

/// A compared line: unchanged lines come as one kept piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedLine {
    /// Its pieces in reading order.
    pub pieces: Vec<Piece>,
}

/// Parts what is shown of a line from what else it is; no text holds one.
const IDENTITY: char = '\0';

/// A line that is the same only when `identity` is too, and of which no characters are compared.
#[must_use]
pub fn whole_line(shown: &str, identity: &str) -> String {
    format!("{shown}{IDENTITY}{identity}")
}

/// Compares two texts line by line, and changed lines character by character.
#[must_use]
pub fn compare(earlier: &[String], later: &[String]) -> Vec<ComparedLine> {
    let old: Vec<&str> = earlier.iter().map(String::as_str).collect();
    let new: Vec<&str> = later.iter().map(String::as_str).collect();
    let lines = TextDiff::configure().timeout(PATIENCE).diff_slices(&old, &new);
    let mut out = Vec::new();
    for operation in lines.ops() {
        let (from, to) = (operation.old_range(), operation.new_range());
        let before = old.get(from).unwrap_or_default();
        let after = new.get(to).unwrap_or_default();
        if operation.tag() == similar::DiffTag::Equal {
            out.extend(before.iter().map(|line| whole(Standing::Kept, line)));
            continue;
        }
        let pairs = before.len().min(after.len());
        for (earlier, later) in before.iter().zip(after) {
            if earlier.contains(IDENTITY) || later.contains(IDENTITY) {
                out.extend([whole(Standing::Deleted, earlier), whole(Standing::Inserted, later)]);
            } else {
                out.push(characters(earlier, later));
            }
        }
        out.extend(before.iter().skip(pairs).map(|line| whole(Standing::Deleted, line)));
        out.extend(after.iter().skip(pairs).map(|line| whole(Standing::Inserted, line)));
    }
    out
}

fn whole(standing: Standing, line: &str) -> ComparedLine {
    let shown = line.split(IDENTITY).next().unwrap_or(line);
    ComparedLine { pieces: vec![Piece { standing, text: shown.to_owned() }] }
}

fn characters(earlier: &str, later: &str) -> ComparedLine {
    let difference = TextDiff::configure().timeout(PATIENCE).diff_chars(earlier, later);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in difference.iter_all_changes() {
        let standing = match change.tag() {
            ChangeTag::Equal => Standing::Kept,
            ChangeTag::Insert => Standing::Inserted,
            ChangeTag::Delete => Standing::Deleted,
        };
        match pieces.last_mut() {
            Some(last) if last.standing == standing => last.text.push_str(change.value()),
            _ => pieces.push(Piece { standing, text: change.value().to_owned() }),
        }
    }
    ComparedLine { pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(earlier: &[&str], later: &[&str]) -> Vec<String> {
        let owned = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        compare(&owned(earlier), &owned(later))
            .iter()
            .map(|line| {
                line.pieces
                    .iter()
                    .map(|piece| match piece.standing {
                        Standing::Kept => piece.text.clone(),
                        Standing::Inserted => format!("[+{}]", piece.text),
                        Standing::Deleted => format!("[-{}]", piece.text),
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn a_changed_line_shows_its_characters_and_a_new_one_stands_whole() {
        assert_eq!(
            tell(
                &["各市人民政府", "拨付三百万元。"],
                &["各市人民政府", "拨付三千万元。", "特此通知。"]
            ),
            ["各市人民政府", "拨付三[-百][+千]万元。", "[+特此通知。]"]
        );
    }

    #[test]
    fn another_picture_with_the_same_description_is_told() {
        let (one, other) = (whole_line("〔图：水位〕", "a"), whole_line("〔图：水位〕", "b"));
        assert_eq!(tell(&[&one], &[&one]), ["〔图：水位〕"]);
        assert_eq!(tell(&[&one], &[&other]), ["[-〔图：水位〕]", "[+〔图：水位〕]"]);
        assert_eq!(tell(&["水位"], &[&one]), ["[-水位]", "[+〔图：水位〕]"]);
    }
}
