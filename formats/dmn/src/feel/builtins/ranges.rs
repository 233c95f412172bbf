//! How points and ranges lie to each other (DMN 1.5, table 78).

use super::arguments::failed;
use super::{Arguments, Builtin, Trouble};
use crate::feel::eval::order;
use crate::feel::value::{Bound, Range, Value};
use std::cmp::Ordering;
use std::sync::Arc;

const BOTH: &[&[&str]] =
    &[&["point1", "point2"], &["point", "range"], &["range", "point"], &["range1", "range2"]];

macro_rules! relation {
    ($name:literal, $relation:expr) => {
        Builtin { name: $name, signatures: BOTH, body: |given, _| related(&given, $relation) }
    };
}

pub(super) const TABLE: &[Builtin] = &[
    relation!("before", before),
    relation!("after", |a, b| before(b, a)),
    relation!("meets", meets),
    relation!("met by", |a, b| meets(b, a)),
    relation!("overlaps", overlaps),
    relation!("overlaps before", overlaps_before),
    relation!("overlaps after", |a, b| overlaps_before(b, a)),
    relation!("finishes", finishes),
    relation!("finished by", |a, b| finishes(b, a)),
    relation!("includes", includes),
    relation!("during", |a, b| includes(b, a)),
    relation!("starts", starts),
    relation!("started by", |a, b| starts(b, a)),
    relation!("coincides", coincides),
];

/// A point, or a range.
enum Place {
    Point(Value),
    Range(Arc<Range>),
}

type Relation = fn(&Place, &Place) -> Option<bool>;

fn place(value: Value) -> Place {
    match value {
        Value::Range(range) => Place::Range(range),
        point => Place::Point(point),
    }
}

fn related(given: &Arguments, relation: Relation) -> Result<Value, Trouble> {
    match relation(&place(given.single(0)), &place(given.single(1))) {
        Some(result) => Ok(Value::Boolean(result)),
        None => failed("两者不可比较"),
    }
}

fn compare(a: &Bound, b: &Bound) -> Option<Ordering> {
    order(&a.value, &b.value)
}

/// The two ends of a place: a point is a range from itself to itself.
fn ends(place: &Place) -> (Bound, Bound) {
    match place {
        Place::Point(value) => {
            let bound = Bound { value: value.clone(), included: true };
            (bound.clone(), bound)
        }
        Place::Range(range) => (range.low.clone(), range.high.clone()),
    }
}

fn two_ranges<'a>(a: &'a Place, b: &'a Place) -> Option<(&'a Range, &'a Range)> {
    match (a, b) {
        (Place::Range(a), Place::Range(b)) => Some((a, b)),
        _ => None,
    }
}

fn before(a: &Place, b: &Place) -> Option<bool> {
    let ((_, high), (low, _)) = (ends(a), ends(b));
    Some(match compare(&high, &low)? {
        Ordering::Less => true,
        Ordering::Equal => !high.included || !low.included,
        Ordering::Greater => false,
    })
}

fn meets(a: &Place, b: &Place) -> Option<bool> {
    let (a, b) = two_ranges(a, b)?;
    let touch = compare(&a.high, &b.low)?.is_eq();
    Some(touch && a.high.included && b.low.included)
}

/// Whether the upper end of one reaches the lower end of the other.
fn reaches(high: &Bound, low: &Bound) -> Option<bool> {
    Some(match compare(high, low)? {
        Ordering::Greater => true,
        Ordering::Equal => high.included && low.included,
        Ordering::Less => false,
    })
}

fn overlaps(a: &Place, b: &Place) -> Option<bool> {
    let (a, b) = two_ranges(a, b)?;
    Some(reaches(&a.high, &b.low)? && reaches(&b.high, &a.low)?)
}

fn overlaps_before(a: &Place, b: &Place) -> Option<bool> {
    let (a, b) = two_ranges(a, b)?;
    let starts = match compare(&a.low, &b.low)? {
        Ordering::Less => true,
        Ordering::Equal => a.low.included && !b.low.included,
        Ordering::Greater => false,
    };
    Some(starts && reaches(&a.high, &b.low)? && ends_no_later(&a.high, &b.high)?)
}

fn ends_no_later(a: &Bound, b: &Bound) -> Option<bool> {
    Some(match compare(a, b)? {
        Ordering::Less => true,
        Ordering::Equal => !a.included || b.included,
        Ordering::Greater => false,
    })
}

fn starts_no_earlier(a: &Bound, b: &Bound) -> Option<bool> {
    Some(match compare(a, b)? {
        Ordering::Greater => true,
        Ordering::Equal => !a.included || b.included,
        Ordering::Less => false,
    })
}

fn finishes(a: &Place, b: &Place) -> Option<bool> {
    let Place::Range(b) = b else { return None };
    match a {
        Place::Point(point) => Some(b.high.included && order(point, &b.high.value)?.is_eq()),
        Place::Range(a) => Some(
            compare(&a.high, &b.high)?.is_eq()
                && a.high.included == b.high.included
                && starts_no_earlier(&a.low, &b.low)?,
        ),
    }
}

fn starts(a: &Place, b: &Place) -> Option<bool> {
    let Place::Range(b) = b else { return None };
    match a {
        Place::Point(point) => Some(b.low.included && order(point, &b.low.value)?.is_eq()),
        Place::Range(a) => Some(
            compare(&a.low, &b.low)?.is_eq()
                && a.low.included == b.low.included
                && ends_no_later(&a.high, &b.high)?,
        ),
    }
}

fn includes(a: &Place, b: &Place) -> Option<bool> {
    let Place::Range(a) = a else { return None };
    let (low, high) = ends(b);
    Some(starts_no_earlier(&low, &a.low)? && ends_no_later(&high, &a.high)?)
}

fn coincides(a: &Place, b: &Place) -> Option<bool> {
    match (a, b) {
        (Place::Point(a), Place::Point(b)) => Some(order(a, b)?.is_eq()),
        (Place::Range(a), Place::Range(b)) => Some(
            compare(&a.low, &b.low)?.is_eq()
                && compare(&a.high, &b.high)?.is_eq()
                && a.low.included == b.low.included
                && a.high.included == b.high.included,
        ),
        _ => None,
    }
}
