//! `lingnan ocr`: what stands on a document that came on paper, for a file or for the server that
//! begins this as its scanner.

mod leaf;

use super::ofd::installed::Installed;
use super::{Answer, frames, tell};
use crate::{fonts, models};
use clap::Subcommand;
use lingnan_api::{ReadElement, ReadField, Scan, Scanned, ScannedPage, secrecy};
use lingnan_ocr::{Bounds, Element, Field, Leaf, Picture, Reader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// 来文识别
#[derive(Subcommand)]
pub enum Task {
    /// 识别来文要素：图片、PDF 或 OFD 的来文单位、发文字号、标题、成文日期等
    Read {
        /// 扫描件（.png、.jpg、.pdf、.ofd）
        file: PathBuf,
        /// 以 JSON 输出
        #[arg(long)]
        json: bool,
        /// 模型目录；默认见运行手册
        #[arg(long)]
        models: Option<PathBuf>,
    },
    /// 供服务调用：从标准输入逐份读取扫描件，向标准输出写出识别结果
    #[command(hide = true)]
    Serve {
        /// 字体目录，可重复
        #[arg(long)]
        fonts: Vec<PathBuf>,
        /// 模型目录
        #[arg(long)]
        models: Option<PathBuf>,
    },
}

/// Largest file that is read.
const FILE_MAX: u64 = 64 << 20;
/// Addresses that the process may have: the models and a page of A3 take 1 GB, and allocator and
/// threads reserve more than they use.
const MEMORY_MAX: u64 = 5 << 30;
/// Dots on the longer side of a page as it is shown.
const SHOWN: usize = 1_400;

/// Carries a task out.
#[must_use]
pub fn run(task: &Task) -> ExitCode {
    match task {
        Task::Read { file, json, models } => tell(read(file, *json, models.clone())),
        Task::Serve { fonts, models } => {
            tell(serve(fonts, models.clone()).map(|()| Answer::well(Vec::new())))
        }
    }
}

fn read(file: &Path, json: bool, models: Option<PathBuf>) -> Result<Answer, String> {
    let bytes = super::files::bytes(file, FILE_MAX)?;
    let mut tool = Tool::new(&[], models);
    let (scan, _) = tool.scan(&bytes).map_err(|told| format!("{}：{told}。", file.display()))?;
    if let Some(marking) = &scan.marking {
        return Err(format!("{}：{}", file.display(), secrecy::refusal(marking).message));
    }
    if json {
        let text = serde_json::to_string_pretty(&scan).map_err(|error| error.to_string())?;
        return Ok(Answer::well(vec![text]));
    }
    let sure = |own: &ReadElement| (own.sure * 100.0).round();
    let line = |own: &ReadElement| format!("{}\t{}\t{}%", own.field.name(), own.text, sure(own));
    let mut lines: Vec<String> = scan.elements.iter().map(line).collect();
    lines.extend(scan.unread.iter().cloned());
    Ok(Answer::well(lines))
}

/// Files come in and go out until the server closes the pipe.
fn serve(fonts: &[PathBuf], models: Option<PathBuf>) -> Result<(), String> {
    frames::bound(MEMORY_MAX)?;
    let mut tool = Tool::new(fonts, models);
    frames::serve(1, |parts| {
        let file = parts.first().map_or(&[][..], Vec::as_slice);
        let (told, pictures) = match tool.scan(file) {
            Ok((scan, pictures)) => (Scanned::Read(scan), pictures),
            Err(sentence) => (Scanned::Refused(sentence), Vec::new()),
        };
        let told = serde_json::to_vec(&told).unwrap_or_default();
        std::iter::once(told).chain(pictures).collect()
    })
}

/// What reading takes: loaded when the first picture comes.
struct Tool {
    models: Option<PathBuf>,
    reader: Option<Reader>,
    fonts: Arc<Installed>,
}

impl Tool {
    fn new(fonts: &[PathBuf], models: Option<PathBuf>) -> Self {
        let fonts = Arc::new(Installed::load(&fonts::folders(fonts)));
        Self { models, reader: None, fonts }
    }

    fn reader(&mut self) -> Result<&Reader, String> {
        if self.reader.is_none() {
            let lacks = || "本机没有安装文字识别模型，图片上的文字不能自动识别".to_owned();
            let (detection, recognition) = models::load(self.models.clone()).ok_or_else(lacks)?;
            let reader = Reader::new(detection, recognition).map_err(|error| error.to_string())?;
            self.reader = Some(reader);
        }
        self.reader.as_ref().ok_or_else(String::new)
    }

    /// What was read, and the pages' pictures.
    fn scan(&mut self, file: &[u8]) -> Result<(Scan, Vec<Vec<u8>>), String> {
        let (count, sheets) = leaf::sheets(file, &self.fonts)?;
        let (mut leaves, mut pages, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
        let mut unread = None;
        for sheet in sheets {
            let by_eye = sheet.lines.is_none();
            let (picture, lines) = match sheet.lines {
                Some(lines) => (sheet.picture, lines),
                None => match self.reader() {
                    Ok(reader) => reader.read(sheet.picture).map_err(|error| error.to_string())?,
                    Err(told) => {
                        unread = Some(told);
                        (sheet.picture, Vec::new())
                    }
                },
            };
            let ratio = ratio(&picture);
            pages.push(ScannedPage { number: sheet.number, ratio, by_eye });
            pictures.push(picture.jpeg(SHOWN).map_err(|error| error.to_string())?);
            leaves.push(Leaf { lines, ratio });
        }
        let texts: Vec<String> = leaves.iter().flat_map(lingnan_ocr::texts).collect();
        let marking = secrecy::marking(&[], &texts).or_else(|| lingnan_ocr::marking(&leaves));
        let elements = lingnan_ocr::elements(&leaves).into_iter().map(told).collect();
        Ok((Scan { count, pages, elements, marking, unread }, pictures))
    }
}

/// Width by height.
fn ratio(picture: &Picture) -> f32 {
    let side = |own: usize| u16::try_from(own).map_or(f32::from(u16::MAX), f32::from);
    side(picture.width()) / side(picture.height())
}

fn told(own: Element) -> ReadElement {
    let Bounds { left, top, right, bottom } = own.bounds;
    ReadElement {
        field: match own.field {
            Field::Sender => ReadField::Sender,
            Field::Number => ReadField::Number,
            Field::Title => ReadField::Title,
            Field::Date => ReadField::Date,
            Field::Urgency => ReadField::Urgency,
            Field::Copy => ReadField::Copy,
            Field::Addressees => ReadField::Addressees,
        },
        text: own.text,
        sure: own.sure,
        page: own.page,
        bounds: [left, top, right, bottom],
    }
}
