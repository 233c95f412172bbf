//! Conditions over the fields of a form: true, false, or not to be decided.

use super::context::{Context, Halt};
use super::scope::Scope;
use super::value::Value;
use super::{Expression, from_json};

/// What a condition came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is met.
    pub met: bool,
    /// Why parts of it became null, in Chinese.
    pub messages: Vec<String>,
}

/// Why a condition could not be decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// The evaluation had to stop.
    #[error(transparent)]
    Halted(#[from] Halt),
    /// It is null or something else that is neither true nor false.
    #[error("条件的结果是{kind}，不是真假值{}", why(.messages))]
    NotBoolean {
        /// What it is instead.
        kind: &'static str,
        /// Why, in Chinese.
        messages: Vec<String>,
    },
}

fn why(messages: &[String]) -> String {
    if messages.is_empty() { String::new() } else { format!("：{}", messages.join("；")) }
}

/// Decides a condition for named JSON values, such as `form` with the fields of a form.
///
/// # Errors
///
/// When it is neither true nor false, or the evaluation had to stop: a process must not go on
/// as if it were false.
pub fn condition<'a>(
    expression: &Expression,
    values: impl IntoIterator<Item = (&'a str, &'a serde_json::Value)>,
    context: &mut Context,
) -> Result<Outcome, ConditionError> {
    let values = values.into_iter().map(|(name, json)| (name.into(), from_json(json)));
    let scope = Scope::new(values.collect());
    let value = expression.evaluate(&scope, context)?;
    let messages = context.take_messages();
    match value {
        Value::Boolean(met) => Ok(Outcome { met, messages }),
        other => Err(ConditionError::NotBoolean { kind: other.kind(), messages }),
    }
}
