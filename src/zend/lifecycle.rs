//! The module: one table of parts, started in order and stopped in reverse order.

use crate::zend::bindings::*;
use crate::zend::{callbacks, class, globals, net, recv_buffer, shutdown, signals, uncaught};
use ext_php_rs::ffi::{ZEND_MODULE_API_NO, ext_php_rs_php_build_id};
use std::cell::UnsafeCell;
use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A function that runs once in a process, for a [`Part`]: `#[cold]`, which a closure cannot be (build.rs).
macro_rules! once {
    (|$number:pat_param| $body:expr) => {{
        #[cold]
        fn once($number: i32) {
            $body
        }
        once
    }};
    (|| $body:expr) => {{
        #[cold]
        fn once() {
            $body
        }
        once
    }};
}
pub(crate) use once;

/// A part of the module. All functions but `start` are called in the reverse order of the table.
pub(crate) struct Part {
    /// At module start-up, with the module's number.
    pub(crate) start: fn(i32),
    /// At module shutdown, with the module's number.
    pub(crate) stop: fn(i32),
    /// At the end of each request, while PHP can still run.
    pub(crate) request_stop: fn(),
    /// When the request's memory is gone.
    pub(crate) request_end: fn(),
    /// Parts of its own, which start before it and stop after it.
    pub(crate) parts: &'static [Part],
}

impl Part {
    /// A part without functions, to be filled in.
    pub(crate) const NONE: Part = Part {
        start: once!(|_| {}),
        stop: once!(|_| {}),
        request_stop: once!(|| {}),
        request_end: once!(|| {}),
        parts: &[],
    };
}

/// Another name by which a module is known: what it offers belongs to a module of that name.
pub(crate) struct Second {
    /// The name, and the version.
    pub(crate) name: &'static CStr,
    pub(crate) version: &'static CStr,
    /// Whether it is to have it. The part that starts first has started.
    pub(crate) is_wanted: fn() -> bool,
    /// At module shutdown, with the number of the module of that name.
    pub(crate) stop: fn(i32),
    /// Prints its part of phpinfo().
    pub(crate) info: fn(),
}

/// A module's declaration.
pub(crate) struct Module {
    /// Its name.
    pub(crate) name: &'static CStr,
    /// Its version.
    pub(crate) version: &'static CStr,
    /// Modules that cannot be loaded together with it.
    pub(crate) conflicts: &'static [&'static CStr],
    /// Modules that are started before it if they are loaded.
    pub(crate) after: &'static [&'static CStr],
    /// Its functions, in tables that end with an empty entry.
    pub(crate) functions: &'static [&'static [zend_function_entry]],
    /// The part that starts before everything else, and belongs to the module whatever it is called.
    pub(crate) first: Part,
    /// Its parts.
    pub(crate) parts: &'static [Part],
    /// Its other name.
    pub(crate) second: Second,
    /// Prints its part of phpinfo().
    pub(crate) info: fn(),
}

// SAFETY: a declaration is made at compile time and never written.
unsafe impl Sync for Module {}

static ENTRY: AtomicPtr<zend_module_entry> = AtomicPtr::new(std::ptr::null_mut());
static MODULE: OnceLock<&'static Module> = OnceLock::new();

/// Defines what PHP calls when it loads the library.
macro_rules! module {
    ($module:expr) => {
        #[allow(unsafe_code, reason = "PHP looks the function up by this name")]
        #[unsafe(no_mangle)]
        extern "C" fn get_module() -> *mut $crate::zend::bindings::zend_module_entry {
            $crate::zend::lifecycle::entry(&$module)
        }
    };
}
pub(crate) use module;

/// The engine's entry of the module, which lives as long as PHP. It is made once.
#[cold]
pub(crate) fn entry(module: &'static Module) -> *mut zend_module_entry {
    let made = ENTRY.load(Ordering::Relaxed);
    if !made.is_null() {
        return made;
    }
    let module = *MODULE.get_or_init(|| module);
    // SAFETY: all members may be zero; those that matter are set below.
    let mut entry: zend_module_entry = unsafe { std::mem::zeroed() };
    entry.size = size_of::<zend_module_entry>() as u16;
    entry.zend_api = ZEND_MODULE_API_NO;
    entry.zend_debug = u8::from(cfg!(php_debug));
    entry.zts = u8::from(cfg!(php_zts));
    // SAFETY: returns a constant.
    entry.build_id = unsafe { ext_php_rs_php_build_id() };
    entry.name = module.name.as_ptr();
    entry.version = module.version.as_ptr();
    entry.deps = dependencies(module);
    entry.module_startup_func = Some(start);
    entry.module_shutdown_func = Some(stop);
    entry.request_startup_func = Some(request_start);
    entry.request_shutdown_func = Some(request_stop);
    entry.post_deactivate_func = Some(request_end);
    entry.info_func = Some(info);
    let entry = Box::into_raw(Box::new(entry));
    ENTRY.store(entry, Ordering::Relaxed);
    entry
}

