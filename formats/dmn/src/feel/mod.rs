//! FEEL, the expression language of DMN: parsed once, evaluated often, within limits.

pub(crate) mod ast;
pub(crate) mod builtins;
mod condition;
mod context;
mod display;
pub(crate) mod eval;
mod json;
mod lexer;
mod names;
mod parser;
mod scope;
mod syntax;
mod types;
pub(crate) mod value;

pub use condition::{ConditionError, Outcome, condition};
pub use context::{Answer, Context, FUEL, Halt};
pub use json::{from_json, to_json};
pub use lexer::TEXT_MAX;
pub use names::Names;
pub use parser::NESTING_MAX;
pub(crate) use parser::at_literal;
pub use scope::Scope;
pub use syntax::SyntaxError;
pub(crate) use types::named_types;
pub use types::{Parameter, Type};
pub use value::{Bound, Entries, Function, HEIGHT_MAX, Invocable, List, Range, Value};

use std::fmt;
use std::sync::Arc;

/// An expression, parsed. Cheap to clone; two are equal when their texts are.
#[derive(Clone)]
pub struct Expression {
    text: Arc<str>,
    node: Arc<ast::Node>,
}

impl Expression {
    /// Parses a text that uses these names.
    ///
    /// # Errors
    ///
    /// When the text is not an expression, or uses other names.
    pub fn parse(text: &str, names: &Names) -> Result<Self, SyntaxError> {
        let node = parser::expression(text, names)?;
        Ok(Self { text: text.into(), node: Arc::new(node) })
    }

    /// Its text as it was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn node(&self) -> &ast::Node {
        &self.node
    }

    /// Its value. What cannot be computed is null, and the context has a message about it.
    ///
    /// # Errors
    ///
    /// When the evaluation took too many steps, nested too deep or grew too large.
    pub fn evaluate(&self, scope: &Scope, context: &mut Context) -> Answer {
        eval::node(&self.node, scope, context)
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Expression {}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expression({:?})", self.text)
    }
}

/// The unary tests of a cell of a decision table, parsed. Cheap to clone.
#[derive(Clone)]
pub struct Tests {
    text: Arc<str>,
    tests: Arc<Vec<ast::Test>>,
}

impl Tests {
    /// Parses the tests of a cell, such as `> 5, [1..3]`, `not("a")`, `-`; `?` is the value.
    ///
    /// # Errors
    ///
    /// When the text is no unary tests, or uses other names.
    pub fn parse(text: &str, names: &Names) -> Result<Self, SyntaxError> {
        let tests = parser::unary_tests(text, names)?;
        Ok(Self { text: text.into(), tests: Arc::new(tests) })
    }

    /// Their text as it was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn tests(&self) -> &[ast::Test] {
        &self.tests
    }

    /// Whether a value passes one of them.
    ///
    /// # Errors
    ///
    /// When the evaluation took too many steps, nested too deep or grew too large.
    pub fn pass(&self, value: &Value, scope: &Scope, context: &mut Context) -> Result<bool, Halt> {
        eval::passes_cell(&self.tests, value, scope, context)
    }
}

impl fmt::Debug for Tests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tests({:?})", self.text)
    }
}
