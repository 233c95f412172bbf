//! Puts a packet together: a function of the material, so that the same material always gives the
//! same bytes.

use super::metadata::Values;
use super::{ACTS, Folder, KEY, MANIFEST, METADATA, Manifest, Part, metadata, pages, proofs};
use crate::number::{CATEGORY, Number};
use crate::reading::Reading;
use lingnan_base::Timestamp;
use lingnan_journal::{MatterId, canonical};
use serde_json::json;
use std::collections::BTreeMap;

/// An act with its proof, as the notary gave it.
#[derive(Debug, Clone)]
pub struct Proved {
    /// The act's place.
    pub seq: u64,
    /// The act's canonical text.
    pub payload: String,
    /// Salt, path and signed checkpoint.
    pub bundle: String,
}

/// The text of the process by which a matter ran.
#[derive(Debug, Clone)]
pub struct Process {
    /// The process.
    pub flow: String,
    /// Its form.
    pub form: String,
}

/// Everything a packet is made of.
pub struct Material<'a> {
    /// The matter.
    pub source: &'a MatterId,
    /// What it was.
    pub reading: &'a Reading,
    /// 档号
    pub number: &'a Number,
    /// 文种, or the name of the process.
    pub sort: &'a str,
    /// The cell's name.
    pub cell: &'a str,
    /// When it got its number.
    pub filed: Timestamp,
    /// Its acts and the one that numbered it, each with its proof.
    pub acts: &'a [Proved],
    /// The key that verifies the proofs.
    pub key: &'a str,
    /// The process by which it ran, when it is known.
    pub process: Option<&'a Process>,
    /// The bytes of its files by their digests.
    pub files: &'a BTreeMap<String, Vec<u8>>,
    /// Names of units.
    pub unit_name: &'a dyn Fn(&str) -> String,
}

/// A folder being filled: files, and the list of them.
#[derive(Default)]
struct Filling {
    folder: Folder,
    parts: Vec<Part>,
}

impl Filling {
    fn put(&mut self, group: &str, path: &str, label: &str, media: &str, bytes: Vec<u8>) {
        self.parts.push(Part::of(group, path, label, media, &bytes));
        self.folder.insert(path.to_owned(), bytes);
    }
}

/// The folder, its manifest within.
#[must_use]
pub fn build(material: &Material<'_>) -> Folder {
    let reading = material.reading;
    let mut filling = Filling::default();
    for file in &reading.originals {
        let (kind, media) = if file.name.to_lowercase().ends_with(".ofd") {
            ("ofd", "application/ofd")
        } else {
            ("pdf", "application/pdf")
        };
        if let Some(bytes) = material.files.get(&file.digest) {
            let path = format!("content/original.{kind}");
            filling.put("原文", &path, &file.name, media, bytes.clone());
        }
    }
    let settled = canonical::text(&settled(reading));
    let (json, html) = ("application/json", "text/html");
    filling.put("定稿", "content/final.json", "定稿（数据）", json, settled.into_bytes());
    let page = pages::final_text(reading).into_bytes();
    filling.put("定稿", "content/final.html", "定稿（可读）", html, page);
    for (place, file) in (1..).zip(reading.pictures_shown()) {
        if let Some(bytes) = material.files.get(&file.digest) {
            let (path, label) = (pages::picture_path(place, file), format!("正文图片{place}"));
            filling.put("定稿", &format!("content/{path}"), &label, &file.media, bytes.clone());
        }
    }
    let sheet = pages::sheet(reading, &about(material)).into_bytes();
    filling.put("处理单", "content/sheet.html", "处理单", html, sheet);
    for (place, file) in (1..).zip(reading.enclosed()) {
        if let Some(bytes) = material.files.get(&file.digest) {
            let path = format!("attachments/{place:03}{}", extension(&file.name));
            filling.put("附件", &path, &file.name, &file.media, bytes.clone());
        }
    }
    if let Some(process) = material.process {
        let (flow, form) = (process.flow.clone(), process.form.clone());
        filling.put("流程", "process/flow.txt", "流程文本", "text/plain", flow.into_bytes());
        filling.put("流程", "process/form.json", "表单", json, form.into_bytes());
    }
    let values = metadata::text(&metadata_of(material)).into_bytes();
    filling.put("元数据", METADATA, "元数据", "application/xml", values);
    let lines: Vec<&str> = material.acts.iter().map(|act| act.payload.as_str()).collect();
    let lines = format!("{}\n", lines.join("\n")).into_bytes();
    filling.put("办理记录", ACTS, "办理记录", "application/x-ndjson", lines);
    for act in material.acts {
        let (path, bundle) = (proofs::path(act.seq), act.bundle.clone().into_bytes());
        let label = format!("第{}项办理的证明", act.seq);
        filling.put("证明", &path, &label, "text/plain", bundle);
    }
    let key = format!("{}\n", material.key).into_bytes();
    filling.put("证明", KEY, "验证公钥", "text/plain", key);
    let manifest = Manifest {
        number: material.number.to_string(),
        title: reading.title.clone(),
        unit: reading.unit_name.clone(),
        filed: material.filed.china_datetime().strftime("%Y-%m-%dT%H:%M:%S+08:00").to_string(),
        parts: filling.parts,
    };
    filling.folder.insert(MANIFEST.to_owned(), manifest.text().into_bytes());
    filling.folder
}

