//! Processes: fork, exec, wait, kill, exit, sessions, interval timers, scheduling.

use crate::os::fault::{Call, check};
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, Result, clock, errno_of, private_fd};
use nix::sys::signal::{SigSet, SigmaskHow};
use nix::unistd::{SysconfVar, sysconf};
use std::cell::Cell;
use std::ffi::CStr;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// A process id as the kernel counts it.
pub type Pid = libc::pid_t;

/// The side of a fork that the caller is on.
#[derive(Debug)]
pub enum Fork {
    /// The parent.
    Parent {
        /// The new process.
        child: Pid,
    },
    /// The child. All signals are blocked until `mask` is restored.
    Child {
        /// The signal mask of the caller.
        mask: SavedMask,
    },
}

/// Set in the child of a foreign fork.
static FORKED: AtomicBool = AtomicBool::new(false);

/// Set while [`fork`] forks.
static OURS: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// During a fork: the mask from before it.
    static BEFORE_FORK: Cell<Option<SigSet>> = const { Cell::new(None) };
}

/// Blocks all signals, unless [`fork`] has blocked them. Otherwise one of our handlers could note a signal in the child
/// before the child has released them, and it would be lost.
#[cold]
extern "C" fn hold_signals() {
    if OURS.load(Ordering::Relaxed) {
        return;
    }
    BEFORE_FORK.set(SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK).ok());
}

fn release_signals() {
    if let Some(mask) = BEFORE_FORK.take() {
        // It fails only for a bad `how`.
        let _ = mask.thread_set_mask();
    }
}

#[cold]
extern "C" fn note_fork() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
    if !OURS.load(Ordering::Relaxed) {
        FORKED.store(true, Ordering::Relaxed);
        private_fd::close_in_child();
        signal::reset_in_child();
        release_signals();
    }
}

/// Differs between each process and its parent.
static GENERATION: AtomicU32 = AtomicU32::new(1);

/// A number that differs between a process and its parent: data that is cached with this number is invalid in a child.
#[inline]
pub fn generation() -> u32 {
    GENERATION.load(Ordering::Relaxed)
}

/// Set in the parent at every fork(2) of this process, and at the start of a program.
static HAS_FORKED: AtomicBool = AtomicBool::new(false);

#[cold]
extern "C" fn note_child() {
    note_copies();
    // Also during a fork of ours: another thread may have begun its fork before.
    release_signals();
}

/// Other processes may hold copies of descriptors from now on.
pub(super) fn note_copies() {
    HAS_FORKED.store(true, Ordering::Relaxed);
}

/// Whether this process has forked since [`watch_forks`]: then others may hold copies of its descriptors.
#[inline]
pub fn has_forked() -> bool {
    HAS_FORKED.load(Ordering::Relaxed)
}

/// pthread_atfork(3): from now on [`take_foreign_fork`] reports forks that did not go through [`fork`].
pub fn watch_forks() -> Result<()> {
    check(Call::PthreadAtfork)?;
    // SAFETY: the handlers store to atomics and call signal(2), sigprocmask(2) and close(2), which is allowed in the child
    // of a fork.
    match unsafe { libc::pthread_atfork(Some(hold_signals), Some(note_child), Some(note_fork)) } {
        0 => Ok(()),
        error => Err(Errno::from_raw(error)),
    }
}

/// Whether this process is the child of a foreign fork; true once.
#[inline(always)]
pub fn take_foreign_fork() -> bool {
    FORKED.load(Ordering::Relaxed) && FORKED.swap(false, Ordering::Relaxed)
}

/// fork(2) with all signals blocked, so that no handler of the parent runs in the child before the child is prepared.
/// The parent's mask is restored before this returns.
#[cold]
pub fn fork() -> Result<Fork> {
    let forked = fork_by(|| {
        check(Call::Fork)?;
        OURS.store(true, Ordering::Relaxed);
        // SAFETY: this library starts no threads, and the child goes on as an ordinary PHP process.
        let result = Errno::result(unsafe { libc::fork() });
        OURS.store(false, Ordering::Relaxed);
        result
    })?;
    if let Fork::Child { .. } = forked {
        GENERATION.fetch_add(1, Ordering::Relaxed);
    }
    Ok(forked)
}

