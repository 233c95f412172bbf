//! Parts of a matter's page: stages, what the asker can do, opinions, notices.

use crate::library::model::Parsed;
use crate::work::decide::rights;
use crate::work::model::{Opinion, State, Work};
use crate::work::views::light_of;
use lingnan_api::{Kit, SignedIn};
use lingnan_base::{PostId, Timestamp};
use lingnan_flow::{
    BackWay, Definition, Demand, Instance, Node, Operation, Origin, Policy, Ticket, TicketId,
    TicketState,
};
use lingnan_forms::Rights;
use serde::Serialize;
use utoipa::ToSchema;

/// A step on the state line.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkStage {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// `ahead`, `active`, `done`, `skipped`, `not_taken` or `cancelled`.
    standing: String,
    /// Who has it now.
    holders: Vec<String>,
    /// When it is due, in milliseconds.
    due_ms: Option<i64>,
    /// Whether that may move when the year's holidays are arranged.
    due_provisional: bool,
    /// `red`, `yellow`, `warned` or nothing.
    light: String,
}

/// A step on the drawing of a matter's process.
#[derive(Serialize, ToSchema)]
pub(crate) struct CourseStep {
    /// Its id, which is the drawing's too.
    id: String,
    /// Its name.
    name: String,
    /// `ahead`, `active`, `done`, `skipped` (passed by) or `cancelled` (returned, to be redone).
    standing: String,
}

/// An earlier step to which the matter may be returned.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkTarget {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// `either`, `redo` or `direct`.
    way: String,
}

/// Somebody whom an action is about.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkHolder {
    /// The post.
    post: String,
    /// It, with who holds it.
    name: String,
}

/// Something the asker can do now.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkAction {
    /// Its name in a request (`do`).
    name: String,
    /// At which step; empty when at none.
    step: String,
    /// The step's name.
    step_name: String,
    /// From which post.
    post: String,
    /// Where to, for a return.
    targets: Vec<WorkTarget>,
    /// Whom it may be about, for 减签 and the answer to 延期.
    holders: Vec<WorkHolder>,
    /// Fields that may be written with it.
    write: Vec<String>,
    /// Fields that must be filled with it.
    require: Vec<String>,
    /// Events that may happen, causes for which the clock may be stopped.
    choices: Vec<String>,
}

/// An opinion.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkOpinion {
    /// The step's name.
    step: String,
    /// What was done.
    decision: String,
    /// What was written.
    text: String,
    /// By whom.
    person: String,
    /// In what post.
    post: String,
    /// Of which unit.
    unit: String,
    /// Rank of the post.
    rank: u32,
    /// The version of the form that was seen.
    version: u32,
    /// When, in milliseconds.
    time_ms: i64,
}

/// A notice.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeView {
    /// The step's name.
    step: String,
    /// To whom.
    holder: String,
    /// Whether a receipt is asked for.
    receipt: bool,
    /// `sent`, `delivered`, `read` or `receipted`.
    state: String,
    /// When it came to stand so, in milliseconds.
    at_ms: i64,
}

/// A post with those who hold it, for people.
pub(super) fn holder_name(kit: &Kit, post: &str) -> String {
    let Ok(id) = PostId::parse(post) else { return post.to_owned() };
    kit.with_directory(|directory| {
        let Some((unit, content)) = directory.post(&id) else { return post.to_owned() };
        let unit = directory.unit(unit).map(|unit| unit.short_name.as_str()).unwrap_or_default();
        let holders = directory.holders(&id);
        let people: Vec<&str> = holders.iter().map(|(_, person)| person.name.as_str()).collect();
        format!("{unit} {} {}", content.title, people.join("、")).trim().to_owned()
    })
}

/// Every step of the process with how it stands, for its drawing.
pub(super) fn course(definition: &Definition, flow: &Instance) -> Vec<CourseStep> {
    let one = |(step, standing): (&lingnan_flow::Step, lingnan_flow::NodeStanding)| CourseStep {
        id: step.id.to_string(),
        name: step.name.to_string(),
        standing: standing.as_str().to_owned(),
    };
    flow.course(definition).into_iter().map(one).collect()
}

