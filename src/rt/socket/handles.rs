//! Receiving and sending handles and values through unix sockets.

use super::attempt::uninterrupted;
use super::{Attempt, Received, Socket, Stop};
use crate::os::address::Address;
use crate::os::fd_passing::{self, FdMessage, Incoming};
use crate::os::pipe::{self, Kind, Wait};
use crate::os::spare::Spare;
use crate::os::{Errno, memory};
use crate::rt::core::handles::PipeToken;
use crate::rt::handle::{self, Arrival, ArrivalKind, ArrivalQueue, Outgoing, PACKET, ReceiveError};
use std::os::fd::AsFd;

impl Socket {
    fn kind(&self) -> Kind {
        if self.spec.is_stream() { Kind::Stream } else { Kind::Message }
    }

    /// As [`Socket::receive`].
    #[inline]
    pub(super) fn receive_unless_handle(&mut self, mut buffer: Spare<'_>) -> Attempt<Received> {
        let room = buffer.len();
        self.meets_before(room)?;
        let mark = self.mark;
        let mark = mark.as_ref().map(|mark| mark.bytes());
        let kind = self.kind();
        let parcel = uninterrupted(|| {
            let (fd, room) = (self.fd.as_fd(), mark.map(|_| self.held.room()).transpose()?);
            let received = fd_passing::receive_marked(kind, fd, buffer.lend(), mark, room, Wait::Never);
            self.unless_reset(received)
        })?;
        let message = match parcel {
            Incoming::Plain(len) => len,
            Incoming::Special(parcel) => self.plain(parcel)?,
        };
        Ok(Received { len: message.min(room), message })
    }

    /// As [`Socket::receive_from`].
    pub(super) fn receive_from_unless_handle(&mut self, mut buffer: Spare<'_>) -> Attempt<(usize, Address)> {
        self.meets_before(0)?;
        let (parcel, address) = uninterrupted(|| fd_passing::receive_from(self.fd.as_fd(), buffer.lend()))?;
        Ok((self.plain(parcel)?, address))
    }

    /// As [`Socket::peek`].
    pub(super) fn peek_unless_handle(&self, mut buffer: Spare<'_>) -> Attempt<usize> {
        self.meets_before(0)?;
        let parcel = uninterrupted(|| fd_passing::peek(self.fd.as_fd(), buffer.lend()))?;
        let len = parcel.len;
        if parcel.count == 0 {
            return Ok(len);
        }
        if let (Kind::Stream, Some(mark)) = (self.kind(), &self.mark) {
            // A short value is all of a part, and may begin where the buffer ends.
            let mut more = memory::zeroed(len + size_of::<handle::Mark>())?;
            uninterrupted(|| fd_passing::peek(self.fd.as_fd(), &mut more))?;
            match mark.find(&more) {
                Some(0) => return Err(Stop::Meets(ArrivalKind::Value)),
                Some(start) if start <= len => return Ok(start),
                _ => {}
            }
        }
        // A peek that has filled its buffer also reports descriptors of the next part.
        if len == buffer.len() && self.kind() == Kind::Stream {
            let mut more = memory::zeroed(len + 1)?;
            if uninterrupted(|| fd_passing::peek(self.fd.as_fd(), &mut more))?.len > len {
                return Ok(len);
            }
        }
        let came = handle::unpack(parcel, self.kind())?;
        match came.arrival {
            Some(Arrival::Handle(_)) if came.plain == 0 => Err(Stop::Meets(ArrivalKind::Handle)),
            Some(Arrival::Value(_)) if came.plain == 0 => Err(Stop::Meets(ArrivalKind::Value)),
            _ => Ok(came.plain),
        }
    }

