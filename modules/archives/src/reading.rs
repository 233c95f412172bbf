//! What a matter was, read off the facts that its module published: title, number, opinions, files.
//! Facts of one name mean the same in every module, so one reading serves documents, receipts and
//! matters of any process; what it does not know stays in the acts themselves.

use crate::number::Retention;
use lingnan_api::Attachment;
use lingnan_base::{Timestamp, UnitId};
use lingnan_journal::{Act, Label, MatterId};
use serde_json::{Map, Value};

/// 意见, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The step's name.
    pub step: String,
    /// What was decided.
    pub decision: String,
    /// What was written.
    pub text: String,
    /// What was written by hand: width, height and strokes.
    pub ink: Option<Value>,
    /// Which version was seen; 0 where there are none.
    pub version: u64,
    /// By whom, by name and post as they were.
    pub label: Label,
    /// When.
    pub time: Timestamp,
}

/// One line of the course: what happened, when, through whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub time: Timestamp,
    /// What.
    pub what: &'static str,
    /// More of it; may be empty.
    pub more: String,
    /// Through whom.
    pub label: Label,
}

/// A matter as its published facts tell it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The unit whose matter it is.
    pub unit: Option<UnitId>,
    /// Its short name then.
    pub unit_name: String,
    /// 题名
    pub title: String,
    /// 文件编号: 发文字号 or 登记号.
    pub number: String,
    /// 责任者, when another unit wrote it.
    pub sender: String,
    /// Whether it came from another unit.
    pub received: bool,
    /// The matter that holds its text, when it came from another unit.
    pub origin: Option<MatterId>,
    /// The process and the edition by which it ran.
    pub process: Option<(String, u64)>,
    /// When it was issued, acknowledged or concluded.
    pub formed: Timestamp,
    /// 保管期限, once it was put in the archives.
    pub retention: Option<Retention>,
    /// Why not as proposed.
    pub retention_reason: String,
    /// The head as last saved.
    pub head: Option<Value>,
    /// The text as last saved.
    pub body: Option<Value>,
    /// The pictures of all its texts.
    pub pictures: Vec<Attachment>,
    /// What its form holds.
    pub values: Map<String, Value>,
    /// 正本, as it was sent.
    pub originals: Vec<Attachment>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
    /// 语音 of opinions.
    pub voices: Vec<Attachment>,
    /// Opinions in order of time.
    pub opinions: Vec<Opinion>,
    /// Its course.
    pub events: Vec<Event>,
}

/// Reads a matter off the acts that changed it, oldest first.
#[must_use]
pub fn read(matter: &MatterId, acts: &[Act]) -> Reading {
    let mut reading = Reading::default();
    for act in acts {
        let changes = act.changes.iter().filter(|change| change.matter == *matter);
        for fact in changes.flat_map(|change| &change.facts) {
            reading.take(fact, act);
        }
    }
    reading
}

impl Reading {
    /// Opinions as a processing sheet has them: by rank, then by time.
    #[must_use]
    pub fn by_rank(&self) -> Vec<&Opinion> {
        let mut all: Vec<&Opinion> = self.opinions.iter().collect();
        all.sort_by_key(|opinion| (opinion.label.rank, opinion.time));
        all
    }

    /// Every file that is kept with it besides its 正本. What was said at its origin stays there.
    pub fn enclosed(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().chain(&self.voices)
    }

    /// The pictures of its text as last saved, each once, in the order of the text.
    #[must_use]
    pub fn pictures_shown(&self) -> Vec<&Attachment> {
        let blocks = self.body.as_ref().and_then(|body| body.get("content"));
        let blocks = blocks.and_then(Value::as_array).into_iter().flatten();
        let mut shown: Vec<&Attachment> = Vec::new();
        for digest in blocks.filter_map(|block| block.pointer("/attrs/digest")) {
            let file = self.pictures.iter().find(|file| digest == file.digest.as_str());
            shown.extend(file.filter(|file| shown.iter().all(|one| one.digest != file.digest)));
        }
        shown
    }

    /// A word of the head; empty when it has none.
    #[must_use]
    pub fn of_head(&self, name: &str) -> &str {
        let value = self.head.as_ref().and_then(|head| head.get(name));
        value.and_then(Value::as_str).unwrap_or_default()
    }

