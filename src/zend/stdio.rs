//! Hooks that run before PHP's streams of descriptors and of C files read, write, close and lock.
//!
//! The operations in the table of these streams are replaced in place, because the engine recognises such streams by
//! the address of that table.

use crate::os::process::{self, ChildState, Pid};
use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::errors::{self, Outcome};
use crate::zend::globals::per_thread;
use crate::zend::streams;
use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::os::fd::RawFd;
use std::ptr::NonNull;
use std::sync::OnceLock;

/// Functions that run before an operation, if [`Hooks::when`] returns true.
pub(crate) struct Hooks {
    /// Whether the other hooks are to run.
    pub(crate) when: fn() -> bool,
    /// Before a read.
    pub(crate) read: fn(Stdio) -> Outcome<Next>,
    /// Instead of a write.
    pub(crate) write: fn(Stdio, &[u8]) -> Outcome<Next>,
    /// Before a stream of a command is closed, with the descriptor and the process.
    pub(crate) close: fn(RawFd, Pid) -> Outcome<()>,
    /// Before flock(2), with its operation.
    pub(crate) lock: fn(Stdio, i32) -> Outcome<Next>,
}

/// How an operation continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The engine does it.
    Original,
    /// The hook has done it, with this result.
    Done(isize),
    /// The operation fails, as if a signal had arrived.
    Nothing,
    /// The stream was closed meanwhile.
    Closed,
}

/// A stream in one of its operations.
#[derive(Clone, Copy)]
pub(crate) struct Stdio(NonNull<php_stream>);

/// The beginning of the data of such a stream, in all versions of PHP.
#[repr(C)]
struct Data {
    file: *mut FILE,
    fd: RawFd,
    bits: c_uint,
}

/// The stream is that of a command of popen(3).
const IS_COMMAND: c_uint = 1;
/// It is a pipe.
const IS_PIPE: c_uint = 2;

/// The type of a closed resource.
const CLOSED: c_int = -1;

impl Stdio {
    fn data(self) -> Option<NonNull<Data>> {
        // SAFETY: the stream is open.
        NonNull::new(unsafe { self.0.as_ref() }.abstract_.cast())
    }

    fn bits(self) -> c_uint {
        // SAFETY: an open stream of this kind has such data.
        self.data().map_or(0, |data| unsafe { (*data.as_ptr()).bits })
    }

    /// The descriptor, for a stream whose operations use it directly.
    pub(crate) fn fd(self) -> Option<RawFd> {
        // SAFETY: an open stream of this kind has such data.
        self.data().map(|data| unsafe { (*data.as_ptr()).fd }).filter(|&fd| fd >= 0)
    }

    /// A number that no other open stream has.
    pub(crate) fn id(self) -> usize {
        self.0.as_ptr().addr()
    }

    /// Whether it has no position: it is a pipe, a terminal or another device.
    pub(crate) fn is_endless(self) -> bool {
        // SAFETY: the stream is open.
        unsafe { self.0.as_ref() }.flags & PHP_STREAM_FLAG_NO_SEEK != 0
    }

    /// Whether it is a pipe.
    pub(crate) fn is_pipe(self) -> bool {
        self.bits() & IS_PIPE != 0
    }

    /// The command of popen(3), if no variable of the script can refer to the stream.
    pub(crate) fn hidden_command(self) -> Option<Pid> {
        // SAFETY: the stream is open.
        let is_hidden = unsafe { self.0.as_ref() }.__exposed() == 0;
        if is_hidden { self.command() } else { None }
    }

    /// The command of popen(3), if it is a child of this process.
    fn command(self) -> Option<Pid> {
        if self.bits() & IS_COMMAND == 0 {
            return None;
        }
        let data = self.data()?;
        // SAFETY: an open stream of this kind has such data.
        let pid = pid_of(NonNull::new(unsafe { (*data.as_ptr()).file })?)?;
        let is_child = matches!(process::kinship(pid), Ok(ChildState::Running | ChildState::Ended));
        is_child.then_some(pid)
    }

    /// Prevents that the stream is freed while its operation waits. The engine takes the stream for one that is being
    /// freed already.
    fn pin(mut self) {
        // SAFETY: the stream is open.
        unsafe { self.0.as_mut() }.set_in_free(2);
    }

    /// Allows the engine to free the stream again. Returns whether the script has closed it meanwhile.
    fn unpin(mut self) -> bool {
        // SAFETY: a pinned stream is not freed.
        let stream = unsafe { self.0.as_mut() };
        stream.set_in_free(0);
        // SAFETY: the function that runs has the resource as an argument, or has made it.
        !stream.res.is_null() && unsafe { (*stream.res).type_ } == CLOSED
    }

