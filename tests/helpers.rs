//! Processes of ours that look names up and see to commands, with real ones: they tell what they should, no wait of a
//! script sees them, and none is left.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once where something is not as it must be"
)]

mod alone;

use nix::sys::wait::{Id, WaitPidFlag, waitid};
use std::process::ExitCode;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::lookup::{Hints, LookupError};
use swoole_process::os::process::{self, Child, End, WaitMode};
use swoole_process::os::socket::AF_INET;
use swoole_process::os::{Errno, signal};
use swoole_process::rt::core::child::{Child as NewProcess, Forked};
use swoole_process::rt::core::handles::TransferToken;
use swoole_process::rt::dns::{self, Answer, Query};
use swoole_process::rt::helper_process::command::{Errors, end_of_command};
use swoole_process::rt::runtime::Runtime;
use swoole_process::rt::transfer::Command;
use swoole_process::rt::transfer::ReadEnd;

fn query(service: &std::ffi::CStr) -> Query {
    let hints = Hints { family: AF_INET, kind: 1, protocol: 0 };
    Query { name: c"127.0.0.1".to_owned(), service: Some(service.to_owned()), hints, server: None }
}

/// Reads to the end.
fn listen(rt: &mut Runtime, token: TransferToken) -> Vec<u8> {
    loop {
        match rt.transfers.collect(token, usize::MAX - 1) {
            Ok(stopped) => {
                assert_eq!(stopped, ReadEnd::End);
                return rt.transfers.collected(token).to_vec();
            }
            Err(errno) => assert_eq!(errno, Errno::EAGAIN),
        }
        std::thread::yield_now();
    }
}

fn look_up(rt: &mut Runtime, query: &Query) -> Answer {
    let token = rt.transfers.start_lookup(query).unwrap();
    let answer = dns::decode(&listen(rt, token));
    rt.transfers.close(&mut rt.core, token);
    answer
}

fn output(rt: &mut Runtime, line: &std::ffi::CStr, errors: Errors) -> (String, Result<End, Errno>) {
    let Command { output, status } = rt.transfers.start_command(line, None, errors).unwrap();
    let text = String::from_utf8(listen(rt, output)).unwrap();
    let end = end_of_command(&listen(rt, status));
    rt.transfers.close(&mut rt.core, output);
    rt.transfers.close(&mut rt.core, status);
    (text, end)
}

/// No child is left, whatever signal its end sends.
fn assert_childless() {
    let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOHANG | WaitPidFlag::WNOWAIT | WaitPidFlag::__WALL;
    assert_eq!(waitid(Id::All, flags), Err(Errno::ECHILD));
}

fn a_name_is_looked_up_by_a_process_that_no_wait_sees() {
    let mut rt = Runtime::default();
    let token = rt.transfers.start_lookup(&query(c"80")).unwrap();
    assert_eq!(process::wait_nowait(Child::Any), Err(Errno::ECHILD));
    assert_eq!(dns::decode(&listen(&mut rt, token)), Ok(vec!["127.0.0.1".parse().unwrap()]));
    rt.transfers.close(&mut rt.core, token);
    assert!(matches!(look_up(&mut rt, &query(c"no-such-service")), Err(LookupError::Unknown(_))));
    assert!(rt.transfers.is_empty());
    assert_childless();
}

fn one_that_is_given_up_is_ended_and_reaped() {
    let mut rt = Runtime::default();
    let token = rt.transfers.start_lookup(&query(c"80")).unwrap();
    rt.transfers.close(&mut rt.core, token);
    let Command { .. } = rt.transfers.start_command(c"exec sleep 100000", None, Errors::Inherited).unwrap();
    rt.end_transfers();
    assert!(rt.transfers.is_empty());
    // The command itself, which is ours now, ends a moment later: its parent's end kills it.
    while waitid(Id::All, WaitPidFlag::WEXITED | WaitPidFlag::__WALL).is_ok() {}
    assert_childless();
}

