//! Why a text is not read, in words for the person who brought it.

/// Why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More than one of the limits allows.
    #[error("文件的{what}超过上限 {max}，不予处理")]
    TooMuch {
        /// Of what there is too much.
        what: &'static str,
        /// The most that is handled.
        max: usize,
    },
    /// A document type declaration: it could define entities or fetch files.
    #[error("第 {line} 行有文档类型声明（DOCTYPE），为安全起见不予读取")]
    Doctype {
        /// Where.
        line: u32,
    },
    /// Not well-formed.
    #[error("第 {line} 行第 {column} 列不合 XML 规则：{reason}")]
    Malformed {
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
        /// What is wrong there.
        reason: String,
    },
}
