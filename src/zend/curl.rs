//! libcurl as ext-curl calls it: a transfer yields to other coroutines while it waits.
//!
//! ext-curl itself is not changed. Its pointers to those functions of libcurl that wait are replaced:
//!
//! - `curl_easy_perform()`: each handle gets a multi handle of its own, which transfers and waits by turns. It lives as
//!   long as the handle, so connections are used again.
//! - `curl_multi_wait()` and `curl_multi_poll()` first wait in the loop, until the original need not wait.
//! - `curl_easy_cleanup()` frees the multi handle, too.
//!
//! docs/internals/hooks.md has the reasons. `os::recorded_poll` finds the descriptors for which libcurl wants to wait.

use crate::os::epoll::Interest;
use crate::os::library::{Library, Place};
use crate::os::process;
use crate::os::recorded_poll::{self, RecordedPoll};
use crate::zend::bindings::*;
use crate::zend::errors::{self, Outcome, PendingException};
use crate::zend::globals::per_thread;
use crate::zend::{jump, net};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::RefCell;
use std::ffi::{CStr, c_int, c_long, c_short, c_uint, c_void};
use std::mem::transmute_copy;
use std::os::fd::RawFd;
use std::ptr::{NonNull, null_mut};
use std::sync::OnceLock;
use std::time::Duration;

/// libcurl's handle of a transfer (`CURL`).
type Easy = *mut c_void;
/// libcurl's handle of several transfers (`CURLM`).
type Multi = *mut c_void;
/// `CURLcode`, or `CURLMcode`.
type Code = c_int;

/// `CURLE_OK`, and `CURLM_OK`.
const OK: Code = 0;
/// `CURLE_OUT_OF_MEMORY`.
const OUT_OF_MEMORY: Code = 27;
/// `CURLM_OUT_OF_MEMORY`.
const MULTI_OUT_OF_MEMORY: Code = 3;
/// `CURLE_ABORTED_BY_CALLBACK`.
const ABORTED: Code = 42;
/// `CURLE_BAD_FUNCTION_ARGUMENT`.
const BAD_ARGUMENT: Code = 43;
/// `CURLMSG_DONE`.
const DONE: c_uint = 1;
/// `CURLMOPT_MAXCONNECTS`.
const MAX_CONNECTS: c_int = 6;
/// As many connections libcurl keeps for a handle.
const CONNECTS: c_long = 5;
/// For so long libcurl waits at most until it looks again, in milliseconds.
const LONGEST: c_int = 1000;
/// `CURL_WAIT_POLLIN`.
const POLL_IN: c_short = 1;

/// `CURLMsg`.
#[repr(C)]
struct Message {
    kind: c_uint,
    easy: Easy,
    result: Code,
}

/// `curl_waitfd`.
#[repr(C)]
struct WaitFd {
    fd: RawFd,
    events: c_short,
    revents: c_short,
}

type WaitFunction = unsafe extern "C" fn(Multi, *mut WaitFd, c_uint, c_int, *mut c_int) -> Code;

/// libcurl's functions.
struct Functions {
    easy_perform: unsafe extern "C" fn(Easy) -> Code,
    easy_cleanup: unsafe extern "C" fn(Easy),
    multi_init: unsafe extern "C" fn() -> Multi,
    multi_cleanup: unsafe extern "C" fn(Multi) -> Code,
    multi_add_handle: unsafe extern "C" fn(Multi, Easy) -> Code,
    multi_remove_handle: unsafe extern "C" fn(Multi, Easy) -> Code,
    multi_perform: unsafe extern "C" fn(Multi, *mut c_int) -> Code,
    multi_info_read: unsafe extern "C" fn(Multi, *mut c_int) -> *mut Message,
    multi_setopt: unsafe extern "C" fn(Multi, c_int, ...) -> Code,
    multi_timeout: unsafe extern "C" fn(Multi, *mut c_long) -> Code,
    multi_wait: WaitFunction,
    multi_poll: WaitFunction,
}

/// What waits, and whether it may.
pub(crate) struct Hooks {
    /// Whether a transfer lets others run while it waits, here and now.
    pub(crate) may_wait: fn() -> bool,
    /// Lets others run until one of these descriptors is ready, or the time is over. Whether the transfer goes on.
    pub(crate) wait: fn(RecordedPoll) -> Outcome<bool>,
}

/// libcurl with what is replaced in it and in ext-curl, and what was there before.
struct ReplacedFunctions {
    functions: Functions,
    hooks: Hooks,
    places: Vec<(Place, usize)>,
}

static REPLACED: OnceLock<Option<ReplacedFunctions>> = OnceLock::new();

fn replaced() -> Option<&'static ReplacedFunctions> {
    REPLACED.get()?.as_ref()
}

