//! How long a coroutine may run: without yielding, and in total.
//!
//! A clock ticks while coroutines use the processor. A coroutine that has run for some whole ticks is preempted. A
//! coroutine whose deadline has passed is ended, wherever it is.

use crate::rt::core::scheduler::{SLICE, Scheduler};
use std::time::Instant;

/// What the running coroutine does at a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Continue.
    GoOn,
    /// Yield to others. It may be a while until the coroutine continues.
    Yield,
    /// End: its deadline has passed. This is reported once.
    End,
}

impl Scheduler {
    /// Sets the deadline of the running coroutine, or removes it. False in the main program.
    pub fn set_deadline(&mut self, deadline: Option<Instant>) -> bool {
        let Some(running) = self.running.and_then(|slot| self.coroutines.get_mut(slot)) else { return false };
        self.limited += usize::from(deadline.is_some());
        self.limited -= usize::from(running.deadline.is_some());
        running.deadline = deadline;
        true
    }

    /// The deadline of the running coroutine.
    #[inline]
    pub fn deadline(&self) -> Option<Instant> {
        if self.limited == 0 {
            return None;
        }
        self.coroutines.get(self.running?)?.deadline
    }

    /// Whether any coroutine has a deadline.
    pub fn has_deadlines(&self) -> bool {
        self.limited > 0
    }

    /// Whether the deadline of the running coroutine has passed. True once: the deadline is then removed.
    pub fn take_overrun(&mut self, now: Instant) -> bool {
        let is_over = self.deadline().is_some_and(|deadline| deadline <= now);
        is_over && self.set_deadline(None)
    }

    /// Sets whether the running coroutine is exempt from preemption. Returns whether this changed.
    pub fn set_preempt_disabled(&mut self, preempt_disabled: bool) -> bool {
        let running = self.running.and_then(|slot| self.coroutines.get_mut(slot));
        running.is_some_and(|running| {
            std::mem::replace(&mut running.preempt_disabled, preempt_disabled) != preempt_disabled
        })
    }

    /// The clock has ticked.
    pub fn tick(&mut self, now: Instant) -> Tick {
        self.ticks += 1;
        if self.take_overrun(now) {
            return Tick::End;
        }
        match self.running.and_then(|slot| self.coroutines.get(slot)) {
            Some(running) if !running.preempt_disabled && self.ticks > running.entered + SLICE => Tick::Yield,
            _ => Tick::GoOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt::core::scheduler::ResumeError;
    use crate::rt::core::wait::WaitKind;
    use std::time::Duration;

    #[test]
    fn one_that_runs_for_whole_ticks_is_to_give_way_and_one_that_waits_begins_anew() {
        let now = Instant::now();
        let mut coroutines = Scheduler::default();
        let (slot, _) = coroutines.create(now);
        coroutines.enter(slot);
        let ticks: Vec<Tick> = (0..3).map(|_| coroutines.tick(now)).collect();
        assert_eq!(ticks, [Tick::GoOn, Tick::GoOn, Tick::Yield]);
        coroutines.leave(slot);
        coroutines.enter(slot);
        assert_eq!(coroutines.tick(now), Tick::GoOn);
    }

    #[test]
    fn one_that_is_not_preempted_goes_on() {
        let now = Instant::now();
        let mut coroutines = Scheduler::default();
        assert!(!coroutines.set_preempt_disabled(true));
        let (slot, _) = coroutines.create(now);
        coroutines.enter(slot);
        assert!(coroutines.set_preempt_disabled(true) && !coroutines.set_preempt_disabled(true));
        assert!((0..9).all(|_| coroutines.tick(now) == Tick::GoOn));
        assert!(coroutines.set_preempt_disabled(false));
        assert_eq!(coroutines.tick(now), Tick::Yield);
    }

    #[test]
    fn a_deadline_is_told_once_and_goes_with_its_coroutine() {
        let now = Instant::now();
        let mut coroutines = Scheduler::default();
        assert!(!coroutines.set_deadline(Some(now)));
        let (slot, _) = coroutines.create(now);
        coroutines.enter(slot);
        assert!(coroutines.set_deadline(Some(now + Duration::from_secs(1))));
        assert_eq!(coroutines.tick(now), Tick::GoOn);
        assert_eq!(coroutines.tick(now + Duration::from_secs(1)), Tick::End);
        assert!(!coroutines.has_deadlines() && !coroutines.take_overrun(now + Duration::from_secs(2)));
        assert!(coroutines.set_deadline(Some(now)) && coroutines.set_deadline(Some(now)));
        coroutines.end(slot);
        assert!(!coroutines.has_deadlines());
    }

    #[test]
    fn one_that_was_made_to_give_way_cannot_be_cancelled() {
        let now = Instant::now();
        let mut coroutines = Scheduler::default();
        let (slot, cid) = coroutines.create(now);
        coroutines.enter(slot);
        let waiter = coroutines.begin_wait(WaitKind::Turn).unwrap();
        assert_eq!(coroutines.wait_to_cancel(cid), Err(ResumeError::Waits));
        assert_eq!(coroutines.resume(cid, |_| ()), Err(ResumeError::Waits));
        assert!(coroutines.is_waiting(waiter));
        // Only the end of the request ends the wait.
        assert_eq!(coroutines.abandon_waiting(), [slot]);
        assert!(!coroutines.is_waiting(waiter));
    }
}
