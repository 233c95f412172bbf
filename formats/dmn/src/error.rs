//! Why a text is not a decision model.

/// Why a model cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not XML, XML with a document type, or more than is read.
    #[error("决策模型不能读取：{0}")]
    Xml(#[from] lingnan_xml::Error),
    /// It is XML of another kind.
    #[error("文件不是决策模型：根元素应为definitions")]
    NotAModel,
    /// Decisions require each other in a circle.
    #[error("决策互相依赖成环：{0}")]
    Cycle(String),
    /// There is no decision of that name.
    #[error("没有名为“{0}”的决策")]
    NoDecision(String),
    /// The evaluation had to stop.
    #[error(transparent)]
    Halted(#[from] crate::feel::Halt),
}
