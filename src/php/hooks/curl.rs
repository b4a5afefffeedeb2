//! Hooks of ext-curl: transfers yield to other coroutines while they wait (`zend::curl`). A handle serves one coroutine
//! at a time.

use super::flags::{self, Flag, Hook};
use crate::os::Errno;
use crate::os::asked::Asked;
use crate::php::{launch, outcome, waiting};
use crate::rt::core::clock::now;
use crate::rt::core::wait::{Cid, WaitKind, Wake};
use crate::rt::selections::SelectionWait;
use crate::zend::curl::{self, Hooks};
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{self, Call, Replacement, handled};
use crate::zend::globals::{self, per_thread};
use crate::zend::lifecycle::Part;
use std::cell::RefCell;
use std::time::Duration;

pub(super) const HOOKS: &[Hook] =
    &[Hook { is_there, ..Hook::of(Flag::CURL) }, Hook { is_there, ..Hook::of(Flag::NATIVE_CURL) }];

pub(super) const PART: Part = Part {
    start: |_| function_hooks::install(GUARDS),
    stop: |_| {
        function_hooks::restore(GUARDS);
        curl::restore();
    },
    request_end: || {
        curl::end();
        USERS.with(|users| *users.borrow_mut() = Vec::new());
    },
    ..Part::NONE
};

/// They change a handle, which must not happen while another coroutine is in a transfer of it.
const GUARDS: &[Replacement] = &[
    handled!("curl_exec", is_inside, use_alone),
    handled!("curl_multi_exec", is_inside, use_alone),
    handled!("curl_copy_handle", has_users, refuse_used),
    handled!("curl_multi_add_handle", has_users, refuse_used),
    handled!("curl_multi_close", has_users, refuse_used),
    handled!("curl_multi_info_read", has_users, refuse_used),
    handled!("curl_multi_remove_handle", has_users, refuse_used),
    handled!("curl_multi_select", has_users, refuse_used),
    handled!("curl_multi_setopt", has_users, refuse_used),
    handled!("curl_pause", has_users, refuse_used),
    handled!("curl_reset", has_users, refuse_used),
    handled!("curl_setopt", has_users, refuse_used),
    handled!("curl_setopt_array", has_users, refuse_used),
    handled!("curl_upkeep", has_users, refuse_used),
];

per_thread! {
    /// The handles that transfers use, with their coroutines.
    static USERS: RefCell<Vec<(usize, Cid)>> = RefCell::new(Vec::new());
}

/// Not where nothing keeps a second coroutine from a handle, as with a module that is loaded by dl().
fn is_there() -> bool {
    function_hooks::is_any_installed(GUARDS) && curl::is_there(Hooks { may_wait, wait })
}

fn may_wait() -> bool {
    flags::may_wait(Flag::CURL) || flags::may_wait(Flag::NATIVE_CURL)
}

fn is_inside() -> bool {
    launch::is_inside()
}

fn has_users() -> bool {
    USERS.with(|users| !users.borrow().is_empty())
}

/// The handles that a function is given: one is the first argument, a second may follow.
fn handles(call: &Call<'_>) -> [Option<usize>; 2] {
    [0, 1].map(|index| Some(call.argument(index)?.as_object()?.as_ptr().addr()))
}

fn refuse_used(call: &Call<'_>) -> Outcome<()> {
    refuse(call)?;
    call.original()
}

/// Fails when another coroutine is in a transfer of a handle.
fn refuse(call: &Call<'_>) -> Outcome<()> {
    let own = launch::current().unwrap_or(-1);
    let used = USERS.with(|users| {
        let users = users.borrow();
        let mut all = handles(call).into_iter().flatten();
        all.find_map(|handle| users.iter().find(|(used, cid)| *used == handle && *cid != own)).copied()
    });
    let Some((_, cid)) = used else { return Ok(()) };
    Err(outcome::error(format!(
        "the cURL handle is in a transfer of coroutine#{cid}, and cannot be used in coroutine#{own} at the same time"
    )))
}

/// A transfer: other coroutines leave the handle alone meanwhile.
fn use_alone(call: &Call<'_>) -> Outcome<()> {
    refuse(call)?;
    let [Some(handle), _] = handles(call) else { return call.original() };
    let own = launch::current().unwrap_or(-1);
    USERS.with(|users| users.borrow_mut().push((handle, own)));
    let result = call.original();
    USERS.with(|users| {
        let mut users = users.borrow_mut();
        if let Some(index) = users.iter().rposition(|user| *user == (handle, own)) {
            users.swap_remove(index);
        }
    });
    result
}

/// How long the pauses are where the kernel cannot tell.
const PAUSE: Duration = Duration::from_millis(10);

/// Others have their turn in any case. Returns whether the transfer goes on: not when the wait was cancelled.
fn wait(asked: Asked) -> Outcome<bool> {
    let limit = asked.limit;
    if asked.descriptors.is_empty() || limit == Some(Duration::ZERO) {
        drop(asked);
        return pause(limit);
    }
    let token = globals::with(|runtime| {
        let token = runtime.selections.open();
        for (fd, interest) in asked.descriptors {
            runtime.selections.add(token, fd, interest);
        }
        token
    });
    let deadline = limit.and_then(|limit| now().checked_add(limit));
    let came = waiting::on(SelectionWait(token), deadline);
    globals::with(|runtime| runtime.selections.close(token));
    match came? {
        Ok(None) => Ok(true),
        Ok(Some((wake, ()))) => Ok(wake != Wake::Canceled),
        Err(Errno::ETIMEDOUT) => pause(Some(Duration::ZERO)),
        // libcurl looks again.
        Err(_) => pause(Some(limit.map_or(PAUSE, |limit| limit.min(PAUSE)))),
    }
}

fn pause(limit: Option<Duration>) -> Outcome<bool> {
    Ok(waiting::wait(WaitKind::Time, limit)? != Wake::Canceled)
}