pub(super) fn stages(kit: &Kit, definition: &Definition, flow: &Instance) -> Vec<WorkStage> {
    let one = |stage: lingnan_flow::Stage<'_>| {
        let open: Vec<_> = flow
            .open_tickets()
            .filter(|(_, ticket)| flow.step_of(ticket).is_some_and(|s| s.id == stage.node.step.id))
            .collect();
        let clocks = open.iter().map(|(_, ticket)| &ticket.clock);
        let first = clocks.filter(|clock| clock.due.is_some()).min_by_key(|clock| clock.due);
        let worst = open.iter().map(|(_, ticket)| light_of(&ticket.clock)).max();
        WorkStage {
            id: stage.node.id().to_owned(),
            name: stage.node.name().to_owned(),
            standing: stage.standing.as_str().to_owned(),
            holders: open.iter().map(|(_, t)| holder_name(kit, &t.holder.0)).collect(),
            due_ms: first.and_then(|clock| clock.due).map(|due| due.0),
            due_provisional: first.is_some_and(lingnan_flow::Clock::is_provisional),
            light: worst.map_or("", |(_, light)| light).to_owned(),
        }
    };
    flow.state_line(definition).into_iter().map(one).collect()
}

/// 意见按职务高低，不按时间先后。
pub(super) fn opinions(all: &[Opinion]) -> Vec<WorkOpinion> {
    let mut sorted: Vec<&Opinion> = all.iter().collect();
    sorted.sort_by_key(|opinion| (opinion.label.rank, opinion.time));
    let view = |opinion: &Opinion| WorkOpinion {
        step: opinion.name.clone(),
        decision: opinion.decision.clone(),
        text: opinion.text.clone(),
        person: opinion.label.person.clone(),
        post: opinion.label.post.clone(),
        unit: opinion.label.unit.clone(),
        rank: opinion.label.rank,
        version: opinion.version,
        time_ms: opinion.time.0,
    };
    sorted.into_iter().map(view).collect()
}

pub(super) fn notices(kit: &Kit, flow: &Instance) -> Vec<NoticeView> {
    let view = |notice: &lingnan_flow::Notice| NoticeView {
        step: flow.step_of_notice(notice).map_or_else(String::new, |step| step.name.to_string()),
        holder: holder_name(kit, &notice.holder.0),
        receipt: notice.receipt,
        state: match notice.state {
            lingnan_flow::NoticeState::Sent => "sent",
            lingnan_flow::NoticeState::Delivered => "delivered",
            lingnan_flow::NoticeState::Read => "read",
            lingnan_flow::NoticeState::Receipted => "receipted",
        }
        .to_owned(),
        at_ms: notice.at.0,
    };
    flow.notices().iter().map(view).collect()
}

/// What an action is about besides its name.
struct At<'a> {
    step: &'a str,
    name: &'a str,
    post: &'a PostId,
    rights: Option<&'a Rights>,
}

fn action(name: &str, at: &At<'_>) -> WorkAction {
    let write = at.rights.map(|rights| match &rights.write {
        lingnan_forms::Write::All => vec!["*".to_owned()],
        lingnan_forms::Write::Only(fields) => fields.iter().cloned().collect(),
    });
    WorkAction {
        name: name.to_owned(),
        step: at.step.to_owned(),
        step_name: at.name.to_owned(),
        post: at.post.to_string(),
        targets: Vec::new(),
        holders: Vec::new(),
        write: write.unwrap_or_default(),
        require: at.rights.map(|r| r.require.iter().cloned().collect()).unwrap_or_default(),
        choices: Vec::new(),
    }
}

