//! 收文: what one unit received of a document, and how it handles it.

use crate::first_check::{FirstCheck, FirstCheckItem};
use crate::model::{ByHand, Kept, OpinionRecord, Urgency};
use lingnan_api::Attachment;
use lingnan_base::{PostId, Timestamp, UnitId};
use lingnan_flow::message::{Happened, Messages};
use lingnan_flow::{Fact as FlowFact, Holder, Instance, Sight, TicketId};
use lingnan_journal::{Label, Matter, MatterId, Refusal, Row, Stamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// The document; none when it came on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<MatterId>,
    /// The receipt from which it was relayed; none when it came from the issuer.
    pub parent: Option<MatterId>,
    /// The receiving unit.
    pub unit: UnitId,
    /// Its short name.
    pub unit_name: String,
    /// The sending unit's short name.
    pub sender: String,
    /// Title.
    pub title: String,
    /// 发文字号
    pub number: String,
    /// Urgency.
    pub urgency: Urgency,
    /// SM3 of title and text as issued; of what came on paper, of its first file.
    pub digest: String,
    /// 抄送
    pub copy: bool,
    /// How many paper copies the unit may make; as many as it likes when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prints: Option<u16>,
}

/// How it stands at the receiving unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IncomingState {
    /// 待签收
    Delivered,
    /// 办理中
    Acknowledged,
    /// 已退文
    Returned,
    /// 已办结
    Concluded,
    /// 已归档
    Archived,
    /// 已被发文机关撤回
    Recalled,
}

impl IncomingState {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Acknowledged => "acknowledged",
            Self::Returned => "returned",
            Self::Concluded => "concluded",
            Self::Archived => "archived",
            Self::Recalled => "recalled",
        }
    }
}

/// 承办: who handles a received document (条例 第二十四条（四）: with two or more, the lead is named).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// 主办
    pub lead: PostId,
    /// 协办
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assists: Vec<PostId>,
}

/// A received document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// What was delivered; none before the first fact.
    pub received: Option<Received>,
    /// What is known of it beside that, when it came on paper.
    pub paper: Option<crate::paper::Paper>,
    /// When.
    pub delivered: Timestamp,
    /// Who acknowledged it, and when.
    pub acknowledged: Option<(Label, Timestamp)>,
    /// Why it was sent back, and when.
    pub returned: Option<(String, Timestamp)>,
    /// The units it was relayed to.
    pub relayed: Vec<UnitId>,
    /// 收文编号, once acknowledged.
    pub registered: Option<String>,
    /// 初审: that it may be handled.
    pub checked: Option<FirstCheck>,
    /// Who handles it: the lead, and those who assist.
    pub assigned: Option<Assigned>,
    /// What answers it: the key of a document and its number.
    pub answered: Option<(String, String)>,
    /// Why it was recalled, and when.
    pub recalled: Option<(String, Timestamp)>,
    /// Whether it was not acknowledged in time.
    pub late: bool,
    /// 打印: who made which paper copy, and when.
    pub copies: Vec<(Label, Timestamp)>,
    /// Opinions in order of time.
    pub opinions: Vec<OpinionRecord>,
    /// What an opinion is bound to, and since when it is so.
    pub sight: Sight,
    /// The running process.
    pub flow: Option<Instance>,
    /// How it stands.
    pub state: IncomingState,
    /// How long it is kept, once archived.
    pub retention: Option<crate::model::Retention>,
    /// What was told to those concerned.
    pub messages: Messages,
    /// When anything last happened.
    pub touched: Timestamp,
}

