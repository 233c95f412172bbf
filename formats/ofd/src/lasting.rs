//! OFD for archives: what a package lacks to be read in fifty years (GB/T 33190-2016 for its parts;
//! DA/T 47-2009 for what a lasting format must and must not have).

use crate::limits::PACKAGE;
use crate::{Error, read};
use lingnan_package::Archive;
use std::collections::BTreeSet;

/// What leads out of the package, or runs (GB/T 33190-2016 14.1).
const ACTIONS: [&str; 4] = ["URI", "GotoA", "Sound", "Movie"];

/// What keeps a package from lasting, each said once; nothing when nothing does.
///
/// # Errors
/// A sentence when it is no OFD that opens.
pub fn lasting(bytes: &[u8]) -> Result<Vec<String>, Error> {
    let mut faults = BTreeSet::new();
    let archive = Archive::open(bytes, PACKAGE)?;
    for path in archive.paths() {
        let lower = path.to_lowercase();
        if lower.contains("encrypt") || lower.ends_with("decryptseed.dat") {
            faults.insert(format!("含有加密的内容：{path}"));
        }
        if lower.ends_with(".js") {
            faults.insert(format!("含有脚本：{path}"));
        }
        if !lower.ends_with(".xml") {
            continue;
        }
        let xml = archive.xml(path)?;
        let document = xml.tree()?;
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            let acts = node.parent_element().is_some_and(|p| p.tag_name().name() == "Action");
            if acts && ACTIONS.contains(&name) {
                faults.insert(format!("含有动作 {name}"));
            }
            let out = node.text().is_some_and(|text| text.trim().contains("://"));
            if out && ["FontFile", "MediaFile", "FileLoc", "BaseLoc"].contains(&name) {
                faults.insert(format!("引用了文件之外的内容：{}", node.text().unwrap_or_default()));
            }
        }
    }
    let package = read(bytes)?.package;
    for font in package.documents.iter().flat_map(|document| &document.fonts) {
        if font.data.is_none() {
            faults.insert(format!("字体 {} 没有嵌入", font.name));
        }
    }
    Ok(faults.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Package};
    use crate::parts;
    use lingnan_package::zip;

    fn package() -> Package {
        let mut document = Document::default();
        document.embed("Ming", b"a font".to_vec());
        document.add_page(Vec::new());
        Package { documents: vec![document], ..Package::default() }
    }

    /// What is found once one file of the package is changed or added.
    fn found(path: &str, change: impl Fn(&str) -> String) -> Vec<String> {
        let mut parts = parts(&package()).unwrap();
        let before = parts.remove(path).unwrap_or_default();
        let after = change(&String::from_utf8(before).unwrap());
        parts.insert(path.to_owned(), after.into_bytes());
        lasting(&zip(&parts, &PACKAGE).unwrap()).unwrap()
    }

    #[test]
    fn what_has_all_in_itself_lasts_and_what_lacks_something_is_told() {
        let same = |text: &str| text.to_owned();
        assert_eq!(found("OFD.xml", same), Vec::<String>::new());
        let action = |text: &str| {
            let uri = "<ofd:Actions><ofd:Action Event=\"DO\"><ofd:URI URI=\"x\"/></ofd:Action>\
                </ofd:Actions></ofd:Document>";
            text.replace("</ofd:Document>", uri)
        };
        assert_eq!(found("Doc_0/Document.xml", action), ["含有动作 URI"]);
        assert_eq!(found("Doc_0/a.js", |_| "x".to_owned()), ["含有脚本：Doc_0/a.js"]);
        let locked = found("Encryptions.xml", |_| "<a/>".to_owned());
        assert_eq!(locked, ["含有加密的内容：Encryptions.xml"]);
        let mut bare = package();
        bare.documents.iter_mut().flat_map(|d| &mut d.fonts).for_each(|font| font.data = None);
        let faults = lasting(&crate::write(&bare).unwrap()).unwrap();
        assert_eq!(faults, ["字体 Ming 没有嵌入"]);
        assert!(lasting(b"PK\x03\x04").is_err());
    }
}
