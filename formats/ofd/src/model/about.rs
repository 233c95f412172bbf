//! What stands beside the pages: information, annotations, attachments, tags, signatures.

use super::{Bytes, Id, Object, Rect};

/// About a document (GB/T 33190-2016 7.4, 文档元数据). Dates are data: `2026-11-29`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// 32 hexadecimal digits that no other document has.
    pub id: String,
    /// Its title, or empty; likewise below.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// What it says, in short.
    pub summary: String,
    /// The day it was made.
    pub created: String,
    /// The day it was last changed.
    pub modified: String,
    /// What kind of document: `Normal`, `EBook`, `ENewsPaper`, `EMagzine`.
    pub usage: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The program that made it.
    pub creator: String,
    /// That program's version.
    pub creator_version: String,
    /// Anything else, by name.
    pub custom: Vec<(String, String)>,
}

/// What was put on a page later (GB/T 33190-2016 15).
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// Its id.
    pub id: Id,
    /// What it is for.
    pub kind: AnnotationKind,
    /// More exactly, or empty.
    pub subtype: String,
    /// Who put it there.
    pub creator: String,
    /// The day it was last changed.
    pub modified: String,
    /// Whether it is seen.
    pub visible: bool,
    /// Whether it is printed.
    pub print: bool,
    /// Whether it stays as large when the page is enlarged.
    pub no_zoom: bool,
    /// Whether it stays upright when the page is turned.
    pub no_rotate: bool,
    /// Whether nobody is to change it.
    pub read_only: bool,
    /// What it says, or empty.
    pub remark: String,
    /// Anything else, by name.
    pub parameters: Vec<(String, String)>,
    /// Its box on the page.
    pub boundary: Option<Rect>,
    /// How it looks, measured from its box.
    pub objects: Vec<Object>,
}

/// What an annotation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the standard's own words")]
pub enum AnnotationKind {
    Link,
    Path,
    Highlight,
    Stamp,
    Watermark,
}

/// A file that goes with the document (GB/T 33190-2016 20).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Unique among attachments; begins with a letter or underscore.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// As `pdf`, or empty.
    pub format: String,
    /// When it was made, as `2026-11-29T11:00:00`, or empty.
    pub created: String,
    /// When it was last changed, or empty.
    pub modified: String,
    /// Whether it is listed.
    pub visible: bool,
    /// What it is for; `none` unless said.
    pub usage: String,
    /// The file.
    pub data: Bytes,
}

/// What page objects mean, in a vocabulary of its own (自定义标引, GB/T 33190-2016 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagging {
    /// The vocabulary. The text of the standard calls it `TypeID`, its schema `NameSpace`.
    pub namespace: String,
    /// The tags.
    pub root: Tag,
}

/// One tag: what it is, and the objects that show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// Its name in the vocabulary.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    /// Its own text, or empty.
    pub text: String,
    /// The objects that show it, in reading order.
    pub objects: Vec<ObjectRef>,
    /// Tags within it.
    pub tags: Vec<Tag>,
}

/// An object on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectRef {
    /// The page.
    pub page: Id,
    /// The object.
    pub object: Id,
}

/// A kept version of the document (GB/T 33190-2016 19), as it was read; none is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: String,
    /// Its place among the versions.
    pub index: u32,
    /// Whether it is the one that counts.
    pub current: bool,
    /// Where its file list stands in the package.
    pub path: String,
}

/// A signature, as it was read and unverified (GB/T 33190-2016 18); none is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// Its id.
    pub id: String,
    /// With a seal or without.
    pub kind: SignatureKind,
    /// Where its `Signature.xml` stands in the package.
    pub path: String,
    /// The program that signed, or empty.
    pub provider: String,
    /// When it says it signed, as written there, or empty.
    pub signed: String,
    /// Where its seal is shown.
    pub stamps: Vec<Stamp>,
    /// Where its seal file stands in the package, or none.
    pub seal: Option<String>,
    /// Where its value stands in the package, or none.
    pub value: Option<String>,
    /// The picture of its seal, an image or a package, as its value or seal file has it.
    pub picture: Option<Bytes>,
}

/// With a seal or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureKind {
    /// With a seal; also when the file says nothing.
    Seal,
    /// Without.
    Sign,
}

/// Where a seal is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// Its id.
    pub id: String,
    /// The page.
    pub page: Id,
    /// Its box there.
    pub boundary: Rect,
    /// The part of the box in which it is seen, measured from the box: a seal across pages (骑缝章).
    pub clip: Option<Rect>,
}
