//! Reads and writes: when they wait, for how long, and how they detect the exit of the other process.

use crate::os::fd_passing::{self, FdMessage, Incoming};
use crate::os::pipe::{self, Half, Wait};
use crate::os::prepared_wait::prepare_wait;
use crate::os::spare::Spare;
use crate::os::{Errno, Result, clock};
use crate::rt::core::clock::WaitEnv;
use crate::rt::handle::PACKET;
use crate::rt::process::peer::{Peer, Watch};
use crate::rt::process::pipe::{End, Kind, POLL_INTERVAL, Pipe, Received, Side, Stop};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// Scripts written for a pipe without EOF read it in an endless loop. After this many reads at EOF in a row, each
/// further one waits for [`EOF_DELAY`], so that such a loop does not use up a processor.
const EOF_LIMIT: u32 = 100;

/// How long a read at EOF waits when the script seems to ignore its result.
const EOF_DELAY: Duration = Duration::from_millis(10);

impl Pipe {
    /// Receives up to `most` bytes: one message, or any number of bytes of a stream. The buffer has the room that
    /// [`Pipe::room`] tells.
    pub fn read(
        &mut self,
        mut buffer: Spare<'_>,
        most: usize,
        env: WaitEnv,
    ) -> std::result::Result<Received, Stop> {
        let goes_on = self.goes_on;
        let deadline = self.deadline(env);
        if let Some(comes) = self.held.next() {
            return Err(Stop::Meets(comes));
        }
        let mark = self.mark;
        loop {
            // The time of an interrupted call may be used up.
            let late = goes_on && deadline.is_some_and(|deadline| (env.now)() >= deadline);
            let wait = if self.reads_wait() && !late { self.limited(Half::Read) } else { Wait::Never };
            let kind = self.kind;
            let (near, held) = self.receiving().ok_or(Stop::Closed)?;
            let (mark, room) = (Some(mark.bytes()), Some(held.room().map_err(Stop::Failed)?));
            match fd_passing::receive_marked(kind, near, buffer.lend(), mark, room, wait) {
                Ok(Incoming::Plain(len)) => return Ok(self.received(len, most)),
                Ok(Incoming::Special(FdMessage { len, count: 0, is_marked: false, .. })) => {
                    return Ok(self.received(len, most));
                }
                Ok(Incoming::Special(parcel)) => return self.meet(parcel, most),
                // Reported once when the other process has exited with unread input; data that it wrote comes after.
                Err(Errno::ECONNRESET) => {}
                // The peer was reaped and nothing is left: the kernel reports EOF once our copy of the far end is
                // closed.
                Err(Errno::EAGAIN) if !self.reads_wait() && self.peer == Peer::Gone && !self.has_let_go() => {
                    self.release_far();
                }
                Err(Errno::EAGAIN) if !self.reads_wait() => return Err(Stop::WouldBlock),
                Err(Errno::EAGAIN) => self.wait_slow(Half::Read, deadline, env)?,
                Err(Errno::EINTR) => return Err(self.interrupted(0)),
                Err(errno) => return Err(Stop::Failed(errno)),
            }
        }
    }

    /// The room that a read of `most` bytes needs: a value that it meets must not be cut.
    pub fn room(&self, most: usize) -> usize {
        if self.kind == Kind::Message { most.max(PACKET) } else { most }
    }

    /// The next call continues an interrupted one: its timeout counts from the start of that one.
    pub fn go_on(&mut self) {
        self.goes_on = true;
    }

    /// When a call has to end. A timeout beyond the clock's range is no limit.
    pub(super) fn deadline(&mut self, env: WaitEnv) -> Option<Instant> {
        if !std::mem::take(&mut self.goes_on) {
            self.deadline = self.timeout.and_then(|timeout| (env.now)().checked_add(timeout));
        }
        self.deadline
    }

    /// An upper limit of the size of a message of this pipe; `None` when our end is closed.
    pub fn largest_message(&self) -> Result<Option<usize>> {
        self.near().map(pipe::send_buffer).transpose()
    }

    pub(super) fn received(&mut self, message: usize, room: usize) -> Received {
        self.ends = if message == 0 { self.ends.saturating_add(1) } else { 0 };
        if self.ends > EOF_LIMIT && self.blocking {
            clock::pause(EOF_DELAY);
        }
        Received { len: message.min(room), message }
    }

