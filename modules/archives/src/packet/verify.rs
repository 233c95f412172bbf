//! Checks a packet from itself alone: nothing of the platform is asked, and of the packet nothing
//! is believed but the key, which whoever checks may bring along.

use super::build::settled;
use super::{Folder, ITEMS, KEY, MANIFEST, Manifest, Part, proofs, read_metadata, sha256, sm3};
use crate::number::Number;
use crate::reading::{self, Reading};
use lingnan_journal::{Act, MatterId, canonical};
use lingnan_tlog::Verifier;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Display;

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A short name that stays.
    pub code: &'static str,
    /// What was checked.
    pub what: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// What was found, in sentences.
    pub found: Vec<String>,
}

/// What came of checking a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// 档号, as the manifest says.
    pub number: String,
    /// 题名
    pub title: String,
    /// Everything that was checked.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }

    /// A finding by its code.
    #[must_use]
    pub fn of(&self, code: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.code == code)
    }

    fn add(&mut self, code: &'static str, what: &'static str, wrong: Vec<String>, well: String) {
        let holds = wrong.is_empty();
        let found = if holds { vec![well] } else { wrong };
        self.findings.push(Finding { code, what, holds, found });
    }
}

/// Checks a folder; the key within it is used when none is `given`.
#[must_use]
pub fn verify(folder: &Folder, given: Option<&Verifier>) -> Verdict {
    let mut verdict = Verdict { number: String::new(), title: String::new(), findings: Vec::new() };
    let manifest = match Manifest::read(folder) {
        Ok(manifest) => manifest,
        Err(why) => {
            verdict.add("manifest", "清单可读", vec![why], String::new());
            return verdict;
        }
    };
    verdict.number.clone_from(&manifest.number);
    verdict.title.clone_from(&manifest.title);
    let count = manifest.parts.len();
    verdict.add("manifest", "清单可读", Vec::new(), format!("列有{count}个文件"));
    verdict.add(
        "complete",
        "文件与清单一一对应",
        complete(folder, &manifest),
        "一一对应".to_owned(),
    );
    let wrong = digests(folder, &manifest.parts);
    verdict.add("digests", "大小、SM3、SHA-256 与清单相符", wrong, format!("{count}个文件均相符"));
    let enclosed = folder.get(KEY).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let enclosed = enclosed.and_then(|text| Verifier::parse(text.trim()).ok());
    let Some(key) = given.or(enclosed.as_ref()) else {
        verdict.add(
            "proofs",
            "办理记录与证明",
            vec![format!("没有可用的公钥 {KEY}")],
            String::new(),
        );
        return verdict;
    };
    let (acts, wrong) = proofs::acts(folder, key);
    let whose = if given.is_some() { "所给公钥" } else { "包内公钥" };
    let well = format!("{}项办理均在已签日志中（{whose} {}）", acts.len(), key.name());
    verdict.add("proofs", "办理记录、证明、签名相符", wrong, well);
    contents(&mut verdict, folder, &manifest, &acts);
    verdict
}

fn complete(folder: &Folder, manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut listed = BTreeSet::from([MANIFEST]);
    for part in &manifest.parts {
        if !folder.contains_key(&part.path) {
            wrong.push(format!("清单所列的 {}（{}）不在包内", part.path, part.label));
        }
        if !listed.insert(&part.path) {
            wrong.push(format!("{} 在清单中列了两次", part.path));
        }
    }
    for path in folder.keys().filter(|path| !listed.contains(path.as_str())) {
        wrong.push(format!("{path} 不在清单中"));
    }
    wrong
}

fn digests(folder: &Folder, parts: &[Part]) -> Vec<String> {
    let mut wrong = Vec::new();
    for part in parts {
        let Some(bytes) = folder.get(&part.path) else { continue };
        let named = format!("{}（{}）", part.path, part.label);
        if u64::try_from(bytes.len()).ok() != Some(part.size) {
            wrong.push(format!("{named}有{}字节，清单所记为{}字节", bytes.len(), part.size));
        }
        for (name, kept, now) in
            [("SM3", &part.sm3, sm3(bytes)), ("SHA-256", &part.sha256, sha256(bytes))]
        {
            if *kept != now {
                wrong.push(format!("{named}的 {name} 与清单不符：文件被改动"));
            }
        }
    }
    wrong
}

