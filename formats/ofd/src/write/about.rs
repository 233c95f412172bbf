//! Information, annotations, attachments and tags.

use super::page::{boundary, object};
use super::xml::{Element, root};
use crate::model::{Annotation, AnnotationKind, Attachment, Info, Page, Tag, Tagging};

pub(super) fn info(info: &Info) -> Element {
    let said =
        |name: &str, value: &str| (!value.is_empty()).then(|| Element::ofd(name).text(value));
    let keywords = info.keywords.iter().map(|word| Element::ofd("Keyword").text(word));
    let keywords = Element::ofd("Keywords").children(keywords);
    let custom = info.custom.iter();
    let custom =
        custom.map(|(name, value)| Element::ofd("CustomData").attribute("Name", name).text(value));
    let custom = Element::ofd("CustomDatas").children(custom);
    Element::ofd("DocInfo")
        .child(Element::ofd("DocID").text(&info.id))
        .children(said("Title", &info.title))
        .children(said("Author", &info.author))
        .children(said("Subject", &info.subject))
        .children(said("Abstract", &info.summary))
        .children(said("CreationDate", &info.created))
        .children(said("ModDate", &info.modified))
        .children(said("DocUsage", &info.usage))
        .children((!info.keywords.is_empty()).then_some(keywords))
        .children(said("Creator", &info.creator))
        .children(said("CreatorVersion", &info.creator_version))
        .children((!info.custom.is_empty()).then_some(custom))
}

pub(super) fn annotations(page: &Page) -> Element {
    root("PageAnnot").children(page.annotations.iter().map(annotation))
}

fn annotation(annotation: &Annotation) -> Element {
    let kind = match annotation.kind {
        AnnotationKind::Link => "Link",
        AnnotationKind::Path => "Path",
        AnnotationKind::Highlight => "Highlight",
        AnnotationKind::Stamp => "Stamp",
        AnnotationKind::Watermark => "Watermark",
    };
    let parameters = annotation.parameters.iter();
    let parameters = parameters
        .map(|(name, value)| Element::ofd("Parameter").attribute("Name", name).text(value));
    let parameters = Element::ofd("Parameters").children(parameters);
    let remark =
        (!annotation.remark.is_empty()).then(|| Element::ofd("Remark").text(&annotation.remark));
    let appearance = Element::ofd("Appearance")
        .maybe("Boundary", annotation.boundary.map(boundary))
        .children(annotation.objects.iter().map(object));
    Element::ofd("Annot")
        .attribute("ID", annotation.id)
        .attribute("Type", kind)
        .attribute("Creator", &annotation.creator)
        .attribute("LastModDate", &annotation.modified)
        .unless(true, "Visible", annotation.visible)
        .maybe("Subtype", (!annotation.subtype.is_empty()).then_some(&annotation.subtype))
        .unless(true, "Print", annotation.print)
        .unless(false, "NoZoom", annotation.no_zoom)
        .unless(false, "NoRotate", annotation.no_rotate)
        .unless(true, "ReadOnly", annotation.read_only)
        .children(remark)
        .children((!annotation.parameters.is_empty()).then_some(parameters))
        .child(appearance)
}

pub(super) fn attachment(attachment: &Attachment, file: &str) -> Element {
    let said = |value: &str| (!value.is_empty()).then(|| value.to_owned());
    Element::ofd("Attachment")
        .attribute("ID", &attachment.id)
        .attribute("Name", &attachment.name)
        .maybe("Format", said(&attachment.format))
        .maybe("CreationDate", said(&attachment.created))
        .maybe("ModDate", said(&attachment.modified))
        .attribute("Size", kilobytes(attachment.data.len()))
        .unless(true, "Visible", attachment.visible)
        .unless("none", "Usage", &attachment.usage)
        .child(Element::ofd("FileLoc").text(file))
}

/// The schema has the size in units of 1024 bytes.
fn kilobytes(bytes: usize) -> String {
    let bytes = u32::try_from(bytes).map_or(f64::from(u32::MAX), f64::from);
    super::xml::length(bytes / 1024.0)
}

pub(super) fn tagging(tagging: &Tagging) -> Element {
    tag(&tagging.root, |element| {
        element.attribute("xmlns", &tagging.namespace).attribute("xmlns:ofd", crate::OFD)
    })
}

fn tag(own: &Tag, declared: impl Fn(Element) -> Element) -> Element {
    let element = declared(Element::named(&own.name));
    let element = own
        .attributes
        .iter()
        .fold(element, |element, (name, value)| element.attribute(name, value));
    let objects = own.objects.iter().map(|object| {
        Element::ofd("ObjectRef").attribute("PageRef", object.page).text(&object.object.to_string())
    });
    element
        .text(&own.text)
        .children(objects)
        .children(own.tags.iter().map(|inner| tag(inner, std::convert::identity)))
}
