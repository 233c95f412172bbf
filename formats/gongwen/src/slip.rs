//! 单: the form that goes with a document through an office: 发文稿纸, 文件处理单.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Columns of the grid into which a form's rows are divided.
pub const SLIP_COLUMNS: u8 = 12;

/// A form about one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Whose form it is.
    pub unit: String,
    /// Its name, as 发文稿纸.
    pub name: String,
    /// What is filled in, row by row.
    pub rows: Vec<Vec<Entry>>,
    /// Opinions, as they are to be read: by rank, not by time.
    pub opinions: Vec<SlipOpinion>,
    /// What the lines below are: 办理经过, 分送情况.
    pub course_name: String,
    /// Its course, in order of time, or where it went.
    pub course: Vec<Passage>,
    /// The day as which it stands.
    pub date: Date,
}

/// A label and what is filled in beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is asked.
    pub label: String,
    /// What is filled in.
    pub value: String,
    /// How many of the form's [`SLIP_COLUMNS`] the value takes; its label takes two more.
    pub columns: u8,
}

/// An opinion on a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipOpinion {
    /// The step.
    pub step: String,
    /// What was written.
    pub text: String,
    /// What was written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ink: Option<Ink>,
    /// By whom.
    pub by: String,
    /// When.
    pub time: String,
}

/// One line of a document's course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// When.
    pub time: String,
    /// What.
    pub what: String,
    /// Through whom.
    pub by: String,
}

/// 手写: strokes of a pen on a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ink {
    /// The field's width in its own units.
    pub width: u16,
    /// Its height in the same units.
    pub height: u16,
    /// Strokes, each the points it passes: x, y, x, y …
    pub strokes: Vec<Vec<u16>>,
}
