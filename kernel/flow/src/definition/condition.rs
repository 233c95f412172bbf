//! Conditions: expressions in FEEL over the form's fields.

use lingnan_dmn::feel::{ConditionError, Context, Expression, Names, SyntaxError, condition};
use serde_json::Value;
use std::sync::Arc;

/// An expression in FEEL over `form`, whose fields are those of the matter's form.
#[derive(Debug, Clone)]
pub struct Condition {
    text: Arc<str>,
    /// Nothing for what was not read as FEEL and is answered by whoever made it.
    expression: Option<Expression>,
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Condition {}

impl Condition {
    /// A condition that only [`Rules`](crate::Rules) understand, its text trimmed.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().into(), expression: None }
    }

    /// Reads a condition.
    ///
    /// # Errors
    /// Where it ceases to be an expression, or names something else than `form`.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let text = text.trim();
        let expression = Expression::parse(text, &Names::new(["form"]))?;
        Ok(Self { text: text.into(), expression: Some(expression) })
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it holds of a form: a JSON object of its fields, money counted in 元. What is
    /// not true does not hold.
    ///
    /// # Errors
    /// A Chinese sentence when it does not end, or is no expression.
    pub fn holds_of(&self, form: &Value) -> Result<bool, String> {
        self.holds_with(form, Context::default())
    }

    /// The same, with a moment for `now()` and `today()` or another amount of fuel.
    ///
    /// # Errors
    /// As [`Condition::holds_of`].
    pub fn holds_with(&self, form: &Value, mut context: Context) -> Result<bool, String> {
        let expression = self.expression.as_ref();
        let expression = expression.ok_or_else(|| format!("“{}”不是条件。", self.text))?;
        match condition(expression, [("form", form)], &mut context) {
            Ok(outcome) => Ok(outcome.met),
            Err(ConditionError::NotBoolean { .. }) => Ok(false),
            Err(ConditionError::Halted(halt)) => Err(halt.to_string()),
        }
    }
}
