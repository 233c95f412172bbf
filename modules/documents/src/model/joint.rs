//! 联署: that a joint issuer has signed, by what its head approved at 会签 (条例 第二十二条).

use super::{Document, Fact};
use lingnan_base::{Timestamp, UnitId};
use lingnan_journal::{Label, Stamp};
use serde::{Deserialize, Serialize};

/// The signature of a joint issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoSigned {
    /// What was signed, as [`Document::signable`] says it.
    pub digest: String,
    /// By whom, by name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

impl Document {
    /// The signature of a joint issuer, if it is of the document as it stands.
    #[must_use]
    pub fn co_signed(&self, unit: &UnitId) -> Option<&CoSigned> {
        let signed = self.co_signed.get(unit)?;
        (signed.digest == self.signable()).then_some(signed)
    }

    /// The last word of a joint issuer at 会签 counts: whoever withdraws or sends back has not
    /// signed.
    pub(super) fn co_sign(&mut self, fact: &Fact, stamp: &Stamp) {
        let Fact::Opined { node, decision, .. } = fact else { return };
        let Some(seat) = stamp.actor.seat().filter(|_| node == "countersign") else { return };
        let joint = self.head.as_ref().is_some_and(|head| head.joint.contains(&seat.unit));
        match decision.as_str() {
            "approve" if joint => {
                let (digest, label) = (self.signable(), stamp.actor.label());
                let signed = CoSigned { digest, label, time: stamp.time };
                self.co_signed.insert(seat.unit.clone(), signed);
            }
            "return" | "withdraw" => {
                self.co_signed.remove(&seat.unit);
            }
            _ => {}
        }
    }
}
