//! One input column, cut into the pieces between which no test of it can tell.

use crate::decimal::Decimal;
use crate::feel::ast::{Arguments, Compare, Node, Test};
use crate::feel::eval::{node, order};
use crate::feel::value::{Bound, Range};
use crate::feel::{Context, Scope, Tests, Type, Value};
use std::cmp::Ordering;

/// The rules that each piece of a column passes.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// The values at which tests change, in order; all of one kind.
    points: Vec<Value>,
    /// The same as integers, when they are.
    integers: Option<Vec<i64>>,
    numbers: bool,
    /// For the gap below the first point, the first point, the next gap, and so on.
    masks: Vec<u64>,
    null: Vec<u64>,
    words: usize,
}

/// A piece of a column: a point or a gap by its number, null, or what is of another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    At(usize),
    Null,
    Strange,
}

/// A test whose values are known.
enum Known {
    Any,
    Compare(Compare, Value),
    Value(Value),
    Not(Vec<Known>),
}

/// Whether an expression has the same value everywhere, and is simple enough to see that.
pub(super) fn is_constant(node: &Node) -> bool {
    match node {
        Node::Literal(_) => true,
        Node::Negative(inner) => is_constant(inner),
        Node::List(items) => items.iter().all(is_constant),
        Node::Interval(parts) => is_constant(&parts.low) && is_constant(&parts.high),
        Node::Call(function, Arguments::Placed(arguments)) => {
            matches!(&**function, Node::Name(name) if **name == *"date")
                && arguments.iter().all(is_constant)
        }
        _ => false,
    }
}

fn constant(at: &Node, context: &mut Context) -> Option<Value> {
    if is_constant(at) { node(at, &Scope::default(), context).ok() } else { None }
}

fn known(test: &Test, context: &mut Context) -> Option<Known> {
    Some(match test {
        Test::Any => Known::Any,
        Test::Compare(compare, bound) => Known::Compare(*compare, constant(bound, context)?),
        Test::Value(value) => Known::Value(constant(value, context)?),
        Test::Not(tests) => Known::Not(all_known(tests, context)?),
    })
}

fn all_known(tests: &[Test], context: &mut Context) -> Option<Vec<Known>> {
    tests.iter().map(|test| known(test, context)).collect()
}

/// Adds the values at which a test changes; none when it is not of a form that has such.
fn points(test: &Known, all: &mut Vec<Value>) -> Option<()> {
    match test {
        Known::Any => Some(()),
        Known::Compare(_, value) => point(value, all),
        Known::Value(Value::Range(range)) => {
            point(&range.low.value, all)?;
            point(&range.high.value, all)
        }
        // A list without items says no kind.
        Known::Value(Value::List(list)) if list.items().is_empty() => None,
        Known::Value(Value::List(list)) => list.items().iter().try_for_each(|item| match item {
            Value::List(_) => None,
            item => points(&Known::Value(item.clone()), all),
        }),
        Known::Value(value) => point(value, all),
        Known::Not(tests) => tests.iter().try_for_each(|test| points(test, all)),
    }
}

fn point(value: &Value, all: &mut Vec<Value>) -> Option<()> {
    match value {
        Value::Number(_) | Value::String(_) | Value::Date(_) | Value::Boolean(_) => {
            all.push(value.clone());
            Some(())
        }
        _ => None,
    }
}

fn same_kind(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        _ => order(a, b).unwrap_or(Ordering::Equal),
    }
}

impl Cut {
    /// Cuts a column by the tests of all rules; none when one of them is not of a simple form,
    /// or they are of different kinds.
    pub(super) fn compile(
        rules: &[&Tests],
        words: usize,
        kind: Option<&Type>,
        context: &mut Context,
    ) -> Option<Self> {
        let mut tests = Vec::with_capacity(rules.len());
        let mut all = Vec::new();
        for rule in rules {
            let known = all_known(rule.tests(), context)?;
            known.iter().try_for_each(|test| points(test, &mut all))?;
            tests.push(known);
        }
        let first = all.first().cloned();
        let alike = |value: &Value| first.as_ref().is_some_and(|first| same_kind(first, value));
        let typed = |value: &Value| kind.is_none_or(|kind| kind.has(value));
        if !all.iter().all(|value| alike(value) && typed(value)) {
            return None;
        }
        let boolean = matches!(first, Some(Value::Boolean(_)));
        if boolean && !tests.iter().flatten().all(only_equal) {
            return None;
        }
        all.sort_by(compare);
        all.dedup_by(|a, b| compare(a, b) == Ordering::Equal);
        let mut cut = Self {
            integers: all.iter().map(integer).collect(),
            numbers: matches!(first, Some(Value::Number(_))),
            points: all,
            masks: Vec::new(),
            null: Vec::new(),
            words,
        };
        cut.fill(&tests);
        cut.null = null_mask(rules, words, context)?;
        Some(cut)
    }

