//! Connections to a listening socket. A worker serves one client after the other, each with one request and one answer.

use super::server::{Client, Progress, Server};
use crate::os::epoll::{Epoll, Interest};
use crate::os::pipe::Half;
use crate::os::prepared_wait::PreparedWait;
use crate::os::{Errno, Result, clock};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::pool::station::{Receiver, Station};
use crate::rt::pool::waits::{RecvError, failed, sleep, sleep_in};
use crate::rt::pool::worker::Directive;
use std::time::{Duration, Instant};

/// How long a worker waits before it accepts again when there are no descriptors left.
const SHORTAGE: Duration = Duration::from_millis(100);

/// The client that a worker serves, and its progress.
#[derive(Debug, Default)]
enum Service {
    /// No client.
    #[default]
    Idle,
    /// The request is incomplete.
    Receiving(Client, Option<Instant>),
    /// The script handles the request.
    Handling(Client),
    /// The answer is not sent completely.
    Answering(Client, Option<Instant>),
}

/// The epoll instance in which a worker waits for clients. All workers wait for the same socket, and for each client
/// the kernel wakes one of them, not all. If that one exits instead, the next worker that starts or finishes a client
/// accepts before it waits.
#[derive(Debug)]
struct Acceptor(Epoll);

impl Acceptor {
    fn new(server: &Server) -> Result<Acceptor> {
        let epoll = Epoll::new(1)?;
        epoll.add(server.number(), Interest::READ | Interest::EXCLUSIVE, 0)?;
        Ok(Acceptor(epoll))
    }

    fn wait(&mut self, limit: Option<Duration>, prepared: &PreparedWait) -> Result<()> {
        self.0.wait(limit, Some(prepared)).map(drop)
    }
}

/// The clients of a worker.
#[derive(Debug)]
pub(in crate::rt::pool) struct Clients {
    /// How long a client may take to send its request, or to fetch the answer.
    timeout: Duration,
    /// The largest request in bytes.
    largest: usize,
    service: Service,
    acceptor: Option<Acceptor>,
}

impl Clients {
    pub(super) fn new(timeout: Duration, largest: usize) -> Clients {
        Clients { timeout, largest, service: Service::Idle, acceptor: None }
    }

    pub(super) fn reset(&mut self) {
        self.service = Service::Idle;
        self.acceptor = None;
    }

    pub(super) fn leave(&mut self) {
        self.acceptor = None;
    }

    /// When a client that begins now has to be done.
    fn deadline(&self) -> Option<Instant> {
        now().checked_add(self.timeout)
    }

    pub(super) fn next(
        &mut self,
        receiver: &mut Receiver<'_>,
        server: Option<&Server>,
    ) -> std::result::Result<(), RecvError> {
        loop {
            if self.receive_request(receiver)? {
                return Ok(());
            }
            let directive = receiver.station.directive();
            if directive == Directive::Exit {
                return Err(RecvError::Exit);
            }
            let until = self.deadline();
            let server = server.ok_or(RecvError::Exit)?;
            match server.accept() {
                Ok(client) => self.service = Service::Receiving(client, until),
                Err(Errno::EAGAIN) if directive == Directive::Drain => return Err(RecvError::Exit),
                Err(Errno::EAGAIN) => {
                    receiver.station.keep_bond()?;
                    self.await_client(&mut receiver.station, server)?;
                }
                // The client has given up, or a signal has come.
                Err(Errno::ECONNABORTED | Errno::EINTR | Errno::EPROTO | Errno::EPERM) => {}
                Err(Errno::EMFILE | Errno::ENFILE | Errno::ENOBUFS | Errno::ENOMEM) => clock::pause(SHORTAGE),
                Err(errno) => return Err(failed("accept()")(errno)),
            }
        }
    }

