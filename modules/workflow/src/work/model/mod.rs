//! A matter of any process: its form, its opinions, where it stands; what can be asked of it.

use lingnan_api::Attachment;
use lingnan_base::{PersonId, PostId, Timestamp, UnitId};
use lingnan_flow::message::Messages;
use lingnan_flow::{Fact as FlowFact, Instance, Sight, TicketId};
use lingnan_forms::Values;
use lingnan_journal::{Label, Matter, MatterId, Row, Seat, Stamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

mod follow;
mod request;

pub use request::{Request, ReturnWay};

/// The edition of a process by which a matter runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// The process's code.
    pub code: String,
    /// The edition.
    pub version: u32,
    /// The process's name.
    pub name: String,
}

/// 意见: what an official wrote at a step, bound to the form as he saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The step's id.
    pub step: String,
    /// Its name.
    pub name: String,
    /// What he did: `approve`, `return`, `transfer`…
    pub decision: String,
    /// What he wrote.
    pub text: String,
    /// The number of the form's version that he saw; 0 before anything was filled in.
    pub version: u32,
    /// SM3 of that version.
    pub digest: String,
    /// Who, by name and post as they were.
    pub label: Label,
    /// From which seat.
    pub seat: Option<Seat>,
    /// When.
    pub time: Timestamp,
}

/// What an automatic step did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Performed {
    /// The step's id.
    pub step: String,
    /// Its name.
    pub name: String,
    /// Which command.
    pub command: String,
    /// What came of it, in words.
    pub result: String,
    /// When.
    pub time: Timestamp,
}

/// A matter was put in the archives, or by decision was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// Its package.
    Archived {
        /// 永久, 30年, 10年
        retention: String,
        /// SM3 of the package.
        digest: String,
        /// The act that made it.
        seq: u64,
    },
    /// Nothing is kept, for this reason of the process.
    Not {
        /// The reason.
        reason: String,
    },
}

/// What two people must agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Intervention {
    /// 跳转 from one step to another.
    Jump {
        /// The id of the step it stands on.
        from: String,
        /// The id of the step it goes to.
        target: String,
    },
}

/// An intervention that awaits a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// What.
    pub intervention: Intervention,
    /// Why.
    pub reason: String,
    /// Who asked; he cannot confirm it.
    pub by: Option<PersonId>,
    /// By name and post as they were.
    pub label: Label,
}

/// How a matter stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WorkState)]
pub enum State {
    /// 草稿: with the starter, before it was submitted or after it was revoked.
    Draft,
    /// 流转中
    Running,
    /// 已挂起
    Suspended,
    /// 已办结，已归档
    Concluded,
    /// 不同意
    Rejected,
    /// 已终止
    Terminated,
}

impl Intervention {
    /// As stored in rows.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Jump { .. } => "jump",
        }
    }
}

impl State {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Suspended => "suspended",
            Self::Concluded => "concluded",
            Self::Rejected => "rejected",
            Self::Terminated => "terminated",
        }
    }

    /// Whether nothing more is done to it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Concluded | Self::Rejected | Self::Terminated)
    }
}

/// A matter of some process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// By which process it runs; none before the first fact.
    pub course: Option<Course>,
    /// Its title.
    pub title: String,
    /// The unit that started it.
    pub unit: Option<UnitId>,
    /// Its short name then.
    pub unit_name: String,
    /// The post that started it.
    pub starter: Option<PostId>,
    /// What the form holds.
    pub values: Values,
    /// How often the form was filled in.
    pub version: u32,
    /// SM3 of what the form holds.
    pub digest: String,
    /// When each field was last changed.
    pub changed: std::collections::BTreeMap<String, Timestamp>,
    /// Fields of an earlier edition's form that hold something and are not in this one's.
    pub removed: Vec<String>,
    /// The files that the form holds or has held.
    pub files: Vec<Attachment>,
    /// Who can grant the 延期 that was asked for on a ticket.
    pub extensions: Vec<(TicketId, Vec<PostId>)>,
    /// The running process, once submitted.
    pub flow: Option<Instance>,
    /// Opinions in order of time.
    pub opinions: Vec<Opinion>,
    /// What an opinion is bound to, and since when it is so.
    pub sight: Sight,
    /// What automatic steps did.
    pub performed: Vec<Performed>,
    /// 登记号
    pub number: Option<String>,
    /// The matter that called it, and by which call.
    pub caller: Option<(MatterId, u32)>,
    /// The matters it called.
    pub called: Vec<(u32, MatterId)>,
    /// An intervention that awaits a second person.
    pub proposed: Option<Proposed>,
    /// When the platform must look at it again: a limit, a warning, a wait.
    pub alarm: Option<Timestamp>,
    /// What the archives have of it.
    pub kept: Option<Kept>,
    /// What was told to those concerned.
    pub messages: Messages,
    /// How it stands.
    pub state: State,
    /// When it was started.
    pub started: Timestamp,
    /// When anything last happened.
    pub touched: Timestamp,
}

