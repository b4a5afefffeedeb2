//! Streams that connect, listen and accept.

use super::hooked::{Hooked, NO_TIME, RequestedTls, borrow, deadline_of, socket_of};
use super::waits::{HOOKS, WaitOutcome};
use super::{crypto, data};
use crate::os::epoll::Interest;
use crate::os::lookup::{self, LookupError};
use crate::os::{Errno, fd, socket, system};
use crate::rt::streams::Directions;
use crate::zend::bindings::*;
use crate::zend::errors;
use crate::zend::jump::is_thrown;
use crate::zend::values::Text;
use std::ffi::{CStr, c_char, c_int};
use std::io::{Cursor, Write};
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::ptr::{null, null_mut};
use std::time::Instant;

const BIND: u32 = _php_stream_xport_param_STREAM_XPORT_OP_BIND;
const CONNECT: u32 = _php_stream_xport_param_STREAM_XPORT_OP_CONNECT;
const CONNECT_ASYNC: u32 = _php_stream_xport_param_STREAM_XPORT_OP_CONNECT_ASYNC;
const ACCEPT: u32 = _php_stream_xport_param_STREAM_XPORT_OP_ACCEPT;
const RECV: u32 = _php_stream_xport_param_STREAM_XPORT_OP_RECV;
const SEND: u32 = _php_stream_xport_param_STREAM_XPORT_OP_SEND;

const OK: c_int = PHP_STREAM_OPTION_RETURN_OK as c_int;

/// The stream option for connecting, binding, listening, accepting and datagrams.
///
/// # Safety
/// The stream has operations of ours, and the parameter is the one of this option.
pub(super) unsafe fn transport(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: *mut php_stream_xport_param,
) -> c_int {
    // SAFETY: as the caller promises; nobody else uses the parameter meanwhile.
    let param = unsafe { &mut *param };
    let op = param.op;
    // SAFETY: as the caller promises.
    let done = unsafe {
        match op {
            CONNECT if hooked.has_paths() && hooked.may_wait() => open_path(stream, hooked, param),
            CONNECT | CONNECT_ASYNC | BIND if !hooked.has_paths() && hooked.may_wait() => {
                open(stream, hooked, param)
            }
            ACCEPT => accept(stream, hooked, param),
            RECV => data::receive(stream, hooked, param),
            SEND => data::send(stream, hooked, param),
            _ => None,
        }
    };
    let result = match done {
        Some(()) => OK,
        // SAFETY: as the caller promises.
        None => unsafe { original(stream, hooked, param) },
    };
    if matches!(op, CONNECT | CONNECT_ASYNC) && result == OK && param.outputs.returncode >= 0 {
        hooked.note_opener();
    }
    result
}

/// Calls the original operation. It recognises the kinds of sockets by their tables when it creates one.
///
/// # Safety
/// As for [`transport`].
unsafe fn original(stream: *mut php_stream, hooked: &Hooked, param: &mut php_stream_xport_param) -> c_int {
    let param: *mut php_stream_xport_param = param;
    // SAFETY: as the caller promises.
    unsafe {
        let makes_socket = matches!((*param).op, CONNECT | CONNECT_ASYNC | BIND);
        if !makes_socket || hooked.knows_crypto() {
            return hooked.set_option(stream, PHP_STREAM_OPTION_XPORT_API, 0, param.cast());
        }
        let ours = (*stream).ops;
        (*stream).ops = hooked.original;
        let result = hooked.set_option(stream, PHP_STREAM_OPTION_XPORT_API, 0, param.cast());
        (*stream).ops = ours;
        result
    }
}

/// As [`original`], but the handshake of TLS that it requests is not done yet.
///
/// # Safety
/// As for [`transport`].
unsafe fn original_without_crypto(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: &mut php_stream_xport_param,
) -> (c_int, Option<RequestedTls>) {
    hooked.capture.set(Some(RequestedTls::default()));
    // SAFETY: as the caller promises.
    let result = unsafe { original(stream, hooked, param) };
    (result, hooked.capture.take())
}

