//! The evaluation of one decision with all that it requires, each once.

use super::Model;
use super::elements::{Body, Element, Service};
use super::functions::{boxed, function};
use super::hits;
use super::items::{Items, TypeName};
use super::logic::{Entry, Logic};
use crate::feel::eval::{Given, call, filtered, iterated, quantified};
use crate::feel::{Answer, Context, Entries, Halt, Scope, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Values for the inputs of a model, by name.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    values: BTreeMap<Arc<str>, Value>,
    imported: BTreeMap<(Arc<str>, Arc<str>), Value>,
}

impl Inputs {
    /// With a value for an input; one for a decision takes the place of its logic.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.values.insert(name.into(), value);
        self
    }

    /// With a value for an input of the model with that namespace.
    #[must_use]
    pub fn with_in(mut self, namespace: &str, name: &str, value: Value) -> Self {
        self.imported.insert((namespace.into(), name.into()), value);
        self
    }

    fn get(&self, element: &Element) -> Option<&Value> {
        let place = (Arc::clone(&element.namespace), Arc::clone(&element.name));
        self.imported.get(&place).or_else(|| self.values.get(&element.name))
    }
}

/// One evaluation.
pub(super) struct Run<'a> {
    model: &'a Model,
    inputs: &'a Inputs,
    known: BTreeMap<usize, Value>,
}

/// The value as one of the type; null with a message when it is not.
pub(super) fn fitted(
    items: &Items,
    kind: Option<&TypeName>,
    value: Value,
    context: &mut Context,
) -> Answer {
    let Some(kind) = kind else { return Ok(value) };
    let what = value.kind();
    Ok(match items.fit(kind, value, context)? {
        Some(value) => value,
        None => context.fail(format!("{what}不符合类型“{}”", kind.name)),
    })
}

impl<'a> Run<'a> {
    pub(super) fn new(model: &'a Model, inputs: &'a Inputs) -> Self {
        Self { model, inputs, known: BTreeMap::new() }
    }

    /// Gives the value of an element.
    pub(super) fn give(&mut self, place: usize, value: Value) {
        self.known.insert(place, value);
    }

    /// The value of an element.
    pub(super) fn outcome(&mut self, place: usize, context: &mut Context) -> Answer {
        if let Some(value) = self.known.get(&place) {
            return Ok(value.clone());
        }
        let value = context.deeper(|context| self.computed(place, context))?;
        self.known.insert(place, value.clone());
        Ok(value)
    }

    fn computed(&mut self, place: usize, context: &mut Context) -> Answer {
        context.spend(1)?;
        let model = self.model;
        let Some(element) = model.element(place) else { return Ok(Value::Null) };
        let items = &model.parts.items;
        let given = self.inputs.get(element).cloned();
        match (&element.body, given) {
            (Body::Input, given) => {
                fitted(items, element.kind.as_ref(), given.unwrap_or(Value::Null), context)
            }
            (Body::Decision(_), Some(given)) => {
                fitted(items, element.kind.as_ref(), given, context)
            }
            (Body::Decision(own), None) => {
                let scope = self.scope(element, context)?;
                let value = logic(own, model, &scope, context)?;
                fitted(items, element.kind.as_ref(), value, context)
            }
            (Body::Service(service), _) => self.service(service, element, context),
            (Body::Knowledge(..), _) => Ok(Value::Function(function(model, place))),
        }
    }

    fn service(&mut self, service: &Service, element: &Element, context: &mut Context) -> Answer {
        let mut map = BTreeMap::new();
        for place in &service.outputs {
            let value = self.outcome(*place, context)?;
            if let ([_], true) = (service.outputs.as_slice(), true) {
                return fitted(&self.model.parts.items, element.kind.as_ref(), value, context);
            }
            if let Some(output) = self.model.element(*place) {
                map.insert(Arc::clone(&output.name), value);
            }
        }
        let value = context.entries(map)?;
        fitted(&self.model.parts.items, element.kind.as_ref(), value, context)
    }

    /// The names that the logic of a decision sees.
    fn scope(&mut self, element: &Element, context: &mut Context) -> Result<Scope, Halt> {
        let mut names = BTreeMap::new();
        let mut imported: BTreeMap<Arc<str>, BTreeMap<Arc<str>, Value>> = BTreeMap::new();
        for required in &element.requires {
            let Some(other) = self.model.element(required.element) else { continue };
            let name = Arc::clone(&other.name);
            let value = if required.is_value {
                self.outcome(required.element, context)?
            } else {
                Value::Function(function(self.model, required.element))
            };
            match &required.import {
                Some(import) => {
                    imported.entry(Arc::clone(import)).or_default().insert(name, value);
                }
                None => {
                    names.insert(name, value);
                }
            }
        }
        for (import, entries) in imported {
            names.insert(import, Value::Context(Entries::new(entries).ok_or(Halt::Height)?));
        }
        Ok(Scope::new(names))
    }
}

