//! The children that process objects have started: status, signals and waits by pidfd, with injected faults and without
//! pidfds.
#![cfg(test)]
#![allow(unsafe_code, reason = "an allocator that counts, and the environment")]

mod alone;

use alone::{Gate, live};
use nix::sys::wait::{Id, WaitPidFlag, waitid, waitpid};
use nix::unistd;
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{CStr, CString};
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::process::ExitCode;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::time::Duration;
use swoole_process::os::fault::{Call, clear, plan};
use swoole_process::os::helper::close_others;
use swoole_process::os::process::{self, End, Pid, Reaped, WaitMode};
use swoole_process::os::program::Program;
use swoole_process::os::setup::{Limit, place, set_user};
use swoole_process::os::{Errno, fd, file, signal};
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::core::clock::now;
use swoole_process::rt::core::handles::ChildToken;
use swoole_process::rt::process::child_pipe::{ChildPipe, Line, wait_for_line};
use swoole_process::rt::process::setup::{Refusal, Report, Setup};
use swoole_process::rt::process::started::ChildStatus;
use swoole_process::rt::runtime::Runtime;

/// A child that exits with this status when the gate has opened.
fn start(rt: &mut Runtime, gate: &Gate, status: i32) -> (Pid, ChildToken) {
    match rt.fork(Child::process(None)).unwrap() {
        Forked::Parent { child } => (child, rt.pipes.started.add(child)),
        Forked::Child => {
            gate.pass();
            process::exit_now(status)
        }
    }
}

/// Waits until a child has exited, and does not reap it.
fn wait_for_exit(pid: Pid) {
    waitid(Id::Pid(unistd::Pid::from_raw(pid)), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT).unwrap();
}

fn reaped(rt: &mut Runtime, token: ChildToken) -> Reaped {
    match rt.pipes.started.status(token) {
        Ok(ChildStatus::Reaped(report)) => report.reaped,
        other => panic!("{other:?}"),
    }
}

/// With pidfds, without them, and where they exist but cannot be waited for or signalled by.
fn on_each_kernel(test: fn()) {
    test();
    for calls in [&[Call::PidfdOpen][..], &[Call::PidfdSendSignal]] {
        for &call in calls {
            plan(call, 1, Errno::ENOSYS, u32::MAX);
        }
        test();
        clear();
    }
}

fn a_child_runs_then_is_a_zombie_then_reaped() {
    on_each_kernel(|| {
        let (mut rt, gate) = (Runtime::default(), Gate::new());
        let (pid, token) = start(&mut rt, &gate, 3);
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Running));
        assert_eq!(rt.pipes.started.pid(token), Some(pid));
        let soon = now().checked_add(Duration::from_millis(5));
        assert_eq!(rt.pipes.started.wait(token, soon, rt.core.env()), Ok(()));
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Running));
        gate.open();
        assert_eq!(rt.pipes.started.wait(token, None, rt.core.env()), Ok(()));
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Zombie));
        // A signal to a zombie is no error.
        assert_eq!(rt.pipes.started.signal(token, signal::KILL), Ok(()));
        assert_eq!(rt.pipes.started.last(), None);
        let report = rt.pipes.take_child(&mut rt.core, Some(pid)).unwrap().unwrap();
        assert_eq!(report.reaped, Reaped { pid, end: End::Exited(3) });
        assert!(!report.has_dumped && report.usage.largest_resident > 0);
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Reaped(report)));
        assert_eq!(rt.pipes.started.last(), Some(report));
        assert_eq!(rt.pipes.started.signal(token, signal::KILL), Err(Errno::ESRCH));
        rt.pipes.started.forget(token);
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Unknown));
    });
}

fn whoever_reaps_a_child_its_end_is_kept() {
    let (mut rt, gate) = (Runtime::default(), Gate::new());
    let (first, one) = start(&mut rt, &gate, 1);
    gate.open();
    assert_eq!(rt.pipes.reap(WaitMode::Wait).unwrap().unwrap().pid, first);
    let (second, other) = start(&mut rt, &gate, 2);
    gate.open();
    wait_for_exit(second);
    assert!(rt.pipes.take_child(&mut rt.core, None).unwrap().is_some());
    assert_eq!(reaped(&mut rt, one), Reaped { pid: first, end: End::Exited(1) });
    assert_eq!(reaped(&mut rt, other), Reaped { pid: second, end: End::Exited(2) });
}

