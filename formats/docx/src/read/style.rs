//! Styles with what they are based on (`styles.xml`), and the fonts of the theme.

use super::look::{self, Theme};
use super::package::Texts;
use crate::error::Error;
use crate::limits::STYLES_DEEP_MAX;
use crate::model::{Form, Look};
use crate::xml::Element;
use roxmltree::Node;
use std::collections::BTreeMap;

/// All styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    pub(super) theme: Theme,
    /// What holds where no style says otherwise.
    pub(super) form: Form,
    pub(super) look: Look,
    all: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

#[derive(Default)]
struct Style {
    base: Option<String>,
    link: Option<String>,
    form: Form,
    look: Look,
    number: Option<(i64, Option<i64>)>,
}

/// A style with everything it is based on.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolved {
    pub(super) form: Form,
    pub(super) look: Look,
    /// Its list, with the level in it if that is said, and the style that says so.
    pub(super) number: Option<(i64, Option<i64>, String)>,
}

impl Styles {
    pub(super) fn read(texts: &Texts) -> Result<Self, Error> {
        let theme = match texts.parts.get("theme") {
            Some(xml) => theme(xml.tree()?.root_element()),
            None => Theme::new(),
        };
        let mut styles = Self { theme, ..Self::default() };
        let Some(xml) = texts.parts.get("styles") else { return Ok(styles) };
        let tree = xml.tree()?;
        let root = tree.root_element();
        if let Some(defaults) = root.one("docDefaults") {
            let inner = |outer: &str, name: &str| defaults.one(outer)?.one(name);
            let look = inner("rPrDefault", "rPr").map(|node| look::look(node, &styles.theme));
            styles.look = look.unwrap_or_default();
            styles.form = inner("pPrDefault", "pPr").map(look::form).unwrap_or_default();
        }
        for node in root.all("style") {
            let Some(id) = node.own("styleId") else { continue };
            let usual = matches!(node.own("default"), Some("1" | "true" | "on"));
            if usual && node.own("type") == Some("paragraph") {
                styles.usual = Some(id.to_owned());
            }
            let style = style(node, &styles.theme);
            styles.all.insert(id.to_owned(), style);
        }
        Ok(styles)
    }

    /// The style of a paragraph: the one it names, or the usual one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Resolved {
        let known = id.filter(|id| self.all.contains_key(*id)).or(self.usual.as_deref());
        let mut resolved = known.map(|id| self.resolve(id, true)).unwrap_or_default();
        resolved.form = resolved.form.over(&self.form);
        resolved.look = resolved.look.over(&self.look);
        resolved
    }

    /// The style of characters. One that is linked to a heading's makes a heading within the
    /// line.
    pub(super) fn characters(&self, id: &str) -> Look {
        let mut look = self.resolve(id, false).look;
        let linked = self.all.get(id).and_then(|style| style.link.as_deref());
        look.heading = linked.and_then(|linked| self.resolve(linked, true).form.heading);
        look
    }

    fn resolve(&self, id: &str, with_number: bool) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = Some(id);
        for _ in 0..STYLES_DEEP_MAX {
            let Some((name, style)) = next.and_then(|id| Some((id, self.all.get(id)?))) else {
                break;
            };
            resolved.form = resolved.form.over(&style.form);
            resolved.look = resolved.look.over(&style.look);
            if with_number && resolved.number.is_none() {
                let number = style.number.map(|(list, level)| (list, level, name.to_owned()));
                resolved.number = number;
            }
            next = style.base.as_deref();
        }
        resolved
    }

    /// The list that a style of lists stands for.
    pub(super) fn list(&self, id: &str) -> Option<i64> {
        Some(self.all.get(id)?.number?.0)
    }
}

fn style(node: Node<'_, '_>, theme: &Theme) -> Style {
    let paragraph = node.one("pPr");
    let mut form = paragraph.map(look::form).unwrap_or_default();
    form.heading = form.heading.or_else(|| heading(node.value("name")?));
    Style {
        base: node.value("basedOn").map(str::to_owned),
        link: node.value("link").map(str::to_owned),
        form,
        look: node.one("rPr").map(|node| look::look(node, theme)).unwrap_or_default(),
        number: paragraph.and_then(|paragraph| number(paragraph.one("numPr")?)),
    }
}

/// `heading 2` or 标题 2.
fn heading(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    level.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// `w:numPr`: its list and the level in it.
pub(super) fn number(node: Node<'_, '_>) -> Option<(i64, Option<i64>)> {
    let level = node.one("ilvl").and_then(|level| level.number("val"));
    Some((node.one("numId")?.number("val")?, level))
}

/// The theme's fonts: for Chinese those of the script when none is named outright.
fn theme(root: Node<'_, '_>) -> Theme {
    let mut fonts = Theme::new();
    for node in root.descendants() {
        let kind = match node.local() {
            "majorFont" => "major",
            "minorFont" => "minor",
            _ => continue,
        };
        let face = |name: &str| node.one(name).and_then(|font| font.own("typeface"));
        let mut scripts = node.all("font").filter(|font| font.own("script") == Some("Hans"));
        let east = face("ea").or_else(|| scripts.next().and_then(|font| font.own("typeface")));
        if let Some(east) = east {
            fonts.insert(format!("{kind}EastAsia"), east.to_owned());
        }
        if let Some(latin) = face("latin") {
            fonts.insert(format!("{kind}HAnsi"), latin.to_owned());
            fonts.insert(format!("{kind}Ascii"), latin.to_owned());
        }
    }
    fonts
}
