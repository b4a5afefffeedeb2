//! The channel in shared memory: as a queue of a model, between processes, and with processes that are killed.
#![cfg(test)]

mod alone;

use alone::killed::{spread, start_plain as start, step};
use alone::random::for_all;
use alone::{descriptors, tests, wait_for_all, wait_for_the_sleep_of};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use swoole_process::os::epoll::Interest;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::shared::SharedWords;
use swoole_process::os::spare::Spare;
use swoole_process::os::{Errno, fd};
use swoole_process::rt::core::clock::{WaitEnv, now};
use swoole_process::rt::shared::channel::{AcquireError, Channel, MOST, OpenError, Side, Stop};

const ENV: WaitEnv = WaitEnv { now, interrupted: || false };

fn pop(channel: &Channel) -> Result<(u8, Vec<u8>), Stop> {
    let mut buffer = vec![0; 64];
    loop {
        match channel.pop(&mut Spare::from(&mut buffer), ENV) {
            Ok((form, len)) => {
                buffer.truncate(len);
                return Ok((form, buffer));
            }
            Err(Stop::Needs(len)) => buffer = vec![0; len],
            Err(stop) => return Err(stop),
        }
    }
}

/// Pops a message, and waits for it.
fn pop_waiting(channel: &Channel) -> Option<Vec<u8>> {
    loop {
        let seen = channel.seen(Side::Messages);
        match pop(channel) {
            Ok((_, text)) => {
                channel.pass_on(Side::Messages);
                return Some(text);
            }
            Err(Stop::Again) => channel.sleep(Side::Messages, seen, None, ENV).unwrap(),
            Err(Stop::Closed) => return None,
            Err(stop) => panic!("{stop:?}"),
        }
    }
}

fn push_waiting(channel: &Channel, text: &[u8]) {
    loop {
        let seen = channel.seen(Side::Room);
        match channel.push(b'x', text, ENV) {
            Ok(()) => return channel.pass_on(Side::Room),
            Err(Stop::Again) => channel.sleep(Side::Room, seen, None, ENV).unwrap(),
            Err(stop) => panic!("{stop:?}"),
        }
    }
}

#[derive(Clone, Debug)]
enum Act {
    Push(u8, Vec<u8>),
    Pop,
    Close,
}

fn it_is_a_bounded_queue() {
    let act = prop_oneof![
        8 => (any::<u8>(), prop::collection::vec(any::<u8>(), 0..90)).prop_map(|(form, text)| Act::Push(form, text)),
        6 => Just(Act::Pop),
        1 => Just(Act::Close),
    ];
    for_all(500, (1..6_u64, 1..200_u64, prop::collection::vec(act, 1..120)), |(most, bytes, acts)| {
        let channel = Channel::new(most, bytes).unwrap();
        let mut model: VecDeque<(u8, Vec<u8>)> = VecDeque::new();
        let words = |text: &[u8]| text.len().div_ceil(8) + 1;
        let (mut closed, mut pushed, mut popped) = (false, 0, 0);
        prop_assert!(channel.size() >= bytes && channel.size().is_power_of_two());
        for act in acts {
            match act {
                Act::Push(form, text) => {
                    let used: usize = model.iter().map(|(_, text)| words(text)).sum();
                    let size = usize::try_from(channel.size()).unwrap() / 8;
                    let expected = if words(&text) > size {
                        Err(Stop::TooLarge)
                    } else if closed {
                        Err(Stop::Closed)
                    } else if used + words(&text) > size || model.len() as u64 == most {
                        Err(Stop::Again)
                    } else {
                        Ok(())
                    };
                    prop_assert_eq!(channel.push(form, &text, ENV), expected);
                    if expected.is_ok() {
                        pushed += 1;
                        model.push_back((form, text));
                    }
                }
                Act::Pop => {
                    let empty = if closed { Stop::Closed } else { Stop::Again };
                    popped += u64::from(!model.is_empty());
                    prop_assert_eq!(pop(&channel), model.pop_front().ok_or(empty));
                }
                Act::Close => {
                    prop_assert_eq!(channel.close(ENV), Ok(!closed));
                    closed = true;
                }
            }
            let stats = channel.stats();
            let used: usize = model.iter().map(|(_, text)| words(text)).sum();
            prop_assert_eq!((stats.len, stats.used), (model.len() as u64, used as u64 * 8));
            prop_assert_eq!((stats.pushed, stats.popped, channel.is_closed()), (pushed, popped, closed));
        }
        Ok(())
    });
}

