//! Attached files: each must have the digest that it is named by, and each that an act attaches
//! must be there.

use super::Report;
use lingnan_journal::Fault;
use serde_json::Value;
use sm3::{Digest, Sm3};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes hashed at once.
const BLOCK: usize = 64 * 1024;

/// Computes the digest of every kept file again.
pub(super) async fn verify(folder: &Path, report: &mut Report) -> Result<(), Fault> {
    let root = folder.to_owned();
    let work = tokio::task::spawn_blocking(move || hash_all(&root));
    let found = work.await.map_err(|e| Fault::Engine(e.to_string()))?;
    let (files, wrong) = found.map_err(|e| Fault::corrupt("blobs", 0, &e))?;
    report.files = files;
    for what in wrong {
        report.add(None, what);
    }
    Ok(())
}

/// The digests of files that a fact attaches: an object with a digest, a size and a media type.
pub(super) fn attached(fact: &Value, found: &mut impl FnMut(&str)) {
    match fact {
        Value::Object(members) => {
            let digest = members.get("digest").and_then(Value::as_str);
            if let (Some(digest), true, true) =
                (digest, members.contains_key("size"), members.contains_key("media"))
            {
                found(digest);
            }
            members.values().for_each(|value| attached(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| attached(item, found)),
        _ => {}
    }
}

/// Where the file of a digest lies.
pub(super) fn path(folder: &Path, digest: &str) -> Option<PathBuf> {
    let (first, _) = digest.split_at_checked(2)?;
    Some(folder.join(first).join(digest))
}

fn hash_all(root: &Path) -> std::io::Result<(u64, Vec<String>)> {
    let (mut files, mut wrong) = (0_u64, Vec::new());
    if !root.exists() {
        return Ok((0, wrong));
    }
    for folder in std::fs::read_dir(root)? {
        let folder = folder?;
        if folder.file_name() == "incoming" || !folder.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())? {
            let file = file?;
            let name = file.file_name().to_string_lossy().into_owned();
            files = files.saturating_add(1);
            match digest(&file.path()) {
                Ok(digest) if digest == name => {}
                Ok(_) => wrong.push(format!("附件 {name} 的内容与其摘要不符：文件被改动。")),
                Err(error) => wrong.push(format!("附件 {name} 读不出来：{error}。")),
            }
        }
    }
    Ok((files, wrong))
}

fn digest(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hash = Sm3::new();
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(block.get(..read).unwrap_or_default());
    }
}
