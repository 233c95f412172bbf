//! 试办: a case of a draft played on real posts at a moment of one's choice, without a trace.

use crate::library::decide::{self, Text};
use crate::library::model::Entry;
use crate::scenario::{Limited, Moment, Rehearsal, Scenario, moments};
use axum::Json;
use axum::extract::State;
use lingnan_api::{JsonBody, Kit, Problem, ProblemBody, Segment, SignedIn};
use lingnan_auth::Action;
use lingnan_journal::{Fault, Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A case to be tried on real posts, without leaving a trace.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    /// The process.
    flow: String,
    /// Its form.
    form: String,
    /// The case.
    scenario: String,
}

/// The limit of one ticket of a trial.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialLimit {
    /// The step's name.
    step: String,
    /// Unit and post.
    holder: String,
    /// When it came to him, in milliseconds.
    opened_ms: i64,
    /// When it is due, in milliseconds.
    due_ms: Option<i64>,
    /// When its 黄牌 came, in milliseconds.
    yellow_ms: Option<i64>,
    /// When its 红牌 came, in milliseconds.
    red_ms: Option<i64>,
    /// Whether it is still to be done.
    open: bool,
}

/// What a trial told.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialView {
    /// What happened, line by line.
    transcript: String,
    /// Whether it came out as the case says.
    passed: bool,
    /// The limits, in the order in which the tickets came.
    limits: Vec<TrialLimit>,
    /// When the whole matter is due, in milliseconds.
    due_ms: Option<i64>,
}

/// A moment at which a trial may begin.
#[derive(Serialize, ToSchema)]
pub(crate) struct MomentView {
    /// What it is called.
    name: String,
    /// When, as a scenario writes it: `2026-09-30 17:00`, Beijing time.
    at: String,
    /// Whether that day is worked.
    working: bool,
}

/// What a trial may begin with.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialSetup {
    /// The case that stands in the catalogue; empty where there is none.
    scenario: String,
    /// Moments of interest.
    moments: Vec<MomentView>,
}

/// 试办的样例与时刻
#[utoipa::path(get, path = "/processes/{code}/trial", params(("code" = String, Path)), responses(
    (status = 200, description = "A case and moments to begin with", body = TrialSetup),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 404, description = "No such process", body = ProblemBody)))]
pub(crate) async fn trial_setup(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
) -> Result<Json<TrialSetup>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let (_, entry) = kit.store.load::<Entry>(&decide::matter(&code.0)?).await?;
    if entry.editions.is_empty() {
        return Err(Refusal::missing().into());
    }
    let file = crate::catalogue::files().iter().find(|file| file.code() == code.0);
    let view = |Moment { name, at, working }| MomentView {
        name,
        at: at.strftime("%Y-%m-%d %H:%M").to_string(),
        working,
    };
    Ok(Json(TrialSetup {
        scenario: file.map_or_else(String::new, |file| file.scenario.to_owned()),
        moments: moments(&kit.calendar, kit.now()).into_iter().map(view).collect(),
    }))
}

/// 试办
#[utoipa::path(post, path = "/processes/rehearse", request_body = Trial, responses(
    (status = 200, description = "What would happen; nothing is recorded", body = TrialView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 422, description = "A text does not read", body = ProblemBody)))]
pub(crate) async fn rehearse_process(
    State(kit): State<Kit>,
    asker: SignedIn,
    body: JsonBody<Trial>,
) -> Result<Json<TrialView>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let JsonBody(trial) = body;
    let scenario = Scenario::parse(&trial.scenario)
        .map_err(|m| Refusal::new(Kind::Invalid, "workflow.scenario", m.to_string()))?;
    let text = Text { flow: trial.flow.into(), form: trial.form.into() };
    let setting = kit.setting();
    // A case may be long, and others need not wait for it.
    let told = tokio::task::spawn_blocking(move || {
        let mut rehearsal = Rehearsal::new(setting);
        rehearsal.add(&text)?;
        Ok::<_, Refusal>(rehearsal.play(&text, &scenario))
    });
    let told = told.await.map_err(|error| Fault::Engine(error.to_string()))?;
    let transcript = told?;
    let limit = |limited: Limited| TrialLimit {
        step: limited.step,
        holder: limited.holder,
        opened_ms: limited.opened.0,
        due_ms: limited.due.map(|due| due.0),
        yellow_ms: limited.yellow.map(|yellow| yellow.0),
        red_ms: limited.red.map(|red| red.0),
        open: limited.open,
    };
    Ok(Json(TrialView {
        passed: transcript.passed,
        transcript: transcript.text,
        limits: transcript.limits.into_iter().map(limit).collect(),
        due_ms: transcript.due.map(|due| due.0),
    }))
}
