//! The head of a document: its type, urgency, addressees, files and keeping.

use lingnan_base::{PostId, UnitId};
use lingnan_journal::canonical;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// 文种: the fifteen types (党政机关公文处理工作条例 第八条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// 决议
    Resolution,
    /// 决定
    Decision,
    /// 命令（令）
    Order,
    /// 公报
    Communique,
    /// 公告
    Proclamation,
    /// 通告
    PublicNotice,
    /// 意见
    Opinion,
    /// 通知
    Notice,
    /// 通报
    Circular,
    /// 报告
    Report,
    /// 请示
    RequestForInstruction,
    /// 批复
    ReplyToRequest,
    /// 议案
    Motion,
    /// 函
    Letter,
    /// 纪要
    Minutes,
}

impl DocumentType {
    /// All fifteen (条例 第八条).
    pub const ALL: [Self; 15] = [
        Self::Resolution,
        Self::Decision,
        Self::Order,
        Self::Communique,
        Self::Proclamation,
        Self::PublicNotice,
        Self::Opinion,
        Self::Notice,
        Self::Circular,
        Self::Report,
        Self::RequestForInstruction,
        Self::ReplyToRequest,
        Self::Motion,
        Self::Letter,
        Self::Minutes,
    ];

    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resolution => "决议",
            Self::Decision => "决定",
            Self::Order => "命令（令）",
            Self::Communique => "公报",
            Self::Proclamation => "公告",
            Self::PublicNotice => "通告",
            Self::Opinion => "意见",
            Self::Notice => "通知",
            Self::Circular => "通报",
            Self::Report => "报告",
            Self::RequestForInstruction => "请示",
            Self::ReplyToRequest => "批复",
            Self::Motion => "议案",
            Self::Letter => "函",
            Self::Minutes => "纪要",
        }
    }

    /// The format in which it is set when nothing else is said (GB/T 9704-2012 10).
    #[must_use]
    pub const fn format(self) -> Format {
        match self {
            Self::Letter => Format::Letter,
            Self::Order => Format::Order,
            Self::Minutes => Format::Minutes,
            _ => Format::File,
        }
    }

    /// Whether it is addressed to units. What is announced to everyone is to nobody in particular;
    /// resolutions, orders and minutes may be without; a motion goes to the congress, which no
    /// directory of the government holds.
    #[must_use]
    pub const fn addressing(self) -> Addressing {
        match self {
            Self::Communique | Self::Proclamation | Self::PublicNotice => Addressing::Nobody,
            Self::Resolution | Self::Order | Self::Minutes | Self::Motion => Addressing::AsNeeded,
            _ => Addressing::Units,
        }
    }
}

/// Whether a type of document is addressed to units (主送机关).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// To at least one.
    Units,
    /// To some or none.
    AsNeeded,
    /// To none: it is published.
    Nobody,
}

/// 公文格式 (GB/T 9704-2012 7 and 10)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// 文件格式
    File,
    /// 信函格式
    Letter,
    /// 命令（令）格式
    Order,
    /// 纪要格式
    Minutes,
}

/// 公开属性 (国办发〔2016〕80号 一（一）)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// 主动公开
    Active,
    /// 依申请公开
    OnRequest,
    /// 不予公开
    Withheld,
}

impl Openness {
    /// What 附注 says of a document that is published of itself, as it is printed.
    pub const PUBLISHED: &str = "此件公开发布";

    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "主动公开",
            Self::OnRequest => "依申请公开",
            Self::Withheld => "不予公开",
        }
    }
}

/// 来文: what a document answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Key of the received document, when it came through this platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its 发文字号.
    #[serde(default)]
    pub number: String,
}

/// 废止: an earlier document that this one repeals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Repealed {
    /// Its key, when it went out through this platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Its 发文字号.
    pub number: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
}

/// 会议: the meeting of which a resolution or minutes tell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its name, for example 省政府第12次常务会议.
    #[serde(default)]
    pub name: String,
    /// Its day, `2026-11-25`; empty while it is not filled in.
    #[serde(default)]
    pub date: String,
    /// 出席
    #[serde(default)]
    pub present: String,
    /// 请假
    #[serde(default)]
    pub absent: String,
    /// 列席
    #[serde(default)]
    pub observers: String,
}

/// 紧急程度 (GB/T 9704-2012 7.2.3)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 平件
    #[default]
    Ordinary,
    /// 加急
    Urgent,
    /// 特急
    MostUrgent,
}

impl Urgency {
    /// As an official calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "平件",
            Self::Urgent => "加急",
            Self::MostUrgent => "特急",
        }
    }

    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Urgent => "urgent",
            Self::MostUrgent => "most_urgent",
        }
    }
}

