//! A lock for coroutines: a coroutine that has to wait yields, and gets the lock in the order of arrival.
//!
//! An unlock hands the lock to the first waiter, so no coroutine overtakes. When a holder ends without unlocking, the
//! scheduler wakes the first waiter.
//!
//! A lock that is shared with other processes is also held by the process. The coroutines of one process agree first,
//! as above. Then the coroutine whose turn it is tries to lock for the process, at intervals. The kernel has no
//! descriptor that reports a lock; a descriptor of our own would be needed for each lock, and what a killed process has
//! not written to it would be lost.

use crate::rt::core::clock::WaitEnv;
use crate::rt::core::clock::now;
use crate::rt::core::switch::{self, Stacks, Stop};
use crate::rt::core::wait::{Cid, WaitKind, Waiter, Wake};
use crate::rt::shared::lock::{AcquireError, Acquisition, Lock as Shared, Mode, WaitLimit};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

/// The shortest and the longest interval of tries for a lock that another process holds.
const RETRY: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(5)];

/// A lock. Its holder may take it again; one unlock is enough then.
///
/// The caller of a method keeps the lock alive until the method returns.
#[derive(Debug, Default)]
pub struct Lock {
    state: RefCell<State>,
    shared: Option<Shared>,
}

#[derive(Debug, Default)]
struct State {
    holder: Option<Cid>,
    queue: VecDeque<(Cid, Waiter)>,
}

/// Why the lock was not taken or released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockError {
    /// Another coroutine holds it, or another process.
    Busy,
    /// The running coroutine does not hold it.
    NotHeld,
    /// The call had to wait, and the wait gave no result.
    Stopped(Stop),
}

impl From<Stop> for LockError {
    fn from(stop: Stop) -> LockError {
        LockError::Stopped(stop)
    }
}

impl Lock {
    /// A lock between the coroutines of several processes: `shared` excludes the processes.
    pub fn shared(shared: Shared) -> Lock {
        Lock { state: RefCell::default(), shared: Some(shared) }
    }

    /// Takes the lock. `waits` says whether to wait for it.
    pub fn lock<S: Stacks>(&self, waits: bool) -> Result<Acquisition, LockError> {
        let cid = current::<S>()?;
        let own = self.own::<S>(cid, waits)?;
        let Some(shared) = &self.shared else { return Ok(own) };
        if shared.is_held() {
            return Ok(own);
        }
        // The holder that has ended may be a coroutine of the parent, which lives on there.
        match take_for_process::<S>(shared, waits) {
            Ok(taken) => Ok(taken),
            Err(LockError::Stopped(stop @ (Stop::Failed | Stop::Woken(Wake::Unwound)))) => Err(stop.into()),
            Err(refused) => {
                self.hand_over::<S>()?;
                Err(refused)
            }
        }
    }

    /// Takes it among the coroutines of this process.
    fn own<S: Stacks>(&self, cid: Cid, waits: bool) -> Result<Acquisition, LockError> {
        let mut state = self.state.borrow_mut();
        if state.holder == Some(cid) {
            return Ok(Acquisition::Clean);
        }
        state.forget_lost::<S>();
        if state.queue.is_empty() {
            match state.holder {
                None => {
                    state.holder = Some(cid);
                    return Ok(Acquisition::Clean);
                }
                Some(holder) if !is_alive::<S>(holder) => {
                    state.holder = Some(cid);
                    return Ok(Acquisition::OwnerDied);
                }
                Some(_) => {}
            }
        }
        if !waits {
            return Err(LockError::Busy);
        }
        drop(state);
        self.wait::<S>(cid)
    }