fn a_child_that_other_code_has_reaped_is_unknown_and_not_signalled() {
    on_each_kernel(|| {
        let (mut rt, gate) = (Runtime::default(), Gate::new());
        let (pid, token) = start(&mut rt, &gate, 0);
        gate.open();
        waitpid(unistd::Pid::from_raw(pid), None).unwrap();
        assert_eq!(rt.pipes.started.signal(token, signal::KILL), Err(Errno::ESRCH));
        assert_eq!(rt.pipes.started.signal_group(token, signal::KILL), Err(Errno::ESRCH));
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Unknown));
        assert_eq!(rt.pipes.started.wait(token, None, rt.core.env()), Ok(()));
    });
}

fn a_pid_that_is_given_again_belongs_to_the_newer_child() {
    let (mut rt, gate) = (Runtime::default(), Gate::new());
    plan(Call::PidfdOpen, 1, Errno::EMFILE, u32::MAX);
    let (pid, old) = start(&mut rt, &gate, 5);
    // As if the first had been reaped by other code.
    let new = rt.pipes.started.add(pid);
    assert_eq!(rt.pipes.started.status(old), Ok(ChildStatus::Unknown));
    assert_eq!(rt.pipes.started.status(new), Ok(ChildStatus::Running));
    gate.open();
    rt.pipes.reap(WaitMode::Wait).unwrap();
    assert_eq!(rt.pipes.started.status(old), Ok(ChildStatus::Unknown));
    assert_eq!(reaped(&mut rt, new).end, End::Exited(5));
    clear();
}

fn a_signal_reaches_the_child_or_the_group_that_it_leads() {
    on_each_kernel(|| {
        let (mut rt, gate) = (Runtime::default(), Gate::new());
        let (pid, token) = start(&mut rt, &gate, 0);
        assert_eq!(rt.pipes.started.signal_group(token, signal::KILL), Ok(false));
        assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Running));
        process::isolate(pid).unwrap();
        assert_eq!(rt.pipes.started.signal_group(token, signal::KILL), Ok(true));
        rt.pipes.reap(WaitMode::Wait).unwrap();
        assert_eq!(reaped(&mut rt, token).end, End::Killed(signal::KILL));
        let (_, token) = start(&mut rt, &gate, 0);
        assert_eq!(rt.pipes.started.signal(token, 15), Ok(()));
        rt.pipes.reap(WaitMode::Wait).unwrap();
        assert_eq!(reaped(&mut rt, token).end, End::Killed(15));
    });
}

fn refusals_of_the_kernel_are_reported() {
    let (mut rt, gate) = (Runtime::default(), Gate::new());
    let (_, token) = start(&mut rt, &gate, 0);
    plan(Call::PidfdSendSignal, 1, Errno::EPERM, 1);
    assert_eq!(rt.pipes.started.signal(token, 15), Err(Errno::EPERM));
    plan(Call::Waitid, 1, Errno::EINTR, 1);
    assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Running));
    // A kernel without waits by pidfd.
    plan(Call::Waitid, 1, Errno::EINVAL, 1);
    assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Running));
    plan(Call::Waitid, 1, Errno::ENOSYS, 1);
    assert_eq!(rt.pipes.started.status(token), Err(Errno::ENOSYS));
    plan(Call::Poll, 1, Errno::ENOMEM, 1);
    assert_eq!(rt.pipes.started.wait(token, None, rt.core.env()), Err(Errno::ENOMEM));
    plan(Call::Getpgid, 1, Errno::ESRCH, 1);
    assert_eq!(rt.pipes.started.signal_group(token, 15), Err(Errno::ESRCH));
    plan(Call::PidfdOpen, 1, Errno::ENFILE, 1);
    assert_eq!(rt.pipes.started.open_exit(token), Err(Errno::ENFILE));
    rt.pipes.started.open_exit(token).unwrap();
    gate.open();
    rt.pipes.reap(WaitMode::Wait).unwrap();
    plan(Call::Pipe, 1, Errno::EMFILE, 1);
    assert_eq!(rt.pipes.started.open_exit(token), Err(Errno::EMFILE));
    clear();
}

