//! Journals: what a process is about to do to a bucket, for the one that comes after it if it is killed.
//!
//! A journal belongs to a process only while that writes. The step is written last, and erased when nothing is left to be
//! done; only then readers see the change. So a row that anybody has seen is not undone.
//!
//! What recovers may be killed as well: each thing it does may be done twice.

use super::layout::{JOURNALS, Journal};
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

/// A journal that this process has, until this is dropped.
pub(super) struct Own<'t> {
    journal: Journal<'t>,
    /// How much of what it keeps is in use.
    kept: usize,
}

impl Drop for Own<'_> {
    fn drop(&mut self) {
        self.journal.owner.store(FREE, Release);
    }
}

impl Own<'_> {
    /// From now on the step is ended, or undone, by somebody.
    pub(super) fn begin(&self, held: &Held<'_>, step: u64, row: usize) {
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
    pub(super) fn keep(&mut self, first: usize, words: &[AtomicU64]) {
        let Some([head, rest @ ..]) = self.journal.kept.get(self.kept..) else { return };
        head.store((first as u64) << 32 | words.len() as u64, Relaxed);
        for (place, word) in rest.iter().zip(words) {
            place.store(word.load(Relaxed), Relaxed);
        }
        self.kept += 1 + words.len();
    }

    /// Nothing was done.
    pub(super) fn abandon(&self) {
        self.journal.step.store(NOTHING, Release);
    }

    /// It is done.
    pub(super) fn end(&self) {
        self.count();
        self.journal.step.store(NOTHING, Release);
    }

    /// The row counts, or does not count any more. This may be done twice.
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

    /// A journal for this process.
    pub(super) fn take_journal(&self) -> Own<'_> {
        loop {
            let usual = self.usual_journal();
            for index in std::iter::once(usual).chain(0..JOURNALS) {
                if let Some(journal) = self.claim_journal(index) {
                    return Own { journal, kept: 0 };
                }
            }
            self.recover_all();
            clock::pause(CROWDED);
        }
    }

    /// The journal that this process tries first, and counts in: those of other processes are in other cache lines.
    fn usual_journal(&self) -> usize {
        let me = me();
        match self.journal.get() {
            (by, index) if by == me => index,
            _ => {
                let next =
                    self.layout.head(&self.words).map_or(0, |head| head.next_journal.fetch_add(1, Relaxed));
                let index = usize::try_from(next % JOURNALS as u64).unwrap_or(0);
                self.journal.set((me, index));
                index
            }
        }
    }

    fn claim_journal(&self, index: usize) -> Option<Journal<'_>> {
        let journal = self.layout.journal(&self.words, index)?;
        let owner = journal.owner.load(Relaxed);
        if owner != FREE {
            return None;
        }
        let used = self.layout.head(&self.words)?.journals;
        let count = index as u64 + 1;
        if used.load(Relaxed) < count {
            used.fetch_max(count, SeqCst);
        }
        journal.owner.compare_exchange(FREE, me(), SeqCst, SeqCst).ok()?;
        Some(journal)
    }

    /// Counts an update, or a row that shares its bucket. Any process may count in any journal.
    pub(super) fn count(&self, what: impl FnOnce(&Journal<'_>)) {
        let index = self.usual_journal();
        if let (Some(journal), Some(head)) =
            (self.layout.journal(&self.words, index), self.layout.head(&self.words))
        {
            if head.journals.load(Relaxed) <= index as u64 {
                head.journals.fetch_max(index as u64 + 1, SeqCst);
            }
            what(&journal);
        }
    }

    /// Brings to its end what processes that have been killed have begun, and frees their journals.
    pub(super) fn recover_all(&self) {
        for journal in self.journals() {
            let owner = journal.owner.load(Acquire);
            if owner == FREE || owner == me() || !self.suspicion.is_dead(owner, now()) {
                continue;
            }
            if journal.step.load(Acquire) == NOTHING {
                let _ = journal.owner.compare_exchange(owner, FREE, SeqCst, SeqCst);
            } else if let Ok(bucket) = usize::try_from(journal.bucket.load(Relaxed)) {
                // Who takes the bucket of one that has ended recovers it. This one may hold another bucket, and waits for
                // nobody.
                let _: Result<_, Failed> = self.hold_with(bucket, Patience::None);
            }
        }
    }
}

impl Held<'_> {
    /// Ends or undoes what the one that held this bucket before has begun.
    #[cold]
    pub(super) fn recover(&self) {
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
    fn end_adding(&self, journal: &Journal<'_>, owner: u64, index: usize) {
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
    fn end_removing(&self, journal: &Journal<'_>, owner: u64, index: usize) {
        let Some(row) = self.table.row(index) else { return };
        if row.state.load(Acquire) != owner {
            return;
        }
        self.unlink(index);
        journal.removed.store(journal.counter.load(Relaxed), Release);
        self.table.mark(index, false);
        row.state.store(FREE, Release);
    }

    fn undo_changes(&self, journal: &Journal<'_>, index: usize) {
        let Some(row) = self.table.row(index) else { return };
        let length = usize::try_from(journal.length.load(Relaxed)).unwrap_or(0);
        let mut kept = journal.kept.get(..length).unwrap_or_default();
        while let [head, rest @ ..] = kept {
            let head = head.load(Relaxed);
            let part = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            let (first, count) = (part(head >> 32), part(head & LOW));
            let Some((words, others)) = rest.split_at_checked(count) else { return };
            for (place, word) in row.data.iter().skip(first).zip(words) {
                place.store(word.load(Relaxed), Relaxed);
            }
            kept = others;
        }
    }

    /// Whether a row belongs to this bucket; with the row before it.
    fn reaches(&self, wanted: usize) -> Option<Option<usize>> {
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
    pub(super) fn unlink(&self, index: usize) {
        if let (Some(before), Some(row)) = (self.reaches(index), self.table.row(index)) {
            self.unlink_after(before, row.link.load(Relaxed) & LOW);
        }
    }

    /// What comes after a row, or first, is `next`.
    pub(super) fn unlink_after(&self, before: Option<usize>, next: u64) {
        match before.and_then(|before| self.table.row(before)) {
            Some(before) => before.link.store(before.link.load(Relaxed) & !LOW | next, Release),
            None => self.bucket.head.store(next, Release),
        }
    }
}
