//! 延期: asked for by whoever handles a step, granted or not by his unit's leaders.

use super::desk::Desk;
use super::{flow_refusal, reason, seat};
use crate::work::model::Fact;
use lingnan_base::PostId;
use lingnan_directory::{Directory, duty};
use lingnan_flow::{Asked, Operation, Refusal as FlowRefusal};
use lingnan_journal::{Draft, Kind, Refusal, Stop};

impl Desk<'_> {
    pub(super) fn ask_extension(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        why: &str,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let ticket = self.ticket(&seat.post, step)?;
        let approvers = self.setting.with_directory(|directory| approvers(directory, &seat.post));
        if approvers.is_empty() {
            let message = "本单位及上级没有在岗的负责人可以批准延期。";
            return Err(Refusal::new(Kind::Invalid, "workflow.nobody_there", message)
                .with_next("请联系系统管理员核对机构人员。")
                .into());
        }
        let text = reason(why, "延期理由")?;
        self.opine(draft, step, Some(ticket), "ask_extension", text)?;
        self.on_ticket(draft, ticket, Operation::AskExtension)?;
        self.put(draft, Fact::ExtensionAsked { ticket, approvers })
    }

    /// 延期 is granted or not by one of those who can.
    pub(super) fn answer_extension(
        &mut self,
        draft: &mut Draft<'_>,
        step: &str,
        post: &PostId,
        granted: bool,
    ) -> Result<(), Stop> {
        let seat = seat(draft)?;
        let own = self.own_tickets(post, step);
        let mut asked = self.work.open_extensions().filter(|(id, ..)| own.contains(id));
        let (ticket, _, approvers) =
            asked.next().ok_or_else(|| flow_refusal(&FlowRefusal::NoExtension))?;
        if !approvers.contains(&seat.post) {
            let message = "延期须由办理单位的负责人批准，申请人不能自己批准。";
            return Err(Refusal::new(Kind::Forbidden, "workflow.extension", message).into());
        }
        drop(asked);
        self.perform(draft, &Asked::on(ticket, Operation::AnswerExtension { granted }))?;
        let text = if granted { "同意延期。" } else { "不同意延期。" };
        self.opine(draft, step, Some(ticket), "answer_extension", text.to_owned())
    }
}

/// The leaders of the nearest unit, from the post's own upwards, that has any besides itself.
fn approvers(directory: &Directory, post: &PostId) -> Vec<PostId> {
    let Some((unit, _)) = directory.post(post) else { return Vec::new() };
    let manned = |leader: &PostId| leader != post && !directory.holders(leader).is_empty();
    let of = |unit| {
        let mut leaders = directory.posts_with(unit, duty::LEADER);
        leaders.retain(manned);
        leaders
    };
    directory.line(unit).into_iter().map(of).find(|found| !found.is_empty()).unwrap_or_default()
}