    /// Sends `data` as one message, or as bytes of a stream, and waits for room. Returns the number of bytes sent. It
    /// is lower than asked for only when a stream failed after some bytes; the next write will report the failure.
    pub fn write(&mut self, data: &[u8], env: WaitEnv) -> std::result::Result<usize, Stop> {
        let goes_on = self.goes_on;
        let deadline = self.deadline(env);
        let mut sent = 0;
        loop {
            let late = goes_on && deadline.is_some_and(|deadline| (env.now)() >= deadline);
            let wait = if sent > 0 || late { Wait::Never } else { self.limited(Half::Write) };
            let near = self.near().ok_or(Stop::Closed)?;
            let rest = data.get(sent..).unwrap_or_default();
            match pipe::send(near, rest, wait) {
                Ok(count) => {
                    sent += count;
                    if self.kind == Kind::Message || sent >= data.len() {
                        return Ok(sent);
                    }
                }
                Err(Errno::ECONNRESET) => {}
                Err(Errno::EAGAIN) if sent > 0 => return Err(Stop::Paused { sent }),
                Err(Errno::EAGAIN) => self.wait_slow(Half::Write, deadline, env)?,
                Err(Errno::EINTR) => return Err(self.interrupted(sent)),
                // The next write will report the failure.
                Err(_) if sent > 0 => return Ok(sent),
                Err(errno) => return Err(Stop::Failed(errno)),
            }
        }
    }

    /// Limits the time that a call on our end may wait in the kernel. Returns how to make the call: waiting up to that
    /// limit, or not waiting where no limit can be set, or after an interrupted call: where signals come more often than
    /// the limit, no call would reach it, and the exit of the other process would not be detected.
    pub(super) fn limited(&mut self, half: Half) -> Wait {
        if std::mem::take(&mut self.was_interrupted) || self.shared || self.peer == Peer::Gone {
            return Wait::Never;
        }
        let [reads, writes] = self.has_limit;
        let has_limit = match half {
            Half::Read => reads,
            Half::Write => writes,
        };
        if has_limit || self.set_limit(half) { Wait::Allowed } else { Wait::Never }
    }

    /// A signal has ended a wait in the kernel, after so many bytes.
    #[cold]
    pub(super) fn interrupted(&mut self, sent: usize) -> Stop {
        self.was_interrupted = true;
        Stop::Interrupted { sent }
    }

    /// Sets the time limit of calls on our end's socket. Returns whether it could be set.
    #[cold]
    fn set_limit(&mut self, half: Half) -> bool {
        let limit = self
            .timeout
            .map_or(POLL_INTERVAL, |timeout| timeout.clamp(Duration::from_micros(1), POLL_INTERVAL));
        let set = self.near().is_some_and(|near| pipe::limit_wait(near, half, limit).is_ok());
        let [reads, writes] = &mut self.has_limit;
        match half {
            Half::Read => *reads = set,
            Half::Write => *writes = set,
        }
        set
    }

    /// Whether the kernel reports EOF exactly: our copy of the far end is closed, and in a child also the copies that
    /// siblings hold of each other's ends.
    pub fn has_let_go(&mut self) -> bool {
        !matches!(self.far(), End::Open(_)) && (self.side == Side::Master || self.orphan)
    }

    /// The call found nothing for a while: waits for the pipe, for the other process, and for the deadline.
    pub(super) fn wait_slow(
        &mut self,
        half: Half,
        deadline: Option<Instant>,
        env: WaitEnv,
    ) -> std::result::Result<(), Stop> {
        let left = deadline.map(|deadline| deadline.saturating_duration_since((env.now)()));
        let watch = match half {
            Half::Read if self.has_let_go() => Watch::Nothing,
            Half::Write if self.peer == Peer::Nobody && !self.pooled => {
                return Err(Stop::Failed(Errno::EAGAIN));
            }
            _ => self.peer.watch(),
        };
        let (watched, limit) = match &watch {
            Watch::Nothing => (None, left),
            Watch::Until(pidfd) => (Some(pidfd.as_fd()), left),
            Watch::AskAgain => (None, Some(left.map_or(POLL_INTERVAL, |left| left.min(POLL_INTERVAL)))),
            Watch::Ended => (None, Some(Duration::ZERO)),
        };
        let near = self.near().ok_or(Stop::Closed)?;
        // A signal since the last call would not end the wait. From here on a signal does.
        let prepared = prepare_wait([]).map_err(Stop::Failed)?;
        let result = if (env.interrupted)() {
            Err(Errno::EINTR)
        } else {
            pipe::wait(near, half, watched, limit, &prepared)
        };
        prepared.release();
        let ready = match result {
            Ok(ready) => ready,
            Err(Errno::EINTR) => return Err(Stop::Interrupted { sent: 0 }),
            Err(errno) => return Err(Stop::Failed(errno)),
        };
        let ended = ready.watched || matches!(watch, Watch::Ended);
        match half {
            _ if ready.pipe => {}
            Half::Read if ended => {
                let orphaned = self.note_end();
                if orphaned {
                    return Err(Stop::Orphaned);
                }
            }
            // No process will make room. The far end stays open, because closing it would lose what waits there for the
            // next run.
            Half::Write if ended => return Err(Stop::Failed(Errno::EPIPE)),
            _ if deadline.is_some_and(|deadline| (env.now)() >= deadline) => return Err(Stop::TimedOut),
            _ => {}
        }
        Ok(())
    }
}
