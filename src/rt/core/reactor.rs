//! Watched descriptors, and the data to write to them.
//!
//! [`Reactor::wait`] reports events once per turn. Before each callback the caller asks again ([`Reactor::take`]),
//! because an earlier callback may have removed or replaced the watcher.
//!
//! Data for which a descriptor has no room waits in a write queue (`write_queue.rs`), which outlives the watcher.

use crate::os::epoll::{Epoll, Interest};
use crate::os::fd;
use crate::os::prepared_wait::PreparedWait;
use crate::os::{Errno, Result, process};
use crate::rt::core::registrations::{Direction, Registrations, Watch};
use crate::rt::core::timers::Token;
use crate::rt::core::wait::Waiter;
pub use crate::rt::core::write_queue::Loss;
use crate::rt::core::write_queue::{Key, WriteQueue, WriteQueues};
use rustc_hash::FxHashMap;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Duration;

/// The largest number of events of one wait. More events stay in the kernel for the next turn.
const BATCH: usize = 512;

/// The longest wait while the kernel cannot report when a write queue has room.
const RETRY: Duration = Duration::from_millis(10);

/// The callbacks of a descriptor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Callbacks {
    /// When it is readable.
    pub read: Option<Token>,
    /// When it is writable.
    pub write: Option<Token>,
}

/// An event of a watcher, or of a descriptor that a coroutine waits for.
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

    /// Whether the descriptor is one that coroutines wait for, and no watcher.
    pub fn is_for_coroutines(self) -> bool {
        Watch::from_data(self.data).is_some()
    }

    /// Whether the event is for this direction. After an error or a hang-up it is for both: the next call on the
    /// descriptor reports the error.
    fn is_for(self, direction: Interest) -> bool {
        self.what.intersects(direction | Interest::ERROR | Interest::HANGUP)
    }
}

#[derive(Debug)]
struct Watcher {
    generation: u32,
    callbacks: Callbacks,
    /// The events that the script has selected, and that the kernel watches.
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
    /// Whether write queues or registrations had duplicates of descriptors at the last wait.
    had_copies: bool,
    /// Whether no code of the script has run since the last wait, so that no descriptor was closed.
    is_fresh: bool,
}

impl Reactor {
    fn epoll(&mut self) -> Result<&Epoll> {
        if self.epoll.is_none() {
            self.epoll = Some(Epoll::new(BATCH)?);
        }
        self.epoll.as_ref().ok_or(Errno::EBADF)
    }

    /// The reactor of a child: it watches nothing, and tokens of the parent's reactor are invalid.
    #[cold]
    pub(super) fn for_child(&self) -> Reactor {
        Reactor { generation: self.generation, ..Reactor::default() }
    }

    /// Creates the epoll instance for [`Reactor::wait`].
    pub fn prepare(&mut self) -> Result<()> {
        self.epoll().map(|_| ())
    }

