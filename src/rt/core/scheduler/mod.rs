//! The scheduler: which coroutine runs, which ones wait, and which one continues when one yields.
//!
//! A coroutine runs on top of its resumer; at the bottom is the main program. When it yields or ends, its resumer
//! continues immediately. There is no queue of runnable coroutines: whatever ends a wait switches to the coroutine that
//! waited. This file tracks the states; `rt::core::switch` switches the stacks.

mod places;
pub mod preemption;

use crate::rt::core::timers::TimerId;
use crate::rt::core::wait::{Cid, Slot, WaitKind, Waiter, Wake};
use places::Places;
use slab::Slab;
use std::collections::{BTreeSet, VecDeque};
use std::time::Instant;

/// Why a coroutine cannot be cancelled or resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeError {
    /// No coroutine has this number.
    Unknown,
    /// It runs, or it has resumed the running one.
    Runs,
    /// It waits for something other than a resume.
    Waits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Created, not yet entered.
    New,
    /// It runs, or it has resumed the running one.
    Runs,
    Waits {
        serial: u64,
        on: WaitKind,
        limit: Option<TimerId>,
    },
    /// Nothing will end its wait: it waits in the parent of this process, or the request ends. Its number is no longer
    /// known. Its stack may be unwound.
    Abandoned,
}

#[derive(Debug)]
struct Coroutine {
    cid: Cid,
    parent: Option<Cid>,
    /// The coroutine that continues when this one yields; `None` is the main program.
    resumed_by: Option<Slot>,
    state: State,
    /// How its last wait ended.
    wake: Wake,
    started: Instant,
    /// The waiter that continues when this coroutine has ended.
    joiner: Option<Waiter>,
    /// The number of coroutines whose end it still waits for.
    joins: usize,
    /// When its time is over.
    deadline: Option<Instant>,
    /// The tick in which it was last entered.
    entered: u64,
    /// Whether it is exempt from preemption.
    preempt_disabled: bool,
}

impl Coroutine {
    /// `resumed_by` enters its stack.
    #[inline]
    fn enter(&mut self, resumed_by: Option<Slot>, ticks: u64) {
        self.resumed_by = resumed_by;
        self.state = State::Runs;
        self.entered = ticks;
    }

    #[cold]
    fn why_not_resumed(&self) -> ResumeError {
        match self.state {
            State::Waits { .. } => ResumeError::Waits,
            State::New | State::Runs => ResumeError::Runs,
            State::Abandoned => ResumeError::Unknown,
        }
    }
}

/// The number of whole ticks for which a coroutine may run without yielding.
const SLICE: u64 = 2;

/// So many watchers are kept although they may wait no more.
const FEW_WATCHERS: usize = 64;

/// The coroutines of a process.
#[derive(Debug, Default)]
pub struct Scheduler {
    coroutines: Slab<Coroutine>,
    places: Places,
    running: Option<Slot>,
    last: Cid,
    peak: usize,
    last_wait: u64,
    /// Waiters that are woken at the end of a coroutine, in addition to its joiner.
    watchers: BTreeSet<(Cid, Waiter)>,
    /// The number of watchers at which those that wait no more are removed.
    most_watchers: usize,
    /// Watchers whose coroutine has ended, and that were not woken yet.
    told: VecDeque<Waiter>,
    ticks: u64,
    /// The number of coroutines with a deadline.
    limited: usize,
}

impl Scheduler {
    /// Creates a coroutine. The caller enters it next.
    pub fn create(&mut self, now: Instant) -> (Slot, Cid) {
        self.last += 1;
        let cid = self.last;
        let slot = self.coroutines.insert(Coroutine {
            cid,
            parent: self.current(),
            resumed_by: None,
            state: State::New,
            wake: Wake::Ready,
            started: now,
            joiner: None,
            joins: 0,
            deadline: None,
            entered: self.ticks,
            preempt_disabled: false,
        });
        self.places.insert(cid, slot);
        self.peak = self.peak.max(self.len());
        (slot, cid)
    }

    /// The number of coroutines.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are no coroutines.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The largest number of coroutines at one time so far.
    pub fn peak(&self) -> usize {
        self.peak
    }

    /// The number of the newest coroutine.
    pub fn last(&self) -> Cid {
        self.last
    }

    /// The place of the running coroutine; `None` in the main program.
    pub fn running(&self) -> Option<Slot> {
        self.running
    }

