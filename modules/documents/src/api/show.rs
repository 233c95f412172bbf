//! A matter's page: what it is, where it stands, what I can do, opinions, timeline, versions.

use super::intake::PaperView;
use super::links::{LinkView, Links, link};
use super::parts::{
    ActionView, DeclarationView, NamedUnit, OpinionView, StageView, VersionView, declarations,
    document_actions, holder_name, incoming_actions, names, opinions, stages,
};
use super::versions::{document_id, text_as_issued};
use crate::body::Body;
use crate::first_check::{FirstCheck, FirstCheckItem};
use crate::incoming::{Incoming, IncomingState, Received};
use crate::model::{Document, DocumentType, Endorsement, Head, Retention, State as Standing};
use crate::paper;
use crate::retention::{self, Direction, Proposal};
use crate::setting::{incoming as incoming_process, outgoing};
use crate::tally;
use axum::Json;
use axum::extract::State;
use lingnan_api::{
    Attachment, Kit, Problem, ProblemBody, Segment, SignedIn, TimelineEntry, timeline,
};
use lingnan_base::{Timestamp, UnitId};
use lingnan_directory::{UnitKind, duty};
use lingnan_flow::Instance;
use lingnan_journal::{Matter, MatterId, Refusal};
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// A document's page.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentView {
    /// Its key.
    id: String,
    /// Its version, to be sent back with an act.
    version: u64,
    /// The head.
    head: Head,
    /// Name of the type.
    type_name: String,
    /// The drafting unit.
    unit: NamedUnit,
    /// 主送, by name.
    recipients: Vec<NamedUnit>,
    /// 抄送, by name.
    copies: Vec<NamedUnit>,
    /// 会签单位, by name.
    countersign: Vec<NamedUnit>,
    /// 签发人, by post and name.
    signer: Option<String>,
    /// 发文机关, when it is not the drafting unit.
    issuer: Option<NamedUnit>,
    /// 联合发文机关, by name.
    joint: Vec<NamedUnit>,
    /// 联署: who signed for the joint issuers, as the document stands, in their order.
    co_signed: Vec<CoSignedView>,
    /// What was declared of rules, oldest first.
    declarations: Vec<DeclarationView>,
    /// The text.
    body: Body,
    /// SM3 of the present version.
    digest: String,
    /// Whether the present version is the one that was signed.
    signed: bool,
    /// 发文字号
    number: Option<String>,
    /// How it stands.
    state: Standing,
    /// How long it is kept.
    retention: Option<Retention>,
    /// How long it should be kept, while it waits to be put in the archives.
    proposal: Option<Proposal>,
    /// The state line; empty before it is submitted.
    stages: Vec<StageView>,
    /// What the asker can do now.
    actions: Vec<ActionView>,
    /// Opinions in order of rank.
    opinions: Vec<OpinionView>,
    /// Acts, oldest first.
    timeline: Vec<TimelineEntry>,
    /// Versions, oldest first.
    versions: Vec<VersionView>,
    /// Files.
    attachments: Vec<Attachment>,
    /// Digests of those that only show what a rule asked for; they are not sent.
    proofs: BTreeSet<String>,
    /// How many units it was sent to.
    sent: usize,
    /// Why it was recalled, and when.
    recalled: Option<ReasonView>,
    /// What replaces it.
    replaced: Option<LinkView>,
    /// What it replaces itself.
    replaces: Option<LinkView>,
    /// What repeals it.
    repealed: Option<LinkView>,
}

/// The signature of a joint issuer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoSignedView {
    /// The unit.
    unit: String,
    /// In what post.
    post: String,
    /// By whom.
    person: String,
    /// When, in milliseconds.
    time_ms: i64,
}

fn co_signed(document: &Document, head: &Head) -> Vec<CoSignedView> {
    let signed = head.joint.iter().filter_map(|unit| document.co_signed(unit));
    let view = |one: &Endorsement| CoSignedView {
        unit: one.label.unit.clone(),
        post: one.label.post.clone(),
        person: one.label.person.clone(),
        time_ms: one.time.0,
    };
    signed.map(view).collect()
}

