//! After a document was sent: 撤回, 补发, and what it means to those it answers or replaces.

use super::incoming::Work as Receipt;
use super::issue::{Delivery, deliver, without_it};
use super::outgoing::Work;
use super::{check_units, matter, seat};
use crate::incoming::{self, Incoming};
use crate::model::{Document, Fact, Kept, Sent};
use crate::rules::Stage;
use crate::views::receipt_key;
use lingnan_api::text;
use lingnan_base::UnitId;
use lingnan_flow::{Instance, Operation, TicketId};
use lingnan_journal::{Draft, Kind, MatterId, Refusal, Stop};

impl Work<'_> {
    /// 撤回: from every unit in one act, as long as nobody has acknowledged. What was acknowledged
    /// is in somebody's hands: it is replaced (更正), not taken away.
    pub(super) fn recall(&mut self, draft: &mut Draft<'_>, reason: &str) -> Result<(), Stop> {
        let reason = text::required(reason, "撤回原因", text::REASON_MAX)?;
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        self.must_be_out()?;
        let receipts = self.receipts(draft)?;
        let taken: Vec<&str> = receipts
            .iter()
            .filter(|(_, receipt)| receipt.acknowledged.is_some())
            .filter_map(|(_, receipt)| Some(receipt.received.as_ref()?.unit_name.as_str()))
            .collect();
        if let Some(first) = taken.first() {
            let message = format!("“{first}”等{}个单位已经签收，不能撤回。", taken.len());
            return Err(Refusal::new(Kind::Conflict, "documents.recall_acknowledged", message)
                .with_next("请由本单位拟稿人打开原件，从“拟更正件”另发更正；原件将注明由它替代。")
                .into());
        }
        for (id, receipt) in receipts {
            let mut facts = vec![incoming::Fact::Recalled { reason: reason.clone() }];
            facts.extend(self.ended(draft, (&id, &receipt), &reason)?);
            draft.record::<Incoming>(&id, &facts)?;
        }
        crate::tally::recall(draft, &self.id)?;
        self.put(draft, Fact::Recalled { reason })
    }

    /// What ends a receipt's process; none when it has ended.
    fn ended(
        &self,
        draft: &Draft<'_>,
        (id, receipt): (&MatterId, &Incoming),
        reason: &str,
    ) -> Result<Option<incoming::Fact>, Stop> {
        let running = |flow: &Instance| flow.open_tickets().next().is_some();
        if !receipt.flow.as_ref().is_some_and(running) {
            return Ok(None);
        }
        let (id, incoming, by_hand) = (id.clone(), receipt.clone(), Kept::default());
        let receipt = Receipt { id, incoming, setting: self.setting, by_hand };
        let end = Operation::Terminate { reason: reason.into() };
        let flow = receipt.operate(draft.now(), TicketId(0), &end)?;
        Ok(Some(incoming::Fact::Flowed { flow }))
    }

    /// 补发: what is sent further keeps every rule that the first sending kept.
    pub(super) fn send_further(
        &mut self,
        draft: &mut Draft<'_>,
        units: &[UnitId],
        reason: &str,
    ) -> Result<(), Stop> {
        let reason = text::required(reason, "补发原因", text::REASON_MAX)?;
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        self.must_be_out()?;
        check_units(units)?;
        let fresh = without_it(draft, self.setting, &self.id, units)?;
        self.must_be_allowed(draft, &fresh)?;
        let sent: Vec<Sent> = fresh.into_iter().map(|unit| Sent { unit, copy: false }).collect();
        self.expect_receipts(draft, &seat.post, &sent)?;
        for one in &sent {
            let delivery = Delivery {
                document: &self.document,
                id: &self.id,
                parent: None,
                sender: &self.document.unit_name,
                copy: false,
                prints: self.document.prints,
            };
            deliver(draft, self.setting, &delivery, &one.unit)?;
        }
        let remark = format!("补发{}个单位：{reason}", sent.len());
        self.opine(draft, "distribute", TicketId(0), "send_further", &remark)?;
        self.put(draft, Fact::SentFurther { sent })
    }

    fn must_be_allowed(&mut self, draft: &mut Draft<'_>, units: &[UnitId]) -> Result<(), Stop> {
        let as_signed = self.document.head.clone();
        if let Some(head) = &mut self.document.head {
            head.recipients.extend(units.iter().cloned());
        }
        let judged = self.keep_rules(draft, Stage::Issue, &[]);
        self.document.head = as_signed;
        judged
    }

    fn must_be_out(&self) -> Result<(), Refusal> {
        if let Some((_, time)) = &self.document.recalled {
            let when = time.china_datetime().strftime("%-m月%-d日%H:%M");
            let message = format!("这份公文已于{when}撤回。");
            return Err(Refusal::new(Kind::Conflict, "documents.recalled", message)
                .with_next("如需再发，请以原稿另拟新文。"));
        }
        if self.document.sent.is_empty() {
            let message = "这份公文还没有分发。";
            return Err(Refusal::new(Kind::Conflict, "documents.not_sent", message)
                .with_next("请先编号、分发。"));
        }
        Ok(())
    }

    fn receipts(&self, draft: &mut Draft<'_>) -> Result<Vec<(MatterId, Incoming)>, Stop> {
        let mut receipts = Vec::new();
        for sent in &self.document.sent {
            let id = matter::<Incoming>(&receipt_key(&self.id, &sent.unit))?;
            let receipt = draft.read::<Incoming>(&id)?;
            receipts.push((id, receipt.as_ref().clone()));
        }
        Ok(receipts)
    }

    /// 答复: what one's own unit received and this document answers is told of it (条例
    /// 第二十四条（七）).
    pub(super) fn tell_what_it_answers(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let answers = self.document.head.as_ref().and_then(|head| head.answers.as_ref());
        let Some(key) = answers.and_then(|answered| answered.receipt.as_deref()) else {
            return Ok(());
        };
        let id = matter::<Incoming>(key)?;
        let receipt = draft.read::<Incoming>(&id)?;
        let own = receipt.received.as_ref().is_some_and(|received| {
            let issuer = self.document.head.as_ref().and_then(|head| head.issuer.as_ref());
            [self.document.unit.as_ref(), issuer].contains(&Some(&received.unit))
        });
        if !own {
            let message = "所答复的来文不是本单位收到的，不能关联。";
            return Err(Refusal::new(Kind::Invalid, "documents.answers_another", message)
                .with_next("请在“来文”中重新选择，或只写来文的标题和文号。")
                .into());
        }
        let number = self.document.number.as_ref().map(|n| n.text.clone()).unwrap_or_default();
        let document = self.id.key().to_owned();
        let fact = incoming::Fact::Answered { document, number };
        draft.record::<Incoming>(&id, &[fact])
    }

    /// 废止: each document of this cell that this one repeals says so from now on. One that went
    /// out before the platform is named by its number alone.
    pub(super) fn tell_what_it_repeals(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let repeals = self.document.head.as_ref().map(|head| head.repeals.clone());
        let by = self.id.key().to_owned();
        let number = self.document.number.as_ref().map(|n| n.text.clone()).unwrap_or_default();
        for one in repeals.unwrap_or_default() {
            let Some(key) = &one.key else { continue };
            let id = matter::<Document>(key)?;
            let before = draft.read::<Document>(&id)?;
            let named = before.number.as_ref().is_some_and(|number| number.text == one.number);
            let out = before.is_out() && before.recalled.is_none();
            if before.unit != self.document.unit || !named || !out || id == self.id {
                let message = format!("“{}”不是本单位发出的公文，不能废止它。", one.number);
                return Err(Refusal::new(Kind::Invalid, "documents.repeals_another", message)
                    .with_next("请从本单位已发出的公文中重新选择，或只写文号和标题。")
                    .into());
            }
            if let Some((_, by)) = &before.repealed {
                let message = format!("“{}”已被{by}废止。", one.number);
                return Err(Refusal::new(Kind::Conflict, "documents.repealed_already", message)
                    .with_next("请从所废止的公文中删去它。")
                    .into());
            }
            let fact = Fact::Repealed { by: by.clone(), number: number.clone() };
            draft.record::<Document>(&id, &[fact])?;
        }
        Ok(())
    }

    /// 更正: the document that this one replaces says so from now on.
    pub(super) fn tell_what_it_replaces(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let replaces = self.document.head.as_ref().and_then(|head| head.replaces.as_deref());
        let Some(key) = replaces else { return Ok(()) };
        let id = matter::<Document>(key)?;
        let before = draft.read::<Document>(&id)?;
        if before.unit != self.document.unit || before.sent.is_empty() || id == self.id {
            let message = "所更正的公文不是本单位发出的，不能替代它。";
            return Err(Refusal::new(Kind::Invalid, "documents.replaces_another", message)
                .with_next("请从本单位已发出的公文页面选择“拟更正件”。")
                .into());
        }
        let by = self.id.key().to_owned();
        let number = self.document.number.as_ref().map(|n| n.text.clone()).unwrap_or_default();
        draft.record::<Document>(&id, &[Fact::Replaced { by, number }])
    }
}
