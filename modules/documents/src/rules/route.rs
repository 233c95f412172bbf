//! To whom a document may go: 条例 第十四条 to 第十七条.

use super::relation::{Party, PartyKind};
use super::words::{before_matter, first_of, names, unquoted};
use super::{Finding, Situation};
use crate::model::{DocumentType, Urgency};
use std::collections::BTreeSet;

fn named<'a>(parties: impl Iterator<Item = &'a Party>) -> String {
    names(parties.map(|party| party.name.as_str()))
}

/// 第八条: each type has its direction.
pub(super) fn direction(situation: &Situation) -> Option<Finding> {
    let kind = situation.head.document_type;
    let wrong = |party: &&Party| match kind {
        DocumentType::Report | DocumentType::RequestForInstruction => !party.is_superior(),
        DocumentType::ReplyToRequest => !party.is_subordinate(),
        DocumentType::Decision
        | DocumentType::Order
        | DocumentType::Notice
        | DocumentType::Circular
        | DocumentType::Letter => party.is_superior(),
        _ => false,
    };
    let party = situation.recipients.iter().find(wrong)?;
    let (used, next) = match kind {
        DocumentType::Report | DocumentType::RequestForInstruction => (
            "用于向上级机关行文",
            if party.is_subordinate() {
                "请改用“通知”等下行文种，或改正主送机关。"
            } else {
                "与不相隶属的机关商洽、请求批准，请改用“函”。"
            },
        ),
        DocumentType::ReplyToRequest => {
            ("用于答复下级机关的请示", "答复不相隶属的机关，请改用“函”；或改正主送机关。")
        }
        DocumentType::Letter => {
            ("用于不相隶属的机关之间", "向上级机关请求指示、批准用“请示”，汇报工作用“报告”。")
        }
        _ => ("不用于向上级机关行文", "请改用“请示”或“报告”。"),
    };
    let stands = match () {
        () if party.is_superior() => "是本机关的上级机关",
        () if party.is_subordinate() => "是本机关的下级机关",
        () => "与本机关不相隶属",
    };
    let sentence = format!("“{}”{used}，主送的“{}”{stands}。", kind.name(), party.name);
    Some(Finding::new(sentence, next))
}

/// 第十四条
pub(super) fn skipped_level(situation: &Situation) -> Option<Finding> {
    situation.recipients.iter().find_map(|party| {
        let missing = party.skipped().iter().find(|skipped| !situation.goes_to(&skipped.ids))?;
        let sentence = format!("主送“{}”越过了“{}”，又没有抄送它。", party.name, missing.name);
        let next =
            format!("请主送“{}”；情况特殊必须越级的，写明理由，并把它列入抄送。", missing.name);
        Some(Finding::new(sentence, next))
    })
}

/// 第十五条（一）: one addressee.
pub(super) fn one_superior(situation: &Situation) -> Option<Finding> {
    let superiors: Vec<&Party> =
        situation.recipients.iter().filter(|party| party.is_superior()).collect();
    if superiors.is_empty() || situation.recipients.len() < 2 {
        return None;
    }
    let sentence =
        format!("上行文只主送一个上级机关，现在主送了{}。", named(situation.recipients.iter()));
    let keep = superiors.first().map_or("", |party| party.name.as_str());
    Some(Finding::new(sentence, format!("请只留一个主送机关（如“{keep}”），其余改为抄送。")))
}

/// 第十五条（一）: never a copy to those below.
pub(super) fn no_copy_below(situation: &Situation) -> Option<Finding> {
    let below = situation.copies.iter().filter(|party| party.is_subordinate());
    let below: Vec<&Party> = below.collect();
    if !situation.is_upward() || below.is_empty() {
        return None;
    }
    let sentence = format!("上行文不抄送下级机关，抄送中有{}。", named(below.into_iter()));
    Some(Finding::new(sentence, "请从抄送机关中删去；需要下级知道的，另行文。"))
}

