//! What can be recorded of a document.

use super::{Declared, Head, Kept, Number, Printed, Retention, Sent};
use crate::body::Body;
use lingnan_api::Attachment;
use lingnan_base::{PostId, UnitId};
use lingnan_flow::{Fact as FlowFact, TicketId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What can be recorded of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It was begun.
    Drafted {
        /// The drafting unit.
        unit: UnitId,
        /// Its short name.
        unit_name: String,
        /// The drafter's post.
        drafter: PostId,
    },
    /// A version was saved.
    Saved {
        /// The head.
        head: Box<Head>,
        /// The text.
        body: Arc<Body>,
        /// SM3 of title and text.
        digest: String,
        /// Pictures of the text that no version before had.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pictures: Vec<Attachment>,
    },
    /// A file was attached.
    Attached {
        /// The file.
        attachment: Attachment,
    },
    /// A file was taken off.
    Detached {
        /// Its digest.
        digest: String,
    },
    /// The process moved.
    Flowed {
        /// How.
        flow: FlowFact,
    },
    /// An opinion was written.
    Opined {
        /// The step.
        node: String,
        /// Its name.
        step: String,
        /// On which ticket.
        ticket: TicketId,
        /// The decision.
        decision: String,
        /// The text.
        text: String,
        /// The version seen.
        version: u32,
        /// Its digest.
        digest: String,
        /// What was given by hand or voice.
        #[serde(default, skip_serializing_if = "Kept::is_none")]
        by_hand: Kept,
    },
    /// Something was declared of a rule.
    Declared {
        /// What.
        declared: Declared,
        /// The fault that was found.
        about: String,
    },
    /// It was signed.
    Signed {
        /// The digest of what was signed.
        digest: String,
    },
    /// It went back before its signature, which counts no more.
    Unsigned,
    /// It was given a number.
    Numbered {
        /// The number.
        number: Number,
    },
    /// Its number was voided.
    NumberVoided {
        /// Why.
        reason: String,
    },
    /// It was sent.
    Distributed {
        /// To whom.
        sent: Vec<Sent>,
        /// Its printed page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        printed: Option<Printed>,
        /// How many paper copies each unit may make.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prints: Option<u16>,
    },
    /// It was sent to further units.
    SentFurther {
        /// To whom.
        sent: Vec<Sent>,
    },
    /// It was recalled from all units.
    Recalled {
        /// Why.
        reason: String,
    },
    /// Another document replaces it.
    Replaced {
        /// The key of that document.
        by: String,
        /// Its number.
        number: String,
    },
    /// Another document repeals it.
    Repealed {
        /// The key of that document.
        by: String,
        /// Its number.
        number: String,
    },
    /// It is done with.
    Concluded,
    /// It is in the archives.
    Archived {
        /// For how long.
        retention: Retention,
        /// Why not as proposed; nothing when it is.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}

impl Fact {
    /// Whether it changes what an opinion is about.
    pub(super) const fn rewrites(&self) -> bool {
        matches!(
            self,
            Self::Saved { .. }
                | Self::Attached { .. }
                | Self::Detached { .. }
                | Self::Numbered { .. }
                | Self::NumberVoided { .. }
        )
    }
}
