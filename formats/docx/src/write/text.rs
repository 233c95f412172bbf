//! Blocks as XML, in the order of elements that ISO/IEC 29500-1 Annex A asks for.

use super::package::Media;
use crate::model::{
    Align, Block, Cell, Form, Indent, Look, Paragraph, Piece, Pitch, Row, Rule, RuleKind, Section,
    Table, TablePlace, TextBox,
};
use lingnan_xml::escaped;
use std::fmt::Write;

/// Blocks one after the other; after a table stands a paragraph, which Word wants at the end.
pub(super) fn blocks(all: &[Block], media: &mut Media, out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(one) => paragraph(one, media, out),
            Block::Table(one) => table(one, media, out),
        }
    }
}

fn paragraph(one: &Paragraph, media: &mut Media, out: &mut String) {
    *out += "<w:p>";
    form(&one.form, out);
    for piece in &one.pieces {
        match piece {
            Piece::Text(run) => {
                let begin = begin(&run.look);
                *out += &begin;
                characters(&run.text, out);
                *out += "</w:r>";
            }
            Piece::PageBreak => *out += "<w:r><w:br w:type=\"page\"/></w:r>",
            Piece::PageNumber(look) => page_number(look, out),
            Piece::Image(image) => media.image(image, out),
            Piece::Boxed(text_box) => boxed(text_box, media, out),
        }
    }
    *out += "</w:p>";
}

/// A text box at the bottom of the type area, over nothing, its text at its own bottom.
fn boxed(one: &TextBox, media: &mut Media, out: &mut String) {
    /// English metric units of a twip.
    const EMU: i64 = 635;
    let (width, height) = (one.width * EMU, one.height * EMU);
    let id = media.next();
    let _ = write!(
        out,
        "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" \
         simplePos=\"0\" relativeHeight=\"2\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" \
         allowOverlap=\"0\"><wp:simplePos x=\"0\" y=\"0\"/>\
         <wp:positionH relativeFrom=\"margin\"><wp:align>left</wp:align></wp:positionH>\
         <wp:positionV relativeFrom=\"margin\"><wp:align>bottom</wp:align></wp:positionV>\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:wrapTopAndBottom/><wp:docPr id=\"{id}\" name=\"box{id}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"{WPS}\"><wps:wsp xmlns:wps=\"{WPS}\">\
         <wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
         </a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>"
    );
    blocks(&one.blocks, media, out);
    *out += "</w:txbxContent></wps:txbx><wps:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" \
        rIns=\"0\" bIns=\"0\" anchor=\"b\"><a:noAutofit/></wps:bodyPr></wps:wsp>\
        </a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>";
}

/// The namespace of shapes with text.
const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

fn page_number(look: &Look, out: &mut String) {
    let begin = begin(look);
    for part in [
        "<w:fldChar w:fldCharType=\"begin\"/>",
        "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>",
        "<w:fldChar w:fldCharType=\"separate\"/>",
        "<w:t>1</w:t>",
        "<w:fldChar w:fldCharType=\"end\"/>",
    ] {
        *out += &format!("{begin}{part}</w:r>");
    }
}

/// A run up to its characters.
fn begin(look: &Look) -> String {
    let mut out = "<w:r>".to_owned();
    self::look(look, &mut out);
    out
}

fn characters(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(['\n', '\t']).unwrap_or(rest.len());
        let (part, after) = rest.split_at(at);
        if !part.is_empty() {
            let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(part));
        }
        let mut marks = after.chars();
        match marks.next() {
            Some('\n') => *out += "<w:br/>",
            Some(_) => *out += "<w:tab/>",
            None => {}
        }
        rest = marks.as_str();
    }
}

