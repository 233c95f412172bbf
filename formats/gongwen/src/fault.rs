//! What is wrong with a document's value, in words for its drafter.

/// Why a document cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not a 发文字号.
    #[error(
        "发文字号“{0}”不合规：应为“机关代字〔四位年份〕顺序号号”，顺序号不编虚位（GB/T 9704-2012 7.2.5）"
    )]
    Number(String),
    /// Something that must be there is not.
    #[error("没有{0}")]
    Missing(&'static str),
    /// More than a limit.
    #[error("{what}超过上限：最多 {max}")]
    TooMuch {
        /// Of what.
        what: &'static str,
        /// The most.
        max: usize,
    },
    /// A heading whose level is not 1 to 4.
    #[error("标题层次只有四级（GB/T 9704-2012 7.3.3），没有第 {0} 级")]
    Level(u8),
    /// A table whose rows do not make a grid.
    #[error("第 {0} 个表格的行列对不齐")]
    Table(usize),
    /// A control character.
    #[error("{0}含有不可见的控制字符")]
    Control(&'static str),
    /// 此页无正文 (7.3.5.5).
    #[error("不得采用“此页无正文”的方法（GB/T 9704-2012 7.3.5.5）")]
    EmptyPageNote,
}