/// The host of an internet address, and the place in the text at which the host ends.
fn host_of(name: &[u8]) -> Option<(&[u8], usize)> {
    if name.first() == Some(&b'[') && name.len() > 1 {
        let end = name.iter().position(|byte| *byte == b']')?;
        let is_whole = name.get(end + 1) == Some(&b':');
        return Some((name.get(1..end).filter(|_| is_whole)?, end + 1));
    }
    let end = name.split_last()?.1.iter().position(|byte| *byte == b':')?;
    Some((name.get(..end)?, end))
}

/// The size of a buffer for an address, its port, and what the script wrote after the port.
const ROOM: usize = 96;

/// Writes an address as the engine reads it, with the text after the host.
fn write_address(room: &mut [u8; ROOM], ip: IpAddr, rest: &[u8]) -> usize {
    let mut text = Cursor::new(room.as_mut_slice());
    // Text that does not fit is after the port.
    let _ = match ip {
        IpAddr::V4(ip) => write!(text, "{ip}"),
        IpAddr::V6(ip) => write!(text, "[{ip}]"),
    };
    let most = rest.len().min(32);
    let _ = text.write(rest.get(..most).unwrap_or_default());
    // The engine reads the port up to a NUL.
    let len = usize::try_from(text.position()).unwrap_or(0).min(ROOM - 1);
    if let Some(end) = room.get_mut(len) {
        *end = 0;
    }
    len
}

/// Connects to a host, or binds to its address. First looks its name up, which yields to other coroutines; then tries
/// each address. `None` if the original operation is to do it.
///
/// # Safety
/// As for [`transport`].
unsafe fn open(stream: *mut php_stream, hooked: &Hooked, param: &mut php_stream_xport_param) -> Option<()> {
    let (name, namelen) = (param.inputs.name, param.inputs.namelen);
    // SAFETY: the engine passes the text with its length.
    let text = unsafe { std::slice::from_raw_parts(name.cast::<u8>(), namelen) };
    let (host, end) = host_of(text).filter(|_| !text.contains(&0))?;
    // SAFETY: null, or a time.
    let limit = unsafe { param.inputs.timeout.as_ref() }.copied();
    if is_numeric(host)? {
        if param.op == BIND {
            return None;
        }
        // SAFETY: as the caller promises.
        unsafe { Attempt::new(limit).one(stream, hooked, param) };
        return Some(());
    }
    let hooks = HOOKS.get()?;
    let addresses = match errors::net(|| (hooks.resolve)(host)) {
        Ok(Ok(addresses)) => addresses,
        Ok(Err(unanswered)) => {
            param.outputs.returncode = -1;
            fail_to_resolve(host, unanswered, param);
            return Some(());
        }
        Err(failure) => {
            param.outputs.returncode = -1;
            failure.settle(&mut undef());
            return Some(());
        }
    };
    // The time limit begins after the lookup, as in the engine.
    let attempt = Attempt::new(limit);
    let mut room = [0; ROOM];
    for ip in addresses.list.into_iter().flatten() {
        let len = write_address(&mut room, ip, text.get(end..).unwrap_or_default());
        (param.inputs.name, param.inputs.namelen) = (room.as_mut_ptr().cast(), len);
        // SAFETY: as the caller promises.
        let goes_on = unsafe { attempt.one(stream, hooked, param) };
        if !goes_on {
            break;
        }
    }
    (param.inputs.name, param.inputs.namelen) = (name, namelen);
    Some(())
}

/// Connects to a path. The engine fails at once if the queue of the other side is full. Many coroutines fill a queue
/// quickly, so a coroutine tries again after a pause.
///
/// # Safety
/// As for [`transport`].
unsafe fn open_path(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: &mut php_stream_xport_param,
) -> Option<()> {
    let hooks = HOOKS.get()?;
    // SAFETY: null, or a time.
    let deadline = unsafe { param.inputs.timeout.as_ref() }.copied().and_then(deadline_of);
    loop {
        // SAFETY: as the caller promises.
        unsafe { original(stream, hooked, param) };
        let is_full = param.outputs.returncode < 0 && param.outputs.error_code == Errno::EAGAIN as c_int;
        // SAFETY: it is a stream of sockets.
        let Some(data) = unsafe { socket_of(stream) }.filter(|_| is_full) else { return Some(()) };
        match errors::net(|| (hooks.pause)(deadline)) {
            Ok(WaitOutcome::Ready) => {}
            Ok(_) => return Some(()),
            Err(failure) => {
                failure.settle(&mut undef());
                return Some(());
            }
        }
        release_text(param);
        // SAFETY: the stream is ours while it connects.
        unsafe { abandon(hooked, data) };
    }
}

