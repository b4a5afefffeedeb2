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
    /// All of its bytes, which may be more than what is kept.
    pub(super) text: &'k [u8],
    /// Its first words, padded with zeros.
    pub(super) front: [u64; KEY_FRONT],
}

impl<'k> Key<'k> {
    /// Prepares a key.
    #[inline(always)]
    pub(super) fn new(text: &'k [u8], hasher: &SeedableRandomState) -> Key<'k> {
        // The length is compared separately.
        let mut hash = hasher.build_hasher();
        hash.write(text);
        Key::with_hash(text, hash.finish())
    }

    /// Prepares a key whose hash is known.
    #[inline(always)]
    pub(super) fn with_hash(text: &'k [u8], hash: u64) -> Key<'k> {
        let (first, rest) = word(text);
        let (second, _) = word(rest);
        Key { hash, text, front: [first, second] }
    }

    /// Its length as a row keeps it.
    #[inline]
    pub(super) fn len(&self) -> u64 {
        u64::from(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    /// Whether it is longer than its first words.
    #[inline]
    pub(super) fn has_rest(&self) -> bool {
        self.text.len() > KEY_FRONT * BYTES
    }

    /// The number of kept bytes of a key of this length.
    pub(super) fn kept_len(len: u64) -> usize {
        usize::try_from(len).unwrap_or(KEPT).min(KEPT)
    }
}

/// The kept words of a key behind its first ones, padded with zeros.
pub(super) fn rest_of(text: &[u8]) -> [u64; KEY_REST] {
    let mut words = [0; KEY_REST];
    let kept = text.get(..KEPT).unwrap_or(text);
    put_bytes(&mut words, kept.get(KEY_FRONT * BYTES..).unwrap_or_default());
    words
}
