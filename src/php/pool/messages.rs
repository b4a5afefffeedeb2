//! Messages to and from workers: `sendMessage`, `getProcess`, `listen`, `write`.

use super::state::{Pool, State};
use crate::os::{self, Errno};
use crate::php::process as process_class;
use crate::php::{loop_access, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use crate::rt::pool::scoreboard::Scoreboard;
use crate::rt::pool::server::{Place, Server};
use crate::rt::pool::{Ipc, RecvError, RoomWait, STILL_THERE, SendTurn};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::values::Owned;
use crate::zend::{globals, interrupt};
use std::time::Duration;

/// The interval of retries for what the kernel does not report: that fewer descriptors are in flight.
const RECHECK: Duration = Duration::from_millis(10);

/// The number of an IPC type.
fn number_of(ipc: Ipc) -> i64 {
    match ipc {
        Ipc::None => 0,
        Ipc::Pairs => 1,
        Ipc::Queue => 2,
        Ipc::Server => 3,
    }
}

fn unsupported(ipc: Ipc) -> Failure {
    outcome::warning(format!("unsupported ipc type[{}]", number_of(ipc)))
}

/// Sends a message to a worker, and waits for room.
#[inline]
pub(super) fn send(this: This<'_, Pool>, data: &[u8], target: i64) -> Outcome<bool> {
    let state = this.state()?;
    let number = usize::try_from(target).unwrap_or(usize::MAX);
    // Mostly there is room, and then this one use of the runtime is all.
    let sent = globals::with(|runtime| {
        let (pools, pipes) = (&mut runtime.pools, &mut runtime.pipes);
        let is_inside = runtime.core.scheduler.running().is_some();
        if is_inside { None } else { pools.send_to_present_worker(pipes, state.token, number, data) }
    });
    match sent {
        Some(Ok(())) => Ok(true),
        sent => send_otherwise(state, target, data, sent),
    }
}

/// As [`send`], in a coroutine, or when the message was not sent at once. `sent` is the result of the first attempt.
#[cold]
fn send_otherwise(state: &State, target: i64, data: &[u8], sent: Option<os::Result<()>>) -> Outcome<bool> {
    let (size, is_inside) = globals::with(|runtime| {
        (runtime.pools.board(state.token).map(Scoreboard::size), runtime.core.scheduler.running().is_some())
    });
    let size = size.ok_or_else(|| outcome::warning("process pool is not started."))?;
    if state.ipc != Ipc::Pairs {
        return Err(unsupported(state.ipc));
    }
    // A worker to which the first attempt was made may have been removed since.
    let number = usize::try_from(target).ok().filter(|&number| number < size || sent.is_some());
    let number = number.ok_or_else(|| outcome::warning(format!("invalid worker_id[{target}]")))?;
    match sent {
        _ if is_inside => send_in_turn(state, number, data),
        Some(sent) => send_alone(state, number, data, lack_of(state, data, sent)?),
        // It was added just now.
        None => send_alone(state, number, data, try_to_send(state, number, data)?),
    }
}

/// Sends a message if there is room. Otherwise returns an error with the reason.
fn try_to_send(state: &State, number: usize, data: &[u8]) -> Outcome<Option<Errno>> {
    let sent =
        globals::with(|runtime| runtime.pools.send_to_worker(&mut runtime.pipes, state.token, number, data));
    lack_of(state, data, sent)
}

/// The reason why there was no room for a message. Fails with the message of any other error.
fn lack_of(state: &State, data: &[u8], sent: os::Result<()>) -> Outcome<Option<Errno>> {
    match sent {
        Ok(()) => Ok(None),
        Err(lack @ (Errno::EAGAIN | Errno::ETOOMANYREFS)) => Ok(Some(lack)),
        Err(Errno::EMSGSIZE) => {
            let most = state.largest();
            let len = data.len();
            let text = if len > most {
                format!("the message of {len} bytes is larger than max_package_size, which is {most} bytes")
            } else {
                format!("the message of {len} bytes is larger than a socket takes; see enable_message_bus")
            };
            outcome::note(Errno::EMSGSIZE);
            Err(outcome::warning(text))
        }
        Err(Errno::EFBIG) => {
            let len = data.len();
            outcome::note(Errno::EFBIG);
            Err(outcome::warning(format!(
                "the message of {len} bytes is larger than RLIMIT_FSIZE allows, and than fs.pipe-max-size"
            )))
        }
        Err(errno) => Err(outcome::system("sendmsg()", errno)),
    }
}

/// Outside of coroutines: waits for room, which the first attempt did not find if there is a `lack`.
fn send_alone(state: &State, number: usize, data: &[u8], mut lack: Option<Errno>) -> Outcome<bool> {
    while let Some(lacks) = lack {
        match globals::with(|runtime| {
            runtime.pools.wait_for_room(&mut runtime.core, &mut runtime.pipes, state.token, number, lacks)
        }) {
            Ok(()) => {}
            Err(RecvError::Interrupted) => {
                interrupt::dispatch()?;
            }
            Err(RecvError::Failed(SyscallError { errno, .. })) => {
                return Err(outcome::system("sendmsg()", errno));
            }
            Err(RecvError::Exit | RecvError::Cut(_)) => return Err(outcome::silent(Errno::EAGAIN)),
        }
        lack = try_to_send(state, number, data)?;
    }
    Ok(true)
}

/// In a coroutine: sends after those that wait for room already.
fn send_in_turn(state: &State, number: usize, data: &[u8]) -> Outcome<bool> {
    let is_taken = globals::with(|runtime| {
        runtime
            .pools
            .send_queue(state.token, number)
            .is_none_or(crate::rt::pool::send_queue::SendQueue::is_taken)
    });
    if is_taken {
        wait_for_turn(state, number)?;
    }
    let sent = send_first(state, number, data);
    let next = globals::with(|runtime| runtime.pools.send_queue(state.token, number)?.pass_on());
    if let Some(next) = next {
        waiting::wake_when_possible(next, Wake::Ready)?;
    }
    sent
}

fn wait_for_turn(state: &State, number: usize) -> Outcome<()> {
    let turn = SendTurn { pool: state.token, worker: number };
    match waiting::on(turn, None)?.map_err(outcome::silent)? {
        Some((Wake::Ready, ())) => Ok(()),
        _ => Err(Failure::False),
    }
}

/// This coroutine has the turn: waits for room if necessary.
fn send_first(state: &State, number: usize, data: &[u8]) -> Outcome<bool> {
    while let Some(lack) = try_to_send(state, number, data)? {
        if !globals::with(|runtime| {
            runtime.pools.may_wait_for_room(&mut runtime.core, state.token, number, false)
        }) {
            return Err(outcome::system("sendmsg()", Errno::EAGAIN));
        }
        let came = if lack == Errno::ETOOMANYREFS {
            waiting::wait(WaitKind::Time, Some(RECHECK))?
        } else {
            wait_for_room(state, number)?
        };
        if came == Wake::Canceled {
            return Err(Failure::False);
        }
    }
    Ok(true)
}

fn wait_for_room(state: &State, number: usize) -> Outcome<Wake> {
    loop_access::announce()?;
    let came = waiting::on(RoomWait::new(state.token, number), now().checked_add(STILL_THERE))?;
    let came = came.map_err(|errno| outcome::system("epoll_ctl()", errno))?;
    Ok(came.map_or(Wake::Ready, |(wake, ())| wake))
}

/// Makes the coroutines that wait for room check again whether they may: this worker takes no more messages.
pub(super) fn look_again(state: &State) -> Outcome<()> {
    let reach = globals::with(|runtime| runtime.pools.board(state.token).map_or(0, Scoreboard::reach));
    for number in 0..reach {
        let first: Option<Waiter> =
            globals::with(|runtime| runtime.pools.send_queue(state.token, number)?.take_first());
        if let Some(first) = first {
            waiting::wake_when_possible(first, Wake::Ready)?;
        }
    }
    Ok(())
}

/// The process object of a worker: the same object each time, with the worker's current process.
pub(super) fn get_process(this: This<'_, Pool>, number: i64) -> Outcome<Owned> {
    let state = this.state()?;
    if globals::with(|runtime| runtime.pools.board(state.token).is_none()) {
        return Err(Failure::False);
    }
    let own = globals::with(|runtime| runtime.pools.worker(state.token).map(|worker| worker.number()));
    let wanted = if number < 0 { own } else { usize::try_from(number).ok() };
    let exists = |wanted: &usize| own == Some(*wanted) || *wanted < state.size();
    let worker = wanted.filter(exists).and_then(|wanted| state.worker(wanted));
    let worker = worker.ok_or_else(|| outcome::warning(format!("invalid worker_id[{number}]")))?;
    let known = state.objects.borrow().get(worker.number()).and_then(Option::as_ref).map(Owned::share);
    if let Some(known) = known {
        process_class::renew_worker(known.as_value(), &worker);
        return Ok(known);
    }
    let process = process_class::of_worker(&worker)?;
    {
        let mut objects = state.objects.borrow_mut();
        if objects.len() <= worker.number() {
            let len = state.size().max(worker.number().saturating_add(1));
            let more = len.saturating_sub(objects.len());
            objects.try_reserve(more).map_err(|_| outcome::system("malloc()", Errno::ENOMEM))?;
            objects.resize_with(len, || None);
        }
        if let Some(slot) = objects.get_mut(worker.number()) {
            *slot = Some(process.share());
        }
    }
    let shown = this.get("workers");
    let mut workers = NewArray::with_capacity(0);
    let known = Array::of(shown.as_value()).unwrap_or(Array::EMPTY);
    for (_, value) in known.iter() {
        workers.push(Owned::of(value));
    }
    workers.push(process.share());
    this.set("workers", workers);
    Ok(process)
}

/// Listens for requests at `unix:` and a path, or at a host and a port.
pub(super) fn listen(this: This<'_, Pool>, host: &[u8], port: i64, backlog: i64) -> Outcome<bool> {
    let state = this.state()?;
    if state.running.get() {
        return Err(outcome::warning("process pool is started. unable to listen"));
    }
    if state.ipc != Ipc::Server {
        return Err(unsupported(state.ipc));
    }
    if globals::with(|runtime| runtime.pools.has_server(state.token)) {
        return Err(outcome::warning("the process pool is already listening"));
    }
    let (scheme, rest) = host.split_at(host.len().min(5));
    let place = match scheme.eq_ignore_ascii_case(b"unix:").then_some(rest) {
        Some(path) => Place::Path(path.strip_prefix(b"//").unwrap_or(path).to_vec()),
        None => {
            let port = u16::try_from(port).ok().filter(|&port| port > 0);
            let port = port.ok_or_else(|| outcome::warning("the port must be from 1 to 65535"))?;
            Place::Host(String::from_utf8_lossy(host).into_owned(), port)
        }
    };
    let backlog = i32::try_from(backlog.max(1)).unwrap_or(i32::MAX);
    let server = Server::listen(&place, backlog).map_err(|failed| {
        let host = String::from_utf8_lossy(host);
        outcome::system(format!("listen({host}:{port}): {}", failed.call), failed.errno)
    })?;
    let set = globals::with(|runtime| runtime.pools.set_server(state.token, server));
    set.map(|()| true).map_err(outcome::silent)
}

/// Adds to the answer to the current request.
pub(super) fn write(this: This<'_, Pool>, data: &[u8]) -> Outcome<bool> {
    let state = this.state()?;
    if state.ipc != Ipc::Server {
        return Err(unsupported(state.ipc));
    }
    if data.is_empty() {
        return Err(Failure::False);
    }
    match globals::with(|runtime| runtime.pools.add_to_answer(state.token, data)) {
        Ok(()) => Ok(true),
        Err(Errno::EMSGSIZE) => Err(outcome::warning("the answer is larger than 4 GB")),
        Err(errno @ Errno::ENOMEM) => Err(outcome::system("malloc()", errno)),
        Err(_) => Err(Failure::False),
    }
}
