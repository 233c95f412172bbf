//! Rows of read tables: a pure function of a matter's state, written by difference.

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datum {
    /// No value.
    Null,
    /// A whole number; truth values are 0 and 1, moments are milliseconds.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Datum {
    /// Text, from anything that reads as text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count or position; beyond 2⁶³ it stops at the largest number.
    #[must_use]
    pub fn count(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Text, or null when there is none.
    #[must_use]
    pub fn optional_text(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// A moment, or null when there is none.
    #[must_use]
    pub fn optional_time(time: Option<lingnan_base::Timestamp>) -> Self {
        time.map_or(Self::Null, |t| Self::Int(t.0))
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// `bigint`
    Int,
    /// `text`
    Text,
    /// `blob` or `bytea`
    Blob,
}

/// A column of a read table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in SQL.
    pub name: &'static str,
    /// What it holds; null is allowed outside the key.
    pub kind: ColumnKind,
}

impl Column {
    /// A column of whole numbers.
    #[must_use]
    pub const fn int(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Int }
    }

    /// A column of text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self { name, kind: ColumnKind::Text }
    }
}

/// A read table: disposable, rebuilt from the journal when its version is raised.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name in SQL.
    pub name: &'static str,
    /// Raise it when columns, indexes or the meaning of rows change.
    pub version: u32,
    /// Its columns, the key's first.
    pub columns: &'static [Column],
    /// How many of the first columns are the key.
    pub key_columns: usize,
    /// Each index as the text between `create index <name>_<n> on <table> ` and the semicolon.
    pub indexes: &'static [&'static str],
}

/// A row of a read table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it belongs.
    pub table: &'static Table,
    /// One value per column, in the table's order.
    pub values: Vec<Datum>,
}

impl Row {
    fn key(&self) -> (&'static str, &[Datum]) {
        let (key, _) = self
            .values
            .split_at_checked(self.table.key_columns)
            .unwrap_or((self.values.as_slice(), &[]));
        (self.table.name, key)
    }
}

/// What must be written for a row.
#[derive(Debug, Clone)]
pub enum RowChange {
    /// It is new.
    Insert(Row),
    /// It was there with other values.
    Update(Row),
    /// It is gone.
    Delete(Row),
}

/// What leads from the rows `before` to the rows `after`.
#[must_use]
pub fn difference(before: Vec<Row>, after: Vec<Row>) -> Vec<RowChange> {
    let mut old: std::collections::BTreeMap<(&'static str, Vec<Datum>), Row> =
        before.into_iter().map(|row| (owned_key(&row), row)).collect();
    let mut changes = Vec::new();
    for row in after {
        match old.remove(&owned_key(&row)) {
            None => changes.push(RowChange::Insert(row)),
            Some(was) if was.values != row.values => changes.push(RowChange::Update(row)),
            Some(_) => {}
        }
    }
    // Deletions go first: a key freed by one row may be taken by another table's unique index.
    let mut all: Vec<_> = old.into_values().map(RowChange::Delete).collect();
    all.append(&mut changes);
    all
}

fn owned_key(row: &Row) -> (&'static str, Vec<Datum>) {
    let (name, key) = row.key();
    (name, key.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLOURS: Table = Table {
        name: "colours",
        version: 1,
        columns: &[Column::text("name"), Column::int("shade")],
        key_columns: 1,
        indexes: &[],
    };

    fn row(name: &str, shade: i64) -> Row {
        Row { table: &COLOURS, values: vec![Datum::text(name), Datum::Int(shade)] }
    }

    fn tell(changes: &[RowChange]) -> String {
        let one = |change: &RowChange| match change {
            RowChange::Insert(row) => format!("+{:?}", row.values),
            RowChange::Update(row) => format!("~{:?}", row.values),
            RowChange::Delete(row) => format!("-{:?}", row.values),
        };
        changes.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_differs_is_written() {
        let changes =
            difference(vec![row("a", 1), row("b", 1), row("c", 1)], vec![row("b", 2), row("c", 1)]);
        assert_eq!(tell(&changes), r#"-[Text("a"), Int(1)] ~[Text("b"), Int(2)]"#);
        assert_eq!(tell(&difference(vec![], vec![row("a", 1)])), r#"+[Text("a"), Int(1)]"#);
    }
}
