//! Pages: `w:sectPr` with its heads and feet.

use crate::model::{Margins, Section};
use crate::xml::Element;
use roxmltree::Node;

/// Which pages a head or foot is for, and which of the two it is.
pub(super) struct Reference<'a> {
    pub(super) foot: bool,
    pub(super) pages: &'a str,
    pub(super) id: &'a str,
}

/// The heads and feet that a section names.
pub(super) fn references<'a>(node: Node<'a, 'a>) -> Vec<Reference<'a>> {
    let all = node.children().filter_map(|child| {
        let foot = match child.local() {
            "footerReference" => true,
            "headerReference" => false,
            _ => return None,
        };
        let pages = child.own("type").unwrap_or("default");
        Some(Reference { foot, pages, id: child.reference("id")? })
    });
    all.collect()
}

/// A section; heads and feet that it does not name are those of the one before it
/// (ISO/IEC 29500-1 17.10.5).
pub(super) fn section(node: Node<'_, '_>, before: Option<&Section>, even: bool) -> Section {
    let usual = Section::default();
    let (size, margins, grid) = (node.one("pgSz"), node.one("pgMar"), node.one("docGrid"));
    let of = |child: Option<Node<'_, '_>>, name: &str| child.and_then(|child| child.number(name));
    let [top, right, bottom, left] = usual.margins;
    let lined = grid.filter(|grid| !matches!(grid.own("type"), None | Some("default")));
    let kept = |of: fn(&Section) -> &Margins| before.map(of).cloned().unwrap_or_default();
    Section {
        width: of(size, "w").unwrap_or(usual.width),
        height: of(size, "h").unwrap_or(usual.height),
        margins: [
            of(margins, "top").unwrap_or(top).saturating_abs(),
            of(margins, "right").unwrap_or(right),
            of(margins, "bottom").unwrap_or(bottom).saturating_abs(),
            of(margins, "left").unwrap_or(left).saturating_add(of(margins, "gutter").unwrap_or(0)),
        ],
        head_distance: of(margins, "header").unwrap_or(usual.head_distance),
        foot_distance: of(margins, "footer").unwrap_or(usual.foot_distance),
        line_pitch: of(lined, "linePitch"),
        character_space: of(lined, "charSpace"),
        own_first: node.switch("titlePg").unwrap_or(false),
        odd: kept(|section| &section.odd),
        even: even.then(|| before.and_then(|section| section.even.clone()).unwrap_or_default()),
        first: kept(|section| &section.first),
    }
}
