//! 四性检测: the test of DA/T 70-2018 that a packet is authentic, complete, usable and safe, when it is
//! filed, when it is handed over, and while it is kept. Items are the standard's headings; their
//! numbers here are ours.

use crate::packet::{Folder, Manifest, Verdict, sm3, unpack, verify};
use lingnan_tlog::Verifier;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest account of one item, in characters; a broken packet could fill a book.
const FOUND_MAX: usize = 600;

/// When a packet is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 归档
    Filing,
    /// 移交与接收
    HandOver,
    /// 长期保存
    Keeping,
}

/// Which of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// 真实性
    Authentic,
    /// 完整性
    Complete,
    /// 可用性
    Usable,
    /// 安全性
    Safe,
}

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TestOutcome)]
pub enum Outcome {
    /// 通过
    Passed,
    /// 不通过
    Failed,
    /// 提示: nothing is wrong, but someone should know.
    Noted,
}

/// One item of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TestLine)]
pub struct Line {
    /// Which of the four.
    pub property: Property,
    /// Its number among those of its property.
    pub item: u8,
    /// What was tested.
    pub what: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What was found.
    pub found: String,
}

/// A test of a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PacketTest)]
pub struct Test {
    /// When.
    pub phase: Phase,
    /// Its items.
    pub lines: Vec<Line>,
}

impl Test {
    /// Whether no item failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.lines.iter().all(|line| line.outcome != Outcome::Failed)
    }

    fn add(&mut self, property: Property, what: &str, outcome: Outcome, found: &str) {
        let before = self.lines.iter().filter(|line| line.property == property).count();
        let item = u8::try_from(before).unwrap_or(u8::MAX).saturating_add(1);
        let found = found.chars().take(FOUND_MAX).collect();
        self.lines.push(Line { property, item, what: what.to_owned(), outcome, found });
    }
}

/// What is known of a packet from elsewhere.
pub struct Known<'a> {
    /// SM3 of the packet, as the journal has it.
    pub digest: &'a str,
    /// 档号, as the journal has it.
    pub number: &'a str,
    /// 件号 of its series that no packet has.
    pub gaps: &'a [u32],
    /// The cell's key.
    pub key: &'a Verifier,
}

/// Tests a packet; `None` when its bytes are not to be had.
#[must_use]
pub fn test(phase: Phase, bytes: Option<&[u8]>, known: &Known<'_>) -> Test {
    let mut test = Test { phase, lines: Vec::new() };
    let folder = bytes.ok_or_else(|| "归档信息包缺失：文件被删除".to_owned());
    let folder = folder.and_then(|bytes| unpack(bytes).map_err(|e| e.to_string()));
    let (bytes, folder) = match (bytes, folder) {
        (Some(bytes), Ok(folder)) => (bytes, folder),
        (_, Err(why)) => {
            test.add(Property::Usable, "归档信息包可打开", Outcome::Failed, &why);
            return test;
        }
        (None, Ok(_)) => return test,
    };
    let verdict = verify(&folder, Some(known.key));
    authentic(&mut test, &verdict, bytes, known);
    complete(&mut test, &verdict, &folder, known);
    usable(&mut test, &verdict, &folder);
    safe(&mut test, &folder, bytes, known);
    test
}

/// What several findings say together.
fn together(verdict: &Verdict, codes: &[&str]) -> (Outcome, String) {
    let findings: Vec<_> = codes.iter().filter_map(|code| verdict.of(code)).collect();
    let wrong: Vec<_> = findings.iter().filter(|finding| !finding.holds).collect();
    let told = if wrong.is_empty() { findings.iter().collect() } else { wrong };
    let found: Vec<&str> = told.iter().flat_map(|f| &f.found).map(String::as_str).collect();
    let well = !findings.is_empty() && findings.iter().all(|finding| finding.holds);
    let found = if findings.is_empty() { "无从检测".to_owned() } else { found.join("；") };
    (if well { Outcome::Passed } else { Outcome::Failed }, found)
}