/// The multi handle of a handle.
struct MultiOfEasy {
    multi: Multi,
    /// The process that has made it. Its connections are those of that process.
    generation: u32,
    /// Whether the handle is in a transfer.
    is_added: bool,
    /// An exception of a callback, while the transfer waits.
    thrown: Option<PendingException>,
}

impl MultiOfEasy {
    fn is_ours(&self) -> bool {
        self.generation == process::generation()
    }
}

per_thread! {
    /// By the address of the handle.
    static MULTIS: RefCell<FxHashMap<usize, MultiOfEasy>> = RefCell::new(FxHashMap::with_hasher(FxBuildHasher));
}

/// Calls `body` with the multi handle of a handle, if it has one.
fn with_multi<R>(easy: Easy, body: impl FnOnce(&mut MultiOfEasy) -> R) -> Option<R> {
    MULTIS.with(|all| all.borrow_mut().get_mut(&easy.addr()).map(body))
}

/// Whether transfers of ext-curl can wait. The first call replaces the functions; not before a request, when ext-curl has
/// started libcurl.
pub(crate) fn is_there(hooks: Hooks) -> bool {
    REPLACED.get_or_init(|| replace(hooks)).is_some()
}

/// At module shutdown: ext-curl calls libcurl as before.
pub(crate) fn restore() {
    if let Some(replaced) = replaced() {
        put_back(&replaced.places);
    }
}

fn put_back(places: &[(Place, usize)]) {
    for (place, original) in places {
        // SAFETY: this is what was there before.
        let _ = unsafe { place.set(*original) };
    }
}

/// A function of the module ext-curl.
fn address_of_module() -> Option<usize> {
    let module = NonNull::new(find_module(b"curl"))?.as_ptr();
    // SAFETY: a module that is loaded.
    unsafe { (*module).module_startup_func }.map(|function| function as usize)
}

/// A function of a library; `T` is its type.
///
/// # Safety
/// The function has this type.
unsafe fn function<T>(library: &Library, name: &CStr) -> Option<T> {
    const { assert!(size_of::<T>() == size_of::<*mut c_void>()) };
    let function = library.function(name)?.as_ptr();
    // SAFETY: as the caller promises.
    Some(unsafe { transmute_copy(&function) })
}

fn replace(hooks: Hooks) -> Option<ReplacedFunctions> {
    let module = Library::around(address_of_module()?)?;
    // SAFETY: the types are those of libcurl's header.
    let functions = unsafe {
        Functions {
            easy_perform: function(&module, c"curl_easy_perform")?,
            easy_cleanup: function(&module, c"curl_easy_cleanup")?,
            multi_init: function(&module, c"curl_multi_init")?,
            multi_cleanup: function(&module, c"curl_multi_cleanup")?,
            multi_add_handle: function(&module, c"curl_multi_add_handle")?,
            multi_remove_handle: function(&module, c"curl_multi_remove_handle")?,
            multi_perform: function(&module, c"curl_multi_perform")?,
            multi_info_read: function(&module, c"curl_multi_info_read")?,
            multi_setopt: function(&module, c"curl_multi_setopt")?,
            multi_timeout: function(&module, c"curl_multi_timeout")?,
            multi_wait: function(&module, c"curl_multi_wait")?,
            multi_poll: function(&module, c"curl_multi_poll")?,
        }
    };
    let libcurl = Library::around(functions.easy_perform as *const () as usize)?;
    let mut places = Vec::new();
    let is_done = replace_all(&module, &libcurl, &functions, &mut places);
    if is_done.is_none() {
        put_back(&places);
        return None;
    }
    Some(ReplacedFunctions { functions, hooks, places })
}

/// Replaces the functions, and proves that libcurl says what it waits for. `places` are those that were changed.
fn replace_all(
    module: &Library,
    libcurl: &Library,
    functions: &Functions,
    places: &mut Vec<(Place, usize)>,
) -> Option<()> {
    let mut put = |library: &Library, name: &CStr, function: usize| {
        let found = library.places(name).ok().filter(|found| !found.is_empty())?;
        for place in found {
            let original = place.function();
            // SAFETY: each function below has the type of the one with this name.
            unsafe { place.set(function) }.ok()?;
            places.push((place, original));
        }
        Some(())
    };
    let polls = recorded_poll::functions().map(|(name, function)| put(libcurl, name, function));
    if polls.iter().all(Option::is_none) || !says_what_it_waits_for(functions) {
        return None;
    }
    put(module, c"curl_easy_perform", easy_perform as *const () as usize)?;
    put(module, c"curl_easy_cleanup", easy_cleanup as *const () as usize)?;
    let waits = [
        put(module, c"curl_multi_wait", multi_wait::<false> as *const () as usize),
        put(module, c"curl_multi_poll", multi_wait::<true> as *const () as usize),
    ];
    waits.into_iter().flatten().next()
}

