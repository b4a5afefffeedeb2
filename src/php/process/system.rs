//! System properties of a process: its title, its processors, its priority, its alarms and signals.

use super::child::is_started;
use super::state::Process;
use crate::os::{Errno, process, scheduling};
use crate::php::{loop_access, outcome};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::{Callback, call_by_name};
use crate::zend::callbacks::{self, Leading};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::{Owned, Text, Value};

/// `PRIO_PROCESS`.
const PRIO_PROCESS: i64 = 0;
/// All signal numbers are lower.
const SIGNALS: i64 = 128;
/// `SIG_IGN`.
const IGNORE: i64 = 1;

/// Sets the title that ps(1) shows, by the function of PHP's command-line interface, which owns the memory.
pub(super) fn set_title(name: &[u8]) -> Outcome<bool> {
    let set = call_by_name("cli_set_process_title", [Owned::new(Text::new(name))])?;
    Ok(set.is_some_and(|set| set.as_value().to_bool()))
}

pub(super) fn name(_this: This<'_, Process>, name: &[u8]) -> Outcome<bool> {
    set_title(name)
}

/// Installs a handler, which runs in the loop. Signals that come before the loop runs wait for it.
pub(super) fn signal(number: i64, callback: Option<Value<'_>>) -> Outcome<bool> {
    let Some(signo) = i32::try_from(number).ok().filter(|_| (0..SIGNALS).contains(&number)) else {
        return Err(outcome::warning(format!("invalid signal number [{number}]")));
    };
    let Some(value) = callback else {
        let removed = globals::with(|runtime| runtime.core.events.remove_signal(signo));
        let token = removed.map_err(|errno| match errno {
            Errno::ENOENT => outcome::warning(format!("unable to find the callback of signal [{number}]")),
            errno => signal_failed(number, errno),
        })?;
        callbacks::release(token);
        return Ok(true);
    };
    let replaced = if value.as_int() == Some(IGNORE) {
        loop_access::with(|events| events.ignore_signal(signo))?
    } else {
        let callback = Callback::find(value).ok_or_else(|| outcome::warning(outcome::not_callable(value)))?;
        let token = callbacks::keep(callback, Leading::Number, std::iter::empty());
        let result = loop_access::with(|events| events.handle_signal(signo, token))?;
        if result.is_err() {
            callbacks::release(token);
        }
        result
    };
    callbacks::release_each(replaced.map_err(|errno| signal_failed(number, errno))?);
    Ok(true)
}

/// The failure of a registration, as scripts see it.
fn signal_failed(number: i64, errno: Errno) -> Failure {
    match errno {
        Errno::EBUSY => {
            outcome::warning(format!("signal [{number}] processor has been registered by the system"))
        }
        errno => outcome::system(format!("sigaction({number})"), errno),
    }
}

pub(super) fn alarm(usec: i64, kind: i64) -> Outcome<bool> {
    if globals::with(|runtime| runtime.core.events.timers.is_in_use()) {
        return Err(outcome::warning("cannot use both 'timer' and 'alarm' at the same time"));
    }
    let usec = u64::try_from(usec).unwrap_or(0);
    let kind = i32::try_from(kind).unwrap_or(-1);
    process::set_interval(kind, usec).map(|()| true).map_err(|errno| outcome::system("setitimer()", errno))
}

pub(super) fn set_affinity(cpus: Array<'_>) -> Outcome<bool> {
    let count = scheduling::processors();
    if cpus.len() == 0 {
        return Ok(false);
    }
    if cpus.len() > count {
        return Err(outcome::warning("More than the number of CPU"));
    }
    // Conversions may run PHP code, which may leave by a long jump: nothing of ours is on the heap until they are done.
    let numbers = cpus.convert(|value| Some(value.to_int())).ok_or(Failure::Thrown)?;
    let mut wanted = Vec::with_capacity(cpus.len());
    for (_, value) in numbers.as_array().iter() {
        let number = value.as_int().unwrap_or(-1);
        match usize::try_from(number) {
            Ok(cpu) if cpu < count => wanted.push(cpu),
            _ => return Err(outcome::warning(format!("invalid cpu id [{number}]"))),
        }
    }
    scheduling::set_affinity(&wanted)
        .map(|()| true)
        .map_err(|errno| outcome::system("sched_setaffinity()", errno))
}

pub(super) fn get_affinity() -> Outcome<NewArray> {
    let cpus = scheduling::affinity().map_err(|errno| outcome::exception("sched_getaffinity()", errno))?;
    let mut result = NewArray::with_capacity(u32::try_from(cpus.len()).unwrap_or(0));
    for cpu in cpus {
        result.push(i64::try_from(cpu).unwrap_or(i64::MAX));
    }
    Ok(result)
}

pub(super) fn set_priority(
    this: This<'_, Process>,
    which: i64,
    priority: i64,
    who: Option<i64>,
) -> Outcome<bool> {
    let (which, who) = target(this, which, who)?;
    let priority = i32::try_from(priority).unwrap_or(if priority < 0 { i32::MIN } else { i32::MAX });
    scheduling::set_priority(which, who, priority).map(|()| true).map_err(outcome::silent)
}

pub(super) fn get_priority(this: This<'_, Process>, which: i64, who: Option<i64>) -> Outcome<i64> {
    let (which, who) = target(this, which, who)?;
    scheduling::priority(which, who).map(i64::from).map_err(outcome::silent)
}

/// The process whose priority is meant: that of the object, unless `who` is given; before a start the caller.
fn target(this: This<'_, Process>, which: i64, who: Option<i64>) -> Outcome<(i32, u32)> {
    let state = this.state()?;
    let who = match who {
        Some(who) => who,
        None if which == PRIO_PROCESS => match state.child.get() {
            None => 0,
            Some(child) if is_started(child) => i64::from(child.pid),
            // Another process may have this pid now.
            Some(_) => return Err(outcome::silent(Errno::ESRCH)),
        },
        None => return Err(outcome::warning("$who parameter must not be null")),
    };
    let who = u32::try_from(who).map_err(|_| outcome::silent(Errno::ESRCH))?;
    Ok((i32::try_from(which).unwrap_or(-1), who))
}
