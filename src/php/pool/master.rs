//! The master: `start`, and what it calls and logs while its workers run.

use super::plan::{check, plan};
use super::state::{Event, Pool, State, call};
use super::worker;
use crate::os::signal::{self, SIGWINCH};
use crate::os::{clock, process};
use crate::php::{event_loop, fork_hooks, log, outcome};
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pool::master_signals::MasterRequests;
use crate::rt::pool::{ForkResult, NewWorker};
use crate::rt::supervisor::{self, Action, Crash, Ending};
use crate::zend::arrays::NewArray;
use crate::zend::errors::{Failure, Outcome, PendingException, call_of};
use crate::zend::jump::Call;
use crate::zend::object::This;
use crate::zend::uncaught::Moment;
use crate::zend::values::{Owned, Text};
use crate::zend::{callbacks, globals, interrupt, shutdown};
use std::fmt::Write;
use std::time::Duration;

/// How soon the master continues when it cannot sleep until an event.
const SHORTLY: Duration = Duration::from_millis(10);

/// Runs the pool until it stops. Returns null then, false when it could not start or has given up.
pub(super) fn start(this: This<'_, Pool>) -> Outcome<Option<bool>> {
    let state = this.state()?;
    check(state)?;
    let plan = plan(state)?;
    let random = random();
    globals::with(|runtime| {
        runtime.pools.start(&mut runtime.core, &mut runtime.pipes, state.token, plan, random)
    })
    .map_err(|failed| outcome::system(failed.call, failed.errno))?;
    state.running.set(true);
    reopen_log_at_signals();
    this.set("master_pid", process::pid());
    this.set("running", true);
    let (is_fatal, shuts_down, has_complained, has_looked) = (false, false, false, true);
    let sound = Moment::now();
    let mut master =
        Master { this, state, held: None, is_fatal, sound, shuts_down, has_complained, has_looked };
    let result = master.run();
    if !master.is_master() {
        // A worker, which never returns to its master's code, or the child of a callback.
        return Err(result.err().unwrap_or(Failure::Bailout));
    }
    master.end();
    result?;
    let Master { held, .. } = master;
    match held {
        None => Ok(None),
        Some(StopCause::GaveUp) => Ok(Some(false)),
        Some(StopCause::By(held)) => Err(held.release()),
        Some(StopCause::Bailed) => Err(Failure::Bailout),
    }
}

/// From now on the log file is opened again at the signals of Swoole, unless the script handles them, or does so later.
fn reopen_log_at_signals() {
    let reopen = || {
        log::reopen();
        Ok(())
    };
    for number in [SIGWINCH, signal::first_real_time()] {
        if log::has_file() && !signal::is_handled(number) {
            let token = callbacks::keep_native(reopen);
            let handled = globals::with(|runtime| runtime.core.events.handle_own_signal(number, token));
            if let Err(errno) = handled {
                callbacks::release_each([token]);
                outcome::log_failure(format_args!("sigaction({number})"), errno);
            }
        }
    }
}

/// A seed for jitter: it differs between processes and between moments.
fn random() -> u64 {
    let (seconds, micros) = clock::wall();
    let now = seconds.unsigned_abs().wrapping_mul(1_000_000).wrapping_add(micros.into());
    now ^ u64::from(process::pid().unsigned_abs()).rotate_left(40)
}

/// How a process ended, as lines of the log have it.
pub(super) fn describe_ending(ending: Ending) -> String {
    match ending {
        Ending::Code(code) => format!("exited with code {code}"),
        Ending::Signal(number) => match signal::name(number) {
            Some(name) => format!("was killed by {name} ({number})"),
            None => format!("was killed by signal {number}"),
        },
    }
}

/// Why a pool has stopped without a request.
enum StopCause {
    GaveUp,
    /// An exception of a callback of the master, or its call of exit.
    By(PendingException),
    /// The engine's jump: a fatal error in a callback of the master, or an exception that has left a coroutine.
    Bailed,
}

