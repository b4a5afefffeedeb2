//! Journals: what a process is about to do to a bucket, for the process that comes after it if it is killed.
//!
//! A journal belongs to a process only while it writes. The step is written last, and erased when nothing is left to
//! do; only then can readers see the change. So a row that a reader has seen is never undone.
//!
//! A recovering process may be killed as well, so each of its steps may be done twice.

use super::changes::part;
use super::layout::{JOURNALS, Journal, LEASES};
use super::region::{LIVE, LOW, LockedBucket, Table, TableError, number};
use crate::os::clock;
use crate::rt::core::clock::now;
use crate::rt::shared::holding::WaitLimit;
use crate::rt::shared::owner::{FREE, me};
use std::hint::spin_loop;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::fence;
use std::time::Duration;

/// The interval of tries when all journals are in use.
const CROWDED: Duration = Duration::from_micros(100);

/// How often a step is looked at until its process is suspected to have been killed. A step takes less than a microsecond.
const MOMENT: u32 = 50;

/// No change is in progress.
pub(super) const NOTHING: u64 = 0;
/// A row is added to the bucket.
pub(super) const ADD: u64 = 1;
/// A row is removed from it.
pub(super) const REMOVE: u64 = 2;
/// The data of a row change.
pub(super) const CHANGE: u64 = 3;

/// A journal that this process has.
pub(super) struct OwnJournal<'t> {
    journal: Journal<'t>,
    /// The number of words of `kept` in use.
    kept: usize,
}

/// Frees a journal that was borrowed for one write.
pub(super) struct JournalGuard<'t>(Option<&'t AtomicU64>);

impl Drop for JournalGuard<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(owner) = self.0 {
            owner.store(FREE, Release);
        }
    }
}

impl OwnJournal<'_> {
    /// From now on another process completes or undoes the step if this one is killed.
    #[inline]
    pub(super) fn begin(&self, held: LockedBucket<'_>, step: u64, row: usize) {
        let journal = &self.journal;
        let counter = if step == ADD { journal.added } else { journal.removed };
        journal.bucket.store(held.index as u64, Relaxed);
        journal.row.store(row as u64, Relaxed);
        journal.counter.store(counter.load(Relaxed).wrapping_add(1), Relaxed);
        journal.length.store(self.kept as u64, Relaxed);
        journal.step.store(step, Release);
        // All later writes become visible after it.
        fence(Release);
    }

    /// Sets the row that the step is about.
    pub(super) fn set_row(&self, row: usize) {
        self.journal.row.store(row as u64, Release);
    }

    /// Keeps the old words of a row's data, which begin at `first`.
    #[inline]
    pub(super) fn keep(&mut self, first: usize, words: &[AtomicU64]) {
        let Some([head, rest @ ..]) = self.journal.kept.get(self.kept..) else { return };
        head.store((first as u64) << 32 | words.len() as u64, Relaxed);
        for (place, word) in rest.iter().zip(words) {
            place.store(word.load(Relaxed), Relaxed);
        }
        self.kept += 1 + words.len();
    }

    /// Counts an update of a row.
    #[inline]
    pub(super) fn count_update(&self) {
        increase(self.journal.updated);
    }

    /// Counts a row that shares its bucket.
    pub(super) fn count_collision(&self) {
        increase(self.journal.collided);
    }

    /// Erases the step: nothing is left to do.
    #[inline]
    pub(super) fn end(&self) {
        self.journal.step.store(NOTHING, Release);
    }

    /// Counts the added or removed row. This may be done twice.
    pub(super) fn count(&self) {
        match self.journal.step.load(Relaxed) {
            ADD => self.journal.added.store(self.journal.counter.load(Relaxed), Release),
            REMOVE => self.journal.removed.store(self.journal.counter.load(Relaxed), Release),
            _ => {}
        }
    }
}

