//! How an edition comes into the library and into use: by the catalogue, or by two people.

use super::model::{Entry, Fact, Parsed};
use lingnan_flow::{Definition, Finding, Process};
use lingnan_forms::Form;
use lingnan_journal::{Answer, Command, Draft, Kind, Matter, MatterId, Refusal, Stop};
use serde_json::{Value, json};
use std::sync::Arc;

/// Longest reason for a release, in characters.
const NOTE_MAX: usize = 500;

/// Reads a process with its form and checks the one against the other.
///
/// # Errors
/// A refusal with the sentence of the first mistake.
pub fn read(flow: &str, form: &str) -> Result<Parsed, Refusal> {
    let process = Process::parse(flow).map_err(|mistake| {
        Refusal::new(Kind::Invalid, "workflow.process_text", mistake.to_string())
            .with_next("请按提示的行、列修改流程文本。")
    })?;
    let form = Form::parse(form).map_err(|mistake| {
        Refusal::new(Kind::Invalid, "workflow.form_text", mistake.to_string())
            .with_next("请按提示的位置修改表单。")
    })?;
    let definition = Definition::new(&process).map_err(|error| {
        let message = format!("流程不能排布：{error}。");
        Refusal::new(Kind::Invalid, "workflow.process_text", message)
    })?;
    let findings = findings(&process, &form);
    if let Some(first) = findings.first() {
        return Err(Refusal::new(Kind::Invalid, "workflow.process_text", first.to_string())
            .with_next("请修改流程或表单，使二者一致。"));
    }
    Ok(Parsed { process, definition, form })
}

/// What is wrong with a process that reads, and where it and its form do not fit.
#[must_use]
pub fn findings(process: &Process, form: &Form) -> Vec<Finding> {
    let mut all = lingnan_flow::check(process);
    let Ok(definition) = Definition::new(process) else { return all };
    for node in definition.nodes() {
        let rights = crate::work::decide::rights(form, node);
        all.extend(rights.unknown(form).into_iter().map(|name| Finding {
            step: node.step.id.clone(),
            told: format!("表单没有字段“{name}”。"),
        }));
    }
    all
}

/// A text of the catalogue, on its way into the library.
#[derive(Debug, Clone)]
pub struct Text {
    /// The process.
    pub flow: Arc<str>,
    /// Its form.
    pub form: Arc<str>,
}

/// 导入: brings the catalogue in; an edition that is there already is left as it is.
pub struct Import {
    /// The texts.
    pub texts: Vec<Text>,
}

impl Command for Import {
    fn name(&self) -> &'static str {
        "workflow.import"
    }

    fn request(&self) -> Value {
        self.texts.iter().map(|text| json!([text.flow, text.form])).collect()
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let (mut added, mut differing) = (0_u32, Vec::new());
        for text in &self.texts {
            let parsed = read(&text.flow, &text.form)?;
            let (id, version) = (matter(&parsed.process.code)?, parsed.process.version);
            let code = parsed.process.code.to_string();
            let entry = draft.read::<Entry>(&id)?;
            match entry.edition(version) {
                Some(known) if known.flow == text.flow && known.form == text.form => {}
                Some(_) => differing.push(code),
                None => {
                    let (flow, form) = (Arc::clone(&text.flow), Arc::clone(&text.form));
                    let mut facts = vec![Fact::Added { version, flow, form }];
                    // What people have released since is not overruled by the catalogue.
                    if entry.current.is_none_or(|current| current < version) {
                        facts.push(Fact::Released { version });
                    }
                    draft.record::<Entry>(&id, &facts)?;
                    added = added.saturating_add(1);
                }
            }
        }
        Ok(json!({ "added": added, "differing": differing }))
    }
}

/// 提请发布: proposes an edition for use; a new one comes into the library with it.
pub struct Propose {
    /// The process's code.
    pub code: String,
    /// The edition.
    pub edition: Proposed,
    /// Why.
    pub note: String,
}

/// Which edition is proposed.
pub enum Proposed {
    /// A new text.
    New(Text),
    /// One that is in the library: 回退.
    Old(u32),
}

