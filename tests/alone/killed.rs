//! Processes that are killed, at any instruction.

use super::live;
use nix::sched::{CpuSet, sched_getaffinity, sched_getcpu, sched_setaffinity};
use nix::sys::ptrace;
use nix::sys::signal::{self, Signal, raise};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd;
use swoole_process::os::identity;
use swoole_process::os::process::{self, Fork, Pid};

/// Forks a process that runs `body`.
pub(crate) fn start_plain(body: impl FnOnce()) -> Pid {
    match process::fork().unwrap() {
        Fork::Parent { child } => child,
        Fork::Child { mask } => {
            mask.restore();
            live(body)
        }
    }
}

/// Kills a child and reaps it. No fault plan reaches these calls.
pub(crate) fn kill_and_reap(child: Pid) {
    signal::kill(unistd::Pid::from_raw(child), Signal::SIGKILL).unwrap();
    let end = waitpid(unistd::Pid::from_raw(child), None).unwrap();
    assert!(matches!(end, WaitStatus::Signaled(_, Signal::SIGKILL, _)), "{end:?}");
}

/// How many instructions a process takes for `body`; it is stopped and killed after `most` of them.
pub(crate) fn step(most: u64, body: impl FnOnce()) -> u64 {
    match stop_after(most, body) {
        Ok(child) => {
            kill_and_reap(child);
            most
        }
        Err(whole) => whole,
    }
}

/// A process that has stopped after `most` instructions of `body`; or how many these are, when it has ended before.
pub(crate) fn stop_after(most: u64, body: impl FnOnce()) -> Result<Pid, u64> {
    let child = unistd::Pid::from_raw(start_plain(|| {
        identity::own();
        ptrace::traceme().unwrap();
        raise(Signal::SIGSTOP).unwrap();
        body();
        // The sanitizer cannot look for leaks in a process that is traced.
        process::exit_now(0)
    }));
    assert!(matches!(waitpid(child, None), Ok(WaitStatus::Stopped(_, Signal::SIGSTOP))));
    on_one_processor(child, || {
        for count in 0..most {
            ptrace::step(child, None).unwrap();
            match waitpid(child, None).unwrap() {
                WaitStatus::Stopped(..) => {}
                WaitStatus::Exited(_, 0) => return Err(count),
                other => panic!("{other:?}"),
            }
        }
        Ok(child.as_raw())
    })
}

/// Binds `child`, for good, and the caller, for the time of `body`, to the processor that the caller runs on: two that
/// take turns are several times faster there, for none has to be woken up on another one.
fn on_one_processor<T>(child: unistd::Pid, body: impl FnOnce() -> T) -> T {
    let caller = unistd::Pid::from_raw(0);
    let before = sched_getaffinity(caller).unwrap();
    let mut one = CpuSet::new();
    one.set(sched_getcpu().unwrap()).unwrap();
    for process in [child, caller] {
        sched_setaffinity(process, &one).unwrap();
    }
    let result = body();
    sched_setaffinity(caller, &before).unwrap();
    result
}

/// Lets a process that has stopped go on to its end, where it must have found nothing wrong.
pub(crate) fn let_end(child: Pid) {
    let child = unistd::Pid::from_raw(child);
    ptrace::cont(child, None).unwrap();
    assert_eq!(waitpid(child, None), Ok(WaitStatus::Exited(child, 0)));
}

/// Numbers that are spread over `0..below`, and differ from run to run. The environment may ask for more: `KILLS=9999` kills at
/// every instruction where there are fewer.
pub(crate) fn spread(below: u64, count: u64) -> impl Iterator<Item = u64> {
    let wanted = std::env::var("KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(count);
    let (seed, count) = (u64::from(process::pid().cast_unsigned()), wanted.min(below));
    (0..count).map(move |n| (n * below + (seed * 7919 + n * 104_729) % below) / count)
}
