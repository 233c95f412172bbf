//! Which names an expression uses.

use crate::feel::ast::{Arguments, Node, Source, Test};

/// Whether an expression uses a name.
pub(crate) fn speaks_of(node: &Node, word: &str) -> bool {
    let asks = |node: &Node| speaks_of(node, word);
    let asks_test = |test: &Test| tests_speak_of(test, word);
    match node {
        Node::Name(name) => **name == *word,
        Node::Literal(_) | Node::External => false,
        Node::Function(_, body) => asks(body),
        Node::List(parts) | Node::And(parts) | Node::Or(parts) => parts.iter().any(&asks),
        Node::Context(entries) => entries.iter().any(|(_, entry)| asks(entry)),
        Node::Interval(parts) => asks(&parts.low) || asks(&parts.high),
        Node::Ray(_, inner) | Node::Negative(inner) | Node::Path(inner, _) => asks(inner),
        Node::InstanceOf(inner, _) => asks(inner),
        Node::Chain(first, others) => asks(first) || others.iter().any(|(_, part)| asks(part)),
        Node::Compare(_, a, b) | Node::Filter(a, b) => asks(a) || asks(b),
        Node::Between(parts) | Node::If(parts) => parts.iter().any(&asks),
        Node::In(inner, tests) => asks(inner) || tests.iter().any(asks_test),
        Node::For(iterations, body)
        | Node::Some(iterations, body)
        | Node::Every(iterations, body) => {
            let over = iterations.iter().any(|iteration| match &iteration.source {
                Source::Values(values) => asks(values),
                Source::Steps(from, to) => asks(from) || asks(to),
            });
            over || asks(body)
        }
        Node::Call(function, arguments) => {
            asks(function)
                || match arguments {
                    Arguments::Placed(all) => all.iter().any(&asks),
                    Arguments::Named(all) => all.iter().any(|(_, part)| asks(part)),
                }
        }
    }
}

fn tests_speak_of(test: &Test, word: &str) -> bool {
    match test {
        Test::Any => false,
        Test::Compare(_, node) | Test::Value(node) => speaks_of(node, word),
        Test::Not(tests) => tests.iter().any(|test| tests_speak_of(test, word)),
    }
}