    /// Fails if a handle or a value is held, or if a value comes next for which a buffer of this size is too small.
    #[inline]
    fn meets_before(&self, room: usize) -> Attempt<()> {
        if let Some(comes) = self.held.next() {
            return Err(Stop::Meets(comes));
        }
        match &self.mark {
            Some(mark) if room < PACKET && self.kind() == Kind::Message => {
                let mut head = [0; size_of::<handle::Mark>()];
                match pipe::peek(Kind::Message, self.fd.as_fd(), &mut head, Wait::Never) {
                    Ok(_) if *mark.bytes() == head => Err(Stop::Meets(ArrivalKind::Value)),
                    // The call itself reports the error.
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// The number of bytes before a handle or a value, which is held.
    #[inline]
    fn plain(&mut self, parcel: FdMessage) -> Attempt<usize> {
        if parcel.count == 0 && !parcel.is_marked { Ok(parcel.len) } else { self.meet(parcel) }
    }

    #[cold]
    fn meet(&mut self, parcel: FdMessage) -> Attempt<usize> {
        let came = handle::unpack_from(self.fd.as_fd(), parcel, self.kind(), self.mark.as_ref())?;
        if let Some(arrival) = came.arrival {
            self.held.push(arrival);
        }
        match self.held.next() {
            Some(comes) if came.plain == 0 => Err(Stop::Meets(comes)),
            _ => Ok(came.plain),
        }
    }

    /// Receives a handle, and holds it. `EOPNOTSUPP` if the socket cannot carry handles.
    pub fn hold_handle(&mut self) -> Attempt<()> {
        self.hold(ArrivalKind::Handle)
    }

    /// Receives a value, and holds it. `EOPNOTSUPP` if the socket is not a copy of the end of a pipe.
    pub fn hold_value(&mut self) -> Attempt<()> {
        self.hold(ArrivalKind::Value)
    }

    fn hold(&mut self, what: ArrivalKind) -> Attempt<()> {
        let mark = self.mark;
        if !self.spec.has_paths() || (what == ArrivalKind::Value && mark.is_none()) {
            return Err(Stop::Failed(Errno::EOPNOTSUPP));
        }
        match self.held.next() {
            Some(comes) if comes == what => return Ok(()),
            Some(comes) => return Err(Stop::Meets(comes)),
            None => {}
        }
        if !self.received.is_empty() {
            return Err(Stop::Refused(ReceiveError::Data(what)));
        }
        let ends = self.knows_an_end();
        loop {
            let (fd, kind) = (self.fd.as_fd(), self.kind());
            let came = match (what, &mark) {
                (ArrivalKind::Value, Some(mark)) => {
                    handle::receive_value(fd, kind, mark, ends, Wait::Never).map(Arrival::Value)
                }
                (_, mark) => handle::receive(fd, kind, mark.as_ref(), ends).map(Arrival::Handle),
            };
            match came {
                Ok(arrival) => {
                    self.held.push(arrival);
                    return Ok(());
                }
                Err(ReceiveError::Failed(errno)) => match self.unless_reset::<()>(Err(errno)) {
                    Err(Errno::EINTR) => {}
                    Err(errno) => return Err(Stop::from(errno)),
                    Ok(()) => return Ok(()),
                },
                Err(refused) => return Err(Stop::Refused(refused)),
            }
        }
    }

    /// The handles and values that are held.
    pub(in crate::rt) fn held(&mut self) -> &mut ArrivalQueue {
        &mut self.held
    }

    /// The pipe that it is a copy of.
    pub(in crate::rt) fn pipe(&self) -> Option<PipeToken> {
        self.pipe
    }

    /// Sends a handle or a value. `EOPNOTSUPP` if the socket cannot carry them. One that has to wait is kept.
    pub fn send_outgoing(&self, outgoing: &mut Outgoing) -> Attempt<()> {
        if !self.spec.has_paths() {
            return Err(Stop::Failed(Errno::EOPNOTSUPP));
        }
        let sent = uninterrupted(|| self.unless_reset(outgoing.send(self.fd.as_fd())));
        if matches!(sent, Err(Stop::Again | Stop::Failed(Errno::ETOOMANYREFS))) {
            outgoing.keep()?;
        }
        sent
    }
}
