//! Carries matters of confirmed 换版 over, one act each; whatever stopped it, it can go on.

use crate::library::decide as library;
use crate::library::model::Entry;
use crate::work::decide::{Migrate, Turn};
use lingnan_handlers::Setting;
use lingnan_journal::{ActId, Actor, Datum, Fault, Stop};
use lingnan_store::Store;

const WAITING: &str = "select code, matter from workflow_migration order by code, matter limit $1";

/// Matters carried over in one round; the rest follow in the next.
const ROUND_MAX: u32 = 500;

/// Carries what waits over; tells how many matters there were.
///
/// # Errors
/// [`Fault`] when the engine fails; what was carried over stays so.
pub async fn carry(store: &Store, setting: &Setting) -> Result<usize, Fault> {
    let waiting = store.query(WAITING, vec![Datum::Int(ROUND_MAX.into())]).await?;
    for row in &waiting {
        let [Datum::Text(code), Datum::Text(key)] = row.as_slice() else { continue };
        carry_one(store, setting, code, key).await?;
    }
    Ok(waiting.len())
}

/// The act's id names the 换版 and the matter: two who carry at once do it once.
async fn carry_one(store: &Store, setting: &Setting, code: &str, key: &str) -> Result<(), Fault> {
    let Ok(id) = library::matter(code) else { return Ok(()) };
    let (_, entry) = store.load::<Entry>(&id).await?;
    let Some(seq) = entry.migration.as_ref().map(|open| open.seq) else { return Ok(()) };
    let act = |verb: &str| {
        ActId::parse(&format!("{verb}-{seq}-{key}")).map_err(|e| Fault::corrupt(key, seq, &e))
    };
    let command = |turn| Migrate { code: code.to_owned(), key: key.to_owned(), turn };
    let by = || Actor::system("migration");
    let over = command(Turn::Over(setting.clone()));
    let why = match store.submit(act("migrate")?, by(), over).await {
        Ok(_) => return Ok(()),
        Err(Stop::Failed(fault)) => return Err(fault),
        Err(Stop::Refused(refusal)) => refusal.message,
    };
    match store.submit(act("keep")?, by(), command(Turn::Stays(why))).await {
        Ok(_) => Ok(()),
        Err(Stop::Failed(fault)) => Err(fault),
        Err(Stop::Refused(refusal)) => Err(Fault::corrupt(key, seq, &refusal.message)),
    }
}
