//! A matter's page: what it is, where it stands, what I can do, opinions, timeline, versions.

use crate::body::Body;
use crate::compare::{ComparedLine, compare};
use crate::incoming::{Incoming, IncomingState};
use crate::model::{Attachment, Document, Fact, Head, OpinionRecord, Retention, State as Standing};
use crate::setting::{incoming as incoming_process, outgoing};
use axum::Json;
use axum::extract::{Path, State};
use lingnan_api::{Kit, Params, Problem, ProblemBody, Segment, SignedIn};
use lingnan_base::{PostId, UnitId};
use lingnan_flow::{Definition, Holder, Instance, NodeStanding, TicketState};
use lingnan_journal::{Act, Datum, Fault, Matter, MatterId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Most acts shown on a timeline.
const TIMELINE_MAX: i64 = 500;

/// A named unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamedUnit {
    /// Its id.
    id: String,
    /// Its short name.
    name: String,
}

/// A step on the state line.
#[derive(Serialize, ToSchema)]
pub(crate) struct StageView {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// `ahead`, `active`, `done`, `skipped` or `cancelled`.
    standing: String,
    /// Who has it now.
    holders: Vec<String>,
    /// When it is due, in milliseconds.
    due_ms: Option<i64>,
}

/// An earlier step to which the matter may be returned.
#[derive(Serialize, ToSchema)]
pub(crate) struct Target {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
}

/// Something the asker can do now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActionView {
    /// Its name in a request (`do`).
    name: String,
    /// At which step; empty when at none.
    node: String,
    /// From which post.
    post: String,
    /// Where to, for a return.
    targets: Vec<Target>,
}

/// An opinion.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpinionView {
    /// The step's name.
    step: String,
    /// What was decided.
    decision: String,
    /// What was written.
    text: String,
    /// By whom.
    person: String,
    /// In what post.
    post: String,
    /// Of which unit.
    unit: String,
    /// The post's rank; the list is in this order.
    rank: u32,
    /// The version seen; 0 for received documents.
    version: u32,
    /// SM3 of what was seen.
    digest: String,
    /// When, in milliseconds.
    time_ms: i64,
}

/// An act on the timeline.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimelineEntry {
    /// Its place in the journal.
    seq: u64,
    /// When, in milliseconds.
    time_ms: i64,
    /// Which command.
    command: String,
    /// By whom.
    person: String,
    /// In what post.
    post: String,
    /// Of which unit.
    unit: String,
}

/// A saved version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// Its number.
    number: u32,
    /// SM3 of title and text.
    digest: String,
    /// By whom.
    person: String,
    /// When, in milliseconds.
    time_ms: i64,
}

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
    /// How many units it was sent to.
    sent: usize,
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
    /// The receiving unit.
    unit: NamedUnit,
    /// The text as issued.
    body: Body,
    /// SM3 of the text as issued.
    digest: String,
    /// Key of the document.
    document: String,
    /// How it stands.
    state: IncomingState,
    /// Whether it is only copied.
    copy: bool,
    /// Why it was sent back.
    return_reason: Option<String>,
    /// How long it is kept.
    retention: Option<Retention>,
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
}

/// A version's text.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionText {
    /// Its number.
    number: u32,
    /// The head then.
    head: Head,
    /// The text then.
    body: Body,
}

/// Which versions to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The earlier.
    from: u32,
    /// The later.
    to: u32,
}

