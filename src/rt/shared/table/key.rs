//! Keys of rows.

use super::layout::KEY_WORDS;
use super::schema::BYTES;
use std::hash::{BuildHasher, RandomState};

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
    /// Prepares a key. The hash is not to be foreseen: keys come from the network.
    pub(super) fn new(text: &[u8], hasher: &RandomState) -> Key {
        let mut words = [0; KEY_WORDS];
        let kept = text.get(..KEPT).unwrap_or(text);
        for (word, bytes) in words.iter_mut().zip(kept.chunks(BYTES)) {
            let mut whole = [0; BYTES];
            if let Some(part) = whole.get_mut(..bytes.len()) {
                part.copy_from_slice(bytes);
            }
            *word = u64::from_ne_bytes(whole);
        }
        Key { hash: hasher.hash_one(text), len: u32::try_from(text.len()).unwrap_or(u32::MAX), words }
    }

    /// Of the bytes that are kept.
    pub(super) fn kept_len(len: u64) -> usize {
        usize::try_from(len).unwrap_or(KEPT).min(KEPT)
    }
}
