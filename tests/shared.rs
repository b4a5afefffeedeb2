//! Numbers and locks that processes share: nothing is lost, nobody waits for one that has been killed, and what was half
//! done is told. Real processes, killed at any instruction.
#![cfg(test)]

mod alone;

use alone::killed::{kill_and_reap as kill, let_end, spread, start_plain as start, step, stop_after};
use alone::{Gate, tests, wait_for_all, wait_for_the_sleep_of};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd;
use std::cell::RefCell;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::process::{self, Pid};
use swoole_process::os::shared::SharedWords;
use swoole_process::os::{Errno, identity};
use swoole_process::rt::core::clock::WaitEnv;
use swoole_process::rt::core::clock::now;
use swoole_process::rt::shared::atomic::{Place, Places, Wait};
use swoole_process::rt::shared::lock::{AcquireError, Acquisition, Kind, Lock, Mode, READERS, WaitLimit};

const FOR_EVER: WaitLimit = WaitLimit::Until(None);
const FACTS: WaitEnv = WaitEnv { now, interrupted: || false };
/// For what has to be done in 200 ms, on a machine that is busy with other things.
const SOON: Duration = Duration::from_secs(5);

fn long() -> Place<AtomicU64> {
    Places::default().take().unwrap()
}

fn lock(kind: Kind) -> Lock {
    Lock::new(kind, long()).unwrap()
}

fn soon() -> WaitLimit {
    WaitLimit::Until(Some(now() + SOON))
}

/// A process that holds a lock until it is killed.
fn holder(lock: &Lock, mode: Mode) -> Pid {
    let gate = Gate::new();
    let child = start(|| {
        assert_eq!(lock.lock(mode, FOR_EVER, FACTS), Ok(Acquisition::Clean));
        gate.open();
        std::thread::sleep(Duration::from_secs(50));
    });
    gate.pass();
    child
}

fn places_of_parent_and_child_differ() {
    let mut places = Places::<AtomicU32>::default();
    let first = places.take().unwrap();
    for _ in 0..3 {
        // Both go on with the same mapping, and beyond its end with one of their own.
        let (mut mine, gate) = (Vec::new(), Gate::new());
        let child = start(|| {
            let theirs: Vec<Place<AtomicU32>> = (0..40).map(|_| places.take().unwrap()).collect();
            theirs.iter().for_each(|place| place.first().unwrap().store(1, Ordering::SeqCst));
            gate.open();
            std::thread::sleep(Duration::from_secs(50));
        });
        mine.extend((0..40).map(|_| places.take().unwrap()));
        gate.pass();
        assert!(mine.iter().all(|place| place.first().unwrap().load(Ordering::SeqCst) == 0));
        kill(child);
    }
    assert_eq!(first.first().unwrap().load(Ordering::SeqCst), 0);
}

fn wakeups_before_and_during_a_wait_are_not_lost() {
    let mut places = Places::<AtomicU32>::default();
    let (ping, pong) = (places.take().unwrap(), places.take().unwrap());
    let deadline = Some(now() + Duration::from_secs(50));
    let through = |place: &Place<AtomicU32>| loop {
        match place.signal().unwrap().wait(deadline, now()) {
            Wait::Woken => return,
            Wait::Pause => {}
            other => panic!("{other:?}"),
        }
    };
    start(|| {
        for _ in 0..20_000 {
            through(&ping);
            pong.signal().unwrap().wake(1).unwrap();
        }
    });
    for _ in 0..20_000 {
        ping.signal().unwrap().wake(1).unwrap();
        through(&pong);
    }
    wait_for_all();
}

