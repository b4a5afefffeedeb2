//! Random programs of timers against a sorted list.
#![cfg(test)]

mod alone;

use alone::random::for_all;
use proptest::prelude::*;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use swoole_process::rt::core::timers::{Due, Info, NEVER, Repeat, Round, Target, TimerId, Timers, Token};

/// One timer of the model.
#[derive(Clone, Copy, Debug)]
struct Entry {
    id: TimerId,
    token: Token,
    info: Info,
    /// It fires once, and has: it is there until its call is over.
    spent: bool,
}

/// What [`Timers`] must do, in the plainest way: a list that is searched and sorted again for each question.
#[derive(Debug, Default)]
struct Model {
    start: Option<Instant>,
    entries: Vec<Entry>,
    last: TimerId,
    round: u64,
    /// The timer whose call runs, as scripts see it until the call returns.
    running: Option<(TimerId, Info)>,
}

impl Model {
    fn elapsed(&self, now: Instant) -> Duration {
        self.start.map_or(Duration::ZERO, |start| now.saturating_duration_since(start))
    }

    fn add(&mut self, token: Token, interval: Duration, repeat: Repeat, now: Instant) -> TimerId {
        self.start.get_or_insert(now);
        self.last += 1;
        self.entries.push(Entry {
            id: self.last,
            token,
            info: Info {
                deadline: self.elapsed(now).saturating_add(interval).min(NEVER),
                interval,
                repeat,
                fired: 0,
                round: self.round,
                removed: false,
            },
            spent: false,
        });
        self.last
    }

    fn clear(&mut self, id: TimerId) -> Option<Token> {
        let index = self.entries.iter().position(|entry| entry.id == id)?;
        if let Some((_, info)) = self.running.as_mut().filter(|(running, _)| *running == id) {
            info.removed = true;
        }
        Some(self.entries.remove(index).token)
    }

    fn clear_all(&mut self) -> Vec<Token> {
        if let Some((_, info)) = &mut self.running {
            info.removed = true;
        }
        let mut tokens: Vec<Token> = self.entries.drain(..).map(|entry| entry.token).collect();
        tokens.sort_unstable();
        tokens
    }

    fn info(&self, entry: &Entry) -> Info {
        self.running.filter(|(running, _)| *running == entry.id).map_or(entry.info, |(_, info)| info)
    }

    fn ids(&self) -> Vec<TimerId> {
        let leaving = self.running.filter(|(_, info)| info.removed).map(|(id, _)| id);
        let mut ids: Vec<TimerId> = self.entries.iter().map(|entry| entry.id).chain(leaving).collect();
        ids.sort_unstable();
        ids
    }

    fn next(&self, now: Instant) -> Option<Duration> {
        let pending = self.entries.iter().filter(|entry| !entry.spent);
        let earliest = pending.map(|entry| entry.info.deadline).min()?;
        Some(earliest.saturating_sub(self.elapsed(now)))
    }

    /// The next timer of a round that began with everything up to `newest` at `until`.
    fn due(&mut self, until: Duration, newest: TimerId) -> Option<Due> {
        let mut due: Vec<&mut Entry> = self
            .entries
            .iter_mut()
            .filter(|entry| !entry.spent && entry.id <= newest && entry.info.deadline <= until)
            .collect();
        due.sort_by_key(|entry| (entry.info.deadline, entry.id));
        let entry = due.into_iter().next()?;
        entry.info.fired += 1;
        self.running = Some((entry.id, entry.info));
        match entry.info.repeat {
            Repeat::Once => entry.spent = true,
            // The first one that lies ahead: what was missed is not made up for.
            Repeat::Always => {
                let interval = entry.info.interval.max(Duration::from_nanos(1));
                while entry.info.deadline <= until {
                    let missed = (until - entry.info.deadline).as_nanos() / interval.as_nanos();
                    let steps = u32::try_from(missed + 1).unwrap_or(u32::MAX);
                    let ahead = interval.saturating_mul(steps);
                    entry.info.deadline = entry.info.deadline.saturating_add(ahead).min(NEVER);
                }
            }
        }
        Some(Due { id: entry.id, repeat: entry.info.repeat, target: Target::Call(entry.token) })
    }
}

#[derive(Clone, Debug)]
enum Step {
    Add(Duration, Repeat),
    /// By its age: the timers that were made so far, counted modulo their number.
    Clear(usize),
    ClearAll,
    /// The loop ends.
    End,
    Later(Duration),
    /// A clock that jumps back; the monotonic one should not.
    Earlier(Duration),
    /// A round. Each firing does one of these; the round is left when they are used up.
    Round(Vec<Within>),
}

