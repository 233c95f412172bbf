//! In what order things are found: exact number, title, text; within each the newer first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// Where something stands among all that was found; the greatest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// 3 for the exact number, 2 for the title, 1 for the text.
    pub tier: u8,
    /// Its time, in milliseconds.
    pub time_ms: i64,
    /// Tells apart what is of one time.
    pub tie: u64,
}

/// What each tier adds to the score; each is more than all below it together.
pub(crate) const TEXT: Score = 1.0;
pub(crate) const TITLE: Score = 2.0;
pub(crate) const NUMBER: Score = 4.0;

/// Collects the first `max` places after `after`.
pub(crate) struct InOrder {
    pub(crate) after: Option<Place>,
    pub(crate) max: usize,
}

pub(crate) struct OfSegment {
    segment: SegmentOrdinal,
    after: Option<Place>,
    max: usize,
    times: Column<i64>,
    ties: Column<u64>,
    kept: BinaryHeap<Reverse<(Place, DocAddress)>>,
}

impl Collector for InOrder {
    type Fruit = Vec<(Place, DocAddress)>;
    type Child = OfSegment;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        let (times, ties) = (reader.fast_fields().i64("time")?, reader.fast_fields().u64("tie")?);
        let (after, max) = (self.after, self.max);
        Ok(OfSegment { segment, after, max, times, ties, kept: BinaryHeap::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut all: Self::Fruit = fruits.into_iter().flatten().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.truncate(self.max);
        Ok(all)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = Vec<(Place, DocAddress)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let tier = if score >= NUMBER {
            3
        } else if score >= TITLE {
            2
        } else {
            1
        };
        let time_ms = self.times.first(doc).unwrap_or_default();
        let tie = self.ties.first(doc).unwrap_or_default();
        let place = Place { tier, time_ms, tie };
        if self.after.is_some_and(|after| place >= after) {
            return;
        }
        self.kept.push(Reverse((place, DocAddress::new(self.segment, doc))));
        if self.kept.len() > self.max {
            self.kept.pop();
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.kept.into_iter().map(|Reverse(found)| found).collect()
    }
}
