//! Votes: whether a node's tickets decide it, and what a decision does.

use super::{Due, Run, small};
use crate::Refusal;
use crate::definition::{Node, OnReject, Policy, Share, Vote};
use crate::instance::{Decision, Holder, Status, Tally, TicketState};

impl Run<'_> {
    /// What a holder counts in the node's vote, and whether his rejection decides alone.
    pub(crate) fn voice(&self, node: &Node, holder: &Holder) -> (Option<u32>, bool) {
        let Policy::Vote(vote) = &node.policy else { return (None, false) };
        let has = |duty: &str| self.rules.has_duty(holder, duty);
        let weight = vote.weights.iter().filter(|(duty, _)| has(duty)).map(|(_, n)| *n).max();
        (weight, vote.veto.as_ref().is_some_and(|duty| has(duty)))
    }

    /// Whether the node's tickets decide it now, and what follows.
    pub(crate) fn evaluate(&mut self, activation: u32) -> Result<(), Refusal> {
        if !self.is_active(activation) {
            return Ok(());
        }
        let node = self.node(activation)?;
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let Some(verdict) = verdict(&node.policy, held.tally) else {
            if node.policy == Policy::Sequential {
                self.open_next(node, activation);
            }
            return Ok(());
        };
        let tickets = held.tickets.clone();
        self.cancel_tickets(&tickets);
        match (verdict, &node.on_reject) {
            (Decision::Approve, _) | (_, OnReject::Next) => self.complete(activation),
            (_, OnReject::End) => {
                self.end(Status::Rejected);
                Ok(())
            }
            (_, OnReject::To(step)) => {
                let target = self.definition.number_of(step).ok_or(Refusal::NotReturnable)?;
                self.send_to(activation, small(target))
            }
        }
    }

    /// 依次: the next whose turn it is.
    fn open_next(&mut self, node: &Node, activation: u32) {
        let Some(held) = self.instance.activation(activation) else { return };
        let Some(first) = held.tickets.first().copied() else { return };
        // Decided ones are not live: the first that is live is the one whose turn it is.
        let rest = self.instance.live.range(first..);
        let own = rest.filter_map(|id| Some((*id, self.instance.ticket(*id)?)));
        let mut own = own.filter(|(_, t)| t.host.is_none() && t.activation == activation);
        if let Some((ticket, TicketState::Pending)) = own.next().map(|(id, t)| (id, t.state)) {
            let opened = self.now;
            if let Some(limit) = &node.limit {
                let moment = self.rules.until(&limit.due, opened);
                self.time(Some(ticket), opened, Due { by: Some(&limit.due), moment });
            }
            self.set(ticket, TicketState::Open);
        }
    }
}

fn verdict(policy: &Policy, tally: Tally) -> Option<Decision> {
    let Tally { all, yes, no, .. } = tally;
    let unanimous =
        if no > 0 { Some(Decision::Reject) } else { (yes == all).then_some(Decision::Approve) };
    match policy {
        Policy::All | Policy::Sequential => unanimous,
        Policy::Any if yes > 0 => Some(Decision::Approve),
        Policy::Any => (no == all).then_some(Decision::Reject),
        Policy::First | Policy::Claim if yes > 0 => Some(Decision::Approve),
        Policy::First | Policy::Claim => (no > 0).then_some(Decision::Reject),
        Policy::Vote(vote) => shared(vote, tally),
    }
}

fn shared(vote: &Vote, tally: Tally) -> Option<Decision> {
    let Tally { all, yes, no, vetoes, first, asked, voted } = tally;
    if vote.quorum.is_some_and(|quorum| voted < quorum.needed(asked)) {
        return None;
    }
    if vetoes > 0 {
        return Some(Decision::Reject);
    }
    let base = if vote.fixed && vote.share != Share::All { first } else { all };
    let needed = vote.share.needed(base);
    if yes >= needed {
        return Some(Decision::Approve);
    }
    let lost = all.saturating_sub(no) < needed;
    let heard = yes.saturating_add(no) == all;
    (lost && (heard || !vote.collect)).then_some(Decision::Reject)
}
