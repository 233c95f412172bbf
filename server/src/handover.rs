//! 移交与接收: a year's archive of a unit as a folder of packets with a list, and back from there into
//! another cell, bit for bit.

use crate::cell::Cell;
use anyhow::{Context, bail, ensure};
use lingnan_api::Attachment;
use lingnan_archives::model::{Archive, PacketFile, Title};
use lingnan_archives::number::Number;
use lingnan_archives::test::{Known, Phase, Test, test};
use lingnan_archives::{Receive, packet};
use lingnan_journal::{ActId, Actor, Datum, MatterId};
use lingnan_tlog::Verifier;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tokio::io::AsyncReadExt;

/// The list of what is handed over.
const LIST: &str = "list.json";
const SELECT: &str = "select matter, destroyed from archive where unit = $1 and year = $2 \
    order by series, item";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    /// The cell that hands over.
    cell: String,
    /// The key that verifies its packets.
    key: String,
    items: Vec<Item>,
    /// Numbers whose packets were destroyed by procedure: no gaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    destroyed: Vec<Number>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    key: String,
    title: Title,
    packet: Attachment,
    files: Vec<PacketFile>,
    /// How it was tested, oldest first.
    tests: Vec<Test>,
}

/// Lays out what a unit filed of a year; tells what was laid out, a line a packet.
///
/// # Errors
/// When nothing was filed, a packet is missing or fails its test, or the folder cannot be written.
pub async fn export(
    cell: &Cell,
    key: &str,
    (unit, year): (&str, i64),
    folder: &Path,
) -> anyhow::Result<Vec<String>> {
    let verifier = Verifier::parse(key.trim()).context("reading the verifier key")?;
    let rows = cell.store.query(SELECT, vec![Datum::text(unit), Datum::Int(year)]).await?;
    ensure!(!rows.is_empty(), "单位 {unit} {year} 年没有归档的件：请核对单位代码和年度");
    std::fs::create_dir_all(folder.join("packets")).context("creating the folder")?;
    let (mut items, mut lines, mut name) = (Vec::new(), Vec::new(), String::new());
    let (mut kept, mut destroyed) = (Vec::new(), Vec::new());
    for row in rows {
        let [Datum::Text(matter), Datum::Int(gone)] = row.as_slice() else { continue };
        let id = MatterId::parse(matter)?;
        let (_, archive) = cell.store.load::<Archive>(&id).await?;
        match (archive.title.clone(), archive.packet.clone()) {
            (Some(title), _) if *gone == 1 => destroyed.push(title.number),
            (Some(title), Some(packet)) => kept.push((id, archive, title, packet)),
            _ => {}
        }
    }
    let there = counted(kept.iter().map(|(_, _, title, _)| &title.number).chain(&destroyed));
    for (id, archive, title, packet) in kept {
        let mut bytes = Vec::new();
        let file = cell.blobs.open(&packet.digest).await?;
        let mut file = file.with_context(|| format!("{} 的归档信息包缺失", title.number))?;
        file.read_to_end(&mut bytes).await.context("reading a packet")?;
        let gaps = gaps(&there, &title.number);
        let tested = handed_over(&bytes, &packet.digest, (&title, &gaps), &verifier)?;
        let mut tests: Vec<Test> = archive.tests.iter().map(|(_, test)| test.clone()).collect();
        tests.push(tested);
        let place = folder.join("packets").join(format!("{}.zip", id.key()));
        std::fs::write(&place, &bytes).with_context(|| format!("writing {}", place.display()))?;
        lines.push(format!("{} {}", title.number, title.title));
        let folder = packet::unpack(&bytes)?;
        let values = packet::read_metadata(&folder).map_err(anyhow::Error::msg)?;
        name = values.get("节点").cloned().unwrap_or_default();
        let (key, files) = (id.key().to_owned(), archive.files.clone());
        items.push(Item { key, title, packet, files, tests });
    }
    let list = List { cell: name, key: key.trim().to_owned(), items, destroyed };
    let text = serde_json::to_string_pretty(&list).context("writing the list")?;
    std::fs::write(folder.join(LIST), text).context("writing the list")?;
    Ok(lines)
}

/// Takes in what another cell laid out; tells what was taken in, a line a packet.
///
/// # Errors
/// When a packet is not the listed one, fails its test, or its number is taken here.
pub async fn import(cell: &Cell, folder: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(folder.join(LIST)).context("reading the list")?;
    let list: List = serde_json::from_str(&text).context("reading the list")?;
    let verifier = Verifier::parse(&list.key).context("reading the verifier key")?;
    let mut lines = Vec::new();
    let listed = list.items.iter().map(|item| &item.title.number);
    let there = counted(listed.chain(&list.destroyed));
    for Item { key, title, packet, files, tests } in list.items {
        MatterId::new("archive", &key).context("reading the list")?;
        let place = folder.join("packets").join(format!("{key}.zip"));
        let bytes =
            std::fs::read(&place).with_context(|| format!("reading {}", place.display()))?;
        let gaps = gaps(&there, &title.number);
        handed_over(&bytes, &packet.digest, (&title, &gaps), &verifier)?;
        let mut writer = cell.blobs.begin(&key).await?;
        writer.write(&bytes).await?;
        let stored = writer.finish().await?;
        ensure!(stored.digest == packet.digest, "{} 存入后摘要不同", title.number);
        lines.push(format!("{} {}", title.number, title.title));
        let digest: String = packet.digest.chars().take(40).collect();
        let act = ActId::parse(&format!("receive-{digest}"))?;
        let from = list.cell.clone();
        let command = Receive { key, cell: from, title, packet, files, tests };
        if let Err(stop) = cell.store.submit(act, Actor::system("import"), command).await {
            bail!("接收没有完成：{stop:?}");
        }
    }
    Ok(lines)
}

/// 件号 by the series they belong to.
fn counted<'a>(numbers: impl Iterator<Item = &'a Number>) -> BTreeMap<String, BTreeSet<u32>> {
    let mut there: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for number in numbers {
        there.entry(number.series()).or_default().insert(number.item);
    }
    there
}

/// 件号 of a number's series, up to its own, that neither stand there nor were destroyed.
fn gaps(there: &BTreeMap<String, BTreeSet<u32>>, number: &Number) -> Vec<u32> {
    let own = there.get(&number.series());
    (1..number.item).filter(|item| !own.is_some_and(|own| own.contains(item))).collect()
}

/// 移交与接收检测: what fails is neither handed over nor taken in.
fn handed_over(
    bytes: &[u8],
    digest: &str,
    (title, gaps): (&Title, &[u32]),
    key: &Verifier,
) -> anyhow::Result<Test> {
    let number = title.number.to_string();
    let known = Known { digest, number: &number, gaps, key };
    let tested = test(Phase::HandOver, Some(bytes), &known);
    let failed = tested.lines.iter().find(|l| l.outcome == lingnan_archives::test::Outcome::Failed);
    if let Some(line) = failed {
        bail!("{number} 四性检测不通过：{}：{}", line.what, line.found);
    }
    Ok(tested)
}
