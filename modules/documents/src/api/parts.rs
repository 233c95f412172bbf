//! Parts of a matter's page that documents and receipts share: stages, actions, opinions.

use crate::incoming::{Incoming, IncomingState};
use crate::model::{Declaration, Document, Ink, OpinionRecord, ReviewItem, State as Standing};
use crate::rules::RULES;
use crate::setting::{incoming as incoming_process, outgoing};
use lingnan_api::{Attachment, Kit, SignedIn};
use lingnan_base::{PostId, UnitId};
use lingnan_flow::{Definition, Holder, Instance, TicketState};
use serde::Serialize;
use utoipa::ToSchema;

/// A named unit.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamedUnit {
    /// Its id.
    pub(super) id: String,
    /// Its short name.
    pub(super) name: String,
}

/// A step on the state line.
#[derive(Serialize, ToSchema)]
pub(crate) struct StageView {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// `ahead`, `active`, `done`, `skipped`, `not_taken` or `cancelled`.
    pub(super) standing: String,
    /// Who has it now.
    pub(super) holders: Vec<String>,
    /// When it is due, in milliseconds.
    pub(super) due_ms: Option<i64>,
}

/// An earlier step to which the matter may be returned.
#[derive(Serialize, ToSchema)]
pub(crate) struct Target {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

/// Something the asker can do now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActionView {
    /// Its name in a request (`do`).
    pub(super) name: String,
    /// At which step; empty when at none.
    pub(super) node: String,
    /// From which post.
    pub(super) post: String,
    /// Where to, for a return.
    pub(super) targets: Vec<Target>,
}

/// An opinion.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpinionView {
    /// The step's name.
    pub(super) step: String,
    /// What was decided.
    pub(super) decision: String,
    /// What was written.
    pub(super) text: String,
    /// By whom.
    pub(super) person: String,
    /// In what post.
    pub(super) post: String,
    /// Of which unit.
    pub(super) unit: String,
    /// The post's rank; the list is in this order.
    pub(super) rank: u32,
    /// The version seen; 0 for received documents.
    pub(super) version: u32,
    /// SM3 of what was seen.
    pub(super) digest: String,
    /// 手写
    pub(super) ink: Option<Ink>,
    /// 语音
    pub(super) voice: Option<Attachment>,
    /// In which act of the timeline.
    pub(super) seq: u64,
    /// When, in milliseconds.
    pub(super) time_ms: i64,
}

/// A saved version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionView {
    /// Its number.
    pub(super) number: u32,
    /// SM3 of title and text.
    pub(super) digest: String,
    /// By whom.
    pub(super) person: String,
    /// When, in milliseconds.
    pub(super) time_ms: i64,
}

/// What was declared of a rule.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeclarationView {
    /// The rule.
    pub(super) rule: String,
    /// The article it rests on.
    pub(super) article: String,
    /// The fault that was found.
    pub(super) about: String,
    /// Why it might go on.
    pub(super) reason: String,
    /// Digest of the file that shows it.
    pub(super) attachment: Option<String>,
    /// Items that were checked.
    pub(super) items: Vec<ReviewItem>,
    /// By whom.
    pub(super) person: String,
    /// In what post.
    pub(super) post: String,
    /// When, in milliseconds.
    pub(super) time_ms: i64,
}

pub(super) fn declarations(declared: &[Declaration]) -> Vec<DeclarationView> {
    let article = |id: &str| RULES.iter().find(|rule| rule.id == id).map(|rule| rule.article);
    let view = |one: &Declaration| DeclarationView {
        rule: one.rule.clone(),
        article: article(&one.rule).unwrap_or_default().to_owned(),
        about: one.about.clone(),
        reason: one.reason.clone(),
        attachment: one.attachment.clone(),
        items: one.items.clone(),
        person: one.label.person.clone(),
        post: one.label.post.clone(),
        time_ms: one.time.0,
    };
    declared.iter().map(view).collect()
}

pub(super) fn names(kit: &Kit, units: &[UnitId]) -> Vec<NamedUnit> {
    kit.with_directory(|directory| {
        let name = |unit: &UnitId| {
            directory.unit(unit).map_or_else(|| unit.to_string(), |u| u.short_name.clone())
        };
        units.iter().map(|unit| NamedUnit { id: unit.to_string(), name: name(unit) }).collect()
    })
}

/// `省政府办公厅 文书 周雯`
pub(super) fn holder_name(kit: &Kit, post: &str) -> String {
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

pub(super) fn stages(kit: &Kit, definition: &Definition, flow: &Instance) -> Vec<StageView> {
    let line = flow.state_line(definition);
    line.iter()
        .map(|stage| {
            let here = flow.open_tickets().filter(|(_, ticket)| {
                flow.node_of(definition, ticket).is_some_and(|node| node.id() == stage.node.id())
            });
            let tickets: Vec<_> = here.map(|(_, ticket)| ticket).collect();
            let standing = stage.standing.as_str();
            StageView {
                id: stage.node.id().to_owned(),
                name: stage.node.name().to_owned(),
                standing: standing.to_owned(),
                holders: tickets.iter().map(|t| holder_name(kit, &t.holder.0)).collect(),
                due_ms: tickets.iter().filter_map(|t| t.due()).map(|due| due.0).min(),
            }
        })
        .collect()
}

/// 意见按职务高低，不按时间先后。
pub(super) fn opinions(records: &[OpinionRecord]) -> Vec<OpinionView> {
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
            ink: record.by_hand.ink.clone(),
            voice: record.by_hand.voice.clone(),
            seq: record.seq,
            time_ms: record.time.0,
        })
        .collect()
}