impl Table {
    /// The journals that have been in use.
    pub(super) fn journals(&self) -> impl Iterator<Item = Journal<'_>> {
        let used = self.layout.head(&self.words).map_or(0, |head| head.journals.load(SeqCst));
        let used = usize::try_from(used).unwrap_or(JOURNALS).min(JOURNALS);
        (0..used).filter_map(|index| self.layout.journal(&self.words, index))
    }

    /// A journal for this process, and the value that frees a borrowed one.
    #[inline]
    pub(super) fn take_journal(&self, me: u64) -> Result<(OwnJournal<'_>, JournalGuard<'_>), TableError> {
        let (by, leased) = self.lease.get();
        let (index, is_lent) =
            if by == me && leased < LEASES { (leased, false) } else { self.find_journal(me) };
        let journal = self.layout.journal(&self.words, index).ok_or(TableError::NONE)?;
        let lent = JournalGuard(is_lent.then_some(journal.owner));
        Ok((OwnJournal { journal, kept: 0 }, lent))
    }

    /// Counts an update.
    #[inline]
    pub(super) fn count_update(&self, me: u64) {
        if let Ok((journal, _lent)) = self.take_journal(me) {
            journal.count_update();
        }
    }

    /// A journal that this process may keep as long as it has the table, so that it shares no cache line with others;
    /// or a journal for a single write, and true.
    #[cold]
    fn find_journal(&self, me: u64) -> (usize, bool) {
        let (by, _) = self.lease.get();
        if by != me {
            let next =
                self.layout.head(&self.words).map_or(0, |head| head.next_journal.fetch_add(1, Relaxed));
            let first = usize::try_from(next % LEASES as u64).unwrap_or(0);
            let claim = || (first..LEASES).chain(0..first).find(|index| self.claim_journal(*index, me));
            let found = claim().or_else(|| {
                self.reclaim_journals();
                claim()
            });
            self.lease.set((me, found.unwrap_or(LEASES)));
            if let Some(index) = found {
                return (index, false);
            }
        }
        loop {
            if let Some(index) = (LEASES..JOURNALS).find(|index| self.claim_journal(*index, me)) {
                return (index, true);
            }
            self.reclaim_journals();
            clock::pause(CROWDED);
        }
    }

    /// Tries to take a journal for this process.
    fn claim_journal(&self, index: usize, me: u64) -> bool {
        let (Some(journal), Some(head)) =
            (self.layout.journal(&self.words, index), self.layout.head(&self.words))
        else {
            return false;
        };
        if journal.owner.load(Relaxed) != FREE {
            return false;
        }
        let count = index as u64 + 1;
        if head.journals.load(Relaxed) < count {
            head.journals.fetch_max(count, SeqCst);
        }
        journal.owner.compare_exchange(FREE, me, SeqCst, SeqCst).is_ok()
    }

    /// Completes or undoes what killed processes have begun.
    pub(super) fn recover_all(&self) {
        for journal in self.journals() {
            if journal.step.load(Acquire) == NOTHING {
                continue;
            }
            let owner = journal.owner.load(Acquire);
            if owner == FREE || owner == me() || ends_soon(&journal) || !self.suspicion.has_died(owner) {
                continue;
            }
            if let Ok(bucket) = usize::try_from(journal.bucket.load(Relaxed)) {
                // Taking the bucket of an exited process recovers it. This process may hold another bucket, so it does
                // not wait.
                let _: Result<(), TableError> = self.hold_with(bucket, WaitLimit::None, |_| ());
            }
        }
    }

    /// As [`Table::recover_all`], and frees the journals of processes that have exited.
    fn reclaim_journals(&self) {
        self.recover_all();
        for journal in self.journals() {
            let owner = journal.owner.load(Acquire);
            if owner != FREE
                && journal.step.load(Acquire) == NOTHING
                && owner != me()
                && self.suspicion.is_dead(owner, now())
            {
                let _ = journal.owner.compare_exchange(owner, FREE, SeqCst, SeqCst);
            }
        }
    }

    /// Frees this process's journal for others.
    pub(super) fn end_lease(&self) {
        let (by, index) = self.lease.get();
        if by == me()
            && let Some(journal) = self.layout.journal(&self.words, index)
        {
            journal.owner.store(FREE, Release);
        }
    }
}

