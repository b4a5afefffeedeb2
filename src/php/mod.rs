//! Swoole's classes and functions, one file or folder each: translates calls of a script into calls of the runtime, and
//! the runtime's results into what Swoole returns.

mod atomic;
mod constants;
mod constructed;
mod coroutine;
mod coroutine_data;
mod coroutine_lock;
mod coroutine_settings;
mod deadlock;
mod dns;
mod dup;
mod event;
mod event_loop;
mod exceptions;
#[cfg(feature = "fault-injection")]
mod faults;
mod fork_hooks;
mod functions;
mod handles;
mod hooks;
mod info;
mod launch;
mod library;
mod lock;
mod log;
mod loop_access;
mod manager;
mod mime;
mod operations;
mod options;
mod out_of_scope;
mod outcome;
mod pool;
mod preemption;
mod process;
mod readiness;
mod script_signals;
mod select;
mod serialized;
mod settings;
mod shared_channel;
mod socket;
mod table;
mod timer;
mod transfer;
mod waiting;
mod work;

use crate::zend::lifecycle::{Module, Part, Second};
use std::ffi::CStr;

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

static MODULE: Module = Module {
    name: c"swoole_process",
    version: VERSION,
    conflicts: &[c"swoole", c"openswoole"],
    // They define some of the constants that this module defines only if they are missing.
    after: &[c"pcntl", c"posix", c"sockets"],
    functions: &[
        functions::TABLE,
        #[cfg(feature = "fault-injection")]
        faults::TABLE,
    ],
    first: settings::OWN_PART,
    parts: PARTS,
    second: Second {
        name: c"swoole",
        version: c"6.2.2",
        is_wanted: settings::as_swoole,
        stop: settings::forget,
        info: info::print_second,
    },
    info: info::print,
};

/// The parts are started in this order, and stopped in reverse order.
const PARTS: &[Part] = &[
    settings::PART,
    script_signals::PART,
    fork_hooks::PART,
    log::PART,
    constants::PART,
    functions::PART,
    library::PART,
    mime::PART,
    out_of_scope::PART,
    exceptions::PART,
    coroutine_settings::PART,
    preemption::PART,
    transfer::PART,
    readiness::PART,
    launch::PART,
    coroutine_data::PART,
    hooks::PART,
    coroutine::PART,
    work::PART,
    socket::PART,
    event_loop::PART,
    event::PART,
    timer::PART,
    process::PART,
    pool::PART,
    manager::PART,
    atomic::PART,
    lock::PART,
    shared_channel::PART,
    coroutine_lock::PART,
    table::PART,
];

crate::zend::module!(MODULE);
