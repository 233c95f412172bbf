//! Our processes as BPMN files and back: pure.
#![doc = include_str!("../README.md")]

mod drawing;
mod foreign;
mod lost;
mod restore;
mod text;

use lingnan_bpmn::{Definitions, NotBlock, Payload};
use lingnan_flow::Process;

/// Where a drawing keeps our own text.
pub const OURS: Payload<'static> = Payload { prefix: "gov", namespace: "urn:lingnan:flow:1" };

/// What a BPMN file was read to.
#[derive(Debug, Clone, PartialEq)]
pub enum Imported {
    /// One of our own: what stands in the file, exactly.
    Ours {
        /// The process.
        process: Process,
        /// What a modeler added that the notation cannot say, a Chinese sentence each.
        notes: Vec<String>,
    },
    /// A foreign file of blocks: a draft that a person must complete.
    Draft {
        /// The process, with placeholders where the file says nothing.
        process: Process,
        /// What was assumed or left out, a Chinese sentence each.
        notes: Vec<String>,
    },
    /// A foreign file that is no tree of blocks: only the token engine runs it.
    Graph {
        /// The file.
        file: Box<Definitions>,
        /// Why it is no tree of blocks, a Chinese sentence.
        reason: String,
    },
}

/// Why a process is not drawn, or a file not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// BPMN says no.
    #[error(transparent)]
    Bpmn(#[from] lingnan_bpmn::Error),
    /// A file with our text in it that is not as we write it.
    #[error("文件中的流程文本读不出来：{0}")]
    Text(String),
    /// A file with our text in it whose drawing was made into something else.
    #[error(transparent)]
    NotBlock(#[from] NotBlock),
    /// A file without a process.
    #[error("文件中没有流程")]
    Nothing,
}

/// Draws a process as BPMN 2.0 with its diagram.
///
/// # Errors
/// When it cannot be drawn: two steps of one id, or blocks without steps.
pub fn export(process: &Process) -> Result<String, Error> {
    let chart = drawing::chart(process);
    Ok(lingnan_bpmn::write(&lingnan_bpmn::draw(&chart, &OURS)?))
}

/// Reads a BPMN file: one of our own exactly, a foreign one as far as it goes.
///
/// # Errors
/// When it is not BPMN, has no process, or holds a text of ours that does not read.
pub fn import(text: &str) -> Result<Imported, Error> {
    let file = lingnan_bpmn::parse(text)?;
    let filled = || file.processes.iter().filter(|process| !process.body.nodes.is_empty());
    let chosen = filled().find(|process| process.executable).or_else(|| filled().next());
    let chosen = chosen.ok_or(Error::Nothing)?;
    let chart = lingnan_bpmn::blocks(&file, chosen, &OURS);
    let lost = lost::notes(&file, chosen);
    if let Some(head) = chosen.common.extension(OURS.namespace, "head") {
        let process = restore::process(head, &chart?)?;
        return Ok(Imported::Ours { process, notes: lost });
    }
    let others = filled().count().saturating_sub(1);
    let reason = match chart {
        Ok(chart) => match foreign::process(&chart, others) {
            Ok((process, mut notes)) => {
                notes.extend(lost);
                return Ok(Imported::Draft { process, notes });
            }
            Err(reason) => format!("{}：{reason}", chosen.common.place("process")),
        },
        Err(not) => format!("{not}。"),
    };
    Ok(Imported::Graph { file: Box::new(file), reason })
}
