//! `metadata.xml`: what a 件 is called and where it belongs. Names are those of DA/T 46-2009
//! (文书类电子文件元数据方案) as far as they fit; the rest is ours and says so. What is known of
//! single files stands in the manifest.

use super::{Folder, METADATA, escaped};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Our namespace for the file.
const NAMESPACE: &str = "urn:lingnan:archive:metadata:1";

/// An item of metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: &'static str,
    /// Whether the name is that of the standard; otherwise it is ours.
    pub standard: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Most characters.
    pub max: usize,
}

const fn must(name: &'static str, max: usize) -> Item {
    Item { name, standard: true, required: true, max }
}

const fn may(name: &'static str, max: usize) -> Item {
    Item { name, standard: true, required: false, max }
}

const fn ours(name: &'static str, max: usize) -> Item {
    Item { name, standard: false, required: true, max }
}

/// Every item, in the order of the file.
pub const ITEMS: [Item; 27] = [
    must("聚合层次", 10),
    must("立档单位名称", 100),
    must("档号", 60),
    must("全宗号", 16),
    must("类别号", 10),
    must("年度", 4),
    must("保管期限", 10),
    must("机构或问题", 16),
    must("件号", 10),
    must("题名", 400),
    may("文件编号", 100),
    must("责任者", 400),
    must("日期", 10),
    must("文种", 60),
    may("紧急程度", 10),
    may("主送", 4_000),
    may("抄送", 4_000),
    must("密级", 10),
    must("文件组合类型", 20),
    must("稿本", 40),
    must("语种", 20),
    Item { required: false, ..ours("公开属性", 10) },
    Item { required: false, ..ours("期限说明", 500) },
    ours("来源方式", 10),
    ours("事项标识", 80),
    ours("节点", 40),
    ours("办理项数", 10),
];

/// Items with what they hold.
pub type Values = BTreeMap<&'static str, String>;

/// As XML, in the order of [`ITEMS`]; an item that holds nothing is left out.
pub(super) fn text(values: &Values) -> String {
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<元数据 xmlns=\"{NAMESPACE}\">\n");
    for item in ITEMS {
        let value = values.get(item.name).map_or("", String::as_str);
        if value.is_empty() {
            continue;
        }
        let name = item.name;
        let source = if item.standard { "DA/T 46" } else { "岭南" };
        // Writing to a string does not fail.
        let _ = writeln!(out, "  <{name} 依据=\"{source}\">{}</{name}>", escaped(value));
    }
    out.push_str("</元数据>\n");
    out
}

/// Reads the metadata of a folder: by name, only names that are known.
///
/// # Errors
/// A sentence when it is missing, does not read, or holds what is unknown or twice there.
pub fn read(folder: &Folder) -> Result<Values, String> {
    let bytes = folder.get(METADATA).ok_or("缺少元数据 metadata.xml")?;
    let text = std::str::from_utf8(bytes).map_err(|_| "元数据不是 UTF-8 文本")?;
    let tree = roxmltree::Document::parse(text).map_err(|e| format!("元数据读不出来：{e}"))?;
    let mut values = Values::new();
    for node in tree.root_element().children().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let item = ITEMS.iter().find(|item| item.name == name);
        let item = item.ok_or_else(|| format!("元数据中有未知的项“{name}”"))?;
        let value = node.text().unwrap_or_default().to_owned();
        if values.insert(item.name, value).is_some() {
            return Err(format!("元数据项“{name}”重复"));
        }
    }
    Ok(values)
}
