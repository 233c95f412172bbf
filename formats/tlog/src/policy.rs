//! Whom a verifier trusts: one log, its witnesses, and how many operators must vouch.

use crate::{Bundle, Checkpoint, Error, Note, Verifier, Witness};
use std::collections::BTreeSet;

/// How far a witness's clock may run ahead of the verifier's.
pub const CLOCK_SKEW_SECONDS: u64 = 300;

/// A witness and who runs it. Independence is counted by operator, not by key: two keys in one
/// hand are one vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The witness's key.
    pub witness: Witness,
    /// The department that runs it.
    pub operator: String,
}

/// What it takes to believe a log's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    log: Verifier,
    members: Vec<Member>,
    quorum: usize,
}

/// A witness's word for a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The witness.
    pub name: String,
    /// Who runs it.
    pub operator: String,
    /// When it saw the checkpoint, in seconds since 1970.
    pub time: u64,
}

/// An entry is in the log at `index`, under a checkpoint that the log signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// The entry's place.
    pub index: u64,
    /// The log's head.
    pub checkpoint: Checkpoint,
    /// Which known witnesses cosigned it, in the policy's order.
    pub cosigned: Vec<Cosigned>,
}

/// What a proof is worth under a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The entry is in the log, and as many operators as the policy asks for saw its head.
    Verified(Proved),
    /// As `Verified`, but too few operators saw the head.
    QuorumShort(Proved),
    /// Only the log itself vouches.
    SignedOnly(Proved),
    /// The proof shows nothing.
    Refused(Error),
}

impl Policy {
    /// Trusts `log` once `quorum` operators among the members vouch.
    ///
    /// # Errors
    /// [`Error::Policy`] when a key stands twice (one department could vote twice) or the quorum
    /// is zero or beyond the number of operators.
    pub fn new(log: Verifier, members: Vec<Member>, quorum: usize) -> Result<Self, Error> {
        let twice = members.iter().enumerate().any(|(place, member)| {
            let key = &member.witness.0;
            let earlier = members.iter().take(place);
            key.is_same_key(&log.0) || earlier.into_iter().any(|m| m.witness.0.is_same_key(key))
        });
        let operators: BTreeSet<&str> = members.iter().map(|m| m.operator.as_str()).collect();
        if twice || quorum == 0 || quorum > operators.len() {
            return Err(Error::Policy);
        }
        Ok(Self { log, members, quorum })
    }

    /// What `bundle` proves about `entry` at the time `now`, in seconds since 1970.
    #[must_use]
    pub fn judge(&self, bundle: &str, entry: &[u8], now: u64) -> Verdict {
        match self.prove(bundle, entry, now) {
            Err(error) => Verdict::Refused(error),
            Ok(proved) if proved.cosigned.is_empty() => Verdict::SignedOnly(proved),
            Ok(proved) => {
                let voices = proved.cosigned.iter().map(|one| one.operator.as_str());
                let enough = voices.collect::<BTreeSet<_>>().len() >= self.quorum;
                if enough { Verdict::Verified(proved) } else { Verdict::QuorumShort(proved) }
            }
        }
    }

    fn prove(&self, bundle: &str, entry: &[u8], now: u64) -> Result<Proved, Error> {
        let bundle = Bundle::parse(bundle)?;
        let checkpoint = bundle.verify(entry, &self.log)?;
        let cosigned = self.cosigned(&Note::parse(&bundle.note)?, now)?;
        Ok(Proved { index: bundle.index, checkpoint, cosigned })
    }

    fn cosigned(&self, note: &Note<'_>, now: u64) -> Result<Vec<Cosigned>, Error> {
        let mut all = Vec::new();
        for Member { witness, operator } in &self.members {
            let Some(time) = witness.check(note)? else { continue };
            if time > now.saturating_add(CLOCK_SKEW_SECONDS) {
                return Err(Error::Future);
            }
            all.push(Cosigned {
                name: witness.name().to_owned(),
                operator: operator.clone(),
                time,
            });
        }
        Ok(all)
    }
}