pub(super) fn action(name: &str, node: &str, post: &PostId, targets: Vec<Target>) -> ActionView {
    let post = post.to_string();
    ActionView { name: name.to_owned(), node: node.to_owned(), post, targets }
}

pub(super) fn targets(
    definition: &Definition,
    flow: &Instance,
    ticket: lingnan_flow::TicketId,
) -> Vec<Target> {
    let nodes = flow.return_targets(definition, ticket).into_iter();
    nodes.map(|node| Target { id: node.id().to_owned(), name: node.name().to_owned() }).collect()
}

/// `acknowledged` tells whether any unit has signed for it.
pub(super) fn document_actions(
    asker: &SignedIn,
    document: &Document,
    acknowledged: bool,
) -> Vec<ActionView> {
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
            let names: &[&str] = match node.id() {
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
                    all.push(action(name, node.id(), post, targets));
                }
            }
        }
        if let Some(node) = withdrawable(definition, flow, post) {
            all.push(action("withdraw", &node, post, vec![]));
        }
        let clerk = capacity.duties.iter().any(|d| d == lingnan_directory::duty::CLERK);
        let own = document.unit.as_ref() == Some(&capacity.unit);
        let out = !document.sent.is_empty() && document.recalled.is_none();
        if out && clerk && own && document.state != Standing::Archived {
            all.push(action("send_further", "", post, vec![]));
            if !acknowledged {
                all.push(action("recall", "", post, vec![]));
            }
        }
        if document.state == Standing::Concluded && clerk && own {
            all.push(action("archive", "", post, vec![]));
        }
    }
    all
}

pub(super) fn targets_of(all: &[Target]) -> Vec<Target> {
    all.iter().map(|t| Target { id: t.id.clone(), name: t.name.clone() }).collect()
}

/// The step whose approval by `post` could be withdrawn now: the interpreter is asked on a copy.
pub(super) fn withdrawable(
    definition: &Definition,
    flow: &Instance,
    post: &PostId,
) -> Option<String> {
    struct Nobody;
    impl lingnan_flow::Rules for Nobody {
        fn posts(&self, _: &lingnan_flow::Whom) -> Vec<Holder> {
            Vec::new()
        }
        fn holds(&self, _: &lingnan_flow::Condition) -> Result<bool, String> {
            Ok(true)
        }
        fn until(
            &self,
            _: &lingnan_flow::Time,
            _: lingnan_base::Timestamp,
        ) -> Option<lingnan_base::Timestamp> {
            None
        }
    }
    let mine = flow.tickets().filter(|(_, t)| *t.holder.0 == *post.as_str());
    let done = mine.filter(|(_, t)| matches!(t.state, TicketState::Done | TicketState::Held));
    let (id, ticket) = done.max_by_key(|(id, _)| *id)?;
    let node = flow.node_of(definition, ticket)?;
    if matches!(node.id(), "number" | "distribute" | "conclude") {
        return None;
    }
    let now = lingnan_base::Timestamp::default();
    let withdraw = lingnan_flow::Operation::Withdraw;
    lingnan_flow::operate(definition, &mut flow.clone(), &Nobody, now, id, &withdraw).ok()?;
    Some(node.id().to_owned())
}

pub(super) fn incoming_actions(asker: &SignedIn, incoming: &Incoming) -> Vec<ActionView> {
    let (Some(flow), Some(received)) = (&incoming.flow, &incoming.received) else {
        return Vec::new();
    };
    let definition = &incoming_process().definition;
    let mut all = Vec::new();
    for capacity in asker.capacities() {
        let post = &capacity.post;
        for (id, ticket) in flow.open_tickets().filter(|(_, t)| *t.holder.0 == *post.as_str()) {
            let Some(node) = flow.node_of(definition, ticket) else { continue };
            let names: &[&str] = match node.id() {
                "acknowledge" => &["acknowledge", "return_document"],
                "propose" => &["approve", "return_document", "transfer"],
                "conclude" => &["conclude"],
                _ => &["approve", "return", "transfer"],
            };
            let back = targets(definition, flow, id);
            for name in names {
                let targets = if *name == "return" { targets_of(&back) } else { Vec::new() };
                if *name != "return" || !targets.is_empty() {
                    all.push(action(name, node.id(), post, targets));
                }
            }
        }
        let clerk = capacity.duties.iter().any(|d| d == lingnan_directory::duty::CLERK);
        let own = received.unit == capacity.unit;
        let unread = flow
            .notices()
            .iter()
            .any(|notice| *notice.holder.0 == *post.as_str() && !notice.is_done());
        if unread {
            all.push(action("read", "", post, vec![]));
        }
        if incoming.state == IncomingState::Acknowledged {
            let holds = flow.open_ticket_of(&Holder::new(post.as_str()), None).is_some();
            if holds || (clerk && own) {
                all.push(action("circulate", "", post, vec![]));
            }
            let others = flow.open_tickets().any(|(_, t)| *t.holder.0 != *post.as_str());
            if clerk && own && others {
                all.push(action("urge", "", post, vec![]));
            }
            if clerk && own && incoming.paper.is_none() {
                all.push(action("relay", "", post, vec![]));
            }
        }
        if clerk && own && incoming.state == IncomingState::Concluded {
            all.push(action("archive", "", post, vec![]));
        }
    }
    all
}
