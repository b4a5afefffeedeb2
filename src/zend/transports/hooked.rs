//! A stream's own table of operations, and our data about the stream.

use super::waits::{HOOKS, WaitOutcome};
use crate::os::process::{self, Pid};
use crate::os::{fd, socket};
use crate::rt::core::clock::now;
use crate::rt::core::handles::StreamToken;
use crate::rt::streams::Directions;
use crate::zend::bindings::*;
use crate::zend::errors;
use crate::zend::globals::{self, per_thread};
use std::cell::{Cell, RefCell};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::os::fd::{BorrowedFd, RawFd};
use std::ptr::null_mut;
use std::time::{Duration, Instant};

per_thread! {
    /// The streams that outlive the request.
    static PERSISTENT: RefCell<Vec<*mut php_stream>> = RefCell::new(Vec::new());
}

/// The TLS method that an original operation has requested while it connected or accepted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RequestedTls {
    pub(super) method: Option<u32>,
}

/// A stream's table of operations, and our data about the stream.
#[repr(C)]
pub(super) struct Hooked {
    /// The table that the stream points to.
    ops: php_stream_ops,
    replaced: Operations,
    pub(super) original: *const php_stream_ops,
    pub(super) flag: i64,
    /// The time limit of a handshake, from the call that made the stream.
    pub(super) limit: timeval,
    /// Whether this side of a TLS session is the client.
    pub(super) is_client: Cell<bool>,
    /// Whether data goes through a TLS session.
    pub(super) is_encrypted: Cell<bool>,
    /// Set while the original operation connects or accepts: its request for TLS is noted, and done afterwards.
    pub(super) capture: Cell<Option<RequestedTls>>,
    /// The runtime's token of the stream, and the descriptor at that time. `None` before the first wait.
    token: Cell<Option<(StreamToken, RawFd)>>,
    /// The process that has connected it, by its generation and its pid.
    opener: Cell<Option<(u32, Pid)>>,
}

/// The operations that are replaced.
#[derive(Clone, Copy)]
pub(super) struct Operations {
    pub(super) read: unsafe extern "C" fn(*mut php_stream, *mut c_char, usize) -> isize,
    pub(super) write: unsafe extern "C" fn(*mut php_stream, *const c_char, usize) -> isize,
    pub(super) set_option: unsafe extern "C" fn(*mut php_stream, c_int, c_int, *mut c_void) -> c_int,
    pub(super) close: unsafe extern "C" fn(*mut php_stream, c_int) -> c_int,
}

/// The stream has operations of ours from now on.
///
/// # Safety
/// The stream is one of sockets, and has operations of the engine's.
pub(super) unsafe fn hook(stream: *mut php_stream, replaced: Operations, flag: i64, limit: Option<timeval>) {
    // SAFETY: a stream has a table of operations.
    let (original, mut ops) = unsafe { ((*stream).ops, *(*stream).ops) };
    if ops.read.is_none() || ops.write.is_none() || ops.set_option.is_none() || ops.close.is_none() {
        return;
    }
    ops.read = Some(replaced.read);
    ops.write = Some(replaced.write);
    ops.set_option = Some(replaced.set_option);
    ops.close = Some(replaced.close);
    let hooked = Box::into_raw(Box::new(Hooked {
        ops,
        replaced,
        original,
        flag,
        limit: limit.unwrap_or(timeval { tv_sec: 0, tv_usec: 0 }),
        is_client: Cell::new(false),
        is_encrypted: Cell::new(false),
        capture: Cell::new(None),
        token: Cell::new(None),
        opener: Cell::new(None),
    }));
    // SAFETY: the table lives until the stream is closed.
    unsafe { (*stream).ops = hooked.cast() };
    // SAFETY: as above.
    if unsafe { (*stream).is_persistent() } != 0 {
        PERSISTENT.with(|list| list.borrow_mut().push(stream));
    }
}

/// After the request's memory is freed: gives streams that outlive the request their original operations back.
pub(crate) fn release_persistent() {
    for stream in PERSISTENT.with(|list| std::mem::take(&mut *list.borrow_mut())) {
        // SAFETY: a stream is taken off the list when it is closed.
        unsafe { Hooked::release(stream) };
    }
}

/// A stream is closed.
pub(super) fn forget_persistent(stream: *mut php_stream) {
    PERSISTENT.with(|list| list.borrow_mut().retain(|other| *other != stream));
}

