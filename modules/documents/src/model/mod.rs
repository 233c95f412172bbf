//! An outgoing document: its state, what can be asked of it and what then is so.

use crate::body::Body;
use lingnan_api::Attachment;
use lingnan_base::{PostId, Timestamp, UnitId};
use lingnan_flow::message::{Happened, Messages};
use lingnan_flow::{Holder, Instance, Sight};
use lingnan_journal::{Label, Matter, MatterId, Row, Seat, Stamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use utoipa::ToSchema;

mod endorsement;
mod fact;
mod hand;
mod head;
mod request;

pub use endorsement::Endorsement;
pub use fact::Fact;
pub use hand::{ByHand, Ink, Kept};
pub use head::{
    ATTACHED_BYTES_MAX, ATTACHMENTS_MAX, Addressing, Answered, DocumentType, Format, Head, Meeting,
    Openness, Repealed, Retention, Urgency,
};
pub use request::{Declared, Request, ReviewItem};

/// 意见: what an official wrote at a step, bound to the version he saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionRecord {
    /// The step.
    pub node: String,
    /// The step's name.
    pub step: String,
    /// What he decided: `approve`, `return`, `transfer`.
    pub decision: String,
    /// What he wrote.
    pub text: String,
    /// The version he saw.
    pub version: u32,
    /// SM3 of that version.
    pub digest: String,
    /// Who, by name and post as they were.
    pub label: Label,
    /// From which seat.
    pub seat: Option<Seat>,
    /// What was given by hand or voice.
    #[serde(default)]
    pub by_hand: Kept,
    /// In which act, by its place in the journal.
    pub seq: u64,
    /// When.
    pub time: Timestamp,
}

/// 说明: what was declared so that a document might go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The rule.
    pub rule: String,
    /// The fault that was found, word for word: another fault needs another declaration.
    pub about: String,
    /// Why, or what was established.
    pub reason: String,
    /// Digest of the file that shows it.
    pub attachment: Option<String>,
    /// Items that were checked.
    pub items: Vec<ReviewItem>,
    /// Who declares it, by name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

/// A saved version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u32,
    /// SM3 of title and text.
    pub digest: String,
    /// By whom.
    pub label: Label,
    /// When.
    pub time: Timestamp,
    /// The act that saved it.
    pub seq: u64,
}

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The book.
    pub book: MatterId,
    /// The year.
    pub year: i16,
    /// The number within the year.
    pub number: u32,
    /// `机关代字〔年〕号`
    pub text: String,
}

/// A unit to which the document was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The unit that received it, the successor when the addressee has been merged.
    pub unit: UnitId,
    /// Whether it is only copied (抄送).
    pub copy: bool,
}

/// 版式文件: the printed page of a document as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// SM3 of the value that was set.
    pub value: String,
    /// PDF/A-2u.
    pub pdf: Attachment,
    /// OFD.
    pub ofd: Attachment,
    /// The font families really used.
    pub families: Vec<String>,
    /// What else was told of it; of what was sent before it was kept, nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<lingnan_gongwen::Report>,
}

/// How the document stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 草稿
    Draft,
    /// 流转中
    Running,
    /// 已办结
    Concluded,
    /// 已归档
    Archived,
}

impl State {
    /// As stored in rows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Concluded => "concluded",
            Self::Archived => "archived",
        }
    }
}