/// As [`fork`], by another call, which returns the pid of the child, and 0 in the child.
pub(super) fn fork_by(call: impl FnOnce() -> Result<Pid>) -> Result<Fork> {
    let mask = signal::block_all()?;
    let result = call();
    if result == Ok(0) {
        return Ok(Fork::Child { mask });
    }
    mask.restore();
    result.map(|child| Fork::Parent { child })
}

/// getpid(2).
pub fn pid() -> Pid {
    nix::unistd::getpid().as_raw()
}

/// getppid(2).
pub fn parent() -> Pid {
    nix::unistd::getppid().as_raw()
}

/// _exit(2): the process exits now. Nothing is flushed, no exit handler runs.
pub fn exit_now(status: i32) -> ! {
    // SAFETY: _exit does not return.
    unsafe { libc::_exit(status) }
}

/// exit(3): the process exits after the C library's exit handlers have run.
pub fn exit(status: i32) -> ! {
    // SAFETY: exit does not return.
    unsafe { libc::exit(status) }
}

/// execv(3) of the program named by the first argument. Returns only when it could not be started. Ignored signals stay
/// ignored in the program.
pub fn exec(arguments: &[&CStr]) -> Errno {
    let Some(path) = arguments.first() else { return Errno::EINVAL };
    let pointers: Vec<_> =
        arguments.iter().map(|argument| argument.as_ptr()).chain([std::ptr::null()]).collect();
    if let Err(errno) = check(Call::Execv) {
        return errno;
    }
    let deferred = signal::ignore_deferred();
    // SAFETY: the path and the arguments end with NUL, and the list of them ends with a null pointer.
    unsafe { libc::execv(path.as_ptr(), pointers.as_ptr()) };
    let errno = Errno::last();
    signal::replace_ignored(&deferred);
    errno
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited with this status (0 to 255).
    Exited(i32),
    /// This signal killed it.
    Killed(i32),
}

/// A reaped child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reaped {
    /// Its pid.
    pub pid: Pid,
    /// How it ended.
    pub end: End,
}

/// What a process and its own reaped children have used (getrusage(2)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time in user mode.
    pub user: Duration,
    /// Processor time in the kernel.
    pub system: Duration,
    /// The largest resident memory, in kilobytes.
    pub largest_resident: i64,
    /// Page faults without and with input.
    pub faults: (i64, i64),
    /// Blocks read from and written to disks.
    pub blocks: (i64, i64),
    /// Context switches, voluntary ones and others.
    pub switches: (i64, i64),
}

impl From<&libc::rusage> for Usage {
    fn from(usage: &libc::rusage) -> Usage {
        let time = |time: libc::timeval| {
            let micros = time.tv_sec.saturating_mul(1_000_000).saturating_add(time.tv_usec);
            Duration::from_micros(u64::try_from(micros).unwrap_or(0))
        };
        Usage {
            user: time(usage.ru_utime),
            system: time(usage.ru_stime),
            largest_resident: usage.ru_maxrss,
            faults: (usage.ru_minflt, usage.ru_majflt),
            blocks: (usage.ru_inblock, usage.ru_oublock),
            switches: (usage.ru_nvcsw, usage.ru_nivcsw),
        }
    }
}

/// All facts from the kernel about a reaped child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitReport {
    /// The child, and how it ended.
    pub reaped: Reaped,
    /// Whether it has left a core dump.
    pub has_dumped: bool,
    /// The resources that it has used.
    pub usage: Usage,
}

/// Whether [`reap`] waits for a child to exit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitMode {
    /// Until one has exited, or a signal handler has run (`EINTR`).
    Wait,
    /// Not at all.
    Poll,
}

