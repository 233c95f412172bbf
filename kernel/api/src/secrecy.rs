//! State secrets do not belong here: a marking is found and the document refused, never stored.

use lingnan_journal::{Kind, Refusal};

/// The code of a refusal of a marked document.
pub const CODE: &str = "documents.state_secret";
/// The three classes (保守国家秘密法 第十四条).
const CLASSES: [&str; 3] = ["绝密", "机密", "秘密"];
/// Blocks from the top in which a marking alone on its line counts: GB/T 9704-2012 7.2.2 puts it
/// in the upper left corner, before the issuer's name.
const HEAD_LINES: usize = 12;

/// The refusal of a marked document.
#[must_use]
pub fn refusal(marking: &str) -> Refusal {
    let message = format!("文件标有“{marking}”：本平台不处理国家秘密，内容未保存。");
    Refusal::new(Kind::Invalid, CODE, message)
        .with_rule("《中华人民共和国保守国家秘密法》第三十一条；本平台仅处理非涉密信息")
        .with_next("请改用涉密专用网络或机要渠道办理，并联系本单位保密工作机构。")
}

/// The marking in a document, if it has one: in any of its short `fields` or its text's `lines`.
#[must_use]
pub fn marking(fields: &[&str], lines: &[String]) -> Option<String> {
    let in_fields = fields.iter().find_map(|field| starred(field).or_else(|| alone(field)));
    let in_text = || {
        lines.iter().enumerate().find_map(|(place, line)| {
            let at_head = if place < HEAD_LINES { alone(line) } else { None };
            starred(line).or(at_head)
        })
    };
    in_fields.or_else(in_text)
}

/// `秘密★1年` anywhere: the star is what makes a word a marking.
fn starred(text: &str) -> Option<String> {
    let tight: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    CLASSES.iter().find_map(|class| {
        let marked =
            ["★", "☆", "*", "＊"].iter().any(|star| tight.contains(&format!("{class}{star}")));
        marked.then(|| format!("{class}★"))
    })
}

/// The word alone on its line, perhaps with a period, a copy number or brackets around it.
fn alone(text: &str) -> Option<String> {
    let core: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !"【】[]（）()〔〕《》·.:：-—年月日长期份号级件".contains(*c)
        })
        .filter(|c| !c.is_ascii_digit() && !('０'..='９').contains(c))
        .collect();
    CLASSES.iter().find(|class| core == **class).map(|class| (*class).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str, lines: &[&str]) -> Option<String> {
        let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
        marking(&[title], &lines)
    }

    #[test]
    fn a_marking_is_found_where_the_standard_puts_it_and_however_it_is_spaced() {
        for (title, lines) in [
            ("通知", vec!["秘密★1年"]),
            ("通知", vec!["000001", "机 密 ★ 20年"]),
            ("通知", vec!["绝密"]),
            ("通知", vec!["【机密】"]),
            ("（秘密）", vec![]),
            ("通知", vec!["秘密 1年"]),
        ] {
            assert!(found(title, &lines).is_some(), "{title} {lines:?}");
        }
    }

    #[test]
    fn talk_of_secrecy_is_not_a_marking() {
        for title in ["关于加强保守国家秘密工作的通知", "商业秘密保护规定", "机密级计算机清理情况"]
        {
            assert_eq!(found(title, &["各单位要严守国家秘密，不得泄露机密。"]), None, "{title}");
        }
    }
}
