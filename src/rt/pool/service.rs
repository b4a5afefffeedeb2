//! The client that a worker serves, and where it waits for the next one.

use super::server::{Client, Server};
use crate::os::Errno;
use crate::os::epoll::{Epoll, Interest};
use crate::os::signal::SavedMask;
use std::time::{Duration, Instant};

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
pub(super) struct Acceptor(Epoll);

impl Acceptor {
    pub(super) fn new(server: &Server) -> Result<Acceptor, Errno> {
        let epoll = Epoll::new(1)?;
        epoll.add(server.number(), Interest::READ | Interest::EXCLUSIVE, 0)?;
        Ok(Acceptor(epoll))
    }

    pub(super) fn wait(&mut self, limit: Option<Duration>, mask: &SavedMask) -> Result<(), Errno> {
        self.0.wait(limit, Some(mask)).map(drop)
    }
}
