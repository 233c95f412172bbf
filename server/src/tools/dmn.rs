//! `lingnan dmn`: one decision for one input, and the compatibility kit.

use super::files::{MODEL_MAX, below, read};
use super::{Answer, tell};
use lingnan_dmn::feel::Context;
use lingnan_dmn::tck;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is done with decision models.
#[derive(clap::Subcommand)]
pub enum Task {
    /// 计算一项决策，结果为 JSON
    Eval {
        /// 决策模型（.dmn）
        file: PathBuf,
        /// 决策或决策服务的名称
        #[arg(long)]
        decision: String,
        /// 输入，一个 JSON 对象；@文件 则从文件读取
        #[arg(long, default_value = "{}")]
        input: String,
        /// 被引用的决策模型，可重复
        #[arg(long)]
        import: Vec<PathBuf>,
    },
    /// 运行目录下的全部兼容性测试（TCK），每例一行，末行为合计
    Tck {
        /// 目录
        folder: PathBuf,
    },
}

/// Does it.
#[must_use]
pub fn run(task: &Task) -> ExitCode {
    tell(match task {
        Task::Eval { file, decision, input, import } => eval(file, decision, input, import),
        Task::Tck { folder } => kit(folder),
    })
}

fn eval(file: &Path, decision: &str, input: &str, import: &[PathBuf]) -> Result<Answer, String> {
    let model = read(file, MODEL_MAX)?;
    let imported: Vec<String> =
        import.iter().map(|path| read(path, MODEL_MAX)).collect::<Result<_, _>>()?;
    let imported: Vec<&str> = imported.iter().map(String::as_str).collect();
    let text = match input.strip_prefix('@') {
        Some(path) => read(Path::new(path), MODEL_MAX)?,
        None => input.to_owned(),
    };
    let input: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("输入不是 JSON：第{line}行第{column}列读不下去。")
    })?;
    if !input.is_object() {
        return Err("输入应为一个 JSON 对象。".to_owned());
    }
    let found =
        lingnan_dmn::evaluate_decision(&model, &imported, decision, &input, Context::default());
    let found = found.map_err(|error| format!("{}：{error}。", file.display()))?;
    for message in &found.messages {
        super::write(&mut std::io::stderr().lock(), std::slice::from_ref(message));
    }
    Ok(Answer::well(vec![found.result.to_string()]))
}

fn kit(folder: &Path) -> Result<Answer, String> {
    let paths = below(folder, &["xml", "dmn"])?;
    let mut texts = Vec::new();
    for path in &paths {
        // Paths are shown as they stand below the folder.
        let shown = path.strip_prefix(folder).unwrap_or(path).display().to_string();
        texts.push((shown, read(path, MODEL_MAX)?));
    }
    let files: Vec<tck::File<'_>> =
        texts.iter().map(|(path, text)| tck::File { path, text }).collect();
    let report = tck::run(&files);
    if report.verdicts.is_empty() {
        return Err(format!("{}：没有测试文件。", folder.display()));
    }
    let well = report.passed() == report.verdicts.len();
    Ok(Answer { lines: vec![report.to_string()], well })
}
