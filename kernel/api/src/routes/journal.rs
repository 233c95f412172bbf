//! 办理日志: its envelope for the audit administrator, checkpoints and proofs for all.

use crate::kit::Kit;
use crate::page::{Cursor, PAGE_MAX, Page, page};
use crate::{Params, Problem, ProblemBody, Segment, SignedIn};
use axum::Json;
use axum::extract::State;
use lingnan_auth::Action;
use lingnan_base::{PersonId, PostId, UnitId};
use lingnan_evidence::{Content, Proof};
use lingnan_journal::{Datum, Fault, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which acts to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Where the page begins.
    cursor: Option<String>,
    /// Only acts of this unit.
    unit: Option<String>,
    /// Only this command.
    command: Option<String>,
}

/// The envelope of an act: never what it says.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActView {
    /// Its place.
    seq: i64,
    /// When, in milliseconds.
    time_ms: i64,
    /// Which command.
    command: String,
    /// Who.
    person: Option<String>,
    /// From which post.
    post: Option<String>,
    /// Of which unit.
    unit: Option<String>,
    /// SHA-256 commitment, in hex.
    commitment: String,
}

/// Where the evidence log stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckpointView {
    /// The signed note (C2SP tlog-checkpoint).
    note: String,
    /// How many acts it covers.
    size: u64,
    /// How many acts the journal holds.
    acts: u64,
    /// The key that verifies the note.
    key: String,
}

/// A proof that an act is in the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProofView {
    /// The act's place.
    seq: u64,
    /// The entry, as hashed into the log.
    entry: String,
    /// The proof bundle (C2SP tlog-proof), to be checked offline.
    bundle: String,
    /// The act's canonical text; with the salt in the bundle it opens the commitment in the
    /// entry. Absent for the audit administrator, who sees no business.
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    /// The key that verifies its checkpoint.
    key: String,
}

/// Two sizes of the log.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Sizes {
    /// The older size.
    from: u64,
    /// The newer size; the newest checkpoint's when it is left out.
    to: Option<u64>,
}

/// A proof that the older log is a prefix of the newer.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsistencyView {
    /// The older size.
    from: u64,
    /// The newer size.
    to: u64,
    /// Hashes in base64 (RFC 6962 2.1.2).
    path: Vec<String>,
    /// The signed note of the newer size, when one was signed there.
    note: Option<String>,
    /// The key that verifies the note.
    key: String,
}

/// 办理日志
#[utoipa::path(get, path = "/journal", params(Which), responses(
    (status = 200, description = "Envelopes, newest first", body = Page<ActView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not the audit administrator", body = ProblemBody)))]
pub(crate) async fn acts(
    State(kit): State<Kit>,
    asker: SignedIn,
    which: Params<Which>,
) -> Result<Json<Page<ActView>>, Problem> {
    asker.require(Action::ReadJournal)?;
    let cursor = Cursor::parse(which.0.cursor.as_deref())?;
    let mut values = vec![Datum::Int(cursor.map_or(i64::MAX, |cursor| cursor.number))];
    let mut conditions = String::from("seq < $1");
    for (column, wanted) in [("unit", &which.0.unit), ("command", &which.0.command)] {
        if let Some(wanted) = wanted.as_deref().filter(|text| !text.is_empty()) {
            values.push(Datum::text(wanted));
            conditions.push_str(&format!(" and {column} = ${}", values.len()));
        }
    }
    let limit = PAGE_MAX.saturating_add(1);
    let sql = format!(
        "select seq, time_ms, command, person, post, unit, commitment from journal_act \
         where {conditions} order by seq desc limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let acts: Result<Vec<ActView>, Fault> = rows.into_iter().map(read).collect();
    let acts = acts?.into_iter().map(|act| named(&kit, act)).collect();
    Ok(Json(page(acts, |act| Cursor { number: act.seq, key: String::new() })))
}

/// Names in place of ids, as they are now; an act of the platform itself has no person.
fn named(kit: &Kit, mut act: ActView) -> ActView {
    kit.with_directory(|directory| {
        let person = act.person.as_deref().and_then(|id| PersonId::parse(id).ok());
        if let Some(person) = person.as_ref().and_then(|id| directory.person(id)) {
            act.person = Some(person.name.clone());
        }
        let post = act.post.as_deref().and_then(|id| PostId::parse(id).ok());
        if let Some((_, post)) = post.as_ref().and_then(|id| directory.post(id)) {
            act.post = Some(post.title.clone());
        }
        let unit = act.unit.as_deref().and_then(|id| UnitId::parse(id).ok());
        if let Some(unit) = unit.as_ref().and_then(|id| directory.unit(id)) {
            act.unit = Some(unit.short_name.clone());
        }
    });
    act
}

fn read(row: Vec<Datum>) -> Result<ActView, Fault> {
    let text = |datum: Datum| if let Datum::Text(text) = datum { Some(text) } else { None };
    match <[Datum; 7]>::try_from(row) {
        Ok(
            [
                Datum::Int(seq),
                Datum::Int(time_ms),
                Datum::Text(command),
                person,
                post,
                unit,
                Datum::Blob(commitment),
            ],
        ) => Ok(ActView {
            seq,
            time_ms,
            command,
            person: text(person),
            post: text(post),
            unit: text(unit),
            commitment: hex::encode(commitment),
        }),
        _ => Err(Fault::corrupt("journal_act", 0, &"a row has columns of other types")),
    }
}

/// 检查点
#[utoipa::path(get, path = "/checkpoint", responses(
    (status = 200, description = "The newest signed checkpoint", body = CheckpointView)))]
