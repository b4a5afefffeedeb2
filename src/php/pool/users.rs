//! Functions with which a script changes the user or group of its process.
//!
//! With the change the kernel forgets that the process is to be told of its master's death: it is asked again at once,
//! whatever the script does next. What other extensions change is seen before the next message.

use crate::php::{log, outcome};
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{self, Replacement, surrounded};
use crate::zend::globals;
use crate::zend::lifecycle::Part;

pub(super) const PART: Part = Part {
    start: |_| function_hooks::install(SURROUNDED),
    stop: |_| function_hooks::restore(SURROUNDED),
    ..Part::NONE
};

static SURROUNDED: &[Replacement] = &[
    surrounded!("posix_setuid", admit, after_change),
    surrounded!("posix_seteuid", admit, after_change),
    surrounded!("posix_setgid", |_| Ok(()), after_change),
    surrounded!("posix_setegid", |_| Ok(()), after_change),
];

/// The queue of the pool's own is for one user alone: before this process becomes another one, that one is let in.
fn admit(user: Option<i64>) -> Outcome<()> {
    if let Some(user) = user.and_then(|user| u32::try_from(user).ok()) {
        globals::with(|runtime| runtime.pools.admit(user));
    }
    Ok(())
}

/// Whether the change has come about or not.
fn after_change() -> Outcome<()> {
    renew();
    Ok(())
}

/// The kernel is asked again to tell this process of its master's death.
pub(super) fn renew() {
    if let Err(errno) = globals::with(|runtime| runtime.pools.renew_bonds()) {
        log::warning(&outcome::describe(format_args!("worker: prctl()"), errno));
    }
}
