//! 试办: a scenario played against the real directory and calendar, in memory, leaving no trace.

use super::fields::value;
use super::limits::{Limited, limits};
use super::parse::{Deed, Line, Said, Scenario, Span};
use crate::library::decide::Text;
use crate::library::model::Parsed;
use crate::library::{Import, decide as library};
use crate::work::model::{Kept, Request, ReturnWay, State, Work};
use crate::{Handle, Start, Submission, Tick};
use lingnan_base::{Chance, PersonId, PostId, Timestamp};
use lingnan_flow::ReturnMode;
use lingnan_handlers::Setting;
use lingnan_journal::{
    ActId, Actor, Command, Door, Draft, Fault, Label, Loaded, MatterId, Outcome, Refusal, Registry,
    Seat, Stamp, Stop, StoredMatter,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a scenario left.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// Line by line: what was done, by whom, and where it then stood.
    pub text: String,
    /// Whether everything came out as the scenario says.
    pub passed: bool,
    /// The limit of every ticket that there was, in the order in which they came.
    pub limits: Vec<Limited>,
    /// When the whole matter is due.
    pub due: Option<Timestamp>,
    /// What was asked of the matter, in order and by which post; first that it be submitted.
    pub asked: Vec<(PostId, Request)>,
}

struct Memory<'a> {
    registry: &'a Registry,
    matters: &'a BTreeMap<MatterId, Loaded>,
}

impl Door for Memory<'_> {
    fn load(&mut self, id: &MatterId) -> Result<Loaded, Fault> {
        match self.matters.get(id) {
            Some(loaded) => Ok(loaded.clone()),
            None => self.registry.restore(id.kind(), &StoredMatter::default()),
        }
    }
}

/// A cell in memory.
pub struct Rehearsal {
    registry: Registry,
    matters: BTreeMap<MatterId, Loaded>,
    setting: Setting,
    seq: u64,
    now: Timestamp,
}

impl Rehearsal {
    /// An empty cell in this setting.
    #[must_use]
    pub fn new(setting: Setting) -> Self {
        let registry = crate::register(Registry::new());
        Self { registry, matters: BTreeMap::new(), setting, seq: 0, now: Timestamp::default() }
    }

    /// Brings a process in.
    ///
    /// # Errors
    /// A refusal with the first mistake.
    pub fn add(&mut self, text: &Text) -> Result<(), Refusal> {
        let import = Import { texts: vec![text.clone()] };
        self.submit(Actor::system("rehearsal"), &import).map(|_| ())
    }

    fn submit(&mut self, actor: Actor, command: &dyn Command) -> Result<Value, Refusal> {
        let stamp = Stamp { seq: self.seq, time: self.now, actor };
        let chance = Chance::from_number(self.seq);
        let mut door = Memory { registry: &self.registry, matters: &self.matters };
        let mut draft = Draft::new(&mut door, stamp, chance);
        let answer = command.decide(&mut draft).map_err(|stop| match stop {
            Stop::Refused(refusal) => refusal,
            Stop::Failed(fault) => {
                Refusal::new(lingnan_journal::Kind::Invalid, "fault", fault.to_string())
            }
        })?;
        let id =
            ActId::parse(&format!("rehearsal-{}", self.seq)).map_err(|_| Refusal::missing())?;
        let Outcome { moved, .. } = draft.close("rehearsal", id, command, answer.clone());
        self.matters.extend(moved.into_iter().map(|(matter, _, now)| (matter, now)));
        self.seq = self.seq.saturating_add(1);
        Ok(answer)
    }

    fn state<M: lingnan_journal::Matter>(&self, id: &MatterId) -> Option<(u64, std::sync::Arc<M>)> {
        let loaded = self.matters.get(id)?;
        let state = std::sync::Arc::clone(&loaded.state).into_any().downcast::<M>().ok()?;
        Some((loaded.version, state))
    }

