//! 保管期限 as 国家档案局令第8号 proposes it from type, direction and subject. The order tells important
//! from ordinary (第六条至第八条); which words mark a subject is this table's reading of it, for a
//! clerk to confirm or to change.

use crate::incoming::Received;
use crate::model::{Document, DocumentType, Retention};
use crate::paper;
use lingnan_api::text;
use lingnan_base::UnitId;
use lingnan_directory::Level;
use lingnan_handlers::Setting;
use lingnan_journal::{Kind, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// Whence a document comes to whoever keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// 本机关制发
    Own,
    /// 上级来文
    FromAbove,
    /// 同级或下级来文
    FromBeside,
}

impl Direction {
    /// Of what a unit of level `receiver` has from one of level `sender`.
    #[must_use]
    pub fn received(sender: Level, receiver: Level) -> Self {
        if sender < receiver { Self::FromAbove } else { Self::FromBeside }
    }
}

/// What is proposed, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proposal {
    /// For how long.
    pub retention: Retention,
    /// The article it rests on.
    pub article: &'static str,
    /// What of the document makes it so.
    pub why: &'static str,
}

struct Rule {
    direction: Direction,
    /// Any type when there is none.
    types: &'static [DocumentType],
    /// Any subject when there is none.
    words: &'static [&'static str],
    proposal: Proposal,
}

const fn propose(retention: Retention, article: &'static str, why: &'static str) -> Proposal {
    Proposal { retention, article, why }
}

use Direction::{FromAbove, FromBeside, Own};
use DocumentType as Type;
use Retention::{Permanent, TenYears, ThirtyYears};

/// The first that fits holds; the last of each direction always does.
const RULES: [Rule; 16] = [
    Rule {
        direction: Own,
        types: &[],
        words: &[
            "任免",
            "任命",
            "任职",
            "免去",
            "机构改革",
            "机构设置",
            "机构编制",
            "更名",
            "撤并",
        ],
        proposal: propose(Permanent, "8号令第七条（五）", "机构演变、人事任免"),
    },
    Rule {
        direction: Own,
        types: &[],
        words: &["土地征", "征收土地", "征用", "房屋买卖", "合同", "协议", "资产登记", "资产划转"],
        proposal: propose(Permanent, "8号令第七条（六）", "房地产、合同协议、资产凭证"),
    },
    Rule {
        direction: Own,
        types: &[],
        words: &["放假", "值班", "会务", "报名", "召开", "参加会议", "培训班"],
        proposal: propose(TenYears, "8号令第八条（二）（四）", "一般性会议、事务管理"),
    },
    Rule {
        direction: Own,
        types: &[],
        words: &["办法", "规定", "细则", "条例", "规划", "实施方案"],
        proposal: propose(Permanent, "8号令第七条（一）", "本机关制定的法规政策性文件"),
    },
    Rule {
        direction: Own,
        types: &[Type::Order, Type::Resolution, Type::Decision, Type::Communique],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（一）", "本机关制定的法规政策性文件"),
    },
    Rule {
        direction: Own,
        types: &[Type::Minutes],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（二）", "重要会议的纪要"),
    },
    Rule {
        direction: Own,
        types: &[Type::Opinion, Type::Motion, Type::Proclamation],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（三）", "重要业务文件"),
    },
    Rule {
        direction: Own,
        types: &[Type::RequestForInstruction],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（四）", "重要问题的请示"),
    },
    Rule {
        direction: Own,
        types: &[Type::ReplyToRequest],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（八）", "对下级请示的批复"),
    },
    Rule {
        direction: Own,
        types: &[Type::Report],
        words: &["年度", "全年", "总结", "综合统计"],
        proposal: propose(Permanent, "8号令第七条（四）", "重要的报告、总结、综合统计"),
    },
    Rule {
        direction: Own,
        types: &[],
        words: &[],
        proposal: propose(ThirtyYears, "8号令第八条（一）", "一般性业务文件"),
    },
    Rule {
        direction: FromAbove,
        types: &[Type::ReplyToRequest],
        words: &[],
        proposal: propose(Permanent, "8号令第七条（四）", "上级机关的批复"),
    },
    Rule {
        direction: FromAbove,
        types: &[Type::Order, Type::Resolution, Type::Decision, Type::Opinion],
        words: &[],
        proposal: propose(ThirtyYears, "8号令第八条（六）", "上级机关的一般性业务文件"),
    },
    Rule {
        direction: FromAbove,
        types: &[],
        words: &[],
        proposal: propose(TenYears, "8号令第八条（七）", "上级机关的文件，需贯彻执行"),
    },
    Rule {
        direction: FromBeside,
        types: &[Type::Report],
        words: &["年度", "全年", "总结", "统计", "专题"],
        proposal: propose(ThirtyYears, "8号令第八条（九）", "下级机关的年度总结、统计、专题报告"),
    },
    Rule {
        direction: FromBeside,
        types: &[],
        words: &[],
        proposal: propose(TenYears, "8号令第八条（八）", "同级、下级机关的一般性来文"),
    },
];

/// What is proposed for a document of a type, a direction and a title.
#[must_use]
pub fn proposal(direction: Direction, kind: DocumentType, title: &str) -> Proposal {
    let fits = |rule: &&Rule| {
        rule.direction == direction
            && (rule.types.is_empty() || rule.types.contains(&kind))
            && (rule.words.is_empty() || rule.words.iter().any(|word| title.contains(word)))
    };
    let unknown = propose(Permanent, "8号令第七条", "类别不明，从长保管");
    RULES.iter().find(fits).map_or(unknown, |rule| rule.proposal)
}

