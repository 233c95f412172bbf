//! Files that are made to do harm, and files that are none: each is refused with a sentence.

use crate::build::{p, package, parts};
use lingnan_docx::limits::PACKAGE;
use lingnan_docx::read;
use lingnan_package::zip;

#[track_caller]
fn refused(bytes: &[u8], sentence: &str) {
    match read(bytes) {
        Ok(read) => panic!("read: {} blocks", read.document.body.len()),
        Err(error) => assert_eq!(error.to_string(), sentence),
    }
}

fn with(path: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut parts = parts(&p("甲"));
    parts.insert(path.to_owned(), bytes);
    zip(&parts, &PACKAGE).unwrap()
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    refused(
        &with("word/media/a.png", vec![0; 10 << 20]),
        "包内文件 word/media/a.png 压缩比异常（超过 200 倍），可能是压缩炸弹，不予打开",
    );
    refused(
        &with("word/media/a.png", vec![0; (64 << 20) + 1]),
        "文件的单个包内文件字节数超过上限 67108864，不予处理",
    );
}

#[test]
fn a_path_that_leads_out_is_refused() {
    for path in ["../a.xml", "word/../../a", "/etc/passwd", "C:/a", "a//b"] {
        refused(
            &with(path, b"a".to_vec()),
            &format!("包内文件名不安全：{path}；文件名不得指向包外，也不得含控制字符"),
        );
    }
}

#[test]
fn two_files_of_one_path_are_refused() {
    refused(
        &with("Word/Document.xml", b"<a/>".to_vec()),
        "包内有两个文件同名：word/document.xml；无法确定以哪个为准，不予打开",
    );
}

#[test]
fn entities_and_document_types_are_refused() {
    let text = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    let said = "word/document.xml 第 1 行有文档类型声明（DOCTYPE），为安全起见不予读取";
    refused(&with("word/document.xml", text.into()), said);
    refused(
        &package("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
        "word/document.xml 第 1 行第 310 列不合 XML 规则：实体“x”没有定义",
    );
}

#[test]
fn depth_and_length_have_limits() {
    let deep =
        format!("{}{}", "<w:sdt><w:sdtContent>".repeat(200), "</w:sdtContent></w:sdt>".repeat(200));
    refused(&package(&deep), "文件的元素嵌套层数超过上限 256，不予处理");
    let declared = |level: usize| (0..65).map(move |nth| format!(" xmlns:n{level}x{nth}=\"u\""));
    let open = |level: usize| format!("<w:sdt{}>", declared(level).collect::<String>());
    let spaces = format!("{}{}{}", open(1), open(2), "</w:sdt>".repeat(2));
    refused(&package(&spaces), "文件的命名空间数超过上限 128，不予处理");
    // Counted, so that they do not pack like a bomb.
    let many: String = (0..100_000).map(|nth| p(&nth.to_string())).collect();
    refused(&package(&many), "文件的段落数超过上限 40000，不予处理");
    let wide = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc><w:p/></w:tc>".repeat(101));
    refused(&package(&wide), "文件的表格列数超过上限 100，不予处理");
}

#[test]
fn a_broken_file_is_told() {
    let good = package(&p("甲"));
    let cut = good.get(..good.len() / 2).unwrap();
    refused(cut, "这不是完整的 Word 文档（.docx）：不是 ZIP 压缩包，或末尾缺失");
    refused(b"", "这不是完整的 Word 文档（.docx）：不是 ZIP 压缩包，或末尾缺失");
    refused(
        &package("<w:p>"),
        "word/document.xml 第 1 行第 300 列不合 XML 规则：元素 w:p 没有结束，却遇到 w:body 的结束标记",
    );
}

#[test]
fn a_package_without_a_text_is_told() {
    let mut none = parts("");
    none.remove("word/document.xml");
    none.remove("_rels/.rels");
    refused(
        &zip(&none, &PACKAGE).unwrap(),
        "文件中没有正文（word/document.xml），不是 Word 文档或已损坏",
    );
}

#[test]
fn files_of_other_kinds_are_called_by_name() {
    let mut old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    old.resize(4096, 0);
    refused(
        &old,
        "这是旧版 Word 文档（.doc）或 WPS 文字文档（.wps），不能直接读取；请用 Word 或 WPS 打开，另存为 .docx 后再导入",
    );
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    old.extend(name);
    refused(&old, "这个文档设有打开密码，不能读取；请在 Word 或 WPS 中取消密码，另存后再导入");
    for (bytes, kind) in [
        (&b"{\\rtf1\\ansi"[..], "RTF 文档"),
        (b"%PDF-1.7", "PDF 文件"),
        (b"\xef\xbb\xbf<html><body>", "网页文件"),
        (b"<?xml version=\"1.0\"?>", "XML 文件"),
    ] {
        refused(
            bytes,
            &format!("这不是 Word 文档（.docx），而是{kind}；请用 Word 或 WPS 打开后另存为 .docx"),
        );
    }
}