fn what_fails_in_the_process_is_told() {
    let mut rt = Runtime::default();
    for (call, errno) in [(Call::Getaddrinfo, Errno::ENOMEM), (Call::Getaddrinfo, Errno::EINTR)] {
        plan(call, 1, errno, 1);
        assert_eq!(look_up(&mut rt, &query(c"80")), Err(LookupError::Failed(errno)));
        clear();
    }
    plan(Call::Prctl, 1, Errno::EINVAL, 1);
    assert_eq!(look_up(&mut rt, &query(c"80")), Err(LookupError::Failed(Errno::ECHILD)));
    clear();
    // The second one is made by the first.
    plan(Call::Clone, 2, Errno::EAGAIN, 1);
    assert_eq!(output(&mut rt, c"true", Errors::Inherited), (String::new(), Err(Errno::EAGAIN)));
    clear();
    assert_childless();
}

fn a_command_tells_what_it_writes_and_how_it_ends() {
    let mut rt = Runtime::default();
    let mut run = |line, errors| output(&mut rt, line, errors);
    let text = |text: &str| String::from(text);
    assert_eq!(run(c"echo out; exit 3", Errors::Inherited), (text("out\n"), Ok(End::Exited(3))));
    assert_eq!(run(c"echo error >&2", Errors::Collected), (text("error\n"), Ok(End::Exited(0))));
    assert_eq!(run(c"kill -9 $$", Errors::Inherited), (text(""), Ok(End::Killed(9))));
    assert_eq!(run(c"exec >&-; exit 4", Errors::Inherited), (text(""), Ok(End::Exited(4))));
    // Ended children are gone at once then, but not those of others.
    signal::ignore(signal::CHILD_ENDED).unwrap();
    assert_eq!(run(c"exit 5", Errors::Inherited), (text(""), Ok(End::Exited(5))));
    signal::set_default(signal::CHILD_ENDED).unwrap();
    assert_childless();
}

fn the_process_between_holds_nothing_but_its_pipes() {
    let mut rt = Runtime::default();
    let _file = std::fs::File::open("/dev/null").unwrap();
    for errno in [None, Some(Errno::ENOSYS)] {
        if let Some(errno) = errno {
            plan(Call::CloseRange, 1, errno, u32::MAX);
        }
        let (list, _) = output(&mut rt, c"ls -l /proc/$PPID/fd | grep -v pipe: | wc -l", Errors::Inherited);
        clear();
        // The total, the three standard ones, which may be pipes.
        assert!(list.trim().parse::<u32>().unwrap() <= 4, "{list}");
        let (list, _) = output(&mut rt, c"ls /proc/self/fd", Errors::Inherited);
        // The last one is that of the list.
        assert_eq!(list, "0\n1\n2\n3\n");
    }
}

fn a_command_ends_with_this_process() {
    let mut rt = Runtime::default();
    if rt.fork(NewProcess::process(None)).unwrap() == Forked::Child {
        let Command { output, .. } =
            rt.transfers.start_command(c"echo runs; exec sleep 100000", None, Errors::Inherited).unwrap();
        while rt.transfers.collected(output).is_empty() {
            let _ = rt.transfers.collect(output, 0);
        }
        process::exit_now(0);
    }
    // The orphans of this process come to it: the one in between, and the shell.
    let mut ends = Vec::new();
    while let Ok(Some(report)) = process::reap(WaitMode::Wait) {
        ends.push(report.reaped.end);
    }
    assert!(ends.contains(&End::Exited(0)));
    assert_eq!(ends.iter().filter(|&&end| end == End::Killed(signal::KILL)).count(), 2);
}

fn the_child_of_a_fork_has_none_of_them() {
    let mut rt = Runtime::default();
    let token = rt.transfers.start_lookup(&query(c"80")).unwrap();
    if rt.fork(NewProcess::process(None)).unwrap() == Forked::Child {
        let left = rt.transfers.len();
        rt.transfers.close(&mut rt.core, token);
        process::exit_now(i32::from(left != 0));
    }
    alone::wait_for_all();
    assert!(dns::decode(&listen(&mut rt, token)).is_ok());
    rt.transfers.close(&mut rt.core, token);
    assert_childless();
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_name_is_looked_up_by_a_process_that_no_wait_sees,
        one_that_is_given_up_is_ended_and_reaped,
        what_fails_in_the_process_is_told,
        a_command_tells_what_it_writes_and_how_it_ends,
        the_process_between_holds_nothing_but_its_pipes,
        a_command_ends_with_this_process,
        the_child_of_a_fork_has_none_of_them,
    ])
}
