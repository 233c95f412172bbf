//! 编号 and 分发: the acts of issuing, which reach beyond the document's own matter.

use super::outgoing::Work;
use super::promptly::{self, Promptly};
use super::{flow_refusal, matter, return_to, seat, ticket_at};
use crate::incoming::{self, Incoming, Received};
use crate::model::{Declared, Document, Fact, Number, Printed, Sent};
use crate::number_book::{self, NumberBook};
use crate::rules::Stage;
use crate::setting::incoming as incoming_process;
use crate::tally;
use crate::views::receipt_key;
use lingnan_base::{PostId, UnitId};
use lingnan_flow::{Operation, ReturnMode};
use lingnan_forms::Values;
use lingnan_handlers::Setting;
use lingnan_journal::{Draft, Kind, MatterId, Refusal, Stop};
use std::collections::BTreeSet;

impl Work<'_> {
    /// Takes the next number of the book: the book's stream and the document's are written in
    /// one act, so two clerks at once get consecutive numbers and no number is lost.
    pub(super) fn give_number(
        &mut self,
        draft: &mut Draft<'_>,
        book: Option<&MatterId>,
        declared: &[Declared],
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.document.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, "number")?;
        let no_book = || {
            Refusal::new(Kind::Invalid, "documents.no_book", "本单位还没有发文字号簿。")
                .with_next("请系统管理员为本单位启用机关代字。")
        };
        self.keep_rules(draft, Stage::Issue, declared)?;
        if self.document.number.is_none() {
            let id = book.ok_or_else(no_book)?;
            let held = draft.read::<NumberBook>(id)?;
            if held.unit.is_none() || held.unit != self.document.unit {
                return Err(no_book().into());
            }
            let year = draft.now().china_date().year();
            let next = held.next(year);
            let document = self.id.clone();
            let given = number_book::Fact::Given { year, number: next, document };
            draft.record::<NumberBook>(id, &[given])?;
            let text = held.text(year, next);
            let number = Number { book: id.clone(), year, number: next, text };
            self.put(draft, Fact::Numbered { number })?;
        }
        let text = self.document.number.as_ref().map(|n| n.text.clone()).unwrap_or_default();
        self.opine(draft, "number", ticket, "approve", &format!("复核无误，编号{text}。"))?;
        self.flow(draft, ticket, &Operation::Approve)
    }

    /// Voids the number; the document goes back to be numbered again.
    pub(super) fn void_number(&mut self, draft: &mut Draft<'_>, reason: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.document.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, "distribute")?;
        let number = self.document.number.clone().ok_or_else(Refusal::missing)?;
        let held = draft.read::<NumberBook>(&number.book)?;
        let voided = held.void(&self.id, number.year, number.number, reason)?;
        draft.record::<NumberBook>(&number.book, &[voided])?;
        let remark = format!("{}作废：{}", number.text, reason.trim());
        self.opine(draft, "distribute", ticket, "return", &remark)?;
        self.put(draft, Fact::NumberVoided { reason: reason.trim().to_owned() })?;
        self.flow(draft, ticket, &return_to("number", ReturnMode::Redo))
    }

    /// Sends the document: one receipt a unit, each with its own process, all in one act.
    pub(super) fn distribute(
        &mut self,
        draft: &mut Draft<'_>,
        (printed, prints): (Option<&Printed>, Option<u16>),
        declared: &[Declared],
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.document.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, "distribute")?;
        if !self.document.stands_as_signed() {
            let message = "正文、附件或收文单位与签发时不一致，不能分发。";
            return Err(Refusal::new(Kind::Conflict, "documents.changed_after_signing", message)
                .with_rule("《党政机关公文处理工作条例》第二十五条（一）")
                .with_next("请送原签发人复审。")
                .into());
        }
        if let Some(head) = &self.document.head {
            super::head::complete(head, &self.document.body)?;
        }
        self.keep_rules(draft, Stage::Issue, declared)?;
        self.must_be_printed_as_it_is(draft, printed)?;
        let sent = self.addressees();
        if !sent.is_empty() {
            self.expect_receipts(draft, &seat.post, &sent)?;
        }
        for one in &sent {
            let delivery = Delivery {
                document: &self.document,
                id: &self.id,
                parent: None,
                sender: &self.document.unit_name,
                copy: one.copy,
                prints,
            };
            deliver(draft, self.setting, &delivery, &one.unit)?;
        }
        self.tell_what_it_answers(draft)?;
        self.tell_what_it_replaces(draft)?;
        self.tell_what_it_repeals(draft)?;
        let remark = match sent.len() {
            0 => "面向社会公布，无收文单位。".to_owned(),
            count => format!("已分发{count}个单位。"),
        };
        self.opine(draft, "distribute", ticket, "approve", &remark)?;
        self.put(draft, Fact::Distributed { sent, printed: printed.cloned(), prints })?;
        self.flow(draft, ticket, &Operation::Approve)
    }

    /// The printed page is made before the act; the document may have changed in between.
    fn must_be_printed_as_it_is(
        &self,
        draft: &Draft<'_>,
        printed: Option<&Printed>,
    ) -> Result<(), Stop> {
        let Some(printed) = printed else { return Ok(()) };
        let value = crate::print::value(&self.document, self.setting, draft.now())?;
        if crate::print::digest(&value) == printed.value {
            return Ok(());
        }
        let message = "排版期间公文有改动，版式文件已经不是现在这一稿。";
        Err(Refusal::new(Kind::Conflict, "documents.printed_another", message)
            .with_next("请刷新页面，看过版式后再分发。")
            .into())
    }

    /// Clerk and drafter are told when a unit sends it back and when all have answered.
    pub(super) fn expect_receipts(
        &self,
        draft: &mut Draft<'_>,
        clerk: &PostId,
        sent: &[Sent],
    ) -> Result<(), Stop> {
        let concerned = std::iter::once(clerk).chain(&self.document.drafter).cloned().collect();
        let fact = tally::Fact::Expected {
            about: self.id.clone(),
            title: self.document.title().to_owned(),
            unit_name: self.document.unit_name.clone(),
            concerned,
            units: sent.iter().map(|one| one.unit.clone()).collect(),
        };
        tally::expect(draft, &self.id, fact)
    }

    /// The units to send to, merged ones replaced by their successors, each once.
    fn addressees(&self) -> Vec<Sent> {
        let Some(head) = &self.document.head else { return Vec::new() };
        let main = head.recipients.iter().map(|unit| (unit, false));
        let copied = head.copies.iter().map(|unit| (unit, true));
        let mut seen = BTreeSet::new();
        self.setting.with_directory(|directory| {
            main.chain(copied)
                .map(|(unit, copy)| Sent { unit: directory.successor(unit).clone(), copy })
                .filter(|sent| seen.insert(sent.unit.clone()))
                .collect()
        })
    }
}