/// What a callback does.
#[derive(Clone, Debug)]
enum Within {
    Nothing,
    Add(Duration, Repeat),
    Clear(usize),
    ClearItself,
    ClearAll,
    /// It takes time.
    Later(Duration),
}

fn repeat() -> impl Strategy<Value = Repeat> {
    prop_oneof![Just(Repeat::Once), Just(Repeat::Always)]
}

/// Few different ones, so that deadlines meet; some of no length, and some longer than any clock.
fn interval() -> impl Strategy<Value = Duration> {
    prop_oneof![
        8 => (1..8_u64).prop_map(Duration::from_millis),
        2 => (0..4_u64).prop_map(Duration::from_nanos),
        1 => (0..u64::MAX).prop_map(Duration::from_nanos),
        1 => Just(Duration::from_millis(u64::MAX)),
        1 => Just(Duration::MAX),
    ]
}

fn pause() -> impl Strategy<Value = Duration> {
    prop_oneof![
        4 => (0..12_u64).prop_map(Duration::from_millis),
        2 => (0..8_u64).prop_map(Duration::from_nanos),
        1 => (0..100_000_000_u64).prop_map(Duration::from_nanos),
    ]
}

fn within() -> impl Strategy<Value = Within> {
    prop_oneof![
        4 => Just(Within::Nothing),
        3 => (interval(), repeat()).prop_map(|(interval, repeat)| Within::Add(interval, repeat)),
        2 => any::<usize>().prop_map(Within::Clear),
        2 => Just(Within::ClearItself),
        1 => Just(Within::ClearAll),
        1 => pause().prop_map(Within::Later),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (interval(), repeat()).prop_map(|(interval, repeat)| Step::Add(interval, repeat)),
        4 => any::<usize>().prop_map(Step::Clear),
        1 => Just(Step::ClearAll),
        1 => Just(Step::End),
        6 => pause().prop_map(Step::Later),
        1 => pause().prop_map(Step::Earlier),
        6 => prop::collection::vec(within(), 0..12).prop_map(Step::Round),
    ]
}

/// The subject, the model, and the time that both are told.
struct Both {
    timers: Timers,
    model: Model,
    now: Instant,
    tokens: Token,
}

impl Both {
    fn new() -> Both {
        Both {
            timers: Timers::default(),
            model: Model::default(),
            now: Instant::now() + Duration::from_secs(3600),
            tokens: 0,
        }
    }

    fn add(&mut self, interval: Duration, repeat: Repeat) -> Result<(), TestCaseError> {
        self.tokens += 1;
        let id = self.timers.add(Target::Call(self.tokens), interval, repeat, self.now);
        prop_assert_eq!(id, self.model.add(self.tokens, interval, repeat, self.now));
        Ok(())
    }

    /// Numbers that are in use, that were, and now and then one that never was.
    fn number(&self, choice: usize) -> TimerId {
        TimerId::try_from(choice % (usize::try_from(self.model.last).unwrap() + 2)).unwrap()
    }

    fn clear(&mut self, id: TimerId) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.timers.clear(id), self.model.clear(id));
        Ok(())
    }

    fn clear_all(&mut self) -> Result<(), TestCaseError> {
        let mut tokens = self.timers.clear_all();
        tokens.sort_unstable();
        prop_assert_eq!(tokens, self.model.clear_all());
        Ok(())
    }

    fn round(&mut self, calls: &[Within]) -> Result<(), TestCaseError> {
        let round = self.timers.begin(|| self.now);
        self.model.round += 1;
        let (until, newest) = (self.model.elapsed(self.now), self.model.last);
        for call in calls {
            let Some(due) = self.due(round, until, newest)? else {
                return Ok(());
            };
            match *call {
                Within::Nothing => {}
                Within::Add(interval, repeat) => self.add(interval, repeat)?,
                Within::Clear(choice) => self.clear(self.number(choice))?,
                Within::ClearItself => self.clear(due.id)?,
                Within::ClearAll => self.clear_all()?,
                Within::Later(time) => self.now += time,
            }
            self.same()?;
            // One that its own call has cleared is known until the call returns.
            let is_there = self.model.entries.iter().any(|entry| entry.id == due.id);
            prop_assert_eq!(self.timers.info(due.id).map(|info| info.removed), Some(!is_there));
            self.model.running = None;
            let ends = if due.repeat == Repeat::Once { self.model.clear(due.id) } else { None };
            prop_assert_eq!(self.timers.returned(due), ends);
            prop_assert_eq!(self.timers.info(due.id).is_some(), is_there && due.repeat == Repeat::Always);
        }
        Ok(())
    }

    fn due(&mut self, round: Round, until: Duration, newest: TimerId) -> Result<Option<Due>, TestCaseError> {
        let due = self.timers.due(round);
        prop_assert_eq!(due, self.model.due(until, newest));
        if let Some(Due { id, .. }) = due {
            let info = self.timers.info(id).unwrap();
            prop_assert!(info.deadline <= until, "{id} is due at {until:?}: {info:?}");
        }
        Ok(due)
    }

    /// Everything that can be asked has the answer of the model.
    fn same(&mut self) -> Result<(), TestCaseError> {
        prop_assert_eq!(self.timers.next(self.now), self.model.next(self.now));
        prop_assert_eq!(self.timers.len(), self.model.entries.len());
        prop_assert_eq!(self.timers.is_empty(), self.model.entries.is_empty());
        prop_assert_eq!(self.timers.round(), self.model.round);
        prop_assert_eq!(self.timers.is_in_use(), self.model.start.is_some());
        prop_assert_eq!(self.timers.ids(), self.model.ids());
        prop_assert_eq!(self.timers.count(), self.model.ids().len());
        for entry in &self.model.entries {
            prop_assert_eq!(self.timers.info(entry.id), Some(self.model.info(entry)));
        }
        Ok(())
    }
}

