//! From start to exit: `start`, `wait`, `kill`, `exit`, `exec`, `daemon`, and how a forked child leaves PHP.

use super::state::{Child, Process, State};
use super::{child as one_child, launch as process_launch, pipe, system};
use crate::os::fd::{self, Standard};
use crate::os::process::{self, Pid, WaitMode};
use crate::os::{self, Errno, signal};
use crate::php::{event_loop, fork_hooks, launch, log, loop_access, outcome, settings, waiting};
use crate::rt::core::child::{Child as NewProcess, Forked, Role};
use crate::rt::core::handles::ChildToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::core::wait::{WaitKind, Waiter, Wake};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::coercion::Switch;
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::jump::Call;
use crate::zend::object::{This, object_of};
use crate::zend::values::{Owned, Value};
use crate::zend::{callbacks, child, cwd, globals, interrupt, streams};
use std::cell::{Cell, RefCell};
use std::ffi::{CStr, CString};

/// The default signal of `kill()`.
const SIGTERM: i64 = signal::SIGTERM as i64;

per_thread! {
    /// Whether this request is that of a forked child that exits at its end.
    static LEAVES: Cell<bool> = Cell::new(false);
}

pub(super) fn start(this: This<'_, Process>) -> Outcome<i64> {
    let state = this.state()?;
    if !launch::is_inside() {
        return start_here(this);
    }
    let may_start = state.options.borrow().as_ref().and_then(|options| options.in_coroutine);
    if may_start != Some(true) {
        must_be_startable(state)?;
        return Err(outcome::error("must be forked outside the coroutine"));
    }
    start_by_loop(this)
}

/// Fails while the last child exists, and for an object that has no callback.
fn must_be_startable(state: &State) -> Outcome<()> {
    // A pool's worker is started by its master, a program by command().
    if state.callback.is_none() || state.child.get().is_some_and(one_child::is_started) {
        return Err(outcome::warning("process has already been started"));
    }
    Ok(())
}

/// A start in a coroutine.
struct Start {
    waiter: Waiter,
    process: Owned,
    /// The process in which the coroutine runs.
    generation: u32,
    result: Option<Outcome<i64>>,
}

per_thread! {
    static STARTS: RefCell<Vec<Start>> = RefCell::new(Vec::new());
}

/// Lets the loop fork, on the stack of the main program. There all coroutines wait, the caller too, so none of them
/// continues in the child.
fn start_by_loop(this: This<'_, Process>) -> Outcome<i64> {
    let waiter = waiting::begin(WaitKind::Event, None)?;
    let start = Start { waiter, process: this.share(), generation: process::generation(), result: None };
    STARTS.with(|starts| starts.borrow_mut().push(start));
    let token = callbacks::keep_native(start_next);
    globals::with(|runtime| runtime.core.events.defer(token));
    let woken = waiting::suspend(waiter);
    let done = STARTS.with(|starts| {
        let mut starts = starts.borrow_mut();
        let index = starts.iter().position(|start| start.waiter == waiter)?;
        Some(starts.remove(index))
    });
    woken?;
    // Without a result the coroutine was cancelled, and nothing was forked.
    done.and_then(|start| start.result).unwrap_or(Err(Failure::False))
}

/// Called by the loop: makes the start that has waited longest.
fn start_next() -> Outcome<()> {
    let here = process::generation();
    // What the parent has not started before a fork is not for its child to do.
    let stale: Vec<Start> =
        STARTS.with(|starts| starts.borrow_mut().extract_if(.., |start| start.generation != here).collect());
    drop(stale);
    let next = STARTS.with(|starts| {
        let starts = starts.borrow();
        let start = starts.iter().find(|start| start.result.is_none())?;
        Some((start.waiter, start.process.share()))
    });
    let Some((waiter, process)) = next else { return Ok(()) };
    let Some(this) = object_of::<Process>(process.as_value()) else { return Ok(()) };
    let result = start_here(this);
    if process::generation() != here {
        // The child has run its callback.
        return result.map(drop);
    }
    STARTS.with(|starts| {
        if let Some(start) = starts.borrow_mut().iter_mut().find(|start| start.waiter == waiter) {
            start.result = Some(result);
        }
    });
    waiting::wake(waiter, Wake::Ready).map(drop)
}

/// At the end of the request.
#[cold]
pub(super) fn forget_starts() {
    STARTS.with(|starts| drop(starts.take()));
}