    /// Closes a stream that only the running function still uses. From then on the stream is at EOF.
    fn abandon(mut self, original: &Original) {
        // SAFETY: the engine's own operation on an open stream.
        unsafe { (original.close)(self.0.as_ptr(), 1) };
        // SAFETY: a pinned stream is not freed.
        let stream = unsafe { self.0.as_mut() };
        stream.abstract_ = std::ptr::null_mut();
        stream.ops = &raw const DEAD.0;
        stream.set_eof(1);
        ABANDONED.with(|abandoned| abandoned.borrow_mut().push(self.0));
    }
}

/// The process of a file of popen(3). The C library has no function for it, but stores the pid in the file.
fn pid_of(file: NonNull<FILE>) -> Option<Pid> {
    /// glibc: behind `struct _IO_FILE_plus`, which is the file and a table of functions. musl: behind the descriptor.
    const PLACE: Option<usize> = match () {
        () if cfg!(not(target_pointer_width = "64")) => None,
        () if cfg!(target_env = "gnu") => Some(216 + 8),
        () if cfg!(target_env = "musl") => Some(124),
        () => None,
    };
    // SAFETY: a file of popen(3) is longer than this, and popen(3) has written the pid.
    let pid = unsafe { file.as_ptr().byte_add(PLACE?).cast::<Pid>().read() };
    (pid > 0).then_some(pid)
}

per_thread! {
    /// Streams that were closed while a function used them. They are freed when no function runs any more.
    static ABANDONED: RefCell<Vec<NonNull<php_stream>>> = RefCell::new(Vec::new());
}

per_thread! {
    /// The number of operations that have pinned a stream, and those that a fatal error has ended.
    static PINNED: Cell<usize> = Cell::new(0);
}

/// In a child that begins: operations of the parent's coroutines never continue here, and the child may close their streams.
pub(super) fn begin_child() {
    if PINNED.with(Cell::take) == 0 {
        return;
    }
    // SAFETY: the executor's globals are valid on a thread that runs PHP, and no resource is made meanwhile.
    let resources = unsafe { Array::of_table(&raw mut (*executor()).regular_list) };
    for (_, resource) in resources.iter() {
        if let Some(mut stream) = streams::open_stream(resource) {
            // SAFETY: the stream is open.
            let stream = unsafe { stream.as_mut() };
            // The engine itself sets it to 1 only.
            if stream.in_free() == 2 {
                stream.set_in_free(0);
            }
        }
    }
}

/// Frees these streams at the end of the request, when no function runs any more.
#[cold]
pub(crate) fn free_abandoned() {
    for stream in ABANDONED.with(|abandoned| std::mem::take(&mut *abandoned.borrow_mut())) {
        let how = (PHP_STREAM_FREE_CLOSE | PHP_STREAM_FREE_RSRC_DTOR) as c_int;
        // SAFETY: the engine has not freed the stream, because it was pinned when its resource was closed. Its
        // operations do nothing.
        unsafe { _php_stream_free(stream.as_ptr(), how) };
    }
}

static HOOKS: OnceLock<&'static Hooks> = OnceLock::new();
/// The engine's own operations.
struct Original {
    read: Read,
    write: Write,
    close: Close,
    set_option: SetOption,
}

type Read = unsafe extern "C" fn(*mut php_stream, *mut c_char, usize) -> isize;
type Write = unsafe extern "C" fn(*mut php_stream, *const c_char, usize) -> isize;
type Close = unsafe extern "C" fn(*mut php_stream, c_int) -> c_int;
type SetOption = unsafe extern "C" fn(*mut php_stream, c_int, c_int, *mut c_void) -> c_int;

static ORIGINAL: OnceLock<Original> = OnceLock::new();

/// Installs the hooks. At module start-up only.
pub(crate) fn install(hooks: &'static Hooks) {
    let ops = &raw mut php_stream_stdio_ops;
    // SAFETY: the engine's own table; at module start-up no code uses it.
    let ops = unsafe { &mut *ops };
    let (Some(own_read), Some(own_write)) = (ops.read, ops.write) else { return };
    let (Some(own_close), Some(own_option)) = (ops.close, ops.set_option) else { return };
    let original = Original { read: own_read, write: own_write, close: own_close, set_option: own_option };
    let _ = (HOOKS.set(hooks), ORIGINAL.set(original));
    ops.read = Some(read);
    ops.write = Some(write);
    ops.close = Some(close);
    ops.set_option = Some(set_option);
}

/// Removes the hooks. At module shutdown only.
pub(crate) fn uninstall() {
    let ops = &raw mut php_stream_stdio_ops;
    // SAFETY: the engine's own table; at module shutdown no code uses it.
    let ops = unsafe { &mut *ops };
    let is_ours = ops.read.is_some_and(|function| function as usize == read as *const () as usize);
    if let (true, Some(original)) = (is_ours, ORIGINAL.get()) {
        ops.read = Some(original.read);
        ops.write = Some(original.write);
        ops.close = Some(original.close);
        ops.set_option = Some(original.set_option);
    }
}

/// Whether the hooks are in place.
pub(crate) fn is_installed() -> bool {
    ORIGINAL.get().is_some()
}