    #[cold]
    fn wait<S: Stacks>(&self, cid: Cid) -> Result<Acquisition, LockError> {
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, None)?;
        {
            let mut state = self.state.borrow_mut();
            state.queue.push_back((cid, waiter));
            state.watch_holder::<S>();
        }
        let wake = switch::suspend::<S>(waiter);
        let mut state = self.state.borrow_mut();
        if state.queue.front().is_some_and(|(_, first)| *first == waiter) {
            state.queue.pop_front();
        } else if wake != Wake::Ready {
            // A waiter that gets the lock is the first one, or was removed by `hand_over`.
            state.queue.retain(|(_, other)| *other != waiter);
        }
        if wake == Wake::Unwound {
            return Err(Stop::Woken(wake).into());
        }
        let is_mine = state.holder == Some(cid);
        if wake == Wake::Ready {
            state.holder = Some(cid);
            state.watch_holder::<S>();
            // A waiter that is woken without the lock has been woken by the end of the holder.
            return Ok(if is_mine { Acquisition::Clean } else { Acquisition::OwnerDied });
        }
        state.watch_holder::<S>();
        drop(state);
        if is_mine {
            // The lock was handed over in the moment in which the wait was given up.
            self.hand_over::<S>()?;
        }
        Err(Stop::Woken(wake).into())
    }

    /// Releases the lock. The next holder has run when this returns.
    pub fn unlock<S: Stacks>(&self) -> Result<(), LockError> {
        let cid = current::<S>()?;
        if self.state.borrow().holder != Some(cid) {
            return Err(LockError::NotHeld);
        }
        let was_held = self.shared.as_ref().is_none_or(Shared::unlock);
        self.hand_over::<S>()?;
        // In a forked child the process does not hold what its coroutine held in the parent.
        if was_held { Ok(()) } else { Err(LockError::NotHeld) }
    }

    /// Hands the lock to the first waiter, if there is one.
    fn hand_over<S: Stacks>(&self) -> Result<(), Stop> {
        let mut state = self.state.borrow_mut();
        state.forget_lost::<S>();
        let next = state.queue.pop_front();
        state.holder = next.map(|(cid, _)| cid);
        state.watch_holder::<S>();
        drop(state);
        match next {
            Some((_, waiter)) => switch::wake_when_possible::<S>(waiter, Wake::Ready),
            None => Ok(()),
        }
    }
}

impl State {
    /// Removes invalid waiters in front: in a forked child, those of the parent's coroutines.
    fn forget_lost<S: Stacks>(&mut self) {
        while let Some((_, waiter)) = self.queue.front()
            && !S::core(|core| core.scheduler.is_waiting(*waiter))
        {
            self.queue.pop_front();
        }
    }

    /// Makes the scheduler wake the first waiter at the end of the holder, or soon when it has ended: the waiter before
    /// this one may have been cancelled after the scheduler chose it.
    fn watch_holder<S: Stacks>(&mut self) {
        let (Some(holder), Some(&(_, waiter))) = (self.holder, self.queue.front()) else { return };
        if is_alive::<S>(holder) {
            S::core(|core| core.scheduler.watch_end(holder, waiter));
        } else {
            switch::wake_later::<S>(waiter);
        }
    }
}

fn current<S: Stacks>() -> Result<Cid, Stop> {
    S::core(|core| core.scheduler.current()).ok_or(Stop::Outside)
}

fn is_alive<S: Stacks>(cid: Cid) -> bool {
    S::core(|core| core.scheduler.slot(cid)).is_some()
}

/// Takes a lock for this process. Called by the coroutine whose turn it is.
fn take_for_process<S: Stacks>(shared: &Shared, waits: bool) -> Result<Acquisition, LockError> {
    let [mut pause, longest] = RETRY;
    loop {
        let env = WaitEnv::UNINTERRUPTED;
        match shared.lock(Mode::Exclusive, WaitLimit::None, env) {
            Ok(taken) => return Ok(taken),
            Err(_) if !waits => return Err(LockError::Busy),
            Err(
                AcquireError::Busy
                | AcquireError::TimedOut
                | AcquireError::Deadlock
                | AcquireError::Full
                | AcquireError::Pause,
            ) => {}
            Err(AcquireError::Failed(_)) => return Err(LockError::Busy),
        }
        let waiter = switch::begin_wait_or_stop::<S>(WaitKind::Event, Some(pause))?;
        match switch::suspend::<S>(waiter) {
            Wake::TimedOut if !is_over::<S>() => {}
            wake => return Err(Stop::Woken(wake).into()),
        }
        pause = (pause * 2).min(longest);
    }
}

/// Whether the deadline of the running coroutine has passed.
fn is_over<S: Stacks>() -> bool {
    S::core(|core| core.scheduler.deadline()).is_some_and(|deadline| deadline <= now())
}
