//! 发文稿纸、文件处理单: what a document's handling is on paper, opinions by rank.

use crate::incoming::Incoming;
use crate::model::{Document, Openness, OpinionRecord, Urgency};
use lingnan_base::{PostId, Timestamp, UnitId};
use lingnan_gongwen::{Entry, Ink, Passage, Slip, SlipOpinion};
use lingnan_handlers::Setting;
use lingnan_journal::Refusal;

const COURSE: &str = "办理经过";

/// How what was sent stands at one unit.
pub struct Arrival {
    /// The unit's short name.
    pub unit: String,
    /// 主送, 抄送 or 转发.
    pub way: &'static str,
    /// When it was delivered.
    pub delivered: Timestamp,
    /// What has become of it, in words.
    pub standing: String,
}

/// The document's 分送清单: to whom it went and who acknowledged it.
///
/// # Errors
/// A refusal when nothing has been drafted yet.
pub fn of_dispatch(
    document: &Document,
    arrivals: &[Arrival],
    setting: &Setting,
    now: Timestamp,
) -> Result<Slip, Refusal> {
    let (Some(head), Some(unit)) = (&document.head, &document.unit) else {
        return Err(Refusal::missing());
    };
    let number = document.number.as_ref().map_or("", |number| number.text.as_str());
    let passage = |one: &Arrival| Passage {
        time: moment(one.delivered),
        what: format!("{}（{}）", one.unit, one.way),
        by: one.standing.clone(),
    };
    Ok(Slip {
        unit: setting.unit_name(unit),
        name: "公文分送清单".to_owned(),
        rows: vec![
            vec![entry("发文字号", number, 4), entry("紧急程度", urgency(head.urgency), 4)],
            vec![entry("标题", &head.title, 10)],
            vec![entry("收文单位", &format!("{}个", arrivals.len()), 10)],
        ],
        opinions: Vec::new(),
        course_name: "分送情况".to_owned(),
        course: arrivals.iter().map(passage).collect(),
        date: now.china_date(),
    })
}

/// The document's 发文稿纸 as it stands now.
///
/// # Errors
/// A refusal when nothing has been drafted yet.
pub fn of_outgoing(
    document: &Document,
    setting: &Setting,
    now: Timestamp,
) -> Result<Slip, Refusal> {
    let (Some(head), Some(unit)) = (&document.head, &document.unit) else {
        return Err(Refusal::missing());
    };
    let names = |units: &[UnitId]| setting_names(setting, units);
    let number = document.number.as_ref().map_or("", |number| number.text.as_str());
    let attached: Vec<&str> = document.annexes().map(|file| file.name.as_str()).collect();
    let signer = head.signer.as_ref().map(|post| holder(setting, post)).unwrap_or_default();
    let drafter = document.drafter.as_ref().map(|post| holder(setting, post)).unwrap_or_default();
    let drafted = document.versions.first().map(|version| version.time);
    let mut rows = vec![
        vec![entry("发文字号", number, 4), entry("紧急程度", urgency(head.urgency), 4)],
        vec![entry("标题", &head.title, 10)],
        vec![
            entry("文种", head.document_type.name(), 4),
            entry("公开属性", head.openness.map_or("", Openness::name), 4),
        ],
        vec![entry("主送", &names(&head.recipients), 10)],
        vec![entry("抄送", &names(&head.copies), 10)],
        vec![entry("附件", &attached.join("\n"), 10)],
        vec![
            entry("拟稿单位", &document.unit_name, 4),
            entry("拟稿时间", &drafted.map(moment).unwrap_or_default(), 4),
        ],
        vec![entry("拟稿人", &drafter, 4), entry("签发人", &signer, 4)],
    ];
    if !head.joint.is_empty() {
        rows.insert(2, vec![entry("联合发文", &names(&head.joint), 10)]);
    }
    if !head.countersign.is_empty() {
        rows.push(vec![entry("会签单位", &names(&head.countersign), 10)]);
    }
    let signed: Vec<String> = head
        .joint
        .iter()
        .filter_map(|unit| document.co_signed(unit))
        .map(|one| format!("{} {} {}", one.label.unit, one.label.post, one.label.person))
        .collect();
    if !signed.is_empty() {
        rows.push(vec![entry("联署签发", &signed.join("\n"), 10)]);
    }
    let saved = document.versions.iter().map(|version| {
        let what = match version.number {
            1 => "拟稿".to_owned(),
            number => format!("改稿，存为第{number}稿"),
        };
        (version.time, passage(version.time, what, &version.label))
    });
    let course = course(saved.collect(), &document.opinions);
    Ok(Slip {
        unit: setting.unit_name(unit),
        name: "发文稿纸".to_owned(),
        rows,
        opinions: opinions(&document.opinions),
        course_name: COURSE.to_owned(),
        course,
        date: now.china_date(),
    })
}

