//! Writing.

use super::journal::{ADD, CHANGE, Own, REMOVE};
use super::key::Key;
use super::layout::Row;
use super::region::{self, Failed, Found, Held, LIVE, LOW, Table};
use super::schema::{Column, Kind, words_in_use};
use crate::rt::shared::owner::{FREE, me};
use std::sync::atomic::Ordering::{Relaxed, Release, SeqCst};

/// Values for some columns of a row.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'c> {
    /// The data of a row. What is for other columns means nothing.
    pub image: &'c [u64],
    /// A bit for each column: whether it is one of these.
    pub columns: &'c [u64],
}

impl Changes<'_> {
    /// No values.
    pub const NONE: Changes<'static> = Changes { image: &[], columns: &[] };

    fn has(self, column: usize) -> bool {
        self.columns.get(column / 64).is_some_and(|bits| bits >> (column % 64) & 1 != 0)
    }

    /// The words of a column that are in use.
    fn of(&self, column: &Column) -> &[u64] {
        let words = self.image.get(column.first..column.first + column.words()).unwrap_or_default();
        let count = words.first().map_or(0, |first| words_in_use(*first, column));
        words.get(..count).unwrap_or_default()
    }

    /// The columns, and their values.
    fn each<'s>(&'s self, columns: &'s [Column]) -> impl Iterator<Item = (&'s Column, &'s [u64])> {
        let given = columns.iter().enumerate().filter(|(index, _)| self.has(*index));
        given.map(|(_, column)| (column, self.of(column)))
    }
}

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// All: a row that is not there is added.
    Always,
    /// Those that are not there.
    Absent,
    /// Those that are there.
    Present,
}

/// What a write has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It has added a row.
    Added,
    /// It has changed one.
    Changed,
    /// Nothing: the row was not as it had to be.
    Nothing,
}

