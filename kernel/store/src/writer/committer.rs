//! The thread that writes: one transaction a batch, in the order in which they were judged.

use super::EndWithWriter;
use super::batch::SideJob;
use crate::engine::{Engine, Trouble};
use crate::schema::{INSERT_ACT, INSERT_STREAM};
use crate::{FailPoint, Statement};
use crossbeam_channel::{Receiver, Sender, bounded};
use lingnan_journal::{Act, Datum, Fault};
use std::sync::Arc;

/// Work that may wait for the thread; beyond it the judge waits too.
const WAITING_MAX: usize = 64;

/// An act with the salt of its commitment.
pub(crate) type Salted = (Act, [u8; 32]);

enum Work {
    Batch { acts: Arc<Vec<Salted>>, rest: Vec<Statement>, done: Sender<Result<(), Trouble>> },
    Side(SideJob),
}

/// The way to the writing thread, which ends with it.
pub(crate) struct Committer(Sender<Work>);

impl Committer {
    /// Starts the thread.
    pub(crate) fn start(
        mut engine: Box<dyn Engine>,
        fail_point: Arc<dyn FailPoint>,
    ) -> Result<Self, Fault> {
        let (sender, waiting) = bounded(WAITING_MAX);
        let work = move || {
            let _armed = EndWithWriter;
            for work in waiting {
                carry_out(work, engine.as_mut(), fail_point.as_ref());
            }
        };
        let thread = std::thread::Builder::new().name("journal-commit".to_owned());
        thread.spawn(work).map_err(|e| Fault::Engine(e.to_string()))?;
        Ok(Self(sender))
    }

    /// Has acts and what goes with them written; the receiver tells how it ended.
    pub(crate) fn write(
        &self,
        acts: Arc<Vec<Salted>>,
        rest: Vec<Statement>,
    ) -> Receiver<Result<(), Trouble>> {
        let (done, told) = bounded(1);
        self.send(Work::Batch { acts, rest, done });
        told
    }

    /// Has side tables written and their caller told.
    pub(crate) fn side(&self, job: SideJob) {
        self.send(Work::Side(job));
    }

    fn send(&self, work: Work) {
        // The thread ends only with the process or with its sender; whoever waits learns of it.
        let _ = self.0.send(work);
    }
}

fn carry_out(work: Work, engine: &mut dyn Engine, fail_point: &dyn FailPoint) {
    match work {
        Work::Batch { acts, rest, done } => {
            let written = write(&acts, rest, engine, fail_point);
            // The judge waits for nothing else.
            let _ = done.send(written);
        }
        Work::Side(SideJob { statements, reply }) => {
            let written = engine.commit(&statements);
            fail_point.reached("side");
            // A caller that went away does not need the answer.
            let _ = reply.send(written.map_err(Trouble::into_fault));
        }
    }
}

fn write(
    acts: &[Salted],
    mut rest: Vec<Statement>,
    engine: &mut dyn Engine,
    fail_point: &dyn FailPoint,
) -> Result<(), Trouble> {
    let mut statements =
        Vec::with_capacity(acts.len().saturating_mul(2).saturating_add(rest.len()));
    for (act, salt) in acts {
        entries(act, *salt, &mut statements)?;
    }
    statements.append(&mut rest);
    fail_point.reached("judged");
    engine.commit(&statements)?;
    fail_point.reached("committed");
    Ok(())
}

/// The statements of an act's own rows: its entry and its place in each matter's stream.
fn entries(act: &Act, salt: [u8; 32], statements: &mut Vec<Statement>) -> Result<(), Fault> {
    let sealed = act.seal(salt).map_err(|e| Fault::corrupt(act.id.as_str(), act.seq, &e))?;
    let seat = act.actor.seat();
    let seq = Datum::count(act.seq);
    statements.push(Statement::new(
        INSERT_ACT,
        vec![
            seq.clone(),
            Datum::text(act.id.as_str()),
            Datum::text(act.command.as_str()),
            Datum::optional_text(seat.map(|s| s.person.as_str())),
            Datum::optional_text(seat.map(|s| s.post.as_str())),
            Datum::optional_text(seat.map(|s| s.unit.as_str())),
            Datum::Int(act.time.0),
            Datum::Text(sealed.payload),
            Datum::Blob(sealed.salt.to_vec()),
            Datum::Blob(sealed.commitment.to_vec()),
        ],
    ));
    for change in &act.changes {
        let place =
            vec![Datum::text(change.matter.as_str()), Datum::count(change.version), seq.clone()];
        statements.push(Statement::new(INSERT_STREAM, place));
    }
    Ok(())
}
