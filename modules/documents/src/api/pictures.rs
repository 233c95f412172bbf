//! Pictures of a text: brought by an upload, checked before a version is kept, shown to whoever
//! reads it, put into its value before it is set.

use super::files::{must_see_or_have_received, receipts};
use super::versions::{document_id, text_as_issued};
use crate::body::Body;
use crate::incoming::Incoming;
use crate::model::Document;
use crate::picture::{MEDIA, PICTURE_BYTES_MAX, PICTURES_MAX};
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_api::{Attachment, Kit, Problem, ProblemBody, SignedIn, uploads};
use lingnan_gongwen::{Block, Gongwen, Image};
use lingnan_journal::{Kind, MatterId, Refusal};
use std::collections::BTreeSet;

/// 正文中的图片
#[utoipa::path(get, path = "/documents/{id}/pictures/{digest}",
    params(("id" = String, Path), ("digest" = String, Path)), responses(
    (status = 200, description = "The picture", body = Vec<u8>, content_type = "image/*"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such picture in scope", body = ProblemBody)))]
pub(crate) async fn picture(
    State(kit): State<Kit>,
    asker: SignedIn,
    Path((key, digest)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let matter = document_id(&key)?;
    must_see_or_have_received(&kit, &asker, &matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let Some(known) = document.pictures.get(&digest) else {
        // Who writes sees what he has just put in.
        let own = uploads::find(&kit.store, &asker.person, &digest).await?;
        return lingnan_api::shown(&kit, &own.ok_or_else(Refusal::missing)?).await;
    };
    if asker.must_see(&matter).await.is_err() {
        must_be_issued(&kit, &asker, &matter, &document, &digest).await?;
    }
    lingnan_api::shown(&kit, known).await
}

/// Whoever received the document sees the pictures of the text that was issued to his unit, and
/// none that only a draft had.
async fn must_be_issued(
    kit: &Kit,
    asker: &SignedIn,
    matter: &MatterId,
    document: &Document,
    digest: &str,
) -> Result<(), Problem> {
    for receipt in receipts(kit, asker, matter).await? {
        let (_, incoming) = kit.store.load::<Incoming>(&receipt).await?;
        let Some(received) = &incoming.received else { continue };
        let text = text_as_issued(kit, matter, document, &received.digest).await?;
        if text.pictures().any(|picture| picture.digest == digest) {
            return Ok(());
        }
    }
    Err(Refusal::missing().into())
}

/// The pictures of a text that the document does not have yet, as the actor uploaded them: sound,
/// and small enough to be set.
pub(super) async fn uploaded(
    kit: &Kit,
    asker: &SignedIn,
    text: &Body,
    matter: Option<&MatterId>,
) -> Result<Vec<Attachment>, Problem> {
    let named: BTreeSet<&str> = text.pictures().map(|picture| picture.digest.as_str()).collect();
    // A text with more is refused as soon as it is judged.
    if named.is_empty() || named.len() > PICTURES_MAX {
        return Ok(Vec::new());
    }
    let kept = match matter {
        Some(matter) => Some(kit.store.load::<Document>(matter).await?.1),
        None => None,
    };
    let known = |digest: &str| kept.as_ref().is_some_and(|own| own.pictures.contains_key(digest));
    let mut files = Vec::new();
    for digest in named.into_iter().filter(|digest| !known(digest)) {
        if let Some(file) = uploads::find(&kit.store, &asker.person, digest).await? {
            must_be_sound(kit, &file).await?;
            files.push(file);
        }
    }
    Ok(files)
}

async fn must_be_sound(kit: &Kit, file: &Attachment) -> Result<(), Problem> {
    if !MEDIA.contains(&file.media.as_str()) {
        let message = format!("“{}”不是PNG或JPEG图片，不能放在正文中。", file.name);
        return Err(Refusal::new(Kind::Invalid, "documents.picture_kind", message)
            .with_next("请用看图软件另存为PNG或JPEG后重新插入，或将它作为附件。")
            .into());
    }
    if file.size > PICTURE_BYTES_MAX {
        let max = PICTURE_BYTES_MAX >> 20;
        let message = format!("图片“{}”超过{max} MB，不能放在正文中。", file.name);
        return Err(Refusal::new(Kind::Invalid, "documents.picture_large", message)
            .with_next("请缩小图片后重新插入，或将它作为附件。")
            .into());
    }
    kit.viewer.picture(lingnan_api::contents(kit, file).await?).await
}

/// A document's value with the bytes of its pictures where it had their digests.
pub(super) async fn filled(
    kit: &Kit,
    document: &Document,
    mut value: Gongwen,
) -> Result<Gongwen, Problem> {
    for block in &mut value.body {
        let Block::Image(Image { data, .. }) = block else { continue };
        let file = document.pictures.get(data.as_str()).ok_or_else(Refusal::missing)?;
        *data = STANDARD.encode(lingnan_api::contents(kit, file).await?);
    }
    Ok(value)
}
