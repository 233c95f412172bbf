//! Why a package is not read or written, in words for the person who brought it.

/// Why a package is not read or written. A format has its own words for [`Error::Archive`] and
/// [`Error::Encrypted`]: what should have come, and what to do.
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
    /// A file that unpacks to far more than text or a picture does.
    #[error("包内文件 {path} 压缩比异常（超过 {max} 倍），可能是压缩炸弹，不予打开")]
    Bomb {
        /// Which.
        path: String,
        /// The most that is unpacked.
        max: usize,
    },
    /// No ZIP archive, or a broken one.
    #[error("这不是完整的压缩包：{0}")]
    Archive(Broken),
    /// Two files of one path: what one reader checks another may not show.
    #[error("包内有两个文件同名：{path}；无法确定以哪个为准，不予打开")]
    Twice {
        /// Their path.
        path: String,
    },
    /// A path that leads out of the package, or none.
    #[error("包内文件名不安全：{path}；文件名不得指向包外，也不得含控制字符")]
    BadName {
        /// The path.
        path: String,
    },
    /// A file that is locked.
    #[error("包内文件 {path} 已加密，不能打开")]
    Encrypted {
        /// Which.
        path: String,
    },
    /// An entry that is no file.
    #[error("包内 {path} 是链接或特殊文件，不予打开")]
    NoFile {
        /// Which.
        path: String,
    },
    /// A file that is referred to and not there.
    #[error("包内缺少文件 {path}")]
    Missing {
        /// Which.
        path: String,
    },
    /// A document type declaration: it could define entities or fetch files.
    #[error("{path} 第 {line} 行有文档类型声明（DOCTYPE），为安全起见不予读取")]
    Doctype {
        /// The file.
        path: String,
        /// Where.
        line: u32,
    },
    /// Not well-formed.
    #[error("{path} 第 {line} 行第 {column} 列不合 XML 规则：{reason}")]
    Xml {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
        /// What is wrong there.
        reason: String,
    },
    /// Bytes that are no text.
    #[error("{path} 不是 UTF-8 文本，无法读取")]
    NoText {
        /// The file.
        path: String,
    },
}

/// What is wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// It does not end as one.
    #[error("不是 ZIP 压缩包，或末尾缺失")]
    NoEnd,
    /// What it says of itself leads beyond its end.
    #[error("压缩包目录损坏或被截断")]
    Directory,
    /// Spread over several disks, or larger than a plain one can be.
    #[error("是分卷或超大（ZIP64）压缩包，本系统不处理")]
    Kind,
    /// Two files that share bytes, as bombs do.
    #[error("包内文件 {0} 与别的文件重叠")]
    Overlap(String),
    /// A file that was packed in another way than is allowed.
    #[error("包内文件 {0} 的压缩方式不支持")]
    Method(String),
    /// A file that does not unpack to what its entry says.
    #[error("包内文件 {0} 已损坏（长度或校验码不符）")]
    Data(String),
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Archive(broken)
    }
}
