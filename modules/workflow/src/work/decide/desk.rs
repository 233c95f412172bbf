//! One act in the making: the matter as it will be, its process, and the world around it.

use super::{flow_refusal, form_refusal, matter};
use crate::library::decide as library;
use crate::library::model::{Entry, Parsed};
use crate::work::model::{Fact, Work};
use crate::work::package;
use lingnan_api::Attachment;
use lingnan_base::PostId;
use lingnan_flow::{Definition, Instance, Operation, TicketId};
use lingnan_forms::{Rights, Values};
use lingnan_handlers::{Handlers, Setting};
use lingnan_journal::{Draft, MatterId, Refusal, Stop};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The rights that a step gives to the fields of its form.
pub(crate) fn rights(form: &lingnan_forms::Form, node: &lingnan_flow::Node) -> Rights {
    let stated = &node.rights;
    let own = node.who.0.iter().all(|whom| matches!(whom, lingnan_flow::Whom::Starter));
    if own && stated.write.is_empty() && stated.require.is_empty() {
        // The starter's own steps are where the form is filled in.
        let mut rights = Rights::starter(form);
        rights.hide.extend(stated.hide.iter().map(ToString::to_string));
        return rights;
    }
    Rights::step(
        stated.write.iter().map(|name| &**name),
        stated.require.iter().map(|name| &**name),
        stated.hide.iter().map(|name| &**name),
    )
}

/// One act in the making.
pub(super) struct Desk<'a> {
    pub(super) id: MatterId,
    pub(super) work: Work,
    pub(super) parsed: Arc<Parsed>,
    pub(super) setting: &'a Setting,
    /// Files that come with the act.
    pub(super) files: Vec<Attachment>,
}

impl<'a> Desk<'a> {
    /// Lays the matter out; refused as missing when there is none.
    pub(super) fn open(
        draft: &mut Draft<'_>,
        setting: &'a Setting,
        key: &str,
    ) -> Result<Self, Stop> {
        let id = matter(key)?;
        let work = draft.read::<Work>(&id)?.as_ref().clone();
        let course = work.course.as_ref().ok_or_else(Refusal::missing)?;
        let entry = draft.read::<Entry>(&library::matter(&course.code)?)?;
        let parsed = entry.edition(course.version).ok_or_else(Refusal::missing)?.parsed()?;
        Ok(Self { id, work, parsed, setting, files: Vec::new() })
    }

    pub(super) fn definition(&self) -> &Definition {
        &self.parsed.definition
    }

    pub(super) fn put(&mut self, draft: &mut Draft<'_>, fact: Fact) -> Result<(), Stop> {
        draft.record::<Work>(&self.id, std::slice::from_ref(&fact))?;
        self.work = draft.read::<Work>(&self.id)?.as_ref().clone();
        Ok(())
    }

