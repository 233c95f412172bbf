//! 纸质来文: a document that came on paper, as a clerk registered it, with what the machine had
//! read beside it.

use crate::incoming::Received;
use crate::model::{DocumentType, Urgency};
use jiff::civil::Date;
use lingnan_api::{Attachment, ReadElement, ReadField, secrecy, text};
use lingnan_base::UnitId;
use lingnan_directory::Unit;
use lingnan_handlers::Setting;
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most files of one document: pages that were photographed one by one.
pub const FILES_MAX: usize = 20;
/// Longest name of a sender, joint ones together.
const SENDER_MAX: usize = 200;
/// Longest number; the longest in use has 30 characters.
const NUMBER_MAX: usize = 60;
/// Longest list of addressees.
const ADDRESSEES_MAX: usize = 1_000;
/// 份号 has six digits (GB/T 9704-2012 7.2.1).
const COPY_MAX: usize = 6;

/// What is known of it beside what every received document has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// 成文日期; none when it bears none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// 份号; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub copy_number: String,
    /// 主送机关 as printed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub addressees: String,
    /// Its pages.
    pub files: Vec<Attachment>,
    /// What the machine read, before a person confirmed or changed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<MachineReading>,
}

/// What the machine read as an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineReading {
    /// Which.
    pub field: ReadField,
    /// What it says.
    pub text: String,
    /// How sure the machine was of it, of 100.
    pub percent: u8,
}

/// What a clerk confirmed of a document before him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// 来文单位
    pub sender: String,
    /// 来文字号; empty when it bears none.
    #[serde(default)]
    pub number: String,
    /// 标题
    pub title: String,
    /// 成文日期, as `2026-03-01`; none when it bears none.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub date: Option<Date>,
    /// 紧急程度
    #[serde(default)]
    pub urgency: Urgency,
    /// 份号
    #[serde(default)]
    pub copy_number: String,
    /// 主送机关
    #[serde(default)]
    pub addressees: String,
}

impl Registration {
    /// As it is recorded: trimmed, within bounds, and no state secret.
    ///
    /// # Errors
    /// A refusal that says what is missing, too long or marked.
    pub fn checked(&self) -> Result<Self, Refusal> {
        let number = text::optional(&self.number, "来文字号", NUMBER_MAX)?;
        let checked = Self {
            sender: text::required(&self.sender, "来文单位", SENDER_MAX)?,
            number: number.split_whitespace().collect(),
            title: text::required(&self.title, "标题", text::TITLE_MAX)?,
            date: self.date,
            urgency: self.urgency,
            copy_number: text::optional(&self.copy_number, "份号", COPY_MAX)?,
            addressees: text::optional(&self.addressees, "主送机关", ADDRESSEES_MAX)?,
        };
        let fields = [&*checked.sender, &*checked.number, &*checked.title, &*checked.addressees];
        match secrecy::marking(&fields, &[]) {
            Some(marking) => Err(secrecy::refusal(&marking)),
            None => Ok(checked),
        }
    }

    /// By what a paper is known again: whoever sends two of one number sends the same twice. One
    /// without a number is known by its title and date.
    #[must_use]
    pub fn identity(&self) -> String {
        let date = self.date.map(|date| date.to_string()).unwrap_or_default();
        let of = if self.number.is_empty() { [&*self.title, &*date] } else { [&*self.number, ""] };
        let parts = [&*self.sender, of[0], of[1]].map(|part| part.as_bytes());
        let digest = crate::body::sm3_hex(&[parts[0], b"\n", parts[1], b"\n", parts[2]]);
        format!("paper-{}", digest.chars().take(24).collect::<String>())
    }
}

/// What was read, one reading for each element: of several files the first that has it.
#[must_use]
pub fn readings<'a>(all: impl IntoIterator<Item = &'a ReadElement>) -> Vec<MachineReading> {
    let mut readings: Vec<MachineReading> = Vec::new();
    for own in all {
        if readings.iter().all(|known| known.field != own.field) {
            let (field, text) = (own.field, own.text.clone());
            readings.push(MachineReading { field, text, percent: percent(own.sure) });
        }
    }
    readings
}

