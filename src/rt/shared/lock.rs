//! Locks between processes, which survive the death of their holders.
//!
//! An exclusive lock has one number: its owner. A read-write lock also has a number for each process that reads. A
//! reader stores its number first, then checks for a writer; a writer stores its number first, then checks for readers.
//! The steps have one order for all processes (`SeqCst`), so at least one of the two sees the other.
//!
//! A process that is killed at any step is named in the number that it has stored. Waiters check at intervals whether
//! an owner still runs, and take the place of one that does not.

use crate::os::shared::SharedWords;
use crate::os::{Errno, futex};
use crate::rt::core::clock::WaitEnv;
use crate::rt::shared::atomic::Place;
use crate::rt::shared::holding::{LockAttempt, SleepResult, give_back, interruptible, sleep};
use crate::rt::shared::owner::{self, ABANDONED, FREE, Suspicion, WAITERS, me};
use crate::rt::shared::room::{self, NoRoom};
use std::cell::Cell;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

pub use crate::rt::shared::holding::{AcquireError, Acquisition, WaitLimit};

/// The number of processes that may hold a lock for reading at the same time.
pub const READERS: usize = 2048;

/// How often a process checks again before it sleeps.
const SPINS: u32 = 40;

/// The same for a lock whose holders are quick.
const MANY_SPINS: u32 = 2000;

/// The kinds of locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Exclusive. Waiters sleep.
    Mutex,
    /// As `Mutex`, but waiters spin for a while before they sleep.
    Spin,
    /// Several processes may read at the same time.
    ReadWrite,
}

/// How a process wants to hold a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Alone.
    Exclusive,
    /// Together with other readers, if the lock has readers.
    Shared,
}

/// How this process holds the lock, and the process that noted it: a child of that process holds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Nothing,
    Exclusive { by: u64 },
    Shared { by: u64, slot: usize, times: u32 },
}

/// A lock, as one process has it.
#[derive(Debug)]
pub struct Lock {
    kind: Kind,
    place: Place<AtomicU64>,
    readers: Option<Readers>,
    held: Cell<Hold>,
    suspicion: Suspicion,
}

/// Counts readers that have left while a writer waited.
const LEFT: usize = 1;

impl Lock {
    /// Makes a free lock, in memory of its own.
    pub fn new(kind: Kind, place: Place<AtomicU64>) -> Result<Lock, NoRoom> {
        let readers = if kind == Kind::ReadWrite { Some(Readers::new()?) } else { None };
        Ok(Lock { kind, place, readers, held: Cell::new(Hold::Nothing), suspicion: Suspicion::default() })
    }

    fn held(&self, me: u64) -> Hold {
        match self.held.get() {
            Hold::Exclusive { by } | Hold::Shared { by, .. } if by != me => Hold::Nothing,
            held => held,
        }
    }

    /// Takes the lock. A process that holds it for reading may take it for reading again.
    pub fn lock(&self, mode: Mode, limit: WaitLimit, env: WaitEnv) -> Result<Acquisition, AcquireError> {
        let me = me();
        match (&self.readers, mode, self.held(me)) {
            (Some(_), Mode::Shared, Hold::Shared { by, slot, times }) => {
                self.held.set(Hold::Shared { by, slot, times: times.saturating_add(1) });
                Ok(Acquisition::Clean)
            }
            (_, _, Hold::Exclusive { .. } | Hold::Shared { .. }) => Err(self.refuse_holder(limit, env)),
            (Some(readers), Mode::Shared, Hold::Nothing) => self.read(readers, me, limit, env),
            (readers, _, Hold::Nothing) => self.write(readers.as_ref(), me, limit, env),
        }
    }

    fn write(
        &self,
        readers: Option<&Readers>,
        me: u64,
        limit: WaitLimit,
        env: WaitEnv,
    ) -> Result<Acquisition, AcquireError> {
        let mut taken = self.taking(me, limit, env).take(self.writer()?)?;
        if let Some(readers) = readers
            && let Err(refused) = self.wait_for_readers(readers, &mut taken, limit, env)
        {
            // The next holder has to learn of a death that was noticed here.
            self.leave_writer(if taken == Acquisition::OwnerDied { ABANDONED } else { FREE });
            return Err(refused);
        }
        self.held.set(Hold::Exclusive { by: me });
        Ok(taken)
    }

