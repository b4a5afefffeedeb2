//! A worker that serves clients: one after the other, each with one request and one answer.

use super::server::{Client, Progress, Server};
use super::worker::{Pause, Wish, sleep, sleep_in};
use super::{Member, PoolToken};
use crate::os::epoll::{Epoll, Interest};
use crate::os::pipe::Half;
use crate::os::signal::SavedMask;
use crate::os::{Errno, clock};
use crate::rt::core::clock::now;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::runtime::Runtime;
use std::time::{Duration, Instant};

/// How long a worker waits before it accepts again when there are no descriptors left.
const SHORTAGE: Duration = Duration::from_millis(100);

/// The client that a worker serves, and how far it is.
#[derive(Debug, Default)]
pub(super) enum Service {
    /// There is none.
    #[default]
    Idle,
    /// The request has not come whole.
    Receiving(Client, Option<Instant>),
    /// The script handles the request.
    Handling(Client),
    /// The answer is not sent whole.
    Answering(Client, Option<Instant>),
}

/// Where a worker waits for clients. All of them wait for the same socket, and the kernel wakes one, not all, for each
/// client; should that one end instead, the next to start, or to be done with another client, looks before it waits.
#[derive(Debug)]
pub(super) struct Door(Epoll);

impl Door {
    fn new(server: &Server) -> Result<Door, Errno> {
        let epoll = Epoll::new(1)?;
        epoll.add(server.number(), Interest::READ | Interest::EXCLUSIVE, 0)?;
        Ok(Door(epoll))
    }

    fn wait(&mut self, limit: Option<Duration>, mask: &SavedMask) -> Result<(), Errno> {
        self.0.wait(limit, Some(mask)).map(drop)
    }
}

impl Runtime {
    fn service(&mut self, token: PoolToken) -> Option<&mut Service> {
        self.pools.worker(token).map(|worker| &mut worker.service)
    }

    /// When a client that begins now has to be through.
    fn patience(&mut self, token: PoolToken) -> Option<Instant> {
        self.pools.run(token).and_then(|run| now().checked_add(run.plan.patience))
    }

    /// Until when a worker that was asked to stop may go on.
    fn has_until(&mut self, token: PoolToken) -> Option<Instant> {
        // Takes a stop signal, which would end each wait again.
        self.wish(token);
        self.pools.worker(token).and_then(|worker| worker.has_until())
    }

    /// Waits for the next request and receives it into the inbox.
    pub(super) fn next_request(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        let failed = |call| move |errno| Pause::Failed(SyscallError { call, errno });
        loop {
            if self.receive_request(token)? {
                return Ok(());
            }
            let wish = self.wish(token);
            if wish == Wish::Leave {
                return Err(Pause::Leave);
            }
            let until = self.patience(token);
            let server = self.pools.get(token).and_then(|pool| pool.server.as_ref()).ok_or(Pause::Leave)?;
            match server.accept() {
                Ok(client) => {
                    if let Some(service) = self.service(token) {
                        *service = Service::Receiving(client, until);
                    }
                }
                Err(Errno::EAGAIN) if wish == Wish::Finish => return Err(Pause::Leave),
                Err(Errno::EAGAIN) => {
                    self.keep_bond(token)?;
                    self.await_client(token)?;
                }
                // The client has given up, or a signal has come.
                Err(Errno::ECONNABORTED | Errno::EINTR | Errno::EPROTO | Errno::EPERM) => {}
                Err(Errno::EMFILE | Errno::ENFILE | Errno::ENOBUFS | Errno::ENOMEM) => clock::pause(SHORTAGE),
                Err(errno) => return Err(failed("accept()")(errno)),
            }
        }
    }

    /// Waits until a client may be there.
    fn await_client(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        let alerts = self.alerts(token);
        let events = self.core.events.descriptor();
        let door = self.pools.worker(token).and_then(|worker| worker.door.take());
        let server = self.pools.get(token).and_then(|pool| pool.server.as_ref()).ok_or(Pause::Leave)?;
        // Without one it is woken with all the others; so it is when it waits for other descriptors as well.
        let door = if events.is_some() { None } else { door.or_else(|| Door::new(server).ok()) };
        let Some(mut door) = door else {
            return sleep(server.socket(), Half::Read, None, events, &alerts);
        };
        let slept = sleep_in("epoll_wait()", &alerts, |mask| {
            let limit = alerts.wants.at.map(|at| at.saturating_duration_since(now()));
            door.wait(limit, mask)
        });
        if let Some(worker) = self.pools.worker(token) {
            worker.door = Some(door);
        }
        slept
    }

    /// Goes on with the request of the client that is there; whether it has come whole.
    fn receive_request(&mut self, token: PoolToken) -> std::result::Result<bool, Pause> {
        let Some(largest) = self.pools.run(token).map(|run| run.plan.largest) else { return Ok(false) };
        let Some(Service::Receiving(mut client, mut until)) = self.service(token).map(std::mem::take) else {
            return Ok(false);
        };
        loop {
            let mut progress = Ok(Progress::Gone);
            let filled: Result<(), ()> = self.pools.inbox().fill(|body| {
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
                    let alerts = self.alerts(token);
                    sleep(client.socket(), half, until, self.core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                // The client is closed. Whatever is wrong with it is no reason for this worker to end.
                Ok(Progress::Gone) | Err(_) => return Ok(false),
            };
            match waited {
                // Who is through with a part of it when this worker has to end has a little time for the rest.
                Ok(()) => until = until.into_iter().chain(self.has_until(token)).min(),
                Err(Pause::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(false),
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
    pub fn finish_request(&mut self, token: PoolToken) -> std::result::Result<(), Pause> {
        let begun = self.patience(token);
        let service = self.service(token).map(std::mem::take);
        let (mut client, until) = match service {
            Some(Service::Handling(client)) => (client, begun),
            Some(Service::Answering(client, until)) => (client, until),
            Some(Service::Idle | Service::Receiving(..)) | None => return Ok(()),
        };
        loop {
            // Takes a stop signal, which would end each wait again.
            self.wish(token);
            let waited = match client.send_answer() {
                Ok(Progress::Waits(half)) => {
                    let alerts = self.alerts(token);
                    sleep(client.socket(), half, until, self.core.events.descriptor(), &alerts)
                }
                Err(Errno::EINTR) => Ok(()),
                Ok(Progress::Done | Progress::Gone) | Err(_) => return Ok(()),
            };
            match waited {
                Ok(()) => {}
                Err(Pause::Failed(SyscallError { errno: Errno::ETIMEDOUT, .. })) => return Ok(()),
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
        self.pools.run(token).is_some_and(|run| match &run.member {
            Member::Worker(worker) => matches!(worker.service, Service::Handling(_)),
            Member::Master(_) | Member::Stranger => false,
        })
    }
}
