//! Timers, in the order of their deadlines; timers with equal deadlines fire in the order of creation.
//!
//! Time comes in as an argument. A cleared timer leaves a stale entry in the heap; the entry is skipped when it comes
//! up. When most entries are stale, the heap is rebuilt.

use crate::rt::core::wait::{Waiter, Wake};
use slab::Slab;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::{Duration, Instant};

/// The number of a timer, from 1.
pub type TimerId = i64;

/// How often a timer fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Repeatedly, until it is cleared.
    Always,
}

/// The latest possible deadline: anything beyond these five centuries has this one.
pub const NEVER: Duration = Duration::from_nanos(u64::MAX);

/// Names what a timer calls, for the caller of [`Timers::due`].
pub type Token = usize;

/// What happens when a timer fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The timer calls something. Only these timers are the script's.
    Call(Token),
    /// The timer ends a wait in this way: as its time limit, or because the wait could not be ended earlier.
    Wake(Waiter, Wake),
}

impl Target {
    fn token(self) -> Option<Token> {
        match self {
            Target::Call(token) => Some(token),
            Target::Wake(..) => None,
        }
    }
}

/// The state of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// When it fires next, counted from the creation of the first timer; at most [`NEVER`].
    pub deadline: Duration,
    /// The time from its creation to the first firing, and between two firings.
    pub interval: Duration,
    /// How often it fires.
    pub repeat: Repeat,
    /// How often it has fired.
    pub fired: u64,
    /// In which round of [`Timers::due`] it was made.
    pub round: u64,
    /// Whether it was cleared by its own call, which still runs.
    pub removed: bool,
}

/// A timer that has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The timer's number.
    pub id: TimerId,
    /// Whether it will fire again.
    pub repeat: Repeat,
    /// What the timer does. A timer that calls something once exists until its call has returned, see
    /// [`Timers::returned`]. A timer that ends a wait no longer exists.
    pub target: Target,
}

#[derive(Clone, Copy, Debug)]
struct Timer {
    target: Target,
    deadline: u64,
    interval: Duration,
    fired: u64,
    round: u64,
    repeat: Repeat,
}

impl Timer {
    fn info(&self) -> Info {
        Info {
            deadline: Duration::from_nanos(self.deadline),
            interval: self.interval,
            repeat: self.repeat,
            fired: self.fired,
            round: self.round,
            removed: false,
        }
    }
}

/// An entry of the heap, in the order of deadlines and then of creation. It is stale unless the timer still has this
/// deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    deadline: u64,
    id: TimerId,
}

/// Timers by their numbers. Numbers grow for ever, so a table finds the place of a timer: a small one, as the kernel
/// clears its memory anew whenever it grows.
#[derive(Debug, Default)]
struct ByNumber {
    places: HashMap<TimerId, u32, rustc_hash::FxBuildHasher>,
    timers: Slab<Timer>,
}

impl ByNumber {
    fn insert(&mut self, id: TimerId, timer: Timer) {
        // More than fit into the number do not fit into memory either.
        let place = u32::try_from(self.timers.insert(timer)).unwrap_or(u32::MAX);
        self.places.insert(id, place);
    }

    fn get(&self, id: TimerId) -> Option<&Timer> {
        self.timers.get(*self.places.get(&id)? as usize)
    }

    fn get_mut(&mut self, id: TimerId) -> Option<&mut Timer> {
        self.timers.get_mut(*self.places.get(&id)? as usize)
    }

    fn remove(&mut self, id: TimerId) {
        if let Some(place) = self.places.remove(&id) {
            self.timers.try_remove(place as usize);
        }
    }

    fn iter(&self) -> impl Iterator<Item = (TimerId, &Timer)> {
        self.places.iter().filter_map(|(&id, &place)| Some((id, self.timers.get(place as usize)?)))
    }

    /// Removes all, or those that call something; what they would have called.
    #[cold]
    fn clear(&mut self, waits: bool) -> Vec<Token> {
        let gone = |timer: &Timer| waits || timer.target.token().is_some();
        let timers = &mut self.timers;
        let removed = self.places.extract_if(|_, place| timers.get(*place as usize).is_none_or(gone));
        let places: Vec<u32> = removed.map(|(_, place)| place).collect();
        places
            .into_iter()
            .filter_map(|place| self.timers.try_remove(place as usize)?.target.token())
            .collect()
    }

