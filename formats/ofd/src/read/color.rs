//! Colours of any space as RGB (GB/T 33190-2016 8.3).

use crate::model::{Color, Id};
use crate::xml::{Element, number, numbers};
use roxmltree::Node;
use std::collections::BTreeMap;

/// The colour spaces of a document.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    spaces: BTreeMap<Id, Space>,
    /// The one of colours that name none.
    pub(super) usual: Option<Id>,
}

#[derive(Debug, Clone)]
struct Space {
    kind: Kind,
    palette: Vec<Color>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Gray,
    Rgb,
    Cmyk,
}

impl Spaces {
    pub(super) fn add(&mut self, node: Node<'_, '_>) {
        let kind = match node.attribute("Type").unwrap_or_default().to_uppercase().as_str() {
            "GRAY" => Kind::Gray,
            "CMYK" => Kind::Cmyk,
            _ => Kind::Rgb,
        };
        let palette = node.children().find(|child| child.tag_name().name() == "Palette");
        let values = palette.into_iter().flat_map(|palette| palette.children());
        let values = values.filter_map(|value| value.text());
        let palette = values.map(|value| converted(&parts(value), kind)).collect();
        let id = node.attribute("ID").and_then(|id| id.trim().parse().ok());
        self.spaces.insert(Id(id.unwrap_or(0)), Space { kind, palette });
    }

    /// A colour, a shading's first colour, or nothing that is seen for a pattern.
    pub(super) fn color<'a>(&self, node: Node<'a, 'a>) -> Color {
        let space = node.read("ColorSpace").map(Id).or(self.usual);
        let space = space.and_then(|id| self.spaces.get(&id));
        let indexed = node.read::<usize>("Index");
        let indexed = indexed.and_then(|index| space?.palette.get(index).copied());
        let value = node.own("Value").map(parts);
        let valued = value.map(|value| match (value.len(), space) {
            (1, _) => converted(&value, Kind::Gray),
            (4, _) => converted(&value, Kind::Cmyk),
            (_, space) => converted(&value, space.map_or(Kind::Rgb, |space| space.kind)),
        });
        let shaded = || {
            let segments = node.children().flat_map(|shade| shade.descendants());
            let mut colors = segments.filter(|inner| inner.tag_name().name() == "Color");
            colors.next().map(|inner| self.color(inner))
        };
        let pattern = || node.one("Pattern").map(|_| Color { alpha: 0, ..Color::BLACK });
        let found = valued.or(indexed).or_else(shaded).or_else(pattern).unwrap_or(Color::BLACK);
        let alpha = node.own("Alpha").and_then(number).map(byte);
        Color { alpha: alpha.unwrap_or(found.alpha), ..found }
    }
}

/// Parts of a colour: `255`, `255.0`, or `#FF`.
fn parts(value: &str) -> Vec<f64> {
    let hex = |word: &str| {
        let digits = word.strip_prefix('#')?;
        u8::from_str_radix(digits, 16).ok().map(f64::from)
    };
    if value.contains('#') {
        return value.split_whitespace().filter_map(hex).collect();
    }
    numbers(value)
}

fn converted(parts: &[f64], kind: Kind) -> Color {
    match (kind, parts) {
        (Kind::Gray, [gray, ..]) => Color::rgb(byte(*gray), byte(*gray), byte(*gray)),
        (Kind::Rgb, [red, green, blue, ..]) => Color::rgb(byte(*red), byte(*green), byte(*blue)),
        (Kind::Cmyk, [cyan, magenta, yellow, black, ..]) => {
            let left = |ink: f64| byte((255.0 - ink) * (255.0 - black) / 255.0);
            Color::rgb(left(*cyan), left(*magenta), left(*yellow))
        }
        _ => Color::BLACK,
    }
}

/// The nearest of 0 to 255. A rounded number is written without a point; only `-0` is no byte.
pub(super) fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0).to_string().parse().unwrap_or(0)
}