fn processes_that_exclude_each_other_lose_no_count() {
    for kind in [Kind::Mutex, Kind::Spin, Kind::ReadWrite] {
        let (lock, words) = (lock(kind), SharedWords::<AtomicU64>::new(2).unwrap());
        for _ in 0..4 {
            start(|| {
                for round in 0..3000 {
                    let reads = kind == Kind::ReadWrite && round % 3 == 0;
                    let mode = if reads { Mode::Shared } else { Mode::Exclusive };
                    assert_eq!(lock.lock(mode, FOR_EVER, FACTS), Ok(Acquisition::Clean));
                    let [first, second] = words.all() else { unreachable!() };
                    let value = first.load(Ordering::Relaxed);
                    assert_eq!(value, second.load(Ordering::Relaxed));
                    if !reads {
                        first.store(value + 1, Ordering::Relaxed);
                        std::hint::spin_loop();
                        second.store(value + 1, Ordering::Relaxed);
                    }
                    assert!(lock.unlock());
                }
            });
        }
        wait_for_all();
        let expected = if kind == Kind::ReadWrite { 8000 } else { 12_000 };
        assert_eq!(words.all()[0].load(Ordering::Relaxed), expected, "{kind:?}");
    }
}

fn the_next_one_gets_the_lock_of_a_killed_holder_and_is_told() {
    for kind in [Kind::Mutex, Kind::Spin, Kind::ReadWrite] {
        for mode in [Mode::Exclusive, Mode::Shared] {
            let lock = lock(kind);
            let holder = holder(&lock, mode);
            assert_eq!(lock.lock(Mode::Exclusive, WaitLimit::None, FACTS), Err(AcquireError::Busy));
            // One that waits already, when the holder is killed.
            let waiter = start(|| {
                assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
                assert!(lock.unlock());
            });
            wait_for_the_sleep_of(waiter);
            kill(holder);
            wait_for_all();
            // It is told once.
            assert_eq!(lock.lock(Mode::Exclusive, FOR_EVER, FACTS), Ok(Acquisition::Clean));
            assert!(lock.unlock());
            // One that comes later, and does not wait; nobody has reaped the holder.
            let holder = holder_zombie(&lock, mode);
            assert_eq!(
                lock.lock(Mode::Exclusive, WaitLimit::None, FACTS),
                Ok(Acquisition::OwnerDied),
                "{kind:?} {mode:?}"
            );
            assert!(lock.unlock());
            waitpid(unistd::Pid::from_raw(holder), None).unwrap();
        }
    }
}

/// A process that has ended while it held a lock, and is not reaped.
fn holder_zombie(lock: &Lock, mode: Mode) -> Pid {
    let child = holder(lock, mode);
    process::kill(child, Signal::SIGKILL as i32).unwrap();
    while process::kinship(child) != Ok(process::ChildState::Ended) {
        std::thread::yield_now();
    }
    child
}

fn readers_take_the_place_of_a_killed_writer() {
    let lock = lock(Kind::ReadWrite);
    let writer = holder(&lock, Mode::Exclusive);
    let gate = Gate::new();
    let reader = start(|| {
        assert_eq!(lock.lock(Mode::Shared, soon(), FACTS), Ok(Acquisition::OwnerDied));
        gate.open();
        std::thread::sleep(Duration::from_secs(50));
    });
    wait_for_the_sleep_of(reader);
    kill(writer);
    gate.pass();
    // A reader cannot repair what the lock protects: each is told, until a process has taken the lock to write.
    let little = WaitLimit::Until(Some(now() + Duration::from_millis(150)));
    assert_eq!(lock.lock(Mode::Exclusive, little, FACTS), Err(AcquireError::TimedOut));
    assert_eq!(lock.lock(Mode::Shared, WaitLimit::None, FACTS), Ok(Acquisition::OwnerDied));
    assert!(lock.unlock());
    kill(reader);
    assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
    assert!(lock.unlock());
    assert_eq!(lock.lock(Mode::Shared, soon(), FACTS), Ok(Acquisition::Clean));
    assert!(lock.unlock());
    // A writer that gives up has told nobody of a death that it has noticed: the next one is told.
    let reader = holder(&lock, Mode::Shared);
    let dead = holder_zombie(&lock, Mode::Shared);
    let little = WaitLimit::Until(Some(now() + Duration::from_millis(150)));
    assert_eq!(lock.lock(Mode::Exclusive, little, FACTS), Err(AcquireError::TimedOut));
    kill(reader);
    assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
    assert!(lock.unlock());
    waitpid(unistd::Pid::from_raw(dead), None).unwrap();
}

