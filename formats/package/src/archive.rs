//! The ZIP archive of a package, read from bytes that nobody vouches for.
//!
//! Everything its directory says is checked before anything is unpacked, and every file has one
//! meaning only: what a digest is taken of is what is shown.

use crate::error::{Broken, Error};
use crate::limits::{FOLDERS_MAX, Limits, PATH_MAX, RATIO_FROM, RATIO_MAX, UNPACKED_RATIO};
use crate::xml::Xml;
use flate2::read::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::Read;

/// The longest comment that may stand after the end record.
const COMMENT_MAX: usize = 0xffff;
const END: usize = 22;
const HEAD: usize = 46;
const LOCAL: usize = 30;

/// The files of a package.
#[derive(Debug)]
pub struct Archive<'a> {
    bytes: &'a [u8],
    limits: Limits,
    entries: BTreeMap<String, Entry>,
    /// Paths by themselves in lower case.
    folded: BTreeMap<String, String>,
    /// Bytes of all files together, as the directory says.
    unpacked: usize,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    deflated: bool,
    crc: u32,
    packed: usize,
    size: usize,
    /// Where its own header begins, and then its data.
    header: usize,
    data: usize,
}

impl<'a> Archive<'a> {
    /// Reads the directory.
    ///
    /// # Errors
    ///
    /// When it is broken, beyond a limit, or says what an honest one does not.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, Error> {
        if bytes.len() > limits.bytes {
            return Err(Error::TooMuch { what: "字节数", max: limits.bytes });
        }
        let end = end(bytes, limits.files)?;
        let (entries, folded) = (BTreeMap::new(), BTreeMap::new());
        let mut opened = Self { bytes, limits, entries, folded, unpacked: 0 };
        let mut at = end.start;
        for _ in 0..end.count {
            let head = Fields::at(bytes, at, HEAD)?;
            at = opened.entry(&head, end.start)?;
        }
        if at != end.at {
            return Err(Broken::Directory.into());
        }
        opened.apart()?;
        Ok(opened)
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The path of a file as it really is: producers write `\`, a leading `/` and other cases.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&str> {
        let path = normal(path)?;
        match self.entries.get_key_value(&path) {
            Some((found, _)) => Some(found),
            None => self.folded.get(&path.to_lowercase()).map(String::as_str),
        }
    }

    /// A file that another one names: from that one's folder unless it begins with `/`
    /// (GB/T 33190-2016 7.2, ISO/IEC 29500-2); some producers mean the root either way.
    #[must_use]
    pub fn resolve(&self, folder: &str, location: &str) -> Option<&str> {
        let location = location.trim();
        let absolute = location.starts_with(['/', '\\']);
        let inner = (!absolute).then(|| self.find(&format!("{folder}/{location}"))).flatten();
        inner.or_else(|| self.find(location))
    }

    /// Unpacks a file.
    ///
    /// # Errors
    ///
    /// When it is not there or not what its entry says.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let missing = || Error::Missing { path: path.to_owned() };
        let entry = self.entries.get(path).ok_or_else(missing)?;
        let broken = || Error::from(Broken::Data(path.to_owned()));
        let end = entry.data + entry.packed;
        let packed = self.bytes.get(entry.data..end).ok_or_else(broken)?;
        let mut data = Vec::with_capacity(entry.size);
        // One byte more, so that a file which is larger than it says is noticed.
        let most = u64::try_from(entry.size).unwrap_or(u64::MAX).saturating_add(1);
        let done = if entry.deflated {
            DeflateDecoder::new(packed).take(most).read_to_end(&mut data)
        } else {
            packed.take(most).read_to_end(&mut data)
        };
        let mut crc = flate2::Crc::new();
        crc.update(&data);
        if done.is_err() || data.len() != entry.size || crc.sum() != entry.crc {
            return Err(broken());
        }
        Ok(data)
    }

    /// An XML file as text.
    ///
    /// # Errors
    ///
    /// As [`Self::read`], and when it is too long or no text.
    pub fn xml(&self, path: &str) -> Result<Xml, Error> {
        Xml::of(path, self.read(path)?, self.limits)
    }

    /// Takes one entry of the directory in and gives where the next begins.
    fn entry(&mut self, head: &Fields<'_>, limit: usize) -> Result<usize, Error> {
        let lengths = [head.short(28)?, head.short(30)?, head.short(32)?];
        let raw = head.after(lengths[0])?;
        let path = String::from_utf8_lossy(raw).into_owned();
        let next = head.at + HEAD + lengths.iter().sum::<usize>();
        if !head.bytes.starts_with(b"PK\x01\x02") || next > self.bytes.len() {
            return Err(Broken::Directory.into());
        }
        head.honest(&path)?;
        let Some(path) = safe(&path)? else { return Ok(next) };
        let method = head.short(10)?;
        if method != 0 && method != 8 {
            return Err(Broken::Method(path).into());
        }
        let (packed, size, header) = (head.long(20)?, head.long(24)?, head.long(42)?);
        let local = Fields::at(self.bytes, header, LOCAL)?;
        let data = (LOCAL + local.short(26)? + local.short(28)?).saturating_add(header);
        let same = local.bytes.starts_with(b"PK\x03\x04")
            && local.short(8)? == method
            && local.after(local.short(26)?)? == raw;
        if !same || data.saturating_add(packed) > limit || (method == 0 && packed != size) {
            return Err(Broken::Directory.into());
        }
        let crc = u32::try_from(head.long(16)?).unwrap_or(u32::MAX);
        let entry = Entry { deflated: method == 8, crc, packed, size, header, data };
        self.admit(path, entry)?;
        Ok(next)
    }

    fn admit(&mut self, path: String, entry: Entry) -> Result<(), Error> {
        if entry.size > self.limits.bytes {
            return Err(Error::TooMuch {
                what: "单个包内文件字节数", max: self.limits.bytes
            });
        }
        if entry.size > RATIO_FROM && entry.size / RATIO_MAX > entry.packed {
            return Err(Error::Bomb { path, max: RATIO_MAX });
        }
        // Also when only the case differs: others take one for the other, as we do.
        if self.folded.insert(path.to_lowercase(), path.clone()).is_some() {
            return Err(Error::Twice { path });
        }
        self.entries.insert(path, entry);
        self.unpacked += entry.size;
        let max = self.limits.unpacked.max(self.bytes.len().saturating_mul(UNPACKED_RATIO));
        if self.unpacked > max {
            return Err(Error::TooMuch { what: "解压后总字节数", max });
        }
        Ok(())
    }

    /// No two files share a byte.
    fn apart(&self) -> Result<(), Error> {
        let mut places: Vec<(usize, usize, &str)> = Vec::new();
        for (path, entry) in &self.entries {
            places.push((entry.header, entry.data + entry.packed, path));
        }
        places.sort_unstable();
        for (before, after) in places.iter().zip(places.iter().skip(1)) {
            if before.1 > after.0 {
                return Err(Broken::Overlap(after.2.to_owned()).into());
            }
        }
        Ok(())
    }
}

/// Where the directory is, as the record at the end says.
struct End {
    at: usize,
    start: usize,
    count: usize,
}

fn end(bytes: &[u8], files_max: usize) -> Result<End, Error> {
    let from = bytes.len().saturating_sub(END + COMMENT_MAX);
    let tail = bytes.get(from..).unwrap_or_default();
    let mut at = tail.len().saturating_sub(END);
    loop {
        let record = tail.get(at..).unwrap_or_default();
        if record.starts_with(b"PK\x05\x06") {
            let record = Fields::at(bytes, from + at, END)?;
            // A comment that goes on to the very end: nothing is hidden after it.
            if record.at + END + record.short(20)? == bytes.len() {
                return whole(&record, files_max);
            }
        }
        at = at.checked_sub(1).ok_or(Broken::NoEnd)?;
    }
}

fn whole(record: &Fields<'_>, files_max: usize) -> Result<End, Error> {
    let (count, size, start) = (record.short(10)?, record.long(12)?, record.long(16)?);
    let large = count == 0xffff || start == 0xffff_ffff || size == 0xffff_ffff;
    if large || record.short(4)? != 0 || record.short(6)? != 0 || record.short(8)? != count {
        return Err(Broken::Kind.into());
    }
    if count > files_max {
        return Err(Error::TooMuch { what: "文件数", max: files_max });
    }
    if start.saturating_add(size) != record.at {
        return Err(Broken::Directory.into());
    }
    Ok(End { at: record.at, start, count })
}

/// A record of the archive with its numbers.
struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    fixed: usize,
}

impl<'a> Fields<'a> {
    fn at(bytes: &'a [u8], at: usize, fixed: usize) -> Result<Self, Error> {
        let rest = bytes.get(at..).filter(|rest| rest.len() >= fixed);
        Ok(Self { bytes: rest.ok_or(Broken::Directory)?, at, fixed })
    }

    fn short(&self, at: usize) -> Result<usize, Error> {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<2>);
        Ok(usize::from(u16::from_le_bytes(*bytes.ok_or(Broken::Directory)?)))
    }

    fn long(&self, at: usize) -> Result<usize, Error> {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<4>);
        let value = u32::from_le_bytes(*bytes.ok_or(Broken::Directory)?);
        usize::try_from(value).map_err(|_| Broken::Directory.into())
    }

    /// So many bytes after its fixed part: a path.
    fn after(&self, length: usize) -> Result<&'a [u8], Error> {
        let path = self.bytes.get(self.fixed..self.fixed + length);
        path.ok_or_else(|| Broken::Directory.into())
    }

    /// Neither locked nor a link: by APPNOTE 4.4.4 and the mode that Unix archivers keep.
    fn honest(&self, path: &str) -> Result<(), Error> {
        const LOCKED: usize = 0x2041;
        const UNIX: usize = 3;
        if self.short(8)? & LOCKED != 0 {
            return Err(Error::Encrypted { path: path.to_owned() });
        }
        let kind = self.short(40)? & 0o170_000;
        if self.short(4)? >> 8 == UNIX && !matches!(kind, 0 | 0o040_000 | 0o100_000) {
            return Err(Error::NoFile { path: path.to_owned() });
        }
        Ok(())
    }
}

/// An entry's path; nothing for a folder.
fn safe(path: &str) -> Result<Option<String>, Error> {
    let bad = || Error::BadName { path: path.chars().filter(|c| !c.is_control()).collect() };
    let slashed = path.replace('\\', "/");
    let trimmed = slashed.strip_suffix('/').unwrap_or(&slashed);
    let steps: Vec<&str> = trimmed.split('/').collect();
    let lost = |step: &&str| matches!(*step, "" | "." | "..");
    let strange = path.chars().any(|c| c.is_control() || c == ':');
    if strange || path.len() > PATH_MAX || steps.len() > FOLDERS_MAX || steps.iter().any(lost) {
        return Err(bad());
    }
    Ok((trimmed.len() == slashed.len()).then_some(slashed))
}

/// A path as it is looked up: `..` within the package is followed, beyond it leads nowhere.
fn normal(path: &str) -> Option<String> {
    let slashed = path.trim().replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    for step in slashed.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// The folder of a path.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
