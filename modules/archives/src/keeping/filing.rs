//! 归档: number, packet and test of one matter that was filed. Each step is an act of its own with an
//! id that follows from the matter, so that whatever is interrupted goes on where it was.

use super::{Keeper, Why, act_id, archive_of};
use crate::decide::{Pack, Register, key_of};
use crate::model::{Archive, PacketFile};
use crate::packet::{Manifest, Material, build, pack};
use crate::reading::Reading;
use crate::test::Phase;
use lingnan_base::UnitId;
use lingnan_journal::{Act, Actor, MatterId};
use std::collections::BTreeMap;

impl Keeper {
    /// Files a matter; nothing is left to do when it has a packet already.
    pub(super) async fn file(&self, source: &MatterId) -> Result<(), Why> {
        let id = archive_of(source)?;
        let (version, archive) = self.store.load::<Archive>(&id).await?;
        if archive.packet.is_some() {
            return Ok(());
        }
        let acts = self.acts(source).await?;
        let reading = self.read(source, &acts).await?;
        let sort = self.sort(source).await?;
        if version == 0 {
            self.register(source, &reading, &sort).await?;
        }
        self.evidence.advance().await?;
        self.pack(source, &acts, &reading, &sort).await
    }

    async fn register(&self, source: &MatterId, reading: &Reading, sort: &str) -> Result<(), Why> {
        let (Some(unit), Some(retention)) = (&reading.unit, reading.retention) else {
            return Err(Why::Cannot("办理记录中没有单位或保管期限".to_owned()));
        };
        let responsible = if reading.received { &reading.sender } else { &reading.unit_name };
        let command = Register {
            source: source.clone(),
            unit: unit.clone(),
            unit_name: reading.unit_name.clone(),
            retention,
            title: reading.title.clone(),
            document_number: reading.number.clone(),
            responsible: responsible.clone(),
            sort: sort.to_owned(),
            formed: reading.formed,
        };
        let act = act_id("file", &key_of(source))?;
        self.store.submit(act, Actor::system("archives"), command).await?;
        Ok(())
    }

    async fn pack(
        &self,
        source: &MatterId,
        acts: &[Act],
        reading: &Reading,
        sort: &str,
    ) -> Result<(), Why> {
        let id = archive_of(source)?;
        let (_, archive) = self.store.load::<Archive>(&id).await?;
        let title = archive.title.as_ref().ok_or(Why::NotYet)?;
        let own = self.acts(&id).await?;
        let ordered: BTreeMap<u64, &Act> =
            acts.iter().chain(&own).map(|act| (act.seq, act)).collect();
        let all: Vec<&Act> = ordered.into_values().collect();
        let proved = self.proved(&all).await?;
        let process = self.process(reading).await?;
        let files = self.files(reading).await?;
        let key = self.evidence.verifier_key();
        let unit_name = |id: &str| match UnitId::parse(id) {
            Ok(unit) => self.setting.unit_name(&unit),
            Err(_) => id.to_owned(),
        };
        let folder = build(&Material {
            source,
            reading,
            number: &title.number,
            sort,
            cell: acts.first().map_or("", |act| act.cell.as_str()),
            filed: archive.registered,
            acts: &proved,
            key: &key,
            process: process.as_ref(),
            files: &files,
            unit_name: &unit_name,
        });
        let bytes = pack(&folder).map_err(|e| Why::Cannot(e.to_string()))?;
        let manifest = Manifest::read(&folder).map_err(Why::Cannot)?;
        let listed = manifest.parts.into_iter().map(|part| PacketFile {
            group: part.group,
            path: part.path,
            label: part.label,
            media: part.media,
            size: part.size,
            sm3: part.sm3,
        });
        let key = key_of(source);
        let packet = self.keep(&key, &bytes, format!("{}.zip", title.number)).await?;
        let kept = self.bytes(&packet.digest).await?;
        let test = self.test(&archive, &packet.digest, kept.as_deref(), Phase::Filing).await?;
        let act = act_id("pack", &key)?;
        let command = Pack { key, packet, files: listed.collect(), test };
        self.store.submit(act, Actor::system("archives"), command).await?;
        Ok(())
    }
}
