//! Acts on an outgoing document: 起草, 流转, 办结, 归档.

use super::{
    Direct, Seen, flow_refusal, head, holder, matter, mode, must_have_seen, return_to, seat,
    ticket_at,
};
use crate::body::Body;
use crate::model::{Declared, Document, Fact, Head, Kept, Printed, Request, State};
use crate::number_book::NumberBook;
use crate::picture;
use crate::retention::{self, Direction};
use crate::rules::Stage;
use crate::setting::outgoing;
use lingnan_api::{Attachment, text};
use lingnan_base::{PostId, Timestamp, UnitId};
use lingnan_directory::duty;
use lingnan_flow::{Instance, Operation, TicketId};
use lingnan_forms::Values;
use lingnan_handlers::{Handlers, Setting};
use lingnan_journal::{Answer, Command, Draft, Kind, MatterId, Refusal, Stop};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// 起草: begins a document.
pub struct Begin {
    /// The head.
    pub head: Head,
    /// The text.
    pub body: Body,
    /// 密级: must be empty.
    pub secrecy: String,
    /// Pictures of the text that the actor uploaded.
    pub pictures: Vec<Attachment>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Begin {
    fn name(&self) -> &'static str {
        "documents.begin"
    }

    fn request(&self) -> Value {
        json!({ "head": self.head, "body": self.body })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let seat = seat(draft)?;
        let may_draft = self.setting.with_directory(|directory| {
            let post = directory.post(&seat.post);
            post.is_some_and(|(_, post)| post.duties.iter().any(|d| d == duty::DRAFTER))
        });
        if !may_draft {
            let message = "您当前的岗位没有拟稿职责。";
            return Err(Refusal::new(Kind::Forbidden, "documents.not_drafter", message)
                .with_next("请切换到有拟稿职责的岗位，或请本单位拟稿人起草。")
                .into());
        }
        let head = head::checked(&self.setting, &seat.unit, &self.head, &self.body, &self.secrecy)?;
        let id = matter::<Document>(&draft.fresh_key())?;
        let digest = self.body.digest(&head.title);
        let unit_name = self.setting.unit_name(&seat.unit);
        let drafted = Fact::Drafted { unit: seat.unit, unit_name, drafter: seat.post };
        let pictures = picture::new_files(&self.body, &BTreeMap::new(), &self.pictures)?;
        let (head, body) = (Box::new(head), Arc::new(self.body.clone()));
        let saved = Fact::Saved { head, body, digest, pictures };
        draft.record::<Document>(&id, &[drafted, saved])?;
        Ok(json!({ "id": id.key() }))
    }
}

/// 启用发文字号簿
pub struct OpenBook {
    /// The book's key.
    pub key: String,
    /// Whose.
    pub unit: UnitId,
    /// 机关代字
    pub code: String,
}

impl Command for OpenBook {
    fn name(&self) -> &'static str {
        "documents.open_book"
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "unit": self.unit, "code": self.code })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter::<NumberBook>(&self.key)?;
        let book = draft.read::<NumberBook>(&id)?;
        if book.unit.as_ref() == Some(&self.unit) && book.code == self.code {
            return Ok(json!({ "book": id }));
        }
        let fact = book.open(self.unit.clone(), &self.code)?;
        draft.record::<NumberBook>(&id, &[fact])?;
        Ok(json!({ "book": id }))
    }
}

/// An act on a document that exists.
pub struct Handle {
    /// The document's key.
    pub key: String,
    /// The version the actor saw.
    pub seen: Option<u64>,
    /// What he asks.
    pub request: Request,
    /// The unit's number book, looked up for [`Request::Number`].
    pub book: Option<MatterId>,
    /// What the actor uploaded, looked up by [`Request::upload`].
    pub upload: Option<Attachment>,
    /// Pictures of the text that the actor uploaded, looked up for [`Request::Save`].
    pub pictures: Vec<Attachment>,
    /// The printed page, made for [`Request::Distribute`].
    pub printed: Option<Printed>,
    /// The world around it.
    pub setting: Setting,
}

