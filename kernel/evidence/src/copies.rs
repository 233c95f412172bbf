//! The checkpoints once more, in a file outside the database: who deletes them there has not
//! deleted them here. One line a checkpoint, the signed note as a JSON text, only appended to.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The file's name in the data directory.
pub const COPIES_FILE: &str = "evidence.checkpoints";
/// Longest line: a note with many cosignatures.
const LINE_BYTES_MAX: u64 = 65_536;

/// Reads the file from its beginning, also while it grows.
pub(crate) struct Copies {
    file: BufReader<File>,
    line: Vec<u8>,
}

impl Copies {
    /// Opens the file; none when there is none.
    pub(crate) fn open(path: &Path) -> std::io::Result<Option<Self>> {
        match File::open(path) {
            Ok(file) => Ok(Some(Self { file: BufReader::new(file), line: Vec::new() })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The next note; a last line without its end is being written, or was cut by a crash.
    pub(crate) fn next(&mut self) -> Option<std::io::Result<String>> {
        let mut limited = Read::take(&mut self.file, LINE_BYTES_MAX);
        if let Err(error) = limited.read_until(b'\n', &mut self.line) {
            return Some(Err(error));
        }
        if !self.line.ends_with(b"\n") {
            return None;
        }
        let line = std::mem::take(&mut self.line);
        Some(serde_json::from_slice(&line).map_err(std::io::Error::other))
    }
}

/// The newest note in the file; none when there is none.
pub(crate) fn last(path: &Path) -> std::io::Result<Option<String>> {
    let Some(mut copies) = Copies::open(path)? else { return Ok(None) };
    let mut last = None;
    while let Some(note) = copies.next() {
        last = Some(note?);
    }
    Ok(last)
}

/// Appends a note durably; a line that a crash has cut is removed first.
pub(crate) fn append(path: &Path, note: &str) -> std::io::Result<()> {
    let new = !path.exists();
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let length = file.metadata()?.len();
    let from = length.saturating_sub(LINE_BYTES_MAX);
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.read_to_end(&mut tail)?;
    let cut = tail.iter().rev().take_while(|byte| **byte != b'\n').count();
    if cut > 0 {
        file.set_len(length.saturating_sub(u64::try_from(cut).unwrap_or(length)))?;
    }
    let mut line = serde_json::to_string(note).map_err(std::io::Error::other)?;
    line.push('\n');
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    if let Some(folder) = path.parent().filter(|_| new) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
