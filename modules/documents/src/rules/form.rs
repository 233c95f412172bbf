//! What a document is called and must show: 条例 第八条, 第九条.

use super::words::{before_matter, shown, unbracketed};
use super::{Finding, Situation};
use crate::model::{DocumentType, Openness};
use crate::template::BLANK;

/// What is often written at the end of a title and is no type of document.
const NO_TYPES: [&str; 14] = [
    "办法", "方案", "规划", "计划", "细则", "规定", "规则", "要点", "总结", "预案", "章程", "规程",
    "安排", "条例",
];

/// Every type, in the order of 第八条.
pub(super) const TYPES: [DocumentType; 15] = [
    DocumentType::Resolution,
    DocumentType::Decision,
    DocumentType::Order,
    DocumentType::Communique,
    DocumentType::Proclamation,
    DocumentType::PublicNotice,
    DocumentType::Opinion,
    DocumentType::Notice,
    DocumentType::Circular,
    DocumentType::Report,
    DocumentType::RequestForInstruction,
    DocumentType::ReplyToRequest,
    DocumentType::Motion,
    DocumentType::Letter,
    DocumentType::Minutes,
];

/// How a type stands at the end of a title.
const fn ending(kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::Order => "令",
        _ => kind.name(),
    }
}

/// 第八条: 方案, 办法 and the like are issued by a 通知.
pub(super) fn statutory_type(situation: &Situation) -> Option<Finding> {
    let title = unbracketed(situation.title());
    let word = NO_TYPES.iter().find(|word| title.ends_with(**word))?;
    let matter = title.strip_prefix(before_matter(title)).unwrap_or(title);
    let matter = matter.strip_prefix("关于").unwrap_or(matter);
    let sentence = format!("“{word}”不是法定文种，不能单独行文。");
    let next = format!(
        "请用“通知”印发，例如“{}关于印发《{}》的通知”。",
        situation.issuer.name,
        shown(matter)
    );
    Some(Finding::new(sentence, next))
}

/// 第九条（五）: a document bears the names of bodies that are.
pub(super) fn issuers_in_being(situation: &Situation) -> Option<Finding> {
    let (gone, into) = situation.merged.first()?;
    let sentence = format!("发文机关“{}”已并入“{}”，不能再以其名义发文。", gone.name, into.name);
    let leads = gone.id == situation.issuer.id;
    let among = into.id == situation.issuer.id || situation.joint.iter().any(|p| p.id == into.id);
    let next = if leads {
        format!("请改以“{}”的名义发文。", into.name)
    } else if among {
        "它并入的机关已在发文机关之中，请从联合发文机关和会签单位中删去。".to_owned()
    } else {
        format!("请在联合发文机关和会签单位中改为“{}”，标题中的机关名称一并改。", into.name)
    };
    Some(Finding::new(sentence, next))
}

/// 第九条（七）: issuer, matter and type.
pub(super) fn title(situation: &Situation) -> Option<Finding> {
    if super::route::internal_office(situation).is_some() || statutory_type(situation).is_some() {
        return None;
    }
    let kind = situation.head.document_type;
    let title = unbracketed(situation.title());
    let Some(before_type) = title.strip_suffix(ending(kind)) else {
        return Some(other_ending(title, kind));
    };
    // 纪要 is named after its meeting, 命令 has no title on its page (GB/T 9704-2012 10.2, 10.3).
    if kind == DocumentType::Minutes {
        return None;
    }
    let issuer = &situation.issuer;
    let names = [&issuer.name, &issuer.short_name];
    let matter = names.into_iter().find_map(|name| before_type.strip_prefix(name.as_str()));
    let Some(matter) = matter else { return Some(other_issuer(situation)) };
    let announced = matches!(
        kind,
        DocumentType::Order
            | DocumentType::Communique
            | DocumentType::Proclamation
            | DocumentType::PublicNotice
    );
    let matter = matter.trim_end_matches('的');
    if announced || matter.trim_start_matches("关于").chars().count() > 1 {
        return None;
    }
    let sentence = format!("标题“{}”没有写事由。", shown(title));
    let next = format!("请改为“{}关于……的{}”。", issuer.name, ending(kind));
    Some(Finding::new(sentence, next))
}

fn other_ending(title: &str, kind: DocumentType) -> Finding {
    let other = TYPES.into_iter().find(|other| title.ends_with(ending(*other)));
    match other {
        Some(other) => {
            let (other, kind) = (ending(other), kind.name());
            Finding::new(
                format!("标题以“{other}”结尾，选的文种却是“{kind}”。"),
                format!("请把文种改为“{other}”，或把标题改为以“{kind}”结尾。"),
            )
        }
        None => Finding::new(
            format!("标题“{}”没有写文种。", shown(title)),
            format!("请在标题末尾写明文种，例如“……的{}”。", ending(kind)),
        ),
    }
}

fn other_issuer(situation: &Situation) -> Finding {
    let (title, issuer) = (situation.title(), &situation.issuer.name);
    let head = before_matter(title);
    if head.is_empty() || head == title {
        let sentence = format!("标题“{}”没有写发文机关名称。", shown(title));
        return Finding::new(sentence, format!("请在标题开头写“{issuer}”。"));
    }
    let sentence = format!("标题写的发文机关是“{}”，本文的发文机关是“{issuer}”。", shown(head));
    let next = "请改正标题开头的机关名称；以本级政府名义发文的，请在“发文机关”中选择。";
    Finding::new(sentence, next)
}

