//! Journals: what a process is about to do to a bucket, for the one that comes after it if it is killed.
//!
//! A journal belongs to a process only while that writes. The step is written last, and erased when nothing is left to be
//! done; only then readers see the change. So a row that anybody has seen is not undone.
//!
//! What recovers may be killed as well: each thing it does may be done twice.

use super::changes::part;
use super::layout::{JOURNALS, Journal, LEASES};
use super::region::{Failed, Held, LIVE, LOW, Table, number};
use crate::os::clock;
use crate::rt::core::clock::now;
use crate::rt::shared::holding::Patience;
use crate::rt::shared::owner::{FREE, me};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::fence;
use std::time::Duration;

/// How long one waits that finds all journals in use.
const CROWDED: Duration = Duration::from_micros(100);

/// Nothing is under way.
pub(super) const NOTHING: u64 = 0;
/// A row is added to the bucket.
pub(super) const ADD: u64 = 1;
/// A row is removed from it.
pub(super) const REMOVE: u64 = 2;
/// The data of a row change.
pub(super) const CHANGE: u64 = 3;

/// A journal that this process has.
pub(super) struct Own<'t> {
    journal: Journal<'t>,
    /// How much of what it keeps is in use.
    kept: usize,
}

/// Gives a journal back that was only for one write.
pub(super) struct Lent<'t>(Option<&'t AtomicU64>);

impl Drop for Lent<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(owner) = self.0 {
            owner.store(FREE, Release);
        }
    }
}

impl Own<'_> {
    /// From now on the step is ended, or undone, by somebody.
    #[inline]
    pub(super) fn begin(&self, held: Held<'_>, step: u64, row: usize) {
        let journal = &self.journal;
        let counter = if step == ADD { journal.added } else { journal.removed };
        journal.bucket.store(held.index as u64, Relaxed);
        journal.row.store(row as u64, Relaxed);
        journal.counter.store(counter.load(Relaxed).wrapping_add(1), Relaxed);
        journal.length.store(self.kept as u64, Relaxed);
        journal.step.store(step, Release);
        // Whatever comes now comes after it.
        fence(Release);
    }

    /// It is about this row.
    pub(super) fn set_row(&self, row: usize) {
        self.journal.row.store(row as u64, Release);
    }

    /// Keeps words of a row's data, which begin at `first`.
    #[inline]
    pub(super) fn keep(&mut self, first: usize, words: &[AtomicU64]) {
        let Some([head, rest @ ..]) = self.journal.kept.get(self.kept..) else { return };
        head.store((first as u64) << 32 | words.len() as u64, Relaxed);
        for (place, word) in rest.iter().zip(words) {
            place.store(word.load(Relaxed), Relaxed);
        }
        self.kept += 1 + words.len();
    }

    /// A row was updated.
    #[inline]
    pub(super) fn count_update(&self) {
        increase(self.journal.updated);
    }

    /// A row shares its bucket.
    pub(super) fn count_collision(&self) {
        increase(self.journal.collided);
    }

    /// Nothing was done.
    pub(super) fn abandon(&self) {
        self.journal.step.store(NOTHING, Release);
    }

    /// It is done.
    #[inline]
    pub(super) fn end(&self) {
        self.count();
        self.journal.step.store(NOTHING, Release);
    }

    /// The row counts, or does not count any more. This may be done twice.
    #[inline]
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

    /// A journal for this process, and what gives it back.
    #[inline]
    pub(super) fn take_journal(&self, me: u64) -> Result<(Own<'_>, Lent<'_>), Failed> {
        let (by, leased) = self.lease.get();
        let (index, is_lent) =
            if by == me && leased < LEASES { (leased, false) } else { self.find_journal(me) };
        let journal = self.layout.journal(&self.words, index).ok_or(Failed::NONE)?;
        let lent = Lent(is_lent.then_some(journal.owner));
        Ok((Own { journal, kept: 0 }, lent))
    }

    /// Counts an update.
    #[inline]
    pub(super) fn count_update(&self, me: u64) {
        if let Ok((journal, _lent)) = self.take_journal(me) {
            journal.count_update();
        }
    }

    /// A journal that this process may have for as long as it has the table, so that those of others are in other cache lines;
    /// or one for a single write, and true.
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

    /// Whether a journal is this process's from now on.
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

    /// Brings to its end what processes that have been killed have begun.
    pub(super) fn recover_all(&self) {
        for journal in self.journals() {
            if journal.step.load(Acquire) == NOTHING {
                continue;
            }
            let owner = journal.owner.load(Acquire);
            if owner == FREE || owner == me() || !self.suspicion.is_dead(owner, now()) {
                continue;
            }
            if let Ok(bucket) = usize::try_from(journal.bucket.load(Relaxed)) {
                // Who takes the bucket of one that has ended recovers it. This one may hold another bucket, and waits for
                // nobody.
                let _: Result<(), Failed> = self.hold_with(bucket, Patience::None, |_| ());
            }
        }
    }

    /// As above, and frees the journals of processes that have ended.
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

    /// Others may have the journal of this process.
    pub(super) fn end_lease(&self) {
        let (by, index) = self.lease.get();
        if by == me()
            && let Some(journal) = self.layout.journal(&self.words, index)
        {
            journal.owner.store(FREE, Release);
        }
    }
}

/// Adds one to a number that only this process writes.
#[inline]
fn increase(count: &AtomicU64) {
    count.store(count.load(Relaxed).wrapping_add(1), Relaxed);
}

impl Held<'_> {
    /// Ends or undoes what the one that held this bucket before has begun.
    #[cold]
    pub(super) fn recover(self) {
        self.begin_change();
        for journal in self.table.journals() {
            let step = journal.step.load(Acquire);
            if step == NOTHING || journal.bucket.load(Relaxed) != self.index as u64 {
                continue;
            }
            // Who writes the number of a bucket here holds it; and it has ended, for this process holds it now.
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

    /// The row belongs to the bucket, or it is free.
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

    /// Once it is marked, it goes.
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
            for (place, word) in row.data.iter().skip(first).zip(words) {
                place.store(word.load(Relaxed), Relaxed);
            }
            kept = others;
        }
    }

    /// Whether a row belongs to this bucket; with the row before it.
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

    /// What comes after a row, or first, is `next`.
    pub(super) fn unlink_after(self, before: Option<usize>, next: u64) {
        match before.and_then(|before| self.table.row(before)) {
            Some(before) => before.link.store(before.link.load(Relaxed) & !LOW | next, Release),
            None => self.bucket.head.store(next, Release),
        }
    }
}