fn no_child_of_the_parent_is_one_of_a_forked_process() {
    for kind in [Child::process(None), Child::Foreign, Child::Daemon] {
        let (mut rt, gate) = (Runtime::default(), Gate::new());
        let (pid, token) = start(&mut rt, &gate, 0);
        match rt.fork(kind).unwrap() {
            Forked::Parent { .. } => {}
            Forked::Child => live(|| {
                assert_eq!(rt.pipes.started.status(token), Ok(ChildStatus::Unknown));
                assert_eq!(rt.pipes.started.signal(token, signal::KILL), Err(Errno::ESRCH));
                // An own child has a token of its own.
                let (own, gate) = (process::pid(), Gate::new());
                let (_, mine) = start(&mut rt, &gate, 0);
                assert!(mine != token && own != pid);
                rt.pipes.started.forget(token);
                assert_eq!(rt.pipes.started.status(mine), Ok(ChildStatus::Running));
                gate.open();
                rt.pipes.reap(WaitMode::Wait).unwrap();
            }),
        }
        gate.open();
        for _ in 0..2 {
            assert_eq!(rt.pipes.reap(WaitMode::Wait).unwrap().unwrap().end, End::Exited(0));
        }
    }
}

/// Forks a child that makes these changes. Returns what it reports, and its exit status.
fn set_up(setup: &Setup, places: &[(i32, i32)], fault: Option<(Call, u32, Errno)>) -> (Option<Refusal>, End) {
    let mut rt = Runtime::default();
    let report = Report::new(100).unwrap();
    assert!(report.number() >= 100);
    let parent = process::pid();
    match rt.fork(Child::process(None)).unwrap() {
        Forked::Parent { child } => {
            let told = report.wait().unwrap();
            let end = rt.pipes.reap(WaitMode::Wait).unwrap().unwrap();
            assert_eq!(end.pid, child);
            (told, end.end)
        }
        Forked::Child => {
            if let Some((call, nth, errno)) = fault {
                plan(call, nth, errno, 1);
            }
            if let Err(refusal) =
                setup.apply(parent, &mut places.to_vec()).and_then(|()| setup.replace_environment())
            {
                report.refuse(refusal);
                process::exit_now(127);
            }
            process::exit_now(7)
        }
    }
}

fn each_change_that_fails_comes_back_by_the_name_of_its_option() {
    let limit = Limit::named("core", 0, 0).unwrap();
    let base = Setup::default();
    let changes = [
        ("cgroup", Call::Open, Setup { cgroup: Some(c"/no/such/list".to_owned()), ..base.clone() }),
        ("limits", Call::Setrlimit, Setup { limits: vec![limit], ..base.clone() }),
        ("nice", Call::Setpriority, Setup { nice: Some(19), ..base.clone() }),
        ("session", Call::Setsid, Setup { session: true, ..base.clone() }),
        ("process_group", Call::Setpgid, Setup { process_group: Some(0), ..base.clone() }),
        ("groups", Call::Setgroups, Setup { groups: Some(vec![]), ..base.clone() }),
        ("group", Call::Setgid, Setup { group: Some(nix::unistd::getgid().as_raw()), ..base.clone() }),
        ("user", Call::Setuid, Setup { user: Some(nix::unistd::getuid().as_raw()), ..base.clone() }),
        ("cwd", Call::Chdir, Setup { folder: Some("/".into()), ..base.clone() }),
        ("env", Call::Malloc, Setup { environment: Some(vec![(c"A".into(), c"b".into())]), ..base.clone() }),
        ("death_signal", Call::Prctl, Setup { death_signal: Some(signal::KILL), ..base.clone() }),
    ];
    for (option, call, setup) in changes {
        let (told, end) = set_up(&setup, &[], Some((call, 1, Errno::EPERM)));
        assert_eq!(told, Some(Refusal { option: Some(option), errno: Errno::EPERM }));
        assert_eq!(end, End::Exited(127), "{option}");
        let needs_root = option == "groups" && !nix::unistd::geteuid().is_root();
        if option != "cgroup" && !needs_root {
            assert_eq!(set_up(&setup, &[], None), (None, End::Exited(7)), "{option}");
        }
    }
    assert_eq!(set_up(&Setup { umask: Some(0), ..base }, &[], None), (None, End::Exited(7)));
}

