//! What a form is: fields in the order of its layout, each of one kind.

use crate::Values;
use serde_json::{Number, Value};
use std::collections::BTreeSet;

/// A form: only [`Form::parse`] makes one, so its names are known to fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) fields: Vec<Field>,
    pub(crate) title_field: String,
    /// Empty when the form says nothing: then each field has a row of its own.
    pub(crate) layout: Vec<Section>,
}

/// One thing to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name, as people see it and as conditions call it.
    pub name: String,
    /// A line of help.
    pub description: Option<String>,
    /// What is written in it.
    pub kind: Kind,
    /// Whether the starter must fill it; for a column, whether every row must.
    pub required: bool,
}

/// What is written in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many characters.
    Line(u32),
    /// Several lines of at most so many characters.
    Text(u32),
    /// One of these.
    Choice(Vec<String>),
    /// Several of these, each once.
    Choices(Vec<String>, Counts),
    /// A whole number.
    Integer(Integers),
    /// A number with a fraction.
    Number(Numbers),
    /// 金额, in fen.
    Money(Integers),
    /// 是、否
    YesNo,
    /// `2026-09-30`
    Date,
    /// `2026-09-30T17:00:00+08:00`
    DateTime,
    /// One unit, post or person, by id.
    One(Reference),
    /// Several, each once.
    Several(Reference, Counts),
    /// Rows of columns; a column is never a table.
    Table(Vec<Field>, Counts),
    /// 公民身份号码 (GB 11643-1999)
    IdCard,
    /// 统一社会信用代码 (GB 32100-2015)
    CreditCode,
    /// 电话号码
    Phone,
}

/// Between which whole numbers, both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Integers {
    /// The least.
    pub minimum: Option<i64>,
    /// The greatest.
    pub maximum: Option<i64>,
}

/// Between which numbers, both allowed; kept as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    /// The least.
    pub minimum: Option<Number>,
    /// The greatest.
    pub maximum: Option<Number>,
}

/// How many entries or rows, both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// The fewest, once any must be given.
    pub minimum: Option<u32>,
    /// The most; 200 when not said.
    pub maximum: Option<u32>,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// 机构
    Unit,
    /// 岗位
    Post,
    /// 人员
    Person,
    /// 附件
    File,
}

impl Reference {
    /// As the schema writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Post => "post",
            Self::Person => "person",
            Self::File => "file",
        }
    }

    /// As people call it.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Unit => "机构",
            Self::Post => "岗位",
            Self::Person => "人员",
            Self::File => "附件",
        }
    }
}

/// A group of fields on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty for none.
    pub name: String,
    /// Rows of fields that stand side by side.
    pub rows: Vec<Vec<String>>,
}

impl Form {
    /// The digests of all files that `values` hold, those in rows of tables included.
    #[must_use]
    pub fn files<'v>(&self, values: &'v Values) -> BTreeSet<&'v str> {
        let held = |field: &Field| values.get(&field.name).map(|value| files(&field.kind, value));
        self.fields.iter().filter_map(held).flatten().collect()
    }

    /// Its name, when it has one of its own.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What it says of itself.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Its fields in the order of the layout.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// A field by name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that becomes the matter's title; the starter must fill it.
    #[must_use]
    pub fn title_field(&self) -> &str {
        &self.title_field
    }

    /// What the matter is called.
    #[must_use]
    pub fn title_of<'a>(&self, values: &'a Values) -> Option<&'a str> {
        values.get(&self.title_field).and_then(Value::as_str)
    }

    /// How the page groups the fields, every field once.
    #[must_use]
    pub fn layout(&self) -> Vec<Section> {
        if !self.layout.is_empty() {
            return self.layout.clone();
        }
        let rows = self.fields.iter().map(|field| vec![field.name.clone()]).collect();
        vec![Section { name: String::new(), rows }]
    }
}

fn files<'v>(kind: &Kind, value: &'v Value) -> Vec<&'v str> {
    let entries = value.as_array().map_or(&[][..], Vec::as_slice);
    match kind {
        Kind::One(Reference::File) => value.as_str().into_iter().collect(),
        Kind::Several(Reference::File, _) => entries.iter().filter_map(Value::as_str).collect(),
        Kind::Table(columns, _) => {
            let cells = entries.iter().flat_map(|row| {
                columns.iter().filter_map(|column| Some((&column.kind, row.get(&column.name)?)))
            });
            cells.flat_map(|(kind, cell)| files(kind, cell)).collect()
        }
        _ => Vec::new(),
    }
}
