//! `lingnan gongwen`: documents in print, for a file or for the server that begins this as its
//! press.

use super::{Answer, frames, tell};
use crate::fonts;
use clap::Subcommand;
use lingnan_api::{Manuscript, Told};
use lingnan_gongwen::check::{Row, Verdict};
use lingnan_gongwen::{Gongwen, Report};
use lingnan_typeset::{Face, Press};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 公文排版
#[derive(Subcommand)]
pub enum Task {
    /// 排版：公文要素（JSON）或 Word 文档生成 PDF、OFD、Word
    Render {
        /// 公文要素文件（.json）或 Word 文档（.docx）
        file: PathBuf,
        /// 输出文件，可重复；按扩展名生成 .pdf、.ofd 或 .docx
        #[arg(short, long, num_args = 1.., required = true)]
        output: Vec<PathBuf>,
        /// 字体目录，可重复；默认见运行手册
        #[arg(long)]
        fonts: Vec<PathBuf>,
    },
    /// 版式检查：逐条量取 GB/T 9704-2012 的各项数值；有一项不符合即以失败结束
    Check {
        /// PDF、OFD 或 Word（.docx）文件
        file: PathBuf,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 供服务调用：从标准输入逐份读取公文要素，向标准输出写出版式文件
    #[command(hide = true)]
    Press {
        /// 字体目录，可重复
        #[arg(long)]
        fonts: Vec<PathBuf>,
    },
}

/// Largest file of elements that is read.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// Addresses that the press may have: 400 pages take 1.5 GB, most of it reserved by the allocator
/// and never used.
const MEMORY_MAX: u64 = 4 << 30;

/// Carries a task out.
#[must_use]
pub fn run(task: &Task) -> ExitCode {
    match task {
        Task::Render { file, output, fonts } => tell(render(file, output, fonts)),
        Task::Check { file, json } => tell(check(file, *json)),
        Task::Press { fonts } => tell(press(fonts).map(|()| Answer::well(Vec::new()))),
    }
}

fn render(file: &Path, output: &[PathBuf], folders: &[PathBuf]) -> Result<Answer, String> {
    let kinds = output.iter().map(|path| match path.extension().and_then(|e| e.to_str()) {
        Some(kind @ ("pdf" | "ofd" | "docx")) => Ok((path, kind)),
        _ => Err(format!("{}：输出文件须以 .pdf、.ofd 或 .docx 结尾。", path.display())),
    });
    let kinds: Vec<_> = kinds.collect::<Result<_, _>>()?;
    let (document, mut lines) = value(file)?;
    document.check().map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        format!("公文要素不合规：{}", faults.join("；"))
    })?;
    // Word needs no fonts, and no press.
    let printed = if kinds.iter().any(|(_, kind)| *kind != "docx") {
        let shelf = fonts::shelf(folders);
        let stand_ins = shelf.stand_ins();
        let press = Press::new(shelf).map_err(|error| error.to_string())?;
        let printed = press.print(&document).map_err(|error| error.to_string())?;
        lines.extend(words(&printed.report));
        lines.extend(replaced(&stand_ins, &printed.report));
        Some(printed)
    } else {
        None
    };
    for (path, kind) in kinds {
        let word = || lingnan_word::export(&document).map_err(|error| error.to_string());
        let bytes = match (kind, &printed) {
            ("pdf", Some(printed)) => printed.pdf.clone(),
            ("ofd", Some(printed)) => printed.ofd.clone(),
            _ => word()?,
        };
        super::files::put(path, bytes)?;
    }
    Ok(Answer::well(lines))
}

/// The document of a file of elements or of a Word file, with what of the latter was dropped.
fn value(file: &Path) -> Result<(Gongwen, Vec<String>), String> {
    let told = |error: &dyn std::fmt::Display| format!("{}：{error}", file.display());
    if is_word(file) {
        let bytes = super::files::bytes(file, FILE_MAX)?;
        let mut imported = lingnan_word::import(&bytes).map_err(|error| told(&error))?;
        let dropped = std::mem::take(&mut imported.dropped);
        return Ok((imported.document().map_err(|error| told(&error))?, dropped));
    }
    let text = super::files::read(file, FILE_MAX)?;
    let unread = |error| format!("{}：公文要素读不出来（{error}）。", file.display());
    Ok((serde_json::from_str(&text).map_err(unread)?, Vec::new()))
}

