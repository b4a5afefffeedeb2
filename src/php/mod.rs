//! Swoole's classes and functions, one file or folder each: a translation of what a script says into calls of
//! the runtime, and of what the runtime answers into what Swoole does.

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
mod functions;
mod handles;
mod hooks;
mod info;
mod launch;
mod lock;
mod log;
mod loop_access;
mod manager;
mod operations;
mod options;
mod outcome;
mod pool;
mod preemption;
mod process;
mod script_signals;
mod settings;
mod socket;
mod table;
mod timer;
mod transfer;
mod waiting;
mod work;

use crate::zend::lifecycle::{Module, Part};

static MODULE: Module = Module {
    name: "swoole_process",
    version: env!("CARGO_PKG_VERSION"),
    conflicts: &[c"swoole", c"openswoole"],
    // They define some of the constants that we define where nobody else does.
    after: &[c"pcntl", c"posix", c"sockets"],
    functions: &[
        functions::TABLE,
        #[cfg(feature = "fault-injection")]
        faults::TABLE,
    ],
    parts: PARTS,
    info: info::print,
};

/// Started in this order, stopped in the mirror.
const PARTS: &[Part] = &[
    settings::PART,
    script_signals::PART,
    log::PART,
    constants::PART,
    exceptions::PART,
    coroutine_settings::PART,
    preemption::PART,
    transfer::PART,
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
    coroutine_lock::PART,
    table::PART,
];

crate::zend::module!(MODULE);
