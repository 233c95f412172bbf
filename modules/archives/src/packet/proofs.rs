//! Whether the acts of a packet are those of the log: each opens the commitment whose leaf is under
//! a signed checkpoint.

use super::{ACTS, Folder};
use lingnan_journal::{Act, commitment};
use lingnan_tlog::{Bundle, Verifier, entry};

/// Where the proof of an act lies.
pub(super) fn path(seq: u64) -> String {
    format!("proofs/{seq}.tlog-proof")
}

/// The acts of a folder, and what is wrong with them or their proofs.
pub(super) fn acts(folder: &Folder, key: &Verifier) -> (Vec<Act>, Vec<String>) {
    let (mut acts, mut wrong) = (Vec::new(), Vec::new());
    let lines = folder.get(ACTS).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(lines) = lines else {
        return (acts, vec!["缺少办理记录 acts.jsonl".to_owned()]);
    };
    for (place, line) in (1..).zip(lines.lines()) {
        match serde_json::from_str::<Act>(line) {
            Ok(act) => {
                if let Err(why) = proved(folder, &act, line, key) {
                    wrong.push(format!("第{}项办理：{why}", act.seq));
                }
                if acts.last().is_some_and(|last: &Act| last.seq >= act.seq) {
                    wrong.push(format!("第{}项办理的顺序不对", act.seq));
                }
                acts.push(act);
            }
            Err(error) => wrong.push(format!("acts.jsonl 第{place}行读不出来：{error}")),
        }
    }
    if acts.is_empty() {
        wrong.push("办理记录中没有任何办理".to_owned());
    }
    (acts, wrong)
}

fn proved(folder: &Folder, act: &Act, line: &str, key: &Verifier) -> Result<(), String> {
    let path = path(act.seq);
    let bytes = folder.get(&path).ok_or_else(|| format!("缺少证明 {path}"))?;
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{path} 不是文本"))?;
    let bundle = Bundle::parse(text).map_err(|e| format!("{path} 读不出来：{e}"))?;
    let salt: [u8; 32] =
        bundle.extra.as_slice().try_into().map_err(|_| format!("{path} 中没有盐值"))?;
    let logged = entry(&act.cell, act.seq, &commitment(&salt, line.as_bytes()));
    if bundle.index != act.seq {
        return Err(format!("{path} 是另一项办理的证明"));
    }
    let verified = bundle.verify(logged.as_bytes(), key);
    verified.map(|_| ()).map_err(|_| format!("内容与 {path} 不符：内容、证明或签名被改动"))
}