fn authentic(test: &mut Test, verdict: &Verdict, bytes: &[u8], known: &Known<'_>) {
    let property = Property::Authentic;
    for (what, codes) in [
        ("来源真实：办理记录、签名可验证", &["proofs"][..]),
        ("固化信息有效：摘要与清单相符", &["digests"]),
        ("元数据准确：类型、长度、值域", &["metadata", "registered"]),
        ("元数据与内容一致", &["described", "final"]),
        ("元数据与内容关联：位置相符", &["complete"]),
        ("内容与办理时一致：正本、附件", &["held"]),
    ] {
        let (outcome, found) = together(verdict, codes);
        test.add(property, what, outcome, &found);
    }
    let now = sm3(bytes);
    let same = now == known.digest && verdict.number == known.number;
    let (outcome, found) = if same {
        (Outcome::Passed, format!("SM3 {now}"))
    } else {
        let (number, digest) = (known.number, known.digest);
        let found = format!(
            "办理日志所记为 {number}，SM3 {digest}；现为 {}，SM3 {now}：信息包被改动或调换",
            verdict.number
        );
        (Outcome::Failed, found)
    };
    test.add(property, "归档信息包一致：与办理日志所记相符", outcome, &found);
}

fn complete(test: &mut Test, verdict: &Verdict, folder: &Folder, known: &Known<'_>) {
    let property = Property::Complete;
    let (outcome, found) = together(verdict, &["metadata"]);
    test.add(property, "元数据必填项齐全", outcome, &found);
    let (outcome, found) = if known.gaps.is_empty() {
        (Outcome::Passed, "无漏号".to_owned())
    } else {
        let gaps: Vec<String> = known.gaps.iter().map(u32::to_string).collect();
        (Outcome::Failed, format!("缺件号{}", gaps.join("、")))
    };
    test.add(property, "件号连续", outcome, &found);
    let manifest = Manifest::read(folder).ok();
    let has = |group: &str| {
        manifest.as_ref().is_some_and(|all| all.parts.iter().any(|part| part.group == group))
    };
    let missing: Vec<&str> =
        ["处理单", "办理记录", "证明"].into_iter().filter(|group| !has(group)).collect();
    let (outcome, found) = if missing.is_empty() {
        (Outcome::Passed, "处理单、办理记录、证明齐全".to_owned())
    } else {
        (Outcome::Failed, format!("缺少{}", missing.join("、")))
    };
    test.add(property, "办理过程信息齐全", outcome, &found);
    let (outcome, found) = match (has("定稿"), has("原文")) {
        (true, true) => (Outcome::Passed, "正本、定稿齐全"),
        (true, false) => (Outcome::Noted, "只有定稿，没有版式正本"),
        (false, _) => (Outcome::Failed, "缺少定稿"),
    };
    test.add(property, "内容数据齐全", outcome, found);
}

fn usable(test: &mut Test, verdict: &Verdict, folder: &Folder) {
    let property = Property::Usable;
    let (outcome, found) = together(verdict, &["manifest", "metadata"]);
    test.add(property, "元数据可正常访问", outcome, &found);
    let broken: Vec<String> = folder
        .iter()
        .filter_map(|(path, bytes)| opens(path, bytes).err().map(|why| format!("{path}：{why}")))
        .collect();
    let (outcome, found) = if broken.is_empty() {
        (Outcome::Passed, format!("{}个文件均可打开", folder.len()))
    } else {
        (Outcome::Failed, broken.join("；"))
    };
    test.add(property, "内容数据可打开", outcome, &found);
    let others: Vec<&str> =
        folder.keys().map(String::as_str).filter(|path| !is_lasting(path)).collect();
    let (outcome, found) = if others.is_empty() {
        (Outcome::Passed, "均为长期保存格式".to_owned())
    } else {
        (Outcome::Noted, format!("非长期保存格式，建议另存版式文件：{}", others.join("、")))
    };
    test.add(property, "格式符合归档要求", outcome, &found);
    conformance(test, folder);
    let closed: Vec<String> = folder
        .iter()
        .filter_map(|(path, bytes)| closed(bytes).map(|what| format!("{path}：{what}")))
        .collect();
    let (outcome, found) = if closed.is_empty() {
        let found = "以通用 ZIP（DEFLATE）存放，解开即文件夹；其中文件均未加密";
        (Outcome::Passed, found.to_owned())
    } else {
        (Outcome::Failed, format!("{}，请解密、解压后重新归档", closed.join("；")))
    };
    test.add(property, "无专有压缩与加密", outcome, &found);
}