/// Defines functions. At module start-up only.
#[cold]
pub(crate) fn register_functions(table: &'static [zend_function_entry]) -> bool {
    let kind = MODULE_PERSISTENT as i32;
    // SAFETY: the table is static and ends with an empty entry.
    let result =
        unsafe { zend_register_functions(std::ptr::null_mut(), table.as_ptr(), std::ptr::null_mut(), kind) };
    result == SUCCESS
}

/// The list of dependencies, which lives as long as the module.
fn dependencies(module: &Module) -> *const zend_module_dep {
    let dependency = |name: &&'static CStr, kind: u32| zend_module_dep {
        name: name.as_ptr(),
        rel: std::ptr::null(),
        version: std::ptr::null(),
        type_: kind as u8,
    };
    let mut list: Vec<zend_module_dep> = Vec::new();
    list.extend(module.conflicts.iter().map(|name| dependency(name, MODULE_DEP_CONFLICTS)));
    list.extend(module.after.iter().map(|name| dependency(name, MODULE_DEP_OPTIONAL)));
    // SAFETY: all zeroes ends the list.
    list.push(unsafe { std::mem::zeroed() });
    Box::leak(list.into_boxed_slice()).as_ptr()
}

#[cold]
unsafe extern "C" fn start(kind: i32, number: i32) -> i32 {
    net::silent(|| start_module(kind, number)).unwrap_or(FAILURE)
}

fn start_module(kind: i32, number: i32) -> i32 {
    let Some(module) = MODULE.get() else {
        return FAILURE;
    };
    if let Some(other) = module.conflicts.iter().find(|name| !find_module(name.to_bytes()).is_null()) {
        withdraw(module, other);
        return SUCCESS;
    }
    (module.first.start)(number);
    // SAFETY: the globals are valid on a thread that starts modules.
    let own = unsafe { (*executor()).current_module };
    // One that is loaded by dl() ends with the request, and the other could not.
    let is_wanted = kind == MODULE_PERSISTENT as i32 && (module.second.is_wanted)();
    let offers = if is_wanted { register_second(&module.second, own) } else { None };
    if let Some(second) = offers {
        // SAFETY: as above; what is registered belongs to the module that is noted here.
        unsafe { (*executor()).current_module = second.as_ptr() };
    }
    let defined = module.functions.iter().all(|table| register_functions(table));
    if defined {
        // SAFETY: the entry is complete, and never freed.
        start_parts(module.parts, offers.map_or(number, |second| unsafe { second.as_ref() }.module_number));
    }
    // SAFETY: as above.
    unsafe { (*executor()).current_module = own };
    if defined { SUCCESS } else { FAILURE }
}

/// The place of the second module's entry. The engine gives up its pointer before a search for leaks, so the entry is
/// no block of the heap.
struct Place(UnsafeCell<MaybeUninit<zend_module_entry>>);

// SAFETY: the entry is written once, before there are other threads.
unsafe impl Sync for Place {}

static SECOND: Place = Place(UnsafeCell::new(MaybeUninit::uninit()));

/// Registers a module of that name. The engine starts it after this one, and stops it before.
fn register_second(second: &Second, own: *mut zend_module_entry) -> Option<NonNull<zend_module_entry>> {
    // SAFETY: the entry of the module that starts: what it was built for is the same for both.
    let mut entry = unsafe { std::ptr::read(NonNull::new(own)?.as_ptr()) };
    entry.name = second.name.as_ptr();
    entry.version = second.version.as_ptr();
    entry.deps = std::ptr::null();
    entry.functions = std::ptr::null();
    entry.module_startup_func = None;
    entry.module_shutdown_func = Some(stop_second);
    entry.request_startup_func = None;
    entry.request_shutdown_func = None;
    entry.post_deactivate_func = None;
    entry.info_func = Some(second_info);
    entry.handle = std::ptr::null_mut();
    entry.module_started = 0;
    // SAFETY: counts the modules.
    entry.module_number = unsafe { zend_next_free_module() };
    // SAFETY: a module starts once, before there are other threads, and nothing else refers to the place.
    let entry = unsafe { (*SECOND.0.get()).write(entry) };
    #[cfg(php84)]
    // SAFETY: the entry is complete, and lives as long as the library.
    let registered = unsafe { zend_register_module_ex(entry, MODULE_PERSISTENT as i32) };
    #[cfg(not(php84))]
    // SAFETY: as above.
    let registered = unsafe { zend_register_module_ex(entry) };
    NonNull::new(registered)
}

