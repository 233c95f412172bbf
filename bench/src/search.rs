//! 公文检索: ten thousand documents indexed, and found by number, by title and by words of the text.

use crate::{line, quantile};
use lingnan_search::{Entry, Index, Wish};
use serde::Deserialize;
use std::path::Path;
use std::time::{Duration, Instant};

/// How many documents.
const DOCUMENTS: usize = 10_000;
/// Lines of a document's text: the middle of the State Council's.
const LINES: usize = 40;
/// How often each sort of query is asked.
const ASKED: usize = 200;
/// What stands on a page.
const PAGE: usize = 20;

#[derive(Deserialize)]
struct Published {
    title: String,
    lines: Vec<String>,
}

/// Documents whose lines are real and whose mixture is not: no two alike.
fn documents() -> Result<Vec<Entry>, String> {
    let text = include_str!("../../catalogue/documents/state_council.jsonl");
    let published: Result<Vec<Published>, _> = text.lines().map(serde_json::from_str).collect();
    let published = published.map_err(|e| e.to_string())?;
    let lines: Vec<&String> = published.iter().flat_map(|one| &one.lines).collect();
    let titles: Vec<&String> = published.iter().map(|one| &one.title).collect();
    let one = |number: usize| {
        let from = number.wrapping_mul(7_919);
        let text = (0..LINES).filter_map(|line| {
            lines.get(from.wrapping_add(line.wrapping_mul(31)).checked_rem(lines.len())?)
        });
        let text: Vec<&str> = text.map(|line| line.as_str()).collect();
        let title = number.checked_rem(titles.len()).and_then(|place| titles.get(place));
        Entry {
            matter: format!("document:{number}"),
            number: format!("粤府办〔2026〕{number}号"),
            title: format!("{}（第{number}批）", title.map_or("", |title| title.as_str())),
            unit: "省政府办公厅".to_owned(),
            sort: "通知".to_owned(),
            text: text.join("\n"),
            time_ms: i64::try_from(number).unwrap_or(0),
        }
    };
    Ok((0..DOCUMENTS).map(one).collect())
}

/// Time to index, size on disk, and milliseconds to a page of results with their snippets.
pub(crate) fn documents_found() -> Result<(), String> {
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let folder = tempfile::tempdir().map_err(|e| said(&e))?;
    let mut index = Index::open(folder.path()).map_err(|e| said(&e))?;
    let documents = documents()?;
    let begun = Instant::now();
    for page in documents.chunks(512) {
        page.iter().try_for_each(|entry| index.put(entry)).map_err(|e| said(&e))?;
        index.commit("").map_err(|e| said(&e))?;
    }
    let name = |what: &str| format!("documents.{DOCUMENTS}.{what}");
    line(&name("index"), begun.elapsed().as_secs_f64(), "s", "");
    line(&name("size"), megabytes(folder.path()), "MB", "");
    let looking = index.looking();
    let query = |sort: &str, asked: usize| match sort {
        "number" => format!("粤府办〔2026〕{}号", asked.wrapping_mul(37)),
        "title" => format!("第{}批", asked.wrapping_mul(41)),
        "words" => ["医疗 服务", "农村 教育 投入", "税收 企业"]
            .get(asked % 3)
            .map_or_else(String::new, |words| (*words).to_owned()),
        _ => "“国务院有关部门”".to_owned(),
    };
    for sort in ["number", "title", "words", "phrase"] {
        let mut times: Vec<Duration> = Vec::with_capacity(ASKED);
        for asked in 0..ASKED {
            let wish = Wish { text: query(sort, asked), ..Wish::default() };
            let begun = Instant::now();
            let mut sight = looking.look(&wish, None, DOCUMENTS).map_err(|e| said(&e))?;
            let found = sight.next(PAGE).map_err(|e| said(&e))?;
            assert!(!found.is_empty(), "{} is found", wish.text);
            for candidate in &found {
                sight.show(candidate).map_err(|e| said(&e))?;
            }
            times.push(begun.elapsed());
        }
        line(&name(&format!("{sort}.p50")), quantile(&mut times, 0.5), "ms", "");
        line(&name(&format!("{sort}.p95")), quantile(&mut times, 0.95), "ms", "");
    }
    Ok(())
}

#[expect(clippy::as_conversions, reason = "bytes of an index")]
#[expect(clippy::cast_precision_loss, reason = "as above")]
fn megabytes(folder: &Path) -> f64 {
    fn bytes(folder: &Path) -> u64 {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let sizes = entries.map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => bytes(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        });
        sizes.sum()
    }
    bytes(folder) as f64 / 1_000_000.0
}
