//! The scoreboard: shared memory in which master and workers of a pool publish their state.
//!
//! Each number has one writer, the master or the worker of the row, or several that write the same value.

use crate::os::Result;
use crate::os::process::Pid;
use crate::os::shared::SharedWords;
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers in a row. No two rows share a cache line.
const ROW: usize = 16;

/// The index of a number in its row.
#[derive(Clone, Copy)]
enum Place {
    /// The pid, written by the master, and by the worker itself when it begins.
    Pid,
    /// When it was started, in microseconds since 1970, written likewise.
    Started,
    /// How often the worker was restarted, written likewise.
    Restarts,
    /// The state of the worker, written by the master.
    State,
    /// Messages handled by all processes of this worker together, written by the present one.
    Messages,
    /// The process that has left the pool, until the master has seen it.
    Detached,
    /// When the process was asked to stop, written by the master: one more than the microseconds since the beginning of
    /// the pool. 0: not asked.
    Asked,
    /// Whether the process has received a message: 1, or 2 when it exits because of its number of messages. The master
    /// clears this and the next two before it forks.
    Worked,
    /// The phase of the process.
    Phase,
    /// Where the process waits for room.
    Waits,
    /// When the process was forked, written by the master, in microseconds since the beginning of the pool.
    Forked,
    /// Whether a member wants the worker to be replaced.
    Replace,
    /// Messages that processes of this worker have finished after they had left the pool. Each of them adds its own.
    Former,
}

/// The row of the pool itself.
const POOL: usize = 0;
/// In the pool's row: whether the whole pool stops.
const ENDING: usize = 0;
/// In the pool's row: one more than the first user id that a member has changed to; 0: none. Written by the first such
/// member.
const USER: usize = 1;
/// In the pool's row: whether members have several user ids. All writers write the same.
const USERS: usize = 2;
/// In the pool's row: the number of workers that it has now, written by the master.
const SIZE: usize = 3;
/// In the pool's row: the largest number of workers that it has had, written by the master.
const REACH: usize = 4;
/// In the pool's row: workers from this number on stop as if the whole pool stopped: they handle what waits for them.
const DRAINS: usize = 5;
/// In the pool's row: one more than the number of workers that a member wants; 0: no wish.
const WANTED: usize = 6;

/// The state of a worker, as the master sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has no process: not started yet, waiting for its restart, or gone for good.
    Waiting,
    /// Its process runs.
    Running,
    /// Its process was asked to stop.
    Stopping,
    /// It has ended for good by its rule.
    Ended,
}

/// The phase of a worker's process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has not reached its first message.
    Starting,
    /// It handles messages, or waits for them.
    Serving,
    /// It takes no more messages.
    Ending,
}

/// Where a worker waits for room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Nowhere.
    ForNothing,
    /// In the pool's queue.
    ForQueue,
    /// In the socket of a worker.
    ForWorker(usize),
}

/// The published state of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its state.
    pub state: State,
    /// The pid of its process; `None` when there is none.
    pub pid: Option<Pid>,
    /// When that process was started, in microseconds since 1970.
    pub started: u64,
    /// How often it was restarted.
    pub restarts: u64,
    /// Messages handled by all its processes.
    pub messages: u64,
}

/// The shared memory of a pool.
#[derive(Debug)]
pub struct Scoreboard {
    words: SharedWords,
    capacity: usize,
}

impl Scoreboard {
    /// A scoreboard for `workers` workers, with room for up to `most`. `ENOMEM` when there is no memory for it.
    pub fn new(workers: usize, most: usize) -> Result<Scoreboard> {
        let capacity = most.max(workers);
        let words = SharedWords::new(capacity.saturating_add(1).saturating_mul(ROW))?;
        let board = Scoreboard { words, capacity };
        board.note_size(workers, false);
        Ok(board)
    }

    /// The largest number of workers that there is room for.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// The number of workers that the pool has now.
    pub fn size(&self) -> usize {
        self.of_pool(SIZE)
    }

    /// The largest number of workers that the pool has had. The numbers of all processes are below.
    pub fn reach(&self) -> usize {
        self.of_pool(REACH)
    }

    fn of_pool(&self, index: usize) -> usize {
        let number = self.words.get(POOL * ROW + index).map_or(0, |word| word.load(Ordering::Acquire));
        usize::try_from(number).unwrap_or(usize::MAX)
    }

    fn put_of_pool(&self, index: usize, number: usize) {
        if let Some(word) = self.words.get(POOL * ROW + index) {
            word.store(u64::try_from(number).unwrap_or(u64::MAX), Ordering::Release);
        }
    }

