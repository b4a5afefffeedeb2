//! Functions of the feature `fault-injection`: a test makes system calls fail, and sees which ones are made.

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

/// Replaces all plans, and sets the counts to zero. False when the plans are malformed.
fn plan(plans: &[u8]) -> Outcome<bool> {
    fault::clear();
    fault::start_counting().map_err(|_| Failure::False)?;
    Ok(std::str::from_utf8(plans).is_ok_and(fault::plan_from))
}

/// Makes the engine's allocation of this number from now on, from 1, find the request's memory used up; 0 for none.
/// `children` selects forked processes instead of this one. False when the engine has no delayed errors.
fn plan_allocation(at: i64, delayed: bool, children: bool) -> Outcome<bool> {
    if delayed && !allocations::has_delay() {
        return Ok(false);
    }
    let how = if delayed { How::Delay } else { How::Jump };
    let place = if children { Place::Child } else { Place::Here };
    allocations::plan(how, place, u64::try_from(at).unwrap_or(0));
    Ok(true)
}

/// Ends this. Returns the number of allocations.
fn end_allocation() -> Outcome<i64> {
    Ok(i64::try_from(allocations::end()).unwrap_or(i64::MAX))
}

/// Removes all plans and stops counting in this process. Forked processes continue with both.
fn end() -> Outcome<()> {
    fault::clear();
    fault::stop_counting();
    Ok(())
}

/// The counts since `swoole_process_fault()`: how often this process made each system call (`here`), the most that one
/// of the processes forked since then made (`child`), and how often each plan took effect. Also the size of the heap in
/// bytes.
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

/// All system calls in small letters, with the names and numbers of their errors.
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