/// The 文件处理单 of what a unit received, as it stands now.
///
/// # Errors
/// A refusal when nothing was delivered.
pub fn of_received(
    incoming: &Incoming,
    setting: &Setting,
    now: Timestamp,
) -> Result<Slip, Refusal> {
    let received = incoming.received.as_ref().ok_or_else(Refusal::missing)?;
    let (lead, assists) = incoming.assigned.as_ref().map_or_else(Default::default, |to| {
        let assists: Vec<String> = to.assists.iter().map(|post| holder(setting, post)).collect();
        (holder(setting, &to.lead), assists.join("、"))
    });
    let readers: Vec<String> = incoming
        .flow
        .iter()
        .flat_map(|flow| flow.notices())
        .map(|notice| {
            let name = PostId::parse(&notice.holder.0).map(|post| holder(setting, &post));
            let name = name.unwrap_or_default();
            if notice.is_done() {
                format!("{name}（已阅）")
            } else {
                format!("{name}（未阅）")
            }
        })
        .collect();
    let answered = incoming.answered.as_ref().map_or("", |(_, number)| number.as_str());
    let arrived = (incoming.delivered, "送达".to_owned());
    let acknowledged = incoming.acknowledged.as_ref().map(|(label, time)| {
        let registered = incoming.registered.as_deref().unwrap_or_default();
        (*time, passage(*time, format!("签收，登记为{registered}"), label))
    });
    let delivered =
        Passage { time: moment(arrived.0), what: arrived.1, by: received.sender.clone() };
    let happened = std::iter::once((incoming.delivered, delivered)).chain(acknowledged).collect();
    Ok(Slip {
        unit: setting.unit_name(&received.unit),
        name: "文件处理单".to_owned(),
        rows: vec![
            vec![
                entry("收文编号", incoming.registered.as_deref().unwrap_or_default(), 4),
                entry("紧急程度", urgency(received.urgency), 4),
            ],
            vec![entry("来文单位", &received.sender, 4), entry("来文字号", &received.number, 4)],
            vec![entry("标题", &received.title, 10)],
            vec![entry("收到时间", &moment(incoming.delivered), 4), entry("答复字号", answered, 4)],
            vec![entry("初审", &first_check(incoming), 10)],
            vec![entry("主办", &lead, 4), entry("协办", &assists, 4)],
            vec![entry("传阅", &readers.join("、"), 10)],
        ],
        opinions: opinions(&incoming.opinions),
        course_name: COURSE.to_owned(),
        course: course(happened, &incoming.opinions),
        date: now.china_date(),
    })
}

/// `2026年11月29日 15:47 文书 黄淇：应当由本机关办理；…`
fn first_check(incoming: &Incoming) -> String {
    let Some(check) = &incoming.checked else { return String::new() };
    let items: Vec<&str> = check.items.iter().map(|item| item.met()).collect();
    let passage = passage(check.time, items.join("；"), &check.label);
    format!("{}。\n{} {}", passage.what, passage.by, passage.time)
}

fn entry(label: &str, value: &str, columns: u8) -> Entry {
    Entry { label: label.to_owned(), value: value.to_owned(), columns }
}

const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Ordinary => "平件",
        Urgency::Urgent => "加急",
        Urgency::MostUrgent => "特急",
    }
}

fn setting_names(setting: &Setting, units: &[UnitId]) -> String {
    units.iter().map(|unit| setting.unit_name(unit)).collect::<Vec<_>>().join("、")
}

/// `文书 周雯`
fn holder(setting: &Setting, post: &PostId) -> String {
    setting.with_directory(|directory| {
        let title = directory.post(post).map(|(_, post)| post.title.as_str()).unwrap_or_default();
        let people: Vec<&str> =
            directory.holders(post).iter().map(|(_, person)| person.name.as_str()).collect();
        format!("{title} {}", people.join("、"))
    })
}

fn moment(time: Timestamp) -> String {
    let time = time.china_datetime();
    format!(
        "{}年{}月{}日 {:02}:{:02}",
        time.year(),
        time.month(),
        time.day(),
        time.hour(),
        time.minute()
    )
}

fn passage(time: Timestamp, what: String, label: &lingnan_journal::Label) -> Passage {
    let by = if label.post.is_empty() {
        label.person.clone()
    } else {
        format!("{} {}", label.post, label.person)
    };
    Passage { time: moment(time), what, by }
}

/// 意见按职务高低排列, those of one rank by time; what only moves a document on is course, not
/// opinion.
fn opinions(records: &[OpinionRecord]) -> Vec<SlipOpinion> {
    let mut all: Vec<&OpinionRecord> =
        records.iter().filter(|one| !matches!(&*one.decision, "submit" | "withdraw")).collect();
    all.sort_by_key(|record| (record.label.rank, record.time));
    let shown = |record: &OpinionRecord| {
        let mut text = record.text.clone();
        if record.version > 0 {
            text.push_str(&format!("（所见第{}稿）", record.version));
        }
        if record.by_hand.voice.is_some() {
            text.push_str("（附语音）");
        }
        SlipOpinion {
            step: record.step.clone(),
            text,
            ink: record.by_hand.ink.as_ref().map(|ink| Ink {
                width: ink.width,
                height: ink.height,
                strokes: ink.strokes.clone(),
            }),
            by: format!("{} {} {}", record.label.unit, record.label.post, record.label.person),
            time: moment(record.time),
        }
    };
    all.into_iter().map(shown).collect()
}

fn course(mut happened: Vec<(Timestamp, Passage)>, opinions: &[OpinionRecord]) -> Vec<Passage> {
    happened.extend(opinions.iter().map(|record| {
        let what = format!("{}：{}", record.step, decided(&record.decision));
        (record.time, passage(record.time, what, &record.label))
    }));
    happened.sort_by_key(|(time, _)| *time);
    happened.into_iter().map(|(_, passage)| passage).collect()
}

fn decided(decision: &str) -> &'static str {
    match decision {
        "submit" => "送出",
        "return" => "退回",
        "transfer" => "转办",
        "withdraw" => "撤回",
        "urge" => "催办",
        "send_further" => "补发",
        _ => "办理",
    }
}
