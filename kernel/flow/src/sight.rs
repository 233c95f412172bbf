//! 意见所据: an opinion is bound to the text that its writer saw, not to what colleagues beside
//! him decided meanwhile.

use crate::instance::{Holder, Instance, TicketId};
use lingnan_base::Timestamp;
use lingnan_journal::{Label, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kept with a matter: since which of its facts its text and each open ticket are as they are.
///
/// A matter's version is the number of its facts, so that a version that somebody saw says
/// whether he saw them so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    facts: u64,
    text: u64,
    opinions: Vec<u64>,
    in_hand: BTreeMap<TicketId, InHand>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct InHand {
    holder: Holder,
    since: u64,
}

/// What somebody looked at before he acts on his own ticket.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// The process as it is now.
    pub flow: Option<&'a Instance>,
    /// He.
    pub own: Holder,
    /// The step at which he acts.
    pub step: &'a str,
    /// The version that he saw.
    pub seen: u64,
}

/// An opinion as it is told to whoever came later: at which step, whose, when.
pub type Said<'a> = (&'a str, &'a Label, Timestamp);

impl Sight {
    /// A fact was recorded; first of all for every fact.
    pub const fn count(&mut self) {
        self.facts = self.facts.saturating_add(1);
    }

    /// That fact changed what opinions are bound to.
    pub const fn rewritten(&mut self) {
        self.text = self.facts;
    }

    /// That fact was an opinion.
    pub fn opined(&mut self) {
        self.opinions.push(self.facts);
    }

    /// That fact moved the process, which now is `flow`.
    pub fn follow(&mut self, flow: &Instance) {
        let since = self.facts;
        let now = flow.open_tickets().map(|(id, ticket)| {
            let held = self.in_hand.remove(&id).filter(|held| held.holder == ticket.holder);
            (id, held.unwrap_or_else(|| InHand { holder: ticket.holder.clone(), since }))
        });
        self.in_hand = now.collect();
    }

    /// Refuses an act on what is no longer as it was seen: the text was changed since, or the
    /// ticket has not been in the actor's hand all the while. `said` are the matter's opinions.
    ///
    /// # Errors
    /// [`Refusal::stale`], saying what happened as far as the actor took part in the step.
    pub fn check<'a>(
        &self,
        look: &Look<'_>,
        said: impl Iterator<Item = Said<'a>>,
    ) -> Result<(), Refusal> {
        let seen = look.seen;
        let ticket = look.flow.and_then(|flow| flow.open_ticket_of(&look.own, Some(look.step)));
        let held = ticket.and_then(|ticket| self.in_hand.get(&ticket));
        let steady = held.is_some_and(|held| held.since <= seen);
        if seen == self.facts || (self.text <= seen && seen < self.facts && steady) {
            return Ok(());
        }
        let stale = Refusal::stale(seen, self.facts);
        if !look.takes_part() {
            return Err(stale);
        }
        if steady {
            let message =
                format!("您打开第{seen}版以后，所办内容有改动，现在是第{}版。", self.facts);
            return Err(Refusal { message, ..stale });
        }
        let known = self.opinions.iter().take_while(|fact| **fact <= seen).count();
        let mut since = said.skip(known);
        match since.find(|(step, ..)| *step == look.step) {
            Some((_, label, time)) => Err(Refusal { message: decided(label, time), ..stale }),
            None => Err(stale),
        }
    }
}

impl Look<'_> {
    fn takes_part(&self) -> bool {
        self.flow.is_some_and(|flow| {
            flow.tickets().any(|(_, ticket)| {
                let here = flow.step_of(ticket).is_some_and(|step| *step.id == *self.step);
                here && ticket.holder == self.own
            })
        })
    }
}

fn decided(label: &Label, time: Timestamp) -> String {
    let when = time.china_datetime().strftime("%-m月%-d日%H:%M");
    format!("{}{}已于{when}先办了这一步。", label.unit, label.person)
}
