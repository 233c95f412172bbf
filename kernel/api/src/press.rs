//! 排版: documents are set by a process of its own, which may be slow, large or ended without
//! harm to the cell.

use crate::worker::{End, Keeper, Program, Recent};
use lingnan_gongwen::{Gongwen, Report, Slip};
use lingnan_journal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::Arc;
use std::time::Duration;

/// How long one document may take; 400 pages take a few seconds.
const TIME_MAX: Duration = Duration::from_secs(60);
/// After so many documents the process is begun anew.
const DOCUMENTS_MAX: u32 = 500;
/// Documents in print that are kept for whoever asks again; a few hundred kilobytes each, and with
/// pictures at most 30 MB.
const KEPT_MAX: usize = 8;

/// The press; cheap to clone.
#[derive(Clone)]
pub struct Press {
    keeper: Keeper,
    recent: Recent<Gongwen, Print>,
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

impl Told {
    const fn parts(&self) -> usize {
        match self {
            Self::Printed(_) => 2,
            Self::Slip => 1,
            Self::Refused(_) => 0,
        }
    }
}

impl Press {
    /// A press that is begun when the first document comes.
    #[must_use]
    pub fn new(program: Program) -> Self {
        let keeper = Keeper::new(program, DOCUMENTS_MAX, TIME_MAX);
        Self { keeper, recent: Recent::new(KEPT_MAX) }
    }

    /// A document that was set a moment ago: whoever turns its pages asks for it again.
    #[must_use]
    pub fn recent(&self, document: &Gongwen) -> Option<Arc<Print>> {
        self.recent.get(document)
    }

    /// Sets a document; one after the other. `filled` is the same with the bytes of its pictures
    /// for their digests: by these it is known again.
    ///
    /// # Errors
    /// A refusal when the document cannot be set or takes too long; a fault when the press is
    /// broken.
    pub async fn print(
        &self,
        document: Gongwen,
        filled: Gongwen,
    ) -> Result<Arc<Print>, crate::Problem> {
        let (told, parts) = self.set(&Manuscript::Document(Box::new(filled))).await?;
        match (told, <[Vec<u8>; 2]>::try_from(parts)) {
            (Told::Printed(report), Ok([pdf, ofd])) => {
                Ok(self.recent.put(document, Print { pdf, ofd, report }))
            }
            _ => Err(died(&io::Error::other("the press answered something else")).into()),
        }
    }

    /// Sets a form about a document, as PDF/A-2u.
    ///
    /// # Errors
    /// As for [`Press::print`].
    pub async fn print_slip(&self, slip: Slip) -> Result<Vec<u8>, crate::Problem> {
        let (_, mut parts) = self.set(&Manuscript::Slip(Box::new(slip))).await?;
        let pdf = parts.pop();
        pdf.ok_or_else(|| died(&io::Error::other("the press answered without a page")).into())
    }

    async fn set(&self, manuscript: &Manuscript) -> Result<(Told, Vec<Vec<u8>>), crate::Problem> {
        let text = serde_json::to_vec(manuscript).map_err(|error| died(&error.into()))?;
        match self.keeper.ask(&[&text], Told::parts).await {
            Ok((Told::Refused(sentence), _)) => Err(refused(&sentence).into()),
            Ok(answer) => Ok(answer),
            Err(End::Unbegun(fault)) => Err(fault.into()),
            Err(End::Died(error)) => Err(died(&error).into()),
            Err(End::Late) => Err(late().into()),
        }
    }
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