/// Why something was done, and when.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonView {
    /// Why.
    reason: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// 传阅: someone it was circulated to.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReaderView {
    /// Unit, post and name.
    name: String,
    /// When he read it, in milliseconds; none while he has not.
    read_ms: Option<i64>,
    /// When it was circulated to him or he read it, in milliseconds.
    at_ms: i64,
}

/// 初审
#[derive(Serialize, ToSchema)]
pub(crate) struct FirstCheckView {
    /// What was found to be met.
    items: Vec<FirstCheckItem>,
    /// By whom.
    person: String,
    /// In what post.
    post: String,
    /// When, in milliseconds.
    time_ms: i64,
}

impl From<&FirstCheck> for FirstCheckView {
    fn from(check: &FirstCheck) -> Self {
        Self {
            items: check.items.clone(),
            person: check.label.person.clone(),
            post: check.label.post.clone(),
            time_ms: check.time.0,
        }
    }
}

/// A received document's page.
#[derive(Serialize, ToSchema)]
pub(crate) struct IncomingView {
    /// Its key.
    id: String,
    /// Its version, to be sent back with an act.
    version: u64,
    /// Title.
    title: String,
    /// 发文字号
    number: String,
    /// Name of the type.
    type_name: String,
    /// Urgency.
    urgency: String,
    /// The sending unit.
    sender: String,
    /// Its id: the unit that issued the document.
    sender_id: String,
    /// The receiving unit.
    unit: NamedUnit,
    /// The text as issued.
    body: Body,
    /// SM3 of the text as issued.
    digest: String,
    /// Key of the document; none when it came on paper.
    document: Option<String>,
    /// What is known of it beside that, when it came on paper.
    paper: Option<PaperView>,
    /// How it stands.
    state: IncomingState,
    /// Whether it is only copied.
    copy: bool,
    /// Why it was sent back.
    return_reason: Option<String>,
    /// How long it is kept.
    retention: Option<Retention>,
    /// How long it should be kept, while it waits to be put in the archives.
    proposal: Option<Proposal>,
    /// The state line.
    stages: Vec<StageView>,
    /// What the asker can do now.
    actions: Vec<ActionView>,
    /// Opinions in order of rank.
    opinions: Vec<OpinionView>,
    /// Acts, oldest first.
    timeline: Vec<TimelineEntry>,
    /// Files.
    attachments: Vec<Attachment>,
    /// The units it was relayed to.
    relayed: Vec<NamedUnit>,
    /// 收文编号
    registered: Option<String>,
    /// 初审; none while it has not been checked.
    checked: Option<FirstCheckView>,
    /// How many paper copies the unit may make; as many as it likes when absent.
    prints: Option<u16>,
    /// How many it made.
    copies: usize,
    /// 主办, by post and name.
    lead: Option<String>,
    /// 协办, by post and name.
    assists: Vec<String>,
    /// 传阅, in the order in which it was circulated.
    readers: Vec<ReaderView>,
    /// What answers it.
    answered: Option<LinkView>,
    /// The asker's posts from which an answer can be begun.
    answer_posts: Vec<String>,
    /// Why its sender recalled it, and when.
    recalled: Option<ReasonView>,
    /// What replaces it.
    replaced: Option<LinkView>,
    /// What it replaces itself.
    replaces: Option<LinkView>,
    /// What repeals it.
    repealed: Option<LinkView>,
}

