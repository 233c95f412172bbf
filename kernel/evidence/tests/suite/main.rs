//! The evidence suite: a small cell is made, tampered with, and verified.

mod cell;
mod elsewhere;
mod restart;
mod tampering;