/// 定稿 as data: head and text of a document, or what a form holds.
pub(super) fn settled(reading: &Reading) -> serde_json::Value {
    if reading.process.is_some() {
        return json!({ "values": reading.values });
    }
    json!({ "head": reading.head, "body": reading.body })
}

fn extension(name: &str) -> String {
    let found = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let plain = |extension: &String| {
        extension.len() <= 8 && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    found.filter(plain).map_or_else(String::new, |extension| format!(".{extension}"))
}

fn names<'a>(material: &Material<'_>, ids: impl Iterator<Item = &'a str>) -> String {
    ids.map(|id| (material.unit_name)(id)).collect::<Vec<_>>().join("、")
}

fn about(material: &Material<'_>) -> Vec<(&'static str, String)> {
    let values = metadata_of(material);
    let shown = [
        "档号",
        "题名",
        "文件编号",
        "责任者",
        "日期",
        "文种",
        "主送",
        "抄送",
        "保管期限",
        "期限说明",
    ];
    let value = |name: &str| values.get(name).cloned().unwrap_or_default();
    shown.map(|name| (name, value(name))).to_vec()
}

fn metadata_of(material: &Material<'_>) -> Values {
    let Material { reading, number, .. } = material;
    let responsible =
        if reading.received { reading.sender.clone() } else { reading.unit_name.clone() };
    let urgency = match reading.of_head("urgency") {
        "urgent" => "加急",
        "most_urgent" => "特急",
        _ => "",
    };
    let openness = match reading.of_head("openness") {
        "active" => "主动公开",
        "on_request" => "依申请公开",
        "withheld" => "不予公开",
        _ => "",
    };
    let way = match (reading.received, &reading.process) {
        (true, _) => "收文",
        (false, None) => "发文",
        (false, Some(_)) => "事项",
    };
    let draft = if reading.originals.is_empty() { "定稿" } else { "正本、定稿" };
    let words = [
        ("聚合层次", "件".to_owned()),
        ("立档单位名称", reading.unit_name.clone()),
        ("档号", number.to_string()),
        ("全宗号", number.fonds.clone()),
        ("类别号", CATEGORY.to_owned()),
        ("年度", number.year.to_string()),
        ("保管期限", number.retention.name().to_owned()),
        ("机构或问题", number.organisation.clone()),
        ("件号", format!("{:04}", number.item)),
        ("题名", reading.title.clone()),
        ("文件编号", reading.number.clone()),
        ("责任者", responsible),
        ("日期", reading.formed.china_date().to_string()),
        ("文种", material.sort.to_owned()),
        ("紧急程度", urgency.to_owned()),
        ("主送", names(material, reading.units_of_head("recipients"))),
        ("抄送", names(material, reading.units_of_head("copies"))),
        // State secrets never come into the platform.
        ("密级", "无".to_owned()),
        ("文件组合类型", "组合文件".to_owned()),
        ("稿本", draft.to_owned()),
        ("语种", "汉语".to_owned()),
        ("公开属性", openness.to_owned()),
        ("期限说明", reading.retention_reason.clone()),
        ("来源方式", way.to_owned()),
        ("事项标识", material.source.to_string()),
        ("节点", material.cell.to_owned()),
        ("办理项数", material.acts.len().to_string()),
    ];
    words.into_iter().collect()
}
