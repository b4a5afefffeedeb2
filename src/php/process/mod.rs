//! `Swoole\Process`: a child process with a pipe and a queue.

mod child;
mod forks;
mod handles;
mod launch;
mod lifecycle;
mod option_values;
mod options;
mod pipe;
mod queue;
mod state;
mod system;
mod values;

use crate::os::process::{Pid, watch_forks};
use crate::os::signal;
use crate::php::{outcome, settings};
use crate::rt::core::handles::PipeToken;
use crate::rt::process::queue::Queue;
use crate::zend::arguments::Callable;
use crate::zend::arrays::Array;
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::Outcome;
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, is_command_line, once};
use crate::zend::object::{Instance, PhpClass, This, object_of};
use crate::zend::values::{Owned, Value};
use crate::zend::{globals, method, static_method};
use state::{Child, Process, State};
use std::os::fd::RawFd;

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        // It fails only without memory; then foreign forks go unnoticed.
        if let Err(errno) = watch_forks() {
            outcome::log_failure("pthread_atfork()", errno);
        }
        // SIGCHLD may be ignored since the program's start. The kernel would then reap the children, and wait() would
        // find none. A script that wants this ignores the signal itself.
        if is_command_line()
            && let Err(errno) = signal::unignore(signal::CHILD_ENDED)
        {
            outcome::log_failure("sigaction()", errno);
        }
    }),
    request_stop: once!(|| {
        lifecycle::note_exit_style();
        lifecycle::forget_starts();
    }),
    request_end: lifecycle::leave,
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Process")
    .idle_destructor()
    .objects::<Process>()
    .not_serializable()
    .constants(&[
        ("IPC_NOWAIT", queue::NOWAIT),
        ("PIPE_MASTER", pipe::MASTER),
        ("PIPE_WORKER", pipe::WORKER),
        ("PIPE_READ", pipe::READ),
        ("PIPE_WRITE", pipe::WRITE),
        ("PIPE_TYPE_NONE", pipe::TYPE_NONE),
        ("PIPE_TYPE_STREAM", pipe::TYPE_STREAM),
        ("PIPE_TYPE_DGRAM", pipe::TYPE_DGRAM),
    ])
    .properties(&[
        Property::public("pipe"),
        Property::public("msgQueueId"),
        Property::public("msgQueueKey"),
        Property::public("pid"),
        Property::public("id"),
        Property::private("callback"),
    ])
    .methods(table![
        method!(
            "public function __construct(callable $callback, bool $redirect_stdin_and_stdout = false, int $pipe_type = SOCK_DGRAM, bool $enable_coroutine = false)",
            construct
        ),
        method!("public function __destruct()", destruct),
        static_method!("public static function wait(bool $blocking = true): array|false", lifecycle::wait),
        static_method!("public static function signal(int $signal_no, ~?callable $callback = null): bool", system::signal),
        static_method!("public static function alarm(int $usec, int $type = 0): bool", system::alarm),
        static_method!("public static function kill(int $pid, int $signal_no = SIGTERM): bool", lifecycle::kill),
        static_method!(
            "public static function daemon(bool $nochdir = true, bool $noclose = true, array $pipes = []): bool",
            lifecycle::daemon
        ),
        static_method!("public static function setAffinity(array $cpu_settings): bool", system::set_affinity),
        static_method!("lenient public static function getAffinity(): array", system::get_affinity),
        method!("public function setPriority(int $which, int $priority, ?int $who = null): bool", system::set_priority),
        method!("public function getPriority(int $which, ?int $who = null): int|false", system::get_priority),
        method!("public function set(array $settings): void", set),
        method!("public function setTimeout(float $seconds): bool", pipe::set_timeout),
        method!("public function setBlocking(bool $blocking): bool", pipe::set_blocking),
        method!("public function useQueue(int $key = 0, int $mode = 2, int $capacity = -1): bool", queue::open),
        method!("lenient public function statQueue(): array|false", queue::status),
        method!("lenient public function freeQueue(): bool", queue::free),
        method!("public function start(): int|bool", lifecycle::start),
        method!("public function write(string $data): int|false", pipe::write),
        method!("public function close(int $which = 0): bool", pipe::close),
        method!("public function read(int $size = 8192): string|false", pipe::read),
        method!("public function push(string $data): bool", queue::push),
        method!("public function pop(int $size = 65536): string|false", queue::pop),
        method!("public function exit(int $exit_code = 0): ~void", lifecycle::exit),
        method!("public function exec(string $exec_file, array $args): bool", lifecycle::exec),
        method!("lenient public function exportSocket(): Swoole\\Coroutine\\Socket|false", pipe::export_socket),
        method!("public function name(string $process_name): bool", system::name),
    ])
    .additions(table![
        method!("public function sendHandle(mixed $handle, string $data = ''): bool", handles::send_handle),
        method!("public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed", handles::receive_handle),
        method!("lenient public function isAlive(): bool", child::is_alive),
        method!("public function join(float $timeout = -1): array|false", child::join),
        method!(
            "public function terminate(float $grace = 10, int $signal = SIGTERM, bool $group = false): array|false",
            child::terminate
        ),
        method!("lenient public function exitStream(): mixed", child::exit_stream),
        static_method!("lenient public static function lastUsage(): array|false", child::last_usage),
        static_method!("public static function command(array $argv, array $options = []): Swoole\\Process|false", launch::command),
        static_method!("public static function onFork(?callable $before = null, ?callable $parent = null, ?callable $child = null): void", forks::on_fork),
        static_method!("public static function exitNow(int $status = 0): void", forks::exit_now),
        static_method!("public static function queues(bool $remove = false): array|false", queue::abandoned),
        method!("public function stdio(int $number): mixed", launch::stdio),
        method!("public function readLine(int $number = 1, float $timeout = -1): string|false", launch::read_line),
        method!("public function send(mixed $value): bool", values::send),
        method!("public function receive(float $timeout = -1, mixed &$received = null, array $options = []): mixed", values::receive),
    ]);