#[cold]
fn start_here(this: This<'_, Process>) -> Outcome<i64> {
    let state = this.state()?;
    must_be_startable(state)?;
    if fork_hooks::before()? {
        // A callback may have started it.
        must_be_startable(state)?;
    }
    let parent = process::pid();
    match fork(state) {
        Ok(Some((pid, token))) => {
            state.forget_child();
            state.child.set(Some(Child { pid, started_by: parent, token: Some(token) }));
            this.set("pid", pid);
            fork_hooks::in_parent()?;
            Ok(i64::from(pid))
        }
        Ok(None) => Err(run(this, state, parent)),
        Err(failure) => Err(fork_hooks::after_failure(failure)),
    }
}

/// `None` in the child.
#[cold]
fn fork(state: &State) -> Outcome<Option<(Pid, ChildToken)>> {
    let pipe = state.pipe.get();
    let options = state.options.borrow().clone();
    if let Some(options) = options {
        return process_launch::fork(pipe, &options);
    }
    match globals::with(|runtime| runtime.fork(NewProcess::process(pipe))) {
        Err(failed) => Err(outcome::system(failed.call, failed.errno)),
        Ok(Forked::Parent { child }) => {
            Ok(Some((child, globals::with(|runtime| runtime.pipes.started.add(child)))))
        }
        Ok(Forked::Child) => Ok(None),
    }
}

/// The child's life: it becomes the process of this object, runs the callback, and exits.
#[cold]
fn run(this: This<'_, Process>, state: &State, parent: Pid) -> Failure {
    child::begin();
    let pid = process::pid();
    state.child.set(Some(Child { pid, started_by: parent, token: None }));
    this.set("pid", pid);
    pipe::show_number(this);
    if state.redirect {
        redirect(state);
    }
    set_own_title(state);
    match fork_hooks::in_child() {
        Call::Returned => {}
        call => return child::end(call),
    }
    let Some(callback) = &state.callback else { return child::end(Call::Returned) };
    if !state.coroutine.get() {
        return child::end(callback.call(this.as_value()));
    }
    match event_loop::run_coroutine(callback.share(), std::iter::once(this.share())) {
        Ok(()) => child::end(Call::Returned),
        Err(Failure::Bailout) => child::end(Call::Bailed),
        // Whatever the failure: a child never returns to its parent's code.
        Err(failure) => child::end(failure.raise()),
    }
}

/// Sets the title of the options.
fn set_own_title(state: &State) {
    let options = state.options.borrow();
    let title = options.as_ref().and_then(|options| options.title.as_ref().map(Owned::share));
    drop(options);
    if let Some(title) = title
        && system::set_title(title.as_value().as_bytes().unwrap_or_default()).is_err()
    {
        errors::silence();
    }
}

fn redirect(state: &State) {
    let Some(token) = state.pipe.get() else { return };
    for target in Standard::ALL {
        let result = globals::with(|runtime| {
            let closed = SyscallError { call: "dup2()", errno: Errno::EBADF };
            runtime.pipes.get(token).map_or(Err(closed), |pipe| pipe.redirect(target))
        });
        if let Err(SyscallError { call, errno }) = result {
            outcome::log_failure(format_args!("Process::start(): {call}"), errno);
        }
    }
}

pub(super) fn wait(blocking: Switch) -> Outcome<NewArray> {
    loop_access::tell_of_signals();
    if blocking.on && blocking.was_fraction {
        log::notice_once("wait", || {
            "Process::wait(): the argument is a bool, not a time limit, so the call waits without a limit: \
             use join(), or Swoole\\Coroutine\\System::wait() in a coroutine"
                .to_owned()
        });
    }
    loop {
        let reaped = globals::with(|runtime| match blocking.on {
            true => runtime.pipes.wait(&mut runtime.core),
            false => runtime.pipes.reap(WaitMode::Poll),
        });
        match reaped {
            // The script's handlers have run. One that was installed without a restart ends the wait.
            Err(Errno::EINTR) if interrupt::dispatch()? && !pipe::is_interruption_wanted()? => {}
            Ok(reaped) => return reaped.map(outcome::end_of).ok_or(Failure::False),
            Err(errno) => return Err(outcome::silent(errno)),
        }
    }
}

pub(super) fn kill(pid: i64, signal: Option<i64>) -> Outcome<bool> {
    let signal = signal.unwrap_or(SIGTERM);
    // A number that does not fit must not become another one: 0 and -1 mean whole groups.
    let result = match (Pid::try_from(pid), i32::try_from(signal)) {
        (Ok(pid), Ok(signal)) => process::kill(pid, signal),
        (Err(_), _) => Err(Errno::ESRCH),
        (_, Err(_)) => Err(Errno::EINVAL),
    };
    match result {
        Ok(()) => Ok(true),
        Err(Errno::ESRCH) if signal == 0 => Err(outcome::silent(Errno::ESRCH)),
        Err(errno) => Err(outcome::system(format!("kill({pid}, {signal})"), errno)),
    }
}

