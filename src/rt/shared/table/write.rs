//! Writing.

use super::changes::Changes;
use super::journal::{ADD, CHANGE, OwnJournal, REMOVE};
use super::key::Key;
use super::layout::Row;
use super::region::{self, Found, LIVE, LOW, LockedBucket, Table, TableError};
use super::schema::Column;
use crate::rt::shared::owner::FREE;
use std::sync::atomic::Ordering::{Relaxed, Release, SeqCst};
use std::sync::atomic::fence;

/// The rows that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All rows. A missing row is added.
    Always,
    /// Only missing rows.
    Absent,
    /// Only existing rows.
    Present,
}

/// The result of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteResult {
    /// It has added a row.
    Added,
    /// It has changed one.
    Changed,
    /// Nothing was written: the row was not as required.
    Nothing,
}

/// The amount added to a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// It wraps around.
    Int(i64),
    /// For floating-point columns.
    Float(f64),
}

impl Step {
    fn apply(self, word: u64) -> u64 {
        match self {
            Step::Int(step) => word.wrapping_add(step.cast_unsigned()),
            Step::Float(step) => (f64::from_bits(word) + step).to_bits(),
        }
    }
}

impl Table {
    /// Sets columns of a row. Other columns of an added row are zero or empty.
    #[inline]
    pub fn write(&self, key: &Key<'_>, changes: Changes<'_>, when: When) -> Result<WriteResult, TableError> {
        let index = self.bucket_of(key.hash);
        self.hold(index, |held| match self.find(held.bucket, key, || true) {
            Some(_) if when == When::Absent => Ok(WriteResult::Nothing),
            Some(found) => held.change(&found, changes).map(|()| WriteResult::Changed),
            None if when == When::Present => Ok(WriteResult::Nothing),
            None => self.add(index, key.hash, key.text, |row| changes.put(row)).map(|()| WriteResult::Added),
        })?
    }

    /// As [`Table::write`], for an existing row that has the values `expected`. Returns whether it had them.
    pub fn compare_and_write(
        &self,
        key: &Key<'_>,
        expected: Changes<'_>,
        changes: Changes<'_>,
    ) -> Result<bool, TableError> {
        self.hold(self.bucket_of(key.hash), |held| match held.find(key, expected) {
            Some(found) => held.change(&found, changes).map(|()| true),
            None => Ok(false),
        })?
    }

    /// Removes a row that has the values `expected`, after copying it to `image`. Returns whether there was one.
    pub fn remove(
        &self,
        key: &Key<'_>,
        expected: Changes<'_>,
        image: &mut [u64],
    ) -> Result<bool, TableError> {
        self.hold(self.bucket_of(key.hash), |held| {
            let Some(found) = held.find(key, expected) else { return Ok(false) };
            if !image.is_empty() {
                self.copy(&found.row, image);
            }
            held.remove(&found).map(|()| true)
        })?
    }

    /// Adds to a number and returns its new value. A missing row is added, and begins at zero.
    #[inline]
    pub fn step(&self, key: &Key<'_>, column: &Column, step: Step) -> Result<u64, TableError> {
        let index = self.bucket_of(key.hash);
        self.hold(index, |held| {
            let found = self.find(held.bucket, key, || true);
            if let Some(word) = found.and_then(|found| found.row.data().get(column.first)) {
                let value = step.apply(word.load(Relaxed));
                // A single number: a reader sees it before or after this.
                word.store(value, Release);
                self.count_update(held.me);
                return Ok(value);
            }
            let value = step.apply(0);
            self.add(index, key.hash, key.text, |row| {
                if let Some(word) = row.data().get(column.first) {
                    word.store(value, Relaxed);
                }
            })?;
            Ok(value)
        })?
    }

