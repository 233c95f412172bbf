//! Who acts: always a person in a named capacity, or the platform carrying out a named task.

use lingnan_base::{PersonId, PostId, UnitId};
use serde::{Deserialize, Serialize};

/// 岗位身份: the person, the post he acts from and the unit that the post belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The person.
    pub person: PersonId,
    /// The post.
    pub post: PostId,
    /// The post's unit.
    pub unit: UnitId,
}

/// Names as they were when the act was done; later renaming does not change what was written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Name of the person, or of the task.
    pub person: String,
    /// Title of the post.
    pub post: String,
    /// Short name of the unit.
    pub unit: String,
    /// Rank of the post within its unit, lower is higher; opinions are shown in this order.
    pub rank: u32,
}

/// 办理人: who does an act, and in what capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Actor {
    /// A person acting from a post, perhaps on behalf of another (代).
    Person {
        /// The capacity.
        seat: Seat,
        /// For whom, when he stands in under a delegation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<Seat>,
        /// Names at the time.
        label: Label,
    },
    /// The platform itself: an import, a timer.
    System {
        /// Which task, for example `import`.
        task: String,
    },
}

impl Actor {
    /// The platform carrying out `task`.
    #[must_use]
    pub fn system(task: &str) -> Self {
        Self::System { task: task.to_owned() }
    }

    /// The capacity of a person; `None` for the platform.
    #[must_use]
    pub const fn seat(&self) -> Option<&Seat> {
        match self {
            Self::Person { seat, .. } => Some(seat),
            Self::System { .. } => None,
        }
    }

    /// Names to show.
    #[must_use]
    pub fn label(&self) -> Label {
        match self {
            Self::Person { label, .. } => label.clone(),
            Self::System { task } => Label { person: task.clone(), ..Label::default() },
        }
    }
}
