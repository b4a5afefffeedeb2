//! Bytes that were received and not taken yet.

use super::protocol::{self, Found, Framing, Protocol};
use crate::os::memory;
use crate::os::{Result, spare::Spare};

/// Below so many bytes no room is kept for more: many sockets may wait for the rest of something small.
const SMALL: usize = 64 * 1024;

/// The bytes, and what is known of them.
#[derive(Debug, Default)]
pub(super) struct RecvBuffer {
    bytes: Vec<u8>,
    /// Bytes at the beginning that were taken.
    start: usize,
    /// Bytes behind `start` that have no end of a packet.
    no_packet: usize,
    /// Bytes behind `start` that have no end of a line.
    no_line: usize,
    /// What the script has said when it was asked how long the packet is.
    told: Told,
}

#[derive(Clone, Copy, Debug, Default)]
enum Told {
    #[default]
    Nothing,
    /// More than so many bytes are needed to tell.
    NeedsMore(usize),
    Length(usize),
}

impl RecvBuffer {
    /// What has come and was not taken.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// Makes room for `more` bytes. `ENOMEM` when there is no memory for them: nothing has to be received then.
    pub(super) fn make_room(&mut self, more: usize) -> Result<()> {
        if self.start > 0 && self.bytes.capacity() - self.bytes.len() < more {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        memory::reserve(&mut self.bytes, more)
    }

    /// Adds what has come, for which there is room.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() < SMALL {
            self.bytes.shrink_to_fit();
        }
    }

    /// Puts bytes in front of the others. `ENOMEM` as above.
    pub(super) fn give_back(&mut self, bytes: &[u8]) -> Result<()> {
        memory::reserve(&mut self.bytes, bytes.len())?;
        self.bytes.splice(..self.start, bytes.iter().copied());
        self.forget();
        self.start = 0;
        Ok(())
    }

    /// Shows the first bytes: how many.
    pub(super) fn show(&self, mut to: Spare<'_>) -> usize {
        to.put(0, self.bytes())
    }

    /// Takes the first bytes out, as many as there is room for: how many.
    pub(super) fn take(&mut self, to: Spare<'_>) -> usize {
        let len = self.show(to);
        self.start += len;
        self.forget();
        if self.is_empty() {
            *self = RecvBuffer::default();
        }
        len
    }

    /// How packets are told apart has changed, or what begins with the first byte.
    pub(super) fn forget(&mut self) {
        (self.no_packet, self.no_line) = (0, 0);
        self.told = Told::Nothing;
    }

    /// The script has told the length of the first packet. Nought: more than is there is needed to tell.
    pub(super) fn tell(&mut self, len: usize) {
        self.told = if len == 0 { Told::NeedsMore(self.bytes().len()) } else { Told::Length(len) };
    }

    /// Looks for the first packet.
    pub(super) fn packet(&mut self, protocol: &Protocol) -> Found {
        let found = match (&protocol.framing, self.told) {
            (Framing::Told, Told::Length(len)) => protocol.check(self.bytes(), len),
            // The largest packet begins with no more.
            (Framing::Told, Told::NeedsMore(than)) if self.bytes().len() <= than => {
                if than < protocol.max_length { Found::Part } else { Found::TooLong }
            }
            _ => protocol.find(self.bytes(), self.no_packet),
        };
        if found == Found::Part {
            self.no_packet = self.bytes().len();
        }
        found
    }

    /// The length of the first line, of at most `most` bytes; `None` when its end has not come.
    pub(super) fn line(&mut self, most: usize) -> Option<usize> {
        let len = protocol::line(self.bytes(), self.no_line.min(most), most);
        if len.is_none() {
            self.no_line = self.bytes().len();
        }
        len
    }
}
