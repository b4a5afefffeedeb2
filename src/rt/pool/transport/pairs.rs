//! A socket pair for each worker. All members hold both ends of all pairs.

use super::send_queue::SendQueue;
use crate::os::epoll::Interest;
use crate::os::pipe::{self, Half, Wait};
use crate::os::{Errno, Result, fd, uninterrupted};
use crate::rt::core::Core;
use crate::rt::core::handles::PipeToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::handle::Mark;
use crate::rt::pool::inbox::{INLINE, Inbox, Outgoing};
use crate::rt::pool::plan::Plan;
use crate::rt::pool::station::Receiver;
use crate::rt::pool::waits::{RecvError, failed, sleep};
use crate::rt::pool::worker::Directive;
use crate::rt::process::pipe::{Kind, POLL_INTERVAL, Pipe, Side};
use crate::rt::process::pipes::Pipes;
use std::os::fd::BorrowedFd;

/// The largest message for which a worker reserves room without asking what its socket can carry. More room costs only
/// address space, but that is limited too (`ulimit -v`, `vm.overcommit_memory`).
const LARGEST_UNASKED: usize = 16 * 1024 * 1024;

/// The pairs of a pool.
#[derive(Debug)]
pub(in crate::rt::pool) struct Pairs {
    channels: Vec<PipeToken>,
    /// Coroutines of this process that send: one queue for each pair.
    send_queues: Vec<SendQueue>,
    /// Whether messages may have any size.
    bus: bool,
    /// Otherwise the largest message, in bytes.
    largest: usize,
}

impl Pairs {
    pub(super) fn open(
        core: &mut Core,
        pipes: &mut Pipes,
        plan: &Plan,
    ) -> std::result::Result<Pairs, SyscallError> {
        let mut pairs =
            Pairs { channels: Vec::new(), send_queues: Vec::new(), bus: plan.bus, largest: plan.largest };
        for _ in 0..plan.spec.workers.max(plan.spec.max_workers) {
            match pipes.open(Kind::Message) {
                Ok(channel) => pairs.channels.push(channel),
                Err(failed) => {
                    pairs.close(core, pipes);
                    return Err(failed);
                }
            }
            if let Some(pipe) = pairs.channels.last().and_then(|&channel| pipes.get(channel)) {
                pipe.share_in_pool();
            }
            pairs.send_queues.push(SendQueue::default());
        }
        Ok(pairs)
    }

    pub(super) fn close(self, core: &mut Core, pipes: &mut Pipes) {
        self.channels.into_iter().for_each(|channel| pipes.close(core, channel));
    }

    pub(super) fn reset(&mut self) {
        // Those that were not used are not written to: the child would copy their memory.
        self.send_queues
            .iter_mut()
            .filter(|queue| queue.is_used())
            .for_each(|queue| *queue = SendQueue::default());
    }

    /// The pair of a worker.
    pub(in crate::rt::pool) fn channel(&self, worker: usize) -> Option<PipeToken> {
        self.channels.get(worker).copied()
    }

    /// The coroutines of this process that send to a worker.
    pub(in crate::rt::pool) fn send_queue(&mut self, worker: usize) -> Option<&mut SendQueue> {
        self.send_queues.get_mut(worker)
    }

    /// Whether messages may have any size.
    pub(in crate::rt::pool) fn is_bus(&self) -> bool {
        self.bus
    }

    pub(super) fn room(&self, pipes: &mut Pipes, worker: usize) -> usize {
        if self.bus {
            return INLINE;
        }
        let pair = self.channel(worker).and_then(|channel| pipes.get(channel));
        self.largest.min(pair.map_or(usize::MAX, |pair| largest_packet(pair, self.largest)))
    }

