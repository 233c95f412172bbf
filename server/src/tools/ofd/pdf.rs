//! PDF for the server, as OFD is shown: pages are drawn, and over each lies its text that can be
//! selected, a line for each line of the overview.

use super::Installed;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lingnan_api::{FontView, Leaf, Overview};
use lingnan_ocr::Picture;
use lingnan_pdf::{Glyph, Page};
use lingnan_xml::escaped_text;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

/// Dots on the longer side of a page: A4 at 150 to an inch.
const DRAWN: u16 = 1_754;
/// Of the size of a character, by which two of a line may stand apart in height.
const LEVEL: f64 = 0.4;
/// From so much of its size between two characters on, a blank lies between them.
const BLANK: f64 = 1.4;

/// A PDF that was read.
pub(super) struct Pdf {
    file: lingnan_pdf::Pdf,
    pages: Vec<Page>,
}

impl Pdf {
    pub(super) fn read(file: Arc<Vec<u8>>) -> Result<Self, String> {
        let file = lingnan_pdf::Pdf::open(file).map_err(|error| error.to_string())?;
        let pages = file.pages().map_err(|error| error.to_string())?;
        Ok(Self { file, pages })
    }

    /// Its pages and their text, as far as `left` characters reach.
    pub(super) fn overview(&self, mut left: usize) -> Overview {
        let mut leaf = |page: &Page| {
            let lines = if left > 0 { lines(page) } else { Vec::new() };
            let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
            let count: usize = lines.iter().map(|line| line.chars().count()).sum();
            left = left.saturating_sub(count);
            Leaf { width: page.width, height: page.height, lines }
        };
        let pages = self.pages.iter().map(&mut leaf).collect();
        Overview {
            pages,
            whole_text: left > 0,
            fonts: self.fonts(),
            notes: Vec::new(),
            signatures: Vec::new(),
            attachments: Vec::new(),
        }
    }

    /// The fonts in which something stands; a file may have others that it does not use.
    fn fonts(&self) -> Vec<FontView> {
        let glyphs = self.pages.iter().flat_map(|page| &page.glyphs);
        let mut names: BTreeSet<&str> = glyphs.map(|glyph| glyph.font.as_str()).collect();
        names.remove("");
        let view =
            |name: &str| FontView { name: name.to_owned(), embedded: !self.file.only_names(name) };
        names.into_iter().map(view).collect()
    }

    /// A page as SVG, counted from 1; none when there is no such page.
    pub(super) fn page(
        &self,
        number: usize,
        fonts: &Arc<Installed>,
    ) -> Result<Option<Vec<u8>>, String> {
        let Some(place) = number.checked_sub(1) else { return Ok(None) };
        let Some(page) = self.pages.get(place) else { return Ok(None) };
        let Some(drawn) = self.file.draw(place, DRAWN, fonts) else { return Ok(None) };
        let picture = Picture::new(usize::from(drawn.width), drawn.dots);
        let picture = picture.and_then(|picture| picture.jpeg(usize::from(DRAWN)));
        let picture = STANDARD.encode(picture.map_err(|error| error.to_string())?);
        let (width, height) = (page.width, page.height);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.2}mm\" \
             height=\"{height:.2}mm\" viewBox=\"0 0 {width:.2} {height:.2}\">\
             <image width=\"{width:.2}\" height=\"{height:.2}\" preserveAspectRatio=\"none\" \
             href=\"data:image/jpeg;base64,{picture}\"/>\
             <g class=\"text\" fill=\"#000\" fill-opacity=\"0\" font-family=\"serif\">"
        );
        for line in lines(page) {
            let turn = line.first().map_or(0.0, |first| run(first).turn);
            let turn =
                if turn == 0.0 { String::new() } else { format!(" transform=\"rotate({turn})\"") };
            let _ = write!(svg, "<text xml:space=\"preserve\"{turn}>");
            for (glyph, after_blank) in spaced(&line) {
                let Run { along, across, .. } = run(glyph);
                let blank = if after_blank { " " } else { "" };
                let (size, text) = (glyph.size, escaped_text(&glyph.text));
                let _ = write!(
                    svg,
                    "{blank}<tspan x=\"{along:.2}\" y=\"{across:.2}\" font-size=\"{size:.2}\">\
                     {text}</tspan>"
                );
            }
            svg += "</text>";
        }
        svg += "</g></svg>\n";
        Ok(Some(svg.into_bytes()))
    }
}

/// Where a character stands as its line runs, which may be up or down a page: tables lie so.
struct Run {
    /// By how many degrees the line is turned clockwise.
    turn: f64,
    /// How far down the lines.
    across: f64,
    /// How far along its own.
    along: f64,
}

fn run(glyph: &Glyph) -> Run {
    let Glyph { x, y, .. } = glyph;
    // There are two zeros, which sort apart.
    let turn = glyph.turn.round() + 0.0;
    let (sin, cos) = turn.to_radians().sin_cos();
    Run { turn, across: y * cos - x * sin, along: x * cos + y * sin }
}

/// The characters of a page, line by line from the top; what is turned comes after.
fn lines(page: &Page) -> Vec<Vec<&Glyph>> {
    let mut glyphs: Vec<&Glyph> = page.glyphs.iter().filter(|one| !one.text.is_empty()).collect();
    glyphs.sort_by(|a, b| {
        let (a, b) = (run(a), run(b));
        let upright_first = a.turn.abs().total_cmp(&b.turn.abs());
        upright_first.then(a.turn.total_cmp(&b.turn)).then(a.across.total_cmp(&b.across))
    });
    let mut lines: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut().filter(|line| on(line, glyph)) {
            Some(line) => line.push(glyph),
            None => lines.push(vec![glyph]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| run(a).along.total_cmp(&run(b).along));
    }
    lines.retain(|line| !text(line).trim().is_empty());
    lines
}

fn on(line: &[&Glyph], glyph: &Glyph) -> bool {
    line.first().is_some_and(|first| {
        let (run, own) = (run(first), run(glyph));
        own.turn.total_cmp(&run.turn).is_eq()
            && (own.across - run.across).abs() < LEVEL * first.size
    })
}

/// Each character, and whether a blank comes before it that the file does not have.
fn spaced<'a>(line: &[&'a Glyph]) -> Vec<(&'a Glyph, bool)> {
    let before = std::iter::once(None).chain(line.iter().map(Some));
    let apart = |before: &Glyph, glyph: &Glyph| {
        let blank = [before, glyph].iter().any(|one| one.text.trim().is_empty());
        !blank && run(glyph).along - run(before).along > BLANK * before.size
    };
    let all = line.iter().zip(before);
    all.map(|(glyph, before)| (*glyph, before.is_some_and(|one| apart(one, glyph)))).collect()
}

fn text(line: &[&Glyph]) -> String {
    let parts = spaced(line);
    let parts =
        parts.iter().flat_map(|(glyph, blank)| [if *blank { " " } else { "" }, &glyph.text]);
    parts.collect()
}
