//! Which file of a package is which: by its relationships, or else by its usual name.

use super::Lost;
use crate::error::Error;
use crate::xml::Element;
use lingnan_package::{Archive, Xml, folder};
use std::collections::BTreeMap;

/// The kinds of parts that are read beside the text.
const PARTS: [&str; 7] =
    ["styles", "numbering", "theme", "settings", "footnotes", "endnotes", "comments"];

/// A package with its main part found.
pub(super) struct Package<'a> {
    archive: &'a Archive<'a>,
    main: String,
}

/// The XML of a document.
pub(super) struct Texts {
    pub(super) main: Xml,
    /// Styles, numbering, notes and so on, by the kind of their relationship.
    pub(super) parts: BTreeMap<String, Xml>,
    /// Heads and feet by the id of their relationship.
    pub(super) margins: BTreeMap<String, Xml>,
    /// What the text refers to.
    pub(super) links: BTreeMap<String, Link>,
}

/// A relationship (ISO/IEC 29500-2 9.3).
#[derive(Debug, Clone)]
pub(super) struct Link {
    kind: String,
    /// The path in the package; none when it leads out of it.
    pub(super) path: Option<String>,
}

impl<'a> Package<'a> {
    pub(super) fn open(archive: &'a Archive<'a>) -> Result<Self, Error> {
        let named = match archive.find("_rels/.rels") {
            Some(path) => links(archive, path, "")?
                .into_values()
                .find_map(|link| link.path.filter(|_| link.kind == "officeDocument")),
            None => None,
        };
        let usual = || archive.find("word/document.xml").map(str::to_owned);
        let main = named.or_else(usual).ok_or(Error::NoDocument)?;
        Ok(Self { archive, main })
    }

    pub(super) fn texts(&self) -> Result<Texts, Error> {
        let links = self.links()?;
        let main = self.archive.xml(&self.main)?;
        let (mut parts, mut margins) = (BTreeMap::new(), BTreeMap::new());
        for (id, link) in &links {
            let Some(path) = &link.path else { continue };
            match link.kind.as_str() {
                "header" | "footer" => {
                    margins.insert(id.clone(), self.archive.xml(path)?);
                }
                kind if PARTS.contains(&kind) => {
                    parts.insert(kind.to_owned(), self.archive.xml(path)?);
                }
                _ => {}
            }
        }
        Ok(Texts { main, parts, margins, links })
    }

    fn links(&self) -> Result<BTreeMap<String, Link>, Error> {
        let name = self.main.rsplit('/').next().unwrap_or_default();
        let path = format!("{}/_rels/{name}.rels", folder(&self.main));
        match self.archive.find(&path) {
            Some(path) => links(self.archive, path, folder(&self.main)),
            None => Ok(BTreeMap::new()),
        }
    }

    /// The title that the properties of the file tell.
    pub(super) fn title(&self) -> Result<String, Error> {
        let Some(path) = self.archive.find("docProps/core.xml") else { return Ok(String::new()) };
        let xml = self.archive.xml(path)?;
        let tree = xml.tree()?;
        let title = tree.root_element().one("title").and_then(|title| title.text());
        Ok(title.unwrap_or_default().to_owned())
    }

    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        Ok(self.archive.read(path)?)
    }

    /// What the package holds and a document cannot.
    pub(super) fn lost(&self) -> Vec<Lost> {
        let has = |part: &str| self.archive.paths().any(|path| path.to_lowercase().contains(part));
        let kinds = [
            ("vbaproject", "文档带有宏，已全部去除，不会执行"),
            (
                "/embeddings/",
                "文档内嵌了其他文件（如表格、演示文稿），没有导入；确需保留的请另作附件",
            ),
            ("/activex/", "文档带有 ActiveX 控件，已全部去除"),
            ("_xmlsignatures/", "文档带有电子签名；导入后内容已变，签名不再适用"),
        ];
        let found = kinds.into_iter().filter(|(part, _)| has(part));
        found.map(|(_, what)| Lost { place: String::new(), what: what.to_owned() }).collect()
    }
}

fn links(archive: &Archive<'_>, path: &str, base: &str) -> Result<BTreeMap<String, Link>, Error> {
    let xml = archive.xml(path)?;
    let tree = xml.tree()?;
    let all = tree.root_element().all("Relationship").filter_map(|node| {
        let kind = node.own("Type")?.rsplit('/').next()?.to_owned();
        let outside = node.own("TargetMode") == Some("External");
        let target = node.own("Target").filter(|_| !outside);
        let path = target.and_then(|target| archive.resolve(base, target)).map(str::to_owned);
        Some((node.own("Id")?.to_owned(), Link { kind, path }))
    });
    Ok(all.collect())
}
