//! Keys of rows.

use super::schema::{BYTES, put_bytes, word};
use foldhash::fast::SeedableRandomState;
use std::hash::{BuildHasher, Hasher};

/// The words of a key.
pub(super) const KEY_WORDS: usize = 8;

/// The words of a key in front of the data.
pub(super) const KEY_FRONT: usize = 2;

/// The words of a key behind the data.
pub(super) const KEY_REST: usize = KEY_WORDS - KEY_FRONT;

/// The number of bytes of a key that a row keeps. Longer keys are told apart by hash and length.
pub const KEPT: usize = KEY_WORDS * BYTES - 1;

/// A key as a row keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'k> {
    pub(super) hash: u64,
    /// Its length, which may exceed what is kept.
    pub(super) len: u32,
    /// Its first words, padded with zeros.
    pub(super) front: [u64; KEY_FRONT],
    /// The kept bytes behind these.
    rest: &'k [u8],
}

impl<'k> Key<'k> {
    /// Prepares a key.
    #[inline(always)]
    pub(super) fn new(text: &'k [u8], hasher: &SeedableRandomState) -> Key<'k> {
        // The length is compared separately.
        let mut hash = hasher.build_hasher();
        hash.write(text);
        let kept = text.get(..KEPT).unwrap_or(text);
        let (first, kept) = word(kept);
        let (second, rest) = word(kept);
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Key { hash: hash.finish(), len, front: [first, second], rest }
    }

    /// Whether it is longer than its first words.
    #[inline]
    pub(super) fn has_rest(&self) -> bool {
        !self.rest.is_empty()
    }

    /// The words behind the first ones, padded with zeros.
    pub(super) fn rest(&self) -> [u64; KEY_REST] {
        let mut words = [0; KEY_REST];
        put_bytes(&mut words, self.rest);
        words
    }

    /// The number of kept bytes of a key of this length.
    pub(super) fn kept_len(len: u64) -> usize {
        usize::try_from(len).unwrap_or(KEPT).min(KEPT)
    }
}