    /// Adds a row to a bucket that this process holds. `fill` gets it when all its words are zero.
    ///
    /// The caller's key is not passed, so that it need not be in memory when the row exists.
    #[cold]
    fn add(
        &self,
        bucket: usize,
        hash: u64,
        text: &[u8],
        fill: impl FnOnce(&Row<'_>),
    ) -> Result<(), TableError> {
        let held = self.locked(bucket)?;
        let (journal, _lent) = self.take_journal(held.me)?;
        journal.begin(held, ADD, usize::MAX);
        let Some((index, row)) =
            self.take_row(&journal, bucket, held.me).and_then(|index| Some((index, self.row(index)?)))
        else {
            journal.end();
            return Err(TableError::Full);
        };
        let key = Key::with_hash(text, hash);
        row.set_key(&key);
        clear(&row, self.schema.columns());
        fill(&row);
        let first = held.bucket.head.load(Relaxed);
        row.link.store(key.len() << 32 | first, Relaxed);
        held.begin_change();
        held.bucket.head.store(index as u64 + 1, Release);
        row.state.store(LIVE, Release);
        journal.count();
        journal.end();
        held.end_change();
        if first != 0 {
            held.note_collision(&journal);
        }
        Ok(())
    }

    /// Takes a free row for `owner`. The journal names it before it is taken.
    fn take_row(&self, journal: &OwnJournal<'_>, home: usize, owner: u64) -> Option<usize> {
        let claim = |index: usize| {
            let row = self.row(index)?;
            if row.state.load(Relaxed) != FREE {
                return None;
            }
            journal.set_row(index);
            row.state.compare_exchange(FREE, owner, SeqCst, SeqCst).ok()?;
            // Readers of the row's previous bucket may still read it: they will see that their bucket has changed.
            fence(Release);
            self.mark(index, true);
            Some(index)
        };
        claim(home)
            .or_else(|| self.free_in_map().find_map(claim))
            // A killed process may have left it out of the map.
            .or_else(|| {
                if self.len() < self.layout.rows as u64 {
                    (0..self.layout.rows).find_map(claim)
                } else {
                    None
                }
            })
    }

    /// The rows that the map shows as free, from where there was room last: so a full part of the map is not read again
    /// for each row.
    fn free_in_map(&self) -> impl Iterator<Item = usize> {
        let map = self.layout.map(&self.words);
        let start = self.room.get();
        let order = (start..map.len()).chain(0..start.min(map.len()));
        order
            .filter_map(|at| Some((at, map.get(at)?.load(Relaxed))))
            .filter(|(_, taken)| *taken != u64::MAX)
            .flat_map(move |(at, taken)| {
                self.room.set(at);
                (0..64).filter(move |bit| taken >> bit & 1 == 0).map(move |bit| at * 64 + bit)
            })
    }

    /// Notes in the map whether a row is in use.
    pub(super) fn mark(&self, index: usize, used: bool) {
        if let Some(word) = self.layout.map(&self.words).get(index / 64) {
            let bit = 1 << (index % 64);
            if used {
                word.fetch_or(bit, Release);
            } else {
                word.fetch_and(!bit, Release);
            }
        }
    }
}

impl<'t> LockedBucket<'t> {
    /// The row of a key, if it has these values.
    fn find(self, key: &Key<'_>, expected: Changes<'_>) -> Option<Found<'t>> {
        let found = self.table.find(self.bucket, key, || true);
        found.filter(|found| expected.are_in(&found.row, self.table.schema.columns()))
    }

    fn note_collision(self, journal: &OwnJournal<'_>) {
        let table = self.table;
        journal.count_collision();
        let mut length = 0u64;
        let mut next = self.bucket.head.load(Relaxed);
        while let Some(row) = region::number(next).and_then(|index| table.row(index)) {
            length += 1;
            next = row.link.load(Relaxed) & LOW;
        }
        if let Some(head) = table.layout.head(&table.words)
            && head.longest_chain.load(Relaxed) < length
        {
            head.longest_chain.fetch_max(length, Relaxed);
        }
    }

    #[inline(always)]
    fn change(self, found: &Found<'_>, changes: Changes<'_>) -> Result<(), TableError> {
        match changes.single() {
            Some((at, word)) => {
                if let Some(place) = found.row.data().get(at) {
                    // As in `Table::step`.
                    place.store(word, Release);
                }
                self.table.count_update(self.me);
            }
            None if changes.is_empty() => self.table.count_update(self.me),
            None => {
                let (mut journal, _lent) = self.table.take_journal(self.me)?;
                for (first, words) in changes.parts() {
                    journal.keep(first, found.row.data().get(first..first + words.len()).unwrap_or_default());
                }
                journal.begin(self, CHANGE, found.index);
                self.begin_change();
                changes.put(&found.row);
                journal.end();
                self.end_change();
                journal.count_update();
            }
        }
        Ok(())
    }

    fn remove(self, found: &Found<'_>) -> Result<(), TableError> {
        let table = self.table;
        let (journal, _lent) = table.take_journal(self.me)?;
        journal.begin(self, REMOVE, found.index);
        self.begin_change();
        found.row.state.store(self.me, SeqCst);
        self.unlink_after(found.before, found.row.link.load(Relaxed) & LOW);
        journal.count();
        table.mark(found.index, false);
        found.row.state.store(FREE, SeqCst);
        journal.end();
        self.end_change();
        Ok(())
    }
}

/// Makes all columns zero or empty.
fn clear(row: &Row<'_>, columns: &[Column]) {
    for column in columns {
        if let Some(word) = row.data().get(column.first) {
            word.store(0, Relaxed);
        }
    }
}
