//! Item definitions: the types that a model names, and whether values are of them.

use super::xml::{child, named, text_of};
use crate::feel::{Context, Entries, Halt, List, Names, Scope, Tests, Type, Value};
use roxmltree::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many definitions may refer to each other in a row.
const REFERENCES_MAX: u32 = 40;

/// The name of a type with the number of the model that it is of; none for types of FEEL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TypeName {
    pub(crate) model: usize,
    pub(crate) name: Arc<str>,
}

/// A type that a model names.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    name: Arc<str>,
    collection: bool,
    shape: Shape,
    allowed: Option<Tests>,
    constraint: Option<Tests>,
}

#[derive(Debug, Clone)]
enum Shape {
    Any,
    Named(TypeName),
    Components(Vec<Item>),
    Function(usize),
}

/// All types of all models that were read together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Items {
    all: BTreeMap<TypeName, Item>,
}

/// Finds the model and the name that a reference means.
pub(crate) type Resolve<'a> = &'a dyn Fn(&str) -> TypeName;

impl Item {
    /// Reads a definition or a component.
    pub(crate) fn read(node: Node<'_, '_>, resolve: Resolve<'_>, names: &Names) -> Self {
        let components: Vec<Self> = named(node, "itemComponent")
            .map(|component| Self::read(component, resolve, names))
            .collect();
        let shape = if !components.is_empty() {
            Shape::Components(components)
        } else if let Some(function) = child(node, "functionItem") {
            Shape::Function(named(function, "parameters").count())
        } else {
            text_of(node, "typeRef").map_or(Shape::Any, |name| Shape::Named(resolve(&name)))
        };
        let tests = |name| {
            let text = text_of(child(node, name)?, "text")?;
            Tests::parse(&text, names).ok()
        };
        Self {
            name: node.attribute("name").unwrap_or_default().into(),
            collection: node.attribute("isCollection") == Some("true"),
            shape,
            allowed: tests("allowedValues"),
            constraint: tests("typeConstraint"),
        }
    }

    /// The names of all components.
    pub(crate) fn fields(&self, names: &mut Names) {
        if let Shape::Components(components) = &self.shape {
            for component in components {
                names.add_field(&component.name);
                component.fields(names);
            }
        }
    }
}

/// The type of FEEL with that name.
fn own(name: &str) -> Option<Type> {
    let bare = name.strip_prefix("feel:").unwrap_or(name);
    match bare {
        "any" => Some(Type::Any),
        "context" => Some(Type::Context(Arc::default())),
        "list" => Some(Type::List(Arc::new(Type::Any))),
        "function" => Some(Type::Function(None)),
        _ => {
            let known = crate::feel::named_types().iter().find(|(known, _)| *known == bare);
            known.map(|(_, kind)| kind.clone())
        }
    }
}

impl Items {
    pub(crate) fn add(&mut self, model: usize, item: Item) {
        let name = TypeName { model, name: Arc::clone(&item.name) };
        self.all.insert(name, item);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&TypeName, &Item)> {
        self.all.iter()
    }

    /// Whether a type is FEEL's own, with nothing that the model says about it.
    pub(crate) fn own(&self, name: &TypeName) -> bool {
        !self.all.contains_key(name) && own(&name.name).is_some()
    }

    /// The type as FEEL knows it, without what the model says about allowed values.
    pub(crate) fn kind(&self, name: &TypeName) -> Type {
        self.kind_within(name, 0)
    }

    fn kind_within(&self, name: &TypeName, references: u32) -> Type {
        match self.all.get(name) {
            Some(item) if references < 8 => self.kind_of(item, references + 1),
            Some(_) => Type::Any,
            None => own(&name.name).unwrap_or(Type::Any),
        }
    }

    fn kind_of(&self, item: &Item, references: u32) -> Type {
        let one = match &item.shape {
            Shape::Any => Type::Any,
            Shape::Named(name) => self.kind_within(name, references),
            Shape::Function(count) => Type::Function(Some(*count)),
            Shape::Components(components) => {
                let entry = |c: &Item| (Arc::clone(&c.name), self.kind_of(c, references + 1));
                Type::Context(Arc::new(components.iter().map(entry).collect()))
            }
        };
        if item.collection { Type::List(Arc::new(one)) } else { one }
    }

    /// The value as one of the type; none when it is not.
    pub(crate) fn fit(
        &self,
        name: &TypeName,
        value: Value,
        context: &mut Context,
    ) -> Result<Option<Value>, Halt> {
        self.fit_within(name, value, context, 0)
    }