fn a_process_that_would_wait_for_itself_is_told() {
    for kind in [Kind::Mutex, Kind::ReadWrite] {
        let lock = lock(kind);
        assert_eq!(lock.lock(Mode::Exclusive, FOR_EVER, FACTS), Ok(Acquisition::Clean));
        for mode in [Mode::Exclusive, Mode::Shared] {
            assert_eq!(lock.lock(mode, FOR_EVER, FACTS), Err(AcquireError::Deadlock));
            assert_eq!(lock.lock(mode, WaitLimit::None, FACTS), Err(AcquireError::Busy));
            let little = WaitLimit::Until(Some(now() + Duration::from_millis(1)));
            assert_eq!(lock.lock(mode, little, FACTS), Err(AcquireError::TimedOut));
        }
        // What a process holds its child does not.
        start(|| {
            assert!(!lock.unlock());
            assert_eq!(lock.lock(Mode::Exclusive, WaitLimit::None, FACTS), Err(AcquireError::Busy));
        });
        wait_for_all();
        assert!(lock.unlock() && !lock.unlock());
    }
    // Readers may read again, and have to unlock as often.
    let lock = lock(Kind::ReadWrite);
    for _ in 0..3 {
        assert_eq!(lock.lock(Mode::Shared, FOR_EVER, FACTS), Ok(Acquisition::Clean));
    }
    assert_eq!(lock.lock(Mode::Exclusive, FOR_EVER, FACTS), Err(AcquireError::Deadlock));
    assert!(lock.unlock() && lock.unlock());
    start(|| {
        assert_eq!(lock.lock(Mode::Exclusive, WaitLimit::None, FACTS), Err(AcquireError::Busy));
        assert_eq!(lock.lock(Mode::Shared, WaitLimit::None, FACTS), Ok(Acquisition::Clean));
    });
    wait_for_all();
    assert!(lock.unlock() && !lock.unlock());
    // The child has dropped nothing, and is gone.
    assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
}

fn a_lock_that_is_dropped_while_it_is_held_is_free_and_tells() {
    let cases =
        [(Kind::Mutex, Mode::Exclusive), (Kind::ReadWrite, Mode::Exclusive), (Kind::ReadWrite, Mode::Shared)];
    for (kind, mode) in cases {
        let shared = RefCell::new(Some(lock(kind)));
        let take = |mode| shared.borrow().as_ref().unwrap().lock(mode, soon(), FACTS);
        let (held, go_on) = (Gate::new(), Gate::new());
        let child = start(|| {
            assert_eq!(take(mode), Ok(Acquisition::Clean));
            held.open();
            go_on.pass();
            drop(shared.take());
            std::thread::sleep(Duration::from_secs(50));
        });
        held.pass();
        let waiter = start(|| assert_eq!(take(Mode::Exclusive), Ok(Acquisition::OwnerDied)));
        wait_for_the_sleep_of(waiter);
        go_on.open();
        assert!(ends_well(waiter));
        kill(child);
    }
}

/// Waits for a child; whether it has found nothing wrong.
fn ends_well(child: Pid) -> bool {
    let child = unistd::Pid::from_raw(child);
    waitpid(child, None) == Ok(WaitStatus::Exited(child, 0))
}

fn as_many_read_as_there_is_room_for_and_the_dead_make_room() {
    let lock = lock(Kind::ReadWrite);
    let reader = holder(&lock, Mode::Shared);
    // Processes are dear: those that fill the room have ended.
    for _ in 1..READERS {
        assert!(ends_well(start(|| {
            lock.lock(Mode::Shared, FOR_EVER, FACTS).unwrap();
        })));
    }
    // While nothing tells that they have ended there is no room.
    assert!(ends_well(start(|| {
        for call in [Call::Kill, Call::Open, Call::PidfdOpen] {
            plan(call, 1, Errno::EMFILE, u32::MAX);
        }
        assert_eq!(lock.lock(Mode::Shared, FOR_EVER, FACTS), Err(AcquireError::Full));
    })));
    assert_eq!(lock.lock(Mode::Shared, FOR_EVER, FACTS), Ok(Acquisition::Clean));
    assert!(lock.unlock());
    kill(reader);
    assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
}

