//! Descriptors that coroutines wait for.
//!
//! A descriptor is registered with epoll at its first wait, edge-triggered, and stays registered: a wait costs no system
//! call. This is correct only for callers that have tried the call first and got `EAGAIN`: the kernel keeps what happens
//! between that and the wait until the loop looks again.
//!
//! Room to write is reported from the first wait for it. A unix socket reports room after each message that the other
//! side takes, and would wake a process that only waits to read.

use crate::os::epoll::Interest;
use crate::os::fd::{self, Identity};
use crate::os::{Errno, Result};
use crate::rt::core::wait::Waiter;
use slab::Slab;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};

/// Names a registered descriptor. It is invalid in another process, and once the loop has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    index: u32,
    generation: u32,
}

/// The direction of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Data to read, or EOF.
    Read,
    /// Room to write, or the end of a connection attempt.
    Write,
}

#[derive(Debug)]
struct Entry {
    fd: RawFd,
    generation: u32,
    reader: Option<Waiter>,
    writer: Option<Waiter>,
    owner: Owner,
    /// The events that epoll reports for it.
    interest: Interest,
    /// For a descriptor that reports an exit, such as a pidfd: whether the exit has come. It concerns readers and
    /// writers.
    end: Option<bool>,
}

/// How a registered descriptor is kept valid.
#[derive(Debug)]
enum Owner {
    /// Its owner removes the registration before it closes the descriptor.
    Caller,
    /// The descriptor may be closed without notice; this was open under its number.
    Other(Identity),
    /// Epoll was given this duplicate, which we own and close when nothing waits any more.
    Registration(OwnedFd),
}

impl Entry {
    /// The number that epoll was given.
    fn number(&self) -> RawFd {
        match &self.owner {
            Owner::Registration(own) => fd::number(own),
            Owner::Caller | Owner::Other(_) => self.fd,
        }
    }

    fn slot(&mut self, direction: Direction) -> &mut Option<Waiter> {
        match direction {
            Direction::Read => &mut self.reader,
            Direction::Write => &mut self.writer,
        }
    }
}

/// The registered descriptors and their waiters.
#[derive(Debug, Default)]
pub struct Registrations {
    entries: Slab<Entry>,
    waiting: usize,
    copies: usize,
}

impl Direction {
    /// The events that epoll reports for a descriptor whose first wait is for this direction.
    fn first_interest(self) -> Interest {
        match self {
            Direction::Read => Interest::READ | Interest::EDGE,
            Direction::Write => Interest::READ | Interest::WRITE | Interest::EDGE,
        }
    }
}

/// The bit that marks event data of a registration.
const MARK: u64 = 1 << 62;

impl Watch {
    /// The event data for epoll.
    pub(super) fn data(self) -> u64 {
        MARK | u64::from(self.generation) << 32 | u64::from(self.index)
    }

    /// The reverse of [`Watch::data`]; `None` for event data of other tables.
    pub(super) fn from_data(data: u64) -> Option<Watch> {
        let part = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).ok();
        if data & MARK == 0 {
            return None;
        }
        Some(Watch { index: part(data)?, generation: part((data & !MARK) >> 32)? })
    }
}

impl Registrations {
    /// Registers a descriptor whose first wait is for this direction. The generation distinguishes it from earlier ones
    /// in the same place.
    pub(super) fn insert(&mut self, fd: RawFd, direction: Direction, generation: u32) -> Option<Watch> {
        self.insert_owned(fd, Owner::Caller, generation, direction.first_interest())
    }

    /// As [`Registrations::insert`], for a descriptor that may be closed without notice.
    pub(super) fn insert_fleeting(
        &mut self,
        fd: RawFd,
        generation: u32,
        interest: Interest,
    ) -> Result<Watch> {
        let identity = fd::identity(fd)?;
        self.insert_owned(fd, Owner::Other(identity), generation, interest).ok_or(Errno::ENOMEM)
    }

    /// As [`Registrations::insert`], for a descriptor that is closed with its registration.
    pub(super) fn insert_own(
        &mut self,
        own: OwnedFd,
        direction: Direction,
        generation: u32,
    ) -> Option<Watch> {
        self.copies += 1;
        self.insert_owned(fd::number(&own), Owner::Registration(own), generation, direction.first_interest())
    }

    fn insert_owned(
        &mut self,
        fd: RawFd,
        owner: Owner,
        generation: u32,
        interest: Interest,
    ) -> Option<Watch> {
        let entry = Entry { fd, generation, reader: None, writer: None, owner, interest, end: None };
        let index = self.entries.insert(entry);
        u32::try_from(index).ok().map(|index| Watch { index, generation })
    }

    /// Epoll gets this duplicate from now on, in place of the descriptor itself.
    pub(super) fn set_own(&mut self, watch: Watch, own: OwnedFd) {
        if let Some(entry) = self.entry(watch) {
            let had_own = matches!(
                std::mem::replace(&mut entry.owner, Owner::Registration(own)),
                Owner::Registration(_)
            );
            self.copies += usize::from(!had_own);
        }
    }

    /// The registration of a descriptor of this number, if its owner has registered it.
    pub(super) fn find(&self, fd: RawFd) -> Option<Watch> {
        let mut entries = self.entries.iter();
        let (index, entry) =
            entries.find(|(_, entry)| entry.fd == fd && !matches!(entry.owner, Owner::Registration(_)))?;
        u32::try_from(index).ok().map(|index| Watch { index, generation: entry.generation })
    }

    /// Marks a descriptor that reports an exit, such as a pidfd.
    pub(super) fn set_end(&mut self, watch: Watch) {
        if let Some(entry) = self.entry(watch) {
            entry.end = Some(false);
        }
    }

