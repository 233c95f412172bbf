//! How long something may take.

use std::fmt::{Display, Formatter, Result};
use std::sync::Arc;

/// A length of time, or a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Time {
    /// Running minutes.
    Minutes(u32),
    /// Running hours.
    Hours(u32),
    /// 日: calendar days.
    Days(u32),
    /// 工作日
    WorkingDays(u32),
    /// Calendar months.
    Months(u32),
    /// By the end of the day's work.
    Today,
    /// The date in a field.
    Field(Arc<str>),
}

impl Time {
    /// Whether it can only be reckoned with a calendar of working days.
    #[must_use]
    pub const fn needs_calendar(&self) -> bool {
        matches!(self, Self::WorkingDays(_) | Self::Today)
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Minutes(n) => write!(f, "{n}min"),
            Self::Hours(n) => write!(f, "{n}h"),
            Self::Days(n) => write!(f, "{n}d"),
            Self::WorkingDays(n) => write!(f, "{n}wd"),
            Self::Months(n) => write!(f, "{n}mo"),
            Self::Today => f.write_str("today"),
            Self::Field(field) => write!(f, "form.{field}"),
        }
    }
}

/// 时限 of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// When it is due.
    pub due: Time,
    /// Warned when so many percent of it have passed.
    pub warn_percent: Option<u32>,
    /// 黄牌 so long after it is due; at once when absent.
    pub yellow: Option<Time>,
    /// 红牌 so long after it is due.
    pub red: Option<Time>,
    /// By how much it may be prolonged.
    pub extend: Option<Time>,
}

impl Limit {
    /// A limit of which nothing but the due time is said.
    #[must_use]
    pub const fn of(due: Time) -> Self {
        Self { due, warn_percent: None, yellow: None, red: None, extend: None }
    }
}