impl Command for Handle {
    fn name(&self) -> &'static str {
        match &self.request {
            Request::Save { .. } => "documents.save",
            Request::Submit { .. } => "documents.submit",
            Request::Approve { .. } => "documents.approve",
            Request::Return { .. } => "documents.return",
            Request::Withdraw { .. } => "documents.withdraw",
            Request::Transfer { .. } => "documents.transfer",
            Request::Number { .. } => "documents.number",
            Request::VoidNumber { .. } => "documents.void_number",
            Request::Distribute { .. } => "documents.distribute",
            Request::Recall { .. } => "documents.recall",
            Request::SendFurther { .. } => "documents.send_further",
            Request::Conclude { .. } => "documents.conclude",
            Request::Archive { .. } => "documents.archive",
            Request::Attach { .. } => "documents.attach",
            Request::Detach { .. } => "documents.detach",
        }
    }

    fn request(&self) -> Value {
        json!({ "key": self.key, "request": self.request })
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<Answer, Stop> {
        let id = matter::<Document>(&self.key)?;
        let binds = matches!(self.request, Request::Approve { .. } | Request::Return { .. });
        if binds {
            must_have_seen(self.seen)?;
        }
        let document = draft.read::<Document>(&id)?;
        let seen = Seen { id: &id, version: self.seen, step: self.request.own_step() };
        let stands = (&document.sight, document.flow.as_ref());
        seen.expect(draft, stands, &document.opinions)?;
        if document.unit.is_none() {
            return Err(Refusal::missing().into());
        }
        let mut work = Work {
            id,
            document: document.as_ref().clone(),
            setting: &self.setting,
            by_hand: Kept::default(),
        };
        let known = Known {
            book: self.book.as_ref(),
            upload: self.upload.as_ref(),
            pictures: &self.pictures,
            printed: self.printed.as_ref(),
        };
        work.perform(draft, &self.request, known)?;
        let version = draft.version(&work.id)?;
        Ok(json!({ "version": version, "step": work.steps(), "number": work.number_text() }))
    }
}

/// What was looked up outside the journal for one request.
#[derive(Clone, Copy)]
struct Known<'a> {
    book: Option<&'a MatterId>,
    upload: Option<&'a Attachment>,
    pictures: &'a [Attachment],
    printed: Option<&'a Printed>,
}

/// One act in the making: the document as it will be.
pub(super) struct Work<'a> {
    pub(super) id: MatterId,
    pub(super) document: Document,
    pub(super) setting: &'a Setting,
    /// What is given by hand or voice with the next opinion.
    by_hand: Kept,
}

