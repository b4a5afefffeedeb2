//! Runs each test of a file in a process of its own, a few at a time.
//!
//! What these tests are about belongs to a whole process: its children, its descriptors, its signals. As
//! threads of one process, which the standard harness makes of them, they would disturb each other, and a fork
//! would copy locks that another thread holds. So their files have `harness = false` in Cargo.toml and end with
//! a `main` that calls [`run`].
//!
//! A test passes when it returns, all processes that it has started have ended with status 0, and the
//! descriptors that are open are those that were open before.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod killed;
pub(crate) mod pipes;
pub(crate) mod random;

use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::prctl;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, killpg, sigaction};
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid, waitpid};
use nix::unistd::{Pid, alarm, setpgid};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{PipeReader, PipeWriter, Read, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Duration;
use swoole_process::os::Errno;
use swoole_process::os::fd::{self, Standard};
use swoole_process::os::process::{self, End, Fork, Reaped, WaitMode};
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::core::handles::PipeToken;
use swoole_process::rt::runtime::Runtime;

/// Seconds after which a test has failed: it hangs. A loaded machine may be slow.
const LIMIT: u32 = 120;

/// How many tests run at a time: more than a small machine has processors, for most of them wait.
const JOBS: usize = 4;

/// The status of a process whose assertions did not hold.
pub(crate) const FAILED: i32 = 101;

/// A test and the sentence that names it.
pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) body: fn(),
}

