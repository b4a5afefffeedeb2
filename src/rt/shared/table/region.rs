//! The region of a table: its buckets, and what readers and writers share.

use super::key::Key;
use super::layout::{Bucket, Layout, Row};
use super::schema::Schema;
use super::version;
use crate::os::Errno;
use crate::os::shared::SharedWords;
use crate::rt::core::clock::WaitEnv;
use crate::rt::shared::holding::{AcquireError, Acquisition, LockAttempt, WaitLimit, give_back};
use crate::rt::shared::owner::{FREE, Suspicion, me};
use crate::rt::shared::room::{self, Limit, NoRoom};
use foldhash::SharedSeed;
use foldhash::fast::SeedableRandomState;
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Relaxed, SeqCst};

/// The fewest buckets of a table.
pub const FEWEST: usize = 64;

/// The most buckets of a table.
pub const MOST: usize = 1 << 31;

/// How often a process checks again whether a bucket is free before it sleeps.
const SPINS: u32 = 200;

/// The state of a row that belongs to a bucket. No process has this number.
pub(super) const LIVE: u64 = u64::MAX;

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableError {
    /// There is no room for another row.
    Full,
    /// A system call failed during a wait for another process.
    System(Errno),
}

impl TableError {
    /// There is no such bucket or journal.
    pub(super) const NONE: TableError = TableError::System(Errno::EINVAL);
}

impl From<AcquireError> for TableError {
    fn from(refused: AcquireError) -> TableError {
        match refused {
            AcquireError::Failed(errno) => TableError::System(errno),
            // The wait has no time limit, and nothing interrupts it.
            _ => TableError::System(Errno::EAGAIN),
        }
    }
}

/// Statistics of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Rows in the table.
    pub rows: u64,
    /// Rows added so far.
    pub added: u64,
    /// Rows removed so far.
    pub removed: u64,
    /// Updates of existing rows.
    pub updated: u64,
    /// Rows that were added to a bucket with others.
    pub collided: u64,
    /// The largest number of rows in one bucket so far.
    pub longest_chain: u64,
    /// Rows beyond one for each bucket.
    pub further: u64,
    /// The number of these that are free.
    pub further_free: u64,
}

/// A table, as one process has it.
#[derive(Debug)]
pub struct Table {
    pub(super) words: SharedWords,
    pub(super) layout: Layout,
    pub(super) schema: Schema,
    /// Randomly seeded, because keys may come from the network.
    hasher: SeedableRandomState,
    pub(super) suspicion: Suspicion,
    /// The process that asked for a journal, and that journal; a number that no journal has when it found none.
    pub(super) lease: Cell<(u64, usize)>,
    /// Where the map last had room.
    pub(super) room: Cell<usize>,
}

/// The number of buckets of a table for this many rows.
pub fn buckets(rows: usize) -> usize {
    rows.clamp(FEWEST, MOST).checked_next_power_of_two().unwrap_or(MOST)
}

impl Drop for Table {
    fn drop(&mut self) {
        self.end_lease();
    }
}

impl Table {
    /// A table with this number of buckets, a power of two, and further rows as a share of that number.
    pub fn new(buckets: usize, share: f64, schema: Schema) -> Result<Table, NoRoom> {
        let none = NoRoom { wanted: u64::MAX, there_are: None, limit: Limit::AddressSpace };
        let layout = layout(buckets, share, &schema).ok_or(none)?;
        let words = room::take(layout.words)?;
        Ok(Table {
            words,
            layout,
            schema,
            hasher: SeedableRandomState::with_seed(
                RandomState::new().hash_one(0),
                SharedSeed::global_random(),
            ),
            suspicion: Suspicion::default(),
            lease: Cell::new((FREE, 0)),
            // Rows beyond one for each bucket are used first.
            room: Cell::new(layout.buckets / 64),
        })
    }

    /// Its columns.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Its size in bytes when all of its memory is in use.
    pub fn bytes(&self) -> usize {
        self.layout.words * size_of::<u64>()
    }

