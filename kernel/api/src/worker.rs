//! A process of this very program that does one thing at a time: parts of bytes go in, parts come
//! out, each with its length before it.

use lingnan_journal::Fault;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// The largest part of an answer: a file of 200 MB is refused as an attachment too.
const PART_MAX: usize = 200 * 1024 * 1024;

/// How such a process is begun.
#[derive(Debug, Clone)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

pub(crate) struct Worker {
    // Held because dropping it ends the process.
    _child: Child,
    input: ChildStdin,
    output: ChildStdout,
    /// How many it was given.
    pub(crate) tasks: u32,
}

impl Worker {
    pub(crate) fn begin(program: &Program) -> io::Result<Self> {
        let mut child = Command::new(&program.path)
            .args(&program.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a child without its pipes"));
        };
        Ok(Self { _child: child, input, output, tasks: 0 })
    }

    pub(crate) async fn send(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        self.tasks += 1;
        for part in parts {
            let length = u32::try_from(part.len()).map_err(io::Error::other)?;
            self.input.write_all(&length.to_be_bytes()).await?;
            self.input.write_all(part).await?;
        }
        self.input.flush().await
    }

    pub(crate) async fn part(&mut self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.output.read_u32().await?).map_err(io::Error::other)?;
        if length > PART_MAX {
            return Err(io::Error::other("an answer beyond all bounds"));
        }
        let mut part = vec![0; length];
        self.output.read_exact(&mut part).await?;
        Ok(part)
    }
}

/// The process cannot even be begun.
pub(crate) fn broken(error: &io::Error) -> Fault {
    Fault::Engine(format!("beginning a process of this program: {error}"))
}
