//! The kernel's table of watched descriptors (epoll(7)).
//!
//! After a fork the table is shared with the parent: a child must neither change nor wait on it, only close it.
//! Dropping it only closes it.

use crate::os::fault::{Call, check};
use crate::os::owned::own;
use crate::os::prepared_wait::{self, PreparedWait};
use crate::os::{Errno, Result};
use bitflags::bitflags;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

bitflags! {
    /// The events that a descriptor is watched for, or that have occurred.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Interest: u32 {
        /// Data to read, or EOF.
        const READ = libc::EPOLLIN.cast_unsigned();
        /// Room to write.
        const WRITE = libc::EPOLLOUT.cast_unsigned();
        /// Urgent data.
        const URGENT = libc::EPOLLPRI.cast_unsigned();
        /// An error. Always watched.
        const ERROR = libc::EPOLLERR.cast_unsigned();
        /// The other side is gone. Always watched.
        const HANGUP = libc::EPOLLHUP.cast_unsigned();
        /// Only changes are reported, each once (edge-triggered).
        const EDGE = libc::EPOLLET.cast_unsigned();
        /// Of all waiters for the descriptor, only one or a few are woken. Can only be set when adding.
        const EXCLUSIVE = libc::EPOLLEXCLUSIVE.cast_unsigned();
    }
}

/// An event that has occurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The value that was given to [`Epoll::add`].
    pub data: u64,
    /// What happened.
    pub what: Interest,
}

impl AsFd for Epoll {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// An epoll instance.
#[derive(Debug)]
pub struct Epoll {
    fd: OwnedFd,
    /// The buffer of the kernel's events, kept between waits.
    events: Vec<libc::epoll_event>,
}

impl Epoll {
    /// epoll_create1(2) with close-on-exec. One wait returns at most `batch` events.
    pub fn new(batch: usize) -> Result<Epoll> {
        check(Call::EpollCreate)?;
        // SAFETY: epoll_create1 takes a number.
        let fd = Errno::result(unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) })?;
        // SAFETY: the kernel has just returned this number; it has no other owner.
        let fd = unsafe { own(fd) }?;
        Ok(Epoll { fd, events: vec![libc::epoll_event { events: 0, u64: 0 }; batch.max(1)] })
    }

    /// epoll_ctl(2), `EPOLL_CTL_ADD`. `EPERM` for what cannot be watched (plain files, directories), `EBADF` for a
    /// descriptor that is not open, `EEXIST` when it is already watched.
    pub fn add(&self, fd: RawFd, interest: Interest, data: u64) -> Result<()> {
        self.control(libc::EPOLL_CTL_ADD, fd, interest, data)
    }

    /// epoll_ctl(2), `EPOLL_CTL_MOD`. `ENOENT` when it is not watched: the kernel forgets closed descriptors.
    pub fn modify(&self, fd: RawFd, interest: Interest, data: u64) -> Result<()> {
        self.control(libc::EPOLL_CTL_MOD, fd, interest, data)
    }

    /// epoll_ctl(2), `EPOLL_CTL_DEL`. `ENOENT` as for [`Epoll::modify`].
    pub fn remove(&self, fd: RawFd) -> Result<()> {
        self.control(libc::EPOLL_CTL_DEL, fd, Interest::empty(), 0)
    }

    fn control(&self, operation: i32, fd: RawFd, interest: Interest, data: u64) -> Result<()> {
        check(Call::EpollCtl)?;
        let mut event = libc::epoll_event { events: interest.bits(), u64: data };
        // SAFETY: the kernel reads `event`; bad numbers are errors it reports.
        Errno::result(unsafe { libc::epoll_ctl(self.fd.as_raw_fd(), operation, fd, &raw mut event) })?;
        Ok(())
    }

    /// epoll_pwait2(2) or epoll_pwait(2): waits for events, for `limit` at most, and returns those that have occurred. With
    /// `prepared` a signal ends the wait (`EINTR`), even if it came since the wait was prepared.
    pub fn wait(
        &mut self,
        limit: Option<Duration>,
        prepared: Option<&PreparedWait>,
    ) -> Result<impl Iterator<Item = Event> + '_> {
        let (fd, events) = (self.fd.as_raw_fd(), self.events.as_mut_slice());
        let count = match prepared {
            Some(prepared) => prepared.epoll_wait(fd, events, limit),
            None => prepared_wait::epoll_pwait(fd, events, limit, std::ptr::null()),
        }?;
        Ok(self
            .events
            .iter()
            .take(count)
            .map(|event| Event { data: event.u64, what: Interest::from_bits_truncate(event.events) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::pipe::{Kind, Wait, pair, send};
    use std::os::fd::AsFd;

    #[test]
    fn what_happens_is_told_with_the_data_of_its_descriptor() {
        let mut epoll = Epoll::new(8).unwrap();
        let (a, b) = pair(Kind::Stream).unwrap();
        epoll.add(a.as_raw_fd(), Interest::READ, 7).unwrap();
        assert_eq!(epoll.wait(Some(Duration::ZERO), None).unwrap().count(), 0);
        send(b.as_fd(), b"x", Wait::Never).unwrap();
        let events: Vec<Event> = epoll.wait(None, None).unwrap().collect();
        assert_eq!(events, [Event { data: 7, what: Interest::READ }]);
    }

    #[test]
    fn the_kernel_forgets_what_is_closed_and_refuses_plain_files() {
        let epoll = Epoll::new(8).unwrap();
        let (a, _b) = pair(Kind::Stream).unwrap();
        let number = a.as_raw_fd();
        epoll.add(number, Interest::READ, 0).unwrap();
        assert_eq!(epoll.add(number, Interest::READ, 0), Err(Errno::EEXIST));
        drop(a);
        assert!(matches!(epoll.modify(number, Interest::READ, 0), Err(Errno::EBADF | Errno::ENOENT)));
        let file = std::fs::File::open("Cargo.toml").unwrap();
        assert_eq!(epoll.add(file.as_raw_fd(), Interest::READ, 0), Err(Errno::EPERM));
    }
}
