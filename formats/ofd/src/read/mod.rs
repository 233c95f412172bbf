//! From a package to a model: what can be understood is, and the rest is noted.

mod about;
mod color;
mod object;
mod resource;
mod seal;

use crate::error::Error;
use crate::limits::{PACKAGE, PAGES_MAX};
use crate::model::{
    Area, Bytes, Document, Id, Order, Package, Page, Profile, Rect, Template, TemplateUse,
};
use crate::xml::{self, Element};
use color::Spaces;
use lingnan_package::{Archive, folder};
use roxmltree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// What was read of a package.
#[derive(Debug)]
pub struct Read {
    /// What it holds.
    pub package: Package,
    /// What of it could not be read and is left out or empty.
    pub notes: Vec<Error>,
}

/// Reads a package.
///
/// # Errors
///
/// When it is no OFD, has no document, or is beyond a limit or unsafe. A broken page or resource
/// is only noted.
pub fn read(bytes: &[u8]) -> Result<Read, Error> {
    let archive = Archive::open(bytes, PACKAGE)?;
    let path = archive.find("OFD.xml").map(str::to_owned);
    let path = path.ok_or_else(|| Error::missing("OFD.xml"))?;
    let mut reader = Reader {
        archive,
        notes: Vec::new(),
        kept: BTreeMap::new(),
        objects: 0,
        pages: 0,
        max_id: 0,
        spaces: Spaces::default(),
        files: BTreeMap::new(),
        seen: BTreeSet::new(),
    };
    let xml = reader.archive.xml(&path)?;
    let tree = xml.tree()?;
    let root = rooted(&path, tree.root_element(), "OFD")?;
    let archived = root.own("DocType").is_some_and(|kind| kind.eq_ignore_ascii_case("OFD-A"));
    let mut documents = Vec::new();
    for body in root.all("DocBody") {
        documents.extend(reader.body(body)?);
    }
    if documents.is_empty() {
        return Err(reader.notes.into_iter().next().unwrap_or(Error::NoDocument));
    }
    let profile = if archived { Profile::OfdA } else { Profile::Ofd };
    let package = Package { profile, documents, kept: reader.kept };
    Ok(Read { package, notes: reader.notes })
}

/// What is known while a package is read.
struct Reader<'a> {
    archive: Archive<'a>,
    notes: Vec<Error>,
    kept: BTreeMap<String, Bytes>,
    objects: usize,
    pages: usize,
    /// The highest id of the document that is being read; likewise below.
    max_id: u32,
    spaces: Spaces,
    files: BTreeMap<String, Bytes>,
    /// Resource files that were read.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn located(&self, folder: &str, location: &str) -> Option<String> {
        self.archive.resolve(folder, location).map(str::to_owned)
    }

    /// Does something with a part of the package; what is wrong with that part alone is noted.
    fn noted<T, E: Into<Error>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<Option<T>, Error> {
        match work(self).map_err(Into::into) {
            Ok(done) => Ok(Some(done)),
            Err(error) if error.is_of_a_part() => {
                self.notes.push(error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn body<'a>(&mut self, body: Node<'a, 'a>) -> Result<Option<Document>, Error> {
        let location = body.said("DocRoot");
        let Some(path) = self.located("", &location) else {
            self.notes.push(Error::missing(location));
            return Ok(None);
        };
        self.max_id = 0;
        self.spaces = Spaces::default();
        self.seen.clear();
        let xml = self.archive.xml(&path)?;
        let tree = xml.tree()?;
        let root = rooted(&path, tree.root_element(), "Document")?;
        let mut document = Document {
            info: about::info(body),
            versions: about::versions(body),
            ..Document::default()
        };
        if let Some(common) = root.one("CommonData") {
            self.common(&mut document, &path, common)?;
        }
        for page in root.one("Pages").into_iter().flat_map(|pages| pages.all("Page")) {
            let page = self.page(&mut document, &path, page)?;
            document.pages.push(page);
        }
        self.annotations(&mut document, &path, root)?;
        self.tags(&mut document, &path, root)?;
        self.attachments(&mut document, &path, root)?;
        self.signatures(&mut document, body)?;
        document.max_id = document.max_id.max(self.max_id);
        Ok(Some(document))
    }

    fn common<'a>(
        &mut self,
        document: &mut Document,
        path: &str,
        common: Node<'a, 'a>,
    ) -> Result<(), Error> {
        document.max_id = common.said("MaxUnitID").parse().unwrap_or(0);
        document.area = common.one("PageArea").map(area).unwrap_or_default();
        self.spaces.usual = common.said("DefaultCS").parse().ok().map(Id);
        self.resources(document, path, common, "PublicRes")?;
        self.resources(document, path, common, "DocumentRes")?;
        for node in common.all("TemplatePage") {
            let location = node.own("BaseLoc").unwrap_or_default();
            let content = self.content(document, path, location)?;
            document.templates.push(Template {
                id: self.id(node),
                name: node.own("Name").unwrap_or_default().to_owned(),
                order: order(node),
                layers: content.layers,
            });
        }
        Ok(())
    }

    fn page<'a>(
        &mut self,
        document: &mut Document,
        path: &str,
        node: Node<'a, 'a>,
    ) -> Result<Page, Error> {
        self.pages += 1;
        if self.pages > PAGES_MAX {
            return Err(Error::too_much("页数", PAGES_MAX));
        }
        let content = self.content(document, path, node.own("BaseLoc").unwrap_or_default())?;
        Ok(Page { id: self.id(node), ..content })
    }

    /// The content of a page or template, empty when it cannot be read.
    fn content(
        &mut self,
        document: &mut Document,
        from: &str,
        location: &str,
    ) -> Result<Page, Error> {
        let Some(path) = self.located(folder(from), location) else {
            self.notes.push(Error::missing(location));
            return Ok(Page::default());
        };
        let Some(xml) = self.noted(|reader| reader.archive.xml(&path))? else {
            return Ok(Page::default());
        };
        let Some(tree) = self.noted(|_| xml.tree())? else {
            return Ok(Page::default());
        };
        let root = tree.root_element();
        self.resources(document, &path, root, "PageRes")?;
        let templates = root.all("Template").map(|node| TemplateUse {
            template: Id(node.read("TemplateID").unwrap_or(0)),
            order: order(node),
        });
        Ok(Page {
            area: root.one("Area").map(area),
            templates: templates.collect(),
            layers: self.layers(root)?,
            ..Page::default()
        })
    }
}

fn rooted<'a>(path: &str, root: Node<'a, 'a>, wanted: &'static str) -> Result<Node<'a, 'a>, Error> {
    let name = root.tag_name().name();
    if name == wanted {
        return Ok(root);
    }
    Err(Error::OtherRoot { path: path.to_owned(), root: name.to_owned(), wanted })
}

fn order<'a>(node: Node<'a, 'a>) -> Option<Order> {
    match node.own("ZOrder")? {
        "Foreground" => Some(Order::Foreground),
        "Background" => Some(Order::Background),
        _ => None,
    }
}

fn area<'a>(node: Node<'a, 'a>) -> Area {
    let rect = |name: &str| {
        let values = xml::numbers(&node.said(name));
        let [x, y, width, height] = *values.first_chunk::<4>()?;
        Some(Rect { x, y, width, height }).filter(|rect| rect.width > 0.0 && rect.height > 0.0)
    };
    Area {
        physical: rect("PhysicalBox").unwrap_or(Rect::A4),
        application: rect("ApplicationBox"),
        content: rect("ContentBox"),
        bleed: rect("BleedBox"),
    }
}
