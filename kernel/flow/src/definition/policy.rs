//! How a node's tickets decide it.

use std::sync::Arc;

/// How a node's tickets decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// 会签: all must approve; one reject decides.
    All,
    /// 表决: as the vote says.
    Vote(Vote),
    /// 或签: the first approval decides; all must reject to reject.
    Any,
    /// The first decision decides, either way.
    First,
    /// 依次: one after another; one reject decides.
    Sequential,
    /// 抢办: whoever claims it decides.
    Claim,
}

impl Policy {
    /// A vote by share, nothing else said.
    #[must_use]
    pub fn share(part: u32, whole: u32) -> Self {
        let share = Share::AtLeast(Ratio { part, whole });
        Self::Vote(Vote::of(share))
    }

    /// Whether signers may be added beside those named (并加签).
    pub(crate) const fn may_join(&self) -> bool {
        !matches!(self, Self::Sequential | Self::Claim)
    }
}

/// How many must approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Everyone.
    All,
    /// At least this share.
    AtLeast(Ratio),
    /// More than this share: 过半数 is more than 1/2.
    MoreThan(Ratio),
}

impl Share {
    /// How many of `count` are needed.
    #[must_use]
    pub fn needed(self, count: u64) -> u64 {
        match self {
            Self::All => count,
            Self::AtLeast(ratio) => ratio.needed(count),
            Self::MoreThan(ratio) => ratio.below(count).saturating_add(1),
        }
    }
}

/// A share, exact: two thirds is 2/3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line, from 1.
    pub part: u32,
    /// Below the line, no smaller than the part.
    pub whole: u32,
}

impl Ratio {
    /// How many of `count` are needed: the share, rounded up.
    #[must_use]
    pub fn needed(self, count: u64) -> u64 {
        count.saturating_mul(self.part.into()).div_ceil(u64::from(self.whole.max(1)))
    }

    /// The share of `count`, rounded down.
    fn below(self, count: u64) -> u64 {
        count.saturating_mul(self.part.into()).checked_div(self.whole.into()).unwrap_or(0)
    }
}

impl Vote {
    /// A vote by share, nothing else said.
    #[must_use]
    pub const fn of(share: Share) -> Self {
        let weights = Vec::new();
        Self { share, quorum: None, collect: false, fixed: false, veto: None, weights }
    }
}

/// The rules of a vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// How many must approve.
    pub share: Share,
    /// 到会人数: the vote decides nothing before so many of those asked have voted, by heads.
    pub quorum: Option<Share>,
    /// Every opinion is heard before a rejection counts.
    pub collect: bool,
    /// The share is of those first asked; signers added later do not move it.
    pub fixed: bool,
    /// A rejection by a post with this duty decides.
    pub veto: Option<Arc<str>>,
    /// A post with the duty counts so many; others count one.
    pub weights: Vec<(Arc<str>, u32)>,
}
