//! 办理: what people do to a matter that is begun.

use super::desk::{Desk, Filling, rights};
use super::{holder, opinion, reason, seat};
use crate::work::model::{Request, ReturnWay, State};
use lingnan_api::Attachment;
use lingnan_base::PostId;
use lingnan_flow::{Group, Holder, Look, NoticeState, Operation, ReturnMode, StopReason, TicketId};
use lingnan_forms::Rights;
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, Refusal, Stop};
use serde_json::{Map, Value, json};

/// An act on a matter.
pub struct Handle {
    /// Its key.
    pub key: String,
    /// The version the actor saw.
    pub seen: Option<u64>,
    /// What he asks.
    pub request: Request,
    /// The files among what he fills in that he has uploaded.
    pub files: Vec<Attachment>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Handle {
    fn name(&self) -> &'static str {
        self.request.command()
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "request": self.request })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let mut desk = Desk::open(draft, &self.setting, &self.key)?;
        if self.request.binds() && self.seen.is_none() {
            let message = "没有说明办理时看到的是哪一版。";
            return Err(Refusal::new(Kind::Invalid, "workflow.version_unsaid", message)
                .with_next("请刷新页面，看过最新内容后再办理。")
                .into());
        }
        if let Some(seen) = self.seen.filter(|_| !self.request.stands_alone()) {
            desk.expect(draft, &self.request, seen)?;
        }
        desk.files.clone_from(&self.files);
        desk.handle(draft, &self.request)?;
        let version = draft.version(&desk.id)?;
        Ok(json!({ "version": version, "state": desk.work.state, "number": desk.work.number }))
    }
}

