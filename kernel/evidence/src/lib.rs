//! The cell's transparency log on top of the journal: checkpoints, proofs, verification.
