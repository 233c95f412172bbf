//! A process of this very program that does one thing at a time: parts of bytes go in, parts come
//! out, each with its length before it.

use lingnan_journal::Fault;
use serde::de::DeserializeOwned;
use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

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

struct Worker {
    // Held because dropping it ends the process.
    _child: Child,
    input: ChildStdin,
    output: ChildStdout,
    /// How many it was given.
    tasks: u32,
}

impl Worker {
    fn begin(program: &Program) -> io::Result<Self> {
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

    async fn answer<T: DeserializeOwned>(
        &mut self,
        parts: &[&[u8]],
        follow: fn(&T) -> usize,
    ) -> io::Result<(T, Vec<Vec<u8>>)> {
        self.send(parts).await?;
        let head = serde_json::from_slice(&self.part().await?)?;
        let mut rest = Vec::new();
        for _ in 0..follow(&head) {
            rest.push(self.part().await?);
        }
        Ok((head, rest))
    }

    async fn send(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        self.tasks += 1;
        for part in parts {
            let length = u32::try_from(part.len()).map_err(io::Error::other)?;
            self.input.write_all(&length.to_be_bytes()).await?;
            self.input.write_all(part).await?;
        }
        self.input.flush().await
    }

    async fn part(&mut self) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.output.read_u32().await?).map_err(io::Error::other)?;
        if length > PART_MAX {
            return Err(io::Error::other("an answer beyond all bounds"));
        }
        let mut part = vec![0; length];
        self.output.read_exact(&mut part).await?;
        Ok(part)
    }
}

/// Keeps one such process: begins it when it is needed, and anew after a number of tasks, so that
/// what it keeps for speed stays small. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Keeper {
    program: Arc<Program>,
    worker: Arc<Mutex<Option<Worker>>>,
    tasks_max: u32,
    time_max: Duration,
}

/// Why a task came to nothing.
pub(crate) enum End {
    /// The process cannot even be begun.
    Unbegun(Fault),
    /// It ended, or spoke nonsense.
    Died(io::Error),
    /// It took too long and was ended.
    Late,
}

impl Keeper {
    pub(crate) fn new(program: Program, tasks_max: u32, time_max: Duration) -> Self {
        Self { program: Arc::new(program), worker: Arc::default(), tasks_max, time_max }
    }

    /// Gives it parts, one task after the other. The answer is JSON, and after it as many parts as
    /// `follow` says of it.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        parts: &[&[u8]],
        follow: fn(&T) -> usize,
    ) -> Result<(T, Vec<Vec<u8>>), End> {
        let mut held = self.worker.lock().await;
        let mut worker = match held.take() {
            Some(worker) if worker.tasks < self.tasks_max => worker,
            _ => Worker::begin(&self.program).map_err(|error| End::Unbegun(broken(&error)))?,
        };
        // Whoever hangs up in between leaves no half answer behind: the worker is put back last.
        let done = tokio::time::timeout(self.time_max, worker.answer(parts, follow)).await;
        let answer = done.map_err(|_| End::Late)?.map_err(End::Died)?;
        *held = Some(worker);
        Ok(answer)
    }
}

fn broken(error: &io::Error) -> Fault {
    Fault::Engine(format!("beginning a process of this program: {error}"))
}

type Kept<K, V> = VecDeque<(K, Arc<V>)>;

/// What was made a moment ago, for whoever asks again; cheap to clone.
pub(crate) struct Recent<K, V> {
    kept: Arc<std::sync::Mutex<Kept<K, V>>>,
    max: usize,
}

impl<K, V> Clone for Recent<K, V> {
    fn clone(&self) -> Self {
        Self { kept: Arc::clone(&self.kept), max: self.max }
    }
}

impl<K: PartialEq, V> Recent<K, V> {
    pub(crate) fn new(max: usize) -> Self {
        Self { kept: Arc::default(), max }
    }

    pub(crate) fn get(&self, key: &K) -> Option<Arc<V>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == key).map(|(_, value)| Arc::clone(value))
    }

    pub(crate) fn put(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((key, Arc::clone(&value)));
        while kept.len() > self.max {
            kept.pop_front();
        }
        value
    }
}
