//! `lingnan archive verify`: checks a packet from itself alone.

use super::{Answer, files, tell};
use lingnan_archives::packet::{self, Folder};
use lingnan_tlog::Verifier;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is checked, and by which key.
#[derive(clap::Args)]
pub struct Verifying {
    /// 归档信息包：ZIP 文件，或解开的文件夹
    packet: PathBuf,
    /// 验证公钥；默认用包内的 proofs/evidence.vkey
    #[arg(long)]
    key: Option<String>,
    /// 以 JSON 输出
    #[arg(long)]
    json: bool,
}

/// Largest packet that is read.
const PACKET_MAX: u64 = 256 << 20;

/// Carries a task out.
#[must_use]
pub fn run(verifying: &Verifying) -> ExitCode {
    let Verifying { packet, key, json } = verifying;
    tell(verify(packet, key.as_deref(), *json))
}

fn verify(place: &Path, key: Option<&str>, json: bool) -> Result<Answer, String> {
    let key = key.map(str::trim).map(Verifier::parse).transpose();
    let key = key.map_err(|error| format!("公钥读不出来：{error}"))?;
    let folder = open(place)?;
    let verdict = packet::verify(&folder, key.as_ref());
    let well = verdict.holds();
    if json {
        let text = serde_json::to_string_pretty(&verdict).map_err(|error| error.to_string())?;
        return Ok(Answer { lines: vec![text], well });
    }
    let mut lines = vec![format!("{} {}", verdict.number, verdict.title)];
    lines.extend(verdict.findings.iter().map(|finding| {
        let mark = if finding.holds { "相符" } else { "不符" };
        format!("{mark} {}：{}", finding.what, finding.found.join("；"))
    }));
    lines.push(if well { "核验通过。" } else { "核验不通过。" }.to_owned());
    Ok(Answer { lines, well })
}

/// The files of a packet, laid out or in a ZIP.
fn open(place: &Path) -> Result<Folder, String> {
    if !place.is_dir() {
        let bytes = files::bytes(place, PACKET_MAX)?;
        return packet::unpack(&bytes).map_err(|e| format!("{}：{e}。", place.display()));
    }
    // Any other folder may hold anything, and is not read through.
    if !place.join(packet::MANIFEST).is_file() {
        let name = packet::MANIFEST;
        return Err(format!("{}：不是归档信息包，缺少清单 {name}。", place.display()));
    }
    laid_out(place).map_err(|why| format!("{}：{why}", place.display()))
}

fn laid_out(place: &Path) -> Result<Folder, String> {
    let mut folder = Folder::new();
    let mut waiting = vec![place.to_owned()];
    while let Some(below) = waiting.pop() {
        for entry in std::fs::read_dir(&below).map_err(|e| e.to_string())? {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let inner = path.strip_prefix(place).map_err(|e| e.to_string())?;
            let bytes = files::bytes(&path, PACKET_MAX)?;
            folder.insert(inner.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(folder)
}