fn descriptors_change_places_in_any_order() {
    let (a, b) = std::io::pipe().unwrap();
    let (a, b) = (a.as_raw_fd(), b.as_raw_fd());
    for places in [vec![(a, b), (b, a)], vec![(a, 1), (a, 2), (b, a)], vec![]] {
        assert_eq!(set_up(&Setup::default(), &places, None), (None, End::Exited(7)), "{places:?}");
    }
    for (call, errno) in [(Call::Fcntl, Errno::EMFILE), (Call::Dup, Errno::EBADF)] {
        let (told, _) = set_up(&Setup::default(), &[(a, b), (b, a)], Some((call, 2, errno)));
        assert_eq!(told, Some(Refusal { option: Some("descriptors"), errno }));
    }
    let (told, _) = set_up(&Setup::default(), &[(9999, 1)], None);
    assert_eq!(told, Some(Refusal { option: Some("descriptors"), errno: Errno::EBADF }));
}

/// The pipe that is the standard output of a child.
fn pipe(rt: &mut Runtime, token: ChildToken) -> &mut ChildPipe {
    rt.pipes.started.pipe(token, 1).unwrap()
}

fn lines_come_whole_and_the_last_one_without_its_end() {
    let (mut rt, gate) = (Runtime::default(), Gate::new());
    let (_, token) = start(&mut rt, &gate, 0);
    assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::NoPipe));
    let (from, to) = swoole_process::os::file::blocking_pipe().unwrap();
    let number = from.as_raw_fd();
    rt.pipes.started.add_pipes(token, [None, Some(from), None]);
    assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::Wait(number)));
    let soon = now().checked_add(Duration::from_millis(1));
    assert_eq!(wait_for_line(number, soon, rt.core.env()), Ok(()));
    fd::write(to.as_fd(), b"one\ntwo\nthr").unwrap();
    for (len, text) in [(4, b"one\n"), (4, b"two\n")] {
        plan(Call::Poll, 1, Errno::EINTR, 1);
        assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::Whole(len)));
        assert_eq!(pipe(&mut rt, token).for_stream(), Err(Errno::EBUSY));
        assert_eq!(pipe(&mut rt, token).ahead().get(..len), Some(&text[..]));
        pipe(&mut rt, token).consume_line(len);
    }
    clear();
    assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::Wait(number)));
    plan(Call::Read, 1, Errno::EIO, 1);
    fd::write(to.as_fd(), b"ee").unwrap();
    assert_eq!(pipe(&mut rt, token).read_line(), Err(Errno::EIO));
    drop(to);
    assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::Whole(5)));
    pipe(&mut rt, token).consume_line(5);
    assert_eq!(pipe(&mut rt, token).read_line(), Ok(Line::Whole(0)));
    assert_eq!(pipe(&mut rt, token).for_stream(), Ok(number));
    assert_eq!(rt.pipes.started.pipe(token, 0).unwrap().for_stream(), Err(Errno::EBADF));
    gate.open();
    rt.pipes.reap(WaitMode::Wait).unwrap();
}

fn a_number_gets_a_description_of_its_own() {
    use std::io::{Read, Seek, Write};

    let mut file =
        std::fs::File::from(nix::sys::memfd::memfd_create(c"", nix::sys::memfd::MFdFlags::empty()).unwrap());
    file.write_all(b"some text").unwrap();
    file.rewind().unwrap();
    let mut shared = file.try_clone().unwrap();
    for (call, nth) in [(Call::Fcntl, 1), (Call::Fcntl, 2), (Call::Open, 1), (Call::Lseek, 1), (Call::Dup, 1)]
    {
        plan(call, nth, Errno::EBADF, 1);
        assert_eq!(fd::separate(file.as_raw_fd(), 0), Err(Errno::EBADF), "{call:?} {nth}");
        clear();
    }
    fd::separate(file.as_raw_fd(), 5).unwrap();
    let mut text = String::new();
    shared.seek(std::io::SeekFrom::Start(7)).unwrap();
    file.read_to_string(&mut text).unwrap();
    assert_eq!(text, "text");
    text.clear();
    shared.read_to_string(&mut text).unwrap();
    assert_eq!(text, "xt");
    assert_eq!(fd::separate(-1, 0), Err(Errno::EBADF));
    assert_eq!(fd::separate(file.as_raw_fd(), u64::MAX), Err(Errno::EINVAL));
}

