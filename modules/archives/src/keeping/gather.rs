//! Gathers what a packet is made of: acts with their proofs, files, the text of the process.

use super::{Keeper, Why};
use crate::packet::{Process, Proved};
use crate::reading::{self, Reading};
use lingnan_evidence::Content;
use lingnan_journal::{Act, Datum, Fault, MatterId};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most acts of one matter that are packed: the longest of the catalogue has some hundreds.
const ACTS_MAX: usize = 10_000;
/// Most bytes of all files of one packet, which is put together in memory.
const FILES_BYTES_MAX: u64 = 150 << 20;

const ACTS: &str = "select a.payload from journal_stream s join journal_act a on a.seq = s.seq \
    where s.matter = $1 order by s.version limit $2";
const SORT: &str = "select sort from matter_closing where matter = $1";

impl Keeper {
    /// The acts that changed a matter, oldest first.
    pub(super) async fn acts(&self, matter: &MatterId) -> Result<Vec<Act>, Why> {
        let limit = i64::try_from(ACTS_MAX).unwrap_or(i64::MAX).saturating_add(1);
        let values = vec![Datum::text(matter.as_str()), Datum::Int(limit)];
        let rows = self.store.query(ACTS, values).await?;
        if rows.len() > ACTS_MAX {
            return Err(Why::Cannot(format!("办理超过{ACTS_MAX}项，无法打包")));
        }
        let read = |row: Vec<Datum>| match row.as_slice() {
            [Datum::Text(payload)] => serde_json::from_str::<Act>(payload)
                .map_err(|e| Fault::corrupt(matter.as_str(), 0, &e)),
            _ => Err(Fault::corrupt(matter.as_str(), 0, &"journal row has other columns")),
        };
        Ok(rows.into_iter().map(read).collect::<Result<_, _>>()?)
    }

    /// What a matter was; of a receipt also what the matter holds whose text it is of.
    pub(super) async fn read(&self, source: &MatterId, acts: &[Act]) -> Result<Reading, Why> {
        let mut reading = reading::read(source, acts);
        if let Some(origin) = reading.origin.clone() {
            let acts = self.acts(&origin).await?;
            reading::with_origin(&mut reading, reading::read(&origin, &acts));
        }
        Ok(reading)
    }

    /// What sort of matter it is, as its module says.
    pub(super) async fn sort(&self, source: &MatterId) -> Result<String, Why> {
        let rows = self.store.query(SORT, vec![Datum::text(source.as_str())]).await?;
        match rows.first().map(Vec::as_slice) {
            Some([Datum::Text(sort)]) => Ok(sort.clone()),
            _ => Err(Why::Cannot("事项没有办结记录".to_owned())),
        }
    }

    /// Acts with their proofs, by their places; not yet when one is not in the signed log.
    pub(super) async fn proved(&self, acts: &[&Act]) -> Result<Vec<Proved>, Why> {
        let mut proved = Vec::with_capacity(acts.len());
        for act in acts {
            let proof = self.evidence.prove(act.seq, Content::Told).await?.ok_or(Why::NotYet)?;
            let payload = proof.payload.ok_or(Why::NotYet)?;
            proved.push(Proved { seq: act.seq, payload, bundle: proof.bundle });
        }
        Ok(proved)
    }

    /// The bytes of all files of a matter.
    pub(super) async fn files(&self, reading: &Reading) -> Result<BTreeMap<String, Vec<u8>>, Why> {
        let pictures = reading.pictures_shown();
        let all =
            || reading.originals.iter().chain(reading.enclosed()).chain(pictures.iter().copied());
        let size = all().fold(0_u64, |sum, file| sum.saturating_add(file.size));
        if size > FILES_BYTES_MAX {
            let max = FILES_BYTES_MAX >> 20;
            return Err(Why::Cannot(format!(
                "附件和图片共{}MB，超过{max}MB，无法打包",
                size >> 20
            )));
        }
        let mut files = BTreeMap::new();
        for file in all() {
            let bytes = self.bytes(&file.digest).await?;
            let bytes = bytes.ok_or_else(|| Why::Cannot(format!("文件“{}”缺失", file.name)))?;
            files.insert(file.digest.clone(), bytes);
        }
        Ok(files)
    }

    /// The process by which a matter ran, as its library published it.
    pub(super) async fn process(&self, reading: &Reading) -> Result<Option<Process>, Why> {
        let Some((code, version)) = &reading.process else { return Ok(None) };
        let Ok(entry) = MatterId::new("process", code) else { return Ok(None) };
        for act in self.acts(&entry).await? {
            let changes = act.changes.iter().filter(|change| change.matter == entry);
            for fact in changes.flat_map(|change| &change.facts) {
                let word = |name: &str| fact.get(name).and_then(Value::as_str);
                let this = fact.get("version").and_then(Value::as_u64) == Some(*version);
                if let (true, Some("added"), Some(flow), Some(form)) =
                    (this, word("fact"), word("flow"), word("form"))
                {
                    return Ok(Some(Process { flow: flow.to_owned(), form: form.to_owned() }));
                }
            }
        }
        Ok(None)
    }
}
