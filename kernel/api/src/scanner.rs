//! 来文识别: what stands on a document that came on paper is read by a process of its own. What it
//! reads is a proposal; a person confirms it, and what was read stays beside what he confirmed.

use crate::secrecy;
use crate::viewer::FILE_MAX;
use crate::worker::{End, Keeper, Program, Recent};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use sm3::Digest;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;

/// How long a file may take: a page read by eye takes some seconds, and three are read.
const TIME_MAX: Duration = Duration::from_secs(120);
/// After so many files the process is begun anew.
const FILES_MAX: u32 = 200;
/// Files whose reading is kept for whoever registers them; half a megabyte each.
const KEPT_MAX: usize = 32;

/// Reads what came on paper; cheap to clone.
#[derive(Clone)]
pub struct Scanner {
    keeper: Keeper,
    /// By the SM3 of the file.
    recent: Recent<String, Reading>,
}

/// What was read of a file, with pictures of its pages.
#[derive(Debug)]
pub struct Reading {
    /// What was read.
    pub scan: Scan,
    /// JPEG, one for each page of the scan.
    pub pictures: Vec<Vec<u8>>,
}

/// The first part of an answer: a picture for each page follows a [`Scanned::Read`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scanned {
    /// It was read.
    Read(Scan),
    /// It cannot be read, and why.
    Refused(String),
}

impl Scanned {
    const fn parts(&self) -> usize {
        match self {
            Self::Read(scan) => scan.pages.len(),
            Self::Refused(_) => 0,
        }
    }
}

/// What was read of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scan {
    /// How many pages it has.
    pub count: usize,
    /// Those that were looked at.
    pub pages: Vec<ScannedPage>,
    /// What was found on them.
    pub elements: Vec<ReadElement>,
    /// The marking of a state secret, if it has one.
    pub marking: Option<String>,
    /// Why pictures were not read, if they were not.
    pub unread: Option<String>,
}

/// A page that was looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScannedPage {
    /// Which, from 1.
    pub number: usize,
    /// Its width by its height.
    pub ratio: f32,
    /// Read from the picture, and not from text of the file.
    pub by_eye: bool,
}

/// What was read as an element of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReadElement {
    /// Which.
    pub field: ReadField,
    /// What it says.
    pub text: String,
    /// How sure its least sure character is: from 0 to 1.
    pub sure: f32,
    /// On which of the pages that were looked at, from 0.
    pub page: usize,
    /// Where there: left, top, right, bottom, as parts of width and height.
    pub bounds: [f32; 4],
}

/// An element of a document that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadField {
    /// 来文单位
    Sender,
    /// 来文字号
    Number,
    /// 标题
    Title,
    /// 成文日期
    Date,
    /// 紧急程度
    Urgency,
    /// 份号
    Copy,
    /// 主送机关
    Addressees,
}

impl ReadField {
    /// As an official calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sender => "来文单位",
            Self::Number => "来文字号",
            Self::Title => "标题",
            Self::Date => "成文日期",
            Self::Urgency => "紧急程度",
            Self::Copy => "份号",
            Self::Addressees => "主送机关",
        }
    }
}

impl Scanner {
    /// A scanner that is begun when the first file comes.
    #[must_use]
    pub fn new(program: Program) -> Self {
        let keeper = Keeper::new(program, FILES_MAX, TIME_MAX);
        Self { keeper, recent: Recent::new(KEPT_MAX) }
    }

    /// Reads a file; what was read a moment ago is known.
    ///
    /// # Errors
    /// A refusal when it is marked as a state secret, cannot be read or takes too long; a fault
    /// when the scanner is broken.
    pub async fn read(&self, file: Vec<u8>) -> Result<Arc<Reading>, crate::Problem> {
        let digest = hex::encode(sm3::Sm3::digest(&file));
        if let Some(reading) = self.recent.get(&digest) {
            return Ok(reading);
        }
        // Goes on when whoever asked hangs up: the process is kept, and so is what it read.
        let scanner = self.clone();
        let asked = tokio::spawn(async move { scanner.read_now(&file).await });
        let read = asked.await.unwrap_or_else(|error| Err(died(&error.to_string()).into()));
        let reading = read?;
        if let Some(marking) = &reading.scan.marking {
            return Err(secrecy::refusal(marking).into());
        }
        Ok(self.recent.put(digest, reading))
    }

    async fn read_now(&self, file: &[u8]) -> Result<Reading, crate::Problem> {
        match self.keeper.ask(&[file], Scanned::parts).await {
            Ok((Scanned::Read(scan), pictures)) => Ok(Reading { scan, pictures }),
            Ok((Scanned::Refused(sentence), _)) => Err(refused(&sentence).into()),
            Err(End::Unbegun(fault)) => Err(fault.into()),
            Err(End::Died(error)) => Err(died(&error.to_string()).into()),
            Err(End::Late) => Err(late().into()),
        }
    }
}

fn refused(sentence: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "scanner.refused", format!("{sentence}。"))
        .with_next("请核对文件，或重新扫描后再试。")
}

/// Whether so many bytes are more than is read.
#[must_use]
pub fn is_too_large(bytes: usize) -> bool {
    u64::try_from(bytes).is_ok_and(|bytes| bytes > FILE_MAX)
}

/// A file that is larger than any that is read.
#[must_use]
pub fn too_large() -> Refusal {
    let message = format!("文件超过{} MB，不能识别。", FILE_MAX >> 20);
    Refusal::new(Kind::Invalid, "scanner.large", message).with_next("请以300 dpi重新扫描后再试。")
}

fn late() -> Refusal {
    let message = format!("识别超过{}秒，已停止。", TIME_MAX.as_secs());
    Refusal::new(Kind::Invalid, "scanner.late", message)
        .with_next("请只扫描首页和落款页，或以300 dpi重新扫描后再试。")
}

fn died(error: &str) -> Refusal {
    tracing::warn!(error, "the scanner ended while it read a file");
    Refusal::new(Kind::Invalid, "scanner.died", "识别程序中途停止，文件可能已损坏或过大。")
        .with_next("请核对文件，或以300 dpi重新扫描后再试。")
}
