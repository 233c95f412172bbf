//! Calls of functions.

use super::node;
use crate::feel::ast::{Arguments, Node};
use crate::feel::builtins;
use crate::feel::context::{Answer, Context};
use crate::feel::scope::Scope;
use crate::feel::types::{Parameter, Type};
use crate::feel::value::{Closure, Function, Value};
use std::sync::Arc;

/// The values of a call's arguments.
pub(crate) enum Given {
    Placed(Vec<Value>),
    Named(Vec<(Arc<str>, Value)>),
}

impl Given {
    fn weight(&self) -> u64 {
        match self {
            Self::Placed(values) => values.iter().map(Value::weight).fold(0, u64::saturating_add),
            Self::Named(named) => {
                named.iter().map(|(_, value)| value.weight()).fold(0, u64::saturating_add)
            }
        }
    }
}

/// The value of a call.
pub(super) fn expression(
    called: &Node,
    arguments: &Arguments,
    scope: &Scope,
    context: &mut Context,
) -> Answer {
    let function = function(called, scope, context)?;
    let given = match arguments {
        Arguments::Placed(all) => {
            let mut values = Vec::with_capacity(all.len());
            for argument in all {
                values.push(node(argument, scope, context)?);
            }
            Given::Placed(values)
        }
        Arguments::Named(all) => {
            let mut values = Vec::with_capacity(all.len());
            for (name, argument) in all {
                values.push((Arc::clone(name), node(argument, scope, context)?));
            }
            Given::Named(values)
        }
    };
    match function {
        Value::Function(function) => call(&function, given, context),
        other => Ok(context.fail(format!("{}不是函数，不能调用", other.kind()))),
    }
}

fn function(called: &Node, scope: &Scope, context: &mut Context) -> Answer {
    // A value that has the name of a function does not hide the function where it is called.
    if let Node::Name(name) = called
        && let Some(builtin) = builtins::find(name)
        && !matches!(scope.get(name), Some(Value::Function(_)))
    {
        return Ok(Value::Function(Function::Builtin(builtin)));
    }
    node(called, scope, context)
}

/// Calls a function.
pub(crate) fn call(function: &Function, given: Given, context: &mut Context) -> Answer {
    context.spend(1)?;
    // Types of parameters look into lists and contexts.
    let typed = match function {
        Function::Defined(closure) => closure.parameters.iter().any(|p| p.kind != Type::Any),
        Function::Builtin(_) | Function::Logic(_) => false,
    };
    if typed {
        context.spend(given.weight())?;
    }
    match function {
        Function::Builtin(builtin) => builtins::call(builtin, given, context),
        Function::Defined(closure) => match fit(&closure.parameters, given) {
            Ok(values) => apply(closure, values, context),
            Err(why) => Ok(context.fail(why)),
        },
        Function::Logic(logic) => match fit(logic.parameters(), given) {
            Ok(values) => context.deeper(|context| logic.invoke(values, context)),
            Err(why) => Ok(context.fail(why)),
        },
    }
}

fn apply(closure: &Closure, values: Vec<Value>, context: &mut Context) -> Answer {
    let mut scope = Scope::from_frame(closure.seen.clone());
    for (parameter, value) in closure.parameters.iter().zip(values) {
        scope = scope.with(Arc::clone(&parameter.name), value);
    }
    context.deeper(|context| node(&closure.body, &scope, context))
}

/// The values in the order of the parameters, each of its type.
fn fit(parameters: &[Parameter], given: Given) -> Result<Vec<Value>, String> {
    let values = match given {
        Given::Placed(values) if values.len() == parameters.len() => values,
        Given::Placed(values) => {
            let (asked, found) = (parameters.len(), values.len());
            return Err(format!("函数要{asked}个参数，给了{found}个"));
        }
        Given::Named(mut named) => {
            let mut values = Vec::with_capacity(parameters.len());
            for parameter in parameters {
                let place = named.iter().position(|(name, _)| *name == parameter.name);
                let place = place.ok_or_else(|| format!("缺少参数“{}”", parameter.name))?;
                values.push(named.swap_remove(place).1);
            }
            if let Some((name, _)) = named.first() {
                return Err(format!("函数没有参数“{name}”"));
            }
            values
        }
    };
    let fitted = parameters.iter().zip(values).map(|(parameter, value)| {
        let kind = value.kind();
        let why = || format!("参数“{}”不能是{kind}", parameter.name);
        parameter.kind.coerce(value).ok_or_else(why)
    });
    fitted.collect()
}
