//! 5: paper, margins, lines and characters.

use super::anatomy::Anatomy;
use super::row::{What, millimetres, whole};
use lingnan_docx::model::Pitch;
use lingnan_gongwen::check::{Face, Row, is_face};
use lingnan_gongwen::figures::{
    CHARACTER, CHARACTERS, HEIGHT, LEFT, LINES, PAGE_HEIGHT, PAGE_WIDTH, POINT, SIZE_3, TOP, WIDTH,
};

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let section = found.sections.first();
    let paper = section.map(|section| {
        let (width, height) = (millimetres(section.width), millimetres(section.height));
        let off = (width - PAGE_WIDTH).abs().max((height - PAGE_HEIGHT).abs());
        (format!("{width:.1}×{height:.1} mm"), off <= 0.5)
    });
    let margin = |at: usize| section.and_then(|section| section.margins.get(at).copied());
    let area =
        |paper: Option<i64>, one: usize, other: usize| Some(paper? - margin(one)? - margin(other)?);
    let height = area(section.map(|section| section.height), 0, 2);
    let width = area(section.map(|section| section.width), 1, 3);
    let fonts = found.most(|look| look.font.clone());
    let fonts = (!found.body.is_empty()).then(|| fonts.unwrap_or_else(|| "未指定".to_owned()));
    let colors = (!found.body.is_empty()).then(|| {
        let looks = found.body.iter().flat_map(|line| &line.runs);
        let colored = looks
            .filter(|(text, _)| !text.trim().is_empty())
            .find(|(_, look)| look.color.is_some_and(|color| color != [0, 0, 0]));
        match colored {
            None => ("黑色".to_owned(), true),
            Some((text, _)) => {
                let start: String = text.trim().chars().take(8).collect();
                (format!("“{start}”不是黑色"), false)
            }
        }
    });
    vec![
        What("5.1", "幅面").holds("210×297 mm", paper),
        What("5.2.1", "天头（页边距上）").length(TOP, 1.0, margin(0)),
        What("5.2.1", "订口（页边距左）").length(LEFT, 1.0, margin(3)),
        What("5.2.1", "版心宽").length(WIDTH, 1.0, width),
        What("5.2.1", "版心高").length(HEIGHT, 1.0, height),
        What("5.2.2", "正文字号").size(SIZE_3, found.most(|look| look.size)),
        What("5.2.2", "正文字体").holds(
            "仿宋",
            fonts.map(|font| {
                let holds = is_face(&font, Face::FangSong);
                (font, holds)
            }),
        ),
        lines(found),
        characters(found),
        What("5.2.4", "文字颜色").holds("黑色", colors),
    ]
}

/// Lines of a page by an exact pitch, or else by the grid.
fn lines(found: &Anatomy) -> Row {
    let what = What("5.2.3", "每面行数");
    let required = "一般22行（行距约29磅），特定情况可适当调整";
    let mut pitches = std::collections::BTreeMap::new();
    for line in &found.body {
        let exact = match line.form.pitch {
            Some(Pitch::Exactly(pitch)) => Some(pitch),
            _ if line.form.on_grid == Some(false) => None,
            _ => found.sections.first().and_then(|section| section.line_pitch),
        };
        *pitches.entry(exact).or_insert(0_usize) += line.text.chars().count();
    }
    match pitches.into_iter().max_by_key(|(_, count)| *count) {
        None => what.holds(required, None),
        Some((None | Some(0), _)) => what.open(required),
        Some((Some(pitch), _)) => {
            let lines = HEIGHT / millimetres(pitch);
            let text = format!("{lines:.1}行（行距{:.1}磅）", whole(pitch) / 20.0);
            what.holds(required, Some((text, (lines - LINES).abs() <= 3.05)))
        }
    }
}

/// Characters of a line by the grid, or else by the size: without a grid Word fills the line.
fn characters(found: &Anatomy) -> Row {
    let what = What("5.2.3", "每行字数");
    let size = found.most(|look| look.size);
    let on_grid = found.most(|look| look.on_grid) != Some(false);
    let section = found.sections.first().filter(|_| on_grid);
    let space = section.and_then(|section| section.character_space);
    let spacing = whole(found.most(|look| look.spacing).unwrap_or(0)) / 20.0;
    let space = whole(space.unwrap_or(0)) / 4096.0;
    let step = size.map(|size| (whole(size) / 2.0 + space + spacing) * POINT);
    let width = found.sections.first().map(|section| {
        let [_, right, _, left] = section.margins;
        millimetres(section.width - left - right)
    });
    let counted = step.zip(width).map(|(step, width)| {
        // A character that gives up the last hundredths is set closer, not put on the next line.
        let count = (width / step + 0.45).floor();
        (format!("{count:.0}字（字距{step:.2} mm）"), (count - CHARACTERS).abs() < 0.5)
    });
    let required = format!("28字（字距{CHARACTER:.2} mm）");
    what.holds(&required, counted)
}
