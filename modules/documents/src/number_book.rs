//! 发文字号: the number book of a unit; consecutive within a year, no gaps, voids stay visible.

use lingnan_base::UnitId;
use lingnan_journal::{Column, Datum, Kind, Matter, MatterId, Refusal, Row, Stamp, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest 机关代字, in characters.
pub const CODE_CHARACTERS_MAX: usize = 20;

/// Numbers given out, one row each.
pub static NUMBERS: Table = Table {
    name: "document_number",
    version: 1,
    columns: &[
        Column::text("book"),
        Column::int("year"),
        Column::int("number"),
        Column::text("unit"),
        Column::text("text"),
        Column::text("document"),
        Column::int("given_ms"),
        Column::text("void_reason"),
    ],
    key_columns: 3,
    indexes: &["(unit, year, number)", "(document)"],
};

/// Number books, one row each.
pub static BOOKS: Table = Table {
    name: "number_book",
    version: 1,
    columns: &[Column::text("book"), Column::text("unit"), Column::text("code")],
    key_columns: 1,
    indexes: &["(unit, book)"],
};

/// One number of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The document it was given to.
    pub document: MatterId,
    /// When.
    pub at_ms: i64,
    /// Why it is void, when it is.
    pub void_reason: Option<String>,
}

/// A unit's number book for one 机关代字.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberBook {
    /// Whose; `None` until it is opened.
    pub unit: Option<UnitId>,
    /// 机关代字, for example 粤府办.
    pub code: String,
    /// Numbers by year; the n-th of a year is number n+1.
    pub years: BTreeMap<i16, Vec<Given>>,
}

/// What happens to a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// The unit has this book from now on.
    Opened {
        /// Whose.
        unit: UnitId,
        /// 机关代字
        code: String,
    },
    /// The next number of the year was given.
    Given {
        /// Civil year in China.
        year: i16,
        /// The number; always one more than the last.
        number: u32,
        /// To which document.
        document: MatterId,
    },
    /// A given number is void; it is never given again.
    Voided {
        /// Its year.
        year: i16,
        /// The number.
        number: u32,
        /// Why.
        reason: String,
    },
}

impl NumberBook {
    /// The number that comes next in `year`.
    #[must_use]
    pub fn next(&self, year: i16) -> u32 {
        let given = self.years.get(&year).map_or(0, Vec::len);
        u32::try_from(given).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// `机关代字〔年〕号` (GB/T 9704-2012 7.2.5: full year in hexagonal brackets, the number
    /// without leading zeros or 第).
    #[must_use]
    pub fn text(&self, year: i16, number: u32) -> String {
        format!("{}〔{year}〕{number}号", self.code)
    }

    /// Opens the book.
    ///
    /// # Errors
    /// A refusal when it is open already or the 机关代字 is empty or too long.
    pub fn open(&self, unit: UnitId, code: &str) -> Result<Fact, Refusal> {
        let code = code.trim();
        if self.unit.is_some() {
            let text = "这本发文字号簿已经启用。";
            return Err(Refusal::new(Kind::Conflict, "documents.book_exists", text));
        }
        if code.is_empty() || code.chars().count() > CODE_CHARACTERS_MAX {
            let text = format!("机关代字应为1至{CODE_CHARACTERS_MAX}个字。");
            return Err(Refusal::new(Kind::Invalid, "documents.book_code", text)
                .with_rule("GB/T 9704-2012 7.2.5"));
        }
        Ok(Fact::Opened { unit, code: code.to_owned() })
    }

    /// Voids a number that was given to `document`.
    ///
    /// # Errors
    /// A refusal when the number was not given to it, is void already, or no reason is given.
    pub fn void(
        &self,
        document: &MatterId,
        year: i16,
        number: u32,
        reason: &str,
    ) -> Result<Fact, Refusal> {
        let reason =
            lingnan_api::text::required(reason, "作废原因", lingnan_api::text::REASON_MAX)?;
        let place = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1);
        let given = place.and_then(|place| self.years.get(&year)?.get(place));
        match given {
            Some(given) if given.document == *document && given.void_reason.is_none() => {
                Ok(Fact::Voided { year, number, reason })
            }
            Some(given) if given.void_reason.is_some() => {
                let text = "这个字号已经作废。";
                Err(Refusal::new(Kind::Conflict, "documents.number_void", text))
            }
            _ => Err(Refusal::missing()),
        }
    }
}

