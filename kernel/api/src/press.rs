//! 排版: documents are set by a process of its own, which may be slow, large or ended without
//! harm to the cell.

use crate::worker::{Program, Worker, broken};
use lingnan_gongwen::{Gongwen, Report, Slip};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long one document may take; 400 pages take a few seconds.
const TIME_MAX: Duration = Duration::from_secs(60);
/// After so many documents the process is begun anew, so that what it keeps for speed stays small.
const DOCUMENTS_MAX: u32 = 500;
/// Documents in print that are kept for whoever asks again; a few hundred kilobytes each.
const KEPT_MAX: usize = 16;
/// The press; cheap to clone.
#[derive(Clone)]
pub struct Press {
    program: Arc<Program>,
    kept: Arc<std::sync::Mutex<VecDeque<Kept>>>,
    worker: Arc<Mutex<Option<Worker>>>,
}

/// A document that was set a moment ago.
struct Kept {
    document: Gongwen,
    print: Arc<Print>,
}

/// A document in print.
#[derive(Debug)]
pub struct Print {
    /// PDF/A-2u.
    pub pdf: Vec<u8>,
    /// OFD.
    pub ofd: Vec<u8>,
    /// What was really used.
    pub report: Report,
}

/// What is to be set.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manuscript {
    /// An official document.
    Document(Box<Gongwen>),
    /// A form about one.
    Slip(Box<Slip>),
}

/// The first part of an answer: two more, PDF and OFD, follow a [`Told::Printed`], and one, the
/// PDF, a [`Told::Slip`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The document was set.
    Printed(Report),
    /// The form was set.
    Slip,
    /// It cannot be set, and why.
    Refused(String),
}

impl Press {
    /// A press that is begun when the first document comes.
    #[must_use]
    pub fn new(program: Program) -> Self {
        Self { program: Arc::new(program), kept: Arc::default(), worker: Arc::default() }
    }

    /// Sets a document; one after the other.
    ///
    /// # Errors
    /// A refusal when the document cannot be set or takes too long; a fault when the press is
    /// broken.
    pub async fn print(&self, document: &Gongwen) -> Result<Arc<Print>, crate::Problem> {
        if let Some(print) = self.known(document) {
            return Ok(print);
        }
        let print = Arc::new(self.set(document).await?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(Kept { document: document.clone(), print: Arc::clone(&print) });
        while kept.len() > KEPT_MAX {
            kept.pop_front();
        }
        Ok(print)
    }

    /// Whoever turns the pages of a document asks for it again.
    fn known(&self, document: &Gongwen) -> Option<Arc<Print>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|kept| kept.document == *document).map(|kept| Arc::clone(&kept.print))
    }

    /// Sets a form about a document, as PDF/A-2u.
    ///
    /// # Errors
    /// As for [`Press::print`].
    pub async fn print_slip(&self, slip: Slip) -> Result<Vec<u8>, crate::Problem> {
        match self.work(&Manuscript::Slip(Box::new(slip))).await? {
            Set::Slip(pdf) => Ok(pdf),
            Set::Document(_) => Err(mixed()),
        }
    }

    async fn set(&self, document: &Gongwen) -> Result<Print, crate::Problem> {
        match self.work(&Manuscript::Document(Box::new(document.clone()))).await? {
            Set::Document(print) => Ok(*print),
            Set::Slip(_) => Err(mixed()),
        }
    }

    async fn work(&self, manuscript: &Manuscript) -> Result<Set, crate::Problem> {
        let mut held = self.worker.lock().await;
        let mut worker = match held.take() {
            Some(worker) if worker.tasks < DOCUMENTS_MAX => worker,
            _ => Worker::begin(&self.program).map_err(|error| broken(&error))?,
        };
        // Whoever hangs up in between leaves no half answer behind: the worker is put back last.
        match tokio::time::timeout(TIME_MAX, set(&mut worker, manuscript)).await {
            Ok(Ok(answer)) => {
                *held = Some(worker);
                answer.map_err(|sentence| refused(&sentence).into())
            }
            Ok(Err(error)) => Err(died(&error).into()),
            Err(_) => Err(late().into()),
        }
    }
}

/// What came out.
enum Set {
    Document(Box<Print>),
    Slip(Vec<u8>),
}

fn mixed() -> crate::Problem {
    broken(&io::Error::other("the press answered something else")).into()
}

fn refused(sentence: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "press.refused", sentence.to_owned())
        .with_next("请按提示修改公文要素或正文后再试。")
}

fn late() -> Refusal {
    Refusal::new(Kind::Conflict, "press.late", "排版超过60秒，已停止。")
        .with_next("请检查正文中是否有特别大的表格或图片，删减后再试。")
}

/// It ends when the document wants more memory than it may have.
fn died(error: &io::Error) -> Refusal {
    tracing::warn!(%error, "the press ended while it set a document");
    Refusal::new(Kind::Invalid, "press.died", "排版程序中途停止，可能是公文过大。")
        .with_next("请删减特别大的表格或图片后再试；仍不成功的，请联系系统管理员。")
}

async fn set(worker: &mut Worker, manuscript: &Manuscript) -> io::Result<Result<Set, String>> {
    worker.send(&[&serde_json::to_vec(manuscript)?]).await?;
    match serde_json::from_slice(&worker.part().await?)? {
        Told::Refused(sentence) => Ok(Err(sentence)),
        Told::Slip => Ok(Ok(Set::Slip(worker.part().await?))),
        Told::Printed(report) => {
            let (pdf, ofd) = (worker.part().await?, worker.part().await?);
            Ok(Ok(Set::Document(Box::new(Print { pdf, ofd, report }))))
        }
    }
}
