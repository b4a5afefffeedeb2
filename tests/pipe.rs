//! The pipe between two processes, with real processes at both sides: what is told of the end, what waits for
//! the next run, and how long a call may take.
#![cfg(test)]

mod alone;

use alone::pipes::{END, KINDS, read, with_pipe, with_small_pipe, write_all};
use alone::{Gate, catch_signal, found, live, reap, start, wait_for_the_sleep_of};
use nix::sys::signal::SaFlags;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use swoole_process::os::epoll::Interest;
use swoole_process::os::fd::{self, Standard};
use swoole_process::os::pipe::Half;
use swoole_process::os::process::{self, ChildState, End, Pid, Reaped, WaitMode};
use swoole_process::os::{Errno, clock};
use swoole_process::rt::core::child::Child;
use swoole_process::rt::core::child::{Forked, Role};
use swoole_process::rt::core::handles::PipeToken;
use swoole_process::rt::core::reactor::Callbacks;
use swoole_process::rt::core::syscall_error::SyscallError;
use swoole_process::rt::process::peer::{Kin, Peer, Watch};
use swoole_process::rt::process::pipe::{Kind, Pipe, Side, Stop, Target};
use swoole_process::rt::process::pipes::DEFAULT_BUFFER;
use swoole_process::rt::runtime::Runtime;

/// Writes messages of 1000 bytes until one does not go; how many went, and why the last one did not.
fn fill(rt: &mut Runtime, pipe: PipeToken) -> (usize, Stop) {
    let mut sent = 0;
    loop {
        match rt.pipes.write(pipe, &[b'x'; 1000], rt.core.env()) {
            Ok(1000) => sent += 1000,
            // The part of a stream's last write that had room.
            Ok(part) => sent += part,
            Err(stop) => return (sent, stop),
        }
    }
}

/// Reads until `len` bytes have come.
fn drain(rt: &mut Runtime, pipe: PipeToken, len: usize) {
    let mut got = 0;
    while got < len {
        let text = read(rt, pipe).unwrap();
        assert!(!text.is_empty(), "the end after {got} of {len} bytes");
        got += text.len();
    }
    assert_eq!(got, len);
}

/// Waits until a child has ended, and leaves it unreaped.
fn wait_for_the_end_of(child: Pid) {
    while process::kinship(child) == Ok(ChildState::Running) {
        clock::pause(Duration::from_millis(1));
    }
}

fn parent_and_child_talk_through_both_ends() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let parent = process::pid();
        let child = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(rt.role(), Role::Child);
            assert_eq!(process::parent(), parent);
            assert_eq!(read(rt, pipe), found("question"));
            assert_eq!(rt.pipes.write(pipe, b"answer", rt.core.env()), Ok(6));
        });
        assert_eq!(rt.role(), Role::Main);
        assert_eq!(rt.pipes.write(pipe, b"question", rt.core.env()), Ok(8));
        assert_eq!(read(&mut rt, pipe), found("answer"));
        reap(&mut rt, child);
    }
}

fn a_message_longer_than_the_read_is_cut_and_tells_its_length() {
    let (mut rt, pipe) = with_pipe(Kind::Message);
    let child = start(&mut rt, Some(pipe), |rt| {
        rt.pipes.write(pipe, b"a long message", rt.core.env()).unwrap();
        rt.pipes.write(pipe, b"next", rt.core.env()).unwrap();
    });
    let mut buffer = [0; 6];
    let received = rt.read(pipe, &mut buffer).unwrap();
    assert_eq!((received.len, received.message), (6, 14));
    assert_eq!(&buffer, b"a long");
    assert_eq!(read(&mut rt, pipe), found("next"));
    reap(&mut rt, child);
}

fn the_pipe_ends_with_the_process_that_was_started() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |_| {});
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}: the end does not go away");
        reap(&mut rt, child);
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}: after the process was reaped");
    }
}

fn the_pipe_ends_while_a_read_waits() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        // Longer than one wait in the kernel, so that the read has come to watch the process.
        let child = start(&mut rt, Some(pipe), |_| clock::pause(Duration::from_millis(150)));
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, child);
    }
}

fn the_pipe_ends_with_a_process_that_was_killed() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            let _ = read(rt, pipe);
        });
        process::kill(child, libc::SIGKILL).unwrap();
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        let end = End::Killed(libc::SIGKILL);
        assert_eq!(rt.pipes.reap(WaitMode::Wait), Ok(Some(Reaped { pid: child, end })));
    }
}

fn the_pipe_ends_with_a_process_that_was_reaped_before_the_read() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |_| {});
        reap(&mut rt, child);
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
    }
}

