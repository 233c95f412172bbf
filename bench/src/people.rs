//! Search by pinyin initials over the people of a province.

use crate::{line, quantile};
use lingnan_base::Chance;
use lingnan_directory::{Directory, generate, plan};
use std::time::Instant;

/// p50 and p99 of a search over 200,000 people.
pub(crate) fn search() {
    let count = 200_000;
    let planned = plan(
        include_str!("../../catalogue/directory/guangdong.csv"),
        include_str!("../../catalogue/directory/provincial_units.csv"),
        include_str!("../../catalogue/directory/departments.tsv"),
        include_str!("../../catalogue/directory/posts.tsv"),
    );
    let mut directory = Directory::default();
    for (id, unit) in planned.into_iter().flatten().flat_map(|group| group.units) {
        directory.put_unit(id, unit);
    }
    let mut chance = Chance::from_number(7);
    let made = generate::people(&mut chance, count, &directory);
    made.into_iter().for_each(|(id, person)| directory.put_person(id, person));
    let mut times = Vec::new();
    for query in ["wj", "lzy", "zhang", "czj", "李伟", "jmsczj", "hjq", "kps"].repeat(10) {
        let sent = Instant::now();
        let found = directory.search(query, 30);
        times.push(sent.elapsed());
        assert!(found.len() <= 30, "a page of results");
    }
    let name = format!("search.{count}_people");
    line(&format!("{name}.p50"), quantile(&mut times, 0.5), "ms", "");
    line(&format!("{name}.p99"), quantile(&mut times, 0.99), "ms", "<= 200");
}