/// Whether the process that has begun this step ends it now, as one does that runs: then nobody asks the kernel for it.
fn ends_soon(journal: &Journal<'_>) -> bool {
    (0..MOMENT).any(|_| {
        spin_loop();
        journal.step.load(Acquire) == NOTHING
    })
}

/// Adds one to a number that only this process writes.
#[inline]
fn increase(count: &AtomicU64) {
    count.store(count.load(Relaxed).wrapping_add(1), Relaxed);
}

impl LockedBucket<'_> {
    /// Completes or undoes what the previous holder of this bucket has begun.
    #[cold]
    pub(super) fn recover(self) {
        self.begin_change();
        for journal in self.table.journals() {
            let step = journal.step.load(Acquire);
            if step == NOTHING || journal.bucket.load(Relaxed) != self.index as u64 {
                continue;
            }
            // Only a holder of this bucket writes its number into a journal. That holder has exited, because this
            // process holds the bucket now.
            let owner = journal.owner.load(Acquire);
            if let Ok(row) = usize::try_from(journal.row.load(Relaxed)) {
                match step {
                    ADD => self.end_adding(&journal, owner, row),
                    REMOVE => self.end_removing(&journal, owner, row),
                    _ => self.undo_changes(&journal, row),
                }
            }
            fence(SeqCst);
            journal.step.store(NOTHING, Release);
            let _ = journal.owner.compare_exchange(owner, FREE, SeqCst, SeqCst);
        }
        self.end_change();
    }

    /// The row belongs to the bucket, or it becomes free.
    fn end_adding(self, journal: &Journal<'_>, owner: u64, index: usize) {
        let Some(row) = self.table.row(index) else { return };
        let state = row.state.load(Acquire);
        if self.reaches(index).is_some() {
            row.state.store(LIVE, Release);
            self.table.mark(index, true);
            journal.added.store(journal.counter.load(Relaxed), Release);
        } else if state == owner {
            self.table.mark(index, false);
            row.state.store(FREE, Release);
        }
    }

    /// A row that is marked is removed.
    fn end_removing(self, journal: &Journal<'_>, owner: u64, index: usize) {
        let Some(row) = self.table.row(index) else { return };
        if row.state.load(Acquire) != owner {
            return;
        }
        self.unlink(index);
        journal.removed.store(journal.counter.load(Relaxed), Release);
        self.table.mark(index, false);
        row.state.store(FREE, Release);
    }

    fn undo_changes(self, journal: &Journal<'_>, index: usize) {
        let Some(row) = self.table.row(index) else { return };
        let length = usize::try_from(journal.length.load(Relaxed)).unwrap_or(0);
        let mut kept = journal.kept.get(..length).unwrap_or_default();
        while let [head, rest @ ..] = kept {
            let (first, count) = part(head.load(Relaxed));
            let Some((words, others)) = rest.split_at_checked(count) else { return };
            for (place, word) in row.data().iter().skip(first).zip(words) {
                place.store(word.load(Relaxed), Relaxed);
            }
            kept = others;
        }
    }

    /// Whether a row belongs to this bucket. Returns also the row before it.
    fn reaches(self, wanted: usize) -> Option<Option<usize>> {
        let mut before = None;
        let mut next = self.bucket.head.load(Relaxed);
        for _ in 0..=self.table.layout.rows {
            let index = number(next)?;
            if index == wanted {
                return Some(before);
            }
            before = Some(index);
            next = self.table.row(index)?.link.load(Relaxed) & LOW;
        }
        None
    }

    /// Takes a row out of the bucket, if it is there.
    pub(super) fn unlink(self, index: usize) {
        if let (Some(before), Some(row)) = (self.reaches(index), self.table.row(index)) {
            self.unlink_after(before, row.link.load(Relaxed) & LOW);
        }
    }

    /// Sets the successor of a row, or the first row, to `next`.
    pub(super) fn unlink_after(self, before: Option<usize>, next: u64) {
        match before.and_then(|before| self.table.row(before)) {
            Some(before) => before.link.store(before.link.load(Relaxed) & !LOW | next, Release),
            None => self.bucket.head.store(next, Release),
        }
    }
}