fn the_pipe_ends_with_a_process_that_somebody_else_reaped() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        start(&mut rt, Some(pipe), |_| {});
        // As pcntl_wait() does: the runtime is not told.
        process::reap(WaitMode::Wait).unwrap();
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
    }
}

fn what_a_process_wrote_comes_before_the_end() {
    for kind in KINDS {
        for reaped in [false, true] {
            let (mut rt, pipe) = with_pipe(kind);
            let child = start(&mut rt, Some(pipe), |rt| {
                rt.pipes.write(pipe, b"last words", rt.core.env()).unwrap();
            });
            wait_for_the_end_of(child);
            if reaped {
                reap(&mut rt, child);
            }
            assert_eq!(read(&mut rt, pipe), found("last words"), "{kind:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
            alone::wait_for_all();
        }
    }
}

fn input_that_nobody_read_does_not_hide_the_end() {
    for kind in KINDS {
        for reaped in [false, true] {
            let (mut rt, pipe) = with_pipe(kind);
            let child = start(&mut rt, Some(pipe), |rt| {
                rt.pipes.write(pipe, b"last words", rt.core.env()).unwrap();
            });
            rt.pipes.write(pipe, b"never read", rt.core.env()).unwrap();
            wait_for_the_end_of(child);
            if reaped {
                reap(&mut rt, child);
            }
            assert_eq!(read(&mut rt, pipe), found("last words"), "{kind:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
            alone::wait_for_all();
        }
    }
}

fn a_grandchild_that_holds_the_end_keeps_the_pipe_alive() {
    for kind in KINDS {
        for unread in [false, true] {
            let (mut rt, pipe) = with_pipe(kind);
            let gate = Gate::new();
            let child = start(&mut rt, Some(pipe), |rt| {
                start(rt, None, |rt| {
                    gate.pass();
                    rt.pipes.write(pipe, b"from the grandchild", rt.core.env()).unwrap();
                });
            });
            if unread {
                rt.pipes.write(pipe, b"never read", rt.core.env()).unwrap();
            }
            reap(&mut rt, child);
            rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(130)));
            assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
            gate.open();
            rt.pipes.get(pipe).unwrap().set_timeout(None);
            assert_eq!(read(&mut rt, pipe), found("from the grandchild"), "{kind:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
            alone::wait_for_all();
        }
    }
}

fn the_pipe_ends_with_the_parent() {
    for kind in KINDS {
        for unread in [false, true] {
            let gate = Gate::new();
            let mut outer = Runtime::default();
            let parent = start(&mut outer, None, |rt| {
                let pipe = rt.pipes.open(kind).unwrap();
                start(rt, Some(pipe), |rt| {
                    let number = rt.pipes.get(pipe).unwrap().number().unwrap();
                    if unread {
                        rt.pipes.write(pipe, b"never read", rt.core.env()).unwrap();
                    }
                    assert_eq!(read(rt, pipe), found("from the parent"), "{kind:?}");
                    gate.open();
                    assert_eq!(read(rt, pipe), END, "{kind:?}");
                    assert_eq!(read(rt, pipe), END, "{kind:?}");
                    assert_eq!(
                        rt.pipes.write(pipe, b"x", rt.core.env()),
                        Err(Stop::Failed(Errno::EPIPE)),
                        "{kind:?}"
                    );
                    assert_eq!(rt.pipes.get(pipe).unwrap().number(), Some(number));
                });
                rt.pipes.write(pipe, b"from the parent", rt.core.env()).unwrap();
                gate.pass();
            });
            reap(&mut outer, parent);
            // The child, whose parent we are by now, is looked at too.
            alone::wait_for_all();
        }
    }
}

fn the_pipe_outlives_a_parent_whose_other_child_holds_its_end() {
    for kind in KINDS {
        let gate = Gate::new();
        let mut outer = Runtime::default();
        let parent = start(&mut outer, None, |rt| {
            let pipe = rt.pipes.open(kind).unwrap();
            start(rt, Some(pipe), |rt| {
                rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(130)));
                while process::parent() != nix::unistd::getpgrp().as_raw() {
                    clock::pause(Duration::from_millis(1));
                }
                assert_eq!(read(rt, pipe), Err(Stop::TimedOut), "{kind:?}");
                gate.open();
                rt.pipes.get(pipe).unwrap().set_timeout(None);
                assert_eq!(read(rt, pipe), found("from the sibling"), "{kind:?}");
                assert_eq!(read(rt, pipe), END, "{kind:?}");
            });
            start(rt, None, |rt| {
                gate.pass();
                rt.pipes.write(pipe, b"from the sibling", rt.core.env()).unwrap();
            });
        });
        reap(&mut outer, parent);
        alone::wait_for_all();
    }
}

