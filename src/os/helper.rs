//! Helper processes. No wait of a script sees them: their exit sends no signal, and only a wait that asks for such
//! processes reaps them (clone(2), waitid(2) with `__WALL`).

use crate::os::fault::{Call, check};
use crate::os::process::{self, Child, End, Fork, Pid};
use crate::os::{Errno, Result, file, owned};
use std::os::fd::{AsFd, RawFd};

/// clone(2) without an exit signal, otherwise as fork(2). All signals are blocked around it.
///
/// The call bypasses the C library, so no handlers of pthread_atfork(3) run: those are for children that continue this
/// program. The library's own state is that of the calling thread, which is the only one.
pub fn fork() -> Result<Fork> {
    process::fork_by(|| {
        check(Call::Clone)?;
        let none: libc::c_ulong = 0;
        // SAFETY: this library starts no threads. Without flags the call is fork(2) with no signal; all its arguments
        // are nought, in whatever order the architecture has them.
        let pid = Errno::result(unsafe { libc::syscall(libc::SYS_clone, none, none, none, none, none) })?;
        Pid::try_from(pid).map_err(|_| Errno::ECHILD)
    })
}

/// waitid(2), `__WALL`: waits until a process made by [`fork`] exits, and reaps it.
pub fn reap(pid: Pid) -> Result<End> {
    let report = process::waitid(Child::Of(pid), libc::WEXITED | libc::__WALL)?;
    report.map(|report| report.reaped.end).ok_or(Errno::ECHILD)
}

/// close_range(2), or close(2) one by one before Linux 5.9: closes everything above the standard descriptors except
/// `kept`. For a process whose code owns none of the closed descriptors any more.
pub fn close_others(kept: &[RawFd]) {
    let mut first = 3;
    // No list is made: the memory may be that of the parent (`os/program.rs`).
    while let Some(next) = kept.iter().copied().filter(|&fd| fd >= first).min() {
        close_between(first, next - 1);
        first = next + 1;
    }
    close_between(first, RawFd::MAX);
}

fn close_between(first: RawFd, last: RawFd) {
    if first > last {
        return;
    }
    let closed = check(Call::CloseRange).and_then(|()| {
        // SAFETY: as the caller promises, no code uses what is closed.
        Errno::result(unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) })
    });
    if closed.is_err() {
        for fd in first..=last.min(number_limit()) {
            // SAFETY: as above.
            unsafe { libc::close(fd) };
        }
    }
}

/// proc(5), `/proc/self/status`: an upper limit of the numbers of open descriptors. Allocates no memory.
fn number_limit() -> RawFd {
    let mut text = [0; 4096];
    let file = owned::open(c"/proc/self/status", libc::O_RDONLY, 0);
    let len = file.and_then(|file| file::read(file.as_fd(), &mut text)).unwrap_or(0);
    let text = text.get(..len).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default();
    let size = text.lines().find_map(|line| line.strip_prefix("FDSize:")?.trim().parse().ok());
    size.unwrap_or(USUAL_LIMIT)
}

/// The limit where nothing tells it: programs seldom have more descriptors.
const USUAL_LIMIT: RawFd = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::process::WaitMode;

    #[test]
    fn the_end_of_such_a_process_is_for_those_who_ask_for_it() {
        let Fork::Parent { child } = fork().unwrap() else { process::exit_now(7) };
        assert_eq!(process::wait_nowait(Child::Of(child)), Err(Errno::ECHILD));
        assert_eq!(process::reap(WaitMode::Wait), Err(Errno::ECHILD));
        assert_eq!(reap(child), Ok(End::Exited(7)));
        assert_eq!(reap(child), Err(Errno::ECHILD));
    }
}
