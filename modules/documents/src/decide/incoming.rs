//! Acts on a received document: 签收, 拟办, 批示, 承办, 转发, 退文, 办结, 归档.

use super::issue::{Delivery, deliver, without_it};
use super::{
    Direct, Seen, check_units, flow_refusal, holder, matter, mode, must_be_in_business,
    must_have_seen, return_to, seat, ticket_at,
};
use crate::first_check::{self, FirstCheckItem};
use crate::incoming::{Fact, Incoming, IncomingRequest, IncomingState};
use crate::model::{Document, Kept};
use crate::register;
use crate::setting::incoming as process;
use crate::tally;
use lingnan_api::{Attachment, text};
use lingnan_base::{Timestamp, UnitId};
use lingnan_directory::duty;
use lingnan_flow::{Fact as FlowFact, Operation, TicketId};
use lingnan_handlers::Setting;
use lingnan_journal::{Answer, Command, Draft, Kind, MatterId, Refusal, Stop};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An act on a received document.
pub struct HandleIncoming {
    /// Its key.
    pub key: String,
    /// The version the actor saw.
    pub seen: Option<u64>,
    /// What he asks.
    pub request: IncomingRequest,
    /// What the actor uploaded, looked up by [`IncomingRequest::upload`].
    pub upload: Option<Attachment>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for HandleIncoming {
    fn name(&self) -> &'static str {
        match &self.request {
            IncomingRequest::Acknowledge {} => "incoming.acknowledge",
            IncomingRequest::ReturnDocument { .. } => "incoming.return_document",
            IncomingRequest::Approve { .. } => "incoming.approve",
            IncomingRequest::Return { .. } => "incoming.return",
            IncomingRequest::Transfer { .. } => "incoming.transfer",
            IncomingRequest::Circulate { .. } => "incoming.circulate",
            IncomingRequest::TakeCopy {} => "incoming.take_copy",
            IncomingRequest::Read {} => "incoming.read",
            IncomingRequest::Urge { .. } => "incoming.urge",
            IncomingRequest::Relay { .. } => "incoming.relay",
            IncomingRequest::Conclude { .. } => "incoming.conclude",
            IncomingRequest::Archive { .. } => "incoming.archive",
        }
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "request": self.request })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter::<Incoming>(&self.key)?;
        let binds = matches!(
            self.request,
            IncomingRequest::Approve { .. } | IncomingRequest::Return { .. }
        );
        if binds {
            must_have_seen(self.seen)?;
        }
        let incoming = draft.read::<Incoming>(&id)?;
        let seen = Seen { id: &id, version: self.seen, step: self.request.own_step() };
        let stands = (&incoming.sight, incoming.flow.as_ref());
        seen.expect(draft, stands, &incoming.opinions)?;
        if incoming.received.is_none() {
            return Err(Refusal::missing().into());
        }
        let by_hand = self.request.by_hand(self.upload.as_ref())?;
        let incoming = incoming.as_ref().clone();
        let mut work = Work { id, incoming, setting: &self.setting, by_hand };
        work.perform(draft, &self.request)?;
        Ok(json!({ "version": draft.version(&work.id)?, "state": work.incoming.state }))
    }
}

/// One act in the making: the receipt as it will be.
pub(super) struct Work<'a> {
    pub(super) id: MatterId,
    pub(super) incoming: Incoming,
    pub(super) setting: &'a Setting,
    /// What is given by hand or voice with the next opinion.
    pub(super) by_hand: Kept,
}

