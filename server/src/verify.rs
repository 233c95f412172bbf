//! `lingnan verify`: the whole cell from outside, or one proof with nothing but its key.

use crate::{cell, lock};
use anyhow::Context;
use lingnan_base::Timestamp;
use lingnan_evidence::{Audit, COPIES_FILE, Extent, Report, Running};
use lingnan_journal::{Act, commitment};
use lingnan_store::Reader;
use lingnan_tlog::{Bundle, Checkpoint, Verifier, entry};
use std::path::{Path, PathBuf};

/// What a verification answers: sentences, and whether all is well.
pub struct Told {
    /// What to print.
    pub lines: Vec<String>,
    /// Whether nothing was found.
    pub well: bool,
}

/// What to verify.
pub struct Wish<'a> {
    /// The data directory.
    pub data: &'a Path,
    /// The database.
    pub database: &'a str,
    /// The cell's name.
    pub cell: &'a str,
    /// The key.
    pub verifier: &'a Verifier,
    /// Files with checkpoints that were kept elsewhere.
    pub kept: &'a [PathBuf],
    /// Whether snapshots, read tables and files are left out.
    pub scope: Scope,
    /// The present moment.
    pub now: Timestamp,
    /// Secret bytes for this run.
    pub key: [u8; 32],
}

/// How much is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// The journal, its streams and the log.
    Journal,
}

/// Verifies a cell.
///
/// # Errors
/// When something cannot be read at all.
pub async fn all(wish: &Wish<'_>) -> anyhow::Result<Told> {
    let running = if lock::is_held(wish.data) { Running::Yes } else { Running::No };
    let reader = Reader::frozen(wish.database).await?;
    let registry = cell::registry();
    let blobs = wish.data.join("blobs");
    let mut audit = Audit::new(&reader, wish.cell, wish.verifier);
    if wish.scope == Scope::All {
        let key = wish.key;
        audit.extent = Extent::All { registry: &registry, blobs: Some(&blobs), key };
    }
    audit.copies = wish.data.is_dir().then(|| wish.data.join(COPIES_FILE));
    for path in wish.kept {
        let note = std::fs::read_to_string(path);
        audit.kept.push(note.with_context(|| format!("reading {}", path.display()))?);
    }
    audit.running = running;
    audit.now = wish.now;
    Ok(told(&audit.verify().await?, wish.scope))
}

fn told(report: &Report, scope: Scope) -> Told {
    let mut lines = vec![format!(
        "办理 {} 项，检查点 {} 个，已签覆盖 {} 项",
        report.acts, report.checkpoints, report.covered
    )];
    if report.uncovered > 0 {
        lines.push(format!("尚未签名 {} 项", report.uncovered));
    }
    if report.matters > 0 {
        let Report { matters, rows, files, .. } = report;
        lines.push(format!("重算事项 {matters} 个，比对读表 {rows} 行，附件 {files} 个"));
    }
    for finding in &report.findings {
        lines.push(match finding.seq {
            Some(seq) => format!("第 {seq} 项：{}", finding.what),
            None => finding.what.clone(),
        });
    }
    let well = report.findings.is_empty();
    lines.push(match (well, scope) {
        (true, Scope::All) => {
            "核验通过：内容、各列、顺序、版本、视图、附件、签名均相符。".to_owned()
        }
        (true, Scope::Journal) => "核验通过：内容、各列、顺序、版本、签名均相符。".to_owned(),
        (false, _) => {
            let count = u64::try_from(report.findings.len()).unwrap_or(u64::MAX);
            format!("核验不通过：发现 {} 处问题。", report.more.saturating_add(count))
        }
    });
    Told { lines, well }
}

/// Checks a proof that was taken away, as the page hands it out: nothing else is needed.
///
/// # Errors
/// When the file cannot be read at all.
pub fn proof(path: &Path, verifier: &Verifier) -> anyhow::Result<Told> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("reading {}", path.display()))?;
    Ok(match opened(&text, verifier) {
        Ok(lines) => Told { lines, well: true },
        Err(why) => Told { lines: vec![format!("证明不成立：{why}。")], well: false },
    })
}

fn opened(text: &str, verifier: &Verifier) -> Result<Vec<String>, String> {
    let proof: serde_json::Value =
        serde_json::from_str(text).map_err(|e| format!("文件不是证明：{e}"))?;
    let part = |name: &str| proof.get(name).and_then(serde_json::Value::as_str);
    let bundle = Bundle::parse(part("bundle").ok_or("缺少 bundle")?).map_err(|e| e.to_string())?;
    let logged = part("entry").ok_or("缺少 entry")?;
    let checkpoint =
        bundle.verify(logged.as_bytes(), verifier).map_err(|e| format!("路径或签名不对：{e}"))?;
    let Some(payload) = part("payload") else {
        let mut lines = vec!["证明成立：该项办理在已签日志中；本证明不含内容。".to_owned()];
        lines.extend(place(bundle.index, &checkpoint));
        return Ok(lines);
    };
    let salt: [u8; 32] =
        bundle.extra.as_slice().try_into().map_err(|_| "缺少盐值，内容无从核对")?;
    let act: Act = serde_json::from_str(payload).map_err(|e| format!("内容读不出来：{e}"))?;
    let commitment = commitment(&salt, payload.as_bytes());
    if entry(&act.cell, bundle.index, &commitment) != logged || act.seq != bundle.index {
        return Err("内容与日志中的承诺值不符".to_owned());
    }
    let label = act.actor.label();
    let mut lines = vec!["证明成立：内容、承诺值、路径、签名均相符。".to_owned()];
    lines.push(format!("办理：{}", act.command));
    lines.push(format!("时间：{}", act.time));
    lines.push(format!("办理人：{} {} {}", label.unit, label.post, label.person));
    for change in &act.changes {
        lines.push(format!("事项：{}（第{}版）", change.matter, change.version));
        for fact in &change.facts {
            lines.push(format!("  {fact}"));
        }
    }
    lines.extend(place(bundle.index, &checkpoint));
    Ok(lines)
}

fn place(index: u64, checkpoint: &Checkpoint) -> [String; 2] {
    let Checkpoint { origin, size, root } = checkpoint;
    [format!("位置：{origin} 第 {index} 项"), format!("检查点：{size} 项，根 {}", root.base64())]
}