    /// The refusal for a process that holds the lock already. With a time limit it waits until the limit has expired, or
    /// until a signal handler of the script, which may unlock, is pending.
    #[cold]
    fn refuse_holder(&self, limit: WaitLimit, env: WaitEnv) -> AcquireError {
        let deadline = match limit {
            WaitLimit::None => return AcquireError::Busy,
            WaitLimit::Until(None) => return AcquireError::Deadlock,
            WaitLimit::Until(deadline) => deadline,
        };
        loop {
            let slept = self.writer().and_then(|writer| {
                interruptible(env)?;
                sleep(writer, writer.load(SeqCst), deadline, env)
            });
            match slept {
                Ok(SleepResult::TimedOut) => return AcquireError::TimedOut,
                Ok(SleepResult::Changed | SleepResult::Interval) => {}
                Err(refused) => return refused,
            }
        }
    }

    /// Waits until no process reads.
    fn wait_for_readers(
        &self,
        readers: &Readers,
        taken: &mut Acquisition,
        limit: WaitLimit,
        env: WaitEnv,
    ) -> Result<(), AcquireError> {
        let left = self.place.all().get(LEFT).ok_or(AcquireError::Failed(Errno::EINVAL))?;
        let mut slept = SleepResult::Changed;
        loop {
            let before = left.load(SeqCst);
            let found = readers.look(|reader| match limit {
                WaitLimit::None => self.suspicion.is_dead(reader, (env.now)()),
                WaitLimit::Until(_) => slept != SleepResult::Changed && owner::is_dead(reader),
            });
            if found.died {
                *taken = Acquisition::OwnerDied;
            }
            if !found.reads {
                return Ok(());
            }
            let WaitLimit::Until(deadline) = limit else { return Err(AcquireError::Busy) };
            if slept == SleepResult::TimedOut {
                return Err(AcquireError::TimedOut);
            }
            interruptible(env)?;
            slept = sleep(left, before, deadline, env)?;
        }
    }

    /// Frees the writer's number, or stores `word` there.
    fn leave_writer(&self, word: u64) {
        if let Ok(writer) = self.writer() {
            // Readers and writers sleep there, and all of the readers can continue.
            give_back(writer, word, if self.readers.is_some() { u32::MAX } else { 1 });
        }
    }

    fn read(
        &self,
        readers: &Readers,
        me: u64,
        limit: WaitLimit,
        env: WaitEnv,
    ) -> Result<Acquisition, AcquireError> {
        let writer = self.writer()?;
        let mut spins = self.spins(limit);
        loop {
            let current = writer.load(SeqCst);
            if admits_readers(current).is_some() {
                let slot = readers.enter(me).ok_or(AcquireError::Full)?;
                if let Some(taken) = admits_readers(writer.load(SeqCst)) {
                    self.held.set(Hold::Shared { by: me, slot, times: 1 });
                    return Ok(taken);
                }
                self.leave_reader(readers, slot, FREE);
            } else if spins > 0 {
                spins -= 1;
                spin_loop();
            } else if let Some(ended) = self.taking(me, limit, env).wait(writer, current)?
                && writer.compare_exchange(ended, me | ended & WAITERS, SeqCst, SeqCst).is_ok()
            {
                // For a moment this process was in the place of the writer that has exited.
                self.leave_writer(ABANDONED);
            }
        }
    }

    /// Frees a reader's number, or stores `word` there.
    fn leave_reader(&self, readers: &Readers, slot: usize, word: u64) {
        readers.leave(slot, word);
        if let [writer, left, ..] = self.place.all()
            && writer.load(SeqCst) != FREE
        {
            left.fetch_add(1, SeqCst);
            let _ = futex::wake(left, 1);
        }
    }

    /// Whether this process holds it.
    pub fn is_held(&self) -> bool {
        self.held(me()) != Hold::Nothing
    }

    /// Releases the lock; false when this process does not hold it.
    pub fn unlock(&self) -> bool {
        match self.held(me()) {
            Hold::Shared { by, slot, times } if times > 1 => {
                self.held.set(Hold::Shared { by, slot, times: times - 1 });
                true
            }
            held => {
                self.held.set(Hold::Nothing);
                self.leave(held, FREE)
            }
        }
    }

    /// Releases what is held, and stores `word`; false when nothing is held.
    fn leave(&self, held: Hold, word: u64) -> bool {
        match (held, &self.readers) {
            (Hold::Exclusive { .. }, _) => self.leave_writer(word),
            (Hold::Shared { slot, .. }, Some(readers)) => self.leave_reader(readers, slot, word),
            (Hold::Shared { .. }, None) | (Hold::Nothing, _) => return false,
        }
        true
    }

    fn writer(&self) -> Result<&AtomicU64, AcquireError> {
        self.place.first().ok_or(AcquireError::Failed(Errno::EINVAL))
    }

