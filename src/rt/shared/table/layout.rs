//! How a table lies in memory: journals, then a map of the rows that are in use, then the rows.

use super::key::{KEY_FRONT, KEY_REST, Key};
use crate::os::shared::SharedWords;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

/// How many journals there are.
pub(super) const JOURNALS: usize = 256;

/// Words of a journal in front of what it keeps of a row.
pub(super) const JOURNAL_HEAD: usize = 16;

/// Words in front of the journals.
const HEAD: usize = 8;

/// A cache line, in words.
const LINE: usize = 8;

/// Words of a row in front of its data: its first cache line. The rest of a long key is behind the data.
const ROW_HEAD: usize = LINE;

/// How many of the journals a process may have for as long as it has the table. The others are for one write each, of
/// processes that found none of these.
pub(super) const LEASES: usize = 192;

/// Where things are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// How many buckets there are, a power of two; the bucket of a number lies in the row of that number.
    pub(super) buckets: usize,
    /// How many rows there are.
    pub(super) rows: usize,
    journal: usize,
    map: usize,
    first_row: usize,
    row: usize,
    /// Words of a row's data.
    data: usize,
    /// All words.
    pub(super) words: usize,
}

impl Layout {
    /// For so many buckets, further rows, columns and words of data in a row; `None` when no memory is so large.
    pub(super) fn new(buckets: usize, further: usize, columns: usize, data: usize) -> Option<Layout> {
        let rows = buckets.checked_add(further)?;
        // A journal keeps the old values of all columns, and where each belongs.
        let journal = (JOURNAL_HEAD + columns).checked_add(data)?.checked_next_multiple_of(LINE)?;
        let map = journal.checked_mul(JOURNALS)?.checked_add(HEAD)?;
        let first_row = map.checked_add(rows.div_ceil(64))?.checked_next_multiple_of(LINE)?;
        // No two rows are in one cache line.
        let row = (ROW_HEAD + KEY_REST).checked_add(data)?.checked_next_multiple_of(LINE)?;
        let words = row.checked_mul(rows)?.checked_add(first_row)?;
        Some(Layout { buckets, rows, journal, map, first_row, row, data, words })
    }

    pub(super) fn head(self, words: &SharedWords) -> Option<Head<'_>> {
        let [journals, next_journal, longest_chain, ..] = words.all() else { return None };
        Some(Head { journals, next_journal, longest_chain })
    }

    #[inline]
    pub(super) fn journal(self, words: &SharedWords, index: usize) -> Option<Journal<'_>> {
        let first = HEAD + index * self.journal;
        let all = words.all().get(first..first + self.journal).filter(|_| index < JOURNALS)?;
        let (head, kept) = all.split_at_checked(JOURNAL_HEAD)?;
        let [owner, step, bucket, row, added, removed, counter, length, updated, collided, ..] = head else {
            return None;
        };
        Some(Journal { owner, step, bucket, row, added, removed, counter, length, updated, collided, kept })
    }

    /// The map of the rows in use: a bit a row.
    pub(super) fn map(self, words: &SharedWords) -> &[AtomicU64] {
        words.all().get(self.map..self.map + self.rows.div_ceil(64)).unwrap_or_default()
    }

    #[inline]
    pub(super) fn row(self, words: &SharedWords, index: usize) -> Option<Row<'_>> {
        if index >= self.rows {
            return None;
        }
        let first = self.first_row + index * self.row;
        let all = words.all().get(first..first + self.row)?;
        let ([owner, version, head, state, hash, link, key @ ..], rest) =
            all.split_first_chunk::<ROW_HEAD>()?;
        let (data, key_rest) = rest.split_at_checked(self.data)?;
        Some(Row { bucket: Bucket { owner, version, head }, state, hash, link, key, data, key_rest })
    }
}

/// What is in front of all.
pub(super) struct Head<'t> {
    /// How many journals have been in use.
    pub(super) journals: &'t AtomicU64,
    /// The journal that is proposed to the next process.
    pub(super) next_journal: &'t AtomicU64,
    /// How many rows were in one bucket at most.
    pub(super) longest_chain: &'t AtomicU64,
}

/// What a process that writes is about to do, so that it can be ended or undone when it is killed. And what it counts.
pub(super) struct Journal<'t> {
    /// The process.
    pub(super) owner: &'t AtomicU64,
    /// What it is about to do; 0 when it is not.
    pub(super) step: &'t AtomicU64,
    pub(super) bucket: &'t AtomicU64,
    pub(super) row: &'t AtomicU64,
    /// Rows that were added, by all processes that have had this journal.
    pub(super) added: &'t AtomicU64,
    /// As above, rows that were removed.
    pub(super) removed: &'t AtomicU64,
    /// What `added` or `removed` will be.
    pub(super) counter: &'t AtomicU64,
    /// How many words of `kept` count.
    pub(super) length: &'t AtomicU64,
    /// Updates of rows.
    pub(super) updated: &'t AtomicU64,
    /// Rows that were added to buckets with others.
    pub(super) collided: &'t AtomicU64,
    /// What was in the row.
    pub(super) kept: &'t [AtomicU64],
}

/// All rows with hashes that have the same low bits.
#[derive(Clone, Copy)]
pub(super) struct Bucket<'t> {
    /// Who writes.
    pub(super) owner: &'t AtomicU64,
    /// Odd while what readers see changes; another one afterwards.
    pub(super) version: &'t AtomicU64,
    /// One more than the number of the first row; 0 without any.
    pub(super) head: &'t AtomicU64,
}

/// A row, and the bucket that lies there.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) bucket: Bucket<'t>,
    /// Nought when it is free, `LIVE` when it belongs to a bucket, or the process that makes it the one or the other.
    pub(super) state: &'t AtomicU64,
    pub(super) hash: &'t AtomicU64,
    /// The length of the key in the high half; in the low half one more than the number of the next row of the bucket.
    pub(super) link: &'t AtomicU64,
    key: &'t [AtomicU64; KEY_FRONT],
    pub(super) data: &'t [AtomicU64],
    key_rest: &'t [AtomicU64],
}

impl<'t> Row<'t> {
    /// The words of its key, and nought behind them.
    pub(super) fn key(&self) -> impl Iterator<Item = &'t AtomicU64> {
        self.key.iter().chain(self.key_rest)
    }

    /// Gives it a key; the length is not a part of that.
    pub(super) fn set_key(&self, key: &Key<'_>) {
        self.hash.store(key.hash, Relaxed);
        let words = key.front.into_iter().chain(key.rest());
        self.key().zip(words).for_each(|(word, value)| word.store(value, Relaxed));
    }

    /// Whether it has this key: its hash, its length, and what is kept of it.
    #[inline(always)]
    pub(super) fn has_key(&self, key: &Key<'_>) -> bool {
        self.hash.load(Relaxed) == key.hash
            && self.link.load(Relaxed) >> 32 == u64::from(key.len)
            && self.key.iter().zip(key.front).all(|(word, wanted)| word.load(Relaxed) == wanted)
            && (!key.has_rest() || self.has_rest(key))
    }

    fn has_rest(&self, key: &Key<'_>) -> bool {
        self.key_rest.iter().zip(key.rest()).all(|(word, wanted)| word.load(Relaxed) == wanted)
    }
}