/// Starts a program with this environment. It writes to `to`, if there is one.
fn start_program(
    arguments: &[&CStr],
    environment: Option<&[(CString, CString)]>,
    to: Option<RawFd>,
) -> (End, Option<Errno>) {
    let mut failed = None;
    let program = Program::new(arguments, environment);
    let pid = program.start(&mut |execute, mask| {
        mask.restore();
        let placed = to.map_or(Ok(()), |to| place(&mut [(to, 1)]));
        // The memory is that of the parent.
        failed = Some(placed.map_or_else(|errno| errno, |()| execute.run()));
    });
    let pid = pid.unwrap();
    wait_for_exit(pid);
    let Some(report) = process::take(process::Child::Of(pid)).unwrap() else { panic!("not reaped") };
    (report.reaped.end, failed)
}

fn a_program_has_its_own_environment_and_this_process_keeps_its_own() {
    use std::io::Read;

    let before: Vec<_> = std::env::vars_os().collect();
    assert!(!before.is_empty());
    let (from, to) = file::pipe().unwrap();
    let line = c"echo \"$MODE.$HOME\"; exit 3";
    let variables = [(c"MODE".to_owned(), c"a=b".to_owned()), (c"PATH".to_owned(), c"/bin".to_owned())];
    let ended = start_program(&[c"sh", c"-c", line], Some(&variables), Some(to.as_raw_fd()));
    assert_eq!(ended, (End::Exited(3), None));
    drop(to);
    let mut output = String::new();
    std::fs::File::from(from).read_to_string(&mut output).unwrap();
    assert_eq!(output, "a=b.\n");
    // The search is in the new environment.
    let nowhere = [(c"PATH".to_owned(), c"/nonexistent".to_owned())];
    let ended = start_program(&[c"sh", c"-c", line], Some(&nowhere), None);
    assert_eq!(ended, (End::Exited(127), Some(Errno::ENOENT)));
    assert_eq!(std::env::vars_os().collect::<Vec<_>>(), before);
}

fn a_start_leaves_the_environment_to_other_threads() {
    let variables = [(c"MODE".to_owned(), c"child".to_owned())];
    let (mut seen, added) = (None, "a variable of another thread");
    let program = [c"nowhere"];
    let pid = Program::new(&program, Some(&variables)).start(&mut |execute, mask| {
        mask.restore();
        assert_eq!(execute.run(), Errno::ENOENT);
        // As a thread of the parent, whose memory this is.
        seen = Some(std::env::var_os("MODE"));
        // SAFETY: the only other thread waits in the start.
        unsafe { std::env::set_var("ADDED", added) };
    });
    wait_for_exit(pid.unwrap());
    assert_eq!(seen, Some(None));
    assert_eq!(std::env::var("ADDED").as_deref(), Ok(added));
    assert_eq!(process::reap(WaitMode::Wait).unwrap().unwrap().reaped.end, End::Exited(127));
}

