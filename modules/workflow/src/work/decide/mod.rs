//! The verbs: starting a matter, handling it, and what the platform does on its own.

mod administer;
mod advance;
mod desk;
mod extension;
mod handle;
mod migrate;
mod start;
mod tick;

pub(crate) use desk::rights;
pub use handle::Handle;
pub use migrate::{Migrate, Turn};
pub use start::{Start, Submission};
pub use tick::Tick;

use lingnan_flow::Holder;
use lingnan_journal::{Draft, Kind, Matter, MatterId, Refusal, Seat};

use super::model::Work;

/// Longest opinion, in characters.
const OPINION_MAX: usize = 2_000;

/// The seat of the person who acts.
fn seat(draft: &Draft<'_>) -> Result<Seat, Refusal> {
    draft.actor().seat().cloned().ok_or_else(Refusal::missing)
}

fn holder(post: &lingnan_base::PostId) -> Holder {
    Holder::new(post.as_str())
}

/// The matter of a key.
///
/// # Errors
/// A refusal as for what does not exist when the key is none.
pub fn matter(key: &str) -> Result<MatterId, Refusal> {
    MatterId::new(Work::KIND, key).map_err(|_| Refusal::missing())
}

/// A refusal of the interpreter in the official's language.
fn flow_refusal(refusal: &lingnan_flow::Refusal) -> Refusal {
    let kind = match refusal {
        lingnan_flow::Refusal::Nobody(_) | lingnan_flow::Refusal::NotReturnable => Kind::Invalid,
        _ => Kind::Conflict,
    };
    Refusal::new(kind, refusal.code(), refusal.sentence()).with_next(refusal.next())
}

/// What is wrong with a form, as one refusal.
fn form_refusal(problems: &[lingnan_forms::Problem]) -> Refusal {
    let sentences: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    Refusal::new(Kind::Invalid, "workflow.form", sentences.join(""))
        .with_next("请修改后重新提交；已填写的内容仍在本页。")
}

/// A text that may be empty, trimmed and bounded.
fn opinion(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > OPINION_MAX {
        let message = format!("意见不能超过{OPINION_MAX}字。");
        return Err(Refusal::new(Kind::Invalid, "workflow.opinion", message)
            .with_next("请精简后重新提交，或作为附件上传。"));
    }
    Ok(text.to_owned())
}

/// A text that must not be empty.
fn reason(text: &str, what: &str) -> Result<String, Refusal> {
    let text = opinion(text)?;
    if text.is_empty() {
        let message = format!("请填写{what}。");
        return Err(
            Refusal::new(Kind::Invalid, "workflow.reason", message).with_next("填写后重新提交。")
        );
    }
    Ok(text)
}
