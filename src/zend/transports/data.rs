//! Reading and writing of socket streams, and datagrams.

use super::hooked::{Hooked, NO_TIME, borrow, crypto_deadline_of, deadline_of, set_blocking, socket_of};
use super::waits::WaitOutcome;
use crate::os::address::Address;
use crate::os::epoll::Interest;
use crate::os::spare::Spare;
use crate::os::{self, Errno, fd, socket, system};
use crate::rt::streams::Directions;
use crate::zend::bindings::*;
use crate::zend::values::Text;
use std::ffi::{c_char, c_int};
use std::os::fd::RawFd;
use std::ptr::{null, null_mut};
use std::time::Instant;

/// A time limit, which begins with the first wait.
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

/// An operation of a stream that yields to other coroutines while it waits.
struct Operation<'h> {
    stream: *mut php_stream,
    hooked: &'h Hooked,
    data: *mut php_netstream_data_t,
    fd: RawFd,
    limit: Limit,
}

impl<'h> Operation<'h> {
    /// `None` if the original operation is to do it alone: where no coroutine may wait, for a non-blocking stream,
    /// and without a descriptor.
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

    /// Whether the time limit allows a wait. With a limit of zero the engine waits only for data of TLS.
    fn has_time(&self) -> bool {
        let time = self.limit.time;
        time.tv_sec != 0 || time.tv_usec != 0 || self.hooked.is_encrypted.get()
    }

    fn wait(&mut self, needs: Directions) -> WaitOutcome {
        self.hooked.wait(self.fd, needs, self.limit.get())
    }

    /// Whether another coroutine has made the stream non-blocking meanwhile.
    fn is_nonblocking(&self) -> bool {
        // SAFETY: the data live as long as the stream is open.
        i32::from(unsafe { (*self.data).is_blocked }) == 0
    }

    /// Whether the reading call already has data, so that it takes only what is there.
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

    /// Runs the original operation with another time limit.
    fn with_time(&self, time: timeval, body: impl FnOnce() -> isize) -> isize {
        // SAFETY: the data live as long as the stream is open, and the original operation does not close it.
        let own = unsafe { std::mem::replace(&mut (*self.data).timeout, time) };
        let result = body();
        // SAFETY: as above.
        unsafe { (*self.data).timeout = own };
        result
    }

    /// Runs the original operation when the time limit has expired: it has come in time, or reports that.
    fn last(&self, body: impl FnOnce() -> isize) -> isize {
        self.with_time(NO_TIME, body)
    }

    /// Receives what is there, as the original operation does, which would look for it before. Returns the result, and
    /// whether the original operation would have waited.
    ///
    /// # Safety
    /// The room is valid.
    unsafe fn read_now(&self, room: &Room, original: impl FnOnce() -> isize) -> (isize, bool) {
        if self.hooked.is_encrypted.get() {
            return self.attempt_encrypted(original);
        }
        let may_wait = !self.has_read_ahead();
        if may_wait {
            self.note_no_time_out();
        }
        // SAFETY: as the caller promises.
        let received = (!self.has_notifier()).then(|| unsafe { self.receive(room) });
        let result = match received {
            Some(Ok(count @ 1..)) => return (count.cast_signed(), false),
            // Whatever end an earlier read has met: more may come, such as after an empty datagram.
            Some(Err(Errno::EAGAIN)) => return (0, may_wait && !self.is_nonblocking()),
            // The original operation looks before it receives. So it waits for a socket that listens.
            None | Some(Err(Errno::ENOTCONN | Errno::EINVAL)) => self.with_time(NO_TIME, original),
            Some(Ok(_) | Err(_)) => {
                // SAFETY: the stream is open.
                unsafe { (*self.stream).set_eof(1) };
                if received == Some(Ok(0)) { 0 } else { -1 }
            }
        };
        // SAFETY: the stream is open.
        let waits = self.has_timed_out() || result == 0 && unsafe { (*self.stream).eof() } == 0;
        (result, waits && may_wait && !self.is_nonblocking())
    }

    /// # Safety
    /// The room is valid.
    unsafe fn receive(&self, room: &Room) -> os::Result<usize> {
        loop {
            // SAFETY: as the caller promises.
            let place = unsafe { Spare::from_raw(room.buffer.cast(), room.count) };
            // SAFETY: the descriptor is open.
            let received = socket::receive(unsafe { borrow(self.fd) }, place);
            if received != Err(Errno::EINTR) {
                return received;
            }
        }
    }

    /// Whether a function of the script is told how much was read.
    fn has_notifier(&self) -> bool {
        // SAFETY: the stream is open.
        let resource = unsafe { (*self.stream).ctx.as_ref() };
        let context = resource.map_or(null_mut(), |resource| resource.ptr.cast::<php_stream_context>());
        // SAFETY: null, or the stream's context.
        unsafe { context.as_ref() }.is_some_and(|context| !context.notifier.is_null())
    }

