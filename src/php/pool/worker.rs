//! A worker, from its fork to its exit.

use super::message_loop::{cannot_go_on, serve};
use super::received::{drop_unreceived, note_cut, receive};
use super::state::{Event, Pool, Source, State, call};
use super::{messages, users};
use crate::os::{Errno, process};
use crate::php::{coroutine, coroutine_settings, event_loop, fork_hooks, launch, loop_access, outcome};
use crate::rt::core::event_loop::Cycle;
use crate::rt::core::reactor::Callbacks;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pool::{RecvError, StopDelivery, Worker};
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome, call_of};
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::object::{This, object_of};
use crate::zend::uncaught::Moment;
use crate::zend::values::{Owned, Text};
use crate::zend::{callbacks, child, globals, interrupt};
use std::cell::RefCell;

/// The number of messages handled in one turn of the loop.
const AT_A_TIME: usize = 64;

per_thread! {
    /// In a worker with a loop: its pool.
    static POOL: RefCell<Option<Owned>> = RefCell::new(None);
}

/// At the end of the request, while PHP can still run.
#[cold]
pub(super) fn forget() {
    let pool = POOL.with(|pool| pool.borrow_mut().take());
    drop(pool);
    if globals::is_used() {
        globals::with(|runtime| runtime.pools.ignore_stop_signals());
    }
}

/// How the workers of a pool learn that they are asked to stop.
pub(super) fn stop_delivery(state: &State) -> StopDelivery {
    match (state.is_coroutine(), state.has(Event::Message) || state.source.borrow().is_some()) {
        (true, _) => StopDelivery::InItsLoop,
        (false, true) => StopDelivery::BetweenMessages,
        (false, false) => StopDelivery::Nothing,
    }
}

/// The worker's life in its process, and how it exits.
pub(super) fn run(this: This<'_, Pool>, state: &State, number: usize) -> Failure {
    child::begin();
    let id = i64::try_from(number).unwrap_or(i64::MAX);
    this.set("workerPid", process::pid());
    this.set("workerId", id);
    this.set("workerRunning", true);
    this.set("running", true);
    let begun = Moment::now();
    let lived = match fork_hooks::in_child() {
        Call::Returned if state.is_coroutine() => live_in_loop(this, state, id),
        Call::Returned => live(this, state, id),
        call => call,
    };
    child::settle(lived);
    // A child that the script has forked in a callback returns here as well.
    if globals::with(|runtime| runtime.pools.worker(state.token).is_none()) {
        return child::leave();
    }
    this.set("running", false);
    this.set("workerRunning", false);
    // The loop does not run beside messages: what is left in it would keep the worker from exiting.
    event_loop::discard();
    // After a fatal error only shutdown functions of the script may run.
    if !begun.is_fatal_since(lived) {
        let stopped = call(this, state.callback(Event::WorkerStop), Some(Owned::new(id)));
        if stopped == Call::Threw {
            child::settle(stopped);
        }
    }
    globals::with(|runtime| runtime.pools.end_worker(state.token));
    child::leave()
}

/// The exit of a worker that cannot begin.
pub(super) fn fail() -> Failure {
    child::set_exit_status(1);
    Failure::Bailout
}

/// Calls the callbacks with which a worker begins.
fn begin(this: This<'_, Pool>, state: &State, id: i64) -> Call {
    let own = usize::try_from(id)
        .ok()
        .and_then(|id| state.starts.borrow().get(id).map(|start| (start.function.share(), start.coroutine)));
    if own.is_some() {
        let begun = call(this, state.callback(Event::WorkerStart), Some(Owned::new(id)));
        if begun != Call::Returned {
            return begun;
        }
    }
    match own {
        Some((callback, false)) => call(this, Some(callback), Some(Owned::new(id))),
        Some((callback, true)) => {
            let arguments = [this.share(), Owned::new(id)].into_iter();
            call_of(coroutine::run_hooked(callback, arguments))
        }
        None => call(this, state.callback(Event::WorkerStart), Some(Owned::new(id))),
    }
}

/// Handles one message after the other.
fn live(this: This<'_, Pool>, state: &State, id: i64) -> Call {
    let begun = begin(this, state, id);
    if begun != Call::Returned {
        return begun;
    }
    users::renew();
    if let Some(source) = state.source() {
        let consumed = consume(this, state, &source);
        return if consumed == Call::Returned { end_of_messages(state) } else { consumed };
    }
    // Without messages the loop runs: what `WorkerStart` has begun there keeps the worker running.
    let Some(message) = state.callback(Event::Message) else { return call_of(event_loop::finish()) };
    let handled = serve(this, state, &message);
    if handled == Call::Returned { end_of_messages(state) } else { handled }
}

/// The worker takes no more messages.
fn end_of_messages(state: &State) -> Call {
    let detached =
        globals::with(|runtime| runtime.pools.worker(state.token).is_some_and(|worker| worker.is_detached()));
    call_of(if detached { event_loop::finish() } else { event_loop::handle_signals() })
}