impl Desk<'_> {
    /// Refuses what was decided on another matter than it now is.
    fn expect(&self, draft: &mut Draft<'_>, request: &Request, seen: u64) -> Result<(), Stop> {
        let Some(step) = request.own_step() else { return draft.expect(&self.id, seen) };
        let own = holder(&seat(draft)?.post);
        let look = Look { flow: self.work.flow.as_ref(), own, step, seen };
        let opinions = self.work.opinions.iter();
        let said = opinions.map(|one| (one.step.as_str(), &one.label, one.time));
        Ok(self.work.sight.check(&look, said)?)
    }

    fn handle(&mut self, draft: &mut Draft<'_>, request: &Request) -> Result<(), Stop> {
        if self.work.state == State::Draft {
            return self.handle_draft(draft, request);
        }
        match request {
            Request::Submit { .. } => return Err(not_draft().into()),
            Request::Fill { step, fields } => return self.save(draft, step, fields),
            Request::Approve { step, opinion, fields, pick } => {
                self.approve(draft, step, opinion, fields, pick)?;
            }
            Request::Reject { step, opinion } => {
                let text = reason(opinion, "不同意的理由")?;
                self.decide(draft, step, Operation::Reject, "reject", text)?;
            }
            Request::Return { step, target, way, opinion } => {
                let text = reason(opinion, "退回原因")?;
                let mode = match way {
                    ReturnWay::Redo => ReturnMode::Redo,
                    ReturnWay::Direct => ReturnMode::Direct,
                };
                let operation = Operation::Return { target: target.clone(), mode };
                self.decide(draft, step, operation, "return", text)?;
            }
            Request::Withdraw { step } => self.withdraw(draft, step)?,
            Request::Acknowledge { step } => self.acknowledge(draft, step)?,
            Request::Urge { step, text } => self.urge(draft, step, text)?,
            Request::Happen { event, note } => {
                let text = reason(note, "情况说明")?;
                self.on_whole(draft, Operation::Fire { event: event.clone() })?;
                self.opine(draft, "", None, "happen", text)?;
            }
            Request::Revoke { reason: why } => {
                let seat = seat(draft)?;
                if self.work.starter.as_ref() != Some(&seat.post) {
                    return Err(Refusal::missing().into());
                }
                let text = reason(why, "撤销原因")?;
                self.on_whole(draft, Operation::Revoke)?;
                self.opine(draft, "", None, "revoke", text)?;
            }
            Request::AnswerExtension { step, post, granted } => {
                self.answer_extension(draft, step, post, *granted)?;
            }
            _ if request.is_administrative() => self.administer(draft, request)?,
            other => self.around_ticket(draft, other)?,
        }
        self.advance(draft)
    }

    fn handle_draft(&mut self, draft: &mut Draft<'_>, request: &Request) -> Result<(), Stop> {
        let seat = seat(draft)?;
        if self.work.starter.as_ref() != Some(&seat.post) {
            return Err(Refusal::missing().into());
        }
        let rights = Rights::starter(&self.parsed.form);
        match request {
            Request::Fill { fields, .. } => self.fill(draft, &rights, fields, Filling::Draft),
            Request::Submit { fields, opinion } => {
                self.fill(draft, &rights, fields, Filling::Whole)?;
                self.submit(draft, opinion)
            }
            _ => {
                let message = "事项还是草稿，请先提交。";
                Err(Refusal::new(Kind::Conflict, "workflow.draft", message).into())
            }
        }
    }

    fn save(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        fields: &Map<String, Value>,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        self.ticket(&seat.post, step)?;
        let rights = self.rights_at(step)?;
        self.fill(draft, &rights, fields, Filling::Draft)
    }

    fn rights_at(&self, step: &str) -> Result<Rights, Refusal> {
        let node = self.definition().node(step).ok_or_else(Refusal::missing)?;
        Ok(rights(&self.parsed.form, node))
    }

    fn approve(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        text: &str,
        fields: &Map<String, Value>,
        pick: &[PostId],
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let ticket = self.ticket(&seat.post, step)?;
        // Whoever was asked by another gives an opinion; the form is the other's to fill in.
        let flow = self.work.flow.as_ref();
        let asked = flow.and_then(|flow| flow.ticket(ticket)).is_some_and(|t| t.host.is_some());
        let rights = if asked { Rights::reader() } else { self.rights_at(step)? };
        self.fill(draft, &rights, fields, Filling::Whole)?;
        let text = opinion(text)?;
        let text = if text.is_empty() { "同意。".to_owned() } else { text };
        self.opine(draft, step, Some(ticket), "approve", text)?;
        let picked: Vec<Holder> = pick.iter().map(holder).collect();
        let operation =
            if picked.is_empty() { Operation::Approve } else { Operation::ApprovePicking(picked) };
        self.on_ticket(draft, ticket, operation)
    }

    /// Writes the opinion and does `operation` on the actor's own ticket.
    fn decide(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        operation: Operation,
        decision: &str,
        text: String,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let ticket = self.ticket(&seat.post, step)?;
        self.opine(draft, step, Some(ticket), decision, text)?;
        self.on_ticket(draft, ticket, operation)
    }

    /// What one does with one's own ticket short of deciding it.
    fn around_ticket(&mut self, draft: &mut Draft<'_>, request: &Request) -> Result<(), Stop> {
        let named = |posts: &[PostId]| -> Result<Vec<Holder>, Refusal> {
            posts.iter().try_for_each(|post| self.must_be_manned(post))?;
            Ok(posts.iter().map(holder).collect())
        };
        let one = |post: &PostId| named(std::slice::from_ref(post)).map(|_| holder(post));
        let (step, operation, decision, text) = match request {
            Request::Transfer { step, to, opinion: text } => {
                (step, Operation::Transfer(one(to)?), "transfer", opinion(text)?)
            }
            Request::Delegate { step, to, opinion: text } => {
                (step, Operation::Delegate(one(to)?), "delegate", opinion(text)?)
            }
            Request::Advise { step, opinion: text } => {
                (step, Operation::Advise, "advise", reason(text, "意见")?)
            }
            Request::AddBefore { step, posts, opinion: text } => {
                let operation = Operation::AddBefore(named(posts)?, Group::All);
                (step, operation, "add_before", opinion(text)?)
            }
            Request::AddAfter { step, posts, opinion: text } => {
                let operation = Operation::AddAfter(named(posts)?, Group::All);
                (step, operation, "add_after", opinion(text)?)
            }
            Request::Join { step, posts, opinion: text } => {
                (step, Operation::Join(named(posts)?), "join", opinion(text)?)
            }
            Request::Claim { step } => (step, Operation::Claim, "claim", String::new()),
            Request::Unclaim { step } => (step, Operation::Unclaim, "unclaim", String::new()),
            Request::AskExtension { step, reason: why } => {
                return self.ask_extension(draft, step, why);
            }
            Request::StopClock { step, cause, note } => {
                let cause = StopReason::ALL.into_iter().find(|known| known.name() == cause);
                let cause = cause.ok_or_else(no_cause)?;
                let text = format!("{}：{}", cause.name(), reason(note, "说明")?);
                (step, Operation::Pause(cause), "stop_clock", text)
            }
            Request::ResumeClock { step } => {
                (step, Operation::Continue, "resume_clock", String::new())
            }
            Request::Reduce { step, post } => return self.reduce(draft, step, post),
            _ => return Err(Refusal::missing().into()),
        };
        self.decide(draft, step, operation, decision, text)
    }

    /// 减签, by whoever added the signer.
    fn reduce(&mut self, draft: &mut Draft<'_>, step: &str, post: &PostId) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let own = self.own_tickets(&seat.post, step);
        let guest = self.own_tickets(post, step).into_iter().find(|id| {
            let ticket = self.work.flow.as_ref().and_then(|flow| flow.ticket(*id));
            ticket.is_some_and(|t| t.state.is_live() && t.host.is_none_or(|h| own.contains(&h)))
        });
        if own.is_empty() {
            return Err(Refusal::missing().into());
        }
        let not_added = || super::flow_refusal(&lingnan_flow::Refusal::NotAdded);
        let guest = guest.ok_or_else(not_added)?;
        self.opine(draft, step, Some(guest), "reduce", String::new())?;
        self.on_ticket(draft, guest, Operation::Reduce)
    }

    /// 撤回 one's own last approval at a step.
    fn withdraw(&mut self, draft: &mut Draft<'_>, step: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let last = self.own_tickets(&seat.post, step).into_iter().max();
        let nothing = || super::flow_refusal(&lingnan_flow::Refusal::NothingToWithdraw);
        let ticket = last.ok_or_else(nothing)?;
        self.on_ticket(draft, ticket, Operation::Withdraw)?;
        self.opine(draft, step, Some(ticket), "withdraw", "撤回".to_owned())
    }

    pub(super) fn own_tickets(&self, post: &PostId, step: &str) -> Vec<TicketId> {
        let Some(flow) = &self.work.flow else { return Vec::new() };
        let at = |ticket: &lingnan_flow::Ticket| {
            flow.step_of(ticket).is_some_and(|one| *one.id == *step)
        };
        let own = holder(post);
        let mine = flow.tickets().filter(|(_, t)| t.holder == own && at(t));
        mine.map(|(id, _)| id).collect()
    }

    /// 阅知 or 签收, by the post to which the notice went.
    fn acknowledge(&mut self, draft: &mut Draft<'_>, step: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.work.flow.as_ref().ok_or_else(Refusal::missing)?;
        let own = holder(&seat.post);
        let mine = (0_u32..).zip(flow.notices()).find(|(_, notice)| {
            let at = flow.step_of_notice(notice).is_some_and(|one| *one.id == *step);
            at && notice.holder == own && !notice.is_done()
        });
        let nothing = || super::flow_refusal(&lingnan_flow::Refusal::NoSuchNotice);
        let (notice, receipt) =
            mine.map(|(number, notice)| (number, notice.receipt)).ok_or_else(nothing)?;
        let state = if receipt { NoticeState::Receipted } else { NoticeState::Read };
        self.on_whole(draft, Operation::Notice { notice, state })?;
        let done = if receipt { "已签收。" } else { "已阅。" };
        self.opine(draft, step, None, "acknowledge", done.to_owned())
    }

    /// 催办 of everyone at a step.
    fn urge(&mut self, draft: &mut Draft<'_>, step: &str, text: &str) -> Result<(), Stop> {
        let text = reason(text, "催办内容")?;
        let flow = self.work.flow.as_ref().ok_or_else(Refusal::missing)?;
        let open = flow
            .open_tickets()
            .filter(|(_, ticket)| flow.step_of(ticket).is_some_and(|one| *one.id == *step));
        let open: Vec<TicketId> = open.map(|(id, _)| id).collect();
        if open.is_empty() {
            return Err(super::flow_refusal(&lingnan_flow::Refusal::NotOpen).into());
        }
        self.opine(draft, step, None, "urge", text)?;
        for ticket in open {
            let asked = lingnan_flow::Asked::on(ticket, Operation::Urge);
            self.perform(draft, &asked)?;
        }
        Ok(())
    }

    /// Refuses a post that nobody holds or that handles no business.
    pub(super) fn must_be_manned(&self, post: &PostId) -> Result<(), Refusal> {
        if self.setting.is_in_business(post) {
            return Ok(());
        }
        Err(Refusal::new(
            Kind::Invalid,
            "workflow.nobody_there",
            "所选岗位现在没有人员，或不办理业务。",
        )
        .with_next("请选择有人在岗的业务岗位。"))
    }
}

fn not_draft() -> Refusal {
    Refusal::new(Kind::Conflict, "workflow.not_draft", "事项已经提交，不能再次提交。")
        .with_next("请刷新查看办理情况。")
}

fn no_cause() -> Refusal {
    Refusal::new(Kind::Invalid, "workflow.cause", "没有这种停止计时的事由。")
        .with_rule("《中华人民共和国行政许可法》第四十五条")
        .with_next("请选择列表中的事由。")
}
