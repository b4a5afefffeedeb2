//! poll(2) of any number of descriptors.

use crate::os::epoll::Interest;
use crate::os::fault::{Call, check};
use crate::os::prepared_wait::PreparedWait;
use crate::os::{Errno, Result, uninterrupted};
use std::os::fd::RawFd;
use std::time::Duration;

/// poll(2) of one descriptor without waiting: which events have occurred. A signal interrupts this call, too, if there is
/// nothing to report, so it is repeated.
pub(super) fn check_now(fd: RawFd, events: i16) -> Result<i16> {
    let mut entry = libc::pollfd { fd, events, revents: 0 };
    uninterrupted(|| {
        check(Call::Poll)?;
        // SAFETY: the pointer and the count describe `entry`.
        Errno::result(unsafe { libc::poll(&raw mut entry, 1, 0) })
    })?;
    Ok(entry.revents)
}

/// Descriptors, and what of them is waited for.
#[derive(Debug, Default)]
pub struct PollList(Vec<libc::pollfd>);

impl PollList {
    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds one. With no interest only errors and hangups are told.
    pub fn add(&mut self, fd: RawFd, interest: Interest) {
        let bit = |part, bit| if interest.contains(part) { bit } else { 0 };
        let events = bit(Interest::READ, libc::POLLIN) | bit(Interest::WRITE, libc::POLLOUT);
        self.0.push(libc::pollfd { fd, events, revents: 0 });
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the one that was added as number `at`, from 0, is ready.
    pub fn is_ready(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|entry| entry.revents != 0)
    }

    /// ppoll(2): waits until one is ready, for `limit` at most. `EINTR` when a signal was handled. How many are ready.
    pub fn wait(&mut self, limit: Option<Duration>, prepared: &PreparedWait) -> Result<usize> {
        prepared.poll(&mut self.0, limit)?;
        Ok(self.0.iter().filter(|entry| entry.revents != 0).count())
    }
}
