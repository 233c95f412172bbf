//! One decision from texts to JSON, for command lines and services.

use crate::Error;
use crate::feel::{Context, to_json};
use crate::model::Model;

/// A decision's result, and what was said on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The result.
    pub result: serde_json::Value,
    /// Mistakes in the model, and why parts of the result are null, in Chinese.
    pub messages: Vec<String>,
}

/// Evaluates a decision or decision service of a model for a JSON object of inputs.
///
/// # Errors
///
/// When a text is no model, there is no such decision, or the evaluation had to stop.
pub fn evaluate_decision(
    model: &str,
    imported: &[&str],
    decision: &str,
    input: &serde_json::Value,
    mut context: Context,
) -> Result<Evaluation, Error> {
    let model = Model::parse(model, imported)?;
    let inputs = model.inputs_from_json(input, &mut context);
    let value = model.decide(decision, &inputs, &mut context)?;
    let result = to_json(&value, &mut context);
    let mut messages = model.problems();
    messages.extend(context.take_messages());
    Ok(Evaluation { result, messages })
}
