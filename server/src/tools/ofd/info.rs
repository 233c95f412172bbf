//! What is in an OFD file, as lines and as JSON.

use lingnan_ofd::Read;
use lingnan_ofd::model::{
    Annotation, AnnotationKind, Document, Font, Page, Profile, Signature, SignatureKind,
};
use serde_json::{Value, json};

/// What stands before a signature: it is told, not judged.
const UNVERIFIED: &str = "未验证";

pub(super) fn json(read: &Read) -> Value {
    let documents: Vec<Value> = read.package.documents.iter().map(document).collect();
    let notes: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
    json!({ "profile": profile(read), "documents": documents, "notes": notes })
}

fn profile(read: &Read) -> &'static str {
    match read.package.profile {
        Profile::Ofd => "OFD",
        Profile::OfdA => "OFD-A",
    }
}

fn document(document: &Document) -> Value {
    let info = &document.info;
    let page = |page: &Page| {
        let paper = page.area.unwrap_or(document.area).physical;
        let annotations: Vec<Value> = page.annotations.iter().map(annotation).collect();
        json!({
            "id": page.id.0, "width_mm": paper.width, "height_mm": paper.height,
            "annotations": annotations,
        })
    };
    let font = |font: &Font| {
        let bytes = font.data.as_ref().map(|data| data.len());
        json!({ "name": font.name, "embedded_bytes": bytes })
    };
    let attachments = document.attachments.iter();
    let attachments = attachments
        .map(|own| json!({ "name": own.name, "format": own.format, "bytes": own.data.len() }));
    let tags = document.tags.iter().map(|tagging| tagging.namespace.as_str());
    json!({
        "id": info.id, "title": info.title, "author": info.author, "created": info.created,
        "modified": info.modified, "creator": info.creator,
        "creator_version": info.creator_version,
        "pages": document.pages.iter().map(page).collect::<Vec<_>>(),
        "templates": document.templates.len(),
        "fonts": document.fonts.iter().map(font).collect::<Vec<_>>(),
        "media": document.media.len(),
        "attachments": attachments.collect::<Vec<_>>(),
        "tags": tags.collect::<Vec<_>>(),
        "versions": document.versions.len(),
        "signatures": document.signatures.iter().map(signature).collect::<Vec<_>>(),
    })
}

fn annotation(annotation: &Annotation) -> Value {
    json!({ "kind": kind(annotation), "creator": annotation.creator, "date": annotation.modified })
}

fn signature(signature: &Signature) -> Value {
    let stamps = signature.stamps.iter().map(|stamp| {
        let own = stamp.boundary;
        json!({ "page": stamp.page.0, "boundary_mm": [own.x, own.y, own.width, own.height] })
    });
    json!({
        "id": signature.id, "kind": seal(signature), "path": signature.path,
        "provider": signature.provider, "signed": signature.signed,
        "stamps": stamps.collect::<Vec<_>>(), "verified": Value::Null,
    })
}

fn kind(annotation: &Annotation) -> &'static str {
    match annotation.kind {
        AnnotationKind::Link => "链接",
        AnnotationKind::Path => "图形",
        AnnotationKind::Highlight => "高亮",
        AnnotationKind::Stamp => "签章",
        AnnotationKind::Watermark => "水印",
    }
}

fn seal(signature: &Signature) -> &'static str {
    match signature.kind {
        SignatureKind::Seal => "电子印章",
        SignatureKind::Sign => "数字签名",
    }
}

pub(super) fn lines(read: &Read) -> Vec<String> {
    let documents = &read.package.documents;
    let mut lines = vec![format!("格式：{}，文档 {} 个", profile(read), documents.len())];
    for (number, document) in documents.iter().enumerate() {
        if documents.len() > 1 {
            lines.push(format!("第{}个文档", number + 1));
        }
        lines.extend(of_document(document));
    }
    lines
}

fn of_document(document: &Document) -> Vec<String> {
    let info = &document.info;
    let mut lines = Vec::new();
    let said = [
        ("标题", &info.title),
        ("作者", &info.author),
        ("创建日期", &info.created),
        ("修改日期", &info.modified),
        ("制作软件", &info.creator),
    ];
    lines.extend(
        said.iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}：{value}")),
    );
    lines.push(format!("页数：{}", document.pages.len()));
    for (number, page) in document.pages.iter().enumerate() {
        let paper = page.area.unwrap_or(document.area).physical;
        let (number, width, height) = (number + 1, paper.width, paper.height);
        let notes: Vec<&str> = page.annotations.iter().map(kind).collect();
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!("，批注：{}", notes.join("、"))
        };
        lines.push(format!("  第{number}页：{width} × {height} 毫米{notes}"));
    }
    for font in &document.fonts {
        let own = match &font.data {
            Some(data) => format!("已内嵌，{} 字节", data.len()),
            None => "未内嵌".to_owned(),
        };
        lines.push(format!("字体：{}（{own}）", font.name));
    }
    for attachment in &document.attachments {
        lines.push(format!("附件：{}（{} 字节）", attachment.name, attachment.data.len()));
    }
    lines.extend(document.tags.iter().map(|tagging| format!("语义标引：{}", tagging.namespace)));
    lines.extend(document.signatures.iter().map(|signature| of_signature(document, signature)));
    lines
}

fn of_signature(document: &Document, signature: &Signature) -> String {
    let mut pages: Vec<String> = Vec::new();
    for stamp in &signature.stamps {
        let place = document.pages.iter().position(|page| page.id == stamp.page);
        pages.push(place.map_or("未知页".to_owned(), |place| format!("第{}页", place + 1)));
    }
    let pages = if pages.is_empty() { String::new() } else { format!("，{}", pages.join("、")) };
    let signed = if signature.signed.is_empty() { "未注明" } else { &signature.signed };
    let seal = seal(signature);
    format!("签名 {}：{seal}，自称签于 {signed}{pages}（{UNVERIFIED}）", signature.id)
}
