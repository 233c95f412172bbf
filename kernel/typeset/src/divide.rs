//! What of the last block goes over to the page of the signature, so that both pages show text
//! (GB/T 9704-2012 7.3.3, 7.3.5.5).

use crate::plan;
use crate::walk::{Ink, What};
use lingnan_gongwen::{Block, Gongwen, Row, Span};
use serde_json::{Value, json};

/// How much of the last block goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carry {
    /// So many characters at the end of a paragraph or of what follows a heading.
    Characters(usize),
    /// So many rows at the end of a table.
    Rows(usize),
    /// All of it.
    Block,
}

/// Lines or rows that go over where there are enough: one alone looks lost.
const CARRIED: usize = 2;

/// What may go over, the best first: a few lines or rows of the last block, all of it, and what a
/// block so short can spare.
pub(crate) fn ways(document: &Gongwen, pages: &[Vec<Ink>]) -> Vec<Carry> {
    let Some((last, before)) = document.body.split_last() else { return Vec::new() };
    let whole = (!before.is_empty()).then_some(Carry::Block);
    let (well, hardly) = match last {
        Block::Paragraph { spans } | Block::Heading { then: spans, .. } => in_lines(spans, pages),
        // A table on its side has pages of its own.
        Block::Table { rows, head } if !plan::is_wide(rows) => in_rows(rows, usize::from(*head)),
        Block::Table { .. } | Block::Image(_) => (None, None),
    };
    [well, whole, hardly].into_iter().flatten().collect()
}

/// The last two lines where two others stay, and else what leaves anything.
fn in_lines(spans: &[Span], pages: &[Vec<Ink>]) -> (Option<Carry>, Option<Carry>) {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let lines = last_lines(pages);
    let take = |count: usize| {
        let own = lines.get(lines.len().checked_sub(count)?..)?.concat();
        let stays = text.strip_suffix(own.as_str())?.chars().count();
        (stays > 0).then_some((own.chars().count(), stays))
    };
    let per_line = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let well = take(CARRIED).filter(|(_, stays)| *stays > per_line);
    let hardly = take(CARRIED).or_else(|| take(1));
    let carry = |(own, _)| Carry::Characters(own);
    (well.map(carry), hardly.map(carry))
}

/// The lines of the text on the last page that has any.
fn last_lines(pages: &[Vec<Ink>]) -> Vec<String> {
    let page = pages.iter().rev().find(|page| page.iter().any(|ink| ink.element == "正文"));
    let mut lines: Vec<(f64, String)> = Vec::new();
    for ink in page.into_iter().flatten().filter(|ink| ink.element == "正文") {
        let What::Text(run) = &ink.what else { continue };
        let at = ink.at.ty.to_mm();
        match lines.last_mut().filter(|(line, _)| (*line - at).abs() < 0.1) {
            Some((_, line)) => line.push_str(&run.text),
            None => lines.push((at, run.text.to_string())),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The last two rows where two others stay, and else the fewest that leave anything; cells that
/// reach down hold their rows together.
fn in_rows(rows: &[Row], head: usize) -> (Option<Carry>, Option<Carry>) {
    let own = rows.get(head..).unwrap_or_default();
    let holds = |at: usize| {
        let above = own.iter().take(at).enumerate();
        let mut reach = above.flat_map(|(nth, row)| row.cells.iter().map(move |cell| (nth, cell)));
        !reach.any(|(nth, cell)| nth + usize::from(cell.rows) > at)
    };
    let may = |count: &usize| own.len().checked_sub(*count).is_some_and(|at| at > 0 && holds(at));
    let well = (CARRIED..own.len().saturating_sub(1)).find(may);
    let hardly = (1..own.len()).find(may);
    (well.map(Carry::Rows), hardly.map(Carry::Rows))
}

/// The body without what goes over, and that; none when it is not of this kind.
pub(crate) fn divided(body: &[Block], carry: Carry) -> Option<(Vec<Block>, Block)> {
    let (last, before) = body.split_last()?;
    let (kept, rest) = match (last, carry) {
        (_, Carry::Block) => return Some((before.to_vec(), last.clone())),
        (Block::Paragraph { spans }, Carry::Characters(count)) => {
            let (kept, rest) = cut(spans, count)?;
            (Block::Paragraph { spans: kept }, Block::Paragraph { spans: rest })
        }
        (Block::Heading { level, text, then }, Carry::Characters(count)) => {
            let (kept, rest) = cut(then, count)?;
            let kept = Block::Heading { level: *level, text: text.clone(), then: kept };
            (kept, Block::Paragraph { spans: rest })
        }
        (Block::Table { rows, head }, Carry::Rows(count)) => {
            let (kept, rest) = rows.split_at_checked(rows.len().checked_sub(count)?)?;
            let repeated = rows.get(..usize::from(*head))?.iter().chain(rest).cloned();
            let table = |rows| Block::Table { rows, head: *head };
            (table(kept.to_vec()), table(repeated.collect()))
        }
        _ => return None,
    };
    Some((before.iter().cloned().chain([kept]).collect(), rest))
}

/// Runs without their last so many characters, and those.
fn cut(spans: &[Span], count: usize) -> Option<(Vec<Span>, Vec<Span>)> {
    let all: usize = spans.iter().map(|span| span.text.chars().count()).sum();
    let mut left = all.checked_sub(count)?;
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    for span in spans {
        let here = span.text.chars().count().min(left);
        left = left.saturating_sub(here);
        let part = |text: String| Span { text, style: span.style };
        kept.push(part(span.text.chars().take(here).collect()));
        rest.push(part(span.text.chars().skip(here).collect()));
    }
    Some((kept, rest))
}

/// The two parts as the template takes them: a paragraph cut in two ends here in a full line, and
/// goes on there without the room of its beginning.
pub(crate) fn mark(carry: Carry, kept: &mut [Value], rest: &mut Value) {
    if let (Carry::Characters(_), Some(last)) = (carry, kept.last_mut()) {
        last["goes_on"] = json!(true);
        rest["type"] = json!("rest");
    }
}