/// What is added to a number.
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
    /// Sets columns of a row. Those of a row that is added are nought or empty otherwise.
    pub fn write(&self, key: &Key, changes: Changes<'_>, when: When) -> Result<Written, Failed> {
        let held = self.hold(self.bucket_of(key.hash))?;
        match self.find(held.bucket, key, || true) {
            Some(_) if when == When::Absent => Ok(Written::Nothing),
            Some(found) => {
                held.change(&found, changes);
                Ok(Written::Changed)
            }
            None if when == When::Present => Ok(Written::Nothing),
            None => {
                held.add(key, changes)?;
                Ok(Written::Added)
            }
        }
    }

    /// As [`Table::write`], for a row that is there and has the values `expected`; whether it had.
    pub fn compare_and_write(
        &self,
        key: &Key,
        expected: Changes<'_>,
        changes: Changes<'_>,
    ) -> Result<bool, Failed> {
        let held = self.hold(self.bucket_of(key.hash))?;
        let found = self.find(held.bucket, key, || true).filter(|found| self.has(&found.row, expected));
        Ok(found.map(|found| held.change(&found, changes)).is_some())
    }

    /// Removes a row that has the values `expected`, and shows it before; whether there was one.
    pub fn remove(&self, key: &Key, expected: Changes<'_>, image: &mut [u64]) -> Result<bool, Failed> {
        let held = self.hold(self.bucket_of(key.hash))?;
        let found = self.find(held.bucket, key, || true).filter(|found| self.has(&found.row, expected));
        Ok(found
            .map(|found| {
                if !image.is_empty() {
                    self.copy(&found.row, image);
                }
                held.remove(&found);
            })
            .is_some())
    }

    /// Adds to a number; what it is then. A row that is not there is added, and begins at nought.
    pub fn step(&self, key: &Key, column: usize, step: Step) -> Result<u64, Failed> {
        let Some(first) = self.schema.columns().get(column).map(|column| column.first) else { return Ok(0) };
        let held = self.hold(self.bucket_of(key.hash))?;
        if let Some(word) = self.find(held.bucket, key, || true).and_then(|found| found.row.data.get(first)) {
            let value = step.apply(word.load(Relaxed));
            // A single number: whoever reads the row sees it before or after this.
            word.store(value, Release);
            self.count(|journal| _ = journal.updated.fetch_add(1, Relaxed));
            return Ok(value);
        }
        let value = step.apply(0);
        held.add_with(key, |row| {
            if let Some(word) = row.data.get(first) {
                word.store(value, Relaxed);
            }
        })?;
        Ok(value)
    }

    /// Whether a row has these values.
    fn has(&self, row: &Row<'_>, expected: Changes<'_>) -> bool {
        expected.each(self.schema.columns()).all(|(column, words)| {
            row.data.iter().skip(column.first).zip(words).all(|(word, wanted)| {
                let value = word.load(Relaxed);
                let same_number = || f64::from_bits(value) == f64::from_bits(*wanted);
                if column.kind == Kind::Float { same_number() } else { value == *wanted }
            })
        })
    }

    /// A free row, which `owner` has from now on. It is in the journal before it is taken.
    fn take_row(&self, journal: &Own<'_>, home: usize, owner: u64) -> Option<usize> {
        let claim = |index: usize| {
            let row = self.row(index)?;
            if row.state.load(Relaxed) != FREE {
                return None;
            }
            journal.set_row(index);
            row.state.compare_exchange(FREE, owner, SeqCst, SeqCst).ok()?;
            self.mark(index, true);
            Some(index)
        };
        claim(home)
            .or_else(|| self.free_in_map().find_map(claim))
            // One that was killed may have left it out of the map.
            .or_else(|| {
                if self.len() < self.layout.rows as u64 {
                    (0..self.layout.rows).find_map(claim)
                } else {
                    None
                }
            })
    }

    /// The rows that the map shows as free, from where there was room last: those beyond one for each bucket first.
    fn free_in_map(&self) -> impl Iterator<Item = usize> {
        let map = self.layout.map(&self.words);
        let start = self.room.get().max(self.layout.buckets / 64);
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

impl Held<'_> {
    fn add(&self, key: &Key, changes: Changes<'_>) -> Result<(), Failed> {
        self.add_with(key, |row| put(row, self.table.schema.columns(), changes))
    }

    /// Adds a row, which `fill` gets when all of it is nought.
    fn add_with(&self, key: &Key, fill: impl FnOnce(&Row<'_>)) -> Result<(), Failed> {
        let table = self.table;
        let journal = table.take_journal();
        journal.begin(self, ADD, usize::MAX);
        let Some((index, row)) =
            table.take_row(&journal, self.index, me()).and_then(|index| Some((index, table.row(index)?)))
        else {
            journal.abandon();
            return Err(Failed::Full);
        };
        row.hash.store(key.hash, Relaxed);
        row.key.iter().zip(&key.words).for_each(|(word, value)| word.store(*value, Relaxed));
        clear(&row, table.schema.columns());
        fill(&row);
        let first = self.bucket.head.load(Relaxed);
        row.link.store(u64::from(key.len) << 32 | first, Relaxed);
        self.begin_change();
        self.bucket.head.store(index as u64 + 1, Release);
        row.state.store(LIVE, Release);
        journal.end();
        self.end_change();
        if first != 0 {
            self.note_collision();
        }
        Ok(())
    }

    #[cold]
    fn note_collision(&self) {
        let table = self.table;
        table.count(|journal| _ = journal.collided.fetch_add(1, Relaxed));
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

    fn change(&self, found: &Found<'_>, changes: Changes<'_>) {
        let table = self.table;
        let columns = table.schema.columns();
        let mut given = changes.each(columns);
        match (given.next(), given.next()) {
            (None, _) => {}
            (Some((column, words)), None) if !matches!(column.kind, Kind::Text(_)) => {
                // As in `Table::step`.
                if let (Some(place), Some(word)) = (found.row.data.get(column.first), words.first()) {
                    place.store(*word, Release);
                }
            }
            _ => self.change_several(found, changes),
        }
        table.count(|journal| _ = journal.updated.fetch_add(1, Relaxed));
    }

    fn change_several(&self, found: &Found<'_>, changes: Changes<'_>) {
        let columns = self.table.schema.columns();
        let mut journal = self.table.take_journal();
        for (column, _) in changes.each(columns) {
            let Some(words) = found.row.data.get(column.first..column.first + column.words()) else {
                continue;
            };
            let used = words.first().map_or(0, |first| words_in_use(first.load(Relaxed), column));
            journal.keep(column.first, words.get(..used).unwrap_or_default());
        }
        journal.begin(self, CHANGE, found.index);
        self.begin_change();
        put(&found.row, columns, changes);
        journal.end();
        self.end_change();
    }

    fn remove(&self, found: &Found<'_>) {
        let table = self.table;
        let journal = table.take_journal();
        journal.begin(self, REMOVE, found.index);
        self.begin_change();
        found.row.state.store(me(), SeqCst);
        self.unlink_after(found.before, found.row.link.load(Relaxed) & LOW);
        journal.count();
        table.mark(found.index, false);
        found.row.state.store(FREE, SeqCst);
        journal.end();
        self.end_change();
    }
}

/// Writes values into a row.
fn put(row: &Row<'_>, columns: &[Column], changes: Changes<'_>) {
    for (column, words) in changes.each(columns) {
        row.data.iter().skip(column.first).zip(words).for_each(|(place, word)| place.store(*word, Relaxed));
    }
}

/// Makes all columns nought or empty.
fn clear(row: &Row<'_>, columns: &[Column]) {
    for column in columns {
        if let Some(word) = row.data.get(column.first) {
            word.store(0, Relaxed);
        }
    }
}
