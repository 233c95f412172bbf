//! Changing the text and the files, by whoever has the document in hand.

use super::outgoing::Work;
use super::{head, holder, return_to, seat, ticket_at};
use crate::body::Body;
use crate::model::{ATTACHED_BYTES_MAX, ATTACHMENTS_MAX, Fact, Head};
use crate::picture;
use lingnan_api::Attachment;
use lingnan_flow::ReturnMode;
use lingnan_journal::{Draft, Kind, Refusal, Stop};
use std::sync::Arc;

impl Work<'_> {
    /// At which step the actor may change the text: the drafter before submitting, and whoever
    /// holds the draft, checks it or rechecks it before it is sent.
    pub(super) fn may_edit(&self, draft: &Draft<'_>) -> Result<Option<&'static str>, Stop> {
        let seat = seat(draft)?;
        let Some(flow) = &self.document.flow else {
            let own = self.document.drafter.as_ref() == Some(&seat.post);
            return if own { Ok(None) } else { Err(Refusal::missing().into()) };
        };
        let here = ["draft", "edit_check", "number", "distribute"]
            .into_iter()
            .find(|node| flow.open_ticket_of(&holder(&seat.post), Some(node)).is_some());
        if here.is_some() {
            return Ok(here);
        }
        let message = "文件不在您手上，不能修改正文。";
        Err(Refusal::new(Kind::Conflict, "documents.not_yours_to_edit", message)
            .with_next("如需修改，请现办理人退回，或在意见中写明修改要求。")
            .into())
    }

    pub(super) fn save(
        &mut self,
        draft: &mut Draft<'_>,
        base: u32,
        asked: &Head,
        (body, brought): (&Body, &[Attachment]),
        secrecy: &str,
    ) -> Result<(), Stop> {
        let node = self.may_edit(draft)?;
        let unit = self.document.unit.clone().ok_or_else(Refusal::missing)?;
        let head = head::checked(self.setting, &unit, asked, body, secrecy)?;
        let digest = body.digest(&head.title);
        if self.document.head.as_ref() == Some(&head) && self.document.digest() == digest {
            return Ok(());
        }
        self.must_be_based_on(base)?;
        let pictures = picture::new_files(body, &self.document.pictures, brought)?;
        let body = Arc::new(body.clone());
        self.put(draft, Fact::Saved { head: Box::new(head), body, digest, pictures })?;
        self.recheck(draft, node)
    }

    /// Refuses what was not written on the present version: it would undo, unseen, what another
    /// saved in between.
    fn must_be_based_on(&self, base: u32) -> Result<(), Refusal> {
        let Some(last) = self.document.versions.last().filter(|last| last.number != base) else {
            return Ok(());
        };
        let when = last.time.china_datetime().strftime("%-m月%-d日%H:%M");
        let (by, number) = (&last.label, last.number);
        let message = format!(
            "{}{}已于{when}保存第{number}稿，您的文稿是在第{base}稿上改的，没有保存。",
            by.unit, by.person
        );
        Err(Refusal::new(Kind::Conflict, "stale_version", message)
            .with_next("请比较两稿，再决定以您的文稿另存新稿，还是采用对方的文稿。"))
    }

    /// What was signed and is no more as it was goes back to the signer.
    pub(super) fn recheck(
        &mut self,
        draft: &mut Draft<'_>,
        node: Option<&str>,
    ) -> Result<(), Stop> {
        let changed = self.document.signed.is_some() && !self.document.stands_as_signed();
        match node.filter(|_| changed) {
            Some(node) => self.back_to_signer(draft, node),
            None => Ok(()),
        }
    }

    /// 条例 第二十五条（一）: a substantive change after signing goes back to the signer.
    fn back_to_signer(&mut self, draft: &mut Draft<'_>, node: &str) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let flow = self.document.flow.as_ref();
        let ticket = ticket_at(flow, &seat.post, node)?;
        let back = return_to("sign_off", ReturnMode::Direct);
        self.opine(draft, node, ticket, "return", "签发后有改动，按规定送原签发人复审。")?;
        self.flow(draft, ticket, &back)
    }

    /// Takes in a file that the actor himself uploaded; what it is called and what it holds was
    /// established then, not by what he says of it now.
    pub(super) fn attach(
        &mut self,
        draft: &mut Draft<'_>,
        digest: &str,
        upload: Option<&Attachment>,
    ) -> Result<(), Stop> {
        let node = self.may_edit(draft)?;
        let attachment = upload.filter(|upload| upload.digest == digest).ok_or_else(|| {
            let message = "没有找到您上传的这个文件。";
            Refusal::new(Kind::Invalid, "documents.not_uploaded", message)
                .with_next("请重新上传后再添加。")
        })?;
        if self.document.attachments.iter().any(|known| known.digest == digest) {
            return Ok(());
        }
        if self.document.attachments.len() >= ATTACHMENTS_MAX {
            let message = format!("附件最多{ATTACHMENTS_MAX}个。");
            return Err(Refusal::new(Kind::Invalid, "documents.attachments", message).into());
        }
        let before = self.document.attachments.iter().map(|one| one.size).sum::<u64>();
        if before.saturating_add(attachment.size) > ATTACHED_BYTES_MAX {
            let max = ATTACHED_BYTES_MAX >> 20;
            let message = format!("附件合计超过{max} MB，办结后无法归入一个归档信息包。");
            return Err(Refusal::new(Kind::Invalid, "documents.attachments_large", message)
                .with_next("请压缩扫描件或图片后重新上传，或在正文中写明另行送达的方式。")
                .into());
        }
        self.put(draft, Fact::Attached { attachment: attachment.clone() })?;
        self.recheck(draft, node)
    }
}
