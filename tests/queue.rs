//! The message queue between processes: who waits, and what ends the wait.
#![cfg(test)]

mod alone;

use alone::{Gate, catch_signal, found, reap, start, wait_for_the_sleep_of};
use nix::sys::signal::SaFlags;
use std::process::ExitCode;
use swoole_process::os::msgq::{TYPE, Wait};
use swoole_process::os::{Errno, process};
use swoole_process::rt::process::queue::{Queue, Take};
use swoole_process::rt::runtime::Runtime;

/// A queue without a key, which goes with the test.
struct Private(Queue);

impl Private {
    fn new(take: Take, capacity: Option<u64>) -> Private {
        let (queue, refused) = Queue::open(libc::IPC_PRIVATE, take, Wait::Allowed, capacity).unwrap();
        assert_eq!(refused, None);
        Private(queue)
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        // A test may have removed it.
        let _ = self.0.remove();
    }
}

/// What one pop gives to the process with the number `process`.
fn pop(queue: Queue, process: i64) -> Result<Vec<u8>, Errno> {
    let mut buffer = [0; TYPE + 8192];
    let len = Runtime::default().pop(queue, process, &mut buffer)?;
    Ok(buffer[TYPE..TYPE + len].to_vec())
}

fn a_pop_waits_for_a_message() {
    let queue = Private::new(Take::Any, None);
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |_| assert_eq!(pop(queue.0, 1), found("hello")));
    wait_for_the_sleep_of(child);
    rt.push(queue.0, 1, b"hello").unwrap();
    reap(&mut rt, child);
}

fn a_pop_for_one_process_waits_for_a_message_of_that_process() {
    let queue = Private::new(Take::Own, None);
    let mut rt = Runtime::default();
    rt.push(queue.0, 1, b"of the first").unwrap();
    let child = start(&mut rt, None, |_| {
        assert_eq!(pop(queue.0, 2), found("of the second"));
        assert_eq!(pop(queue.0, 1), found("of the first"));
    });
    wait_for_the_sleep_of(child);
    rt.push(queue.0, 2, b"of the second").unwrap();
    reap(&mut rt, child);
}

fn a_push_waits_for_room() {
    let queue = Private::new(Take::Any, Some(10));
    let mut rt = Runtime::default();
    rt.push(queue.0, 1, b"ten bytes.").unwrap();
    let child = start(&mut rt, None, |rt| rt.push(queue.0, 1, b"next").unwrap());
    wait_for_the_sleep_of(child);
    assert_eq!(queue.0.status().unwrap().messages, 1);
    assert_eq!(pop(queue.0, 1), found("ten bytes."));
    assert_eq!(pop(queue.0, 1), found("next"));
    reap(&mut rt, child);
}

fn the_removal_of_the_queue_ends_all_waits() {
    let queue = Private::new(Take::Any, Some(1));
    let mut rt = Runtime::default();
    let popping = start(&mut rt, None, |_| assert_eq!(pop(queue.0, 1), Err(Errno::EIDRM)));
    wait_for_the_sleep_of(popping);
    queue.0.remove().unwrap();
    reap(&mut rt, popping);

    let queue = Private::new(Take::Any, Some(1));
    rt.push(queue.0, 1, b"x").unwrap();
    let pushing = start(&mut rt, None, |rt| assert_eq!(rt.push(queue.0, 1, b"y"), Err(Errno::EIDRM)));
    wait_for_the_sleep_of(pushing);
    queue.0.remove().unwrap();
    reap(&mut rt, pushing);

    assert_eq!(rt.push(queue.0, 1, b"z"), Err(Errno::EINVAL));
    assert_eq!(queue.0.remove(), Err(Errno::EINVAL));
}

fn a_signal_ends_a_wait_even_when_its_handler_asks_for_a_restart() {
    let queue = Private::new(Take::Any, Some(1));
    let mut rt = Runtime::default();
    for flags in [SaFlags::empty(), SaFlags::SA_RESTART] {
        catch_signal(flags);
        let ready = Gate::new();
        let child = start(&mut rt, None, |rt| {
            ready.open();
            assert_eq!(pop(queue.0, 1), Err(Errno::EINTR));
            rt.push(queue.0, 1, b"x").unwrap();
            ready.open();
            assert_eq!(rt.push(queue.0, 1, b"y"), Err(Errno::EINTR));
            assert_eq!(pop(queue.0, 1), found("x"));
        });
        for _ in 0..2 {
            ready.pass();
            wait_for_the_sleep_of(child);
            process::kill(child, libc::SIGUSR1).unwrap();
        }
        reap(&mut rt, child);
    }
}

fn a_queue_outlives_the_process_that_made_it() {
    let key = 0x5351_0000 ^ process::pid();
    let open = || Queue::open(key, Take::Any, Wait::Never, None).unwrap().0;
    open().remove().unwrap();
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |rt| rt.push(open(), 1, b"kept").unwrap());
    reap(&mut rt, child);
    let queue = Private(open());
    assert_eq!(pop(queue.0, 1), found("kept"));
    assert_eq!(pop(queue.0, 1), Err(Errno::ENOMSG));
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_pop_waits_for_a_message,
        a_pop_for_one_process_waits_for_a_message_of_that_process,
        a_push_waits_for_room,
        the_removal_of_the_queue_ends_all_waits,
        a_signal_ends_a_wait_even_when_its_handler_asks_for_a_restart,
        a_queue_outlives_the_process_that_made_it,
    ])
}
