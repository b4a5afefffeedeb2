//! Shared memory into which the kernel receives a message and notes its length, before the call returns. So another
//! process has the message if this one is killed at any moment.

use crate::os::shared::load_bytes;
use crate::os::spare::Spare;
use std::mem::offset_of;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of words of a note: the header of a received packet. Its last word has the length. In a queue this word is
/// the type of the message, which has the length if the sender has put it there ([`type_with_len`]).
pub const NOTE: usize = size_of::<libc::mmsghdr>() / size_of::<u64>();

pub(super) const LAST: usize = NOTE - 1;

const _: () = assert!(NOTE * size_of::<u64>() == size_of::<libc::mmsghdr>());
const _: () = assert!(offset_of!(libc::mmsghdr, msg_hdr) == 0);
const _: () = assert!(offset_of!(libc::mmsghdr, msg_len) == LAST * size_of::<u64>());
const _: () = assert!(offset_of!(libc::mmsghdr, msg_hdr.msg_flags).is_multiple_of(size_of::<u64>()));
const _: () = assert!(align_of::<libc::mmsghdr>() <= align_of::<AtomicU64>());

/// The last word before a message has come. It is no length and no type.
const NOTHING: u64 = u32::MAX as u64;

/// The bit in the word of a packet's flags: no number was free for a descriptor.
const CUT: u64 = libc::MSG_CTRUNC as u64;

/// The upper half of a type that has the length of its message in the lower half.
const WITH_LEN: i64 = 0x4c65_6e67;

/// The type of a message of this length in a queue. Other types are never so large by chance.
pub fn type_with_len(len: usize) -> i64 {
    (WITH_LEN << 32) | i64::from(u32::try_from(len).unwrap_or(u32::MAX))
}

/// What the kernel has noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The length of the message.
    pub len: usize,
    /// Whether it came with control data, such as descriptors, or has lost some.
    pub is_special: bool,
}

/// Room for a message: a note, and its text.
#[derive(Clone, Copy, Debug)]
pub struct SharedRoom<'w> {
    /// All of it: the text is directly behind the note.
    pub(super) words: &'w [AtomicU64],
    note: &'w [AtomicU64; NOTE],
    pub(super) text: &'w [AtomicU64],
}

impl<'w> SharedRoom<'w> {
    /// `None` when there are fewer words than a note has.
    pub fn new(words: &'w [AtomicU64]) -> Option<SharedRoom<'w>> {
        words.split_first_chunk().map(|(note, text)| SharedRoom { words, note, text })
    }

    /// No message has come.
    pub fn clear(self) {
        self.note[LAST].store(NOTHING, Ordering::Relaxed);
    }

    /// The message that has come since [`SharedRoom::clear`]. `None` if a queue has brought one without its length, too.
    pub fn noted(self) -> Option<Noted> {
        let last = self.note[LAST].load(Ordering::Acquire);
        if last == NOTHING {
            return None;
        }
        let (upper, lower) = (last >> 32, last & NOTHING);
        let is_special = match i64::try_from(upper) {
            Ok(WITH_LEN) => false,
            // A packet has a header.
            Ok(0) if self.word(offset_of!(libc::mmsghdr, msg_hdr.msg_iov)) != 0 => {
                let is_cut = self.word(offset_of!(libc::mmsghdr, msg_hdr.msg_flags)) & CUT != 0;
                is_cut || self.word(offset_of!(libc::mmsghdr, msg_hdr.msg_controllen)) != 0
            }
            _ => return None,
        };
        Some(Noted { len: usize::try_from(lower).ok()?, is_special })
    }

    /// The word at this offset of the header.
    fn word(self, offset: usize) -> u64 {
        self.note.get(offset / size_of::<u64>()).map_or(0, |word| word.load(Ordering::Relaxed))
    }

    /// Copies the beginning of the text into a buffer, as far as that has room.
    pub(super) fn copy(self, buffer: Spare<'_>) {
        load_bytes(self.text, buffer);
    }
}
