//! Packages of raw XML, which share nothing with our writer but the ZIP around them.

use lingnan_docx::limits::PACKAGE;
use lingnan_package::zip;
use std::collections::BTreeMap;

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of a package whose body is this, in a namespace.
pub fn parts_in(namespace: &str, body: &str) -> BTreeMap<String, Vec<u8>> {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"{namespace}\" xmlns:r=\"{R}\" \
         xmlns:mc=\"urn:mc\" xmlns:v=\"urn:v\" xmlns:wp=\"urn:wp\" xmlns:wps=\"urn:wps\" \
         xmlns:m=\"urn:m\" xmlns:o=\"urn:o\"><w:body>{body}</w:body></w:document>"
    );
    let rels = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{R}/officeDocument\" \
         Target=\"word/document.xml\"/></Relationships>"
    );
    BTreeMap::from([
        ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec()),
        ("_rels/.rels".to_owned(), rels.into_bytes()),
        ("word/document.xml".to_owned(), document.into_bytes()),
    ])
}

pub fn parts(body: &str) -> BTreeMap<String, Vec<u8>> {
    parts_in(W, body)
}

pub fn package(body: &str) -> Vec<u8> {
    zip(&parts(body), &PACKAGE).unwrap()
}

/// A package whose text refers to other parts: kind, name, inner XML of the root.
pub fn with(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut parts = parts(body);
    let mut links = String::new();
    for (kind, root, inner) in others {
        links +=
            &format!("<Relationship Id=\"{kind}\" Type=\"{R}/{kind}\" Target=\"{kind}.xml\"/>");
        let text = format!("<w:{root} xmlns:w=\"{W}\" xmlns:a=\"urn:a\">{inner}</w:{root}>");
        parts.insert(format!("word/{kind}.xml"), text.into_bytes());
    }
    let rels = format!("<Relationships>{links}</Relationships>");
    parts.insert("word/_rels/document.xml.rels".to_owned(), rels.into_bytes());
    zip(&parts, &PACKAGE).unwrap()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}
