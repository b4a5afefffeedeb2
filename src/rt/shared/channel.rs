//! A bounded channel of messages in shared memory: a ring behind a lock that survives the death of its holder.
//!
//! A message is written behind the last one, then one store of the number `LAST` adds it. It is read, then one store of
//! `FIRST` takes it. So a process that is killed at any instruction has added or taken a message completely, or not at
//! all, and the next holder of the lock has nothing to repair.
//!
//! A process that finds nothing, or no room, sleeps at a futex; a coroutine or another loop waits for an eventfd. Each
//! says so in a number of the side that it waits for, then checks once more. A process that changes the ring checks
//! that number afterwards. The steps have one order for all processes (`SeqCst`), so at least one of the two sees the
//! other. A sleeper also checks by itself at intervals, because a killed process may owe it a wakeup.

use crate::os::shared::{SharedWords, load_bytes, store_bytes};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, event_fd, futex};
use crate::rt::core::clock::WaitEnv;
use crate::rt::shared::holding::{LockAttempt, SleepResult, give_back, interruptible, sleep};
use crate::rt::shared::owner::{FREE, Suspicion, me};
use crate::rt::shared::room::{self, NoRoom};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::time::Instant;

pub use crate::rt::shared::holding::{AcquireError, WaitLimit};

/// The largest number of messages that a channel may hold.
pub const MOST: u64 = (1 << 24) - 1;

/// The largest size of a channel in bytes.
pub const LARGEST: u64 = 1 << 37;

/// How often a process checks the lock again before it sleeps.
const SPINS: u32 = 100;

/// The words in front of the ring. Those that different processes write have a cache line each.
const LOCK: usize = 0;
const LAST: usize = 8;
const FIRST: usize = 16;
const CLOSED: usize = 24;
const SIDES: [usize; 2] = [32, 40];
const PUSHED: usize = 48;
const POPPED: usize = 49;
const RING: usize = 64;

/// The words of a side: a number that each wakeup changes, whether processes sleep there, and whether loops wait there.
const EVENT: usize = 0;
const SLEEPERS: usize = 1;
const LOOPS: usize = 2;

/// `LAST` and `FIRST` have a position in the lower bits, and the number of messages up to there in the higher bits.
const POSITION: u64 = (1 << 40) - 1;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A message, or the end.
    Messages,
    /// Room for a message, or the end.
    Room,
}

/// Why a message was not pushed or popped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// There is no message, or no room.
    Again,
    /// The channel is closed; for a pop, it is empty as well.
    Closed,
    /// The message is larger than the channel.
    TooLarge,
    /// The buffer is too small for the message, which has so many bytes and stays where it is.
    Needs(usize),
    /// The lock was not taken.
    Refused(AcquireError),
}

impl From<AcquireError> for Stop {
    fn from(refused: AcquireError) -> Stop {
        Stop::Refused(refused)
    }
}

/// The state of a channel at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// The number of messages.
    pub len: u64,
    /// The bytes that they use.
    pub used: u64,
    /// The number of messages that were pushed so far, and that were popped.
    pub pushed: u64,
    /// As above.
    pub popped: u64,
}

/// A channel, as one process has it.
#[derive(Debug)]
pub struct Channel {
    words: SharedWords<AtomicU64>,
    /// The size of the ring in words, a power of two.
    size: u64,
    most: u64,
    /// They become readable when one who waits for the side has to look again.
    events: [OwnedFd; 2],
    suspicion: Suspicion,
}

/// Why there is no channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// There is not enough memory.
    NoRoom(NoRoom),
    /// eventfd(2) has failed.
    Failed(Errno),
}

impl Channel {
    /// Makes an empty channel for at most `most` messages, which together have at most `bytes` bytes, with a word for
    /// each.
    pub fn new(most: u64, bytes: u64) -> std::result::Result<Channel, OpenError> {
        let size = bytes.min(LARGEST).div_ceil(8).max(8).next_power_of_two();
        let count = usize::try_from(size).unwrap_or(usize::MAX).saturating_add(RING);
        let words = room::take(count).map_err(OpenError::NoRoom)?;
        let events =
            [event_fd::new().map_err(OpenError::Failed)?, event_fd::new().map_err(OpenError::Failed)?];
        Ok(Channel { words, size, most: most.clamp(1, MOST), events, suspicion: Suspicion::default() })
    }

    fn word(&self, index: usize) -> std::result::Result<&AtomicU64, AcquireError> {
        self.words.get(index).ok_or(AcquireError::Failed(Errno::EINVAL))
    }

    /// A word of the ring.
    fn cell(&self, position: u64) -> std::result::Result<&AtomicU64, AcquireError> {
        let index = usize::try_from(position & (self.size - 1)).unwrap_or(usize::MAX);
        self.word(index.saturating_add(RING))
    }