impl PhpClass for Process {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        if let Some(state) = self.state.peek() {
            if let Some(callback) = &state.callback {
                callback.visit(visitor);
            }
            if let Some(options) = state.options.borrow().as_ref() {
                options.visit(visitor);
            }
            for stream in state.streams.borrow().iter().flatten() {
                stream.visit(visitor);
            }
            if let Some(exported) = state.exported.borrow().as_ref() {
                exported.socket.visit(visitor);
            }
        }
    }
}

/// Sets the title that ps(1) shows.
pub(super) fn set_title(name: &[u8]) -> Outcome<bool> {
    system::set_title(name)
}

/// The descriptor of this process's end, if `value` is a process with a pipe.
pub(super) fn descriptor(value: Value<'_>) -> Option<RawFd> {
    let token = object_of::<Process>(value)?.state.peek()?.pipe.get()?;
    globals::with(|runtime| runtime.pipes.get(token)?.number())
}

fn construct(
    this: This<'_, Process>,
    callback: Callable<'_>,
    redirect: bool,
    pipe_type: Option<i64>,
    coroutine: bool,
) -> Outcome<()> {
    this.state.must_be_new(this)?;
    if !is_command_line() {
        return Err(outcome::error(format!("{} can only be used in PHP CLI mode", this.class_name())));
    }
    let kept = callback.keep();
    let pipe_type = pipe_type.unwrap_or(pipe::TYPE_DGRAM);
    let kind = if redirect { pipe::kind_of(pipe::TYPE_STREAM) } else { pipe::kind_of(pipe_type) };
    let size = kind.and_then(|_| settings::socket_buffer_size());
    let (number, opened) = globals::with(|runtime| {
        if let Some(size) = size {
            runtime.pipes.set_default_buffer_size(size);
        }
        (runtime.next_number(), kind.map(|kind| runtime.pipes.open(kind)).transpose())
    });
    let token = opened.map_err(|failed| outcome::exception(failed.call, failed.errno))?;
    // It is constructed from here on: the old value of a property may have a destructor that uses the object.
    let mut state = State::new(number);
    state.callback = Some(kept);
    state.redirect = redirect;
    state.coroutine.set(coroutine);
    state.pipe.set(token);
    this.state.set(this, state)?;
    pipe::show_number(this);
    this.set("id", number);
    this.set_value("callback", callback.value());
    Ok(())
}

/// A worker, as its pool sees it.
pub(super) struct Worker {
    /// Its number.
    number: usize,
    /// Its pid, unless it has no process now.
    pid: Option<Pid>,
    /// The pid of the pool's master.
    master: Pid,
    /// Its socket pair; `pipe` is the same, if scripts may read and write it.
    channel: Option<PipeToken>,
    pipe: Option<PipeToken>,
    /// The pool's queue, and its key.
    queue: Option<(Queue, i64)>,
}

impl Worker {
    /// Worker `number` of the pool of `master`.
    pub(super) fn new(number: usize, pid: Option<Pid>, master: Pid) -> Worker {
        Worker { number, pid, master, channel: None, pipe: None, queue: None }
    }

    /// Adds how messages reach it. Where it `is_bus`, scripts do not write to the pair themselves.
    pub(super) fn reached_by(
        self,
        channel: Option<PipeToken>,
        is_bus: bool,
        queue: Option<(Queue, i64)>,
    ) -> Worker {
        Worker { channel, pipe: channel.filter(|_| !is_bus), queue, ..self }
    }

    /// Its number.
    pub(super) fn number(&self) -> usize {
        self.number
    }
}

/// The process object of a worker of a pool.
pub(super) fn of_worker(worker: &Worker) -> Outcome<Owned> {
    let number = i64::try_from(worker.number).unwrap_or(i64::MAX);
    let made = Instance::made::<Process>(|this| {
        let mut state = State::new(number);
        state.of_pool = true;
        state.pipe.set(worker.pipe);
        state.channel = worker.channel;
        state.queue.set(worker.queue.map(|(queue, _)| queue));
        let _ = this.state.set(this, state);
        pipe::show_number(this);
        this.set("id", number);
        if let Some((queue, key)) = &worker.queue {
            this.set("msgQueueId", queue.id());
            this.set("msgQueueKey", *key);
        }
    })?;
    let process = Owned::new(made);
    renew_worker(process.as_value(), worker);
    Ok(process)
}

/// Updates the object: its worker may have another process by now.
pub(super) fn renew_worker(process: Value<'_>, worker: &Worker) {
    let Some(this) = object_of::<Process>(process) else { return };
    if let Some(state) = this.state.peek() {
        state.child.set(worker.pid.map(|pid| Child { pid, started_by: worker.master, token: None }));
    }
    this.set("pid", worker.pid.unwrap_or(0));
}

/// Subclasses call it as their parent's.
fn destruct(_this: This<'_, Process>) -> Outcome<()> {
    Ok(())
}

fn set(this: This<'_, Process>, settings: Array<'_>) -> Outcome<()> {
    let state = this.state()?;
    if settings.len() > 0 {
        launch::set(state, settings)?;
    }
    if let Some(enabled) = settings.get("enable_coroutine") {
        state.coroutine.set(enabled.to_bool());
    }
    Ok(())
}
