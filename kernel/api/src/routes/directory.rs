//! 通讯录: the tree of units, their posts and people, search.

use crate::kit::Kit;
use crate::{Params, Problem, ProblemBody, Segment, SignedIn};
use axum::Json;
use axum::extract::State;
use lingnan_auth::Action;
use lingnan_base::UnitId;
use lingnan_directory::{Directory, Found, Unit};
use lingnan_journal::Refusal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most results of a search.
const FOUND_MAX: usize = 30;

/// Under which unit to look.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Under {
    /// The parent; the province when absent.
    parent: Option<String>,
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Look {
    /// Characters, pinyin or pinyin initials.
    q: String,
}

/// A unit in the tree.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnitView {
    /// Its id.
    id: String,
    /// Full name.
    name: String,
    /// Short name.
    short_name: String,
    /// 1 省 to 5 村.
    level: i64,
    /// What sort of unit.
    kind: String,
    /// Whether units are below it.
    has_children: bool,
}

/// A post with its people.
#[derive(Serialize, ToSchema)]
pub(crate) struct PostPeople {
    /// The post.
    id: String,
    /// Its title.
    title: String,
    /// Its duties.
    duties: Vec<String>,
    /// Names of those who hold it.
    people: Vec<String>,
}

/// A unit with its posts and its place.
#[derive(Serialize, ToSchema)]
pub(crate) struct UnitCard {
    /// The unit.
    unit: UnitView,
    /// Names of the units above, nearest first.
    above: Vec<String>,
    /// Its posts in order of rank.
    posts: Vec<PostPeople>,
}

/// Something found.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundView {
    /// `person` or `unit`.
    kind: String,
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Post and unit of a person; the unit above of a unit.
    place: String,
    /// The unit to open.
    unit: String,
}

/// 下级机构
#[utoipa::path(get, path = "/directory/units", params(Under), responses(
    (status = 200, description = "The units below one", body = Vec<UnitView>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn units(
    State(kit): State<Kit>,
    asker: SignedIn,
    under: Params<Under>,
) -> Result<Json<Vec<UnitView>>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let parent = match under.0.parent.as_deref() {
        Some(text) => Some(UnitId::parse(text).map_err(|_| Refusal::missing())?),
        None => None,
    };
    Ok(Json(kit.with_directory(|directory| {
        let below = directory.children(parent.as_ref()).into_iter();
        below.map(|(id, unit)| unit_view(directory, id, unit)).collect()
    })))
}

/// 机构与岗位
#[utoipa::path(get, path = "/directory/units/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "A unit with its posts", body = UnitCard),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such unit", body = ProblemBody)))]
pub(crate) async fn unit(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<UnitCard>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let id = UnitId::parse(&id.0).map_err(|_| Refusal::missing())?;
    let card = kit.with_directory(|directory| {
        let unit = directory.unit(&id)?;
        let mut posts: Vec<_> = unit.posts.iter().collect();
        posts.sort_by_key(|(id, post)| (post.rank, (*id).clone()));
        let people = |post: &lingnan_base::PostId| {
            directory.holders(post).into_iter().map(|(_, person)| person.name.clone()).collect()
        };
        let above = directory.line(&id).into_iter().skip(1);
        Some(UnitCard {
            above: above.filter_map(|u| Some(directory.unit(u)?.short_name.clone())).collect(),
            posts: posts
                .into_iter()
                .map(|(id, post)| PostPeople {
                    id: id.to_string(),
                    title: post.title.clone(),
                    duties: post.duties.clone(),
                    people: people(id),
                })
                .collect(),
            unit: unit_view(directory, &id, unit),
        })
    });
    Ok(Json(card.ok_or_else(Refusal::missing)?))
}

/// 查找人员与机构
#[utoipa::path(get, path = "/directory/search", params(Look), responses(
    (status = 200, description = "People and units, best first", body = Vec<FoundView>),
    (status = 401, description = "Not signed in", body = ProblemBody)))]
pub(crate) async fn search(
    State(kit): State<Kit>,
    asker: SignedIn,
    look: Params<Look>,
) -> Result<Json<Vec<FoundView>>, Problem> {
    asker.require(Action::ReadDirectory)?;
    let query: String = look.0.q.chars().take(50).collect();
    Ok(Json(kit.with_directory(|directory| {
        let found = directory.search(&query, FOUND_MAX).into_iter();
        found.filter_map(|found| found_view(directory, found)).collect()
    })))
}

fn unit_view(directory: &Directory, id: &UnitId, unit: &Unit) -> UnitView {
    UnitView {
        id: id.to_string(),
        name: unit.name.clone(),
        short_name: unit.short_name.clone(),
        level: unit.level.number(),
        kind: unit.kind.as_str().to_owned(),
        has_children: directory.has_children(id),
    }
}

fn found_view(directory: &Directory, found: Found) -> Option<FoundView> {
    match found {
        Found::Person(id) => {
            let person = directory.person(&id)?;
            let (post, held) = person.seats.iter().next()?;
            let title = directory.post(post).map(|(_, post)| post.title.clone());
            let unit = directory.unit(&held.unit).map(|unit| unit.short_name.clone());
            Some(FoundView {
                kind: "person".to_owned(),
                id: id.to_string(),
                name: person.name.clone(),
                place: format!("{} {}", unit.unwrap_or_default(), title.unwrap_or_default()),
                unit: held.unit.to_string(),
            })
        }
        Found::Unit(id) => {
            let unit = directory.unit(&id)?;
            let above = unit.parent.as_ref().and_then(|parent| directory.unit(parent));
            Some(FoundView {
                kind: "unit".to_owned(),
                id: id.to_string(),
                name: unit.name.clone(),
                place: above.map(|unit| unit.short_name.clone()).unwrap_or_default(),
                unit: id.to_string(),
            })
        }
    }
}