/// Calls a hook before an operation. The hook may throw an exception.
fn ask(body: impl FnOnce(&'static Hooks) -> Outcome<Next>) -> Next {
    let asked = errors::throwing(|| match HOOKS.get() {
        Some(hooks) if (hooks.when)() => body(hooks),
        _ => Ok(Next::Original),
    });
    match asked {
        Some(Ok(next)) => next,
        Some(Err(failure)) => {
            failure.settle(&mut undef());
            Next::Nothing
        }
        None => Next::Nothing,
    }
}

/// As [`ask`], for an operation on a stream that may wait.
fn ask_pinned(stream: *mut php_stream, body: impl FnOnce(&'static Hooks, Stdio) -> Outcome<Next>) -> Next {
    let Some(stdio) = NonNull::new(stream).map(Stdio) else { return Next::Original };
    // SAFETY: the stream is open.
    if unsafe { stdio.0.as_ref() }.in_free() != 0 {
        // The engine frees the stream, or another coroutine waits in it, which the hook detects.
        return ask(|hooks| body(hooks, stdio));
    }
    stdio.pin();
    PINNED.with(|pinned| pinned.set(pinned.get() + 1));
    let next = ask(|hooks| body(hooks, stdio));
    PINNED.with(|pinned| pinned.set(pinned.get().saturating_sub(1)));
    if !stdio.unpin() {
        return next;
    }
    if let Some(original) = ORIGINAL.get() {
        stdio.abandon(original);
    }
    Next::Closed
}

unsafe extern "C" fn read(stream: *mut php_stream, buffer: *mut c_char, count: usize) -> isize {
    match ask_pinned(stream, |hooks, stdio| (hooks.read)(stdio)) {
        Next::Original => ORIGINAL.get().map_or(-1, |original| {
            // SAFETY: the engine's own operation, with what it passed.
            unsafe { (original.read)(stream, buffer, count) }
        }),
        Next::Done(result) => result,
        Next::Nothing => -1,
        Next::Closed => {
            // SAFETY: the stream exists; it has no more data.
            unsafe { (*stream).set_eof(1) };
            0
        }
    }
}

unsafe extern "C" fn write(stream: *mut php_stream, buffer: *const c_char, count: usize) -> isize {
    let next = ask_pinned(stream, |hooks, stdio| {
        // SAFETY: the pointer and the count describe what is to be written.
        (hooks.write)(stdio, unsafe { std::slice::from_raw_parts(buffer.cast(), count) })
    });
    match next {
        Next::Original => ORIGINAL.get().map_or(-1, |original| {
            // SAFETY: the engine's own operation, with what it passed.
            unsafe { (original.write)(stream, buffer, count) }
        }),
        Next::Done(result) => result,
        Next::Nothing | Next::Closed => -1,
    }
}

unsafe extern "C" fn close(stream: *mut php_stream, close_handle: c_int) -> c_int {
    if close_handle != 0
        && let Some(stdio) = NonNull::new(stream).map(Stdio)
        && let Some(pid) = stdio.command()
    {
        ask(|hooks| stdio.fd().map_or(Ok(()), |fd| (hooks.close)(fd, pid)).map(|()| Next::Original));
    }
    // SAFETY: the engine's own operation, with what it passed.
    ORIGINAL.get().map_or(-1, |original| unsafe { (original.close)(stream, close_handle) })
}

unsafe extern "C" fn set_option(
    stream: *mut php_stream,
    option: c_int,
    value: c_int,
    pointer: *mut c_void,
) -> c_int {
    // With a pointer the engine only asks whether the stream supports locks.
    if option == PHP_STREAM_OPTION_LOCKING as c_int && pointer.is_null() {
        let next = ask_pinned(stream, |hooks, stdio| (hooks.lock)(stdio, value));
        if next != Next::Original {
            return -1;
        }
    }
    // SAFETY: the engine's own operation, with what it passed.
    ORIGINAL.get().map_or(-1, |original| unsafe { (original.set_option)(stream, option, value, pointer) })
}

/// The operations of a stream that was closed while a function used it.
static DEAD: Table<php_stream_ops> = Table(php_stream_ops {
    write: Some(dead_write),
    read: Some(dead_read),
    close: Some(dead_close),
    flush: Some(dead_flush),
    label: c"STDIO".as_ptr(),
    seek: None,
    cast: None,
    stat: None,
    set_option: None,
});

unsafe extern "C" fn dead_write(_stream: *mut php_stream, _buffer: *const c_char, _count: usize) -> isize {
    -1
}

unsafe extern "C" fn dead_read(stream: *mut php_stream, _buffer: *mut c_char, _count: usize) -> isize {
    // SAFETY: the engine passes the stream.
    unsafe { (*stream).set_eof(1) };
    0
}

unsafe extern "C" fn dead_close(_stream: *mut php_stream, _close_handle: c_int) -> c_int {
    0
}

unsafe extern "C" fn dead_flush(_stream: *mut php_stream) -> c_int {
    0
}
