//! What a model lets expressions call: business knowledge, decision services, boxed functions.

use super::Model;
use super::elements::{Body, Element, Required};
use super::items::Items;
use super::logic::{Formal, Logic};
use super::run::{Inputs, Run, fitted, logic};
use crate::feel::{Answer, Context, Function, Invocable, Parameter, Scope, Type, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A business knowledge model or a decision service of a model.
struct Own {
    model: Model,
    place: usize,
    parameters: Vec<Parameter>,
}

/// A function that a boxed expression defines, with the names that it saw there.
struct Boxed {
    model: Model,
    parameters: Vec<Parameter>,
    formals: Vec<Formal>,
    body: Arc<Logic>,
    seen: Scope,
}

/// The types of parameters are checked by the model, with its constraints, when it is invoked.
fn parameters(formals: &[Formal]) -> Vec<Parameter> {
    let parameter = |f: &Formal| Parameter { name: Arc::clone(&f.name), kind: Type::Any };
    formals.iter().map(parameter).collect()
}

/// The function that an element is.
pub(super) fn function(model: &Model, place: usize) -> Function {
    let parameters = match model.element(place).map(|element| &element.body) {
        Some(Body::Knowledge(formals, _)) => parameters(formals),
        Some(Body::Service(service)) => {
            let given = service.given.iter().filter_map(|place| model.element(*place));
            let name = |e: &Element| Parameter { name: Arc::clone(&e.name), kind: Type::Any };
            given.map(name).collect()
        }
        _ => Vec::new(),
    };
    Function::Logic(Arc::new(Own { model: model.clone(), place, parameters }))
}

/// The function that a boxed expression defines.
pub(super) fn boxed(model: &Model, formals: &[Formal], body: &Arc<Logic>, seen: &Scope) -> Value {
    Value::Function(Function::Logic(Arc::new(Boxed {
        model: model.clone(),
        parameters: parameters(formals),
        formals: formals.to_vec(),
        body: Arc::clone(body),
        seen: seen.clone(),
    })))
}

/// The scope with the arguments, or none when one is of a wrong type.
fn bound(
    items: &Items,
    formals: &[Formal],
    values: Vec<Value>,
    scope: &Scope,
    context: &mut Context,
) -> Result<Option<Scope>, crate::feel::Halt> {
    let mut scope = scope.clone();
    for (formal, value) in formals.iter().zip(values) {
        let given_null = value.is_null();
        let value = fitted(items, formal.kind.as_ref(), value, context)?;
        if value.is_null() && !given_null {
            context.fail(format!("参数“{}”的类型不对", formal.name));
            return Ok(None);
        }
        scope = scope.with(Arc::clone(&formal.name), value);
    }
    Ok(Some(scope))
}

impl Invocable for Own {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn invoke(&self, values: Vec<Value>, context: &mut Context) -> Answer {
        let Some(element) = self.model.element(self.place) else { return Ok(Value::Null) };
        let items = &self.model.parts.items;
        match &element.body {
            Body::Knowledge(formals, Logic::Function(_, body)) => {
                let scope = knowledge(&self.model, &element.requires, self.place);
                let Some(scope) = bound(items, formals, values, &scope, context)? else {
                    return Ok(Value::Null);
                };
                let value = logic(body, &self.model, &scope, context)?;
                fitted(items, element.kind.as_ref(), value, context)
            }
            Body::Knowledge(_, Logic::Broken(why)) => Ok(context.fail(why.clone())),
            Body::Service(service) => {
                let inputs = Inputs::default();
                let mut run = Run::new(&self.model, &inputs);
                for (place, value) in service.given.iter().zip(values) {
                    let kind = self.model.element(*place).and_then(|given| given.kind.as_ref());
                    let given_null = value.is_null();
                    let value = fitted(items, kind, value, context)?;
                    if value.is_null() && !given_null {
                        return Ok(context.fail("决策服务的参数类型不对"));
                    }
                    run.give(*place, value);
                }
                run.outcome(self.place, context)
            }
            _ => Ok(Value::Null),
        }
    }
}

/// The functions that an element requires, and itself.
fn knowledge(model: &Model, requires: &[Required], place: usize) -> Scope {
    let mut scope = Scope::default();
    let mut imported: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Value>> = BTreeMap::new();
    let own = Required { element: place, import: None, is_value: false };
    for required in requires.iter().chain([&own]).filter(|required| !required.is_value) {
        let Some(element) = model.element(required.element) else { continue };
        let value = Value::Function(function(model, required.element));
        match &required.import {
            None => scope = scope.with(Arc::clone(&element.name), value),
            Some(import) => {
                let entries = imported.entry(Arc::clone(import)).or_default();
                entries.insert(Arc::clone(&element.name), value);
            }
        }
    }
    for (import, entries) in imported {
        let entries = crate::feel::Entries::new(entries).map_or(Value::Null, Value::Context);
        scope = scope.with(import, entries);
    }
    scope
}

impl Invocable for Boxed {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn invoke(&self, values: Vec<Value>, context: &mut Context) -> Answer {
        let items = &self.model.parts.items;
        match bound(items, &self.formals, values, &self.seen, context)? {
            Some(scope) => logic(&self.body, &self.model, &scope, context),
            None => Ok(Value::Null),
        }
    }

    fn height(&self) -> u32 {
        self.seen.height()
    }
}
