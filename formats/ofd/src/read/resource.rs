//! Resource files and what they name.

use super::Reader;
use crate::error::Error;
use crate::model::{Bytes, Charset, Composite, Document, DrawParam, Font, Id, Media, MediaKind};
use crate::xml::{Element, number};
use lingnan_package::folder;
use roxmltree::Node;

impl Reader<'_> {
    /// Reads the resource files that an element names; those that cannot be read are noted.
    pub(super) fn resources<'a>(
        &mut self,
        document: &mut Document,
        from: &str,
        node: Node<'a, 'a>,
        name: &str,
    ) -> Result<(), Error> {
        for named in node.all(name) {
            let location = named.inner();
            // An own producer's template names a file that it leaves out when it is empty.
            let Some(path) = self.located(folder(from), &location) else { continue };
            if !self.seen.insert(path.clone()) {
                continue;
            }
            let Some(xml) = self.noted(|reader| reader.archive.xml(&path))? else { continue };
            let Some(tree) = self.noted(|_| xml.tree())? else { continue };
            self.resource(document, &path, tree.root_element())?;
        }
        Ok(())
    }

    fn resource<'a>(
        &mut self,
        document: &mut Document,
        path: &str,
        root: Node<'a, 'a>,
    ) -> Result<(), Error> {
        let base = format!("{}/{}", folder(path), root.own("BaseLoc").unwrap_or_default());
        let base = if root.own("BaseLoc").is_some_and(|base| base.starts_with('/')) {
            root.own("BaseLoc").unwrap_or_default().to_owned()
        } else {
            base
        };
        let bases = [base.as_str(), folder(path)];
        let members = |group: &str, name: &str| -> Vec<Node<'a, 'a>> {
            root.all(group).flat_map(|group| group.all(name)).collect()
        };
        for node in members("ColorSpaces", "ColorSpace") {
            self.id(node);
            self.spaces.add(node);
        }
        for node in members("DrawParams", "DrawParam") {
            let (id, relative) = (self.id(node), node.read("Relative").map(Id));
            document.draw_params.push(DrawParam { id, relative, style: self.style(node) });
        }
        for node in members("Fonts", "Font") {
            let font = self.font(node, bases)?;
            document.fonts.push(font);
        }
        for node in members("MultiMedias", "MultiMedia") {
            let id = self.id(node);
            let data = self.file(bases, &node.said("MediaFile"))?;
            document.media.push(media(node, id, data.unwrap_or_else(|| Bytes::from([]))));
        }
        for node in members("CompositeGraphicUnits", "CompositeGraphicUnit") {
            let size = |name: &str| node.own(name).and_then(number).unwrap_or(0.0);
            let (id, width, height) = (self.id(node), size("Width"), size("Height"));
            let objects = match node.one("Content") {
                Some(content) => self.objects(content, 0)?,
                None => Vec::new(),
            };
            document.composites.push(Composite { id, width, height, objects });
        }
        Ok(())
    }

    fn font<'a>(&mut self, node: Node<'a, 'a>, bases: [&str; 2]) -> Result<Font, Error> {
        let location = node.said("FontFile");
        let data = if location.is_empty() { None } else { self.file(bases, &location)? };
        let flag = |name: &str| node.flag(name).unwrap_or(false);
        Ok(Font {
            id: self.id(node),
            name: node.own("FontName").unwrap_or_default().to_owned(),
            family: node.own("FamilyName").unwrap_or_default().to_owned(),
            charset: match node.own("Charset") {
                Some("symbol") => Charset::Symbol,
                Some("prc") => Charset::Prc,
                Some("big5") => Charset::Big5,
                Some("shift-jis") => Charset::ShiftJis,
                Some("wansung") => Charset::Wansung,
                Some("johab") => Charset::Johab,
                _ => Charset::Unicode,
            },
            bold: flag("Bold"),
            italic: flag("Italic"),
            serif: flag("Serif"),
            fixed_width: flag("FixedWidth"),
            data,
        })
    }

    /// A file that a resource names, shared when it was read before.
    fn file(&mut self, bases: [&str; 2], location: &str) -> Result<Option<Bytes>, Error> {
        let found = bases.iter().find_map(|base| self.archive.resolve(base, location));
        let Some(path) = found.map(str::to_owned) else {
            self.notes.push(Error::missing(location));
            return Ok(None);
        };
        if let Some(data) = self.files.get(&path) {
            return Ok(Some(data.clone()));
        }
        let data = self.noted(|reader| reader.archive.read(&path))?.map(Bytes::from);
        if let Some(data) = &data {
            self.files.insert(path, data.clone());
        }
        Ok(data)
    }
}

fn media<'a>(node: Node<'a, 'a>, id: Id, data: Bytes) -> Media {
    let kind = match node.own("Type") {
        Some("Audio") => MediaKind::Audio,
        Some("Video") => MediaKind::Video,
        _ => MediaKind::Image,
    };
    Media { id, kind, format: node.own("Format").unwrap_or_default().to_owned(), data }
}
