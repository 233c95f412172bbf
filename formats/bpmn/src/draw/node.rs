//! Blocks on the plane, from left to right.

use super::layout::{EVENT, GAP, GATE, MARGIN, ROW, back_room, block_size, lead, size, step_size};
use super::pen::{Door, Pen, middle};
use crate::block::{Block, Branch, Copies, Fork, ForkKind, Loop, Step, StepKind, Until, words};
use crate::diagram::{Bounds, Point};
use crate::model::{
    Common, Declared, DeclaredKind, Effect, Event, EventKind, GatewayKind, InnerKind, Node,
    NodeKind, Repeat, RepeatKind,
};

impl Pen<'_> {
    /// A start, the blocks, an end; `from` is the left of the start.
    pub(super) fn whole(
        &mut self,
        id: &str,
        begins: Option<&Until>,
        blocks: &[Block],
        from: Point,
    ) {
        let start = self.taken.unused(&format!("{id}_start"));
        let mut node = bare(start, words::START, NodeKind::Start(Effect::Interrupts));
        node.events.extend(begins.map(|until| self.event(until)));
        let door = self.place(node, square(from, EVENT));
        let x = from.x + EVENT + GAP;
        let door = self.blocks(blocks, Point { x, y: from.y }, door);
        let room = if blocks.is_empty() { 0.0 } else { size(blocks).width + GAP };
        let end = self.taken.unused(&format!("{id}_end"));
        let bounds = square(Point { x: x + room, y: from.y }, EVENT);
        self.flow(&door, &end, &bounds);
        self.place(bare(end, words::END, NodeKind::End), bounds);
    }

    fn place(&mut self, node: Node, bounds: Bounds) -> Door {
        let door = Door::new(&node.common.id, bounds);
        self.node(node, bounds);
        door
    }

    fn blocks(&mut self, blocks: &[Block], from: Point, door: Door) -> Door {
        let (mut at, mut door) = (from, door);
        for block in blocks {
            door = match block {
                Block::Step(step) => self.step(step, at, &door),
                Block::Fork(fork) => self.fork(fork, at, &door),
                Block::Loop(again) => self.again(again, at, &door),
            };
            at.x += block_size(block).width + GAP;
        }
        door
    }

    fn step(&mut self, step: &Step, at: Point, door: &Door) -> Door {
        let size = step_size(step);
        let (kind, until) = match &step.kind {
            StepKind::Task(kind) => (NodeKind::Task(*kind), None),
            StepKind::Call(called) => (NodeKind::Call(Some(called.clone())), None),
            StepKind::Wait(until) => (NodeKind::Catch, Some(until)),
            StepKind::Inner(_) => (NodeKind::Inner(InnerKind::Embedded, Box::default()), None),
        };
        let mut node = bare(step.id.clone(), &step.name, kind);
        node.events.extend(until.map(|until| self.event(until)));
        node.repeat = step.copies.as_ref().map(|copies| self.copies(&step.id, copies));
        let text = step.payload.as_deref().map(|text| self.text("def", text));
        node.common.extensions.extend(text);
        let (y, height) = match until {
            Some(_) => (at.y - EVENT / 2.0, EVENT),
            None => (at.y - size.up, size.height()),
        };
        let bounds = Bounds { x: at.x, y, width: size.width, height };
        self.flow(door, &step.id, &bounds);
        if let StepKind::Inner(blocks) = &step.kind {
            return self.inner(node, blocks, bounds, at);
        }
        self.place(node, bounds)
    }

    fn inner(&mut self, mut node: Node, blocks: &[Block], bounds: Bounds, at: Point) -> Door {
        let id = node.common.id.clone();
        let index = self.shapes.len();
        let outside = std::mem::take(&mut self.body);
        self.whole(&id, None, blocks, Point { x: at.x + MARGIN, y: at.y });
        let inside = std::mem::replace(&mut self.body, outside);
        node.kind = NodeKind::Inner(InnerKind::Embedded, Box::new(inside));
        let inside = self.shapes.split_off(index);
        let door = self.place(node, bounds);
        if let Some(shape) = self.shapes.last_mut() {
            shape.expanded = Some(true);
        }
        // What is around stands before what is in it.
        self.shapes.extend(inside);
        door
    }

    fn fork(&mut self, fork: &Fork, at: Point, door: &Door) -> Door {
        let all = block_size(&Block::Fork(fork.clone()));
        let kind = match fork.kind {
            ForkKind::Exclusive => GatewayKind::Exclusive,
            ForkKind::Inclusive => GatewayKind::Inclusive,
            ForkKind::Parallel => GatewayKind::Parallel,
        };
        let asks = fork.kind != ForkKind::Parallel && fork.name.is_empty();
        let name = if asks { words::CHOICE } else { &fork.name };
        let bounds = square(at, GATE);
        self.flow(door, &fork.id, &bounds);
        let split = self.place(bare(fork.id.clone(), name, NodeKind::Gateway(kind)), bounds);
        let join = self.taken.unused(&format!("{}_join", fork.id));
        let meets = square(Point { x: at.x + all.width - GATE, y: at.y }, GATE);
        let mut top = at.y - all.up;
        for branch in &fork.branches {
            let room = size(&branch.blocks);
            let y = top + room.up;
            top += room.height() + ROW;
            let out = Door { via: turn(&bounds, y), ..split.says(branch) };
            let from = Point { x: at.x + GATE + lead(fork), y };
            let last = self.blocks(&branch.blocks, from, out);
            self.flow(&last, &join, &meets);
        }
        self.place(bare(join, "", NodeKind::Gateway(kind)), meets)
    }

    fn again(&mut self, again: &Loop, at: Point, door: &Door) -> Door {
        let all = block_size(&Block::Loop(again.clone()));
        let gate = NodeKind::Gateway(GatewayKind::Exclusive);
        let begin = self.taken.unused(&format!("{}_in", again.id));
        let bounds = square(at, GATE);
        self.flow(door, &begin, &bounds);
        let merge = self.place(bare(begin.clone(), "", gate.clone()), bounds);
        let x = at.x + GATE + GAP;
        let last = self.blocks(&again.body, Point { x, y: at.y }, merge);
        let asks = square(Point { x: at.x + all.width - GATE, y: at.y }, GATE);
        self.flow(&last, &again.id, &asks);
        let name = if again.name.is_empty() { words::AGAIN } else { &again.name };
        let split = self.place(bare(again.id.clone(), name, gate), asks);
        let out = Door {
            guard: again.exit.guard.clone(),
            name: again.exit.name.clone(),
            ..split.clone()
        };
        self.back(again, split.says(&again.again), (begin.as_str(), bounds), at);
        out
    }

    /// The way back, below the body.
    fn back(&mut self, again: &Loop, mut door: Door, (begin, bounds): (&str, Bounds), at: Point) {
        let blocks = &again.again.blocks;
        let room = size(blocks);
        let base = at.y + size(&again.body).down;
        let (from, to) = (middle(&door.bounds), middle(&bounds));
        let channel = base + ROW / 2.0;
        door.via =
            vec![Point { x: from.x, y: from.y + GATE / 2.0 }, Point { x: from.x, y: channel }];
        let into = Point { x: to.x, y: to.y + GATE / 2.0 };
        if blocks.is_empty() {
            let mut points = door.via.clone();
            points.extend([Point { x: to.x, y: channel }, into]);
            return self.flow_along(&door, begin, points);
        }
        let row = Point { x: at.x + GATE + GAP, y: base + ROW + room.up };
        let side = row.x - GAP / 2.0;
        door.via.extend([Point { x: side, y: channel }, Point { x: side, y: row.y }]);
        let last = self.blocks(blocks, row, door);
        let right = Point { x: last.bounds.x + last.bounds.width, y: row.y };
        let below = base + back_room(again) - ROW / 2.0;
        let turn = right.x + GAP / 3.0;
        let points = vec![
            right,
            Point { x: turn, y: right.y },
            Point { x: turn, y: below },
            Point { x: to.x, y: below },
            into,
        ];
        self.flow_along(&last, begin, points);
    }

    fn copies(&mut self, id: &str, copies: &Copies) -> Repeat {
        let kind = RepeatKind::Copies {
            order: copies.order,
            cardinality: copies.cardinality.as_deref().map(Into::into),
            until: copies.until.as_deref().map(Into::into),
        };
        Repeat { common: Common::new(self.taken.unused(&format!("{id}_copies")), ""), kind }
    }

    fn event(&mut self, until: &Until) -> Event {
        let kind = match until {
            Until::Timer(kind, text) => EventKind::Timer(Some((*kind, text.as_str().into()))),
            Until::Condition(text) => EventKind::Conditional(Some(text.as_str().into())),
            Until::Message(name) => {
                EventKind::Message(self.declare(DeclaredKind::Message, "message", name))
            }
            Until::Signal(name) => {
                EventKind::Signal(self.declare(DeclaredKind::Signal, "signal", name))
            }
        };
        Event { common: Common::new(self.taken.unused("event"), ""), kind }
    }

    /// The id of what is declared under a name, once; what has no name is not declared.
    fn declare(&mut self, kind: DeclaredKind, word: &str, name: &str) -> Option<String> {
        if name.is_empty() {
            return None;
        }
        let is = |d: &&Declared| d.kind == kind && d.common.name.as_deref() == Some(name);
        if let Some(found) = self.declared.iter().find(is) {
            return Some(found.common.id.clone());
        }
        let common = Common::new(self.taken.unused(word), name);
        let id = common.id.clone();
        self.declared.push(Declared { common, kind, code: None });
        Some(id)
    }
}

impl Door {
    /// The same door with what a branch says.
    fn says(&self, branch: &Branch) -> Self {
        Self { guard: branch.guard.clone(), name: branch.name.clone(), ..self.clone() }
    }
}

fn bare(id: String, name: &str, kind: NodeKind) -> Node {
    let common = Common::new(id, name);
    Node { common, kind, default: None, events: Vec::new(), repeat: None, undoes: false }
}

/// A box whose left middle is given.
fn square(left: Point, side: f64) -> Bounds {
    Bounds { x: left.x, y: left.y - side / 2.0, width: side, height: side }
}

/// From a gateway up or down to a height; nothing when it is its own.
fn turn(gate: &Bounds, height: f64) -> Vec<Point> {
    let from = middle(gate);
    if (height - from.y).abs() < 1.0 {
        return Vec::new();
    }
    let side = if height < from.y { gate.y } else { gate.y + gate.height };
    vec![Point { x: from.x, y: side }, Point { x: from.x, y: height }]
}
