//! A stream's own table of operations, and what we know of the stream.

use super::waits::{Ended, HOOKS};
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

/// What an original operation has asked of TLS while it connected or accepted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    pub(super) method: Option<u32>,
}

/// A stream's table of operations, and what we know of it.
#[repr(C)]
pub(super) struct Hooked {
    /// What the stream points to.
    ops: php_stream_ops,
    replaced: Operations,
    pub(super) original: *const php_stream_ops,
    pub(super) flag: i64,
    /// The time limit of a handshake, from the call that made the stream.
    pub(super) limit: timeval,
    /// Whether this side of a session of TLS is the client's.
    pub(super) is_client: Cell<bool>,
    /// Whether data go through a session of TLS.
    pub(super) is_encrypted: Cell<bool>,
    /// While the original operation connects or accepts: what it asks of TLS is noted, and done afterwards.
    pub(super) capture: Cell<Option<Asked>>,
    /// What the runtime calls it, once somebody has waited for it, and its descriptor then.
    token: Cell<Option<(StreamToken, RawFd)>>,
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
    }));
    // SAFETY: the table lives until the stream is closed.
    unsafe { (*stream).ops = hooked.cast() };
    // SAFETY: as above.
    if unsafe { (*stream).is_persistent() } != 0 {
        PERSISTENT.with(|list| list.borrow_mut().push(stream));
    }
}

/// When the request's memory is gone: the streams that outlive it are the engine's again.
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

    /// A stream that was made with the table of this one gets one of its own.
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

    /// Its table is not needed any more: the stream has the original one, which is returned.
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

    /// Whether its operations wait by letting others run, here and now.
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

    /// What the original tables call such streams.
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

    /// What the runtime calls it.
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

    /// Fails, with an exception on its way, when another coroutine is in an operation that needs the same.
    pub(super) fn claim(&self, fd: RawFd, needs: Directions) -> bool {
        // Without a token nobody waits.
        let (Some((token, _)), Some(hooks)) = (self.token.get(), HOOKS.get()) else { return true };
        match errors::net(|| (hooks.claim)(token, fd, needs)) {
            Ok(()) => true,
            Err(failure) => {
                failure.settle(&mut undef());
                false
            }
        }
    }

    /// Waits for a change. When the wait has failed with an exception, that is on its way.
    pub(super) fn wait(&self, fd: RawFd, needs: Directions, deadline: Option<Instant>) -> Ended {
        let Some(hooks) = HOOKS.get() else { return Ended::Canceled };
        let (token, or_other) = (self.token(fd), self.is_encrypted.get());
        match errors::net(|| (hooks.wait)(token, fd, needs, or_other, deadline)) {
            Ok(ended) => ended,
            Err(failure) => {
                failure.settle(&mut undef());
                Ended::Canceled
            }
        }
    }

    /// The descriptor is about to be closed: those who wait for it go on first, and those who select from it look again.
    pub(super) fn forget(&self, fd: RawFd) {
        globals::with(|runtime| runtime.selections.note_close(&mut runtime.core, fd));
        if let (Some((token, _)), Some(hooks)) = (self.token.take(), HOOKS.get())
            && let Err(failure) = errors::net(|| (hooks.close)(token))
        {
            failure.settle(&mut undef());
        }
    }
}

/// What the original operations keep of a stream; `None` when it has no descriptor.
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

/// So little that the engine looks and does not wait. No time at all means to newer engines that nothing is awaited.
pub(super) const NO_TIME: timeval = timeval { tv_sec: 0, tv_usec: 1 };

/// When a time limit of the engine's is over; never for a negative one.
pub(super) fn deadline_of(limit: timeval) -> Option<Instant> {
    let seconds = u64::try_from(limit.tv_sec).ok()?;
    let micros = Duration::from_micros(u64::try_from(limit.tv_usec).unwrap_or(0));
    now().checked_add(Duration::from_secs(seconds).saturating_add(micros))
}

/// As [`deadline_of`], for TLS, where no time means for ever.
pub(super) fn crypto_deadline_of(limit: timeval) -> Option<Instant> {
    let has_limit = limit.tv_sec > 0 || limit.tv_sec == 0 && limit.tv_usec != 0;
    if has_limit { deadline_of(limit) } else { None }
}

/// The descriptor waits, or not.
///
/// # Safety
/// The stream is open, and has operations of ours.
pub(super) unsafe fn set_blocking(stream: *mut php_stream, hooked: &Hooked, blocking: bool) {
    let value = c_int::from(blocking);
    // SAFETY: as the caller promises; the option has no parameter.
    unsafe { hooked.set_option(stream, PHP_STREAM_OPTION_BLOCKING, value, null_mut()) };
}