/// Handles messages of a queue outside of the pool until the worker is to stop. The loop gets a turn between two of them.
fn consume(this: This<'_, Pool>, state: &State, source: &Source) -> Call {
    loop {
        if let Err(failure) = event_loop::turn_if_wanted().and_then(|()| interrupt::dispatch().map(drop)) {
            return call_of(Err(failure));
        }
        let time = globals::with(|runtime| runtime.pools.time_for_message(&mut runtime.core, state.token));
        let seconds = match time {
            Ok(time) => time.as_secs_f64(),
            Err(RecvError::Failed(failed)) => return cannot_go_on(failed),
            Err(_) => break,
        };
        let arguments = &mut [source.handler.share(), Owned::new(seconds), this.share()];
        match source.serve.value(arguments).map(|served| served.as_value().to_bool()) {
            Ok(true) if globals::with(|runtime| runtime.pools.note_message_from_outside(state.token)) => {}
            Ok(true) => break,
            Ok(false) => {}
            Err(call) => return call,
        }
    }
    source.close.call_each(&mut [])
}

/// As [`cannot_go_on`], from within the loop.
#[cold]
fn leave_failed(failed: SyscallError) -> Failure {
    cannot_go_on(failed);
    Failure::Bailout
}

/// Handles messages in the loop, with a coroutine for each of them.
fn live_in_loop(this: This<'_, Pool>, state: &State, id: i64) -> Call {
    POOL.with(|pool| *pool.borrow_mut() = Some(this.share()));
    if let Err(failure) = prepare_loop(state) {
        let _ = failure.raise();
        child::set_exit_status(1);
        return Call::Bailed;
    }
    if let Err(failure) = start_in_loop(this, state, id) {
        return call_of(Err(failure));
    }
    users::renew();
    call_of(event_loop::run(event_loop::Until::Empty))
}

/// Calls `WorkerStart` as a coroutine. If it fails, the loop is emptied: otherwise it would run at the end of the
/// script and handle messages.
fn start_in_loop(this: This<'_, Pool>, state: &State, id: i64) -> Outcome<()> {
    let Some(callback) = state.callback(Event::WorkerStart) else { return Ok(()) };
    let serial = globals::with(|runtime| runtime.core.events.serial());
    let started = launch::create_always(callback, [this.share(), Owned::new(id)].into_iter());
    // In a child that it has forked, the loop is another one.
    if started.is_err() && globals::with(|runtime| runtime.core.events.serial()) == serial {
        event_loop::discard();
    }
    started
}

/// Adds the worker's end of its pair, and the stop signals, to its loop.
fn prepare_loop(state: &State) -> Outcome<()> {
    loop_access::announce()?;
    let stop = || callbacks::keep_native(stop_from_signal);
    globals::with(|runtime| runtime.pools.hand_stops_to_loop(&mut runtime.core, state.token, stop))
        .map_err(|failed| outcome::system(failed.call, failed.errno))?;
    fork_hooks::add([None, None, Some(callbacks::keep_native(leave_as_daemon))]);
    if let Some(number) = own_number(state).filter(|_| state.has(Event::Message)) {
        let callbacks = Callbacks { read: Some(callbacks::keep_native(read_messages)), write: None };
        let wanted = crate::os::epoll::Interest::READ;
        loop_access::with(|events| events.reactor.add(number, callbacks, wanted))?
            .map_err(|errno| outcome::system("epoll_ctl()", errno))?;
    }
    Ok(())
}

/// In a child that a worker has forked: a daemon has left the pool. The messages that come are for the next process of the
/// worker, and must not keep the daemon's loop running.
fn leave_as_daemon() -> Outcome<()> {
    with_pool(
        |this, state| if takes_no_more(state, Worker::is_detached) { leave(this, state) } else { Ok(()) },
    )
}

/// The descriptor of this worker's end of its pair.
fn own_number(state: &State) -> Option<std::os::fd::RawFd> {
    globals::with(|runtime| {
        let number = runtime.pools.worker(state.token)?.number();
        let channel = runtime.pools.channel(state.token, number)?;
        runtime.pipes.get(channel)?.number()
    })
}

