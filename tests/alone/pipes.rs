//! A runtime with one pipe, and what is read from it.

use swoole_process::rt::core::handles::PipeToken;
use swoole_process::rt::process::pipe::{Kind, Stop};
use swoole_process::rt::runtime::Runtime;

pub(crate) const KINDS: [Kind; 2] = [Kind::Stream, Kind::Message];

/// What a read gives at the end of the pipe.
pub(crate) const END: Result<Vec<u8>, Stop> = Ok(Vec::new());

/// A runtime with one pipe.
pub(crate) fn with_pipe(kind: Kind) -> (Runtime, PipeToken) {
    let mut rt = Runtime::default();
    let pipe = rt.pipes.open(kind).unwrap();
    (rt, pipe)
}

/// As [`with_pipe`], with the smallest buffers that the kernel gives.
pub(crate) fn with_small_pipe(kind: Kind) -> (Runtime, PipeToken) {
    let mut rt = Runtime::default();
    rt.pipes.set_buffer_size(1);
    let pipe = rt.pipes.open(kind).unwrap();
    (rt, pipe)
}

/// Writes all of `data` to a stream, however long the reader takes: the runtime pauses where a signal may have come.
pub(crate) fn write_all(rt: &mut Runtime, pipe: PipeToken, data: &[u8]) -> Result<usize, Stop> {
    let mut sent = 0;
    loop {
        match rt.pipes.write(pipe, &data[sent..], rt.core.env()) {
            Err(Stop::Paused { sent: part }) => sent += part,
            last => return last.map(|rest| sent + rest),
        }
    }
}

/// What one read gives; it must not be cut.
pub(crate) fn read(rt: &mut Runtime, pipe: PipeToken) -> Result<Vec<u8>, Stop> {
    let mut buffer = [0; 8192];
    let received = rt.read(pipe, &mut buffer)?;
    assert_eq!(received.message, received.len);
    Ok(buffer[..received.len].to_vec())
}