impl Work<'_> {
    fn perform(&mut self, draft: &mut Draft<'_>, asked: &IncomingRequest) -> Result<(), Stop> {
        match asked {
            IncomingRequest::Acknowledge {} => {
                self.acknowledge(draft, "已签收。")?;
                self.answer(draft, |unit| tally::Fact::Acknowledged { unit })
            }
            IncomingRequest::ReturnDocument { reason, failed } => {
                self.return_document(draft, reason, failed)
            }
            IncomingRequest::Approve { node, opinion, lead, assists, checked, by_hand } => {
                if !matches!(node.as_str(), "propose" | "instruct" | "handle" | "assist") {
                    let message = "这个环节要用专门的操作办理。";
                    let kind = Kind::Invalid;
                    return Err(Refusal::new(kind, "documents.special_step", message).into());
                }
                let opinion = by_hand.text(opinion);
                let opinion = text::required(opinion, "意见", text::OPINION_MAX)?;
                if node == "propose" {
                    self.first_check(draft, checked)?;
                }
                if matches!(node.as_str(), "propose" | "instruct") {
                    self.assign(draft, lead.as_ref(), assists)?;
                }
                self.move_on(draft, node, &Operation::Approve, &opinion, "approve")
            }
            IncomingRequest::Circulate { to } => self.circulate(draft, to),
            IncomingRequest::TakeCopy {} => self.take_copy(draft),
            IncomingRequest::Read {} => self.read(draft),
            IncomingRequest::Urge { opinion } => self.urge(draft, opinion),
            IncomingRequest::Return { node, target, direct, opinion } => {
                let reason = text::required(opinion, "退回原因", text::OPINION_MAX)?;
                let back = return_to(target, mode(Direct::from(*direct)));
                self.move_on(draft, node, &back, &reason, "return")
            }
            IncomingRequest::Transfer { node, to, opinion } => {
                must_be_in_business(self.setting, to)?;
                let operation = Operation::Transfer(holder(to));
                self.move_on(draft, node, &operation, opinion, "transfer")
            }
            IncomingRequest::Relay { units } => self.relay(draft, units),
            IncomingRequest::Conclude { opinion } => {
                self.move_on(draft, "conclude", &Operation::Approve, opinion, "approve")?;
                self.put(draft, &Fact::Concluded)
            }
            IncomingRequest::Archive { retention, reason } => {
                self.archive(draft, *retention, reason)
            }
        }
    }

    /// 签收, and a number in the unit's register.
    pub(super) fn acknowledge(&mut self, draft: &mut Draft<'_>, opinion: &str) -> Result<(), Stop> {
        self.move_on(draft, "acknowledge", &Operation::Approve, opinion, "approve")?;
        self.put(draft, &Fact::Acknowledged)?;
        let unit = self.unit().cloned().ok_or_else(Refusal::missing)?;
        let number = register::enter(draft, &unit, &self.id)?;
        self.put(draft, &Fact::Registered { number })
    }

    pub(super) fn put(&mut self, draft: &mut Draft<'_>, fact: &Fact) -> Result<(), Stop> {
        draft.record::<Incoming>(&self.id, std::slice::from_ref(fact))?;
        self.incoming = draft.read::<Incoming>(&self.id)?.as_ref().clone();
        Ok(())
    }

    pub(super) fn unit(&self) -> Option<&UnitId> {
        self.incoming.received.as_ref().map(|received| &received.unit)
    }

    fn move_on(
        &mut self,
        draft: &mut Draft<'_>,
        node: &str,
        operation: &Operation,
        opinion: &str,
        decision: &str,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.incoming.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, node)?;
        self.opine(draft, node, ticket, decision, opinion)?;
        let flow = self.operate(draft.now(), ticket, operation)?;
        self.put(draft, &Fact::Flowed { flow })
    }

    /// What the interpreter makes of it; nothing is recorded yet.
    pub(super) fn operate(
        &self,
        now: Timestamp,
        ticket: TicketId,
        operation: &Operation,
    ) -> Result<FlowFact, Refusal> {
        let unit = self.unit().ok_or_else(Refusal::missing)?;
        let mut flow = self.incoming.flow.clone().unwrap_or_default();
        let process = process();
        let done = process.with_rules(self.setting, (unit, None), &self.values(), |rules| {
            lingnan_flow::operate(&process.definition, &mut flow, rules, now, ticket, operation)
        });
        done.map_err(|refusal| flow_refusal(&refusal))
    }

    pub(super) fn opine(
        &mut self,
        draft: &mut Draft<'_>,
        node: &str,
        ticket: TicketId,
        decision: &str,
        opinion: &str,
    ) -> Result<(), Stop> {
        let text = text::optional(opinion, "意见", text::OPINION_MAX)?;
        let step = process().definition.node(node).map(|n| n.name().to_owned()).unwrap_or_default();
        let (node, decision) = (node.to_owned(), decision.to_owned());
        let by_hand = std::mem::take(&mut self.by_hand);
        self.put(draft, &Fact::Opined { node, step, ticket, decision, text, by_hand })
    }

    /// 初审 before 拟办, once: what comes back to 拟办 has been checked.
    fn first_check(&mut self, draft: &mut Draft<'_>, items: &[FirstCheckItem]) -> Result<(), Stop> {
        let seat = seat(draft)?;
        ticket_at(self.incoming.flow.as_ref(), &seat.post, "propose")?;
        if self.incoming.checked.is_some() {
            return Ok(());
        }
        first_check::complete(items)?;
        self.put(draft, &Fact::Checked { items: FirstCheckItem::ALL.to_vec() })
    }

    /// 退文: back to the sender, with the reason (条例 第二十四条（三）).
    fn return_document(
        &mut self,
        draft: &mut Draft<'_>,
        reason: &str,
        failed: &[FirstCheckItem],
    ) -> Result<(), Stop> {
        let reason = text::required(reason, "退文原因", text::REASON_MAX)?;
        let seat = seat(draft)?;
        let flow = self.incoming.flow.as_ref();
        let here = ["acknowledge", "propose"]
            .into_iter()
            .find_map(|node| Some((node, ticket_at(flow, &seat.post, node).ok()?)));
        let (node, ticket) = here.ok_or_else(|| {
            Refusal::new(Kind::Conflict, "documents.too_late_to_return", "已进入办理，不能再退文。")
                .with_rule("《党政机关公文处理工作条例》第二十四条（三）")
                .with_next("请在办理意见中说明，或与来文单位联系。")
        })?;
        // What is not taken in at the door was not checked item by item.
        let reason = match (node, failed) {
            ("acknowledge", []) => reason,
            _ => first_check::reason(failed, &reason)?,
        };
        self.opine(draft, node, ticket, "return", &reason)?;
        let end = Operation::Terminate { reason: reason.as_str().into() };
        let flow = self.operate(draft.now(), ticket, &end)?;
        self.put(draft, &Fact::Flowed { flow })?;
        let failed = failed.to_vec();
        self.put(draft, &Fact::Returned { reason: reason.clone(), failed })?;
        self.answer(draft, |unit| tally::Fact::Returned { unit, reason })
    }

    fn answer(
        &self,
        draft: &mut Draft<'_>,
        answer: impl FnOnce(UnitId) -> tally::Fact,
    ) -> Result<(), Stop> {
        let received = self.incoming.received.as_ref().ok_or_else(Refusal::missing)?;
        tally::answer(draft, received, answer)
    }

    /// 转发 to units below, once the unit has acknowledged.
    fn relay(&mut self, draft: &mut Draft<'_>, units: &[UnitId]) -> Result<(), Stop> {
        check_units(units)?;
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        if self.incoming.state != IncomingState::Acknowledged {
            let message = "签收后、办结前才能转发。";
            return Err(Refusal::new(Kind::Conflict, "documents.relay_state", message)
                .with_next("请先签收。")
                .into());
        }
        let received = self.incoming.received.clone().ok_or_else(Refusal::missing)?;
        self.must_be_below(&received.unit, units)?;
        let id = received.document.as_ref().ok_or_else(crate::paper::not_on_paper)?;
        let document = draft.read::<Document>(id)?;
        let units = without_it(draft, self.setting, id, units)?;
        let expected = tally::Fact::Expected {
            about: self.id.clone(),
            title: received.title.clone(),
            unit_name: received.unit_name.clone(),
            concerned: BTreeSet::from([seat.post]),
            units: units.clone(),
        };
        tally::expect(draft, &self.id, expected)?;
        for unit in &units {
            let delivery = Delivery {
                document: &document,
                id,
                parent: Some(&self.id),
                sender: &received.unit_name,
                copy: false,
                prints: document.prints,
            };
            deliver(draft, self.setting, &delivery, unit)?;
        }
        self.put(draft, &Fact::Relayed { units })
    }

    fn must_be_below(&self, unit: &UnitId, units: &[UnitId]) -> Result<(), Refusal> {
        let wrong = self.setting.with_directory(|directory| {
            let below = |one: &UnitId| one != unit && directory.line(one).contains(&unit);
            units.iter().find(|one| !below(one)).cloned()
        });
        if units.is_empty() {
            let message = "请选择要转发的下级单位。";
            return Err(Refusal::new(Kind::Invalid, "documents.no_units", message));
        }
        wrong.map_or(Ok(()), |unit| {
            let message =
                format!("“{}”不是本单位的下级，不能转发。", self.setting.unit_name(&unit));
            Err(Refusal::new(Kind::Invalid, "documents.not_below", message)
                .with_next("请只选择本单位下级的单位。"))
        })
    }

    pub(super) fn must_be_clerk(&self, post: &lingnan_base::PostId) -> Result<(), Refusal> {
        let clerk = self.setting.with_directory(|directory| {
            directory.post(post).is_some_and(|(unit, content)| {
                let served = self.unit().is_some_and(|own| {
                    own == unit || directory.unit(unit).is_some_and(|u| u.area == own.as_str())
                });
                served && content.duties.iter().any(|d| d == duty::CLERK)
            })
        });
        if clerk { Ok(()) } else { Err(Refusal::missing()) }
    }

    fn archive(
        &mut self,
        draft: &mut Draft<'_>,
        chosen: crate::model::Retention,
        reason: &str,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        if self.incoming.state != IncomingState::Concluded {
            let message = "办结后才能归档，且只归档一次。";
            return Err(Refusal::new(Kind::Conflict, "documents.not_concluded", message)
                .with_next("请先办结。")
                .into());
        }
        let received = self.incoming.received.as_ref().ok_or_else(Refusal::missing)?;
        let document = match &received.document {
            Some(id) => Some(draft.read::<Document>(id)?),
            None => None,
        };
        let proposed = crate::retention::of_received(self.setting, received, document.as_deref())?;
        let reason = crate::retention::reason(chosen, proposed, reason)?;
        draft.post(lingnan_flow::closing::filing(&self.id));
        self.put(draft, &Fact::Archived { retention: chosen, reason })
    }
}