    /// The number of the running coroutine.
    #[inline]
    pub fn current(&self) -> Option<Cid> {
        self.running.and_then(|slot| self.coroutines.get(slot)).map(|coroutine| coroutine.cid)
    }

    /// The place of the coroutine with this number.
    #[inline]
    pub fn slot(&self, cid: Cid) -> Option<Slot> {
        self.places.find(cid)
    }

    fn of(&self, cid: Cid) -> Option<&Coroutine> {
        self.coroutines.get(self.slot(cid)?)
    }

    /// The coroutine that created it; the inner `None` is the main program. `None` when there is no such coroutine.
    pub fn parent(&self, cid: Cid) -> Option<Option<Cid>> {
        self.of(cid).map(|coroutine| coroutine.parent)
    }

    /// When it was created.
    pub fn started(&self, cid: Cid) -> Option<Instant> {
        self.of(cid).map(|coroutine| coroutine.started)
    }

    /// The numbers of all coroutines, ascending.
    pub fn ids(&self) -> Vec<Cid> {
        let mut ids: Vec<Cid> = self.places.iter().map(|(cid, _)| cid).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether the last wait of the running coroutine was cancelled.
    pub fn is_canceled(&self) -> bool {
        let running = self.running.and_then(|slot| self.coroutines.get(slot));
        running.is_some_and(|coroutine| matches!(coroutine.wake, Wake::Canceled | Wake::Interrupted))
    }

    /// Begins a wait of the running coroutine and returns its name. `None` in the main program, which cannot wait.
    #[inline(always)]
    pub fn begin_wait(&mut self, on: WaitKind) -> Option<Waiter> {
        self.begin_and(on, |_| {})
    }

    /// [`Scheduler::begin_wait`] and [`Scheduler::leave`] in one. Returns the coroutine's place.
    #[inline(always)]
    pub(super) fn wait(&mut self, on: WaitKind) -> Option<Slot> {
        let mut below = None;
        let waiter = self.begin_and(on, |coroutine| below = coroutine.resumed_by)?;
        self.running = below;
        Some(waiter.slot)
    }

    #[inline(always)]
    fn begin_and(&mut self, on: WaitKind, look: impl FnOnce(&Coroutine)) -> Option<Waiter> {
        let slot = self.running?;
        let coroutine = self.coroutines.get_mut(slot)?;
        self.last_wait += 1;
        let serial = self.last_wait;
        coroutine.state = State::Waits { serial, on, limit: None };
        look(coroutine);
        Some(Waiter { slot, serial })
    }

    /// How the last wait of a coroutine ended.
    #[inline(always)]
    pub(super) fn wake_of(&self, slot: Slot) -> Wake {
        self.coroutines.get(slot).map_or(Wake::Unwound, |coroutine| coroutine.wake)
    }

    /// Records the timer that limits a wait. The timer is cleared when the wait ends.
    pub fn limit_wait(&mut self, waiter: Waiter, timer: TimerId) {
        if let Some(coroutine) = self.coroutines.get_mut(waiter.slot)
            && let State::Waits { serial, limit, .. } = &mut coroutine.state
            && *serial == waiter.serial
        {
            *limit = Some(timer);
        }
    }

    /// Whether a wait has not ended yet.
    pub fn is_waiting(&self, waiter: Waiter) -> bool {
        let state = self.coroutines.get(waiter.slot).map(|coroutine| coroutine.state);
        matches!(state, Some(State::Waits { serial, .. }) if serial == waiter.serial)
    }

    /// Ends a wait. Returns the coroutine to switch to, and the timer to clear. `None` when the wait has already ended.
    #[inline]
    pub(super) fn end_wait(&mut self, waiter: Waiter, wake: Wake) -> Option<(Slot, Option<TimerId>)> {
        let coroutine = self.coroutines.get_mut(waiter.slot)?;
        match coroutine.state {
            State::Waits { serial, limit, .. } if serial == waiter.serial => {
                coroutine.state = State::Runs;
                coroutine.wake = wake;
                Some((waiter.slot, limit))
            }
            _ => None,
        }
    }

    /// The wait of a coroutine that is to be cancelled.
    pub fn wait_to_cancel(&self, cid: Cid) -> Result<Waiter, ResumeError> {
        match self.wait_of(cid)? {
            (_, WaitKind::Turn) => Err(ResumeError::Waits),
            (waiter, WaitKind::Resume | WaitKind::Time | WaitKind::Event) => Ok(waiter),
        }
    }

    /// Ends the wait of a coroutine that waits for a resume, and enters it. The caller switches to its stack.
    /// `drop_limit` clears the timer of the wait, if there is one.
    #[inline(always)]
    pub(super) fn resume(&mut self, cid: Cid, drop_limit: impl FnOnce(TimerId)) -> Result<Slot, ResumeError> {
        let slot = self.slot(cid).ok_or(ResumeError::Unknown)?;
        let coroutine = self.coroutines.get_mut(slot).ok_or(ResumeError::Unknown)?;
        let State::Waits { on: WaitKind::Resume, limit, .. } = coroutine.state else {
            return Err(coroutine.why_not_resumed());
        };
        coroutine.wake = Wake::Ready;
        coroutine.enter(self.running, self.ticks);
        self.running = Some(slot);
        if let Some(timer) = limit {
            drop_limit(timer);
        }
        Ok(slot)
    }

    /// The wait of a coroutine that waits for a resume.
    pub(super) fn wait_to_resume(&self, cid: Cid) -> Result<Waiter, ResumeError> {
        match self.wait_of(cid)? {
            (waiter, WaitKind::Resume) => Ok(waiter),
            (_, WaitKind::Time | WaitKind::Event | WaitKind::Turn) => Err(ResumeError::Waits),
        }
    }

    /// Makes a new coroutine wait for a turn before it begins.
    pub(super) fn wait_to_begin(&mut self, slot: Slot) -> Option<Waiter> {
        self.last_wait += 1;
        let serial = self.last_wait;
        self.coroutines.get_mut(slot)?.state = State::Waits { serial, on: WaitKind::Turn, limit: None };
        Some(Waiter { slot, serial })
    }

    /// Whether the request ends, and the stack of the running coroutine is being unwound.
    pub fn is_unwound(&self) -> bool {
        let running = self.running.and_then(|slot| self.coroutines.get(slot));
        running.is_some_and(|coroutine| coroutine.wake == Wake::Unwound)
    }

    fn wait_of(&self, cid: Cid) -> Result<(Waiter, WaitKind), ResumeError> {
        let slot = self.slot(cid).ok_or(ResumeError::Unknown)?;
        let coroutine = self.coroutines.get(slot).ok_or(ResumeError::Unknown)?;
        match coroutine.state {
            State::Waits { serial, on, .. } => Ok((Waiter { slot, serial }, on)),
            _ => Err(coroutine.why_not_resumed()),
        }
    }

    /// Whether a coroutine has a joiner; `None` when there is no such coroutine.
    pub fn is_joined(&self, cid: Cid) -> Option<bool> {
        self.of(cid).map(|coroutine| coroutine.joiner.is_some_and(|joiner| self.is_waiting(joiner)))
    }

    /// `waiter` continues when the last of these coroutines has ended. It replaces any earlier joiner of them.
    pub fn join(&mut self, cids: impl Iterator<Item = Cid>, waiter: Waiter) {
        let mut joins = 0;
        for cid in cids {
            if let Some(slot) = self.slot(cid)
                && let Some(coroutine) = self.coroutines.get_mut(slot)
                && coroutine.joiner.replace(waiter) != Some(waiter)
            {
                joins += 1;
            }
        }
        if let Some(joiner) = self.coroutines.get_mut(waiter.slot) {
            joiner.joins = joins;
        }
    }

    /// One of the coroutines that a joiner waits for has ended. Returns the joiner when that was the last one.
    #[cold]
    fn count_down(&mut self, joiner: Waiter) -> Option<Waiter> {
        if !self.is_waiting(joiner) {
            return None;
        }
        let coroutine = self.coroutines.get_mut(joiner.slot)?;
        coroutine.joins = coroutine.joins.saturating_sub(1);
        (coroutine.joins == 0).then_some(joiner)
    }

    /// The stack of `slot` is being entered.
    #[inline]
    pub(super) fn enter(&mut self, slot: Slot) {
        let running = self.running;
        if let Some(coroutine) = self.coroutines.get_mut(slot) {
            coroutine.enter(running, self.ticks);
        }
        self.running = Some(slot);
    }

    /// The running coroutine yields. Called before its stack is left.
    #[inline]
    pub fn leave(&mut self, slot: Slot) {
        self.running = self.coroutines.get(slot).and_then(|coroutine| coroutine.resumed_by);
    }

    /// The running coroutine has ended. Returns the waiter that continues now.
    #[inline]
    pub(super) fn end(&mut self, slot: Slot) -> Option<Waiter> {
        self.leave(slot);
        let ended = self.coroutines.try_remove(slot)?;
        self.places.remove(ended.cid);
        self.limited -= usize::from(ended.deadline.is_some());
        let joiner = ended.joiner.and_then(|joiner| self.count_down(joiner));
        if !self.watchers.is_empty() {
            self.tell_watchers(ended.cid);
        }
        joiner.or_else(|| self.next_told())
    }

    /// `waiter` continues when this coroutine has ended, whether or not others join it, unless it continues before.
    pub(in crate::rt) fn watch_end(&mut self, cid: Cid, waiter: Waiter) {
        if self.watchers.len() >= self.most_watchers {
            let mut watchers = std::mem::take(&mut self.watchers);
            watchers.retain(|&(_, other)| self.is_waiting(other));
            // Doubled, so that this costs little for each of them.
            self.most_watchers = (watchers.len() * 2).max(FEW_WATCHERS);
            self.watchers = watchers;
        }
        self.watchers.insert((cid, waiter));
    }

    /// Moves the watchers of an ended coroutine to those that are to be woken.
    #[cold]
    fn tell_watchers(&mut self, cid: Cid) {
        while let Some(&watcher) =
            self.watchers.range((cid, Waiter::FIRST)..).next().filter(|next| next.0 == cid)
        {
            self.watchers.remove(&watcher);
            self.told.push_back(watcher.1);
        }
    }

    /// The next watcher to wake.
    pub(super) fn next_told(&mut self) -> Option<Waiter> {
        self.told.pop_front()
    }

    /// Removes a coroutine that was created and could not be entered.
    pub fn discard(&mut self, slot: Slot) {
        if let Some(coroutine) = self.coroutines.try_remove(slot) {
            self.places.remove(coroutine.cid);
        }
    }

    /// Abandons all waiting coroutines: their numbers are no longer known, and nothing wakes them. Used in a forked
    /// child, where only the coroutine that forked and those below it continue, and at the end of a request. Their
    /// stacks stay in place. Returns their places, in the order of their numbers.
    #[cold]
    pub fn abandon_waiting(&mut self) -> Vec<Slot> {
        let mut abandoned = Vec::new();
        for (slot, coroutine) in &mut self.coroutines {
            if matches!(coroutine.state, State::Waits { .. }) {
                coroutine.state = State::Abandoned;
                coroutine.wake = Wake::Unwound;
                coroutine.deadline = None;
                abandoned.push((coroutine.cid, slot));
            }
        }
        self.watchers.clear();
        let coroutines = &self.coroutines;
        let is_known =
            |slot| coroutines.get(slot).is_some_and(|coroutine| coroutine.state != State::Abandoned);
        self.places.retain(is_known);
        self.limited = self.coroutines.iter().filter(|(_, coroutine)| coroutine.deadline.is_some()).count();
        abandoned.sort_unstable();
        abandoned.into_iter().map(|(_, slot)| slot).collect()
    }

    /// The places of abandoned coroutines whose stacks are not unwound yet.
    pub fn abandoned(&self) -> Vec<Slot> {
        let abandoned = self.coroutines.iter().filter(|(_, coroutine)| coroutine.state == State::Abandoned);
        abandoned.map(|(slot, _)| slot).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watchers_that_wait_no_more_are_few_and_the_others_are_told() {
        let mut scheduler = Scheduler::default();
        let (slot, cid) = scheduler.create(Instant::now());
        let (waiting, _) = scheduler.create(Instant::now());
        scheduler.enter(waiting);
        let waiter = scheduler.begin_wait(WaitKind::Event).unwrap();
        scheduler.watch_end(cid, waiter);
        for serial in 1000..11_000 {
            scheduler.watch_end(cid, Waiter { slot: waiting, serial });
        }
        assert!(scheduler.watchers.len() <= FEW_WATCHERS);
        assert!(scheduler.watchers.contains(&(cid, waiter)));
        assert_eq!(scheduler.end(slot), Some(waiter));
        assert!(scheduler.watchers.is_empty());
    }
}
