//! The operations on tickets, each checked and worked out in full or refused.

use crate::definition::Definition;
use crate::instance::{
    Change, Decision, Fact, Frame, Holder, Instance, Origin, Status, Ticket, TicketId, TicketState,
};
use crate::run::{Run, index, small};
use crate::{Refusal, Rules, withdraw};
use lingnan_base::Timestamp;
use std::collections::BTreeSet;

/// How work comes back after a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnMode {
    /// 重走: every step again.
    Redo,
    /// 直达: straight to the one who returned it.
    Direct,
}

/// What is asked of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// 同意
    Approve,
    /// 不同意
    Reject,
    /// 退回 to an earlier node.
    Return {
        /// Its id.
        target: String,
        /// How it comes back.
        mode: ReturnMode,
    },
    /// 撤回 one's own approval.
    Withdraw,
    /// 转办: another takes it over.
    Transfer(Holder),
    /// 委派: another advises.
    Delegate(Holder),
    /// A delegate gives it back with advice.
    Advise,
    /// 前加签
    AddBefore(Vec<Holder>),
    /// 后加签
    AddAfter(Vec<Holder>),
    /// 并加签
    Join(Vec<Holder>),
    /// 减签
    Reduce,
    /// The holder has looked at it.
    Read,
    /// 终止 the whole.
    Terminate,
}

impl Operation {
    /// Its name in a [`Fact`].
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Return { .. } => "return",
            Self::Withdraw => "withdraw",
            Self::Transfer(_) => "transfer",
            Self::Delegate(_) => "delegate",
            Self::Advise => "advise",
            Self::AddBefore(_) => "add_before",
            Self::AddAfter(_) => "add_after",
            Self::Join(_) => "join",
            Self::Reduce => "reduce",
            Self::Read => "read",
            Self::Terminate => "terminate",
        }
    }
}

/// Starts a process.
///
/// # Errors
/// [`Refusal::Nobody`] when a first node has no holder.
pub fn start(
    definition: &Definition,
    rules: &dyn Rules,
    now: Timestamp,
) -> Result<(Instance, Fact), Refusal> {
    let mut instance = Instance::default();
    let mut run = Run { definition, instance: &mut instance, rules, now, changes: Vec::new() };
    run.enter(0, None, None, &[])?;
    let fact = Fact { operation: "start".to_owned(), ticket: None, changes: run.changes };
    instance.end("start", None);
    Ok((instance, fact))
}

/// Carries out one operation in place. On a refusal the instance may be half changed: work on a
/// copy, as every caller that decides does.
///
/// # Errors
/// [`Refusal`] names the rule that says no.
pub fn operate(
    definition: &Definition,
    instance: &mut Instance,
    rules: &dyn Rules,
    now: Timestamp,
    ticket: TicketId,
    operation: &Operation,
) -> Result<Fact, Refusal> {
    let name = operation.name();
    instance.begin(name, Some(ticket));
    let mut run = Run { definition, instance, rules, now, changes: Vec::new() };
    let outcome = run.perform(ticket, operation);
    let changes = run.changes;
    if let Err(refusal) = outcome {
        instance.capturing = None;
        return Err(refusal);
    }
    instance.end(name, Some(ticket));
    Ok(Fact { operation: name.to_owned(), ticket: Some(ticket), changes })
}

