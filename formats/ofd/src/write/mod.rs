//! From a model to a package: the same model, the same bytes.

mod about;
mod check;
mod page;
mod resource;
mod xml;

use crate::error::Error;
use crate::limits::PACKAGE;
use crate::model::{Area, Document, Package, Profile};
use lingnan_package::zip;
use std::collections::BTreeMap;
use xml::{Element, root};
pub(crate) use xml::{factor, length};

/// The package as the bytes of a file.
///
/// # Errors
///
/// When the model says what GB/T 33190 forbids: an id that stands twice, a reference to nothing,
/// a number that is none.
pub fn write(package: &Package) -> Result<Vec<u8>, Error> {
    Ok(zip(&parts(package)?, &PACKAGE)?)
}

/// The package's files by their path, before they are put together: for signing, which digests
/// them one by one.
///
/// # Errors
///
/// As [`write`].
pub fn parts(package: &Package) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    check::package(package)?;
    let mut parts = BTreeMap::new();
    let bodies = package.documents.iter().enumerate().map(|(number, document)| {
        let folder = format!("Doc_{number}");
        Files { folder: &folder, parts: &mut parts }.document(document);
        let signatures = document.signatures_path.as_deref();
        Element::ofd("DocBody")
            .child(about::info(&document.info))
            .child(location("DocRoot", &format!("{folder}/Document.xml")))
            .children(signatures.map(|path| location("Signatures", path)))
    });
    let profile = match package.profile {
        Profile::Ofd => "OFD",
        Profile::OfdA => "OFD-A",
    };
    let ofd = root("OFD").attribute("Version", "1.0").attribute("DocType", profile);
    let ofd = ofd.children(bodies).file();
    parts.insert("OFD.xml".to_owned(), ofd);
    for (path, bytes) in &package.kept {
        if parts.insert(path.clone(), bytes.to_vec()).is_some() {
            return Err(lingnan_package::Error::Twice { path: path.clone() }.into());
        }
    }
    Ok(parts)
}

fn location(name: &str, path: &str) -> Element {
    Element::ofd(name).text(path)
}

/// The files of one document.
struct Files<'a> {
    folder: &'a str,
    parts: &'a mut BTreeMap<String, Vec<u8>>,
}

impl Files<'_> {
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        self.parts.insert(format!("{}/{path}", self.folder), bytes);
    }

    /// Adds the file if there is one and gives the element that names it.
    fn named(&mut self, name: &str, path: &str, file: Option<Element>) -> Option<Element> {
        self.add(path, file?.file());
        Some(location(name, path))
    }

    fn document(&mut self, document: &Document) {
        let common = Element::ofd("CommonData")
            .child(Element::ofd("MaxUnitID").text(&document.max_id.to_string()))
            .child(area(&document.area))
            .children(self.named("PublicRes", "PublicRes.xml", resource::public(document)))
            .children(self.named("DocumentRes", "DocumentRes.xml", resource::own(document)))
            .children(self.templates(document));
        for (path, bytes) in resource::files(document) {
            self.add(&path, bytes.to_vec());
        }
        let pages = Element::ofd("Pages").children(self.pages(document));
        let annotations = self.annotations(document);
        let tags = self.tags(document);
        let attachments = self.attachments(document);
        let whole = root("Document")
            .child(common)
            .child(pages)
            .children(self.named("Annotations", "Annots/Annotations.xml", annotations))
            .children(self.named("CustomTags", "Tags/CustomTags.xml", tags))
            .children(self.named("Attachments", "Attachs/Attachments.xml", attachments));
        self.add("Document.xml", whole.file());
    }

    fn templates(&mut self, document: &Document) -> Vec<Element> {
        let mut elements = Vec::new();
        for (number, template) in document.templates.iter().enumerate() {
            let path = format!("Tpls/Tpl_{number}/Content.xml");
            self.add(&path, page::template(&template.layers).file());
            let element = Element::ofd("TemplatePage")
                .attribute("ID", template.id)
                .maybe("Name", (!template.name.is_empty()).then_some(&template.name))
                .maybe("ZOrder", template.order.map(page::order))
                .attribute("BaseLoc", path);
            elements.push(element);
        }
        elements
    }

    fn pages(&mut self, document: &Document) -> Vec<Element> {
        let mut elements = Vec::new();
        for (number, own) in document.pages.iter().enumerate() {
            let path = format!("Pages/Page_{number}/Content.xml");
            self.add(&path, page::page(own).file());
            elements.push(Element::ofd("Page").attribute("ID", own.id).attribute("BaseLoc", path));
        }
        elements
    }

    fn annotations(&mut self, document: &Document) -> Option<Element> {
        let mut elements = Vec::new();
        for (number, own) in document.pages.iter().enumerate() {
            if own.annotations.is_empty() {
                continue;
            }
            let path = format!("Page_{number}/Annotation.xml");
            self.add(&format!("Annots/{path}"), about::annotations(own).file());
            let element = Element::ofd("Page").attribute("PageID", own.id);
            elements.push(element.child(location("FileLoc", &path)));
        }
        (!elements.is_empty()).then(|| root("Annotations").children(elements))
    }

    fn tags(&mut self, document: &Document) -> Option<Element> {
        let mut elements = Vec::new();
        for (number, tagging) in document.tags.iter().enumerate() {
            let path = format!("Tag_{number}.xml");
            self.add(&format!("Tags/{path}"), about::tagging(tagging).file());
            let element = Element::ofd("CustomTag")
                .attribute("TypeID", &tagging.namespace)
                .attribute("NameSpace", &tagging.namespace);
            elements.push(element.child(location("FileLoc", &path)));
        }
        (!elements.is_empty()).then(|| root("CustomTags").children(elements))
    }

    fn attachments(&mut self, document: &Document) -> Option<Element> {
        let mut elements = Vec::new();
        for (number, attachment) in document.attachments.iter().enumerate() {
            let path = format!("attach_{number}");
            self.add(&format!("Attachs/{path}"), attachment.data.to_vec());
            elements.push(about::attachment(attachment, &path));
        }
        (!elements.is_empty()).then(|| root("Attachments").children(elements))
    }
}

fn area(own: &Area) -> Element {
    page::area("PageArea", own)
}