/// An outgoing document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The drafting unit; none before the first fact.
    pub unit: Option<UnitId>,
    /// Its short name when the document was drafted.
    pub unit_name: String,
    /// The drafter's post.
    pub drafter: Option<PostId>,
    /// The head.
    pub head: Option<Head>,
    /// The text.
    pub body: Arc<Body>,
    /// Saved versions, oldest first.
    pub versions: Vec<Version>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// The pictures of all its versions by their digests.
    pub pictures: BTreeMap<String, Attachment>,
    /// Opinions in order of time.
    pub opinions: Vec<OpinionRecord>,
    /// What was declared, in order of time.
    pub declarations: Vec<Declaration>,
    /// What an opinion is bound to, and since when it is so.
    pub sight: Sight,
    /// The running process, once submitted.
    pub flow: Option<Instance>,
    /// What was signed, as [`Document::signable`] says it, when it was.
    pub signed: Option<String>,
    /// What joint issuers signed, as each of them saw it.
    pub co_signed: BTreeMap<UnitId, Endorsement>,
    /// 合法性审核: the last approval.
    pub lawful: Option<Endorsement>,
    /// Digests of attached files that only show what a rule asked for; they are not sent.
    pub proofs: BTreeSet<String>,
    /// The number, when it has one.
    pub number: Option<Number>,
    /// To whom it was sent.
    pub sent: Vec<Sent>,
    /// Its printed page, as it was sent.
    pub printed: Option<Printed>,
    /// 印制份数: how many paper copies each unit may make.
    pub prints: Option<u16>,
    /// Why it was recalled, and when.
    pub recalled: Option<(String, Timestamp)>,
    /// What replaces it: the key of that document and its number.
    pub replaced: Option<(String, String)>,
    /// What repeals it: the key of that document and its number.
    pub repealed: Option<(String, String)>,
    /// Since when it is in force no more.
    pub ended: Option<Timestamp>,
    /// How it stands.
    pub state: State,
    /// How long it is kept, once archived.
    pub retention: Option<Retention>,
    /// What was told to those concerned.
    pub messages: Messages,
    /// When anything last happened.
    pub touched: Timestamp,
}

impl Document {
    /// The digest of the present version; empty before the first.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.versions.last().map_or("", |version| version.digest.as_str())
    }

    /// SM3 of everything a signature fixes: title and text, type, urgency, whom it goes to, what
    /// else is printed of its head, and the files that go with it (条例 第二十五条（一）).
    #[must_use]
    pub fn signable(&self) -> String {
        let head = self.head.as_ref();
        let files: Vec<_> = self.attachments.iter().map(|a| (&a.name, &a.digest)).collect();
        let mut all = vec![
            serde_json::json!(self.digest()),
            serde_json::json!(head.map(|head| (head.document_type, head.urgency))),
            serde_json::json!(head.map(|head| (&head.recipients, &head.copies))),
            serde_json::json!(files),
        ];
        all.extend(head.and_then(Head::signed_further).map(serde_json::Value::String));
        let all = serde_json::Value::Array(all);
        crate::body::sm3_hex(&[lingnan_journal::canonical::text(&all).as_bytes()])
    }

    /// 附件: the files that go with the document.
    pub fn annexes(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(|file| !self.proofs.contains(&file.digest))
    }

    /// A file is taken for a proof only until the document is signed: what was signed as an annex
    /// stays one.
    fn declare(&mut self, declared: &Declared, about: &str, stamp: &Stamp) {
        if self.signed.is_none() {
            self.proofs.extend(declared.attachment.clone());
        }
        self.declarations.push(Declaration {
            rule: declared.rule.clone(),
            about: about.to_owned(),
            reason: declared.reason.clone(),
            attachment: declared.attachment.clone(),
            items: declared.items.clone(),
            label: stamp.actor.label(),
            time: stamp.time,
        });
    }

    /// Whether the document stands as it was signed.
    #[must_use]
    pub fn stands_as_signed(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| *signed == self.signable())
    }

    /// Whether it has been sent, or published to whom it may concern.
    #[must_use]
    pub const fn is_out(&self) -> bool {
        !self.sent.is_empty()
            || self.printed.is_some()
            || matches!(self.state, State::Concluded | State::Archived)
    }

    /// The number of the present version; 0 before the first.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.versions.last().map_or(0, |version| version.number)
    }

    /// The title; empty before the first version.
    #[must_use]
    pub fn title(&self) -> &str {
        self.head.as_ref().map_or("", |head| head.title.as_str())
    }
}

