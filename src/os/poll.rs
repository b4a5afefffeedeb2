//! poll(2) of any number of descriptors.

use crate::os::Result;
use crate::os::epoll::Interest;
use crate::os::prepared_wait::PreparedWait;
use std::os::fd::RawFd;
use std::time::Duration;

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
