//! Watched descriptors, and what is to be written to them.
//!
//! What happened is told once per turn; before each callback the caller asks again ([`Reactor::take`]), for an
//! earlier callback may have removed or replaced the watcher.
//!
//! What a descriptor has no room for waits in a write queue (`write_queue.rs`), which outlives its watcher.

use crate::os::epoll::{Epoll, Interest};
use crate::os::fd;
use crate::os::held::Held;
use crate::os::{Errno, Result, process};
use crate::rt::core::registrations::{Direction, Registrations, Watch};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::Waiter;
pub use crate::rt::core::write_queue::Loss;
use crate::rt::core::write_queue::{self, WriteQueue, WriteQueues};
use rustc_hash::FxHashMap;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

/// Events that one wait may give. More stay in the kernel for the next turn.
const BATCH: usize = 512;

/// How long a wait lasts at most while the kernel does not tell when a write queue can go on.
const RETRY: Duration = Duration::from_millis(10);

/// What to call when a descriptor is readable or writable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Callbacks {
    /// When it is readable.
    pub read: Option<Token>,
    /// When it is writable.
    pub write: Option<Token>,
}

/// Something happened to a watcher, or to a descriptor that a coroutine waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    data: u64,
    what: Interest,
}

impl Ready {
    /// The descriptor of a watcher.
    pub fn fd(self) -> RawFd {
        fd_of(self.data)
    }

    /// A descriptor with an error or a hang-up is ready for both: the next call on it will tell what it is.
    fn is_for(self, direction: Interest) -> bool {
        self.what.intersects(direction | Interest::ERROR | Interest::HANGUP)
    }
}

#[derive(Debug)]
struct Watcher {
    generation: u32,
    callbacks: Callbacks,
    /// What the script wants to know, and the kernel was asked for.
    wanted: Interest,
}

/// The watched descriptors of a loop.
#[derive(Debug, Default)]
pub struct Reactor {
    epoll: Option<Epoll>,
    watchers: FxHashMap<RawFd, Watcher>,
    /// Descriptors that coroutines wait for.
    pub registrations: Registrations,
    generation: u32,
    write_queues: WriteQueues,
    /// A watcher was removed or replaced since the last wait.
    removed: bool,
    /// There were copies of descriptors at the last wait, of write queues or of registrations.
    had_copies: bool,
    /// No code of the script has run since the last wait, so that no descriptor was closed.
    is_fresh: bool,
}

impl Reactor {
    fn epoll(&mut self) -> Result<&Epoll> {
        if self.epoll.is_none() {
            self.epoll = Some(Epoll::new(BATCH)?);
        }
        self.epoll.as_ref().ok_or(Errno::EBADF)
    }

    /// Nothing is watched; what named a descriptor of this one names nothing there.
    pub(super) fn for_child(&self) -> Reactor {
        Reactor { generation: self.generation, ..Reactor::default() }
    }

    /// Sees to it that [`Reactor::wait`] has what it waits with.
    pub fn prepare(&mut self) -> Result<()> {
        self.epoll().map(|_| ())
    }

