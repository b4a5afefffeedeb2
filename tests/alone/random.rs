//! Random values for a property that must hold for all of them.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use std::fmt::Debug;

/// Tries `cases` random values; shows the simplest one for which `holds` fails.
pub(crate) fn for_all<S: Strategy>(
    cases: u32,
    values: S,
    holds: impl Fn(S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: Debug,
{
    let config = Config { cases, failure_persistence: None, max_shrink_time: 3000, ..Config::default() };
    match TestRunner::new(config).run(&values, holds) {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => panic!("{reason}\nfor {value:#?}"),
        Err(TestError::Abort(reason)) => panic!("given up: {reason}"),
    }
}
