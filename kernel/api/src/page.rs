//! Pages of lists: a cursor says where the next one begins.

use crate::Problem;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lingnan_journal::{Kind, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

/// Rows on a page.
pub const PAGE_MAX: usize = 50;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Where a page begins: the sort key of the last row of the page before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The number sorted by.
    pub number: i64,
    /// The tie-break.
    pub key: String,
}

impl Cursor {
    /// Reads a cursor, if there is one.
    ///
    /// # Errors
    /// A problem when the text was not made by [`Cursor::text`].
    pub fn parse(text: Option<&str>) -> Result<Option<Self>, Problem> {
        let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
        let read = || {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
            let text = String::from_utf8(bytes).ok()?;
            let (number, key) = text.split_once(' ')?;
            Some(Self { number: number.parse().ok()?, key: key.to_owned() })
        };
        read().map(Some).ok_or_else(|| Self::wrong().into())
    }

    /// What is said to a cursor that no page gave.
    #[must_use]
    pub fn wrong() -> Refusal {
        Refusal::new(Kind::Invalid, "request.cursor", "翻页位置不对，请从第一页看起。")
    }

    /// The cursor as text.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{} {}", self.number, self.key))
    }
}

/// Makes a page of rows that were read one beyond [`PAGE_MAX`].
#[must_use]
pub fn page<T>(mut rows: Vec<T>, cursor: impl FnOnce(&T) -> Cursor) -> Page<T> {
    let more = rows.len() > PAGE_MAX;
    rows.truncate(PAGE_MAX);
    let next = rows.last().filter(|_| more).map(|last| cursor(last).text());
    Page { items: rows, next }
}