fn what_the_kernel_refuses_is_told_and_leaves_the_lock_as_it_was() {
    let lock = lock(Kind::ReadWrite);
    for mode in [Mode::Exclusive, Mode::Shared] {
        let holder = holder(&lock, mode);
        plan(Call::Futex, 1, Errno::ENOSYS, 1);
        assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Err(AcquireError::Failed(Errno::ENOSYS)));
        // Nobody tells that the holder has ended: the lock is not taken from it.
        for call in [Call::Kill, Call::Open, Call::PidfdOpen] {
            plan(call, 1, Errno::EMFILE, u32::MAX);
        }
        kill(holder);
        let little = WaitLimit::Until(Some(now() + Duration::from_millis(250)));
        assert_eq!(lock.lock(Mode::Exclusive, little, FACTS), Err(AcquireError::TimedOut));
        clear();
        assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
        // Whom nobody could wake looks by itself.
        let waiter = start(|| assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::Clean)));
        wait_for_the_sleep_of(waiter);
        plan(Call::Futex, 1, Errno::EINVAL, 1);
        assert!(lock.unlock());
        assert!(ends_well(waiter));
        clear();
        assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
        assert!(lock.unlock());
    }
}

fn signals_that_end_every_sleep_do_not_hide_the_death_of_a_holder() {
    for mode in [Mode::Exclusive, Mode::Shared] {
        let lock = lock(Kind::ReadWrite);
        kill(holder(&lock, mode));
        plan(Call::Futex, 1, Errno::EINTR, u32::MAX);
        assert_eq!(lock.lock(Mode::Exclusive, FOR_EVER, FACTS), Ok(Acquisition::OwnerDied));
        clear();
    }
}

fn a_signal_of_the_script_ends_a_wait_and_nothing_is_held_then() {
    let lock = lock(Kind::ReadWrite);
    let interrupted = WaitEnv { now, interrupted: || true };
    for mode in [Mode::Exclusive, Mode::Shared] {
        let holder = holder(&lock, mode);
        assert_eq!(lock.lock(Mode::Exclusive, FOR_EVER, interrupted), Err(AcquireError::Pause));
        assert!(!lock.unlock());
        // Readers are not held up by a writer that has given up.
        if mode == Mode::Shared {
            assert_eq!(lock.lock(Mode::Shared, WaitLimit::None, FACTS), Ok(Acquisition::Clean));
            assert!(lock.unlock());
        }
        kill(holder);
        assert_eq!(lock.lock(Mode::Exclusive, soon(), FACTS), Ok(Acquisition::OwnerDied));
        assert!(lock.unlock());
    }
}

fn a_process_killed_at_any_instruction_leaves_the_lock_to_others() {
    for (kind, mode) in
        [(Kind::Mutex, Mode::Exclusive), (Kind::ReadWrite, Mode::Exclusive), (Kind::ReadWrite, Mode::Shared)]
    {
        let words = SharedWords::<AtomicU64>::new(1).unwrap();
        let inside = &words.all()[0];
        let once = |lock: &Lock| {
            lock.lock(mode, FOR_EVER, FACTS).unwrap();
            inside.store(1, Ordering::SeqCst);
            inside.store(0, Ordering::SeqCst);
            lock.unlock();
        };
        let first = lock(kind);
        let whole = step(u64::MAX, || once(&first));
        for most in spread(whole, 16) {
            let lock = lock(kind);
            step(most, || once(&lock));
            let was_inside = inside.swap(0, Ordering::SeqCst) == 1;
            let taken = lock.lock(Mode::Exclusive, WaitLimit::None, FACTS);
            assert!(
                taken == Ok(Acquisition::OwnerDied) || taken == Ok(Acquisition::Clean) && !was_inside,
                "after {most}: {taken:?}"
            );
            assert!(lock.unlock());
            assert_eq!(lock.lock(Mode::Shared, WaitLimit::None, FACTS), Ok(Acquisition::Clean));
            assert!(lock.unlock());
        }
    }
}