fn children_that_wait_for_a_parent_that_is_gone_do_not_keep_each_other_waiting() {
    for kind in KINDS {
        orphan_two_readers(kind, |_| {});
    }
}

fn children_that_have_closed_their_parents_end_do_not_keep_each_other_waiting_either() {
    for kind in KINDS {
        orphan_two_readers(kind, |own| own.close(Target::End(Side::Master)).unwrap());
    }
}

/// A parent ends while its two children read; they must see it. Each does `first` with its own pipe.
fn orphan_two_readers(kind: Kind, first: fn(&mut Pipe)) {
    let mut outer = Runtime::default();
    let gate = Gate::new();
    let parent = start(&mut outer, None, |rt| {
        // Both pipes are there before both starts: each child inherits the other's master end.
        let pipes = [rt.pipes.open(kind).unwrap(), rt.pipes.open(kind).unwrap()];
        for own in pipes {
            start(rt, Some(own), |rt| {
                let pipe = rt.pipes.get(own).unwrap();
                first(pipe);
                // Only so that the test ends when they keep each other waiting.
                pipe.set_timeout(Some(Duration::from_secs(2)));
                gate.open();
                assert_eq!(read(rt, own), END, "{kind:?}");
            });
        }
        gate.pass();
        gate.pass();
    });
    reap(&mut outer, parent);
    alone::wait_for_all();
}

fn after_the_end_a_start_makes_a_new_pipe_on_the_same_number() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let number = rt.pipes.get(pipe).unwrap().number().unwrap();
        for _ in 0..3 {
            let child = start(&mut rt, Some(pipe), |rt| {
                assert_eq!(read(rt, pipe), found("hello"));
                rt.pipes.write(pipe, b"hello yourself", rt.core.env()).unwrap();
            });
            rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
            assert_eq!(read(&mut rt, pipe), found("hello yourself"), "{kind:?}");
            assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
            assert_eq!(rt.pipes.get(pipe).unwrap().number(), Some(number), "{kind:?}");
            reap(&mut rt, child);
        }
    }
}

fn what_is_written_before_the_start_or_between_two_runs_waits_for_the_next_run() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        rt.pipes.write(pipe, b"before the start", rt.core.env()).unwrap();
        let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("before the start")));
        wait_for_the_end_of(child);
        rt.pipes.write(pipe, b"ended, ", rt.core.env()).unwrap();
        reap(&mut rt, child);
        rt.pipes.write(pipe, b"reaped", rt.core.env()).unwrap();
        let child = start(&mut rt, Some(pipe), |rt| match kind {
            Kind::Message => {
                assert_eq!(read(rt, pipe), found("ended, "));
                assert_eq!(read(rt, pipe), found("reaped"));
            }
            Kind::Stream => assert_eq!(read(rt, pipe), found("ended, reaped")),
        });
        reap(&mut rt, child);
    }
}

fn a_read_with_a_time_limit_waits_that_long() {
    // Below and above the time that one call waits in the kernel.
    for limit in [0, 20, 170].map(Duration::from_millis) {
        for kind in KINDS {
            let (mut rt, pipe) = with_pipe(kind);
            let gate = Gate::new();
            let child = start(&mut rt, Some(pipe), |_| gate.pass());
            rt.pipes.get(pipe).unwrap().set_timeout(Some(limit));
            let begin = Instant::now();
            assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}, {limit:?}");
            assert!(begin.elapsed() >= limit, "{kind:?}: {:?} of {limit:?}", begin.elapsed());
            gate.open();
            reap(&mut rt, child);
        }
    }
}

fn a_time_limit_can_be_changed_and_taken_away() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |rt| {
            gate.pass();
            clock::pause(Duration::from_millis(50));
            rt.pipes.write(pipe, b"late", rt.core.env()).unwrap();
        });
        for limit in [20, 10] {
            rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(limit)));
            assert_eq!(read(&mut rt, pipe), Err(Stop::TimedOut), "{kind:?}");
        }
        gate.open();
        rt.pipes.get(pipe).unwrap().set_timeout(None);
        assert_eq!(read(&mut rt, pipe), found("late"), "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_time_limit_beyond_all_clocks_is_no_limit() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::MAX));
        let child = start(&mut rt, Some(pipe), |rt| {
            rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::MAX));
            clock::pause(Duration::from_millis(120));
            rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
        });
        assert_eq!(read(&mut rt, pipe), found("hello"), "{kind:?}");
        reap(&mut rt, child);
    }
}

/// A child that writes when the gate has opened.
fn start_writer(rt: &mut Runtime, pipe: PipeToken, gate: &Gate) -> Pid {
    start(rt, Some(pipe), |rt| {
        gate.pass();
        rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
    })
}