/// Whether the host needs no lookup. `None` for a name that is too long for a lookup.
fn is_numeric(host: &[u8]) -> Option<bool> {
    let mut room = [0; 256];
    room.get_mut(..host.len())?.copy_from_slice(host);
    let text = CStr::from_bytes_until_nul(&room).ok()?;
    Some(lookup::is_numeric(text))
}

/// The engine's warning for a name that has no address.
#[cold]
fn fail_to_resolve(host: &[u8], unanswered: LookupError, param: &mut php_stream_xport_param) {
    let text = {
        let reason = match unanswered {
            LookupError::Unknown(status) => system::describe_lookup(status),
            LookupError::Failed(errno) => system::describe(errno as i32),
        };
        let host = String::from_utf8_lossy(host);
        Text::new(format!("php_network_getaddresses: getaddrinfo for {host} failed: {reason}").as_bytes())
    };
    let pointer = text.bytes().as_ptr().cast::<c_char>();
    if param.want_errortext() != 0 {
        param.outputs.error_text = text.into_raw();
    }
    // SAFETY: the format takes one C string, and the engine's strings end with NUL.
    unsafe { php_error_docref(null(), E_WARNING as c_int, c"%s".as_ptr(), pointer) };
}

/// Attempts to connect within one time limit.
struct Attempt {
    deadline: Option<Instant>,
}

impl Attempt {
    fn new(limit: Option<timeval>) -> Attempt {
        Attempt { deadline: limit.and_then(deadline_of) }
    }

    /// Tries the one address that the parameter names. Returns whether to try another one.
    ///
    /// # Safety
    /// As for [`transport`].
    unsafe fn one(
        &self,
        stream: *mut php_stream,
        hooked: &Hooked,
        param: &mut php_stream_xport_param,
    ) -> bool {
        release_text(param);
        let op = param.op;
        if op == CONNECT {
            param.op = CONNECT_ASYNC;
        }
        // SAFETY: as the caller promises.
        let (_, requested) = unsafe { original_without_crypto(stream, hooked, param) };
        param.op = op;
        // SAFETY: it is a stream of sockets.
        let Some(data) = unsafe { socket_of(stream) }.filter(|_| param.outputs.returncode >= 0) else {
            return param.outputs.returncode != 0 && !is_thrown();
        };
        // SAFETY: the data are there.
        let fd = unsafe { (*data).socket };
        if op == CONNECT {
            if let Err(errno) = self.wait_until_connected(hooked, fd, param.outputs.returncode) {
                // SAFETY: the stream is ours while it connects.
                unsafe { abandon(hooked, data) };
                param.outputs.returncode = -1;
                param.outputs.error_code = errno as c_int;
                if param.want_errortext() != 0 {
                    param.outputs.error_text =
                        Text::new(system::describe(errno as i32).as_bytes()).into_raw();
                }
                return !matches!(errno, Errno::ETIMEDOUT | Errno::ECANCELED);
            }
            // SAFETY: the descriptor is open.
            let _ = socket::set_blocking(unsafe { borrow(fd) }, true);
            (param.outputs.returncode, param.outputs.error_code) = (0, 0);
        }
        // SAFETY: the stream is open.
        if !unsafe { crypto::secure(stream, hooked, requested) } {
            param.outputs.returncode = -1;
        }
        false
    }

    fn wait_until_connected(&self, hooked: &Hooked, fd: RawFd, returncode: c_int) -> Result<(), Errno> {
        if returncode != 1 {
            return Ok(());
        }
        while fd::readiness(fd, Interest::WRITE)?.is_empty() {
            match hooked.wait(fd, Directions::Both, self.deadline) {
                WaitOutcome::Ready => {}
                WaitOutcome::TimedOut => return Err(Errno::ETIMEDOUT),
                WaitOutcome::Canceled | WaitOutcome::Closed => return Err(Errno::ECANCELED),
            }
        }
        // SAFETY: the descriptor is open.
        socket::take_error(unsafe { borrow(fd) })
    }
}

