//! Functions of the feature `fault-injection` alone: a test makes system calls fail, and sees which are made.

use crate::os::fault::{self, Call};
use crate::zend::allocations::{self, How, Place};
use crate::zend::arrays::NewArray;
use crate::zend::bindings::zend_function_entry;
use crate::zend::class::table;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function;

pub(super) const TABLE: &[zend_function_entry] = &table![
    function!("function swoole_process_fault(string $plans): bool", plan),
    function!("function swoole_process_fault_end(): void", end),
    function!("function swoole_process_fault_counts(): array", counts),
    function!("function swoole_process_fault_calls(): array", calls),
    function!(
        "function swoole_process_fault_allocation(int $at, bool $delayed = false, bool $children = false): bool",
        plan_allocation
    ),
    function!("function swoole_process_fault_allocation_end(): int", end_allocation),
]
.0;

/// These plans and no others from now on; counts from zero. False when they are malformed.
fn plan(plans: &[u8]) -> Outcome<bool> {
    fault::clear();
    fault::start_counting().map_err(|_| Failure::False)?;
    Ok(std::str::from_utf8(plans).is_ok_and(fault::plan_from))
}

/// The allocation of the engine with this number from now on, from 1, finds that the request has no memory left; 0 for
/// none. In this process, or in those that it forks. False when the engine has no delayed errors.
fn plan_allocation(at: i64, delayed: bool, children: bool) -> Outcome<bool> {
    if delayed && !allocations::has_delay() {
        return Ok(false);
    }
    let how = if delayed { How::Delay } else { How::Jump };
    let place = if children { Place::Child } else { Place::Here };
    allocations::plan(how, place, u64::try_from(at).unwrap_or(0));
    Ok(true)
}

/// No such plan any more; how many allocations there were.
fn end_allocation() -> Outcome<i64> {
    Ok(i64::try_from(allocations::end()).unwrap_or(i64::MAX))
}

/// No plans any more, and no counting; processes that were forked go on with both.
fn end() -> Outcome<()> {
    fault::clear();
    fault::stop_counting();
    Ok(())
}

/// From `swoole_process_fault()` to its end: how often each system call was made by this process (`here`) and at most
/// by one of those forked in between (`child`), and how often each plan had its effect. Also, in bytes, the
/// heap.
fn counts() -> Outcome<NewArray> {
    let heap = i64::try_from(fault::heap()).unwrap_or(i64::MAX);
    let counts = fault::counts();
    let list = |counts: Vec<(Call, u32)>| {
        let list = NewArray::with_capacity(8);
        counts
            .into_iter()
            .fold(list, |list, (call, count)| list.with(&call.name().to_lowercase(), i64::from(count)))
    };
    let mut faults = NewArray::with_capacity(16);
    for &count in &counts.effects {
        faults.push(i64::from(count));
    }
    Ok(NewArray::with_capacity(4)
        .with("here", list(counts.here))
        .with("child", list(counts.child))
        .with("faults", faults)
        .with("heap", heap))
}

/// All system calls in small letters, each with the names and numbers of its errors.
fn calls() -> Outcome<NewArray> {
    let mut all = NewArray::with_capacity(64);
    for &call in Call::ALL {
        let mut errors = NewArray::with_capacity(16);
        for &errno in call.errnos() {
            errors = errors.with(&format!("{errno:?}"), errno as i32);
        }
        all = all.with(&call.name().to_lowercase(), errors);
    }
    Ok(all)
}