    /// Whether an entry is not stale.
    fn has(&self, entry: Entry) -> bool {
        self.get(entry.id).is_some_and(|timer| timer.deadline == entry.deadline)
    }
}

/// The timers of a loop.
#[derive(Debug, Default)]
pub struct Timers {
    /// The time from which deadlines count, set by the first timer.
    start: Option<Instant>,
    timers: ByNumber,
    heap: BinaryHeap<Reverse<Entry>>,
    last: TimerId,
    round: u64,
    /// The timer whose call runs, and its state: with the deadline that has come, and whether the call cleared it.
    running: Option<(TimerId, Info)>,
}

impl Timers {
    /// An empty table for a forked child. Numbers continue after the parent's.
    #[cold]
    pub(super) fn for_child(&self) -> Timers {
        Timers { last: self.last, ..Timers::default() }
    }

    /// Makes a timer.
    pub fn add(&mut self, target: Target, interval: Duration, repeat: Repeat, now: Instant) -> TimerId {
        self.start.get_or_insert(now);
        let deadline = self.elapsed(now).saturating_add(nanoseconds(interval));
        self.last += 1;
        let timer = Timer { target, deadline, interval, fired: 0, round: self.round, repeat };
        self.timers.insert(self.last, timer);
        self.heap.push(Reverse(Entry { deadline, id: self.last }));
        self.last
    }

    /// Removes a timer and returns what it would have called; `None` when the script has no timer of this number.
    pub fn clear(&mut self, id: TimerId) -> Option<Token> {
        let timer = self.timers.get(id)?;
        let token = timer.target.token()?;
        if let Some((_, info)) = self.running.as_mut().filter(|(running, _)| *running == id) {
            info.removed = true;
        }
        self.remove(id);
        Some(token)
    }

    /// The call of a timer has returned. Returns what the timer will not call again: it was to fire once, and was not
    /// cleared.
    pub fn returned(&mut self, due: Due) -> Option<Token> {
        self.running = None;
        if due.repeat == Repeat::Once { self.clear(due.id) } else { None }
    }

    /// Removes the timer of a wait that is over.
    pub fn drop_limit(&mut self, id: TimerId) {
        self.remove(id);
    }

    fn remove(&mut self, id: TimerId) {
        self.timers.remove(id);
        if self.heap.len() > 64 && self.heap.len() / 2 > self.len() {
            let timers = &self.timers;
            self.heap.retain(|Reverse(entry)| timers.has(*entry));
        }
    }

    /// Removes all timers of the script and returns what they would have called.
    pub fn clear_all(&mut self) -> Vec<Token> {
        if let Some((_, info)) = &mut self.running {
            info.removed = true;
        }
        let tokens = self.timers.clear(false);
        let timers = &self.timers;
        self.heap.retain(|Reverse(entry)| timers.has(*entry));
        tokens
    }

    /// Removes all timers, those of waits too, and resets everything but the numbers. Returns what the script's timers
    /// would have called.
    pub fn end(&mut self) -> Vec<Token> {
        self.start = None;
        self.round = 0;
        self.running = None;
        self.heap.clear();
        self.timers.clear(true)
    }

    /// Whether a timer was made since the loop last ended.
    pub fn is_in_use(&self) -> bool {
        self.start.is_some()
    }

    /// The state of a timer of the script.
    pub fn info(&self, id: TimerId) -> Option<Info> {
        let running = self.running.filter(|(running, _)| *running == id).map(|(_, info)| info);
        running.or_else(|| {
            let timer = self.timers.get(id).filter(|timer| timer.target.token().is_some());
            timer.map(Timer::info)
        })
    }

    /// The timer that its own call has cleared. Scripts see it until the call returns.
    fn leaving(&self) -> Option<TimerId> {
        self.running.filter(|(_, info)| info.removed).map(|(id, _)| id)
    }

