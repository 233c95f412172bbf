//! The operations: each checked and worked out in full, or refused.

mod around;
mod back;
mod clock;
mod operation;
mod signers;
mod ticket;
mod whole;
mod withdraw;

pub use operation::{Asked, Operation, Ran, ReturnMode};

use crate::definition::Definition;
use crate::instance::{Change, Fact, Instance, TicketId};
use crate::run::Run;
use crate::{Refusal, Rules};
use lingnan_base::Timestamp;

/// Starts a process.
///
/// # Errors
/// [`Refusal::Nobody`] when a first step has no holder; see [`perform`] for others.
pub fn start(
    definition: &Definition,
    rules: &dyn Rules,
    now: Timestamp,
) -> Result<(Instance, Fact), Refusal> {
    let mut instance = Instance::default();
    let mut run = Run::new(definition, &mut instance, rules, now);
    run.begin()?;
    run.follow_stops();
    let changes = run.changes;
    instance.end("start", None);
    Ok((instance, fact("start", &Asked::whole(Operation::Resubmit), changes)))
}

/// Carries out one operation on a ticket in place, asked by its holder; see [`perform`].
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
    perform(definition, instance, rules, now, &Asked::on(ticket, operation.clone()))
}

/// Carries out one operation in place. On a refusal the instance may be half changed: work on a
/// copy, as every caller that decides does. Who may ask is judged by the caller.
///
/// # Errors
/// [`Refusal`] names the rule that says no.
pub fn perform(
    definition: &Definition,
    instance: &mut Instance,
    rules: &dyn Rules,
    now: Timestamp,
    asked: &Asked,
) -> Result<Fact, Refusal> {
    let name = asked.operation.name();
    instance.begin(name, asked.ticket);
    let mut run = Run::new(definition, instance, rules, now);
    let outcome = run.perform(asked).and_then(|()| run.follow());
    if outcome.is_ok() {
        run.follow_stops();
    }
    let changes = run.changes;
    if let Err(refusal) = outcome {
        instance.capturing = None;
        return Err(refusal);
    }
    instance.end(name, asked.ticket);
    Ok(fact(name, asked, changes))
}

fn fact(name: &str, asked: &Asked, changes: Vec<Change>) -> Fact {
    let (reason, confirmer) = asked.operation.grounds();
    Fact {
        operation: name.to_owned(),
        ticket: asked.ticket,
        stand_in: asked.stand_in.clone(),
        reason,
        confirmer,
        changes,
    }
}
