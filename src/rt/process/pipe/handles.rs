//! Handles and values that are sent and received through a pipe.

use crate::os::fd_passing::FdMessage;
use crate::os::pipe::{self, Half, Wait};
use crate::os::{Errno, Result, clock};
use crate::rt::core::clock::WaitEnv;
use crate::rt::handle::{
    self, Arrival, ArrivalKind, ArrivalQueue, Outgoing, ReceiveError, SURE_PART, is_one_part,
};
use crate::rt::process::pipe::{Kind, POLL_INTERVAL, Pipe, Received, Stop};
use std::time::{Duration, Instant};

/// The interval of retries for what the kernel does not report: that fewer descriptors are in flight.
const RECHECK: Duration = Duration::from_millis(10);

impl Pipe {
    /// The handles and values that reads have met.
    pub(in crate::rt) fn held(&mut self) -> &mut ArrivalQueue {
        &mut self.held
    }

    /// Whether the kernel takes a packet of this length in one piece.
    pub fn takes_in_one_part(&self, len: usize) -> Result<bool> {
        let near = match self.kind {
            Kind::Stream if len > SURE_PART => self.near(),
            _ => None,
        };
        near.map_or(Ok(true), |near| Ok(is_one_part(len, pipe::send_buffer(near)?)))
    }

    /// A read has met descriptors, or the mark of values.
    #[cold]
    pub(super) fn meet(&mut self, parcel: FdMessage, most: usize) -> std::result::Result<Received, Stop> {
        let near = self.near().ok_or(Stop::Closed)?;
        let came = handle::unpack_from(near, parcel, self.kind, Some(&self.mark)).map_err(Stop::Failed)?;
        if let Some(arrival) = came.arrival {
            self.held.push(arrival);
        }
        match self.held.next() {
            Some(comes) if came.plain == 0 => Err(Stop::Meets(comes)),
            _ => Ok(self.received(came.plain, most)),
        }
    }

    /// Receives a handle and holds it; returns immediately when one is held already. Waits until `deadline`, even on a
    /// nonblocking pipe.
    pub fn hold_handle(&mut self, deadline: Option<Instant>, env: WaitEnv) -> std::result::Result<(), Stop> {
        self.goes_on = false;
        loop {
            match self.held.next() {
                Some(ArrivalKind::Handle) => return Ok(()),
                Some(other) => return Err(Stop::Meets(other)),
                None => {}
            }
            let ends = !self.pooled;
            let near = self.near().ok_or(Stop::Closed)?;
            match handle::receive(near, self.kind, Some(&self.mark), ends) {
                Ok(handle) => self.held.push(Arrival::Handle(handle)),
                // Reported once when the other process has exited with unread input; data that it wrote comes after.
                Err(ReceiveError::Failed(Errno::ECONNRESET | Errno::EINTR)) => {}
                Err(ReceiveError::Failed(Errno::EAGAIN)) => self.wait_slow(Half::Read, deadline, env)?,
                Err(refused) => return Err(Stop::Refused(refused)),
            }
        }
    }

    /// As [`Pipe::hold_handle`], for a value.
    pub fn hold_value(&mut self, deadline: Option<Instant>, env: WaitEnv) -> std::result::Result<(), Stop> {
        self.goes_on = false;
        loop {
            match self.held.next() {
                Some(ArrivalKind::Value) => return Ok(()),
                Some(other) => return Err(Stop::Meets(other)),
                None => {}
            }
            // The kernel waits for a short time, unless the call has to end before.
            let may_wait = deadline
                .is_none_or(|deadline| deadline.saturating_duration_since((env.now)()) > POLL_INTERVAL);
            let wait = if may_wait { self.limited(Half::Read) } else { Wait::Never };
            let ends = !self.pooled;
            let near = self.near().ok_or(Stop::Closed)?;
            match handle::receive_value(near, self.kind, &self.mark, ends, wait) {
                Ok(value) => self.held.push(Arrival::Value(value)),
                // As for a handle.
                Err(ReceiveError::Failed(Errno::ECONNRESET)) => {}
                Err(ReceiveError::Failed(Errno::EINTR)) => return Err(self.interrupted(0)),
                Err(ReceiveError::Failed(Errno::EAGAIN)) => self.wait_slow(Half::Read, deadline, env)?,
                Err(refused) => return Err(Stop::Refused(refused)),
            }
        }
    }

    /// Sends a handle or a value, and waits for room.
    pub fn send_outgoing(&mut self, outgoing: &mut Outgoing, env: WaitEnv) -> std::result::Result<(), Stop> {
        let deadline = self.deadline(env);
        loop {
            let near = self.near().ok_or(Stop::Closed)?;
            match outgoing.send(near) {
                Ok(()) => return Ok(()),
                Err(Errno::ECONNRESET | Errno::EINTR) => {}
                Err(errno @ (Errno::EAGAIN | Errno::ETOOMANYREFS)) => {
                    outgoing.keep().map_err(Stop::Failed)?;
                    if errno == Errno::ETOOMANYREFS {
                        clock::pause(RECHECK);
                        if deadline.is_some_and(|deadline| (env.now)() >= deadline) {
                            return Err(Stop::TimedOut);
                        }
                    }
                    self.wait_slow(Half::Write, deadline, env)?;
                }
                Err(errno) => return Err(Stop::Failed(errno)),
            }
        }
    }
}