/// 公文
#[utoipa::path(get, path = "/documents/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "The document's page", body = DocumentView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn document(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<DocumentView>, Problem> {
    let matter = document_id(&id.0)?;
    asker.must_see(&matter).await?;
    let (version, document) = kit.store.load::<Document>(&matter).await?;
    let head = document.head.clone().ok_or_else(Refusal::missing)?;
    let unit = document.unit.clone().ok_or_else(Refusal::missing)?;
    let definition = &outgoing().definition;
    let stages = document.flow.as_ref().map(|flow| stages(&kit, definition, flow));
    let acknowledged = tally::acknowledged(&kit, &matter).await?;
    let links = Links::of(&kit, &document).await?;
    Ok(Json(DocumentView {
        id: id.0,
        version,
        type_name: head.document_type.name().to_owned(),
        unit: NamedUnit { id: unit.to_string(), name: document.unit_name.clone() },
        recipients: names(&kit, &head.recipients),
        copies: names(&kit, &head.copies),
        countersign: names(&kit, &head.countersign),
        issuer: names(&kit, head.issuer.as_slice()).pop(),
        joint: names(&kit, &head.joint),
        co_signed: co_signed(&document, &head),
        declarations: declarations(&document.declarations),
        signer: head.signer.as_ref().map(|post| holder_name(&kit, post.as_str())),
        body: document.body.as_ref().clone(),
        digest: document.digest().to_owned(),
        signed: document.stands_as_signed(),
        number: document.number.as_ref().map(|number| number.text.clone()),
        state: document.state,
        retention: document.retention,
        proposal: (document.state == Standing::Concluded)
            .then(|| retention::proposal(Direction::Own, head.document_type, &head.title)),
        stages: stages.unwrap_or_default(),
        actions: document_actions(&asker, &document, acknowledged),
        opinions: opinions(&document.opinions),
        timeline: timeline(&kit, &matter).await?,
        versions: document
            .versions
            .iter()
            .map(|version| VersionView {
                number: version.number,
                digest: version.digest.clone(),
                person: version.label.person.clone(),
                time_ms: version.time.0,
            })
            .collect(),
        attachments: document.attachments.clone(),
        proofs: document.proofs.clone(),
        sent: document.sent.len(),
        recalled: reason(document.recalled.as_ref()),
        replaced: links.replaced,
        replaces: links.replaces,
        repealed: links.repealed,
        head,
    }))
}

/// 收文
#[utoipa::path(get, path = "/incoming/{id}", params(("id" = String, Path)), responses(
    (status = 200, description = "The received document's page", body = IncomingView),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such document in scope", body = ProblemBody)))]
pub(crate) async fn received(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
) -> Result<Json<IncomingView>, Problem> {
    let matter = MatterId::new(Incoming::KIND, &id.0).map_err(|_| Refusal::missing())?;
    asker.must_see(&matter).await?;
    let (version, incoming) = kit.store.load::<Incoming>(&matter).await?;
    let received = incoming.received.clone().ok_or_else(Refusal::missing)?;
    let (document, body) = as_issued(&kit, &received).await?;
    let document = document.as_deref();
    let definition = &incoming_process().definition;
    let stages = incoming.flow.as_ref().map(|flow| stages(&kit, definition, flow));
    let proposal = match incoming.state {
        IncomingState::Concluded => {
            Some(retention::of_received(&kit.setting(), &received, document)?)
        }
        _ => None,
    };
    let (kind, sender) = origin(&kit, &received, document);
    let paper = incoming.paper.as_ref().map(|paper| PaperView::of(&received, paper));
    let attachments = files(&incoming, document);
    let links = Links::as_received(&kit, document, &received.unit).await?;
    Ok(Json(IncomingView {
        id: id.0,
        version,
        title: received.title,
        number: received.number,
        type_name: kind.map_or("", DocumentType::name).to_owned(),
        urgency: received.urgency.as_str().to_owned(),
        sender: received.sender,
        sender_id: sender.map(|unit| unit.to_string()).unwrap_or_default(),
        unit: NamedUnit { id: received.unit.to_string(), name: received.unit_name },
        body,
        digest: received.digest,
        document: received.document.as_ref().map(|id| id.key().to_owned()),
        paper,
        state: incoming.state,
        copy: received.copy,
        return_reason: incoming.returned.as_ref().map(|(reason, _)| reason.clone()),
        retention: incoming.retention,
        proposal,
        stages: stages.unwrap_or_default(),
        actions: incoming_actions(&asker, &incoming),
        opinions: opinions(&incoming.opinions),
        timeline: timeline(&kit, &matter).await?,
        attachments,
        relayed: names(&kit, &incoming.relayed),
        registered: incoming.registered.clone(),
        checked: incoming.checked.as_ref().map(FirstCheckView::from),
        prints: received.prints,
        copies: incoming.copies.len(),
        lead: incoming.assigned.as_ref().map(|to| holder_name(&kit, to.lead.as_str())),
        assists: incoming
            .assigned
            .iter()
            .flat_map(|to| &to.assists)
            .map(|post| holder_name(&kit, post.as_str()))
            .collect(),
        readers: incoming.flow.as_ref().map(|flow| readers(&kit, flow)).unwrap_or_default(),
        answered: link(incoming.answered.as_ref()),
        answer_posts: answer_posts(&kit, &asker, &incoming),
        recalled: reason(incoming.recalled.as_ref()),
        replaced: links.replaced,
        replaces: links.replaces,
        repealed: links.repealed,
    }))
}