    /// Ids of units in a list of the head.
    pub fn units_of_head(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.head.as_ref().and_then(|head| head.get(name)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    fn take(&mut self, fact: &Value, act: &Act) {
        match fact.get("fact").and_then(Value::as_str).unwrap_or_default() {
            "drafted" | "begun" => self.begin(fact, act),
            "delivered" => self.deliver(fact, act),
            "came_on_paper" => {
                self.deliver(fact, act);
                self.attachments.extend(files(fact.pointer("/paper/files")));
            }
            "saved" => {
                self.head = fact.get("head").cloned();
                self.body = fact.get("body").cloned();
                self.title = text(fact, "/head/title");
                self.pictures.extend(files(fact.get("pictures")));
            }
            "filled" => self.fill(fact),
            "attached" => self.attachments.extend(file(fact.get("attachment"))),
            "enclosed" => self.attachments.extend(files(fact.get("files"))),
            "detached" => {
                let gone = text(fact, "/digest");
                self.attachments.retain(|file| file.digest != gone);
            }
            "opined" => self.opine(fact, act),
            "numbered" => {
                self.number = text(fact, "/number/text");
                self.tell("编号", self.number.clone(), act);
            }
            "number_voided" => {
                self.number.clear();
                self.tell("作废文号", text(fact, "/reason"), act);
            }
            "performed" => {
                if let Some(number) = fact.get("number").and_then(Value::as_str) {
                    number.clone_into(&mut self.number);
                }
                self.tell("自动办理", text(fact, "/result"), act);
            }
            "distributed" => self.distribute(fact, act),
            _ => self.milestone(fact, act),
        }
    }

    fn milestone(&mut self, fact: &Value, act: &Act) {
        match fact.get("fact").and_then(Value::as_str).unwrap_or_default() {
            "signed" => self.tell("签发", String::new(), act),
            "unsigned" => self.tell("签发作废", String::new(), act),
            "acknowledged" => {
                self.formed = act.time;
                self.tell("签收", String::new(), act);
            }
            "returned" => self.tell("退文", text(fact, "/reason"), act),
            "relayed" => self.tell("转发", String::new(), act),
            "declared" => self.tell("说明", text(fact, "/declared/reason"), act),
            "concluded" => self.conclude(act),
            "stood" if text(fact, "/state") != "running" => self.conclude(act),
            "archived" => {
                self.retention = Retention::read(&text(fact, "/retention"));
                self.retention_reason = text(fact, "/reason");
                let term = self.retention.map_or("", Retention::name).to_owned();
                self.tell("归档", term, act);
            }
            _ => {}
        }
    }

    fn begin(&mut self, fact: &Value, act: &Act) {
        self.unit = UnitId::parse(&text(fact, "/unit")).ok();
        self.unit_name = text(fact, "/unit_name");
        self.formed = act.time;
        let version = fact.pointer("/course/version").and_then(Value::as_u64);
        self.process = version.map(|version| (text(fact, "/course/code"), version));
        self.tell("发起", text(fact, "/course/name"), act);
    }

    fn deliver(&mut self, fact: &Value, act: &Act) {
        self.received = true;
        self.unit = UnitId::parse(&text(fact, "/received/unit")).ok();
        self.unit_name = text(fact, "/received/unit_name");
        self.sender = text(fact, "/received/sender");
        self.title = text(fact, "/received/title");
        self.number = text(fact, "/received/number");
        self.origin = MatterId::parse(&text(fact, "/received/document")).ok();
        self.formed = act.time;
        self.tell("收到", self.sender.clone(), act);
    }

    fn fill(&mut self, fact: &Value) {
        self.title = text(fact, "/title");
        let fields = fact.get("fields").and_then(Value::as_object);
        for (name, value) in fields.into_iter().flatten() {
            if value.is_null() {
                self.values.remove(name);
            } else {
                self.values.insert(name.clone(), value.clone());
            }
        }
    }

    fn opine(&mut self, fact: &Value, act: &Act) {
        self.voices.extend(file(fact.pointer("/by_hand/voice")));
        // A document names its step in `step`; a matter of a process has an id there, and a name.
        let name = text(fact, "/name");
        self.opinions.push(Opinion {
            step: if name.is_empty() { text(fact, "/step") } else { name },
            decision: text(fact, "/decision"),
            text: text(fact, "/text"),
            ink: fact.pointer("/by_hand/ink").cloned(),
            version: fact.get("version").and_then(Value::as_u64).unwrap_or(0),
            label: act.actor.label(),
            time: act.time,
        });
        if let Some(Opinion { step, decision, .. }) = self.opinions.last() {
            let (what, more) = (decided(decision), step.clone());
            self.tell(what, more, act);
        }
    }

    fn distribute(&mut self, fact: &Value, act: &Act) {
        self.formed = act.time;
        if let Some(printed) = fact.get("printed").filter(|printed| !printed.is_null()) {
            let both = ["ofd", "pdf"].into_iter().filter_map(|kind| file(printed.get(kind)));
            self.originals = both.collect();
        }
        let count = fact.get("sent").and_then(Value::as_array).map_or(0, Vec::len);
        self.tell("分发", format!("{count}个单位"), act);
    }

    fn conclude(&mut self, act: &Act) {
        // What was issued or acknowledged is of that day; what never was is of its end.
        if self.process.is_some() {
            self.formed = act.time;
        }
        self.tell("办结", String::new(), act);
    }

    fn tell(&mut self, what: &'static str, more: String, act: &Act) {
        self.events.push(Event { time: act.time, what, more, label: act.actor.label() });
    }
}

/// What a receipt has of the matter whose text it holds: text, original and files.
pub fn with_origin(reading: &mut Reading, origin: Reading) {
    reading.originals = origin.originals;
    reading.attachments = origin.attachments;
    reading.head = origin.head;
    reading.body = origin.body;
    reading.pictures = origin.pictures;
}

fn decided(decision: &str) -> &'static str {
    match decision {
        "return" => "退回",
        "transfer" => "转办",
        "withdraw" => "撤回",
        "reject" => "不同意",
        "submit" => "送出",
        _ => "办理",
    }
}

fn text(fact: &Value, pointer: &str) -> String {
    fact.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn file(value: Option<&Value>) -> Option<Attachment> {
    serde_json::from_value(value?.clone()).ok()
}

fn files(value: Option<&Value>) -> impl Iterator<Item = Attachment> + '_ {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(|one| file(Some(one)))
}
