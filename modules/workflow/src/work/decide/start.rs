//! 发起: a matter is begun, by a person or by the matter that calls it.

use super::desk::{Desk, Filling};
use super::{opinion, seat};
use crate::library::decide as library;
use crate::library::model::Entry;
use crate::work::model::{Course, Fact, Work};
use lingnan_api::Attachment;
use lingnan_flow::Operation;
use lingnan_forms::Rights;
use lingnan_handlers::{Setting, may_start};
use lingnan_journal::{Answer, Command, Draft, Kind, Matter, MatterId, Refusal, Stop};
use serde_json::{Map, Value, json};

/// Whether the matter is begun as a draft or submitted at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    /// 保存草稿
    Draft,
    /// 提交, with what the next is told.
    Submit(String),
}

/// 发起
pub struct Start {
    /// The process's code.
    pub code: String,
    /// What is filled in.
    pub fields: Map<String, Value>,
    /// Draft or not.
    pub submission: Submission,
    /// The files among it that the starter has uploaded.
    pub files: Vec<Attachment>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Start {
    fn name(&self) -> &'static str {
        "workflow.start"
    }

    fn request(&self) -> Value {
        let submission = match &self.submission {
            Submission::Draft => Value::Null,
            Submission::Submit(opinion) => json!(opinion),
        };
        json!({ "code": self.code, "fields": self.fields, "submission": submission })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let seat = seat(draft)?;
        let entry = draft.read::<Entry>(&library::matter(&self.code)?)?;
        let edition = entry.in_use().ok_or_else(Refusal::missing)?;
        let parsed = edition.parsed()?;
        let process = &parsed.process;
        let may = self.setting.with_directory(|directory| may_start(directory, process, &seat));
        if !may {
            let message = format!("您当前的岗位不能发起“{}”。", parsed.process.name);
            return Err(Refusal::new(Kind::Forbidden, "workflow.not_starter", message)
                .with_rule(&parsed.process.basis.join("；"))
                .with_next("请切换到有权发起的岗位，或请有权发起的人员发起。")
                .into());
        }
        let id = super::matter(&draft.fresh_key())?;
        let begun = Fact::Begun {
            course: Course {
                code: self.code.clone(),
                version: edition.version,
                name: parsed.process.name.to_string(),
            },
            unit_name: self.setting.unit_name(&seat.unit),
            unit: seat.unit,
            starter: seat.post,
            caller: None,
        };
        draft.record::<Work>(&id, &[begun])?;
        let mut desk = Desk::open(draft, &self.setting, id.key())?;
        desk.files.clone_from(&self.files);
        let rights = Rights::starter(&desk.parsed.form);
        match &self.submission {
            Submission::Draft => desk.fill(draft, &rights, &self.fields, Filling::Draft)?,
            Submission::Submit(told) => {
                desk.fill(draft, &rights, &self.fields, Filling::Whole)?;
                desk.submit(draft, told)?;
            }
        }
        Ok(json!({ "id": id.key(), "version": draft.version(&id)? }))
    }
}

impl Desk<'_> {
    /// 提交: the process begins; the starter's own first step is done with it.
    pub(super) fn submit(&mut self, draft: &mut Draft<'_>, told: &str) -> Result<(), Stop> {
        let told = opinion(told)?;
        self.begin(draft)?;
        self.put(draft, Fact::Stood { state: crate::work::model::State::Running })?;
        let starter = self.work.starter.clone().ok_or_else(Refusal::missing)?;
        let is_starters = |node: &&lingnan_flow::Node| {
            node.who.0.iter().all(|whom| matches!(whom, lingnan_flow::Whom::Starter))
        };
        let first = self.definition().nodes().next().filter(is_starters);
        let first = first.map(|node| node.id().to_owned());
        let own = first.and_then(|step| Some((self.ticket(&starter, &step).ok()?, step)));
        match own {
            Some((ticket, step)) => {
                self.opine(draft, &step, Some(ticket), "submit", told)?;
                self.on_ticket(draft, ticket, Operation::Approve)?;
            }
            None => self.opine(draft, "", None, "submit", told)?,
        }
        self.advance(draft)
    }
}

/// Begins the matter that a call of another asks for; what the two forms share is handed on.
pub(super) fn call(
    draft: &mut Draft<'_>,
    setting: &Setting,
    caller: &Desk<'_>,
    number: u32,
    code: &str,
    entry: Option<&str>,
) -> Result<MatterId, Stop> {
    let found = draft.read::<Entry>(&library::matter(code)?)?;
    let edition = found.in_use().ok_or_else(|| {
        let message = format!("子流程“{code}”没有发布的版本。");
        Refusal::new(Kind::Conflict, "workflow.no_edition", message)
            .with_next("请联系流程管理员发布后再办理。")
    })?;
    let parsed = edition.parsed()?;
    let id = super::matter(&draft.fresh_key())?;
    let work = &caller.work;
    let (unit, starter) = (work.unit.clone(), work.starter.clone());
    let begun = Fact::Begun {
        course: Course {
            code: code.to_owned(),
            version: edition.version,
            name: parsed.process.name.to_string(),
        },
        unit: unit.ok_or_else(Refusal::missing)?,
        unit_name: work.unit_name.clone(),
        starter: starter.ok_or_else(Refusal::missing)?,
        caller: Some((caller.id.clone(), number)),
    };
    draft.record::<Work>(&id, &[begun])?;
    let mut desk = Desk::open(draft, setting, id.key())?;
    desk.files.clone_from(&work.files);
    let shared = desk.parsed.form.fields().iter().filter_map(|field| {
        let same = caller.parsed.form.field(&field.name).filter(|own| own.kind == field.kind);
        same.and_then(|_| Some((field.name.clone(), work.values.get(&field.name)?.clone())))
    });
    let mut fields: Map<String, Value> = shared.collect();
    if let Some(title) = work.values.get(caller.parsed.form.title_field()) {
        let name = desk.parsed.form.title_field().to_owned();
        let title = match (title.as_str(), entry) {
            (Some(title), Some(entry)) => json!(format!("{title}（{entry}）")),
            _ => title.clone(),
        };
        fields.entry(name).or_insert(title);
    }
    let rights = Rights::starter(&desk.parsed.form);
    desk.fill(draft, &rights, &fields, Filling::Draft)?;
    desk.begin(draft)?;
    desk.put(draft, Fact::Stood { state: crate::work::model::State::Running })?;
    desk.advance(draft)?;
    MatterId::new(Work::KIND, id.key()).map_err(|_| Refusal::missing().into())
}
