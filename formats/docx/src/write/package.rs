//! The parts of a package and how they refer to each other (ISO/IEC 29500-2).

use super::text;
use crate::error::Error;
use crate::limits::PACKAGE;
use crate::model::{Block, Document, Image, Margins, Section};
use lingnan_package::zip;
use lingnan_xml::escaped;
use std::collections::BTreeMap;
use std::fmt::Write;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Images that the text refers to.
#[derive(Default)]
pub(super) struct Media {
    files: Vec<(String, Vec<u8>)>,
    drawings: usize,
}

/// Writes a document; the same one always gives the same bytes.
///
/// # Errors
///
/// When it has more images than a package may have files.
pub fn write(document: &Document) -> Result<Vec<u8>, Error> {
    let mut media = Media::default();
    let mut body = String::new();
    text::blocks(&document.body, &mut media, &mut body);
    let usual = Section::default();
    let section = document.sections.last().unwrap_or(&usual);
    let mut files = BTreeMap::new();
    let mut links = Links::default();
    links.add("styles", "styles.xml");
    links.add("settings", "settings.xml");
    let mut references = String::new();
    for (pages, margins) in [
        ("default", Some(&section.odd)),
        ("even", section.even.as_ref()),
        ("first", Some(&section.first).filter(|_| section.own_first)),
    ] {
        let Some(margins) = margins else { continue };
        let named = margins_of(margins).into_iter().filter(|(.., blocks)| !blocks.is_empty());
        for (tag, part, blocks) in named {
            let name = format!("{part}_{pages}.xml");
            let id = links.add(part, &name);
            let _ = write!(references, "<w:{part}Reference w:type=\"{pages}\" r:id=\"{id}\"/>");
            let mut inner = String::new();
            text::blocks(blocks, &mut media, &mut inner);
            let file = format!("{HEAD}<w:{tag} xmlns:w=\"{W}\" xmlns:r=\"{R}\">{inner}</w:{tag}>");
            files.insert(format!("word/{name}"), file.into_bytes());
        }
    }
    text::section(section, &references, &mut body);
    let main = format!(
        "{HEAD}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <w:body>{body}</w:body></w:document>"
    );
    if media.files.len() + 16 > PACKAGE.files {
        return Err(Error::too_much("图片数", PACKAGE.files));
    }
    for (nth, (name, data)) in (1..).zip(media.files) {
        links.image(nth, &name);
        files.insert(format!("word/{name}"), data);
    }
    files.insert("word/document.xml".to_owned(), main.into_bytes());
    files.insert("word/styles.xml".to_owned(), styles(document).into_bytes());
    files.insert("word/settings.xml".to_owned(), settings(section).into_bytes());
    files.insert("word/_rels/document.xml.rels".to_owned(), links.file());
    let mut outer = Links::default();
    outer.add("officeDocument", "word/document.xml");
    let properties =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    outer.of_type(properties, "docProps/core.xml");
    files.insert("_rels/.rels".to_owned(), outer.file());
    files.insert("docProps/core.xml".to_owned(), properties_of(document).into_bytes());
    let types = types(&files);
    files.insert("[Content_Types].xml".to_owned(), types.into_bytes());
    Ok(zip(&files, &PACKAGE)?)
}

fn margins_of(margins: &Margins) -> [(&'static str, &'static str, &[Block]); 2] {
    [("hdr", "header", &margins.head), ("ftr", "footer", &margins.foot)]
}

/// Relationships, in order.
#[derive(Default)]
struct Links {
    text: String,
    count: usize,
}

impl Links {
    fn add(&mut self, kind: &str, target: &str) -> String {
        self.of_type(&format!("{R}/{kind}"), target)
    }

    fn of_type(&mut self, kind: &str, target: &str) -> String {
        self.count += 1;
        let id = format!("rId{}", self.count);
        self.push(&id, kind, target);
        id
    }

    fn image(&mut self, nth: usize, name: &str) {
        self.push(&format!("image{nth}"), &format!("{R}/image"), name);
    }

