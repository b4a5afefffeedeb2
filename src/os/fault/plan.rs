//! Plans: which call fails, or is shortened, and when.
//!
//! In text a plan is `call:when:what` or `call:when:what:times`; several are separated by commas.
//!
//! - `call` is the name of a [`Call`], in small letters or not: in every process that has the plan, which is the one that
//!   set it and those forked from it; `call@here` only in the one that set it, `call@child` only in the others.
//! - `when` is `3` for the third call from now on, `3+` for that and all after it, `/3` for each third one.
//! - `what` is the name of an errno, `SHORT=10` for a transfer of no more than ten bytes, or `RAISE=10` for the signal 10,
//!   which comes just before the call.
//! - `times` bounds how often it happens; once for `3`, without end for the others.
//!
//! `fork:1:EAGAIN,msgsnd:3:EINTR:2` is an example.

use super::call::{Call, own_pid};
use super::count;
use crate::os::Errno;
use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;

#[derive(Clone, Copy)]
enum Effect {
    Fail(Errno),
    Short(usize),
    Raise(i32),
}

/// The processes in which a plan is active.
#[derive(Clone, Copy)]
enum Scope {
    All,
    Here(i32),
    Child(i32),
}

impl Scope {
    fn is_here(self) -> bool {
        match self {
            Scope::All => true,
            Scope::Here(owner) => owner == own_pid(),
            Scope::Child(owner) => owner != own_pid(),
        }
    }
}

#[derive(Clone)]
struct Plan {
    /// The number of the plan, counted since all plans were last removed.
    number: usize,
    call: Call,
    scope: Scope,
    /// The number of calls to let pass before the effect.
    wait: u32,
    /// The number of calls between two effects.
    every: u32,
    times: u32,
    effect: Effect,
}

thread_local! {
    // ManuallyDrop: a destructor registered for the thread's end would run after the module was unloaded.
    static PLANS: ManuallyDrop<RefCell<Vec<Plan>>> = ManuallyDrop::new(RefCell::new(from_environment()));
    static NEXT: Cell<usize> = const { Cell::new(0) };
}

/// Makes the `nth` (from 1) call of `call` on this thread, and the `times - 1` after it, fail with `errno`.
pub fn plan(call: Call, nth: u32, errno: Errno, times: u32) {
    add(call, nth, times, Effect::Fail(errno));
}

/// Makes the `nth` (from 1) call of `call` on this thread transfer no more than `len` bytes.
pub fn plan_short(call: Call, nth: u32, len: usize) {
    add(call, nth, 1, Effect::Short(len));
}

/// Removes all plans of this thread.
pub fn clear() {
    NEXT.set(0);
    // Frees their memory too, which nothing else frees when the thread ends.
    PLANS.with(|plans| drop(plans.take()));
}

/// Adds the plans that `text` describes. False when it is malformed; then no plan is added.
pub fn plan_from(text: &str) -> bool {
    let Some(new) = parse(text) else { return false };
    PLANS.with(|plans| plans.borrow_mut().extend(new));
    true
}

fn add(call: Call, nth: u32, times: u32, effect: Effect) {
    let (number, wait) = (next_number(), nth.saturating_sub(1));
    let plan = Plan { number, call, scope: Scope::All, wait, every: 1, times, effect };
    PLANS.with(|plans| plans.borrow_mut().push(plan));
}

fn next_number() -> usize {
    NEXT.replace(NEXT.get() + 1)
}

/// The effect that is due for this call of `call`. Counts down every plan for it.
fn due(call: Call, wanted: fn(&Effect) -> bool) -> Option<Effect> {
    PLANS.with(|plans| {
        let mut plans = plans.borrow_mut();
        let mut due = None;
        for plan in plans.iter_mut() {
            if plan.call != call || !wanted(&plan.effect) || !plan.scope.is_here() {
                continue;
            }
            if plan.wait > 0 {
                plan.wait -= 1;
            } else if plan.times > 0 && due.is_none() {
                plan.times -= u32::from(plan.times != u32::MAX);
                plan.wait = plan.every - 1;
                due = Some(plan.effect);
                count::note_effect(plan.number);
            }
        }
        plans.retain(|plan| plan.times > 0);
        due
    })
}

pub(crate) fn check(call: Call) -> Result<(), Errno> {
    count::note(call);
    match due(call, |effect| matches!(effect, Effect::Fail(_) | Effect::Raise(_))) {
        Some(Effect::Fail(errno)) => {
            // The kernel sets errno, too.
            errno.set();
            Err(errno)
        }
        Some(Effect::Raise(signal)) => {
            // SAFETY: raise takes a number.
            unsafe { libc::raise(signal) };
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Runs `call`, in which a child may use the memory of this process: what the child asks does not count here.
pub(crate) fn beside<R>(call: impl FnOnce() -> R) -> R {
    let (plans, counts) = (PLANS.with(|plans| plans.borrow().clone()), count::own());
    let result = call();
    PLANS.with(|current| current.replace(plans));
    count::set_own(counts);
    result
}

pub(crate) fn shorten(call: Call, len: usize) -> usize {
    match due(call, |effect| matches!(effect, Effect::Short(_))) {
        Some(Effect::Short(limit)) => len.min(limit),
        _ => len,
    }
}

fn from_environment() -> Vec<Plan> {
    std::env::var("SWOOLE_PROCESS_FAULT").ok().and_then(|text| parse(&text)).unwrap_or_default()
}

fn parse(text: &str) -> Option<Vec<Plan>> {
    text.split(',').filter(|part| !part.is_empty()).map(parse_one).collect()
}

fn parse_one(part: &str) -> Option<Plan> {
    let mut fields = part.split(':');
    let (call, scope) = parse_call(fields.next()?)?;
    let (wait, every, usual) = parse_when(fields.next()?)?;
    let what = fields.next()?;
    let times = fields.next().map_or(Some(usual), |n| n.parse().ok())?;
    if fields.next().is_some() {
        return None;
    }
    let effect = match what.split_once('=') {
        Some(("SHORT", len)) => Effect::Short(len.parse().ok()?),
        Some(("RAISE", signal)) => Effect::Raise(signal.parse().ok()?),
        Some(_) => return None,
        None => Effect::Fail(errno_by_name(what)?),
    };
    Some(Plan { number: next_number(), call, scope, wait, every, times, effect })
}

fn parse_call(text: &str) -> Option<(Call, Scope)> {
    let (name, scope) = match text.split_once('@') {
        None => (text, Scope::All),
        Some((name, "here")) => (name, Scope::Here(own_pid())),
        Some((name, "child")) => (name, Scope::Child(own_pid())),
        Some(_) => return None,
    };
    let call = Call::ALL.iter().find(|call| call.name().eq_ignore_ascii_case(name))?;
    Some((*call, scope))
}

/// The number of calls to let pass, the number of calls between two effects, and the default number of effects.
fn parse_when(text: &str) -> Option<(u32, u32, u32)> {
    if let Some(every) = text.strip_prefix('/') {
        let every: u32 = every.parse().ok().filter(|&every| every > 0)?;
        return Some((every - 1, every, u32::MAX));
    }
    let (nth, times) = text.strip_suffix('+').map_or((text, 1), |nth| (nth, u32::MAX));
    let nth: u32 = nth.parse().ok()?;
    Some((nth.saturating_sub(1), 1, times))
}

fn errno_by_name(name: &str) -> Option<Errno> {
    (1..=133).map(Errno::from_raw).find(|errno| format!("{errno:?}") == name)
}
