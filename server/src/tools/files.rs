//! Files within limits, and why one is not read or written.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes of a process text or a form: a hundred times the largest of the catalogue.
pub(super) const TEXT_MAX: u64 = 1 << 20;
/// Bytes of a BPMN or DMN file, as their readers have it, and of one recorded case.
pub(super) const MODEL_MAX: u64 = 16 << 20;
/// What is said of bytes that are no text.
const NO_TEXT: &str = "不是 UTF-8 或 UTF-16 文本，请另存为 UTF-8";
/// Files of a folder, and folders within each other: ten times the compatibility kit.
const FILES_MAX: usize = 20_000;
const DEPTH_MAX: usize = 32;

/// Reads a text of at most so many bytes: UTF-8, or UTF-16 as XML 1.0 section 4.3.3 asks for.
pub(super) fn read(path: &Path, max: u64) -> Result<String, String> {
    text(bytes(path, max)?).ok_or_else(|| format!("{}：{NO_TEXT}。", path.display()))
}

/// Reads at most so many bytes.
pub(super) fn bytes(path: &Path, max: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut part = open(path)?.take(max.saturating_add(1));
    part.read_to_end(&mut bytes).map_err(|error| unread(path, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > max {
        return Err(format!("{}：文件超过{}MB，不予读取。", path.display(), max >> 20));
    }
    Ok(bytes)
}

/// A text by its byte order mark, or by a first bracket of two bytes.
fn text(bytes: Vec<u8>) -> Option<String> {
    let unit = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] | [0, b'<', ..] => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).ok(),
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

/// Gives each line that is not empty to `each`; no line is longer than a model.
pub(super) fn lines(path: &Path, mut each: impl FnMut(&str)) -> Result<(), String> {
    let mut reader = BufReader::new(open(path)?);
    for number in 1_u64.. {
        let mut line = String::new();
        let mut part = reader.by_ref().take(MODEL_MAX);
        let read = part.read_line(&mut line).map_err(|error| unread(path, &error))?;
        if read == 0 {
            break;
        }
        if !line.ends_with('\n') && u64::try_from(read).unwrap_or(u64::MAX) >= MODEL_MAX {
            return Err(format!("{}：第{number}行过长，不予读取。", path.display()));
        }
        if !line.trim().is_empty() {
            each(line.trim());
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<File, String> {
    match File::open(path) {
        Ok(file) if path.is_dir() => {
            drop(file);
            Err(format!("{}：这是目录，不是文件。", path.display()))
        }
        Ok(file) => Ok(file),
        Err(error) => Err(unread(path, &error)),
    }
}

fn unread(path: &Path, error: &std::io::Error) -> String {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::InvalidData => NO_TEXT.to_owned(),
        _ => format!("读取时出错（{error}）"),
    };
    format!("{}：{why}。", path.display())
}

/// Writes a file, or lets standard output have it.
pub(super) fn write(path: Option<&Path>, text: String) -> Result<Vec<String>, String> {
    let Some(path) = path else { return Ok(vec![text.trim_end().to_owned()]) };
    put(path, text)?;
    Ok(Vec::new())
}

/// Writes a file.
pub(super) fn put(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    std::fs::write(path, content).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "所在的目录不存在".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有写入权限".to_owned(),
            std::io::ErrorKind::IsADirectory => "这是目录，不是文件".to_owned(),
            _ => format!("写入时出错（{error}）"),
        };
        format!("{}：{why}。", path.display())
    })
}

/// Makes the folder that a file is to be written into.
pub(super) fn prepare(path: &Path) -> Result<(), String> {
    let Some(folder) = path.parent() else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("{}：建立目录时出错（{error}）。", folder.display()))
}

/// All files below a folder with one of these endings, in order.
pub(super) fn below(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_path_buf(), 0)];
    while let Some((at, depth)) = open.pop() {
        let entries = std::fs::read_dir(&at).map_err(|error| unread(&at, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unread(&at, &error))?;
            // A link may lead round in a circle.
            let kind = entry.file_type().map_err(|error| unread(&at, &error))?;
            let path = entry.path();
            let ends = path.extension().and_then(|ending| ending.to_str());
            if kind.is_dir() && depth < DEPTH_MAX {
                open.push((path, depth + 1));
            } else if kind.is_file() && ends.is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
            if found.len() > FILES_MAX {
                return Err(format!("{}：文件超过{FILES_MAX}个。", folder.display()));
            }
        }
    }
    found.sort();
    Ok(found)
}
