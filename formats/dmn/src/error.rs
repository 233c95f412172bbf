//! Why a text is not a decision model.

/// Why a model cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The text is longer than any model.
    #[error("决策模型超过16MB")]
    TooLong,
    /// Its elements are nested deeper than in any model.
    #[error("决策模型的元素嵌套过深")]
    TooDeep,
    /// It has more attributes or namespaces than any model.
    #[error("决策模型的属性或命名空间过多")]
    Crowded,
    /// It is not XML, or XML with a document type.
    #[error("决策模型不是可读的XML：{0}")]
    Xml(String),
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
