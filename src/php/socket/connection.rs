//! The methods for addresses and connections, from `bind()` to `shutdown()`.

use super::address::Host;
use super::proxy::{self, Proxy};
use super::state::{Socket, adopt, fail, settle, small, succeed};
use super::wait::{finish, halted, limit_of, until};
use super::{address, tls, wait};
use crate::os::address::Address;
use crate::os::socket::{self, Shut};
use crate::os::tls::settings::Side;
use crate::os::{self, Errno};
use crate::php::waiting::{Deadline, Halt};
use crate::php::{outcome, waiting};
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::core::wait::Wake;
use crate::rt::socket::{self as sockets, Connect, Stop};
use crate::zend::arrays::NewArray;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::{Instance, This};

/// Makes a call that does not wait.
fn with<T>(this: This<'_, Socket>, body: impl FnOnce(&mut sockets::Socket) -> os::Result<T>) -> Outcome<T> {
    let token = this.token()?;
    let result = globals::with(|runtime| runtime.sockets.get(token).map_or(Err(Errno::EBADF), body));
    settle(this, result)
}

pub(super) fn bind(this: This<'_, Socket>, host: &[u8], port: i64) -> Outcome<bool> {
    with(this, |socket| {
        let port = u16::try_from(port).map_err(|_| Errno::EINVAL)?;
        let address = Address::parse(socket.spec().domain, host, port)?;
        socket.bind(&address)
    })?;
    Ok(true)
}

pub(super) fn listen(this: This<'_, Socket>, backlog: i64) -> Outcome<bool> {
    with(this, |socket| socket::listen(socket.fd(), small(backlog)?))?;
    Ok(true)
}

pub(super) fn accept(this: This<'_, Socket>, timeout: f64) -> Outcome<Instance> {
    let token = this.token()?;
    let accepted = until(
        token,
        Direction::Read,
        Deadline::Limit(timeout),
        |limits| limits.read,
        || Ok(globals::with(|runtime| runtime.sockets.accept(token))),
    );
    match accepted {
        Ok(connection) => {
            succeed(this);
            let tls = this.tls_settings();
            Instance::made::<Socket>(|accepted| {
                adopt(accepted, connection);
                accepted.is_accepted.set(true);
                accepted.tls.replace(tls);
            })
        }
        Err(halt) => Err(halted(this, halt)),
    }
}

pub(super) fn connect(this: This<'_, Socket>, host: &[u8], port: i64, timeout: f64) -> Outcome<bool> {
    connect_through(this, host, port, timeout, None)
}

/// As [`connect`], perhaps through a proxy.
pub(super) fn connect_through(
    this: This<'_, Socket>,
    host: &[u8],
    port: i64,
    timeout: f64,
    proxy: Option<&Proxy>,
) -> Outcome<bool> {
    let token = this.token()?;
    let spec = settle(this, address::spec(token))?;
    if spec.needs_port() && port == 0 {
        return Err(outcome::warning("Socket of type AF_INET/AF_INET6 requires port argument"));
    }
    let number = u16::try_from(port);
    if spec.has_ports() && number.is_err() {
        return Err(outcome::warning(format!("Invalid port argument[{port}]")));
    }
    // Invalid settings must not leave a connection without TLS.
    let begins = match this.tls_settings() {
        Some(settings) => {
            let settings = tls::with_name(settings, address::name(host).filter(|_| spec.has_ports()));
            tls::begin(this, token, Side::Client, settings)?
        }
        None => false,
    };
    let (next, next_port) = proxy.map_or((host, port), |proxy| (proxy.host.bytes(), proxy.port));
    let result =
        address::find(token, next).and_then(|next| attempt(token, next, next_port, Deadline::Limit(timeout)));
    if begins && result.is_err() {
        globals::with(|runtime| runtime.sockets.get(token).map(sockets::Socket::forget_tls));
    }
    finish(this, result)?;
    if let Some(proxy) = proxy {
        proxy::talk(this, token, proxy, host, number.unwrap_or_default(), Deadline::Limit(timeout))?;
    }
    if begins {
        tls::shake(this, token, Deadline::Limit(timeout), |limits| limits.connect)?;
    }
    Ok(true)
}

fn attempt(token: SocketToken, host: Host<'_>, port: i64, mut deadline: Deadline) -> Result<(), Halt> {
    loop {
        let to = address::parse(token, host, port).map_err(Halt::Errno)?;
        let begun = globals::with(|runtime| runtime.sockets.claim(token, Direction::Write)?.connect(&to));
        drop(to);
        match begun {
            Ok(Connect::Done) => return Ok(()),
            Ok(Connect::Begun) => break,
            Ok(Connect::Full) => {
                wait::pause_before_retry(token, deadline.get(|| limit_of(token, |limits| limits.connect)))?;
            }
            Err(stop) => return Err(wait::halt(stop, Direction::Write)),
        }
    }
    // The socket may be connected already. Other coroutines run once nevertheless, as in Swoole.
    let mut waited = false;
    until(
        token,
        Direction::Write,
        deadline,
        |limits| limits.connect,
        || {
            if !std::mem::replace(&mut waited, true) {
                return Ok(Err(Stop::Again));
            }
            Ok(globals::with(|runtime| runtime.sockets.claim(token, Direction::Write)?.finish_connect()))
        },
    )
}

/// Outside of coroutines, the calls of this socket block the process.
pub(super) fn set_blocking(this: This<'_, Socket>, enable: bool) -> Outcome<bool> {
    with(this, |socket| {
        socket.is_blocking = enable;
        Ok(true)
    })
}

pub(super) fn check_liveness(this: This<'_, Socket>) -> Outcome<bool> {
    with(this, |socket| socket.check_liveness())?;
    Ok(true)
}

pub(super) fn shutdown(this: This<'_, Socket>, how: i64) -> Outcome<bool> {
    let what = match how {
        0 => Shut::Read,
        1 => Shut::Write,
        2 => Shut::Both,
        _ => {
            this.token()?;
            return Err(fail(this, Errno::EINVAL));
        }
    };
    with(this, |socket| socket.shut(what))?;
    Ok(true)
}

pub(super) fn own_address(this: This<'_, Socket>) -> Outcome<Address> {
    with(this, |socket| socket::name(socket.fd()))
}

pub(super) fn peer_address(this: This<'_, Socket>) -> Outcome<Address> {
    with(this, |socket| socket::peer(socket.fd()))
}

pub(super) fn name(this: This<'_, Socket>) -> Outcome<NewArray> {
    own_address(this).map(|address| address::show(&address))
}

pub(super) fn peer_name(this: This<'_, Socket>) -> Outcome<NewArray> {
    peer_address(this).map(|address| address::show(&address))
}

pub(super) fn close(this: This<'_, Socket>) -> Outcome<bool> {
    let token = this.token()?;
    let waiters = settle(this, globals::with(|runtime| runtime.sockets.close(&mut runtime.core, token)))?;
    for waiter in waiters.into_iter().flatten() {
        waiting::wake_when_possible(waiter, Wake::Ready)?;
    }
    Ok(true)
}
