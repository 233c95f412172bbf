//! Words that stand upright, one Han character below the other, as in the margins of forms.

use super::Piece;
use super::order::{SIZE_MIN, grouped, size};
use std::collections::{BTreeMap, BTreeSet};

/// A character's neighbour below is at most so many sizes away.
const STEP: f64 = 3.0;
/// They begin at the same place but for this part of the size.
const ALIGN: f64 = 0.3;
/// Beside them is nothing nearer than this part of the size.
const GAP: f64 = 0.5;
/// Characters of such a word.
const LENGTH_MAX: usize = 10;
/// More single characters than this make a page of scattered ones, not a form.
const SINGLES_MAX: usize = 1000;

/// A character of a page by its line and its place in it.
type Place = (usize, usize);

/// The pieces, with each upright word as one piece where its first character stands.
pub(super) fn merged(pieces: Vec<Piece>) -> Vec<Piece> {
    let lines = grouped(pieces);
    let mut free = singles(&lines);
    if free.len() > SINGLES_MAX {
        return lines.into_iter().flatten().collect();
    }
    let marked: BTreeSet<Place> = free.iter().copied().collect();
    let mut words: Vec<Vec<Place>> = Vec::new();
    while !free.is_empty() {
        let first = free.remove(0);
        let mut word = vec![first];
        while let Some(next) =
            below(&lines, &free, word.last()).filter(|_| word.len() <= LENGTH_MAX)
        {
            word.push(free.remove(next));
        }
        let alone = |place: &Place| {
            let line = lines.get(place.0).map_or(0, Vec::len);
            (0..line).all(|index| marked.contains(&(place.0, index)))
        };
        // Below a word often stands the first cell of a row, which is none of it.
        let end = word.iter().rposition(alone).map_or(0, |last| last + 1);
        let mut rest = word.split_off(end);
        let lonely = word.iter().filter(|place| alone(place)).count();
        if (2..=LENGTH_MAX).contains(&word.len()) && 2 * lonely >= word.len() {
            words.push(word);
        } else {
            rest.extend(word);
        }
        // What begins no word here begins none later.
        rest.retain(|place| *place != first);
        free.extend(rest);
        free.sort_by(|a, b| from_left(&lines, *a, *b));
    }
    taken(lines, &words)
}

fn from_left(lines: &[Vec<Piece>], a: Place, b: Place) -> std::cmp::Ordering {
    let at = |place| piece(lines, place).map_or((0.0, 0.0), |own| (own.start.x, own.start.y));
    let (a, b) = (at(a), at(b));
    a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
}

fn piece(lines: &[Vec<Piece>], place: Place) -> Option<&Piece> {
    lines.get(place.0)?.get(place.1)
}

/// Single Han characters with nothing close beside them, from the left.
fn singles(lines: &[Vec<Piece>]) -> Vec<Place> {
    let mut found = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        for (index, own) in line.iter().enumerate() {
            let mut chars = own.text.trim().chars();
            let single = chars.next().is_some_and(is_han) && chars.next().is_none();
            let gap = GAP * size(&[own]);
            let before = index.checked_sub(1).and_then(|before| line.get(before));
            let left = before.is_none_or(|before| own.start.x - before.right() > gap);
            let after = line.get(index + 1);
            let right = after.is_none_or(|after| after.start.x - own.right() > gap);
            if single && left && right {
                found.push((row, index));
            }
        }
    }
    found.sort_by(|a, b| from_left(lines, *a, *b));
    found
}

/// The nearest free character right below another, as its place among the free ones.
fn below(lines: &[Vec<Piece>], free: &[Place], last: Option<&Place>) -> Option<usize> {
    let last = piece(lines, *last?)?;
    let size = last.size.max(SIZE_MIN);
    let mut nearest: Option<(f64, usize)> = None;
    for (index, place) in free.iter().enumerate() {
        let Some(own) = piece(lines, *place) else { continue };
        let step = own.start.y - last.start.y;
        let fits = step > 0.0
            && step <= STEP * size
            && (own.start.x - last.start.x).abs() <= ALIGN * size
            && (own.size - last.size).abs() <= 0.1 * size;
        if fits && nearest.is_none_or(|(least, _)| step < least) {
            nearest = Some((step, index));
        }
    }
    nearest.map(|(_, index)| index)
}

fn taken(lines: Vec<Vec<Piece>>, words: &[Vec<Place>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let by_place: BTreeMap<Place, &Vec<Place>> =
        words.iter().flat_map(|word| word.iter().map(move |place| (*place, word))).collect();
    for (row, line) in lines.iter().enumerate() {
        for (index, own) in line.iter().enumerate() {
            let Some(word) = by_place.get(&(row, index)) else {
                pieces.push(own.clone());
                continue;
            };
            if word.first() == Some(&(row, index)) {
                let parts = word.iter().filter_map(|place| piece(&lines, *place));
                let text = parts.clone().map(|part| part.text.trim()).collect();
                let places = parts.flat_map(|part| part.places.clone()).collect();
                let width = own.size.max(SIZE_MIN);
                pieces.push(Piece { text, places, width, ..own.clone() });
            }
        }
    }
    pieces
}

fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3134f}')
}
