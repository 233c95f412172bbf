//! Checks of a document's head and text before anything is kept.

use crate::body::{Body, BodyFault};
use crate::model::{Addressing, Answered, Head, Meeting, Repealed};
use lingnan_api::{secrecy, text};
use lingnan_base::{PostId, UnitId};
use lingnan_directory::{Directory, UnitKind, duty};
use lingnan_handlers::Setting;
use lingnan_journal::{Kind, Refusal};
use std::collections::BTreeSet;

/// A head and text that may be kept: trimmed, bounded, not secret.
pub(super) fn checked(
    setting: &Setting,
    unit: &UnitId,
    head: &Head,
    body: &Body,
    secrecy_field: &str,
) -> Result<Head, Refusal> {
    let marking = secrecy_field.trim();
    if !marking.is_empty() {
        return Err(secrecy::refusal(marking));
    }
    if let Some(marking) = secrecy::marking(&[&head.title, &head.note], &body.lines()) {
        return Err(secrecy::refusal(&marking));
    }
    let mut head = head.clone();
    head.title = text::required(&head.title, "标题", text::TITLE_MAX)?;
    check_texts(&mut head)?;
    body.check().map_err(body_refusal)?;
    check_units(setting, &head)?;
    check_issuer(setting, unit, &mut head)?;
    check_signer(setting, unit, &head)?;
    Ok(head)
}

/// Longest 附注 and longest number of another document or report form, in characters: each stands
/// on a line or two of the printed page.
const NOTE_MAX: usize = 200;
const NUMBER_MAX: usize = 60;

/// The short texts of the head, trimmed and bounded; what is empty is left out.
fn check_texts(head: &mut Head) -> Result<(), Refusal> {
    head.openness_reason =
        text::optional(&head.openness_reason, "公开属性的理由", text::REASON_MAX)?;
    head.note = text::optional(&head.note, "附注", NOTE_MAX)?;
    head.report_form_number = text::optional(&head.report_form_number, "报表准入编号", NUMBER_MAX)?;
    head.format = head.format.filter(|format| *format != head.document_type.format());
    if let Some(answers) = &mut head.answers {
        answers.title = text::optional(&answers.title, "来文标题", text::TITLE_MAX)?;
        answers.number = text::optional(&answers.number, "来文字号", NUMBER_MAX)?;
    }
    head.answers = head.answers.take().filter(|answers| *answers != Answered::default());
    check_repeals(&mut head.repeals)?;
    if let Some(meeting) = &mut head.meeting {
        check_meeting(meeting)?;
    }
    head.meeting = head.meeting.take().filter(|meeting| *meeting != Meeting::default());
    Ok(())
}

/// A 清理 of several years repeals hundreds at once.
const REPEALS_MAX: usize = 500;

fn check_repeals(repeals: &mut [Repealed]) -> Result<(), Refusal> {
    if repeals.len() > REPEALS_MAX {
        let message = format!("一件公文最多废止{REPEALS_MAX}件公文。");
        return Err(Refusal::new(Kind::Invalid, "documents.repeals", message)
            .with_next("请分几件公文废止，或以附件列明目录。"));
    }
    let mut seen = BTreeSet::new();
    for one in repeals {
        one.number = text::required(&one.number, "所废止公文的文号", NUMBER_MAX)?;
        one.title = text::optional(&one.title, "所废止公文的标题", text::TITLE_MAX)?;
        if !seen.insert(one.number.clone()) {
            let message = format!("“{}”在所废止的公文中重复。", one.number);
            return Err(Refusal::new(Kind::Invalid, "documents.repeals", message)
                .with_next("请删去重复的一件。"));
        }
    }
    Ok(())
}

fn check_meeting(meeting: &mut Meeting) -> Result<(), Refusal> {
    meeting.name = text::optional(&meeting.name, "会议名称", text::TITLE_MAX)?;
    meeting.date = text::optional(&meeting.date, "会议日期", NUMBER_MAX)?;
    if !meeting.date.is_empty() && meeting.date.parse::<jiff::civil::Date>().is_err() {
        let message = format!("“{}”不是日期。", meeting.date);
        return Err(Refusal::new(Kind::Invalid, "documents.meeting_date", message)
            .with_next("请从日历中选择会议日期。"));
    }
    for (names, field) in [
        (&mut meeting.present, "出席人员"),
        (&mut meeting.absent, "请假人员"),
        (&mut meeting.observers, "列席人员"),
    ] {
        *names = text::optional(names, field, text::OPINION_MAX)?;
    }
    Ok(())
}