/// By its name: a Word file in a format that is not read is then told so.
fn is_word(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["docx", "docm", "dotx", "doc", "wps"].contains(&ending.to_lowercase().as_str())
}

fn check(file: &Path, json: bool) -> Result<Answer, String> {
    let bytes = super::files::bytes(file, FILE_MAX)?;
    let told = |error: &dyn std::fmt::Display| format!("{}：{error}", file.display());
    let rows = if is_word(file) {
        lingnan_word::check(&bytes).map_err(|error| told(&error))?
    } else {
        let sheets = lingnan_typeset::sheets(&bytes).map_err(|error| told(&error))?;
        lingnan_gongwen::check::check(&sheets)
    };
    let well = rows.iter().all(|row| row.verdict != Verdict::Fails);
    let lines = if json {
        vec![serde_json::to_string_pretty(&rows).map_err(|error| error.to_string())?]
    } else {
        rows.iter().map(line).collect()
    };
    Ok(Answer { lines, well })
}

/// `符合  7.2.4  发文机关标志上边缘至版心上边缘：应为35±0.5 mm，实为35.00 mm`
fn line(row: &Row) -> String {
    let Row { clause, element, required, measured, verdict } = row;
    let verdict = verdict.name();
    if row.verdict == Verdict::Absent {
        return format!("{verdict}\t{clause}\t{element}：应为{required}");
    }
    if row.verdict == Verdict::Open {
        return format!("{verdict}\t{clause}\t{element}：应为{required}；{measured}");
    }
    format!("{verdict}\t{clause}\t{element}：应为{required}，实为{measured}")
}

/// The report in words.
fn words(report: &Report) -> Vec<String> {
    let families: Vec<&str> = report.families.iter().map(String::as_str).collect();
    let mut lines = vec![format!("{}页；所用字体：{}", report.pages, families.join("、"))];
    let replaced = report.substituted.iter();
    lines.extend(replaced.map(|one| format!("“{}”以 {} 代替", one.character, one.family)));
    lines.extend(
        report.missing.iter().map(|character| {
            format!("“{character}”（U+{:04X}）没有字体可用", u32::from(*character))
        }),
    );
    lines.extend(report.remarks.iter().cloned());
    lines
}

/// Faces of the standard that the page really shows in another family.
fn replaced(stand_ins: &[(Face, &str)], report: &Report) -> Vec<String> {
    let used = stand_ins.iter().filter(|(_, family)| report.families.contains(*family));
    let told = |(face, family): &(Face, &str)| {
        format!("注意：没有{}的字体，以 {family} 代替", face.name())
    };
    used.map(told).collect()
}

/// Documents come in and go out until the server closes the pipe.
fn press(folders: &[PathBuf]) -> Result<(), String> {
    frames::bound(MEMORY_MAX)?;
    let press = Press::new(fonts::shelf(folders));
    frames::serve(1, |parts| {
        let request = parts.first().map_or(&[][..], Vec::as_slice);
        answer(press.as_ref(), request)
    })
}

fn answer(press: Result<&Press, &lingnan_typeset::Error>, request: &[u8]) -> Vec<Vec<u8>> {
    let (told, files) =
        set(press, request).unwrap_or_else(|sentence| (Told::Refused(sentence), Vec::new()));
    let told = serde_json::to_vec(&told).unwrap_or_default();
    std::iter::once(told).chain(files).collect()
}

fn set(
    press: Result<&Press, &lingnan_typeset::Error>,
    request: &[u8],
) -> Result<(Told, Vec<Vec<u8>>), String> {
    let manuscript: Manuscript =
        serde_json::from_slice(request).map_err(|error| error.to_string())?;
    let press = press.map_err(ToString::to_string)?;
    match manuscript {
        Manuscript::Document(document) => {
            let printed = press.print(&document).map_err(|error| error.to_string())?;
            Ok((Told::Printed(printed.report), vec![printed.pdf, printed.ofd]))
        }
        Manuscript::Slip(slip) => {
            let pdf = press.print_slip(&slip).map_err(|error| error.to_string())?;
            Ok((Told::Slip, vec![pdf]))
        }
    }
}
