//! Sessions of TLS on streams.

use super::hooked::{Hooked, RequestedTls, crypto_deadline_of, set_blocking, socket_of};
use super::waits::WaitOutcome;
use crate::os;
use crate::os::Errno;
use crate::rt::streams::Directions;
use crate::zend::bindings::*;
use std::ffi::{CStr, c_int};
use std::mem::zeroed;
use std::ptr::{null, null_mut};

const SETUP: u32 = _php_stream_xport_crypto_param_STREAM_XPORT_CRYPTO_OP_SETUP;
const ENABLE: u32 = _php_stream_xport_crypto_param_STREAM_XPORT_CRYPTO_OP_ENABLE;
/// The bit of a crypto method that says: this side is the client.
const CLIENT: u32 = 1;

/// The option of streams that begins and ends sessions.
///
/// # Safety
/// The stream has operations of ours, and the parameter is the one of this option.
pub(super) unsafe fn option(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: *mut php_stream_xport_crypto_param,
) -> c_int {
    // SAFETY: as the caller promises.
    let (op, method, activate) = unsafe { ((*param).op, (*param).inputs.method, (*param).inputs.activate) };
    if let Some(mut requested) = hooked.capture.get() {
        let returncode = if op == SETUP {
            requested.method = Some(method);
            hooked.capture.set(Some(requested));
            0
        } else {
            1
        };
        // SAFETY: as the caller promises.
        unsafe { (*param).outputs.returncode = returncode };
        return PHP_STREAM_OPTION_RETURN_OK as c_int;
    }
    match op {
        SETUP => {
            hooked.is_client.set(method & CLIENT != 0);
            // SAFETY: as the caller promises.
            unsafe { set_up(stream, hooked, param) }
        }
        // SAFETY: as the caller promises.
        ENABLE if activate != 0 && !hooked.is_encrypted.get() => unsafe { enable(stream, hooked, param) },
        _ => {
            if op == ENABLE && activate == 0 {
                hooked.is_encrypted.set(false);
            }
            // SAFETY: as the caller promises.
            unsafe { hooked.set_option(stream, PHP_STREAM_OPTION_CRYPTO_API, 0, param.cast()) }
        }
    }
}

/// # Safety
/// As for [`option`].
unsafe fn set_up(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: *mut php_stream_xport_crypto_param,
) -> c_int {
    // The engine recognises a stream whose session is to be reused by its table.
    // SAFETY: null, or an open stream.
    let session = unsafe { (*param).inputs.session };
    // SAFETY: as above.
    let ours =
        (!session.is_null() && unsafe { hooked.is_hooked(session) }).then(|| unsafe { (*session).ops });
    if let Some(ours) = ours {
        // SAFETY: a table of ours names the original one.
        unsafe { (*session).ops = (*ours.cast::<Hooked>()).original };
    }
    // SAFETY: as the caller promises.
    let result = unsafe { hooked.set_option(stream, PHP_STREAM_OPTION_CRYPTO_API, 0, param.cast()) };
    if let Some(ours) = ours {
        // SAFETY: as it was.
        unsafe { (*session).ops = ours };
    }
    result
}

/// # Safety
/// As for [`option`].
unsafe fn enable(
    stream: *mut php_stream,
    hooked: &Hooked,
    param: *mut php_stream_xport_crypto_param,
) -> c_int {
    // SAFETY: as the caller promises.
    let original = || unsafe { hooked.set_option(stream, PHP_STREAM_OPTION_CRYPTO_API, 0, param.cast()) };
    // SAFETY: it is a stream of sockets.
    let data = unsafe { socket_of(stream) };
    // SAFETY: the data are there.
    let waits = data.filter(|data| i32::from(unsafe { (**data).is_blocked }) != 0 && hooked.may_wait());
    let result = match waits {
        // SAFETY: as the caller promises.
        Some(data) => unsafe { shake_hands(stream, hooked, data, param, original) },
        None => original(),
    };
    // SAFETY: as the caller promises; the stream is not closed before this has returned, and then with a failure.
    if result == PHP_STREAM_OPTION_RETURN_OK as c_int && unsafe { (*param).outputs.returncode } == 1 {
        hooked.is_encrypted.set(true);
    }
    result
}

/// Does the handshake, which yields to other coroutines while it waits.
///
/// # Safety
/// As for [`option`]; the data are those of the stream.
unsafe fn shake_hands(
    stream: *mut php_stream,
    hooked: &Hooked,
    data: *mut php_netstream_data_t,
    param: *mut php_stream_xport_crypto_param,
    original: impl Fn() -> c_int,
) -> c_int {
    // SAFETY: the data are there.
    let (fd, time) = unsafe { ((*data).socket, (*data).timeout) };
    let deadline = crypto_deadline_of(if hooked.is_client.get() { hooked.limit } else { time });
    // SAFETY: as the caller promises.
    let fail = || unsafe { (*param).outputs.returncode = -1 };
    let ok = PHP_STREAM_OPTION_RETURN_OK as c_int;
    if !hooked.claim(fd, Directions::Both) {
        fail();
        return ok;
    }
    loop {
        // SAFETY: the stream is open.
        unsafe { set_blocking(stream, hooked, false) };
        os::set_errno(0);
        let result = original();
        let errno = os::errno();
        // SAFETY: as above.
        unsafe { set_blocking(stream, hooked, true) };
        // SAFETY: as the caller promises.
        let goes_on = result == ok && unsafe { (*param).outputs.returncode } == 0;
        if !goes_on || errno != Errno::EAGAIN as i32 {
            return result;
        }
        match hooked.wait(fd, Directions::Both, deadline) {
            WaitOutcome::Ready => {}
            WaitOutcome::TimedOut => {
                fail();
                warn(c"SSL: Handshake timed out");
                return ok;
            }
            WaitOutcome::Canceled | WaitOutcome::Closed => {
                fail();
                return ok;
            }
        }
    }
}

/// Begins the session of TLS that was requested while the connection was made. False, after a warning, if that fails.
///
/// # Safety
/// The stream is open, and has operations of ours.
pub(super) unsafe fn secure(
    stream: *mut php_stream,
    hooked: &Hooked,
    requested: Option<RequestedTls>,
) -> bool {
    let Some(method) = requested.and_then(|requested| requested.method) else { return true };
    // SAFETY: all zeroes is a parameter with nothing in it.
    let mut param: php_stream_xport_crypto_param = unsafe { zeroed() };
    for (op, activate) in [(SETUP, 0), (ENABLE, 1)] {
        (param.op, param.inputs.method, param.inputs.activate) = (op, method, activate);
        param.outputs.returncode = 0;
        // SAFETY: as the caller promises.
        let result = unsafe { option(stream, hooked, &raw mut param) };
        if result != PHP_STREAM_OPTION_RETURN_OK as c_int || param.outputs.returncode < 0 {
            warn(c"Failed to enable crypto");
            return false;
        }
    }
    true
}

#[cold]
fn warn(text: &CStr) {
    // SAFETY: the format takes one C string.
    unsafe { php_error_docref(null(), E_WARNING as c_int, c"%s".as_ptr(), text.as_ptr()) };
}

/// Frees a stream that the script does not have yet.
///
/// # Safety
/// The stream is open.
pub(super) unsafe fn free(stream: *mut php_stream) -> *mut php_stream {
    // SAFETY: as the caller promises.
    unsafe { _php_stream_free(stream, PHP_STREAM_FREE_CLOSE as c_int) };
    null_mut()
}