fn safe(test: &mut Test, folder: &Folder, bytes: &[u8], known: &Known<'_>) {
    let property = Property::Safe;
    let bad: Vec<String> = folder
        .iter()
        .filter_map(|(path, bytes)| harmful(bytes).map(|what| format!("{path}：{what}")))
        .collect();
    let (outcome, found) = if bad.is_empty() {
        (Outcome::Noted, "未见程序、宏、脚本；本平台不带病毒库，移交前请另行杀毒".to_owned())
    } else {
        (Outcome::Failed, bad.join("；"))
    };
    test.add(property, "恶意代码", outcome, &found);
    let same = sm3(bytes) == known.digest;
    let (outcome, found) = if same {
        (Outcome::Passed, "存储读出完整，摘要相符")
    } else {
        (Outcome::Failed, "读出的内容与存入时不同：存储损坏或被改动")
    };
    test.add(property, "存储载体可靠", outcome, found);
    let found = "归档、检测、借阅、鉴定均记入办理日志；制度与人员由档案机构自行检查，不由程序判定";
    test.add(property, "归档与保管过程安全", Outcome::Noted, found);
}

/// Whether what we made is what it says: the original as PDF/A-2u and as an OFD that lasts. Files
/// of others are not held to it, but it is told.
fn conformance(test: &mut Test, folder: &Folder) {
    let property = Property::Usable;
    for (path, what) in [
        ("content/original.pdf", "版式正本符合 PDF/A-2u（ISO 19005-2）"),
        ("content/original.ofd", "版式正本为可长期保存的 OFD（DA/T 47、GB/T 33190）"),
    ] {
        let Some(bytes) = folder.get(path) else { continue };
        let (outcome, found) = match lasting(path, bytes) {
            None => (Outcome::Passed, "字体嵌入、文字可检索，无加密、脚本、外部引用".to_owned()),
            Some(faults) => (Outcome::Failed, faults),
        };
        test.add(property, what, outcome, &found);
    }
    let others = folder.iter().filter(|(path, _)| !path.starts_with("content/original."));
    let told: Vec<String> = others
        .filter_map(|(path, bytes)| lasting(path, bytes).map(|faults| format!("{path}：{faults}")))
        .collect();
    if !told.is_empty() {
        test.add(property, "附件、扫描件的版式规范", Outcome::Noted, &told.join("；"));
    }
}

