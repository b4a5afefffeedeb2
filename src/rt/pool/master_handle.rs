//! The master of a pool, as its workers and their children know it: its process, not just its pid.

use crate::os::epoll::Interest;
use crate::os::pidfd;
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result, fd};
use std::os::fd::OwnedFd;

/// Distinguishes a process from later ones with the same pid. Made by the process itself, and inherited by its
/// children.
#[derive(Debug)]
pub(super) struct MasterHandle {
    pid: Pid,
    /// `None` where no pidfd can be had: old kernels, filters, no descriptors left.
    pidfd: Option<OwnedFd>,
}

impl MasterHandle {
    /// This process.
    pub(super) fn of_this_process() -> MasterHandle {
        let pid = process::pid();
        MasterHandle { pid, pidfd: pidfd::open(pid).ok() }
    }

    /// Its pid.
    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// Sends it a signal. `ESRCH` when it has exited, or when that cannot be known.
    pub(super) fn signal(&self, signal: i32) -> Result<()> {
        match self.pidfd.as_ref().map(|pidfd| pidfd::signal_behind(pidfd, signal)) {
            Some(Err(Errno::ENOSYS)) | None => {}
            Some(sent) => return sent,
        }
        if self.pid != process::pid() && self.pid != process::parent() {
            return Err(Errno::ESRCH);
        }
        process::kill(self.pid, signal)
    }

    /// Whether it runs. Without a pidfd, any process with its pid counts.
    pub(super) fn is_running(&self) -> bool {
        match &self.pidfd {
            Some(pidfd) => !fd::readiness(fd::number(pidfd), Interest::READ).is_ok_and(|end| !end.is_empty()),
            None => process::kill(self.pid, 0) != Err(Errno::ESRCH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::clock;
    use crate::os::helper;
    use crate::os::process::Fork;
    use std::time::Duration;

    /// Makes a process that no wait of another test sees.
    fn child(body: fn()) -> Pid {
        let Fork::Parent { child } = helper::fork().unwrap() else {
            body();
            process::exit_now(0);
        };
        child
    }

    fn sleep_for_ever() {
        loop {
            clock::pause(Duration::from_secs(1));
        }
    }

    #[test]
    fn a_process_that_has_got_the_id_of_the_dead_master_gets_no_signal() {
        let dead = child(|| ());
        let pidfd = pidfd::open(dead).unwrap();
        helper::reap(dead).unwrap();
        // As if this process had got the same pid.
        let handle = MasterHandle { pid: process::pid(), pidfd: Some(pidfd) };
        assert_eq!(handle.signal(9), Err(Errno::ESRCH));
        assert!(!handle.is_running());
    }

    #[test]
    fn a_process_knows_itself() {
        let handle = MasterHandle::of_this_process();
        assert!(handle.pidfd.is_some() && handle.is_running());
        assert_eq!((handle.pid(), handle.signal(0)), (process::pid(), Ok(())));
    }

    #[test]
    fn without_a_descriptor_only_the_process_itself_and_its_parent_are_known() {
        let handle = |pid| MasterHandle { pid, pidfd: None };
        let other = child(sleep_for_ever);
        assert_eq!(
            [process::parent(), process::pid(), other].map(|pid| handle(pid).signal(0)),
            [Ok(()), Ok(()), Err(Errno::ESRCH)]
        );
        assert!(handle(other).is_running());
        process::kill(other, 9).unwrap();
        helper::reap(other).unwrap();
        assert!(!handle(other).is_running());
    }
}
