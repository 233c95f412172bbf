//! What others than the signer approved, bound to the document as it stood: 联署 by the head of a
//! joint issuer at 会签 (条例 第二十二条), and 合法性审核 (国办发〔2018〕115号).

use super::{Document, Fact};
use lingnan_base::{Timestamp, UnitId};
use lingnan_journal::{Label, Stamp};
use serde::{Deserialize, Serialize};

/// An approval of the document as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// What was approved, as [`Document::signable`] says it.
    pub digest: String,
    /// By whom, by name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

impl Document {
    /// The signature of a joint issuer, if it is of the document as it stands.
    #[must_use]
    pub fn co_signed(&self, unit: &UnitId) -> Option<&Endorsement> {
        self.co_signed.get(unit).filter(|signed| signed.digest == self.signable())
    }

    /// Whether the legality review has passed the document as it stands.
    #[must_use]
    pub fn is_lawful(&self) -> bool {
        self.lawful.as_ref().is_some_and(|passed| passed.digest == self.signable())
    }

    /// The last word counts, of a joint issuer at 会签 as of the legality review: whoever withdraws
    /// or sends back has not approved.
    pub(super) fn endorse(&mut self, fact: &Fact, stamp: &Stamp) {
        let Fact::Opined { node, decision, .. } = fact else { return };
        let Some(seat) = stamp.actor.seat() else { return };
        let approved = match decision.as_str() {
            "approve" => {
                let (digest, label) = (self.signable(), stamp.actor.label());
                Some(Endorsement { digest, label, time: stamp.time })
            }
            "return" | "withdraw" => None,
            _ => return,
        };
        let joint = self.head.as_ref().is_some_and(|head| head.joint.contains(&seat.unit));
        match (node.as_str(), approved) {
            ("countersign", Some(approved)) if joint => {
                self.co_signed.insert(seat.unit.clone(), approved);
            }
            ("countersign", None) => {
                self.co_signed.remove(&seat.unit);
            }
            ("legality_review", approved) => self.lawful = approved,
            _ => {}
        }
    }
}
