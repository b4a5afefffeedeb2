//! `Pool::stats()`.

use super::state::Pool;
use crate::os::process::{self, Pid};
use crate::rt::pool::scoreboard::{Row, State};
use crate::zend::arrays::NewArray;
use crate::zend::errors::Outcome;
use crate::zend::globals;
use crate::zend::object::This;

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The state of the pool and of each of its workers.
pub(super) fn get(this: This<'_, Pool>) -> Outcome<NewArray> {
    let state = this.state()?;
    let (master, is_ending, own, rows) = globals::with(|runtime| {
        let own = runtime.pools.worker(state.token).map(|worker| worker.number());
        let master = runtime.pools.master_pid(state.token);
        let board = runtime.pools.board(state.token);
        let is_ending = board.is_some_and(|board| board.is_ending());
        let rows: Vec<(usize, Row)> = board
            .map(|board| {
                let rows = (0..board.reach()).filter_map(|id| Some((id, board.row(id)?)));
                // Those that a resize has removed are gone with their processes.
                rows.filter(|(id, row)| *id < board.size() || row.pid.is_some()).collect()
            })
            .unwrap_or_default();
        (master, is_ending, own, rows)
    });
    let total = |of: fn(&Row) -> u64| number(rows.iter().map(|(_, row)| of(row)).sum());
    let mut workers = NewArray::with_capacity(u32::try_from(rows.len()).unwrap_or(0));
    for (id, row) in &rows {
        let name = match row.state {
            // The master may not have published yet that this process runs.
            State::Waiting if own == Some(*id) => "running",
            State::Waiting => "waiting",
            State::Running => "running",
            State::Stopping => "stopping",
            State::Ended => "ended",
        };
        // A process that has just exited has none.
        let memory = row.pid.and_then(|pid| process::resident(pid).ok());
        workers.push(
            NewArray::with_capacity(8)
                .with("id", i64::try_from(*id).unwrap_or(i64::MAX))
                .with("name", state.name(*id))
                .with("state", name)
                .with("pid", row.pid)
                .with("started", row.pid.map(|_| row.started as f64 / 1e6))
                .with("restarts", number(row.restarts))
                .with("messages", number(row.messages))
                .with("memory", memory.map(number)),
        );
    }
    let pool_state = match master {
        None => "stopped",
        Some(_) if is_ending => "stopping",
        Some(_) => "running",
    };
    Ok(shape(pool_state, master)
        .with("restarts", total(|row| row.restarts))
        .with("messages", total(|row| row.messages))
        .with("workers", workers))
}

fn shape(state: &str, master: Option<Pid>) -> NewArray {
    NewArray::with_capacity(5).with("state", state).with("master_pid", master)
}

/// The state of a pool that has not started.
pub(super) fn of_none() -> NewArray {
    shape("stopped", None).with("restarts", 0).with("messages", 0).with("workers", NewArray::with_capacity(0))
}