fn a_process_stopped_at_any_instruction_lets_nobody_in_beside_another() {
    let cases = [
        (Kind::Mutex, Mode::Exclusive, Mode::Exclusive),
        (Kind::ReadWrite, Mode::Exclusive, Mode::Exclusive),
        (Kind::ReadWrite, Mode::Shared, Mode::Exclusive),
        (Kind::ReadWrite, Mode::Exclusive, Mode::Shared),
    ];
    for (kind, theirs, ours) in cases {
        let words = SharedWords::<AtomicU64>::new(2).unwrap();
        let [we_hold, they_hold] = words.all() else { unreachable!() };
        let once = |lock: &Lock| {
            if lock.lock(theirs, WaitLimit::None, FACTS) == Ok(Acquisition::Clean) {
                they_hold.store(1, Ordering::SeqCst);
                assert_eq!(we_hold.load(Ordering::SeqCst), 0, "both are inside");
                they_hold.store(0, Ordering::SeqCst);
                assert!(lock.unlock());
            }
        };
        let first = lock(kind);
        let whole = step(u64::MAX, || once(&first));
        for most in spread(whole, 40) {
            let lock = lock(kind);
            let Ok(child) = stop_after(most, || once(&lock)) else { continue };
            let got = lock.lock(ours, WaitLimit::None, FACTS);
            we_hold.store(u64::from(got.is_ok()), Ordering::SeqCst);
            assert!(got.is_err() || they_hold.load(Ordering::SeqCst) == 0, "both are inside, after {most}");
            let_end(child);
            we_hold.store(0, Ordering::SeqCst);
            assert_eq!(lock.unlock(), got.is_ok());
            assert_eq!(
                lock.lock(Mode::Exclusive, WaitLimit::None, FACTS),
                Ok(Acquisition::Clean),
                "after {most}"
            );
            assert!(lock.unlock());
        }
    }
}

fn killed_holders_and_waiters_never_hang_others_nor_let_two_in() {
    for kind in [Kind::Mutex, Kind::ReadWrite] {
        let (lock, words) = (lock(kind), SharedWords::<AtomicU64>::new(3).unwrap());
        let [inside, done, stop] = words.all() else { unreachable!() };
        let work = || {
            while stop.load(Ordering::SeqCst) == 0 {
                lock.lock(Mode::Exclusive, FOR_EVER, FACTS).unwrap();
                // Whoever was here before has left, or is dead.
                let before =
                    u32::try_from(inside.swap(process::pid().try_into().unwrap(), Ordering::SeqCst)).unwrap();
                let before = identity::Identity { pid: before.cast_signed(), started: 0 };
                assert!(before.pid == 0 || !identity::is_alive(before));
                done.fetch_add(1, Ordering::SeqCst);
                inside.store(0, Ordering::SeqCst);
                assert!(lock.unlock());
            }
        };
        let mut workers: Vec<Pid> = (0..4).map(|_| start(work)).collect();
        for round in 0..60 {
            std::thread::sleep(Duration::from_micros(500 + round * 37 % 1000));
            kill(workers.remove(0));
            workers.push(start(work));
        }
        let before = done.load(Ordering::SeqCst);
        let begun = Instant::now();
        while done.load(Ordering::SeqCst) < before + 100 {
            assert!(begun.elapsed() < Duration::from_secs(30), "nobody gets on");
            std::thread::sleep(Duration::from_millis(1));
        }
        stop.store(1, Ordering::SeqCst);
        wait_for_all();
    }
}

fn main() -> ExitCode {
    alone::run(tests![
        places_of_parent_and_child_differ,
        wakeups_before_and_during_a_wait_are_not_lost,
        processes_that_exclude_each_other_lose_no_count,
        the_next_one_gets_the_lock_of_a_killed_holder_and_is_told,
        readers_take_the_place_of_a_killed_writer,
        a_process_that_would_wait_for_itself_is_told,
        a_lock_that_is_dropped_while_it_is_held_is_free_and_tells,
        as_many_read_as_there_is_room_for_and_the_dead_make_room,
        what_the_kernel_refuses_is_told_and_leaves_the_lock_as_it_was,
        signals_that_end_every_sleep_do_not_hide_the_death_of_a_holder,
        a_signal_of_the_script_ends_a_wait_and_nothing_is_held_then,
        a_process_killed_at_any_instruction_leaves_the_lock_to_others,
        a_process_stopped_at_any_instruction_lets_nobody_in_beside_another,
        killed_holders_and_waiters_never_hang_others_nor_let_two_in,
    ])
}