    /// By the master: the pool has this number of workers now. With `drains`, the workers that it has lost handle what
    /// waits for them before they exit. Called before they are asked to stop.
    pub fn note_size(&self, workers: usize, drains: bool) {
        self.put_of_pool(DRAINS, if drains { workers } else { usize::MAX });
        self.put_of_pool(SIZE, workers);
        self.put_of_pool(REACH, workers.max(self.reach()));
    }

    /// By a member: the pool is to have this number of workers.
    pub fn want_size(&self, workers: usize) {
        self.put_of_pool(WANTED, workers.saturating_add(1));
    }

    /// By the master: the number of workers that a member wants, if there is a new wish.
    pub fn take_wanted_size(&self) -> Option<usize> {
        let word = self.words.get(POOL * ROW + WANTED)?;
        usize::try_from(word.swap(0, Ordering::AcqRel)).ok()?.checked_sub(1)
    }

    /// By a member: this worker is to be replaced.
    pub fn want_replaced(&self, worker: usize) {
        if let Some(word) = self.word(worker, Place::Replace) {
            word.store(1, Ordering::Release);
        }
    }

    /// By the master: the workers that members want to be replaced.
    pub fn take_wanted_replaced(&self) -> Vec<usize> {
        let is_wanted = |worker: &usize| {
            self.word(*worker, Place::Replace).is_some_and(|word| word.swap(0, Ordering::AcqRel) != 0)
        };
        (0..self.reach()).filter(is_wanted).collect()
    }

    fn word(&self, worker: usize, place: Place) -> Option<&AtomicU64> {
        (worker < self.capacity).then(|| self.words.get((worker + 1) * ROW + place as usize))?
    }

    fn put(&self, worker: usize, place: Place, value: u64) {
        if let Some(word) = self.word(worker, place) {
            word.store(value, Ordering::Relaxed);
        }
    }

    fn get(&self, worker: usize, place: Place) -> u64 {
        self.word(worker, place).map_or(0, |word| word.load(Ordering::Relaxed))
    }

    /// The published state of a worker; `None` when there is no such worker.
    pub fn row(&self, worker: usize) -> Option<Row> {
        if worker >= self.capacity {
            return None;
        }
        let pid = Pid::try_from(self.get(worker, Place::Pid)).ok().filter(|&pid| pid > 0);
        let state = match self.get(worker, Place::State) {
            0 => State::Waiting,
            1 => State::Running,
            2 => State::Stopping,
            _ => State::Ended,
        };
        Some(Row {
            state,
            pid,
            started: self.get(worker, Place::Started),
            restarts: self.get(worker, Place::Restarts),
            messages: self.get(worker, Place::Messages) + self.get(worker, Place::Former),
        })
    }

    /// By the master and the worker itself: the worker runs as `pid` since `at`, in microseconds since 1970, after
    /// `restarts` others.
    pub fn note_start(&self, worker: usize, pid: Pid, at: u64, restarts: u64) {
        self.put(worker, Place::Pid, u64::try_from(pid).unwrap_or(0));
        self.put(worker, Place::Started, at);
        self.put(worker, Place::Restarts, restarts);
    }

    /// By the master: the process of a worker is asked to stop, `since` microseconds after the beginning of the pool.
    /// Called before the signal is sent.
    pub fn note_asked(&self, worker: usize, since: u64) {
        self.put(worker, Place::Asked, since.saturating_add(1));
    }

    /// By a worker: when the master asked it to stop, as noted by [`Scoreboard::note_asked`].
    pub fn asked(&self, worker: usize) -> Option<u64> {
        self.get(worker, Place::Asked).checked_sub(1)
    }

    /// By the master: the state of a worker, and how often it was restarted.
    pub fn note_state(&self, worker: usize, state: State, restarts: u64) {
        let state_number = match state {
            State::Waiting => 0,
            State::Running => 1,
            State::Stopping => 2,
            State::Ended => 3,
        };
        self.put(worker, Place::State, state_number);
        self.put(worker, Place::Restarts, restarts);
        if matches!(state, State::Waiting | State::Ended) {
            self.put(worker, Place::Pid, 0);
        }
    }

    /// By a worker: its process has received a message.
    #[inline]
    pub fn note_work(&self, worker: usize) {
        self.put(worker, Place::Worked, 1);
    }

    /// By a worker: its process exits because of its number of messages.
    pub fn note_recycled(&self, worker: usize) {
        self.put(worker, Place::Worked, 2);
    }

