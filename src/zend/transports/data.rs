//! Data of streams: reading, writing, datagrams.

use super::hooked::{Hooked, NO_TIME, borrow, crypto_deadline_of, deadline_of, set_blocking, socket_of};
use super::waits::Ended;
use crate::os::address::Address;
use crate::os::epoll::Interest;
use crate::os::spare::Spare;
use crate::os::{self, Errno, fd, socket, system};
use crate::rt::streams::Directions;
use crate::zend::bindings::*;
use crate::zend::values::Text;
use std::ffi::{c_char, c_int};
use std::os::fd::RawFd;
use std::ptr::null;
use std::time::Instant;

/// A time limit, which begins when something has to be waited for.
struct Limit {
    of: fn(timeval) -> Option<Instant>,
    time: timeval,
    begun: Option<Option<Instant>>,
}

impl Limit {
    fn new(hooked: &Hooked, time: timeval) -> Limit {
        let of = if hooked.is_encrypted.get() { crypto_deadline_of } else { deadline_of };
        Limit { of, time, begun: None }
    }

    fn get(&mut self) -> Option<Instant> {
        *self.begun.get_or_insert_with(|| (self.of)(self.time))
    }
}

/// A stream whose operation is to let others run while it waits.
struct Operation<'h> {
    stream: *mut php_stream,
    hooked: &'h Hooked,
    data: *mut php_netstream_data_t,
    fd: RawFd,
    limit: Limit,
}

impl<'h> Operation<'h> {
    /// `None` when the original operation is to do it alone: where nobody may wait, for a stream that is not to wait, and
    /// without a descriptor.
    ///
    /// # Safety
    /// The stream has operations of ours.
    unsafe fn begin(stream: *mut php_stream, hooked: &'h Hooked) -> Option<Operation<'h>> {
        // SAFETY: it is a stream of sockets.
        let data = unsafe { socket_of(stream) }?;
        // SAFETY: the data are there.
        let (fd, is_blocked, time) = unsafe { ((*data).socket, (*data).is_blocked, (*data).timeout) };
        if i32::from(is_blocked) == 0 || !hooked.may_wait() {
            return None;
        }
        Some(Operation { stream, hooked, data, fd, limit: Limit::new(hooked, time) })
    }

    /// Without time the engine does not wait for data, but for those of a session of TLS.
    fn has_time(&self) -> bool {
        let time = self.limit.time;
        time.tv_sec != 0 || time.tv_usec != 0 || self.hooked.is_encrypted.get()
    }

    fn wait(&mut self, needs: Directions) -> Ended {
        self.hooked.wait(self.fd, needs, self.limit.get())
    }

    /// Whether another coroutine has said meanwhile that the stream is not to wait.
    fn is_nonblocking(&self) -> bool {
        // SAFETY: the data live as long as the stream is open.
        i32::from(unsafe { (*self.data).is_blocked }) == 0
    }

    /// Whether the call that reads has something already, and takes what is there besides.
    fn has_read_ahead(&self) -> bool {
        #[cfg(php_buffered_reads)]
        {
            // SAFETY: the stream is open.
            unsafe { (*self.stream).has_buffered_data() != 0 }
        }
        #[cfg(not(php_buffered_reads))]
        {
            false
        }
    }

    /// Runs the original operation, which does not wait, as its time is over. Whether it would have.
    fn attempt(&self, body: impl FnOnce() -> isize) -> (isize, bool) {
        if self.hooked.is_encrypted.get() {
            return self.attempt_encrypted(body);
        }
        // SAFETY: the data live as long as the stream is open, and the original operation does not close it.
        let time = unsafe { std::mem::replace(&mut (*self.data).timeout, NO_TIME) };
        let result = body();
        // SAFETY: as above.
        let waits = unsafe {
            (*self.data).timeout = time;
            i32::from((*self.data).timeout_event) != 0 || result == 0 && (*self.stream).eof() == 0
        };
        (result, waits && !self.is_nonblocking() && !self.has_read_ahead())
    }

    /// As above; it looks at no time limits when the descriptor is not to wait.
    fn attempt_encrypted(&self, body: impl FnOnce() -> isize) -> (isize, bool) {
        if self.is_nonblocking() {
            return (body(), false);
        }
        // SAFETY: the stream is open.
        unsafe { set_blocking(self.stream, self.hooked, false) };
        os::set_errno(0);
        let result = body();
        let errno = os::errno();
        // SAFETY: as above.
        let is_at_end = unsafe {
            set_blocking(self.stream, self.hooked, true);
            (*self.stream).eof() != 0
        };
        (result, result <= 0 && errno == Errno::EAGAIN as i32 && !is_at_end && !self.has_read_ahead())
    }

    fn note_time_out(&self) {
        // SAFETY: as in `attempt`.
        unsafe { (*self.data).timeout_event = true.into() };
    }

    fn note_no_time_out(&self) {
        // SAFETY: as in `attempt`.
        unsafe { (*self.data).timeout_event = false.into() };
    }

    /// Whether the descriptor is ready. One of which nothing can be told is: the operation itself will tell.
    fn is_ready(&self, interest: Interest) -> bool {
        !fd::readiness(self.fd, interest).is_ok_and(|ready| ready.is_empty())
    }
}

/// Where the data that were read belong. While a coroutine waits others may make room in the stream's buffer, which moves.
struct Room {
    buffer: *mut c_char,
    count: usize,
    is_own: bool,
}

impl Room {
    /// # Safety
    /// The stream is open.
    unsafe fn of(stream: *mut php_stream, buffer: *mut c_char, count: usize) -> Room {
        // SAFETY: the stream is open.
        let (first, len) = unsafe { ((*stream).readbuf.addr(), (*stream).readbuflen) };
        Room { buffer, count, is_own: first != 0 && (first..first + len).contains(&buffer.addr()) }
    }

