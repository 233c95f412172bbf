//! Attached files: kept by their SM3 digest in a directory, written as they stream in.

use crate::FailPoint;
use sm3::{Digest, Sm3};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

/// Largest file accepted: 200 MB.
pub const BLOB_BYTES_MAX: u64 = 200 * 1024 * 1024;
/// Bytes looked at to tell what a file is.
const SNIFFED: usize = 16;

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Larger than [`BLOB_BYTES_MAX`].
    #[error("the file is larger than {BLOB_BYTES_MAX} bytes")]
    TooLarge,
    /// The disk is full.
    #[error("no space left for files")]
    Full,
    /// The directory cannot be read or written.
    #[error("keeping a file failed")]
    Io(#[source] std::io::Error),
}

impl From<std::io::Error> for BlobError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

/// A file that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// SM3 of its bytes, in hex.
    pub digest: String,
    /// Its size.
    pub size: u64,
    /// Its media type, by its first bytes.
    pub media: &'static str,
    /// Whether no file had these bytes before.
    pub new: bool,
}

/// A directory of files; cheap to clone.
#[derive(Clone)]
pub struct Blobs {
    root: Arc<PathBuf>,
    fail_point: Arc<dyn FailPoint>,
}

impl Blobs {
    /// The files kept under `root`; fail points are `written`, `synced` and `renamed`.
    #[must_use]
    pub fn new(root: PathBuf, fail_point: Arc<dyn FailPoint>) -> Self {
        Self { root: Arc::new(root), fail_point }
    }

    /// Begins to take in a file; `name` makes the unfinished file's name unique.
    ///
    /// # Errors
    /// [`BlobError`] when the directory cannot be written.
    pub async fn begin(&self, name: &str) -> Result<BlobWriter, BlobError> {
        let folder = self.root.join("incoming");
        fs::create_dir_all(&folder).await?;
        let path = folder.join(name);
        let file = File::create(&path).await?;
        let blobs = self.clone();
        Ok(BlobWriter { blobs, path, file, hash: Sm3::new(), size: 0, head: Vec::new() })
    }

    /// Opens a kept file; none when there is no such digest.
    ///
    /// # Errors
    /// [`BlobError`] when it is there but cannot be read.
    pub async fn open(&self, digest: &str) -> Result<Option<File>, BlobError> {
        let Some(path) = self.path(digest) else { return Ok(None) };
        match File::open(path).await {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a kept file, if it is there.
    ///
    /// # Errors
    /// [`BlobError`] when it cannot be removed.
    pub async fn remove(&self, digest: &str) -> Result<(), BlobError> {
        let Some(path) = self.path(digest) else { return Ok(()) };
        match fs::remove_file(path).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Removes files that were never finished; tells how many. Only while nothing comes in.
    ///
    /// # Errors
    /// [`BlobError`] when the directory cannot be read or a file not removed.
    pub async fn remove_unfinished(&self) -> Result<usize, BlobError> {
        let mut count: usize = 0;
        let Ok(mut folder) = fs::read_dir(self.root.join("incoming")).await else { return Ok(0) };
        while let Some(entry) = folder.next_entry().await? {
            fs::remove_file(entry.path()).await?;
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    /// The path of a digest; none when the text is not one, whatever it tries to reach.
    fn path(&self, digest: &str) -> Option<PathBuf> {
        let plain = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        let (folder, _) = digest.split_at_checked(2).filter(|_| plain)?;
        Some(self.root.join(folder).join(digest))
    }
}

/// A file being taken in. Dropped unfinished, it takes its bytes with it.
pub struct BlobWriter {
    blobs: Blobs,
    path: PathBuf,
    file: File,
    hash: Sm3,
    size: u64,
    head: Vec<u8>,
}

impl BlobWriter {
    /// Takes in some bytes.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`] beyond the limit.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(length);
        if self.size > BLOB_BYTES_MAX {
            return Err(BlobError::TooLarge);
        }
        let missing = SNIFFED.saturating_sub(self.head.len());
        self.head.extend(bytes.iter().take(missing));
        self.hash.update(bytes);
        self.file.write_all(bytes).await?;
        Ok(())
    }

    /// Makes the file durable under its digest.
    ///
    /// # Errors
    /// [`BlobError`] when the directory cannot be written.
    pub async fn finish(mut self) -> Result<Stored, BlobError> {
        self.file.flush().await?;
        self.blobs.fail_point.reached("written");
        self.file.sync_all().await?;
        self.blobs.fail_point.reached("synced");
        let hash = std::mem::take(&mut self.hash).finalize();
        let digest = hex::encode(hash);
        let media = sniff(&self.head);
        let mut new = false;
        if let Some(path) = self.blobs.path(&digest) {
            new = !fs::try_exists(&path).await?;
            let root = self.blobs.root.as_path();
            let folder = path.parent().unwrap_or(root);
            fs::create_dir_all(folder).await?;
            fs::rename(&self.path, &path).await?;
            self.blobs.fail_point.reached("renamed");
            // A name is durable when its folder is, and that folder's name in the one above.
            for folder in [folder, root] {
                File::open(folder).await?.sync_all().await?;
            }
        }
        Ok(Stored { digest, size: self.size, media, new })
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        // A finished file is no longer there; whatever else fails, the next start tries again.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// What a file is, by how it begins: its name is only what someone says of it.
fn sniff(head: &[u8]) -> &'static str {
    const KNOWN: [(&[u8], &str); 13] = [
        (b"%PDF-", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"PK\x03\x04", "application/zip"),
        (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
        (b"MZ", "application/x-msdownload"),
        (b"\x7fELF", "application/x-executable"),
        (b"\x1a\x45\xdf\xa3", "video/webm"),
        (b"OggS", "audio/ogg"),
        (b"ID3", "audio/mpeg"),
        (b"\xff\xfb", "audio/mpeg"),
        (b"#!AMR", "audio/amr"),
    ];
    // A box of ISO base media (ISO/IEC 14496-12) has its length before its name.
    if head.get(4..8) == Some(b"ftyp") {
        return "video/mp4";
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return "audio/wav";
    }
    KNOWN
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map_or("application/octet-stream", |(_, media)| media)
}
