//! 公文检索: by number, title and text, of what the asker may see and of nothing else.

use crate::{Cursor, Kit, Params, Problem, ProblemBody, SignedIn};
use axum::Json;
use axum::extract::State;
use lingnan_auth::{Action, Scope};
use lingnan_base::Timestamp;
use lingnan_journal::{Datum, Fault, Kind, Refusal};
use lingnan_search::{Candidate, Found, Part, Place, Sight, Wish};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Results on a page.
const FOUND_MAX: usize = 20;
/// Longest text that is looked for: titles are copied into the box.
const TEXT_MAX: usize = 200;
/// Candidates asked about at once: each may have been sent to a thousand units.
const BATCH: usize = 60;
/// Candidates looked at for one page: whoever may see few of many goes on with the next page.
const LOOKED_AT_MAX: usize = 10_000;

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Look {
    /// Words, all of which must be there; word by word within quotes.
    q: String,
    /// 文种; any when absent.
    kind: Option<String>,
    /// The first day, as `2026-01-31`.
    from: Option<String>,
    /// The last day.
    to: Option<String>,
    /// Where the page before said that this one begins.
    cursor: Option<String>,
}

/// A part of a text.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundPart {
    /// The text.
    text: String,
    /// Whether it is what was looked for.
    hit: bool,
}

/// Something found.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundMatter {
    /// The kind of matter that is opened: `document` or `incoming`.
    kind: String,
    /// Its key.
    id: String,
    /// 发文字号
    number: Vec<FoundPart>,
    /// Title.
    title: Vec<FoundPart>,
    /// A piece of the text.
    snippet: Vec<FoundPart>,
    /// 文种
    sort: String,
    /// Name of the unit that it comes from.
    unit: String,
    /// Signed or, before that, saved; of paper, when it was received: in milliseconds.
    time_ms: i64,
}

/// A page of what was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundPage {
    /// The exact number first, then titles, then texts; each newest first.
    items: Vec<FoundMatter>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// How many acts of the journal are not indexed yet.
    behind: u64,
}

/// 公文检索
#[utoipa::path(get, path = "/search", params(Look), responses(
    (status = 200, description = "What was found of what the asker may see", body = FoundPage),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No official", body = ProblemBody),
    (status = 422, description = "Nothing to look for, or no such day", body = ProblemBody),
    (status = 503, description = "The index is not open yet", body = ProblemBody)))]
pub(crate) async fn find(
    State(kit): State<Kit>,
    asker: SignedIn,
    look: Params<Look>,
) -> Result<Json<FoundPage>, Problem> {
    asker.require(Action::HandleDocuments)?;
    let wish = wish(&look.0)?;
    let after = match Cursor::parse(look.0.cursor.as_deref())? {
        Some(cursor) => Some(place(&cursor).ok_or_else(Cursor::wrong)?),
        None => None,
    };
    let behind = kit.search.behind();
    let Some(looking) = kit.search.looking() else {
        return Err(Fault::Unavailable("the search index is not open yet".to_owned()).into());
    };
    let sight = move || looking.look(&wish, after, LOOKED_AT_MAX);
    let mut sight = blocking(sight).await?;
    let scope = asker.scope();
    let mut shown: Vec<(Candidate, String)> = Vec::new();
    let mut last = None;
    let mut looked_at: usize = 0;
    while shown.len() <= FOUND_MAX {
        let (candidates, back) = blocking(move || {
            let mut sight = sight;
            Ok((sight.next(BATCH)?, sight))
        })
        .await?;
        sight = back;
        looked_at = looked_at.saturating_add(candidates.len());
        let Some(end) = candidates.last().map(|candidate| candidate.place) else { break };
        let mut open = open_to(&kit, &scope, &candidates).await?;
        let found = candidates.into_iter().filter_map(|candidate| {
            let matter = open.remove(&candidate.matter)?;
            Some((candidate, matter))
        });
        shown.extend(found);
        last = Some(end);
    }
    let next = if shown.len() > FOUND_MAX {
        shown.truncate(FOUND_MAX);
        shown.last().map(|(candidate, _)| candidate.place)
    } else {
        last.filter(|_| looked_at == LOOKED_AT_MAX)
    };
    let items = blocking(move || all(&sight, &shown)).await?;
    Ok(Json(FoundPage { items, next: next.map(|place| cursor(place).text()), behind }))
}