    /// The number of timers as scripts see it, those of waits included.
    pub fn count(&self) -> usize {
        self.len() + usize::from(self.leaving().is_some())
    }

    /// The number of timers, those of waits included.
    pub fn len(&self) -> usize {
        self.timers.places.len()
    }

    /// Whether there are no timers.
    pub fn is_empty(&self) -> bool {
        self.timers.places.is_empty()
    }

    /// The number of rounds of [`Timers::due`] so far.
    pub fn round(&self) -> u64 {
        self.round
    }

    /// The numbers of the script's timers, ascending.
    pub fn ids(&self) -> Vec<TimerId> {
        let calls = self.timers.iter().filter(|(_, timer)| timer.target.token().is_some());
        let mut ids: Vec<TimerId> = calls.map(|(id, _)| id).chain(self.leaving()).collect();
        ids.sort_unstable();
        ids
    }

    /// The time until the next timer is due; `None` without timers.
    pub fn next(&mut self, now: Instant) -> Option<Duration> {
        while let Some(Reverse(entry)) = self.heap.peek() {
            if self.timers.has(*entry) {
                return Some(Duration::from_nanos(entry.deadline.saturating_sub(self.elapsed(now))));
            }
            self.heap.pop();
        }
        None
    }

    fn elapsed(&self, now: Instant) -> u64 {
        self.start.map_or(0, |start| nanoseconds(now.saturating_duration_since(start)))
    }

    /// Begins a round. Only timers that exist now may fire in it, so a timer that creates another without delay does
    /// not keep the loop from its descriptors. The caller asks for the timers of a round one by one, because each call
    /// may clear others. The clock is read only if there are timers.
    pub fn begin(&mut self, now: impl FnOnce() -> Instant) -> Round {
        self.round += 1;
        let until = if self.is_empty() { 0 } else { self.elapsed(now()) };
        Round { until, newest: self.last }
    }

    /// The next timer of a round. A repeating timer already has its next deadline, the first in the future: missed
    /// firings are not made up for.
    pub fn due(&mut self, round: Round) -> Option<Due> {
        let mut held_back = None;
        let due = loop {
            let Some(Reverse(entry)) = self.heap.peek().copied() else {
                break None;
            };
            if entry.deadline > round.until {
                break None;
            }
            self.heap.pop();
            if entry.id > round.newest {
                // Created in this round, and due already: it fires in the next one.
                if self.timers.has(entry) {
                    held_back.get_or_insert_with(Vec::new).push(entry);
                }
                continue;
            }
            if let Some(due) = self.fire(entry, round) {
                break Some(due);
            }
        };
        self.heap.extend(held_back.into_iter().flatten().map(Reverse));
        due
    }

    fn fire(&mut self, entry: Entry, round: Round) -> Option<Due> {
        let id = entry.id;
        let timer = self.timers.get_mut(id).filter(|timer| timer.deadline == entry.deadline)?;
        let (repeat, target) = (timer.repeat, timer.target);
        timer.fired += 1;
        let info = timer.info();
        if repeat == Repeat::Always {
            let interval = nanoseconds(timer.interval).max(1);
            let late = round.until.saturating_sub(timer.deadline);
            let ahead = (late / interval).saturating_add(1).saturating_mul(interval);
            timer.deadline = timer.deadline.saturating_add(ahead);
            self.heap.push(Reverse(Entry { deadline: timer.deadline, id }));
        }
        if target.token().is_none() {
            self.timers.remove(id);
        } else {
            self.running = Some((id, info));
        }
        Some(Due { id, repeat, target })
    }
}

