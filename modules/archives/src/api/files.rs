//! The packet of a 件 and the files within, for whoever keeps it and whoever borrowed it.

use super::{Seen, seen};
use crate::decide::{ReadFile, keeps};
use crate::keeping::Keeper;
use axum::extract::{Path, State};
use axum::response::Response;
use lingnan_api::{Kit, Problem, ProblemBody, Segment, SignedIn, act_id, file_response};
use lingnan_auth::Action;
use lingnan_journal::{Kind, Refusal};

/// 下载归档信息包
#[utoipa::path(get, path = "/archives/{id}/packet", params(("id" = String, Path)), responses(
    (status = 200, description = "The packet, a ZIP", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Neither keeper nor borrower", body = ProblemBody),
    (status = 404, description = "No such 件 in scope, or no packet", body = ProblemBody)))]
pub(crate) async fn archive_packet(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Response, Problem> {
    let seen = seen(&kit, &asker, &id.0).await?;
    must_read(&kit, &asker, &seen, "").await?;
    let packet = seen.archive.packet.as_ref().ok_or_else(Refusal::missing)?;
    lingnan_api::download(&kit, packet).await
}

/// 查阅件内文件
#[utoipa::path(get, path = "/archives/{id}/files/{number}",
    params(("id" = String, Path), ("number" = usize, Path, description = "Its place, from 1")),
    responses(
    (status = 200, description = "The file", body = Vec<u8>,
     content_type = "application/octet-stream"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Neither keeper nor borrower", body = ProblemBody),
    (status = 404, description = "No such file in scope", body = ProblemBody)))]
pub(crate) async fn archive_file(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, String)>,
) -> Result<Response, Problem> {
    let Path((key, number)) = path;
    let seen = seen(&kit, &asker, &key).await?;
    let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let listed = place.and_then(|place| seen.archive.files.get(place));
    let listed = listed.ok_or_else(Refusal::missing)?;
    must_read(&kit, &asker, &seen, &listed.path).await?;
    let folder = Keeper::new(&kit).folder(&seen.archive).await?.ok_or_else(Refusal::missing)?;
    let bytes = folder.get(&listed.path).cloned().ok_or_else(Refusal::missing)?;
    let name = listed.path.rsplit('/').next().unwrap_or_default();
    Ok(file_response(bytes, name, "application/octet-stream"))
}

/// Whoever keeps it reads it, and everyone what is open; another must have borrowed it, and what he
/// reads is on record.
async fn must_read(kit: &Kit, asker: &SignedIn, seen: &Seen, path: &str) -> Result<(), Problem> {
    if seen.archive.destroyed.is_some() {
        let message = "这一件已经销毁，只留记录。";
        return Err(Refusal::new(Kind::Conflict, "archives.destroyed", message).into());
    }
    if seen.keeper.is_some() || seen.archive.is_open() {
        return Ok(());
    }
    let unit = seen.archive.title.as_ref().map(|title| &title.unit);
    let unit = unit.ok_or_else(Refusal::missing)?;
    // As an act it is done from the first post that is no keeper's.
    let setting = kit.setting();
    let mut posts = asker.capacities().into_iter().map(|capacity| capacity.post);
    let post = posts.find(|post| !keeps(&setting, post, unit)).ok_or_else(Refusal::missing)?;
    let acting = asker.acting(&post, Action::HandleDocuments)?;
    let (key, person) = (seen.id.key().to_owned(), asker.person.clone());
    // Once a day is enough to tell who read what.
    let named = format!("{key} {person} {path} {}", kit.now().china_date());
    let digest: String = crate::packet::sm3(named.as_bytes()).chars().take(40).collect();
    let command = ReadFile { key, person, path: path.to_owned() };
    kit.store.submit(act_id(&format!("read-{digest}"))?, acting.actor, command).await?;
    Ok(())
}
