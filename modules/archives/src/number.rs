//! 档号 and 保管期限: the archive number of DA/T 22-2015,
//! `全宗号-门类·年度-保管期限-机构（问题）-件号`, and the three terms of 国家档案局令第8号 第六条.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// 门类: 文书档案 are what offices write.
pub const CATEGORY: &str = "WS";
/// Longest 全宗号 and 机构（问题）代码, in characters.
pub const CODE_MAX: usize = 16;

/// 保管期限
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArchiveRetention)]
pub enum Retention {
    /// 永久
    Permanent,
    /// 30年
    ThirtyYears,
    /// 10年
    TenYears,
}

impl Retention {
    /// As published facts write it: by its name in code, or in Chinese.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "permanent" | "永久" => Some(Self::Permanent),
            "thirty_years" | "30年" => Some(Self::ThirtyYears),
            "ten_years" | "10年" => Some(Self::TenYears),
            _ => None,
        }
    }

    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::ThirtyYears => "thirty_years",
            Self::TenYears => "ten_years",
        }
    }

    /// Its Chinese name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permanent => "永久",
            Self::ThirtyYears => "30年",
            Self::TenYears => "10年",
        }
    }

    /// Its code in an archive number.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Permanent => "Y",
            Self::ThirtyYears => "D30",
            Self::TenYears => "D10",
        }
    }

    /// How many years it lasts; none when it never ends.
    #[must_use]
    pub const fn years(self) -> Option<i16> {
        match self {
            Self::Permanent => None,
            Self::ThirtyYears => Some(30),
            Self::TenYears => Some(10),
        }
    }
}

/// 档号
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// 全宗号
    pub fonds: String,
    /// 年度
    pub year: i16,
    /// 保管期限
    pub retention: Retention,
    /// 机构（问题）代码
    pub organisation: String,
    /// 件号, from 1 without gaps within all that stands before it.
    pub item: u32,
}

impl Number {
    /// All that stands before the 件号: what is counted within.
    #[must_use]
    pub fn series(&self) -> String {
        let Self { fonds, year, retention, organisation, .. } = self;
        format!("{fonds}-{CATEGORY}·{year}-{}-{organisation}", retention.code())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{:04}", self.series(), self.item)
    }
}

/// Whether a text may be a 全宗号 or a 机构（问题）代码: capitals and digits, so that the hyphens of a
/// number part it in one way.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    !text.is_empty() && text.len() <= CODE_MAX && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_the_standard_writes_it() {
        let number = |retention, item| Number {
            fonds: "Z109".to_owned(),
            year: 2026,
            retention,
            organisation: "BGS".to_owned(),
            item,
        };
        assert_eq!(number(Retention::Permanent, 1).to_string(), "Z109-WS·2026-Y-BGS-0001");
        assert_eq!(number(Retention::TenYears, 12_345).to_string(), "Z109-WS·2026-D10-BGS-12345");
    }

    #[test]
    fn a_code_holds_nothing_that_parts_a_number() {
        assert!(is_code("Z109"));
        for wrong in ["", "z109", "Z-9", "Z·9", "ABCDEFGHIJKLMNOPQ", "全宗"] {
            assert!(!is_code(wrong), "{wrong}");
        }
    }
}