    fn fill(&mut self, tests: &[Vec<Known>]) {
        for piece in 0..=self.points.len() * 2 {
            let passes =
                |rule: &Vec<Known>| rule.iter().any(|test| self.passes(test, piece) == Some(true));
            let passed: Vec<bool> = tests.iter().map(passes).collect();
            self.masks.extend(mask(&passed, self.words));
        }
    }

    /// Where a value of the column's kind lies: twice its point's number and one more, or the
    /// even number of its gap.
    fn place(&self, value: &Value) -> usize {
        match self.points.binary_search_by(|point| compare(point, value)) {
            Ok(point) => point * 2 + 1,
            Err(gap) => gap * 2,
        }
    }

    fn passes(&self, test: &Known, piece: usize) -> Option<bool> {
        match test {
            Known::Any => Some(true),
            Known::Compare(compare, bound) => Some(holds(*compare, piece.cmp(&self.place(bound)))),
            Known::Value(Value::Range(range)) => Some(self.lies_in(range, piece)),
            Known::Value(Value::List(list)) => Some(list.items().iter().any(|item| match item {
                Value::Range(range) => self.lies_in(range, piece),
                item => self.place(item) == piece,
            })),
            Known::Value(value) => Some(self.place(value) == piece),
            Known::Not(tests) => {
                Some(!tests.iter().any(|test| self.passes(test, piece) == Some(true)))
            }
        }
    }

    fn lies_in(&self, range: &Range, piece: usize) -> bool {
        let meets = |bound: &Bound, outside: Ordering| {
            let order = piece.cmp(&self.place(&bound.value));
            order != outside && (order != Ordering::Equal || bound.included)
        };
        meets(&range.low, Ordering::Less) && meets(&range.high, Ordering::Greater)
    }

    /// Where a value lies.
    pub(super) fn piece(&self, value: &Value) -> Piece {
        match (value, self.points.first()) {
            (Value::Null, _) => Piece::Null,
            // Without points every test passes everything.
            (_, None) => Piece::At(0),
            (Value::Number(number), Some(_)) if self.numbers => match number.integer() {
                Some(number) => self.piece_of(number),
                None => Piece::At(self.place(value)),
            },
            (_, Some(point)) if same_kind(point, value) => Piece::At(self.place(value)),
            _ => Piece::Strange,
        }
    }

    /// Where an integer lies.
    pub(super) fn piece_of(&self, number: i64) -> Piece {
        if self.points.is_empty() {
            return Piece::At(0);
        }
        if !self.numbers {
            return Piece::Strange;
        }
        match &self.integers {
            Some(points) => Piece::At(match points.binary_search(&number) {
                Ok(point) => point * 2 + 1,
                Err(gap) => gap * 2,
            }),
            None => Piece::At(self.place(&Value::Number(Decimal::from(number)))),
        }
    }

    /// The rules that a piece passes; none for a value of another kind.
    pub(super) fn mask(&self, piece: Piece) -> Option<&[u64]> {
        match piece {
            Piece::At(piece) => self.masks.get(piece * self.words..(piece + 1) * self.words),
            Piece::Null => Some(&self.null),
            Piece::Strange => None,
        }
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.integer(),
        _ => None,
    }
}

fn holds(compare: Compare, order: Ordering) -> bool {
    match compare {
        Compare::Equal => order.is_eq(),
        Compare::Unequal => order.is_ne(),
        Compare::Less => order.is_lt(),
        Compare::AtMost => order.is_le(),
        Compare::More => order.is_gt(),
        Compare::AtLeast => order.is_ge(),
    }
}

/// Whether a test asks for nothing but equality: booleans have no order.
fn only_equal(test: &Known) -> bool {
    match test {
        Known::Any | Known::Compare(Compare::Equal | Compare::Unequal, _) => true,
        Known::Compare(..) | Known::Value(Value::Range(_)) => false,
        Known::Value(Value::List(list)) => {
            !list.items().iter().any(|item| matches!(item, Value::Range(_)))
        }
        Known::Value(_) => true,
        Known::Not(tests) => tests.iter().all(only_equal),
    }
}

/// The rules that null passes, asked of the general way.
fn null_mask(rules: &[&Tests], words: usize, context: &mut Context) -> Option<Vec<u64>> {
    let scope = Scope::default();
    let passes = |rule: &&Tests| rule.pass(&Value::Null, &scope, context);
    let passed: Result<Vec<bool>, _> = rules.iter().map(passes).collect();
    Some(mask(&passed.ok()?, words))
}

/// A bit for every rule that passed.
fn mask(passed: &[bool], words: usize) -> Vec<u64> {
    let word = |rules: &[bool]| {
        let bits = rules.iter().enumerate().filter(|(_, passed)| **passed);
        bits.fold(0_u64, |word, (place, _)| word | 1 << place)
    };
    let mut mask: Vec<u64> = passed.chunks(64).map(word).collect();
    mask.resize(words, 0);
    mask
}
