//! Why a file is not read or written, in words for the person who brought it.

use lingnan_package as package;
use lingnan_package::Broken;

/// Why a file is not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The binary format of Word 97 to 2003, and of WPS as it is set at first.
    #[error(
        "这是旧版 Word 文档（.doc）或 WPS 文字文档（.wps），不能直接读取；请用 Word 或 WPS 打开，另存为 .docx 后再导入"
    )]
    OldWord,
    /// Locked with a password.
    #[error("这个文档设有打开密码，不能读取；请在 Word 或 WPS 中取消密码，另存后再导入")]
    Locked,
    /// Something else altogether.
    #[error("这不是 Word 文档（.docx），而是{0}；请用 Word 或 WPS 打开后另存为 .docx")]
    Other(&'static str),
    /// No ZIP archive, or a broken one.
    #[error("这不是完整的 Word 文档（.docx）：{0}")]
    Archive(Broken),
    /// A package without a text.
    #[error("文件中没有正文（word/document.xml），不是 Word 文档或已损坏")]
    NoDocument,
    /// A file that is locked.
    #[error("包内文件 {path} 已加密，不能打开；请另存为不加密的 .docx 后再导入")]
    Encrypted {
        /// Which.
        path: String,
    },
    /// What is wrong with any package, in its own words.
    #[error(transparent)]
    Package(package::Error),
}

impl Error {
    /// More than one of [`crate::limits`] allows.
    pub(crate) const fn too_much(what: &'static str, max: usize) -> Self {
        Self::Package(package::Error::TooMuch { what, max })
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
