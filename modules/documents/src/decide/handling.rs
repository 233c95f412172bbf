//! How a unit handles what it received: 承办, 传阅, 阅知, 催办.

use super::incoming::Work;
use super::{flow_refusal, holder, must_be_in_business, seat};
use crate::incoming::{Assigned, Fact, IncomingState};
use lingnan_api::text;
use lingnan_base::PostId;
use lingnan_directory::duty;
use lingnan_flow::{Holder, NoticeState, Operation, TicketId};
use lingnan_forms::Values;
use lingnan_journal::{Draft, Kind, Refusal, Stop};
use serde_json::json;

/// Most posts of one circulation.
const READERS_MAX: usize = 200;

impl Work<'_> {
    /// 承办: names the lead, and those who assist him (条例 第二十四条（四）).
    pub(super) fn assign(
        &mut self,
        draft: &mut Draft<'_>,
        lead: Option<&PostId>,
        assists: &[PostId],
    ) -> Result<(), Stop> {
        let Some(lead) = lead else {
            if assists.is_empty() {
                return Ok(());
            }
            let message = "两个以上部门、岗位办理的，应当明确主办。";
            return Err(Refusal::new(Kind::Invalid, "documents.no_lead", message)
                .with_rule("《党政机关公文处理工作条例》第二十四条（四）")
                .with_next("请选择主办岗位。")
                .into());
        };
        let mut assists = assists.to_vec();
        assists.retain(|post| post != lead);
        assists.dedup();
        for post in std::iter::once(lead).chain(&assists) {
            must_be_in_business(self.setting, post)?;
            self.must_be_within(post)?;
        }
        let assigned = Assigned { lead: lead.clone(), assists };
        self.put(draft, &Fact::Assigned { assigned })
    }

    /// What the process calls its form: who handles it. The clerk does when nobody was named.
    pub(super) fn values(&self) -> Values {
        let mut values = Values::default();
        let named = self.incoming.assigned.as_ref();
        let lead = named.map(|assigned| assigned.lead.clone()).or_else(|| {
            let unit = self.unit()?;
            self.setting.with_directory(|directory| {
                directory.posts_with(unit, duty::CLERK).into_iter().next()
            })
        });
        if let Some(lead) = lead {
            values.0.insert("主办".to_owned(), json!(lead.as_str()));
        }
        let assists: Vec<&str> =
            named.into_iter().flat_map(|named| &named.assists).map(PostId::as_str).collect();
        if !assists.is_empty() {
            values.0.insert("协办".to_owned(), json!(assists));
        }
        values
    }

    /// A post of the unit, or of one of its own area under it: a government's offices and
    /// departments are its own, the governments below are not.
    fn must_be_within(&self, post: &PostId) -> Result<(), Refusal> {
        let within = self.setting.with_directory(|directory| {
            let (unit, _) = directory.post(post)?;
            let (own, there) = (directory.unit(self.unit()?)?, directory.unit(unit)?);
            let under = directory.line(unit).contains(&self.unit()?);
            Some(under && own.area == there.area)
        });
        let within = within.unwrap_or(false);
        if within {
            return Ok(());
        }
        let message = "所选岗位不在本单位，不能由它承办或传阅。";
        Err(Refusal::new(Kind::Invalid, "documents.not_within", message)
            .with_next("交外单位办理请用“转发”或另行发文。"))
    }

    /// 打印: one copy more, as long as the sender allows it.
    pub(super) fn take_copy(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let unit = seat(draft)?.unit;
        let received = self.incoming.received.as_ref().ok_or_else(Refusal::missing)?;
        if received.unit != unit {
            return Err(Refusal::missing().into());
        }
        if matches!(
            self.incoming.state,
            IncomingState::Delivered | IncomingState::Returned | IncomingState::Recalled
        ) {
            let message = "签收以后才能打印；退文、撤回的公文不能打印。";
            return Err(Refusal::new(Kind::Conflict, "documents.not_to_print", message)
                .with_next("请先签收。")
                .into());
        }
        let made = self.incoming.copies.len();
        if let Some(prints) = received.prints.filter(|prints| made >= usize::from(*prints)) {
            let message = format!("发文机关允许打印{prints}份，已经打印{made}份。");
            return Err(Refusal::new(Kind::Conflict, "documents.print_quota", message)
                .with_next("请在线阅看；确需增印的，请与发文机关联系。")
                .into());
        }
        self.put(draft, &Fact::Copied)
    }

    /// 传阅: everyone at once, each to be read by himself (条例 第二十四条（五）).
    pub(super) fn circulate(&mut self, draft: &mut Draft<'_>, to: &[PostId]) -> Result<(), Stop> {
        let seat = seat(draft)?;
        self.must_have_it_in_hand(&seat.post)?;
        if to.is_empty() || to.len() > READERS_MAX {
            let message = format!("请选择传阅对象，一次最多{READERS_MAX}个岗位。");
            return Err(Refusal::new(Kind::Invalid, "documents.no_readers", message).into());
        }
        for post in to {
            must_be_in_business(self.setting, post)?;
            self.must_be_within(post)?;
        }
        // Whoever has it already, read or not, is not given it twice.
        let known = |post: &&PostId| {
            self.incoming.flow.as_ref().is_some_and(|flow| {
                flow.notices().iter().any(|notice| *notice.holder.0 == *post.as_str())
            })
        };
        let mut fresh: Vec<Holder> = to.iter().filter(|post| !known(post)).map(holder).collect();
        fresh.sort();
        fresh.dedup();
        if fresh.is_empty() {
            let message = "所选岗位都已传阅过这份公文。";
            return Err(Refusal::new(Kind::Conflict, "documents.all_read_it", message)
                .with_next("请在传阅情况中查看谁还没有阅。")
                .into());
        }
        let ticket = self.any_ticket().ok_or_else(Refusal::missing)?;
        let operation = Operation::Circulate { to: fresh, receipt: true };
        let flow = self.operate(draft.now(), ticket, &operation)?;
        self.put(draft, &Fact::Flowed { flow })
    }

    /// 阅知
    pub(super) fn read(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let own = holder(&seat(draft)?.post);
        let open = self.incoming.flow.as_ref().and_then(|flow| {
            let mine = (0..).zip(flow.notices());
            mine.filter(|(_, notice)| notice.holder == own && !notice.is_done())
                .map(|(n, _)| n)
                .next()
        });
        let notice = open.ok_or_else(|| flow_refusal(&lingnan_flow::Refusal::NoSuchNotice))?;
        let operation = Operation::Notice { notice, state: NoticeState::Receipted };
        let flow = self.operate(draft.now(), TicketId(0), &operation)?;
        self.put(draft, &Fact::Flowed { flow })
    }

    /// 催办: everyone who has it now is told (条例 第二十四条（六）).
    pub(super) fn urge(&mut self, draft: &mut Draft<'_>, opinion: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        let opinion = text::optional(opinion, "催办意见", text::OPINION_MAX)?;
        let open: Vec<TicketId> = self
            .incoming
            .flow
            .iter()
            .flat_map(|flow| flow.open_tickets())
            .filter(|(_, ticket)| *ticket.holder.0 != *seat.post.as_str())
            .map(|(id, _)| id)
            .collect();
        let Some(first) = open.first().copied() else {
            let message = "现在没有别人经办，无需催办。";
            return Err(Refusal::new(Kind::Conflict, "documents.nobody_to_urge", message).into());
        };
        let words = if opinion.is_empty() { "请抓紧办理。" } else { opinion.as_str() };
        self.opine(draft, "urge", first, "urge", words)?;
        for ticket in open {
            let flow = self.operate(draft.now(), ticket, &Operation::Urge)?;
            self.put(draft, &Fact::Flowed { flow })?;
        }
        Ok(())
    }

    fn any_ticket(&self) -> Option<TicketId> {
        let flow = self.incoming.flow.as_ref()?;
        flow.open_tickets().map(|(id, _)| id).next()
    }

    /// The clerk, or whoever has a ticket of it.
    fn must_have_it_in_hand(&self, post: &PostId) -> Result<(), Refusal> {
        if self.incoming.state != IncomingState::Acknowledged {
            let message = "签收后、办结前才能传阅。";
            return Err(Refusal::new(Kind::Conflict, "documents.circulate_state", message)
                .with_next("请先签收。"));
        }
        let flow = self.incoming.flow.as_ref();
        let holds = flow.is_some_and(|flow| flow.open_ticket_of(&holder(post), None).is_some());
        if holds { Ok(()) } else { self.must_be_clerk(post) }
    }
}