    /// Runs the original operation for writing `count` bytes so that it does not wait. Returns its result, and whether it
    /// would have waited. The original operation also reports that there is no room. So its reports are suppressed, and
    /// those of other errors are made here.
    fn write_now(&self, count: usize, body: impl FnOnce() -> isize) -> (isize, bool) {
        if self.hooked.is_encrypted.get() {
            return self.attempt_encrypted(body);
        }
        let timed_out = self.has_timed_out();
        self.note_no_time_out();
        // SAFETY: the stream is open.
        let flags = unsafe { (*self.stream).flags };
        // SAFETY: as above.
        unsafe { (*self.stream).flags = flags | PHP_STREAM_FLAG_SUPPRESS_ERRORS };
        let result = self.with_time(NO_TIME, body);
        let errno = os::errno();
        // SAFETY: as above.
        unsafe { (*self.stream).flags = flags };
        if self.has_timed_out() {
            self.note_no_time_out();
            return (result, true);
        }
        if timed_out {
            self.note_time_out();
        }
        if result < 0 && flags & PHP_STREAM_FLAG_SUPPRESS_ERRORS == 0 {
            report(
                E_NOTICE,
                format!("Send of {count} bytes failed with errno={errno} {}", system::describe(errno)),
            );
        }
        (result, false)
    }

    /// Runs the original operation of a TLS session so that it does not wait. Returns its result, and whether it would
    /// have waited. The descriptor is made non-blocking, and the operation uses no time limit.
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

    fn has_timed_out(&self) -> bool {
        // SAFETY: as in `with_time`.
        i32::from(unsafe { (*self.data).timeout_event }) != 0
    }

    fn note_time_out(&self) {
        // SAFETY: as in `with_time`.
        unsafe { (*self.data).timeout_event = true.into() };
    }

    fn note_no_time_out(&self) {
        // SAFETY: as in `with_time`.
        unsafe { (*self.data).timeout_event = false.into() };
    }
}

/// The place for the data of a read. While a coroutine waits, others may move the stream's buffer.
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

    /// Finds the place again after a wait.
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
    // SAFETY: the stream is this one.
    unsafe { hooked.note_use(stream) };
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
        let body = || unsafe { original(stream, room.buffer, room.count) };
        // SAFETY: as above.
        let (result, waits) = unsafe { operation.read_now(&room, body) };
        if !waits {
            return result;
        }
        operation.note_no_time_out();
        match operation.wait(Directions::Read) {
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut if hooked.is_encrypted.get() => {
                operation.note_time_out();
                return -1;
            }
            WaitOutcome::TimedOut => {
                // SAFETY: the stream is open.
                unsafe { room.find(stream) };
                // SAFETY: as above.
                return operation.last(|| unsafe { original(stream, room.buffer, room.count) });
            }
            WaitOutcome::Canceled => return -1,
            WaitOutcome::Closed => {
                // SAFETY: the stream is freed only after this function has returned.
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
    // SAFETY: the stream is this one.
    unsafe { hooked.note_use(stream) };
    // SAFETY: with what the engine has passed.
    let all = || unsafe { original(stream, buffer, count) };
    // SAFETY: the stream has operations of ours.
    let operation = unsafe { Operation::begin(stream, hooked) };
    let Some(mut operation) = operation.filter(Operation::has_time) else { return all() };
    if !hooked.claim(operation.fd, Directions::Write) {
        return -1;
    }
    loop {
        let (result, waits) = operation.write_now(count, all);
        if !waits {
            return result;
        }
        match operation.wait(Directions::Write) {
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut if hooked.is_encrypted.get() => {
                operation.note_time_out();
                return -1;
            }
            WaitOutcome::TimedOut => return operation.last(all),
            WaitOutcome::Canceled | WaitOutcome::Closed => return -1,
        }
    }
}

/// Waits before the original operation checks whether the other side is still there. Older engines wait in that check.
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

/// stream_socket_recvfrom(), which waits without a time limit. `None` if the original operation is to do it.
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
                    param.outputs.textaddr = show(&from).map_or(null_mut(), Text::into_raw);
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
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut | WaitOutcome::Canceled | WaitOutcome::Closed => return Some(()),
        }
    }
}

/// An address as the engine writes it.
fn show(address: &Address) -> Option<Text> {
    let text = match address {
        Address::Inet(address) => address.to_string(),
        Address::Inet6(address) => format!("[{}]:{}", address.ip(), address.port()),
        Address::Unix(path) => return Some(Text::new(path)),
        Address::Other => return None,
    };
    Some(Text::new(text.as_bytes()))
}

/// stream_socket_sendto(), which waits without a time limit. `None` if the original operation is to do it.
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
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut | WaitOutcome::Canceled | WaitOutcome::Closed => {
                break Some(Errno::ECANCELED);
            }
        }
    };
    match failed {
        // In the engine's words.
        Some(errno) if sent == 0 => report(E_WARNING, format!("{}\n", system::describe(errno as i32))),
        _ => param.outputs.returncode = c_int::try_from(sent).unwrap_or(c_int::MAX),
    }
    Some(())
}

/// Reports an error of the engine's function that runs.
#[cold]
fn report(level: u32, text: String) {
    let message = Text::new(text.as_bytes());
    drop(text);
    let text = message.bytes().as_ptr().cast::<c_char>();
    // SAFETY: the format takes one C string, and the engine's strings end with NUL.
    unsafe { php_error_docref(null(), level as c_int, c"%s".as_ptr(), text) };
}

/// `STREAM_OOB`.
const OUT_OF_BAND: c_int = 1;
/// `STREAM_PEEK`.
const PEEK: c_int = 2;
