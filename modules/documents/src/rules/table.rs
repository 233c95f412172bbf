//! The table: one line a rule, in the order of the articles.

use super::Stage::{Draft, Issue, Legality, Review, SignOff, Submit};
use super::{Rule, Situation, Stage, Way, content, form, review, route};

/// Hinted while drafting, and in the way of everything that follows.
const THROUGHOUT: &[Stage] = &[Draft, Submit, Review, Issue];
/// Whoever signs signs last, what others have approved as it stands.
const ENDORSED: &[Stage] = &[SignOff, Issue];
/// Told until it is submitted.
const TOLD: &[Stage] = &[Draft, Submit];

/// 审核的重点 (条例 第二十条).
pub(super) const REVIEW: &str = "20";
/// What a legality review looks at (国办发〔2018〕115号 二（六）).
pub(super) const LEGALITY_ITEMS: &str = "legality.items";
/// 国办发〔2018〕115号, as it is cited.
const LEGALITY: &str =
    "《国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见》（国办发〔2018〕115号）";

type Check = fn(&Situation) -> Option<super::Finding>;

const fn rule(id: &'static str, article: &'static str, way: Way, check: Check) -> Rule {
    let at = if matches!(way, Way::Hint) { TOLD } else { THROUGHOUT };
    Rule { id, article, way, at, check }
}

/// Every rule.
pub static RULES: [Rule; 36] = [
    rule("8", "《党政机关公文处理工作条例》第八条", Way::Mend, form::statutory_type),
    rule("8.direction", "《党政机关公文处理工作条例》第八条", Way::Mend, route::direction),
    rule("8.meeting", "《党政机关公文处理工作条例》第八条（一）（十五）", Way::Mend, form::meeting),
    rule("8.reply", "《党政机关公文处理工作条例》第八条（十二）", Way::Mend, form::reply_quotes),
    Rule {
        id: "9.5",
        article: "《党政机关公文处理工作条例》第九条（五）",
        way: Way::Mend,
        at: &[Draft, Submit, Review, SignOff, Issue],
        check: form::issuers_in_being,
    },
    rule("9.6", "《党政机关公文处理工作条例》第九条（六）", Way::Mend, form::signer_named),
    rule("9.7", "《党政机关公文处理工作条例》第九条（七）", Way::Mend, form::title),
    rule("9.14", "《党政机关公文处理工作条例》第九条（十四）", Way::Hint, form::contact),
    rule("13", "《党政机关公文处理工作条例》第十三条", Way::Hint, review::needed),
    rule("14", "《党政机关公文处理工作条例》第十四条", Way::Reason, route::skipped_level),
    rule("15.1", "《党政机关公文处理工作条例》第十五条（一）", Way::Mend, route::one_superior),
    rule(
        "15.1.copies",
        "《党政机关公文处理工作条例》第十五条（一）",
        Way::Mend,
        route::no_copy_below,
    ),
    rule(
        "15.2",
        "《党政机关公文处理工作条例》第十五条（二）",
        Way::AttachmentOrReason,
        route::consent_of_own_government,
    ),
    rule("15.3", "《党政机关公文处理工作条例》第十五条（三）", Way::Mend, content::raw_forward),
    rule("15.4", "《党政机关公文处理工作条例》第十五条（四）", Way::Mend, content::one_matter),
    rule(
        "15.4.hidden",
        "《党政机关公文处理工作条例》第十五条（四）",
        Way::Mend,
        content::hidden_request,
    ),
    rule("15.5", "《党政机关公文处理工作条例》第十五条（五）", Way::Reason, route::not_to_a_person),
    rule("16.1", "《党政机关公文处理工作条例》第十六条（一）", Way::Hint, route::superior_informed),
    rule(
        "16.2",
        "《党政机关公文处理工作条例》第十六条（二）",
        Way::Mend,
        route::no_orders_to_governments,
    ),
    rule(
        "16.4",
        "《党政机关公文处理工作条例》第十六条（四）",
        Way::AttachmentOrReason,
        route::departments_agree,
    ),
    rule("17", "《党政机关公文处理工作条例》第十七条", Way::Mend, route::internal_office),
    rule("17.joint", "《党政机关公文处理工作条例》第十七条", Way::Mend, route::joint_of_one_rank),
    rule("19.3", "《党政机关公文处理工作条例》第十九条（三）", Way::Mend, form::blanks),
    rule(
        "19.6",
        "《党政机关公文处理工作条例》第十九条（六）",
        Way::Attachment,
        route::others_consulted,
    ),
    Rule {
        id: REVIEW,
        article: "《党政机关公文处理工作条例》第二十条",
        way: Way::Checklist,
        at: &[Review],
        check: review::checklist,
    },
    rule("22", "《党政机关公文处理工作条例》第二十二条", Way::Mend, review::signer_level),
    rule("22.joint", "《党政机关公文处理工作条例》第二十二条", Way::Mend, review::joint_signs),
    Rule {
        id: "22.joint.signed",
        article: "《党政机关公文处理工作条例》第二十二条",
        way: Way::Mend,
        at: ENDORSED,
        check: review::joint_signed,
    },
    Rule {
        id: "25.1",
        article: "《党政机关公文处理工作条例》第二十五条（一）",
        way: Way::Hint,
        at: &[Draft],
        check: review::changed_after_signing,
    },
    rule(
        "openness",
        "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号）一（一）",
        Way::Mend,
        form::openness,
    ),
    rule("legality", LEGALITY, Way::Attachment, review::legality_material),
    Rule {
        id: LEGALITY_ITEMS,
        article: LEGALITY,
        way: Way::Checklist,
        at: &[Legality],
        check: review::legality_items,
    },
    Rule {
        id: "legality.passed",
        article: LEGALITY,
        way: Way::Mend,
        at: ENDORSED,
        check: review::legality_passed,
    },
    rule(
        "normative",
        "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）",
        Way::Hint,
        review::looks_normative,
    ),
    rule("competition", "《公平竞争审查条例》第十八条", Way::Attachment, review::fair_competition),
    rule("forms", "《整治形式主义为基层减负若干规定》三", Way::Mend, content::forms_permitted),
];
