//! The pipe: `write`, `read`, `close`, `setTimeout`, `setBlocking`, `exportSocket`.

use super::state::{Exported, Process, State};
use crate::os::pipe::Half;
use crate::os::{process, signal};
use crate::php::{log, loop_access, outcome, socket};
use crate::rt::core::handles::PipeToken;
use crate::rt::process::pipe::{Kind, Pipe, Received, Side, Stop, Target};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::values::{Owned, Text};
use crate::zend::{globals, interrupt, recv_buffer};
use std::time::Duration;

/// `Process::PIPE_MASTER`.
pub(super) const MASTER: i64 = 1;
/// `Process::PIPE_WORKER`.
pub(super) const WORKER: i64 = 2;
/// `Process::PIPE_READ`.
pub(super) const READ: i64 = 3;
/// `Process::PIPE_WRITE`.
pub(super) const WRITE: i64 = 4;

/// `Process::PIPE_TYPE_NONE`.
pub(super) const TYPE_NONE: i64 = 0;
/// `Process::PIPE_TYPE_STREAM`.
pub(super) const TYPE_STREAM: i64 = 1;
/// `Process::PIPE_TYPE_DGRAM`.
pub(super) const TYPE_DGRAM: i64 = 2;

/// The kind of a pipe type: none for 0 and below, messages for everything above 1.
pub(super) fn kind_of(pipe_type: i64) -> Option<Kind> {
    match pipe_type {
        ..=TYPE_NONE => None,
        TYPE_STREAM => Some(Kind::Stream),
        _ => Some(Kind::Message),
    }
}

/// Shows the descriptor of this process's end in `$pipe`.
pub(super) fn show_number(this: This<'_, Process>) {
    let token = this.state.peek().and_then(|state| state.pipe.get());
    let number = token.and_then(|token| globals::with(|runtime| runtime.pipes.get(token)?.number()));
    if let Some(number) = number {
        this.set("pipe", number);
    }
}

impl State {
    fn pipe(&self, cannot: &'static str) -> Outcome<PipeToken> {
        self.pipe.get().ok_or_else(|| outcome::warning(cannot))
    }

    fn with_pipe<R>(&self, cannot: &'static str, body: impl FnOnce(&mut Pipe) -> R) -> Outcome<R> {
        let token = self.pipe(cannot)?;
        globals::with(|runtime| runtime.pipes.get(token).map(body)).ok_or(Failure::False)
    }
}

/// After `EINTR`: runs the script's signal handlers. A call continues afterwards, unless a handler threw, or was
/// installed without a restart.
pub(super) fn after_signal(token: PipeToken) -> Outcome<bool> {
    interrupt::dispatch()?;
    go_on_unless_unwanted(token)
}

fn go_on_unless_unwanted(token: PipeToken) -> Outcome<bool> {
    let goes_on = !is_interruption_wanted()?;
    if goes_on {
        globals::with(|runtime| runtime.pipes.go_on(token));
    }
    Ok(goes_on)
}