    /// So many words of the ring from a position on: those up to its end, and the rest from its beginning.
    fn cells(&self, position: u64, count: u64) -> [&[AtomicU64]; 2] {
        let ring = self.words.all().get(RING..).unwrap_or_default();
        let at = usize::try_from(position & (self.size - 1)).unwrap_or(0);
        let count = usize::try_from(count).unwrap_or(0);
        let (before, from) = ring.split_at(at.min(ring.len()));
        let here = from.get(..count).unwrap_or(from);
        [here, before.get(..count - here.len()).unwrap_or_default()]
    }

    fn load(&self, index: usize) -> u64 {
        self.words.get(index).map_or(0, |word| word.load(SeqCst))
    }

    /// Calls `body` while this process holds the lock.
    fn locked<R>(
        &self,
        env: WaitEnv,
        body: impl FnOnce() -> std::result::Result<R, Stop>,
    ) -> std::result::Result<R, Stop> {
        let lock = self.word(LOCK)?;
        let limit = WaitLimit::Until(None);
        // A process that has died while it held the lock leaves nothing to repair.
        LockAttempt { me: me(), spins: SPINS, limit, env, suspicion: &self.suspicion }.take(lock)?;
        let result = body();
        give_back(lock, FREE, 1);
        result
    }

    /// Adds a message: a byte for its form, and a text. `Again` when there is no room.
    pub fn push(&self, form: u8, text: &[u8], env: WaitEnv) -> std::result::Result<(), Stop> {
        let len = u64::try_from(text.len()).unwrap_or(u64::MAX);
        let needed = len.div_ceil(8) + 1;
        if needed > self.size {
            return Err(Stop::TooLarge);
        }
        self.locked(env, || {
            if self.is_closed() {
                return Err(Stop::Closed);
            }
            let (first, last) = (self.load(FIRST), self.load(LAST));
            if position_between(first, last) + needed > self.size || count_between(first, last) >= self.most {
                return Err(Stop::Again);
            }
            self.cell(last)?.store(u64::from(form) << 56 | len, Relaxed);
            let [here, wrapped] = self.cells(last.wrapping_add(1), needed - 1);
            let (front, rest) = text.split_at(text.len().min(here.len() * 8));
            store_bytes(here, front);
            store_bytes(wrapped, rest);
            self.word(LAST)?.store(after(last, needed), SeqCst);
            self.word(PUSHED)?.fetch_add(1, Relaxed);
            Ok(())
        })?;
        self.wake(Side::Messages);
        Ok(())
    }

    /// Takes the first message into `buffer`. Returns its form and its length. `Again` when there is none.
    pub fn pop(&self, buffer: &mut Spare<'_>, env: WaitEnv) -> std::result::Result<(u8, usize), Stop> {
        let popped = self.locked(env, || {
            let (first, last) = (self.load(FIRST), self.load(LAST));
            if first == last {
                return Err(if self.is_closed() { Stop::Closed } else { Stop::Again });
            }
            let head = self.cell(first)?.load(Relaxed);
            let (form, len) = (u8::try_from(head >> 56).unwrap_or(0), head & ((1 << 56) - 1));
            let needed = len.div_ceil(8) + 1;
            let room = usize::try_from(len).unwrap_or(usize::MAX);
            if room > buffer.len() {
                return Err(Stop::Needs(room));
            }
            let [here, wrapped] = self.cells(first.wrapping_add(1), needed - 1);
            let mut target = buffer.first(room);
            let done = load_bytes(here, target.lend());
            load_bytes(wrapped, target.after(done));
            self.word(FIRST)?.store(after(first, needed), SeqCst);
            self.word(POPPED)?.fetch_add(1, Relaxed);
            Ok((form, room))
        })?;
        self.wake(Side::Room);
        Ok(popped)
    }

