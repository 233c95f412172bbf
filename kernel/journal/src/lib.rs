//! Act, matter, decide and fold, the door to storage: pure.
