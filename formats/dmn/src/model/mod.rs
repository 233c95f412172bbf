//! Decision models: read once, with every expression parsed, and evaluated often.

mod elements;
mod functions;
pub(crate) mod hits;
pub(crate) mod items;
mod logic;
mod requirements;
mod run;
pub(crate) mod table;
pub(crate) mod xml;

pub use crate::error::Error;
pub use run::Inputs;
pub use table::{Policy, Table};
pub use xml::BYTES_MAX;

use crate::feel::{Context, Halt, Value};
use elements::{Body, Element};
use items::Items;
use std::sync::Arc;

/// A decision model with those that it imports. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Model {
    parts: Arc<Parts>,
}

#[derive(Debug)]
struct Parts {
    /// Every input, decision, business knowledge and decision service of all models; those of
    /// the first model come first.
    elements: Vec<Element>,
    items: Items,
}

impl Model {
    /// Reads a model, and with it those that it imports.
    ///
    /// # Errors
    ///
    /// When a text is no model, or decisions require each other in a circle. An expression
    /// that is wrong is no error: see [`Self::problems`].
    pub fn parse(text: &str, imported: &[&str]) -> Result<Self, Error> {
        let texts: Vec<&str> = std::iter::once(text).chain(imported.iter().copied()).collect();
        let (elements, items) = elements::read(&texts)?;
        requirements::check(&elements)?;
        Ok(Self { parts: Arc::new(Parts { elements, items }) })
    }

    /// The names of all decisions of the model itself.
    pub fn decisions(&self) -> Vec<&str> {
        self.named(|body| matches!(body, Body::Decision(_)))
    }

    /// The names of all inputs of the model itself.
    pub fn inputs(&self) -> Vec<&str> {
        self.named(|body| matches!(body, Body::Input))
    }

    fn named(&self, wanted: impl Fn(&Body) -> bool) -> Vec<&str> {
        let own = self.parts.elements.iter().filter(|e| e.model == 0 && wanted(&e.body));
        own.map(|element| &*element.name).collect()
    }

    /// What is wrong with the expressions, each with the name of its decision: such a decision
    /// is null.
    pub fn problems(&self) -> Vec<String> {
        let mut all = Vec::new();
        for element in &self.parts.elements {
            let mut found = Vec::new();
            if let Some(logic) = element.body.logic() {
                logic.problems(&mut found);
            }
            all.extend(found.into_iter().map(|why| format!("{}：{why}", element.name)));
        }
        all
    }

    /// The decision table that a decision consists of.
    pub fn table(&self, decision: &str) -> Option<&Table> {
        let element = self.parts.elements.get(self.find(decision)?)?;
        match element.body.logic()? {
            logic::Logic::Table(table) => Some(table),
            _ => None,
        }
    }

    pub(crate) fn items(&self) -> &Items {
        &self.parts.items
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.parts.elements.iter().position(|element| {
            *element.name == *name && element.model == 0 && element.body.logic().is_some()
                || *element.name == *name && matches!(element.body, Body::Service(_))
        })
    }

    /// The value of a decision, or of a decision service, for the inputs.
    ///
    /// # Errors
    ///
    /// When there is no such decision, or the evaluation had to stop.
    pub fn decide(
        &self,
        name: &str,
        inputs: &Inputs,
        context: &mut Context,
    ) -> Result<Value, Error> {
        let decision = self.find(name).ok_or_else(|| Error::NoDecision(name.to_owned()))?;
        Ok(self.value_of(decision, inputs, context)?)
    }

    /// Inputs from a JSON object: each value as one of its input's type, so that the texts of
    /// dates, times and durations are such where the model says so; what an object leaves out of
    /// its components is null. A name that is no input of the model gives a message.
    pub fn inputs_from_json(&self, json: &serde_json::Value, context: &mut Context) -> Inputs {
        let mut inputs = Inputs::default();
        let Some(object) = json.as_object() else {
            if !json.is_null() {
                context.fail("输入应为JSON对象");
            }
            return inputs;
        };
        for (name, json) in object {
            let element = self.parts.elements.iter().find(|e| *e.name == **name && e.is_value());
            let value = crate::feel::from_json(json);
            let Some(element) = element else {
                context.fail(format!("模型没有名为“{name}”的输入"));
                continue;
            };
            let value = match &element.kind {
                Some(kind) => self.parts.items.adopt(kind, value),
                None => value,
            };
            inputs = inputs.with(name, value);
        }
        inputs
    }

    fn value_of(
        &self,
        element: usize,
        inputs: &Inputs,
        context: &mut Context,
    ) -> Result<Value, Halt> {
        run::Run::new(self, inputs).outcome(element, context)
    }

    fn element(&self, place: usize) -> Option<&Element> {
        self.parts.elements.get(place)
    }

    /// The value of a business knowledge model or decision service for these arguments.
    ///
    /// # Errors
    ///
    /// When there is none of that name, or the evaluation had to stop.
    pub fn invoke(
        &self,
        name: &str,
        arguments: Vec<(Arc<str>, Value)>,
        context: &mut Context,
    ) -> Result<Value, Error> {
        let callable = |e: &Element| matches!(e.body, Body::Knowledge(..) | Body::Service(_));
        let place = self.parts.elements.iter().position(|e| *e.name == *name && callable(e));
        let place = place.ok_or_else(|| Error::NoDecision(name.to_owned()))?;
        let function = functions::function(self, place);
        Ok(crate::feel::eval::call(&function, crate::feel::eval::Given::Named(arguments), context)?)
    }
}
