//! Who handles a step: an expression over posts, resolved when the step is entered.

use std::fmt::{Display, Formatter, Result};
use std::sync::Arc;

/// Everyone whom one of these names; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who(pub Vec<Whom>);

impl Who {
    /// The post that started the matter.
    #[must_use]
    pub fn starter() -> Self {
        Self(vec![Whom::Starter])
    }

    /// Exactly these posts.
    pub fn posts<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        Self(ids.into_iter().map(|id| Whom::Post(id.into())).collect())
    }
}

/// One way to name posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// The post that started the matter.
    Starter,
    /// Only for starting.
    Anyone,
    /// 主要负责人
    Head(WhoPlace),
    /// 分管负责人; the head where there is none.
    Leader(WhoPlace),
    /// Posts with a duty.
    Duty(Arc<str>, WhoPlace),
    /// Posts of a rank or higher.
    Rank(u32, WhoPlace),
    /// Heads of the starter's unit and so many above it, in order.
    Chain(u32),
    /// Posts chosen in a field; a unit chosen stands for its head.
    Field(Arc<str>),
    /// Who handled that step. The interpreter answers it.
    Same(Arc<str>),
    /// Whom the handler of that step chose. The interpreter answers it.
    Pick(Arc<str>),
    /// That very post.
    Post(Arc<str>),
}

/// In which unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhoPlace {
    /// The starter's unit.
    Own,
    /// The unit so many above, from 1.
    Above(u32),
    /// The government the unit belongs to, or the one so many levels above.
    Government(u32),
    /// The office of that government.
    Office(u32),
    /// The department of the government whose name holds this.
    Department(Arc<str>),
    /// 上级同系统部门: the department of the same kind in the government so many levels above.
    System(u32),
    /// Every government directly below.
    Below,
    /// The units chosen in a field.
    Field(Arc<str>),
    /// That very unit.
    Unit(Arc<str>),
}

/// 省市县镇村: at which level units may start a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StartLevel {
    /// 省
    Province,
    /// 市
    City,
    /// 县（区）
    County,
    /// 镇（街道）
    Town,
    /// 村（社区）
    Village,
}

impl StartLevel {
    /// All of them, the highest first.
    pub const ALL: [Self; 5] =
        [Self::Province, Self::City, Self::County, Self::Town, Self::Village];

    /// Its word in the notation.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
            Self::Town => "town",
            Self::Village => "village",
        }
    }

    /// As people call it.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Province => "省",
            Self::City => "市",
            Self::County => "县（区）",
            Self::Town => "镇（街道）",
            Self::Village => "村（社区）",
        }
    }
}

impl Whom {
    /// The same one unit or level higher; the head of the unit above where that says nothing.
    pub(crate) fn above(&self) -> Self {
        let up = |place: &WhoPlace| match place {
            WhoPlace::Own => Some(WhoPlace::Above(1)),
            WhoPlace::Above(n) => Some(WhoPlace::Above(n.saturating_add(1))),
            WhoPlace::Government(n) => Some(WhoPlace::Government(n.saturating_add(1))),
            WhoPlace::Office(n) => Some(WhoPlace::Office(n.saturating_add(1))),
            WhoPlace::System(n) => Some(WhoPlace::System(n.saturating_add(1))),
            _ => None,
        };
        let raised = match self {
            Self::Head(place) => up(place).map(Self::Head),
            Self::Leader(place) => up(place).map(Self::Leader),
            Self::Duty(duty, place) => up(place).map(|place| Self::Duty(duty.clone(), place)),
            Self::Rank(rank, place) => up(place).map(|place| Self::Rank(*rank, place)),
            _ => None,
        };
        raised.unwrap_or(Self::Head(WhoPlace::Above(1)))
    }
}

impl Display for Who {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (number, whom) in self.0.iter().enumerate() {
            let between = if number == 0 { "" } else { "+" };
            write!(f, "{between}{whom}")?;
        }
        Ok(())
    }
}

impl Display for Whom {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Starter => f.write_str("starter"),
            Self::Anyone => f.write_str("anyone"),
            Self::Head(place) => write!(f, "head{place}"),
            Self::Leader(place) => write!(f, "leader{place}"),
            Self::Duty(duty, place) => write!(f, "duty:{duty}{place}"),
            Self::Rank(rank, place) => write!(f, "rank:{rank}{place}"),
            Self::Chain(count) => write!(f, "chain:head+{count}"),
            Self::Field(field) => write!(f, "form.{field}"),
            Self::Same(step) => write!(f, "same:{step}"),
            Self::Pick(step) => write!(f, "pick:{step}"),
            Self::Post(id) => write!(f, "post:{id}"),
        }
    }
}

impl Display for WhoPlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Own => Ok(()),
            Self::Above(count) => write!(f, "@+{count}"),
            Self::Government(0) => f.write_str("@gov"),
            Self::Government(count) => write!(f, "@gov+{count}"),
            Self::Office(0) => f.write_str("@office"),
            Self::Office(count) => write!(f, "@office+{count}"),
            Self::System(count) => write!(f, "@system+{count}"),
            Self::Department(name) => write!(f, "@dept.{name}"),
            Self::Below => f.write_str("@below"),
            Self::Field(field) => write!(f, "@form.{field}"),
            Self::Unit(id) => write!(f, "@unit.{id}"),
        }
    }
}