    fn push(&mut self, id: &str, kind: &str, target: &str) {
        let _ =
            write!(self.text, "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
    }

    fn file(self) -> Vec<u8> {
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("{HEAD}<Relationships xmlns=\"{space}\">{}</Relationships>", self.text).into_bytes()
    }
}

impl Media {
    /// A number for a drawing that no other has.
    pub(super) fn next(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    /// An image in the line.
    pub(super) fn image(&mut self, image: &Image, out: &mut String) {
        let nth = self.files.len() + 1;
        let id = self.next();
        let kind = if image.data.starts_with(b"\x89PNG") { "png" } else { "jpeg" };
        self.files.push((format!("media/image{nth}.{kind}"), image.data.clone()));
        let (width, height) = (image.width, image.height);
        let description = escaped(&image.description);
        let _ = write!(
            out,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{id}\" name=\"image{nth}\" descr=\"{description}\"/>\
             <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic><pic:nvPicPr><pic:cNvPr id=\"{nth}\" name=\"image{nth}\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"image{nth}\"/><a:stretch><a:fillRect/>\
             </a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
             <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></w:r>"
        );
    }
}

/// What is usual, and four headings, each with its twin for characters within a line.
fn styles(document: &Document) -> String {
    let mut look = String::new();
    text::look(&document.look, &mut look);
    let mut form = String::new();
    text::properties(&document.form, &mut form);
    let mut out = format!(
        "{HEAD}<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault>{look}</w:rPrDefault>\
         <w:pPrDefault><w:pPr>{form}</w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" \
         w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{form}</w:pPr>{look}</w:style><w:style w:type=\"character\" w:default=\"1\" \
         w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>"
    );
    for level in 1..=4_u8 {
        let depth = level - 1;
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\">\
             <w:name w:val=\"heading {level}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:next w:val=\"Normal\"/><w:link w:val=\"Heading{level}Char\"/><w:qFormat/>\
             <w:pPr><w:outlineLvl w:val=\"{depth}\"/></w:pPr></w:style>\
             <w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Heading{level}Char\">\
             <w:name w:val=\"标题 {level} 字符\"/><w:link w:val=\"Heading{level}\"/></w:style>"
        );
    }
    out + "</w:styles>"
}

fn settings(section: &Section) -> String {
    let even = if section.even.is_some() { "<w:evenAndOddHeaders/>" } else { "" };
    // 15: as Word 2013 and later set a page; without it they fall back to older rules.
    let mode = "<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
        w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>";
    format!(
        "{HEAD}<w:settings xmlns:w=\"{W}\">{even}\
         <w:characterSpacingControl w:val=\"compressPunctuation\"/>{mode}\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn properties_of(document: &Document) -> String {
    let title = escaped(&document.title);
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{title}</dc:title>\
         </cp:coreProperties>"
    )
}

fn types(files: &BTreeMap<String, Vec<u8>>) -> String {
    let space = "http://schemas.openxmlformats.org/package/2006/content-types";
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut out = format!(
        "{HEAD}<Types xmlns=\"{space}\">\
         <Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>\
         <Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>"
    );
    for path in files.keys() {
        let kind = match path.as_str() {
            "word/document.xml" => "document.main",
            "word/styles.xml" => "styles",
            "word/settings.xml" => "settings",
            path if path.starts_with("word/header") => "header",
            path if path.starts_with("word/footer") => "footer",
            "docProps/core.xml" => {
                out += "<Override PartName=\"/docProps/core.xml\" \
                    ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>";
                continue;
            }
            _ => continue,
        };
        let _ = write!(out, "<Override PartName=\"/{path}\" ContentType=\"{word}.{kind}+xml\"/>");
    }
    out + "</Types>"
}

#[cfg(test)]
mod tests {
    use crate::model::{Block, Document, Paragraph};

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let body = vec![Block::Paragraph(Paragraph::of("甲\t乙\n丙 & <丁>"))];
        let document = Document { body, ..Document::default() };
        let (one, two) = (super::write(&document).unwrap(), super::write(&document).unwrap());
        assert_eq!(one, two);
        let read = crate::read(&one).unwrap();
        let Some(Block::Paragraph(paragraph)) = read.document.body.first() else { panic!() };
        assert_eq!(paragraph.text(), "甲\t乙\n丙 & <丁>");
        assert_eq!(read.lost, []);
    }
}