    /// Whether nothing is watched or waited for, and nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.watchers.is_empty() && self.write_queues.is_empty() && self.registrations.is_idle()
    }

    /// The descriptor that becomes readable when a watched descriptor has an event; `None` if none is watched or waited
    /// for.
    pub fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.epoll.as_ref().filter(|_| !self.is_empty()).map(AsFd::as_fd)
    }

    /// The longest wait for that descriptor while it does not report room for some write queues.
    pub fn retry(&self) -> Option<Duration> {
        self.write_queues.has_unarmed().then_some(RETRY)
    }

    /// The number of watched descriptors.
    pub fn len(&self) -> usize {
        self.watchers.len()
    }

    fn next_generation(&mut self) -> u32 {
        self.generation = self.generation.wrapping_add(1) & 0x3fff_ffff;
        self.generation
    }

    /// Registers a descriptor, so that coroutines can wait for it, first for this direction. `EPERM` and `EBADF` as for
    /// [`Reactor::add`].
    pub fn watch(&mut self, fd: RawFd, direction: Direction) -> Result<Watch> {
        let generation = self.next_generation();
        let watch = self.registrations.insert(fd, direction, generation).ok_or(Errno::ENOMEM)?;
        match self.tell_kernel(fd, watch) {
            // A watcher of the script has this number.
            Err(Errno::EEXIST) => self.watch_duplicate(fd::duplicate(fd)?, direction),
            result => result,
        }
    }

    /// Before a wait for this direction of a registered descriptor.
    pub fn watch_direction(&mut self, watch: Watch, direction: Direction) -> Result<()> {
        let Some(epoll) = self.epoll.as_ref().filter(|_| direction == Direction::Write) else {
            return Ok(());
        };
        // The kernel reports room that is there already.
        self.registrations.report_room(watch, |fd, interest| epoll.modify(fd, interest, watch.data()))
    }

    /// As [`Reactor::watch`], for a descriptor that was registered as `known` before, perhaps for another direction, or
    /// in a loop that has ended.
    pub fn watch_again(&mut self, known: Option<Watch>, fd: RawFd, direction: Direction) -> Result<Watch> {
        match known.filter(|&watch| self.registrations.is_known(watch)) {
            Some(watch) => self.watch_direction(watch, direction).map(|()| watch),
            None => self.watch(fd, direction),
        }
    }

    /// As [`Reactor::watch`], for a descriptor that becomes readable when something ends, such as a pidfd. This end
    /// wakes readers and writers, and stays known ([`Registrations::has_ended`]).
    pub fn watch_end(&mut self, fd: RawFd) -> Result<Watch> {
        let watch = self.watch(fd, Direction::Read)?;
        self.registrations.set_end(watch);
        Ok(watch)
    }

    /// As [`Reactor::watch`], for a single wait for a descriptor of other code, which may watch the descriptor as well,
    /// and may close it at any time. Then the wait continues.
    pub fn watch_once(&mut self, fd: RawFd) -> Result<Watch> {
        self.watch_once_for(fd, Interest::READ | Interest::WRITE)
    }

    /// As [`Reactor::watch_once`], for these events only. Urgent data wakes readers.
    pub fn watch_once_for(&mut self, fd: RawFd, interest: Interest) -> Result<Watch> {
        let (generation, interest) = (self.next_generation(), interest | Interest::EDGE);
        let watch = self.registrations.insert_fleeting(fd, generation, interest)?;
        let added = self.epoll().and_then(|epoll| epoll.add(fd, interest, watch.data()));
        let added = match added {
            // The kernel registers each number only once, so a duplicate is used.
            Err(Errno::EEXIST) => self.watch_copy(fd, watch),
            result => result,
        };
        if added.is_err() {
            self.registrations.remove(watch, |_| ());
        }
        added.map(|()| watch)
    }

    /// As [`Reactor::watch`] to read, for a descriptor that is closed by [`Reactor::unwatch`].
    pub fn watch_own(&mut self, own: OwnedFd) -> Result<Watch> {
        self.watch_duplicate(own, Direction::Read)
    }

    fn watch_duplicate(&mut self, own: OwnedFd, direction: Direction) -> Result<Watch> {
        let (fd, generation) = (fd::number(&own), self.next_generation());
        let watch = self.registrations.insert_own(own, direction, generation).ok_or(Errno::ENOMEM)?;
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

    /// Registers a duplicate for a second use: the kernel registers each number only once.
    fn watch_copy(&mut self, fd: RawFd, watch: Watch) -> Result<()> {
        let copy = fd::duplicate(fd)?;
        let interest = self.registrations.interest(watch);
        self.epoll()?.add(fd::number(&copy), interest, watch.data())?;
        self.registrations.set_own(watch, copy);
        Ok(())
    }

    /// Ends the registration of a descriptor before it is closed. Returns the coroutines that wait to read and to
    /// write.
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

    /// The coroutine to wake because a descriptor is ready in this direction.
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

    /// The coroutine that waits to read from a ready descriptor.
    pub(super) fn reader(&mut self, ready: Ready) -> Option<Waiter> {
        self.registrations.waiter(Watch::from_data(ready.data)?, Direction::Read)
    }

    /// Whether a descriptor has a watcher.
    #[inline]
    pub fn has_watcher(&self, fd: RawFd) -> bool {
        !self.watchers.is_empty() && self.watchers.contains_key(&fd)
    }

    /// Whether a descriptor is watched, and was not closed meanwhile.
    pub fn is_watched(&self, fd: RawFd) -> bool {
        let watched = self.epoll.as_ref().zip(self.watchers.get(&fd));
        watched.is_some_and(|(epoll, watcher)| !is_forgotten(epoll, fd, watcher))
    }

    /// Watches a descriptor. `EEXIST` if it is watched already, `EPERM` for a kind that cannot be watched, `EBADF` if
    /// it is not open; then nothing has changed. Returns the callbacks of an old watcher whose descriptor was closed
    /// meanwhile, so that its number belongs to another descriptor now.
    pub fn add(&mut self, fd: RawFd, callbacks: Callbacks, wanted: Interest) -> Result<Option<Callbacks>> {
        self.add_and(fd, callbacks, wanted, |_| Ok(()))
    }

    /// As [`Reactor::add`]. Calls `prepare` when the kernel watches the descriptor; if that fails, it is not watched.
    pub fn add_and(
        &mut self,
        fd: RawFd,
        callbacks: Callbacks,
        wanted: Interest,
        prepare: impl FnOnce(RawFd) -> Result<()>,
    ) -> Result<Option<Callbacks>> {
        if self.is_watched(fd) {
            return Err(Errno::EEXIST);
        }
        let generation = self.next_generation();
        let data = data_of(fd, generation);
        match self.epoll()?.add(fd, wanted, data) {
            Err(Errno::EEXIST) => self.add_beside_coroutines(fd, wanted, data)?,
            added => added?,
        }
        if let Err(errno) = prepare(fd) {
            let _ = self.epoll()?.remove(fd);
            return Err(errno);
        }
        let forgotten = self.watchers.insert(fd, Watcher { generation, callbacks, wanted });
        self.removed |= forgotten.is_some();
        Ok(forgotten.map(|old| old.callbacks))
    }

    /// Watches a descriptor for which coroutines wait already: they wait for a duplicate from now on.
    fn add_beside_coroutines(&mut self, fd: RawFd, wanted: Interest, data: u64) -> Result<()> {
        let watch = self.registrations.find(fd).ok_or(Errno::EEXIST)?;
        self.watch_copy(fd, watch)?;
        let epoll = self.epoll()?;
        epoll.remove(fd)?;
        epoll.add(fd, wanted, data)
    }

    /// The callbacks of a descriptor, and its events.
    pub fn get(&self, fd: RawFd) -> Option<(Callbacks, Interest)> {
        self.watchers.get(&fd).map(|watcher| (watcher.callbacks, watcher.wanted))
    }

    /// Changes the callbacks and events. `ENOENT` if the descriptor is not watched. A failure changes nothing.
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

    /// Stops watching a descriptor. Returns its callbacks. `ENOENT` if it is not watched.
    pub fn remove(&mut self, fd: RawFd) -> Result<Callbacks> {
        let watcher = self.watchers.remove(&fd).ok_or(Errno::ENOENT)?;
        self.removed = true;
        if let Some(epoll) = &self.epoll {
            // The kernel has forgotten a descriptor that was closed.
            let _ = epoll.remove(fd);
        }
        Ok(watcher.callbacks)
    }

    /// Before a descriptor is closed: makes the kernel forget it. Otherwise the kernel would report it as long as a
    /// write queue has a duplicate. The watcher stays, because only the script can remove it.
    pub fn forget(&mut self, fd: RawFd) {
        if let Some(epoll) = self.epoll.as_ref().filter(|_| self.watchers.contains_key(&fd)) {
            let _ = epoll.remove(fd);
        }
    }

    /// Removes everything. Returns the callbacks, and the number of unsent bytes.
    pub fn clear(&mut self) -> (Vec<Callbacks>, usize) {
        let watchers = std::mem::take(&mut self.watchers);
        self.registrations.clear();
        let lost = self.write_queues.clear();
        self.epoll = None;
        (watchers.into_values().map(|watcher| watcher.callbacks).collect(), lost)
    }

    /// Writes to a watched descriptor, as [`Reactor::send`]. `ENOENT` if it is not watched.
    pub fn write(&mut self, fd: RawFd, data: &[u8], limit: usize) -> Result<()> {
        if self.watchers.contains_key(&fd) { self.send(fd, data, limit) } else { Err(Errno::ENOENT) }
    }

    /// Writes to a descriptor: sends as much as there is room for, and queues the rest, which the loop sends. `ENOBUFS`
    /// if more than `limit` bytes would wait (then nothing is sent).
    pub fn send(&mut self, fd: RawFd, data: &[u8], limit: usize) -> Result<()> {
        let rest = self.write_queues.send(fd, data, limit)?;
        if !rest.is_empty() {
            // A part of the data may be sent already, so a failure here must not fail the write. It is tried again.
            let queue = WriteQueue::of(fd, rest);
            if queue.has_own() {
                let _ = self.epoll();
            }
            self.write_queues.add(queue, self.epoll.as_ref());
        }
        Ok(())
    }

    /// The data that could not be sent since the last call.
    pub fn take_losses(&mut self) -> Vec<Loss> {
        self.write_queues.take_losses()
    }

    /// Waits for events, for `limit` at most. Sends queued data for which there is room, and adds the events of
    /// watchers to `ready`.
    pub fn wait(
        &mut self,
        limit: Option<Duration>,
        prepared: Option<&PreparedWait>,
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
        for event in epoll.wait(limit, prepared)? {
            match Key::from_data(event.data) {
                Some(key) => queues.push(key),
                None => ready.push(Ready { data: event.data, what: event.what }),
            }
        }
        for key in queues {
            self.write_queues.flush(key, self.epoll.as_ref());
        }
        Ok(())
    }

    /// Notes that code of the script has run since the last wait, other than the calls from [`Reactor::take`].
    pub fn note_call(&mut self) {
        self.is_fresh = false;
    }

    /// The first callback of a ready descriptor; `None` if the watcher does not exist any more.
    pub fn take(&mut self, ready: Ready) -> Option<Token> {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        if Watch::from_data(ready.data).is_some() {
            return None;
        }
        if !self.still(ready) {
            // The watcher was removed since the wait, or before it. In the latter case the kernel must forget the
            // descriptor.
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

    /// The callback to call after the read callback of a ready descriptor; `None` while data waits for room.
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

    /// Whether this descriptor was closed here while a child or a write queue has a copy. The kernel continues to
    /// report such a descriptor, and cannot remove it by a number that is not open. Only a new epoll instance helps.
    fn is_ghost(&mut self, fd: RawFd, is_fresh: bool) -> bool {
        if !self.had_copies && !process::has_forked() {
            // A callback of this turn may have closed the descriptor.
            return !is_fresh && !fd::is_open(fd);
        }
        let (Some(epoll), Some(watcher)) = (&self.epoll, self.watchers.get(&fd)) else { return false };
        let ghost = is_forgotten(epoll, fd, watcher);
        if ghost {
            // Without free descriptors or memory this fails. Then the old epoll instance stays in use.
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
            // A descriptor that other code has closed stays registered here, and is never ready.
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