impl Matter for Document {
    const KIND: &'static str = "document";
    const FOLD_VERSION: u32 = 12;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self {
            unit: None,
            unit_name: String::new(),
            drafter: None,
            head: None,
            body: Arc::default(),
            versions: Vec::new(),
            attachments: Vec::new(),
            pictures: BTreeMap::new(),
            opinions: Vec::new(),
            declarations: Vec::new(),
            sight: Sight::default(),
            flow: None,
            signed: None,
            co_signed: BTreeMap::new(),
            lawful: None,
            proofs: BTreeSet::new(),
            number: None,
            sent: Vec::new(),
            printed: None,
            prints: None,
            recalled: None,
            replaced: None,
            repealed: None,
            ended: None,
            state: State::Draft,
            retention: None,
            messages: Messages::default(),
            touched: Timestamp::default(),
        }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        self.touched = stamp.time;
        self.sight.count();
        if fact.rewrites() {
            self.sight.rewritten();
        }
        match fact {
            Fact::Drafted { unit, unit_name, drafter } => {
                self.unit = Some(unit.clone());
                self.unit_name.clone_from(unit_name);
                self.drafter = Some(drafter.clone());
            }
            Fact::Saved { head, body, digest, pictures } => {
                self.save(digest, stamp);
                let named = pictures.iter().map(|file| (file.digest.clone(), file.clone()));
                self.pictures.extend(named);
                self.head = Some(head.as_ref().clone());
                self.body = Arc::clone(body);
            }
            Fact::Attached { attachment } => self.attachments.push(attachment.clone()),
            Fact::Detached { digest } => {
                self.attachments.retain(|a| a.digest != *digest);
                self.proofs.remove(digest);
            }
            Fact::Flowed { flow } => {
                let instance = self.flow.get_or_insert_default();
                instance.fold(flow);
                self.messages.follow(instance, flow, stamp);
                self.sight.follow(instance);
                self.state = State::Running;
            }
            Fact::Opined { .. } => {
                self.endorse(fact, stamp);
                self.opine(fact, stamp);
            }
            Fact::Declared { declared, about } => self.declare(declared, about, stamp),
            Fact::Signed { digest } => self.signed = Some(digest.clone()),
            Fact::Unsigned => self.signed = None,
            Fact::Numbered { number } => self.number = Some(number.clone()),
            Fact::NumberVoided { .. } => self.number = None,
            Fact::Distributed { sent, printed, prints } => {
                self.prints = *prints;
                self.sent.extend(sent.iter().cloned());
                self.printed.clone_from(printed);
            }
            Fact::SentFurther { sent } => self.sent.extend(sent.iter().cloned()),
            Fact::Recalled { reason } => self.recalled = Some((reason.clone(), stamp.time)),
            Fact::Replaced { by, number } => {
                self.replaced = Some((by.clone(), number.clone()));
                self.ended.get_or_insert(stamp.time);
            }
            Fact::Repealed { by, number } => {
                self.repealed = Some((by.clone(), number.clone()));
                self.ended.get_or_insert(stamp.time);
            }
            Fact::Concluded => {
                self.state = State::Concluded;
                if let Some(drafter) = &self.drafter {
                    let (to, words) = (Holder::new(drafter.as_str()), self.messages.said(stamp));
                    self.messages.tell(to, Happened::Concluded, "", &words, stamp);
                }
            }
            Fact::Archived { retention, .. } => {
                self.state = State::Archived;
                self.retention = Some(*retention);
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        crate::views::document_rows(self, id)
    }
}

impl Document {
    fn save(&mut self, digest: &str, stamp: &Stamp) {
        self.versions.push(Version {
            number: self.version().saturating_add(1),
            digest: digest.to_owned(),
            label: stamp.actor.label(),
            time: stamp.time,
            seq: stamp.seq,
        });
    }

    fn opine(&mut self, fact: &Fact, stamp: &Stamp) {
        let Fact::Opined { node, step, decision, text, version, digest, by_hand, .. } = fact else {
            return;
        };
        self.messages.say(text, stamp);
        self.sight.opined();
        self.opinions.push(OpinionRecord {
            node: node.clone(),
            step: step.clone(),
            decision: decision.clone(),
            text: text.clone(),
            version: *version,
            digest: digest.clone(),
            label: stamp.actor.label(),
            seat: stamp.actor.seat().cloned(),
            by_hand: by_hand.clone(),
            seq: stamp.seq,
            time: stamp.time,
        });
    }
}
