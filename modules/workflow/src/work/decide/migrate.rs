//! 换版: one matter of a confirmed 换版 goes over, in an act of its own.

use super::desk::Desk;
use crate::library::decide as library;
use crate::library::migration::{Met, Migration};
use crate::library::model::{Entry, Fact as EntryFact};
use crate::work::migration::preview;
use crate::work::model::Fact;
use lingnan_flow::Holder;
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, Refusal, Stop};
use serde_json::{Value, json};
use std::sync::Arc;

/// A matter's turn in a confirmed 换版.
pub struct Migrate {
    /// The process's code.
    pub code: String,
    /// The matter's key.
    pub key: String,
    /// What is done about it.
    pub turn: Turn,
}

/// What is done about a matter whose turn has come.
pub enum Turn {
    /// It goes over, in this world.
    Over(Setting),
    /// It stays by its edition, for this reason.
    Stays(String),
}

impl Command for Migrate {
    fn name(&self) -> &'static str {
        match self.turn {
            Turn::Over(_) => "workflow.migrate",
            Turn::Stays(_) => "workflow.keep_edition",
        }
    }

    fn request(&self) -> Value {
        let stays = match &self.turn {
            Turn::Over(_) => Value::Null,
            Turn::Stays(why) => json!(why),
        };
        json!({ "code": self.code, "key": self.key, "stays": stays })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = library::matter(&self.code)?;
        let entry = draft.read::<Entry>(&id)?;
        let open = entry.migration.as_ref().filter(|open| open.confirmed.is_some());
        let waits = open.filter(|open| open.matters.get(&self.key) == Some(&Met::Waiting));
        // Whoever hears of it first has done it.
        let Some(open) = waits else { return Ok(json!({})) };
        let refused = match &self.turn {
            Turn::Over(setting) => {
                go_over(draft, setting, &entry, open, &self.key)?;
                None
            }
            Turn::Stays(why) => Some(why.clone()),
        };
        let met = EntryFact::MigrationMet { matter: self.key.clone(), refused };
        draft.record::<Entry>(&id, &[met])?;
        Ok(json!({}))
    }
}

fn go_over(
    draft: &mut Draft<'_>,
    setting: &Setting,
    entry: &Entry,
    open: &Migration,
    key: &str,
) -> Result<(), Stop> {
    let mut desk = Desk::open(draft, setting, key)?;
    let old = desk.work.course.clone().ok_or_else(Refusal::missing)?;
    let new = entry.edition(open.version).ok_or_else(Refusal::missing)?.parsed()?;
    let (fact, told) = preview(&desk.work, &desk.parsed, &new, setting);
    let Some(mut flow) = fact else {
        let why = told.obstacles.concat();
        return Err(Refusal::new(Kind::Conflict, "workflow.cannot_migrate", why).into());
    };
    let confirmed = open.confirmed.as_ref();
    flow.reason = Some(open.reason.as_str().into());
    let post = confirmed.and_then(|word| word.post.as_ref());
    flow.confirmer = post.map(|post| Holder::new(post.as_str()));
    let removed = told.removed;
    let mut text = format!(
        "由第{}版换用第{}版：{}（{}提请，{}确认）。",
        old.version,
        open.version,
        open.reason,
        open.label.person,
        confirmed.map(|word| word.label.person.as_str()).unwrap_or_default(),
    );
    if !removed.is_empty() {
        let fields = removed.join("、");
        text.push_str(&format!("新版表单没有“{fields}”，原填内容保留。"));
    }
    let (version, name) = (open.version, new.process.name.to_string());
    desk.put(draft, Fact::Migrated { version, name, flow, removed })?;
    desk.parsed = Arc::clone(&new);
    desk.opine(draft, "", None, "migrate", text)?;
    desk.advance(draft)
}