/// What is delivered to a unit, and from where.
pub(super) struct Delivery<'a> {
    pub(super) document: &'a Document,
    pub(super) id: &'a MatterId,
    pub(super) parent: Option<&'a MatterId>,
    pub(super) sender: &'a str,
    pub(super) copy: bool,
    /// How many paper copies the unit may make.
    pub(super) prints: Option<u16>,
}

/// Of the units named, or their successors, those that have not received the document.
pub(super) fn without_it(
    draft: &mut Draft<'_>,
    setting: &Setting,
    document: &MatterId,
    units: &[UnitId],
) -> Result<Vec<UnitId>, Stop> {
    let named: BTreeSet<UnitId> = setting.with_directory(|directory| {
        let known = units.iter().filter(|unit| directory.unit(unit).is_some());
        known.map(|unit| directory.successor(unit).clone()).collect()
    });
    let mut fresh = Vec::new();
    for unit in named {
        let id = matter::<Incoming>(&receipt_key(document, &unit))?;
        if draft.read::<Incoming>(&id)?.received.is_none() {
            fresh.push(unit);
        }
    }
    if fresh.is_empty() {
        let message = "所选单位都已收到这份公文，无需再发。";
        return Err(Refusal::new(Kind::Conflict, "documents.all_have_it", message)
            .with_next("请在分发与回执中查看各单位的签收情况。")
            .into());
    }
    Ok(fresh)
}

/// Delivers to one unit and starts its process; a unit that has it already gets it once.
pub(super) fn deliver(
    draft: &mut Draft<'_>,
    setting: &Setting,
    delivery: &Delivery<'_>,
    unit: &UnitId,
) -> Result<(), Stop> {
    let id = matter::<Incoming>(&receipt_key(delivery.id, unit))?;
    if draft.read::<Incoming>(&id)?.received.is_some() {
        return Ok(());
    }
    let document = delivery.document;
    let received = Received {
        document: Some(delivery.id.clone()),
        parent: delivery.parent.cloned(),
        unit: unit.clone(),
        unit_name: setting.unit_name(unit),
        sender: delivery.sender.to_owned(),
        title: document.title().to_owned(),
        number: document.number.as_ref().map(|n| n.text.clone()).unwrap_or_default(),
        urgency: document.head.as_ref().map(|h| h.urgency).unwrap_or_default(),
        digest: document.digest().to_owned(),
        copy: delivery.copy,
        prints: delivery.prints,
    };
    let (process, now) = (incoming_process(), draft.now());
    let minutes = promptly::minutes(received.urgency);
    let started = process.with_rules(setting, (unit, None), &Values::default(), |handlers| {
        let definition = &process.definition;
        match minutes {
            None => lingnan_flow::start(definition, handlers, now),
            Some(minutes) => lingnan_flow::start(definition, &Promptly { handlers, minutes }, now),
        }
    });
    let (_, flow) = started.map_err(|refusal| flow_refusal(&refusal))?;
    let facts = [incoming::Fact::Delivered { received }, incoming::Fact::Flowed { flow }];
    draft.record::<Incoming>(&id, &facts)
}
