//! Which hooks are on (`SWOOLE_HOOK_*`).

use crate::php::{constants, launch, log};
use crate::zend::fiber;
use crate::zend::function_hooks::{self, Replacement};
use crate::zend::globals::per_thread;
use std::cell::Cell;

/// A flag. Several hooks may have the same flag.
#[derive(Clone, Copy)]
pub(super) struct Flag(pub(super) i64);

impl Flag {
    pub(super) const TCP: Flag = Flag(2);
    pub(super) const UDP: Flag = Flag(4);
    pub(super) const UNIX: Flag = Flag(8);
    pub(super) const UDG: Flag = Flag(16);
    pub(super) const SSL: Flag = Flag(32);
    pub(super) const TLS: Flag = Flag(64);
    pub(super) const STREAM_FUNCTION: Flag = Flag(128);
    pub(super) const FILE: Flag = Flag(256);
    pub(super) const SLEEP: Flag = Flag(512);
    pub(super) const PROC: Flag = Flag(1024);
    pub(super) const CURL: Flag = Flag(2048);
    pub(super) const NATIVE_CURL: Flag = Flag(4096);
    pub(super) const SOCKETS: Flag = Flag(16384);
    pub(super) const NET_FUNCTION: Flag = Flag(1 << 21);
    pub(super) const STDIO: Flag = Flag(32768);
}

/// What a flag switches on.
pub(super) struct Hook {
    pub(super) flag: Flag,
    pub(super) functions: &'static [Replacement],
    /// Whether the hook has more than these functions.
    pub(super) is_there: fn() -> bool,
}

impl Hook {
    /// A hook without functions, to be filled in.
    pub(super) const fn of(flag: Flag) -> Hook {
        Hook { flag, functions: &[], is_there: || false }
    }

    /// Whether the hook exists. It does not if its extension is not loaded, or if php.ini disables its functions.
    pub(super) fn exists(&self) -> bool {
        (self.is_there)() || function_hooks::is_any_installed(self.functions)
    }
}

/// `SWOOLE_HOOK_ALL`.
pub(super) const ALL: i64 = 0x7fbf_efff;

per_thread! {
    /// The flags that are on: those whose hooks exist, and the bits without a name, as scripts compare all of them with
    /// `SWOOLE_HOOK_ALL`.
    static ON: Cell<i64> = Cell::new(0);
}

per_thread! {
        /// The flags without hooks that were logged.
    static TOLD: Cell<i64> = Cell::new(0);
}

/// The flags that are on.
pub(super) fn on() -> i64 {
    ON.with(Cell::get)
}

/// Switches hooks on, and all others off. `existing` are the flags that have hooks.
pub(super) fn set(flags: i64, existing: i64) {
    ON.with(|on| on.set(flags & (existing | !constants::hook_flags())));
    tell_missing(flags & !existing);
}

/// Switches all hooks off at the end of the request.
pub(super) fn reset() {
    ON.with(|on| on.set(0));
    TOLD.with(|told| told.set(0));
}

/// Whether a hook with this flag may wait here: in a coroutine, when the flag is on.
pub(super) fn may_wait(flag: Flag) -> bool {
    is_on(flag) && launch::is_inside() && !fiber::is_blocked()
}

/// Whether a flag is on.
pub(super) fn is_on(flag: Flag) -> bool {
    on() & flag.0 != 0
}

/// Logs once that flags have no hooks. `SWOOLE_HOOK_ALL` does not name such flags.
fn tell_missing(missing: i64) {
    let named = constants::hook_flags();
    let is_part_of_all = missing & ALL & !named == ALL & !named;
    let named = if is_part_of_all { named & !ALL } else { named };
    let new = missing & named & !TOLD.with(Cell::get);
    if new == 0 {
        return;
    }
    TOLD.with(|told| told.set(told.get() | new));
    let names = constants::hook_names(new).join(", ");
    log::notice(&format!("{names}: there is no such hook, these functions block all coroutines"));
}