/// Everything the asker can do with the matter now, from each of his posts.
pub(super) fn actions(
    kit: &Kit,
    asker: &SignedIn,
    parsed: &Parsed,
    work: &Work,
) -> Vec<WorkAction> {
    let mut all = Vec::new();
    for capacity in asker.capacities() {
        let post = &capacity.post;
        let starter = work.starter.as_ref() == Some(post);
        let whole = At { step: "", name: "", post, rights: None };
        if work.state == State::Draft && starter {
            let rights = Rights::starter(&parsed.form);
            let at = At { rights: Some(&rights), ..whole };
            all.extend(["submit", "fill"].map(|name| action(name, &at)));
            continue;
        }
        let Some(flow) = work.flow.as_ref().filter(|_| work.state == State::Running) else {
            all.extend(notice_actions(work.flow.as_ref(), post));
            continue;
        };
        for (id, ticket) in flow.open_tickets().filter(|(_, t)| *t.holder.0 == *post.as_str()) {
            let Some(node) = flow.node_of(&parsed.definition, ticket) else { continue };
            all.extend(ticket_actions(parsed, flow, node, id, post));
        }
        all.extend(reductions(kit, parsed, flow, post));
        all.extend(extensions(kit, work, flow, post));
        all.extend(withdrawable(parsed, flow, post));
        all.extend(notice_actions(Some(flow), post));
        let events = flow.demands(&parsed.definition).into_iter().filter_map(|d| match d {
            Demand::Await { event } => Some(event.to_string()),
            _ => None,
        });
        let events: Vec<String> = events.collect();
        let own = work.unit.as_ref() == Some(&capacity.unit);
        if !events.is_empty() && own {
            all.push(WorkAction { choices: events, ..action("happen", &whole) });
        }
        if starter {
            all.push(action("revoke", &whole));
        }
        let part = starter || flow.tickets().any(|(_, t)| *t.holder.0 == *post.as_str());
        if part {
            let mut steps: Vec<_> = flow
                .open_tickets()
                .filter(|(_, ticket)| *ticket.holder.0 != *post.as_str())
                .filter_map(|(_, ticket)| flow.step_of(ticket))
                .collect();
            steps.dedup();
            all.extend(steps.into_iter().map(|step| {
                action("urge", &At { step: &step.id, name: &step.name, post, rights: None })
            }));
        }
    }
    all
}

fn ticket_actions(
    parsed: &Parsed,
    flow: &Instance,
    node: &Node,
    id: TicketId,
    post: &PostId,
) -> Vec<WorkAction> {
    let Some(ticket) = flow.ticket(id) else { return Vec::new() };
    let rights = rights(&parsed.form, node);
    let at = At { step: node.id(), name: node.name(), post, rights: Some(&rights) };
    let plain = At { rights: None, ..At { step: at.step, name: at.name, post, rights: None } };
    if ticket.delegator.is_some() {
        return vec![action("advise", &plain)];
    }
    if node.policy == Policy::Claim && !ticket.claimed {
        return vec![action("claim", &plain)];
    }
    let mut all = vec![action("approve", &at)];
    // Who handles his own wish takes it back rather than reject it, unless the process asks him.
    let own = node.who.0.iter().all(|whom| matches!(whom, lingnan_flow::Whom::Starter));
    if !own || node.on_reject != lingnan_flow::OnReject::End {
        all.push(action("reject", &plain));
    }
    let targets: Vec<WorkTarget> = flow
        .return_targets(&parsed.definition, id)
        .into_iter()
        .map(|target| WorkTarget {
            id: target.id().to_owned(),
            name: target.name().to_owned(),
            way: way(node, target.id()).to_owned(),
        })
        .collect();
    if !targets.is_empty() {
        all.push(WorkAction { targets, ..action("return", &plain) });
    }
    if rights.may_write_any() {
        all.push(action("fill", &at));
    }
    all.extend(["transfer", "delegate"].map(|name| action(name, &plain)));
    if !node.no_adding {
        all.extend(["add_before", "add_after"].map(|name| action(name, &plain)));
        if !matches!(node.policy, Policy::Sequential | Policy::Claim) {
            all.push(action("join", &plain));
        }
    }
    if ticket.claimed {
        all.push(action("unclaim", &plain));
    }
    let prolongs = node.limit.as_ref().is_some_and(|limit| limit.extend.is_some());
    if prolongs && ticket.clock.extension.is_none() {
        all.push(action("ask_extension", &plain));
    }
    if ticket.clock.stopped.is_some() {
        all.push(action("resume_clock", &plain));
    } else if !node.pause.is_empty() {
        let choices = node.pause.iter().map(|cause| cause.name().to_owned()).collect();
        all.push(WorkAction { choices, ..action("stop_clock", &plain) });
    }
    all
}

fn way(node: &Node, target: &str) -> &'static str {
    let lingnan_flow::Back::To(listed) = &node.back else { return "either" };
    match listed.iter().find(|one| *one.step == *target).map(|one| &one.way) {
        Some(BackWay::Redo) => "redo",
        Some(BackWay::Direct(_)) => "direct",
        _ => "either",
    }
}

