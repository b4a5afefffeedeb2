//! `Pool::stats()`.

use super::state::Pool;
use crate::os::process;
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
        let rows: Vec<Row> = board
            .map(|board| (0..state.workers).filter_map(|worker| board.row(worker)).collect())
            .unwrap_or_default();
        (master, is_ending, own, rows)
    });
    let total = |of: fn(&Row) -> u64| number(rows.iter().map(of).sum());
    let mut workers = NewArray::with_capacity(u32::try_from(rows.len()).unwrap_or(0));
    for (id, row) in rows.iter().enumerate() {
        let name = match row.state {
            // The master may not have published yet that this process runs.
            State::Waiting if own == Some(id) => "running",
            State::Waiting => "waiting",
            State::Running => "running",
            State::Stopping => "stopping",
        };
        // A process that has just exited has none.
        let memory = row.pid.and_then(|pid| process::resident(pid).ok());
        workers.push(
            NewArray::with_capacity(6)
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
    Ok(NewArray::with_capacity(5)
        .with("state", pool_state)
        .with("master_pid", master)
        .with("restarts", total(|row| row.restarts))
        .with("messages", total(|row| row.messages))
        .with("workers", workers))
}
