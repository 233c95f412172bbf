//! What a process of this program does that the server began for one kind of work: parts of bytes
//! come in and go out, each with its length before it.

use rustix::process::{Resource, Rlimit, setrlimit};
use std::io::{self, Read, Write};

/// Takes so many parts at a time and answers with others, until the server closes the pipe.
pub(super) fn serve(
    count: usize,
    mut answer: impl FnMut(Vec<Vec<u8>>) -> Vec<Vec<u8>>,
) -> Result<(), String> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let parts: io::Result<Vec<_>> = (0..count).map(|_| take(&mut input)).collect();
        let Ok(parts) = parts else { return Ok(()) };
        put(&mut output, &answer(parts)).map_err(|error| error.to_string())?;
    }
}

/// Bounds the memory of this process for good: an allocation beyond it ends the process, which the
/// server tells its caller, rather than the machine.
pub(super) fn bound(bytes: u64) -> Result<(), String> {
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    setrlimit(Resource::As, limit).map_err(|error| format!("无法限定内存：{error}"))
}

fn take(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    input.read_exact(&mut length)?;
    let length = u64::from(u32::from_be_bytes(length));
    let mut part = Vec::new();
    let taken = input.take(length).read_to_end(&mut part)?;
    if u64::try_from(taken) == Ok(length) {
        Ok(part)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn put(output: &mut impl Write, parts: &[Vec<u8>]) -> io::Result<()> {
    for part in parts {
        let length = u32::try_from(part.len()).map_err(io::Error::other)?;
        output.write_all(&length.to_be_bytes())?;
        output.write_all(part)?;
    }
    output.flush()
}