impl Work<'_> {
    fn perform(
        &mut self,
        draft: &mut Draft<'_>,
        request: &Request,
        known: Known<'_>,
    ) -> Result<(), Stop> {
        match request {
            Request::Save { base, head, body, secrecy } => {
                self.save(draft, *base, head, (body, known.pictures), secrecy)
            }
            Request::Submit { declarations } => self.submit(draft, declarations),
            Request::Approve { node, opinion, by_hand, declarations } => {
                self.by_hand = by_hand.kept(known.upload)?;
                self.approve(draft, node, by_hand.text(opinion), declarations)
            }
            Request::Return { node, target, direct, opinion } => {
                let mode = mode(Direct::from(*direct));
                self.send_back(draft, node, &return_to(target, mode), opinion)
            }
            Request::Withdraw { node } => self.withdraw(draft, node),
            Request::Transfer { node, to, opinion } => {
                let to = self.transferee(node, to)?;
                self.move_on(draft, node, &Operation::Transfer(to), opinion, "transfer")
            }
            Request::Number { declarations, .. } => {
                self.give_number(draft, known.book, declarations)
            }
            Request::VoidNumber { reason } => self.void_number(draft, reason),
            Request::Distribute { prints, declarations } => {
                self.distribute(draft, (known.printed, *prints), declarations)
            }
            Request::Recall { reason } => self.recall(draft, reason),
            Request::SendFurther { units, reason } => self.send_further(draft, units, reason),
            Request::Conclude { opinion } => {
                self.move_on(draft, "conclude", &Operation::Approve, opinion, "approve")?;
                self.put(draft, Fact::Concluded)
            }
            Request::Archive { retention, reason } => self.archive(draft, *retention, reason),
            Request::Attach { digest } => self.attach(draft, digest, known.upload),
            Request::Detach { digest } => {
                let node = self.may_edit(draft)?;
                self.put(draft, Fact::Detached { digest: digest.clone() })?;
                self.recheck(draft, node)
            }
        }
    }

    pub(super) fn put(&mut self, draft: &mut Draft<'_>, fact: Fact) -> Result<(), Stop> {
        draft.record::<Document>(&self.id, std::slice::from_ref(&fact))?;
        self.document = draft.read::<Document>(&self.id)?.as_ref().clone();
        Ok(())
    }

    fn steps(&self) -> String {
        let flow = self.document.flow.as_ref();
        flow.map(|flow| crate::views::steps(&outgoing().definition, flow)).unwrap_or_default()
    }

    fn number_text(&self) -> Option<&str> {
        self.document.number.as_ref().map(|number| number.text.as_str())
    }

    /// What the press would refuse at 分发 is refused before anybody signs it.
    fn must_fit_the_page(&self, now: Timestamp) -> Result<(), Refusal> {
        let value = crate::print::value(&self.document, self.setting, now)?;
        value.check().map_err(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let message = format!("按这样排不成版：{}。", faults.join("；"));
            let next =
                "请修改；主送机关太多的，在正文首行写明统称并以冒号结尾，收文单位照旧全部选上。";
            Refusal::new(Kind::Invalid, "documents.page", message)
                .with_rule("GB/T 9704—2012 7.3")
                .with_next(next)
        })
    }

    fn submit(&mut self, draft: &mut Draft<'_>, declared: &[Declared]) -> Result<(), Stop> {
        let seat = seat(draft)?;
        if self.document.flow.is_some() || self.document.drafter.as_ref() != Some(&seat.post) {
            return Err(flow_refusal(&lingnan_flow::Refusal::NotOpen).into());
        }
        let head = self.document.head.clone().ok_or_else(Refusal::missing)?;
        head::complete(&head, &self.document.body)?;
        self.must_fit_the_page(draft.now())?;
        self.keep_rules(draft, Stage::Submit, declared)?;
        let now = draft.now();
        let (_, flow) = self.with_rules(|rules| {
            let started = lingnan_flow::start(&outgoing().definition, rules, now);
            started.map_err(|refusal| flow_refusal(&refusal))
        })?;
        self.put(draft, Fact::Flowed { flow })?;
        self.move_on(draft, "draft", &Operation::Approve, "请审核。", "submit")
    }

    fn approve(
        &mut self,
        draft: &mut Draft<'_>,
        node: &str,
        opinion: &str,
        declared: &[Declared],
    ) -> Result<(), Stop> {
        let steps = ["draft", "edit_check", "countersign", "legality_review", "sign_off"];
        if !steps.contains(&node) {
            let message = "这个环节要用专门的操作办理。";
            return Err(Refusal::new(Kind::Invalid, "documents.special_step", message)
                .with_next("请使用页面上的“编号”“分发”“办结”按钮。")
                .into());
        }
        if let Some(head) = &self.document.head {
            head::complete(head, &self.document.body)?;
            self.must_fit_the_page(draft.now())?;
        }
        let stage = match node {
            "draft" => Some(Stage::Submit),
            "edit_check" => Some(Stage::Review),
            "legality_review" => Some(Stage::Legality),
            "sign_off" => Some(Stage::SignOff),
            _ => None,
        };
        if let Some(stage) = stage {
            self.keep_rules(draft, stage, declared)?;
        }
        if node == "countersign" {
            self.must_be_its_leader(&seat(draft)?)?;
        }
        let opinion = if opinion.trim().is_empty() { "同意。" } else { opinion };
        self.move_on(draft, node, &Operation::Approve, opinion, "approve")?;
        if node == "sign_off" {
            let digest = self.document.signable();
            self.put(draft, Fact::Signed { digest })?;
        }
        Ok(())
    }

    fn send_back(
        &mut self,
        draft: &mut Draft<'_>,
        node: &str,
        operation: &Operation,
        reason: &str,
    ) -> Result<(), Stop> {
        text::required(reason, "退回原因", text::OPINION_MAX)?;
        self.move_on(draft, node, operation, reason, "return")
    }

    /// Writes the opinion and carries out an operation on the actor's own ticket at `node`.
    fn move_on(
        &mut self,
        draft: &mut Draft<'_>,
        node: &str,
        operation: &Operation,
        opinion: &str,
        decision: &str,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.document.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, node)?;
        self.opine(draft, node, ticket, decision, opinion)?;
        self.flow(draft, ticket, operation)
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
        let step =
            outgoing().definition.node(node).map(|n| n.name().to_owned()).unwrap_or_default();
        let fact = Fact::Opined {
            node: node.to_owned(),
            step,
            ticket,
            decision: decision.to_owned(),
            text,
            version: self.document.version(),
            digest: self.document.digest().to_owned(),
            by_hand: std::mem::take(&mut self.by_hand),
        };
        self.put(draft, fact)
    }

    pub(super) fn flow(
        &mut self,
        draft: &mut Draft<'_>,
        ticket: TicketId,
        operation: &Operation,
    ) -> Result<(), Stop> {
        let now = draft.now();
        let flow = self.with_rules(|rules| {
            let mut flow: Instance = self.document.flow.clone().unwrap_or_default();
            let definition = &outgoing().definition;
            let done = lingnan_flow::operate(definition, &mut flow, rules, now, ticket, operation);
            done.map_err(|refusal| flow_refusal(&refusal))
        })?;
        self.put(draft, Fact::Flowed { flow })?;
        let unsigned = self.document.signed.is_some() && !self.is_past_signing();
        if unsigned { self.put(draft, Fact::Unsigned) } else { Ok(()) }
    }

    /// Whether the work lies behind 签发; a signature counts only there.
    fn is_past_signing(&self) -> bool {
        let definition = &outgoing().definition;
        let line = self.document.flow.as_ref().map(|flow| flow.state_line(definition));
        let line = line.unwrap_or_default();
        let signing = line.iter().position(|stage| stage.node.id() == "sign_off");
        let up_to = line.iter().take(signing.map_or(0, |place| place.saturating_add(1)));
        !up_to.into_iter().any(|stage| stage.standing == lingnan_flow::NodeStanding::Active)
    }

    fn withdraw(&mut self, draft: &mut Draft<'_>, node: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        if matches!(node, "number" | "distribute" | "conclude") {
            return Err(flow_refusal(&lingnan_flow::Refusal::Irreversible).into());
        }
        let definition = &outgoing().definition;
        let flow = self.document.flow.as_ref().ok_or_else(Refusal::missing)?;
        let own = holder(&seat.post);
        let mine = flow.tickets().filter(|(_, t)| {
            t.holder == own && flow.node_of(definition, t).is_some_and(|n| n.id() == node)
        });
        let ticket = mine.map(|(id, _)| id).max();
        let ticket =
            ticket.ok_or_else(|| flow_refusal(&lingnan_flow::Refusal::NothingToWithdraw))?;
        self.flow(draft, ticket, &Operation::Withdraw)?;
        self.opine(draft, node, ticket, "withdraw", "撤回")
    }

    /// Whoever takes a step over must be able to do it: someone in business, and for 签发 a
    /// leader (条例 第二十二条).
    fn transferee(&self, node: &str, to: &PostId) -> Result<lingnan_flow::Holder, Refusal> {
        super::must_be_in_business(self.setting, to)?;
        let unit = self.document.unit.as_ref().ok_or_else(Refusal::missing)?;
        if node == "sign_off" && !head::may_sign(self.setting, unit, to) {
            let message = "所选岗位没有签发本机关公文的职责，不能转办给它。";
            return Err(Refusal::new(Kind::Invalid, "documents.signer", message)
                .with_rule("《党政机关公文处理工作条例》第二十二条")
                .with_next("请选择本机关负责人或其授权的负责人。"));
        }
        Ok(holder(to))
    }

    fn archive(
        &mut self,
        draft: &mut Draft<'_>,
        chosen: crate::model::Retention,
        reason: &str,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        self.must_be_clerk(&seat.post)?;
        if self.document.state != State::Concluded {
            let message = "办结后才能归档，且只归档一次。";
            return Err(Refusal::new(Kind::Conflict, "documents.not_concluded", message)
                .with_rule("《党政机关公文处理工作条例》第二十七条")
                .with_next("请先办结。")
                .into());
        }
        let head = self.document.head.as_ref().ok_or_else(Refusal::missing)?;
        let proposed = retention::proposal(Direction::Own, head.document_type, &head.title);
        let reason = retention::reason(chosen, proposed, reason)?;
        draft.post(lingnan_flow::closing::filing(&self.id));
        self.put(draft, Fact::Archived { retention: chosen, reason })
    }

    pub(super) fn must_be_clerk(&self, post: &PostId) -> Result<(), Refusal> {
        let clerk = self.setting.with_directory(|directory| {
            directory.post(post).is_some_and(|(unit, content)| {
                Some(unit) == self.document.unit.as_ref()
                    && content.duties.iter().any(|d| d == duty::CLERK)
            })
        });
        if clerk { Ok(()) } else { Err(Refusal::missing()) }
    }

    /// Answers of the world about this document: its head is what the process calls its form.
    pub(super) fn with_rules<T>(
        &self,
        ask: impl FnOnce(&Handlers<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let unit = self.document.unit.as_ref().ok_or_else(Refusal::missing)?;
        let mut values = Values::default();
        if let Some(head) = &self.document.head {
            let units: Vec<&str> = head.countersign.iter().map(UnitId::as_str).collect();
            if !units.is_empty() {
                values.0.insert("会签单位".to_owned(), json!(units));
            }
            if let Some(signer) = &head.signer {
                values.0.insert("签发人".to_owned(), json!(signer.as_str()));
            }
            if head.normative {
                values.0.insert("文件性质".to_owned(), json!("行政规范性文件"));
            }
        }
        outgoing().with_rules(self.setting, (unit, self.document.drafter.as_ref()), &values, ask)
    }
}
