//! 归档: the package of a concluded matter, a function of its state and its edition.

use super::model::Work;
use crate::library::model::Edition;
use lingnan_journal::{MatterId, canonical};
use serde_json::{Value, json};
use sm3::{Digest, Sm3};

/// Everything that is kept of a matter: what it was about, by which text it was handled, who
/// wrote what at which step, and where each act stands in the journal.
#[must_use]
pub fn package(work: &Work, edition: &Edition, id: &MatterId) -> Value {
    json!({
        "matter": id,
        "process": { "flow": edition.flow, "form": edition.form },
        "course": work.course,
        "title": work.title,
        "number": work.number,
        "unit": { "id": work.unit, "name": work.unit_name },
        "starter": work.starter,
        "values": work.values,
        "opinions": work.opinions,
        "performed": work.performed,
        "steps": steps(work),
        "called": work.called,
        "started_ms": work.started.0,
    })
}

/// Every ticket: which step, whose, what was decided.
fn steps(work: &Work) -> Value {
    let Some(flow) = &work.flow else { return Value::Null };
    let one = |ticket: &lingnan_flow::Ticket| {
        let step = flow.step_of(ticket);
        json!({
            "step": step.map(|step| &step.id),
            "name": step.map(|step| &step.name),
            "holder": ticket.holder,
            "owner": ticket.owner,
            "state": ticket.state,
            "decision": ticket.decision,
            "clock": ticket.clock,
        })
    };
    flow.tickets().map(|(_, ticket)| one(ticket)).collect()
}

/// SM3 of a package's canonical text, in hex.
#[must_use]
pub fn digest(package: &Value) -> String {
    hex::encode(Sm3::digest(canonical::text(package).as_bytes()))
}