impl Matter for NumberBook {
    const KIND: &'static str = "number_book";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self { unit: None, code: String::new(), years: BTreeMap::new() }
    }

    fn fold(&mut self, fact: &Fact, stamp: &Stamp) {
        match fact {
            Fact::Opened { unit, code } => {
                self.unit = Some(unit.clone());
                self.code.clone_from(code);
            }
            Fact::Given { year, number, document } => {
                assert!(self.next(*year) == *number, "numbers of a book have no gaps");
                self.years.entry(*year).or_default().push(Given {
                    document: document.clone(),
                    at_ms: stamp.time.0,
                    void_reason: None,
                });
            }
            Fact::Voided { year, number, reason } => {
                let place = usize::try_from(*number).unwrap_or(usize::MAX).saturating_sub(1);
                let given = self.years.get_mut(year).and_then(|year| year.get_mut(place));
                if let Some(given) = given {
                    given.void_reason = Some(reason.clone());
                }
            }
        }
    }

    fn rows(&self, id: &MatterId) -> Vec<Row> {
        let Some(unit) = &self.unit else { return Vec::new() };
        let book = Datum::text(id.as_str());
        let code = Datum::text(self.code.as_str());
        let mut rows = vec![Row {
            table: &BOOKS,
            values: vec![book.clone(), Datum::text(unit.as_str()), code],
        }];
        for (year, given) in &self.years {
            rows.extend((1_u32..).zip(given).map(|(number, given)| Row {
                table: &NUMBERS,
                values: vec![
                    book.clone(),
                    Datum::Int((*year).into()),
                    Datum::Int(number.into()),
                    Datum::text(unit.as_str()),
                    Datum::Text(self.text(*year, number)),
                    Datum::text(given.document.as_str()),
                    Datum::Int(given.at_ms),
                    Datum::optional_text(given.void_reason.as_deref()),
                ],
            }));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lingnan_base::Timestamp;
    use lingnan_journal::Actor;

    fn book() -> NumberBook {
        let mut book = NumberBook::unwritten();
        let stamp = Stamp { seq: 0, time: Timestamp(0), actor: Actor::system("test") };
        let document = MatterId::parse("document:d1").unwrap();
        let unit = UnitId::parse("440000000000").unwrap();
        let opened = book.open(unit, " 粤府办 ").unwrap();
        book.fold(&opened, &stamp);
        for number in 1..=3 {
            let document = document.clone();
            book.fold(&Fact::Given { year: 2026, number, document }, &stamp);
        }
        book
    }

    #[test]
    fn numbers_follow_one_another_within_a_year() {
        let book = book();
        assert_eq!(book.next(2026), 4);
        assert_eq!(book.next(2027), 1);
        assert_eq!(book.text(2026, 3), "粤府办〔2026〕3号");
    }

    #[test]
    fn a_void_number_stays_with_its_reason_and_is_not_given_again() {
        let mut book = book();
        let document = MatterId::parse("document:d1").unwrap();
        assert!(book.void(&document, 2026, 2, "  ").is_err());
        let fact = book.void(&document, 2026, 2, "套红有误").unwrap();
        let stamp = Stamp { seq: 9, time: Timestamp(0), actor: Actor::system("test") };
        book.fold(&fact, &stamp);
        assert_eq!(book.next(2026), 4);
        assert!(book.void(&document, 2026, 2, "再次作废").is_err());
        let other = MatterId::parse("document:d2").unwrap();
        assert!(book.void(&other, 2026, 1, "不是我的").is_err());
    }
}
