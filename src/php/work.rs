//! Exclusive work: one coroutine does it while others that need it wait. Examples are the loading of a class, and a call
//! of a PHP function that keeps its state in a global variable.

use crate::php::{library, outcome, waiting};
use crate::rt::sync::work::{self, BeginResult};
use crate::zend::autoload;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::fiber::Fibers;
use crate::zend::function_hooks::{self, Replacement};
use crate::zend::lifecycle::{Part, once};

/// array_multisort() keeps its comparisons in a variable that is not exported, so a switch cannot carry it.
const FUNCTIONS: &[Replacement] =
    &[function_hooks::surrounded!("array_multisort", |_| begin_sort(), end_sort)];

/// No class has parentheses in its name.
const SORT: &[u8] = b"array_multisort()";

pub(super) const PART: Part = Part {
    start: once!(|_| {
        autoload::install(autoload::Hooks { begin, end, source: library::source });
        function_hooks::install(FUNCTIONS);
    }),
    stop: once!(|_| {
        function_hooks::restore(FUNCTIONS);
        autoload::uninstall();
    }),
    ..Part::NONE
};

fn begin(name: &[u8]) -> Outcome<BeginResult> {
    work::begin::<Fibers>(name)
        .or_else(|stop| waiting::stopped(stop).map(|_| work::begin_beside::<Fibers>(name)))
}

fn end(name: &[u8]) -> Outcome<()> {
    waiting::wakened(work::end::<Fibers>(name))
}

fn begin_sort() -> Outcome<()> {
    loop {
        match begin(SORT)? {
            BeginResult::Now => return Ok(()),
            BeginResult::ByAnother => {}
            BeginResult::Already => return Err(sorts_in_a_sort()),
            BeginResult::Beside => {
                end(SORT)?;
                return Err(sorts_in_a_sort());
            }
        }
    }
}

fn sorts_in_a_sort() -> Failure {
    outcome::error("array_multisort() is called in a comparison of array_multisort()")
}

fn end_sort() -> Outcome<()> {
    end(SORT)
}