    /// Whoever acts from a post: its holder, or nobody in particular.
    fn actor(&self, post: &PostId) -> Result<Actor, Refusal> {
        self.setting.with_directory(|directory| {
            let (unit, content) = directory.post(post).ok_or_else(Refusal::missing)?;
            let holder = directory
                .holders(post)
                .first()
                .map(|(id, held)| ((*id).clone(), held.name.clone()));
            let nobody = || PersonId::parse("nobody").map(|id| (id, String::new()));
            let (person, name) = match holder {
                Some(holder) => holder,
                None => nobody().map_err(|_| Refusal::missing())?,
            };
            let seat = Seat { person, post: post.clone(), unit: unit.clone() };
            let label = Label {
                person: name,
                post: content.title.clone(),
                unit: directory.unit(unit).map(|u| u.short_name.clone()).unwrap_or_default(),
                rank: content.rank,
            };
            Ok(Actor::Person { seat, on_behalf_of: None, label })
        })
    }

    /// Plays a scenario of a process that was added.
    #[must_use]
    pub fn play(&mut self, text: &Text, scenario: &Scenario) -> Transcript {
        let mut play = Play {
            cell: self,
            lines: Vec::new(),
            matter: None,
            fields: BTreeMap::new(),
            parsed: None,
            asked: Vec::new(),
        };
        let outcome = play.run(text, scenario);
        let passed = outcome.is_ok();
        if let Err(what) = outcome {
            play.lines.push(format!("✘ {what}"));
        }
        let work = play.work();
        let flow = work.as_ref().and_then(|work| work.flow.as_ref());
        let limits = flow.map(|flow| limits(flow, |post| play.post_name(post)));
        let (limits, due) = (limits.unwrap_or_default(), flow.and_then(|flow| flow.clock().due));
        let mut text = format!("场景：{}\n", scenario.name);
        for line in &play.lines {
            text.push_str(line);
            text.push('\n');
        }
        Transcript { text, passed, limits, due, asked: play.asked }
    }
}

struct Play<'a> {
    cell: &'a mut Rehearsal,
    lines: Vec<String>,
    matter: Option<MatterId>,
    fields: BTreeMap<String, String>,
    parsed: Option<std::sync::Arc<Parsed>>,
    asked: Vec<(PostId, Request)>,
}