/// 第十五条（二）
pub(super) fn consent_of_own_government(situation: &Situation) -> Option<Finding> {
    let to = situation
        .recipients
        .iter()
        .find(|party| party.is_superior() && party.kind == PartyKind::Department)?;
    if situation.issuer.kind != PartyKind::Department {
        return None;
    }
    let own = situation.superior.as_ref().map_or("本级政府", |own| own.name.as_str());
    let sentence =
        format!("向上级主管部门“{}”请示、报告重大事项，应当经“{own}”同意或者授权。", to.name);
    let next = format!("请附上“{own}”同意的文件；属于本部门职权范围内的事项，请写明。");
    Some(Finding::new(sentence, next))
}

/// How an official is called in a line that addresses him.
const PERSONS: [&str; 17] = [
    "省长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "书记",
    "厅长",
    "局长",
    "主任",
    "处长",
    "部长",
    "主席",
    "秘书长",
    "同志",
    "先生",
    "领导",
];

/// Lines at the beginning of a text among which the addressing stands.
const ADDRESSING_LINES: usize = 3;

/// 第十五条（五）
pub(super) fn not_to_a_person(situation: &Situation) -> Option<Finding> {
    let up = situation.is_upward()
        || situation.is(DocumentType::Report)
        || situation.is(DocumentType::RequestForInstruction);
    if !up {
        return None;
    }
    let mut first = situation.lines.iter().take(ADDRESSING_LINES).map(|line| line.trim());
    let to = first.find_map(|line| {
        let to = line.strip_suffix('：').or_else(|| line.strip_suffix(':'))?;
        PERSONS.iter().any(|person| to.ends_with(person)).then_some(to)
    })?;
    let sentence = format!("不得以本机关名义向上级机关负责人报送公文，正文抬头写的是“{to}”。");
    let next = "请把抬头改为主送机关的名称；负责人直接交办的事项，请写明何人何时交办。";
    Some(Finding::new(sentence, next))
}

/// Types of document that matter enough for those above to know.
const IMPORTANT: [DocumentType; 3] =
    [DocumentType::Decision, DocumentType::Order, DocumentType::Opinion];

/// 第十六条（一）
pub(super) fn superior_informed(situation: &Situation) -> Option<Finding> {
    let superior = situation.superior.as_ref()?;
    let is_important = IMPORTANT.contains(&situation.head.document_type)
        || situation.head.normative
        || situation.head.urgency == Urgency::MostUrgent;
    let known = situation.goes_to(std::slice::from_ref(&superior.id));
    if !is_important || known || !situation.is_downward() {
        return None;
    }
    let sentence = format!("重要的下行文应当同时抄送直接上级机关“{}”。", superior.name);
    Some(Finding::new(sentence, "如属重要行文，请把它列入抄送机关。"))
}

/// 第十六条（二）: a department gives no orders to governments below.
pub(super) fn no_orders_to_governments(situation: &Situation) -> Option<Finding> {
    if !matches!(situation.issuer.kind, PartyKind::Department | PartyKind::Internal)
        || situation.is(DocumentType::Letter)
    {
        return None;
    }
    let below: Vec<&Party> = situation
        .recipients
        .iter()
        .filter(|party| party.is_subordinate() && party.governs())
        .collect();
    let first = below.first()?;
    if situation.lines.iter().any(|line| says_government_agreed(line)) {
        return None;
    }
    let more = if below.len() > 1 { format!("等{}个机关", below.len()) } else { String::new() };
    let sentence = format!(
        "“{}”是部门，不得向下级政府“{}”{more}发布指令性公文。",
        situation.issuer.name, first.name
    );
    let next = "请改送对口部门，或改用“函”；经本级政府同意的，请在正文注明“经……政府同意”。";
    Some(Finding::new(sentence, next))
}

/// As far from 经 as the name of a government can reach.
const AGREED_REACH: usize = 16;

/// 经省人民政府同意: what 第十六条（二） wants to be written.
fn says_government_agreed(line: &str) -> bool {
    line.split('经').skip(1).any(|rest| {
        let near: String = rest.chars().take(AGREED_REACH).collect();
        ["政府同意", "政府批准", "政府授权"].iter().any(|word| near.contains(word))
    })
}

