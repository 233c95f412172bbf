//! A Word document as a draft: what the editor and the head's form hold of what was recognised,
//! and in words what they do not.

mod issuing;
mod pictures;

pub use issuing::Issuing;
pub use pictures::Brought;

use crate::body::{
    Block, Body, CellAttributes, HeadingAttributes, Inline, Mark, Root, RowKind, TableCell,
    TableRow,
};
use crate::model::{DocumentType, Format, Meeting, Openness, Urgency};
use lingnan_base::UnitId;
use lingnan_directory::Directory;
use lingnan_gongwen as gongwen;
use lingnan_gongwen::{Span, in_words};
use lingnan_word::{Found, Imported};
use pictures::Pictures;

/// A draft of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// 标题
    pub title: String,
    /// 文种, when the title or the mark tells it.
    pub document_type: Option<DocumentType>,
    /// 公文格式, when it is not that of the type.
    pub format: Option<Format>,
    /// 紧急程度
    pub urgency: Urgency,
    /// 主送机关 that the directory knows.
    pub recipients: Vec<UnitId>,
    /// 抄送机关 that the directory knows.
    pub copies: Vec<UnitId>,
    /// Whose it is.
    pub issuing: Issuing,
    /// 附注
    pub note: String,
    /// 公开属性, when 附注 tells it.
    pub openness: Option<Openness>,
    /// Of which meeting it tells.
    pub meeting: Option<Meeting>,
    /// The text.
    pub body: Body,
    /// The pictures of the text.
    pub pictures: Vec<Brought>,
    /// Annexes whose text is in the file.
    pub annexes: Vec<gongwen::Annex>,
    /// Every element that was recognised: its name and its words.
    pub found: Vec<(&'static str, String)>,
    /// What was dropped or changed.
    pub dropped: Vec<String>,
}

/// The draft that `unit` makes of what was read.
#[must_use]
pub fn draft(imported: Imported, directory: &Directory, unit: &UnitId) -> Draft {
    let Imported { mut found, body, mut dropped, .. } = imported;
    let told = told(&found);
    let mut blocks: Vec<Block> = Vec::new();
    let names = Names { directory, unit };
    let issuing = issuing::issuing(&found, &names, &mut dropped);
    let recipients = match names.all(&found.recipients) {
        Ok(units) => units,
        Err(unknown) => {
            // As the text's first line they are printed as addressees all the same.
            let line = groups(&found.recipients);
            dropped.push(format!(
                "主送机关“{unknown}”在机构名录中没有同名机构，主送机关保留在正文首行，请在“主送机关”中选择"
            ));
            blocks.push(paragraph(vec![Span::plain(&format!("{line}："))]));
            Vec::new()
        }
    };
    let copies = names.all(&found.copies).unwrap_or_else(|unknown| {
        let all = groups(&found.copies);
        dropped.push(format!("抄送机关“{all}”中的“{unknown}”不在机构名录中，抄送机关没有填入"));
        Vec::new()
    });
    let mut before = String::new();
    let mut pictures = Pictures::default();
    for one in body {
        match one {
            gongwen::Block::Image(image) => {
                let place = place(&before);
                blocks.extend(pictures.take(image, &place, &mut dropped));
            }
            other => {
                before = other.text();
                blocks.extend(block(&other));
            }
        }
    }
    dropped.extend(left(&found));
    let annexes = std::mem::take(&mut found.annexes).into_iter();
    Draft {
        title: found.title.replace('\n', ""),
        document_type: found.kind.map(document_type),
        format: format(&found),
        urgency: urgency(found.urgency),
        recipients,
        copies,
        issuing,
        note: found.note.clone().unwrap_or_default(),
        openness: found.note.as_deref().and_then(openness),
        meeting: meeting(&found),
        body: Body { kind: Root::Doc, content: blocks },
        pictures: pictures.brought,
        annexes: annexes.filter(|annex| !annex.body.is_empty()).collect(),
        found: told,
        dropped,
    }
}

/// Where a picture stands, by what stands before it.
fn place(before: &str) -> String {
    let start: String = before.trim().chars().take(20).collect();
    if start.is_empty() { "正文开头".to_owned() } else { format!("“{start}”一段之后") }
}

/// Units by their names in full or in short.
struct Names<'a> {
    directory: &'a Directory,
    /// Whoever imports.
    unit: &'a UnitId,
}

