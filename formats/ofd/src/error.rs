//! Why a package is not read or written, in words for the person who sent it.

use lingnan_package as package;
use lingnan_package::Broken;

/// Why a package is not read, not written, or one of its pages not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No ZIP archive, or a broken one.
    #[error("这不是完整的 OFD 文件：{0}")]
    Archive(Broken),
    /// A file that is locked.
    #[error("包内文件 {path} 已加密，不能打开；请向来文单位索取未加密的文件")]
    Encrypted {
        /// Which.
        path: String,
    },
    /// What is wrong with any package, in its own words.
    #[error(transparent)]
    Package(package::Error),
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
    /// More than one of [`crate::limits`] allows.
    pub(crate) const fn too_much(what: &'static str, max: usize) -> Self {
        Self::Package(package::Error::TooMuch { what, max })
    }

    /// A file that is referred to and not there.
    pub(crate) fn missing(path: impl Into<String>) -> Self {
        Self::Package(package::Error::Missing { path: path.into() })
    }

    /// Whether the rest of the package can be shown without the part that is wrong: what is unsafe
    /// or too much is a matter of the whole.
    pub(crate) const fn is_of_a_part(&self) -> bool {
        use package::Error as E;
        matches!(
            self,
            Self::Archive(Broken::Data(_))
                | Self::Package(E::Missing { .. } | E::Xml { .. } | E::NoText { .. })
        )
    }
}

impl From<package::Error> for Error {
    fn from(error: package::Error) -> Self {
        match error {
            package::Error::Archive(broken) => Self::Archive(broken),
            package::Error::Encrypted { path } => Self::Encrypted { path },
            other => Self::Package(other),
        }
    }
}

impl From<Unwritable> for Error {
    fn from(unwritable: Unwritable) -> Self {
        Self::Unwritable(unwritable)
    }
}