    #[inline]
    pub(super) fn next(
        &self,
        receiver: &mut Receiver<'_>,
        pipes: &mut Pipes,
    ) -> std::result::Result<(), RecvError> {
        let number = receiver.station.worker.number();
        loop {
            let directive = receiver.station.directive();
            if directive == Directive::Exit {
                return Err(RecvError::Exit);
            }
            // While messages come, the kernel waits for them, up to a limit: a signal may have come just before.
            let may_wait = directive == Directive::Continue && receiver.station.is_quiet_for(POLL_INTERVAL);
            let wait = if may_wait { Wait::Allowed } else { Wait::Never };
            match self.receive(receiver, pipes, number, wait) {
                Ok(()) => return Ok(()),
                Err(RecvError::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    receiver.station.keep_bond()?;
                    let alerts = receiver.station.alerts();
                    let channel = self.channel(number).filter(|_| directive == Directive::Continue);
                    let pipe = channel.and_then(|channel| pipes.get(channel));
                    let socket =
                        pipe.and_then(|pipe| pipe.descriptor(Side::Worker)).ok_or(RecvError::Exit)?;
                    sleep(socket, Half::Read, None, receiver.station.core.events.descriptor(), &alerts)?;
                }
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. }))
                    if receiver.station.alerts().are_for_script() =>
                {
                    return Err(RecvError::Interrupted);
                }
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                result => return result,
            }
        }
    }

    /// Receives the next message, without waiting: `EAGAIN` when there is none.
    pub(in crate::rt::pool) fn try_next(
        &self,
        receiver: &mut Receiver<'_>,
        pipes: &mut Pipes,
    ) -> std::result::Result<(), RecvError> {
        let number = receiver.station.worker.number();
        loop {
            let result = self.receive(receiver, pipes, number, Wait::Never);
            match result {
                Err(RecvError::Failed(SyscallError { errno: Errno::EINTR, .. })) => {}
                Err(RecvError::Failed(SyscallError { errno: Errno::EAGAIN, .. })) => {
                    receiver.station.keep_bond()?;
                    return result;
                }
                _ => return result,
            }
        }
    }

    #[inline(always)]
    fn receive(
        &self,
        receiver: &mut Receiver<'_>,
        pipes: &mut Pipes,
        worker: usize,
        wait: Wait,
    ) -> std::result::Result<(), RecvError> {
        let pipe = self.channel(worker).and_then(|channel| pipes.get(channel)).ok_or(RecvError::Exit)?;
        let mark = pipe.mark();
        // A message that is a value must find memory, because it is lost once it is received.
        pipe.held().room().map_err(failed("malloc()"))?;
        let end = match wait {
            Wait::Allowed => pipe.for_receive(),
            Wait::Never => pipe.descriptor(Side::Worker).map(|socket| (socket, wait)),
        };
        let (socket, wait) = end.ok_or(RecvError::Exit)?;
        let (inbox, in_flight) = (&mut *receiver.inbox, receiver.in_flight);
        let received = match in_flight.and_then(|slots| slots.room(worker, Some(&mark))) {
            None => inbox.receive(socket, self.bus, &mark, wait),
            Some(room) => inbox.receive_kept(socket, room, self.bus, &mark, wait),
        };
        match received {
            Ok(full) if full > inbox.len() => Err(RecvError::Cut(full)),
            Ok(_) if inbox.brings().is_some() => inbox.hand_over(pipe.held()).map_err(failed("recvmsg()")),
            Ok(_) => Ok(()),
            Err(errno) => Err(failed("recvmsg()")(errno)),
        }
    }

    /// The end of a worker's pair that others write to.
    pub(in crate::rt::pool) fn to_worker<'p>(
        &self,
        pipes: &'p mut Pipes,
        worker: usize,
    ) -> Result<BorrowedFd<'p>> {
        let channel = self.channel(worker).ok_or(Errno::ENOENT)?;
        pipes.get(channel).and_then(|pipe| pipe.descriptor(Side::Master)).ok_or(Errno::EBADF)
    }

    /// Sends a message to a worker, without waiting.
    #[inline]
    pub(in crate::rt::pool) fn send(&self, pipes: &mut Pipes, worker: usize, data: &[u8]) -> Result<()> {
        if !self.bus && data.len() > self.largest {
            return Err(Errno::EMSGSIZE);
        }
        let socket = self.to_worker(pipes, worker)?;
        if self.bus && data.len() > INLINE {
            return send_with_file(socket, data);
        }
        uninterrupted(|| pipe::send(socket, data, Wait::Never)).map(drop)
    }

    pub(super) fn waiting(&self, pipes: &mut Pipes, worker: usize) -> bool {
        let socket = self.channel(worker).and_then(|channel| readable_end(pipes, channel));
        // If the check fails, messages may wait: a worker that is started in vain exits soon, which is better than a
        // lost message.
        socket.is_some_and(|socket| {
            !fd::readiness(fd::number(&socket), Interest::READ).is_ok_and(|ready| ready.is_empty())
        })
    }

    pub(super) fn drain(self, core: &mut Core, pipes: &mut Pipes) -> u64 {
        let (mut inbox, mut lost) = (Inbox::default(), 0);
        let none = Mark::random();
        for channel in self.channels {
            if let Some(worker) = readable_end(pipes, channel) {
                while inbox.receive(worker, true, &none, Wait::Never).is_ok() {
                    lost += 1;
                }
            }
            pipes.close(core, channel);
        }
        lost
    }
}

/// Sends a message that is too large for a packet, without waiting.
#[cold]
fn send_with_file(socket: BorrowedFd<'_>, data: &[u8]) -> Result<()> {
    // Checks for room first: otherwise the file would be written in vain.
    if fd::readiness(fd::number(&socket), Interest::WRITE)?.is_empty() {
        return Err(Errno::EAGAIN);
    }
    uninterrupted(|| Outgoing::new(data, true)?.send(socket))
}

/// The worker's end of a pair. When the other end is closed it is at EOF, and no message is there.
fn readable_end(pipes: &mut Pipes, channel: PipeToken) -> Option<BorrowedFd<'_>> {
    let pipe = pipes.get(channel).filter(|pipe| pipe.descriptor(Side::Master).is_some())?;
    pipe.descriptor(Side::Worker)
}

/// An upper limit of the packets of a pair, where messages may have `largest` bytes.
fn largest_packet(pair: &Pipe, largest: usize) -> usize {
    if largest <= LARGEST_UNASKED {
        return largest;
    }
    let buffer = pair.descriptor(Side::Master).and_then(|socket| pipe::send_buffer(socket).ok());
    // A script may enlarge the socket's buffer, within the system's limit.
    buffer.map_or(largest, |buffer| buffer.max(LARGEST_UNASKED))
}
