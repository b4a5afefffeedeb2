//! What a script asks of a pool that runs: `shutdown`, `resize`, `restart`, `renewTemplate`.

use super::plan::most_workers;
use super::state::{Event, Pool};
use crate::os::Errno;
use crate::os::signal::SIGTERM;
use crate::php::outcome;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;

/// Asks the master to stop the pool.
pub(super) fn shutdown(this: This<'_, Pool>) -> Outcome<bool> {
    let state = this.state()?;
    let master = globals::with(|runtime| runtime.pools.master_pid(state.token));
    let master = master.ok_or_else(|| outcome::invalid("The process pool is not started"))?;
    match globals::with(|runtime| runtime.pools.ask_to_stop(state.token)) {
        Ok(()) => Ok(true),
        Err(Errno::ESRCH) => Err(outcome::silent(Errno::ESRCH)),
        Err(errno) => Err(outcome::system(format!("kill({master}, {SIGTERM})"), errno)),
    }
}

/// Asks the master to change the number of workers.
pub(super) fn resize(this: This<'_, Pool>, workers: i64) -> Outcome<bool> {
    let state = this.state()?;
    let wanted =
        usize::try_from(workers).map_err(|_| outcome::invalid("the number of workers is negative"))?;
    match globals::with(|runtime| runtime.pools.ask_to_resize(state.token, wanted)) {
        Ok(()) => Ok(true),
        Err(Errno::EINVAL) => {
            outcome::note(Errno::EINVAL);
            let most = most_workers(state);
            Err(outcome::warning(format!(
                "the pool has room for {most} workers, {workers} are wanted: see max_workers"
            )))
        }
        Err(errno) => Err(not_asked(errno)),
    }
}

/// Asks the master to replace a worker, as a reload does.
pub(super) fn restart(this: This<'_, Pool>, worker: i64) -> Outcome<bool> {
    let state = this.state()?;
    let number = usize::try_from(worker).unwrap_or(usize::MAX);
    match globals::with(|runtime| runtime.pools.ask_to_replace(state.token, number)) {
        Ok(()) => Ok(true),
        Err(Errno::ENOENT) => Err(outcome::warning(format!("invalid worker_id[{worker}]"))),
        Err(errno) => Err(not_asked(errno)),
    }
}

/// Requests another template, from which workers are forked as soon as it has booted.
pub(super) fn renew_template(this: This<'_, Pool>) -> Outcome<bool> {
    let state = this.state()?;
    if !state.has(Event::TemplateStart) {
        return Err(outcome::invalid("the process pool has no template"));
    }
    if globals::with(|runtime| runtime.pools.master(state.token).is_none_or(|master| master.is_stopping())) {
        return Err(outcome::invalid("only the master of a running process pool can renew its template"));
    }
    globals::with(|runtime| runtime.pools.renew_template(state.token, false));
    Ok(true)
}

fn not_asked(errno: Errno) -> Failure {
    if errno == Errno::ESRCH { outcome::silent(errno) } else { outcome::system("kill()", errno) }
}
