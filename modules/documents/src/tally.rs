//! 回执汇总: which of the units that something was sent to have not answered yet.
//!
//! A matter of its own, so that neither the document moves with every receipt nor a receipt has
//! to look at all the others (decision 1).

use crate::incoming::Received;
use lingnan_api::{Kit, Problem};
use lingnan_base::{PostId, UnitId};
use lingnan_flow::Holder;
use lingnan_flow::inbox::Showing;
use lingnan_flow::message::{Happened, Messages};
use lingnan_journal::{Draft, Matter, MatterId, Refusal, Row, Stamp, Stop};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who has still to answer for one document, or for one receipt that was relayed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// What was sent; none before the first fact.
    pub about: Option<MatterId>,
    /// Its title.
    pub title: String,
    /// Short name of the unit that sent it.
    pub unit_name: String,
    /// Who is told of the answers.
    pub concerned: BTreeSet<PostId>,
    /// Who has not answered.
    pub waiting: BTreeSet<UnitId>,
    /// How many acknowledged.
    pub acknowledged: u32,
    /// How many sent it back.
    pub returned: u32,
    /// What was told.
    pub messages: Messages,
}

/// What can be recorded of a tally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It was sent to units.
    Expected {
        /// What.
        about: MatterId,
        /// Its title.
        title: String,
        /// Short name of the unit that sent it.
        unit_name: String,
        /// Who is told of the answers.
        concerned: BTreeSet<PostId>,
        /// To whom.
        units: Vec<UnitId>,
    },
    /// A unit acknowledged it.
    Acknowledged {
        /// Which.
        unit: UnitId,
    },
    /// A unit sent it back.
    Returned {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
    },
    /// A unit has not acknowledged it in time.
    Late {
        /// Which.
        unit: UnitId,
        /// Its short name.
        unit_name: String,
    },
    /// It was recalled: nobody is waited for.
    Recalled,
}

impl Matter for Tally {
    const KIND: &'static str = "receipts";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self {
            about: None,
            title: String::new(),
            unit_name: String::new(),
            concerned: BTreeSet::new(),
            waiting: BTreeSet::new(),
            acknowledged: 0,
            returned: 0,
            messages: Messages::default(),
        }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        match fact {
            Fact::Expected { about, title, unit_name, concerned, units } => {
                self.about = Some(about.clone());
                self.title.clone_from(title);
                self.unit_name.clone_from(unit_name);
                self.concerned.extend(concerned.iter().cloned());
                self.waiting.extend(units.iter().cloned());
                return;
            }
            Fact::Recalled => {
                self.waiting.clear();
                return;
            }
            Fact::Late { unit_name, .. } => {
                let words = format!("“{unit_name}”超过时限没有签收，请提醒。");
                self.tell(Happened::Late, &words, stamp);
                return;
            }
            Fact::Acknowledged { unit } => {
                self.waiting.remove(unit);
                self.acknowledged = self.acknowledged.saturating_add(1);
            }
            Fact::Returned { unit, reason } => {
                self.waiting.remove(unit);
                self.returned = self.returned.saturating_add(1);
                self.tell(Happened::SentBack, reason, stamp);
            }
        }
        if self.waiting.is_empty() {
            let words = match self.returned {
                0 => format!("{}个单位均已签收。", self.acknowledged),
                returned => format!("{}个单位签收，{returned}个单位退文。", self.acknowledged),
            };
            self.tell(Happened::Receipted, &words, stamp);
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let Some(about) = &self.about else { return Vec::new() };
        let showing = Showing { title: &self.title, unit: &self.unit_name, urgency: "" };
        let mut rows = self.messages.rows(id, about, showing);
        rows.push(lingnan_api::echo_row(id, about));
        rows
    }
}

impl Tally {
    fn tell(&mut self, what: Happened, words: &str, stamp: &Stamp) {
        for post in &self.concerned {
            self.messages.tell(Holder::new(post.as_str()), what, "", words, stamp);
        }
    }
}

/// The tally of what is sent from `source`, a document or a receipt.
fn of(source: &MatterId) -> Result<MatterId, Refusal> {
    MatterId::new(Tally::KIND, source.key()).map_err(|_| Refusal::missing())
}

/// Waits for the answers of units.
pub(crate) fn expect(draft: &mut Draft<'_>, source: &MatterId, fact: Fact) -> Result<(), Stop> {
    draft.record::<Tally>(&of(source)?, &[fact])
}

/// Whether any unit has signed for what was sent from `source`.
///
/// # Errors
/// A problem when the engine fails.
pub(crate) async fn acknowledged(kit: &Kit, source: &MatterId) -> Result<bool, Problem> {
    let (_, tally) = kit.store.load::<Tally>(&of(source)?).await?;
    Ok(tally.acknowledged > 0)
}

/// Waits no more.
pub(crate) fn recall(draft: &mut Draft<'_>, source: &MatterId) -> Result<(), Stop> {
    draft.record::<Tally>(&of(source)?, &[Fact::Recalled])
}

/// Counts a unit's answer; one that is not waited for, because it was sent before there were
/// tallies, changes nothing.
pub(crate) fn answer(
    draft: &mut Draft<'_>,
    received: &Received,
    answer: impl FnOnce(UnitId) -> Fact,
) -> Result<(), Stop> {
    // Nobody of this cell waits for an answer to what came on paper.
    let Some(source) = received.parent.as_ref().or(received.document.as_ref()) else {
        return Ok(());
    };
    let id = of(source)?;
    if draft.read::<Tally>(&id)?.waiting.contains(&received.unit) {
        draft.record::<Tally>(&id, &[answer(received.unit.clone())])?;
    }
    Ok(())
}
