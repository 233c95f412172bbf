//! What Word and WPS write, as raw XML.

use crate::build::{STRICT, p, package, parts, parts_in, with};
use lingnan_docx::limits::PACKAGE;
use lingnan_docx::model::{Block, Indent, Paragraph, Piece, Pitch};
use lingnan_docx::{Read, read};
use lingnan_package::zip;

fn opened(bytes: &[u8]) -> Read {
    read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn paragraphs(read: &Read) -> Vec<&Paragraph> {
    let all = read.document.body.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    all.collect()
}

fn text(read: &Read) -> Vec<String> {
    paragraphs(read).into_iter().map(Paragraph::text).collect()
}

fn lost(read: &Read) -> Vec<String> {
    read.lost.iter().map(ToString::to_string).collect()
}

#[test]
fn the_strict_namespace_is_read_alike() {
    let strict = opened(&zip(&parts_in(STRICT, &p("甲")), &PACKAGE).unwrap());
    assert_eq!(text(&strict), ["甲"]);
    assert_eq!(strict, opened(&package(&p("甲"))));
}

#[test]
fn lists_count_on_over_levels_overrides_and_styles() {
    let level = |at: u8, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}\
             <w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">\
         <w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>",
        level(0, "chineseCountingThousand", "%1、", "<w:pStyle w:val=\"T\"/>"),
        level(1, "chineseCounting", "（%2）", ""),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"T\"><w:name w:val=\"heading 1\"/>\
        <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let one = |list: u8, level: u8| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>\
             </w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
        )
    };
    let styled = "<w:p><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
    let none = "<w:p><w:pPr><w:pStyle w:val=\"T\"/>\
        <w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>\
        <w:r><w:t>丙</w:t></w:r></w:p>";
    let body = [
        styled.to_owned(),
        one(1, 1),
        one(1, 1),
        one(1, 2),
        styled.to_owned(),
        one(1, 1),
        one(2, 0),
        none.to_owned(),
    ]
    .concat();
    let read = opened(&with(
        &body,
        &[("numbering", "numbering", &numbering), ("styles", "styles", styles)],
    ));
    assert_eq!(
        text(&read),
        ["一、乙", "（一）甲", "（二）甲", "1.1甲", "二、乙", "（一）甲", "五、甲", "丙"]
    );
    assert_eq!(paragraphs(&read)[0].form.heading, Some(1));
}

#[test]
fn styles_are_resolved_through_what_they_are_based_on() {
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme=\"minorEastAsia\"/>\
        <w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type=\"paragraph\" w:default=\"1\" \
        w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/><w:pPr>\
        <w:spacing w:line=\"579\" w:lineRule=\"exact\"/>\
        <w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>\
        </w:pPr><w:rPr><w:sz w:val=\"32\"/><w:b/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"c\">\
        <w:basedOn w:val=\"b\"/><w:rPr><w:b w:val=\"0\"/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"loop\"><w:basedOn w:val=\"loop\"/></w:style>";
    let theme = "<a:minorFont><a:latin typeface=\"Calibri\"/><a:ea typeface=\"\"/>\
        <a:font script=\"Hans\" typeface=\"宋体\"/></a:minorFont>";
    let body = "<w:p><w:pPr><w:pStyle w:val=\"c\"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"loop\"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
    let read = opened(&with(body, &[("styles", "styles", styles), ("theme", "theme", theme)]));
    let first = paragraphs(&read)[0];
    assert_eq!(first.form.pitch, Some(Pitch::Exactly(579)));
    assert_eq!(first.form.first, Some(Indent::Characters(200)));
    let Some(Piece::Text(run)) = first.pieces.first() else { panic!() };
    assert_eq!((run.look.size, run.look.bold), (Some(32), Some(false)));
    assert_eq!(run.look.font.as_deref(), Some("宋体"));
    assert_eq!(text(&read), ["甲", "乙"]);
}

