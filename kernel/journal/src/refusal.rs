//! Two ways not to succeed: a refusal (a rule says no) and a fault (the world failed).

use serde::{Deserialize, Serialize};

/// What sort of no it is; decides the HTTP status and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request itself is wrong.
    Invalid,
    /// The actor may not do this.
    Forbidden,
    /// No such thing, or none that the actor may know of.
    Missing,
    /// The matter has moved on meanwhile.
    Conflict,
}

/// 拒绝: the rule that says no, with its basis and the next step, in the official's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What sort of no.
    pub kind: Kind,
    /// Stable code, for example `documents.stale_version`.
    pub code: String,
    /// One Chinese sentence: what is wrong.
    pub message: String,
    /// The law, article or standard clause it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Refusal {
    /// A refusal without a cited rule.
    #[must_use]
    pub fn new(kind: Kind, code: &str, message: impl Into<String>) -> Self {
        Self { kind, code: code.to_owned(), message: message.into(), rule: None, next: None }
    }

    /// The same, citing its basis.
    #[must_use]
    pub fn with_rule(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }

    /// The same, telling the next step.
    #[must_use]
    pub fn with_next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The answer for what does not exist or may not be known of: always the same.
    #[must_use]
    pub fn missing() -> Self {
        Self::new(Kind::Missing, "missing", "没有找到您要的内容。")
            .with_next("请核对地址；如确有此事，可能不在您的办理范围内。")
    }

    /// The matter has moved on since the actor looked at it.
    #[must_use]
    pub fn stale(seen: u64, now: u64) -> Self {
        let message = format!("您看到的是第{seen}版，现在已是第{now}版：有人先办了一步。");
        Self::new(Kind::Conflict, "stale_version", message)
            .with_next("请查看最新情况后再办；您填写的内容仍保留在本页。")
    }
}

/// The world failed: storage is full, gone or damaged. Nothing of the command was kept, except
/// where the outcome is said to be unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No space left for the journal.
    #[error("the journal's storage is full")]
    Full,
    /// The database cannot be reached now; the same act id may be sent again.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The connection was lost while the database was committing: the act may be durable. The
    /// same act id, sent again, tells.
    #[error("it is unknown whether the database committed: {0}")]
    Unknown(String),
    /// The journal is shut or too busy to take another act.
    #[error("the journal takes no more acts now")]
    Busy,
    /// A stored row does not read back.
    #[error("stored data is damaged at {place} version {version}: {reason}")]
    Corrupt {
        /// Which matter, table or file.
        place: String,
        /// Which version or row of it.
        version: u64,
        /// What is wrong.
        reason: String,
    },
    /// Any other failure of the engine.
    #[error("the database failed: {0}")]
    Engine(String),
}

impl Fault {
    /// A damaged row at `place`.
    #[must_use]
    pub fn corrupt(place: &str, version: u64, reason: &dyn std::fmt::Display) -> Self {
        Self::Corrupt { place: place.to_owned(), version, reason: reason.to_string() }
    }
}
