//! Reading. It waits for no process, unless a bucket changes all the time or a process was killed while changing it.

use super::key::Key;
use super::layout::Row;
use super::region::{Found, LIVE, Table, TableError};
use super::schema::{BYTES, Column, Kind};
use super::version::steadily;
use std::hint::spin_loop;
use std::sync::atomic::Ordering::{Acquire, Relaxed};

/// The number of attempts before a reader holds the bucket like a writer.
const ATTEMPTS: u32 = 64;

/// Up to this number of words, copying all is quicker than checking which ones are in use.
const SMALL: usize = 16;

/// A row that an iteration has reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPosition {
    /// Its number: the iteration continues behind it.
    pub row: usize,
    /// The kept part of its key.
    pub key: [u64; super::key::KEY_WORDS],
    /// The number of bytes of that part.
    pub key_len: usize,
}

impl Table {
    /// Whether there is a row of this key.
    pub fn contains(&self, key: &Key) -> Result<bool, TableError> {
        self.look(key, |_| {})
    }

    /// Copies the data of a row; false when there is no row of this key.
    pub fn read(&self, key: &Key<'_>, image: &mut [u64]) -> Result<bool, TableError> {
        self.look(key, |row| self.copy(row, image))
    }

    /// Copies one column of a row, like [`Table::read`].
    pub fn read_column(&self, key: &Key<'_>, column: &Column, image: &mut [u64]) -> Result<bool, TableError> {
        self.look(key, |row| copy_column(row, column, image))
    }

    /// Finds a row and passes it to `copy`, perhaps several times: only the last time counts.
    #[inline]
    fn look(&self, key: &Key<'_>, mut copy: impl FnMut(&Row<'_>)) -> Result<bool, TableError> {
        let index = self.bucket_of(key.hash);
        let Some(bucket) = self.bucket(index) else { return Ok(false) };
        for _ in 0..ATTEMPTS {
            let seen = steadily(bucket.version, |steady| {
                self.find(bucket, key, steady).map(|Found { row, .. }| copy(&row)).is_some()
            });
            match seen {
                Some(found) => return Ok(found),
                None => spin_loop(),
            }
        }
        self.look_while_held(index, key, copy)
    }

    #[cold]
    fn look_while_held(
        &self,
        index: usize,
        key: &Key<'_>,
        mut copy: impl FnMut(&Row<'_>),
    ) -> Result<bool, TableError> {
        self.hold(index, |held| {
            self.find(held.bucket, key, || true).map(|Found { row, .. }| copy(&row)).is_some()
        })
    }

    /// Copies the data of a row. Of the texts of a large row, only the used part is copied.
    #[inline]
    pub(super) fn copy(&self, row: &Row<'_>, image: &mut [u64]) {
        if image.len() <= SMALL {
            image.iter_mut().zip(row.data()).for_each(|(place, word)| *place = word.load(Relaxed));
            return;
        }
        for column in self.schema.columns() {
            if let Some(place) = image.get_mut(column.first..column.first + column.words()) {
                copy_column(row, column, place);
            }
        }
    }

    /// The first row from number `from` on, and its data. Before the first row of all, changes of killed processes are
    /// completed, as [`Table::len`] does, so that the two agree.
    pub fn next(&self, from: usize, image: &mut [u64]) -> Result<Option<RowPosition>, TableError> {
        if from == 0 {
            self.recover_all();
        }
        for index in from..self.layout.rows {
            let Some(row) = self.row(index) else { break };
            if row.state.load(Acquire) != LIVE {
                continue;
            }
            if let Some(visited) = self.visit(index, &row, image)? {
                return Ok(Some(visited));
            }
        }
        Ok(None)
    }

    /// A row by its number, if it belongs to a bucket.
    fn visit(
        &self,
        index: usize,
        row: &Row<'_>,
        image: &mut [u64],
    ) -> Result<Option<RowPosition>, TableError> {
        for attempt in 0..=ATTEMPTS {
            let hash = row.hash.load(Relaxed);
            let Some(bucket) = self.bucket(self.bucket_of(hash)) else { return Ok(None) };
            let mut visited = None;
            let mut copy = || {
                let lives = row.state.load(Relaxed) == LIVE && row.hash.load(Relaxed) == hash;
                if lives {
                    let mut key = [0; super::key::KEY_WORDS];
                    key.iter_mut().zip(row.key()).for_each(|(word, from)| *word = from.load(Relaxed));
                    let key_len = Key::kept_len(row.link.load(Relaxed) >> 32);
                    self.copy(row, image);
                    visited = Some(RowPosition { row: index, key, key_len });
                }
                lives
            };
            let seen = if attempt < ATTEMPTS {
                steadily(bucket.version, |_| copy())
            } else {
                Some(self.hold(self.bucket_of(hash), |_| copy())?)
            };
            match seen {
                Some(true) => return Ok(visited),
                // The row was removed, or belongs to another bucket by now: then it is no longer where the iteration
                // began.
                Some(false) if row.state.load(Acquire) != LIVE || attempt == ATTEMPTS => return Ok(None),
                _ => spin_loop(),
            }
        }
        Ok(None)
    }
}

/// Copies a column of a row to its place in the image.
#[inline]
pub(super) fn copy_column(row: &Row<'_>, column: &Column, image: &mut [u64]) {
    let Some(from) = row.data().get(column.first..column.first + column.words()) else { return };
    let (Some((first, text)), Some((place, places))) = (from.split_first(), image.split_first_mut()) else {
        return;
    };
    *place = first.load(Relaxed);
    if let Kind::Text(size) = column.kind {
        // While the text is being written its length may have any value.
        *place = (*place).min(size as u64);
        let used = usize::try_from(*place).unwrap_or(size).div_ceil(BYTES);
        places.iter_mut().zip(text).take(used).for_each(|(place, word)| *place = word.load(Relaxed));
    }
}
