//! What goes to workers and comes from them: `sendMessage`, `getProcess`, `listen`, `write`.

use super::{Pool, process_class};
use crate::os::Errno;
use crate::php::{coroutine, outcome, waiting};
use crate::rt::coroutine::On;
use crate::rt::failed::Failed;
use crate::rt::pool::server::{Place, Server};
use crate::rt::pool::{Ipc, Pause};
use crate::zend::class::This;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::{Array, NewArray, Owned};
use crate::zend::{globals, interrupt};
use std::time::Duration;

/// How long a coroutine lets others run before it looks again whether there is room.
const RECHECK: Duration = Duration::from_millis(1);

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

/// Sends a message to a worker, waiting for room.
pub(super) fn send(this: This<'_, Pool>, data: &[u8], target: i64) -> Outcome<bool> {
    let state = this.state()?;
    if globals::with(|runtime| runtime.pools.board(state.token).is_none()) {
        return Err(outcome::warning("process pool is not started."));
    }
    if state.ipc != Ipc::Pairs {
        return Err(unsupported(state.ipc));
    }
    let number = usize::try_from(target).ok().filter(|&number| number < state.workers);
    let number = number.ok_or_else(|| outcome::warning(format!("invalid worker_id[{target}]")))?;
    loop {
        match globals::with(|runtime| runtime.send_to_worker(state.token, number, data)) {
            Ok(()) => return Ok(true),
            Err(Errno::EMSGSIZE) => {
                let most = state.settings.borrow().largest;
                let len = data.len();
                let text = if len > most {
                    format!(
                        "the message of {len} bytes is larger than max_package_size, which is {most} bytes"
                    )
                } else {
                    format!(
                        "the message of {len} bytes is larger than a socket takes; see enable_message_bus"
                    )
                };
                outcome::note(Errno::EMSGSIZE);
                return Err(outcome::warning(text));
            }
            Err(Errno::EAGAIN) if coroutine::is_inside() => {
                waiting::wait(On::Time, Some(RECHECK))?;
            }
            Err(Errno::EAGAIN) => match globals::with(|runtime| runtime.wait_for_room(state.token, number)) {
                Ok(()) => {}
                Err(Pause::Interrupted) => {
                    interrupt::dispatch()?;
                }
                Err(Pause::Failed(Failed { errno, .. })) => {
                    return Err(outcome::system("sendmsg()", errno));
                }
                Err(Pause::Leave | Pause::Cut(_)) => return Err(outcome::silent(Errno::EAGAIN)),
            },
            Err(errno) => return Err(outcome::system("sendmsg()", errno)),
        }
    }
}

/// The object for a worker: the same each time, with the process that it is now.
pub(super) fn get_process(this: This<'_, Pool>, number: i64) -> Outcome<Owned> {
    let state = this.state()?;
    if globals::with(|runtime| runtime.pools.board(state.token).is_none()) {
        return Err(Failure::False);
    }
    let own = globals::with(|runtime| runtime.pools.worker(state.token).map(|worker| worker.number()));
    let wanted = if number == -1 { own } else { usize::try_from(number).ok() };
    let worker = wanted.and_then(|wanted| state.worker(wanted));
    let worker = worker.ok_or_else(|| outcome::warning(format!("invalid worker_id[{number}]")))?;
    let known = state.objects.borrow().get(worker.number).and_then(Option::as_ref).map(Owned::share);
    if let Some(known) = known {
        process_class::renew_worker(known.as_value(), &worker);
        return Ok(known);
    }
    let process = process_class::of_worker(&worker)?;
    {
        let mut objects = state.objects.borrow_mut();
        if objects.len() <= worker.number {
            objects.resize_with(state.workers, || None);
        }
        if let Some(slot) = objects.get_mut(worker.number) {
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

/// Listens for requests: `unix:` and a path, or a host and a port.
pub(super) fn listen(this: This<'_, Pool>, host: &[u8], port: i64, backlog: i64) -> Outcome<bool> {
    let state = this.state()?;
    if state.running.get() {
        return Err(outcome::warning("process pool is started. unable to listen"));
    }
    if state.ipc != Ipc::Server {
        return Err(unsupported(state.ipc));
    }
    if globals::with(|runtime| runtime.pools.has_server(state.token)) {
        return Err(outcome::warning("the process pool listens already"));
    }
    let place = match host.strip_prefix(b"unix:") {
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

/// Adds to the answer to the request that is handled.
pub(super) fn write(this: This<'_, Pool>, data: &[u8]) -> Outcome<bool> {
    let state = this.state()?;
    if state.ipc != Ipc::Server {
        return Err(unsupported(state.ipc));
    }
    if data.is_empty() {
        return Err(Failure::False);
    }
    match globals::with(|runtime| runtime.add_to_answer(state.token, data)) {
        Ok(()) => Ok(true),
        Err(Errno::EMSGSIZE) => Err(outcome::warning("the answer is larger than 4 GB")),
        Err(_) => Err(Failure::False),
    }
}
