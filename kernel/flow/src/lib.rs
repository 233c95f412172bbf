//! The process interpreter: blocks, tickets, votes, returns: pure.
