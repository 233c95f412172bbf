//! Fonts, media and kept styles and drawings, with their files.

use super::page::{color, lines, object};
use super::xml::{Element, length, root};
use crate::model::{Bytes, Charset, Composite, Document, DrawParam, Font, Media, MediaKind};

/// Where resource files stand below the document.
pub(super) const FOLDER: &str = "Res";

/// Fonts: what any page of any document may share.
pub(super) fn public(document: &Document) -> Option<Element> {
    let fonts = Element::ofd("Fonts").children(document.fonts.iter().map(font));
    (!document.fonts.is_empty()).then(|| resources().child(fonts))
}

/// The rest.
pub(super) fn own(document: &Document) -> Option<Element> {
    let Document { draw_params, media, composites, .. } = document;
    let groups = [
        group("DrawParams", draw_params.iter().map(draw_param).collect()),
        group("MultiMedias", media.iter().map(one).collect()),
        group("CompositeGraphicUnits", composites.iter().map(composite).collect()),
    ];
    let groups: Vec<Element> = groups.into_iter().flatten().collect();
    (!groups.is_empty()).then(|| resources().children(groups))
}

/// The files, by their path below the document.
pub(super) fn files(document: &Document) -> Vec<(String, Bytes)> {
    let fonts = document.fonts.iter().filter_map(|font| {
        let data = font.data.as_ref()?;
        Some((format!("{FOLDER}/{}", font_file(font)), data.clone()))
    });
    let media = document.media.iter();
    let media = media.map(|one| (format!("{FOLDER}/{}", media_file(one)), one.data.clone()));
    fonts.chain(media).collect()
}

fn resources() -> Element {
    root("Res").attribute("BaseLoc", FOLDER)
}

fn group(name: &str, members: Vec<Element>) -> Option<Element> {
    (!members.is_empty()).then(|| Element::ofd(name).children(members))
}

fn font(font: &Font) -> Element {
    let charset = match font.charset {
        Charset::Unicode => None,
        Charset::Symbol => Some("symbol"),
        Charset::Prc => Some("prc"),
        Charset::Big5 => Some("big5"),
        Charset::ShiftJis => Some("shift-jis"),
        Charset::Wansung => Some("wansung"),
        Charset::Johab => Some("johab"),
    };
    let file = font.data.as_ref().map(|_| Element::ofd("FontFile").text(&font_file(font)));
    Element::ofd("Font")
        .attribute("ID", font.id)
        .attribute("FontName", &font.name)
        .maybe("FamilyName", (!font.family.is_empty()).then_some(&font.family))
        .maybe("Charset", charset)
        .unless(false, "Italic", font.italic)
        .unless(false, "Bold", font.bold)
        .unless(false, "Serif", font.serif)
        .unless(false, "FixedWidth", font.fixed_width)
        .children(file)
}

/// OpenType with PostScript outlines begins with `OTTO`.
fn font_file(font: &Font) -> String {
    let is_otf = font.data.as_ref().is_some_and(|data| data.starts_with(b"OTTO"));
    format!("font_{}.{}", font.id, if is_otf { "otf" } else { "ttf" })
}

fn one(media: &Media) -> Element {
    let kind = match media.kind {
        MediaKind::Image => "Image",
        MediaKind::Audio => "Audio",
        MediaKind::Video => "Video",
    };
    Element::ofd("MultiMedia")
        .attribute("ID", media.id)
        .attribute("Type", kind)
        .maybe("Format", (!media.format.is_empty()).then_some(&media.format))
        .child(Element::ofd("MediaFile").text(&media_file(media)))
}

fn media_file(media: &Media) -> String {
    let ending: String = media.format.chars().filter(char::is_ascii_alphanumeric).collect();
    let ending = if ending.is_empty() { "bin".to_owned() } else { ending.to_lowercase() };
    format!("media_{}.{ending}", media.id)
}

fn draw_param(param: &DrawParam) -> Element {
    let element =
        Element::ofd("DrawParam").attribute("ID", param.id).maybe("Relative", param.relative);
    lines(element, &param.style)
        .children(color("FillColor", param.style.fill))
        .children(color("StrokeColor", param.style.stroke))
}

fn composite(composite: &Composite) -> Element {
    let content = Element::ofd("Content").children(composite.objects.iter().map(object));
    Element::ofd("CompositeGraphicUnit")
        .attribute("ID", composite.id)
        .attribute("Width", length(composite.width))
        .attribute("Height", length(composite.height))
        .child(content)
}
