//! 发文字号: `机关代字〔年份〕发文顺序号号`.

use crate::Fault;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A number (GB/T 9704-2012 7.2.5): the year whole and in hexagonal brackets, the serial number
/// without 第 and without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Number {
    code: String,
    year: u16,
    serial: u32,
}

/// Most characters of a 机关代字; the longest in use have fewer than ten.
const CODE_MAX: usize = 20;

impl Number {
    /// A number of its parts.
    ///
    /// # Errors
    /// When the 代字 is empty or too long, or year or serial number are out of range.
    pub fn new(code: &str, year: u16, serial: u32) -> Result<Self, Fault> {
        let sound = !code.is_empty()
            && code.chars().count() <= CODE_MAX
            && code.chars().all(|c| !c.is_whitespace() && !"〔〕[]［］（）()".contains(c));
        if !sound || !(1949..=9999).contains(&year) || serial == 0 {
            return Err(Fault::Number(format!("{code}〔{year}〕{serial}号")));
        }
        Ok(Self { code: code.to_owned(), year, serial })
    }

    /// 机关代字
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The year.
    #[must_use]
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The number within the year.
    #[must_use]
    pub const fn serial(&self) -> u32 {
        self.serial
    }
}

impl FromStr for Number {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::Number(text.to_owned());
        let (code, rest) = text.trim().split_once('〔').ok_or_else(fault)?;
        let (year, rest) = rest.split_once('〕').ok_or_else(fault)?;
        let serial = rest.strip_suffix('号').ok_or_else(fault)?;
        let plain = year.len() == 4 && !serial.starts_with('0');
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !plain || !digits(year) || !digits(serial) {
            return Err(fault());
        }
        let (year, serial) = (year.parse().map_err(|_| fault())?, serial.parse());
        Self::new(code, year, serial.map_err(|_| fault())?)
    }
}

impl TryFrom<String> for Number {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        text.parse()
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.code, self.year, self.serial)
    }
}