fn document_id(key: &str) -> Result<MatterId, Problem> {
    MatterId::new(Document::KIND, key).map_err(|_| Refusal::missing().into())
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
    Ok(Json(DocumentView {
        id: id.0,
        version,
        type_name: head.document_type.name().to_owned(),
        unit: NamedUnit { id: unit.to_string(), name: document.unit_name.clone() },
        recipients: names(&kit, &head.recipients),
        copies: names(&kit, &head.copies),
        countersign: names(&kit, &head.countersign),
        signer: head.signer.as_ref().map(|post| holder_name(&kit, post.as_str())),
        body: document.body.as_ref().clone(),
        digest: document.digest().to_owned(),
        signed: document.signed.as_deref() == Some(document.digest()),
        number: document.number.as_ref().map(|number| number.text.clone()),
        state: document.state,
        retention: document.retention,
        stages: stages.unwrap_or_default(),
        actions: document_actions(&asker, &document),
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
        sent: document.sent.len(),
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
    let (_, document) = kit.store.load::<Document>(&received.document).await?;
    let body = text_as_issued(&kit, &received.document, &document, &received.digest).await?;
    let definition = &incoming_process().definition;
    let stages = incoming.flow.as_ref().map(|flow| stages(&kit, definition, flow));
    let kind = document.head.as_ref().map(|head| head.document_type.name());
    Ok(Json(IncomingView {
        id: id.0,
        version,
        title: received.title,
        number: received.number,
        type_name: kind.unwrap_or_default().to_owned(),
        urgency: received.urgency.as_str().to_owned(),
        sender: received.sender,
        unit: NamedUnit { id: received.unit.to_string(), name: received.unit_name },
        body,
        digest: received.digest,
        document: received.document.key().to_owned(),
        state: incoming.state,
        copy: received.copy,
        return_reason: incoming.returned.as_ref().map(|(reason, _)| reason.clone()),
        retention: incoming.retention,
        stages: stages.unwrap_or_default(),
        actions: incoming_actions(&asker, &incoming),
        opinions: opinions(&incoming.opinions),
        timeline: timeline(&kit, &matter).await?,
        attachments: document.attachments.clone(),
        relayed: names(&kit, &incoming.relayed),
    }))
}

/// 某一稿
#[utoipa::path(get, path = "/documents/{id}/versions/{number}",
    params(("id" = String, Path), ("number" = u32, Path)), responses(
    (status = 200, description = "The text of a version", body = VersionText),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such version in scope", body = ProblemBody)))]
pub(crate) async fn version(
    State(kit): State<Kit>,
    asker: SignedIn,
    path: Path<(String, u32)>,
) -> Result<Json<VersionText>, Problem> {
    let Path((key, number)) = path;
    let matter = document_id(&key)?;
    asker.must_see(&matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let (head, body) = saved(&kit, &matter, &document, number).await?;
    Ok(Json(VersionText { number, head, body }))
}

/// 比较两稿
#[utoipa::path(get, path = "/documents/{id}/compare", params(("id" = String, Path), Between),
    responses(
    (status = 200, description = "What changed, line by line", body = Vec<ComparedLine>),
    (status = 401, description = "Not signed in", body = ProblemBody),
    (status = 404, description = "No such versions in scope", body = ProblemBody)))]
pub(crate) async fn compared(
    State(kit): State<Kit>,
    asker: SignedIn,
    id: Segment,
    between: Params<Between>,
) -> Result<Json<Vec<ComparedLine>>, Problem> {
    let matter = document_id(&id.0)?;
    asker.must_see(&matter).await?;
    let (_, document) = kit.store.load::<Document>(&matter).await?;
    let lines = |head: Head, body: Body| {
        std::iter::once(head.title).chain(body.lines()).collect::<Vec<String>>()
    };
    let (head, body) = saved(&kit, &matter, &document, between.0.from).await?;
    let earlier = lines(head, body);
    let (head, body) = saved(&kit, &matter, &document, between.0.to).await?;
    Ok(Json(compare(&earlier, &lines(head, body))))
}

const SELECT_ACT: &str = "select payload from journal_act where seq = $1";

/// A saved version, read from the act that saved it.
async fn saved(
    kit: &Kit,
    matter: &MatterId,
    document: &Document,
    number: u32,
) -> Result<(Head, Body), Problem> {
    let version = document.versions.iter().find(|version| version.number == number);
    let version = version.ok_or_else(Refusal::missing)?;
    let rows = kit.store.query(SELECT_ACT, vec![Datum::count(version.seq)]).await?;
    let Some([Datum::Text(payload)]) = rows.first().map(Vec::as_slice) else {
        return Err(Fault::corrupt("journal_act", version.seq, &"the act is missing").into());
    };
    let act: Act = serde_json::from_str(payload)
        .map_err(|e| Fault::corrupt("journal_act", version.seq, &e))?;
    let changes = act.changes.into_iter().filter(|change| change.matter == *matter);
    let facts = changes.flat_map(|change| change.facts);
    let found =
        facts.filter_map(|fact| serde_json::from_value::<Fact>(fact).ok()).find_map(|fact| {
            match fact {
                Fact::Saved { head, body, digest } if digest == version.digest => {
                    Some((head, body.as_ref().clone()))
                }
                _ => None,
            }
        });
    Ok(found.ok_or_else(|| Fault::corrupt("journal_act", version.seq, &"no such version"))?)
}

/// The text that was issued, whatever was saved since.
async fn text_as_issued(
    kit: &Kit,
    matter: &MatterId,
    document: &Document,
    digest: &str,
) -> Result<Body, Problem> {
    if document.digest() == digest {
        return Ok(document.body.as_ref().clone());
    }
    let issued = document.versions.iter().find(|version| version.digest == digest);
    let issued = issued.ok_or_else(Refusal::missing)?;
    Ok(saved(kit, matter, document, issued.number).await?.1)
}

fn names(kit: &Kit, units: &[UnitId]) -> Vec<NamedUnit> {
    kit.with_directory(|directory| {
        let name = |unit: &UnitId| {
            directory.unit(unit).map_or_else(|| unit.to_string(), |u| u.short_name.clone())
        };
        units.iter().map(|unit| NamedUnit { id: unit.to_string(), name: name(unit) }).collect()
    })
}

/// `省政府办公厅 文书 周雯`
fn holder_name(kit: &Kit, post: &str) -> String {
    let Ok(post) = PostId::parse(post) else { return post.to_owned() };
    kit.with_directory(|directory| {
        let Some((unit, content)) = directory.post(&post) else { return post.to_string() };
        let unit = directory.unit(unit).map(|unit| unit.short_name.as_str()).unwrap_or_default();
        let people: Vec<&str> =
            directory.holders(&post).iter().map(|(_, person)| person.name.as_str()).collect();
        let people = if people.is_empty() { "（暂缺）".to_owned() } else { people.join("、") };
        format!("{unit} {} {people}", content.title)
    })
}

fn stages(kit: &Kit, definition: &Definition, flow: &Instance) -> Vec<StageView> {
    let line = flow.state_line(definition);
    line.iter()
        .map(|stage| {
            let here = flow.open_tickets().filter(|(_, ticket)| {
                flow.node_of(definition, ticket).is_some_and(|node| node.id == stage.node.id)
            });
            let tickets: Vec<_> = here.map(|(_, ticket)| ticket).collect();
            let standing = match stage.standing {
                NodeStanding::Ahead => "ahead",
                NodeStanding::Active => "active",
                NodeStanding::Done => "done",
                NodeStanding::Skipped => "skipped",
                NodeStanding::Cancelled => "cancelled",
            };
            StageView {
                id: stage.node.id.clone(),
                name: stage.node.name.clone(),
                standing: standing.to_owned(),
                holders: tickets.iter().map(|t| holder_name(kit, &t.holder.0)).collect(),
                due_ms: tickets.iter().filter_map(|t| t.due).map(|due| due.0).min(),
            }
        })
        .collect()
}

/// 意见按职务高低，不按时间先后。
fn opinions(records: &[OpinionRecord]) -> Vec<OpinionView> {
    let mut all: Vec<&OpinionRecord> = records.iter().collect();
    all.sort_by_key(|record| (record.label.rank, record.time));
    all.into_iter()
        .map(|record| OpinionView {
            step: record.step.clone(),
            decision: record.decision.clone(),
            text: record.text.clone(),
            person: record.label.person.clone(),
            post: record.label.post.clone(),
            unit: record.label.unit.clone(),
            rank: record.label.rank,
            version: record.version,
            digest: record.digest.clone(),
            time_ms: record.time.0,
        })
        .collect()
}

const SELECT_TIMELINE: &str = "select distinct a.seq, a.payload from journal_stream s \
    join journal_act a on a.seq = s.seq where s.matter = $1 order by a.seq desc limit $2";

async fn timeline(kit: &Kit, matter: &MatterId) -> Result<Vec<TimelineEntry>, Problem> {
    let values = vec![Datum::text(matter.as_str()), Datum::Int(TIMELINE_MAX)];
    let rows = kit.store.query(SELECT_TIMELINE, values).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let [_, Datum::Text(payload)] = row.as_slice() else { continue };
        let act: Act =
            serde_json::from_str(payload).map_err(|e| Fault::corrupt(matter.as_str(), 0, &e))?;
        let label = act.actor.label();
        entries.push(TimelineEntry {
            seq: act.seq,
            time_ms: act.time.0,
            command: act.command,
            person: label.person,
            post: label.post,
            unit: label.unit,
        });
    }
    entries.reverse();
    Ok(entries)
}

fn action(name: &str, node: &str, post: &PostId, targets: Vec<Target>) -> ActionView {
    let post = post.to_string();
    ActionView { name: name.to_owned(), node: node.to_owned(), post, targets }
}

fn targets(
    definition: &Definition,
    flow: &Instance,
    ticket: lingnan_flow::TicketId,
) -> Vec<Target> {
    let nodes = flow.return_targets(definition, ticket).into_iter();
    nodes.map(|node| Target { id: node.id.clone(), name: node.name.clone() }).collect()
}

fn document_actions(asker: &SignedIn, document: &Document) -> Vec<ActionView> {
    let mut all = Vec::new();
    for capacity in asker.capacities() {
        let post = &capacity.post;
        let is_drafter = document.drafter.as_ref() == Some(post);
        let Some(flow) = &document.flow else {
            if is_drafter {
                all.extend(["save", "submit"].map(|name| action(name, "draft", post, vec![])));
            }
            continue;
        };
        let definition = &outgoing().definition;
        for (id, ticket) in flow.open_tickets().filter(|(_, t)| *t.holder.0 == *post.as_str()) {
            let Some(node) = flow.node_of(definition, ticket) else { continue };
            let names: &[&str] = match node.id.as_str() {
                "draft" => &["save", "approve"],
                "edit_check" => &["approve", "return", "save", "transfer"],
                "number" => &["number", "return", "save"],
                "distribute" => &["distribute", "void_number", "save"],
                "conclude" => &["conclude"],
                _ => &["approve", "return", "transfer"],
            };
            let back = targets(definition, flow, id);
            for name in names {
                let targets = if *name == "return" { targets_of(&back) } else { Vec::new() };
                if *name != "return" || !targets.is_empty() {
                    all.push(action(name, &node.id, post, targets));
                }
            }
        }
        if let Some(node) = withdrawable(definition, flow, post) {
            all.push(action("withdraw", &node, post, vec![]));
        }
        let clerk = capacity.duties.iter().any(|d| d == lingnan_directory::duty::CLERK);
        let own = document.unit.as_ref() == Some(&capacity.unit);
        if document.state == Standing::Concluded && clerk && own {
            all.push(action("archive", "", post, vec![]));
        }
    }
    all
}

fn targets_of(all: &[Target]) -> Vec<Target> {
    all.iter().map(|t| Target { id: t.id.clone(), name: t.name.clone() }).collect()
}

/// The step whose approval by `post` could be withdrawn now: the interpreter is asked on a copy.
fn withdrawable(definition: &Definition, flow: &Instance, post: &PostId) -> Option<String> {
    struct Nobody;
    impl lingnan_flow::Rules for Nobody {
        fn holders(&self, _: &lingnan_flow::Node, _: &[Holder]) -> Option<Vec<Holder>> {
            Some(Vec::new())
        }
        fn due(
            &self,
            _: &lingnan_flow::Node,
            _: lingnan_base::Timestamp,
        ) -> Option<lingnan_base::Timestamp> {
            None
        }
    }
    let mine = flow.tickets().filter(|(_, t)| *t.holder.0 == *post.as_str());
    let done = mine.filter(|(_, t)| matches!(t.state, TicketState::Done | TicketState::Held));
    let (id, ticket) = done.max_by_key(|(id, _)| *id)?;
    let node = flow.node_of(definition, ticket)?;
    if matches!(node.id.as_str(), "number" | "distribute" | "conclude") {
        return None;
    }
    let now = lingnan_base::Timestamp::default();
    let withdraw = lingnan_flow::Operation::Withdraw;
    lingnan_flow::operate(definition, &mut flow.clone(), &Nobody, now, id, &withdraw).ok()?;
    Some(node.id.clone())
}

fn incoming_actions(asker: &SignedIn, incoming: &Incoming) -> Vec<ActionView> {
    let (Some(flow), Some(received)) = (&incoming.flow, &incoming.received) else {
        return Vec::new();
    };
    let definition = &incoming_process().definition;
    let mut all = Vec::new();
    for capacity in asker.capacities() {
        let post = &capacity.post;
        for (id, ticket) in flow.open_tickets().filter(|(_, t)| *t.holder.0 == *post.as_str()) {
            let Some(node) = flow.node_of(definition, ticket) else { continue };
            let names: &[&str] = match node.id.as_str() {
                "acknowledge" => &["acknowledge", "return_document"],
                "propose" => &["approve", "return_document", "transfer"],
                "conclude" => &["conclude"],
                _ => &["approve", "return", "transfer"],
            };
            let back = targets(definition, flow, id);
            for name in names {
                let targets = if *name == "return" { targets_of(&back) } else { Vec::new() };
                if *name != "return" || !targets.is_empty() {
                    all.push(action(name, &node.id, post, targets));
                }
            }
        }
        let clerk = capacity.duties.iter().any(|d| d == lingnan_directory::duty::CLERK);
        let own = received.unit == capacity.unit;
        if clerk && own && incoming.state == IncomingState::Acknowledged {
            all.push(action("relay", "", post, vec![]));
        }
        if clerk && own && incoming.state == IncomingState::Concluded {
            all.push(action("archive", "", post, vec![]));
        }
    }
    all
}