#[test]
fn changes_are_accepted_and_what_is_deleted_is_told() {
    let body = "<w:p><w:r><w:t>各</w:t></w:r><w:ins><w:r><w:t>单位</w:t></w:r></w:ins>\
        <w:del><w:r><w:delText>部门</w:delText></w:r></w:del></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p>\
        <w:p><w:r><w:t>后</w:t></w:r></w:p>";
    let read = opened(&package(body));
    assert_eq!(text(&read), ["各单位", "前后"]);
    assert_eq!(lost(&read), ["第1段“各单位”：修订中删除的文字“部门”没有导入"]);
}

#[test]
fn notes_comments_fields_and_objects_are_told_by_where_they_stand() {
    let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
        <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
        <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
        <w:r><w:instrText> DATE </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2026年</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>\
        <w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>\
        <w:r><w:object><o:OLEObject/></w:object></w:r></w:p>\
        <w:altChunk/>";
    let footnotes = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>出处</w:t></w:r></w:p></w:footnote>";
    let comments = "<w:comment w:id=\"0\"><w:p><w:r><w:t>再核</w:t></w:r></w:p></w:comment>";
    let read = opened(&with(
        body,
        &[("footnotes", "footnotes", footnotes), ("comments", "comments", comments)],
    ));
    assert_eq!(text(&read), ["甲", "2026年", "x=1"]);
    assert_eq!(
        lost(&read),
        [
            "第1段“甲”：脚注“出处”没有导入",
            "第1段“甲”：批注“再核”没有导入",
            "第3段“x=1”：公式只保留了文字，版式没有导入",
            "第3段“x=1”：内嵌对象（如公式、表格文件）没有导入，只保留了预览图",
            "第3段“x=1”：插入的其他格式文档没有导入",
        ]
    );
}

#[test]
fn text_boxes_are_read_once_whichever_way_they_are_drawn() {
    let inner = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{}</wps:txbx></w:drawing>\
         </mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>",
        inner("新"),
        inner("旧"),
    );
    let read = opened(&package(&body));
    let boxes: Vec<_> = paragraphs(&read)[0]
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Boxed(inner) => Some(&inner.blocks),
            _ => None,
        })
        .collect();
    assert_eq!(boxes.len(), 1);
    assert!(matches!(&boxes[0][0], Block::Paragraph(one) if one.text() == "新"));
    assert_eq!(lost(&read), Vec::<String>::new());
}

#[test]
fn macros_embedded_files_and_foreign_images_are_told() {
    let mut parts = parts("<w:p><w:r><w:pict><v:imagedata r:id=\"x\"/></w:pict></w:r></w:p>");
    parts.insert("word/vbaProject.bin".to_owned(), vec![1]);
    parts.insert("word/embeddings/a.xlsx".to_owned(), vec![1]);
    let read = opened(&zip(&parts, &PACKAGE).unwrap());
    assert_eq!(
        lost(&read),
        [
            "文档带有宏，已全部去除，不会执行",
            "文档内嵌了其他文件（如表格、演示文稿），没有导入；确需保留的请另作附件",
            "第1段：图片没有导入：只收文档内的 PNG、JPEG 图片",
        ]
    );
}

#[test]
fn merged_cells_cover_what_they_cover() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    };
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr>\
         <w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:vMerge w:val=\"restart\"/>", "甲"),
        cell("<w:gridSpan w:val=\"2\"/>", "乙"),
        cell("<w:vMerge/>", ""),
        cell("<w:gridSpan w:val=\"2\"/>", "丙"),
        cell("<w:vMerge/>", ""),
        cell("", "丁"),
        cell("", "戊"),
    );
    let read = opened(&package(&body));
    let Some(Block::Table(table)) = read.document.body.first() else { panic!() };
    let shape: Vec<Vec<(usize, usize)>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| (cell.columns, cell.rows)).collect())
        .collect();
    assert_eq!(shape, [vec![(1, 3), (2, 1)], vec![(2, 1)], vec![(1, 1), (1, 1)]]);
    assert!(table.rows[0].head && !table.rows[1].head);
}
