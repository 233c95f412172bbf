//! 机构 and 岗位: a unit, its place in the tree, and its posts.

use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Column, Datum, Matter, MatterId, Row, Stamp, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Units, one row each.
pub static UNITS: Table = Table {
    name: "directory_unit",
    version: 1,
    columns: &[
        Column::text("unit"),
        Column::text("parent"),
        Column::text("name"),
        Column::text("short_name"),
        Column::int("level"),
        Column::text("area"),
        Column::text("kind"),
        Column::int("rank"),
        Column::text("status"),
        Column::text("successor"),
        Column::int("shares_data"),
    ],
    key_columns: 1,
    indexes: &["(parent, rank, unit)"],
};

/// Posts, one row each.
pub static POSTS: Table = Table {
    name: "directory_post",
    version: 1,
    columns: &[
        Column::text("post"),
        Column::text("unit"),
        Column::text("title"),
        Column::int("rank"),
        Column::text("duties"),
    ],
    key_columns: 1,
    indexes: &["(unit, rank, post)"],
};

/// 省市县镇村: the level of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 省
    Province = 1,
    /// 市
    City = 2,
    /// 县（区）
    County = 3,
    /// 镇（街道）
    Town = 4,
    /// 村（社区）
    Village = 5,
}

impl Level {
    /// The level as stored.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Province => 1,
            Self::City => 2,
            Self::County => 3,
            Self::Town => 4,
            Self::Village => 5,
        }
    }

    /// The level stored as `number`.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Province,
            2 => Self::City,
            3 => Self::County,
            4 => Self::Town,
            5 => Self::Village,
            _ => return None,
        })
    }
}

/// What sort of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 人民政府、街道办事处
    Government,
    /// 部门
    Department,
    /// 办公厅（室）
    Office,
    /// 村（居）民委员会
    Village,
}

impl UnitKind {
    /// As stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Department => "department",
            Self::Office => "office",
            Self::Village => "village",
        }
    }

    /// The kind stored as `text`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::Government, Self::Department, Self::Office, Self::Village]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// Whether a unit still is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In being.
    Active,
    /// Merged into or replaced by another, which takes over its matters.
    Succeeded(UnitId),
}

/// 岗位: a seat in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Its title, for example 文书.
    pub title: String,
    /// Its order within the unit, lower is higher.
    pub rank: u32,
    /// What processes may ask of it; see [`crate::duty`].
    pub duties: Vec<String>,
}

/// 机构: a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Full name.
    pub name: String,
    /// Short name, as used in lists.
    pub short_name: String,
    /// Its level.
    pub level: Level,
    /// The unit above; none for the province.
    pub parent: Option<UnitId>,
    /// Code of its area, 12 digits (GB/T 2260 and GB/T 10114).
    pub area: String,
    /// What sort of unit.
    pub kind: UnitKind,
    /// Its order among its siblings.
    pub rank: u32,
    /// Whether it is one of the data-sharing departments.
    pub shares_data: bool,
    /// Whether it still is one.
    pub status: Status,
    /// Its posts.
    pub posts: BTreeMap<PostId, Post>,
}

/// What can be recorded of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum UnitFact {
    /// It came into being, with its posts.
    Established {
        /// The unit as it began.
        unit: Unit,
    },
    /// It has another name.
    Renamed {
        /// Full name.
        name: String,
        /// Short name.
        short_name: String,
    },
    /// It was merged into or replaced by another.
    Succeeded {
        /// Which.
        by: UnitId,
        /// On what basis, for example the number of the reform document.
        basis: String,
    },
    /// It has another post.
    PostCreated {
        /// Its id.
        post: PostId,
        /// The post.
        content: Post,
    },
}

impl Matter for Unit {
    const KIND: &'static str = "unit";
    const FOLD_VERSION: u32 = 1;
    type Fact = UnitFact;

    fn unwritten() -> Self {
        Self {
            name: String::new(),
            short_name: String::new(),
            level: Level::Village,
            parent: None,
            area: String::new(),
            kind: UnitKind::Office,
            rank: 0,
            shares_data: false,
            status: Status::Active,
            posts: BTreeMap::new(),
        }
    }

    fn fold(&mut self, fact: &UnitFact, _: &Stamp) {
        match fact {
            UnitFact::Established { unit } => self.clone_from(unit),
            UnitFact::Renamed { name, short_name } => {
                self.name.clone_from(name);
                self.short_name.clone_from(short_name);
            }
            UnitFact::Succeeded { by, .. } => self.status = Status::Succeeded(by.clone()),
            UnitFact::PostCreated { post, content } => {
                self.posts.insert(post.clone(), content.clone());
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        if self.name.is_empty() {
            return Vec::new();
        }
        let (status, successor) = match &self.status {
            Status::Active => ("active", None),
            Status::Succeeded(by) => ("succeeded", Some(by.as_str())),
        };
        let mut rows = vec![Row {
            table: &UNITS,
            values: vec![
                Datum::text(id.key()),
                Datum::optional_text(self.parent.as_ref().map(UnitId::as_str)),
                Datum::text(self.name.as_str()),
                Datum::text(self.short_name.as_str()),
                Datum::Int(self.level.number()),
                Datum::text(self.area.as_str()),
                Datum::text(self.kind.as_str()),
                Datum::Int(self.rank.into()),
                Datum::text(status),
                Datum::optional_text(successor),
                Datum::Int(self.shares_data.into()),
            ],
        }];
        rows.extend(self.posts.iter().map(|(post, content)| Row {
            table: &POSTS,
            values: vec![
                Datum::text(post.as_str()),
                Datum::text(id.key()),
                Datum::text(content.title.as_str()),
                Datum::Int(content.rank.into()),
                Datum::Text(content.duties.join(",")),
            ],
        }));
        rows
    }
}
