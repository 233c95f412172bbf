//! Small things about text: unused ids, negated conditions, a step's line on its own.

use lingnan_flow::{Block, Comments, Process, Who};
use std::collections::{BTreeMap, BTreeSet};

/// Ids that stand already.
#[derive(Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    /// The last number that was put behind a word, so that the next is not sought from 2 again.
    last: BTreeMap<String, u64>,
}

impl Ids {
    pub(crate) fn of(taken: BTreeSet<String>) -> Self {
        Self { taken, last: BTreeMap::new() }
    }

    /// An id that does not stand yet, and now does.
    pub(crate) fn unused(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        if !self.taken.insert(id.clone()) {
            let last = self.last.entry(wanted.to_owned()).or_insert(1);
            while !self.taken.insert(id.clone()) {
                *last += 1;
                id = format!("{wanted}_{last}");
            }
        }
        id
    }
}

/// The opposite of a condition; the opposite of `not(x)` is `x`.
pub(crate) fn negated(condition: &str) -> String {
    let inner = condition.strip_prefix("not(").and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) if is_closed(inner) => inner.to_owned(),
        _ => format!("not({condition})"),
    }
}

/// Whether every bracket is closed by its own, outside of texts.
fn is_closed(text: &str) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth = depth.saturating_add(1),
            ')' if !quoted => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0 && !quoted
}

/// A process of nothing but these lines: what the notation says of them.
pub(crate) fn alone(lines: &str) -> Result<Process, String> {
    let text = format!("{HEAD}{lines}\nend\n");
    Process::parse(&text).map_err(|mistakes| {
        // The place is one of a text that nobody sees.
        let first = mistakes.0.into_iter().next();
        first.map_or_else(String::new, |m| format!("应为{}，实为{}", m.expected, m.found))
    })
}

/// The head of [`alone`].
const HEAD: &str = "process draft \"草稿\" v1 in draft\nbasis \"内部管理制度\"\nstart by anyone\n";

/// The one block of a line, and the line as it is printed without its condition.
pub(crate) fn block(line: &str) -> Result<(Block, String), String> {
    let mut process = alone(line)?;
    process.comments = Comments::new();
    let printed = process.to_string();
    let bare = printed.lines().rev().nth(1).unwrap_or_default().to_owned();
    let block = process.root.pop().ok_or("没有环节")?;
    let asks = match &block {
        Block::Node(node) => node.when.as_ref(),
        Block::Auto(auto) => auto.when.as_ref(),
        Block::Cc(cc) => cc.when.as_ref(),
        Block::Call(call) => call.when.as_ref(),
        _ => None,
    };
    let suffix = asks.map(|condition| format!(" when {}", condition.as_str()));
    let bare = suffix.as_deref().and_then(|suffix| bare.strip_suffix(suffix)).unwrap_or(&bare);
    Ok((block, bare.to_owned()))
}

/// Whether a condition is one of ours.
pub(crate) fn is_condition(text: &str) -> bool {
    !text.contains(['\n', '\r'])
        && alone(&format!("choose {{\nwhen {text} {{\nstep a \"甲\" by {}\n}}\n}}", Who::starter()))
            .is_ok()
}
