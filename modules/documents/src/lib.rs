//! Official documents: draft, review, sign, number, distribute, receive, archive.
