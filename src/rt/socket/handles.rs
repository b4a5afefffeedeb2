//! Handles that come through unix sockets.

use super::tried::uninterrupted;
use super::{Received, Socket, Stop, Tried};
use crate::os::address::Address;
use crate::os::fd_passing::{self, FdMessage};
use crate::os::pipe::{Kind, Wait};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, memory};
use crate::rt::core::handles::PipeToken;
use crate::rt::handle::{self, Held, Outgoing, Refused};
use std::os::fd::AsFd;

impl Socket {
    fn kind(&self) -> Kind {
        if self.spec.is_stream() { Kind::Stream } else { Kind::Message }
    }

    /// Told once when the other process of a pipe has ended with unread input; what it wrote comes after.
    fn unless_reset<T>(&self, result: Result<T>) -> Result<T> {
        match result {
            Err(Errno::ECONNRESET) if self.pipe.is_some() => Err(Errno::EINTR),
            result => result,
        }
    }

    /// As [`Socket::receive`].
    #[inline]
    pub(super) fn receive_unless_handle(&mut self, mut buffer: Spare<'_>) -> Tried<Received> {
        if !self.held.is_empty() {
            return Err(Stop::Handle);
        }
        let room = buffer.len();
        let parcel = uninterrupted(|| {
            let received = fd_passing::receive_as(self.kind(), self.fd.as_fd(), buffer.lend(), Wait::Never);
            self.unless_reset(received)
        })?;
        let message = self.plain(parcel)?;
        Ok(Received { len: message.min(room), message })
    }

    /// As [`Socket::receive_from`].
    pub(super) fn receive_from_unless_handle(&mut self, mut buffer: Spare<'_>) -> Tried<(usize, Address)> {
        if !self.held.is_empty() {
            return Err(Stop::Handle);
        }
        let (parcel, address) = uninterrupted(|| fd_passing::receive_from(self.fd.as_fd(), buffer.lend()))?;
        Ok((self.plain(parcel)?, address))
    }

    /// As [`Socket::peek`].
    pub(super) fn peek_unless_handle(&self, mut buffer: Spare<'_>) -> Tried<usize> {
        if !self.held.is_empty() {
            return Err(Stop::Handle);
        }
        let parcel = uninterrupted(|| fd_passing::peek(self.fd.as_fd(), buffer.lend()))?;
        let len = parcel.len;
        if parcel.count == 0 {
            return Ok(len);
        }
        // A peek that has filled its buffer tells of descriptors that come behind that.
        if len == buffer.len() && self.kind() == Kind::Stream {
            let mut more = memory::zeroed(len + 1)?;
            if uninterrupted(|| fd_passing::peek(self.fd.as_fd(), &mut more))?.len > len {
                return Ok(len);
            }
        }
        let came = handle::unpack(parcel, self.kind());
        if came.handle.is_some() && came.plain == 0 { Err(Stop::Handle) } else { Ok(came.plain) }
    }

    /// How many bytes have come before a handle, which is held.
    #[inline]
    fn plain(&mut self, parcel: FdMessage) -> Tried<usize> {
        if parcel.count == 0 { Ok(parcel.len) } else { self.meet(parcel) }
    }

    #[cold]
    fn meet(&mut self, parcel: FdMessage) -> Tried<usize> {
        let came = handle::unpack(parcel, self.kind());
        let Some(handle) = came.handle else { return Ok(came.plain) };
        self.held.push(handle);
        if came.plain == 0 { Err(Stop::Handle) } else { Ok(came.plain) }
    }

    /// Receives a handle, and holds it. `EOPNOTSUPP` where none can come.
    pub fn hold_handle(&mut self) -> Tried<()> {
        if !self.spec.has_paths() {
            return Err(Stop::Failed(Errno::EOPNOTSUPP));
        }
        if !self.held.is_empty() {
            return Ok(());
        }
        if !self.received.is_empty() {
            return Err(Stop::Refused(Refused::Data));
        }
        let ends = self.spec.knows_an_end() || self.pipe.is_some();
        loop {
            match handle::receive(self.fd.as_fd(), self.kind(), ends) {
                Ok(handle) => {
                    self.held.push(handle);
                    return Ok(());
                }
                Err(Refused::Failed(errno)) => match self.unless_reset::<()>(Err(errno)) {
                    Err(Errno::EINTR) => {}
                    Err(errno) => return Err(Stop::from(errno)),
                    Ok(()) => return Ok(()),
                },
                Err(refused) => return Err(Stop::Refused(refused)),
            }
        }
    }

    /// The handles that are held.
    pub(in crate::rt) fn held(&mut self) -> &mut Held {
        &mut self.held
    }

    /// The pipe that it is a copy of.
    pub(in crate::rt) fn pipe(&self) -> Option<PipeToken> {
        self.pipe
    }

    /// Sends a handle. `EOPNOTSUPP` where none can go. One that has to wait is kept for that.
    pub fn send_handle(&self, handle: &mut Outgoing) -> Tried<()> {
        if !self.spec.has_paths() {
            return Err(Stop::Failed(Errno::EOPNOTSUPP));
        }
        let sent = uninterrupted(|| self.unless_reset(handle.send(self.fd.as_fd())));
        if matches!(sent, Err(Stop::Again | Stop::Failed(Errno::ETOOMANYREFS))) {
            handle.keep()?;
        }
        sent
    }
}