impl Names<'_> {
    /// All units, or the first name that no single one bears.
    fn all(&self, groups: &[Vec<String>]) -> Result<Vec<UnitId>, String> {
        groups.iter().flatten().map(|name| self.one(name).ok_or_else(|| name.clone())).collect()
    }

    /// Where several have a short name, the one that shares its area with whoever imports.
    fn one(&self, name: &str) -> Option<UnitId> {
        let same: Vec<_> = self.directory.units().filter(|(_, unit)| unit.name == name).collect();
        if let [(id, _)] = same.as_slice() {
            return Some((*id).clone());
        }
        let short = self.directory.units().filter(|(_, unit)| unit.short_name == name);
        let short: Vec<_> = short.collect();
        let area = |id: &str| id.chars().take(4).collect::<String>();
        let own = self.directory.unit(self.unit).map(|unit| area(&unit.area));
        let near = || short.iter().filter(|(_, unit)| Some(area(&unit.area)) == own);
        match (short.as_slice(), near().collect::<Vec<_>>().as_slice()) {
            ([(id, _)], _) => Some((*id).clone()),
            (_, [(id, _)]) => Some((*id).clone()),
            _ => None,
        }
    }
}

fn groups(all: &[Vec<String>]) -> String {
    all.iter().map(|group| group.join("、")).collect::<Vec<_>>().join("，")
}

