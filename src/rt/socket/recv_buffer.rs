//! The bytes that a socket has received and that no call has returned yet.

use super::protocol::{self, Found, Framing, Protocol};
use crate::os::memory;
use crate::os::{Result, spare::Spare};

/// With fewer bytes than this, the buffer has no spare room: many sockets may wait for the rest of a small packet.
const SMALL: usize = 64 * 1024;

/// The bytes, and results of earlier searches in them.
#[derive(Debug, Default)]
pub(super) struct RecvBuffer {
    bytes: Vec<u8>,
    /// Bytes at the beginning that were taken.
    start: usize,
    /// The number of bytes after `start` that have no end of a packet.
    no_packet: usize,
    /// The number of bytes after `start` that have no end of a line.
    no_line: usize,
    /// The script's answer about the length of the packet.
    told: LengthAnswer,
}

#[derive(Clone, Copy, Debug, Default)]
enum LengthAnswer {
    #[default]
    Nothing,
    /// More bytes than this are needed to know the length.
    NeedsMore(usize),
    Length(usize),
}

impl RecvBuffer {
    /// The bytes that were not taken.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// Makes room for `more` bytes. `ENOMEM` if there is no memory: then the caller must not receive.
    pub(super) fn make_room(&mut self, more: usize) -> Result<()> {
        if self.start > 0 && self.bytes.capacity() - self.bytes.len() < more {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        memory::reserve(&mut self.bytes, more)
    }

    /// Adds received bytes. There must be room for them.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() < SMALL {
            self.bytes.shrink_to_fit();
        }
    }

    /// Inserts bytes before the others. `ENOMEM` as above.
    pub(super) fn give_back(&mut self, bytes: &[u8]) -> Result<()> {
        memory::reserve(&mut self.bytes, bytes.len())?;
        self.bytes.splice(..self.start, bytes.iter().copied());
        self.forget();
        self.start = 0;
        Ok(())
    }

    /// Copies the first bytes without taking them. Returns their number.
    pub(super) fn show(&self, mut to: Spare<'_>) -> usize {
        to.put(0, self.bytes())
    }

    /// Takes the first bytes, as many as there is room for. Returns their number.
    pub(super) fn take(&mut self, to: Spare<'_>) -> usize {
        let len = self.show(to);
        self.start += len;
        self.forget();
        if self.is_empty() {
            *self = RecvBuffer::default();
        }
        len
    }

    /// Forgets earlier searches: the protocol has changed, or the first byte is another one.
    pub(super) fn forget(&mut self) {
        (self.no_packet, self.no_line) = (0, 0);
        self.told = LengthAnswer::Nothing;
    }

    /// Notes the length of the first packet from the script. Zero means that more bytes are needed.
    pub(super) fn tell(&mut self, len: usize) {
        self.told =
            if len == 0 { LengthAnswer::NeedsMore(self.bytes().len()) } else { LengthAnswer::Length(len) };
    }

    /// Looks for the first packet.
    pub(super) fn packet(&mut self, protocol: &Protocol) -> Found {
        let found = match (&protocol.framing, self.told) {
            (Framing::Callback, LengthAnswer::Length(len)) => protocol.check(self.bytes(), len),
            // At the largest length of a packet, more bytes would not help.
            (Framing::Callback, LengthAnswer::NeedsMore(than)) if self.bytes().len() <= than => {
                if than < protocol.max_length { Found::Part } else { Found::TooLong }
            }
            _ => protocol.find(self.bytes(), self.no_packet),
        };
        if found == Found::Part {
            self.no_packet = self.bytes().len();
        }
        found
    }

    /// The length of the first line, of at most `most` bytes; `None` if its end has not arrived.
    pub(super) fn line(&mut self, most: usize) -> Option<usize> {
        let len = protocol::line(self.bytes(), self.no_line.min(most), most);
        if len.is_none() {
            self.no_line = self.bytes().len();
        }
        len
    }
}