fn a_pipe_that_is_not_to_block_does_not() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let gate = Gate::new();
        let child = start_writer(&mut rt, pipe, &gate);
        rt.pipes.get(pipe).unwrap().set_blocking(false);
        assert_eq!(read(&mut rt, pipe), Err(Stop::WouldBlock), "{kind:?}");
        gate.open();
        reap(&mut rt, child);
        assert_eq!(read(&mut rt, pipe), found("hello"), "{kind:?}");
    }
}

fn a_pipe_that_the_loop_watches_does_not_block_a_read() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let gate = Gate::new();
        let child = start_writer(&mut rt, pipe, &gate);
        let number = rt.pipes.get(pipe).unwrap().number().unwrap();
        let watch =
            |rt: &mut Runtime| rt.core.events.reactor.add(number, Callbacks::default(), Interest::READ);
        assert_eq!(watch(&mut rt), Ok(None), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), Err(Stop::WouldBlock), "{kind:?}");
        gate.open();
        reap(&mut rt, child);
        assert_eq!(read(&mut rt, pipe), found("hello"), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        let child = start(&mut rt, Some(pipe), |rt| {
            clock::pause(Duration::from_millis(20));
            rt.pipes.write(pipe, b"again", rt.core.env()).unwrap();
        });
        // The end of the first run has made a new pair: its watcher, which is left, says nothing about this one.
        assert!(rt.core.events.reactor.has_watcher(number), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), found("again"), "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_write_to_the_full_pipe_of_nobody_does_not_wait_for_ever() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let (sent, stop) = fill(&mut rt, pipe);
        assert_eq!(stop, Stop::Failed(Errno::EAGAIN), "{kind:?}");
        // Nothing of it is lost.
        let child = start(&mut rt, Some(pipe), |rt| drain(rt, pipe, sent));
        reap(&mut rt, child);
    }
}

fn a_write_to_the_full_pipe_of_a_process_that_is_gone_fails_and_keeps_what_waits() {
    for kind in KINDS {
        for reaped in [false, true] {
            let (mut rt, pipe) = with_small_pipe(kind);
            let child = start(&mut rt, Some(pipe), |_| {});
            wait_for_the_end_of(child);
            if reaped {
                reap(&mut rt, child);
            }
            let (sent, stop) = fill(&mut rt, pipe);
            assert_eq!(stop, Stop::Failed(Errno::EPIPE), "{kind:?}");
            if !reaped {
                reap(&mut rt, child);
            }
            let next = start(&mut rt, Some(pipe), |rt| drain(rt, pipe, sent));
            reap(&mut rt, next);
        }
    }
}

fn a_write_that_waits_for_room_fails_when_the_reader_ends() {
    for kind in KINDS {
        let (mut rt, pipe) = with_small_pipe(kind);
        let gate = Gate::new();
        let child = start(&mut rt, Some(pipe), |_| {
            gate.pass();
            clock::pause(Duration::from_millis(150));
        });
        gate.open();
        let (_, stop) = fill(&mut rt, pipe);
        assert_eq!(stop, Stop::Failed(Errno::EPIPE), "{kind:?}");
        reap(&mut rt, child);
    }
}

fn a_write_with_a_time_limit_waits_no_longer() {
    for limit in [20, 170].map(Duration::from_millis) {
        for kind in KINDS {
            let (mut rt, pipe) = with_small_pipe(kind);
            let gate = Gate::new();
            let child = start(&mut rt, Some(pipe), |_| gate.pass());
            rt.pipes.get(pipe).unwrap().set_timeout(Some(limit));
            let begin = Instant::now();
            let (_, stop) = fill(&mut rt, pipe);
            assert_eq!(stop, Stop::TimedOut, "{kind:?}");
            assert!(begin.elapsed() >= limit, "{kind:?}: {:?} of {limit:?}", begin.elapsed());
            gate.open();
            reap(&mut rt, child);
        }
    }
}

fn after_the_end_a_write_fails() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |_| {});
        rt.pipes.write(pipe, b"never read", rt.core.env()).unwrap();
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        assert_eq!(rt.pipes.write(pipe, b"x", rt.core.env()), Err(Stop::Failed(Errno::EPIPE)), "{kind:?}");
        reap(&mut rt, child);
        assert_eq!(rt.pipes.write(pipe, b"x", rt.core.env()), Err(Stop::Failed(Errno::EPIPE)), "{kind:?}");
    }
}