/// Whether a wait of libcurl is one call of poll(2) with all that it waits for.
fn says_what_it_waits_for(functions: &Functions) -> bool {
    // It is only noted, so it need not be open.
    let mut fd = WaitFd { fd: 1, events: POLL_IN, revents: 0 };
    let mut ready = 0;
    // SAFETY: makes a multi handle.
    let multi = unsafe { (functions.multi_init)() };
    if multi.is_null() {
        return false;
    }
    // SAFETY: the multi handle is new, and there is one descriptor.
    let wait = || unsafe { (functions.multi_wait)(multi, &raw mut fd, 1, LONGEST, &raw mut ready) };
    let (code, recorded) = recorded_poll::record(wait);
    // SAFETY: nothing else has it.
    unsafe { (functions.multi_cleanup)(multi) };
    code == OK && recorded.limit.is_some() && recorded.descriptors == [(1, Interest::READ)]
}

/// In place of libcurl's function, for ext-curl.
unsafe extern "C" fn easy_perform(easy: Easy) -> Code {
    let Some(replaced) = replaced() else { return OUT_OF_MEMORY };
    let functions = &replaced.functions;
    match net::silent(|| begin(replaced, easy)).flatten() {
        Some(multi) => {
            let result = drive(replaced, easy, multi);
            // SAFETY: the handle was added to this one.
            unsafe { (functions.multi_remove_handle)(multi, easy) };
            with_multi(easy, |own| own.is_added = false);
            result
        }
        // SAFETY: with what ext-curl has passed.
        None => unsafe { (functions.easy_perform)(easy) },
    }
}

/// Adds a handle to its multi handle. `None` where libcurl is to do it all: outside of coroutines, unless connections of
/// the handle are here; and where the handle cannot be added, which libcurl then says itself.
fn begin(replaced: &ReplacedFunctions, easy: Easy) -> Option<Multi> {
    let functions = &replaced.functions;
    let multi = match with_multi(easy, |own| (own.multi, own.is_ours(), own.is_added)) {
        Some((multi, true, _)) => multi,
        // The parent's transfer keeps it.
        Some((_, false, true)) => return None,
        // What else a parent has made is left to it.
        _ if (replaced.hooks.may_wait)() => new_multi(functions, easy)?,
        _ => return None,
    };
    // SAFETY: both are alive.
    let code = unsafe { (functions.multi_add_handle)(multi, easy) };
    if code != OK {
        return None;
    }
    with_multi(easy, |own| own.is_added = true);
    Some(multi)
}

fn new_multi(functions: &Functions, easy: Easy) -> Option<Multi> {
    // SAFETY: makes a multi handle.
    let multi = unsafe { (functions.multi_init)() };
    if multi.is_null() {
        return None;
    }
    // SAFETY: the option takes a number of this type.
    unsafe { (functions.multi_setopt)(multi, MAX_CONNECTS, CONNECTS) };
    let own = MultiOfEasy { multi, generation: process::generation(), is_added: false, thrown: None };
    MULTIS.with(|all| all.borrow_mut().insert(easy.addr(), own));
    Some(multi)
}

/// Performs the transfer to its end. Returns its result.
fn drive(replaced: &ReplacedFunctions, easy: Easy, multi: Multi) -> Code {
    let functions = &replaced.functions;
    loop {
        let mut running = 0;
        // SAFETY: the multi handle is alive.
        let code = unsafe { (functions.multi_perform)(multi, &raw mut running) };
        match code {
            OK if running == 0 => return result(functions, multi),
            OK => {}
            // As libcurl has it.
            MULTI_OUT_OF_MEMORY => return OUT_OF_MEMORY,
            _ => return BAD_ARGUMENT,
        }
        if !wait(replaced, easy, multi) {
            return ABORTED;
        }
    }
}

/// The result of the one transfer of a multi handle.
fn result(functions: &Functions, multi: Multi) -> Code {
    let mut left = 0;
    // SAFETY: the multi handle is alive.
    let message = unsafe { (functions.multi_info_read)(multi, &raw mut left) };
    // SAFETY: a message is valid until the next call.
    match unsafe { message.as_ref() } {
        Some(message) if message.kind == DONE => message.result,
        _ => BAD_ARGUMENT,
    }
}

