//! Hooks of ext-curl: transfers yield to other coroutines while they wait (`zend::curl`). A handle serves one coroutine
//! at a time.

use super::flags::{self, Flag, Hook};
use crate::os::Errno;
use crate::os::recorded_poll::RecordedPoll;
use crate::php::{launch, outcome, waiting};
use crate::rt::core::clock;
use crate::rt::core::handles::SelectionToken;
use crate::rt::core::wait::{Cid, WaitKind, Wake};
use crate::rt::selections::SelectionWait;
use crate::zend::curl::{self, Hooks};
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{self, Call, Replacement, handled};
use crate::zend::globals::{self, per_thread};
use crate::zend::lifecycle::{Part, once};
use std::cell::RefCell;
use std::time::Duration;

pub(super) const HOOKS: &[Hook] =
    &[Hook { is_there, ..Hook::of(Flag::CURL) }, Hook { is_there, ..Hook::of(Flag::NATIVE_CURL) }];

pub(super) const PART: Part = Part {
    start: once!(|_| function_hooks::install(GUARDS)),
    stop: once!(|_| {
        function_hooks::restore(GUARDS);
        curl::restore();
    }),
    request_end: once!(|| {
        curl::end();
        USERS.with(|users| *users.borrow_mut() = Vec::new());
    }),
    ..Part::NONE
};

/// They change a handle, which must not happen while another coroutine is in a transfer of it.
const GUARDS: &[Replacement] = &[
    handled!("curl_exec", is_inside, |call| used(call, Use::Alone)),
    handled!("curl_multi_exec", is_inside, |call| used(call, Use::Alone)),
    handled!("curl_multi_select", is_inside, |call| used(call, Use::Select(None))),
    handled!("curl_copy_handle", has_users, refuse_used),
    handled!("curl_multi_add_handle", has_users, change),
    handled!("curl_multi_close", has_users, refuse_used),
    handled!("curl_multi_info_read", has_users, change),
    handled!("curl_multi_remove_handle", has_users, change),
    handled!("curl_multi_setopt", has_users, refuse_used),
    handled!("curl_pause", has_users, refuse_used),
    handled!("curl_reset", has_users, refuse_used),
    handled!("curl_setopt", has_users, refuse_used),
    handled!("curl_setopt_array", has_users, refuse_used),
    handled!("curl_upkeep", has_users, refuse_used),
];

/// How a coroutine uses a handle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is in a transfer.
    Alone,
    /// It waits for a multi handle, perhaps in a selection.
    Select(Option<SelectionToken>),
}

#[derive(Clone, Copy)]
struct User {
    handle: usize,
    cid: Cid,
    how: Use,
}

per_thread! {
    static USERS: RefCell<Vec<User>> = RefCell::new(Vec::new());
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

fn current() -> Cid {
    launch::current().unwrap_or(-1)
}

fn refuse_used(call: &Call<'_>) -> Outcome<()> {
    refuse(call)?;
    call.original()
}

/// Fails when another coroutine is in a transfer of a handle.
fn refuse(call: &Call<'_>) -> Outcome<()> {
    let own = current();
    let is_busy = |user: &&User, handle| user.handle == handle && user.how == Use::Alone && user.cid != own;
    let user = USERS.with(|users| {
        let users = users.borrow();
        let mut all = handles(call).into_iter().flatten();
        all.find_map(|handle| users.iter().find(|user| is_busy(user, handle))).copied()
    });
    let Some(User { cid, .. }) = user else { return Ok(()) };
    Err(outcome::error(format!(
        "the cURL handle is in a transfer of coroutine#{cid}, and cannot be used in coroutine#{own} at the same time"
    )))
}

/// Calls the original, and notes meanwhile how the handle is used.
fn used(call: &Call<'_>, how: Use) -> Outcome<()> {
    refuse(call)?;
    let [Some(handle), _] = handles(call) else { return call.original() };
    let cid = current();
    USERS.with(|users| users.borrow_mut().push(User { handle, cid, how }));
    let result = call.original();
    USERS.with(|users| {
        let mut users = users.borrow_mut();
        if let Some(index) = users.iter().rposition(|user| user.handle == handle && user.cid == cid) {
            users.remove(index);
        }
    });
    result
}

/// A change of a multi handle. Others that wait for it look again: their transfers may be over, or others have begun.
fn change(call: &Call<'_>) -> Outcome<()> {
    refuse_used(call)?;
    let [multi, _] = handles(call);
    if call.result().is_some_and(|result| result.as_bool() == Some(false)) {
        return Ok(());
    }
    USERS.with(|users| {
        for user in users.borrow().iter().filter(|user| Some(user.handle) == multi) {
            if let Use::Select(Some(token)) = user.how {
                globals::with(|runtime| runtime.selections.wake(&mut runtime.core, token));
            }
        }
    });
    Ok(())
}

/// Notes the selection in which this coroutine waits for a multi handle, if it does.
fn note_selection(token: Option<SelectionToken>) {
    let cid = current();
    USERS.with(|users| {
        if let Some(user) = users.borrow_mut().iter_mut().rev().find(|user| user.cid == cid)
            && let Use::Select(noted) = &mut user.how
        {
            *noted = token;
        }
    });
}

/// How long the pauses are where the kernel cannot tell.
const PAUSE: Duration = Duration::from_millis(10);

/// Other coroutines have their turn in any case. Returns whether the transfer continues: not if the wait was cancelled.
fn wait(recorded: RecordedPoll) -> Outcome<bool> {
    let limit = recorded.limit;
    if recorded.descriptors.is_empty() || limit == Some(Duration::ZERO) {
        drop(recorded);
        return pause(limit);
    }
    let token = globals::with(|runtime| {
        let token = runtime.selections.open();
        for (fd, interest) in recorded.descriptors {
            runtime.selections.add(token, fd, interest);
        }
        token
    });
    let deadline = clock::deadline(limit);
    note_selection(Some(token));
    let came = waiting::on(SelectionWait(token), deadline);
    note_selection(None);
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