    fn fit_within(
        &self,
        name: &TypeName,
        value: Value,
        context: &mut Context,
        references: u32,
    ) -> Result<Option<Value>, Halt> {
        context.spend(1)?;
        if references > REFERENCES_MAX {
            return Ok(None);
        }
        match self.all.get(name) {
            Some(item) => self.fit_item(item, value, context, references + 1),
            // A type that nobody defined says nothing.
            None => {
                let kind = own(&name.name).unwrap_or(Type::Any);
                if matches!(kind, Type::List(_)) {
                    context.spend(value.weight())?;
                }
                Ok(kind.coerce(value))
            }
        }
    }

    fn fit_item(
        &self,
        item: &Item,
        value: Value,
        context: &mut Context,
        references: u32,
    ) -> Result<Option<Value>, Halt> {
        if !item.collection {
            let Some(fitted) = self.fit_one(item, value, context, references)? else {
                return Ok(None);
            };
            let passes = passes(item.constraint.as_ref(), &fitted, context)?;
            return Ok(passes.then_some(fitted));
        }
        let items = match value {
            Value::Null => return Ok(Some(Value::Null)),
            Value::List(list) => list.items().to_vec(),
            one => vec![one],
        };
        let mut fitted = Vec::with_capacity(items.len());
        for one in items {
            match self.fit_one(item, one, context, references)? {
                Some(value) => fitted.push(value),
                None => return Ok(None),
            }
        }
        let list = List::new(fitted).map(Value::List).ok_or(Halt::Height)?;
        Ok(passes(item.constraint.as_ref(), &list, context)?.then_some(list))
    }

    fn fit_one(
        &self,
        item: &Item,
        value: Value,
        context: &mut Context,
        references: u32,
    ) -> Result<Option<Value>, Halt> {
        let fitted = match &item.shape {
            Shape::Any => Some(value),
            Shape::Named(name) => self.fit_within(name, value, context, references)?,
            Shape::Function(count) => Type::Function(Some(*count)).coerce(value),
            Shape::Components(components) => {
                self.fit_components(components, value, context, references)?
            }
        };
        match fitted {
            Some(value) if passes(item.allowed.as_ref(), &value, context)? => Ok(Some(value)),
            _ => Ok(None),
        }
    }

    fn fit_components(
        &self,
        components: &[Item],
        value: Value,
        context: &mut Context,
        references: u32,
    ) -> Result<Option<Value>, Halt> {
        let entries = match value {
            Value::Null => return Ok(Some(Value::Null)),
            Value::Context(entries) => entries,
            Value::List(list) => match list.items() {
                [Value::Context(entries)] => entries.clone(),
                _ => return Ok(None),
            },
            _ => return Ok(None),
        };
        let mut map = entries.map().clone();
        for component in components {
            let Some(value) = map.get(&component.name).cloned() else { return Ok(None) };
            match self.fit_item(component, value, context, references + 1)? {
                Some(value) => map.insert(Arc::clone(&component.name), value),
                None => return Ok(None),
            };
        }
        Ok(Some(Value::Context(Entries::new(map).ok_or(Halt::Height)?)))
    }

    /// Texts of JSON as the dates, times and durations that a type makes them; and components
    /// that are left out as null.
    pub(crate) fn adopt(&self, name: &TypeName, value: Value) -> Value {
        self.adopt_kind(&self.kind(name), value)
    }

    fn adopt_kind(&self, kind: &Type, value: Value) -> Value {
        match (kind, value) {
            (Type::Date | Type::Time | Type::DateTime | Type::Days | Type::Months, value) => {
                let Value::String(text) = &value else { return value };
                let read = crate::feel::at_literal(text);
                if kind.has(&read) { read } else { value }
            }
            (Type::List(inner), Value::List(list)) => {
                let items = list.items().iter().map(|item| self.adopt_kind(inner, item.clone()));
                List::new(items.collect()).map_or(Value::Null, Value::List)
            }
            (Type::Context(kinds), Value::Context(entries)) => {
                let mut map = entries.map().clone();
                for (name, kind) in kinds.iter() {
                    let value = map.remove(name).unwrap_or(Value::Null);
                    map.insert(Arc::clone(name), self.adopt_kind(kind, value));
                }
                Entries::new(map).map_or(Value::Null, Value::Context)
            }
            (_, value) => value,
        }
    }
}

fn passes(tests: Option<&Tests>, value: &Value, context: &mut Context) -> Result<bool, Halt> {
    match tests {
        Some(tests) if !value.is_null() => tests.pass(value, &Scope::default(), context),
        _ => Ok(true),
    }
}