/// What is proposed for a document that a unit received.
///
/// # Errors
/// A refusal when what was received is not there any more.
pub fn of_received(
    setting: &Setting,
    received: &Received,
    document: Option<&Document>,
) -> Result<Proposal, Refusal> {
    let Some(document) = document else { return Ok(of_paper(setting, received)) };
    let head = document.head.as_ref().ok_or_else(Refusal::missing)?;
    let direction = setting.with_directory(|directory| {
        let level = |unit: &UnitId| directory.unit(unit).map(|unit| unit.level);
        let sender = document.unit.as_ref().and_then(level);
        let (sender, receiver) = (sender?, level(&received.unit)?);
        Some(Direction::received(sender, receiver))
    });
    // A unit that the directory has lost counts as one from above: what it sent bound others.
    let direction = direction.unwrap_or(Direction::FromAbove);
    Ok(proposal(direction, head.document_type, &received.title))
}

/// What is proposed for a document that came on paper.
fn of_paper(setting: &Setting, received: &Received) -> Proposal {
    let sender = paper::sender(setting, &received.sender);
    let direction = setting.with_directory(|directory| {
        let level = |unit: &UnitId| directory.unit(unit).map(|unit| unit.level);
        Some(Direction::received(level(sender.as_ref()?)?, level(&received.unit)?))
    });
    let direction = direction.unwrap_or(Direction::FromAbove);
    let kind = paper::document_type(&received.title);
    proposal(direction, kind.unwrap_or(DocumentType::Notice), &received.title)
}

/// The reason for what was chosen: needed when that is shorter than what was proposed.
///
/// # Errors
/// A refusal when it is missing or too long.
pub fn reason(chosen: Retention, proposed: Proposal, given: &str) -> Result<String, Refusal> {
    let given = text::optional(given, "改定保管期限的理由", text::REASON_MAX)?;
    if chosen.years() < proposed.retention.years() && given.is_empty() {
        let (chosen, name) = (chosen.name(), proposed.retention.name());
        let message = format!("按规定建议保管{name}，改为{chosen}短于建议，须说明理由。");
        return Err(Refusal::new(Kind::Invalid, "documents.retention_shorter", message)
            .with_rule(proposed.article)
            .with_next("请填写理由，或按建议的期限归档。"));
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_these_is_proposed_as_the_order_has_it() {
        for (direction, kind, title, retention, article) in [
            (Own, Type::Notice, "关于印发公务用车管理办法的通知", Permanent, "第七条（一）"),
            (Own, Type::Order, "关于防洪的命令", Permanent, "第七条（一）"),
            (Own, Type::Minutes, "省政府常务会议纪要", Permanent, "第七条（二）"),
            (Own, Type::Opinion, "关于稳定就业的意见", Permanent, "第七条（三）"),
            (Own, Type::RequestForInstruction, "关于设立专项的请示", Permanent, "第七条（四）"),
            (Own, Type::Report, "2026年度工作总结的报告", Permanent, "第七条（四）"),
            (Own, Type::Report, "关于巡堤情况的报告", ThirtyYears, "第八条（一）"),
            (Own, Type::Notice, "关于王某任职的通知", Permanent, "第七条（五）"),
            (Own, Type::Letter, "关于签订合作协议的函", Permanent, "第七条（六）"),
            (Own, Type::ReplyToRequest, "关于同意建站的批复", Permanent, "第七条（八）"),
            (Own, Type::Notice, "关于做好冬修水利工作的通知", ThirtyYears, "第八条（一）"),
            (Own, Type::Notice, "关于春节放假的通知", TenYears, "第八条（二）（四）"),
            (FromAbove, Type::ReplyToRequest, "关于同意建站的批复", Permanent, "第七条（四）"),
            (FromAbove, Type::Opinion, "关于稳定就业的意见", ThirtyYears, "第八条（六）"),
            (FromAbove, Type::Notice, "关于做好冬修水利的通知", TenYears, "第八条（七）"),
            (FromBeside, Type::Report, "2026年度总结", ThirtyYears, "第八条（九）"),
            (FromBeside, Type::Letter, "关于商请支持的函", TenYears, "第八条（八）"),
        ] {
            let told = proposal(direction, kind, title);
            assert_eq!(told.retention, retention, "{title}");
            assert_eq!(told.article, format!("8号令{article}"), "{title}");
        }
    }

    #[test]
    fn only_a_shorter_term_than_proposed_needs_a_reason() {
        let proposed = proposal(Own, Type::Letter, "关于商请支持的函");
        assert_eq!(proposed.retention, ThirtyYears);
        let told = reason(TenYears, proposed, " ").unwrap_err();
        assert_eq!(told.code, "documents.retention_shorter");
        assert_eq!(reason(TenYears, proposed, "内容已并入年报").unwrap(), "内容已并入年报");
        assert_eq!(reason(ThirtyYears, proposed, "").unwrap(), "");
        assert_eq!(reason(Permanent, proposed, "").unwrap(), "");
    }

    #[test]
    fn what_comes_from_a_higher_level_comes_from_above() {
        assert_eq!(Direction::received(Level::Province, Level::City), FromAbove);
        assert_eq!(Direction::received(Level::City, Level::City), FromBeside);
        assert_eq!(Direction::received(Level::Town, Level::County), FromBeside);
    }
}
