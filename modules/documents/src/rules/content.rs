//! What a document says: requests in the wrong place, requests passed on raw, forms asked of the
//! base (条例 第十五条（三）（四）, 减负规定).

use super::words::{first_of, quoted, sentences, shown, unquoted};
use super::{Finding, Situation};
use crate::model::DocumentType;

/// What asks a superior for something.
const ASKING: [&str; 13] = [
    "恳请",
    "请求",
    "申请",
    "拟请",
    "请予批准",
    "请予支持",
    "请予解决",
    "请予审批",
    "请批准",
    "请批复",
    "请审批",
    "请给予",
    "请同意",
];

/// What ends a request.
const AWAITING: [&str; 10] = [
    "请批示",
    "请批复",
    "请予批示",
    "请予批复",
    "请审批",
    "请予审批",
    "请批准",
    "请予批准",
    "请指示",
    "请予指示",
];

/// What asks for something else besides.
const BESIDES: [&str; 6] = ["另，", "另外", "此外", "同时", "二是", "并请"];

fn asks(sentence: &str) -> bool {
    let sentence = unquoted(sentence);
    first_of(&sentence, &ASKING).is_some()
}

/// 第十五条（四）: one request, one matter.
pub(super) fn one_matter(situation: &Situation) -> Option<Finding> {
    if !situation.is(DocumentType::RequestForInstruction) {
        return None;
    }
    let (first, second) = two_matters(situation)?;
    let sentence = format!(
        "请示应当一文一事，本文有两项请示事项：“{}”和“{}”。",
        shown(&first),
        shown(&second)
    );
    Some(Finding::new(sentence, "请分成两份请示，分别报送。"))
}

/// Two things that are asked for: in the title, under two headings, or in one text with a second
/// one besides.
fn two_matters(situation: &Situation) -> Option<(String, String)> {
    let in_title = two_in_title(situation.title());
    in_title.or_else(|| two_in_sections(situation)).or_else(|| two_in_text(situation))
}

/// Verbs with which a matter is asked for in a title.
const MATTERS: [&str; 18] = [
    "申请", "请求", "批准", "增加", "追加", "拨付", "解决", "设立", "调整", "减免", "安排", "同意",
    "启动", "成立", "举办", "新建", "划拨", "核定",
];

fn two_in_title(title: &str) -> Option<(String, String)> {
    let title = unquoted(title);
    let (_, matter) = title.split_once("关于")?;
    let matter = matter.strip_suffix("的请示").unwrap_or(matter);
    ["以及", "及", "和", "并", "、"].iter().find_map(|and| {
        matter.match_indices(and).find_map(|(place, _)| {
            let before = matter.get(..place)?;
            let after = matter.get(place.saturating_add(and.len())..)?;
            let both = [before, after].iter().all(|part| {
                MATTERS.iter().any(|verb| part.starts_with(verb)) && part.chars().count() > 3
            });
            both.then(|| (before.to_owned(), after.to_owned()))
        })
    })
}

fn two_in_sections(situation: &Situation) -> Option<(String, String)> {
    let mut asking = situation.sections.iter().filter_map(|lines| {
        let asks_here = sentences(lines).any(asks);
        asks_here.then(|| lines.first().map_or("", |line| line.trim()).to_owned())
    });
    Some((asking.next()?, asking.next()?))
}

fn two_in_text(situation: &Situation) -> Option<(String, String)> {
    let mut first = None;
    for sentence in sentences(&situation.lines).filter(|sentence| asks(sentence)) {
        let besides = BESIDES.iter().any(|word| sentence.contains(word));
        if let Some(first) = first.take().filter(|_| besides) {
            return Some((first, sentence.to_owned()));
        }
        first = Some(sentence.to_owned());
    }
    None
}

/// 第十五条（四）: no request hides in what is none.
pub(super) fn hidden_request(situation: &Situation) -> Option<Finding> {
    let kind = situation.head.document_type;
    let may_ask = matches!(
        kind,
        DocumentType::RequestForInstruction
            | DocumentType::Opinion
            | DocumentType::Letter
            | DocumentType::Motion
    );
    if may_ask || !(kind == DocumentType::Report || situation.is_upward()) {
        return None;
    }
    let ends = |sentence: &&str| {
        let sentence = unquoted(sentence);
        let begs = ["恳请", "请求", "拟请"].iter().any(|word| sentence.contains(word));
        begs || first_of(&sentence, &AWAITING).is_some()
    };
    let found = sentences(&situation.lines).find(ends)?;
    let sentence =
        format!("{}中夹带了请示事项：“{}”。", situation.head.document_type.name(), shown(found));
    Some(Finding::new(sentence, "请删去，另用“请示”报送；只汇报情况的，以“特此报告”结尾。"))
}

/// What passes another's request on.
const PASSING_ON: [&str; 6] = ["转报", "转呈", "转上报", "原文报送", "随文报上", "现予上报"];
/// What tells one's own view.
const OWN_VIEW: [&str; 8] =
    ["认为", "经研究", "经审核", "拟同意", "建议", "倾向性意见", "拟予", "我们意见"];

/// 第十五条（三）: a lower body's request goes up with one's own view, never raw.
pub(super) fn raw_forward(situation: &Situation) -> Option<Finding> {
    if !situation.is_upward() {
        return None;
    }
    let texts = || std::iter::once(situation.title()).chain(situation.lines.iter().map(|l| &**l));
    let own = [&situation.issuer.name, &situation.issuer.short_name];
    let theirs = texts().flat_map(quoted).find(|title| {
        title.ends_with("请示") && !own.iter().any(|name| title.starts_with(name.as_str()))
    })?;
    let passes = texts().any(|text| first_of(text, &PASSING_ON).is_some());
    let views = situation.lines.iter().any(|line| first_of(&unquoted(line), &OWN_VIEW).is_some());
    if !passes || views {
        return None;
    }
    let sentence = format!("原文转报了《{}》，没有提出本机关的倾向性意见。", shown(&theirs));
    Some(Finding::new(sentence, "请在正文写明本机关研究后的意见（如“经研究，拟同意……”）再上报。"))
}

/// What is filled in by the base.
const FORMS: [&str; 10] =
    ["填报", "报表", "统计表", "台账", "月报", "周报", "日报", "季报", "考核评比", "排名通报"];
/// What asks for it.
const DEMANDING: [&str; 10] =
    ["请", "应当", "须", "务必", "每月", "每周", "每日", "每季度", "按月", "定期"];

/// Sentences longer than this hold more than one thing, and nothing is concluded from them.
const SENTENCE_MAX: usize = 120;

/// 整治形式主义为基层减负若干规定: forms need a permit.
pub(super) fn forms_permitted(situation: &Situation) -> Option<Finding> {
    let permitted = !situation.head.report_form_number.is_empty();
    if permitted || !situation.is_downward() {
        return None;
    }
    let found = sentences(&situation.lines).find_map(|sentence| {
        let own = unquoted(sentence);
        let form = first_of(&own, &FORMS)?;
        let asked = first_of(&own, &DEMANDING).is_some() && own.chars().count() <= SENTENCE_MAX;
        asked.then_some((form, sentence))
    });
    let (form, words) = found?;
    let sentence = format!("要求下级“{form}”：“{}”，没有报表准入编号。", shown(words));
    let next = "请填写报表准入编号；没有准入的，请删去这项要求或先办理准入。";
    Some(Finding::new(sentence, next))
}
