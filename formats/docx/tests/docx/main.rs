//! Tests of reading and writing Word documents.
