//! A process ready to run: its blocks laid out in preorder, each knowing its place.

use super::{
    Auto, Block, Call, Cc, Condition, DEPTH_MAX, Dedupe, NODES_MAX, Node, Process, Prolongable,
    Step, Steps, Wait,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Why a process cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// A block without children.
    #[error("a block has no steps")]
    Empty,
    /// Two steps share an id.
    #[error("two steps are called {0}")]
    Twice(Arc<str>),
    /// Nested deeper than [`DEPTH_MAX`] or more steps than [`NODES_MAX`].
    #[error("the process is deeper than {DEPTH_MAX} or has more than {NODES_MAX} steps")]
    TooLarge,
}

/// A block in preorder, knowing its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) kind: PlaceKind,
    pub(crate) parent: Option<usize>,
    pub(crate) children: Vec<usize>,
    /// Places below this one are those from its own number up to here, not included.
    pub(crate) end: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    Seq,
    Par,
    /// The conditions of its children; a child more is the `else`.
    Choose(Vec<Condition>),
    Loop {
        until: Condition,
        rounds_max: u32,
    },
    Node(Box<Node>),
    Auto(Auto),
    Cc(Cc),
    Call(Call),
    Wait(Wait),
}

impl Place {
    /// Id and name of what has them.
    pub(crate) const fn step(&self) -> Option<&Step> {
        match &self.kind {
            PlaceKind::Node(node) => Some(&node.step),
            PlaceKind::Auto(auto) => Some(&auto.step),
            PlaceKind::Cc(cc) => Some(&cc.step),
            PlaceKind::Call(call) => Some(&call.step),
            PlaceKind::Wait(wait) => Some(&wait.step),
            PlaceKind::Seq | PlaceKind::Par | PlaceKind::Choose(_) | PlaceKind::Loop { .. } => None,
        }
    }

    pub(crate) fn node(&self) -> Option<&Node> {
        match &self.kind {
            PlaceKind::Node(node) => Some(node),
            _ => None,
        }
    }

    pub(crate) fn is_irreversible(&self) -> bool {
        match &self.kind {
            PlaceKind::Node(node) => node.irreversible,
            PlaceKind::Auto(auto) => auto.irreversible,
            _ => false,
        }
    }
}

/// A process ready to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub(crate) code: Arc<str>,
    pub(crate) version: u32,
    pub(crate) limit: Option<Prolongable>,
    pub(crate) dedupe: Dedupe,
    pub(crate) places: Vec<Place>,
    by_id: BTreeMap<Arc<str>, usize>,
}

impl Definition {
    /// Lays out a process.
    ///
    /// # Errors
    /// [`DefinitionError`] names what makes it unusable.
    pub fn new(process: &Process) -> Result<Self, DefinitionError> {
        let mut definition = Self {
            code: process.code.clone(),
            version: process.version,
            limit: process.limit.clone(),
            dedupe: process.dedupe,
            places: Vec::new(),
            by_id: BTreeMap::new(),
        };
        definition.lay_steps(&process.root, None, 0)?;
        if definition.by_id.len() > NODES_MAX {
            return Err(DefinitionError::TooLarge);
        }
        Ok(definition)
    }

    /// The code of its process.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The version of its process.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// The steps that people do, in reading order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.places.iter().filter_map(Place::node)
    }

    /// Everything with an id, in reading order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.places.iter().filter_map(Place::step)
    }

    /// A node by id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.place(self.number_of(id)?)?.node()
    }

    fn lay_steps(
        &mut self,
        steps: &Steps,
        parent: Option<usize>,
        depth: usize,
    ) -> Result<usize, DefinitionError> {
        let number = self.open(PlaceKind::Seq, parent);
        let mut children = Vec::with_capacity(steps.len());
        for block in steps {
            children.push(self.lay(block, number, depth)?);
        }
        self.close(number, children)
    }

    fn lay(
        &mut self,
        block: &Block,
        parent: usize,
        depth: usize,
    ) -> Result<usize, DefinitionError> {
        if depth > DEPTH_MAX {
            return Err(DefinitionError::TooLarge);
        }
        let (kind, branches): (PlaceKind, Vec<&Steps>) = match block {
            Block::Node(node) => return self.leaf(PlaceKind::Node(node.clone()), parent),
            Block::Auto(auto) => return self.leaf(PlaceKind::Auto(auto.clone()), parent),
            Block::Cc(cc) => return self.leaf(PlaceKind::Cc(cc.clone()), parent),
            Block::Call(call) => return self.leaf(PlaceKind::Call(call.clone()), parent),
            Block::Wait(wait) => return self.leaf(PlaceKind::Wait(wait.clone()), parent),
            Block::Par(branches) => (PlaceKind::Par, branches.iter().collect()),
            Block::Choose(choose) => {
                let conditions = choose.branches.iter().map(|b| b.when.clone()).collect();
                let branches = choose.branches.iter().map(|b| &b.steps);
                (PlaceKind::Choose(conditions), branches.chain(&choose.otherwise).collect())
            }
            Block::Loop(again) => {
                let (until, rounds_max) = (again.until.clone(), again.rounds_max);
                (PlaceKind::Loop { until, rounds_max }, vec![&again.steps])
            }
        };
        let number = self.open(kind, Some(parent));
        let mut children = Vec::with_capacity(branches.len());
        for branch in branches {
            children.push(self.lay_steps(branch, Some(number), depth.saturating_add(1))?);
        }
        self.close(number, children)
    }

    fn leaf(&mut self, kind: PlaceKind, parent: usize) -> Result<usize, DefinitionError> {
        let number = self.open(kind, Some(parent));
        let step = self.place(number).and_then(Place::step).cloned();
        if let Some(step) = step
            && self.by_id.insert(step.id.clone(), number).is_some()
        {
            return Err(DefinitionError::Twice(step.id));
        }
        Ok(number)
    }

    fn open(&mut self, kind: PlaceKind, parent: Option<usize>) -> usize {
        let number = self.places.len();
        let end = number.saturating_add(1);
        self.places.push(Place { kind, parent, children: Vec::new(), end });
        number
    }

    fn close(&mut self, number: usize, children: Vec<usize>) -> Result<usize, DefinitionError> {
        if children.is_empty() {
            return Err(DefinitionError::Empty);
        }
        let end = self.places.len();
        if let Some(place) = self.places.get_mut(number) {
            place.children = children;
            place.end = end;
        }
        Ok(number)
    }

    pub(crate) fn place(&self, number: usize) -> Option<&Place> {
        self.places.get(number)
    }

    pub(crate) fn number_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether `inner` is `outer` or below it.
    pub(crate) fn holds(&self, outer: usize, inner: usize) -> bool {
        self.place(outer).is_some_and(|place| (outer..place.end).contains(&inner))
    }

    /// Which child of `outer` holds `inner`.
    pub(crate) fn child_holding(&self, outer: usize, inner: usize) -> Option<usize> {
        self.place(outer)?.children.iter().position(|child| self.holds(*child, inner))
    }

    /// The innermost block that holds both places.
    pub(crate) fn common(&self, one: usize, other: usize) -> Option<usize> {
        let mut at = Some(one);
        while let Some(number) = at {
            if self.holds(number, other) {
                return Some(number);
            }
            at = self.place(number)?.parent;
        }
        None
    }
}