fn timers_fire_as_a_sorted_list_says() {
    for_all(1500, prop::collection::vec(step(), 0..40), |steps| {
        let mut both = Both::new();
        for step in steps {
            match step {
                Step::Add(interval, repeat) => both.add(interval, repeat)?,
                Step::Clear(choice) => both.clear(both.number(choice))?,
                Step::ClearAll => both.clear_all()?,
                Step::End => {
                    let mut tokens = both.timers.end();
                    tokens.sort_unstable();
                    prop_assert_eq!(tokens, both.model.clear_all());
                    both.model.start = None;
                    both.model.round = 0;
                }
                Step::Later(time) => both.now += time,
                Step::Earlier(time) => both.now -= time,
                Step::Round(calls) => both.round(&calls)?,
            }
            both.same()?;
        }
        Ok(())
    });
}

/// Many at once, most of which are cleared again: the heap is made anew on the way.
fn cleared_timers_leave_the_others_in_their_order() {
    let timer = (1..20_u64, any::<bool>());
    for_all(60, prop::collection::vec(timer, 500..2000), |all| {
        let mut both = Both::new();
        for (number, &(ms, kept)) in all.iter().enumerate() {
            both.add(Duration::from_millis(ms), Repeat::Once)?;
            if !kept || number % 5 > 0 {
                both.clear(both.model.last)?;
            }
        }
        both.now += Duration::from_millis(10);
        both.round(&vec![Within::Nothing; all.len()])?;
        both.now += Duration::from_millis(10);
        both.round(&vec![Within::Nothing; all.len()])?;
        prop_assert!(both.timers.is_empty());
        both.same()
    });
}

/// A callback that makes another timer of no delay each time does not keep the round from its end.
fn a_round_ends_even_when_every_callback_makes_a_timer_that_is_due() {
    let (mut timers, now) = (Timers::default(), Instant::now());
    timers.add(Target::Call(0), Duration::ZERO, Repeat::Once, now);
    for _ in 0..100 {
        let round = timers.begin(|| now);
        let due = timers.due(round).unwrap();
        timers.add(Target::Call(0), Duration::ZERO, Repeat::Once, now);
        timers.clear(due.id);
        assert_eq!(timers.due(round), None);
        assert_eq!(timers.next(now), Some(Duration::ZERO));
    }
}

/// A process that was stopped for two months: 2^32 milliseconds are 50 days.
fn a_tick_that_missed_more_than_a_number_of_32_bits_fires_once() {
    let (mut timers, start) = (Timers::default(), Instant::now());
    let id = timers.add(Target::Call(0), Duration::from_millis(1), Repeat::Always, start);
    let now = start + Duration::from_secs(60 * 24 * 3600);
    let round = timers.begin(|| now);
    assert_eq!(timers.due(round).map(|due| due.id), Some(id));
    assert_eq!(timers.due(round), None, "it made up for what it missed");
    assert_eq!(timers.next(now), Some(Duration::from_millis(1)));
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        timers_fire_as_a_sorted_list_says,
        cleared_timers_leave_the_others_in_their_order,
        a_round_ends_even_when_every_callback_makes_a_timer_that_is_due,
        a_tick_that_missed_more_than_a_number_of_32_bits_fires_once,
    ])
}