fn a_program_is_searched_for_in_the_folders_of_its_path() {
    use std::os::unix::fs::PermissionsExt;

    let folder = std::env::temp_dir().join(format!("programs-{}", process::pid()));
    for (file, mode) in [("denied", 0o644), ("there", 0o755)] {
        let file = folder.join(file).join("program");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "#!/bin/sh\nexit 5\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let at = |folders: &str| folders.replace('@', folder.to_str().unwrap());
    let denied = (End::Exited(127), Some(Errno::EACCES));
    let nowhere = (End::Exited(127), Some(Errno::ENOENT));
    for (name, path, expected) in [
        (c"program", Some("/nonexistent:@/there/program:@/denied:@/there"), (End::Exited(5), None)),
        (c"program", Some("@/denied:@/nonexistent"), denied),
        (c"program", Some("@/nonexistent"), nowhere),
        (c"there/program", Some("@/denied"), (End::Exited(5), None)),
        (c"true", None, (End::Exited(0), None)),
        (c"program", None, nowhere),
    ] {
        let value = path.map(|path| (c"PATH".to_owned(), CString::new(at(path)).unwrap()));
        let variables: Vec<_> = value.into_iter().collect();
        std::env::set_current_dir(&folder).unwrap();
        assert_eq!(start_program(&[name], Some(&variables), None), expected, "{name:?} {path:?}");
        // An empty folder is the working directory.
        if path.is_some_and(|path| path.ends_with("there")) && name == c"program" {
            std::env::set_current_dir(folder.join("there")).unwrap();
            for path in [c"", c":/nonexistent", c"/nonexistent:"] {
                let variables = [(c"PATH".to_owned(), path.to_owned())];
                assert_eq!(start_program(&[name], Some(&variables), None), expected, "{path:?}");
            }
        }
    }
    std::env::set_current_dir("/").unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

/// Allocations while it is true are counted.
static COUNTS: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicU32 = AtomicU32::new(0);

struct Counting;

impl Counting {
    fn note() {
        if COUNTS.load(Relaxed) {
            ALLOCATIONS.fetch_add(1, Relaxed);
        }
    }
}

// SAFETY: only counts besides.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Counting::note();
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        Counting::note();
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(place, layout) };
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn a_child_that_uses_the_memory_of_its_parent_allocates_none() {
    assert_eq!(allocations_of_child(), 0);
    plan(Call::CloseRange, 1, Errno::ENOSYS, u32::MAX);
    assert_eq!(allocations_of_child(), 0);
    clear();
}

fn descriptors_are_closed_where_nothing_lists_them() {
    let open = std::fs::File::open("/dev/null").unwrap();
    plan(Call::CloseRange, 1, Errno::EPERM, u32::MAX);
    plan(Call::Open, 1, Errno::ENOENT, u32::MAX);
    let mut closed = None;
    let pid = Program::new(&[c"true"], None).start(&mut |_, _| {
        close_others(&[]);
        closed = Some(nix::sys::stat::fstat(open.as_fd()).map(drop));
    });
    wait_for_exit(pid.unwrap());
    clear();
    assert_eq!(closed, Some(Err(Errno::EBADF)));
    assert_eq!(process::reap(WaitMode::Wait).unwrap().unwrap().reaped.end, End::Exited(127));
}

/// How often a child allocates or frees memory before it fails to execute its program.
fn allocations_of_child() -> u32 {
    let setup = Setup {
        cgroup: nix::unistd::geteuid().is_root().then(|| c"/dev/null".to_owned()),
        limits: vec![Limit::named("core", 0, 0).unwrap()],
        nice: Some(19),
        session: true,
        umask: Some(0o22),
        groups: nix::unistd::geteuid().is_root().then(|| vec![1, 2, 3]),
        group: Some(nix::unistd::getgid().as_raw()),
        user: Some(nix::unistd::getuid().as_raw()),
        folder: Some("/".into()),
        death_signal: Some(signal::KILL),
        ..Setup::default()
    };
    let (from, to) = file::pipe().unwrap();
    let mut places = [(to.as_raw_fd(), 1), (from.as_raw_fd(), 0)];
    let (parent, kept) = (process::pid(), [0, 1, 2, 9]);
    let (mut applied, mut failed) = (None, None);
    let program = [c"nowhere"];
    let variables = [(c"PATH".to_owned(), c"/bin:/usr/bin".to_owned())];
    let pid = Program::new(&program, Some(&variables)).start(&mut |execute, mask| {
        COUNTS.store(true, Relaxed);
        mask.for_child().restore();
        applied = Some(setup.apply(parent, &mut places));
        close_others(&kept);
        failed = Some(execute.run());
        COUNTS.store(false, Relaxed);
    });
    wait_for_exit(pid.unwrap());
    assert_eq!((applied, failed), (Some(Ok(())), Some(Errno::ENOENT)));
    assert_eq!(process::reap(WaitMode::Wait).unwrap().unwrap().reaped.end, End::Exited(127));
    ALLOCATIONS.load(Relaxed)
}

fn a_child_without_its_program_exits_and_its_parent_continues() {
    assert_eq!(start_program(&[c"/nonexistent"], None, None), (End::Exited(127), Some(Errno::ENOENT)));
    assert_eq!(start_program(&[], None, None), (End::Exited(127), Some(Errno::EINVAL)));
    plan(Call::Execv, 1, Errno::E2BIG, 1);
    assert_eq!(start_program(&[c"true"], None, None), (End::Exited(127), Some(Errno::E2BIG)));
    // What the child asked does not count here.
    assert_eq!(start_program(&[c"true"], None, None), (End::Exited(127), Some(Errno::E2BIG)));
    clear();
    for call in [Call::Mmap, Call::Sigprocmask, Call::Clone] {
        plan(call, 1, Errno::EAGAIN, 1);
        let started = Program::new(&[c"true"], None).start(&mut |execute, _| _ = execute.run());
        assert_eq!(started, Err(Errno::EAGAIN), "{call:?}");
        clear();
    }
    assert_eq!(start_program(&[c"true"], None, None), (End::Exited(0), None));
}

fn a_program_of_another_user_leaves_this_process_dumpable() {
    if !nix::unistd::geteuid().is_root() {
        return;
    }
    assert!(nix::sys::prctl::get_dumpable().unwrap());
    let program = [c"true"];
    let pid = Program::new(&program, None).start(&mut |execute, mask| {
        mask.restore();
        if set_user(65534).is_ok() {
            execute.run();
        }
    });
    wait_for_exit(pid.unwrap());
    assert!(nix::sys::prctl::get_dumpable().unwrap());
    assert_eq!(process::reap(WaitMode::Wait).unwrap().unwrap().reaped.end, End::Exited(0));
}

fn a_program_ignores_what_was_ignored_and_handles_nothing() {
    signal::ignore(signal::SIGUSR1).unwrap();
    signal::ignore(signal::SIGUSR2).unwrap();
    // Ignored behind our handler.
    signal::watch(signal::SIGUSR2).unwrap();
    signal::watch(signal::SIGHUP).unwrap();
    for (name, end) in [
        ("USR1", End::Exited(0)),
        ("USR2", End::Exited(0)),
        ("HUP", End::Killed(1)),
        ("PIPE", End::Killed(13)),
    ] {
        let line = CString::new(format!("kill -s {name} $$")).unwrap();
        assert_eq!(start_program(&[c"sh", c"-c", &line], None, None), (end, None), "{name}");
    }
    // The handlers of this process are as before.
    assert!(signal::is_watched(signal::SIGUSR2) && signal::is_watched(signal::SIGHUP));
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_child_runs_then_is_a_zombie_then_reaped,
        whoever_reaps_a_child_its_end_is_kept,
        a_child_that_other_code_has_reaped_is_unknown_and_not_signalled,
        a_pid_that_is_given_again_belongs_to_the_newer_child,
        a_signal_reaches_the_child_or_the_group_that_it_leads,
        refusals_of_the_kernel_are_reported,
        no_child_of_the_parent_is_one_of_a_forked_process,
        each_change_that_fails_comes_back_by_the_name_of_its_option,
        descriptors_change_places_in_any_order,
        lines_come_whole_and_the_last_one_without_its_end,
        a_number_gets_a_description_of_its_own,
        a_program_has_its_own_environment_and_this_process_keeps_its_own,
        a_start_leaves_the_environment_to_other_threads,
        a_program_is_searched_for_in_the_folders_of_its_path,
        a_child_that_uses_the_memory_of_its_parent_allocates_none,
        descriptors_are_closed_where_nothing_lists_them,
        a_child_without_its_program_exits_and_its_parent_continues,
        a_program_of_another_user_leaves_this_process_dumpable,
        a_program_ignores_what_was_ignored_and_handles_nothing,
    ])
}
