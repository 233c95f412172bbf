//! Pages of a packet for people: 处理单 and 定稿, as HTML that needs nothing from outside.

use super::escaped;
use crate::reading::{Event, Opinion, Reading};
use lingnan_api::Attachment;
use lingnan_journal::Label;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = "body{font:16px/1.7 FangSong,STFangsong,serif;max-width:46em;margin:2em auto;\
    padding:0 1em}h1{font:bold 22px SimSun,serif;text-align:center}h2{font-size:17px}\
    table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.3em .6em;\
    text-align:left;vertical-align:top}th{white-space:nowrap}p.text{text-indent:2em;margin:0}\
    td p.text{text-indent:0}p.picture{text-align:center}img{max-width:100%}";

/// 处理单: what it is, opinions in order of rank, the course in order of time.
pub(super) fn sheet(reading: &Reading, about: &[(&str, String)]) -> String {
    let name = if reading.process.is_some() { "办理单" } else { "文件处理单" };
    let mut out = opened(&format!("{name}：{}", reading.title), name);
    let _ = write!(out, "<table>");
    for (what, value) in about.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, "<tr><th>{what}</th><td>{}</td></tr>", escaped(value));
    }
    let _ = write!(
        out,
        "</table>\n<h2>意见（按职务）</h2>\n<table><tr><th>环节</th><th>意见</th><th>署名</th>\
         <th>时间</th></tr>\n"
    );
    reading.by_rank().into_iter().for_each(|opinion| write_opinion(&mut out, opinion));
    let _ = write!(
        out,
        "</table>\n<h2>办理经过（按时间）</h2>\n<table><tr><th>时间</th><th>事项</th>\
         <th>办理人</th></tr>\n"
    );
    for Event { time, what, more, label } in &reading.events {
        let more = if more.is_empty() { String::new() } else { format!("：{}", escaped(more)) };
        let _ = writeln!(
            out,
            "<tr><td>{time}</td><td>{what}{more}</td><td>{}</td></tr>",
            escaped(&who(label))
        );
    }
    closed(out, "</table>")
}

/// 定稿 as it reads: the text of a document, or what a form holds.
pub(super) fn final_text(reading: &Reading) -> String {
    let mut out = opened(&reading.title, &reading.title);
    if let Some(body) = &reading.body {
        let pictures = (1..).zip(reading.pictures_shown());
        let paths = pictures.map(|(place, file)| (file.digest.as_str(), picture_path(place, file)));
        blocks(&mut out, body, &paths.collect());
    }
    if !reading.values.is_empty() {
        out.push_str("<table>");
        for (name, value) in &reading.values {
            let value = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let _ =
                writeln!(out, "<tr><th>{}</th><td>{}</td></tr>", escaped(name), escaped(&value));
        }
        out.push_str("</table>");
    }
    closed(out, "")
}

/// Where a picture of the text lies, from beside the text.
pub(super) fn picture_path(place: usize, file: &Attachment) -> String {
    let ending = if file.media == "image/png" { "png" } else { "jpg" };
    format!("pictures/{place:03}.{ending}")
}

/// A picture, and what it shows in words: who has only the page knows what was there.
fn picture(out: &mut String, block: &Value, paths: &BTreeMap<&str, String>) {
    let attribute = |name: &str| block.get("attrs").and_then(|attrs| attrs.get(name));
    let words = |name: &str| attribute(name).and_then(Value::as_str).unwrap_or_default();
    let path = paths.get(words("digest")).map_or("", String::as_str);
    let width = attribute("width_mm").and_then(Value::as_u64).unwrap_or(156);
    let said = escaped(words("description"));
    let _ = writeln!(
        out,
        "<p class=\"picture\"><img src=\"{path}\" alt=\"{said}\" \
         style=\"width:{width}mm\"><br>〔图：{said}〕</p>"
    );
}

fn write_opinion(out: &mut String, opinion: &Opinion) {
    let Opinion { step, text, ink, version, label, time, .. } = opinion;
    let ink = ink.as_ref().map(drawn).unwrap_or_default();
    let seen = if *version > 0 { format!("（所见第{version}稿）") } else { String::new() };
    let _ = writeln!(
        out,
        "<tr><td>{}</td><td>{}{seen}{ink}</td><td>{}</td><td>{time}</td></tr>",
        escaped(step),
        escaped(text),
        escaped(&who(label))
    );
}

/// 手写, stroke by stroke.
fn drawn(ink: &Value) -> String {
    let side = |name: &str| ink.get(name).and_then(Value::as_u64).unwrap_or(1);
    let (width, height) = (side("width"), side("height"));
    let mut out = format!(
        "<br><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" fill=\"none\" \
         stroke=\"#000\" stroke-width=\"3\" stroke-linecap=\"round\">"
    );
    for stroke in ink.get("strokes").and_then(Value::as_array).into_iter().flatten() {
        let points: Vec<String> =
            stroke.as_array().into_iter().flatten().map(Value::to_string).collect();
        let _ = write!(out, "<polyline points=\"{}\"/>", points.join(" "));
    }
    out.push_str("</svg>");
    out
}

/// A platform's task is named for people as what it is.
pub(super) fn who(label: &Label) -> String {
    if label.post.is_empty() {
        return format!("平台（{}）", label.person);
    }
    format!("{} {} {}", label.unit, label.post, label.person)
}

fn blocks(out: &mut String, node: &Value, paths: &BTreeMap<&str, String>) {
    for block in content(node) {
        match block.get("type").and_then(Value::as_str).unwrap_or_default() {
            "heading" => wrapped(out, "h2", &words(block)),
            "image" => picture(out, block, paths),
            "table" => {
                out.push_str("<table>");
                for row in content(block) {
                    out.push_str("<tr>");
                    for cell in content(row) {
                        out.push_str("<td>");
                        blocks(out, cell, paths);
                        out.push_str("</td>");
                    }
                    out.push_str("</tr>\n");
                }
                out.push_str("</table>\n");
            }
            _ => wrapped(out, "p class=\"text\"", &words(block)),
        }
    }
}

fn content(node: &Value) -> impl Iterator<Item = &Value> {
    node.get("content").and_then(Value::as_array).into_iter().flatten()
}

fn words(block: &Value) -> String {
    let word = |inline: &Value| match inline.get("text").and_then(Value::as_str) {
        Some(text) => text.to_owned(),
        None => "\n".to_owned(),
    };
    content(block).map(word).collect()
}

fn wrapped(out: &mut String, tag: &str, text: &str) {
    let name = tag.split(' ').next().unwrap_or(tag);
    let _ = writeln!(out, "<{tag}>{}</{name}>", escaped(text).replace('\n', "<br>"));
}

fn opened(title: &str, heading: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <style>{STYLE}</style></head><body>\n<h1>{}</h1>\n",
        escaped(title),
        escaped(heading)
    )
}

fn closed(mut out: String, end: &str) -> String {
    out.push_str(end);
    out.push_str("\n</body></html>\n");
    out
}
