//! 收文登记簿: a unit's register of what it received; numbers are consecutive within a year.

use lingnan_base::UnitId;
use lingnan_journal::{Draft, Matter, MatterId, Refusal, Row, Stamp, Stop};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A unit's register.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Register {
    /// The last number of each year.
    pub years: BTreeMap<i16, u32>,
}

/// What happens to a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// The next number of the year was given.
    Entered {
        /// Civil year in China.
        year: i16,
        /// The number; always one more than the last.
        number: u32,
        /// To which receipt.
        receipt: MatterId,
    },
}

impl Matter for Register {
    const KIND: &'static str = "incoming_register";
    const FOLD_VERSION: u32 = 1;
    type Fact = Fact;

    fn unwritten() -> Self {
        Self::default()
    }

    fn fold(&mut self, fact: &Fact, _: &Stamp) {
        let Fact::Entered { year, number, .. } = fact;
        self.years.insert(*year, *number);
    }

    fn rows(&self, _: &MatterId) -> Vec<Row> {
        Vec::new()
    }
}

/// 登记 (条例 第二十四条（二）): gives a receipt the unit's next number, `收〔2026〕12号`.
pub(crate) fn enter(
    draft: &mut Draft<'_>,
    unit: &UnitId,
    receipt: &MatterId,
) -> Result<String, Stop> {
    let id = MatterId::new(Register::KIND, unit.as_str()).map_err(|_| Refusal::missing())?;
    let year = draft.now().china_date().year();
    let last = draft.read::<Register>(&id)?.years.get(&year).copied().unwrap_or(0);
    let number = last.saturating_add(1);
    let fact = Fact::Entered { year, number, receipt: receipt.clone() };
    draft.record::<Register>(&id, &[fact])?;
    Ok(format!("收〔{year}〕{number}号"))
}
