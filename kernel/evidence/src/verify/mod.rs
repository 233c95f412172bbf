//! The outside verifier: reads what is stored, recomputes everything, trusts one key.
//!
//! Memory is bounded whatever the journal's length: pages of rows, one matter's state at a time,
//! and fixed sums per read table.

mod blobs;
mod checkpoints;
mod envelope;
mod matters;
mod roots;
mod rows;
mod streams;
mod views;

use lingnan_base::Timestamp;
use lingnan_journal::{Fault, Registry};
use lingnan_store::Reader;
use lingnan_tlog::Verifier;
use std::path::PathBuf;

/// Findings reported one by one; a journal that is wrong throughout needs no more.
const FINDINGS_MAX: usize = 1_000;
/// A running cell signs twice a second; acts that wait longer than this are reported.
const UNSIGNED_MS_MAX: i64 = 10_000;

/// Something that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The act, when it is one act.
    pub seq: Option<u64>,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Acts read.
    pub acts: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// Acts that the newest good checkpoint covers.
    pub covered: u64,
    /// Acts after the newest good checkpoint.
    pub uncovered: u64,
    /// Matters folded again; none when views were left out.
    pub matters: u64,
    /// Rows of read tables compared.
    pub rows: u64,
    /// Attached files whose digest was computed again.
    pub files: u64,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
    /// Findings beyond those listed.
    pub more: u64,
}

impl Report {
    fn add(&mut self, seq: Option<u64>, what: impl Into<String>) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { seq, what: what.into() });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

/// Whether the cell takes acts while it is verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running {
    /// It does: acts of the last seconds need not be signed yet.
    Yes,
    /// It does not: it has signed up to its end when it stopped.
    No,
}

/// What is verified besides the journal itself.
#[derive(Clone, Copy)]
pub enum Extent<'a> {
    /// The journal, its streams and the log.
    Journal,
    /// Also every snapshot and read table, and the attached files in a directory.
    All {
        /// The kinds of matter and their read tables.
        registry: &'a Registry,
        /// Where attached files are kept.
        blobs: Option<&'a std::path::Path>,
        /// Secret bytes for this run: what is compared by sums cannot be forged to fit them.
        key: [u8; 32],
    },
}

/// A verification to be made.
pub struct Audit<'a> {
    /// The database, best one that stands still ([`Reader::frozen`]).
    pub reader: &'a Reader,
    /// The cell's name.
    pub cell: &'a str,
    /// The one key that is trusted.
    pub verifier: &'a Verifier,
    /// How much is verified.
    pub extent: Extent<'a>,
    /// The file of checkpoints outside the database; none when there is no data directory.
    pub copies: Option<PathBuf>,
    /// Checkpoints that were kept elsewhere, as signed notes.
    pub kept: Vec<String>,
    /// Whether the cell runs.
    pub running: Running,
    /// The present moment.
    pub now: Timestamp,
}

impl<'a> Audit<'a> {
    /// The journal and the log of a cell that stands still.
    #[must_use]
    pub fn new(reader: &'a Reader, cell: &'a str, verifier: &'a Verifier) -> Self {
        Self {
            reader,
            cell,
            verifier,
            extent: Extent::Journal,
            copies: None,
            kept: Vec::new(),
            running: Running::No,
            now: Timestamp::default(),
        }
    }

    /// Recomputes what is asked for.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot be read at all; what is read and wrong is a [`Finding`].
    pub async fn verify(&self) -> Result<Report, Fault> {
        let mut report = Report::default();
        rows::verify(self, &mut report).await?;
        let Extent::All { registry, blobs, key } = &self.extent else { return Ok(report) };
        if !report.findings.is_empty() {
            // What follows from a changed journal says nothing about the views.
            report.add(None, "办理日志本身有问题，快照、视图与附件未再比对。");
            return Ok(report);
        }
        let (reader, blobs, key) = (self.reader, *blobs, *key);
        let views = views::Views { reader, registry, blobs, key };
        views::verify(&views, &mut report).await?;
        if let Some(folder) = blobs {
            blobs::verify(folder, &mut report).await?;
        }
        Ok(report)
    }
}

/// Verifies the journal and the log of a cell that stands still.
///
/// # Errors
/// As [`Audit::verify`].
pub async fn verify(reader: &Reader, cell: &str, verifier: &Verifier) -> Result<Report, Fault> {
    Audit::new(reader, cell, verifier).verify().await
}