#[expect(clippy::as_conversions, reason = "between 0 and 100 by then")]
fn percent(sure: f32) -> u8 {
    (sure.clamp(0.0, 1.0) * 100.0) as u8
}

/// What was confirmed as an element, as it is told beside what was read.
#[must_use]
pub fn confirmed(field: ReadField, received: &Received, paper: &Paper) -> String {
    match field {
        ReadField::Sender => received.sender.clone(),
        ReadField::Number => received.number.clone(),
        ReadField::Title => received.title.clone(),
        ReadField::Date => paper.date.map(|date| date.to_string()).unwrap_or_default(),
        ReadField::Urgency => received.urgency.name().to_owned(),
        ReadField::Copy => paper.copy_number.clone(),
        ReadField::Addressees => paper.addressees.clone(),
    }
}

/// Who sent it, when the directory has a unit of that name.
#[must_use]
pub fn sender(setting: &Setting, name: &str) -> Option<UnitId> {
    setting.with_directory(|directory| {
        let named = |(_, unit): &(&UnitId, &Unit)| unit.name == name || unit.short_name == name;
        directory.units().find(named).map(|(id, _)| id.clone())
    })
}

/// 文种: what its title ends in (GB/T 9704-2012 7.3.1).
#[must_use]
pub fn document_type(title: &str) -> Option<DocumentType> {
    DocumentType::ALL.into_iter().find(|kind| title.ends_with(kind.name()))
}

/// It has no text that could be sent on.
pub(crate) fn not_on_paper() -> Refusal {
    Refusal::new(Kind::Conflict, "documents.on_paper", "纸质来文没有电子文本，不能直接转发。")
        .with_next("请以本单位名义拟文转发，并附扫描件。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incoming::Fact;

    fn registration(sender: &str, number: &str, title: &str) -> Registration {
        Registration {
            sender: sender.to_owned(),
            number: number.to_owned(),
            title: title.to_owned(),
            date: None,
            urgency: Urgency::Ordinary,
            copy_number: String::new(),
            addressees: String::new(),
        }
    }

    #[test]
    fn a_paper_is_known_again_by_sender_and_number_or_else_by_its_title() {
        let identity = |sender, number, title| {
            registration(sender, number, title).checked().unwrap().identity()
        };
        let one = identity("某局", "某局〔2026〕1号", "关于甲的函");
        assert_eq!(one, identity(" 某局", "某局〔2026〕 1号 ", "关于乙的函"));
        assert_ne!(one, identity("另局", "某局〔2026〕1号", "关于甲的函"));
        assert_ne!(one, identity("某局", "某局〔2026〕2号", "关于甲的函"));
        assert_ne!(identity("某局", "", "关于甲的函"), identity("某局", "", "关于乙的函"));
    }

    #[test]
    fn what_was_delivered_before_there_was_paper_still_reads() {
        let line = r#"{"fact":"delivered","received":{"document":"document:a","parent":null,
            "unit":"440700000000","unit_name":"江门市政府","sender":"省府办","title":"通知",
            "number":"粤府办〔2026〕1号","urgency":"ordinary","digest":"00","copy":false}}"#;
        let fact: Fact = serde_json::from_str(line).unwrap();
        let Fact::Delivered { received } = &fact else { panic!("{fact:?}") };
        assert_eq!(received.document.as_ref().map(|id| id.as_str()), Some("document:a"));
        let again = serde_json::to_value(&fact).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(line).unwrap());
    }

    #[test]
    fn of_several_files_the_first_that_has_an_element_counts() {
        let read = |field, text: &str, sure| ReadElement {
            field,
            text: text.to_owned(),
            sure,
            page: 0,
            bounds: [0.0; 4],
        };
        let all = [
            read(ReadField::Number, "甲〔2026〕1号", 0.999),
            read(ReadField::Number, "乙〔2026〕1号", 1.0),
            read(ReadField::Date, "2026-03-01", 1.5),
        ];
        let kept: Vec<_> = readings(&all).into_iter().map(|own| (own.text, own.percent)).collect();
        let expected = [("甲〔2026〕1号".to_owned(), 99), ("2026-03-01".to_owned(), 100)];
        assert_eq!(kept, expected);
    }
}