    /// Whether nothing is watched or waited for, and nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.watchers.is_empty() && self.write_queues.is_empty() && self.registrations.is_idle()
    }

    /// What becomes readable when something has happened to a descriptor that is watched or waited for; `None` when none
    /// is.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.epoll.as_ref().filter(|_| !self.is_empty()).map(AsFd::as_fd)
    }

    /// How long somebody may wait for that while there are write queues of which it tells nothing.
    pub fn retry(&self) -> Option<Duration> {
        (!self.write_queues.unarmed().is_empty()).then_some(RETRY)
    }

    /// How many descriptors are watched.
    pub fn len(&self) -> usize {
        self.watchers.len()
    }

    fn next_generation(&mut self) -> u32 {
        self.generation = self.generation.wrapping_add(1) & 0x3fff_ffff;
        self.generation
    }

    /// Makes a descriptor known, so that coroutines can wait for it. `EPERM` and `EBADF` as for [`Reactor::add`].
    pub fn watch(&mut self, fd: RawFd) -> Result<Watch> {
        let generation = self.next_generation();
        let watch = self.registrations.insert(fd, generation).ok_or(Errno::ENOMEM)?;
        match self.tell_kernel(fd, watch) {
            // A watcher of the script has this number.
            Err(Errno::EEXIST) => self.watch_own(fd::duplicate(fd)?),
            result => result,
        }
    }

    /// As [`Reactor::watch`], for a descriptor that becomes readable when something ends, such as a pidfd. That
    /// concerns readers and writers, and is remembered ([`Registrations::has_ended`]).
    pub fn watch_end(&mut self, fd: RawFd) -> Result<Watch> {
        let watch = self.watch(fd)?;
        self.registrations.set_end(watch);
        Ok(watch)
    }

    /// As [`Reactor::watch`], for a single wait for a descriptor whose owner does not know of it: others may watch it as
    /// well, and it may be closed at any time. Then the wait goes on.
    pub fn watch_once(&mut self, fd: RawFd) -> Result<Watch> {
        self.watch_once_for(fd, Interest::READ | Interest::WRITE)
    }

    /// As [`Reactor::watch_once`], and the kernel tells of nothing else. Urgent data concern those who wait to read.
    pub fn watch_once_for(&mut self, fd: RawFd, interest: Interest) -> Result<Watch> {
        let (generation, interest) = (self.next_generation(), interest | Interest::EDGE);
        let watch = self.registrations.insert_fleeting(fd, generation, interest)?;
        let added = self.epoll().and_then(|epoll| epoll.add(fd, interest, watch.data()));
        let added = match added {
            // The kernel knows each number once, but a copy of it as well.
            Err(Errno::EEXIST) => self.watch_copy(fd, watch),
            result => result,
        };
        if added.is_err() {
            self.registrations.remove(watch, |_| ());
        }
        added.map(|()| watch)
    }

    /// As [`Reactor::watch`], for a descriptor that is closed by [`Reactor::unwatch`].
    pub fn watch_own(&mut self, own: OwnedFd) -> Result<Watch> {
        let (fd, generation) = (fd::number(&own), self.next_generation());
        let watch = self.registrations.insert_own(own, generation).ok_or(Errno::ENOMEM)?;
        self.tell_kernel(fd, watch)
    }

    fn tell_kernel(&mut self, fd: RawFd, watch: Watch) -> Result<Watch> {
        let interest = self.registrations.interest(watch);
        let added = self.epoll().and_then(|epoll| epoll.add(fd, interest, watch.data()));
        if added.is_err() {
            self.registrations.remove(watch, |_| ());
        }
        added.map(|()| watch)
    }

    /// The kernel knows each number once: a duplicate stands for the second use.
    fn watch_copy(&mut self, fd: RawFd, watch: Watch) -> Result<()> {
        let copy = fd::duplicate(fd)?;
        let interest = self.registrations.interest(watch);
        self.epoll()?.add(fd::number(&copy), interest, watch.data())?;
        self.registrations.set_own(watch, copy);
        Ok(())
    }

    /// Before a descriptor is closed: nobody can wait for it any more. Who waited for it to be readable, and who for
    /// it to be writable.
    pub fn unwatch(&mut self, watch: Watch) -> [Option<Waiter>; 2] {
        let epoll = &self.epoll;
        let forget = |fd| {
            if let Some(epoll) = epoll {
                // The kernel has forgotten a descriptor that was closed.
                let _ = epoll.remove(fd);
            }
        };
        self.registrations.remove(watch, forget).unwrap_or([None, None])
    }

    /// Who goes on because a descriptor is ready in this direction.
    pub fn take_waiter(&mut self, ready: Ready, direction: Direction) -> Option<Waiter> {
        let watch = Watch::from_data(ready.data)?;
        let interest = match direction {
            Direction::Read => Interest::READ | Interest::URGENT,
            Direction::Write => Interest::WRITE,
        };
        if self.registrations.note_end(watch) || ready.is_for(interest) {
            self.registrations.take(watch, direction)
        } else {
            None
        }
    }

    /// Who waits to read from a descriptor that is ready.
    pub(super) fn reader(&mut self, ready: Ready) -> Option<Waiter> {
        self.registrations.waiter(Watch::from_data(ready.data)?, Direction::Read)
    }

    /// Watches a descriptor. `EEXIST` when it is watched already, `EPERM` for a kind that cannot be, `EBADF`
    /// when it is not open; then nothing has changed. Gives back what a watcher called whose descriptor was closed
    /// in the meantime: that number is somebody else's now.
    pub fn add(&mut self, fd: RawFd, callbacks: Callbacks, wanted: Interest) -> Result<Option<Callbacks>> {
        if let (Some(epoll), Some(old)) = (&self.epoll, self.watchers.get(&fd))
            && !is_forgotten(epoll, fd, old)
        {
            return Err(Errno::EEXIST);
        }
        let generation = self.next_generation();
        let data = data_of(fd, generation);
        match self.epoll()?.add(fd, wanted, data) {
            Err(Errno::EEXIST) => self.add_beside_coroutines(fd, wanted, data)?,
            added => added?,
        }
        let forgotten = self.watchers.insert(fd, Watcher { generation, callbacks, wanted });
        self.removed |= forgotten.is_some();
        Ok(forgotten.map(|old| old.callbacks))
    }

    /// Coroutines wait for this descriptor: from now on by a duplicate of it.
    fn add_beside_coroutines(&mut self, fd: RawFd, wanted: Interest, data: u64) -> Result<()> {
        let watch = self.registrations.find(fd).ok_or(Errno::EEXIST)?;
        self.watch_copy(fd, watch)?;
        let epoll = self.epoll()?;
        epoll.remove(fd)?;
        epoll.add(fd, wanted, data)
    }

    /// What is called for a descriptor, and what for.
    pub fn get(&self, fd: RawFd) -> Option<(Callbacks, Interest)> {
        self.watchers.get(&fd).map(|watcher| (watcher.callbacks, watcher.wanted))
    }

    /// Changes what is called and what for. `ENOENT` when the descriptor is not watched. Nothing has changed when
    /// it fails.
    pub fn set(&mut self, fd: RawFd, callbacks: Callbacks, wanted: Interest) -> Result<()> {
        let watcher = self.watchers.get_mut(&fd).ok_or(Errno::ENOENT)?;
        if wanted != watcher.wanted {
            let epoll = self.epoll.as_ref().ok_or(Errno::EBADF)?;
            epoll.modify(fd, wanted, data_of(fd, watcher.generation))?;
        }
        watcher.callbacks = callbacks;
        watcher.wanted = wanted;
        Ok(())
    }

    /// Watches a descriptor no more; what it called. `ENOENT` when it is not watched.
    pub fn remove(&mut self, fd: RawFd) -> Result<Callbacks> {
        let watcher = self.watchers.remove(&fd).ok_or(Errno::ENOENT)?;
        self.removed = true;
        if let Some(epoll) = &self.epoll {
            // The kernel has forgotten a descriptor that was closed.
            let _ = epoll.remove(fd);
        }
        Ok(watcher.callbacks)
    }

    /// A descriptor is about to be closed. Its watcher stays, for only the script can remove it; but the kernel
    /// must not report it any more, and it would as long as a write queue holds a duplicate.
    pub fn forget(&mut self, fd: RawFd) {
        if let Some(epoll) = self.epoll.as_ref().filter(|_| self.watchers.contains_key(&fd)) {
            let _ = epoll.remove(fd);
        }
    }

    /// Forgets everything; what was called, and how many bytes are not sent.
    pub fn clear(&mut self) -> (Vec<Callbacks>, usize) {
        let watchers = std::mem::take(&mut self.watchers);
        self.registrations.clear();
        let lost = self.write_queues.clear();
        self.epoll = None;
        (watchers.into_values().map(|watcher| watcher.callbacks).collect(), lost)
    }

    /// Writes to a watched descriptor. `ENOENT` when it is not watched; otherwise as [`Reactor::send`].
    pub fn write(&mut self, fd: RawFd, data: &[u8], limit: usize) -> Result<()> {
        if self.watchers.contains_key(&fd) { self.send(fd, data, limit) } else { Err(Errno::ENOENT) }
    }

    /// Writes to a descriptor: sends what it takes now and keeps the rest for later; the loop goes on until all is
    /// sent. `ENOBUFS` when more than `limit` bytes would wait (then nothing is sent).
    pub fn send(&mut self, fd: RawFd, data: &[u8], limit: usize) -> Result<()> {
        let rest = self.write_queues.send(fd, data, limit)?;
        if !rest.is_empty() {
            // Part of the data may be sent already: no failure here may fail the write. It is tried again.
            let queue = WriteQueue::of(fd, rest);
            if queue.has_own() {
                let _ = self.epoll();
            }
            self.write_queues.add(queue, self.epoll.as_ref());
        }
        Ok(())
    }

    /// What could not be sent since the last call.
    pub fn take_losses(&mut self) -> Vec<Loss> {
        self.write_queues.take_losses()
    }

    /// Waits for events, for `limit` at most, sends what there is room for, and adds what happened to watchers to
    /// `ready`.
    pub fn wait(
        &mut self,
        limit: Option<Duration>,
        held: Option<&Held>,
        ready: &mut Vec<Ready>,
    ) -> Result<()> {
        let unarmed = self.write_queues.unarmed();
        let limit =
            if unarmed.is_empty() { limit } else { Some(limit.map_or(RETRY, |limit| limit.min(RETRY))) };
        self.epoll()?;
        let Some(epoll) = &mut self.epoll else { return Err(Errno::EBADF) };
        self.removed = false;
        self.is_fresh = true;
        self.had_copies = !self.write_queues.is_empty() || self.registrations.has_copies();
        let mut queues = unarmed;
        for event in epoll.wait(limit, held)? {
            match write_queue::serial_of(event.data) {
                Some(serial) => queues.push(serial),
                None => ready.push(Ready { data: event.data, what: event.what }),
            }
        }
        for serial in queues {
            self.write_queues.flush(serial, self.epoll.as_ref());
        }
        Ok(())
    }

    /// Code of the script has run since the last wait, other than the calls that [`Reactor::take`] has given.
    pub fn note_call(&mut self) {
        self.is_fresh = false;
    }

    /// What to call first for a descriptor that is ready. Nothing, when the watcher is not there any more.
    pub fn take(&mut self, ready: Ready) -> Option<Token> {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        if Watch::from_data(ready.data).is_some() {
            return None;
        }
        if !self.still(ready) {
            // Removed since the wait, or before it: then the kernel should not know it any more.
            if !self.removed {
                let _ = self.rebuild();
            }
            return None;
        }
        if self.is_ghost(ready.fd(), is_fresh) {
            return None;
        }
        let watcher = self.watchers.get(&ready.fd())?;
        watcher
            .callbacks
            .read
            .filter(|_| ready.is_for(Interest::READ) && watcher.wanted.contains(Interest::READ))
    }

    /// What to call after the read callback of a descriptor that is ready. Not while data waits for room.
    pub fn take_write(&mut self, ready: Ready) -> Option<Token> {
        if !ready.is_for(Interest::WRITE)
            || !self.still(ready)
            || !matches!(self.write_queues.of(ready.fd()), Ok(None))
        {
            return None;
        }
        let watcher = self.watchers.get(&ready.fd())?;
        watcher.callbacks.write.filter(|_| watcher.wanted.contains(Interest::WRITE))
    }

    /// Whether this descriptor was closed here while somebody holds a copy, a child or a write queue: the kernel goes on
    /// to report it, and refuses to forget it by a number that is not open. Only a new table helps.
    fn is_ghost(&mut self, fd: RawFd, is_fresh: bool) -> bool {
        if !self.had_copies && !process::has_forked() {
            // A callback of this turn may have closed it.
            return !is_fresh && !fd::is_open(fd);
        }
        let (Some(epoll), Some(watcher)) = (&self.epoll, self.watchers.get(&fd)) else { return false };
        let ghost = is_forgotten(epoll, fd, watcher);
        if ghost {
            // It fails without descriptors or memory; then the old table serves on.
            let _ = self.rebuild();
        }
        ghost
    }

    fn rebuild(&mut self) -> Result<()> {
        let epoll = Epoll::new(BATCH)?;
        for (&fd, watcher) in &self.watchers {
            if self.epoll.as_ref().is_some_and(|old| !is_forgotten(old, fd, watcher)) {
                epoll.add(fd, watcher.wanted, data_of(fd, watcher.generation))?;
            }
        }
        for (fd, watch, interest) in self.registrations.known() {
            // One that was closed behind its owner's back stays known, and is never ready.
            let _ = epoll.add(fd, interest, watch.data());
        }
        self.write_queues.arm(&epoll);
        self.epoll = Some(epoll);
        Ok(())
    }

    /// Whether a watcher is still the one that was ready.
    fn still(&self, ready: Ready) -> bool {
        let watcher = self.watchers.get(&ready.fd());
        watcher.is_some_and(|watcher| data_of(ready.fd(), watcher.generation) == ready.data)
    }
}

/// Whether the kernel does not watch a descriptor any more, because it was closed. Its number may be open again, even
/// for a kind that cannot be watched (`EPERM`).
fn is_forgotten(epoll: &Epoll, fd: RawFd, watcher: &Watcher) -> bool {
    let result = epoll.modify(fd, watcher.wanted, data_of(fd, watcher.generation));
    matches!(result, Err(Errno::ENOENT | Errno::EBADF | Errno::EPERM))
}

fn data_of(fd: RawFd, generation: u32) -> u64 {
    u64::from(generation) << 32 | u64::from(fd.cast_unsigned())
}

fn fd_of(data: u64) -> RawFd {
    u32::try_from(data & u64::from(u32::MAX)).unwrap_or(0).cast_signed()
}
