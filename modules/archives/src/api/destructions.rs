//! 档案销毁清册: what is proposed for destruction, and what is destroyed.

use super::lists::own;
use super::show::who;
use crate::model::Archive;
use axum::Json;
use axum::extract::State;
use lingnan_api::{Kit, Problem, ProblemBody, SignedIn};
use lingnan_auth::Action;
use lingnan_journal::{Datum, Fault, MatterId};
use serde::Serialize;
use utoipa::ToSchema;

/// Most lines of the register.
const LINES_MAX: usize = 1_000;

/// A 件 that is to be destroyed, or was.
#[derive(Serialize, ToSchema)]
pub(crate) struct DestructionLine {
    /// Its key.
    id: String,
    /// 档号
    number: String,
    /// 题名
    title: String,
    /// 文件编号
    document_number: String,
    /// 责任者
    responsible: String,
    /// 日期, in milliseconds.
    formed_ms: i64,
    /// 保管期限
    retention: crate::number::Retention,
    /// 鉴定意见
    reason: String,
    /// Who proposed it.
    by: String,
    /// Who agreed.
    approved: Vec<String>,
    /// When it was destroyed, in milliseconds; none while it is not.
    destroyed_ms: Option<i64>,
}

/// 档案销毁清册
#[utoipa::path(get, path = "/archives/destructions", responses(
    (status = 200, description = "What is to be destroyed and what was, by 档号",
     body = Vec<DestructionLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not in business", body = ProblemBody)))]
pub(crate) async fn destructions(
    State(kit): State<Kit>,
    asker: SignedIn,
) -> Result<Json<Vec<DestructionLine>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let mut values = Vec::new();
    let own = own(&kit, &asker, &mut values);
    let sql = format!(
        "select a.matter from archive a where {own} and (a.proposed = 1 or a.destroyed = 1) \
         order by a.series, a.item limit {LINES_MAX}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let [Datum::Text(matter)] = row.as_slice() else { continue };
        let id = MatterId::parse(matter).map_err(|e| Fault::corrupt(matter, 0, &e))?;
        let (_, archive) = kit.store.load::<Archive>(&id).await?;
        lines.extend(line(&id, &archive));
    }
    Ok(Json(lines))
}

fn line(id: &MatterId, archive: &Archive) -> Option<DestructionLine> {
    let (title, proposed) = (archive.title.as_ref()?, archive.destruction.as_ref()?);
    Some(DestructionLine {
        id: id.key().to_owned(),
        number: title.number.to_string(),
        title: title.title.clone(),
        document_number: title.document_number.clone(),
        responsible: title.responsible.clone(),
        formed_ms: title.formed.0,
        retention: title.number.retention,
        reason: proposed.reason.clone(),
        by: who(&proposed.label),
        approved: proposed.approved.iter().map(|(_, label)| who(label)).collect(),
        destroyed_ms: archive.destroyed.map(|time| time.0),
    })
}
