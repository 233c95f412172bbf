//! `lingnan ofd`: the text of an OFD file, what is in it, and its pages as pictures.

mod info;
pub(super) mod installed;
mod pdf;
mod picture;
mod view;

use self::installed::Installed;
use super::files::{bytes, prepare};
use super::{Answer, tell};
use crate::fonts;
use lingnan_ofd::{Read, model};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Dots of a picture on one millimetre: 150 to an inch.
const DOTS: f32 = 150.0 / 25.4;
/// Dots of a picture's longer side: a page of A0 at 150 to an inch has 7,000.
const DOTS_MAX: f32 = 10_000.0;

/// What is done with OFD files.
#[derive(clap::Subcommand)]
pub enum Task {
    /// 按阅读顺序打印全部文字，页与页之间空一行
    Text {
        /// 版式文件（.ofd）
        file: PathBuf,
    },
    /// 打印概况：文档、页面、字体、附件、批注、签名（签名未经验证）
    Info {
        /// 版式文件（.ofd）
        file: PathBuf,
        /// 结果为 JSON
        #[arg(long)]
        json: bool,
    },
    /// 绘制一页为 SVG 或 PNG（按输出文件的扩展名）
    Render {
        /// 版式文件（.ofd）
        file: PathBuf,
        /// 第几页，从 1 起
        #[arg(long, default_value_t = 1)]
        page: usize,
        /// 输出文件：.svg 或 .png
        #[arg(short, long)]
        output: PathBuf,
        /// 文件未内嵌的字体从此目录中找
        #[arg(long, default_value = "/usr/share/fonts")]
        fonts: PathBuf,
    },
    /// 供服务调用：从标准输入逐份读取版式文件，向标准输出写出概况和页面
    #[command(hide = true)]
    View {
        /// 字体目录，可重复
        #[arg(long)]
        fonts: Vec<PathBuf>,
    },
}

/// Does it.
#[must_use]
pub fn run(task: &Task) -> ExitCode {
    tell(match task {
        Task::Text { file } => text(file),
        Task::Info { file, json } => info(file, *json),
        Task::Render { file, page, output, fonts } => render(file, *page, output, fonts),
        Task::View { fonts } => {
            let fonts = Arc::new(Installed::load(&fonts::folders(fonts)));
            view::serve(&fonts).map(|()| Answer::well(Vec::new()))
        }
    })
}

/// Reads a file; what of it could not be read is told on standard error.
fn opened(file: &Path) -> Result<Read, String> {
    let most = u64::try_from(lingnan_package::limits::DOCUMENT_MAX).unwrap_or(u64::MAX);
    let bytes = bytes(file, most)?;
    let read = lingnan_ofd::read(&bytes);
    let read = read.map_err(|error| format!("{}：{error}。", file.display()))?;
    say(read.notes.iter().map(|note| format!("{}：{note}。", file.display())));
    Ok(read)
}

fn say(lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    super::write(&mut std::io::stderr().lock(), &lines);
}

fn text(file: &Path) -> Result<Answer, String> {
    let read = opened(file)?;
    let mut texts = Vec::new();
    for document in &read.package.documents {
        for page in &document.pages {
            let text = lingnan_ofd::text(document, page);
            texts.push(text.map_err(|error| format!("{}：{error}。", file.display()))?);
        }
    }
    Ok(Answer::well(vec![texts.join("\n\n")]))
}

fn info(file: &Path, json: bool) -> Result<Answer, String> {
    let read = opened(file)?;
    if json {
        let value = info::json(&read);
        return Ok(Answer::well(vec![format!("{value:#}")]));
    }
    Ok(Answer::well(info::lines(&read)))
}

fn render(file: &Path, page: usize, output: &Path, fonts: &PathBuf) -> Result<Answer, String> {
    let ending = output.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    let is_png = match ending.as_deref() {
        Some("png") => true,
        Some("svg") => false,
        _ => return Err(format!("{}：输出文件应为 .svg 或 .png。", output.display())),
    };
    let read = opened(file)?;
    let Some((document, own)) = nth(&read.package, page) else {
        let count: usize = read.package.documents.iter().map(|one| one.pages.len()).sum();
        return Err(format!("{}：没有第{page}页，共{count}页。", file.display()));
    };
    let fonts = Installed::load(std::slice::from_ref(fonts));
    let drawing = lingnan_ofd::draw(document, own, &fonts);
    let mut drawing = drawing.map_err(|error| format!("{}：{error}。", file.display()))?;
    say(drawing.notes.iter().map(|note| format!("{}：第{page}页{note}。", file.display())));
    if is_png {
        // Lines are there for selecting; in a picture nothing is selected.
        drawing.lines.clear();
    }
    let svg = lingnan_ofd::svg(&drawing);
    let picture = if is_png { png(&svg)? } else { svg.into_bytes() };
    prepare(output)?;
    std::fs::write(output, picture)
        .map_err(|error| format!("{}：写入时出错（{error}）。", output.display()))?;
    Ok(Answer::well(Vec::new()))
}

/// A page counted through all documents, from 1.
fn nth(package: &model::Package, page: usize) -> Option<(&model::Document, &model::Page)> {
    let mut pages = package
        .documents
        .iter()
        .flat_map(|document| document.pages.iter().map(move |page| (document, page)));
    pages.nth(page.checked_sub(1)?)
}

/// The drawing as dots. Its size is in millimetres, which resvg counts as 96 dots to an inch.
fn png(svg: &str) -> Result<Vec<u8>, String> {
    let dots = pixmap(svg)?;
    dots.encode_png().map_err(|error| format!("图片无法写成 PNG（{error}）。"))
}

/// The dots themselves.
pub(super) fn pixmap(svg: &str) -> Result<resvg::tiny_skia::Pixmap, String> {
    let unwell = |_| "页面无法绘制成图片。".to_owned();
    let options = resvg::usvg::Options::default();
    let tree = resvg::usvg::Tree::from_str(svg, &options).map_err(unwell)?;
    let size = tree.size();
    let scale = (DOTS * 25.4 / 96.0).min(DOTS_MAX / size.width().max(size.height()));
    let dots = size.scale_by(scale).map(|size| size.to_int_size());
    let dots = dots.and_then(|size| resvg::tiny_skia::Pixmap::new(size.width(), size.height()));
    let mut dots = dots.ok_or_else(|| "页面尺寸无效，无法绘制。".to_owned())?;
    let place = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, place, &mut dots.as_mut());
    Ok(dots)
}
