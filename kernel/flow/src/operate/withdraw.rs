//! 撤回: undoing one's own approval while nothing stands on it (W1 to W5).

use crate::Refusal;
use crate::definition::PlaceKind;
use crate::instance::{
    ActivationState, CallState, Change, Decision, Effect, Holder, Origin, Status, Ticket, TicketId,
    TicketState,
};
use crate::run::Run;
use std::collections::{BTreeMap, BTreeSet};

/// Takes back the approval on ticket `id`.
pub(super) fn withdraw(run: &mut Run<'_>, id: TicketId) -> Result<(), Refusal> {
    let ticket = run.ticket(id)?.clone();
    let settled = matches!(ticket.state, TicketState::Done | TicketState::Held);
    let effect = ticket.effect.clone().filter(|_| {
        run.instance.status == Status::Running
            && settled
            && ticket.decision == Some(Decision::Approve)
    });
    let effect = effect.ok_or(Refusal::NothingToWithdraw)?;
    if run.node(ticket.activation)?.irreversible {
        return Err(Refusal::Irreversible);
    }
    check_place(run, &ticket, &effect)?;
    check_successors(run, &effect)?;
    check_tickets(run, id, &effect)?;
    if run.instance.last_return.is_some_and(|at| at >= ticket.decided_at) {
        return Err(Refusal::MovedOn);
    }
    check_nobody_twice(run, id, &ticket, &effect)?;
    undo(run, id, &effect);
    Ok(())
}

/// What a decision did to an activation that was there before it.
struct Moved {
    before: ActivationState,
    index: u32,
    after: ActivationState,
}

/// From first to last, per activation. Steps that are passed over move one several times; what
/// the decision itself entered is given up as a whole.
fn moved(effect: &Effect) -> BTreeMap<u32, Moved> {
    let mut all: BTreeMap<u32, Moved> = BTreeMap::new();
    for (number, before, index, after) in &effect.activations {
        let (before, index, after) = (*before, *index, *after);
        if !effect.entered.contains(number) {
            let moved = all.entry(*number).or_insert(Moved { before, index, after });
            moved.after = after;
        }
    }
    all
}

fn check_place(run: &Run<'_>, ticket: &Ticket, effect: &Effect) -> Result<(), Refusal> {
    let own = effect.activations.iter().any(|(activation, ..)| *activation == ticket.activation);
    if !run.is_active(ticket.activation) && !own {
        return Err(Refusal::MovedOn);
    }
    let moved = moved(effect);
    let state = |number: u32| run.instance.activation(number).map(|a| a.state);
    if moved.iter().any(|(number, moved)| state(*number) != Some(moved.after)) {
        return Err(Refusal::MovedOn);
    }
    let reopened: BTreeSet<u32> = moved
        .iter()
        .filter(|(_, moved)| moved.before == ActivationState::Active)
        .map(|(number, _)| *number)
        .collect();
    for number in &reopened {
        let parent = run.instance.activation(*number).and_then(|a| a.parent);
        if parent.is_some_and(|p| !run.is_active(p) && !reopened.contains(&p)) {
            return Err(Refusal::MovedOn);
        }
    }
    if effect.popped.iter().any(|frame| run.instance.frames.contains(frame)) {
        return Err(Refusal::MovedOn);
    }
    Ok(())
}

fn check_successors(run: &Run<'_>, effect: &Effect) -> Result<(), Refusal> {
    for number in &effect.entered {
        let Some(entered) = run.instance.activation(*number) else { continue };
        // A block is done at once when all its steps are passed over.
        let alive = match entered.state {
            ActivationState::Active | ActivationState::Carried | ActivationState::Skipped => true,
            // What the platform or the world did since stands on it as a colleague's act does.
            ActivationState::Done => !acted(run, entered),
            ActivationState::Cancelled => false,
        };
        if !alive {
            return Err(Refusal::MovedOn);
        }
        if run
            .instance
            .calls
            .iter()
            .any(|call| call.activation == *number && !matches!(call.state, CallState::Wanted))
        {
            return Err(Refusal::SuccessorTouched);
        }
        let tickets = entered.tickets.iter().filter_map(|id| Some((*id, run.ticket(*id).ok()?)));
        for (id, ticket) in tickets.filter(|(_, ticket)| ticket.origin != Origin::Auto) {
            let untouched = matches!(ticket.state, TicketState::Open | TicketState::Pending)
                && !ticket.read
                && !has_guests(run, id)
                && ticket.delegator.is_none()
                && ticket.holder == ticket.owner
                && !ticket.claimed
                && ticket.origin == Origin::Resolve;
            if !untouched {
                return Err(Refusal::SuccessorTouched);
            }
        }
    }
    Ok(())
}