    /// Notes that the exit has come, if the descriptor reports one. Returns whether it does.
    pub(super) fn note_end(&mut self, watch: Watch) -> bool {
        match self.entry(watch).and_then(|entry| entry.end.as_mut()) {
            Some(ended) => {
                *ended = true;
                true
            }
            None => false,
        }
    }

    /// Whether the exit that it reports has come.
    pub fn has_ended(&mut self, watch: Watch) -> bool {
        self.entry(watch).is_some_and(|entry| entry.end == Some(true))
    }

    /// The descriptor, if it was registered by [`Registrations::insert_own`].
    pub(super) fn own(&self, watch: Watch) -> Option<BorrowedFd<'_>> {
        let entry = self.entries.get(usize::try_from(watch.index).ok()?)?;
        match &entry.owner {
            Owner::Registration(own) if entry.generation == watch.generation => Some(own.as_fd()),
            _ => None,
        }
    }

    /// Whether there are descriptors of our own, which may be copies of the script's.
    pub(super) fn has_copies(&self) -> bool {
        self.copies > 0
    }

    fn entry(&mut self, watch: Watch) -> Option<&mut Entry> {
        let entry = self.entries.get_mut(usize::try_from(watch.index).ok()?)?;
        (entry.generation == watch.generation).then_some(entry)
    }

    /// Whether it is still registered.
    pub fn is_known(&mut self, watch: Watch) -> bool {
        self.entry(watch).is_some()
    }

    /// Removes a registration and returns its waiters. `forget` is called with the number that epoll has, unless
    /// something else is open under that number by now.
    pub(super) fn remove(&mut self, watch: Watch, forget: impl FnOnce(RawFd)) -> Option<[Option<Waiter>; 2]> {
        self.entry(watch)?;
        let entry = self.entries.try_remove(usize::try_from(watch.index).ok()?)?;
        let waiters = [entry.reader, entry.writer];
        self.waiting -= waiters.iter().flatten().count();
        let number = entry.number();
        match entry.owner {
            Owner::Caller => forget(number),
            Owner::Other(identity) if fd::identity(number) == Ok(identity) => forget(number),
            Owner::Other(_) => {}
            Owner::Registration(own) => {
                self.copies -= 1;
                forget(number);
                drop(own);
            }
        }
        Some(waiters)
    }

    /// Whether nothing waits.
    pub fn is_idle(&self) -> bool {
        self.waiting == 0
    }

    /// The waiter for this direction of a descriptor.
    pub fn waiter(&mut self, watch: Watch, direction: Direction) -> Option<Waiter> {
        *self.entry(watch)?.slot(direction)
    }

    /// Begins a wait for a direction. False when the descriptor is not registered.
    pub fn wait(&mut self, watch: Watch, direction: Direction, waiter: Waiter) -> bool {
        let Some(entry) = self.entry(watch) else { return false };
        if entry.slot(direction).replace(waiter).is_none() {
            self.waiting += 1;
        }
        true
    }

    /// Ends this wait, if it has not ended yet.
    pub fn forget(&mut self, watch: Watch, direction: Direction, waiter: Waiter) {
        if self.waiter(watch, direction) == Some(waiter) {
            self.take(watch, direction);
        }
    }

    /// Ends the wait for a direction and returns its waiter.
    pub fn take(&mut self, watch: Watch, direction: Direction) -> Option<Waiter> {
        let waiter = self.entry(watch)?.slot(direction).take()?;
        self.waiting -= 1;
        Some(waiter)
    }

    /// All registrations, with the numbers that epoll was given and the events that it reports.
    pub(super) fn known(&self) -> impl Iterator<Item = (RawFd, Watch, Interest)> + '_ {
        self.entries.iter().filter_map(|(index, entry)| {
            let index = u32::try_from(index).ok()?;
            Some((entry.number(), Watch { index, generation: entry.generation }, entry.interest))
        })
    }

    /// The events that epoll reports for a descriptor.
    pub(super) fn interest(&mut self, watch: Watch) -> Interest {
        self.entry(watch).map_or(Interest::EDGE, |entry| entry.interest)
    }

    /// Lets epoll report room to write, too. `change` is called with the number and the events for epoll if it does not
    /// do so yet.
    pub(super) fn report_room(
        &mut self,
        watch: Watch,
        change: impl FnOnce(RawFd, Interest) -> Result<()>,
    ) -> Result<()> {
        let Some(entry) = self.entry(watch) else { return Err(Errno::ENOENT) };
        if entry.interest.contains(Interest::WRITE) {
            return Ok(());
        }
        let interest = entry.interest | Interest::WRITE;
        change(entry.number(), interest)?;
        entry.interest = interest;
        Ok(())
    }

    /// Removes everything.
    pub(super) fn clear(&mut self) {
        *self = Registrations::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_comes_back_as_the_watch_it_was_made_of() {
        for watch in [Watch { index: 0, generation: 0 }, Watch { index: u32::MAX, generation: 0x3fff_ffff }] {
            assert_eq!(Watch::from_data(watch.data()), Some(watch));
        }
        assert_eq!(Watch::from_data(7 << 32 | 3), None);
    }

    #[test]
    fn a_watch_of_an_earlier_descriptor_names_nothing() {
        let mut registrations = Registrations::default();
        let old = registrations.insert(5, Direction::Read, 1).unwrap();
        assert!(registrations.remove(old, |_| ()).is_some() && registrations.remove(old, |_| ()).is_none());
        let new = registrations.insert(6, Direction::Read, 2).unwrap();
        assert!(!registrations.is_known(old) && registrations.is_known(new));
    }
}