impl Command for Propose {
    fn name(&self) -> &'static str {
        match self.edition {
            Proposed::New(_) => "workflow.propose",
            Proposed::Old(_) => "workflow.roll_back",
        }
    }

    fn request(&self) -> Value {
        let edition = match &self.edition {
            Proposed::New(text) => json!([text.flow, text.form]),
            Proposed::Old(version) => json!(version),
        };
        json!({ "code": self.code, "edition": edition, "note": self.note })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.code)?;
        let entry = draft.read::<Entry>(&id)?;
        let note = note(&self.note)?;
        if entry.proposal.is_some() {
            let message = "该流程已有一个版本待确认。";
            return Err(Refusal::new(Kind::Conflict, "workflow.proposal_open", message)
                .with_next("请先由另一位管理员确认，或撤回后再提请。")
                .into());
        }
        let mut facts = Vec::new();
        let version = match &self.edition {
            Proposed::New(text) => {
                let parsed = read(&text.flow, &text.form)?;
                let version = next_version(&entry, &parsed, &self.code)?;
                let (flow, form) = (Arc::clone(&text.flow), Arc::clone(&text.form));
                facts.push(Fact::Added { version, flow, form });
                version
            }
            Proposed::Old(version) => {
                entry.edition(*version).ok_or_else(Refusal::missing)?;
                if entry.current == Some(*version) {
                    let message = format!("第{version}版正在使用，无需回退。");
                    return Err(Refusal::new(Kind::Conflict, "workflow.in_use", message).into());
                }
                *version
            }
        };
        facts.push(Fact::Proposed { version, note });
        draft.record::<Entry>(&id, &facts)?;
        Ok(json!({ "code": self.code, "version": version }))
    }
}

/// A new edition bears the code it is filed under and the number after the last.
fn next_version(entry: &Entry, parsed: &Parsed, code: &str) -> Result<u32, Refusal> {
    let next = entry.editions.last().map_or(1, |last| last.version.saturating_add(1));
    let process = &parsed.process;
    if *process.code != *code || process.version != next {
        let message = format!(
            "新版本的首行应为“process {code} … v{next}”，实为“process {} … v{}”。",
            process.code, process.version
        );
        return Err(Refusal::new(Kind::Invalid, "workflow.next_version", message)
            .with_next("请改正流程文本首行的代码和版次；已发布的版次不能改写。"));
    }
    Ok(next)
}

/// 确认发布, by another than who proposed it.
pub struct Confirm {
    /// The process's code.
    pub code: String,
    /// The edition that was looked at.
    pub version: u32,
}

impl Command for Confirm {
    fn name(&self) -> &'static str {
        "workflow.release"
    }

    fn request(&self) -> Value {
        json!({ "code": self.code, "version": self.version })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.code)?;
        let entry = draft.read::<Entry>(&id)?;
        let proposal = entry.proposal.as_ref().filter(|p| p.version == self.version);
        let proposal = proposal.ok_or_else(no_proposal)?;
        let own = draft.actor().seat().map(|seat| &seat.person);
        if own == proposal.by.as_ref() {
            let message = "提请发布的人不能自己确认。";
            return Err(Refusal::new(Kind::Forbidden, "workflow.second_person", message)
                .with_next("请由另一位管理员确认。")
                .into());
        }
        draft.record::<Entry>(&id, &[Fact::Released { version: self.version }])?;
        Ok(json!({ "code": self.code, "version": self.version }))
    }
}

/// 撤回提请 or 不予确认.
pub struct Withdraw {
    /// The process's code.
    pub code: String,
    /// Why.
    pub reason: String,
}

impl Command for Withdraw {
    fn name(&self) -> &'static str {
        "workflow.dismiss"
    }

    fn request(&self) -> Value {
        json!({ "code": self.code, "reason": self.reason })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter(&self.code)?;
        if draft.read::<Entry>(&id)?.proposal.is_none() {
            return Err(no_proposal().into());
        }
        draft.record::<Entry>(&id, &[Fact::Dismissed { reason: note(&self.reason)? }])?;
        Ok(json!({ "code": self.code }))
    }
}

fn no_proposal() -> Refusal {
    let message = "该流程没有这个待确认的版本，可能已被确认或撤回。";
    Refusal::new(Kind::Conflict, "workflow.no_proposal", message).with_next("请刷新后再看。")
}

pub(super) fn note(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NOTE_MAX {
        let message = format!("请写明理由，不超过{NOTE_MAX}字。");
        return Err(Refusal::new(Kind::Invalid, "workflow.note", message));
    }
    Ok(text.to_owned())
}

/// The matter of a process.
///
/// # Errors
/// A refusal as for what does not exist when the code is none.
pub fn matter(code: &str) -> Result<MatterId, Refusal> {
    MatterId::new(Entry::KIND, code).map_err(|_| Refusal::missing())
}