    /// Closes it for all processes: messages that are there can still be popped. False when it was closed already.
    pub fn close(&self, env: WaitEnv) -> std::result::Result<bool, Stop> {
        let first = self.locked(env, || Ok(self.word(CLOSED)?.swap(1, SeqCst) == 0))?;
        for side in [Side::Messages, Side::Room] {
            if let Ok(event) = self.word(self.at(side, EVENT)) {
                event.fetch_add(1, SeqCst);
                let _ = futex::wake(event, u32::MAX);
            }
            let _ = event_fd::signal(self.event(side));
        }
        Ok(first)
    }

    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.load(CLOSED) != 0
    }

    /// The largest number of messages.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Its size in bytes.
    pub fn size(&self) -> u64 {
        self.size * 8
    }

    /// Its state. The numbers may be of different moments while other processes use it.
    pub fn stats(&self) -> Stats {
        let (first, last) = (self.load(FIRST), self.load(LAST));
        Stats {
            len: count_between(first, last),
            used: position_between(first, last) * 8,
            pushed: self.load(PUSHED),
            popped: self.load(POPPED),
        }
    }

    fn at(&self, side: Side, word: usize) -> usize {
        let [messages, room] = SIDES;
        word + if side == Side::Messages { messages } else { room }
    }

    /// The descriptor that becomes readable when one who waits for a side has to look again.
    pub fn event(&self, side: Side) -> BorrowedFd<'_> {
        let [messages, room] = &self.events;
        if side == Side::Messages { messages.as_fd() } else { room.as_fd() }
    }

    /// Whether there is something for those who wait for a side. A push may still find too little room.
    fn is_ready(&self, side: Side) -> bool {
        let (first, last) = (self.load(FIRST), self.load(LAST));
        self.is_closed()
            || match side {
                Side::Messages => first != last,
                Side::Room => first == last || count_between(first, last) < self.most,
            }
    }

    /// Wakes those who wait for a side, if there are any.
    #[inline]
    pub fn wake(&self, side: Side) {
        if self.load(self.at(side, SLEEPERS)) | self.load(self.at(side, LOOPS)) != 0 {
            self.wake_some(side);
        }
    }

    #[cold]
    fn wake_some(&self, side: Side) {
        let [Ok(event), Ok(sleepers), Ok(loops)] =
            [EVENT, SLEEPERS, LOOPS].map(|word| self.word(self.at(side, word)))
        else {
            return;
        };
        if sleepers.swap(0, SeqCst) != 0 {
            event.fetch_add(1, SeqCst);
            // For room, the first of several may need more than there is, and the others less.
            let _ = futex::wake(event, if side == Side::Messages { 1 } else { u32::MAX });
        }
        if loops.swap(0, SeqCst) != 0 {
            // A descriptor that is not signalled costs the loop the time until it looks by itself.
            let _ = event_fd::signal(self.event(side));
        }
    }

    /// After a call that found nothing: sleeps until that may have changed. `seen` is the state that the call found,
    /// see [`Channel::seen`]. `AcquireError::TimedOut` when the deadline has passed.
    pub fn sleep(
        &self,
        side: Side,
        seen: u64,
        deadline: Option<Instant>,
        env: WaitEnv,
    ) -> std::result::Result<(), AcquireError> {
        let (event, sleepers) = (self.word(self.at(side, EVENT))?, self.word(self.at(side, SLEEPERS))?);
        let before = event.load(SeqCst);
        sleepers.store(1, SeqCst);
        if self.seen(side) != seen {
            return Ok(());
        }
        interruptible(env)?;
        let slept = sleep(event, before, deadline, env)?;
        // Others may sleep on; one who is woken cannot know.
        sleepers.store(1, SeqCst);
        if slept == SleepResult::TimedOut && self.seen(side) == seen {
            Err(AcquireError::TimedOut)
        } else {
            Ok(())
        }
    }

    /// What a call for a side depends on: it cannot succeed as long as this number is the same.
    pub fn seen(&self, side: Side) -> u64 {
        let closed = u64::from(self.is_closed());
        match side {
            Side::Messages => self.load(LAST).wrapping_mul(2) | closed,
            Side::Room => self.load(FIRST).wrapping_mul(2) | closed,
        }
    }

    /// After a call that found nothing: the descriptor of the side becomes readable when that changes. Returns whether
    /// it has changed already; then it is readable.
    pub fn arm(&self, side: Side, seen: u64) -> Result<bool> {
        if self.is_closed() {
            return Ok(true);
        }
        event_fd::drain(self.event(side))?;
        if let Ok(loops) = self.word(self.at(side, LOOPS)) {
            loops.store(1, SeqCst);
        }
        let changed = self.seen(side) != seen;
        if changed {
            event_fd::signal(self.event(side))?;
        }
        Ok(changed)
    }

    /// One who was woken has done its work: wakes the next one if there is more.
    pub fn pass_on(&self, side: Side) {
        if self.is_ready(side) {
            self.wake(side);
        }
    }
}

fn position_between(first: u64, last: u64) -> u64 {
    last.wrapping_sub(first) & POSITION
}

fn count_between(first: u64, last: u64) -> u64 {
    (last >> 40).wrapping_sub(first >> 40) & MOST
}

/// The number behind one more message, which takes so many words.
fn after(word: u64, needed: u64) -> u64 {
    let count = (word >> 40).wrapping_add(1) & MOST;
    count << 40 | word.wrapping_add(needed) & POSITION
}
