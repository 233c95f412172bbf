//! `manifest.xml`: every file of a packet with its place, size and digests, after METS (its file
//! section and structure); SM3, which METS does not know, stands in a namespace of its own.

use super::{Folder, MANIFEST, escaped, sha256, sm3};
use std::fmt::Write;

const METS: &str = "http://www.loc.gov/METS/";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Our own: SM3, and what a file is called by people.
const OURS: &str = "urn:lingnan:archive:1";

/// A file as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// 原文, 定稿, 处理单, 附件, 元数据, 办理记录, 证明
    pub group: String,
    /// Where it lies.
    pub path: String,
    /// What people call it.
    pub label: String,
    /// Its media type.
    pub media: String,
    /// Its size in bytes.
    pub size: u64,
    /// SM3 in hex.
    pub sm3: String,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// What the manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// 档号
    pub number: String,
    /// 题名
    pub title: String,
    /// 立档单位
    pub unit: String,
    /// When it was filed, as ISO 8601.
    pub filed: String,
    /// Every file but the manifest itself, in order of groups.
    pub parts: Vec<Part>,
}

impl Part {
    /// A file with the digests of its bytes.
    #[must_use]
    pub fn of(group: &str, path: &str, label: &str, media: &str, bytes: &[u8]) -> Self {
        Self {
            group: group.to_owned(),
            path: path.to_owned(),
            label: label.to_owned(),
            media: media.to_owned(),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            sm3: sm3(bytes),
            sha256: sha256(bytes),
        }
    }
}

impl Manifest {
    /// As XML; the same manifest always as the same bytes.
    #[must_use]
    pub fn text(&self) -> String {
        let Self { number, title, unit, filed, parts } = self;
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mets xmlns=\"{METS}\" \
             xmlns:xlink=\"{XLINK}\" xmlns:ln=\"{OURS}\" PROFILE=\"{OURS}\" OBJID=\"{}\" \
             LABEL=\"{}\">\n  <metsHdr CREATEDATE=\"{}\">\n    <agent ROLE=\"CREATOR\" \
             TYPE=\"ORGANIZATION\"><name>{}</name></agent>\n  </metsHdr>\n  <fileSec>\n",
            escaped(number),
            escaped(title),
            escaped(filed),
            escaped(unit)
        );
        let mut structure = String::new();
        let mut open = "";
        for (place, part) in (1..).zip(parts) {
            if part.group != open {
                if !open.is_empty() {
                    out.push_str("    </fileGrp>\n");
                    structure.push_str("      </div>\n");
                }
                open = &part.group;
                let name = escaped(open);
                // Writing to a string does not fail.
                let _ = writeln!(out, "    <fileGrp USE=\"{name}\">");
                let _ = writeln!(structure, "      <div TYPE=\"{name}\">");
            }
            write_part(&mut out, place, part);
            let _ = writeln!(structure, "        <fptr FILEID=\"F{place}\"/>");
        }
        if !open.is_empty() {
            out.push_str("    </fileGrp>\n");
            structure.push_str("      </div>\n");
        }
        let _ = write!(
            out,
            "  </fileSec>\n  <structMap TYPE=\"LOGICAL\">\n    <div TYPE=\"件\" LABEL=\"{}\">\n\
             {structure}    </div>\n  </structMap>\n</mets>\n",
            escaped(number)
        );
        out
    }

    /// Reads the manifest of a folder.
    ///
    /// # Errors
    /// A sentence when it is missing or does not read.
    pub fn read(folder: &Folder) -> Result<Self, String> {
        let bytes = folder.get(MANIFEST).ok_or("缺少清单 manifest.xml")?;
        let text = std::str::from_utf8(bytes).map_err(|_| "清单不是 UTF-8 文本")?;
        let tree = roxmltree::Document::parse(text).map_err(|e| format!("清单读不出来：{e}"))?;
        let root = tree.root_element();
        if !root.has_tag_name((METS, "mets")) {
            return Err("清单不是 METS".to_owned());
        }
        let word = |name: &str| root.attribute(name).unwrap_or_default().to_owned();
        let mut manifest = Self {
            number: word("OBJID"),
            title: word("LABEL"),
            unit: String::new(),
            filed: String::new(),
            parts: Vec::new(),
        };
        for node in root.descendants().filter(roxmltree::Node::is_element) {
            match node.tag_name().name() {
                "metsHdr" => {
                    node.attribute("CREATEDATE")
                        .unwrap_or_default()
                        .clone_into(&mut manifest.filed);
                }
                "name" => node.text().unwrap_or_default().clone_into(&mut manifest.unit),
                "file" => manifest.parts.push(read_part(node)?),
                _ => {}
            }
        }
        Ok(manifest)
    }
}

fn write_part(out: &mut String, place: u32, part: &Part) {
    let Part { path, label, media, size, sm3, sha256, .. } = part;
    let _ = writeln!(
        out,
        "      <file ID=\"F{place}\" MIMETYPE=\"{}\" SIZE=\"{size}\" CHECKSUMTYPE=\"SHA-256\" \
         CHECKSUM=\"{sha256}\" ln:SM3=\"{sm3}\"><FLocat LOCTYPE=\"URL\" xlink:href=\"{}\" \
         xlink:title=\"{}\"/></file>",
        escaped(media),
        escaped(path),
        escaped(label)
    );
}

fn read_part(node: roxmltree::Node<'_, '_>) -> Result<Part, String> {
    let place = node.children().find(|child| child.has_tag_name((METS, "FLocat")));
    let place = place.ok_or("清单中有文件没有写明位置")?;
    let path = place.attribute((XLINK, "href")).ok_or("清单中有文件没有写明位置")?;
    let word = |name: &str| {
        let found = node.attribute(name).map(str::to_owned);
        found.ok_or_else(|| format!("清单中 {path} 缺少 {name}"))
    };
    let group = node.parent().and_then(|parent| parent.attribute("USE"));
    let sm3 = node.attribute((OURS, "SM3")).ok_or_else(|| format!("清单中 {path} 缺少 SM3"))?;
    Ok(Part {
        group: group.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        label: place.attribute((XLINK, "title")).unwrap_or_default().to_owned(),
        media: word("MIMETYPE")?,
        size: word("SIZE")?.parse().map_err(|_| format!("清单中 {path} 的大小不是数"))?,
        sm3: sm3.to_owned(),
        sha256: word("CHECKSUM")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let manifest = Manifest {
            number: "Z109-WS·2026-Y-BGS-0001".to_owned(),
            title: "关于“A & B”<试行>的通知".to_owned(),
            unit: "省政府办公厅".to_owned(),
            filed: "2026-11-25T10:00:00+08:00".to_owned(),
            parts: vec![
                Part::of(
                    "原文",
                    "content/original.pdf",
                    "粤府办〔2026〕1号.pdf",
                    "application/pdf",
                    b"1",
                ),
                Part::of("附件", "attachments/001.txt", "\"引号\".txt", "text/plain", b"22"),
                Part::of("附件", "attachments/002.txt", "二.txt", "text/plain", b""),
            ],
        };
        let text = manifest.text();
        let folder = Folder::from([(MANIFEST.to_owned(), text.into_bytes())]);
        assert_eq!(Manifest::read(&folder).unwrap(), manifest);
        assert!(Manifest::read(&Folder::new()).is_err());
    }
}
