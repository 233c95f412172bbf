//! 废止、失效目录: the documents of one's units that are in force no more.

use axum::Json;
use axum::extract::State;
use lingnan_api::{Cursor, Kit, PAGE_MAX, Page, Params, Problem, ProblemBody, SignedIn, page};
use lingnan_auth::Action;
use lingnan_journal::Datum;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A document that is in force no more.
#[derive(Serialize, ToSchema)]
pub(crate) struct RepealedView {
    /// Its key.
    id: String,
    /// Title.
    title: String,
    /// 发文字号
    number: String,
    /// `repealed` or `replaced`.
    way: String,
    /// Key of the document that did it.
    by: String,
    /// Its 发文字号.
    by_number: String,
    /// Since when, in milliseconds.
    ended_ms: i64,
}

/// Where a page begins.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct From {
    /// Where the page before said that this one begins.
    cursor: Option<String>,
}

/// 废止、失效目录
#[utoipa::path(get, path = "/exchange/repealed", params(From), responses(
    (status = 200, description = "Last ended first", body = Page<RepealedView>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Handles no business", body = ProblemBody),
    (status = 422, description = "No such cursor", body = ProblemBody)))]
pub(crate) async fn repealed(
    State(kit): State<Kit>,
    asker: SignedIn,
    from: Params<From>,
) -> Result<Json<Page<RepealedView>>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let mut values = Vec::new();
    let mut conditions = vec![
        super::desk::own(&asker, "r.unit", &mut values),
        asker.scope().condition("r.matter", &mut values),
    ];
    if let Some(cursor) = Cursor::parse(from.0.cursor.as_deref())? {
        values.extend([Datum::Int(cursor.number), Datum::Text(cursor.key)]);
        let last = values.len();
        let before = last.saturating_sub(1);
        conditions.push(format!("(r.ended_ms, r.matter) < (${before}, ${last})"));
    }
    let limit = PAGE_MAX.saturating_add(1);
    let conditions = conditions.join(" and ");
    let sql = format!(
        "select r.matter, r.title, r.number, r.way, r.by_document, r.by_number, r.ended_ms \
         from document_repealed r where {conditions} \
         order by r.ended_ms desc, r.matter desc limit {limit}"
    );
    let rows = kit.store.reader().query_text(sql, values).await?;
    let page =
        page(rows.iter().filter_map(|row| line(row)).collect(), |(_, cursor)| cursor.clone());
    let items = page.items.into_iter().map(|(view, _)| view).collect();
    Ok(Json(Page { items, next: page.next }))
}

fn line(row: &[Datum]) -> Option<(RepealedView, Cursor)> {
    let [
        Datum::Text(matter),
        Datum::Text(title),
        Datum::Text(number),
        Datum::Text(way),
        Datum::Text(by),
        Datum::Text(by_number),
        Datum::Int(ended),
    ] = row
    else {
        return None;
    };
    let view = RepealedView {
        id: matter.split_once(':').map_or_else(String::new, |(_, key)| key.to_owned()),
        title: title.clone(),
        number: number.clone(),
        way: way.clone(),
        by: by.clone(),
        by_number: by_number.clone(),
        ended_ms: *ended,
    };
    Some((view, Cursor { number: *ended, key: matter.clone() }))
}