fn check_tickets(run: &Run<'_>, id: TicketId, effect: &Effect) -> Result<(), Refusal> {
    for (other, before, _) in effect.tickets.iter().filter(|(other, ..)| *other != id) {
        let now = run.ticket(*other)?;
        if !matches!(now.state, TicketState::Cancelled | TicketState::Open) {
            return Err(Refusal::MovedOn);
        }
        let touched = has_guests(run, *other)
            || now.read
            || now.holder != now.owner
            || now.delegator.is_some();
        if *before != TicketState::Open && now.state == TicketState::Open && touched {
            return Err(Refusal::SuccessorTouched);
        }
    }
    Ok(())
}

fn has_guests(run: &Run<'_>, id: TicketId) -> bool {
    run.ticket(id).is_ok_and(|ticket| !ticket.guests.is_empty())
}

/// Whether somebody or something has done the step; a block is done at once when all its steps
/// are passed over, and so is one in which everybody had approved before.
fn acted(run: &Run<'_>, entered: &crate::instance::Activation) -> bool {
    let place = run.definition.place(crate::run::index(entered.place)).map(|place| &place.kind);
    match place {
        Some(PlaceKind::Node(_)) => {
            let mut own = entered.tickets.iter().filter_map(|id| run.ticket(*id).ok());
            own.any(|ticket| ticket.origin != Origin::Auto && ticket.state == TicketState::Done)
        }
        Some(PlaceKind::Auto(_) | PlaceKind::Wait(_)) => true,
        Some(PlaceKind::Cc(cc)) => cc.gate,
        Some(PlaceKind::Call(call)) => !call.detached,
        _ => false,
    }
}

/// T3: a person holds at most one live ticket of a node, the reopened ones included.
fn check_nobody_twice(
    run: &Run<'_>,
    id: TicketId,
    ticket: &Ticket,
    effect: &Effect,
) -> Result<(), Refusal> {
    let mut live: BTreeSet<TicketId> = effect
        .tickets
        .iter()
        .filter(|(other, before, _)| *other == id || before.is_live())
        .map(|(other, ..)| *other)
        .collect();
    live.insert(id);
    let node = run.instance.activation(ticket.activation).ok_or(Refusal::Broken)?;
    let now = node.tickets.iter().copied();
    live.extend(now.filter(|t| run.ticket(*t).is_ok_and(|t| t.state.is_live())));
    let mut people: BTreeSet<&Holder> = BTreeSet::new();
    for ticket in live.iter().filter_map(|id| run.ticket(*id).ok()) {
        for person in std::iter::once(&ticket.holder).chain(&ticket.delegator) {
            if !people.insert(person) {
                return Err(Refusal::AlreadyHolders);
            }
        }
    }
    Ok(())
}

fn undo(run: &mut Run<'_>, id: TicketId, effect: &Effect) {
    for number in &effect.entered {
        let Some(entered) = run.instance.activation(*number) else { continue };
        let (tickets, index) = (entered.tickets.clone(), entered.index);
        for ticket in tickets {
            run.set(ticket, TicketState::Cancelled);
        }
        run.cancel_calls(*number);
        let state = ActivationState::Cancelled;
        run.put(Change::Moved { activation: *number, state, index });
    }
    for (activation, moved) in moved(effect) {
        run.put(Change::Moved { activation, state: moved.before, index: moved.index });
    }
    for (ticket, state, decision) in effect.tickets.iter().rev() {
        if run.ticket(*ticket).is_ok_and(|t| effect.entered.contains(&t.activation)) {
            continue;
        }
        run.put(Change::Ticket { ticket: *ticket, state: *state, decision: *decision });
    }
    for frame in effect.popped.iter().rev() {
        run.push_frame(frame.clone());
    }
    run.put(Change::Settled { ticket: id });
}