impl Hooked {
    /// # Safety
    /// The stream has operations of ours.
    pub(super) unsafe fn of(stream: *mut php_stream) -> *mut Hooked {
        // SAFETY: the table of operations comes first.
        unsafe { (*stream).ops }.cast_mut().cast()
    }

    /// Gives a stream that was created with the table of this stream a table of its own.
    ///
    /// # Safety
    /// The stream is open, and has the table of this one.
    pub(super) unsafe fn hook_alike(&self, stream: *mut php_stream) {
        // SAFETY: as the caller promises.
        unsafe {
            (*stream).ops = self.original;
            hook(stream, self.replaced, self.flag, None);
        }
    }

    /// Whether a stream has a table of ours.
    ///
    /// # Safety
    /// The stream is open.
    pub(super) unsafe fn is_hooked(&self, stream: *mut php_stream) -> bool {
        // SAFETY: every stream has a table.
        let read = unsafe { (*(*stream).ops).read };
        read.is_some_and(|read| read as usize == self.replaced.read as usize)
    }

    /// Gives the stream its original table back, and returns that.
    ///
    /// # Safety
    /// The stream is open, and has a table of ours.
    pub(super) unsafe fn release(stream: *mut php_stream) -> *const php_stream_ops {
        // SAFETY: as the caller promises; nobody uses the table any more.
        unsafe {
            let hooked = Hooked::of(stream);
            let original = (*hooked).original;
            (*stream).ops = original;
            drop(Box::from_raw(hooked));
            original
        }
    }

    /// Whether its operations may yield to other coroutines now.
    pub(super) fn may_wait(&self) -> bool {
        HOOKS.get().is_some_and(|hooks| (hooks.may_wait)(self.flag))
    }

    /// Calls the original operation for options.
    ///
    /// # Safety
    /// The stream is this one, and the arguments are those that it expects for the option.
    pub(super) unsafe fn set_option(
        &self,
        stream: *mut php_stream,
        option: u32,
        value: c_int,
        param: *mut c_void,
    ) -> c_int {
        // SAFETY: the original table is a constant.
        match unsafe { (*self.original).set_option } {
            // SAFETY: as the caller promises.
            Some(original) => unsafe { original(stream, option as c_int, value, param) },
            None => PHP_STREAM_OPTION_RETURN_NOTIMPL,
        }
    }

    /// The name of such streams in the original table.
    pub(super) fn label(&self) -> &CStr {
        // SAFETY: a C string that is a constant.
        unsafe { CStr::from_ptr(self.ops.label) }
    }

    /// Whether the original operations know TLS.
    pub(super) fn knows_crypto(&self) -> bool {
        self.label() == c"tcp_socket/ssl"
    }

    /// Whether its addresses are paths.
    pub(super) fn has_paths(&self) -> bool {
        self.label() == c"unix_socket" || self.label() == c"udg_socket"
    }

    /// This process has connected the stream.
    pub(super) fn note_opener(&self) {
        self.opener.set(Some((process::generation(), process::pid())));
    }

    /// Before an operation: reports, once, that this process has inherited the connection and its opener still has it.
    /// Each of both receives a part of the data.
    ///
    /// # Safety
    /// The stream is this one.
    #[inline]
    pub(super) unsafe fn note_use(&self, stream: *mut php_stream) {
        if let Some((generation, opener)) = self.opener.get()
            && generation != process::generation()
        {
            self.opener.set(None);
            // SAFETY: as the caller promises.
            unsafe { report_inherited(stream, opener) };
        }
    }

    /// The runtime's token of the stream.
    pub(super) fn token(&self, fd: RawFd) -> StreamToken {
        match self.token.get() {
            Some((token, known)) if known == fd => token,
            other => {
                let token = globals::with(|runtime| {
                    if let Some((old, _)) = other {
                        runtime.streams.close(&mut runtime.core, old);
                    }
                    runtime.streams.insert(fd)
                });
                self.token.set(Some((token, fd)));
                token
            }
        }
    }