/// 文头: everything about a document but its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// 标题
    pub title: String,
    /// 文种
    pub document_type: DocumentType,
    /// 紧急程度
    #[serde(default)]
    pub urgency: Urgency,
    /// 主送机关
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub recipients: Vec<UnitId>,
    /// 抄送机关
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub copies: Vec<UnitId>,
    /// 会签单位
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub countersign: Vec<UnitId>,
    /// 签发人的岗位
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub signer: Option<PostId>,
    /// 发文机关, when a general office drafts in the name of its government.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub issuer: Option<UnitId>,
    /// 联合发文机关 besides the own, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub joint: Vec<UnitId>,
    /// 公文格式, when it is not that of the type; read it through [`Head::format`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// 公开属性; needed before it is submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openness: Option<Openness>,
    /// Why it is not published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub openness_reason: String,
    /// 附注 (GB/T 9704-2012 7.3.6), without its brackets.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<Answered>,
    /// Key of the document of one's own that it replaces (更正).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// 废止: earlier documents of one's own unit that are in force no more once this is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeals: Vec<Repealed>,
    /// Of which meeting it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Meeting>,
    /// 行政规范性文件
    #[serde(default, skip_serializing_if = "is_not")]
    pub normative: bool,
    /// 涉及经营者经济活动
    #[serde(default, skip_serializing_if = "is_not")]
    pub market_impact: bool,
    /// 报表准入编号: what allows it to ask the base for forms.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub report_form_number: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl Head {
    /// A head of which only title and type are known.
    #[must_use]
    pub const fn new(title: String, document_type: DocumentType) -> Self {
        Self {
            title,
            document_type,
            urgency: Urgency::Ordinary,
            recipients: Vec::new(),
            copies: Vec::new(),
            countersign: Vec::new(),
            signer: None,
            issuer: None,
            joint: Vec::new(),
            format: None,
            openness: None,
            openness_reason: String::new(),
            note: String::new(),
            answers: None,
            replaces: None,
            repeals: Vec::new(),
            meeting: None,
            normative: false,
            market_impact: false,
            report_form_number: String::new(),
        }
    }

    /// 公文格式: as chosen, or else that of the type.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format.unwrap_or_else(|| self.document_type.format())
    }

    /// What of the head a signature fixes besides title, type, urgency and addressees; none while
    /// nothing of it is filled in, as in every document signed before it could be.
    pub(super) fn signed_further(&self) -> Option<String> {
        let mut further = serde_json::json!({
            "issuer": self.issuer,
            "joint": self.joint,
            "openness": self.openness,
            "openness_reason": self.openness_reason,
            "note": self.note,
            "answers": self.answers,
            "meeting": self.meeting,
            "report_form_number": self.report_form_number,
            "format": self.format.filter(|format| *format != self.document_type.format()),
        });
        let empty = serde_json::json!({
            "issuer": null, "joint": [], "openness": null, "openness_reason": "", "note": "",
            "answers": null, "meeting": null, "report_form_number": "", "format": null,
        });
        // Named apart, so that what was signed before it could repeal anything stays as signed.
        if let (false, Some(further)) = (self.repeals.is_empty(), further.as_object_mut()) {
            further.insert("repeals".to_owned(), serde_json::json!(self.repeals));
        }
        (further != empty).then(|| canonical::text(&further))
    }
}

/// Most files attached to one document.
pub const ATTACHMENTS_MAX: usize = 50;
/// Most bytes of all files of a document together: an archive packet holds 150 MB, and with them
/// the printed pages, pictures and recordings.
pub const ATTACHED_BYTES_MAX: u64 = 100 << 20;

/// 保管期限 (国家档案局令第8号)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// 永久
    Permanent,
    /// 30年
    ThirtyYears,
    /// 10年
    TenYears,
}

impl Retention {
    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permanent => "永久",
            Self::ThirtyYears => "30年",
            Self::TenYears => "10年",
        }
    }

    /// How many years it lasts; one that never ends lasts longest.
    #[must_use]
    pub const fn years(self) -> u16 {
        match self {
            Self::Permanent => u16::MAX,
            Self::ThirtyYears => 30,
            Self::TenYears => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_from_before_still_reads_is_written_alike_and_signed_alike() {
        let line = concat!(
            r#"{"title":"关于防汛的通知","document_type":"notice","urgency":"urgent","#,
            r#""recipients":["440700000000"],"copies":[],"countersign":[],"signer":null}"#
        );
        let head: Head = serde_json::from_str(line).unwrap();
        assert_eq!(head.format(), Format::File);
        assert_eq!(serde_json::to_string(&head).unwrap(), line);
        assert_eq!(head.signed_further(), None);
        let noted = Head { note: "此件公开发布".to_owned(), ..head.clone() };
        assert_ne!(noted.signed_further(), head.signed_further());
        let repealed =
            Repealed { number: "粤府办〔2020〕3号".to_owned(), ..Repealed::default() };
        let repeals = Head { repeals: vec![repealed], ..head.clone() };
        assert_ne!(repeals.signed_further(), head.signed_further(), "what it repeals is signed");
    }

    #[test]
    fn a_format_follows_from_the_type_unless_another_is_chosen() {
        for (kind, format) in [
            (DocumentType::Letter, Format::Letter),
            (DocumentType::Order, Format::Order),
            (DocumentType::Minutes, Format::Minutes),
            (DocumentType::Opinion, Format::File),
        ] {
            let head = Head::new("标题".to_owned(), kind);
            assert_eq!(head.format(), format);
            assert_eq!(Head { format: Some(Format::Letter), ..head }.format(), Format::Letter);
        }
    }
}
