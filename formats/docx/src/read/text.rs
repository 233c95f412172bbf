//! Paragraphs and what stands in them, in the order of the file.

use super::Lost;
use super::look;
use super::number::{Counters, Numbers};
use super::package::{Package, Texts};
use super::section::{references, section};
use super::style::{Resolved, Styles, number};
use crate::error::Error;
use crate::limits::{CHARACTERS_MAX, IMAGE_MAX, PARAGRAPHS_MAX};
use crate::model::{Block, Document, Image, Look, Paragraph, Piece, Run, Section, TextBox};
use crate::xml::Element;
use roxmltree::Node;
use std::collections::BTreeMap;

/// Goes through a document.
pub(super) struct Walk<'a> {
    package: &'a Package<'a>,
    texts: &'a Texts,
    styles: &'a Styles,
    numbers: &'a Numbers,
    /// What notes and comments say, by kind and id.
    asides: BTreeMap<(&'static str, String), String>,
    counters: Counters,
    fields: Vec<Field>,
    sections: Vec<Section>,
    even: bool,
    paragraphs: usize,
    characters: usize,
    /// The beginning of the paragraph at hand.
    start: String,
    pub(super) lost: Vec<Lost>,
}

/// A field that has begun (ISO/IEC 29500-1 17.16.18).
#[derive(Default)]
struct Field {
    code: String,
    /// What follows is its result.
    shown: bool,
}