impl Play<'_> {
    fn run(&mut self, text: &Text, scenario: &Scenario) -> Result<(), String> {
        let parsed = library::read(&text.flow, &text.form).map_err(|r| r.message)?;
        let code = parsed.process.code.to_string();
        self.parsed = Some(std::sync::Arc::new(parsed));
        for line in &scenario.lines {
            self.line(&code, line).map_err(|what| format!("第{}行：{what}", line.number))?;
        }
        let over = self.work().is_some_and(|work| work.state.is_over() && work.kept.is_some());
        if over { Ok(()) } else { Err("场景结束时事项没有办结归档。".to_owned()) }
    }

    fn work(&self) -> Option<std::sync::Arc<Work>> {
        Some(self.cell.state::<Work>(self.matter.as_ref()?)?.1)
    }

    fn line(&mut self, code: &str, line: &Line) -> Result<(), String> {
        match &line.said {
            Said::Start(post, at) => self.start(code, post, *at),
            Said::Fill(fields) => {
                self.fields.extend(fields.clone());
                Ok(())
            }
            Said::Handle { step, post, deed, opinion } => {
                self.handle(step, post.as_ref(), deed, opinion)
            }
            Said::Pass(span) => self.pass(*span),
            Said::Result(wanted) => {
                let work = self.begun()?;
                let state = match work.state {
                    State::Concluded => "办结",
                    State::Rejected => "不同意",
                    State::Terminated => "终止",
                    _ => "办理中",
                };
                self.lines.push(format!("结果：{state}"));
                if state == wanted {
                    Ok(())
                } else {
                    Err(format!("结果应为“{wanted}”，实为“{state}”。"))
                }
            }
            Said::Archive(wanted) => {
                let work = self.begun()?;
                let kept = match &work.kept {
                    Some(Kept::Archived { retention, .. }) => retention.clone(),
                    Some(Kept::Not { .. }) => "不归档".to_owned(),
                    None => "未归档".to_owned(),
                };
                self.lines.push(format!("归档：{kept}"));
                if kept == *wanted {
                    Ok(())
                } else {
                    Err(format!("归档应为“{wanted}”，实为“{kept}”。"))
                }
            }
        }
    }

    fn begun(&self) -> Result<std::sync::Arc<Work>, String> {
        self.work().ok_or_else(|| "事项还没有发起。".to_owned())
    }

    fn start(&mut self, code: &str, post: &PostId, at: Timestamp) -> Result<(), String> {
        // What is filled in stands on the next line of the scenario; it is waited for.
        self.cell.now = at;
        let actor = self.cell.actor(post).map_err(|refusal| refusal.message)?;
        let start = Start {
            files: Vec::new(),
            code: code.to_owned(),
            fields: Map::new(),
            submission: Submission::Draft,
            setting: self.cell.setting.clone(),
        };
        let answer = self.cell.submit(actor, &start).map_err(|refusal| refusal.message)?;
        let key = answer.get("id").and_then(Value::as_str).unwrap_or_default();
        self.matter = Some(crate::work::decide::matter(key).map_err(|refusal| refusal.message)?);
        self.lines.push(format!("{at} {} 发起", self.post_name(post)));
        Ok(())
    }

    /// A draft is submitted as soon as something else happens to it.
    fn submitted(&mut self) -> Result<(), String> {
        let work = self.begun()?;
        if work.state != State::Draft {
            return Ok(());
        }
        let post = work.starter.clone().ok_or("事项没有发起人。")?;
        let fields = self.taken()?;
        let request = Request::Submit { fields, opinion: "请审核。".to_owned() };
        self.act(&post, request)?;
        self.lines.push(format!("{} {} 提交", self.cell.now, self.post_name(&post)));
        self.stands();
        Ok(())
    }

    fn taken(&mut self) -> Result<Map<String, Value>, String> {
        let fields = std::mem::take(&mut self.fields);
        let parsed = self.parsed.clone().ok_or("流程没有读入。")?;
        let mut out = Map::new();
        for (name, text) in fields {
            let field = parsed.form.field(&name);
            let field = field.ok_or_else(|| format!("表单没有字段“{name}”。"))?;
            out.insert(name.clone(), value(field, &text)?);
        }
        Ok(out)
    }

    fn act(&mut self, post: &PostId, request: Request) -> Result<(), String> {
        self.asked.push((post.clone(), request.clone()));
        let actor = self.cell.actor(post).map_err(|refusal| refusal.message)?;
        let matter = self.matter.clone().ok_or("事项还没有发起。")?;
        let version = self.cell.state::<Work>(&matter).map(|(version, _)| version);
        let setting = self.cell.setting.clone();
        let (key, files) = (matter.key().to_owned(), Vec::new());
        let handle = Handle { key, seen: version, request, files, setting };
        let name = self.post_name(post);
        self.cell.submit(actor, &handle).map(|_| ()).map_err(|r| format!("{name}：{}", r.message))
    }

    fn handle(
        &mut self,
        step: &str,
        only: Option<&PostId>,
        deed: &Deed,
        opinion: &str,
    ) -> Result<(), String> {
        let drafting = self.begun()?.state == State::Draft;
        let fields = if drafting {
            // The first 填写 is the starter's; what follows belongs to the step.
            self.submitted()?;
            Map::new()
        } else {
            self.taken()?
        };
        let posts = self.posts(step, only, deed)?;
        let id = self.step_id(step, deed)?;
        for (place, post) in posts.iter().enumerate() {
            // A decision may have made the others' tickets needless.
            let notices = matches!(deed, Deed::Acknowledge | Deed::Happen(_));
            if place > 0 && !notices && !self.has_ticket(post, step) {
                break;
            }
            let fields = if place == 0 { fields.clone() } else { Map::new() };
            let request = self.request(&id, deed, opinion, fields)?;
            self.act(post, request)?;
            let said = if opinion.is_empty() { String::new() } else { format!(" “{opinion}”") };
            let told =
                format!("{} {} {step} {}{said}", self.cell.now, self.post_name(post), word(deed));
            self.lines.push(told);
        }
        self.stands();
        Ok(())
    }

    fn has_ticket(&self, post: &PostId, step: &str) -> bool {
        self.work().is_some_and(|work| {
            let flow = work.flow.as_ref();
            flow.is_some_and(|flow| {
                let mine = flow.open_tickets().filter(|(_, t)| *t.holder.0 == *post.as_str());
                mine.into_iter().any(|(_, t)| flow.step_of(t).is_some_and(|s| *s.name == *step))
            })
        })
    }

    /// Who acts at a step: the one named, or everyone with an open ticket or notice there.
    fn posts(&self, step: &str, only: Option<&PostId>, deed: &Deed) -> Result<Vec<PostId>, String> {
        if let Some(post) = only {
            return Ok(vec![post.clone()]);
        }
        let work = self.begun()?;
        if matches!(deed, Deed::Happen(_)) {
            return Ok(work.starter.iter().cloned().collect());
        }
        let flow = work.flow.as_ref().ok_or("事项还没有提交。")?;
        let named = |name: Option<&lingnan_flow::Step>| name.is_some_and(|s| *s.name == *step);
        let holders: Vec<String> = match deed {
            Deed::Acknowledge => flow
                .notices()
                .iter()
                .filter(|notice| named(flow.step_of_notice(notice)) && !notice.is_done())
                .map(|notice| notice.holder.0.to_string())
                .collect(),
            Deed::Withdraw => flow
                .tickets()
                .filter(|(_, t)| named(flow.step_of(t)) && t.decision.is_some())
                .map(|(_, t)| t.holder.0.to_string())
                .collect(),
            _ => flow
                .open_tickets()
                .filter(|(_, t)| named(flow.step_of(t)))
                .map(|(_, t)| t.holder.0.to_string())
                .collect(),
        };
        let single = matches!(deed, Deed::Claim | Deed::Withdraw | Deed::Return(..));
        let count = if single { 1 } else { usize::MAX };
        let posts: Vec<PostId> =
            holders.iter().filter_map(|id| PostId::parse(id).ok()).take(count).collect();
        if posts.is_empty() {
            let standing = crate::work::views::steps_now(flow);
            return Err(format!("“{step}”现在没有人要办；正在办理的是“{standing}”。"));
        }
        Ok(posts)
    }

    fn step_id(&self, name: &str, deed: &Deed) -> Result<String, String> {
        let parsed = self.parsed.as_ref().ok_or("流程没有读入。")?;
        let found = parsed.definition.steps().find(|step| *step.name == *name);
        match (found, deed) {
            (Some(step), _) => Ok(step.id.to_string()),
            (None, Deed::Happen(_)) => Ok(String::new()),
            (None, _) => Err(format!("流程没有环节“{name}”。")),
        }
    }

    fn request(
        &self,
        step: &str,
        deed: &Deed,
        opinion: &str,
        fields: Map<String, Value>,
    ) -> Result<Request, String> {
        let (step, opinion) = (step.to_owned(), opinion.to_owned());
        let said =
            |default: &str| if opinion.is_empty() { default.to_owned() } else { opinion.clone() };
        Ok(match deed {
            Deed::Approve => Request::Approve { step, opinion, fields, pick: Vec::new() },
            Deed::Reject => Request::Reject { step, opinion: said("不同意。") },
            Deed::Return(target, mode) => Request::Return {
                step,
                target: self.step_id(target, deed)?,
                way: match mode {
                    ReturnMode::Direct => ReturnWay::Direct,
                    ReturnMode::Redo => ReturnWay::Redo,
                },
                opinion: said("请修改。"),
            },
            Deed::Transfer(to) => Request::Transfer { step, to: to.clone(), opinion },
            Deed::AddBefore(posts) => Request::AddBefore { step, posts: posts.clone(), opinion },
            Deed::AddAfter(posts) => Request::AddAfter { step, posts: posts.clone(), opinion },
            Deed::Join(posts) => Request::Join { step, posts: posts.clone(), opinion },
            Deed::Claim => Request::Claim { step },
            Deed::Withdraw => Request::Withdraw { step },
            Deed::Acknowledge => Request::Acknowledge { step },
            Deed::Happen(event) => {
                Request::Happen { event: event.clone(), note: said("已发生。") }
            }
        })
    }

    /// Time passes; every alarm on the way is heard.
    fn pass(&mut self, span: Span) -> Result<(), String> {
        if self.begun()?.state == State::Draft {
            self.submitted()?;
        }
        let (now, calendar) = (self.cell.now, &self.cell.setting.calendar);
        let hours = |count: u32| now.plus_ms(i64::from(count).saturating_mul(3_600_000));
        let until = match span {
            Span::Until(at) => at,
            Span::Minutes(count) => now.plus_ms(i64::from(count).saturating_mul(60_000)),
            Span::Hours(count) => hours(count),
            Span::Days(count) => hours(count.saturating_mul(24)),
            Span::WorkingDays(count) => {
                calendar.due(now, count).map_err(|error| format!("时间无法推算：{error}"))?
            }
        };
        while let Some(at) = self.begun()?.alarm.filter(|at| *at <= until) {
            self.cell.now = self.cell.now.max(at);
            let key = self.matter.as_ref().map(|m| m.key().to_owned()).unwrap_or_default();
            let before = self.begun()?;
            let tick = Tick { key, setting: self.cell.setting.clone() };
            self.cell.submit(Actor::system("clock"), &tick).map_err(|r| r.message)?;
            let after = self.begun()?;
            let light = after.flow.as_ref().map_or("", crate::work::views::light);
            let sign = match light {
                "warned" => "临近时限",
                "yellow" => "黄牌",
                "red" => "红牌",
                _ => "到时",
            };
            self.lines.push(format!("{} {sign}", self.cell.now));
            if after.alarm == before.alarm && after.state == before.state {
                break;
            }
        }
        self.cell.now = until;
        self.lines.push(format!("时间：{until}"));
        self.stands();
        Ok(())
    }

    /// Where the matter stands now, for the transcript.
    fn stands(&mut self) {
        let Some(work) = self.work() else { return };
        let Some(flow) = &work.flow else { return };
        let mut told: Vec<String> = Vec::new();
        for (_, ticket) in flow.open_tickets() {
            let step = flow.step_of(ticket).map_or_else(String::new, |step| step.name.to_string());
            let post = PostId::parse(&ticket.holder.0).ok();
            let post =
                post.map_or_else(|| ticket.holder.0.to_string(), |post| self.post_name(&post));
            let due = ticket.due().map_or_else(String::new, |due| format!("，{due}前"));
            told.push(format!("  → {step}：{post}{due}"));
        }
        for one in work.performed.iter().filter(|one| one.time == self.cell.now) {
            told.push(format!("  · {}：{}", one.name, one.result));
        }
        self.lines.extend(told);
    }

    fn post_name(&self, post: &PostId) -> String {
        self.cell.setting.with_directory(|directory| {
            let Some((unit, content)) = directory.post(post) else { return post.to_string() };
            let unit = directory.unit(unit).map(|unit| unit.short_name.clone()).unwrap_or_default();
            format!("{unit}{}", content.title)
        })
    }
}

fn word(deed: &Deed) -> String {
    match deed {
        Deed::Approve => "同意".to_owned(),
        Deed::Reject => "不同意".to_owned(),
        Deed::Return(target, ReturnMode::Direct) => format!("退回{target}（直达）"),
        Deed::Return(target, ReturnMode::Redo) => format!("退回{target}（重走）"),
        Deed::Transfer(to) => format!("转办{to}"),
        Deed::AddBefore(_) => "前加签".to_owned(),
        Deed::AddAfter(_) => "后加签".to_owned(),
        Deed::Join(_) => "并加签".to_owned(),
        Deed::Claim => "认领".to_owned(),
        Deed::Withdraw => "撤回".to_owned(),
        Deed::Acknowledge => "签收".to_owned(),
        Deed::Happen(event) => format!("发生{event}"),
    }
}