pub(super) fn exit(this: This<'_, Process>, code: i64) -> Outcome<()> {
    let state = this.state()?;
    let here = process::pid();
    if state.child.get().is_none_or(|child| child.pid != here) {
        return Err(outcome::warning("not current process"));
    }
    let code = u8::try_from(code).map_or_else(
        |_| {
            if settings::display_errors() {
                errors::warn("exit ret_code range is [>0 and <255] ");
            }
            1
        },
        i32::from,
    );
    if settings::fast_exit() { process::exit_now(code) } else { process::exit(code) }
}

pub(super) fn exec(this: This<'_, Process>, file: &[u8], args: Array<'_>) -> Outcome<bool> {
    this.state()?;
    if file.is_empty() {
        return Err(outcome::warning("exec file name is empty"));
    }
    let path =
        |text| CString::new(text).map_err(|_| Failure::BadValue(1, c"must not contain any null bytes"));
    path(file)?;
    // Conversions may run PHP code, which may leave by a long jump: nothing of ours is on the heap until they are done.
    let texts = args.convert(Value::to_text).ok_or(Failure::Thrown)?;
    let mut arguments = vec![path(file)?];
    for (_, text) in texts.as_array().iter() {
        let argument = CString::new(text.as_bytes().unwrap_or_default());
        arguments.push(argument.map_err(|_| Failure::BadValue(2, c"must not contain any null bytes"))?);
    }
    let arguments: Vec<&CStr> = arguments.iter().map(CString::as_c_str).collect();
    cwd::enter().map_err(|errno| outcome::system("chdir()", errno))?;
    globals::with(|runtime| runtime.pools.before_exec())
        .map_err(|errno| outcome::system("prctl()", errno))?;
    // The new program would not know of them.
    globals::with(|runtime| runtime.transfers.end_helpers());
    let errno = process::exec(&arguments);
    globals::with(|runtime| runtime.pools.after_exec()).map_err(|errno| outcome::system("prctl()", errno))?;
    Err(outcome::system(format!("execv({})", String::from_utf8_lossy(file)), errno))
}

pub(super) fn daemon(nochdir: bool, noclose: bool, pipes: Array<'_>) -> Outcome<bool> {
    if globals::with(|runtime| runtime.pools.is_any_master_busy()) {
        return Err(outcome::warning("the master of a running pool cannot become a daemon"));
    }
    for ((_, value), target) in pipes.iter().zip(Standard::ALL) {
        if value.is_null() {
            continue;
        }
        let number = streams::descriptor(value).ok_or_else(|| {
            outcome::warning("$pipes must hold streams with a descriptor, descriptors, or null")
        })?;
        fd::duplicate_onto(number, target)
            .map_err(|errno| outcome::system(format!("dup2({number}, {})", target as i32), errno))?;
    }
    fork_hooks::before()?;
    match globals::with(|runtime| runtime.fork(NewProcess::Daemon)) {
        Err(failed) => Err(fork_hooks::after_failure(outcome::system(failed.call, failed.errno))),
        // The foreground process is done; shutdown belongs to the daemon.
        Ok(Forked::Parent { .. }) => process::exit_now(0),
        Ok(Forked::Child) => {
            let detached = detach(nochdir, noclose);
            match fork_hooks::in_child() {
                Call::Returned => detached.map(|()| true).map_err(|errno| outcome::system("daemon()", errno)),
                Call::Threw => Err(Failure::Thrown),
                Call::Bailed => Err(Failure::Bailout),
            }
        }
    }
}

fn detach(nochdir: bool, noclose: bool) -> os::Result<()> {
    process::new_session()?;
    if !nochdir {
        cwd::enter_root()?;
    }
    if !noclose {
        let null = fd::dev_null()?;
        for target in Standard::ALL {
            fd::duplicate_onto(fd::number(&null), target)?;
        }
    }
    Ok(())
}

/// At the end of the request, while settings can still be read: decides whether a forked child skips PHP's module
/// shutdown, which costs more than the rest of its life. A daemon does not skip it, because it is the program itself. A
/// debug build of PHP does not skip it, because its leak report comes later.
#[cold]
pub(super) fn note_exit_style() {
    let child = globals::is_used() && globals::with(|runtime| runtime.role()) == Role::Child;
    let leaves = child && settings::fast_exit() && !cfg!(php_debug);
    LEAVES.with(|cell| cell.set(leaves));
    if leaves {
        globals::with(|runtime| runtime.pools.note_exit());
    }
}

/// When the request's memory is gone: the child exits.
#[cold]
pub(super) fn leave() {
    if LEAVES.with(Cell::get) {
        process::exit_now(child::exit_status() & 0xff);
    }
}