fn many_processes_lose_nothing_and_keep_the_order_of_each() {
    const EACH: u64 = 3000;
    let channel = Channel::new(7, 1000).unwrap();
    let sums = SharedWords::<AtomicU64>::new(2).unwrap();
    for producer in 0..4_u64 {
        start(|| {
            for number in 0..EACH {
                let text = [producer.to_ne_bytes(), number.to_ne_bytes()].concat();
                push_waiting(&channel, &text[..8 + 8]);
            }
        });
    }
    for _ in 0..3 {
        start(|| {
            let mut last = [None; 4];
            while let Some(text) = pop_waiting(&channel) {
                let [producer, number] =
                    [0, 8].map(|at| u64::from_ne_bytes(text[at..at + 8].try_into().unwrap()));
                let last = &mut last[usize::try_from(producer).unwrap()];
                assert!(last.is_none_or(|last| last < number));
                *last = Some(number);
                sums.all()[0].fetch_add(number, Ordering::SeqCst);
                if sums.all()[1].fetch_add(1, Ordering::SeqCst) + 1 == 4 * EACH {
                    channel.close(ENV).unwrap();
                }
            }
        });
    }
    wait_for_all();
    assert_eq!(sums.all()[0].load(Ordering::SeqCst), 4 * (EACH * (EACH - 1) / 2));
    assert_eq!(channel.stats().len, 0);
}

fn a_process_killed_at_any_instruction_has_done_all_or_nothing() {
    let full = || {
        let channel = Channel::new(10, 500).unwrap();
        // Not at the beginning of the ring, and over its end.
        for _ in 0..12 {
            channel.push(b'x', &[7; 60], ENV).unwrap();
            pop(&channel).unwrap();
        }
        for text in [b"first", b"other"] {
            channel.push(b'x', text, ENV).unwrap();
        }
        channel
    };
    let text = vec![9; 120];
    let push = |channel: &Channel| channel.push(b'y', &text, ENV).unwrap();
    let take = |channel: &Channel| drop(pop(channel).unwrap());
    for pushes in [true, false] {
        let act = |channel: &Channel| if pushes { push(channel) } else { take(channel) };
        let first = full();
        let whole = step(u64::MAX, || act(&first));
        for most in spread(whole, 24) {
            let channel = full();
            step(most, || act(&channel));
            let mut found = Vec::new();
            while let Ok((_, text)) = pop(&channel) {
                found.push(text);
            }
            let before = [b"first".to_vec(), b"other".to_vec()];
            let is_whole = if pushes {
                found == before || found == [&before[..], std::slice::from_ref(&text)].concat()
            } else {
                found == before || found == before[1..]
            };
            assert!(is_whole, "after {most}: {found:?}");
            channel.push(b'z', b"works", ENV).unwrap();
            assert_eq!(pop(&channel), Ok((b'z', b"works".to_vec())));
        }
    }
}

fn a_killed_sleeper_keeps_no_wakeup_from_the_others() {
    let channel = Channel::new(10, 500).unwrap();
    let sleepers: Vec<_> = (0..2).map(|_| start(|| drop(pop_waiting(&channel)))).collect();
    sleepers.iter().for_each(|&sleeper| wait_for_the_sleep_of(sleeper));
    alone::killed::kill_and_reap(sleepers[0]);
    channel.push(b'x', b"text", ENV).unwrap();
    wait_for_all();
    assert_eq!(channel.stats().len, 0);
}

