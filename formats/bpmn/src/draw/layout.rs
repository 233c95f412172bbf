//! How much room a block takes; the way through it lies at one height.

use crate::block::{Block, Branch, Fork, Guard, Loop, Step, StepKind, words};

/// Between two things on a way.
pub(super) const GAP: f64 = 60.0;
/// Between two ways.
pub(super) const ROW: f64 = 40.0;
/// Around what is in a subprocess.
pub(super) const MARGIN: f64 = 40.0;
/// A gateway's side.
pub(super) const GATE: f64 = 50.0;
/// An event's side.
pub(super) const EVENT: f64 = 36.0;
/// A task's height.
pub(super) const TASK: f64 = 80.0;

/// Room: along the way, above it and below it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) up: f64,
    pub(super) down: f64,
}

impl Size {
    pub(super) fn height(self) -> f64 {
        self.up + self.down
    }
}

/// The room of blocks one after the other, with gaps between them.
pub(super) fn size(blocks: &[Block]) -> Size {
    let mut all = Size { width: 0.0, up: TASK / 2.0, down: TASK / 2.0 };
    for (block, before) in blocks.iter().zip(std::iter::once(0.0).chain(std::iter::repeat(GAP))) {
        let one = block_size(block);
        all.width += before + one.width;
        all.up = all.up.max(one.up);
        all.down = all.down.max(one.down);
    }
    all
}

pub(super) fn block_size(block: &Block) -> Size {
    match block {
        Block::Step(step) => step_size(step),
        Block::Fork(fork) => fork_size(fork),
        Block::Loop(again) => loop_size(again),
    }
}

pub(super) fn step_size(step: &Step) -> Size {
    match &step.kind {
        StepKind::Wait(_) => Size { width: EVENT, up: EVENT / 2.0, down: EVENT / 2.0 + 30.0 },
        StepKind::Inner(blocks) => {
            let inner = size(blocks);
            let width = inner.width + 2.0 * (MARGIN + EVENT + GAP);
            // The way comes in and goes out at half the height.
            let half = inner.up.max(inner.down) + MARGIN;
            Size { width, up: half, down: half }
        }
        // Seven wide characters a line, three lines; longer names get wider boxes.
        _ => {
            let width = match step.name.chars().count() {
                0..=21 => 100.0,
                22..=33 => 140.0,
                _ => 180.0,
            };
            Size { width, up: TASK / 2.0, down: TASK / 2.0 }
        }
    }
}

fn fork_size(fork: &Fork) -> Size {
    let sizes = fork.branches.iter().map(|branch| size(&branch.blocks));
    let (mut width, mut height) = (GAP, -ROW);
    for one in sizes {
        width = width.max(one.width);
        height += one.height() + ROW;
    }
    let width = width + 2.0 * GATE + lead(fork) + GAP;
    Size { width, up: height / 2.0, down: height / 2.0 }
}

/// From where ways part to what is first on them: room for what is said.
pub(super) fn lead(fork: &Fork) -> f64 {
    let said = |branch: &Branch| match (branch.name.as_str(), &branch.guard) {
        ("", Guard::When(condition)) => text_width(condition),
        ("", Guard::Otherwise) => text_width(words::OTHERWISE),
        (name, _) => text_width(name),
    };
    let widest = fork.branches.iter().map(said).fold(0.0, f64::max);
    (widest + 20.0).clamp(GAP, 200.0)
}

/// How wide a text is at twelve points.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 7.0 } else { 12.0 }).sum::<f64>().max(12.0)
}

fn loop_size(again: &Loop) -> Size {
    let (body, back) = (size(&again.body), size(&again.again.blocks));
    let width = body.width.max(back.width).max(GAP) + 2.0 * (GATE + GAP);
    Size { width, up: body.up, down: body.down + back_room(again) }
}

/// The room below a loop's body for its way back.
pub(super) fn back_room(again: &Loop) -> f64 {
    if again.again.blocks.is_empty() { ROW } else { 2.0 * ROW + size(&again.again.blocks).height() }
}
