//! 管理: suspending, ending, jumping and handing over, by administrators who see no business.

use super::desk::Desk;
use super::{holder, reason};
use crate::work::model::{Fact, Intervention, Request};
use lingnan_flow::{Holder, Operation};
use lingnan_journal::{Draft, Kind, Refusal, Stop};

impl Desk<'_> {
    /// What is asked of the whole; whether the actor may is asked at the door.
    pub(super) fn administer(
        &mut self,
        draft: &mut Draft<'_>,
        request: &Request,
    ) -> Result<(), Stop> {
        match request {
            Request::Suspend { reason: why } => {
                let why = reason(why, "挂起原因")?;
                self.on_whole(draft, Operation::Suspend { reason: why.as_str().into() })?;
                self.opine(draft, "", None, "suspend", why)
            }
            Request::Resume {} => {
                self.on_whole(draft, Operation::Resume)?;
                self.opine(draft, "", None, "resume", String::new())
            }
            Request::Terminate { reason: why } => {
                let why = reason(why, "终止原因")?;
                self.on_whole(draft, Operation::Terminate { reason: why.as_str().into() })?;
                self.opine(draft, "", None, "terminate", why)
            }
            Request::HandOver { from, to, reason: why } => {
                self.must_be_manned(to)?;
                let why = reason(why, "移交原因")?;
                let operation = Operation::HandOver {
                    from: holder(from),
                    to: holder(to),
                    reason: why.as_str().into(),
                };
                self.on_whole(draft, operation)?;
                self.opine(draft, "", None, "hand_over", why)
            }
            Request::Intervene { intervention, reason: why } => {
                let why = reason(why, "理由")?;
                if self.work.proposed.is_some() {
                    let message = "已有一项干预待确认。";
                    return Err(Refusal::new(Kind::Conflict, "workflow.proposed", message).into());
                }
                self.rehearse(draft, intervention, &why)?;
                let intervention = intervention.clone();
                self.put(draft, Fact::Proposed { intervention, reason: why })
            }
            Request::ConfirmIntervention {} => self.confirm(draft),
            Request::DismissIntervention {} => {
                self.work.proposed.as_ref().ok_or_else(Refusal::missing)?;
                self.put(draft, Fact::Settled)
            }
            _ => Err(Refusal::missing().into()),
        }
    }

    /// Refuses at once what could not be carried out later.
    fn rehearse(
        &self,
        draft: &Draft<'_>,
        intervention: &Intervention,
        why: &str,
    ) -> Result<(), Refusal> {
        let Intervention::Jump { from, target } = intervention;
        let confirmer = Holder::new("");
        let operation = jump(from, target, why, confirmer);
        let mut flow = self.work.flow.clone().ok_or_else(Refusal::missing)?;
        let now = draft.now();
        self.with_rules(|rules| {
            let asked = lingnan_flow::Asked::whole(operation);
            lingnan_flow::perform(self.definition(), &mut flow, rules, now, &asked)
                .map(|_| ())
                .map_err(|refusal| super::flow_refusal(&refusal))
        })
    }

    /// The second person's word carries it out.
    fn confirm(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let proposed = self.work.proposed.clone().ok_or_else(Refusal::missing)?;
        let seat = super::seat(draft)?;
        if proposed.by.as_ref() == Some(&seat.person) {
            let message = "提请的人不能自己确认。";
            return Err(Refusal::new(Kind::Forbidden, "workflow.second_person", message)
                .with_next("请由另一位管理员确认。")
                .into());
        }
        let Intervention::Jump { from, target } = &proposed.intervention;
        let confirmer = holder(&seat.post);
        self.on_whole(draft, jump(from, target, &proposed.reason, confirmer))?;
        self.put(draft, Fact::Settled)?;
        self.opine(draft, target, None, "jump", proposed.reason)
    }
}

fn jump(from: &str, target: &str, why: &str, confirmer: Holder) -> Operation {
    let (from, target) = (from.to_owned(), target.to_owned());
    Operation::Jump { from, target, reason: why.into(), confirmer }
}