pub(crate) async fn checkpoint(State(kit): State<Kit>) -> Result<Json<CheckpointView>, Problem> {
    let checkpoint = kit.evidence.newest().await?;
    Ok(Json(CheckpointView {
        note: checkpoint.note,
        size: checkpoint.size,
        acts: kit.store.count(),
        key: kit.evidence.verifier_key(),
    }))
}

/// 一致性证明
#[utoipa::path(get, path = "/consistency", params(Sizes), responses(
    (status = 200, description = "The older log is a prefix of the newer", body = ConsistencyView),
    (status = 404, description = "Beyond the newest checkpoint", body = ProblemBody)))]
pub(crate) async fn consistency(
    State(kit): State<Kit>,
    sizes: Params<Sizes>,
) -> Result<Json<ConsistencyView>, Problem> {
    let from = sizes.0.from;
    let to = match sizes.0.to {
        Some(to) => to,
        None => kit.evidence.newest().await?.size,
    };
    let path = kit.evidence.consistency(from, to).await?.ok_or_else(Refusal::missing)?;
    let note = kit.evidence.checkpoint(to).await?.map(|checkpoint| checkpoint.note);
    let path = path.iter().map(|hash| hash.base64()).collect();
    Ok(Json(ConsistencyView { from, to, path, note, key: kit.evidence.verifier_key() }))
}

/// 一项办理的证明
#[utoipa::path(get, path = "/journal/{seq}/proof", params(("seq" = u64, Path)), responses(
    (status = 200, description = "A proof bundle", body = ProofView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not in the log yet, or not in scope", body = ProblemBody)))]
pub(crate) async fn proof(
    State(kit): State<Kit>,
    asker: SignedIn,
    seq: Segment,
) -> Result<Json<ProofView>, Problem> {
    asker.require(Action::ReadProofs)?;
    let seq: u64 = seq.0.parse().map_err(|_| Refusal::missing())?;
    // Salt and text open what was done: an auditor proves that the act is logged, no more.
    let content = match asker.require(Action::ReadJournal) {
        Ok(()) => Content::Withheld,
        Err(_) => {
            in_scope(&kit, &asker, seq).await?;
            Content::Told
        }
    };
    let proof = kit.evidence.prove(seq, content).await?.ok_or_else(Refusal::missing)?;
    let key = kit.evidence.verifier_key();
    let Proof { payload, entry, bundle } = proof;
    Ok(Json(ProofView { seq, entry, bundle, payload, key }))
}

async fn in_scope(kit: &Kit, asker: &SignedIn, seq: u64) -> Result<(), Problem> {
    let mut values = vec![Datum::count(seq)];
    let condition = asker.scope().condition("s.matter", &mut values);
    let sql = format!("select 1 from journal_stream s where s.seq = $1 and {condition} limit 1");
    let rows = kit.store.reader().query_text(sql, values).await?;
    if rows.is_empty() { Err(Refusal::missing().into()) } else { Ok(()) }
}