/// The value of a boxed expression.
pub(super) fn logic(at: &Logic, model: &Model, scope: &Scope, context: &mut Context) -> Answer {
    context.spend(1)?;
    context.deeper(|context| compound(at, model, scope, context))
}

fn compound(at: &Logic, model: &Model, scope: &Scope, context: &mut Context) -> Answer {
    match at {
        Logic::None => Ok(Value::Null),
        Logic::Broken(why) => Ok(context.fail(why.clone())),
        Logic::Literal(expression) => expression.evaluate(scope, context),
        Logic::Typed(kind, inner) => {
            let value = compound(inner, model, scope, context)?;
            fitted(&model.parts.items, Some(kind), value, context)
        }
        Logic::Context(entries) => self::context(entries, model, scope, context),
        Logic::Table(table) => hits::evaluate(table, &model.parts.items, scope, context),
        Logic::Invocation(called, bindings) => invocation(called, bindings, model, scope, context),
        Logic::Function(formals, body) => {
            let function = boxed(model, formals, body, scope);
            context.tall(function)
        }
        Logic::Relation(columns, rows) => relation(columns, rows, model, scope, context),
        Logic::List(items) => {
            let mut all = Vec::with_capacity(items.len());
            for item in items {
                all.push(logic(item, model, scope, context)?);
            }
            context.list(all)
        }
        Logic::If(parts) => {
            let [condition, then, otherwise] = &**parts;
            match logic(condition, model, scope, context)? {
                Value::Boolean(true) => logic(then, model, scope, context),
                Value::Boolean(false) | Value::Null => logic(otherwise, model, scope, context),
                other => Ok(context.fail(format!("条件是{}", other.kind()))),
            }
        }
        Logic::Filter(parts) => {
            let [list, test] = &**parts;
            let list = logic(list, model, scope, context)?;
            filtered(&list, scope, context, |inner, context| logic(test, model, inner, context))
        }
        Logic::For(..) | Logic::Some(..) | Logic::Every(..) => iteration(at, model, scope, context),
    }
}

fn iteration(at: &Logic, model: &Model, scope: &Scope, context: &mut Context) -> Answer {
    let (Logic::For(name, parts) | Logic::Some(name, parts) | Logic::Every(name, parts)) = at
    else {
        return Ok(Value::Null);
    };
    let [source, body] = &**parts;
    let source = logic(source, model, scope, context)?;
    let body = |inner: &Scope, context: &mut Context| logic(body, model, inner, context);
    match at {
        Logic::For(..) => iterated((name, &source), scope, context, body),
        _ => {
            let decisive = matches!(at, Logic::Some(..));
            quantified((name, &source), scope, context, decisive, body)
        }
    }
}

fn context(entries: &[Entry], model: &Model, scope: &Scope, context: &mut Context) -> Answer {
    let mut inner = scope.clone();
    let mut map = BTreeMap::new();
    for entry in entries {
        let value = logic(&entry.logic, model, &inner, context)?;
        let value = fitted(&model.parts.items, entry.kind.as_ref(), value, context)?;
        let Some(name) = &entry.name else { return Ok(value) };
        inner = inner.with(Arc::clone(name), value.clone());
        map.insert(Arc::clone(name), value);
    }
    context.entries(map)
}

fn invocation(
    called: &Logic,
    bindings: &[(Arc<str>, Logic)],
    model: &Model,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let function = logic(called, model, scope, context)?;
    let mut named = Vec::with_capacity(bindings.len());
    for (name, binding) in bindings {
        named.push((Arc::clone(name), logic(binding, model, scope, context)?));
    }
    match function {
        Value::Function(function) => call(&function, Given::Named(named), context),
        other => Ok(context.fail(format!("{}不是函数，不能调用", other.kind()))),
    }
}

fn relation(
    columns: &[Arc<str>],
    rows: &[Vec<Logic>],
    model: &Model,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut map = BTreeMap::new();
        for (column, cell) in columns.iter().zip(row) {
            map.insert(Arc::clone(column), logic(cell, model, scope, context)?);
        }
        all.push(context.entries(map)?);
    }
    context.list(all)
}
