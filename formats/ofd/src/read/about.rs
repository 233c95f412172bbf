//! Information, annotations, attachments, tags, signatures and versions.

use super::object::rect;
use super::{Reader, seal};
use crate::error::Error;
use crate::model::{
    Annotation, AnnotationKind, Attachment, Bytes, Document, Id, Info, ObjectRef, Signature,
    SignatureKind, Stamp, Tag, Tagging, Version,
};
use crate::xml::Element;
use lingnan_package::{Xml, folder};
use roxmltree::Node;

pub(super) fn info<'a>(body: Node<'a, 'a>) -> Info {
    let Some(node) = body.one("DocInfo") else { return Info::default() };
    let keywords = node.one("Keywords").into_iter().flat_map(|group| group.all("Keyword"));
    let custom = node.one("CustomDatas").into_iter().flat_map(|group| group.all("CustomData"));
    Info {
        id: node.said("DocID"),
        title: node.said("Title"),
        author: node.said("Author"),
        subject: node.said("Subject"),
        summary: node.said("Abstract"),
        created: node.said("CreationDate"),
        modified: node.said("ModDate"),
        usage: node.said("DocUsage"),
        keywords: keywords.map(|word| word.inner().trim().to_owned()).collect(),
        creator: node.said("Creator"),
        creator_version: node.said("CreatorVersion"),
        custom: custom.map(|one| (name(one), one.inner().trim().to_owned())).collect(),
    }
}

fn name<'a>(node: Node<'a, 'a>) -> String {
    node.attribute("Name").unwrap_or_default().to_owned()
}

pub(super) fn versions<'a>(body: Node<'a, 'a>) -> Vec<Version> {
    let versions = body.one("Versions").into_iter().flat_map(|group| group.all("Version"));
    let version = |node: Node<'a, 'a>| Version {
        id: node.own("ID").unwrap_or_default().to_owned(),
        index: node.read("Index").unwrap_or(0),
        current: node.flag("Current").unwrap_or(false),
        path: node.own("BaseLoc").unwrap_or_default().to_owned(),
    };
    versions.map(version).collect()
}

