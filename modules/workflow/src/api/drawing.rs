//! Processes as drawings: an edition as BPMN, a draft checked and drawn as it is written, and a
//! BPMN file read as a draft. Nothing here is recorded.

use super::library::Texts;
use crate::library::decide::{self, findings};
use crate::library::model::Entry;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use lingnan_api::{JsonBody, Kit, Params, Problem, ProblemBody, Segment, SignedIn, file_response};
use lingnan_auth::Action;
use lingnan_exchange::Imported;
use lingnan_flow::{Finding, Process};
use lingnan_forms::Form;
use lingnan_journal::{Fault, Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Bytes of a text that is drawn: with the most steps that are allowed, each of a long line, it
/// stays below half of it.
const TEXT_BYTES_MAX: usize = 1 << 20;
/// Bytes of a file that is imported on the screen: a request carries no more.
const FILE_BYTES_MAX: usize = 4 << 20;

/// A mistake in a text.
#[derive(Serialize, ToSchema)]
pub(crate) struct MistakeView {
    /// `flow` or `form`.
    of: String,
    /// Its line, from 1; 0 where no line is meant.
    line: usize,
    /// Its column, from 1; 0 where none is meant.
    column: usize,
    /// What is wrong and what could stand there.
    message: String,
}

/// What reads and is still wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct FindingView {
    /// The step's id; the process's code where no step is meant.
    step: String,
    /// The sentence.
    message: String,
}

/// What reading two texts told.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckedView {
    /// What does not read.
    mistakes: Vec<MistakeView>,
    /// What reads and is still wrong.
    findings: Vec<FindingView>,
    /// The process in its canonical form, when it reads.
    canonical: Option<String>,
    /// The process as BPMN 2.0 with its diagram, when it can be drawn.
    drawing: Option<String>,
}

/// A BPMN file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BpmnFile {
    /// Its text.
    bpmn: String,
}

/// Where a text came from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// The file was exported by us: the text is exact.
    Ours,
    /// Another's file: a draft that a person must complete.
    Draft,
}

/// What a BPMN file was read to.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportedView {
    /// Where it came from.
    origin: Origin,
    /// The process's text.
    flow: String,
    /// What was assumed or could not be carried, a sentence each that names the element.
    notes: Vec<String>,
}

/// Which edition.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichEdition {
    /// Its number; the one in use when absent.
    edition: Option<u32>,
}

/// 流程图
#[utoipa::path(get, path = "/processes/{code}/drawing",
    params(("code" = String, Path), WhichEdition), responses(
    (status = 200, description = "The edition as BPMN 2.0 with its diagram", body = String,
        content_type = "application/xml"),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such edition", body = ProblemBody)))]
pub(crate) async fn process_drawing(
    State(kit): State<Kit>,
    asker: SignedIn,
    code: Segment,
    which: Params<WhichEdition>,
) -> Result<Response, Problem> {
    asker.require(Action::ReadDirectory)?;
    let (_, entry) = kit.store.load::<Entry>(&decide::matter(&code.0)?).await?;
    let edition = match which.0.edition {
        Some(version) => entry.edition(version),
        None => entry.in_use().or_else(|| entry.editions.last()),
    };
    let edition = edition.ok_or_else(Refusal::missing)?;
    let (parsed, version) = (edition.parsed()?, edition.version);
    let drawing = blocking(move || lingnan_exchange::export(&parsed.process)).await?;
    let drawing = drawing.map_err(|error| not_drawn(&error))?;
    let name = format!("{}-v{version}.bpmn", code.0);
    Ok(file_response(drawing, &name, "application/xml; charset=utf-8"))
}

/// 检查流程文本并绘图
#[utoipa::path(post, path = "/processes/check", request_body = Texts, responses(
    (status = 200, description = "What is wrong, if anything, and the drawing", body = CheckedView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 422, description = "A text is too long", body = ProblemBody)))]
pub(crate) async fn check_process(
    asker: SignedIn,
    body: JsonBody<Texts>,
) -> Result<Json<CheckedView>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let JsonBody(texts) = body;
    for (name, text) in [("流程文本", &texts.flow), ("表单", &texts.form)] {
        within(name, text, TEXT_BYTES_MAX)?;
    }
    Ok(Json(blocking(move || checked(&texts)).await?))
}

/// 导入 BPMN 文件
#[utoipa::path(post, path = "/processes/import", request_body = BpmnFile, responses(
    (status = 200, description = "The text, and what could not be carried", body = ImportedView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 403, description = "No process administrator", body = ProblemBody),
    (status = 422, description = "No BPMN file, or none of blocks", body = ProblemBody)))]
pub(crate) async fn import_process(
    asker: SignedIn,
    body: JsonBody<BpmnFile>,
) -> Result<Json<ImportedView>, Problem> {
    asker.require(Action::ManageProcesses)?;
    let JsonBody(BpmnFile { bpmn }) = body;
    within("文件", &bpmn, FILE_BYTES_MAX)?;
    let read = blocking(move || lingnan_exchange::import(&bpmn)).await?;
    let (origin, process, notes) = match read.map_err(|error| not_read(&format!("{error}。")))? {
        Imported::Ours { process, notes } => (Origin::Ours, process, notes),
        Imported::Draft { process, notes } => (Origin::Draft, process, notes),
        Imported::Graph { reason, .. } => return Err(not_read(&reason).into()),
    };
    Ok(Json(ImportedView { origin, flow: process.to_string(), notes }))
}

/// Work that may be long, and for which others need not wait.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Fault::Engine(error.to_string()))?)
}

fn checked(texts: &Texts) -> CheckedView {
    let process = Process::parse(&texts.flow);
    let form = Form::parse(&texts.form);
    let mut mistakes = Vec::new();
    if let Err(found) = &process {
        mistakes.extend(found.0.iter().map(|mistake| MistakeView {
            of: "flow".to_owned(),
            line: mistake.line,
            column: mistake.column,
            message: mistake.to_string(),
        }));
    }
    if let Err(mistake) = &form {
        let message = mistake.to_string();
        mistakes.push(MistakeView { of: "form".to_owned(), line: 0, column: 0, message });
    }
    let findings = match (&process, &form) {
        (Ok(process), Ok(form)) => findings(process, form),
        (Ok(process), Err(_)) => lingnan_flow::check(process),
        (Err(_), _) => Vec::new(),
    };
    let view = |Finding { step, told }| FindingView { step: step.to_string(), message: told };
    CheckedView {
        mistakes,
        findings: findings.into_iter().map(view).collect(),
        canonical: process.as_ref().ok().map(ToString::to_string),
        drawing: process.ok().and_then(|process| lingnan_exchange::export(&process).ok()),
    }
}

fn within(name: &str, text: &str, bytes_max: usize) -> Result<(), Refusal> {
    if text.len() <= bytes_max {
        return Ok(());
    }
    let message = format!("{name}超过{} MB，不予处理。", bytes_max >> 20);
    Err(Refusal::new(Kind::Invalid, "workflow.too_large", message))
}

fn not_read(why: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "workflow.bpmn_file", why)
        .with_next("请在建模工具中改正所指的元素后再导入，或直接编写流程文本。")
}

fn not_drawn(error: &lingnan_exchange::Error) -> Refusal {
    Refusal::new(Kind::Invalid, "workflow.not_drawn", format!("流程画不出图：{error}。"))
}
