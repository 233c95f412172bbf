//! Expressions, parsed.

use super::types::{Parameter, Type};
use super::value::Value;
use std::sync::Arc;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// What joins the terms of a sum or the factors of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

/// The arguments of a call.
#[derive(Debug)]
pub(crate) enum Arguments {
    Placed(Vec<Node>),
    Named(Vec<(Arc<str>, Node)>),
}

/// What an iteration goes over.
#[derive(Debug)]
pub(crate) enum Source {
    Values(Node),
    Steps(Node, Node),
}

/// One `name in source` of an iteration.
#[derive(Debug)]
pub(crate) struct Iteration {
    pub(crate) name: Arc<str>,
    pub(crate) source: Source,
}

/// A range as it is written.
#[derive(Debug)]
pub(crate) struct Interval {
    pub(crate) low: Node,
    pub(crate) low_included: bool,
    pub(crate) high: Node,
    pub(crate) high_included: bool,
}

/// A unary test, as in a cell of a decision table or after `in`.
#[derive(Debug)]
pub(crate) enum Test {
    /// `-`: anything.
    Any,
    /// `< 5`.
    Compare(Compare, Node),
    /// An expression: a value to be equal to, a list or range to be in, or what is true of `?`.
    Value(Node),
    /// `not(…)`.
    Not(Vec<Self>),
}

/// An expression. Sums, products, conjunctions and disjunctions are wide, not deep, so that
/// long ones need no stack.
#[derive(Debug)]
pub(crate) enum Node {
    Literal(Value),
    Name(Arc<str>),
    List(Vec<Self>),
    Context(Vec<(Arc<str>, Self)>),
    Interval(Box<Interval>),
    /// `(< 5)`: a range with one end, or for `!=` nothing that has ends.
    Ray(Compare, Box<Self>),
    Negative(Box<Self>),
    Chain(Box<Self>, Vec<(Operator, Self)>),
    And(Vec<Self>),
    Or(Vec<Self>),
    Compare(Compare, Box<Self>, Box<Self>),
    Between(Box<[Self; 3]>),
    In(Box<Self>, Vec<Test>),
    InstanceOf(Box<Self>, Type),
    If(Box<[Self; 3]>),
    For(Vec<Iteration>, Box<Self>),
    Some(Vec<Iteration>, Box<Self>),
    Every(Vec<Iteration>, Box<Self>),
    Path(Box<Self>, Arc<str>),
    Filter(Box<Self>, Box<Self>),
    Call(Box<Self>, Arguments),
    Function(Arc<[Parameter]>, Arc<Self>),
    /// A function of another language, which is never called.
    External,
}
