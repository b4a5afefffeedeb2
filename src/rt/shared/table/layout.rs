//! The layout of a table in memory: journals, then a map of the rows in use, then the rows.

use super::key::{KEY_FRONT, KEY_REST, Key, rest_of};
use crate::os::shared::SharedWords;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

/// The number of journals.
pub(super) const JOURNALS: usize = 256;

/// The words of a journal in front of the kept words of a row.
pub(super) const JOURNAL_HEAD: usize = 16;

/// The words in front of the journals.
const HEAD: usize = 8;

/// A cache line, in words.
const LINE: usize = 8;

/// The words of a row in front of its data: its first cache line. The rest of a long key is behind the data.
const ROW_HEAD: usize = LINE;

/// The number of journals that processes keep as long as they have the table. The other journals are borrowed for one
/// write each, by processes that found none of these.
pub(super) const LEASES: usize = 192;

/// The places of all parts of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// The number of buckets, a power of two. A bucket is in the row of the same number.
    pub(super) buckets: usize,
    /// The number of rows.
    pub(super) rows: usize,
    journal: usize,
    map: usize,
    first_row: usize,
    row: usize,
    /// The number of words of a row's data.
    data: usize,
    /// The number of words in total.
    pub(super) words: usize,
}

impl Layout {
    /// The layout for these numbers of buckets, further rows, columns, and words of data in a row; `None` when it
    /// exceeds the address space.
    pub(super) fn new(buckets: usize, further: usize, columns: usize, data: usize) -> Option<Layout> {
        let rows = buckets.checked_add(further)?;
        // A journal keeps the old values of all columns, and the place of each.
        let journal = (JOURNAL_HEAD + columns).checked_add(data)?.checked_next_multiple_of(LINE)?;
        let map = journal.checked_mul(JOURNALS)?.checked_add(HEAD)?;
        let first_row = map.checked_add(rows.div_ceil(64))?.checked_next_multiple_of(LINE)?;
        // No two rows share a cache line.
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
        if index >= JOURNALS {
            return None;
        }
        let behind = words.all().get(HEAD + index * self.journal..)?;
        let ([owner, step, bucket, row, added, removed, counter, length, updated, collided, ..], behind) =
            behind.split_first_chunk::<JOURNAL_HEAD>()?;
        let kept = behind.get(..self.journal - JOURNAL_HEAD).unwrap_or_default();
        Some(Journal { owner, step, bucket, row, added, removed, counter, length, updated, collided, kept })
    }

    /// The map of the rows in use, one bit for each row.
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
        let bucket = Bucket { owner, version, head };
        Some(Row { bucket, state, hash, link, key, rest, data: self.data })
    }
}

/// The head of a table.
pub(super) struct Head<'t> {
    /// The number of journals that have been in use.
    pub(super) journals: &'t AtomicU64,
    /// The journal that is proposed to the next process.
    pub(super) next_journal: &'t AtomicU64,
    /// The largest number of rows in one bucket so far.
    pub(super) longest_chain: &'t AtomicU64,
}

/// What a writing process is about to do, so that another can complete or undo it if that process is killed; and its
/// counters.
pub(super) struct Journal<'t> {
    /// The process.
    pub(super) owner: &'t AtomicU64,
    /// The step that is in progress; 0 for none.
    pub(super) step: &'t AtomicU64,
    pub(super) bucket: &'t AtomicU64,
    pub(super) row: &'t AtomicU64,
    /// The number of added rows, by all processes that have had this journal.
    pub(super) added: &'t AtomicU64,
    /// The number of removed rows, likewise.
    pub(super) removed: &'t AtomicU64,
    /// The value that `added` or `removed` will have.
    pub(super) counter: &'t AtomicU64,
    /// The number of valid words of `kept`.
    pub(super) length: &'t AtomicU64,
    /// The number of updates of rows.
    pub(super) updated: &'t AtomicU64,
    /// The number of rows that were added to buckets with others.
    pub(super) collided: &'t AtomicU64,
    /// The old words of the row.
    pub(super) kept: &'t [AtomicU64],
}

/// The rows whose hashes have the same low bits.
#[derive(Clone, Copy)]
pub(super) struct Bucket<'t> {
    /// The process that writes.
    pub(super) owner: &'t AtomicU64,
    /// Odd while what readers see changes; a different value afterwards.
    pub(super) version: &'t AtomicU64,
    /// One more than the number of the first row; 0 without any.
    pub(super) head: &'t AtomicU64,
}

/// A row, and the bucket in the same place.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) bucket: Bucket<'t>,
    /// Zero when it is free, `LIVE` when it belongs to a bucket, or the process that is changing it from one to the
    /// other.
    pub(super) state: &'t AtomicU64,
    pub(super) hash: &'t AtomicU64,
    /// In the high half the length of the key; in the low half one more than the number of the next row of the bucket.
    pub(super) link: &'t AtomicU64,
    key: &'t [AtomicU64; KEY_FRONT],
    /// The data, then the rest of a long key.
    rest: &'t [AtomicU64],
    /// The number of words of the data.
    data: usize,
}

impl<'t> Row<'t> {
    /// Its data.
    #[inline]
    pub(super) fn data(&self) -> &'t [AtomicU64] {
        self.rest.get(..self.data).unwrap_or_default()
    }

    fn key_rest(&self) -> &'t [AtomicU64] {
        self.rest.get(self.data..).unwrap_or_default()
    }

    /// The words of its key, padded with zeros.
    pub(super) fn key(&self) -> impl Iterator<Item = &'t AtomicU64> {
        self.key.iter().chain(self.key_rest())
    }

    /// Sets its key, except for the length.
    pub(super) fn set_key(&self, key: &Key<'_>) {
        self.hash.store(key.hash, Relaxed);
        let words = key.front.into_iter().chain(rest_of(key.text));
        self.key().zip(words).for_each(|(word, value)| word.store(value, Relaxed));
    }

    /// Whether it has this key: the same hash, length and kept bytes.
    #[inline(always)]
    pub(super) fn has_key(&self, key: &Key<'_>) -> bool {
        self.hash.load(Relaxed) == key.hash
            && self.link.load(Relaxed) >> 32 == key.len()
            && self.key.iter().zip(key.front).all(|(word, wanted)| word.load(Relaxed) == wanted)
            && (!key.has_rest() || are_rest_of(self.key_rest(), key.text))
    }
}

/// Whether these are the words of a key behind the first ones. A function of slices: references to a row or key would
/// mean that both have to be in memory in each comparison.
#[inline(never)]
fn are_rest_of(words: &[AtomicU64], text: &[u8]) -> bool {
    words.iter().zip(rest_of(text)).all(|(word, wanted)| word.load(Relaxed) == wanted)
}
