//! 全宗: what a unit's archive numbers begin with, and the last 件号 of each series.

use crate::number::{Number, Retention};
use lingnan_base::UnitId;
use lingnan_journal::{Column, Datum, Matter, MatterId, Row, Stamp, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the 机构（问题）代码 is until a unit has set one: 办公室.
const ORGANISATION: &str = "BGS";

/// Series of numbers, one row each: whoever looks for gaps compares them with the packets.
pub static SERIES: Table = Table {
    name: "archive_series",
    version: 1,
    columns: &[
        Column::text("unit"),
        Column::text("series"),
        Column::text("fonds"),
        Column::int("last"),
    ],
    key_columns: 2,
    indexes: &["(fonds)"],
};

/// A unit's fonds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fonds {
    /// 全宗号, once one was set.
    pub code: Option<String>,
    /// 机构（问题）代码, once one was set.
    pub organisation: Option<String>,
    /// The last 件号 of each series.
    pub last: BTreeMap<String, u32>,
}

/// What can be recorded of a fonds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// Its codes were set; numbers given before stay as they are.
    Named {
        /// 全宗号
        code: String,
        /// 机构（问题）代码
        organisation: String,
    },
    /// A number was given.
    Given {
        /// Which.
        number: Number,
        /// To what.
        archive: MatterId,
    },
}

impl Fonds {
    /// The next number of a year and a term.
    #[must_use]
    pub fn next(&self, unit: &UnitId, year: i16, retention: Retention) -> Number {
        let fonds = self.code.clone().unwrap_or_else(|| unset(unit));
        let organisation = self.organisation.clone();
        let organisation = organisation.unwrap_or_else(|| ORGANISATION.to_owned());
        let mut number = Number { fonds, year, retention, organisation, item: 0 };
        let last = self.last.get(&number.series()).copied().unwrap_or(0);
        number.item = last.saturating_add(1);
        number
    }

    /// 全宗号 and 机构（问题）代码 as they are now, set or not.
    #[must_use]
    pub fn codes(&self, unit: &UnitId) -> (String, String) {
        let Number { fonds, organisation, .. } = self.next(unit, 0, Retention::Permanent);
        (fonds, organisation)
    }
}

/// What stands for a 全宗号 until the archive house has given one: the unit's own code, which no
/// other unit has.
fn unset(unit: &UnitId) -> String {
    let plain = unit.as_str().chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

impl Matter for Fonds {
    const KIND: &'static str = "fonds";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self::default()
    }

    fn fold(&mut self, fact: &Fact, _: &Stamp) {
        match fact {
            Fact::Named { code, organisation } => {
                self.code = Some(code.clone());
                self.organisation = Some(organisation.clone());
            }
            Fact::Given { number, .. } => {
                self.last.insert(number.series(), number.item);
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let row = |(series, last): (&String, &u32)| Row {
            table: &SERIES,
            values: vec![
                Datum::text(id.key()),
                Datum::text(series.as_str()),
                Datum::text(series.split_once('-').map_or("", |(fonds, _)| fonds)),
                Datum::Int((*last).into()),
            ],
        };
        self.last.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_within_their_series_and_a_new_code_begins_anew() {
        let unit = UnitId::parse("440000-bgt").unwrap();
        let mut fonds = Fonds::default();
        let stamp = Stamp {
            seq: 0,
            time: lingnan_base::Timestamp(0),
            actor: lingnan_journal::Actor::system("archives"),
        };
        let archive = MatterId::parse("archive:a").unwrap();
        let give = |fonds: &mut Fonds, year, retention| {
            let number = fonds.next(&unit, year, retention);
            fonds.fold(&Fact::Given { number: number.clone(), archive: archive.clone() }, &stamp);
            number.to_string()
        };
        assert_eq!(give(&mut fonds, 2026, Retention::Permanent), "440000BGT-WS·2026-Y-BGS-0001");
        assert_eq!(give(&mut fonds, 2026, Retention::Permanent), "440000BGT-WS·2026-Y-BGS-0002");
        assert_eq!(give(&mut fonds, 2026, Retention::TenYears), "440000BGT-WS·2026-D10-BGS-0001");
        assert_eq!(give(&mut fonds, 2027, Retention::Permanent), "440000BGT-WS·2027-Y-BGS-0001");
        let named = Fact::Named { code: "Z109".to_owned(), organisation: "MSC".to_owned() };
        fonds.fold(&named, &stamp);
        assert_eq!(give(&mut fonds, 2026, Retention::Permanent), "Z109-WS·2026-Y-MSC-0001");
    }
}