impl Field {
    fn is_page(code: &str) -> bool {
        code.split_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("page"))
    }
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        package: &'a Package<'a>,
        texts: &'a Texts,
        styles: &'a Styles,
        numbers: &'a Numbers,
    ) -> Result<Self, Error> {
        let even = match texts.parts.get("settings") {
            Some(xml) => {
                let tree = xml.tree()?;
                tree.root_element().switch("evenAndOddHeaders").unwrap_or(false)
            }
            None => false,
        };
        let mut asides = BTreeMap::new();
        let kinds = [
            ("脚注", texts.parts.get("footnotes")),
            ("尾注", texts.parts.get("endnotes")),
            ("批注", texts.parts.get("comments")),
        ];
        for (kind, part) in kinds {
            let Some(xml) = part else { continue };
            let tree = xml.tree()?;
            for node in tree.root_element().children().filter(Node::is_element) {
                let said = node.descendants().filter(|inner| inner.local() == "t");
                let said: String = said.filter_map(|inner| inner.text()).collect();
                asides.insert((kind, node.own("id").unwrap_or_default().to_owned()), said);
            }
        }
        Ok(Self {
            package,
            texts,
            styles,
            numbers,
            asides,
            counters: Counters::default(),
            fields: Vec::new(),
            sections: Vec::new(),
            even,
            paragraphs: 0,
            characters: 0,
            start: String::new(),
            lost: Vec::new(),
        })
    }

    pub(super) fn document(&mut self, root: Node<'_, '_>) -> Result<Document, Error> {
        let body = root.one("body").ok_or(Error::NoDocument)?;
        let blocks = self.blocks(body)?;
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        let usual = self.styles.paragraph(None);
        Ok(Document {
            body: blocks,
            sections: std::mem::take(&mut self.sections),
            look: usual.look,
            form: usual.form,
            title: String::new(),
        })
    }

    /// Tells that something was left out here.
    pub(super) fn lose(&mut self, what: &str) {
        let place = match (self.paragraphs, self.start.as_str()) {
            (0, _) => String::new(),
            (nth, "") => format!("第{nth}段"),
            (nth, start) => format!("第{nth}段“{start}”"),
        };
        let lost = Lost { place, what: what.to_owned() };
        if self.lost.last() != Some(&lost) {
            self.lost.push(lost);
        }
    }

    pub(super) fn blocks(&mut self, node: Node<'_, '_>) -> Result<Vec<Block>, Error> {
        let mut blocks = Vec::new();
        self.blocks_into(node, &mut blocks, &mut false)?;
        Ok(blocks)
    }

    /// `joined`: the mark of the last paragraph was deleted, so the next one goes on in it.
    fn blocks_into(
        &mut self,
        node: Node<'_, '_>,
        blocks: &mut Vec<Block>,
        joined: &mut bool,
    ) -> Result<(), Error> {
        for child in node.children() {
            match child.local() {
                "p" => {
                    let mut paragraph = self.paragraph(child)?;
                    let before = blocks.last_mut().filter(|_| *joined);
                    if let Some(Block::Paragraph(before)) = before {
                        before.pieces.append(&mut paragraph.pieces);
                        before.form = paragraph.form;
                    } else {
                        blocks.push(Block::Paragraph(paragraph));
                    }
                    let mark = child.one("pPr").and_then(|form| form.one("rPr"));
                    *joined = mark.is_some_and(|mark| mark.one("del").is_some());
                }
                "tbl" => {
                    let table = self.table(child)?;
                    blocks.push(Block::Table(table));
                    *joined = false;
                }
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag" => {
                    self.blocks_into(child, blocks, joined)?;
                }
                "AlternateContent" => {
                    if let Some(choice) = child.one("Choice").or_else(|| child.one("Fallback")) {
                        self.blocks_into(choice, blocks, joined)?;
                    }
                }
                "sectPr" => self.section(child)?,
                "altChunk" => self.lose("插入的其他格式文档没有导入"),
                _ => {}
            }
        }
        Ok(())
    }

    fn section(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        let mut own = section(node, self.sections.last(), self.even);
        let texts = self.texts;
        for reference in references(node) {
            let Some(xml) = texts.margins.get(reference.id) else { continue };
            let tree = xml.tree()?;
            let blocks = self.blocks(tree.root_element())?;
            let margins = match reference.pages {
                "first" => &mut own.first,
                "even" => match &mut own.even {
                    Some(even) => even,
                    None => continue,
                },
                _ => &mut own.odd,
            };
            *(if reference.foot { &mut margins.foot } else { &mut margins.head }) = blocks;
        }
        self.sections.push(own);
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> Result<Paragraph, Error> {
        self.paragraphs += 1;
        if self.paragraphs > PARAGRAPHS_MAX {
            return Err(Error::too_much("段落数", PARAGRAPHS_MAX));
        }
        let texts = node.descendants().filter(|inner| inner.local() == "t");
        let said = texts.filter_map(|inner| inner.text()).flat_map(str::chars);
        self.start = said.take(10).collect();
        let properties = node.one("pPr");
        let id = properties.and_then(|properties| properties.value("pStyle"));
        let style = self.styles.paragraph(id);
        let list = self.list(properties, &style);
        let direct = properties.map(look::form).unwrap_or_default();
        let listed = list.and_then(|(list, level)| self.numbers.form(list, level));
        let base = match listed {
            // What a list says of indents weighs more than the style that names no list.
            Some(listed) if style.number.is_none() => listed.over(&style.form),
            Some(listed) => style.form.over(listed),
            None => style.form.clone(),
        };
        let mut paragraph = Paragraph { form: direct.over(&base), ..Paragraph::default() };
        if let Some((list, level)) = list {
            let ordinal = self.numbers.next(&mut self.counters, list, level);
            paragraph.ordinal = ordinal.unwrap_or_default();
        }
        self.pieces(node, &style.look, &mut paragraph.pieces)?;
        if let Some(node) = properties.and_then(|properties| properties.one("sectPr")) {
            self.section(node)?;
        }
        Ok(paragraph)
    }

    /// The list that a paragraph is counted in; 0 takes it out of its style's.
    fn list(&self, properties: Option<Node<'_, '_>>, style: &Resolved) -> Option<(i64, usize)> {
        let direct = properties.and_then(|p| p.one("numPr")).and_then(number);
        let (list, level) = match (direct, &style.number) {
            (Some((list, level)), _) => (list, level.and_then(|at| usize::try_from(at).ok())),
            (None, Some((list, level, named))) => {
                let said = level.and_then(|at| usize::try_from(at).ok());
                (*list, said.or_else(|| self.numbers.level_of(*list, named)))
            }
            (None, None) => return None,
        };
        (list != 0).then(|| (list, level.unwrap_or(0)))
    }

    fn pieces(
        &mut self,
        node: Node<'_, '_>,
        base: &Look,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Error> {
        for child in node.children() {
            match child.local() {
                "r" => self.run(child, base, pieces)?,
                "ins" | "moveTo" | "hyperlink" | "smartTag" | "sdt" | "sdtContent"
                | "customXml" | "bdo" | "dir" => self.pieces(child, base, pieces)?,
                "fldSimple" if Field::is_page(child.own("instr").unwrap_or_default()) => {
                    let first = child.one("r").and_then(|run| run.one("rPr"));
                    let look = first.map(|node| look::look(node, &self.styles.theme));
                    pieces.push(Piece::PageNumber(look.unwrap_or_default().over(base)));
                }
                "fldSimple" => self.pieces(child, base, pieces)?,
                "del" | "moveFrom" => {
                    let said = child.descendants().filter(|inner| inner.local() == "delText");
                    let said: String = said.filter_map(|inner| inner.text()).collect();
                    if child.local() == "del" && !said.is_empty() {
                        self.lose(&format!("修订中删除的文字“{}”没有导入", brief(&said)));
                    }
                }
                "oMath" | "oMathPara" => {
                    let said = child.descendants().filter(|inner| inner.local() == "t");
                    let text: String = said.filter_map(|inner| inner.text()).collect();
                    self.lose("公式只保留了文字，版式没有导入");
                    self.say(&text, base.clone(), pieces)?;
                }
                "AlternateContent" => {
                    if let Some(choice) = child.one("Choice").or_else(|| child.one("Fallback")) {
                        self.pieces(choice, base, pieces)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn run(
        &mut self,
        node: Node<'_, '_>,
        base: &Look,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Error> {
        let properties = node.one("rPr");
        let direct = properties.map(|node| look::look(node, &self.styles.theme));
        let named = properties.and_then(|node| node.value("rStyle"));
        let named = named.map(|id| self.styles.characters(id)).unwrap_or_default();
        let look = direct.unwrap_or_default().over(&named).over(base);
        let said = node.descendants().any(|inner| inner.local() == "t");
        if said && properties.and_then(|node| node.switch("vanish")) == Some(true) {
            self.lose("隐藏文字没有导入");
            return Ok(());
        }
        self.run_parts(node, &look, pieces)
    }

    fn run_parts(
        &mut self,
        node: Node<'_, '_>,
        look: &Look,
        pieces: &mut Vec<Piece>,
    ) -> Result<(), Error> {
        for child in node.children() {
            let text = match child.local() {
                "t" => child.text().unwrap_or_default(),
                "tab" | "ptab" => "\t",
                "cr" => "\n",
                "noBreakHyphen" => "-",
                "br" if child.own("type") == Some("page") => {
                    pieces.push(Piece::PageBreak);
                    continue;
                }
                "br" => "\n",
                "sym" => {
                    self.lose("特殊符号（符号字体）没有导入");
                    continue;
                }
                "drawing" | "pict" | "object" => {
                    self.drawing(child, pieces)?;
                    continue;
                }
                "AlternateContent" => {
                    if let Some(choice) = child.one("Choice").or_else(|| child.one("Fallback")) {
                        self.run_parts(choice, look, pieces)?;
                    }
                    continue;
                }
                "ruby" => {
                    self.lose("拼音指南只保留了汉字");
                    if let Some(inner) = child.one("rubyBase") {
                        self.pieces(inner, look, pieces)?;
                    }
                    continue;
                }
                "footnoteReference" | "endnoteReference" | "commentReference" => {
                    self.aside(child);
                    continue;
                }
                "fldChar" | "instrText" => {
                    self.field(child, look, pieces);
                    continue;
                }
                _ => continue,
            };
            self.say(text, look.clone(), pieces)?;
        }
        Ok(())
    }

    /// A note or a comment that the text refers to.
    fn aside(&mut self, node: Node<'_, '_>) {
        let kind = match node.local() {
            "footnoteReference" => "脚注",
            "endnoteReference" => "尾注",
            _ => "批注",
        };
        let id = node.own("id").unwrap_or_default().to_owned();
        let said = self.asides.get(&(kind, id)).map(|said| brief(said)).unwrap_or_default();
        self.lose(&format!("{kind}“{said}”没有导入"));
    }

    fn field(&mut self, node: Node<'_, '_>, look: &Look, pieces: &mut Vec<Piece>) {
        match (node.local(), node.own("fldCharType")) {
            ("instrText", _) => {
                let text = node.text().unwrap_or_default();
                if let Some(field) = self.fields.last_mut() {
                    field.code.push_str(text);
                }
            }
            (_, Some("begin")) => self.fields.push(Field::default()),
            (_, Some("separate")) => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            (_, Some("end")) => {
                let field = self.fields.pop().unwrap_or_default();
                if Field::is_page(&field.code) {
                    pieces.push(Piece::PageNumber(look.clone()));
                }
            }
            _ => {}
        }
    }

    /// Takes characters in, but for what a field computes them from.
    fn say(&mut self, text: &str, look: Look, pieces: &mut Vec<Piece>) -> Result<(), Error> {
        let hidden = |field: &Field| !field.shown || Field::is_page(&field.code);
        if text.is_empty() || self.fields.iter().any(hidden) {
            return Ok(());
        }
        self.characters = self.characters.saturating_add(text.len());
        if self.characters > CHARACTERS_MAX * 3 {
            return Err(Error::too_much("字数", CHARACTERS_MAX));
        }
        match pieces.last_mut() {
            Some(Piece::Text(last)) if last.look == look => last.text.push_str(text),
            _ => pieces.push(Piece::Text(Run { text: text.to_owned(), look })),
        }
        Ok(())
    }

    /// Text boxes and images of a drawing.
    fn drawing(&mut self, node: Node<'_, '_>, pieces: &mut Vec<Piece>) -> Result<(), Error> {
        let before = pieces.len();
        for inner in boxes(node) {
            let blocks = self.blocks(inner)?;
            pieces.push(Piece::Boxed(TextBox { blocks, ..TextBox::default() }));
        }
        let about = node.descendants().find(|inner| inner.local() == "docPr");
        let description = about.and_then(|about| about.own("descr").or_else(|| about.own("title")));
        let extent = node.descendants().find(|inner| inner.local() == "extent");
        let of = |name: &str| extent.and_then(|extent| extent.number(name)).unwrap_or(0);
        for inner in node.descendants() {
            let link = match inner.local() {
                "blip" => inner.reference("embed"),
                "imagedata" => inner.reference("id"),
                _ => continue,
            };
            match link.map(|id| self.image(id)).transpose()?.flatten() {
                Some(data) => pieces.push(Piece::Image(Image {
                    data,
                    description: description.unwrap_or_default().to_owned(),
                    width: of("cx"),
                    height: of("cy"),
                })),
                None => self.lose("图片没有导入：只收文档内的 PNG、JPEG 图片"),
            }
        }
        let embedded = node.descendants().any(|inner| inner.local() == "OLEObject");
        if embedded {
            self.lose("内嵌对象（如公式、表格文件）没有导入，只保留了预览图");
        } else if pieces.len() == before
            && self.lost.last().is_none_or(|l| !l.what.contains("图片"))
        {
            self.lose("自选图形（如线条、形状）没有导入");
        }
        Ok(())
    }

    fn image(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(path) = self.texts.links.get(id).and_then(|link| link.path.as_deref()) else {
            return Ok(None);
        };
        let data = self.package.read(path)?;
        let known = data.starts_with(b"\x89PNG\r\n\x1a\n") || data.starts_with(b"\xff\xd8\xff");
        Ok((known && data.len() <= IMAGE_MAX).then_some(data))
    }
}

/// The outermost text boxes in a drawing, each once: of two ways to draw it the first.
fn boxes<'a>(node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    let mut found = Vec::new();
    for child in node.children() {
        match child.local() {
            "txbxContent" => found.push(child),
            "AlternateContent" => {
                let choice = child.one("Choice").or_else(|| child.one("Fallback"));
                found.extend(choice.map(boxes).unwrap_or_default());
            }
            _ => found.extend(boxes(child)),
        }
    }
    found
}

fn brief(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start}……") } else { start }
}
