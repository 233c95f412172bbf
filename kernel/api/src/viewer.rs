//! 版式查看: files from anywhere are read and drawn by a process of its own, which has little time
//! and little memory and may be ended without harm to the cell.

use crate::worker::{End, Keeper, Program};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// How long an overview or a page may take: 400 pages are read within a second.
const TIME_MAX: Duration = Duration::from_secs(10);
/// After so many tasks the process is begun anew.
const TASKS_MAX: u32 = 2000;
/// The largest file that is shown, as the reader has it (`lingnan_package::limits::DOCUMENT_MAX`).
pub(crate) const FILE_MAX: u64 = 64 << 20;

/// Shows files in fixed layout; cheap to clone.
#[derive(Clone)]
pub struct Viewer(Keeper);

/// What is wanted of a file, whose bytes come as the next part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// What it holds.
    Overview,
    /// One page, counted through all its documents from 1.
    Page(usize),
    /// What a Word document holds.
    Word,
    /// Whether a picture can be decoded and set.
    Picture,
}

/// The first part of an answer: a picture follows a [`Viewed::Page`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Viewed {
    /// What it holds.
    Overview(Overview),
    /// The page was drawn.
    Page,
    /// The Word document was read; what it holds follows as JSON.
    Word,
    /// The picture is sound.
    Picture,
    /// It has no such page.
    NoPage,
    /// It cannot be shown, and why.
    Refused(String),
}

impl Viewed {
    fn parts(&self) -> usize {
        usize::from(matches!(self, Self::Page | Self::Word))
    }
}

/// What a file in fixed layout holds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Overview {
    /// Its pages, through all its documents.
    pub pages: Vec<Leaf>,
    /// Whether the text of all pages is here; a very long one is cut off.
    pub whole_text: bool,
    /// Its fonts.
    pub fonts: Vec<FontView>,
    /// What could not be read.
    pub notes: Vec<String>,
    /// Its signatures; none is verified.
    pub signatures: Vec<SignatureView>,
    /// The names of files within it.
    pub attachments: Vec<String>,
}

/// A page.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Leaf {
    /// Its width in millimetres.
    pub width: f64,
    /// Its height in millimetres.
    pub height: f64,
    /// Its text in reading order, a line for each line of its picture.
    pub lines: Vec<String>,
}

/// A font.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct FontView {
    /// Its name.
    pub name: String,
    /// Whether the file brings it along.
    pub embedded: bool,
}

/// A signature as the file has it, unverified.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct SignatureView {
    /// With a seal, or without.
    pub seal: bool,
    /// The program that signed, or empty.
    pub provider: String,
    /// When it says it was made, as written there, or empty.
    pub signed: String,
    /// The pages on which its seal is shown, from 1.
    pub pages: Vec<usize>,
}

impl Viewer {
    /// A viewer that is begun when the first file comes.
    #[must_use]
    pub fn new(program: Program) -> Self {
        Self(Keeper::new(program, TASKS_MAX, TIME_MAX))
    }

    /// What a file holds.
    ///
    /// # Errors
    /// A refusal when it cannot be read or takes too long; a fault when the viewer is broken.
    pub async fn overview(&self, file: Vec<u8>) -> Result<Overview, crate::Problem> {
        match self.ask(Wish::Overview, file).await? {
            (Viewed::Overview(overview), _) => Ok(overview),
            _ => Err(died("another answer than was asked for").into()),
        }
    }

    /// A page as SVG.
    ///
    /// # Errors
    /// As [`Viewer::overview`], and when there is no such page.
    pub async fn page(&self, file: Vec<u8>, number: usize) -> Result<Vec<u8>, crate::Problem> {
        match self.ask(Wish::Page(number), file).await? {
            (Viewed::Page, picture) => Ok(picture),
            (Viewed::NoPage, _) => Err(Refusal::missing().into()),
            _ => Err(died("another answer than was asked for").into()),
        }
    }

    /// What a Word document holds, as JSON of whoever reads it.
    ///
    /// # Errors
    /// As [`Viewer::overview`].
    pub async fn word(&self, file: Vec<u8>) -> Result<Vec<u8>, crate::Problem> {
        match self.ask(Wish::Word, file).await? {
            (Viewed::Word, held) => Ok(held),
            _ => Err(died("another answer than was asked for").into()),
        }
    }

    /// Decodes a picture whole: what cannot be set is refused before it is kept.
    ///
    /// # Errors
    /// As [`Viewer::overview`].
    pub async fn picture(&self, file: Vec<u8>) -> Result<(), crate::Problem> {
        match self.ask(Wish::Picture, file).await? {
            (Viewed::Picture, _) => Ok(()),
            _ => Err(died("another answer than was asked for").into()),
        }
    }

    /// Goes on when whoever asked hangs up: pages are scrolled past, and the process is kept.
    async fn ask(&self, wish: Wish, file: Vec<u8>) -> Result<(Viewed, Vec<u8>), crate::Problem> {
        let viewer = self.clone();
        let asked = tokio::spawn(async move { viewer.ask_now(&wish, &file).await });
        asked.await.unwrap_or_else(|error| Err(died(&error.to_string()).into()))
    }

    async fn ask_now(&self, wish: &Wish, file: &[u8]) -> Result<(Viewed, Vec<u8>), crate::Problem> {
        let text = serde_json::to_vec(wish).map_err(|error| died(&error.to_string()))?;
        match self.0.ask(&[&text, file], Viewed::parts).await {
            Ok((Viewed::Refused(sentence), _)) => Err(refused(wish, &sentence).into()),
            Ok((viewed, mut parts)) => Ok((viewed, parts.pop().unwrap_or_default())),
            Err(End::Unbegun(fault)) => Err(fault.into()),
            Err(End::Died(error)) => Err(died(&error.to_string()).into()),
            Err(End::Late) => Err(late().into()),
        }
    }
}

fn refused(wish: &Wish, sentence: &str) -> Refusal {
    let next = match wish {
        Wish::Word => "请按提示处理后重新选择文件；也可以把文字复制到正文中。",
        Wish::Picture => "请用看图软件打开后另存为PNG或JPEG，再重新插入。",
        _ => "请下载后用其他阅读软件核对，或请来文单位重新提供。",
    };
    Refusal::new(Kind::Invalid, "viewer.refused", format!("{sentence}。")).with_next(next)
}

/// A file that is larger than any that is shown.
pub(crate) fn too_large() -> Refusal {
    let message = format!("文件超过{} MB，不能在线查看。", FILE_MAX >> 20);
    Refusal::new(Kind::Invalid, "viewer.large", message).with_next("请下载后查看。")
}

fn late() -> Refusal {
    let message = format!("打开文件超过{}秒，已停止。", TIME_MAX.as_secs());
    Refusal::new(Kind::Invalid, "viewer.late", message).with_next("请下载后用其他阅读软件查看。")
}

fn died(error: &str) -> Refusal {
    tracing::warn!(error, "the viewer ended while it read a file");
    Refusal::new(Kind::Invalid, "viewer.died", "读取文件的程序中途停止，文件可能已损坏或过大。")
        .with_next("请下载后用其他阅读软件核对，或请来文单位重新提供。")
}