fn a_stream_write_larger_than_the_buffer_waits_for_a_slow_reader() {
    let data: Vec<u8> = (0..300_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    let child = start(&mut rt, Some(pipe), |rt| {
        // Longer than one wait in the kernel.
        clock::pause(Duration::from_millis(120));
        let mut all = Vec::new();
        while all.len() < data.len() {
            all.extend(read(rt, pipe).unwrap());
        }
        assert!(all == data, "bytes were lost or mixed up");
    });
    assert_eq!(write_all(&mut rt, pipe, &data), Ok(data.len()));
    reap(&mut rt, child);
}

fn messages_beyond_the_buffer_wait_for_a_slow_reader() {
    let (mut rt, pipe) = with_small_pipe(Kind::Message);
    let child = start(&mut rt, Some(pipe), |rt| {
        clock::pause(Duration::from_millis(120));
        for n in 0..500 {
            assert_eq!(read(rt, pipe), found(&format!("message {n}")));
        }
    });
    for n in 0..500 {
        let message = format!("message {n}");
        assert_eq!(rt.pipes.write(pipe, message.as_bytes(), rt.core.env()), Ok(message.len()));
    }
    reap(&mut rt, child);
}

fn a_write_of_nothing_does_not_wait() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        assert_eq!(rt.pipes.write(pipe, b"", rt.core.env()), Ok(0), "{kind:?}");
    }
}

fn a_message_too_large_for_the_pipe_is_refused_and_spoils_nothing() {
    let (mut rt, pipe) = with_small_pipe(Kind::Message);
    let large = vec![b'x'; 100_000];
    assert_eq!(rt.pipes.write(pipe, &large, rt.core.env()), Err(Stop::Failed(Errno::EMSGSIZE)));
    rt.pipes.write(pipe, b"small", rt.core.env()).unwrap();
    let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("small")));
    reap(&mut rt, child);
}

fn a_read_of_the_largest_size_has_room_for_every_message() {
    for size in [DEFAULT_BUFFER, 100_000, 1] {
        let mut rt = Runtime::default();
        rt.pipes.set_buffer_size(size);
        let pipe = rt.pipes.open(Kind::Message).unwrap();
        let larger = vec![b'x'; rt.pipes.largest_message(pipe).unwrap().unwrap() + 1];
        assert_eq!(
            rt.pipes.write(pipe, &larger, rt.core.env()),
            Err(Stop::Failed(Errno::EMSGSIZE)),
            "buffer size {size}"
        );
    }
}

fn a_read_of_the_largest_size_has_room_for_messages_of_an_older_pipe() {
    let mut rt = Runtime::default();
    let pipe = rt.pipes.open(Kind::Message).unwrap();
    rt.pipes.set_buffer_size(5000);
    let larger = vec![b'x'; rt.pipes.largest_message(pipe).unwrap().unwrap() + 1];
    assert_eq!(rt.pipes.write(pipe, &larger, rt.core.env()), Err(Stop::Failed(Errno::EMSGSIZE)));
}

fn siblings_write_through_the_pipe_they_inherited() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let number = rt.pipes.get(pipe).unwrap().number();
        let reader = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), found("from a sibling")));
        let own = rt.pipes.open(kind).unwrap();
        let writer = start(&mut rt, Some(own), |rt| {
            assert_eq!(rt.pipes.get(pipe).unwrap().number(), number);
            rt.pipes.write(pipe, b"from a sibling", rt.core.env()).unwrap();
        });
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        assert_eq!(read(&mut rt, own), END, "{kind:?}");
        for _ in [reader, writer] {
            let reaped = rt.pipes.reap(WaitMode::Wait).unwrap().unwrap();
            assert_eq!(reaped.end, End::Exited(0), "{kind:?}");
        }
    }
}

fn a_sibling_does_not_keep_a_pipe_alive_that_is_not_its_own() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let reader = start(&mut rt, Some(pipe), |_| {});
        let gate = Gate::new();
        let sibling = start(&mut rt, None, |_| gate.pass());
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, reader);
        gate.open();
        reap(&mut rt, sibling);
    }
}

fn a_child_starts_an_inherited_object_with_a_pipe_of_its_own() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        rt.pipes.write(pipe, b"for the parent's child", rt.core.env()).unwrap();
        let child = start(&mut rt, None, |rt| {
            let number = rt.pipes.get(pipe).unwrap().number();
            let grandchild = start(rt, Some(pipe), |rt| {
                assert_eq!(read(rt, pipe), found("for the grandchild"));
            });
            rt.pipes.write(pipe, b"for the grandchild", rt.core.env()).unwrap();
            assert_eq!(rt.pipes.get(pipe).unwrap().number(), number);
            assert_eq!(read(rt, pipe), END);
            reap(rt, grandchild);
        });
        reap(&mut rt, child);
        let own = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(read(rt, pipe), found("for the parent's child"));
        });
        reap(&mut rt, own);
    }
}

