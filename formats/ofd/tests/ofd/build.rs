//! Packages made by hand, good and bad.

use lingnan_ofd::limits::PACKAGE;
use lingnan_package::zip;
use std::collections::BTreeMap;

/// The least package with these XML files; what is not named is taken from a good one.
pub fn package(changed: &[(&str, &str)]) -> Vec<u8> {
    zip(&parts(changed), &PACKAGE).unwrap()
}

pub fn parts(changed: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let ns = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let good = [
        (
            "OFD.xml",
            format!(
                "<ofd:OFD {ns} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>\
                 <ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml\
                 </ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Doc_0/Document.xml",
            format!(
                "<ofd:Document {ns}><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>\
                 <ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>\
                 <ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>\
                 </ofd:Document>"
            ),
        ),
        ("Doc_0/Pages/Page_0/Content.xml", page("")),
    ];
    let mut parts: BTreeMap<String, Vec<u8>> =
        good.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    for (path, text) in changed {
        parts.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    parts
}

/// A page of these objects.
pub fn page(objects: &str) -> String {
    format!(
        "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content><ofd:Layer ID=\"2\">\
         {objects}</ofd:Layer></ofd:Content></ofd:Page>"
    )
}

/// The path of the one page.
pub const PAGE: &str = "Doc_0/Pages/Page_0/Content.xml";

/// Replaces bytes of an archive: what is said in it of itself need not be true.
pub fn forged(archive: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut forged = archive.to_vec();
    let mut found = 0;
    for at in 0..=forged.len() - from.len() {
        if forged[at..].starts_with(from) {
            forged[at..at + to.len()].copy_from_slice(to);
            found += 1;
        }
    }
    assert!(found > 0);
    forged
}

/// Where the entry of a path begins in the directory.
pub fn entry(archive: &[u8], path: &str) -> usize {
    let head = |at: &usize| {
        archive[*at..].starts_with(b"PK\x01\x02") && archive[at + 46..].starts_with(path.as_bytes())
    };
    (0..archive.len() - 46).find(head).unwrap()
}
