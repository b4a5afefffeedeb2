//! The identity of a process: its pid and its start time. The system gives the pid of an exited process to another one.

use crate::os::epoll::Interest;
use crate::os::fault::{Call, check};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, errno_of, fd, pidfd};
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A process: its pid and its start time, in ticks of the kernel's clock (the low 32 bits). The time is 0 when it is
/// not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The pid.
    pub pid: Pid,
    /// The start time.
    pub started: u32,
}

/// The identity of the process that asked last.
static OWN: AtomicU64 = AtomicU64::new(0);

/// The generation of that process; 0 for none.
static ASKED_BY: AtomicU32 = AtomicU32::new(0);

/// proc(5), `/proc/self/stat`: this process. Each process reads the file once.
#[inline]
pub fn own() -> Identity {
    if ASKED_BY.load(Ordering::Acquire) == process::generation() {
        unpack(OWN.load(Ordering::Relaxed))
    } else {
        find_own()
    }
}

#[cold]
fn find_own() -> Identity {
    let pid = process::pid();
    // In a pid namespace without a /proc of its own, /proc shows other processes.
    let status = status(None).ok().filter(|status| status.pid == pid);
    let own = Identity { pid, started: status.map_or(0, |status| status.started) };
    OWN.store(u64::from(own.started) << 32 | u64::from(pid.cast_unsigned()), Ordering::Relaxed);
    ASKED_BY.store(process::generation(), Ordering::Release);
    own
}

fn unpack(packed: u64) -> Identity {
    let low = u32::try_from(packed & u64::from(u32::MAX)).unwrap_or(0);
    Identity { pid: low.cast_signed(), started: u32::try_from(packed >> 32).unwrap_or(0) }
}

/// kill(2) with signal 0, then proc(5) or pidfd_open(2): whether a process still runs. A zombie does not run. When the
/// kernel does not tell, the process counts as running.
pub fn is_alive(identity: Identity) -> bool {
    if process::kill(identity.pid, 0) == Err(Errno::ESRCH) {
        return false;
    }
    // Where /proc shows another pid namespace, the start time of this process is unknown.
    if own().started != 0
        && let Ok(status) = status(Some(identity.pid))
    {
        let is_other = identity.started != 0 && status.started != identity.started;
        return !status.has_ended && !is_other;
    }
    // It may be hidden (hidepid), or have exited just now.
    match pidfd::open(identity.pid) {
        Ok(pidfd) => fd::readiness(pidfd.as_raw_fd(), Interest::READ) != Ok(Interest::READ),
        Err(errno) => errno != Errno::ESRCH,
    }
}

struct Status {
    pid: Pid,
    has_ended: bool,
    started: u32,
}

/// proc(5), `stat`: of a process, or of the calling one.
fn status(pid: Option<Pid>) -> Result<Status> {
    let path = pid.map_or_else(|| String::from("/proc/self/stat"), |pid| format!("/proc/{pid}/stat"));
    check(Call::Open)?;
    let text = std::fs::read(path).map_err(errno_of)?;
    parse(&text).ok_or(Errno::EINVAL)
}

fn parse(text: &[u8]) -> Option<Status> {
    // The second field is the program's name in parentheses, which may contain any characters.
    let end = text.iter().rposition(|&byte| byte == b')')?;
    let (head, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let pid = std::str::from_utf8(head.split(|&byte| byte == b' ').next()?).ok()?.parse().ok()?;
    let mut fields = std::str::from_utf8(rest).ok()?.split_ascii_whitespace();
    let has_ended = matches!(fields.next()?, "Z" | "X" | "x");
    // The state is the third field, the start the twenty-second.
    let ticks: u64 = fields.nth(18)?.parse().ok()?;
    let started = u32::try_from(ticks & u64::from(u32::MAX)).unwrap_or(0);
    Some(Status { pid, has_ended, started })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_blanks_and_parentheses_hides_nothing() {
        let text = b"42 (a) b) Z 1 1 1 0 -1 4 5 6 7 8 9 10 11 12 20 0 1 0 4294967303 99 1";
        let status = parse(text).unwrap();
        assert_eq!((status.pid, status.has_ended, status.started), (42, true, 7));
        assert!(parse(b"42 (cut S 1").is_none() && parse(b"").is_none());
    }

    #[test]
    fn this_process_lives_and_one_with_its_number_that_began_at_another_time_does_not() {
        let own = own();
        assert_eq!(own.pid, process::pid());
        assert!(own.started != 0 && is_alive(own));
        assert!(is_alive(Identity { started: 0, ..own }));
        assert!(!is_alive(Identity { started: own.started.wrapping_add(1), ..own }));
        // Above the largest number that Linux gives.
        assert!(!is_alive(Identity { pid: (1 << 22) + 1, started: 0 }));
    }
}
