//! Checks of a document's head and text before anything is kept.

use crate::body::{Body, BodyFault};
use crate::model::Head;
use lingnan_api::{secrecy, text};
use lingnan_base::{PostId, UnitId};
use lingnan_directory::duty;
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
    if let Some(marking) = secrecy::marking(&[&head.title], &body.lines()) {
        return Err(secrecy::refusal(&marking));
    }
    let mut head = head.clone();
    head.title = text::required(&head.title, "标题", text::TITLE_MAX)?;
    body.check().map_err(body_refusal)?;
    check_units(setting, &head)?;
    check_signer(setting, unit, &head)?;
    Ok(head)
}

/// What must also be there before the document is submitted.
pub(super) fn complete(head: &Head, body: &Body) -> Result<(), Refusal> {
    let missing = if head.signer.is_none() {
        Some("签发人")
    } else if head.recipients.is_empty() {
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
    };
    Refusal::new(Kind::Invalid, "documents.body", message)
        .with_next("请修改正文后重新保存，未保存的内容仍在本页。")
}

fn check_units(setting: &Setting, head: &Head) -> Result<(), Refusal> {
    super::check_units(&head.recipients)?;
    super::check_units(&head.copies)?;
    let all = head.recipients.iter().chain(&head.copies).chain(&head.countersign);
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