fn a_closed_end_is_closed_once_and_cannot_be_used() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let ends = rt.pipes.get(pipe).unwrap();
        assert_eq!(ends.close(Target::End(Side::Master)), Ok(()));
        let failed = |call| Err(SyscallError { call, errno: Errno::EBADF });
        assert_eq!(ends.close(Target::End(Side::Master)), failed("close()"));
        assert_eq!(ends.close(Target::Half(Half::Read)), failed("close()"));
        assert_eq!(ends.redirect(Standard::Input), failed("dup2()"));
        assert_eq!(ends.largest_message(), Ok(None));
        assert_eq!(ends.number(), None);
        assert_eq!(read(&mut rt, pipe), Err(Stop::Closed), "{kind:?}");
        assert_eq!(rt.pipes.write(pipe, b"x", rt.core.env()), Err(Stop::Closed), "{kind:?}");
        // It starts all the same, without a pipe.
        let child = start(&mut rt, Some(pipe), |rt| assert_eq!(read(rt, pipe), END));
        reap(&mut rt, child);
        rt.pipes.close(&mut rt.core, pipe);
        assert_eq!(read(&mut rt, pipe), Err(Stop::Closed), "{kind:?}");
        assert!(rt.pipes.get(pipe).is_none());
    }
}

fn a_direction_is_closed_for_both_sides() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            assert_eq!(read(rt, pipe), found("all"));
            assert_eq!(read(rt, pipe), END);
            rt.pipes.write(pipe, b"received", rt.core.env()).unwrap();
        });
        rt.pipes.write(pipe, b"all", rt.core.env()).unwrap();
        rt.pipes.get(pipe).unwrap().close(Target::Half(Half::Write)).unwrap();
        assert_eq!(rt.pipes.write(pipe, b"x", rt.core.env()), Err(Stop::Failed(Errno::EPIPE)), "{kind:?}");
        assert_eq!(read(&mut rt, pipe), found("received"), "{kind:?}");
        reap(&mut rt, child);
    }
}

/// In the child: becomes cat(1) with the pipe as its standard descriptors.
fn become_cat(rt: &mut Runtime, pipe: PipeToken) {
    for target in Standard::ALL {
        rt.pipes.get(pipe).unwrap().redirect(target).unwrap();
    }
    panic!("cat does not start: {}", process::exec(&[c"/bin/cat"]));
}

/// In the parent: cat(1) repeats what it is sent, even after longer than the runtime's own waits.
fn talk_to_cat(rt: &mut Runtime, pipe: PipeToken) {
    clock::pause(Duration::from_millis(250));
    rt.pipes.write(pipe, b"meow", rt.core.env()).unwrap();
    assert_eq!(String::from_utf8_lossy(&read(rt, pipe).unwrap()), "meow");
    rt.pipes.get(pipe).unwrap().close(Target::Half(Half::Write)).unwrap();
    assert_eq!(read(rt, pipe), END);
}

fn a_program_whose_input_is_the_pipe_may_wait_as_long_as_it_likes() {
    let (mut rt, pipe) = with_pipe(Kind::Stream);
    let child = start(&mut rt, Some(pipe), |rt| become_cat(rt, pipe));
    talk_to_cat(&mut rt, pipe);
    reap(&mut rt, child);
}

fn a_pipe_that_was_read_before_becomes_an_input_without_time_limit() {
    let (mut rt, pipe) = with_pipe(Kind::Stream);
    let child = start(&mut rt, Some(pipe), |rt| {
        assert_eq!(read(rt, pipe), found("start"));
        become_cat(rt, pipe);
    });
    rt.pipes.write(pipe, b"start", rt.core.env()).unwrap();
    talk_to_cat(&mut rt, pipe);
    reap(&mut rt, child);
}

fn an_input_that_is_the_pipe_is_read_with_time_limits_and_to_its_end() {
    let mut outer = Runtime::default();
    let gate = Gate::new();
    let parent = start(&mut outer, None, |rt| {
        let pipe = rt.pipes.open(Kind::Stream).unwrap();
        start(rt, Some(pipe), |rt| {
            rt.pipes.get(pipe).unwrap().redirect(Standard::Input).unwrap();
            assert_eq!(read(rt, pipe), found("hello"));
            rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_millis(20)));
            assert_eq!(read(rt, pipe), Err(Stop::TimedOut));
            rt.pipes.get(pipe).unwrap().set_timeout(None);
            gate.open();
            assert_eq!(read(rt, pipe), END);
        });
        rt.pipes.write(pipe, b"hello", rt.core.env()).unwrap();
        gate.pass();
    });
    reap(&mut outer, parent);
    alone::wait_for_all();
}