/// What must also be there before the document is submitted, and what must not.
pub(crate) fn complete(head: &Head, body: &Body) -> Result<(), Refusal> {
    let kind = head.document_type;
    if kind.addressing() == Addressing::Nobody && !head.recipients.is_empty() {
        let message = format!("{}面向社会公布，不写主送机关。", kind.name());
        return Err(Refusal::new(Kind::Invalid, "documents.addressed", message)
            .with_rule("《党政机关公文处理工作条例》第八条")
            .with_next("请删去主送机关；需要告知的机关可以列为抄送，或改用“通知”。"));
    }
    let missing = if head.signer.is_none() {
        Some("签发人")
    } else if head.recipients.is_empty() && kind.addressing() == Addressing::Units {
        Some("主送机关")
    } else if body.lines().iter().all(|line| line.trim().is_empty()) {
        Some("正文")
    } else {
        None
    };
    missing.map_or(Ok(()), |what| {
        let message = format!("还没有填写{what}，不能提交。");
        Err(Refusal::new(Kind::Invalid, "documents.incomplete", message)
            .with_rule("《党政机关公文处理工作条例》第九条")
            .with_next("请补充后再提交；草稿已经保存。"))
    })
}

pub(crate) fn body_refusal(fault: BodyFault) -> Refusal {
    let message = match fault {
        BodyFault::TooLong => "正文过长：最多50万字、2万段。",
        BodyFault::HeadingLevel => "标题层次只有四级。",
        BodyFault::NestedTable => "表格中不能再套表格。",
        BodyFault::ControlCharacter => "正文含有不可见的控制字符。",
        BodyFault::Picture(fault) => fault.sentence(),
    };
    Refusal::new(Kind::Invalid, "documents.body", message)
        .with_next("请修改正文后重新保存，未保存的内容仍在本页。")
}

fn check_units(setting: &Setting, head: &Head) -> Result<(), Refusal> {
    super::check_units(&head.recipients)?;
    super::check_units(&head.copies)?;
    super::check_units(&head.joint)?;
    let all = head.recipients.iter().chain(&head.copies).chain(&head.countersign);
    let all = all.chain(&head.joint).chain(&head.issuer);
    let unknown = setting.with_directory(|directory| {
        all.clone().find(|unit| directory.unit(unit).is_none()).cloned()
    });
    if let Some(unit) = unknown {
        let message = format!("通讯录中没有编号为“{unit}”的单位。");
        return Err(Refusal::new(Kind::Invalid, "documents.unknown_unit", message)
            .with_next("请从通讯录中重新选择单位。"));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = head.recipients.iter().chain(&head.copies).find(|u| !seen.insert(*u)) {
        let message = format!("“{}”重复出现在主送、抄送中。", setting.unit_name(twice));
        return Err(Refusal::new(Kind::Invalid, "documents.unit_twice", message)
            .with_next("请删去重复的单位。"));
    }
    Ok(())
}

/// A general office may issue in the name of its government (条例 第十六条（二）); nobody issues in
/// another's name.
pub(crate) fn issues_as(directory: &Directory, unit: &UnitId, issuer: &UnitId) -> bool {
    let unit = directory.unit(unit);
    unit.is_some_and(|unit| unit.kind == UnitKind::Office && unit.parent.as_ref() == Some(issuer))
}

fn check_issuer(setting: &Setting, unit: &UnitId, head: &mut Head) -> Result<(), Refusal> {
    head.issuer = head.issuer.take().filter(|issuer| issuer != unit);
    let Some(issuer) = &head.issuer else { return Ok(()) };
    if setting.with_directory(|directory| issues_as(directory, unit, issuer)) {
        return Ok(());
    }
    let message = format!("本单位不能以“{}”的名义发文。", setting.unit_name(issuer));
    Err(Refusal::new(Kind::Invalid, "documents.issuer", message)
        .with_rule("《党政机关公文处理工作条例》第十六条（二）")
        .with_next("请以本单位名义发文，或报请该机关的办公厅（室）办理。"))
}

fn check_signer(setting: &Setting, unit: &UnitId, head: &Head) -> Result<(), Refusal> {
    let Some(signer) = &head.signer else { return Ok(()) };
    if may_sign(setting, unit, signer) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Invalid, "documents.signer", "所选岗位没有签发本机关公文的职责。")
        .with_rule("《党政机关公文处理工作条例》第二十二条")
        .with_next("请选择本机关负责人或其授权的负责人。"))
}

/// Whether a post may sign what `unit` drafts: a leader of the unit or of one above it.
pub(super) fn may_sign(setting: &Setting, unit: &UnitId, post: &PostId) -> bool {
    setting.with_directory(|directory| {
        let line = directory.line(unit);
        directory.post(post).is_some_and(|(own, content)| {
            line.contains(&own) && content.duties.iter().any(|d| d == duty::LEADER)
        })
    })
}
