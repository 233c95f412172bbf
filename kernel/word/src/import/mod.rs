//! A Word document as an official document: its elements are known by what they say, how they
//! look and where they stand; what is not known stays in the text.

mod body;
pub(crate) mod end;
pub(crate) mod head;
pub(crate) mod item;
pub(crate) mod words;

use item::{Item, Line};
use jiff::civil::Date;
use lingnan_docx::Error;
use lingnan_gongwen::{
    Annex, Attendance, Block, Format, Gongwen, Kind, Mark, Number, Printing, Signature, Signer,
    Urgency,
};
use serde::{Deserialize, Serialize};

/// What an image is called whose file says nothing of it.
pub const UNDESCRIBED: &str = "图片";

/// A Word document that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The elements that were recognised.
    pub found: Found,
    /// The text.
    pub body: Vec<Block>,
    /// What was dropped, changed or not understood, each with where it stood.
    pub dropped: Vec<String>,
    /// Every line of the file, those of its heads and feet first: where a marking is looked for.
    pub lines: Vec<String>,
}

/// The elements of an official document that were recognised; what was not is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// 文种, by the end of the title or by the mark.
    pub kind: Option<Kind>,
    /// 版式
    pub format: Option<Format>,
    /// 份号
    pub copy_number: Option<u32>,
    /// 紧急程度
    pub urgency: Option<Urgency>,
    /// 发文机关, by the mark, the signature or the title.
    pub issuers: Vec<String>,
    /// Whether 文件 stands beside them.
    pub mark: Mark,
    /// 发文字号
    pub number: Option<Number>,
    /// 令号, which is counted by itself (GB/T 9704-2012 10.2).
    pub serial: Option<u32>,
    /// 签发人
    pub signers: Vec<String>,
    /// 标题
    pub title: String,
    /// 题注
    pub adopted: Option<String>,
    /// 主送机关
    pub recipients: Vec<Vec<String>>,
    /// 附件
    pub annexes: Vec<Annex>,
    /// How it ends.
    pub signature: Signature,
    /// 成文日期
    pub date: Option<Date>,
    /// 附注
    pub note: Option<String>,
    /// 出席、请假、列席
    pub attendance: Option<Attendance>,
    /// 抄送机关
    pub copies: Vec<Vec<String>>,
    /// 印发机关和印发日期
    pub printing: Option<Printing>,
}

/// Elements without which there is no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有从 Word 文档中识别出{}，不能排版；请在文档中补全后再试", .0.join("、"))]
pub struct Unfinished(pub Vec<&'static str>);

/// Reads a Word document.
///
/// # Errors
/// When it is no `.docx`, broken, locked, beyond a limit or unsafe.
pub fn import(bytes: &[u8]) -> Result<Imported, Error> {
    let read = lingnan_docx::read(bytes)?;
    let dropped = read.lost.iter().map(ToString::to_string).collect();
    let mut taken = Taken { found: Found::default(), front: Vec::new(), dropped };
    let mut items = item::items(&read.document, &mut taken.dropped);
    let lines = item::lines(&read.document);
    items.retain(|item| !item.is_blank());
    taken.head(&mut items, &read.document.title);
    taken.end(&mut items);
    let mut body = body::blocks(std::mem::take(&mut taken.front));
    body.extend(body::blocks(items));
    Ok(Imported { found: taken.found, body, dropped: taken.dropped, lines })
}

/// What was recognised so far.
struct Taken {
    found: Found,
    /// What stood in the head and was not understood.
    front: Vec<Item>,
    dropped: Vec<String>,
}

impl Taken {
    fn note(&mut self, line: &Line, what: &str) {
        let start: String = line.text.chars().take(20).collect();
        self.dropped.push(format!("第{}段“{start}”：{what}", line.place));
    }
}

impl Imported {
    /// The document as a value.
    ///
    /// # Errors
    /// When an element that every document has was not recognised.
    pub fn document(self) -> Result<Gongwen, Unfinished> {
        let Self { found, body, .. } = self;
        let mut missing = Vec::new();
        if found.kind.is_none() {
            missing.push("文种");
        }
        if found.issuers.is_empty() {
            missing.push("发文机关");
        }
        if found.title.is_empty() {
            missing.push("标题");
        }
        let (Some(kind), Some(date), true) = (found.kind, found.date, missing.is_empty()) else {
            missing.extend(found.date.is_none().then_some("成文日期"));
            return Err(Unfinished(missing));
        };
        let signer = |name: &String| Signer { name: name.clone() };
        Ok(Gongwen {
            kind,
            format: found.format,
            copy_number: found.copy_number,
            urgency: found.urgency,
            number: found.number.or_else(|| ordered(found.serial?, date)),
            signers: found.signers.iter().map(signer).collect(),
            issuers: found.issuers,
            mark: found.mark,
            title: found.title,
            adopted: found.adopted,
            recipients: found.recipients,
            body,
            annexes: found.annexes,
            signature: found.signature,
            date,
            note: found.note,
            attendance: found.attendance,
            copies: found.copies,
            printing: found.printing,
        })
    }
}

/// An order is printed with its serial number alone.
fn ordered(serial: u32, date: Date) -> Option<Number> {
    Number::new("令", u16::try_from(date.year()).ok()?, serial).ok()
}
