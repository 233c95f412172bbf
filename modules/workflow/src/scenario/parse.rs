//! Reading a scenario: one thing a line, a word and a full-width colon before it.

use lingnan_base::{PostId, Timestamp};
use lingnan_flow::ReturnMode;
use std::collections::BTreeMap;

/// Longest scenario, in bytes: the longest of the catalogue has a tenth of it.
const TEXT_MAX: usize = 32 * 1024;

/// Where a scenario does not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第{line}行：{what}")]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong and what could stand there.
    pub what: String,
}

/// What one does to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// 同意
    Approve,
    /// 不同意
    Reject,
    /// 退回 to a step, by its name.
    Return(String, ReturnMode),
    /// 转办
    Transfer(PostId),
    /// 前加签
    AddBefore(Vec<PostId>),
    /// 后加签
    AddAfter(Vec<PostId>),
    /// 并加签
    Join(Vec<PostId>),
    /// 认领
    Claim,
    /// 撤回
    Withdraw,
    /// 签收 a notice.
    Acknowledge,
    /// 发生: what a `wait … event` waits for.
    Happen(String),
}

/// A line of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// 发起 from a post at a moment.
    Start(PostId, Timestamp),
    /// 填写: what the next 发起 or 办理 fills in.
    Fill(BTreeMap<String, String>),
    /// 办理 a step, for one post or for every open ticket.
    Handle {
        /// The step's name.
        step: String,
        /// For which post.
        post: Option<PostId>,
        /// What is done.
        deed: Deed,
        /// The opinion.
        opinion: String,
    },
    /// 时间 passes.
    Pass(Span),
    /// 结果
    Result(String),
    /// 归档
    Archive(String),
}

/// How much time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// 个工作日
    WorkingDays(u32),
    /// 天
    Days(u32),
    /// 小时
    Hours(u32),
    /// 分钟
    Minutes(u32),
    /// Until a moment.
    Until(Timestamp),
}

/// A line with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: usize,
    /// What it says.
    pub said: Said,
}

/// A case of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What it is a case of.
    pub name: String,
    /// Its lines in order.
    pub lines: Vec<Line>,
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    /// [`Mistake`] names the first line that does not read.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        if text.len() > TEXT_MAX {
            return Err(mistake(1, format!("场景文本不能超过{TEXT_MAX}字节。")));
        }
        let mut scenario = Self { name: String::new(), lines: Vec::new() };
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let told = line.split_once('：').or_else(|| line.split_once(':'));
            let Some((word, rest)) = told else {
                return Err(mistake(number, format!("“{line}”中没有冒号。")));
            };
            let rest = rest.trim();
            if word.trim() == "场景" {
                rest.clone_into(&mut scenario.name);
                continue;
            }
            let said = said(word.trim(), rest).map_err(|what| mistake(number, what))?;
            scenario.lines.push(Line { number, said });
        }
        Ok(scenario)
    }
}

fn mistake(line: usize, what: String) -> Mistake {
    Mistake { line, what }
}

fn said(word: &str, rest: &str) -> Result<Said, String> {
    match word {
        "发起" => {
            let (post_text, at) = rest.split_once(' ').ok_or("应为“岗位 日期 时间”")?;
            let at = moment(at.trim()).ok_or_else(|| format!("“{at}”不是日期和时间"))?;
            Ok(Said::Start(post(post_text)?, at))
        }
        "填写" => fields(rest).map(Said::Fill),
        "办理" => handle(rest),
        "时间" => span(rest).map(Said::Pass).ok_or_else(|| format!("“{rest}”不是一段时间")),
        "结果" => Ok(Said::Result(rest.to_owned())),
        "归档" => Ok(Said::Archive(rest.to_owned())),
        _ => Err(format!("“{word}”应为场景、发起、填写、办理、时间、结果或归档")),
    }
}

fn post(text: &str) -> Result<PostId, String> {
    PostId::parse(text.trim()).map_err(|_| format!("“{text}”不是岗位编号"))
}

fn posts(text: &str) -> Result<Vec<PostId>, String> {
    text.split('、').map(post).collect()
}