    /// By the master: whether the process of a worker exits because of its number of messages.
    pub fn is_recycled(&self, worker: usize) -> bool {
        self.get(worker, Place::Worked) == 2
    }

    /// By the master, before it forks a process for this worker, `at` microseconds after the beginning of the pool.
    /// Resets the fields of the previous process.
    pub fn note_fork(&self, worker: usize, at: u64) {
        self.put(worker, Place::Forked, at);
        for place in [Place::Asked, Place::Worked, Place::Phase, Place::Waits] {
            self.put(worker, place, 0);
        }
    }

    /// When the process of a worker was forked, as noted by [`Scoreboard::note_fork`].
    pub fn forked(&self, worker: usize) -> u64 {
        self.get(worker, Place::Forked)
    }

    /// By a worker: its phase.
    pub fn note_phase(&self, worker: usize, phase: Phase) {
        let number = match phase {
            Phase::Starting => 0,
            Phase::Serving => 1,
            Phase::Ending => 2,
        };
        self.put(worker, Place::Phase, number);
    }

    /// The phase of a worker.
    pub fn phase(&self, worker: usize) -> Phase {
        match self.get(worker, Place::Phase) {
            0 => Phase::Starting,
            1 => Phase::Serving,
            _ => Phase::Ending,
        }
    }

    /// By a worker: where it is about to wait for room. It notes this before it checks the others, so of workers that
    /// do this at the same moment at least one sees the other.
    pub fn note_waits(&self, worker: usize, waits: Waits) {
        let number = match waits {
            Waits::ForNothing => 0,
            Waits::ForQueue => 1,
            Waits::ForWorker(other) => u64::try_from(other).unwrap_or(u64::MAX).saturating_add(2),
        };
        if let Some(word) = self.word(worker, Place::Waits) {
            word.store(number, Ordering::SeqCst);
        }
    }

    /// Where a worker waits for room.
    pub fn waits(&self, worker: usize) -> Waits {
        match self.word(worker, Place::Waits).map_or(0, |word| word.load(Ordering::SeqCst)) {
            0 => Waits::ForNothing,
            1 => Waits::ForQueue,
            number => Waits::ForWorker(usize::try_from(number - 2).unwrap_or(usize::MAX)),
        }
    }

    /// By the master: whether the process of a worker has received a message.
    pub fn has_worked(&self, worker: usize) -> bool {
        self.get(worker, Place::Worked) != 0
    }

