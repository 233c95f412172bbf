//! 5: paper, margins, lines and characters.

use super::OFF;
use super::anatomy::Anatomy;
use super::faces::{Face, is, shown};
use super::line::{Line, median};
use super::row::{Row, What};
use super::sheet::is_red;
use crate::figures::{
    CHARACTER, CHARACTERS, HEIGHT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, SIZE_3, TOP, WIDTH,
};

pub(super) fn rows(found: &Anatomy) -> Vec<Row> {
    let body = &found.body;
    let paper = found.pages.iter().map(|(width, height)| {
        let off = (width - PAGE_WIDTH).abs().max((height - PAGE_HEIGHT).abs());
        (format!("{width:.1}×{height:.1} mm"), off <= OFF)
    });
    let worst = paper.min_by_key(|(_, holds)| *holds);
    let some = |value: f64| (!body.is_empty()).then_some(value);
    let flush = body.iter().chain(&found.recipients).chain(&found.copy_number);
    let left = flush.filter_map(|line| line.begins_by(LEFT)).fold(f64::INFINITY, f64::min);
    // Where every line begins a paragraph, none tells the margin.
    let indented = (LEFT + 10.0..LEFT + 12.0).contains(&left);
    let margin = some(left).filter(|_| !indented);
    let from = margin.unwrap_or(LEFT);
    let right = body.iter().filter_map(|line| line.ends_by(from + WIDTH)).fold(0.0, f64::max);
    // Lines that end where their paragraph does tell the width only when they overrun it.
    let broken = body.iter().any(|line| line.left < from + CHARACTER);
    let full = right - from > if broken { WIDTH * 0.8 } else { WIDTH };
    let bottom = body.iter().map(Line::bottom).fold(0.0, f64::max);
    let fonts = body.first().map(|_| {
        let of = |line: &&Line| is(line.font(), Face::FangSong);
        let own = body.iter().filter(of).count();
        // Headings are in other faces, some lines in that of a rare character.
        let meets = own * 2 >= body.len();
        let name = body.iter().find(|line| of(line) == meets).map(Line::font);
        (shown(name.unwrap_or_default()), meets)
    });
    let colors = body.first().map(|_| {
        let red = body.iter().any(|line| is_red(line.color()));
        (if red { "有红色" } else { "黑色" }.to_owned(), !red)
    });
    vec![
        What("5.1", "幅面").holds("210×297 mm", worst),
        What("5.2.1", "天头").length(TOP, 1.0, top(found)),
        What("5.2.1", "订口").length(LEFT, 1.0, margin),
        What("5.2.1", "版心宽").length(WIDTH, OFF, some(right - from).filter(|_| full)),
        What("5.2.1", "版心高").holds(
            "正文不越过版心下边缘（262 mm）",
            some(bottom).map(|bottom| (format!("{bottom:.2} mm"), bottom <= TOP + HEIGHT + OFF)),
        ),
        What("5.2.2", "正文字号").size(SIZE_3, median(body.iter().map(Line::points))),
        What("5.2.2", "正文字体").holds("仿宋", fonts),
        What("5.2.3", "每面行数").holds(
            "一般22行（行距10.23 mm），特定情况可适当调整",
            pitch(body).map(|pitch| {
                let lines = HEIGHT / pitch;
                let text = format!("{lines:.1}行（行距{pitch:.2} mm）");
                (text, (18.95..=25.05).contains(&lines))
            }),
        ),
        What("5.2.3", "每行字数").holds(
            "28字（字距5.57 mm）",
            advance(body).map(|step| {
                let text = format!("{:.1}字（字距{step:.2} mm）", WIDTH / step);
                (text, (step - CHARACTER).abs() <= CHARACTER / CHARACTERS / 2.0)
            }),
        ),
        What("5.2.4", "文字颜色").holds("黑色", colors),
    ]
}

/// Where text begins on pages without a mark.
fn top(found: &Anatomy) -> Option<f64> {
    let later = found.body.iter().filter(|line| line.page > 1).map(Line::top);
    let top = later.fold(f64::INFINITY, f64::min);
    let head = found.copy_number.as_ref().or(found.urgency.as_ref()).map(Line::top);
    if top.is_finite() { Some(top) } else { head }
}

/// From one line of the text to the next.
fn pitch(body: &[Line]) -> Option<f64> {
    let pairs = body.iter().zip(body.iter().skip(1));
    let steps = pairs.filter(|(a, b)| a.page == b.page).map(|(a, b)| b.baseline - a.baseline);
    median(steps.filter(|step| (5.0..16.0).contains(step)))
}

/// From one Chinese character of the text to the next.
fn advance(body: &[Line]) -> Option<f64> {
    let han = |text: &str| text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let steps = body.iter().flat_map(|line| line.glyphs.iter().zip(line.glyphs.iter().skip(1)));
    let steps = steps.filter(|(a, b)| han(&a.text) && han(&b.text)).map(|(a, b)| b.x - a.x);
    median(steps)
}