/// 第十六条（四）
pub(super) fn departments_agree(situation: &Situation) -> Option<Finding> {
    if !situation.is_downward() || situation.objecting.is_empty() {
        return None;
    }
    let who = names(situation.objecting.iter().map(String::as_str));
    let sentence = format!("{who}会签时不同意，部门之间未协商一致的不得向下行文。");
    let next = "请协商一致后重新送其会签；已另行取得一致的，附上意见或写明协商结果。";
    Some(Finding::new(sentence, next))
}

/// 第十七条: bodies that issue together are of one rank.
pub(super) fn joint_of_one_rank(situation: &Situation) -> Option<Finding> {
    let other =
        situation.joint.iter().find(|party| party.is_superior() || party.is_subordinate())?;
    let sentence = format!("只有同级机关才能联合行文，“{}”与本机关不同级。", other.name);
    Some(Finding::new(sentence, "请从联合发文机关中删去，或改为会签、抄送。"))
}

/// Endings of names of offices within a body.
const INTERNAL: [&str; 7] = ["处", "科", "股", "室", "队", "中心", "组"];

/// 第十七条: no office within a body issues outside, but the general office.
pub(super) fn internal_office(situation: &Situation) -> Option<Finding> {
    let next = "请改以本机关或者本机关办公厅（室）的名义行文。";
    let refused = |name: &str| {
        let sentence = format!("“{name}”是内设机构，除办公厅（室）外不得对外正式行文。");
        Some(Finding::new(sentence, next))
    };
    if situation.issuer.kind == PartyKind::Internal {
        let outside = situation.recipients.iter().any(|party| !party.is_superior());
        return if outside { refused(&situation.issuer.name) } else { None };
    }
    let head = before_matter(situation.title());
    let bodies = [&situation.issuer, &situation.drafting];
    let within = bodies.iter().find_map(|body| {
        [&body.name, &body.short_name].into_iter().find_map(|name| head.strip_prefix(name.as_str()))
    })?;
    let is_office = within.ends_with("办公厅") || within.ends_with("办公室");
    let is_internal = INTERNAL.iter().any(|ending| within.ends_with(ending));
    if is_internal && !is_office { refused(head) } else { None }
}

/// What gives a department something to do or to decide, after its name.
const TASKED: [&str; 14] = [
    "负责", "牵头", "配合", "应当", "要", "须", "审批", "审核", "安排", "拨付", "核定", "统筹",
    "办理", "落实",
];
/// How far after its name.
const TASK_REACH: usize = 8;

/// 第十九条（六）
pub(super) fn others_consulted(situation: &Situation) -> Option<Finding> {
    let asked: BTreeSet<_> = [&situation.joint, &situation.countersign, &situation.recipients]
        .into_iter()
        .flatten()
        .map(|party| &party.id)
        .chain([&situation.issuer.id, &situation.drafting.id])
        .collect();
    let others = situation.departments.iter().filter(|party| !asked.contains(&party.id));
    let lines: Vec<String> = situation.lines.iter().map(|line| unquoted(line)).collect();
    let touched: Vec<(&Party, String)> =
        others.filter_map(|party| Some((party, tasked(party, &lines)?))).collect();
    let (_, words) = touched.first()?;
    let who = named(touched.iter().map(|(party, _)| *party));
    let sentence = format!("正文“{words}”涉及{who}的职权，还没有征求其意见。");
    let next = "请把它列入会签单位；已经征求过意见的，附上其书面意见。";
    Some(Finding::new(sentence, next))
}

/// The words with which a text gives a department something to do.
fn tasked(party: &Party, lines: &[String]) -> Option<String> {
    let found = |name: &String| {
        lines.iter().find_map(|line| {
            line.match_indices(name.as_str()).find_map(|(place, _)| {
                let rest = line.get(place.saturating_add(name.len())..)?;
                let near: String = rest.chars().take(TASK_REACH).collect();
                let near = near.split(['，', '。', '；', '、']).next().unwrap_or_default();
                first_of(near, &TASKED)?;
                Some(format!("{name}{near}"))
            })
        })
    };
    [&party.name, &party.short_name].into_iter().find_map(found)
}
