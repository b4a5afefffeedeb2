//! The packet of a short value: the mark of the pipe, the length of what follows, the form of the value, its text.

use crate::os::fd_passing::MARK;
use crate::os::pipe::{self, Kind, Wait};
use crate::os::{Errno, Result, memory};
use std::hash::{BuildHasher, RandomState};
use std::os::fd::BorrowedFd;

/// The largest packet of a value. The kernel takes a packet of this size in one piece, also where memory is fragmented.
pub const PACKET: usize = 16 * 1024;

/// What is in front of the form and the text of a value in a packet: the mark, and the length of both.
pub(super) const HEAD: usize = size_of::<Mark>() + size_of::<u32>();

/// Whether the kernel takes a packet of this length as one part of a stream with this send buffer.
pub fn is_one_part(len: usize, send_buffer: usize) -> bool {
    len <= (send_buffer / 2).saturating_sub(64)
}

/// A packet of this length is one part of every stream, because the send buffer has at least 4608 bytes.
pub const SURE_PART: usize = 2048;

/// The length of the packet of a value.
pub fn packet_len(text: &[u8]) -> usize {
    HEAD + 1 + text.len()
}

/// The bytes with which the packet of a value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark([u8; MARK]);

impl Mark {
    /// A new mark, which no data begin with by chance.
    pub fn random() -> Mark {
        let [first, second] = [0, 1].map(|half| RandomState::new().hash_one(half).to_ne_bytes());
        let mut mark = [0; MARK];
        for (byte, random) in mark.iter_mut().zip(first.into_iter().chain(second)) {
            *byte = random;
        }
        Mark(mark)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8; MARK] {
        &self.0
    }

    /// Where it is in these bytes.
    pub fn find(&self, bytes: &[u8]) -> Option<usize> {
        memchr::memmem::find(bytes, &self.0)
    }

    /// Whether a message begins with it.
    pub(super) fn begins(&self, message: &[u8]) -> bool {
        message.starts_with(&self.0)
    }
}

/// The packet of a value.
pub(super) fn make(mark: &Mark, form: u8, text: &[u8]) -> Result<Vec<u8>> {
    let mut packet = Vec::new();
    memory::reserve(&mut packet, packet_len(text))?;
    packet.extend_from_slice(mark.bytes());
    let len = u32::try_from(1 + text.len()).map_err(|_| Errno::EMSGSIZE)?;
    packet.extend_from_slice(&len.to_ne_bytes());
    packet.push(form);
    packet.extend_from_slice(text);
    Ok(packet)
}

/// The length of the packet that begins with this head.
pub(super) fn len_of(head: &[u8]) -> Option<usize> {
    let len = head.get(size_of::<Mark>()..HEAD)?;
    usize::try_from(u32::from_ne_bytes(len.try_into().ok()?)).ok()?.checked_add(HEAD)
}

/// The form and the text in a packet.
pub(super) fn text_of(packet: &[u8]) -> Option<&[u8]> {
    packet.get(HEAD..).filter(|_| len_of(packet) == Some(packet.len()))
}

/// Where the packet of a value begins in the bytes of a stream with which a descriptor came. The mark may continue in the
/// socket.
pub(super) fn find_packet(socket: BorrowedFd<'_>, bytes: &[u8], mark: &Mark) -> Result<Option<usize>> {
    if let Some(start) = mark.find(bytes) {
        return Ok(Some(start));
    }
    let mut next = [0; size_of::<Mark>()];
    let first = (bytes.len() + 1).saturating_sub(next.len());
    for start in first..bytes.len() {
        let (begun, missing) = mark.bytes().split_at(bytes.len() - start);
        if bytes.ends_with(begun) {
            let len = match pipe::peek(Kind::Stream, socket, &mut next, Wait::Never) {
                Err(Errno::EAGAIN) => 0,
                len => len?,
            };
            if next.get(..len).unwrap_or_default().starts_with(missing) {
                return Ok(Some(start));
            }
        }
    }
    Ok(None)
}