impl Reader<'_> {
    /// Reads a file that an element names and gives it; what cannot be is noted.
    fn named<'a>(
        &mut self,
        from: &str,
        node: Node<'a, 'a>,
        name: &str,
    ) -> Result<Option<Xml>, Error> {
        let location = node.said(name);
        if location.is_empty() {
            return Ok(None);
        }
        let Some(path) = self.located(folder(from), &location) else {
            self.notes.push(Error::missing(location));
            return Ok(None);
        };
        self.noted(|reader| reader.archive.xml(&path))
    }

    pub(super) fn annotations<'a>(
        &mut self,
        document: &mut Document,
        from: &str,
        root: Node<'a, 'a>,
    ) -> Result<(), Error> {
        let Some(file) = self.named(from, root, "Annotations")? else { return Ok(()) };
        let Some(index) = self.noted(|_| file.tree())? else { return Ok(()) };
        for entry in index.root_element().all("Page") {
            let Some(own) = self.named(file.path(), entry, "FileLoc")? else { continue };
            let Some(own) = self.noted(|_| own.tree())? else { continue };
            let mut annotations = Vec::new();
            for node in own.root_element().all("Annot") {
                annotations.push(self.annotation(node)?);
            }
            let id = Id(entry.read("PageID").unwrap_or(0));
            let page = document.pages.iter_mut().find(|page| page.id == id);
            if let Some(page) = page {
                page.annotations.append(&mut annotations);
            }
        }
        Ok(())
    }

    fn annotation<'a>(&mut self, node: Node<'a, 'a>) -> Result<Annotation, Error> {
        let own = |name: &str| node.own(name).unwrap_or_default().to_owned();
        let flag = |name: &str, usual: bool| node.flag(name).unwrap_or(usual);
        let parameters = node.one("Parameters").into_iter().flat_map(|all| all.all("Parameter"));
        let parameters = parameters.map(|one| (name(one), one.inner())).collect();
        let appearance = node.one("Appearance");
        let objects = match appearance {
            Some(appearance) => self.objects(appearance, 0)?,
            None => Vec::new(),
        };
        Ok(Annotation {
            id: self.id(node),
            kind: match node.own("Type") {
                Some("Link") => AnnotationKind::Link,
                Some("Highlight") => AnnotationKind::Highlight,
                Some("Stamp") => AnnotationKind::Stamp,
                Some("Watermark") => AnnotationKind::Watermark,
                _ => AnnotationKind::Path,
            },
            subtype: own("Subtype"),
            creator: own("Creator"),
            modified: own("LastModDate"),
            visible: flag("Visible", true),
            print: flag("Print", true),
            no_zoom: flag("NoZoom", false),
            no_rotate: flag("NoRotate", false),
            read_only: flag("ReadOnly", true),
            remark: node.one("Remark").map(Element::inner).unwrap_or_default(),
            parameters,
            boundary: appearance.and_then(|appearance| rect(appearance, "Boundary")),
            objects,
        })
    }

    pub(super) fn attachments<'a>(
        &mut self,
        document: &mut Document,
        from: &str,
        root: Node<'a, 'a>,
    ) -> Result<(), Error> {
        let Some(file) = self.named(from, root, "Attachments")? else { return Ok(()) };
        let Some(index) = self.noted(|_| file.tree())? else { return Ok(()) };
        for node in index.root_element().all("Attachment") {
            let location = node.said("FileLoc");
            let Some(file) = self.located(folder(file.path()), &location) else {
                self.notes.push(Error::missing(location));
                continue;
            };
            let Some(data) = self.noted(|reader| reader.archive.read(&file))? else { continue };
            let own = |name: &str| node.own(name).unwrap_or_default().to_owned();
            let id = own("ID");
            // An id of XML does not begin with a digit; many producers count.
            let counted = id.is_empty() || id.starts_with(|c: char| c.is_ascii_digit());
            document.attachments.push(Attachment {
                id: if counted { format!("a{id}") } else { id },
                name: node.attribute("Name").unwrap_or_default().to_owned(),
                format: own("Format"),
                created: own("CreationDate"),
                modified: own("ModDate"),
                visible: node.flag("Visible").unwrap_or(true),
                usage: node.own("Usage").unwrap_or("none").to_owned(),
                data: data.into(),
            });
        }
        Ok(())
    }

    pub(super) fn tags<'a>(
        &mut self,
        document: &mut Document,
        from: &str,
        root: Node<'a, 'a>,
    ) -> Result<(), Error> {
        let Some(file) = self.named(from, root, "CustomTags")? else { return Ok(()) };
        let Some(index) = self.noted(|_| file.tree())? else { return Ok(()) };
        for node in index.root_element().all("CustomTag") {
            let Some(own) = self.named(file.path(), node, "FileLoc")? else { continue };
            let Some(own) = self.noted(|_| own.tree())? else { continue };
            let root = own.root_element();
            let namespace = node.own("NameSpace").or(node.own("TypeID"));
            let namespace = namespace.or(root.tag_name().namespace()).unwrap_or_default();
            document.tags.push(Tagging { namespace: namespace.to_owned(), root: tag(root) });
        }
        Ok(())
    }

    pub(super) fn signatures<'a>(
        &mut self,
        document: &mut Document,
        body: Node<'a, 'a>,
    ) -> Result<(), Error> {
        let Some(file) = self.named("", body, "Signatures")? else { return Ok(()) };
        document.signatures_path = Some(file.path().to_owned());
        self.keep(file.path())?;
        let Some(index) = self.noted(|_| file.tree())? else { return Ok(()) };
        for node in index.root_element().all("Signature") {
            let location = node.own("BaseLoc").unwrap_or_default();
            let Some(own) = self.located(folder(file.path()), location) else {
                self.notes.push(Error::missing(location));
                continue;
            };
            self.keep(&own)?;
            let Some(xml) = self.noted(|reader| reader.archive.xml(&own))? else { continue };
            let Some(signed) = self.noted(|_| xml.tree())? else { continue };
            let mut signature = self.signature(node, &own, signed.root_element());
            let files = [&signature.value, &signature.seal].into_iter().flatten();
            let mut picture = None;
            for file in files {
                self.keep(file)?;
                let found = self.kept.get(file).and_then(|data| seal::picture(data));
                picture = picture.or_else(|| found.map(Bytes::from));
            }
            signature.picture = picture;
            document.signatures.push(signature);
        }
        Ok(())
    }

    fn keep(&mut self, path: &str) -> Result<(), Error> {
        if let Some(data) = self.noted(|reader| reader.archive.read(path))? {
            self.kept.insert(path.to_owned(), data.into());
        }
        Ok(())
    }

    fn signature<'a>(&self, entry: Node<'a, 'a>, path: &str, root: Node<'a, 'a>) -> Signature {
        let info = root.one("SignedInfo").unwrap_or(root);
        let provider = info.one("Provider");
        let provider = provider.and_then(|node| {
            let named = node.own("ProviderName").map(str::to_owned);
            named.or_else(|| node.one("ProviderName").map(|name| name.inner().trim().to_owned()))
        });
        let sign = entry.own("Type").is_some_and(|kind| kind.eq_ignore_ascii_case("Sign"));
        let file = |location: String| self.located(folder(path), &location);
        Signature {
            id: entry.own("ID").unwrap_or_default().to_owned(),
            kind: if sign { SignatureKind::Sign } else { SignatureKind::Seal },
            path: path.to_owned(),
            provider: provider.unwrap_or_default(),
            signed: info.said("SignatureDateTime"),
            stamps: info.all("StampAnnot").map(stamp).collect(),
            seal: info.one("Seal").map(|seal| seal.said("BaseLoc")).and_then(file),
            value: Some(root.said("SignedValue")).filter(|path| !path.is_empty()).and_then(file),
            picture: None,
        }
    }
}

fn stamp<'a>(node: Node<'a, 'a>) -> Stamp {
    Stamp {
        id: node.own("ID").unwrap_or_default().to_owned(),
        page: Id(node.read("PageRef").unwrap_or(0)),
        boundary: rect(node, "Boundary").unwrap_or_default(),
        clip: rect(node, "Clip"),
    }
}

/// Elements within each other are at most as deep as the file may be.
fn tag<'a>(node: Node<'a, 'a>) -> Tag {
    let attributes = node.attributes();
    let objects = node.all("ObjectRef").filter_map(|object| {
        let id = object.inner().trim().parse().ok()?;
        Some(ObjectRef { page: Id(object.read("PageRef").unwrap_or(0)), object: Id(id) })
    });
    let inner = node
        .children()
        .filter(|child| child.is_element() && child.tag_name().name() != "ObjectRef");
    Tag {
        name: node.tag_name().name().to_owned(),
        attributes: attributes.map(|own| (own.name().to_owned(), own.value().to_owned())).collect(),
        text: node.inner().trim().to_owned(),
        objects: objects.collect(),
        tags: inner.map(tag).collect(),
    }
}
