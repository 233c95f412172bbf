//! Foreign files.