/// What can be recorded of a received document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// It was delivered to the unit.
    Delivered {
        /// What.
        received: Received,
    },
    /// It came on paper, and a clerk registered it.
    CameOnPaper {
        /// What.
        received: Received,
        /// What is known of it beside that.
        paper: crate::paper::Paper,
    },
    /// The process moved.
    Flowed {
        /// How.
        flow: FlowFact,
    },
    /// A person acknowledged it.
    Acknowledged,
    /// 初审: it may be handled.
    Checked {
        /// What was found to be met.
        items: Vec<FirstCheckItem>,
    },
    /// It was sent back.
    Returned {
        /// Why.
        reason: String,
        /// Which items of 初审 it failed; none when it was not taken in.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        failed: Vec<FirstCheckItem>,
    },
    /// An opinion was written.
    Opined {
        /// The step.
        node: String,
        /// Its name.
        step: String,
        /// On which ticket.
        ticket: TicketId,
        /// The decision.
        decision: String,
        /// The text.
        text: String,
        /// What was given by hand or voice.
        #[serde(default, skip_serializing_if = "Kept::is_none")]
        by_hand: Kept,
    },
    /// It has a number in the unit's register.
    Registered {
        /// `收〔2026〕12号`
        number: String,
    },
    /// It was given to those who handle it.
    Assigned {
        /// To whom.
        assigned: Assigned,
    },
    /// A document was sent in answer to it.
    Answered {
        /// The key of that document.
        document: String,
        /// Its number.
        number: String,
    },
    /// Its sender recalled it.
    Recalled {
        /// Why.
        reason: String,
    },
    /// It was not acknowledged in time.
    Late,
    /// A paper copy was made of it.
    Copied,
    /// It was relayed to units below.
    Relayed {
        /// Which.
        units: Vec<UnitId>,
    },
    /// It is done with.
    Concluded,
    /// It is in the archives.
    Archived {
        /// For how long.
        retention: crate::model::Retention,
        /// Why not as proposed; nothing when it is.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
}

/// What can be asked of a received document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum IncomingRequest {
    /// 签收
    Acknowledge {},
    /// 退文
    ReturnDocument {
        /// Why.
        reason: String,
        /// Which items of 初审 it fails; to be named once it has been acknowledged.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        failed: Vec<FirstCheckItem>,
    },
    /// 办理 a step: 拟办, 批示, 承办.
    Approve {
        /// The step.
        node: String,
        /// The opinion.
        opinion: String,
        /// 主办, at 批示 or 拟办; the clerk when nobody is named.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        lead: Option<PostId>,
        /// 协办
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        assists: Vec<PostId>,
        /// 初审, at 拟办: what was found to be met.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        checked: Vec<FirstCheckItem>,
        /// What is given with the opinion by hand or voice.
        #[serde(default, skip_serializing_if = "ByHand::is_none")]
        by_hand: ByHand,
    },
    /// 传阅 to posts of one's own unit, in parallel.
    Circulate {
        /// To which.
        #[schema(value_type = Vec<String>)]
        to: Vec<PostId>,
    },
    /// 打印: makes one paper copy of what may be copied so many times.
    TakeCopy {},
    /// 阅知: what was circulated to the actor is read.
    Read {},
    /// 催办 whoever has it.
    Urge {
        /// What is said with it.
        opinion: String,
    },
    /// 退回 to an earlier step within the unit.
    Return {
        /// The step where the actor stands.
        node: String,
        /// The earlier step.
        target: String,
        /// Whether it comes straight back.
        direct: bool,
        /// Why.
        opinion: String,
    },
    /// 转办
    Transfer {
        /// The step.
        node: String,
        /// To which post.
        #[schema(value_type = String)]
        to: PostId,
        /// Why.
        opinion: String,
    },
    /// 转发 to units below.
    Relay {
        /// Which.
        #[schema(value_type = Vec<String>)]
        units: Vec<UnitId>,
    },
    /// 办结
    Conclude {
        /// The closing remark.
        opinion: String,
    },
    /// 归档
    Archive {
        /// For how long.
        retention: crate::model::Retention,
        /// Why not as proposed.
        #[serde(default)]
        reason: String,
    },
}

impl Incoming {
    /// Until when it is to be acknowledged; none once it is.
    #[must_use]
    pub fn acknowledge_by(&self) -> Option<Timestamp> {
        self.flow
            .as_ref()?
            .open_tickets()
            .filter(|_| self.state == IncomingState::Delivered)
            .filter_map(|(_, ticket)| ticket.due())
            .min()
    }

    fn tell_late(&mut self, stamp: &Stamp) {
        self.late = true;
        let tickets = self.flow.iter().flat_map(Instance::open_tickets);
        let holders: Vec<Holder> = tickets.map(|(_, ticket)| ticket.holder.clone()).collect();
        for holder in holders {
            self.messages.tell(
                holder,
                Happened::Late,
                "签收",
                "已超过签收时限，请立即签收。",
                stamp,
            );
        }
    }
}