    /// A key of this table.
    #[inline(always)]
    pub fn key<'k>(&self, text: &'k [u8]) -> Key<'k> {
        Key::new(text, &self.hasher)
    }

    #[inline]
    pub(super) fn bucket_of(&self, hash: u64) -> usize {
        // The number of buckets is a power of two, and fits.
        usize::try_from(hash & (self.layout.buckets as u64 - 1)).unwrap_or(0)
    }

    #[inline]
    pub(super) fn row(&self, index: usize) -> Option<Row<'_>> {
        self.layout.row(&self.words, index)
    }

    #[inline]
    pub(super) fn bucket(&self, index: usize) -> Option<Bucket<'_>> {
        self.row(index).map(|row| row.bucket)
    }

    /// Holds a bucket during `body`: no other process writes there, and changes of killed processes there are completed
    /// or undone.
    #[inline(always)]
    pub(super) fn hold<R>(
        &self,
        index: usize,
        body: impl FnOnce(LockedBucket<'_>) -> R,
    ) -> Result<R, TableError> {
        self.hold_with(index, WaitLimit::Until(None), body)
    }

    #[inline(always)]
    pub(super) fn hold_with<R>(
        &self,
        index: usize,
        limit: WaitLimit,
        body: impl FnOnce(LockedBucket<'_>) -> R,
    ) -> Result<R, TableError> {
        let held = self.locked(index)?;
        if held.bucket.owner.compare_exchange(FREE, held.me, SeqCst, SeqCst).is_err() {
            self.wait(index, limit)?;
        }
        let _holds = BucketGuard(held.bucket.owner);
        Ok(body(held))
    }

    /// A bucket that this process takes or holds.
    #[inline(always)]
    pub(super) fn locked(&self, index: usize) -> Result<LockedBucket<'_>, TableError> {
        let bucket = self.bucket(index).ok_or(TableError::NONE)?;
        Ok(LockedBucket { table: self, index, bucket, me: me() })
    }

    /// Waits for a bucket. During the wait it is not held.
    #[cold]
    fn wait(&self, index: usize, limit: WaitLimit) -> Result<(), TableError> {
        let held = self.locked(index)?;
        let env = WaitEnv::UNINTERRUPTED;
        let taking = LockAttempt { me: held.me, spins: SPINS, limit, env, suspicion: &self.suspicion };
        if taking.take(held.bucket.owner)? == Acquisition::OwnerDied {
            held.recover();
        }
        Ok(())
    }

    /// The row of a key in a bucket, and the row before it. `steady` is called now and then to check whether the bucket
    /// is unchanged; if it has changed, the result is invalid.
    #[inline(always)]
    pub(super) fn find(
        &self,
        bucket: Bucket<'_>,
        key: &Key<'_>,
        steady: impl Fn() -> bool,
    ) -> Option<Found<'_>> {
        let mut before = None;
        let mut next = bucket.head.load(Relaxed);
        let mut steps = 0usize;
        while let Some(index) = number(next) {
            let row = self.row(index)?;
            if row.has_key(key) {
                return Some(Found { index, row, before });
            }
            before = Some(index);
            next = row.link.load(Relaxed) & LOW;
            steps += 1;
            if steps.is_multiple_of(64) && (!steady() || steps > self.layout.rows) {
                return None;
            }
        }
        None
    }

    /// The number of rows. Changes of killed processes are completed or undone before the rows are counted.
    pub fn len(&self) -> u64 {
        let stats = self.counts();
        stats.added.wrapping_sub(stats.removed)
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn counts(&self) -> Stats {
        self.recover_all();
        let mut stats = Stats::default();
        for journal in self.journals() {
            stats.added = stats.added.wrapping_add(journal.added.load(Acquire));
            stats.removed = stats.removed.wrapping_add(journal.removed.load(Acquire));
            stats.updated = stats.updated.wrapping_add(journal.updated.load(Relaxed));
            stats.collided = stats.collided.wrapping_add(journal.collided.load(Relaxed));
        }
        stats
    }

    /// Its statistics.
    pub fn stats(&self) -> Stats {
        let mut stats = self.counts();
        stats.rows = stats.added.wrapping_sub(stats.removed);
        // The number of buckets is a multiple of the bits of a word.
        let map = self.layout.map(&self.words).get(self.layout.buckets / 64..).unwrap_or_default();
        let used: u64 = map.iter().map(|word| u64::from(word.load(Relaxed).count_ones())).sum();
        stats.further = (self.layout.rows - self.layout.buckets) as u64;
        stats.further_free = stats.further.saturating_sub(used);
        let head = self.layout.head(&self.words);
        stats.longest_chain = head.map_or(0, |head| head.longest_chain.load(Relaxed));
        stats
    }
}

fn layout(buckets: usize, share: f64, schema: &Schema) -> Option<Layout> {
    // A share is between 0 and 1, and the number of buckets exact in a float.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as above")]
    let further = (buckets as f64 * share).ceil() as usize;
    Layout::new(buckets, further, schema.columns().len(), schema.words())
}

/// The low half of a link.
pub(super) const LOW: u64 = u32::MAX as u64;

/// The number of a row from a value that is one more; `None` for 0.
#[inline]
pub(super) fn number(one_more: u64) -> Option<usize> {
    usize::try_from(one_more).ok()?.checked_sub(1)
}

/// A row that was found.
pub(super) struct Found<'t> {
    pub(super) index: usize,
    pub(super) row: Row<'t>,
    /// The row before it in its bucket.
    pub(super) before: Option<usize>,
}

/// A bucket that this process holds.
#[derive(Clone, Copy)]
pub(super) struct LockedBucket<'t> {
    pub(super) table: &'t Table,
    pub(super) index: usize,
    pub(super) bucket: Bucket<'t>,
    /// This process.
    pub(super) me: u64,
}

/// Releases a bucket when it is dropped.
struct BucketGuard<'t>(&'t AtomicU64);

impl Drop for BucketGuard<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        give_back(self.0, FREE, 1);
    }
}

impl LockedBucket<'_> {
    /// Readers wait from now on.
    #[inline]
    pub(super) fn begin_change(self) {
        version::begin_change(self.bucket.version);
    }

    /// Readers see the change from now on.
    #[inline]
    pub(super) fn end_change(self) {
        version::end_change(self.bucket.version);
    }
}