/// wait4(2) for any child. `Ok(None)` when there are children and none has exited; `ECHILD` without children.
pub fn reap(mode: WaitMode) -> Result<Option<ExitReport>> {
    check(Call::Waitpid)?;
    let options = match mode {
        WaitMode::Wait => 0,
        WaitMode::Poll => libc::WNOHANG,
    };
    let mut status = 0;
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the kernel writes one integer to `status`, and at most one rusage to `usage`.
    let pid = Errno::result(unsafe { libc::wait4(-1, &raw mut status, options, usage.as_mut_ptr()) })?;
    if pid == 0 {
        return Ok(None);
    }
    let end = if libc::WIFSIGNALED(status) {
        End::Killed(libc::WTERMSIG(status))
    } else {
        End::Exited(libc::WEXITSTATUS(status))
    };
    // SAFETY: zeroed is a valid rusage, whether the kernel has filled it or not.
    let usage = Usage::from(&unsafe { usage.assume_init() });
    let has_dumped = libc::WIFSIGNALED(status) && libc::WCOREDUMP(status);
    Ok(Some(ExitReport { reaped: Reaped { pid, end }, has_dumped, usage }))
}

/// Selects children.
#[derive(Clone, Copy, Debug)]
pub enum Child<'a> {
    /// Any.
    Any,
    /// The one with this pid.
    Of(Pid),
    /// The one behind a pidfd, even if its pid was reused.
    Behind(BorrowedFd<'a>),
}

/// waitid(2) without waiting and without reaping: how a child has ended. `Ok(None)` when it runs, `ECHILD` when there
/// is no such child.
pub fn wait_nowait(child: Child<'_>) -> Result<Option<Reaped>> {
    let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
    Ok(waitid(child, options)?.map(|report| report.reaped))
}

/// waitid(2): waits until a child has exited, and does not reap it.
pub fn wait_for_exit(pid: Pid) -> Result<()> {
    waitid(Child::Of(pid), libc::WEXITED | libc::WNOWAIT).map(drop)
}

/// waitid(2) without waiting: reaps an exited child. Otherwise as [`wait_nowait`].
pub fn take(child: Child<'_>) -> Result<Option<ExitReport>> {
    waitid(child, libc::WEXITED | libc::WNOHANG)
}

/// waitid(2). `Ok(None)` when it has not waited, and no child has exited.
pub(super) fn waitid(child: Child<'_>, options: i32) -> Result<Option<ExitReport>> {
    let number = |number: i32| libc::id_t::try_from(number).map_err(|_| Errno::ECHILD);
    let (kind, id) = match child {
        Child::Any => (libc::P_ALL, 0),
        // 0 would mean the process group.
        Child::Of(0) => return Err(Errno::ECHILD),
        Child::Of(pid) => (libc::P_PID, number(pid)?),
        Child::Behind(pidfd) => (libc::P_PIDFD, number(pidfd.as_raw_fd())?),
    };
    let mut info = std::mem::MaybeUninit::<libc::siginfo_t>::zeroed();
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    check(Call::Waitid)?;
    // Not by the C library: that does not ask for the usage.
    // SAFETY: the kernel writes at most one siginfo_t to `info`, and at most one rusage to `usage`.
    Errno::result(unsafe {
        libc::syscall(libc::SYS_waitid, kind, id, info.as_mut_ptr(), options, usage.as_mut_ptr())
    })?;
    // SAFETY: zeroed is a valid siginfo_t, whether the kernel has filled it or not.
    let info = unsafe { info.assume_init() };
    // SAFETY: as above, for rusage.
    let usage = Usage::from(&unsafe { usage.assume_init() });
    // SAFETY: waitid fills the members of a child's end; a process id of 0 means "none has ended".
    let pid = unsafe { info.si_pid() };
    // SAFETY: as above.
    let status = unsafe { info.si_status() };
    let end = if info.si_code == libc::CLD_EXITED { End::Exited(status & 0xff) } else { End::Killed(status) };
    let has_dumped = info.si_code == libc::CLD_DUMPED;
    Ok((pid != 0).then_some(ExitReport { reaped: Reaped { pid, end }, has_dumped, usage }))
}

