//! Documents in print: one layout as PDF and OFD, and opening what others made.

use crate::{Extent, line, quantile};
use lingnan_gongwen::{Block, Gongwen};
use lingnan_ofd::NoFonts;
use lingnan_typeset::{Press, Read, Shelf};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Paragraphs to a page of text.
const PARAGRAPHS: usize = 4;

/// Sets documents of 1, 20 and 200 pages, first and again with a small change; opens OFD files.
pub(crate) fn set_and_open(extent: Extent) -> Result<(), String> {
    let begun = Instant::now();
    let press = Press::new(shelf()?).map_err(|error| error.to_string())?;
    line("typeset.fonts", ms(begun), "ms to load", "");
    let sizes: &[usize] = if extent == Extent::Quick { &[1, 20] } else { &[1, 20, 200] };
    for pages in sizes {
        let mut document = document(*pages)?;
        let begun = Instant::now();
        let printed = press.print(&document).map_err(|error| error.to_string())?;
        let name = format!("typeset.{pages}");
        let unit = format!("ms for {} pages, PDF and OFD", printed.report.pages);
        line(&format!("{name}.first"), ms(begun), &unit, "");
        let mut times = Vec::new();
        for turn in 0..7 {
            let changed = Block::paragraph(&format!("第{turn}次修改后的最后一段。"));
            document.body.pop();
            document.body.push(changed);
            let begun = Instant::now();
            press.print(&document).map_err(|error| error.to_string())?;
            times.push(begun.elapsed());
        }
        let bar = if *pages == 1 { "≤ 100" } else { "" };
        line(&format!("{name}.again"), quantile(&mut times, 0.5), &unit, bar);
        if *pages == 1 {
            open("ofd.own", &printed.ofd)?;
            crate::scans::read(&printed.pdf, extent)?;
        }
    }
    line("typeset.memory", resident_mb(), "MB resident after all", "");
    samples()
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// The OFD files of others that stand beside our reader's tests.
fn samples() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../formats/ofd/tests/samples");
    let mut times: Vec<Duration> = Vec::new();
    for path in files(&folder)? {
        let bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        let begun = Instant::now();
        first_page(&bytes)?;
        times.push(begun.elapsed());
    }
    let unit = format!("ms to open and draw the first page, median of {} files", times.len());
    line("ofd.samples", quantile(&mut times, 0.5), &unit, "");
    line("ofd.samples.slowest", quantile(&mut times, 1.0), "ms", "");
    Ok(())
}

fn open(name: &str, bytes: &[u8]) -> Result<(), String> {
    let mut times = Vec::new();
    for _ in 0..7 {
        let begun = Instant::now();
        first_page(bytes)?;
        times.push(begun.elapsed());
    }
    line(name, quantile(&mut times, 0.5), "ms to open and draw the first page", "");
    Ok(())
}

fn first_page(bytes: &[u8]) -> Result<(), String> {
    let read = lingnan_ofd::read(bytes).map_err(|error| error.to_string())?;
    let document = read.package.documents.first().ok_or("no document")?;
    let page = document.pages.first().ok_or("no page")?;
    let drawing = lingnan_ofd::draw(document, page, &NoFonts).map_err(|error| error.to_string())?;
    std::hint::black_box(lingnan_ofd::svg(&drawing));
    Ok(())
}

fn shelf() -> Result<Shelf, String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fonts");
    let mut fonts = files(&own)?;
    fonts.extend(files(Path::new("/usr/share/fonts/opentype/noto"))?);
    let read = |path: PathBuf| -> Read { Box::new(move || std::fs::read(&path).ok()) };
    Ok(Shelf::new(fonts.into_iter().map(read).collect()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}; run cargo xtask bench", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

fn document(pages: usize) -> Result<Gongwen, String> {
    let text =
        "各地各部门要提高政治站位，压实工作责任，细化工作举措，确保各项部署落到实处、见到实效。";
    let paragraph = |nth: usize| {
        let text = format!("第{nth}项。{}", text.repeat(4));
        json!({ "paragraph": { "spans": [{ "text": text }] } })
    };
    let count = if pages == 1 { 1 } else { pages * PARAGRAPHS };
    let body: Vec<_> = (1..=count).map(paragraph).collect();
    let value = json!({
        "kind": "notice", "issuers": ["广东省人民政府"], "number": "粤府〔2026〕12号",
        "title": "广东省人民政府关于做好2026年防汛防旱防台风工作的通知",
        "recipients": [["各地级以上市人民政府"], ["省政府各部门", "各直属机构"]],
        "body": body, "date": "2026-03-05", "note": "此件公开发布",
        "printing": { "office": "广东省人民政府办公厅", "date": "2026-03-06" },
    });
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// Resident memory of this process in megabytes.
pub(crate) fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kilobytes.map_or(0.0, |kb: f64| kb / 1_024.0)
}
