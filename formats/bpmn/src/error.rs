//! What can be wrong with a file, a drawing or a run, in words for the person who sent the file.

use std::fmt;

/// Why a file is not read, a drawing not made, or a run not begun or ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More than one of [`crate::limits`] allows.
    #[error("文件的{what}超过上限 {max}，不予处理")]
    TooMuch {
        /// Of what there is too much.
        what: &'static str,
        /// The most that is read.
        max: usize,
    },
    /// A document type declaration: it could define entities or fetch files.
    #[error("第 {line} 行有文档类型声明（DOCTYPE），为安全起见不予读取；请删去后再导入")]
    Doctype {
        /// Where.
        line: u32,
    },
    /// Not well-formed.
    #[error("第 {line} 行第 {column} 列不合 XML 规则：{reason}")]
    Xml {
        /// The line, from 1.
        line: u32,
        /// The column, from 1.
        column: u32,
        /// What is wrong there.
        reason: String,
    },
    /// XML, but of another kind.
    #[error("这不是 BPMN 2.0 文件：根元素是 {root}，应为 definitions")]
    NotBpmn {
        /// The element that stands at the root.
        root: String,
    },
    /// One element is wrong.
    #[error("{place}：{problem}")]
    Element {
        /// Which one.
        place: Box<Place>,
        /// What is wrong with it.
        problem: Problem,
    },
    /// There is nothing to run.
    #[error("{0}")]
    Nothing(Nothing),
    /// A run took too many steps.
    #[error("运行 {steps} 步仍未结束，最后停在{place}；流程可能有走不出去的回路")]
    Endless {
        /// How many steps were taken.
        steps: u64,
        /// Where it was then.
        place: Box<Place>,
    },
    /// Calls and subprocesses within each other, without an end.
    #[error("{place}：子流程和调用嵌套超过 {max} 层，可能是互相调用")]
    Deep {
        /// The innermost one.
        place: Box<Place>,
        /// The most that are opened.
        max: usize,
    },
    /// A run can go no further: nothing waits and a token is left.
    #[error("{place}：等不到其余分支的到达，流程停住")]
    Stuck {
        /// The gateway that waits in vain.
        place: Box<Place>,
    },
    /// What was completed or triggered is not waited for.
    #[error("没有环节在等待“{0}”")]
    NotWaiting(String),
    /// A kept state that is not of this file.
    #[error("保存的运行状态与流程文件不符")]
    OtherFile,
}

impl From<lingnan_xml::Error> for Error {
    fn from(error: lingnan_xml::Error) -> Self {
        use lingnan_xml::Error as E;
        match error {
            E::TooMuch { what, max } => Self::TooMuch { what, max },
            E::Doctype { line } => Self::Doctype { line },
            E::Malformed { line, column, reason } => Self::Xml { line, column, reason },
        }
    }
}

impl Error {
    pub(crate) fn element(place: Place, problem: Problem) -> Self {
        Self::Element { place: Box::new(place), problem }
    }
}

/// What is lacking for a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Nothing {
    /// The file has no process, or none with a node.
    #[error("文件中没有可以运行的流程")]
    ToRun,
    /// The file has no process of that id.
    #[error("文件中没有流程“{0}”")]
    Named(String),
    /// The process has nodes, but none that a token could begin at.
    #[error("流程“{0}”没有可以开始的环节")]
    ToStart(String),
}

/// An element, as people find it again: kind, name, id, line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The element's name in XML, as `userTask`.
    pub tag: String,
    /// Its id, or empty.
    pub id: String,
    /// Its name, or empty.
    pub name: String,
    /// Its line in the file, or 0 when it was not read from one.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "第 {} 行的 ", self.line)?;
        }
        write!(f, "{}", self.tag)?;
        if !self.name.is_empty() {
            write!(f, "“{}”", self.name.replace(['\n', '\r'], " "))?;
        }
        if !self.id.is_empty() {
            write!(f, "（{}）", self.id)?;
        }
        Ok(())
    }
}

/// What is wrong with one element.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The id stands twice.
    #[error("编号与第 {first} 行的元素重复")]
    DuplicateId {
        /// Where it stood first.
        first: u32,
    },
    /// Not a name that XML allows as an id.
    #[error("编号不能用作 XML 标识：须以字母、汉字或下划线开头，不含空格和标点")]
    BadId,
    /// An attribute that must be there is not.
    #[error("缺少属性 {0}")]
    Lacks(&'static str),
    /// It refers to nothing that is there.
    #[error("{attribute} 所指的“{target}”不存在{hint}")]
    NoSuch {
        /// The attribute that refers.
        attribute: &'static str,
        /// What it names.
        target: String,
        /// More about why, or empty.
        hint: &'static str,
    },
    /// A value that cannot be read.
    #[error("{attribute} 的值“{value}”无法识别")]
    BadValue {
        /// The attribute.
        attribute: &'static str,
        /// Its value.
        value: String,
    },
    /// A number that is none, or is beyond what is done.
    #[error("{attribute} 的值“{value}”不是 0 到 {max} 的整数")]
    NotWithin {
        /// The attribute or element that gives it.
        attribute: &'static str,
        /// Its value.
        value: String,
        /// The most that is done.
        max: u32,
    },
    /// It may not stand there.
    #[error("{0}")]
    Misplaced(&'static str),
}
