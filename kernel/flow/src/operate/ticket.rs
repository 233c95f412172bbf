//! What the holder of a ticket does with it.

use super::withdraw::withdraw;
use super::{Asked, Operation};
use crate::Refusal;
use crate::definition::Policy;
use crate::instance::{
    Change, Decision, Group, Holder, Origin, Status, Ticket, TicketId, TicketState,
};
use crate::run::Run;

/// Shortest time between two urgings of one ticket: two hours.
pub const URGE_INTERVAL_MS: i64 = 2 * 60 * 60 * 1_000;

impl Run<'_> {
    pub(super) fn perform(&mut self, asked: &Asked) -> Result<(), Refusal> {
        let Some(id) = asked.ticket else { return self.perform_on_whole(&asked.operation) };
        if let Some(stand_in) = &asked.stand_in {
            self.check_stand_in(id, stand_in)?;
        }
        match &asked.operation {
            Operation::Approve => self.decide(id, Decision::Approve),
            Operation::ApprovePicking(holders) => {
                let ticket = self.guard(id, &[TicketState::Open])?;
                let (activation, holders) = (ticket.activation, holders.clone());
                self.put(Change::Picked { activation, holders });
                self.decide(id, Decision::Approve)
            }
            Operation::Reject => self.decide(id, Decision::Reject),
            Operation::Return { target, mode } => self.send_back(id, target, *mode),
            Operation::Withdraw => withdraw(self, id),
            Operation::Transfer(to) => self.transfer(id, to),
            Operation::Delegate(to) => self.delegate(id, to),
            Operation::Advise => self.advise(id),
            Operation::AddBefore(holders, group) => {
                self.add_signers(id, Origin::Before, holders, *group)
            }
            Operation::AddAfter(holders, group) => {
                self.add_signers(id, Origin::After, holders, *group)
            }
            Operation::Join(holders) => self.add_signers(id, Origin::Join, holders, Group::All),
            Operation::Reduce => self.reduce(id),
            Operation::Claim => self.claim(id),
            Operation::Unclaim => self.unclaim(id),
            Operation::Read => self.read(id),
            Operation::Urge => self.urge(id),
            Operation::Circulate { to, receipt } => {
                let activation = self.guard(id, &[TicketState::Open])?.activation;
                let (receipt, at) = (*receipt, self.now);
                for holder in to.iter().cloned() {
                    self.put(Change::Noticed { activation, holder, receipt, at });
                }
                Ok(())
            }
            Operation::Pause(reason) => self.pause(id, *reason),
            Operation::Continue => self.go_on(id),
            Operation::AskExtension => self.ask_extension(Some(id)),
            Operation::AnswerExtension { granted } => self.answer_extension(Some(id), *granted),
            whole => self.perform_on_whole(whole),
        }
    }

    pub(super) fn ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.instance.ticket(id).ok_or(Refusal::NoTicket)
    }

    pub(super) fn must_run(&self) -> Result<(), Refusal> {
        match self.instance.status {
            Status::Running => Ok(()),
            Status::Suspended => Err(Refusal::Suspended),
            _ => Err(Refusal::NotRunning),
        }
    }

    pub(super) fn guard(&self, id: TicketId, states: &[TicketState]) -> Result<&Ticket, Refusal> {
        self.must_run()?;
        let ticket = self.ticket(id)?;
        if !states.contains(&ticket.state) || !self.is_active(ticket.activation) {
            return Err(Refusal::NotOpen);
        }
        Ok(ticket)
    }

    /// 委托代理: not where the step forbids it, and nobody gets a second voice at a step.
    fn check_stand_in(&self, id: TicketId, stand_in: &Holder) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?;
        if self.node(ticket.activation)?.no_stand_in {
            return Err(Refusal::NoStandIn);
        }
        if ticket.holder != *stand_in && self.busy(ticket.activation).contains(stand_in) {
            return Err(Refusal::AlreadyHolders);
        }
        Ok(())
    }

    fn decide(&mut self, id: TicketId, decision: Decision) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        if ticket.delegator.is_some() {
            return Err(Refusal::OnlyAdvise);
        }
        let (activation, claimed) = (ticket.activation, ticket.claimed);
        let is_own = ticket.host.is_none();
        if is_own && !claimed && self.node(activation)?.policy == Policy::Claim {
            // The only one asked need not claim it first.
            let asked = self.instance.activation(activation).map_or(0, |a| a.tally.all);
            if asked > 1 {
                return Err(Refusal::ClaimFirst);
            }
        }
        let after = self.after_signers(id);
        let held = decision == Decision::Approve && !after.is_empty();
        let state = if held { TicketState::Held } else { TicketState::Done };
        self.put(Change::Ticket { ticket: id, state, decision: Some(decision) });
        if held {
            self.hold(id);
            return Ok(());
        }
        self.cancel_tickets(&after);
        self.settle(id)
    }

    fn claim(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let activation = ticket.activation;
        if ticket.claimed || ticket.host.is_some() {
            return Err(Refusal::NothingToClaim);
        }
        if self.node(activation)?.policy != Policy::Claim {
            return Err(Refusal::NothingToClaim);
        }
        self.put(Change::Claimed { ticket: id, claimed: true });
        self.set_others(id, TicketState::Open, TicketState::Pending)
    }

    fn unclaim(&mut self, id: TicketId) -> Result<(), Refusal> {
        if !self.guard(id, &[TicketState::Open])?.claimed {
            return Err(Refusal::NothingToClaim);
        }
        self.put(Change::Claimed { ticket: id, claimed: false });
        self.set_others(id, TicketState::Pending, TicketState::Open)
    }

    /// The other own tickets of the node that stand as `from` stand as `to`.
    fn set_others(
        &mut self,
        id: TicketId,
        from: TicketState,
        to: TicketState,
    ) -> Result<(), Refusal> {
        let activation = self.ticket(id)?.activation;
        let held = self.instance.activation(activation).ok_or(Refusal::Broken)?;
        let own = held.tickets.iter().filter(|other| **other != id);
        let own = own.filter_map(|other| Some((*other, self.instance.ticket(*other)?)));
        let others = own.filter(|(_, t)| t.host.is_none() && t.state == from);
        for other in others.map(|(other, _)| other).collect::<Vec<_>>() {
            self.set(other, to);
        }
        Ok(())
    }

    fn read(&mut self, id: TicketId) -> Result<(), Refusal> {
        if self.instance.status != Status::Suspended {
            self.guard(id, &[TicketState::Open])?;
        }
        if !self.ticket(id)?.state.is_live() {
            return Err(Refusal::NotOpen);
        }
        self.put(Change::Read { ticket: id });
        Ok(())
    }

    fn urge(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.ticket(id)?;
        if !ticket.state.is_live() {
            return Err(Refusal::NotOpen);
        }
        let level = ticket.urged.as_ref().map_or(0, |urged| urged.level).saturating_add(1);
        let last = ticket.urged.as_ref().map(|urged| urged.last);
        if last.is_some_and(|last| self.now < last.plus_ms(URGE_INTERVAL_MS)) {
            return Err(Refusal::UrgedLately);
        }
        self.put(Change::Urged { ticket: id, level, at: self.now });
        Ok(())
    }

    fn transfer(&mut self, id: TicketId, to: &Holder) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        if ticket.holder == *to || self.busy(ticket.activation).contains(to) {
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
        let busy = self.busy(ticket.activation).contains(to);
        if ticket.delegator.is_some() || ticket.holder == *to || busy {
            return Err(Refusal::AlreadyHolders);
        }
        let delegator = Some(ticket.holder.clone());
        let (holder, owner) = (to.clone(), ticket.owner.clone());
        self.put(Change::Handed { ticket: id, holder, owner, delegator });
        Ok(())
    }

    fn advise(&mut self, id: TicketId) -> Result<(), Refusal> {
        let ticket = self.guard(id, &[TicketState::Open])?;
        let holder = ticket.delegator.clone().ok_or(Refusal::NotDelegated)?;
        let owner = ticket.owner.clone();
        self.put(Change::Handed { ticket: id, holder, owner, delegator: None });
        Ok(())
    }
}