    fn taking(&self, me: u64, limit: WaitLimit, env: WaitEnv) -> LockAttempt<'_> {
        LockAttempt { me, spins: self.spins(limit), limit, env, suspicion: &self.suspicion }
    }

    fn spins(&self, limit: WaitLimit) -> u32 {
        match (limit, self.kind) {
            (WaitLimit::None, _) => 0,
            (WaitLimit::Until(_), Kind::Spin) => MANY_SPINS,
            (WaitLimit::Until(_), Kind::Mutex | Kind::ReadWrite) => SPINS,
        }
    }
}

impl Drop for Lock {
    /// No one could unlock it any more: the next holder has to learn that what the lock protects may be inconsistent.
    fn drop(&mut self) {
        let held = self.held(me());
        self.leave(held, ABANDONED);
    }
}

/// What a reader learns beside this word of the writer; `None` when a writer keeps it out. A reader cannot repair what
/// the lock protects. Therefore the word of a writer that has exited stays until a process takes the lock to write.
fn admits_readers(writer: u64) -> Option<Acquisition> {
    match owner::of(writer) {
        FREE => Some(Acquisition::Clean),
        ABANDONED => Some(Acquisition::OwnerDied),
        _ => None,
    }
}

/// The readers, in shared memory.
#[derive(Debug)]
struct Readers {
    words: SharedWords<AtomicU64>,
    /// The slot that this process used last.
    last: Cell<usize>,
}

/// The words in front of the slots: the highest number of slots in use so far, and whether a reader that had exited was
/// replaced.
const HEAD: usize = 8;
const USED: usize = 0;
const DIED: usize = 1;

/// The result of a search for readers.
struct ReaderScan {
    /// A reader still runs, or may still run.
    reads: bool,
    /// A reader had exited; its slot is free now.
    died: bool,
}

impl Readers {
    fn new() -> Result<Readers, NoRoom> {
        Ok(Readers { words: room::take(HEAD + READERS)?, last: Cell::new(0) })
    }

    fn slots(&self) -> &[AtomicU64] {
        self.words.all().get(HEAD..).unwrap_or_default()
    }

    /// Takes a slot; `None` when all belong to running processes.
    fn enter(&self, me: u64) -> Option<usize> {
        let last = self.last.get();
        let slot = if self.claim(last, FREE, me) { last } else { self.enter_elsewhere(me)? };
        self.last.set(slot);
        Some(slot)
    }

    #[cold]
    fn enter_elsewhere(&self, me: u64) -> Option<usize> {
        let free = (0..READERS).find(|&slot| self.claim(slot, FREE, me));
        free.or_else(|| {
            let (slot, _) = (0..).zip(self.slots()).find(|(slot, word)| {
                let reader = word.load(SeqCst);
                owner::is_dead(reader) && self.claim(*slot, reader, me)
            })?;
            self.words.get(DIED)?.store(1, SeqCst);
            Some(slot)
        })
    }

    fn claim(&self, slot: usize, before: u64, me: u64) -> bool {
        let (Some(used), Some(word)) = (self.words.get(USED), self.slots().get(slot)) else { return false };
        if word.load(SeqCst) != before {
            return false;
        }
        // Raised first: if a writer does not see this slot in use, this process sees the writer.
        let count = u64::try_from(slot).unwrap_or(0) + 1;
        if used.load(SeqCst) < count {
            used.fetch_max(count, SeqCst);
        }
        word.compare_exchange(before, me, SeqCst, SeqCst).is_ok()
    }

    fn leave(&self, slot: usize, word: u64) {
        if let Some(place) = self.slots().get(slot) {
            place.store(word, SeqCst);
        }
    }

    /// Searches the slots up to the first reader that still runs; frees the slots of those for which `ended` is true.
    fn look(&self, ended: impl Fn(u64) -> bool) -> ReaderScan {
        let mut found = ReaderScan { reads: false, died: false };
        let used = self.words.get(USED).map_or(0, |used| used.load(SeqCst));
        let used = usize::try_from(used).unwrap_or(READERS);
        for word in self.slots().iter().take(used) {
            let reader = word.load(SeqCst);
            if reader == FREE {
                continue;
            }
            if owner::of(reader) == ABANDONED || ended(reader) {
                found.died |= word.compare_exchange(reader, FREE, SeqCst, SeqCst).is_ok();
            } else {
                found.reads = true;
                break;
            }
        }
        if !found.reads && self.words.get(DIED).is_some_and(|died| died.load(SeqCst) != 0) {
            found.died |= self.words.get(DIED).is_some_and(|died| died.swap(0, SeqCst) != 0);
        }
        found
    }
}
