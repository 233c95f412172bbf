//! What is checked before a document is signed and after: 条例 第十三条, 第二十条, 第二十二条,
//! 第二十五条, and the reviews that other law asks for.

use super::relation::PartyKind;
use super::words::first_of;
use super::{Finding, Since, Situation};
use crate::model::DocumentType;

/// 第十三条: what is there need not be issued again.
pub(super) fn needed(situation: &Situation) -> Option<Finding> {
    let like = situation.alike.first()?;
    let sentence = format!("与本单位已有的{like}标题相近。");
    Some(Finding::new(sentence, "请核对是否确有必要另行文；已有规定仍适用的，不再重复发文。"))
}

/// 第二十条: the reviewer answers for each item of the list. Bound to the version he saw.
pub(super) fn checklist(situation: &Situation) -> Option<Finding> {
    let sentence = format!("第{}稿须按审核要点逐项核对。", situation.version);
    Some(Finding::new(sentence, "请逐项核对行文依据、内容、协商、文种格式后确认。"))
}

/// Types that only the chief signs (第二十二条: 重要公文).
const CHIEFS: [DocumentType; 4] =
    [DocumentType::Order, DocumentType::Decision, DocumentType::Resolution, DocumentType::Motion];

/// 第二十二条: who signs what.
pub(super) fn signer_level(situation: &Situation) -> Option<Finding> {
    let signer = situation.signer.as_ref()?;
    let issuer = &situation.issuer.name;
    if !signer.is_issuers {
        let sentence = format!("以“{issuer}”名义发文，不能由“{}”签发。", signer.name);
        return Some(Finding::new(sentence, format!("请选择“{issuer}”的负责人签发。")));
    }
    let kind = situation.head.document_type;
    let why = match () {
        () if situation.is_upward() => "上行文".to_owned(),
        () if CHIEFS.contains(&kind) => format!("“{}”", kind.name()),
        () if situation.head.normative => "规范性文件".to_owned(),
        () => return None,
    };
    if signer.is_chief {
        return None;
    }
    let sentence =
        format!("{why}应当由机关主要负责人签发，所选的“{}”不是主要负责人。", signer.name);
    Some(Finding::new(sentence, "请改选机关主要负责人；主要负责人外出的，办理委托后由受托人代签。"))
}

/// 第二十二条: every body that issues together signs, which it does at 会签.
pub(super) fn joint_signs(situation: &Situation) -> Option<Finding> {
    let asked = |id| situation.countersign.iter().any(|party| party.id == id);
    let missing = situation.joint.iter().filter(|party| !asked(party.id.clone()));
    let names: Vec<String> = missing.map(|party| format!("“{}”", party.name)).collect();
    if names.is_empty() {
        return None;
    }
    let sentence =
        format!("联合发文由所有联署机关的负责人会签，会签单位中没有{}。", names.join("、"));
    Some(Finding::new(sentence, "请列入会签单位。"))
}

/// 第二十二条: none is issued before the heads of all who issue it have signed it as it stands.
pub(crate) fn joint_signed(situation: &Situation) -> Option<Finding> {
    let missing = situation.unsigned.first()?;
    let sentence =
        format!("联合发文须由所有联署机关的负责人会签，“{}”还没有会签这一稿。", missing.name);
    let next = format!("请退回会签，由“{}”的负责人会签后再办理。", missing.name);
    Some(Finding::new(sentence, next))
}

/// 第二十五条（一）: told while one writes; the change itself sends it back to the signer.
pub(super) fn changed_after_signing(situation: &Situation) -> Option<Finding> {
    if situation.since != Since::Changed {
        return None;
    }
    let sentence = "本文已经签发，现在的改动属于实质性修改。";
    Some(Finding::new(sentence, "保存后将送原签发人复审，复审后再继续办理。"))
}

/// 国办发〔2018〕115号 二（五）: what goes with a normative document to its legality review.
pub(super) fn legality_material(situation: &Situation) -> Option<Finding> {
    if !situation.head.normative {
        return None;
    }
    let sentence = "行政规范性文件须送合法性审核，并附送审材料。";
    let next = "请附上送审说明（含制定依据、征求意见及采纳情况）；送审材料不随文印发。";
    Some(Finding::new(sentence, next))
}

/// 国办发〔2018〕115号 二（六）: the review answers for each item. Bound to the version it saw.
pub(super) fn legality_items(situation: &Situation) -> Option<Finding> {
    let sentence = format!("第{}稿须按合法性审核的内容逐项审核。", situation.version);
    Some(Finding::new(
        sentence,
        "七项都合法的，逐项勾选后通过；应当修改或者不合法的，写明意见退回。",
    ))
}

/// 国办发〔2018〕115号 二（七）: consultation and countersigning are no legality review.
pub(crate) fn legality_passed(situation: &Situation) -> Option<Finding> {
    if !situation.head.normative || situation.is_lawful {
        return None;
    }
    let sentence = "行政规范性文件未经合法性审核的，不得印发；这一稿还没有审核通过。";
    Some(Finding::new(sentence, "请退回拟稿后重新提交，经合法性审核通过再办理。"))
}

/// 公平竞争审查条例 第十八条: none that touches the market without a review.
pub(super) fn fair_competition(situation: &Situation) -> Option<Finding> {
    if !situation.head.market_impact {
        return None;
    }
    let sentence = "涉及经营者经济活动的政策措施未经公平竞争审查的，不得出台。";
    Some(Finding::new(sentence, "请开展公平竞争审查，并附上书面审查结论。"))
}

/// What a title that makes rules speaks of.
const RULE_MAKING: [&str; 5] = ["办法》", "规定》", "细则》", "规则》", "若干措施"];

/// 国办发〔2018〕37号: what makes rules is likely a normative document.
pub(super) fn looks_normative(situation: &Situation) -> Option<Finding> {
    let issues = situation.title().contains("印发") || situation.title().contains("若干措施");
    let governs = matches!(
        situation.issuer.kind,
        PartyKind::Government | PartyKind::Department | PartyKind::Office
    );
    let word = first_of(situation.title(), &RULE_MAKING)?;
    if !issues || !governs || situation.head.normative {
        return None;
    }
    let sentence = format!("标题中有“{}”，可能是行政规范性文件。", word.trim_end_matches('》'));
    let next = "涉及公民、法人权利义务并反复适用的，请勾选“规范性文件”，送合法性审核。";
    Some(Finding::new(sentence, next))
}