/// kill(2). Signal 0 only asks whether the process exists.
pub fn kill(pid: Pid, signal: i32) -> Result<()> {
    check(Call::Kill)?;
    // SAFETY: kill takes two numbers.
    Errno::result(unsafe { libc::kill(pid, signal) })?;
    Ok(())
}

/// The relation of a process to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChildState {
    /// A running child.
    Running,
    /// A child that has exited and was not reaped.
    Ended,
    /// Not a child of ours, or one that was reaped.
    NonMember,
}

/// waitid(2) without reaping: the relation of the process with this pid to us.
pub fn kinship(pid: Pid) -> Result<ChildState> {
    kinship_of(Child::Of(pid))
}

/// As [`kinship`], for the process behind a pidfd, even if its pid was reused. `EINVAL` before Linux 5.4.
pub fn kinship_behind(pidfd: BorrowedFd<'_>) -> Result<ChildState> {
    kinship_of(Child::Behind(pidfd))
}

fn kinship_of(child: Child<'_>) -> Result<ChildState> {
    match wait_nowait(child) {
        Ok(None) => Ok(ChildState::Running),
        Ok(Some(_)) => Ok(ChildState::Ended),
        Err(Errno::ECHILD) => Ok(ChildState::NonMember),
        Err(errno) => Err(errno),
    }
}

/// setsid(2): a new session without a terminal.
pub fn new_session() -> Result<()> {
    check(Call::Setsid)?;
    nix::unistd::setsid()?;
    Ok(())
}

/// setpgid(2): gives a child a process group of its own.
pub fn isolate(child: Pid) -> Result<()> {
    check(Call::Setpgid)?;
    nix::unistd::setpgid(nix::unistd::Pid::from_raw(child), nix::unistd::Pid::from_raw(0))
}

/// getpgid(2): the process group of a process.
pub fn group_of(pid: Pid) -> Result<Pid> {
    check(Call::Getpgid)?;
    Ok(nix::unistd::getpgid(Some(nix::unistd::Pid::from_raw(pid)))?.as_raw())
}

/// chdir(2).
pub fn enter_folder(folder: &Path) -> Result<()> {
    check(Call::Chdir)?;
    nix::unistd::chdir(folder)
}

/// setitimer(2): a signal each `microseconds` of timer `which` (`ITIMER_*`); none for zero.
pub fn set_interval(which: i32, microseconds: u64) -> Result<()> {
    check(Call::Setitimer)?;
    let time = clock::timeval(Duration::from_micros(microseconds));
    let timer = libc::itimerval { it_interval: time, it_value: time };
    // SAFETY: `timer` is read; a null old value is allowed.
    Errno::result(unsafe { libc::setitimer(which, &raw const timer, std::ptr::null_mut()) })?;
    Ok(())
}

/// proc(5), `statm`: the resident memory of a process, in bytes.
pub fn resident(pid: Pid) -> Result<u64> {
    check(Call::Open)?;
    let text = std::fs::read_to_string(format!("/proc/{pid}/statm"));
    let text = text.map_err(errno_of)?;
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).ok_or(Errno::EINVAL)?;
    check(Call::Sysconf)?;
    let page = sysconf(SysconfVar::PAGE_SIZE)?.and_then(|page| u64::try_from(page).ok());
    Ok(pages.saturating_mul(page.unwrap_or(4096)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_is_no_child_of_ours_does_not_count_as_one() {
        assert_eq!(kinship(pid()), Ok(ChildState::NonMember));
        let pidfd = crate::os::pidfd::open(pid()).unwrap();
        assert_eq!(kinship_behind(std::os::fd::AsFd::as_fd(&pidfd)), Ok(ChildState::NonMember));
    }
}
