//! BPMN 2.0 with diagrams: read, write, blocks, and a token engine.
#![doc = include_str!("../README.md")]

mod block;
mod diagram;
mod draw;
mod engine;
mod error;
pub mod limits;
mod model;
mod read;
mod reduce;
mod returns;
mod tags;
mod write;
mod xml;

pub use block::{
    Block, Branch, Chart, Copies, Exit, Fork, ForkKind, Guard, Loop, NotBlock, Payload, Step,
    StepKind, Until,
};
pub use diagram::{Bounds, Diagram, Edge, Point, Shape};
pub use draw::draw;
pub use engine::{
    AutoRun, Engine, NoRules, Rules, State, Trigger, Visits, Wait, Waiting, run_auto, run_file,
};
pub use error::{Error, Nothing, Place, Problem};
pub use model::{
    Attribute, Body, Collaboration, Common, Declared, DeclaredKind, Definitions, Effect, Event,
    EventKind, Expression, Flow, GatewayKind, InnerKind, Lane, LaneSet, MessageFlow, Namespace,
    Node, NodeKind, Opaque, Order, Participant, Process, Repeat, RepeatKind, TaskKind, TimerKind,
};
pub use read::parse;
pub use reduce::blocks;
pub use returns::{NoReturn, may_return};
pub use write::write;
