//! 行文规则提示: what the rules find in a document, saved or not; nothing is recorded.

use super::versions::document_id;
use crate::body::Body;
use crate::decide;
use crate::model::{Declaration, Document, Head, ReviewItem};
use crate::rules::{self, Paper, Situation, Stage, Way};
use axum::Json;
use axum::extract::State;
use lingnan_api::{JsonBody, Kit, Params, Problem, ProblemBody, Segment, SignedIn, secrecy};
use lingnan_auth::Action;
use lingnan_base::{PostId, UnitId};
use lingnan_journal::{Datum, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A document that is being written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Writing {
    /// From which post it is written.
    as_post: String,
    /// The document's key, once it has one.
    #[serde(default)]
    document: Option<String>,
    /// The head.
    head: Head,
    /// The text.
    body: Body,
}

/// At which act.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AtStage {
    /// When it is judged.
    #[param(inline)]
    stage: Stage,
}

/// What a rule finds.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleFinding {
    /// The rule.
    rule: String,
    /// The article it rests on.
    article: String,
    /// What is wrong.
    sentence: String,
    /// What to do next.
    next: String,
    /// What follows.
    way: Way,
    /// Whether a declaration that was recorded settles it.
    settled: bool,
    /// Items to be checked one by one, where that is what the rule asks.
    items: Vec<ReviewItem>,
}

/// 起草时的提示
#[utoipa::path(post, path = "/documents/rules", request_body = Writing, responses(
    (status = 200, description = "What the rules find", body = Vec<RuleFinding>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "Not one's post", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody),
    (status = 422, description = "The text cannot be kept", body = ProblemBody)))]
pub(crate) async fn while_writing(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<Writing>,
) -> Result<Json<Vec<RuleFinding>>, Problem> {
    let JsonBody(Writing { as_post, document, head, body }) = body;
    let post = PostId::parse(&as_post).map_err(|_| Refusal::missing())?;
    let acting = asker.acting(&post, Action::HandleDocuments)?;
    body.check().map_err(decide::body_refusal)?;
    let saved = match &document {
        Some(key) => {
            let matter = document_id(key)?;
            asker.must_see(&matter).await?;
            Some(kit.store.load::<Document>(&matter).await?.1)
        }
        None => None,
    };
    let unit = saved.as_ref().and_then(|saved| saved.unit.clone());
    let unit = unit.unwrap_or(acting.capacity.unit);
    let paper = Paper { unit: &unit, head: &head, body: &body, document: saved.as_deref() };
    let judged = Judged { paper, key: document.as_deref(), stage: Stage::Draft };
    Ok(Json(found(&kit, &asker, judged).await?))
}

/// 办理前的提示
#[utoipa::path(get, path = "/documents/{id}/rules", params(("id" = String, Path), AtStage),
    responses(
    (status = 200, description = "What the rules find", body = Vec<RuleFinding>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn before_act(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    at: Params<AtStage>,
) -> Result<Json<Vec<RuleFinding>>, Problem> {
    let matter = document_id(&id.0)?;
    asker.must_see(&matter).await?;
    let (_, saved) = kit.store.load::<Document>(&matter).await?;
    let (unit, head) = (saved.unit.as_ref(), saved.head.as_ref());
    let (unit, head) = unit.zip(head).ok_or_else(Refusal::missing)?;
    let paper = Paper { unit, head, body: &saved.body, document: Some(saved.as_ref()) };
    let judged = Judged { paper, key: Some(&id.0), stage: at.0.stage };
    Ok(Json(found(&kit, &asker, judged).await?))
}

struct Judged<'a> {
    paper: Paper<'a>,
    key: Option<&'a str>,
    stage: Stage,
}

async fn found(
    kit: &Kit,
    asker: &SignedIn,
    judged: Judged<'_>,
) -> Result<Vec<RuleFinding>, Problem> {
    let Judged { paper, key, stage } = judged;
    let mut situation = kit.with_directory(|directory| Situation::of(directory, paper));
    if matches!(stage, Stage::Draft | Stage::Submit) {
        situation.alike = alike(kit, asker, paper.unit, key, &paper.head.title).await?;
    }
    let marking = secrecy::marking(&[&paper.head.title, &paper.head.note], &situation.lines);
    let lacking = match stage {
        Stage::Draft => None,
        _ => decide::complete(paper.head, paper.body).err(),
    };
    let refused = marking.map(|marking| secrecy::refusal(&marking)).into_iter().chain(lacking);
    let declared: &[Declaration] = paper.document.map_or(&[], |saved| &saved.declarations);
    let findings = rules::judge(&situation, stage);
    let judged = findings.into_iter().map(|(rule, finding)| RuleFinding {
        settled: rules::settled(rule, &finding, declared),
        rule: rule.id.to_owned(),
        article: rule.article.to_owned(),
        way: rule.way,
        items: rule.items().to_vec(),
        sentence: finding.sentence,
        next: finding.next,
    });
    Ok(refused.map(of_refusal).chain(judged).collect())
}

fn of_refusal(refusal: Refusal) -> RuleFinding {
    RuleFinding {
        rule: refusal.code,
        article: refusal.rule.unwrap_or_default(),
        sentence: refusal.message,
        next: refusal.next.unwrap_or_default(),
        way: Way::Mend,
        settled: false,
        items: Vec::new(),
    }
}

/// Documents of a unit among which one looks for the like: some years of a busy office.
const COMPARED_MAX: usize = 2_000;
/// How many are named.
const NAMED_MAX: usize = 3;

/// Documents of the same unit, that the asker may see, with titles like this one.
async fn alike(
    kit: &Kit,
    asker: &SignedIn,
    unit: &UnitId,
    key: Option<&str>,
    title: &str,
) -> Result<Vec<String>, Problem> {
    let own = key.map(|key| document_id(key).map(|id| id.to_string())).transpose()?;
    let own = own.unwrap_or_default();
    let mut values = vec![Datum::text(unit.as_str()), Datum::Text(own)];
    let readable = asker.scope().condition("d.matter", &mut values);
    let sql = format!(
        "select d.title, d.number from document d where d.unit = $1 and d.matter <> $2 \
         and d.state <> 'draft' and {readable} order by d.touched_ms desc limit {COMPARED_MAX}"
    );
    let rows: Vec<Vec<Datum>> = kit.store.reader().query_text(sql, values).await?;
    let known = rows.iter().filter_map(|row| match row.as_slice() {
        [Datum::Text(title), Datum::Text(number)] => Some((title, format!("（{number}）"))),
        [Datum::Text(title), _] => Some((title, String::new())),
        _ => None,
    });
    let like = known.filter(|(known, _)| rules::alike(known, title));
    Ok(like.take(NAMED_MAX).map(|(title, number)| format!("《{title}》{number}")).collect())
}