/// Calls `body` with the pool of this worker.
fn with_pool(body: impl FnOnce(This<'_, Pool>, &State) -> Outcome<()>) -> Outcome<()> {
    let Some(pool) = POOL.with(|pool| pool.borrow().as_ref().map(Owned::share)) else { return Ok(()) };
    let Some(this) = object_of::<Pool>(pool.as_value()) else { return Ok(()) };
    body(this, this.state()?)
}

/// Handles the messages that have come, each in a coroutine of its own. The last one may end the worker.
fn read_messages() -> Outcome<()> {
    with_pool(|this, state| {
        for _ in 0..AT_A_TIME {
            if takes_no_more(state, Worker::is_retired) || !deliver(this, state)? {
                break;
            }
        }
        Ok(())
    })
}

/// Whether this worker takes no more messages. A child of it takes none either.
fn takes_no_more(state: &State, why: fn(&Worker) -> bool) -> bool {
    globals::with(|runtime| runtime.pools.worker(state.token).is_none_or(|worker| why(worker)))
}

/// Handles a message; false when there is none.
fn deliver(this: This<'_, Pool>, state: &State) -> Outcome<bool> {
    let Some(message) = state.callback(Event::Message) else { return Ok(false) };
    let (next, len) = globals::with(|runtime| {
        let next = runtime.pools.try_next_of_pair(&mut runtime.core, &mut runtime.pipes, state.token);
        (next, runtime.pools.inbox().len())
    });
    match next {
        Ok(()) => {}
        Err(RecvError::Cut(full)) => note_cut(full, len),
        Err(
            RecvError::Failed(SyscallError { errno: Errno::EAGAIN, .. })
            | RecvError::Interrupted
            | RecvError::Exit,
        ) => {
            return Ok(false);
        }
        Err(RecvError::Failed(failed)) => return Err(leave_failed(failed)),
    }
    let text = receive(len)?.map_err(|errno| leave_failed(SyscallError { call: "pread()", errno }))?;
    let goes_on = globals::with(|runtime| runtime.pools.note_message(state.token));
    create(&message, this, text)?;
    drop_unreceived(state);
    if !goes_on {
        leave(this, state)?;
    }
    Ok(true)
}

fn create(message: &Callback, this: This<'_, Pool>, text: Text) -> Outcome<()> {
    launch::create_always(message.share(), [this.share(), Owned::new(text)].into_iter())
}

/// A signal has asked this worker to stop.
fn stop_from_signal() -> Outcome<()> {
    with_pool(|this, state| {
        // When the whole pool stops, no other process will handle the waiting messages.
        if globals::with(|runtime| runtime.pools.is_ending(state.token)) {
            while !takes_no_more(state, Worker::is_detached) && deliver(this, state)? {}
        }
        leave(this, state)
    })
}

/// The worker takes no more messages; it exits when its loop has nothing left to do.
fn leave(this: This<'_, Pool>, state: &State) -> Outcome<()> {
    let first = globals::with(|runtime| {
        let Some(worker) = runtime.pools.worker(state.token) else { return false };
        let first = !worker.is_retired();
        worker.retire();
        first
    });
    if !first {
        return Ok(());
    }
    this.set("running", false);
    this.set("workerRunning", false);
    coroutine_settings::set_deadlock_check(false);
    messages::look_again(state)?;
    if let Some(number) = own_number(state)
        && let Ok(removed) = globals::with(|runtime| runtime.core.events.reactor.remove(number))
    {
        callbacks::release_each(removed.read.into_iter().chain(removed.write));
    }
    if state.has(Event::WorkerExit) {
        let token = callbacks::keep_native(call_exit);
        callbacks::release_each(globals::with(|runtime| {
            runtime.core.events.set_cycle(Cycle::Last, Some(token))
        }));
        if !launch::is_inside() {
            return call_exit();
        }
        // At the end of a turn, and this makes sure that there is one: what the callback throws does not belong to the
        // stopping coroutine.
        let token = callbacks::keep_native(|| Ok(()));
        loop_access::with(|events| events.defer(token))?;
    }
    Ok(())
}

/// Calls `WorkerExit`, in each turn of a loop that is to end.
fn call_exit() -> Outcome<()> {
    with_pool(|this, state| {
        let id = globals::with(|runtime| runtime.pools.worker(state.token).map(|worker| worker.number()));
        let id = id.and_then(|id| i64::try_from(id).ok()).unwrap_or(-1);
        match call(this, state.callback(Event::WorkerExit), Some(Owned::new(id))) {
            Call::Returned => Ok(()),
            threw_or_bailed => {
                child::settle(threw_or_bailed);
                Err(Failure::Bailout)
            }
        }
    })
}

/// This worker stops after its current message, or when its loop has nothing left to do.
pub(super) fn stop(this: This<'_, Pool>) -> Outcome<()> {
    let state = this.state()?;
    let is_worker = globals::with(|runtime| {
        let worker = runtime.pools.worker(state.token);
        worker.map(crate::rt::pool::Worker::leave).is_some()
    });
    if !is_worker {
        return Ok(());
    }
    this.set("running", false);
    this.set("workerRunning", false);
    if state.is_coroutine() { leave(this, state) } else { Ok(()) }
}

/// This worker leaves the pool, which starts another one in its place, and runs on by itself.
pub(super) fn detach(this: This<'_, Pool>) -> Outcome<bool> {
    let state = this.state()?;
    if !globals::with(|runtime| runtime.pools.detach_worker(state.token, process::pid())) {
        return Ok(false);
    }
    if state.is_coroutine() {
        leave(this, state)?;
    }
    Ok(true)
}
