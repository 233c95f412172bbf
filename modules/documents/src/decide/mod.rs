//! The verbs: what may be done to a document, by whom, and what then is so.

mod edit;
mod exchange;
mod handling;
mod head;
mod incoming;
mod issue;
mod outgoing;
mod promptly;
mod register;
mod rules;

pub(crate) use head::{body_refusal, complete, issues_as};
pub use incoming::HandleIncoming;
pub use outgoing::{Begin, Handle, OpenBook};
pub use promptly::Remind;
pub use register::Register;

use crate::model::OpinionRecord;
use lingnan_base::{PostId, UnitId};
use lingnan_flow::{Holder, Instance, Look, Operation, ReturnMode, Sight, TicketId};
use lingnan_handlers::Setting;
use lingnan_journal::{Draft, Kind, Matter, MatterId, Refusal, Seat, Stop};

/// The seat of the person who acts; the platform itself handles no documents.
fn seat(draft: &Draft<'_>) -> Result<Seat, Refusal> {
    draft.actor().seat().cloned().ok_or_else(Refusal::missing)
}

/// A refusal of the interpreter in the official's language.
fn flow_refusal(refusal: &lingnan_flow::Refusal) -> Refusal {
    let kind = match refusal {
        lingnan_flow::Refusal::Nobody(_) | lingnan_flow::Refusal::NotReturnable => Kind::Invalid,
        _ => Kind::Conflict,
    };
    Refusal::new(kind, refusal.code(), refusal.sentence()).with_next(refusal.next())
}

/// The operation that a return means.
fn return_to(target: &str, mode: ReturnMode) -> Operation {
    Operation::Return { target: target.to_owned(), mode }
}

const fn mode(direct: Direct) -> ReturnMode {
    match direct {
        Direct::Yes => ReturnMode::Direct,
        Direct::No => ReturnMode::Redo,
    }
}

/// Whether returned work comes straight back.
#[derive(Debug, Clone, Copy)]
enum Direct {
    Yes,
    No,
}

impl From<bool> for Direct {
    fn from(direct: bool) -> Self {
        if direct { Self::Yes } else { Self::No }
    }
}

/// The actor's open ticket at a node.
fn ticket_at(
    flow: Option<&lingnan_flow::Instance>,
    post: &PostId,
    node: &str,
) -> Result<TicketId, Refusal> {
    flow.and_then(|flow| flow.open_ticket_of(&holder(post), Some(node)))
        .ok_or_else(|| flow_refusal(&lingnan_flow::Refusal::NotOpen))
}

fn holder(post: &PostId) -> Holder {
    Holder::new(post.as_str())
}

/// The matter `key` of kind `M`.
fn matter<M: Matter>(key: &str) -> Result<MatterId, Refusal> {
    MatterId::new(M::KIND, key).map_err(|_| Refusal::missing())
}

/// What the actor saw of a matter, before he acts at a step on a ticket of his own, or otherwise.
struct Seen<'a> {
    id: &'a MatterId,
    version: Option<u64>,
    step: Option<&'a str>,
}

impl Seen<'_> {
    /// Refuses when what the act is about is no longer as the actor saw it.
    fn expect(
        &self,
        draft: &mut Draft<'_>,
        (sight, flow): (&Sight, Option<&Instance>),
        opinions: &[OpinionRecord],
    ) -> Result<(), Stop> {
        let Some(seen) = self.version else { return Ok(()) };
        let Some(step) = self.step else { return draft.expect(self.id, seen) };
        let look = Look { flow, own: holder(&seat(draft)?.post), step, seen };
        let said = opinions.iter().map(|one| (one.node.as_str(), &one.label, one.time));
        Ok(sight.check(&look, said)?)
    }
}

/// An opinion is bound to the version its writer saw, so he must say which that was.
fn must_have_seen(seen: Option<u64>) -> Result<(), Refusal> {
    if seen.is_some() {
        return Ok(());
    }
    let message = "没有说明办理时看到的是哪一版。";
    Err(Refusal::new(Kind::Invalid, "documents.version_unsaid", message)
        .with_next("请刷新页面，看过最新内容后再办理。"))
}

/// Refuses a post that nobody holds or that handles no business.
fn must_be_in_business(setting: &Setting, post: &PostId) -> Result<(), Refusal> {
    if setting.is_in_business(post) {
        return Ok(());
    }
    let message = "所选岗位现在没有人员，或不办理业务。";
    Err(Refusal::new(Kind::Invalid, "documents.nobody_there", message)
        .with_next("请选择有人在岗的业务岗位。"))
}

/// Most units one act may send to.
const UNITS_MAX: usize = 3_000;

fn check_units(units: &[UnitId]) -> Result<(), Refusal> {
    if units.len() > UNITS_MAX {
        let message = format!("一次最多发给{UNITS_MAX}个单位。");
        return Err(Refusal::new(Kind::Invalid, "documents.too_many_units", message)
            .with_next("请分批分发，或发给上级单位由其转发。"));
    }
    Ok(())
}