pub(super) struct Master<'c> {
    pub(super) this: This<'c, Pool>,
    pub(super) state: &'c State,
    held: Option<StopCause>,
    /// A fatal error occurred in a callback: no code of the script may run any more.
    is_fatal: bool,
    /// A moment before any fatal error. In a shutdown function there may have been one before the pool's start.
    sound: Moment,
    /// `Shutdown` was called, or is being called.
    pub(super) shuts_down: bool,
    /// Whether it has logged a failure that may repeat.
    has_complained: bool,
    /// Whether the last check of its workers succeeded. If not, it checks again without sleeping.
    has_looked: bool,
}

impl Master<'_> {
    /// Runs until the last worker is gone. A failure is that of a worker, in the worker's process.
    fn run(&mut self) -> Outcome<()> {
        self.call(Event::Start, None)?;
        // The process may have become a daemon.
        self.this.set("master_pid", process::pid());
        self.tell(supervisor::Event::Begin);
        loop {
            while let Some(action) =
                globals::with(|runtime| runtime.pools.next_action(&mut runtime.pipes, self.state.token))
            {
                if action == Action::Finish {
                    return Ok(());
                }
                self.perform(action)?;
            }
            if self.look_after_templates()? {
                continue;
            }
            let requests = self.sleep();
            // Handlers of pcntl whose signals came during the wait, and what is due in the loop.
            let turned = interrupt::dispatch().and_then(|_| self.turn_loop());
            self.came_back(call_of(turned))?;
            if requests.stop {
                self.stop()?;
            }
            if requests.reload {
                self.reload();
            }
            if let Err(failed) = globals::with(|runtime| {
                runtime.pools.look_after_workers(&mut runtime.pipes, self.state.token)
            }) {
                self.complain(failed);
                self.has_looked = false;
            }
        }
    }

    fn turn_loop(&self) -> Outcome<()> {
        if self.is_fatal {
            event_loop::silence();
            return Ok(());
        }
        event_loop::turn_if_wanted()
    }

    /// Sleeps until an event.
    fn sleep(&mut self) -> MasterRequests {
        if std::mem::replace(&mut self.has_looked, true) {
            match globals::with(|runtime| runtime.pools.wait_as_master(&mut runtime.core, self.state.token)) {
                Ok(requests) => return requests,
                Err(failed) => self.complain(failed),
            }
        }
        globals::with(|runtime| runtime.pools.requests_of_master(self.state.token))
    }

    /// A system call of the master has failed that normally does not. The master has workers that no other process
    /// looks after, so it continues a little later.
    #[cold]
    fn complain(&mut self, failed: SyscallError) {
        if !std::mem::replace(&mut self.has_complained, true) {
            outcome::log_syscall_error("the pool's master", failed);
        }
        clock::pause(SHORTLY);
    }

    fn tell(&self, event: supervisor::Event) {
        globals::with(|runtime| runtime.pools.tell_master(self.state.token, event));
    }

    /// Replaces all workers, with a template only when another one has booted.
    fn reload(&self) {
        if self.state.has(Event::TemplateStart) {
            globals::with(|runtime| runtime.pools.renew_template(self.state.token, true));
        } else {
            self.tell(supervisor::Event::Reload);
        }
    }

    /// Calls `Shutdown`, then asks the workers to stop.
    fn stop(&mut self) -> Outcome<()> {
        let stops = globals::with(|runtime| {
            runtime.pools.master(self.state.token).is_none_or(|master| master.is_stopping())
        });
        if stops || self.shuts_down {
            return Ok(());
        }
        self.shut_down()?;
        self.tell(supervisor::Event::Stop);
        Ok(())
    }

    /// Calls `Shutdown`: the pool stops, gives up, or has ended.
    fn shut_down(&mut self) -> Outcome<()> {
        self.shuts_down = true;
        self.this.set("running", false);
        self.call(Event::Shutdown, None)
    }

    pub(super) fn call(&mut self, event: Event, arguments: Option<[Owned; 2]>) -> Outcome<()> {
        if self.is_fatal {
            return Ok(());
        }
        let Some(callback) = self.state.callback(event) else { return Ok(()) };
        let call = match arguments {
            Some([first, second]) => callback.call_each(&mut [self.this.share(), first, second]),
            None => call(self.this, Some(callback), None),
        };
        self.came_back(call)
    }

    /// Whether this process is the pool's master.
    fn is_master(&self) -> bool {
        globals::with(|runtime| runtime.pools.master(self.state.token).is_some())
    }

    /// What a callback of the master throws first ends the pool, and then the call of `start()`. Fails when the
    /// callback has forked and this is the child, which has no pool.
    fn came_back(&mut self, call: Call) -> Outcome<()> {
        if !self.is_master() {
            return Err(match call {
                Call::Returned => Failure::False,
                Call::Threw => Failure::Thrown,
                Call::Bailed => Failure::Bailout,
            });
        }
        let stopped = match call {
            Call::Returned => return Ok(()),
            Call::Bailed => StopCause::Bailed,
            Call::Threw => match PendingException::take() {
                Some(held) => StopCause::By(held),
                None => return Ok(()),
            },
        };
        let is_fatal = self.sound.is_fatal_since(call);
        self.sound = Moment::now();
        if is_fatal {
            self.is_fatal = true;
            globals::with(|runtime| {
                if let Some(master) = runtime.pools.master(self.state.token) {
                    master.no_drain_worker();
                }
            });
        }
        // The first one counts, unless a fatal error follows.
        match (&self.held, stopped) {
            (None | Some(StopCause::GaveUp), cause) => self.held = Some(cause),
            (Some(_), cause @ StopCause::Bailed) if is_fatal => self.held = Some(cause),
            (Some(_), StopCause::By(PendingException::Exception(dropped))) => log::warning(&format!(
                "a callback of the master has thrown {} while the pool stops: start() throws the first exception only",
                dropped.as_value().type_name()
            )),
            (Some(_), _) => {}
        }
        self.stop()
    }

    /// Calls the script's callbacks before a fork. If one throws there is no fork, and the pool ends.
    pub(super) fn may_fork(&mut self) -> Outcome<bool> {
        let called = call_of(fork_hooks::before().map(drop));
        self.came_back(called)?;
        Ok(called == Call::Returned)
    }

    /// Calls the script's callbacks after a fork, whether or not it failed.
    pub(super) fn after_fork(&mut self) -> Outcome<()> {
        self.came_back(call_of(fork_hooks::in_parent()))
    }

    fn perform(&mut self, action: Action) -> Outcome<()> {
        match action {
            Action::Start { worker } => self.hire(worker)?,
            Action::Report(crash) => self.report(&crash)?,
            Action::Kill { worker, pid } => {
                log::warning(&format!(
                    "{} (pid {pid}) did not exit within max_wait_time and was killed",
                    self.state.label(worker)
                ));
            }
            Action::Terminate { worker, pid } => {
                log::warning(&format!(
                    "cannot send SIGTERM to {} (pid {pid}): it may run as a user that the master cannot signal",
                    self.state.label(worker)
                ));
            }
            Action::Churn { restarts } => {
                log::warning(&format!(
                    "{restarts} workers exited normally within a second, and were restarted: let a worker do more work before it exits"
                ));
            }
            Action::Idle { worker } => {
                log::warning(&format!(
                    "{} returns at once without a message: its restarts are delayed. A worker should loop, or wait for work",
                    self.state.label(worker)
                ));
            }
            Action::GiveUp => {
                log::warning(
                    "the process pool gives up: its workers have failed more than max_restarts times within restart_window",
                );
                if self.held.is_none() {
                    self.held = Some(StopCause::GaveUp);
                }
                self.shut_down()?;
            }
            Action::Done => self.shut_down()?,
            // The runtime handles it.
            Action::CheckBacklog { .. } | Action::Finish => {}
        }
        Ok(())
    }

    /// Forks a worker, or requests it from a template. In the worker's process this returns the failure that ends it.
    fn hire(&mut self, number: usize) -> Outcome<()> {
        let has_template = self.state.has(Event::TemplateStart);
        if !has_template && !self.may_fork()? {
            self.tell(supervisor::Event::NotStarted { worker: number });
            return Ok(());
        }
        let (token, wall) = (self.state.token, clock::wall());
        let at = u64::try_from(wall.0).unwrap_or(0) * 1_000_000 + u64::from(wall.1);
        let new =
            NewWorker { number, stop_delivery: worker::stop_delivery(self.state), random: random(), at };
        if has_template {
            globals::with(|runtime| runtime.pools.start_from_template(token, new));
            return Ok(());
        }
        match globals::with(|runtime| runtime.fork_worker(token, new)) {
            Ok(ForkResult::Worker) => {
                shutdown::put_aside();
                Err(worker::run(self.this, self.state, number))
            }
            Ok(ForkResult::Unable(failed)) => {
                shutdown::put_aside();
                outcome::log_syscall_error(self.state.label(number), failed);
                Err(worker::fail())
            }
            Ok(ForkResult::Master { child }) => {
                self.tell(supervisor::Event::Started { worker: number, pid: child });
                self.after_fork()
            }
            Err(failed) => {
                outcome::log_syscall_error(
                    format_args!("{} cannot be started", self.state.label(number)),
                    failed,
                );
                self.tell(supervisor::Event::NotStarted { worker: number });
                self.after_fork()
            }
        }
    }

    fn report(&mut self, crash: &Crash) -> Outcome<()> {
        let (code, number) = match crash.ending {
            Ending::Code(code) => (code, 0),
            Ending::Signal(number) => (0, number),
        };
        let name = signal::name(number);
        let (label, ended) = (self.state.label(crash.worker), describe_ending(crash.ending));
        let mut text = format!("{label} (pid {}) {ended}", crash.pid);
        let (uptime, restarts) = (crash.uptime.as_secs_f64(), crash.restarts);
        // Writing to a string does not fail.
        let _ = write!(text, " after {uptime:.3} s, restarts so far: {restarts}");
        let kept = globals::with(|runtime| {
            runtime.pools.master(self.state.token)?.take_crashed_message(crash.worker)
        });
        if let Some(kept) = &kept {
            let fate = if kept.again { "will be handled again" } else { "will not be handled again" };
            let _ = write!(text, ", its message {fate}");
        }
        let _ = match crash.delay {
            _ if crash.asked => write!(text, "; it had been asked to stop"),
            Some(delay) => write!(text, "; restarting in {:.3} s", delay.as_secs_f64()),
            None => write!(text, "; not restarting"),
        };
        log::warning(&text);
        if self.state.has(Event::WorkerError) {
            let worker = i64::try_from(crash.worker).unwrap_or(i64::MAX);
            // Not a list of bytes on the stack while the engine allocates.
            let message = kept.as_ref().and_then(|kept| kept.text.as_deref()).map(Text::new);
            let fate =
                kept.as_ref().map(|kept| (i64::try_from(kept.retries).unwrap_or(i64::MAX), kept.again));
            drop(kept);
            let report = NewArray::with_capacity(13)
                .with("worker_id", worker)
                .with("name", self.state.name(crash.worker))
                .with("pid", crash.pid)
                .with("code", code)
                .with("signal", number)
                .with("signal_name", name)
                .with("uptime", uptime)
                .with("restarts", i64::try_from(restarts).unwrap_or(i64::MAX))
                .with("asked", crash.asked)
                .with("delay", crash.delay.map(|delay| delay.as_secs_f64()));
            let report = match fate {
                Some((retries, again)) => {
                    report.with("message", message).with("retries", retries).with("retry", again)
                }
                None => report,
            };
            self.call(Event::WorkerError, Some([Owned::new(worker), Owned::new(report)]))?;
        }
        Ok(())
    }

    /// In the master, when the last worker is gone.
    fn end(&self) {
        let lost = globals::with(|runtime| {
            runtime.pools.end(&mut runtime.core, &mut runtime.pipes, self.state.token)
        });
        // What the script has in the loop would keep the master from exiting, as it would a worker.
        event_loop::discard();
        self.state.running.set(false);
        self.this.set("running", false);
        if lost > 0 {
            let what = if lost == 1 { "message was" } else { "messages were" };
            log::warning(&format!("the process pool ended before {lost} {what} handled"));
        }
    }
}