/// `w:rPr`, when there is something to say.
pub(super) fn look(look: &Look, out: &mut String) {
    let mut inner = String::new();
    if let Some(level) = look.heading {
        let _ = write!(inner, "<w:rStyle w:val=\"Heading{level}Char\"/>");
    }
    let latin = look.latin.as_ref().or(look.font.as_ref());
    if let (Some(font), Some(latin)) = (&look.font, latin) {
        let (font, latin) = (escaped(font), escaped(latin));
        let _ = write!(
            inner,
            "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{font}\" \
             w:cs=\"{latin}\" w:hint=\"eastAsia\"/>"
        );
    }
    for (name, on) in [("b", look.bold), ("i", look.italic), ("snapToGrid", look.on_grid)] {
        match on {
            Some(true) => inner += &format!("<w:{name}/>"),
            Some(false) => inner += &format!("<w:{name} w:val=\"0\"/>"),
            None => {}
        }
    }
    if let Some([red, green, blue]) = look.color {
        let _ = write!(inner, "<w:color w:val=\"{red:02X}{green:02X}{blue:02X}\"/>");
    }
    if let Some(spacing) = look.spacing {
        let _ = write!(inner, "<w:spacing w:val=\"{spacing}\"/>");
    }
    if let Some(size) = look.size {
        let _ = write!(inner, "<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    }
    if look.underline == Some(true) {
        inner += "<w:u w:val=\"single\"/>";
    }
    if !inner.is_empty() {
        let _ = write!(out, "<w:rPr>{inner}</w:rPr>");
    }
}

/// `w:pPr`, when there is something to say.
fn form(form: &Form, out: &mut String) {
    let mut inner = String::new();
    if let Some(level) = form.heading {
        let _ = write!(inner, "<w:pStyle w:val=\"Heading{level}\"/>");
    }
    properties(form, &mut inner);
    if !inner.is_empty() {
        let _ = write!(out, "<w:pPr>{inner}</w:pPr>");
    }
}

/// What a paragraph says beside its style.
pub(super) fn properties(form: &Form, inner: &mut String) {
    let switches = [
        ("keepNext", form.keep_next),
        ("keepLines", form.keep_lines),
        ("pageBreakBefore", form.new_page),
    ];
    for (name, _) in switches.into_iter().filter(|(_, on)| *on == Some(true)) {
        let _ = write!(inner, "<w:{name}/>");
    }
    if form.above.is_some() || form.below.is_some() {
        let _ = write!(
            inner,
            "<w:pBdr>{}{}</w:pBdr>",
            edge("top", form.above),
            edge("bottom", form.below)
        );
    }
    if !form.tabs.is_empty() {
        *inner += "<w:tabs>";
        for tab in &form.tabs {
            let _ = write!(inner, "<w:tab w:val=\"{}\" w:pos=\"{}\"/>", name(tab.align), tab.at);
        }
        *inner += "</w:tabs>";
    }
    if let Some(on) = form.hangs {
        let _ = write!(inner, "<w:overflowPunct w:val=\"{}\"/>", i32::from(on));
    }
    if let Some(on) = form.auto_space {
        let on = i32::from(on);
        let _ = write!(inner, "<w:autoSpaceDE w:val=\"{on}\"/><w:autoSpaceDN w:val=\"{on}\"/>");
    }
    if let Some(on) = form.on_grid {
        let _ = write!(inner, "<w:snapToGrid w:val=\"{}\"/>", i32::from(on));
    }
    spacing(form, inner);
    indents(form, inner);
    if let Some(align) = form.align {
        let _ = write!(inner, "<w:jc w:val=\"{}\"/>", name(align));
    }
}

fn spacing(form: &Form, inner: &mut String) {
    let mut said = String::new();
    if let Some(before) = form.before {
        let _ = write!(said, " w:before=\"{before}\"");
    }
    if let Some(after) = form.after {
        let _ = write!(said, " w:after=\"{after}\"");
    }
    match form.pitch {
        Some(Pitch::Exactly(line)) => {
            let _ = write!(said, " w:line=\"{line}\" w:lineRule=\"exact\"");
        }
        Some(Pitch::AtLeast(line)) => {
            let _ = write!(said, " w:line=\"{line}\" w:lineRule=\"atLeast\"");
        }
        Some(Pitch::Lines(line)) => {
            let _ = write!(said, " w:line=\"{line}\" w:lineRule=\"auto\"");
        }
        None => {}
    }
    if !said.is_empty() {
        let _ = write!(inner, "<w:spacing{said}/>");
    }
}

fn indents(form: &Form, inner: &mut String) {
    let mut said = String::new();
    let mut one = |name: &str, indent: Option<Indent>| match indent {
        Some(Indent::Twips(twips)) => {
            let _ = write!(said, " w:{name}=\"{twips}\"");
        }
        Some(Indent::Characters(count)) => {
            let _ = write!(said, " w:{name}Chars=\"{count}\"");
        }
        None => {}
    };
    one("left", form.left);
    one("right", form.right);
    match form.first {
        Some(Indent::Twips(twips)) if twips < 0 => {
            one("hanging", Some(Indent::Twips(twips.saturating_neg())));
        }
        Some(Indent::Characters(count)) if count < 0 => {
            one("hanging", Some(Indent::Characters(count.saturating_neg())));
        }
        first => one("firstLine", first),
    }
    if !said.is_empty() {
        let _ = write!(inner, "<w:ind{said}/>");
    }
}

const fn name(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Both => "both",
        Align::Spread => "distribute",
    }
}

fn edge(name: &str, rule: Option<Rule>) -> String {
    let Some(rule) = rule else { return String::new() };
    let kind = match rule.kind {
        RuleKind::Single | RuleKind::Other => "single",
        RuleKind::ThickThin => "thickThinSmallGap",
        RuleKind::ThinThick => "thinThickSmallGap",
    };
    let Rule { thickness, gap, color: [red, green, blue], .. } = rule;
    format!(
        "<w:{name} w:val=\"{kind}\" w:sz=\"{thickness}\" w:space=\"{gap}\" \
         w:color=\"{red:02X}{green:02X}{blue:02X}\"/>"
    )
}

fn table(one: &Table, media: &mut Media, out: &mut String) {
    *out += "<w:tbl><w:tblPr>";
    let width: i64 = one.columns.iter().sum();
    let _ = write!(out, "<w:tblW w:w=\"{width}\" w:type=\"dxa\"/>");
    *out += "<w:jc w:val=\"center\"/>";
    if one.place == TablePlace::Lined {
        *out += "<w:tblBorders>";
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(
                out,
                "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
            );
        }
        *out += "</w:tblBorders>";
    }
    let side = if one.place == TablePlace::Lined { 85 } else { 0 };
    let _ = write!(
        out,
        "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{side}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{side}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    );
    for column in &one.columns {
        let _ = write!(out, "<w:gridCol w:w=\"{column}\"/>");
    }
    *out += "</w:tblGrid>";
    // How many more rows a cell above reaches, and over how many columns, by where it begins.
    let mut hanging = vec![(0_usize, 1_usize); one.columns.len()];
    for row in &one.rows {
        self::row(row, &one.columns, &mut hanging, media, out);
    }
    *out += "</w:tbl>";
}

fn row(
    row: &Row,
    columns: &[i64],
    hanging: &mut [(usize, usize)],
    media: &mut Media,
    out: &mut String,
) {
    *out += "<w:tr><w:trPr><w:cantSplit/>";
    if row.head {
        *out += "<w:tblHeader/>";
    }
    *out += "</w:trPr>";
    let mut cells = row.cells.iter();
    let mut place = 0;
    while let Some((left, wide)) = hanging.get_mut(place) {
        if *left > 0 {
            *left -= 1;
            let covered = Cell { columns: *wide, ..Cell::default() };
            cell(&covered, columns, place, "<w:vMerge/>", media, out);
            place += (*wide).max(1);
            continue;
        }
        let Some(own) = cells.next() else { break };
        *left = own.rows.saturating_sub(1);
        *wide = own.columns;
        let merge = if own.rows > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
        cell(own, columns, place, merge, media, out);
        place += own.columns.max(1);
    }
    *out += "</w:tr>";
}

fn cell(
    own: &Cell,
    columns: &[i64],
    place: usize,
    merge: &str,
    media: &mut Media,
    out: &mut String,
) {
    let width: i64 = columns.iter().skip(place).take(own.columns).sum();
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if own.columns > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{}\"/>", own.columns);
    }
    *out += merge;
    if own.above.is_some() || own.below.is_some() {
        let (above, below) = (edge("top", own.above), edge("bottom", own.below));
        let _ = write!(out, "<w:tcBorders>{above}{below}</w:tcBorders>");
    }
    *out += "<w:vAlign w:val=\"center\"/></w:tcPr>";
    blocks(&own.blocks, media, out);
    if !matches!(own.blocks.last(), Some(Block::Paragraph(_))) {
        *out += "<w:p/>";
    }
    *out += "</w:tc>";
}

/// The last element of a body. `parts` are its heads and feet: `w:footerReference` and so on.
pub(super) fn section(section: &Section, parts: &str, out: &mut String) {
    let [top, right, bottom, left] = section.margins;
    let Section { width, height, head_distance, foot_distance, .. } = section;
    let _ = write!(
        out,
        "<w:sectPr>{parts}<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{top}\" \
         w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" \
         w:header=\"{head_distance}\" w:footer=\"{foot_distance}\" w:gutter=\"0\"/>"
    );
    if section.own_first {
        *out += "<w:titlePg/>";
    }
    if let Some(pitch) = section.line_pitch {
        let space = section.character_space;
        let kind = if space.is_some() { "linesAndChars" } else { "lines" };
        let space = space.map(|space| format!(" w:charSpace=\"{space}\"")).unwrap_or_default();
        let _ = write!(out, "<w:docGrid w:type=\"{kind}\" w:linePitch=\"{pitch}\"{space}/>");
    }
    *out += "</w:sectPr>";
}