/// One round of timers.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    until: u64,
    newest: TimerId,
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    fn run(timers: &mut Timers, now: Instant) -> Vec<TimerId> {
        let round = timers.begin(|| now);
        let mut fired = Vec::new();
        while let Some(due) = timers.due(round) {
            fired.push(due.id);
            timers.returned(due);
        }
        fired
    }

    #[test]
    fn equal_deadlines_fire_in_the_order_of_creation() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        let ids: Vec<_> = (0..8).map(|_| timers.add(Target::Call(0), ms(50), Repeat::Once, start)).collect();
        assert_eq!(run(&mut timers, start + ms(49)), []);
        assert_eq!(run(&mut timers, start + ms(50)), ids);
        assert!(timers.is_empty());
    }

    #[test]
    fn firings_that_were_missed_are_not_made_up_for() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        let id = timers.add(Target::Call(0), ms(40), Repeat::Always, start);
        assert_eq!(run(&mut timers, start + ms(270)), [id]);
        assert_eq!(timers.next(start + ms(270)), Some(ms(10)));
        assert_eq!(timers.info(id).map(|info| (info.fired, info.deadline)), Some((1, ms(280))));
    }

    #[test]
    fn a_timer_made_in_a_round_waits_for_the_next_even_when_it_is_due() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        let first = timers.add(Target::Call(0), ms(1), Repeat::Once, start);
        let round = timers.begin(|| start + ms(1));
        assert_eq!(timers.due(round).map(|due| due.id), Some(first));
        let second = timers.add(Target::Call(0), ms(0), Repeat::Once, start);
        assert_eq!(timers.due(round), None);
        assert_eq!(run(&mut timers, start + ms(1)), [second]);
    }

    #[test]
    fn cleared_timers_do_not_fire_and_do_not_pile_up() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        for _ in 0..10_000 {
            let id = timers.add(Target::Call(0), ms(1000), Repeat::Once, start);
            assert!(timers.clear(id) == Some(0) && timers.clear(id).is_none());
        }
        assert!(timers.heap.len() < 200);
        assert_eq!(timers.next(start), None);
    }

    #[test]
    fn a_timer_that_its_own_call_clears_is_known_until_the_call_has_returned() {
        let start = Instant::now();
        for repeat in [Repeat::Once, Repeat::Always] {
            for all in [false, true] {
                let mut timers = Timers::default();
                let other = timers.add(Target::Call(0), ms(1), Repeat::Always, start);
                let id = timers.add(Target::Call(1), ms(1), repeat, start);
                let round = timers.begin(|| start + ms(1));
                assert_eq!(timers.due(round).map(|due| timers.returned(due)), Some(None));
                let due = timers.due(round);
                assert_eq!(timers.info(id).map(|info| info.removed), Some(false));
                assert_eq!(timers.clear(other), Some(0));
                assert_eq!(timers.info(other), None);
                assert_eq!(if all { timers.clear_all() } else { Vec::from_iter(timers.clear(id)) }, [1]);
                assert_eq!(timers.info(id).map(|info| (info.fired, info.removed)), Some((1, true)));
                assert_eq!((timers.clear(id), timers.ids(), timers.count()), (None, vec![id], 1));
                assert_eq!((timers.len(), timers.next(start)), (0, None));
                assert_eq!(due.and_then(|due| timers.returned(due)), None);
                assert_eq!((timers.info(id), timers.ids(), timers.count()), (None, vec![], 0));
            }
        }
    }

    #[test]
    fn deadlines_beyond_all_clocks_are_kept_and_never_come() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        let far = timers.add(Target::Call(0), Duration::MAX, Repeat::Once, start);
        let again = timers.add(Target::Call(1), Duration::MAX, Repeat::Always, start);
        let near = timers.add(Target::Call(2), ms(1), Repeat::Once, start);
        assert_eq!(run(&mut timers, start + Duration::from_secs(1 << 32)), [near]);
        assert!(timers.next(start).is_some_and(|left| left > Duration::from_secs(1 << 34)));
        assert_eq!((timers.clear(far), timers.clear(again)), (Some(0), Some(1)));
        assert_eq!(timers.next(start), None);
    }

    #[test]
    fn a_clock_that_stands_still_or_jumps_back_loses_nothing() {
        let (mut timers, start) = (Timers::default(), Instant::now());
        let id = timers.add(Target::Call(0), ms(10), Repeat::Once, start + ms(5));
        assert_eq!(timers.next(start), Some(ms(10)));
        assert_eq!(run(&mut timers, start), []);
        assert_eq!(run(&mut timers, start + ms(15)), [id]);
    }
}
