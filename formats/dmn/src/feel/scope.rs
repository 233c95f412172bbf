//! Which names have which values where an expression is evaluated.

use super::value::{Entries, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names that an expression sees with their values. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    top: Option<Arc<Frame>>,
}

/// Names that became known at one place, on top of those known before.
#[derive(Debug)]
pub(crate) struct Frame {
    names: Bindings,
    below: Option<Arc<Self>>,
    height: u32,
}

#[derive(Debug)]
enum Bindings {
    One(Arc<str>, Value),
    Many(Arc<BTreeMap<Arc<str>, Value>>),
}

impl Frame {
    pub(crate) fn height(&self) -> u32 {
        self.height
    }
}

impl Scope {
    /// A scope of these names alone.
    pub fn new(names: BTreeMap<Arc<str>, Value>) -> Self {
        Self::default().over(&Arc::new(names))
    }

    pub(crate) fn from_frame(top: Option<Arc<Frame>>) -> Self {
        Self { top }
    }

    pub(crate) fn frame(&self) -> Option<Arc<Frame>> {
        self.top.clone()
    }

    fn push(&self, names: Bindings, height: u32) -> Self {
        let below = self.top.as_ref().map_or(0, |frame| frame.height);
        let frame = Frame { names, below: self.top.clone(), height: 1 + height.max(below) };
        Self { top: Some(Arc::new(frame)) }
    }

    /// With one name more, which hides another of its kind.
    #[must_use]
    pub fn with(&self, name: Arc<str>, value: Value) -> Self {
        let height = value.height();
        self.push(Bindings::One(name, value), height)
    }

    fn over(&self, names: &Arc<BTreeMap<Arc<str>, Value>>) -> Self {
        let height = names.values().map(Value::height).max().unwrap_or(0);
        self.push(Bindings::Many(Arc::clone(names)), height)
    }

    /// With every entry of a context as a name.
    #[must_use]
    pub fn with_entries(&self, entries: &Entries) -> Self {
        let height = Value::Context(entries.clone()).height();
        self.push(Bindings::Many(entries.shared()), height)
    }

    /// How deep what it holds is nested.
    pub(crate) fn height(&self) -> u32 {
        self.top.as_ref().map_or(0, |frame| frame.height)
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut next = self.top.as_deref();
        while let Some(frame) = next {
            match &frame.names {
                Bindings::One(known, value) if **known == *name => return Some(value),
                Bindings::One(..) => {}
                Bindings::Many(map) => {
                    if let Some(value) = map.get(name) {
                        return Some(value);
                    }
                }
            }
            next = frame.below.as_deref();
        }
        None
    }
}
