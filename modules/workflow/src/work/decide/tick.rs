//! 时钟: what time establishes of a matter, asked for by the platform when its alarm is due or the
//! working days of another year are arranged.

use super::desk::Desk;
use lingnan_flow::{Instance, Operation};
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Stop};
use serde_json::{Value, json};

/// Time has passed for a matter.
pub struct Tick {
    /// Its key.
    pub key: String,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Tick {
    fn name(&self) -> &'static str {
        "workflow.tick"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let mut desk = Desk::open(draft, &self.setting, &self.key)?;
        let due = desk.work.alarm.is_some_and(|at| at <= draft.now());
        let reckoned_to = desk.work.flow.as_ref().and_then(Instance::reckoned_to);
        let arranged = reckoned_to.is_some_and(|to| to < self.setting.calendar.arranged_to());
        if (due || arranged) && !desk.work.state.is_over() {
            desk.on_whole(draft, Operation::Tick)?;
            desk.advance(draft)?;
        }
        Ok(json!({}))
    }
}