    /// Throws an exception and returns false if another coroutine is in an operation that needs the same direction.
    pub(super) fn claim(&self, fd: RawFd, needs: Directions) -> bool {
        // Without a token no coroutine waits.
        let (Some((token, _)), Some(hooks)) = (self.token.get(), HOOKS.get()) else { return true };
        match errors::net(|| (hooks.claim)(token, fd, needs)) {
            Ok(()) => true,
            Err(failure) => {
                failure.settle(&mut undef());
                false
            }
        }
    }

    /// Waits until the stream may be ready. If the wait has failed with an exception, the exception is in flight
    /// afterwards.
    pub(super) fn wait(&self, fd: RawFd, needs: Directions, deadline: Option<Instant>) -> WaitOutcome {
        let Some(hooks) = HOOKS.get() else { return WaitOutcome::Canceled };
        let (token, or_other) = (self.token(fd), self.is_encrypted.get());
        match errors::net(|| (hooks.wait)(token, fd, needs, or_other, deadline)) {
            Ok(ended) => ended,
            Err(failure) => {
                failure.settle(&mut undef());
                WaitOutcome::Canceled
            }
        }
    }

    /// Before the descriptor is closed: resumes the coroutines that wait for it, and lets those in stream_select()
    /// check their streams again.
    pub(super) fn forget(&self, fd: RawFd) {
        globals::with(|runtime| runtime.selections.note_close(&mut runtime.core, fd));
        if let (Some((token, _)), Some(hooks)) = (self.token.take(), HOOKS.get())
            && let Err(failure) = errors::net(|| (hooks.close)(token))
        {
            failure.settle(&mut undef());
        }
    }
}

/// # Safety
/// The stream is one of sockets.
#[cold]
unsafe fn report_inherited(stream: *mut php_stream, opener: Pid) {
    // SAFETY: as the caller promises.
    let (Some(data), Some(hooks)) = (unsafe { socket_of(stream) }, HOOKS.get()) else { return };
    // SAFETY: the data are there.
    let number = unsafe { (*data).socket };
    // SAFETY: the stream is open.
    let peer = unsafe { socket::peer(borrow(number)) };
    if let (Ok(peer), Ok(true)) = (peer, fd::is_same_in(opener, number)) {
        (hooks.inherited)(number, opener, &peer);
    }
}

/// The data of the original operations about a stream; `None` if the stream has no descriptor.
///
/// # Safety
/// The stream is one of sockets.
pub(super) unsafe fn socket_of(stream: *mut php_stream) -> Option<*mut php_netstream_data_t> {
    // SAFETY: streams of sockets have such data, or data that begin with them.
    let data = unsafe { (*stream).abstract_ }.cast::<php_netstream_data_t>();
    // SAFETY: as above.
    (!data.is_null() && unsafe { (*data).socket } >= 0).then_some(data)
}

/// The descriptor, for system calls.
///
/// # Safety
/// The descriptor is open, and stays so for a while.
pub(super) unsafe fn borrow<'f>(fd: RawFd) -> BorrowedFd<'f> {
    // SAFETY: as the caller promises.
    unsafe { BorrowedFd::borrow_raw(fd) }
}

/// A time so short that the engine checks but does not wait. Newer engines do not even check with a time of zero.
pub(super) const NO_TIME: timeval = timeval { tv_sec: 0, tv_usec: 1 };

/// The end of a time limit of the engine; a negative limit never ends.
pub(super) fn deadline_of(limit: timeval) -> Option<Instant> {
    let seconds = u64::try_from(limit.tv_sec).ok()?;
    let micros = Duration::from_micros(u64::try_from(limit.tv_usec).unwrap_or(0));
    now().checked_add(Duration::from_secs(seconds).saturating_add(micros))
}

/// As [`deadline_of`], for TLS, where a limit of zero never ends.
pub(super) fn crypto_deadline_of(limit: timeval) -> Option<Instant> {
    let has_limit = limit.tv_sec > 0 || limit.tv_sec == 0 && limit.tv_usec != 0;
    if has_limit { deadline_of(limit) } else { None }
}

/// Sets whether the descriptor blocks.
///
/// # Safety
/// The stream is open, and has operations of ours.
pub(super) unsafe fn set_blocking(stream: *mut php_stream, hooked: &Hooked, blocking: bool) {
    let value = c_int::from(blocking);
    // SAFETY: as the caller promises; the option has no parameter.
    unsafe { hooked.set_option(stream, PHP_STREAM_OPTION_BLOCKING, value, null_mut()) };
}