/// What the acts say against what the packet is called and holds.
fn contents(verdict: &mut Verdict, folder: &Folder, manifest: &Manifest, acts: &[Act]) {
    let values = match read_metadata(folder) {
        Ok(values) => values,
        Err(why) => {
            verdict.add("metadata", "元数据可读", vec![why], String::new());
            return;
        }
    };
    let mut wrong = Vec::new();
    for item in ITEMS {
        let value = values.get(item.name).map_or("", String::as_str);
        if value.is_empty() && item.required {
            wrong.push(format!("缺少“{}”", item.name));
        }
        let length = value.chars().count();
        if length > item.max {
            wrong.push(format!("“{}”有{length}个字，超过{}", item.name, item.max));
        }
    }
    verdict.add("metadata", "元数据项齐全、长度合规", wrong, format!("{}项", values.len()));
    let value = |name: &str| values.get(name).map_or("", String::as_str);
    let source = value("事项标识");
    let reading = MatterId::parse(source).map(|matter| reading::read(&matter, acts));
    let Ok(reading) = reading else {
        let wrong = vec![format!("事项标识“{source}”不合规")];
        verdict.add("registered", "档号与登记时一致", wrong, String::new());
        return;
    };
    let wrong = registered(acts, source, manifest, &values);
    verdict.add("registered", "档号与登记时一致", wrong, manifest.number.clone());
    let wrong = described(&reading, manifest, &values);
    verdict.add(
        "described",
        "元数据与内容一致",
        wrong,
        "题名、编号、日期、期限等均一致".to_owned(),
    );
    held(verdict, folder, manifest, &reading);
}

fn registered(
    acts: &[Act],
    source: &str,
    manifest: &Manifest,
    values: &super::metadata::Values,
) -> Vec<String> {
    let facts = acts.iter().flat_map(|act| &act.changes).flat_map(|change| &change.facts);
    let found = facts.into_iter().find(|fact| {
        fact.get("fact").and_then(serde_json::Value::as_str) == Some("registered")
            && fact.pointer("/title/source").and_then(serde_json::Value::as_str) == Some(source)
    });
    let Some(found) = found else {
        return vec!["办理记录中没有登记档号的一项".to_owned()];
    };
    let number: Option<Number> = found
        .pointer("/title/number")
        .and_then(|number| serde_json::from_value(number.clone()).ok());
    let Some(number) = number else { return vec!["登记的档号读不出来".to_owned()] };
    let mut wrong = Vec::new();
    let mut same = |name: &str, said: &str, was: &dyn Display| {
        if said != was.to_string() {
            wrong.push(format!("{name}为“{said}”，登记时为“{was}”"));
        }
    };
    let value = |name: &str| values.get(name).map_or("", String::as_str);
    same("清单的档号", &manifest.number, &number);
    same("档号", value("档号"), &number);
    same("全宗号", value("全宗号"), &number.fonds);
    same("年度", value("年度"), &number.year);
    same("保管期限", value("保管期限"), &number.retention.name());
    same("机构或问题", value("机构或问题"), &number.organisation);
    same("件号", value("件号"), &format!("{:04}", number.item));
    wrong
}

fn described(
    reading: &Reading,
    manifest: &Manifest,
    values: &super::metadata::Values,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |name: &str, said: &str, was: &str| {
        if said != was {
            wrong.push(format!("{name}为“{said}”，办理记录中为“{was}”"));
        }
    };
    let value = |name: &str| values.get(name).map_or("", String::as_str);
    let responsible = if reading.received { &reading.sender } else { &reading.unit_name };
    same("清单的题名", &manifest.title, &reading.title);
    same("题名", value("题名"), &reading.title);
    same("文件编号", value("文件编号"), &reading.number);
    same("责任者", value("责任者"), responsible);
    same("立档单位名称", value("立档单位名称"), &reading.unit_name);
    same("日期", value("日期"), &reading.formed.china_date().to_string());
    same("保管期限", value("保管期限"), reading.retention.map_or("", |term| term.name()));
    wrong
}

/// What the acts name by its digest is there, and is what they name.
fn held(verdict: &mut Verdict, folder: &Folder, manifest: &Manifest, reading: &Reading) {
    let has = |group: &str, digest: &str| {
        manifest.parts.iter().any(|part| {
            let bytes = folder.get(&part.path);
            part.group == group && bytes.is_some_and(|bytes| sm3(bytes) == digest)
        })
    };
    let mut wrong = Vec::new();
    let originals = reading.originals.iter().map(|file| ("原文", file));
    let pictures = reading.pictures_shown().into_iter().map(|file| ("定稿", file));
    let enclosed = reading.enclosed().map(|file| ("附件", file));
    let all: Vec<_> = originals.chain(enclosed).chain(pictures).collect();
    for (group, file) in all.iter().filter(|(group, file)| !has(group, &file.digest)) {
        wrong.push(format!("{group}“{}”缺失，或与办理时不同", file.name));
    }
    let count = all.len();
    verdict.add(
        "held",
        "正本、附件与办理时一致",
        wrong,
        format!("办理记录所指的{count}个文件均一致"),
    );
    if reading.received {
        return;
    }
    let wrong = match folder.get("content/final.json") {
        Some(bytes) if *bytes == canonical::text(&settled(reading)).into_bytes() => Vec::new(),
        Some(_) => vec!["content/final.json 与办理记录中的定稿不同".to_owned()],
        None => vec!["缺少定稿 content/final.json".to_owned()],
    };
    verdict.add("final", "定稿与办理记录一致", wrong, "一致".to_owned());
}