/// What can be recorded of a matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It was begun.
    Begun {
        /// By which process.
        course: Course,
        /// The starter's unit.
        unit: UnitId,
        /// Its short name.
        unit_name: String,
        /// The starter's post.
        starter: PostId,
        /// The matter that called it, and by which call.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caller: Option<(MatterId, u32)>,
    },
    /// Files came with what was filled in.
    Enclosed {
        /// They.
        files: Vec<Attachment>,
    },
    /// 延期 was asked for.
    ExtensionAsked {
        /// On which ticket.
        ticket: TicketId,
        /// From which posts it can be granted.
        approvers: Vec<PostId>,
    },
    /// The form was filled in.
    Filled {
        /// The fields that changed, with what they hold now; null takes one out.
        fields: serde_json::Map<String, serde_json::Value>,
        /// The title that follows from them.
        title: String,
        /// SM3 of the whole form.
        digest: String,
    },
    /// The process moved.
    Flowed {
        /// How.
        flow: FlowFact,
    },
    /// An opinion was written.
    Opined {
        /// The step's id.
        step: String,
        /// Its name.
        name: String,
        /// On which ticket.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<TicketId>,
        /// What was done.
        decision: String,
        /// What was written.
        text: String,
        /// The version of the form that was seen.
        version: u32,
        /// Its digest.
        digest: String,
    },
    /// 换版: it goes on by another edition.
    Migrated {
        /// Which.
        version: u32,
        /// The process's name in it.
        name: String,
        /// How the process moved.
        flow: FlowFact,
        /// Fields that hold something and are not in the new form; what they hold is kept.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<String>,
    },
    /// An automatic step was done.
    Performed {
        /// The step's id.
        step: String,
        /// Its name.
        name: String,
        /// Which command.
        command: String,
        /// What came of it.
        result: String,
        /// The number it was given, when it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<String>,
    },
    /// A sub-process was started.
    Called {
        /// By which call.
        call: u32,
        /// The matter.
        matter: MatterId,
    },
    /// An intervention was asked for.
    Proposed {
        /// What.
        intervention: Intervention,
        /// Why.
        reason: String,
    },
    /// It was carried out or dismissed.
    Settled,
    /// The platform looks at it again then, or not at all.
    Alarmed {
        /// When.
        at: Option<Timestamp>,
    },
    /// It stands otherwise as a whole.
    Stood {
        /// How.
        state: State,
    },
    /// Its package is in the archives.
    Archived {
        /// 永久, 30年, 10年
        retention: String,
        /// SM3 of the package.
        digest: String,
    },
    /// By decision of the process nothing is kept.
    NotArchived {
        /// Why.
        reason: String,
    },
}

impl Matter for Work {
    const KIND: &'static str = "work";
    const FOLD_VERSION: u32 = 4;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self {
            course: None,
            title: String::new(),
            unit: None,
            unit_name: String::new(),
            starter: None,
            values: Values::default(),
            version: 0,
            digest: String::new(),
            changed: std::collections::BTreeMap::new(),
            removed: Vec::new(),
            files: Vec::new(),
            extensions: Vec::new(),
            flow: None,
            opinions: Vec::new(),
            sight: Sight::default(),
            performed: Vec::new(),
            number: None,
            caller: None,
            called: Vec::new(),
            proposed: None,
            alarm: None,
            kept: None,
            messages: Messages::default(),
            state: State::Draft,
            started: Timestamp::default(),
            touched: Timestamp::default(),
        }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        self.touched = stamp.time;
        self.sight.count();
        match fact {
            Fact::Begun { course, unit, unit_name, starter, caller } => {
                self.course = Some(course.clone());
                self.title.clone_from(&course.name);
                self.unit = Some(unit.clone());
                self.unit_name.clone_from(unit_name);
                self.starter = Some(starter.clone());
                self.caller.clone_from(caller);
                self.started = stamp.time;
            }
            Fact::Enclosed { files } => self.files.extend(files.iter().cloned()),
            Fact::ExtensionAsked { ticket, approvers } => {
                self.extensions.push((*ticket, approvers.clone()));
            }
            Fact::Filled { fields, title, digest } => {
                for (name, value) in fields {
                    self.changed.insert(name.clone(), stamp.time);
                    match value {
                        serde_json::Value::Null => self.values.0.remove(name),
                        value => self.values.0.insert(name.clone(), value.clone()),
                    };
                }
                self.version = self.version.saturating_add(1);
                self.title.clone_from(title);
                self.digest.clone_from(digest);
                self.sight.rewritten();
            }
            Fact::Flowed { flow } if flow.operation == "start" => {
                self.extensions.clear();
                self.flow = Some(Instance::default());
                self.follow(flow, stamp);
            }
            Fact::Flowed { flow } => self.follow(flow, stamp),
            Fact::Migrated { version, name, flow, removed } => {
                if let Some(course) = &mut self.course {
                    (course.version, course.name) = (*version, name.clone());
                }
                self.follow(flow, stamp);
                self.removed.clone_from(removed);
                self.sight.rewritten();
            }
            Fact::Opined { .. } => self.opine(fact, stamp),
            Fact::Performed { .. } => self.perform(fact, stamp),
            Fact::Called { call, matter } => self.called.push((*call, matter.clone())),
            Fact::Proposed { intervention, reason } => {
                self.proposed = Some(Proposed {
                    intervention: intervention.clone(),
                    reason: reason.clone(),
                    by: stamp.actor.seat().map(|seat| seat.person.clone()),
                    label: stamp.actor.label(),
                });
            }
            Fact::Settled => self.proposed = None,
            Fact::Alarmed { at } => self.alarm = *at,
            Fact::Stood { state } => {
                self.state = *state;
                self.tell_starter(stamp);
            }
            Fact::Archived { retention, digest } => {
                let (retention, digest, seq) = (retention.clone(), digest.clone(), stamp.seq);
                self.kept = Some(Kept::Archived { retention, digest, seq });
            }
            Fact::NotArchived { reason } => {
                self.kept = Some(Kept::Not { reason: reason.clone() });
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        super::views::rows(self, id)
    }
}
