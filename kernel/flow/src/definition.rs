//! What a process is: a tree of sequences, parallel blocks and nodes.

use serde::{Deserialize, Serialize};

/// Deepest nesting of blocks; the deepest of the catalogue has five.
pub const DEPTH_MAX: usize = 32;
/// Most nodes of one process.
pub const NODES_MAX: usize = 500;

/// How a node's tickets decide it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// 会签: all must approve; one reject decides.
    All,
    /// 或签: the first approval decides; all must reject to reject.
    Any,
    /// The first decision decides, either way.
    First,
    /// 依次: one after another; one reject decides.
    Sequential,
    /// 比例: at least this share must approve.
    Ratio(Ratio),
}

/// A share, exact: two thirds is 2/3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// Above the line.
    pub part: u32,
    /// Below the line, never 0.
    pub whole: u32,
}

impl Ratio {
    /// How many of `count` are needed: the share, rounded up.
    #[must_use]
    pub fn needed(self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let needed = count.saturating_mul(self.part.into()).div_ceil(u64::from(self.whole.max(1)));
        usize::try_from(needed).unwrap_or(usize::MAX)
    }
}

/// Who handles a node: resolved when the node is entered, by whoever runs the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "who", content = "of")]
pub enum Who {
    /// The post that started the matter.
    Starter,
    /// Posts with a duty in the starter's unit, for example `clerk`.
    Duty(String),
    /// The post or posts chosen in a field of the matter, for example `signer`.
    Field(String),
}

/// A step that people do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its identifier, for example `sign_off`.
    pub id: String,
    /// Its Chinese name, for example 签发.
    pub name: String,
    /// Who handles it.
    pub who: Who,
    /// How their tickets decide it.
    #[serde(default = "Node::default_policy")]
    pub policy: Policy,
    /// Working days allowed, if limited.
    #[serde(default)]
    pub limit_days: Option<u32>,
    /// The node is passed over when this field of the matter is empty.
    #[serde(default)]
    pub when: Option<String>,
    /// It cannot be undone (numbering, issuing): its own approval is never withdrawn, and so
    /// nothing before it once it is done.
    #[serde(default)]
    pub irreversible: bool,
}

impl Node {
    const fn default_policy() -> Policy {
        Policy::All
    }
}

/// A block of a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// One after another.
    Seq(Vec<Self>),
    /// All at once; done when every branch is.
    Par(Vec<Self>),
    /// A step.
    Node(Node),
}

/// Why a process cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// A block without children.
    #[error("a sequence or parallel block has no children")]
    Empty,
    /// Two nodes share an id.
    #[error("two nodes are called {0}")]
    Twice(String),
    /// Nested deeper than [`DEPTH_MAX`] or more nodes than [`NODES_MAX`].
    #[error("the process is deeper than {DEPTH_MAX} or has more than {NODES_MAX} nodes")]
    TooLarge,
    /// The outermost block is not a sequence.
    #[error("the outermost block must be a sequence")]
    Root,
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
    Node(Node),
}

/// A process ready to run: the tree laid out in preorder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition {
    pub(crate) places: Vec<Place>,
}

impl Definition {
    /// Lays out and checks a tree.
    ///
    /// # Errors
    /// [`DefinitionError`] names what makes it unusable.
    pub fn new(root: &Block) -> Result<Self, DefinitionError> {
        if !matches!(root, Block::Seq(_)) {
            return Err(DefinitionError::Root);
        }
        let mut definition = Self { places: Vec::new() };
        definition.lay(root, None, 0)?;
        let mut seen = std::collections::BTreeSet::new();
        for node in definition.nodes() {
            if !seen.insert(node.id.as_str()) {
                return Err(DefinitionError::Twice(node.id.clone()));
            }
        }
        if seen.len() > NODES_MAX {
            return Err(DefinitionError::TooLarge);
        }
        Ok(definition)
    }

    /// Its nodes in reading order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.places.iter().filter_map(|place| match &place.kind {
            PlaceKind::Node(node) => Some(node),
            PlaceKind::Seq | PlaceKind::Par => None,
        })
    }

    /// A node by id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes().find(|node| node.id == id)
    }

    fn lay(
        &mut self,
        block: &Block,
        parent: Option<usize>,
        depth: usize,
    ) -> Result<usize, DefinitionError> {
        if depth > DEPTH_MAX {
            return Err(DefinitionError::TooLarge);
        }
        let number = self.places.len();
        let (kind, inner) = match block {
            Block::Seq(inner) => (PlaceKind::Seq, inner.as_slice()),
            Block::Par(inner) => (PlaceKind::Par, inner.as_slice()),
            Block::Node(node) => (PlaceKind::Node(node.clone()), [].as_slice()),
        };
        if inner.is_empty() && !matches!(kind, PlaceKind::Node(_)) {
            return Err(DefinitionError::Empty);
        }
        self.places.push(Place { kind, parent, children: Vec::new(), end: number });
        let mut children = Vec::with_capacity(inner.len());
        for child in inner {
            children.push(self.lay(child, Some(number), depth.saturating_add(1))?);
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
        self.places
            .iter()
            .position(|place| matches!(&place.kind, PlaceKind::Node(node) if node.id == id))
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
