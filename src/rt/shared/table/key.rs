//! Keys of rows.

use super::layout::KEY_WORDS;
use super::schema::{BYTES, put_bytes};
use foldhash::quality::SeedableRandomState;
use std::hash::BuildHasher;

/// How many bytes of a key a row keeps. Longer keys differ by their hashes and lengths.
pub const KEPT: usize = KEY_WORDS * BYTES - 1;

/// A key as a row keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub(super) hash: u64,
    /// Its length, of what may be more than is kept.
    pub(super) len: u32,
    pub(super) words: [u64; KEY_WORDS],
}

impl Key {
    /// Prepares a key.
    #[inline(always)]
    pub(super) fn new(text: &[u8], hasher: &SeedableRandomState) -> Key {
        let mut words = [0; KEY_WORDS];
        put_bytes(&mut words, text.get(..KEPT).unwrap_or(text));
        Key { hash: hasher.hash_one(text), len: u32::try_from(text.len()).unwrap_or(u32::MAX), words }
    }

    /// The words that are in use; those behind are nought.
    #[inline]
    pub(super) fn used(&self) -> &[u64] {
        self.words.get(..Key::kept_len(self.len.into()).div_ceil(BYTES)).unwrap_or(&self.words)
    }

    /// Of the bytes that are kept.
    pub(super) fn kept_len(len: u64) -> usize {
        usize::try_from(len).unwrap_or(KEPT).min(KEPT)
    }
}
