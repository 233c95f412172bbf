//! Acts on a 件, and the codes of a fonds.

use super::{kept_units, seen};
use crate::decide::{self, Codes, Handle};
use crate::fonds::Fonds;
use crate::keeping::Keeper;
use crate::model::Request;
use crate::test::Phase;
use axum::Json;
use axum::extract::State;
use lingnan_api::{Done, JsonBody, Kit, Problem, ProblemBody, Segment, SignedIn, act_id};
use lingnan_auth::Action;
use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Datum, Kind, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An act on a 件.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArchiveAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// The version the actor saw.
    seen: u64,
    /// What is asked.
    request: Request,
}

/// 设定全宗号
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FondsAct {
    /// The client's id of the act.
    act_id: String,
    /// From which post.
    as_post: String,
    /// Whose.
    unit: String,
    /// 全宗号
    code: String,
    /// 机构（问题）代码
    organisation: String,
}

/// A unit's codes.
#[derive(Serialize, ToSchema)]
pub(crate) struct FondsView {
    /// The unit.
    unit: String,
    /// Its short name.
    unit_name: String,
    /// 全宗号
    code: String,
    /// Whether it was set; until then the unit's own code stands for it.
    set: bool,
    /// 机构（问题）代码
    organisation: String,
}

/// 办理档案
#[utoipa::path(post, path = "/archives/{id}/acts", params(("id" = String, Path)),
    request_body = ArchiveAct, responses(
    (status = 200, description = "Done", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Another must do this", body = ProblemBody),
    (status = 404, description = "No such 件 in scope", body = ProblemBody),
    (status = 409, description = "It does not stand so", body = ProblemBody),
    (status = 422, description = "A rule is broken", body = ProblemBody)))]
pub(crate) async fn handle_archive(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    body: JsonBody<ArchiveAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let seen = seen(&kit, &asker, &id.0).await?;
    let post = PostId::parse(&act.as_post).map_err(|_| Refusal::missing())?;
    let acting = asker.acting(&post, Action::HandleDocuments)?;
    let act_id = act_id(&act.act_id)?;
    if act.request == (Request::Test {}) {
        if seen.keeper.is_none() {
            let message = "检测由本单位档案员（文书）办理。";
            return Err(Refusal::new(Kind::Forbidden, "archives.not_keeper", message).into());
        }
        if seen.archive.packet.is_none() || seen.archive.destroyed.is_some() {
            let message = "这一件没有可检测的归档信息包。";
            return Err(Refusal::new(Kind::Conflict, "archives.no_packet", message).into());
        }
        let test = Keeper::new(&kit).tested(&seen.archive, Phase::Keeping).await?;
        let command = decide::Test { key: id.0, test };
        return Ok(Json(kit.store.submit(act_id, acting.actor, command).await?.into()));
    }
    let (key, seen, request) = (id.0, act.seen, act.request);
    let command = Handle { key, seen, request, setting: kit.setting() };
    Ok(Json(kit.store.submit(act_id, acting.actor, command).await?.into()))
}

/// 全宗号
#[utoipa::path(get, path = "/archives/fonds", responses(
    (status = 200, description = "Codes of the units whose archives the asker keeps",
     body = Vec<FondsView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not in business", body = ProblemBody)))]
pub(crate) async fn fonds(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<FondsView>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let mut views = Vec::new();
    for unit in kept_units(&kit, &asker) {
        let id = MatterId::new(Fonds::KIND, unit.as_str()).map_err(|_| Refusal::missing())?;
        let (_, fonds) = kit.store.load::<Fonds>(&id).await?;
        let (code, organisation) = fonds.codes(&unit);
        views.push(FondsView {
            unit: unit.to_string(),
            unit_name: kit.setting().unit_name(&unit),
            code,
            set: fonds.code.is_some(),
            organisation,
        });
    }
    Ok(Json(views))
}

/// 设定全宗号
#[utoipa::path(post, path = "/archives/fonds", request_body = FondsAct, responses(
    (status = 200, description = "Set", body = Done),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "Not a unit whose archives the asker keeps", body = ProblemBody),
    (status = 409, description = "Another unit's", body = ProblemBody),
    (status = 422, description = "No code", body = ProblemBody)))]
pub(crate) async fn name_fonds(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<FondsAct>,
) -> Result<Json<Done>, Problem> {
    let JsonBody(act) = body;
    let post = PostId::parse(&act.as_post).map_err(|_| Refusal::missing())?;
    let acting = asker.acting(&post, Action::HandleDocuments)?;
    let unit = UnitId::parse(&act.unit).map_err(|_| Refusal::missing())?;
    let sql = "select 1 from archive_series where fonds = $1 and unit <> $2 limit 1";
    let values = vec![Datum::text(act.code.as_str()), Datum::text(unit.as_str())];
    let taken = !kit.store.query(sql, values).await?.is_empty();
    let (code, organisation, setting) = (act.code, act.organisation, kit.setting());
    let command = Codes { unit, code, organisation, taken, setting };
    Ok(Json(kit.store.submit(act_id(&act.act_id)?, acting.actor, command).await?.into()))
}
