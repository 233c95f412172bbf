//! 办理过程: the acts of a matter, who did each and when.

use crate::{Kit, Problem};
use lingnan_journal::{Actor, Datum, Fault, MatterId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most acts shown on a timeline.
const TIMELINE_MAX: i64 = 500;

/// An act on the timeline.
#[derive(Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Its place in the journal.
    pub seq: u64,
    /// When, in milliseconds.
    pub time_ms: i64,
    /// Which command.
    pub command: String,
    /// By whom.
    pub person: String,
    /// In what post.
    pub post: String,
    /// Of which unit.
    pub unit: String,
    /// What came of it here: an act on one matter may tell another only that it is replaced.
    pub facts: Vec<String>,
}

const SELECT: &str = "select distinct a.seq, a.time_ms, a.command, a.payload \
    from journal_stream s join journal_act a on a.seq = s.seq \
    where s.matter = $1 order by a.seq desc limit $2";

/// Of an act's text, all that a timeline shows; of the facts, which they are.
#[derive(Deserialize)]
struct Envelope {
    actor: Actor,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    matter: String,
    facts: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    fact: String,
}

impl Envelope {
    /// What the act made so of one matter.
    fn facts(self, matter: &MatterId) -> Vec<String> {
        let own = self.changes.into_iter().filter(|change| change.matter == matter.as_str());
        own.flat_map(|change| change.facts).map(|named| named.fact).collect()
    }
}

/// The newest acts of a matter, oldest first. Whether the asker may see it is asked before.
///
/// # Errors
/// A problem when the engine fails or an act does not read.
pub async fn timeline(kit: &Kit, matter: &MatterId) -> Result<Vec<TimelineEntry>, Problem> {
    let values = vec![Datum::text(matter.as_str()), Datum::Int(TIMELINE_MAX)];
    let rows = kit.store.query(SELECT, values).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let [Datum::Int(seq), Datum::Int(time), Datum::Text(command), Datum::Text(payload)] =
            row.as_slice()
        else {
            continue;
        };
        let act: Envelope =
            serde_json::from_str(payload).map_err(|e| Fault::corrupt(matter.as_str(), 0, &e))?;
        let label = act.actor.label();
        entries.push(TimelineEntry {
            seq: u64::try_from(*seq).unwrap_or(0),
            time_ms: *time,
            command: command.clone(),
            person: label.person,
            post: label.post,
            unit: label.unit,
            facts: act.facts(matter),
        });
    }
    entries.reverse();
    Ok(entries)
}
