//! A worker that serves clients: one after the other, each with one request and one answer.

use super::server::Progress;
use super::service::{Acceptor, Service};
use super::state::{Membership, Pools};
use super::waits::{RecvError, sleep, sleep_in};
use super::worker::Directive;
use crate::os::pipe::Half;
use crate::os::{Errno, clock};
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use std::time::{Duration, Instant};

/// How long a worker waits before it accepts again when there are no descriptors left.
const SHORTAGE: Duration = Duration::from_millis(100);

impl Pools {
    fn service(&mut self, token: PoolToken) -> Option<&mut Service> {
        self.worker(token).map(|worker| &mut worker.service)
    }

    /// When a client that begins now has to be through.
    fn patience(&mut self, token: PoolToken) -> Option<Instant> {
        self.run(token).and_then(|run| now().checked_add(run.plan.patience))
    }

    /// Until when a worker that was asked to stop may go on.
    fn has_until(&mut self, core: &mut Core, token: PoolToken) -> Option<Instant> {
        // Takes a stop signal, which would end each wait again.
        self.directive(core, token);
        self.worker(token).and_then(|worker| worker.has_until())
    }

    /// Waits for the next request and receives it into the inbox.
    pub(super) fn next_request(
        &mut self,
        core: &mut Core,
        token: PoolToken,
    ) -> std::result::Result<(), RecvError> {
        let failed = |call| move |errno| RecvError::Failed(SyscallError { call, errno });
        loop {
            if self.receive_request(core, token)? {
                return Ok(());
            }
            let wish = self.directive(core, token);
            if wish == Directive::Exit {
                return Err(RecvError::Exit);
            }
            let until = self.patience(token);
            let server = self.get(token).and_then(|pool| pool.server.as_ref()).ok_or(RecvError::Exit)?;
            match server.accept() {
                Ok(client) => {
                    if let Some(service) = self.service(token) {
                        *service = Service::Receiving(client, until);
                    }
                }
                Err(Errno::EAGAIN) if wish == Directive::Drain => return Err(RecvError::Exit),
                Err(Errno::EAGAIN) => {
                    self.keep_bond(token)?;
                    self.await_client(core, token)?;
                }
                // The client has given up, or a signal has come.
                Err(Errno::ECONNABORTED | Errno::EINTR | Errno::EPROTO | Errno::EPERM) => {}
                Err(Errno::EMFILE | Errno::ENFILE | Errno::ENOBUFS | Errno::ENOMEM) => clock::pause(SHORTAGE),
                Err(errno) => return Err(failed("accept()")(errno)),
            }
        }
    }

    /// Waits until a client may be there.
    fn await_client(&mut self, core: &mut Core, token: PoolToken) -> std::result::Result<(), RecvError> {
        let alerts = self.alerts(core, token);
        let events = core.events.descriptor();
        let acceptor = self.worker(token).and_then(|worker| worker.acceptor.take());
        let server = self.get(token).and_then(|pool| pool.server.as_ref()).ok_or(RecvError::Exit)?;
        // Without one it is woken with all the others; so it is when it waits for other descriptors as well.
        let acceptor = if events.is_some() { None } else { acceptor.or_else(|| Acceptor::new(server).ok()) };
        let Some(mut acceptor) = acceptor else {
            return sleep(server.socket(), Half::Read, None, events, &alerts);
        };
        let slept = sleep_in("epoll_wait()", &alerts, |mask| {
            let limit = alerts.wants.at.map(|at| at.saturating_duration_since(now()));
            acceptor.wait(limit, mask)
        });
        if let Some(worker) = self.worker(token) {
            worker.acceptor = Some(acceptor);
        }
        slept
    }

    /// Goes on with the request of the client that is there; whether it has come whole.
    fn receive_request(&mut self, core: &mut Core, token: PoolToken) -> std::result::Result<bool, RecvError> {
        let Some(largest) = self.run(token).map(|run| run.plan.largest) else { return Ok(false) };
        let Some(Service::Receiving(mut client, mut until)) = self.service(token).map(std::mem::take) else {
            return Ok(false);
        };
        loop {
            let mut progress = Ok(Progress::Gone);
            let filled: Result<(), ()> = self.inbox.fill(|body| {
                progress = client.receive(body, largest);
                Ok((0, if progress == Ok(Progress::Done) { client.request_len() } else { 0 }))
            });
            debug_assert!(filled.is_ok());
            let waited = match progress {
                Ok(Progress::Done) => {
                    if let Some(service) = self.service(token) {
                        *service = Service::Handling(client);
                    }
                    return Ok(true);
                }
                Ok(Progress::Waits(half)) => {
                    let alerts = self.alerts(core, token);
                    sleep(client.socket(), half, until, core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                // The client is closed. Whatever is wrong with it is no reason for this worker to end.
                Ok(Progress::Gone) | Err(_) => return Ok(false),
            };
            match waited {
                // Who is through with a part of it when this worker has to end has a little time for the rest.
                Ok(()) => until = until.into_iter().chain(self.has_until(core, token)).min(),
                Err(RecvError::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(false),
                Err(pause) => {
                    if let Some(service) = self.service(token) {
                        *service = Service::Receiving(client, until);
                    }
                    return Err(pause);
                }
            }
        }
    }

    /// Adds to the answer for the client whose request is handled. `ENOTCONN` without one, `EMSGSIZE` when the answer
    /// gets too large for its header, `ENOMEM` when there is no memory for it.
    pub fn add_to_answer(&mut self, token: PoolToken, data: &[u8]) -> crate::os::Result<()> {
        match self.service(token) {
            Some(Service::Handling(client)) => client.answer(data),
            Some(Service::Idle | Service::Receiving(..) | Service::Answering(..)) | None => {
                Err(Errno::ENOTCONN)
            }
        }
    }

    /// The request is handled: sends the answer, if there is one, and closes the connection. A client that does not
    /// fetch it in time gets a part of it.
    pub fn finish_request(
        &mut self,
        core: &mut Core,
        token: PoolToken,
    ) -> std::result::Result<(), RecvError> {
        let begun = self.patience(token);
        let service = self.service(token).map(std::mem::take);
        let (mut client, until) = match service {
            Some(Service::Handling(client)) => (client, begun),
            Some(Service::Answering(client, until)) => (client, until),
            Some(Service::Idle | Service::Receiving(..)) | None => return Ok(()),
        };
        loop {
            // Takes a stop signal, which would end each wait again.
            self.directive(core, token);
            let waited = match client.send_answer() {
                Ok(Progress::Waits(half)) => {
                    let alerts = self.alerts(core, token);
                    sleep(client.socket(), half, until, core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                Ok(Progress::Done | Progress::Gone) | Err(_) => return Ok(()),
            };
            match waited {
                Ok(()) => {}
                Err(RecvError::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(()),
                Err(pause) => {
                    if let Some(service) = self.service(token) {
                        *service = Service::Answering(client, until);
                    }
                    return Err(pause);
                }
            }
        }
    }

    /// Whether a request of this worker is being handled.
    pub fn has_client(&mut self, token: PoolToken) -> bool {
        self.run(token).is_some_and(|run| match &run.member {
            Membership::Worker(worker) => matches!(worker.service, Service::Handling(_)),
            Membership::Master(_) | Membership::NonMember => false,
        })
    }
}
