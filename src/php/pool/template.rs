//! A template, from its fork to its exit: it boots the application, then forks one worker after the other from itself.

use super::state::{Event, Pool, State, call};
use super::worker;
use crate::os::process;
use crate::php::{event_loop, fork_hooks, outcome};
use crate::rt::pool::ForkResult;
use crate::zend::errors::{Failure, Outcome, call_of};
use crate::zend::jump::Call;
use crate::zend::object::This;
use crate::zend::{child, globals};

/// The template's life in its process. Returns in a worker that has ended, and when the template has failed; otherwise
/// the process exits here, without the end of a request: what the application holds is used by the workers.
pub(super) fn run(this: This<'_, Pool>, state: &State) -> Failure {
    child::begin();
    let booted = match fork_hooks::in_child() {
        Call::Returned => call(this, state.callback(Event::TemplateStart), None),
        call => call,
    };
    child::settle(booted);
    // A child that the script has forked in the callback returns here as well.
    if !globals::with(|runtime| runtime.pools.is_template(state.token)) {
        return child::leave();
    }
    // Workers begin with a loop of their own, and that of a template that has failed would keep it alive.
    event_loop::discard();
    if booted != Call::Returned {
        return child::leave();
    }
    if globals::with(|runtime| runtime.pools.template_is_ready(state.token)).is_err() {
        process::exit_now(0);
    }
    loop {
        if globals::with(|runtime| runtime.pools.next_start(state.token)) != Ok(true) {
            process::exit_now(0);
        }
        match fork(this, state) {
            Ok(None) => {}
            Ok(Some(ended)) => return ended,
            Err(failure) => return child::end(call_of(Err(failure))),
        }
    }
}

/// Forks the worker that was requested. In its process this returns the failure that ends it.
fn fork(this: This<'_, Pool>, state: &State) -> Outcome<Option<Failure>> {
    fork_hooks::before()?;
    let stop_delivery = worker::stop_delivery(state);
    match globals::with(|runtime| runtime.fork_from_template(state.token, stop_delivery)) {
        Ok((number, ForkResult::Worker)) => return Ok(Some(worker::run(this, state, number))),
        Ok((number, ForkResult::Unable(failed))) => {
            outcome::log_syscall_error(state.label(number), failed);
            return Ok(Some(worker::fail()));
        }
        Ok((_, ForkResult::Master { .. })) => {}
        Err(failed) => outcome::log_syscall_error("a worker cannot be started", failed),
    }
    fork_hooks::in_parent()?;
    Ok(None)
}
