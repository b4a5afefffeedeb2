//! `swoole_client_select()`, and its other name `swoole_select()`: waits until one of several descriptors is ready.

use crate::os::Errno;
use crate::os::epoll::Interest;
use crate::os::prepared_wait::prepare_wait;
use crate::php::{event, outcome, waiting};
use crate::rt::core::clock::{self, now};
use crate::zend::arguments::Reference;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::running::running_function;
use crate::zend::values::Owned;
use crate::zend::{globals, interrupt};
use std::os::fd::RawFd;
use std::time::Duration;

/// The array in a parameter; `None` for null. The reference keeps it, because a stream of a class of the script may change
/// the variable when it is asked for its descriptor.
fn array(number: u32, name: &str, variable: Reference<'_>) -> Outcome<Option<Owned>> {
    let value = variable.value();
    match Array::of(value) {
        None if !value.is_null() => {
            let function = running_function();
            let text = format!(
                "{function}(): Argument #{number} (${name}) must be of type ?array, {} given",
                value.type_name()
            );
            Err(Failure::TypeError(text.into()))
        }
        array => Ok(array.map(Owned::new)),
    }
}

fn as_array(held: &Option<Owned>) -> Array<'_> {
    held.as_ref().and_then(|held| Array::of(held.as_value())).unwrap_or(Array::EMPTY)
}

pub(super) fn select(
    read: Reference<'_>,
    write: Reference<'_>,
    except: Reference<'_>,
    timeout: Option<f64>,
) -> Outcome<i64> {
    const USUAL: f64 = 0.5;
    let timeout = timeout.unwrap_or(USUAL);
    // As in Swoole, none is no wait, and less than none is no limit.
    let limit = if timeout == 0.0 { Some(Duration::ZERO) } else { waiting::limit(timeout) };
    let deadline = clock::deadline(limit);
    loop {
        // A signal handler may have changed the variables.
        let arrays = [array(1, "read", read)?, array(2, "write", write)?, array(3, "except", except)?];
        // All are known before the first is added: a stream of a class of the script may call this function, too.
        let mut numbers = NewArray::with_capacity(0);
        for (_, value) in arrays.iter().flat_map(|array| as_array(array).iter()) {
            numbers.push(event::expect_descriptor(value)?);
        }
        let mut numbers = numbers.as_array().iter();
        globals::with(|runtime| {
            runtime.poll_list.clear();
            for (array, interest) in arrays.iter().zip([Interest::READ, Interest::WRITE, Interest::empty()]) {
                for (_, fd) in numbers.by_ref().take(as_array(array).len()) {
                    runtime.poll_list.add(RawFd::try_from(fd.to_int()).unwrap_or(-1), interest);
                }
            }
        });
        let ready = globals::with(|runtime| {
            if runtime.poll_list.is_empty() {
                return Ok(None);
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(now()));
            let prepared = prepare_wait([])?;
            let interrupted = (runtime.core.env().interrupted)();
            let ready = if interrupted { Err(Errno::EINTR) } else { runtime.poll_list.wait(left, &prepared) };
            prepared.release();
            ready.map(Some)
        });
        match ready {
            Ok(Some(count)) => {
                give_back(arrays, [read, write, except])?;
                return Ok(i64::try_from(count).unwrap_or(i64::MAX));
            }
            Ok(None) => return Err(outcome::warning("no resource arrays were passed to select")),
            Err(Errno::EINTR) => {
                interrupt::dispatch()?;
            }
            Err(errno) => return Err(outcome::system("poll()", errno)),
        }
    }
}

/// What is ready stays in the arrays, with its keys.
fn give_back(arrays: [Option<Owned>; 3], variables: [Reference<'_>; 3]) -> Outcome<()> {
    // All are made before the first is assigned: that may run code of the script.
    let mut at = 0;
    let ready = arrays.each_ref().map(|array| {
        array.is_some().then(|| {
            NewArray::chosen_of(as_array(array), |_| {
                at += 1;
                globals::with(|runtime| runtime.poll_list.is_ready(at - 1))
            })
        })
    });
    drop(arrays);
    for (variable, ready) in variables.into_iter().zip(ready) {
        if let Some(ready) = ready {
            variable.assign(ready)?;
        }
    }
    Ok(())
}