fn a_daemon_keeps_the_pipes_of_the_processes_that_its_past_has_started() {
    for kind in KINDS {
        let mut outer = Runtime::default();
        let gate = Gate::new();
        let past = start(&mut outer, None, |rt| {
            let pipe = rt.pipes.open(kind).unwrap();
            start(rt, Some(pipe), |rt| {
                // Its parent ends; the daemon has the other end.
                assert_eq!(read(rt, pipe), found("from the daemon"), "{kind:?}");
                rt.pipes.write(pipe, b"to the daemon", rt.core.env()).unwrap();
                gate.pass();
            });
            if rt.fork(Child::Daemon) == Ok(Forked::Child) {
                live(|| {
                    assert_eq!(rt.role(), Role::Main);
                    clock::pause(Duration::from_millis(120));
                    rt.pipes.write(pipe, b"from the daemon", rt.core.env()).unwrap();
                    assert_eq!(read(rt, pipe), found("to the daemon"), "{kind:?}");
                    gate.open();
                    assert_eq!(read(rt, pipe), END, "{kind:?}");
                });
            }
        });
        reap(&mut outer, past);
        alone::wait_for_all();
    }
}

fn a_fork_that_is_not_ours_is_noticed_once_and_keeps_one_end() {
    process::watch_forks().unwrap();
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let worker = start(&mut rt, Some(pipe), |rt| {
            rt.notice_foreign_fork();
            assert_eq!(rt.role(), Role::Child, "{kind:?}: our own forks are not foreign");
        });
        let open = alone::descriptors().len();
        let gate = Gate::new();
        #[allow(unsafe_code, reason = "this is the fork of somebody who does not know the runtime")]
        // SAFETY: this process has one thread.
        let fork = unsafe { nix::unistd::fork() }.unwrap();
        if fork.is_child() {
            live(|| {
                rt.notice_foreign_fork();
                assert_eq!(rt.role(), Role::Foreign, "{kind:?}");
                // Two for the gate, one less for the pipe.
                assert_eq!(alone::descriptors().len(), open + 1, "{kind:?}");
                assert!(!process::take_foreign_fork(), "{kind:?}");
                gate.pass();
            });
        }
        rt.notice_foreign_fork();
        assert_eq!(rt.role(), Role::Main, "{kind:?}");
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}: the foreign child does not hold the worker's end");
        reap(&mut rt, worker);
        gate.open();
        alone::wait_for_all();
    }
}

fn a_signal_interrupts_a_read_that_waits() {
    for flags in [SaFlags::empty(), SaFlags::SA_RESTART] {
        catch_signal(flags);
        for kind in KINDS {
            let (mut rt, pipe) = with_pipe(kind);
            let parent = process::pid();
            let child = start(&mut rt, Some(pipe), |_| {
                // The first ones may come too early.
                while process::parent() == parent {
                    clock::pause(Duration::from_millis(20));
                    process::kill(parent, libc::SIGUSR1).unwrap();
                }
            });
            assert_eq!(read(&mut rt, pipe), Err(Stop::Interrupted { sent: 0 }), "{kind:?}");
            process::kill(child, libc::SIGKILL).unwrap();
            while !matches!(rt.pipes.reap(WaitMode::Wait), Ok(Some(_))) {}
        }
    }
}

fn one_signal_interrupts_a_stream_write_that_has_sent_a_part() {
    catch_signal(SaFlags::SA_RESTART);
    let data = vec![b'x'; 1_000_000];
    let (mut rt, pipe) = with_small_pipe(Kind::Stream);
    let gate = Gate::new();
    let parent = process::pid();
    let child = start(&mut rt, Some(pipe), |rt| {
        // The first byte is there, so the write has begun; asleep, it waits for room.
        assert_eq!(rt.read(pipe, &mut [0]).unwrap().len, 1);
        wait_for_the_sleep_of(parent);
        process::kill(parent, libc::SIGUSR1).unwrap();
        // Room that comes at the same time may win over the signal.
        gate.pass();
        drain(rt, pipe, data.len() - 1);
    });
    // Only so that the test ends when the signal is lost.
    rt.pipes.get(pipe).unwrap().set_timeout(Some(Duration::from_secs(2)));
    let Err(Stop::Interrupted { sent } | Stop::Paused { sent }) = rt.pipes.write(pipe, &data, rt.core.env())
    else {
        panic!("the write went on as if there had been no signal");
    };
    assert!((1..data.len()).contains(&sent));
    gate.open();
    assert_eq!(rt.pipes.write(pipe, &data[sent..], rt.core.env()), Ok(data.len() - sent));
    reap(&mut rt, child);
}