impl IncomingRequest {
    /// The file that the actor uploaded for it.
    pub(crate) fn upload(&self) -> Option<&str> {
        match self {
            Self::Approve { by_hand, .. } => by_hand.voice.as_deref(),
            _ => None,
        }
    }

    /// What is given with the opinion by hand or voice.
    pub(crate) fn by_hand(&self, upload: Option<&Attachment>) -> Result<Kept, Refusal> {
        match self {
            Self::Approve { by_hand, .. } => by_hand.kept(upload),
            _ => Ok(Kept::default()),
        }
    }

    /// The step at which the actor does it on a ticket of his own.
    pub(crate) fn own_step(&self) -> Option<&str> {
        match self {
            Self::Approve { node, .. }
            | Self::Return { node, .. }
            | Self::Transfer { node, .. } => Some(node),
            _ => None,
        }
    }
}

impl Matter for Incoming {
    const KIND: &'static str = "incoming";
    const FOLD_VERSION: u32 = 8;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self {
            received: None,
            paper: None,
            delivered: Timestamp::default(),
            acknowledged: None,
            returned: None,
            relayed: Vec::new(),
            registered: None,
            checked: None,
            assigned: None,
            answered: None,
            recalled: None,
            late: false,
            copies: Vec::new(),
            opinions: Vec::new(),
            sight: Sight::default(),
            flow: None,
            state: IncomingState::Delivered,
            retention: None,
            messages: Messages::default(),
            touched: Timestamp::default(),
        }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        self.touched = stamp.time;
        self.sight.count();
        match fact {
            Fact::Delivered { received } => {
                self.received = Some(received.clone());
                self.delivered = stamp.time;
            }
            Fact::CameOnPaper { received, paper } => {
                self.received = Some(received.clone());
                self.paper = Some(paper.clone());
                self.delivered = stamp.time;
            }
            Fact::Flowed { flow } => {
                let instance = self.flow.get_or_insert_default();
                instance.fold(flow);
                self.messages.follow(instance, flow, stamp);
                self.sight.follow(instance);
            }
            Fact::Acknowledged => {
                self.acknowledged = Some((stamp.actor.label(), stamp.time));
                self.state = IncomingState::Acknowledged;
            }
            Fact::Checked { items } => {
                let (items, label) = (items.clone(), stamp.actor.label());
                self.checked = Some(FirstCheck { items, label, time: stamp.time });
            }
            Fact::Returned { reason, .. } => {
                self.returned = Some((reason.clone(), stamp.time));
                self.state = IncomingState::Returned;
            }
            Fact::Opined { node, step, decision, text, by_hand, .. } => {
                self.messages.say(text, stamp);
                self.sight.opined();
                let digest = self.received.as_ref().map(|r| r.digest.clone()).unwrap_or_default();
                self.opinions.push(OpinionRecord {
                    node: node.clone(),
                    step: step.clone(),
                    decision: decision.clone(),
                    text: text.clone(),
                    version: 0,
                    digest,
                    label: stamp.actor.label(),
                    seat: stamp.actor.seat().cloned(),
                    by_hand: by_hand.clone(),
                    seq: stamp.seq,
                    time: stamp.time,
                });
            }
            Fact::Registered { number } => self.registered = Some(number.clone()),
            Fact::Assigned { assigned } => self.assigned = Some(assigned.clone()),
            Fact::Answered { document, number } => {
                self.answered = Some((document.clone(), number.clone()));
            }
            Fact::Recalled { reason } => {
                self.recalled = Some((reason.clone(), stamp.time));
                self.state = IncomingState::Recalled;
            }
            Fact::Late => self.tell_late(stamp),
            Fact::Copied => self.copies.push((stamp.actor.label(), stamp.time)),
            Fact::Relayed { units } => self.relayed.extend(units.iter().cloned()),
            Fact::Concluded => self.state = IncomingState::Concluded,
            Fact::Archived { retention, .. } => {
                self.state = IncomingState::Archived;
                self.retention = Some(*retention);
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        crate::views::incoming_rows(self, id)
    }
}