    /// After a wait.
    ///
    /// # Safety
    /// The stream is open.
    unsafe fn find(&mut self, stream: *mut php_stream) {
        if self.is_own {
            // SAFETY: the buffer has this many bytes, and those behind `writepos` are free.
            unsafe {
                let used = usize::try_from((*stream).writepos).unwrap_or(0);
                self.buffer = (*stream).readbuf.wrapping_add(used).cast();
                self.count = self.count.min((*stream).readbuflen.saturating_sub(used));
            }
        }
    }
}

pub(super) unsafe extern "C" fn read(stream: *mut php_stream, buffer: *mut c_char, count: usize) -> isize {
    // SAFETY: the engine calls this for streams with operations of ours.
    let hooked = unsafe { &*Hooked::of(stream) };
    // SAFETY: a constant table with all operations.
    let Some(original) = (unsafe { (*hooked.original).read }) else { return -1 };
    // SAFETY: the stream has operations of ours.
    let Some(mut operation) = (unsafe { Operation::begin(stream, hooked) }).filter(Operation::has_time)
    else {
        // SAFETY: with what the engine has passed.
        return unsafe { original(stream, buffer, count) };
    };
    if !hooked.claim(operation.fd, Directions::Read) {
        return -1;
    }
    // SAFETY: the stream is open.
    let mut room = unsafe { Room::of(stream, buffer, count) };
    loop {
        // SAFETY: there is room for so many bytes.
        let (result, waits) = operation.attempt(|| unsafe { original(stream, room.buffer, room.count) });
        if !waits {
            return result;
        }
        operation.note_no_time_out();
        match operation.wait(Directions::Read) {
            Ended::Ready => {}
            Ended::TimedOut if hooked.is_encrypted.get() => {
                operation.note_time_out();
                return -1;
            }
            Ended::TimedOut => {
                // SAFETY: the stream is open.
                unsafe { room.find(stream) };
                // SAFETY: as above. It tells that the time is over, or finds what has come in this moment.
                return operation.attempt(|| unsafe { original(stream, room.buffer, room.count) }).0;
            }
            Ended::Canceled => return -1,
            Ended::Closed => {
                // SAFETY: it is still there, and freed when this has returned.
                unsafe { (*stream).set_eof(1) };
                return -1;
            }
        }
        // SAFETY: the stream is open.
        unsafe { room.find(stream) };
    }
}

pub(super) unsafe extern "C" fn write(stream: *mut php_stream, buffer: *const c_char, count: usize) -> isize {
    // SAFETY: the engine calls this for streams with operations of ours.
    let hooked = unsafe { &*Hooked::of(stream) };
    // SAFETY: a constant table with all operations.
    let Some(original) = (unsafe { (*hooked.original).write }) else { return -1 };
    // SAFETY: with what the engine has passed.
    let all = || unsafe { original(stream, buffer, count) };
    // SAFETY: the stream has operations of ours.
    let operation = unsafe { Operation::begin(stream, hooked) };
    let Some(mut operation) = operation.filter(Operation::has_time) else { return all() };
    if !hooked.claim(operation.fd, Directions::Write) {
        return -1;
    }
    loop {
        // The original operation says so when there is no room: it must not be asked before there is.
        if hooked.is_encrypted.get() {
            let (result, waits) = operation.attempt(all);
            if !waits {
                return result;
            }
        } else if operation.is_ready(Interest::WRITE) {
            return operation.attempt(all).0;
        }
        match operation.wait(Directions::Write) {
            Ended::Ready => {}
            Ended::TimedOut if hooked.is_encrypted.get() => {
                operation.note_time_out();
                return -1;
            }
            Ended::TimedOut => return operation.attempt(all).0,
            Ended::Canceled | Ended::Closed => return -1,
        }
    }
}

/// Before it is asked whether the other side is still there, which older engines do with a time limit.
///
/// # Safety
/// The stream has operations of ours.
pub(super) unsafe fn wait_for_life(stream: *mut php_stream, hooked: &Hooked) {
    // SAFETY: it is a stream of sockets.
    let Some(data) = (unsafe { socket_of(stream) }) else { return };
    // SAFETY: the data are there.
    let (fd, mut time) = unsafe { ((*data).socket, (*data).timeout) };
    if time.tv_sec == -1 {
        // SAFETY: the globals are valid on a thread that runs PHP.
        time = timeval { tv_sec: unsafe { (*files()).default_socket_timeout } as _, tv_usec: 0 };
    } else if hooked.knows_crypto() {
        time = hooked.limit;
    }
    if fd::readiness(fd, Interest::READ).is_ok_and(|ready| ready.is_empty())
        && hooked.claim(fd, Directions::Read)
    {
        hooked.wait(fd, Directions::Read, deadline_of(time));
    }
}

/// stream_socket_recvfrom(): it waits without a time limit. `None` when the original operation is to do it.
///
/// # Safety
/// The stream has operations of ours, and the parameter is one for receiving.
pub(super) unsafe fn receive(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: &mut php_stream_xport_param,
) -> Option<()> {
    let flags = param.inputs.flags;
    if flags & OUT_OF_BAND != 0 || param.want_addr() != 0 {
        return None;
    }
    // SAFETY: the stream has operations of ours.
    let operation = unsafe { Operation::begin(stream, hooked) }?;
    param.outputs.returncode = -1;
    if !hooked.claim(operation.fd, Directions::Read) {
        return Some(());
    }
    loop {
        // SAFETY: the engine has passed room for so many bytes.
        let room = unsafe { Spare::from_raw(param.inputs.buf.cast(), param.inputs.buflen) };
        // SAFETY: the descriptor is open.
        let descriptor = unsafe { borrow(operation.fd) };
        let received = match flags & PEEK {
            0 => socket::receive_from(descriptor, room),
            _ => socket::peek_from(descriptor, room),
        };
        match received {
            Ok((len, from)) => {
                param.outputs.returncode = c_int::try_from(len).unwrap_or(c_int::MAX);
                if param.want_textaddr() != 0 {
                    param.outputs.textaddr = show(&from).map_or(std::ptr::null_mut(), Text::into_raw);
                }
                return Some(());
            }
            Err(Errno::EINTR) => continue,
            Err(Errno::EAGAIN) => {}
            Err(errno) => {
                os::set_errno(errno as i32);
                return Some(());
            }
        }
        match hooked.wait(operation.fd, Directions::Read, None) {
            Ended::Ready => {}
            Ended::TimedOut | Ended::Canceled | Ended::Closed => return Some(()),
        }
    }
}

/// An address as the engine shows it.
fn show(address: &Address) -> Option<Text> {
    let text = match address {
        Address::Inet(address) => address.to_string(),
        Address::Inet6(address) => format!("[{}]:{}", address.ip(), address.port()),
        Address::Unix(path) => return Some(Text::new(path)),
        Address::Other => return None,
    };
    Some(Text::new(text.as_bytes()))
}

/// stream_socket_sendto(): it waits without a time limit. `None` when the original operation is to do it.
///
/// # Safety
/// The stream has operations of ours, and the parameter is one for sending.
pub(super) unsafe fn send(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: &mut php_stream_xport_param,
) -> Option<()> {
    if param.inputs.flags & OUT_OF_BAND != 0 {
        return None;
    }
    // SAFETY: the stream has operations of ours.
    let operation = unsafe { Operation::begin(stream, hooked) }?;
    param.outputs.returncode = -1;
    if !hooked.claim(operation.fd, Directions::Write) {
        return Some(());
    }
    let mut sent = 0;
    let failed = loop {
        // SAFETY: the engine has passed so many bytes.
        let all = unsafe { std::slice::from_raw_parts(param.inputs.buf.cast::<u8>(), param.inputs.buflen) };
        let rest = all.get(sent..).unwrap_or_default();
        // SAFETY: the descriptor is open.
        let descriptor = unsafe { borrow(operation.fd) };
        let result = if param.inputs.addr.is_null() {
            socket::send(descriptor, rest)
        } else {
            // SAFETY: the engine has passed an address of this length.
            let to = unsafe { Address::copy(param.inputs.addr.cast(), param.inputs.addrlen) };
            socket::send_to(descriptor, rest, &to)
        };
        match result {
            Ok(count) => {
                sent += count;
                if count == rest.len() || count == 0 {
                    break None;
                }
                continue;
            }
            Err(Errno::EINTR) => continue,
            Err(Errno::EAGAIN) => {}
            Err(errno) => break Some(errno),
        }
        match hooked.wait(operation.fd, Directions::Write, None) {
            Ended::Ready => {}
            Ended::TimedOut | Ended::Canceled | Ended::Closed => break Some(Errno::ECANCELED),
        }
    };
    match failed {
        Some(errno) if sent == 0 => warn(errno),
        _ => param.outputs.returncode = c_int::try_from(sent).unwrap_or(c_int::MAX),
    }
    Some(())
}

/// The warning of the engine for what could not be sent.
#[cold]
fn warn(errno: Errno) {
    let text = Text::new(system::describe(errno as i32).as_bytes());
    let text = text.bytes().as_ptr().cast::<c_char>();
    // SAFETY: the format takes one C string, and the engine's strings end with NUL.
    unsafe { php_error_docref(null(), E_WARNING as c_int, c"%s\n".as_ptr(), text) };
}

/// `STREAM_OOB`.
const OUT_OF_BAND: c_int = 1;
/// `STREAM_PEEK`.
const PEEK: c_int = 2;
