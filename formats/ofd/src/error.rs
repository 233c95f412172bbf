//! Why a package is not read or written, in words for the person who sent it.

/// Why a package is not read, not written, or one of its pages not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More than one of [`crate::limits`] allows.
    #[error("文件的{what}超过上限 {max}，不予处理")]
    TooMuch {
        /// Of what there is too much.
        what: &'static str,
        /// The most that is handled.
        max: usize,
    },
    /// A file that unpacks to far more than a page of text does.
    #[error("包内文件 {path} 压缩比异常（超过 {max} 倍），可能是压缩炸弹，不予打开")]
    Bomb {
        /// Which.
        path: String,
        /// The most that is unpacked.
        max: usize,
    },
    /// No ZIP archive, or a broken one.
    #[error("这不是完整的 OFD 文件：{0}")]
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
    #[error("包内文件 {path} 已加密，不能打开；请向来文单位索取未加密的文件")]
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
    /// XML, but of another kind.
    #[error("{path} 的根元素是 {root}，应为 {wanted}")]
    OtherRoot {
        /// The file.
        path: String,
        /// The element that stands at the root.
        root: String,
        /// The one that should.
        wanted: &'static str,
    },
    /// The package has no document.
    #[error("文件中没有文档：OFD.xml 未列出可以读取的 Document.xml")]
    NoDocument,
    /// The model that is to be written says what the standard forbids.
    #[error("不能写成 OFD：{0}")]
    Unwritable(Unwritable),
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
    /// A file that was packed in another way than OFD allows.
    #[error("包内文件 {0} 的压缩方式不支持")]
    Method(String),
    /// A file that does not unpack to what its entry says.
    #[error("包内文件 {0} 已损坏（长度或校验码不符）")]
    Data(String),
}

/// What of a model cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// A document or package without pages.
    #[error("没有页面")]
    Empty,
    /// An id that two things have.
    #[error("标识 {0} 重复")]
    SameId(String),
    /// An id that is none, or above the highest of the document.
    #[error("标识 {0} 无效")]
    BadId(String),
    /// A reference to nothing.
    #[error("标识 {id} 引用的{what}不存在")]
    NoSuch {
        /// What refers.
        id: u32,
        /// To what.
        what: &'static str,
    },
    /// A number that is none.
    #[error("对象 {0} 有无效的数值")]
    NoNumber(u32),
    /// Places of characters or glyphs that do not fit the text.
    #[error("文字对象 {0} 的字数与位置、字形不符")]
    Misfit(u32),
    /// A date that is none.
    #[error("日期“{0}”不是“年-月-日”")]
    NoDate(String),
    /// A name that XML does not allow.
    #[error("“{0}”不能用作 XML 名称")]
    NoName(String),
    /// Groups within groups.
    #[error("对象嵌套过深")]
    Deep,
}

impl Error {
    /// Whether the rest of the package can be shown without the part that is wrong: what is unsafe
    /// or too much is a matter of the whole.
    pub(crate) fn is_of_a_part(&self) -> bool {
        let data = matches!(self, Self::Archive(Broken::Data(_)));
        data || matches!(self, Self::Missing { .. } | Self::Xml { .. } | Self::NoText { .. })
    }
}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Archive(broken)
    }
}

impl From<Unwritable> for Error {
    fn from(unwritable: Unwritable) -> Self {
        Self::Unwritable(unwritable)
    }
}
