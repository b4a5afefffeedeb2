//! The fork kit, beyond Swoole: `onFork`, `exitNow`.

use crate::os::process;
use crate::php::fork_hooks;
use crate::zend::arguments::Callable;
use crate::zend::callbacks::{self, Leading};
use crate::zend::errors::{Failure, Outcome};

pub(super) fn on_fork(
    before: Option<Callable<'_>>,
    parent: Option<Callable<'_>>,
    child: Option<Callable<'_>>,
) -> Outcome<()> {
    let keep = |callable: Callable<'_>| callbacks::keep(callable.keep(), Leading::No, std::iter::empty());
    fork_hooks::add([before, parent, child].map(|callable| callable.map(keep)));
    Ok(())
}

/// `_exit`: nothing of the script runs any more, and nothing of PHP or the C library.
pub(super) fn exit_now(status: i64) -> Outcome<()> {
    match u8::try_from(status) {
        Ok(status) => process::exit_now(i32::from(status)),
        Err(_) => Err(Failure::BadValue(1, c"must be between 0 and 255")),
    }
}