fn notice_actions(flow: Option<&Instance>, post: &PostId) -> Vec<WorkAction> {
    let Some(flow) = flow else { return Vec::new() };
    let mine = flow.notices().iter().filter(|n| *n.holder.0 == *post.as_str() && !n.is_done());
    mine.filter_map(|notice| {
        let step = flow.step_of_notice(notice)?;
        let at = At { step: &step.id, name: &step.name, post, rights: None };
        Some(action("acknowledge", &at))
    })
    .collect()
}

/// 延期 that `post` can answer.
fn extensions(kit: &Kit, work: &Work, flow: &Instance, post: &PostId) -> Vec<WorkAction> {
    let mine = work.open_extensions().filter(|(.., approvers)| approvers.contains(post));
    mine.filter_map(|(_, ticket, _)| {
        let step = flow.step_of(ticket)?;
        let at = At { step: &step.id, name: &step.name, post, rights: None };
        let holders = vec![who(kit, ticket)];
        Some(WorkAction { holders, ..action("answer_extension", &at) })
    })
    .collect()
}

fn who(kit: &Kit, ticket: &Ticket) -> WorkHolder {
    let post = ticket.holder.0.to_string();
    WorkHolder { name: holder_name(kit, &post), post }
}

/// 减签: the signers whom a holder of a step has added and may take away again, step by step.
fn reductions(kit: &Kit, parsed: &Parsed, flow: &Instance, post: &PostId) -> Vec<WorkAction> {
    let own = |ticket: &Ticket| *ticket.holder.0 == *post.as_str();
    let live = flow.open_tickets().chain(flow.waiting_tickets());
    let mut all: Vec<WorkAction> = Vec::new();
    for (host, ticket) in live.filter(|(_, ticket)| own(ticket)) {
        let Some(step) = flow.step_of(ticket) else { continue };
        let guests = flow.tickets().filter(|(_, guest)| {
            let beside = guest.activation == ticket.activation && guest.origin == Origin::Join;
            !own(guest) && guest.host.map_or(beside, |of| of == host)
        });
        let legal = guests.filter(|(id, _)| is_legal(parsed, flow, *id, &Operation::Reduce));
        let holders: Vec<WorkHolder> = legal.map(|(_, guest)| who(kit, guest)).collect();
        if !holders.is_empty() {
            let at = At { step: &step.id, name: &step.name, post, rights: None };
            all.push(WorkAction { holders, ..action("reduce", &at) });
        }
    }
    all
}

/// Whether an operation would be done now: the interpreter is asked on a copy, without the world.
fn is_legal(parsed: &Parsed, flow: &Instance, id: TicketId, operation: &Operation) -> bool {
    struct Nobody;
    impl lingnan_flow::Rules for Nobody {
        fn posts(&self, _: &lingnan_flow::Whom) -> Vec<lingnan_flow::Holder> {
            Vec::new()
        }
        fn holds(&self, _: &lingnan_flow::Condition) -> Result<bool, String> {
            Ok(false)
        }
        fn until(&self, _: &lingnan_flow::Time, _: Timestamp) -> Option<Timestamp> {
            None
        }
    }
    let (mut copy, now) = (flow.clone(), Timestamp::default());
    let done = lingnan_flow::operate(&parsed.definition, &mut copy, &Nobody, now, id, operation);
    // What follows may need the world: that nobody is found here says nothing.
    matches!(done, Ok(_) | Err(lingnan_flow::Refusal::Nobody(_)))
}

/// The step whose approval by `post` could be withdrawn now.
fn withdrawable(parsed: &Parsed, flow: &Instance, post: &PostId) -> Option<WorkAction> {
    let mine = flow.tickets().filter(|(_, t)| *t.holder.0 == *post.as_str());
    let done = mine.filter(|(_, t)| matches!(t.state, TicketState::Done | TicketState::Held));
    let (id, ticket) = done.max_by_key(|(id, _)| *id)?;
    let step = flow.step_of(ticket)?;
    let at = At { step: &step.id, name: &step.name, post, rights: None };
    is_legal(parsed, flow, id, &Operation::Withdraw).then(|| action("withdraw", &at))
}