/// Every element in words, in the order of the page.
fn told(found: &Found) -> Vec<(&'static str, String)> {
    let date = |date: &jiff::civil::Date| in_words(*date);
    let number = found.number.as_ref().map(ToString::to_string);
    let printing = found.printing.as_ref();
    let printing = printing.map(|one| format!("{}　{}印发", one.office, in_words(one.date)));
    let annexes: Vec<&str> = found.annexes.iter().map(|annex| annex.name.as_str()).collect();
    let all = [
        ("发文机关", found.issuers.join("、")),
        ("发文字号", number.or(found.serial.map(|n| format!("第{n}号"))).unwrap_or_default()),
        ("签发人", found.signers.join("、")),
        ("紧急程度", found.urgency.map(|one| one.name().to_owned()).unwrap_or_default()),
        ("文种", found.kind.map(|kind| kind.name().to_owned()).unwrap_or_default()),
        ("标题", found.title.clone()),
        ("题注", found.adopted.clone().unwrap_or_default()),
        ("主送机关", groups(&found.recipients)),
        ("附件", annexes.join("、")),
        ("成文日期", found.date.as_ref().map(date).unwrap_or_default()),
        ("附注", found.note.clone().unwrap_or_default()),
        ("抄送机关", groups(&found.copies)),
        ("印发", printing.unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// What was recognised and a draft has no place for.
fn left(found: &Found) -> Vec<String> {
    let mut left = Vec::new();
    if found.number.is_some() || found.serial.is_some() {
        left.push("发文字号没有填入：编号时由发文字号簿产生".to_owned());
    }
    if found.date.is_some() || found.printing.is_some() {
        left.push("成文日期、印发机关和印发日期没有填入：签发和印发时产生".to_owned());
    }
    if found.copy_number.is_some() {
        left.push("份号没有填入".to_owned());
    }
    if found.adopted.is_some() {
        left.push("题注没有填入：请在“会议”中填写会议名称和日期".to_owned());
    }
    let bare = found.annexes.iter().filter(|annex| annex.body.is_empty());
    left.extend(
        bare.map(|annex| {
            format!("附件“{}”只有名称，文件中没有其内容：请将附件另行上传", annex.name)
        }),
    );
    left
}

const fn document_type(kind: gongwen::Kind) -> DocumentType {
    use gongwen::Kind as K;
    match kind {
        K::Resolution => DocumentType::Resolution,
        K::Decision => DocumentType::Decision,
        K::Order => DocumentType::Order,
        K::Communique => DocumentType::Communique,
        K::Proclamation => DocumentType::Proclamation,
        K::PublicNotice => DocumentType::PublicNotice,
        K::Opinion => DocumentType::Opinion,
        K::Notice => DocumentType::Notice,
        K::Circular => DocumentType::Circular,
        K::Report => DocumentType::Report,
        K::RequestForInstruction => DocumentType::RequestForInstruction,
        K::ReplyToRequest => DocumentType::ReplyToRequest,
        K::Motion => DocumentType::Motion,
        K::Letter => DocumentType::Letter,
        K::Minutes => DocumentType::Minutes,
    }
}

fn format(found: &Found) -> Option<Format> {
    let (kind, format) = (found.kind?, found.format?);
    let own = match format {
        gongwen::Format::Document => Format::File,
        gongwen::Format::Letter => Format::Letter,
        gongwen::Format::Order => Format::Order,
        gongwen::Format::Minutes => Format::Minutes,
    };
    (format != kind.format()).then_some(own)
}

const fn urgency(urgency: Option<gongwen::Urgency>) -> Urgency {
    match urgency {
        None => Urgency::Ordinary,
        Some(gongwen::Urgency::Urgent) => Urgency::Urgent,
        Some(gongwen::Urgency::MostUrgent) => Urgency::MostUrgent,
    }
}

/// What 附注 says of publication; “此件公开发布” is said of what is published of itself.
fn openness(note: &str) -> Option<Openness> {
    let all = [Openness::Active, Openness::OnRequest, Openness::Withheld];
    let told = || all.into_iter().find(|one| note.contains(one.name()));
    note.contains(Openness::PUBLISHED).then_some(Openness::Active).or_else(told)
}

fn meeting(found: &Found) -> Option<Meeting> {
    let attendance = found.attendance.as_ref()?;
    Some(Meeting {
        date: found.date.map(|date| date.to_string()).unwrap_or_default(),
        present: attendance.present.join("、"),
        absent: attendance.absent.join("、"),
        observers: attendance.observers.join("、"),
        ..Meeting::default()
    })
}

/// A block as the editor has it; none of an image.
fn block(block: &gongwen::Block) -> Option<Block> {
    Some(match block {
        gongwen::Block::Heading { level, text, then } if then.is_empty() => Block::Heading {
            attrs: HeadingAttributes { level: *level },
            content: inlines(&[Span::plain(text)]),
        },
        // The editor's headings stand alone; one that leads its paragraph is known when it is
        // printed by its ordinal.
        gongwen::Block::Heading { text, then, .. } => {
            let first = then.first().filter(|span| span.style == gongwen::Style::default());
            let rest = then.get(usize::from(first.is_some())..).unwrap_or_default();
            let lead = format!("{text}{}", first.map_or("", |span| span.text.as_str()));
            paragraph(std::iter::once(Span::plain(&lead)).chain(rest.iter().cloned()).collect())
        }
        gongwen::Block::Paragraph { spans } => paragraph(spans.clone()),
        gongwen::Block::Table { rows, head } => {
            let rows = rows.iter().enumerate().map(|(nth, row)| TableRow {
                kind: RowKind::TableRow,
                content: row.cells.iter().map(|one| cell(one, nth < usize::from(*head))).collect(),
            });
            Block::Table { content: rows.collect() }
        }
        gongwen::Block::Image(_) => return None,
    })
}

fn paragraph(spans: Vec<Span>) -> Block {
    Block::Paragraph { content: inlines(&spans) }
}

fn cell(cell: &gongwen::Cell, head: bool) -> TableCell {
    let attrs = CellAttributes { colspan: cell.columns, rowspan: cell.rows, colwidth: None };
    let mut content: Vec<Block> = cell.paragraphs.iter().map(|p| paragraph(p.clone())).collect();
    if content.is_empty() {
        // The editor's cells have a paragraph at least.
        content.push(paragraph(Vec::new()));
    }
    if head {
        TableCell::TableHeader { attrs, content }
    } else {
        TableCell::TableCell { attrs, content }
    }
}

fn inlines(spans: &[Span]) -> Vec<Inline> {
    let mut all = Vec::new();
    for span in spans {
        let style = span.style;
        let marks = [
            style.bold.then_some(Mark::Bold),
            style.italic.then_some(Mark::Italic),
            style.underline.then_some(Mark::Underline),
        ];
        let marks: Vec<Mark> = marks.into_iter().flatten().collect();
        for (nth, text) in span.text.split('\n').enumerate() {
            if nth > 0 {
                all.push(Inline::HardBreak);
            }
            if !text.is_empty() {
                all.push(Inline::Text { text: text.to_owned(), marks: marks.clone() });
            }
        }
    }
    all
}