fn fields(text: &str) -> Result<BTreeMap<String, String>, String> {
    let parts = text.split('；').filter(|part| !part.trim().is_empty());
    parts
        .map(|part| {
            let (name, value) = part
                .split_once('=')
                .or_else(|| part.split_once('＝'))
                .ok_or_else(|| format!("“{part}”应为“字段=内容”"))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn handle(text: &str) -> Result<Said, String> {
    let (text, opinion) = match text.split_once('“') {
        Some((before, rest)) => (before.trim(), rest.trim_end_matches('”').to_owned()),
        None => (text, String::new()),
    };
    let mut words = text.split_whitespace();
    let place = words.next().ok_or("应为“环节 办法”")?;
    let (step, for_post) = match place.split_once('（') {
        // A step's own name may hold brackets; what is in them is a post when it reads as one.
        Some((step, rest)) => match PostId::parse(rest.trim_end_matches('）')) {
            Ok(post) => (step, Some(post)),
            Err(_) => (place, None),
        },
        None => (place, None),
    };
    let deed = words.next().ok_or_else(|| format!("“{step}”之后应写明如何办理"))?;
    let object = words.next();
    let named = || object.ok_or_else(|| format!("“{deed}”之后应写明对象"));
    let deed = match deed {
        "同意" => Deed::Approve,
        "不同意" => Deed::Reject,
        "退回" => {
            let mode = match words.next() {
                Some("直达") => ReturnMode::Direct,
                None | Some("重走") => ReturnMode::Redo,
                Some(other) => return Err(format!("“{other}”应为直达或重走")),
            };
            Deed::Return(named()?.to_owned(), mode)
        }
        "转办" => Deed::Transfer(post(named()?)?),
        "前加签" => Deed::AddBefore(posts(named()?)?),
        "后加签" => Deed::AddAfter(posts(named()?)?),
        "并加签" => Deed::Join(posts(named()?)?),
        "认领" => Deed::Claim,
        "撤回" => Deed::Withdraw,
        "签收" => Deed::Acknowledge,
        "发生" => Deed::Happen(named()?.to_owned()),
        _ => return Err(format!("不认识的办法“{deed}”")),
    };
    Ok(Said::Handle { step: step.to_owned(), post: for_post, deed, opinion })
}

fn span(text: &str) -> Option<Span> {
    let text = text.trim_start_matches('过').trim();
    if let Some(at) = moment(text) {
        return Some(Span::Until(at));
    }
    let count = |unit: &str| text.strip_suffix(unit).and_then(|n| n.trim().parse::<u32>().ok());
    count("个工作日")
        .map(Span::WorkingDays)
        .or_else(|| count("天").map(Span::Days))
        .or_else(|| count("个小时").map(Span::Hours))
        .or_else(|| count("小时").map(Span::Hours))
        .or_else(|| count("分钟").map(Span::Minutes))
}

/// `2026-09-30 17:00`, or a date alone: nine in the morning.
fn moment(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once(' ').unwrap_or((text, "09:00"));
    let date: jiff::civil::Date = date.trim().parse().ok()?;
    let (hour, minute) = time.trim().split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    Some(Timestamp::from_china(date.to_datetime(time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(text: &str) -> String {
        match Scenario::parse(text) {
            Ok(scenario) => format!("{:?}", scenario.lines.last().unwrap().said),
            Err(mistake) => mistake.to_string(),
        }
    }

    #[test]
    fn a_line_says_one_thing() {
        let one = Scenario::parse("办理：会签（440000-03.jz） 同意 “同意。”").unwrap();
        let Said::Handle { step, post, deed, opinion } = &one.lines[0].said else { panic!() };
        assert_eq!((step.as_str(), opinion.as_str()), ("会签", "同意。"));
        assert_eq!((post.as_ref().unwrap().as_str(), deed), ("440000-03.jz", &Deed::Approve));
        let back = Scenario::parse("办理：审核（复核） 退回 填报 直达").unwrap();
        let Said::Handle { step, post, deed, .. } = &back.lines[0].said else { panic!() };
        assert_eq!((step.as_str(), post), ("审核（复核）", &None));
        assert_eq!(deed, &Deed::Return("填报".to_owned(), ReturnMode::Direct));
        let cases = [
            ("时间：2个工作日", "Pass(WorkingDays(2))"),
            ("填写：事由=开会；金额=1.00", r#"Fill({"事由": "开会", "金额": "1.00"})"#),
            ("填写：事由", "第1行：“事由”应为“字段=内容”"),
            ("办理：审核 批准", "第1行：不认识的办法“批准”"),
            ("说明：略", "第1行：“说明”应为场景、发起、填写、办理、时间、结果或归档"),
            ("发起：440000-11.ng 2026-02-29 09:00", "第1行：“2026-02-29 09:00”不是日期和时间"),
        ];
        for (text, expected) in cases {
            assert_eq!(tell(text), expected, "{text}");
        }
    }
}