fn wish(look: &Look) -> Result<Wish, Problem> {
    let text = crate::text::required(&look.q, "检索内容", TEXT_MAX)?;
    let wish = Wish {
        text,
        sort: look.kind.clone().filter(|kind| !kind.is_empty()),
        from_ms: day(look.from.as_deref())?.map(|day| day.0),
        before_ms: day(look.to.as_deref())?.map(|day| day.plus_ms(86_400_000).0),
    };
    if wish.is_empty() {
        let refusal = Refusal::new(Kind::Invalid, "search.nothing", "检索内容中没有文字或数字。");
        return Err(refusal.with_next("请输入发文字号、标题或正文中的词语。").into());
    }
    Ok(wish)
}

/// The beginning of a day in China.
fn day(text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let read = || {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(Timestamp::from_china(day.at(0, 0, 0, 0)))
    };
    let wrong = || {
        let message = format!("“{}”不是日期。", text.chars().take(20).collect::<String>());
        Refusal::new(Kind::Invalid, "search.day", message).with_next("请按“2026-01-31”的写法填写。")
    };
    Ok(Some(read().ok_or_else(wrong)?))
}

fn place(cursor: &Cursor) -> Option<Place> {
    let (tier, tie) = cursor.key.split_once(' ')?;
    Some(Place { tier: tier.parse().ok()?, time_ms: cursor.number, tie: tie.parse().ok()? })
}

fn cursor(place: Place) -> Cursor {
    Cursor { number: place.time_ms, key: format!("{} {}", place.tier, place.tie) }
}

/// Which of the candidates somebody may see, and the matter where he sees each: itself when he
/// may, and otherwise the first through which he may.
async fn open_to(
    kit: &Kit,
    scope: &Scope,
    candidates: &[Candidate],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut values: Vec<Datum> = candidates.iter().map(|one| Datum::text(&one.matter)).collect();
    let holes: Vec<String> = (1..=values.len()).map(|hole| format!("${hole}")).collect();
    let readable = scope.condition("p.place", &mut values);
    let sql = format!(
        "select p.entry, p.place from ({}) p where p.entry in ({}) and {readable} order by p.place",
        kit.search.places(),
        holes.join(", ")
    );
    let mut open = BTreeMap::new();
    for row in kit.store.reader().query_text(sql, values).await? {
        let [Datum::Text(entry), Datum::Text(place)] = row.as_slice() else { continue };
        let kept = open.entry(entry.clone()).or_insert_with(|| place.clone());
        if place == entry {
            kept.clone_from(place);
        }
    }
    Ok(open)
}

fn all(
    sight: &Sight,
    shown: &[(Candidate, String)],
) -> Result<Vec<FoundMatter>, lingnan_search::SearchError> {
    let one = |(candidate, matter): &(Candidate, String)| Ok(view(sight.show(candidate)?, matter));
    shown.iter().map(one).collect()
}

fn view(found: Found, matter: &str) -> FoundMatter {
    let parts = |parts: Vec<Part>| {
        parts.into_iter().map(|Part { text, hit }| FoundPart { text, hit }).collect()
    };
    let (kind, id) = matter.split_once(':').unwrap_or_default();
    FoundMatter {
        kind: kind.to_owned(),
        id: id.to_owned(),
        number: parts(found.number),
        title: parts(found.title),
        snippet: parts(found.snippet),
        sort: found.sort,
        unit: found.unit,
        time_ms: found.time_ms,
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, lingnan_search::SearchError> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Fault::Engine(e.to_string()))?.map_err(|e| Fault::Engine(e.to_string()))
}
