//! What an expression evaluates to.

use super::builtins::Builtin;
use super::scope::Frame;
use super::types::Parameter;
use super::{Answer, Context, ast::Node};
use crate::decimal::Decimal;
use crate::temporal::{Date, DateTime, Days, Months, Time};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// How deep lists, contexts and what functions remember may be nested: dropping and comparing
/// them takes one stack frame a level.
pub const HEIGHT_MAX: u32 = 200;

/// A value of FEEL. Cheap to clone: what is big is shared.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing; also the result of what cannot be computed.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    String(Arc<str>),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day with a time of day.
    DateTime(Arc<DateTime>),
    /// A days and time duration.
    Days(Days),
    /// A years and months duration.
    Months(Months),
    /// Values in order.
    List(List),
    /// Values under names.
    Context(Entries),
    /// Everything between two values.
    Range(Arc<Range>),
    /// Something that can be called.
    Function(Function),
}

/// The values of a list.
#[derive(Debug, Clone)]
pub struct List {
    items: Arc<Vec<Value>>,
    height: u32,
    weight: u64,
}

/// The entries of a context.
#[derive(Debug, Clone)]
pub struct Entries {
    map: Arc<BTreeMap<Arc<str>, Value>>,
    height: u32,
    weight: u64,
}

/// One end of a range; no value leaves it open without bound.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Where it ends.
    pub value: Value,
    /// Whether the value itself belongs to the range.
    pub included: bool,
}

/// A range of comparable values.
#[derive(Debug, Clone)]
pub struct Range {
    /// The lower end.
    pub low: Bound,
    /// The upper end.
    pub high: Bound,
}

/// Something that can be called.
#[derive(Clone)]
pub enum Function {
    /// One that every expression knows.
    Builtin(&'static Builtin),
    /// One that an expression defined.
    Defined(Arc<Closure>),
    /// One that a decision model defined.
    Logic(Arc<dyn Invocable>),
}

/// A function with the names it saw where it was defined.
pub struct Closure {
    pub(crate) parameters: Arc<[Parameter]>,
    pub(crate) body: Arc<Node>,
    pub(crate) seen: Option<Arc<Frame>>,
}

/// What a decision model lets expressions call: business knowledge and decision services.
pub trait Invocable: Send + Sync {
    /// The names and types of what it takes.
    fn parameters(&self) -> &[Parameter];

    /// Its result for as many values as it has parameters.
    ///
    /// # Errors
    ///
    /// When the evaluation has to stop.
    fn invoke(&self, values: Vec<Value>, context: &mut Context) -> Answer;

    /// How deep what it remembers is nested.
    fn height(&self) -> u32 {
        0
    }
}

fn weigh<'a>(values: impl Iterator<Item = &'a Value>) -> u64 {
    values.fold(1, |sum: u64, value| sum.saturating_add(value.weight()))
}

impl List {
    /// A list; none when it would be nested deeper than [`HEIGHT_MAX`].
    pub fn new(items: Vec<Value>) -> Option<Self> {
        let height = 1 + items.iter().map(Value::height).max().unwrap_or(0);
        let weight = weigh(items.iter());
        (height <= HEIGHT_MAX).then(|| Self { items: Arc::new(items), height, weight })
    }

    /// Its values.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Its values, taken out when nobody else has them.
    pub(crate) fn into_items(self) -> Vec<Value> {
        Arc::try_unwrap(self.items).unwrap_or_else(|shared| (*shared).clone())
    }
}

impl Entries {
    /// A context; none when it would be nested deeper than [`HEIGHT_MAX`].
    pub fn new(map: BTreeMap<Arc<str>, Value>) -> Option<Self> {
        let height = 1 + map.values().map(Value::height).max().unwrap_or(0);
        let weight = weigh(map.values());
        (height <= HEIGHT_MAX).then(|| Self { map: Arc::new(map), height, weight })
    }

    /// Its values by name.
    pub fn map(&self) -> &BTreeMap<Arc<str>, Value> {
        &self.map
    }

    pub(crate) fn shared(&self) -> Arc<BTreeMap<Arc<str>, Value>> {
        Arc::clone(&self.map)
    }

    /// The value under a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.map.get(name)
    }
}

impl Function {
    fn height(&self) -> u32 {
        match self {
            Self::Builtin(_) => 0,
            Self::Defined(closure) => 1 + closure.seen.as_ref().map_or(0, |frame| frame.height()),
            Self::Logic(logic) => 1 + logic.height(),
        }
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Builtin(builtin) => write!(f, "function {}", builtin.name),
            Self::Defined(_) | Self::Logic(_) => f.write_str("function"),
        }
    }
}

impl Value {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::String(text.into())
    }

    pub(crate) fn height(&self) -> u32 {
        match self {
            Self::List(list) => list.height,
            Self::Context(entries) => entries.height,
            Self::Range(range) => 1 + range.low.value.height().max(range.high.value.height()),
            Self::Function(function) => function.height(),
            _ => 0,
        }
    }

    /// How many values it is made of, counting one that is shared as often as it stands there:
    /// what it costs to walk through all of it.
    pub(crate) fn weight(&self) -> u64 {
        match self {
            Self::List(list) => list.weight,
            Self::Context(entries) => entries.weight,
            Self::String(text) => u64::try_from(text.len() / 16).unwrap_or(u64::MAX) + 1,
            _ => 1,
        }
    }

    /// What it costs to read it through when it is a text; nothing otherwise.
    pub(crate) fn text_weight(&self) -> u64 {
        if matches!(self, Self::String(_)) { self.weight() } else { 0 }
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What kind of value it is, in Chinese.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "空值",
            Self::Boolean(_) => "真假值",
            Self::Number(_) => "数",
            Self::String(_) => "文字",
            Self::Date(_) => "日期",
            Self::Time(_) => "时间",
            Self::DateTime(_) => "日期时间",
            Self::Days(_) => "天时时长",
            Self::Months(_) => "年月时长",
            Self::List(_) => "列表",
            Self::Context(_) => "上下文",
            Self::Range(_) => "区间",
            Self::Function(_) => "函数",
        }
    }

    pub(crate) fn of(number: Option<Decimal>) -> Option<Self> {
        number.map(Self::Number)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Decimal> for Value {
    fn from(value: Decimal) -> Self {
        Self::Number(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<DateTime> for Value {
    fn from(value: DateTime) -> Self {
        Self::DateTime(Arc::new(value))
    }
}

impl From<Time> for Value {
    fn from(value: Time) -> Self {
        Self::Time(value)
    }
}
