//! What an evaluation may spend, the moment it takes place, and what it had to say.

use super::value::{Entries, List, Value};
use crate::temporal::DateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Steps that one evaluation may take unless told otherwise: about a second's work.
pub const FUEL: u64 = 5_000_000;
/// How deep an evaluation may nest: as deep as the smallest stack of a thread bears.
const DEPTH_MAX: u32 = 300;
/// How many messages are kept.
const MESSAGES_MAX: usize = 100;
/// The longest text that is made.
const TEXT_MAX: usize = 4 * 1024 * 1024;

/// Why an evaluation had to stop without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// It took more steps than it was given.
    #[error("计算量超过上限，已停止")]
    Fuel,
    /// Calls are nested too deep, most often because a function calls itself without end.
    #[error("调用嵌套过深，已停止")]
    Depth,
    /// A list or context is nested too deep.
    #[error("数据嵌套过深，已停止")]
    Height,
    /// A text grew too long.
    #[error("文字过长，已停止")]
    Length,
}

/// A value, or why there is none.
pub type Answer = Result<Value, Halt>;

/// What an evaluation carries along.
#[derive(Debug, Clone)]
pub struct Context {
    fuel: u64,
    depth: u32,
    now: Option<Arc<DateTime>>,
    messages: Vec<String>,
}

impl Default for Context {
    fn default() -> Self {
        Self { fuel: FUEL, depth: 0, now: None, messages: Vec::new() }
    }
}

impl Context {
    /// With the moment that `now()` and `today()` tell; without one they are null.
    #[must_use]
    pub fn at(mut self, now: DateTime) -> Self {
        self.now = Some(Arc::new(now));
        self
    }

    /// With so many steps to take.
    #[must_use]
    pub fn with_fuel(mut self, fuel: u64) -> Self {
        self.fuel = fuel;
        self
    }

    /// The moment of the evaluation.
    pub fn now(&self) -> Option<&Arc<DateTime>> {
        self.now.as_ref()
    }

    /// Steps that are left.
    pub fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Why parts of the evaluation became null, in order, in Chinese.
    pub fn messages(&self) -> &[String] {
        &self.messages
    }

    /// Takes the messages away.
    pub fn take_messages(&mut self) -> Vec<String> {
        std::mem::take(&mut self.messages)
    }

    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Halt> {
        match self.fuel.checked_sub(steps) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => {
                self.fuel = 0;
                Err(Halt::Fuel)
            }
        }
    }

    pub(crate) fn spend_for(&mut self, length: usize) -> Result<(), Halt> {
        self.spend(u64::try_from(length).unwrap_or(u64::MAX))
    }

    /// Null, and why.
    pub(crate) fn fail(&mut self, why: impl Into<String>) -> Value {
        if self.messages.len() < MESSAGES_MAX {
            self.messages.push(why.into());
        }
        Value::Null
    }

    /// Does something one level deeper.
    pub(crate) fn deeper<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Halt>,
    ) -> Result<T, Halt> {
        if self.depth >= DEPTH_MAX {
            return Err(Halt::Depth);
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        done
    }

    /// A list of these values; each of them counts as a step.
    pub(crate) fn list(&mut self, items: Vec<Value>) -> Answer {
        self.spend_for(items.len())?;
        List::new(items).map(Value::List).ok_or(Halt::Height)
    }

    /// A context of these entries.
    pub(crate) fn entries(&mut self, map: BTreeMap<Arc<str>, Value>) -> Answer {
        self.spend_for(map.len())?;
        Entries::new(map).map(Value::Context).ok_or(Halt::Height)
    }

    /// A text; every sixteen bytes of it count as a step.
    pub(crate) fn text(&mut self, text: String) -> Answer {
        if text.len() > TEXT_MAX {
            return Err(Halt::Length);
        }
        self.spend_for(text.len() / 16)?;
        Ok(Value::String(text.into()))
    }
}

impl Context {
    /// A value that remembers others, unless it is nested too deep.
    pub(crate) fn tall(&mut self, value: Value) -> Answer {
        if value.height() > super::value::HEIGHT_MAX { Err(Halt::Height) } else { Ok(value) }
    }
}