/// What was received, with its text; nothing of what came on paper.
async fn as_issued(
    kit: &Kit,
    received: &Received,
) -> Result<(Option<Arc<Document>>, Body), Problem> {
    let Some(id) = &received.document else { return Ok((None, Body::default())) };
    let (_, document) = kit.store.load::<Document>(id).await?;
    let body = text_as_issued(kit, id, &document, &received.digest).await?;
    Ok((Some(document), body))
}

/// Posts of the asker that may answer: of the unit, and of its general office, which may issue in
/// the name of its government (条例 第十六条（二）).
fn answer_posts(kit: &Kit, asker: &SignedIn, incoming: &Incoming) -> Vec<String> {
    let open = incoming.answered.is_none() && incoming.recalled.is_none();
    let Some(unit) = incoming.received.as_ref().filter(|_| open).map(|it| &it.unit) else {
        return Vec::new();
    };
    let mut posts = asker.capacities();
    posts.retain(|one| one.duties.iter().any(|duty| duty == duty::DRAFTER));
    kit.with_directory(|directory| {
        let own = |drafting: &UnitId| {
            let office = directory.unit(drafting).filter(|one| one.kind == UnitKind::Office);
            drafting == unit || office.is_some_and(|one| one.parent.as_ref() == Some(unit))
        };
        posts.iter().filter(|one| own(&one.unit)).map(|one| one.post.to_string()).collect()
    })
}

/// Its type and who sent it; of what came on paper, as its title and its sender's name tell.
fn origin(
    kit: &Kit,
    received: &Received,
    document: Option<&Document>,
) -> (Option<DocumentType>, Option<UnitId>) {
    match document {
        Some(own) => (own.head.as_ref().map(|head| head.document_type), own.unit.clone()),
        None => {
            let sender = paper::sender(&kit.setting(), &received.sender);
            (paper::document_type(&received.title), sender)
        }
    }
}

/// The files of a document, or the pages of what came on paper.
fn files(incoming: &Incoming, document: Option<&Document>) -> Vec<Attachment> {
    match (&incoming.paper, document) {
        (Some(paper), _) => paper.files.clone(),
        (None, Some(document)) => document.annexes().cloned().collect(),
        (None, None) => Vec::new(),
    }
}

fn reason(recorded: Option<&(String, Timestamp)>) -> Option<ReasonView> {
    recorded.map(|(reason, time)| ReasonView { reason: reason.clone(), time_ms: time.0 })
}

fn readers(kit: &Kit, flow: &Instance) -> Vec<ReaderView> {
    let view = |notice: &lingnan_flow::Notice| ReaderView {
        name: holder_name(kit, &notice.holder.0),
        read_ms: notice.is_done().then_some(notice.at.0),
        at_ms: notice.at.0,
    };
    flow.notices().iter().map(view).collect()
}
