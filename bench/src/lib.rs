//! What we measure, and against which bar.
