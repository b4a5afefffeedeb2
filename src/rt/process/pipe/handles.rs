//! Handles that are sent and received through a pipe.

use crate::os::fd_passing::FdMessage;
use crate::os::pipe::Half;
use crate::os::{Errno, clock};
use crate::rt::core::clock::WaitEnv;
use crate::rt::handle::{self, Held, Outgoing, Refused};
use crate::rt::process::pipe::{Pipe, Received, Stop};
use std::time::{Duration, Instant};

/// The interval of retries for what the kernel does not report: that fewer descriptors are in flight.
const RECHECK: Duration = Duration::from_millis(10);

impl Pipe {
    /// The handles that reads have met.
    pub(in crate::rt) fn held(&mut self) -> &mut Held {
        &mut self.held
    }

    /// A read has met descriptors.
    #[cold]
    pub(super) fn meet(&mut self, parcel: FdMessage, room: usize) -> std::result::Result<Received, Stop> {
        let came = handle::unpack(parcel, self.kind);
        match came.handle {
            None => return Ok(self.received(came.plain, room)),
            Some(handle) => self.held.push(handle),
        }
        if came.plain > 0 { Ok(self.received(came.plain, room)) } else { Err(Stop::Handle) }
    }

    /// Receives a handle and holds it; returns immediately when one is held already. Waits until `deadline`, even on a
    /// nonblocking pipe.
    pub fn hold_handle(&mut self, deadline: Option<Instant>, env: WaitEnv) -> std::result::Result<(), Stop> {
        self.goes_on = false;
        while self.held.is_empty() {
            let ends = !self.pooled;
            let near = self.near().ok_or(Stop::Closed)?;
            match handle::receive(near, self.kind, ends) {
                Ok(handle) => self.held.push(handle),
                // Reported once when the other process has exited with unread input; data that it wrote comes after.
                Err(Refused::Failed(Errno::ECONNRESET | Errno::EINTR)) => {}
                Err(Refused::Failed(Errno::EAGAIN)) => self.wait_slow(Half::Read, deadline, env)?,
                Err(refused) => return Err(Stop::Refused(refused)),
            }
        }
        Ok(())
    }

    /// Sends a handle, and waits for room.
    pub fn send_handle(&mut self, handle: &mut Outgoing, env: WaitEnv) -> std::result::Result<(), Stop> {
        let deadline = self.deadline(env);
        loop {
            let near = self.near().ok_or(Stop::Closed)?;
            match handle.send(near) {
                Ok(()) => return Ok(()),
                Err(Errno::ECONNRESET | Errno::EINTR) => {}
                Err(errno @ (Errno::EAGAIN | Errno::ETOOMANYREFS)) => {
                    handle.keep().map_err(Stop::Failed)?;
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
