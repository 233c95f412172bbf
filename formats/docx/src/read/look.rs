//! How characters and paragraphs are set: `w:rPr` and `w:pPr`.

use crate::model::{Align, Form, Indent, Look, Pitch, Rule, RuleKind, Tab};
use crate::xml::Element;
use roxmltree::Node;
use std::collections::BTreeMap;

/// The fonts of a theme by the names that styles call them.
pub(super) type Theme = BTreeMap<String, String>;

/// `w:rPr`.
pub(super) fn look(node: Node<'_, '_>, theme: &Theme) -> Look {
    let fonts = node.one("rFonts");
    let font = |direct: &str, themed: &str| {
        let by_theme = fonts?.own(themed).and_then(|name| theme.get(name)).cloned();
        by_theme.or_else(|| fonts?.own(direct).map(str::to_owned))
    };
    let underline = node.one("u").map(|u| !matches!(u.own("val"), None | Some("none")));
    Look {
        font: font("eastAsia", "eastAsiaTheme"),
        latin: font("ascii", "asciiTheme"),
        size: node.one("sz").and_then(|size| size.number("val")),
        color: node.value("color").and_then(color),
        bold: node.switch("b"),
        italic: node.switch("i"),
        underline,
        on_grid: node.switch("snapToGrid"),
        spacing: node.one("spacing").and_then(|spacing| spacing.number("val")),
        heading: None,
    }
}

/// Black when the colour is left to the reader.
pub(super) fn color(text: &str) -> Option<[u8; 3]> {
    if text == "auto" {
        return Some([0, 0, 0]);
    }
    let part = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// `w:pPr`, without what its style says.
pub(super) fn form(node: Node<'_, '_>) -> Form {
    let indent = node.one("ind");
    let of = |names: [&str; 4]| {
        let [twips, also, characters, and] = names;
        let hundredths = indent?.number(characters).or_else(|| indent?.number(and));
        let twips = || indent?.number(twips).or_else(|| indent?.number(also));
        hundredths
            .filter(|hundredths| *hundredths != 0)
            .map(Indent::Characters)
            .or_else(|| twips().map(Indent::Twips))
    };
    let hanging = of(["hanging", "hanging", "hangingChars", "hangingChars"]).map(|one| match one {
        Indent::Twips(twips) => Indent::Twips(twips.saturating_neg()),
        Indent::Characters(count) => Indent::Characters(count.saturating_neg()),
    });
    let spacing = node.one("spacing");
    let borders = node.one("pBdr");
    let tabs = node.one("tabs").into_iter().flat_map(|tabs| tabs.all("tab"));
    Form {
        align: node.value("jc").and_then(align),
        heading: node.one("outlineLvl").and_then(|level| outline(level.number("val")?)),
        left: of(["left", "start", "leftChars", "startChars"]),
        right: of(["right", "end", "rightChars", "endChars"]),
        first: hanging
            .or_else(|| of(["firstLine", "firstLine", "firstLineChars", "firstLineChars"])),
        before: spacing.and_then(|spacing| spacing.number("before")),
        after: spacing.and_then(|spacing| spacing.number("after")),
        pitch: spacing.and_then(pitch),
        new_page: node.switch("pageBreakBefore"),
        keep_next: node.switch("keepNext"),
        keep_lines: node.switch("keepLines"),
        above: borders.and_then(|borders| rule(borders, "top")),
        below: borders.and_then(|borders| rule(borders, "bottom")),
        auto_space: node.switch("autoSpaceDN"),
        hangs: node.switch("overflowPunct"),
        on_grid: node.switch("snapToGrid"),
        tabs: tabs
            .filter_map(|tab| {
                let align = align(tab.own("val")?).unwrap_or(Align::Left);
                Some(Tab { at: tab.number("pos")?, align })
            })
            .collect(),
    }
}

fn pitch(spacing: Node<'_, '_>) -> Option<Pitch> {
    let line = spacing.number("line")?;
    Some(match spacing.own("lineRule") {
        Some("exact") => Pitch::Exactly(line),
        Some("atLeast") => Pitch::AtLeast(line),
        _ => Pitch::Lines(line),
    })
}

fn align(name: &str) -> Option<Align> {
    Some(match name {
        "left" | "start" => Align::Left,
        "center" => Align::Center,
        "right" | "end" => Align::Right,
        "both" => Align::Both,
        "distribute" => Align::Spread,
        _ => return None,
    })
}

fn outline(level: i64) -> Option<u8> {
    u8::try_from(level).ok().filter(|level| *level < 9).map(|level| level + 1)
}

/// A line along an edge, if one is drawn.
pub(super) fn rule(borders: Node<'_, '_>, edge: &str) -> Option<Rule> {
    let border = borders.one(edge)?;
    let kind = match border.own("val")? {
        "none" | "nil" => return None,
        "single" => RuleKind::Single,
        "thickThinSmallGap" => RuleKind::ThickThin,
        "thinThickSmallGap" => RuleKind::ThinThick,
        _ => RuleKind::Other,
    };
    Some(Rule {
        thickness: border.number("sz").unwrap_or(4),
        gap: border.number("space").unwrap_or(0),
        color: border.own("color").and_then(color).unwrap_or_default(),
        kind,
    })
}

impl Look {
    /// What this one says, and where it says nothing, the other.
    pub(super) fn over(&self, base: &Self) -> Self {
        let one = self.clone();
        Self {
            font: one.font.or_else(|| base.font.clone()),
            latin: one.latin.or_else(|| base.latin.clone()),
            size: one.size.or(base.size),
            color: one.color.or(base.color),
            bold: one.bold.or(base.bold),
            italic: one.italic.or(base.italic),
            underline: one.underline.or(base.underline),
            on_grid: one.on_grid.or(base.on_grid),
            spacing: one.spacing.or(base.spacing),
            heading: one.heading.or(base.heading),
        }
    }
}

impl Form {
    /// What this one says, and where it says nothing, the other.
    pub(super) fn over(&self, base: &Self) -> Self {
        let one = self.clone();
        let tabs = if one.tabs.is_empty() { base.tabs.clone() } else { one.tabs };
        Self {
            align: one.align.or(base.align),
            heading: one.heading.or(base.heading),
            left: one.left.or(base.left),
            right: one.right.or(base.right),
            first: one.first.or(base.first),
            before: one.before.or(base.before),
            after: one.after.or(base.after),
            pitch: one.pitch.or(base.pitch),
            new_page: one.new_page.or(base.new_page),
            keep_next: one.keep_next.or(base.keep_next),
            keep_lines: one.keep_lines.or(base.keep_lines),
            above: one.above.or(base.above),
            below: one.below.or(base.below),
            auto_space: one.auto_space.or(base.auto_space),
            hangs: one.hangs.or(base.hangs),
            on_grid: one.on_grid.or(base.on_grid),
            tabs,
        }
    }
}