fn the_watch_of_a_process_tells_when_it_has_ended() {
    let mut rt = Runtime::default();
    assert!(matches!(Peer::Nobody.watch(), Watch::Nothing));
    assert!(matches!(Peer::Gone.watch(), Watch::Ended));
    let gate = Gate::new();
    let child = start(&mut rt, None, |_| {
        let parent = Peer::known(process::parent(), Kin::Parent);
        assert!(matches!(parent.watch(), Watch::Until(_)));
        gate.pass();
    });
    let peer = Peer::known(child, Kin::Child);
    assert!(matches!(peer.watch(), Watch::Until(_)));
    gate.open();
    wait_for_the_end_of(child);
    assert!(matches!(peer.watch(), Watch::Ended));
    reap(&mut rt, child);
    assert!(matches!(peer.watch(), Watch::Ended));
    // A process that is not what it is said to be is another one with the same number.
    assert!(matches!(Peer::known(process::parent(), Kin::Child).watch(), Watch::Ended));
    assert!(matches!(Peer::known(process::pid(), Kin::Parent).watch(), Watch::Ended));
}

fn a_new_pipe_does_not_survive_exec() {
    for kind in KINDS {
        let (mut rt, pipe) = with_pipe(kind);
        let child = start(&mut rt, Some(pipe), |rt| {
            let number = fd::number(&std::io::stdout()).max(rt.pipes.get(pipe).unwrap().number().unwrap());
            let script = std::ffi::CString::new(format!("! test -e /proc/self/fd/{number}")).unwrap();
            panic!("sh does not start: {}", process::exec(&[c"/bin/sh", c"-c", &script]));
        });
        assert_eq!(read(&mut rt, pipe), END, "{kind:?}");
        reap(&mut rt, child);
    }
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        parent_and_child_talk_through_both_ends,
        a_message_longer_than_the_read_is_cut_and_tells_its_length,
        the_pipe_ends_with_the_process_that_was_started,
        the_pipe_ends_while_a_read_waits,
        the_pipe_ends_with_a_process_that_was_killed,
        the_pipe_ends_with_a_process_that_was_reaped_before_the_read,
        the_pipe_ends_with_a_process_that_somebody_else_reaped,
        what_a_process_wrote_comes_before_the_end,
        input_that_nobody_read_does_not_hide_the_end,
        a_grandchild_that_holds_the_end_keeps_the_pipe_alive,
        the_pipe_ends_with_the_parent,
        the_pipe_outlives_a_parent_whose_other_child_holds_its_end,
        children_that_wait_for_a_parent_that_is_gone_do_not_keep_each_other_waiting,
        children_that_have_closed_their_parents_end_do_not_keep_each_other_waiting_either,
        after_the_end_a_start_makes_a_new_pipe_on_the_same_number,
        what_is_written_before_the_start_or_between_two_runs_waits_for_the_next_run,
        a_read_with_a_time_limit_waits_that_long,
        a_time_limit_can_be_changed_and_taken_away,
        a_time_limit_beyond_all_clocks_is_no_limit,
        a_pipe_that_is_not_to_block_does_not,
        a_pipe_that_the_loop_watches_does_not_block_a_read,
        a_write_to_the_full_pipe_of_nobody_does_not_wait_for_ever,
        a_write_to_the_full_pipe_of_a_process_that_is_gone_fails_and_keeps_what_waits,
        a_write_that_waits_for_room_fails_when_the_reader_ends,
        a_write_with_a_time_limit_waits_no_longer,
        after_the_end_a_write_fails,
        a_stream_write_larger_than_the_buffer_waits_for_a_slow_reader,
        messages_beyond_the_buffer_wait_for_a_slow_reader,
        a_write_of_nothing_does_not_wait,
        a_message_too_large_for_the_pipe_is_refused_and_spoils_nothing,
        a_read_of_the_largest_size_has_room_for_every_message,
        a_read_of_the_largest_size_has_room_for_messages_of_an_older_pipe,
        siblings_write_through_the_pipe_they_inherited,
        a_sibling_does_not_keep_a_pipe_alive_that_is_not_its_own,
        a_child_starts_an_inherited_object_with_a_pipe_of_its_own,
        a_closed_end_is_closed_once_and_cannot_be_used,
        a_direction_is_closed_for_both_sides,
        a_program_whose_input_is_the_pipe_may_wait_as_long_as_it_likes,
        a_pipe_that_was_read_before_becomes_an_input_without_time_limit,
        an_input_that_is_the_pipe_is_read_with_time_limits_and_to_its_end,
        a_daemon_keeps_the_pipes_of_the_processes_that_its_past_has_started,
        a_fork_that_is_not_ours_is_noticed_once_and_keeps_one_end,
        a_signal_interrupts_a_read_that_waits,
        one_signal_interrupts_a_stream_write_that_has_sent_a_part,
        the_watch_of_a_process_tells_when_it_has_ended,
        a_new_pipe_does_not_survive_exec,
    ])
}