unsafe extern "C" fn stop_second(_kind: i32, number: i32) -> i32 {
    if let Some(module) = MODULE.get() {
        net::silent(|| (module.second.stop)(number));
    }
    SUCCESS
}

unsafe extern "C" fn second_info(entry: *mut zend_module_entry) {
    if let Some(module) = MODULE.get() {
        net::silent(module.second.info);
    }
    crate::zend::info::settings(entry);
}

#[cold]
fn start_parts(parts: &[Part], number: i32) {
    for part in parts {
        start_parts(part.parts, number);
        (part.start)(number);
    }
}

const SUCCESS: i32 = 0;
const FAILURE: i32 = -1;

/// Refuses to load after all. The engine checks conflicts when it registers a module, so it misses a module that is
/// registered later; and a failure at start-up would end PHP. Therefore this reports the conflict in the engine's own
/// words, and removes this module from the registry.
fn withdraw(module: &Module, other: &CStr) {
    let name = module.name;
    // SAFETY: the format takes two C strings.
    unsafe {
        zend_error(
            E_CORE_WARNING as i32,
            c"Cannot load module \"%s\" because conflicting module \"%s\" is already loaded".as_ptr(),
            name.as_ptr(),
            other.as_ptr(),
        );
    }
    let entry = find_module(name.to_bytes());
    if entry.is_null() {
        return;
    }
    // SAFETY: the entry is ours. Without a handle the engine does not unload the code that runs right now,
    // and a module that has not started is not shut down.
    unsafe { (*entry).handle = std::ptr::null_mut() };
    // SAFETY: as above.
    unsafe { (*entry).module_started = 0 };
    // SAFETY: removal of the element at hand is allowed while the engine walks the registry.
    unsafe { zend_hash_str_del(&raw mut module_registry, name.as_ptr(), name.count_bytes()) };
}

#[cold]
unsafe extern "C" fn stop(_kind: i32, number: i32) -> i32 {
    each_part(|part| (part.stop)(number));
    if let Some(module) = MODULE.get() {
        net::silent(|| (module.first.stop)(number));
    }
    net::silent(class::free_additions);
    SUCCESS
}

#[cold]
unsafe extern "C" fn request_start(_kind: i32, _number: i32) -> i32 {
    net::silent(signals::begin);
    SUCCESS
}

#[cold]
unsafe extern "C" fn request_stop(_kind: i32, _number: i32) -> i32 {
    each_part(|part| (part.request_stop)());
    net::silent(callbacks::release_all);
    net::silent(shutdown::release);
    SUCCESS
}

#[cold]
unsafe extern "C" fn request_end() -> i32 {
    each_part(|part| (part.request_end)());
    for end in [callbacks::end, uncaught::end, recv_buffer::end, globals::end] {
        net::silent(end);
    }
    SUCCESS
}

unsafe extern "C" fn info(entry: *mut zend_module_entry) {
    if let Some(module) = MODULE.get() {
        net::silent(module.info);
    }
    crate::zend::info::settings(entry);
}

/// Calls `body` for each part, in the order in which they stop. A bug in one part does not keep the others from
/// stopping.
fn each_part(body: impl Fn(&Part)) {
    #[cold]
    fn each(parts: &[Part], body: &impl Fn(&Part)) {
        for part in parts.iter().rev() {
            net::silent(|| body(part));
            each(part.parts, body);
        }
    }
    if let Some(module) = MODULE.get() {
        each(module.parts, &body);
    }
}

/// Whether PHP runs scripts from the command line.
pub(crate) fn is_command_line() -> bool {
    // SAFETY: set before modules start.
    let name = unsafe { sapi_module.name };
    // SAFETY: a C string.
    !name.is_null() && unsafe { CStr::from_ptr(name) } == c"cli"
}