fn a_wait_ends_in_time_and_for_signals() {
    let channel = Channel::new(1, 8).unwrap();
    for side in [Side::Messages, Side::Room] {
        let soon = Some(Instant::now() + Duration::from_millis(5));
        let seen = channel.seen(side);
        assert_eq!(channel.sleep(side, seen, soon, ENV), Err(AcquireError::TimedOut));
        let signalled = WaitEnv { now, interrupted: || true };
        assert_eq!(channel.sleep(side, seen, None, signalled), Err(AcquireError::Pause));
        // It has changed since.
        assert_eq!(channel.sleep(side, seen.wrapping_add(2), None, ENV), Ok(()));
    }
    let seen = channel.seen(Side::Messages);
    channel.close(ENV).unwrap();
    assert_eq!(channel.sleep(Side::Messages, seen, None, ENV), Ok(()));
}

fn a_loop_is_told_of_changes_that_it_waits_for() {
    let channel = Channel::new(1, 64).unwrap();
    let is_told = |side| {
        let event = fd::number(&channel.event(side));
        !fd::readiness(event, Interest::READ).unwrap().is_empty()
    };
    let seen = channel.seen(Side::Messages);
    channel.push(b'x', b"early", ENV).unwrap();
    assert!(!is_told(Side::Messages));
    assert_eq!(channel.arm(Side::Messages, seen), Ok(true));
    assert!(is_told(Side::Messages));
    pop(&channel).unwrap();
    assert_eq!(channel.arm(Side::Messages, channel.seen(Side::Messages)), Ok(false));
    assert!(!is_told(Side::Messages));
    channel.push(b'x', b"told", ENV).unwrap();
    assert!(is_told(Side::Messages));
    assert_eq!(channel.arm(Side::Room, channel.seen(Side::Room)), Ok(false));
    pop(&channel).unwrap();
    assert!(is_told(Side::Room));
    channel.arm(Side::Room, channel.seen(Side::Room)).unwrap();
    channel.close(ENV).unwrap();
    for side in [Side::Messages, Side::Room] {
        assert_eq!(channel.arm(side, channel.seen(side)), Ok(true));
        assert!(is_told(side));
    }
}

fn what_the_kernel_refuses_is_told() {
    let before = descriptors();
    for nth in 1..=2 {
        plan(Call::Eventfd, nth, Errno::EMFILE, 1);
        assert_eq!(Channel::new(1, 1).err(), Some(OpenError::Failed(Errno::EMFILE)));
        clear();
    }
    plan(Call::Mmap, 1, Errno::ENOMEM, 1);
    assert!(matches!(Channel::new(1, 1), Err(OpenError::NoRoom(_))));
    clear();
    let channel = Channel::new(MOST + 1, 1).unwrap();
    assert_eq!(channel.most(), MOST);
    let seen = channel.seen(Side::Messages);
    plan(Call::Futex, 1, Errno::ENOSYS, 1);
    assert_eq!(channel.sleep(Side::Messages, seen, None, ENV), Err(AcquireError::Failed(Errno::ENOSYS)));
    clear();
    // Those who wait are woken later, by themselves.
    plan(Call::Futex, 1, Errno::ENOSYS, 1);
    assert_eq!(channel.push(b'x', b"", ENV), Ok(()));
    clear();
    plan(Call::Read, 1, Errno::EIO, 1);
    assert_eq!(channel.arm(Side::Messages, seen), Err(Errno::EIO));
    clear();
    plan(Call::Read, 1, Errno::EINTR, 1);
    plan(Call::Write, 1, Errno::EINTR, 1);
    assert_eq!(channel.arm(Side::Messages, seen), Ok(true));
    clear();
    drop(channel);
    assert_eq!(descriptors(), before);
}

fn main() -> ExitCode {
    alone::run(tests![
        it_is_a_bounded_queue,
        many_processes_lose_nothing_and_keep_the_order_of_each,
        a_process_killed_at_any_instruction_has_done_all_or_nothing,
        a_killed_sleeper_keeps_no_wakeup_from_the_others,
        a_wait_ends_in_time_and_for_signals,
        a_loop_is_told_of_changes_that_it_waits_for,
        what_the_kernel_refuses_is_told,
    ])
}
