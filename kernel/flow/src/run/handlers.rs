//! Who handles a step: resolved, then left out, replaced or passed over as the step says.

use super::{Run, index};
use crate::Refusal;
use crate::definition::{After, Dedupe, Node, OnEmpty, OnSelf, Policy, Who, WhoPlace, Whom};
use crate::instance::{ActivationState, Decision, Holder, TicketState};
use std::collections::BTreeSet;

/// Units above that are tried when nobody is found: no tree of units is deeper.
const LEVELS_MAX: usize = 8;

pub(super) enum Handlers {
    These(Vec<Holder>),
    /// The step is passed over.
    Nobody,
}

impl Run<'_> {
    /// The handlers of a node that is entered; when it comes back in a return, those who
    /// handled it, as long as all of them still can (R5).
    pub(super) fn handlers(
        &self,
        node: &Node,
        place: u32,
        returned: bool,
    ) -> Result<Handlers, Refusal> {
        let mut was_handled = false;
        if returned && node.after == After::Same {
            let previous = self.previous_owners(place);
            was_handled = !previous.is_empty();
            if was_handled && previous.iter().all(|holder| self.rules.is_manned(holder)) {
                return Ok(Handlers::These(previous));
            }
        }
        let except: BTreeSet<Holder> =
            node.except.iter().flat_map(|who| self.resolve(who)).collect();
        let mut holders = self.resolve(&node.who);
        let found = !holders.is_empty();
        holders.retain(|holder| !except.contains(holder));
        if node.on_self != OnSelf::Allowed {
            holders = self.without_starter(node.on_self, holders);
            if holders.is_empty() && found && node.on_self == OnSelf::Skip {
                return Ok(Handlers::Nobody);
            }
        }
        if !holders.is_empty() {
            return Ok(Handlers::These(holders));
        }
        let nobody = || Refusal::Nobody(node.name().to_owned());
        let found = match &node.on_empty {
            OnEmpty::Pass(_) => return Ok(Handlers::Nobody),
            OnEmpty::Up => self.found_above(&node.who, &except),
            OnEmpty::Administrator => self.rules.administrator().into_iter().collect(),
            // Work that comes back must have somebody: it cannot be refused any more.
            OnEmpty::Refuse if was_handled => self.rules.administrator().into_iter().collect(),
            OnEmpty::Refuse => Vec::new(),
        };
        if found.is_empty() { Err(nobody()) } else { Ok(Handlers::These(found)) }
    }

    /// Everyone whom one of the alternatives names, each once.
    pub(super) fn resolve(&self, who: &Who) -> Vec<Holder> {
        let mut seen = BTreeSet::new();
        let all = who.0.iter().flat_map(|whom| self.named(whom));
        all.filter(|holder| seen.insert(holder.clone())).collect()
    }

    fn named(&self, whom: &Whom) -> Vec<Holder> {
        match whom {
            Whom::Same(step) => self.who_handled(step),
            Whom::Pick(step) => self.who_was_picked(step),
            _ => self.rules.posts(whom),
        }
    }

    fn who_handled(&self, step: &str) -> Vec<Holder> {
        let Some(place) = self.definition.number_of(step) else { return Vec::new() };
        let mut latest = self.instance.activations.iter().rev();
        let done = latest.find(|a| index(a.place) == place && a.state == ActivationState::Done);
        let tickets = done.map(|a| a.tickets.as_slice()).unwrap_or_default();
        let own = tickets.iter().filter_map(|id| self.instance.ticket(*id));
        let decided = own.filter(|t| t.host.is_none() && t.state == TicketState::Done);
        decided.map(|t| t.owner.clone()).collect()
    }

    fn who_was_picked(&self, step: &str) -> Vec<Holder> {
        let Some(place) = self.definition.number_of(step) else { return Vec::new() };
        let mut latest = self.instance.activations.iter().rev();
        let found = latest.find(|a| index(a.place) == place && !a.picked.is_empty());
        found.map(|a| a.picked.clone()).unwrap_or_default()
    }

    fn without_starter(&self, rule: OnSelf, mut holders: Vec<Holder>) -> Vec<Holder> {
        let starters = self.rules.posts(&Whom::Starter);
        let count = holders.len();
        holders.retain(|holder| !starters.contains(holder));
        if holders.len() == count || rule == OnSelf::Skip {
            return holders;
        }
        let instead = match rule {
            OnSelf::Head => [Whom::Head(WhoPlace::Own), Whom::Head(WhoPlace::Above(1))],
            _ => [Whom::Leader(WhoPlace::Above(1)), Whom::Head(WhoPlace::Above(1))],
        };
        for whom in &instead {
            let mut found = self.rules.posts(whom);
            found.retain(|holder| !starters.contains(holder));
            if !found.is_empty() {
                found.retain(|holder| !holders.contains(holder));
                holders.extend(found);
                return holders;
            }
        }
        holders
    }

    fn found_above(&self, who: &Who, except: &BTreeSet<Holder>) -> Vec<Holder> {
        let mut who = who.clone();
        for _ in 0..LEVELS_MAX {
            who = Who(who.0.iter().map(Whom::above).collect());
            let mut found = self.resolve(&who);
            found.retain(|holder| !except.contains(holder));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Owners of the node's own tickets when it was last active.
    fn previous_owners(&self, place: u32) -> Vec<Holder> {
        let mut all = self.instance.activations.iter().rev();
        let last = all.find(|a| a.place == place && !a.tickets.is_empty());
        let tickets = last.map(|a| a.tickets.as_slice()).unwrap_or_default();
        let own = tickets.iter().filter_map(|id| self.instance.ticket(*id));
        let mut seen = BTreeSet::new();
        let owners = own.filter(|t| t.host.is_none()).map(|t| t.owner.clone());
        owners.filter(|owner| seen.insert(owner.clone())).collect()
    }

    /// Whose approval counts for this node as well (R6): only approvals after the latest
    /// return, and none where a signature or everybody's own decision is wanted.
    pub(super) fn already_approved(&self, node: &Node) -> BTreeSet<Holder> {
        let rule = node.dedupe.unwrap_or(self.definition.dedupe);
        if rule == Dedupe::None || node.sign || node.mandatory || node.policy == Policy::Claim {
            return BTreeSet::new();
        }
        let tickets = self.instance.tickets.iter().filter(|ticket| {
            let fresh = self.instance.last_return.is_none_or(|at| ticket.decided_at > at);
            let counts = match rule {
                Dedupe::Adjacent => self.completed.contains(&ticket.activation),
                _ => fresh,
            };
            counts
                && ticket.host.is_none()
                && ticket.state == TicketState::Done
                && ticket.decision == Some(Decision::Approve)
        });
        tickets.map(|ticket| ticket.owner.clone()).collect()
    }
}
