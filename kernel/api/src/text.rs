//! Short texts that people type: trimmed, bounded, without control characters.

use lingnan_journal::{Kind, Refusal};

/// Longest title, in characters.
pub const TITLE_MAX: usize = 200;
/// Longest opinion, in characters.
pub const OPINION_MAX: usize = 2_000;
/// Longest reason, in characters.
pub const REASON_MAX: usize = 500;

/// A text that must be there.
///
/// # Errors
/// A refusal naming the `field` when the text is empty, longer than `max` characters or holds
/// control characters.
pub fn required(text: &str, field: &str, max: usize) -> Result<String, Refusal> {
    let text = optional(text, field, max)?;
    if text.is_empty() {
        let message = format!("请填写{field}。");
        return Err(Refusal::new(Kind::Invalid, "empty_field", message)
            .with_next("请填写后重新提交，其他内容仍保留在本页。"));
    }
    Ok(text)
}

/// The pattern by which `like … escape '\'` finds these words anywhere, whatever stands in them.
#[must_use]
pub fn pattern(words: &str) -> String {
    let plain = |c: char| ['%', '_', '\\'].contains(&c).then_some('\\').into_iter().chain([c]);
    format!("%{}%", words.chars().flat_map(plain).collect::<String>())
}

/// A text that may be empty.
///
/// # Errors
/// As [`required`], but not for an empty text.
pub fn optional(text: &str, field: &str, max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length > max {
        let message = format!("{field}最多{max}个字，现有{length}个字。");
        return Err(Refusal::new(Kind::Invalid, "field_too_long", message)
            .with_next("请精简后重新提交，您填写的内容仍保留在本页。"));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = format!("{field}含有不可见的控制字符。");
        return Err(Refusal::new(Kind::Invalid, "control_character", message)
            .with_next("请删除后重新输入，不要直接粘贴来历不明的文字。"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_would_take_for_a_sign_is_found_as_it_is() {
        assert_eq!(pattern("防汛"), "%防汛%");
        assert_eq!(pattern(r"5%_\"), r"%5\%\_\\%");
    }
}
