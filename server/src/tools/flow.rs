//! `lingnan flow`: process texts checked, printed, drawn, read from drawings; cases replayed.

use super::files::{MODEL_MAX, TEXT_MAX, below, lines, prepare, read, write};
use super::{Answer, fields, tell};
use lingnan_exchange::{Imported, export, import};
use lingnan_flow::Process;
use lingnan_forms::Form;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is done with processes.
#[derive(clap::Subcommand)]
pub enum Task {
    /// 检查流程文本：写法、静态规则、旁边表单的字段
    Check {
        /// 流程文本（.flow）
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// 打印流程文本的规范写法
    Print {
        /// 流程文本（.flow）
        file: PathBuf,
    },
    /// 画成 BPMN 2.0 文件（含图）
    Export {
        /// 流程文本（.flow），或其所在目录
        file: PathBuf,
        /// 写到何处；默认标准输出；画整个目录时必须指明目录
        #[arg(short)]
        output: Option<PathBuf>,
    },
    /// 从 BPMN 2.0 文件读出流程文本
    Import {
        /// BPMN 文件（.bpmn）
        file: PathBuf,
        /// 写到何处；默认标准输出
        #[arg(short)]
        output: Option<PathBuf>,
    },
    /// 重放办理记录，逐步比对
    Replay {
        /// 办理记录，每行一例 JSON（.jsonl）
        file: PathBuf,
    },
    /// 运行 BPMN 文件，打印各环节办理次数（JSON）
    Run {
        /// BPMN 文件（.bpmn）
        file: PathBuf,
        /// 无人值守：人办的环节即时办结，自动环节不做事
        #[arg(long, required = true)]
        auto: bool,
    },
}

/// Does it.
#[must_use]
pub fn run(task: &Task) -> ExitCode {
    tell(match task {
        Task::Check { files } => Ok(check(files)),
        Task::Print { file } => print(file),
        Task::Export { file, output } if file.is_dir() => draw_all(file, output.as_deref()),
        Task::Export { file, output } => draw(file, output.as_deref()),
        Task::Import { file, output } => from_drawing(file, output.as_deref()),
        Task::Replay { file } => replay(file),
        Task::Run { file, auto: _ } => visits(file),
    })
}

fn process(path: &Path) -> Result<Process, String> {
    let text = read(path, TEXT_MAX)?;
    Process::parse(&text).map_err(|mistakes| at_file(path, &mistakes.to_string()))
}

/// Each line with the file before it.
fn at_file(path: &Path, told: &str) -> String {
    let lines: Vec<String> =
        told.lines().map(|line| format!("{}：{line}", path.display())).collect();
    lines.join("\n")
}

fn check(files: &[PathBuf]) -> Answer {
    let (mut lines, mut wrong) = (Vec::new(), 0_usize);
    for path in files {
        let found = match found(path) {
            Ok(found) => found,
            Err(told) => vec![told],
        };
        wrong = wrong.saturating_add(usize::from(!found.is_empty()));
        lines.extend(found);
    }
    let all = files.len();
    lines.push(match wrong {
        0 => format!("检查 {all} 个流程，没有发现问题。"),
        _ => format!("检查 {all} 个流程，{wrong} 个有问题。"),
    });
    Answer { lines, well: wrong == 0 }
}

/// What is wrong with one text, with line and column.
fn found(path: &Path) -> Result<Vec<String>, String> {
    let text = read(path, TEXT_MAX)?;
    let process = Process::parse(&text).map_err(|mistakes| at_file(path, &mistakes.to_string()))?;
    let mut found = Vec::new();
    for finding in lingnan_flow::check(&process) {
        let (line, column) = place(&text, &finding.step);
        found.push((line, column, format!("{}：{}", finding.step, finding.told)));
    }
    let beside = path.with_extension("form.json");
    if beside.exists() {
        let form = Form::parse(&read(&beside, TEXT_MAX)?)
            .map_err(|mistake| at_file(&beside, &mistake.to_string()))?;
        for named in fields::named(&text) {
            if !fields::has(&form, named.field) {
                let told = format!("表单中没有字段“{}”。", named.field);
                found.push((named.line, named.column, told));
            }
        }
    }
    found.sort();
    let told = |(line, column, told)| format!("第{line}行第{column}列：{told}");
    Ok(found.into_iter().map(|found| at_file(path, &told(found))).collect())
}

/// Where a step stands: its id behind the word that says its kind.
fn place(text: &str, step: &str) -> (usize, usize) {
    for (number, line) in text.lines().enumerate() {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let is_step = !kind.starts_with('#') && words.next() == Some(step);
        if is_step && let Some((before, _)) = line.split_once(step) {
            return (number.saturating_add(1), before.chars().count().saturating_add(1));
        }
    }
    (1, 1)
}

fn print(path: &Path) -> Result<Answer, String> {
    Ok(Answer::well(write(None, process(path)?.to_string())?))
}

fn draw(path: &Path, output: Option<&Path>) -> Result<Answer, String> {
    let file = export(&process(path)?).map_err(|error| at_file(path, &format!("{error}。")))?;
    Ok(Answer::well(write(output, file)?))
}

/// Draws every process below a folder into the same places below another one.
fn draw_all(folder: &Path, output: Option<&Path>) -> Result<Answer, String> {
    let shown = folder.display();
    let output =
        output.ok_or_else(|| format!("{shown}：画整个目录时须用 -o 指明写到哪个目录。"))?;
    let files = below(folder, &["flow"])?;
    if files.is_empty() {
        return Err(format!("{shown}：目录下没有流程文本（.flow）。"));
    }
    let drawn = files.iter().map(|path| {
        let place = path.strip_prefix(folder).unwrap_or(path).with_extension("bpmn");
        let place = output.join(place);
        prepare(&place)?;
        draw(path, Some(&place))
    });
    let wrong: Vec<String> = drawn.filter_map(Result::err).collect();
    let (all, bad) = (files.len(), wrong.len());
    let mut lines = wrong;
    lines.push(match bad {
        0 => format!("画了 {all} 个流程。"),
        _ => format!("共 {all} 个流程，{bad} 个没有画成。"),
    });
    Ok(Answer { lines, well: bad == 0 })
}

fn from_drawing(path: &Path, output: Option<&Path>) -> Result<Answer, String> {
    let file = read(path, MODEL_MAX)?;
    let process = match import(&file).map_err(|error| at_file(path, &format!("{error}。")))? {
        Imported::Ours { process, notes } | Imported::Draft { process, notes } => {
            super::write(&mut std::io::stderr().lock(), &notes);
            process
        }
        Imported::Graph { reason, .. } => {
            let told = format!("{reason}这个文件只能按图运行（lingnan flow run --auto）。");
            return Err(at_file(path, &told));
        }
    };
    Ok(Answer::well(write(output, process.to_string())?))
}

fn replay(path: &Path) -> Result<Answer, String> {
    let (mut told, mut passed, mut failed) = (Vec::new(), 0_u64, 0_u64);
    lines(path, |line| {
        let report = lingnan_flow::replay(line);
        let count = if report.passed() { &mut passed } else { &mut failed };
        *count = count.saturating_add(1);
        told.extend(report.to_string().lines().map(ToOwned::to_owned));
    })?;
    told.push(format!("{passed} passed, {failed} failed"));
    Ok(Answer { lines: told, well: failed == 0 })
}

fn visits(path: &Path) -> Result<Answer, String> {
    let file = read(path, MODEL_MAX)?;
    let run = lingnan_bpmn::run_file(&file).map_err(|told| at_file(path, &format!("{told}。")))?;
    let notes: Vec<String> = run.notes.into_iter().collect();
    super::write(&mut std::io::stderr().lock(), &notes);
    let json = serde_json::to_string(&run.visits).map_err(|error| error.to_string())?;
    Ok(Answer::well(vec![json]))
}