/// The list that [`run`] takes. The compiler warns of a test that is in no list.
macro_rules! tests {
    ($($(#[$condition:meta])? $name:ident),* $(,)?) => {
        &[$($(#[$condition])? $crate::alone::Test { name: stringify!($name), body: $name }),*]
    };
}
pub(crate) use tests;

/// The `main` of a test file. Of the standard harness's arguments it knows names (parts of them, or with
/// `--exact` all of them), `--skip NAME`, `--test-threads NUMBER` and `--list`.
pub(crate) fn run(tests: &[Test]) -> ExitCode {
    let choice = Choice::from_arguments(std::env::args().skip(1));
    let chosen: Vec<&Test> = tests.iter().filter(|test| choice.takes(test.name)).collect();
    if choice.list {
        for test in chosen {
            println!("{}: test", test.name);
        }
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests, each in its own process", chosen.len());
    forget_the_signals_of_the_caller();
    let mut failed = Vec::new();
    let mut running = BTreeMap::new();
    let mut waiting = chosen.iter();
    loop {
        while running.len() < choice.jobs.unwrap_or(JOBS).max(1)
            && let Some(test) = waiting.next()
        {
            let (process, output) = begin(test);
            running.insert(process, (test.name, output));
        }
        if running.is_empty() {
            break;
        }
        let (ended, verdict) = end_of_one();
        let (name, output) = running.remove(&ended).expect("a process that was begun");
        let words = verdict.as_ref().map_or_else(String::as_str, |()| "ok");
        println!("test {name} ... {words}");
        if verdict.is_err() {
            print!("{}", contents(output));
            failed.push(name);
        }
    }
    println!(
        "\ntest result: {} passed; {} failed; {} filtered out\n",
        chosen.len() - failed.len(),
        failed.len(),
        tests.len() - chosen.len(),
    );
    if failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        println!("failures:\n    {}\n", failed.join("\n    "));
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Choice {
    names: Vec<String>,
    skipped: Vec<String>,
    exact: bool,
    list: bool,
    ignored: bool,
    jobs: Option<usize>,
}

impl Choice {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Choice {
        let mut choice = Choice::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--list" => choice.list = true,
                "--exact" => choice.exact = true,
                "--ignored" => choice.ignored = true,
                "--skip" => choice.skipped.extend(arguments.next()),
                "--format" | "--color" => drop(arguments.next()),
                "--test-threads" => choice.jobs = arguments.next().and_then(|number| number.parse().ok()),
                option if option.starts_with("--test-threads=") => {
                    choice.jobs = option.rsplit('=').next().and_then(|number| number.parse().ok());
                }
                option if option.starts_with('-') => {}
                name => choice.names.push(name.to_owned()),
            }
        }
        choice
    }

    fn takes(&self, name: &str) -> bool {
        let matches = |wanted: &String| {
            if self.exact { name == wanted } else { name.contains(wanted.as_str()) }
        };
        !self.ignored
            && (self.names.is_empty() || self.names.iter().any(matches))
            && !self.skipped.iter().any(matches)
    }
}

/// Starts the process of a test; what it says goes into a file.
fn begin(test: &Test) -> (Pid, File) {
    let output = File::from(memfd_create(c"output", MFdFlags::MFD_CLOEXEC).expect("a file in memory"));
    match process::fork().expect("a process for each test") {
        Fork::Parent { child } => (Pid::from_raw(child), output),
        Fork::Child { mask } => {
            mask.restore();
            live(|| {
                fd::duplicate_onto(fd::number(&output), Standard::Error).unwrap();
                drop(output);
                // A group, so that what a failed test leaves behind can be ended; a reaper, so that it also
                // gets the children of its children; and no life after the harness.
                setpgid(Pid::this(), Pid::this()).unwrap();
                prctl::set_child_subreaper(true).unwrap();
                prctl::set_pdeathsig(Some(Signal::SIGKILL)).unwrap();
                alarm::set(LIMIT);
                let before = descriptors();
                (test.body)();
                wait_for_all();
                assert_eq!(descriptors(), before, "the descriptors before and after the test differ");
            })
        }
    }
}

/// Waits for the next process of a test to end, and ends what it has left behind.
fn end_of_one() -> (Pid, Result<(), String>) {
    let ended = waitid(Id::All, WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT).expect("tests are running");
    let test = ended.pid().expect("the end of a process");
    // Not reaped yet, it keeps the number of its group from being given to others.
    let _ = killpg(test, Signal::SIGKILL);
    let verdict = match waitpid(test, None) {
        Ok(WaitStatus::Exited(_, 0)) => Ok(()),
        Ok(WaitStatus::Exited(_, FAILED)) => Err(String::from("FAILED")),
        Ok(WaitStatus::Signaled(_, Signal::SIGALRM, _)) => Err(format!("FAILED: not done after {LIMIT} s")),
        other => Err(format!("FAILED: {other:?}")),
    };
    (test, verdict)
}

fn contents(mut file: File) -> String {
    let mut text = Vec::new();
    // The processes of the test have written through the same position.
    file.rewind().and_then(|()| file.read_to_end(&mut text)).expect("a file in memory can be read");
    String::from_utf8_lossy(&text).into_owned()
}

/// The rest of a forked process: `body`, then the end, with status 0 unless it panicked. Nothing of what the
/// process has in common with its parent is flushed or dropped.
pub(crate) fn live(body: impl FnOnce()) -> ! {
    let passed = catch_unwind(AssertUnwindSafe(body)).is_ok() && !has_leaked();
    process::exit_now(if passed { 0 } else { FAILED })
}

/// Whether this process holds memory that nothing leads to; tells on stderr which. A process that leaves by
/// _exit(2) is not asked by the sanitizer itself. Only `scripts/sanitize` builds with this.
fn has_leaked() -> bool {
    #[cfg(leak_check)]
    {
        #[allow(unsafe_code, reason = "the sanitizer is a C library")]
        unsafe extern "C" {
            safe fn __lsan_do_recoverable_leak_check() -> i32;
        }
        __lsan_do_recoverable_leak_check() != 0
    }
    #[cfg(not(leak_check))]
    false
}

/// Starts a process of the runtime that runs `body` and ends; its id.
pub(crate) fn start(
    rt: &mut Runtime,
    pipe: Option<PipeToken>,
    body: impl FnOnce(&mut Runtime),
) -> process::Pid {
    match rt.fork(Child::process(pipe)).unwrap() {
        Forked::Parent { child } => child,
        Forked::Child => live(|| body(rt)),
    }
}

/// Reaps the next child to end, and expects it to be `child` and to have found nothing wrong.
pub(crate) fn reap(rt: &mut Runtime, child: process::Pid) {
    let end = End::Exited(0);
    assert_eq!(rt.pipes.reap(WaitMode::Wait), Ok(Some(Reaped { pid: child, end })));
}

/// Reaps all children, and expects them to have found nothing wrong.
pub(crate) fn wait_for_all() {
    loop {
        match process::reap(WaitMode::Wait) {
            Ok(Some(report)) if report.reaped.end == End::Exited(0) => {}
            Err(Errno::ECHILD) => return,
            other => panic!("a child of this test ended with {other:?}"),
        }
    }
}

/// The numbers of the open descriptors.
pub(crate) fn descriptors() -> BTreeSet<i32> {
    let numbers: Vec<i32> = std::fs::read_dir("/proc/self/fd")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().parse().unwrap())
        .collect();
    // The folder itself was open while it was read.
    numbers.into_iter().filter(|&number| fd::is_open(number)).collect()
}

/// What a read or a pop gives that finds `text`.
pub(crate) fn found<E>(text: &str) -> Result<Vec<u8>, E> {
    Ok(text.as_bytes().to_vec())
}

/// Runs `body`, which must leave the descriptors of this process as they are.
pub(crate) fn leaks_nothing<R>(body: impl FnOnce() -> R) -> R {
    let before = descriptors();
    let result = body();
    assert_eq!(descriptors(), before, "the descriptors before and after differ");
    result
}

/// Signals do what they do in a new session, whatever the one who started the tests has blocked or ignored: the limit
/// of time and the ends of children are signals.
fn forget_the_signals_of_the_caller() {
    let action = SigAction::new(SigHandler::SigDfl, SaFlags::empty(), SigSet::empty());
    for signal in Signal::iterator() {
        if !matches!(signal, Signal::SIGKILL | Signal::SIGSTOP) {
            #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
            // SAFETY: no handler is installed.
            unsafe { sigaction(signal, &action) }.expect("the default action");
        }
    }
    SigSet::empty().thread_set_mask().expect("a mask of signals");
}

/// Installs a handler for SIGUSR1 that does nothing.
pub(crate) fn catch_signal(flags: SaFlags) {
    extern "C" fn nothing(_: i32) {}
    let action = SigAction::new(SigHandler::Handler(nothing), flags, SigSet::empty());
    #[allow(unsafe_code, reason = "nix marks what runs in a signal handler as unsafe")]
    // SAFETY: the handler does nothing.
    unsafe { sigaction(Signal::SIGUSR1, &action) }.unwrap();
}

/// Waits until a process sleeps in a system call.
pub(crate) fn wait_for_the_sleep_of(pid: process::Pid) {
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        if stat.rsplit(')').next().unwrap().trim_start().starts_with('S') {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Holds up a process until another one lets it pass. It uses no call that a fault plan can reach.
pub(crate) struct Gate {
    reader: PipeReader,
    writer: PipeWriter,
}

impl Gate {
    pub(crate) fn new() -> Gate {
        let (reader, writer) = std::io::pipe().unwrap();
        Gate { reader, writer }
    }

    /// Lets one process pass.
    pub(crate) fn open(&self) {
        (&self.writer).write_all(b"x").unwrap();
    }

    /// Waits for the gate to open.
    pub(crate) fn pass(&self) {
        (&self.reader).read_exact(&mut [0]).unwrap();
    }
}
