//! Functions with which a script changes the user or group of its process.
//!
//! With the change the kernel clears the parent-death guard. It is armed again immediately, whatever the script does
//! next. A change by another extension is noticed before the next message.

use crate::php::outcome;
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{self, Replacement, surrounded};
use crate::zend::globals;
use crate::zend::lifecycle::{Part, once};

pub(super) const PART: Part = Part {
    start: once!(|_| function_hooks::install(SURROUNDED)),
    stop: once!(|_| function_hooks::restore(SURROUNDED)),
    ..Part::NONE
};

static SURROUNDED: &[Replacement] = &[
    surrounded!("posix_setuid", admit, after_change),
    surrounded!("posix_seteuid", admit, after_change),
    surrounded!("posix_setgid", |_| Ok(()), after_change),
    surrounded!("posix_setegid", |_| Ok(()), after_change),
];

/// The pool's own queue is for one user only. Before this process changes its user, the new user gets access.
fn admit(user: Option<i64>) -> Outcome<()> {
    if let Some(user) = user.and_then(|user| u32::try_from(user).ok()) {
        globals::with(|runtime| runtime.pools.admit(user));
    }
    Ok(())
}

/// Whether the change has succeeded or not.
fn after_change() -> Outcome<()> {
    renew();
    Ok(())
}

/// Arms the parent-death guard again.
pub(super) fn renew() {
    if let Err(errno) = globals::with(|runtime| runtime.pools.renew_bonds()) {
        outcome::log_failure("worker: prctl()", errno);
    }
}