    /// Answers of the world about this matter.
    pub(super) fn with_rules<T>(
        &self,
        ask: impl FnOnce(&Handlers<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let (Some(unit), Some(starter)) = (&self.work.unit, &self.work.starter) else {
            return Err(Refusal::missing());
        };
        self.setting.with_directory(|directory| {
            ask(&Handlers {
                directory,
                calendar: &self.setting.calendar,
                unit,
                starter: Some(starter),
                form: &self.parsed.form,
                values: &self.work.values,
                changed: &self.work.changed,
            })
        })
    }

    /// Starts the process, or starts it again after a 撤销.
    pub(super) fn begin(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let now = draft.now();
        let flow = self.with_rules(|rules| {
            let started = lingnan_flow::start(self.definition(), rules, now);
            started.map(|(_, fact)| fact).map_err(|refusal| flow_refusal(&refusal))
        })?;
        self.put(draft, Fact::Flowed { flow })
    }

    /// Lets the interpreter do what is asked.
    pub(super) fn perform(
        &mut self,
        draft: &mut Draft<'_>,
        asked: &lingnan_flow::Asked,
    ) -> Result<(), Stop> {
        let now = draft.now();
        let flow = self.with_rules(|rules| {
            let mut flow: Instance = self.work.flow.clone().unwrap_or_default();
            let done = lingnan_flow::perform(self.definition(), &mut flow, rules, now, asked);
            done.map_err(|refusal| flow_refusal(&refusal))
        })?;
        self.put(draft, Fact::Flowed { flow })
    }

    pub(super) fn on_ticket(
        &mut self,
        draft: &mut Draft<'_>,
        ticket: TicketId,
        operation: Operation,
    ) -> Result<(), Stop> {
        let stand_in = stand_in(draft);
        let asked = lingnan_flow::Asked { ticket: Some(ticket), stand_in, operation };
        self.perform(draft, &asked)
    }

    pub(super) fn on_whole(
        &mut self,
        draft: &mut Draft<'_>,
        operation: Operation,
    ) -> Result<(), Stop> {
        self.perform(draft, &lingnan_flow::Asked::whole(operation))
    }

    /// Fills fields in under `rights`; nothing is recorded when nothing changes.
    pub(super) fn fill(
        &mut self,
        draft: &mut Draft<'_>,
        rights: &Rights,
        fields: &Map<String, Value>,
        how: Filling,
    ) -> Result<(), Stop> {
        let patch = Values(fields.clone());
        let form = &self.parsed.form;
        let old = &self.work.values;
        let filled = match how {
            Filling::Draft => lingnan_forms::fill(form, rights, old, &patch, self.setting),
            Filling::Whole => lingnan_forms::validate(form, rights, old, &patch, self.setting),
        };
        let new = filled.map_err(|problems| form_refusal(&problems))?;
        let changed = old.changed(&new);
        if changed.is_empty() {
            return Ok(());
        }
        self.enclose(draft, &new)?;
        let form = &self.parsed.form;
        let value = |name: &String| new.get(name).cloned().unwrap_or(Value::Null);
        let fields = changed.iter().map(|name| (name.clone(), value(name))).collect();
        let named = form.title_of(&new);
        let title = match (named, &self.work.course) {
            (Some(named), Some(course)) => format!("{}：{named}", course.name),
            _ => self.work.title.clone(),
        };
        let whole = serde_json::to_value(&new).unwrap_or_default();
        let digest = package::digest(&whole);
        self.put(draft, Fact::Filled { fields, title, digest })
    }

    /// The files that come with the act and that the form now holds.
    fn enclose(&mut self, draft: &mut Draft<'_>, values: &Values) -> Result<(), Stop> {
        let held = self.parsed.form.files(values);
        let known = |digest: &str| self.work.files.iter().any(|file| file.digest == digest);
        let mut files = self.files.clone();
        files.retain(|file| held.contains(file.digest.as_str()) && !known(&file.digest));
        if files.is_empty() { Ok(()) } else { self.put(draft, Fact::Enclosed { files }) }
    }

    /// Writes an opinion, bound to the form as it is.
    pub(super) fn opine(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        ticket: Option<TicketId>,
        decision: &str,
        text: String,
    ) -> Result<(), Stop> {
        let named = self.definition().steps().find(|one| *one.id == *step);
        let name = named.map(|one| one.name.to_string()).unwrap_or_default();
        let fact = Fact::Opined {
            step: step.to_owned(),
            name,
            ticket,
            decision: decision.to_owned(),
            text,
            version: self.work.version,
            digest: self.work.digest.clone(),
        };
        self.put(draft, fact)
    }

    /// The actor's open ticket at a step.
    pub(super) fn ticket(&self, post: &PostId, step: &str) -> Result<TicketId, Refusal> {
        let flow = self.work.flow.as_ref();
        flow.and_then(|flow| flow.open_ticket_of(&super::holder(post), Some(step)))
            .ok_or_else(|| flow_refusal(&lingnan_flow::Refusal::NotOpen))
    }
}

/// Whether what is missing may still be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filling {
    /// A draft that is saved.
    Draft,
    /// What is decided with.
    Whole,
}

/// Who does it for the ticket's holder, when he acts under a delegation.
fn stand_in(draft: &Draft<'_>) -> Option<lingnan_flow::Holder> {
    match draft.actor() {
        lingnan_journal::Actor::Person { seat, on_behalf_of: Some(_), .. } => {
            Some(lingnan_flow::Holder::new(seat.person.as_str()))
        }
        _ => None,
    }
}