    /// Waits until a client may be there.
    fn await_client(
        &mut self,
        station: &mut Station<'_>,
        server: &Server,
    ) -> std::result::Result<(), RecvError> {
        let alerts = station.alerts();
        let events = station.core.events.descriptor();
        let acceptor = self.acceptor.take();
        // Without an epoll instance the worker is woken with all the others. So it is when it waits for other
        // descriptors as well.
        let acceptor = if events.is_some() { None } else { acceptor.or_else(|| Acceptor::new(server).ok()) };
        let Some(mut acceptor) = acceptor else {
            return sleep(server.socket(), Half::Read, None, events, &alerts);
        };
        let slept = sleep_in("epoll_wait()", &alerts, |prepared| {
            let limit = alerts.wants.at.map(|at| at.saturating_duration_since(now()));
            acceptor.wait(limit, prepared)
        });
        self.acceptor = Some(acceptor);
        slept
    }

    /// Continues to receive the request of the current client. Returns whether it is complete.
    fn receive_request(&mut self, receiver: &mut Receiver<'_>) -> std::result::Result<bool, RecvError> {
        let (mut client, mut until) = match std::mem::take(&mut self.service) {
            Service::Receiving(client, until) => (client, until),
            // The client is closed.
            Service::Idle | Service::Handling(_) | Service::Answering(..) => return Ok(false),
        };
        loop {
            let mut progress = Ok(Progress::Gone);
            let filled: std::result::Result<(), ()> = receiver.inbox.fill(|body| {
                progress = client.receive(body, self.largest);
                Ok((0, if progress == Ok(Progress::Done) { client.request_len() } else { 0 }))
            });
            debug_assert!(filled.is_ok());
            let waited = match progress {
                Ok(Progress::Done) => {
                    self.service = Service::Handling(client);
                    return Ok(true);
                }
                Ok(Progress::Waits(half)) => {
                    let alerts = receiver.station.alerts();
                    sleep(client.socket(), half, until, receiver.station.core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                // The client is closed. No error of a client is a reason for this worker to exit.
                Ok(Progress::Gone) | Err(_) => return Ok(false),
            };
            match waited {
                // A client that has sent a part of its request when this worker has to exit gets a little time for the
                // rest.
                Ok(()) => {
                    // Takes a stop signal, which would otherwise end each wait again.
                    receiver.station.directive();
                    until = until.into_iter().chain(receiver.station.worker.has_until()).min();
                }
                Err(RecvError::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(false),
                Err(pause) => {
                    self.service = Service::Receiving(client, until);
                    return Err(pause);
                }
            }
        }
    }

    /// Adds to the answer for the client whose request is being handled. `ENOTCONN` without one, `EMSGSIZE` when the
    /// answer becomes too large for its header, `ENOMEM` when there is no memory for it.
    pub(in crate::rt::pool) fn add_to_answer(&mut self, data: &[u8]) -> Result<()> {
        match &mut self.service {
            Service::Handling(client) => client.answer(data),
            Service::Idle | Service::Receiving(..) | Service::Answering(..) => Err(Errno::ENOTCONN),
        }
    }

    /// The request was handled: sends the answer, if there is one, and closes the connection. A client that does not
    /// fetch it in time gets only a part.
    pub(in crate::rt::pool) fn finish_request(
        &mut self,
        station: &mut Station<'_>,
    ) -> std::result::Result<(), RecvError> {
        let begun = self.deadline();
        let (mut client, until) = match std::mem::take(&mut self.service) {
            Service::Handling(client) => (client, begun),
            Service::Answering(client, until) => (client, until),
            Service::Idle | Service::Receiving(..) => return Ok(()),
        };
        loop {
            // Takes a stop signal, which would otherwise end each wait again.
            station.directive();
            let waited = match client.send_answer() {
                Ok(Progress::Waits(half)) => {
                    let alerts = station.alerts();
                    sleep(client.socket(), half, until, station.core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                Ok(Progress::Done | Progress::Gone) | Err(_) => return Ok(()),
            };
            match waited {
                Ok(()) => {}
                Err(RecvError::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(()),
                Err(pause) => {
                    self.service = Service::Answering(client, until);
                    return Err(pause);
                }
            }
        }
    }

    /// Whether a request is being handled.
    pub(in crate::rt::pool) fn is_handling(&self) -> bool {
        matches!(self.service, Service::Handling(_))
    }
}
