//! Processes drawn and read back; foreign drawings as drafts.

#[cfg(test)]
mod foreign;
#[cfg(test)]
mod ours;
