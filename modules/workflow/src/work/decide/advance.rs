//! What the platform does on its own after each operation: automatic steps, notices,
//! sub-processes, and what follows when a matter ends.

use super::desk::Desk;
use super::start;
use crate::library::decide as library;
use crate::library::model::Entry;
use crate::library::views::retention;
use crate::work::model::{Fact, State, Work};
use crate::work::package;
use crate::work::register::{self, Register};
use lingnan_flow::{Archive, Demand, NoticeState, Operation, Outcome, Ran, Status};
use lingnan_journal::{Draft, Matter, MatterId, Refusal, Stop};

/// Most things done in a row: whoever needs more goes in circles.
const ROUNDS_MAX: usize = 1_000;

impl Desk<'_> {
    /// Does whatever the process now asks of the platform, until it waits for people.
    pub(super) fn advance(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        for _ in 0..ROUNDS_MAX {
            let demands = self.work.flow.as_ref().map(|flow| flow.demands(self.definition()));
            let next = demands.into_iter().flatten().find(|d| !matches!(d, Demand::Await { .. }));
            match next {
                Some(demand) => self.meet(draft, &demand)?,
                None => return self.settle(draft),
            }
        }
        Err(super::flow_refusal(&lingnan_flow::Refusal::Endless).into())
    }

    fn meet(&mut self, draft: &mut Draft<'_>, demand: &Demand) -> Result<(), Stop> {
        match demand {
            Demand::RunAuto { step, command } => self.run(draft, step, command),
            Demand::SendNotice { notice, .. } => {
                let state = NoticeState::Delivered;
                self.on_whole(draft, Operation::Notice { notice: *notice, state })
            }
            Demand::StartChild { call, process, entry } => {
                let (call, entry) = (*call, entry.as_deref());
                let matter = start::call(draft, self.setting, self, call, process, entry)?;
                self.put(draft, Fact::Called { call, matter: matter.clone() })?;
                self.on_whole(
                    draft,
                    Operation::ChildStarted { call, matter: matter.key().into() },
                )?;
                self.hear(draft, call, &matter)
            }
            Demand::CancelChild { call, matter } => {
                let mut child = Desk::open(draft, self.setting, matter)?;
                if !child.work.state.is_over() {
                    let reason = "主流程已不需要。".into();
                    child.on_whole(draft, Operation::Terminate { reason })?;
                    child.stand(draft, State::Terminated)?;
                }
                let outcome = Outcome::Terminated;
                self.on_whole(draft, Operation::ChildEnded { call: *call, outcome })
            }
            Demand::Await { .. } => Ok(()),
        }
    }

    /// A sub-process that ends in the same act is heard at once.
    fn hear(&mut self, draft: &mut Draft<'_>, call: u32, matter: &MatterId) -> Result<(), Stop> {
        let child = draft.read::<Work>(matter)?;
        match outcome(child.state) {
            Some(outcome) => self.on_whole(draft, Operation::ChildEnded { call, outcome }),
            None => Ok(()),
        }
    }

    /// An automatic step; one that the platform does not know stands still and says so.
    fn run(&mut self, draft: &mut Draft<'_>, step: &str, command: &str) -> Result<(), Stop> {
        let name = self.definition().steps().find(|one| *one.id == *step);
        let name = name.map(|one| one.name.to_string()).unwrap_or_default();
        let ran = if command == register::COMMAND {
            let number = self.register(draft)?;
            let fact = Fact::Performed {
                step: step.to_owned(),
                name,
                command: command.to_owned(),
                result: format!("登记编号 {number}"),
                number: Some(number),
            };
            self.put(draft, fact)?;
            Ran::Done
        } else {
            Ran::Failed(format!("平台没有“{command}”这项自动办理。").into())
        };
        self.on_whole(draft, Operation::Ran { step: step.to_owned(), ran })
    }

    /// The next number of the unit's register of this process; a matter has one number.
    fn register(&mut self, draft: &mut Draft<'_>) -> Result<String, Stop> {
        if let Some(number) = &self.work.number {
            return Ok(number.clone());
        }
        let (Some(course), Some(unit)) = (&self.work.course, &self.work.unit) else {
            return Err(Refusal::missing().into());
        };
        let id = MatterId::new(Register::KIND, &format!("{}.{unit}", course.code))
            .map_err(|_| Refusal::missing())?;
        let year = draft.now().china_date().year();
        let number = draft.read::<Register>(&id)?.next(year);
        let matter = self.id.clone();
        let code = course.code.to_uppercase();
        draft.record::<Register>(&id, &[register::Fact::Given { year, number, matter }])?;
        Ok(format!("{code}-{year}-{number:04}"))
    }

    /// The alarm is set, and a matter that has ended is archived and told to its caller.
    fn settle(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let Some(flow) = &self.work.flow else { return Ok(()) };
        let at = self.with_rules(|rules| Ok(flow.next_tick(self.definition(), rules)))?;
        let state = match flow.status() {
            Status::Draft => State::Draft,
            Status::Running => State::Running,
            Status::Suspended => State::Suspended,
            Status::Completed => State::Concluded,
            Status::Rejected => State::Rejected,
            Status::Terminated => State::Terminated,
        };
        let at = at.filter(|_| state == State::Running);
        if at != self.work.alarm {
            self.put(draft, Fact::Alarmed { at })?;
        }
        if state == self.work.state { Ok(()) } else { self.stand(draft, state) }
    }

    /// How the matter stands as a whole; at its end 归档.
    pub(super) fn stand(&mut self, draft: &mut Draft<'_>, state: State) -> Result<(), Stop> {
        self.put(draft, Fact::Stood { state })?;
        if !state.is_over() {
            return Ok(());
        }
        if self.work.alarm.is_some() {
            self.put(draft, Fact::Alarmed { at: None })?;
        }
        self.archive(draft)?;
        self.tell_caller(draft)
    }

    /// No matter ends without a package or a recorded decision that nothing is kept.
    fn archive(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if let Some(Archive::Nothing(reason)) = &self.parsed.process.archive {
            let reason = reason.to_string();
            return self.put(draft, Fact::NotArchived { reason });
        }
        let course = self.work.course.clone().ok_or_else(Refusal::missing)?;
        let entry = draft.read::<Entry>(&library::matter(&course.code)?)?;
        let edition = entry.edition(course.version).ok_or_else(Refusal::missing)?;
        let digest = package::digest(&package::package(&self.work, edition, &self.id));
        let retention = retention(self.parsed.process.archive.as_ref()).to_owned();
        draft.post(lingnan_flow::closing::filing(&self.id));
        self.put(draft, Fact::Archived { retention, digest })
    }

    fn tell_caller(&mut self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let (Some((caller, call)), Some(outcome)) =
            (self.work.caller.clone(), outcome(self.work.state))
        else {
            return Ok(());
        };
        let mut above = Desk::open(draft, self.setting, caller.key())?;
        let waits = above.work.flow.as_ref().and_then(|flow| {
            flow.calls().get(usize::try_from(call).unwrap_or(usize::MAX)).map(|call| call.state)
        });
        // One that ends in the very act that starts it is heard by whoever started it.
        if waits != Some(lingnan_flow::CallState::Started) {
            return Ok(());
        }
        above.on_whole(draft, Operation::ChildEnded { call, outcome })?;
        above.advance(draft)
    }
}

const fn outcome(state: State) -> Option<Outcome> {
    match state {
        State::Concluded => Some(Outcome::Completed),
        State::Rejected => Some(Outcome::Rejected),
        State::Terminated => Some(Outcome::Terminated),
        State::Draft | State::Running | State::Suspended => None,
    }
}
