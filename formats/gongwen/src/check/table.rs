//! 8: tables that lie on their side.

use super::OFF;
use super::anatomy::Anatomy;
use super::foot;
use super::row::{Row, What};

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let mut sides = found.sideways.iter();
    let wrong = sides.find(|(_, left)| !left).or(found.sideways.first());
    let head = wrong.map(|(page, left)| {
        let binding = (page % 2 == 1) == *left;
        (format!("第{page}面在{}一边", if binding { "订口" } else { "切口" }), *left)
    });
    let numbers = found.sideways.iter().map(|(page, _)| numbered(found, *page));
    vec![
        What("8", "横排表格表头").holds("单页码在订口一边，双页码在切口一边", head),
        What("8", "横排表格页码")
            .holds("位置与其他页码一致", numbers.min_by_key(|(_, holds)| *holds)),
    ]
}

/// Where the number of a page stands, and whether that is where 7.5 wants it.
fn numbered(found: &Anatomy, page: usize) -> (String, bool) {
    match found.numbers.iter().find(|line| line.page == page) {
        None => (format!("第{page}面无页码"), false),
        Some(line) => {
            let off = foot::off(line);
            (format!("第{page}面偏{off:.2} mm"), off <= OFF)
        }
    }
}
