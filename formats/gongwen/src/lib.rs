//! 公文: an official document as a typed value, and the figures of its page by GB/T 9704-2012.
//!
//! ```
//! use lingnan_gongwen::{Gongwen, Kind};
//!
//! let text = r#"{
//!   "kind": "notice", "issuers": ["某某市人民政府"], "number": "某府〔2026〕12号",
//!   "title": "某某市人民政府关于做好防汛工作的通知", "recipients": [["各县区人民政府"]],
//!   "body": [{"paragraph": {"spans": [{"text": "现通知如下。"}]}}], "date": "2026-11-29"
//! }"#;
//! let document: Gongwen = serde_json::from_str(text)?;
//! assert_eq!(document.kind, Kind::Notice);
//! assert!(document.check().is_ok());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod block;
pub mod check;
mod date;
mod fault;
pub mod figures;
mod kind;
mod model;
mod number;
mod report;
mod slip;
mod title;

pub use block::{Block, Cell, Image, Row, Span, Style};
pub use date::in_words;
pub use fault::Fault;
pub use kind::{Format, Kind, Urgency};
pub use model::{
    Annex, Attendance, Gongwen, Mark, Printing, Signature, Signer, Stamp, columns as table_columns,
    limits,
};
pub use number::Number;
pub use report::{Place, Report, Substituted};
pub use slip::{Entry, Ink, Passage, SLIP_COLUMNS, Slip, SlipOpinion};
pub use title::broken as title_lines;