/// Waits until a transfer can go on. Returns whether it is to.
fn wait(replaced: &ReplacedFunctions, easy: Easy, multi: Multi) -> bool {
    let functions = &replaced.functions;
    // An exception of a callback waits for the end of the transfer, as in plain PHP. Others must not see it.
    if jump::is_thrown() {
        let Some(thrown) = PendingException::take() else { return false };
        if !matches!(thrown, PendingException::Exception(_)) {
            thrown.release().settle(&mut undef());
            return false;
        }
        with_multi(easy, |own| own.thrown = Some(thrown));
    }
    let goes_on = if net::silent(replaced.hooks.may_wait) == Some(true) {
        match errors::net(|| (replaced.hooks.wait)(ask(functions, multi))) {
            Ok(goes_on) => goes_on,
            Err(failure) => {
                drop(with_multi(easy, |own| own.thrown.take()));
                failure.settle(&mut undef());
                return false;
            }
        }
    } else {
        // SAFETY: the multi handle is alive; as libcurl's own function waits.
        unsafe { (functions.multi_poll)(multi, null_mut(), 0, LONGEST, null_mut()) == OK }
    };
    if let Some(thrown) = with_multi(easy, |own| own.thrown.take()).flatten() {
        thrown.release().settle(&mut undef());
    }
    goes_on
}

/// What a transfer waits for.
fn ask(functions: &Functions, multi: Multi) -> RecordedPoll {
    let mut ready = 0;
    // SAFETY: the multi handle is alive; it waits for no other descriptors.
    let wait = || unsafe { (functions.multi_wait)(multi, null_mut(), 0, LONGEST, &raw mut ready) };
    let (_, mut recorded) = recorded_poll::record(wait);
    if !recorded.waits {
        // There is no descriptor, only a time.
        let mut left: c_long = -1;
        // SAFETY: the multi handle is alive.
        unsafe { (functions.multi_timeout)(multi, &raw mut left) };
        let longest = LONGEST.unsigned_abs().into();
        recorded.limit = Some(Duration::from_millis(u64::try_from(left).unwrap_or(longest).min(longest)));
    }
    recorded
}

/// In place of `curl_multi_wait()` or, with `POLLS`, `curl_multi_poll()`, for ext-curl.
unsafe extern "C" fn multi_wait<const POLLS: bool>(
    multi: Multi,
    extra: *mut WaitFd,
    count: c_uint,
    limit: c_int,
    ready: *mut c_int,
) -> Code {
    let Some(replaced) = replaced() else { return MULTI_OUT_OF_MEMORY };
    let Functions { multi_wait, multi_poll, .. } = replaced.functions;
    let original = if POLLS { multi_poll } else { multi_wait };
    // SAFETY: with what ext-curl has passed.
    wait_before(replaced, limit, |limit| unsafe { original(multi, extra, count, limit, ready) })
}

/// For so long a wait for no descriptor lasts, which libcurl ends at once: loops that wait for such would let nobody run.
const SHORTEST: Duration = Duration::from_millis(1);

/// Lets others run until a wait of libcurl would be over, and then has it look.
fn wait_before(replaced: &ReplacedFunctions, limit: c_int, original: impl Fn(c_int) -> Code) -> Code {
    if jump::is_thrown() || net::silent(replaced.hooks.may_wait) != Some(true) {
        return original(limit);
    }
    let waited = errors::net(|| {
        let (code, mut recorded) = recorded_poll::record(|| original(limit));
        if code != OK {
            return Ok(Some(code));
        }
        if !recorded.waits {
            recorded.limit = Some(if limit == 0 { Duration::ZERO } else { SHORTEST });
        }
        (replaced.hooks.wait)(recorded).map(|_| None)
    });
    match waited {
        Ok(Some(code)) => return code,
        Ok(None) => {}
        Err(failure) => failure.settle(&mut undef()),
    }
    original(0)
}

/// In place of libcurl's function, for ext-curl.
unsafe extern "C" fn easy_cleanup(easy: Easy) {
    let Some(replaced) = replaced() else { return };
    let functions = &replaced.functions;
    if let Some(own) = MULTIS.with(|all| all.borrow_mut().remove(&easy.addr())) {
        if own.is_ours() {
            // SAFETY: the multi handle is alive. Where a callback has never come back libcurl refuses both.
            unsafe {
                (functions.multi_remove_handle)(own.multi, easy);
                (functions.multi_cleanup)(own.multi);
            }
        } else if own.is_added {
            // A transfer of the parent's, which may not be ended here: libcurl would speak to its server.
            return;
        }
    }
    // SAFETY: with what ext-curl has passed.
    unsafe { (functions.easy_cleanup)(easy) };
}

/// When the request's memory is gone: no handle is left, but for those of transfers that a parent has begun.
pub(crate) fn end() {
    MULTIS.with(|all| drop(std::mem::take(&mut *all.borrow_mut())));
}