/// 第八条（十二）: a 批复 says which 请示 it answers.
pub(super) fn reply_quotes(situation: &Situation) -> Option<Finding> {
    if !situation.is(DocumentType::ReplyToRequest) {
        return None;
    }
    let answers = situation.head.answers.as_ref();
    let Some(answers) = answers.filter(|answers| !answers.title.is_empty()) else {
        let next = "请在“答复来文”中填写来文的标题和字号。";
        return Some(Finding::new("批复没有写明答复的是哪一份请示。", next));
    };
    let text = level_brackets(&situation.lines.concat());
    let matter = answers.title.find("关于").and_then(|place| answers.title.get(place..));
    let quotes_title = text.contains(&level_brackets(matter.unwrap_or(&answers.title)));
    let quotes_number = text.contains(&level_brackets(&answers.number));
    if quotes_title && quotes_number {
        return None;
    }
    let cited = format!("《{}》（{}）", answers.title, answers.number);
    let cited = if answers.number.is_empty() { format!("《{}》", answers.title) } else { cited };
    let sentence = format!("批复的正文没有引述来文{cited}。");
    Some(Finding::new(sentence, format!("请在正文开头写“你单位{cited}收悉”。")))
}

/// 〔2026〕, ［2026］, [2026] and 〈…〉 within 《…》 are one.
fn level_brackets(text: &str) -> String {
    let level = |c: char| match c {
        '［' | '[' => '〔',
        '］' | ']' => '〕',
        '〈' => '《',
        '〉' => '》',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(level).collect()
}

/// 第八条（一）（十五）: which meeting a resolution or minutes tell of.
pub(super) fn meeting(situation: &Situation) -> Option<Finding> {
    let (is_resolution, is_minutes) =
        (situation.is(DocumentType::Resolution), situation.is(DocumentType::Minutes));
    let meeting = situation.head.meeting.clone().unwrap_or_default();
    let missing = match () {
        () if !is_resolution && !is_minutes => return None,
        () if meeting.name.is_empty() => "会议名称",
        () if meeting.date.is_empty() => "会议日期",
        () => return None,
    };
    let kind = situation.head.document_type.name();
    let sentence = format!("{kind}没有写明{missing}。");
    Some(Finding::new(sentence, format!("请在“会议”中填写{missing}。")))
}

/// 第九条（六）: a document that goes up shows who signed it, by name.
pub(super) fn signer_named(situation: &Situation) -> Option<Finding> {
    let signer = situation.signer.as_ref().filter(|signer| signer.is_vacant)?;
    if !situation.is_upward() {
        return None;
    }
    let sentence = format!("上行文应当标注签发人姓名，所选岗位“{}”现在没有人员。", signer.name);
    Some(Finding::new(sentence, "请选择有人在岗的签发人；代理主持工作的，先办理任职或委托。"))
}

/// 第九条（十四）: whoever gets a request must know whom to ask.
pub(super) fn contact(situation: &Situation) -> Option<Finding> {
    let known = situation.head.note.contains("联系人");
    if known || !situation.is(DocumentType::RequestForInstruction) {
        return None;
    }
    let sentence = "请示没有在附注处写明联系人和电话。";
    Some(Finding::new(sentence, "请在“附注”中填写，例如“联系人：张三，电话：020-12345678”。"))
}

/// 第十九条（三）: what a template leaves open is filled in.
pub(super) fn blanks(situation: &Situation) -> Option<Finding> {
    let lines = situation.lines.iter().map(String::as_str);
    let note = situation.head.note.as_str();
    let mut all = std::iter::once(situation.title()).chain(lines).chain([note]);
    let open = all.find_map(|line| line.get(line.find(BLANK)?..))?;
    let blank = open.split_inclusive('〕').next().unwrap_or(open);
    let sentence = format!("还有没有填写的“{}”。", shown(blank));
    Some(Finding::new(sentence, "请把标题、正文和附注中的〔待填〕都填好，不用的删去。"))
}

/// 国办发〔2016〕80号: every document says whether it is published, and why not.
pub(super) fn openness(situation: &Situation) -> Option<Finding> {
    let Some(openness) = situation.head.openness else {
        let next = "请选择主动公开、依申请公开或不予公开。";
        return Some(Finding::new("还没有填写公开属性。", next));
    };
    let (name, published) = (openness.name(), Openness::PUBLISHED);
    if openness == Openness::Active {
        return None;
    }
    if situation.head.note.contains(published) {
        let sentence = format!("公开属性为“{name}”，附注却写着“{published}”。");
        return Some(Finding::new(sentence, "请改正公开属性，或删去附注中的这一句。"));
    }
    let reason = &situation.head.openness_reason;
    reason.is_empty().then(|| {
        let sentence = format!("公开属性为“{name}”，没有说明理由。");
        Finding::new(sentence, "请依法依规写明不主动公开的理由。")
    })
}
