//! 签收时限: how soon what was delivered is to be acknowledged. GB/T 9704-2012 7.2.3 marks urgency;
//! within which time each is taken up is the exchange's own rule: 特急 15 分钟, 加急 2 小时, 平件 as
//! the process says.

use super::matter;
use crate::incoming::{Fact, Incoming, IncomingState};
use crate::model::Urgency;
use crate::tally;
use lingnan_base::Timestamp;
use lingnan_flow::{Condition, Holder, Rules, Time, Whom};
use lingnan_handlers::Handlers;
use lingnan_journal::{Answer, Command, Draft, Refusal, Stop};
use serde_json::{Value, json};
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;

/// Within how many minutes it is acknowledged; none when the process says it.
pub(super) const fn minutes(urgency: Urgency) -> Option<i64> {
    match urgency {
        Urgency::MostUrgent => Some(15),
        Urgency::Urgent => Some(120),
        Urgency::Ordinary => None,
    }
}

/// The handlers of a receipt that is to be acknowledged sooner than its process says.
pub(super) struct Promptly<'a> {
    pub(super) handlers: &'a Handlers<'a>,
    pub(super) minutes: i64,
}

impl Rules for Promptly<'_> {
    fn posts(&self, whom: &Whom) -> Vec<Holder> {
        self.handlers.posts(whom)
    }

    fn holds(&self, condition: &Condition) -> Result<bool, String> {
        self.handlers.holds(condition)
    }

    fn until(&self, _: &Time, from: Timestamp) -> Option<Timestamp> {
        Some(from.plus_ms(self.minutes.saturating_mul(MINUTE_MS)))
    }

    fn is_manned(&self, holder: &Holder) -> bool {
        self.handlers.is_manned(holder)
    }

    fn has_duty(&self, holder: &Holder, duty: &str) -> bool {
        self.handlers.has_duty(holder, duty)
    }

    fn entries(&self, field: &str) -> Vec<Arc<str>> {
        self.handlers.entries(field)
    }

    fn administrator(&self) -> Option<Holder> {
        self.handlers.administrator()
    }
}

/// 超时未签收: told once to who should acknowledge it and to who sent it.
pub struct Remind {
    /// The receipt's key.
    pub key: String,
}

impl Command for Remind {
    fn name(&self) -> &'static str {
        "incoming.remind"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter::<Incoming>(&self.key)?;
        let incoming = draft.read::<Incoming>(&id)?;
        let received = incoming.received.clone().ok_or_else(Refusal::missing)?;
        let due = incoming.acknowledge_by().is_some_and(|at| at <= draft.now());
        if due && !incoming.late && incoming.state == IncomingState::Delivered {
            draft.record::<Incoming>(&id, &[Fact::Late])?;
            tally::answer(draft, &received, |unit| tally::Fact::Late {
                unit,
                unit_name: received.unit_name.clone(),
            })?;
        }
        Ok(json!({}))
    }
}
