//! C2SP transparency log: RFC 6962 tree, tiles, signed notes, checkpoints, proofs.
