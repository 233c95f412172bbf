//! What the interpreter must ask of the world: who, whether, until when.

use crate::definition::{Condition, Limit, Time, Whom};
use crate::instance::Holder;
use lingnan_base::Timestamp;
use std::sync::Arc;

/// Answers about one matter, as of now. The interpreter asks while it works an operation out and
/// records what it was told; a replay asks nothing.
pub trait Rules {
    /// The posts that `whom` names, manned ones where there are any, in order. Never asked of
    /// [`Whom::Same`] and [`Whom::Pick`], which the interpreter knows itself.
    fn posts(&self, whom: &Whom) -> Vec<Holder>;

    /// Whether a condition holds of the matter's fields.
    ///
    /// # Errors
    /// A Chinese sentence saying why it cannot be told.
    fn holds(&self, condition: &Condition) -> Result<bool, String>;

    /// The moment that comes `time` after `from`; `None` when it cannot be known yet, because a
    /// field is empty or a year's festivals are unknown.
    fn until(&self, time: &Time, from: Timestamp) -> Option<Timestamp>;

    /// The last year whose working days are arranged, when `due` lies beyond it and depends on
    /// what will be arranged; `None` when it is firm.
    fn reckoned_to(&self, time: &Time, due: Timestamp) -> Option<i16> {
        let _ = (time, due);
        None
    }

    /// `due` as it is by now, when it was reckoned while only the years to `reckoned_to` were
    /// arranged; `None` when nothing more is known.
    fn reckoned_again(&self, time: &Time, due: Timestamp, reckoned_to: i16) -> Option<Timestamp> {
        let _ = (time, due, reckoned_to);
        None
    }

    /// When a limit opened at `opened` and due at `due` has run to so many percent. Working time
    /// is better told by the calendar than by the running hours told here.
    fn share(&self, limit: &Limit, opened: Timestamp, due: Timestamp, percent: u32) -> Timestamp {
        let _ = limit;
        let whole = due.0.saturating_sub(opened.0);
        opened.plus_ms(whole.saturating_div(100).saturating_mul(percent.into()))
    }

    /// The due moment after the clock of `time` stood still from `stopped` to `resumed`.
    fn resumed(
        &self,
        time: &Time,
        due: Timestamp,
        stopped: Timestamp,
        resumed: Timestamp,
    ) -> Timestamp {
        let _ = time;
        due.plus_ms(resumed.0.saturating_sub(stopped.0))
    }

    /// Whether a post still has somebody who can act from it.
    fn is_manned(&self, holder: &Holder) -> bool {
        let _ = holder;
        true
    }

    /// Whether a post has a duty; votes ask it of weights and vetoes.
    fn has_duty(&self, holder: &Holder, duty: &str) -> bool {
        let _ = (holder, duty);
        false
    }

    /// Whether a field was changed since a moment.
    fn changed(&self, field: &str, since: Timestamp) -> bool {
        let _ = (field, since);
        false
    }

    /// The entries of a field, for a sub-process each.
    fn entries(&self, field: &str) -> Vec<Arc<str>> {
        let _ = field;
        Vec::new()
    }

    /// The post that sees to steps nobody is found for.
    fn administrator(&self) -> Option<Holder> {
        None
    }
}