/// What keeps a PDF or OFD from lasting; nothing of other kinds.
fn lasting(path: &str, bytes: &[u8]) -> Option<String> {
    let faults = match extension(path) {
        "pdf" => lingnan_pdf::lasting(bytes).map_err(|e| e.to_string()),
        "ofd" => lingnan_ofd::lasting(bytes).map_err(|e| e.to_string()),
        _ => return None,
    };
    match faults {
        Ok(faults) if faults.is_empty() => None,
        Ok(faults) => Some(faults.join("，")),
        Err(why) => Some(why),
    }
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Formats that last (DA/T 47-2009 for fixed layout; open text and pictures besides).
fn is_lasting(path: &str) -> bool {
    const LASTING: [&str; 15] = [
        "pdf",
        "ofd",
        "xml",
        "html",
        "json",
        "jsonl",
        "txt",
        "csv",
        "jpg",
        "jpeg",
        "png",
        "tif",
        "tiff",
        "tlog-proof",
        "vkey",
    ];
    LASTING.contains(&extension(path))
}

/// Opens a file as far as we can read its kind.
fn opens(path: &str, bytes: &[u8]) -> Result<(), String> {
    let begins = |magic: &[u8]| {
        if bytes.starts_with(magic) { Ok(()) } else { Err("内容与扩展名不符".to_owned()) }
    };
    let text = || std::str::from_utf8(bytes).map_err(|_| "不是 UTF-8 文本".to_owned());
    match extension(path) {
        _ if bytes.is_empty() => Err("空文件".to_owned()),
        "pdf" => begins(b"%PDF-"),
        "png" => begins(b"\x89PNG"),
        "jpg" | "jpeg" => begins(b"\xff\xd8\xff"),
        "ofd" => lingnan_ofd::read(bytes).map(|_| ()).map_err(|e| e.to_string()),
        "xml" => roxmltree::Document::parse(text()?).map(|_| ()).map_err(|e| e.to_string()),
        "json" => serde_json::from_str::<serde_json::Value>(text()?)
            .map(|_| ())
            .map_err(|e| e.to_string()),
        "html" | "jsonl" | "tlog-proof" | "vkey" => text().map(|_| ()),
        _ => Ok(()),
    }
}

/// What keeps a file from being read without a secret or a maker's own program.
fn closed(bytes: &[u8]) -> Option<&'static str> {
    /// "EncryptedPackage" in UTF-16, the stream in which Office keeps what a password closes.
    const OFFICE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    // General purpose bit flag of the first local header (APPNOTE 4.4.4): bit 0 says encrypted.
    let first_is_encrypted = bytes.get(6).is_some_and(|flags| flags & 1 == 1);
    match bytes {
        [b'%', b'P', b'D', b'F', ..] if has(bytes, b"/Encrypt") => Some("加密的 PDF"),
        [b'P', b'K', 3, 4, ..] if first_is_encrypted => Some("加密的压缩包"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] if has(bytes, OFFICE) => Some("加密的 Office 文档"),
        [b'R', b'a', b'r', b'!', ..] => Some("RAR 压缩包"),
        [b'7', b'z', 0xbc, 0xaf, ..] => Some("7z 压缩包"),
        _ => None,
    }
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// What a file holds that runs.
fn harmful(bytes: &[u8]) -> Option<&'static str> {
    let has = |wanted: &[u8]| has(bytes, wanted);
    if bytes.starts_with(b"MZ") || bytes.starts_with(b"\x7fELF") || bytes.starts_with(b"#!") {
        return Some("可执行程序");
    }
    if bytes.starts_with(b"%PDF-") && (has(b"/JavaScript") || has(b"/Launch")) {
        return Some("PDF 中有脚本或启动动作");
    }
    if bytes.starts_with(b"PK") && has(b"vbaProject.bin") {
        return Some("文档中有宏");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_found_by_how_it_begins() {
        assert_eq!(harmful(b"MZ\x90"), Some("可执行程序"));
        assert_eq!(harmful(b"%PDF-1.7 /JavaScript (x)"), Some("PDF 中有脚本或启动动作"));
        assert_eq!(harmful(b"PK\x03\x04 word/vbaProject.bin"), Some("文档中有宏"));
        assert_eq!(harmful(b"%PDF-1.7 plain"), None);
    }

    #[test]
    fn what_is_closed_to_others_does_not_pass() {
        let outcome = |bytes: &[u8]| {
            let mut test = Test { phase: Phase::Filing, lines: Vec::new() };
            let path = "attachments/001.pdf".to_owned();
            let folder = Folder::from([(path, bytes.to_vec())]);
            let verdict =
                Verdict { number: String::new(), title: String::new(), findings: Vec::new() };
            usable(&mut test, &verdict, &folder);
            let line = test.lines.iter().find(|line| line.what == "无专有压缩与加密").unwrap();
            line.outcome
        };
        assert_eq!(outcome(b"%PDF-1.7 trailer << /Encrypt 5 0 R >>"), Outcome::Failed);
        assert_eq!(outcome(b"PK\x03\x04\x14\x00\x01\x00"), Outcome::Failed);
        assert_eq!(outcome(b"Rar!\x1a\x07"), Outcome::Failed);
        assert_eq!(outcome(b"%PDF-1.7 plain"), Outcome::Passed);
        assert_eq!(outcome(b"PK\x03\x04\x14\x00\x00\x00"), Outcome::Passed);
    }

    #[test]
    fn our_original_is_held_to_its_format_and_an_attachment_is_only_told_of() {
        let bad = b"%PDF-1.7 with nothing in it".to_vec();
        for (path, outcome) in [
            ("content/original.pdf", Outcome::Failed),
            ("content/original.ofd", Outcome::Failed),
            ("attachments/001.pdf", Outcome::Noted),
        ] {
            let mut test = Test { phase: Phase::Filing, lines: Vec::new() };
            conformance(&mut test, &Folder::from([(path.to_owned(), bad.clone())]));
            let outcomes: Vec<Outcome> = test.lines.iter().map(|line| line.outcome).collect();
            assert_eq!(outcomes, [outcome], "{path}");
        }
    }

    #[test]
    fn a_file_opens_only_as_what_it_is_called() {
        assert!(opens("a.pdf", b"%PDF-1.7").is_ok());
        for (path, bytes) in [
            ("a.pdf", &b"PK\x03\x04"[..]),
            ("a.xml", b"<a>"),
            ("a.json", b"{"),
            ("a.ofd", b"PK\x03\x04"),
            ("a.txt", b""),
        ] {
            assert!(opens(path, bytes).is_err(), "{path}");
        }
        assert!(!is_lasting("attachments/001.docx"));
    }
}
