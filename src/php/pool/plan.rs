//! What a pool needs to start, and its plan for the runtime.

use super::state::{Event, State};
use crate::os::msgq::Wait;
use crate::php::{launch, log, outcome, settings};
use crate::rt::pool::{Ipc, Plan};
use crate::rt::process::queue::{Queue, Take};
use crate::rt::supervisor::Spec;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use std::time::Duration;

/// The default time limit of a client of a listening pool.
const DEFAULT_MAX_WAIT: Duration = Duration::from_secs(10);

/// The number of workers that a pool without pairs has room for.
const ROOM: usize = 1024;

/// `SWOOLE_ERROR_OPERATION_NOT_SUPPORT`.
const NOT_SUPPORTED: i64 = 507;

/// Checks that nothing is missing for a start.
pub(super) fn check(state: &State) -> Outcome<()> {
    if state.running.get() {
        return Err(outcome::warning("the process pool has already been started"));
    }
    if launch::is_inside() {
        return Err(outcome::error("must be forked outside the coroutine"));
    }
    if globals::with(|runtime| runtime.pools.is_any_running()) {
        return Err(outcome::error("a process pool is running in this process, cannot start another one"));
    }
    let managed = !state.starts.borrow().is_empty();
    let starts = managed || state.has(Event::WorkerStart);
    let handles = managed || state.has(Event::Message);
    if state.has(Event::TemplateStart) && state.ipc != Ipc::None {
        return Err(outcome::invalid("a process pool with ipc_type has no template"));
    }
    let needs_start = match state.ipc {
        Ipc::None => state.source.borrow().is_none(),
        _ => state.is_coroutine() && !handles,
    };
    if needs_start && !starts {
        return Err(Failure::Fatal(c"require 'onWorkerStart' callback"));
    }
    if !state.is_coroutine() && matches!(state.ipc, Ipc::Pairs | Ipc::Server) && !handles {
        return Err(Failure::Fatal(c"require 'onMessage' callback"));
    }
    if state.ipc == Ipc::Queue && !handles && !starts {
        return Err(Failure::Fatal(c"require 'onMessage' callback"));
    }
    if state.has(Event::WorkerExit) && !state.is_coroutine() {
        return Err(outcome::invalid("cannot set `onWorkerExit` without enable_coroutine"));
    }
    if state.ipc == Ipc::Server && !globals::with(|runtime| runtime.pools.has_server(state.token)) {
        return Err(outcome::warning("the process pool does not listen: call listen() before start()"));
    }
    if state.settings.borrow().bus && state.ipc != Ipc::Pairs {
        outcome::set_last_error(NOT_SUPPORTED);
        log::warning("enable_message_bus is for SWOOLE_IPC_UNIXSOCK only: the process pool does not start");
        return Err(Failure::False);
    }
    Ok(())
}

pub(super) fn plan(state: &State) -> Outcome<Plan> {
    let options = state.settings.borrow();
    let queue = if state.ipc == Ipc::Queue {
        let opened = Queue::open_with(state.key, settings::queue_mode(), Take::Any, Wait::Allowed, None);
        let (queue, _) = opened.map_err(|errno| outcome::system("msgget()", errno))?;
        let is_own = state.key == 0;
        // Other programs rely on the types of messages in queues that they know.
        Some((if is_own && options.keep > 0 { queue.with_len() } else { queue }, is_own))
    } else {
        None
    };
    let limit = globals::with(|runtime| runtime.sockets.defaults.read);
    Ok(Plan {
        spec: Spec {
            workers: state.workers,
            max_workers: most_workers(state),
            max_wait: options.max_wait,
            max_lifetime: options.max_lifetime,
            max_memory: options.max_memory,
            restart: options.restart.clone(),
            rule: options.rule,
            rules: state.rules(),
        },
        ipc: state.ipc,
        handles: state.has(Event::Message),
        bus: options.bus,
        largest: options.largest,
        max_requests: options.max_requests,
        keep: options.keep,
        retries: options.retries,
        reload_signals: options.reload_signals,
        queue,
        client_timeout: limit.unwrap_or(DEFAULT_MAX_WAIT),
    })
}

/// The largest number of workers that the pool may get. With pairs each one costs two descriptors from the beginning;
/// otherwise it costs address space. The workers of a manager each have a function of their own.
pub(super) fn most_workers(state: &State) -> usize {
    let is_managed = !state.starts.borrow().is_empty();
    match state.settings.borrow().max_workers {
        _ if is_managed => state.workers,
        Some(most) => most.max(state.workers),
        None if state.ipc == Ipc::Pairs => state.workers,
        None => state.workers.max(ROOM),
    }
}
