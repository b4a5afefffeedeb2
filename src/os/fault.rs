//! Fault injection: the n-th call of a named system call fails with a chosen errno.
//!
//! Every system call of this layer asks this module before it enters the kernel. In a normal build that is
//! an empty inline function. With the feature `fault-injection` a plan may be set by a test through
//! `plan`, or for a whole process through the environment variable `SWOOLE_PROCESS_FAULT`, whose form is
//! `call:nth:errno[:times]`, several separated by commas, e.g. `fork:1:EAGAIN,msgsnd:3:EINTR:2`.
//! `send:1:SHORT=10` shortens that write to ten bytes instead of failing it.

use crate::os::Errno;

/// The system calls that can be made to fail, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "each is the system call of that name")]
pub enum Call {
    Fork,
    Waitpid,
    Kill,
    PidfdOpen,
    Socketpair,
    Send,
    Recv,
    Poll,
    Shutdown,
    Setsockopt,
    Dup,
    Open,
    Msgget,
    Msgsnd,
    Msgrcv,
    Msgctl,
    Execv,
    Setsid,
    Chdir,
    Setitimer,
    Sigprocmask,
    SchedSetaffinity,
    SchedGetaffinity,
    Setpriority,
    Getpriority,
    EpollCreate,
    EpollCtl,
    EpollWait,
    Sigaction,
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Fcntl,
    Ioctl,
    Getsockname,
    Getpeername,
    Getsockopt,
    Getaddrinfo,
    Unlink,
}

/// Fails when a plan says that this call of `call` has to fail.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn check(_call: Call) -> Result<(), Errno> {
    Ok(())
}

/// How much of `len` bytes this call may write: all of them, unless a plan shortens it.
#[cfg(not(feature = "fault-injection"))]
#[inline(always)]
pub(crate) fn shorten(_call: Call, len: usize) -> usize {
    len
}

#[cfg(feature = "fault-injection")]
pub(crate) use active::{check, shorten};
#[cfg(feature = "fault-injection")]
pub use active::{clear, plan, plan_from, plan_short};

#[cfg(feature = "fault-injection")]
mod active {
    use super::{Call, Errno};
    use std::cell::RefCell;

    #[derive(Clone, Copy)]
    enum Effect {
        Fail(Errno),
        Short(usize),
    }

    struct Plan {
        call: Call,
        /// Calls still to let pass before the effect.
        wait: u32,
        times: u32,
        effect: Effect,
    }

    thread_local! {
        static PLANS: RefCell<Vec<Plan>> = RefCell::new(from_environment());
    }

    /// Makes the `nth` (from 1) call of `call` on this thread, and the `times - 1` after it, fail with `errno`.
    pub fn plan(call: Call, nth: u32, errno: Errno, times: u32) {
        add(call, nth, times, Effect::Fail(errno));
    }

    /// Makes the `nth` (from 1) call of `call` on this thread write no more than `len` bytes.
    pub fn plan_short(call: Call, nth: u32, len: usize) {
        add(call, nth, 1, Effect::Short(len));
    }

    /// Forgets all plans of this thread.
    pub fn clear() {
        PLANS.with_borrow_mut(Vec::clear);
    }

    /// Adds the plans that `text` describes; false, and nothing added, when it is malformed.
    pub fn plan_from(text: &str) -> bool {
        let Some(plans) = parse(text) else { return false };
        PLANS.with_borrow_mut(|all| all.extend(plans));
        true
    }

    fn add(call: Call, nth: u32, times: u32, effect: Effect) {
        PLANS.with_borrow_mut(|plans| {
            plans.push(Plan { call, wait: nth.saturating_sub(1), times, effect });
        });
    }

    /// The effect that is due for this call of `call`; counts down every plan for it.
    fn due(call: Call, wanted: fn(&Effect) -> bool) -> Option<Effect> {
        PLANS.with_borrow_mut(|plans| {
            let mut due = None;
            for plan in plans.iter_mut().filter(|plan| plan.call == call && wanted(&plan.effect)) {
                if plan.wait > 0 {
                    plan.wait -= 1;
                } else if plan.times > 0 && due.is_none() {
                    plan.times -= 1;
                    due = Some(plan.effect);
                }
            }
            plans.retain(|plan| plan.times > 0);
            due
        })
    }

    pub(crate) fn check(call: Call) -> Result<(), Errno> {
        match due(call, |effect| matches!(effect, Effect::Fail(_))) {
            Some(Effect::Fail(errno)) => Err(errno),
            _ => Ok(()),
        }
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
        let call = call_by_name(fields.next()?)?;
        let nth: u32 = fields.next()?.parse().ok()?;
        let what = fields.next()?;
        let times = fields.next().map_or(Some(1), |n| n.parse().ok())?;
        if fields.next().is_some() {
            return None;
        }
        let effect = match what.strip_prefix("SHORT=") {
            Some(len) => Effect::Short(len.parse().ok()?),
            None => Effect::Fail(errno_by_name(what)?),
        };
        Some(Plan { call, wait: nth.saturating_sub(1), times, effect })
    }

    /// `Call::PidfdOpen` is written `pidfdopen`.
    fn call_by_name(name: &str) -> Option<Call> {
        use Call::*;
        [
            Fork,
            Waitpid,
            Kill,
            PidfdOpen,
            Socketpair,
            Send,
            Recv,
            Poll,
            Shutdown,
            Setsockopt,
            Dup,
            Open,
            Msgget,
            Msgsnd,
            Msgrcv,
            Msgctl,
            Execv,
            Setsid,
            Chdir,
            Setitimer,
            Sigprocmask,
            SchedSetaffinity,
            SchedGetaffinity,
            Setpriority,
            Getpriority,
            EpollCreate,
            EpollCtl,
            EpollWait,
            Sigaction,
            Socket,
            Bind,
            Listen,
            Accept,
            Connect,
            Fcntl,
            Ioctl,
            Getsockname,
            Getpeername,
            Getsockopt,
            Getaddrinfo,
            Unlink,
        ]
        .into_iter()
        .find(|call| format!("{call:?}").eq_ignore_ascii_case(name))
    }

    fn errno_by_name(name: &str) -> Option<Errno> {
        (1..=133).map(Errno::from_raw).find(|errno| format!("{errno:?}") == name)
    }
}