/// Whether a handler of the script was installed without a restart: then it ends calls. PHP has such handlers of its own,
/// which do not count.
pub(super) fn is_interruption_wanted() -> Outcome<bool> {
    for number in signal::interrupting() {
        if interrupt::is_handled_by_script(number)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn write(this: This<'_, Process>, data: &[u8]) -> Outcome<i64> {
    let state = this.state()?;
    if data.is_empty() {
        return Err(outcome::warning("the data to send is empty"));
    }
    let token = state.pipe("no pipe, cannot write into pipe")?;
    let mut done = 0;
    let mut result = globals::with(|runtime| {
        match runtime.pipes.write_in_loop(&mut runtime.core, token, data) {
            Some(result) => Err(result),
            None => Ok(runtime.pipes.write(token, data, runtime.core.env())),
        }
    })
    .or_else(|in_loop| in_loop.map(|()| Ok(data.len())).map_err(|errno| outcome::system("write()", errno)))?;
    loop {
        match result {
            Ok(sent) => return Ok(i64::try_from(done + sent).unwrap_or(i64::MAX)),
            Err(Stop::Paused { sent }) => {
                done += sent;
                // A signal paused the write only if a handler has run.
                if interrupt::dispatch()? && !go_on_unless_unwanted(token)? {
                    return Ok(i64::try_from(done).unwrap_or(i64::MAX));
                }
                globals::with(|runtime| runtime.pipes.go_on(token));
            }
            Err(Stop::Interrupted { sent }) => {
                done += sent;
                if !after_signal(token)? {
                    return if done > 0 {
                        Ok(i64::try_from(done).unwrap_or(i64::MAX))
                    } else {
                        Err(outcome::write(Stop::Interrupted { sent: 0 }))
                    };
                }
            }
            Err(_) if done > 0 => return Ok(i64::try_from(done).unwrap_or(i64::MAX)),
            Err(stop) => return Err(outcome::write(stop)),
        }
        let rest = data.get(done..).unwrap_or_default();
        result = globals::with(|runtime| runtime.pipes.write(token, rest, runtime.core.env()));
    }
}

pub(super) fn read(this: This<'_, Process>, size: i64) -> Outcome<Text> {
    let state = this.state()?;
    let size = match usize::try_from(size) {
        Ok(size) if size > 0 => size,
        _ => return Err(outcome::warning("the size to read must be greater than 0")),
    };
    let token = state.pipe("no pipe, cannot read from pipe")?;
    loop_access::tell_of_signals();
    let size = if size > USUAL { room_for(token, size)? } else { size };
    let (waits_for_nobody, room) = globals::with(|runtime| {
        let pipe = runtime.pipes.get(token);
        pipe.map_or((false, size), |pipe| (pipe.waits_for_nobody(), pipe.room(size)))
    });
    if waits_for_nobody {
        log::notice_once("read", || {
            "Process::read(): the process was not started, so no process writes into its pipe: call start() first"
                .to_owned()
        });
    }
    let mut cut = None;
    loop {
        let result = recv_buffer::receive(room, |runtime, buffer| {
            let received = runtime.read_up_to(token, buffer.text(), size)?;
            cut = Some(received).filter(|received| received.message > received.len);
            Ok(received.len)
        })?;
        match result {
            Ok(text) => {
                if let Some(received) = cut {
                    note_cut(received);
                }
                return Ok(text);
            }
            Err(Stop::Interrupted { .. }) if after_signal(token)? => {}
            Err(stop) => return Err(outcome::read(stop)),
        }
    }
}

/// A larger read checks how much there can be before it makes room.
const USUAL: usize = 65536;

/// Room for what a read of `size` bytes can find: a message is smaller than the socket's buffer, and a stream may give
/// less than was asked for.
fn room_for(token: PipeToken, size: usize) -> Outcome<usize> {
    match globals::with(|runtime| runtime.pipes.largest_message(token)) {
        Ok(Some(largest)) => Ok(size.min(largest.max(USUAL))),
        // The read itself reports that this end is closed.
        Ok(None) => Ok(USUAL),
        Err(errno) => Err(outcome::system("getsockopt()", errno)),
    }
}

#[cold]
fn note_cut(received: Received) {
    log::warning(&format!(
        "Process::read(): a message of {} bytes was cut to {} bytes, the size that was read",
        received.message, received.len
    ));
}

pub(super) fn close(this: This<'_, Process>, which: i64) -> Outcome<bool> {
    let state = this.state()?;
    let token = state.pipe("no pipe, cannot close the pipe")?;
    if state.of_pool {
        return Err(outcome::warning("cannot close the pipe"));
    }
    let target = match which {
        0 => {
            state.pipe.set(None);
            globals::with(|runtime| runtime.pipes.close(&mut runtime.core, token));
            return Ok(true);
        }
        MASTER => Target::End(Side::Master),
        WORKER => Target::End(Side::Worker),
        READ => Target::Half(Half::Read),
        WRITE => Target::Half(Half::Write),
        _ => {
            return Err(outcome::warning(format!(
                "cannot close the pipe, {which} is not one of the PIPE_* constants"
            )));
        }
    };
    let result = state.with_pipe("no pipe, cannot close the pipe", |pipe| pipe.close(target))?;
    result.map(|()| true).map_err(|failed| outcome::system(failed.call, failed.errno))
}

pub(super) fn set_timeout(this: This<'_, Process>, seconds: f64) -> Outcome<bool> {
    let state = this.state()?;
    // Zero, negative numbers and NaN: no limit, as for the system's own socket timeouts.
    let timeout = if seconds > 0.0 { Duration::try_from_secs_f64(seconds).ok() } else { None };
    state.with_pipe("no pipe, cannot setTimeout the pipe", |pipe| pipe.set_timeout(timeout))?;
    Ok(true)
}

pub(super) fn set_blocking(this: This<'_, Process>, blocking: bool) -> Outcome<bool> {
    let state = this.state()?;
    state.with_pipe("no pipe, cannot setBlocking the pipe", |pipe| pipe.set_blocking(blocking))?;
    Ok(true)
}

/// The same object each time, as long as it is open and this is the process that made it: a child that inherits it is
/// at the other end.
pub(super) fn export_socket(this: This<'_, Process>) -> Outcome<Owned> {
    let state = this.state()?;
    export(state, state.pipe("no pipe, cannot export stream")?)
}

/// A copy of the end of a pipe.
pub(super) fn export(state: &State, token: PipeToken) -> Outcome<Owned> {
    let here = process::pid();
    let known = state.exported.borrow().as_ref().and_then(|exported| {
        let usable = exported.by == here && socket::is_open(exported.socket.as_value());
        usable.then(|| exported.socket.share())
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let socket = socket::export(token)?;
    let old = state.exported.replace(Some(Exported { socket: socket.share(), by: here }));
    drop(old);
    Ok(socket)
}