/// Closes the socket of a connection that was not made.
///
/// # Safety
/// The data are those of a stream with operations of ours.
unsafe fn abandon(hooked: &Hooked, data: *mut php_netstream_data_t) {
    // SAFETY: the descriptor is open, and nobody else's.
    unsafe {
        hooked.forget((*data).socket);
        fd::close((*data).socket);
        (*data).socket = -1;
    }
}

/// Releases the texts of an earlier attempt.
fn release_text(param: &mut php_stream_xport_param) {
    for text in [&mut param.outputs.error_text, &mut param.outputs.textaddr] {
        if let Some(text) = std::ptr::NonNull::new(std::mem::replace(text, null_mut())) {
            // SAFETY: the original operation has made it, for us.
            drop(unsafe { Text::own(text) });
        }
    }
}

/// Accepts a connection. `None` if the original operation is to do it alone.
///
/// # Safety
/// As for [`transport`].
unsafe fn accept(stream: *mut php_stream, hooked: &Hooked, param: &mut php_stream_xport_param) -> Option<()> {
    // SAFETY: it is a stream of sockets.
    let data = unsafe { socket_of(stream) }?;
    // SAFETY: the data are there.
    let fd = unsafe { (*data).socket };
    let requested = if hooked.may_wait() {
        if !hooked.claim(fd, Directions::Read) {
            param.outputs.returncode = -1;
            return Some(());
        }
        // Another process may accept the connection first: then accept(2) would block. Only this flag prevents
        // that, and it applies to all processes that share the socket. PHP's own accept waits for a connection
        // first, so the flag does not disturb it.
        // SAFETY: the descriptor is open.
        let _ = socket::set_nonblocking(unsafe { borrow(fd) });
        // SAFETY: as the caller promises.
        unsafe { accept_in_turn(stream, hooked, fd, param) }
    } else {
        // SAFETY: as the caller promises.
        unsafe { original_without_crypto(stream, hooked, param) }.1
    };
    let client = param.outputs.client;
    if param.outputs.returncode != 0 || client.is_null() {
        return Some(());
    }
    // The client's table is its server's.
    // SAFETY: the stream was just made, with that table.
    unsafe { hooked.hook_alike(client) };
    // SAFETY: it has one of its own now.
    if !unsafe { crypto::secure(client, &*Hooked::of(client), requested) } {
        param.outputs.returncode = -1;
        // SAFETY: no other code knows the stream.
        param.outputs.client = unsafe { crypto::free(client) };
    }
    Some(())
}

/// # Safety
/// As for [`transport`].
unsafe fn accept_in_turn(
    stream: *mut php_stream,
    hooked: &Hooked,
    fd: RawFd,
    param: &mut php_stream_xport_param,
) -> Option<RequestedTls> {
    let given = param.inputs.timeout;
    // SAFETY: null, or a time.
    let deadline = unsafe { given.as_ref() }.copied().and_then(deadline_of);
    let mut no_time = NO_TIME;
    let mut is_over = false;
    loop {
        param.inputs.timeout = &raw mut no_time;
        // SAFETY: as the caller promises.
        let (_, requested) = unsafe { original_without_crypto(stream, hooked, param) };
        param.inputs.timeout = given;
        let none_is_there = param.outputs.returncode != 0
            && [Errno::EAGAIN, Errno::ETIMEDOUT]
                .iter()
                .any(|errno| param.outputs.error_code == *errno as c_int);
        if is_over || !none_is_there {
            return requested;
        }
        release_text(param);
        match hooked.wait(fd, Directions::Read, deadline) {
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut => is_over = true,
            WaitOutcome::Canceled | WaitOutcome::Closed => {
                param.outputs.returncode = -1;
                param.outputs.error_code = Errno::ECANCELED as c_int;
                if param.want_errortext() != 0 {
                    let text = system::describe(Errno::ECANCELED as i32);
                    param.outputs.error_text = Text::new(text.as_bytes()).into_raw();
                }
                return None;
            }
        }
    }
}