    /// By a worker: it has handled one more message.
    #[inline]
    pub fn note_message(&self, worker: usize) {
        if let Some(word) = self.word(worker, Place::Messages) {
            // No other process writes here. An atomic addition would wait for the memory.
            word.store(word.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        }
    }

    /// By a process that has left the pool: it has finished its last message. The next process of the worker may count
    /// at the same time.
    #[cold]
    pub fn note_message_of_former(&self, worker: usize) {
        if let Some(word) = self.word(worker, Place::Former) {
            word.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// By a worker: the process `pid` leaves the pool.
    pub fn detach(&self, worker: usize, pid: Pid) {
        if let Some(word) = self.word(worker, Place::Detached) {
            word.store(u64::try_from(pid).unwrap_or(0), Ordering::Release);
        }
    }

    /// By the master: returns the processes that have left the pool since the last call.
    pub fn take_detached(&self) -> Vec<Pid> {
        (0..self.reach())
            .filter_map(|worker| self.word(worker, Place::Detached))
            .filter_map(|word| Pid::try_from(word.swap(0, Ordering::AcqRel)).ok().filter(|&pid| pid > 0))
            .collect()
    }

    /// By the master: the whole pool stops.
    pub fn end(&self) {
        if let Some(word) = self.words.get(POOL * ROW + ENDING) {
            word.store(1, Ordering::Release);
        }
    }

    /// By a member that is about to change to this user.
    pub fn note_user(&self, user: u32) {
        let user = u64::from(user) + 1;
        let first = self.words.get(POOL * ROW + USER);
        let first = first.map(|word| word.compare_exchange(0, user, Ordering::SeqCst, Ordering::SeqCst));
        if first.is_some_and(|first| first.is_err_and(|first| first != user))
            && let Some(word) = self.words.get(POOL * ROW + USERS)
        {
            word.store(1, Ordering::SeqCst);
        }
    }

    /// Whether members have several user ids.
    pub fn has_users(&self) -> bool {
        self.words.get(POOL * ROW + USERS).is_some_and(|word| word.load(Ordering::SeqCst) != 0)
    }

    /// Whether the whole pool stops.
    pub fn is_ending(&self) -> bool {
        self.words.get(POOL * ROW + ENDING).is_some_and(|word| word.load(Ordering::Acquire) != 0)
    }

    /// Whether a worker that is asked to stop handles what waits for it, because no other process will.
    pub fn is_ending_for(&self, worker: usize) -> bool {
        self.is_ending() || worker >= self.of_pool(DRAINS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_about_its_worker_only() {
        let board = Scoreboard::new(2, 2).unwrap();
        board.note_start(1, 42, 7, 0);
        board.note_state(1, State::Running, 3);
        board.note_message(1);
        board.note_message_of_former(1);
        let empty = Row { state: State::Waiting, pid: None, started: 0, restarts: 0, messages: 0 };
        assert_eq!(board.row(0), Some(empty));
        let row = Row { state: State::Running, pid: Some(42), started: 7, restarts: 3, messages: 2 };
        assert_eq!(board.row(1), Some(row));
        assert_eq!(board.row(2), None);
        board.note_state(1, State::Waiting, 4);
        assert_eq!(board.row(1).and_then(|row| row.pid), None);
    }

    #[test]
    fn who_is_asked_to_stop_knows_since_when() {
        let board = Scoreboard::new(2, 2).unwrap();
        assert_eq!(board.asked(0), None);
        board.note_asked(0, 0);
        board.note_asked(1, 7);
        assert_eq!([0, 1, 2].map(|worker| board.asked(worker)), [Some(0), Some(7), None]);
        board.note_fork(1, 0);
        assert_eq!(board.asked(1), None);
    }

    #[test]
    fn a_process_that_was_just_forked_has_not_worked() {
        let board = Scoreboard::new(2, 2).unwrap();
        board.note_work(1);
        assert_eq!([0, 1, 2].map(|worker| board.has_worked(worker)), [false, true, false]);
        board.note_phase(1, Phase::Ending);
        board.note_waits(1, Waits::ForQueue);
        assert_eq!((board.phase(1), board.waits(1)), (Phase::Ending, Waits::ForQueue));
        board.note_fork(1, 7);
        assert!(!board.has_worked(1));
        assert_eq!(
            (board.phase(1), board.waits(1), board.forked(1)),
            (Phase::Starting, Waits::ForNothing, 7)
        );
        board.note_waits(1, Waits::ForWorker(0));
        assert_eq!(board.waits(1), Waits::ForWorker(0));
    }

    #[test]
    fn wishes_of_members_are_told_once() {
        let board = Scoreboard::new(2, 4).unwrap();
        assert_eq!((board.size(), board.reach(), board.capacity()), (2, 2, 4));
        assert_eq!((board.take_wanted_size(), board.take_wanted_replaced()), (None, vec![]));
        board.want_size(0);
        board.want_replaced(1);
        board.want_replaced(9);
        assert_eq!((board.take_wanted_size(), board.take_wanted_replaced()), (Some(0), vec![1]));
        assert_eq!((board.take_wanted_size(), board.take_wanted_replaced()), (None, vec![]));
    }

    #[test]
    fn workers_that_the_pool_has_lost_handle_what_waits_for_them() {
        let board = Scoreboard::new(3, 8).unwrap();
        assert_eq!([0, 7].map(|worker| board.is_ending_for(worker)), [false, false]);
        board.note_size(1, true);
        assert_eq!([0, 1, 2].map(|worker| board.is_ending_for(worker)), [false, true, true]);
        assert_eq!((board.size(), board.reach()), (1, 3));
        board.note_size(8, false);
        assert_eq!((board.size(), board.reach(), board.is_ending_for(2)), (8, 8, false));
        board.end();
        assert!(board.is_ending_for(0));
    }

    #[test]
    fn one_user_is_one_however_often_it_is_told() {
        let board = Scoreboard::new(1, 1).unwrap();
        board.note_user(0);
        board.note_user(0);
        assert!(!board.has_users());
        board.note_user(7);
        assert!(board.has_users());
    }

    #[test]
    fn who_has_left_is_told_once() {
        let board = Scoreboard::new(3, 3).unwrap();
        board.detach(0, 7);
        board.detach(2, 9);
        assert_eq!(board.take_detached(), [7, 9]);
        assert!(board.take_detached().is_empty());
        assert!(!board.is_ending());
        board.end();
        assert!(board.is_ending());
    }
}