impl Run<'_> {
    fn perform(&mut self, id: TicketId, operation: &Operation) -> Result<(), Refusal> {
        match operation {
            Operation::Approve => self.decide(id, Decision::Approve),
            Operation::Reject => self.decide(id, Decision::Reject),
            Operation::Return { target, mode } => self.send_back(id, target, *mode),
            Operation::Withdraw => withdraw::withdraw(self, id),
            Operation::Transfer(to) => self.transfer(id, to),
            Operation::Delegate(to) => self.delegate(id, to),
            Operation::Advise => self.advise(id),
            Operation::AddBefore(holders) => self.add_signers(id, Origin::Before, holders),
            Operation::AddAfter(holders) => self.add_signers(id, Origin::After, holders),
            Operation::Join(holders) => self.add_signers(id, Origin::Join, holders),
            Operation::Reduce => self.reduce(id),
            Operation::Read => {
                self.guard(id, &[TicketState::Open])?;
                self.put(Change::Read { ticket: id });
                Ok(())
            }
            Operation::Terminate => {
                if self.instance.status != Status::Running {
                    return Err(Refusal::NotRunning);
                }
                self.end(Status::Terminated);
                Ok(())
            }
        }
    }

    pub(crate) fn ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.instance.ticket(id).ok_or(Refusal::NoTicket)
    }

    fn guard(&self, id: TicketId, states: &[TicketState]) -> Result<Ticket, Refusal> {
        if self.instance.status != Status::Running {
            return Err(Refusal::NotRunning);
        }
        let ticket = self.ticket(id)?;
        if !states.contains(&ticket.state) || !self.is_active(ticket.activation) {
            return Err(Refusal::NotOpen);
        }
        let mut copy = ticket.clone();
        copy.effect = None;
        Ok(copy)
    }

    fn guests(&self, host: TicketId) -> Vec<(TicketId, Ticket)> {
        let all = self.instance.tickets.iter().zip(0_u32..);
        all.filter(|(t, _)| t.host == Some(host)).map(|(t, n)| (TicketId(n), t.clone())).collect()
    }

    fn decide(&mut self, id: TicketId, decision: Decision) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        if ticket.delegator.is_some() {
            return Err(Refusal::OnlyAdvise);
        }
        let after: Vec<TicketId> = self
            .guests(id)
            .into_iter()
            .filter(|(_, t)| t.origin == Origin::After && t.state != TicketState::Cancelled)
            .map(|(guest, _)| guest)
            .collect();
        let held = decision == Decision::Approve && !after.is_empty();
        let state = if held { TicketState::Held } else { TicketState::Done };
        self.put(Change::Ticket { ticket: id, state, decision: Some(decision) });
        if held {
            for guest in after {
                self.set(guest, TicketState::Open);
            }
            return Ok(());
        }
        self.cancel_tickets(&after);
        self.settle(id)
    }

    /// A ticket has its final decision: tell its host, or let the node's policy judge.
    fn settle(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?;
        let (activation, origin) = (ticket.activation, ticket.origin);
        let Some(host) = ticket.host else { return self.evaluate(activation) };
        let group: Vec<(TicketId, Ticket)> = self
            .guests(host)
            .into_iter()
            .filter(|(_, t)| t.origin == origin && t.state != TicketState::Cancelled)
            .collect();
        if group.iter().any(|(_, t)| t.state.is_live()) {
            return Ok(());
        }
        let host_state = self.ticket(host)?.state;
        if origin == Origin::Before {
            self.set(host, TicketState::Open);
        } else if host_state == TicketState::Held {
            let against = group.iter().any(|(_, t)| t.decision == Some(Decision::Reject));
            let decision = if against { Decision::Reject } else { Decision::Approve };
            self.put(Change::Ticket {
                ticket: host,
                state: TicketState::Done,
                decision: Some(decision),
            });
            return self.settle(host);
        }
        Ok(())
    }

    fn is_busy(&self, activation: u32, holder: &Holder) -> bool {
        let tickets = self.instance.activation(activation).map(|a| a.tickets.as_slice());
        tickets.unwrap_or_default().iter().filter_map(|id| self.instance.ticket(*id)).any(|t| {
            t.state.is_live() && (t.holder == *holder || t.delegator.as_ref() == Some(holder))
        })
    }

    fn add_signers(
        &mut self,
        id: TicketId,
        origin: Origin,
        holders: &[Holder],
    ) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let activation = ticket.activation;
        let mut seen = BTreeSet::new();
        let fresh: Vec<Holder> = holders
            .iter()
            .filter(|h| seen.insert((*h).clone()) && !self.is_busy(activation, h))
            .cloned()
            .collect();
        if fresh.is_empty() {
            return Err(Refusal::AlreadyHolders);
        }
        if ticket.delegator.is_some() {
            return Err(Refusal::OnlyAdvise);
        }
        if origin == Origin::Join {
            let node = self.node(activation)?;
            if !node.policy.may_join() || ticket.host.is_some() {
                return Err(Refusal::NoJoinHere);
            }
        } else if self.guests(id).iter().any(|(_, t)| t.state.is_live()) {
            return Err(Refusal::GroupOpen);
        }
        let state = if origin == Origin::After { TicketState::Pending } else { TicketState::Open };
        let host = (origin != Origin::Join).then_some(id);
        let (opened, due) = (self.now, ticket.due);
        for holder in fresh {
            self.put(Change::Opened { activation, holder, host, origin, state, opened, due });
        }
        if origin == Origin::Before {
            self.set(id, TicketState::Waiting);
        }
        Ok(())
    }

    fn node(&self, activation: u32) -> Result<&'_ crate::Node, Refusal> {
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let place = self.definition.place(index(held.place));
        place.and_then(crate::definition::Place::node).ok_or(Refusal::Broken)
    }

    fn reduce(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?.clone();
        if self.instance.status != Status::Running || !self.is_active(ticket.activation) {
            return Err(Refusal::NotRunning);
        }
        if ticket.origin == Origin::Resolve {
            return Err(Refusal::NotAdded);
        }
        if !ticket.state.is_live() || ticket.state == TicketState::Held {
            return Err(Refusal::Decided);
        }
        self.strike(id);
        let Some(host) = ticket.host else { return self.evaluate(ticket.activation) };
        let group: Vec<(TicketId, Ticket)> = self
            .guests(host)
            .into_iter()
            .filter(|(_, t)| t.origin == ticket.origin && t.state != TicketState::Cancelled)
            .collect();
        if group.iter().any(|(_, t)| t.state.is_live()) {
            return Ok(());
        }
        if ticket.origin == Origin::Before {
            self.set(host, TicketState::Open);
        } else if self.ticket(host)?.state == TicketState::Held {
            if let Some((last, _)) = group.last() {
                return self.settle(*last);
            }
            let decision = Some(Decision::Approve);
            self.put(Change::Ticket { ticket: host, state: TicketState::Done, decision });
            return self.settle(host);
        }
        Ok(())
    }

    fn strike(&mut self, id: TicketId) {
        for (guest, ticket) in self.guests(id) {
            if ticket.state.is_live() {
                self.strike(guest);
            }
        }
        self.set(id, TicketState::Cancelled);
    }

    fn transfer(&mut self, id: TicketId, to: &Holder) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        if ticket.holder == *to || self.is_busy(ticket.activation, to) {
            return Err(Refusal::AlreadyHolders);
        }
        if ticket.delegator.is_some() {
            return Err(Refusal::OnlyAdvise);
        }
        let (holder, owner) = (to.clone(), to.clone());
        self.put(Change::Handed { ticket: id, holder, owner, delegator: None });
        Ok(())
    }

    fn delegate(&mut self, id: TicketId, to: &Holder) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let busy = self.is_busy(ticket.activation, to);
        if ticket.delegator.is_some() || ticket.holder == *to || busy {
            return Err(Refusal::AlreadyHolders);
        }
        let delegator = Some(ticket.holder);
        let (holder, owner) = (to.clone(), ticket.owner);
        self.put(Change::Handed { ticket: id, holder, owner, delegator });
        Ok(())
    }

    fn advise(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let holder = ticket.delegator.ok_or(Refusal::NotDelegated)?;
        self.put(Change::Handed { ticket: id, holder, owner: ticket.owner, delegator: None });
        Ok(())
    }

    fn send_back(&mut self, id: TicketId, target: &str, mode: ReturnMode) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open, TicketState::Waiting])?;
        let from = ticket.activation;
        let stands = self.instance.activation(from).ok_or(Refusal::Broken)?.place;
        let target = self.definition.number_of(target).ok_or(Refusal::NotReturnable)?;
        let common = self.instance.return_scope(self.definition, index(stands), target);
        let common = small(common.ok_or(Refusal::NotReturnable)?);
        let mut scope = from;
        while self.instance.activation(scope).ok_or(Refusal::Broken)?.place != common {
            let above = self.instance.activation(scope).and_then(|a| a.parent);
            scope = above.ok_or(Refusal::Broken)?;
        }
        let carry = self.left_behind(from, scope);
        self.put(Change::Ticket {
            ticket: id,
            state: TicketState::Done,
            decision: Some(Decision::Return),
        });
        let target = small(target);
        match mode {
            ReturnMode::Redo => self.put(Change::Dropped { scope }),
            ReturnMode::Direct => {
                self.push_frame(Frame { at: target, to: stands, scope, carry });
            }
        }
        self.go(scope, target, &[])
    }
}
