//! Descriptors: every one of ours is above the standard ones, and what is written to those never waits, raises no signal
//! and leaves none behind.
#![cfg(test)]
#![allow(unsafe_code, reason = "signals, terminals and flags that nix has no features for here")]

mod alone;

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{self, Pid};
use std::fs;
use std::io::Read;
use std::net::Ipv4Addr;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use swoole_process::os::address::Address;
use swoole_process::os::epoll::Epoll;
use swoole_process::os::fault::{self, Call, plan};
use swoole_process::os::fd::Standard;
use swoole_process::os::file::OpenMode;
use swoole_process::os::parent_death_guard::{Config, ParentDeathGuard};
use swoole_process::os::pipe::{Half, Kind, Wait};
use swoole_process::os::prepared_wait::{self, PreparedWait, prepare_wait};
use swoole_process::os::process::Fork;
use swoole_process::os::socket::Spec;
use swoole_process::os::{Errno, fd, fd_passing, file, pidfd, pipe, process, signal, socket};

/// The sources of the product, without unit tests, by their paths below src.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = fs::read_to_string(&path).unwrap();
                let code = source.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
                sources.push((path.strip_prefix(&root).unwrap().to_owned(), code.to_owned()));
            }
        }
    }
    sources
}

/// What makes an owner of a number, or of a file that the standard library has opened and that may stay open.
const MAKERS: [&str; 9] = [
    "from_raw_fd",
    "OwnedFd::from",
    "File::open",
    "File::create",
    "OpenOptions",
    "UnixStream",
    "UnixListener",
    "TcpStream",
    "std::io::pipe",
];

fn no_other_file_takes_over_a_number() {
    let sources = sources();
    assert!(sources.len() > 50, "the sources are not where they are looked for");
    let found = |code: &str| {
        code.lines()
            .filter(|line| {
                !line.trim_start().starts_with("//") && MAKERS.iter().any(|maker| line.contains(maker))
            })
            .count()
    };
    let makers: Vec<_> = sources.iter().filter(|(_, code)| found(code) > 0).map(|(path, _)| path).collect();
    assert_eq!(makers, [Path::new("os/owned.rs")]);
}

/// Runs `body` while the standard descriptors are closed.
fn without_standard<R>(body: impl FnOnce() -> R) -> R {
    let saved = Standard::ALL.map(|standard| fd::duplicate(standard as RawFd).unwrap());
    for standard in Standard::ALL {
        unistd::close(standard as RawFd).unwrap();
    }
    let result = body();
    for (saved, standard) in saved.iter().zip(Standard::ALL) {
        fd::duplicate_onto(saved.as_raw_fd(), standard).unwrap();
    }
    result
}

/// One descriptor of each maker, and those that are needed for it.
fn one_of_each() -> (Vec<(&'static str, OwnedFd)>, Epoll) {
    let internet = Spec { domain: libc::AF_INET, kind: libc::SOCK_STREAM, protocol: 0 };
    let (from, to) = file::pipe().unwrap();
    let (a, b) = pipe::pair(Kind::Message).unwrap();
    let [c, d] = socket::pair(Spec { domain: libc::AF_UNIX, ..internet }).unwrap();
    let memory = fd_passing::memory_file().unwrap();
    fd_passing::send(a.as_fd(), b"x", &[fd::number(&memory)]).unwrap();
    let [attached, _] = fd_passing::receive(b.as_fd(), &mut [0; 4], Wait::Never).unwrap().attached;
    let attached = attached.unwrap();
    let server = socket::open(internet).unwrap();
    socket::bind(server.as_fd(), &Address::of(Ipv4Addr::LOCALHOST.into(), 0)).unwrap();
    socket::listen(server.as_fd(), 1).unwrap();
    let client = socket::open(internet).unwrap();
    let _ = socket::connect(client.as_fd(), &socket::name(server.as_fd()).unwrap());
    let accepted = loop {
        match socket::accept(server.as_fd()) {
            Err(Errno::EAGAIN) => {}
            accepted => break accepted.unwrap(),
        }
    };
    let again = fd::duplicate(memory.as_raw_fd()).unwrap();
    let made = vec![
        ("pipe2, from", from),
        ("pipe2, to", to),
        ("socketpair of a pipe, a", a),
        ("socketpair of a pipe, b", b),
        ("socketpair, a", c),
        ("socketpair, b", d),
        ("memfd_create", memory),
        ("SCM_RIGHTS", attached),
        ("socket", server),
        ("another socket", client),
        ("accept", accepted),
        ("pidfd_open", pidfd::open(process::pid()).unwrap()),
        ("open of /dev/null", fd::dev_null().unwrap()),
        ("open to append", fd::append(c"/dev/null").unwrap()),
        ("open", file::open(c"/dev/null", OpenMode::Read).unwrap()),
        ("fcntl", again),
    ];
    (made, Epoll::new(1).unwrap())
}

fn no_descriptor_of_ours_is_a_standard_one() {
    let (low, open) = without_standard(|| {
        let (made, epoll) = one_of_each();
        let low: Vec<_> = made
            .iter()
            .filter(|(_, fd)| fd.as_raw_fd() <= libc::STDERR_FILENO)
            .map(|(name, _)| *name)
            .collect();
        let open = Standard::ALL.map(|standard| fd::is_open(standard as RawFd));
        drop(epoll);
        (low, open)
    });
    assert_eq!((low, open), (vec![], [false; 3]));
}

fn what_is_closed_leads_to_dev_null_and_what_is_open_stays() {
    let filled = without_standard(|| {
        let (from, to) = file::pipe().unwrap();
        fd::duplicate_onto(to.as_raw_fd(), Standard::Output).unwrap();
        fd::fill_standard().unwrap();
        let null = fd::identity(fd::number(&fd::dev_null().unwrap())).unwrap();
        let identities = Standard::ALL.map(|standard| fd::identity(standard as RawFd).unwrap());
        drop(from);
        identities.map(|identity| identity == null)
    });
    assert_eq!(filled, [true, false, true]);
}

fn a_duplicate_of_a_number_onto_itself_stays_open_across_exec() {
    let flags = without_standard(|| {
        fd::duplicate_onto(fd::dev_null().unwrap().as_raw_fd(), Standard::Input).unwrap();
        // SAFETY: fcntl takes numbers.
        unsafe { libc::fcntl(0, libc::F_SETFD, libc::FD_CLOEXEC) };
        fd::duplicate_onto(0, Standard::Input).unwrap();
        // SAFETY: as above.
        unsafe { libc::fcntl(0, libc::F_GETFD) }
    });
    assert_eq!(flags, 0);
}

fn a_message_whose_descriptor_finds_no_number_is_an_error() {
    let (a, b) = pipe::pair(Kind::Message).unwrap();
    fd_passing::send(a.as_fd(), b"head", &[fd::number(&a)]).unwrap();
    fd_passing::send(a.as_fd(), b"next", &[fd::number(&a)]).unwrap();
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the limit is written.
    assert_eq!(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) }, 0);
    let none = libc::rlimit { rlim_cur: 0, ..limit };
    // SAFETY: the limit is read.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const none) }, 0);
    let lost = fd_passing::receive(b.as_fd(), &mut [0; 8], Wait::Never);
    // SAFETY: as above.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) }, 0);
    assert_eq!(lost.unwrap_err(), Errno::EMFILE);
    assert_eq!(fd_passing::receive(b.as_fd(), &mut [0; 8], Wait::Never).unwrap().count, 1);
}

/// Writes lines to descriptor 2, which leads to `target`, until there is no room. It hangs when a write waits.
fn fill_stderr(target: RawFd) -> Errno {
    let saved = fd::duplicate(2).unwrap();
    fd::duplicate_onto(target, Standard::Error).unwrap();
    let refused = loop {
        if let Err(errno) = fd::write_to_stderr(&[b'x'; 100]) {
            break errno;
        }
    };
    fd::duplicate_onto(saved.as_raw_fd(), Standard::Error).unwrap();
    refused
}

/// Whether the description that others share is one whose writes wait.
fn blocks(fd: &OwnedFd) -> bool {
    // SAFETY: fcntl takes numbers.
    unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_GETFL) & libc::O_NONBLOCK == 0 }
}

fn a_full_pipe_as_stderr_is_not_waited_for() {
    let (_from, to) = file::pipe().unwrap();
    assert_eq!(fill_stderr(to.as_raw_fd()), Errno::EAGAIN);
    assert!(blocks(&to));
}

fn a_full_pipe_is_not_waited_for_on_kernels_that_know_less() {
    // Without pwritev2(2) by a description of our own, without that by asking for room.
    for calls in [vec![Call::Pwritev2], vec![Call::Pwritev2, Call::Open]] {
        let (_from, to) = file::pipe().unwrap();
        for call in calls {
            plan(call, 1, Errno::EOPNOTSUPP, u32::MAX);
        }
        assert_eq!(fill_stderr(to.as_raw_fd()), Errno::EAGAIN);
        fault::clear();
        assert!(blocks(&to));
    }
}

fn a_full_socket_as_stderr_is_not_waited_for() {
    let (_a, b) = pipe::pair(Kind::Stream).unwrap();
    assert_eq!(fill_stderr(b.as_raw_fd()), Errno::EAGAIN);
    assert!(blocks(&b));
}

fn a_stopped_terminal_as_stderr_is_not_waited_for() {
    for without in [None, Some(Call::Open)] {
        let (mut master, mut slave) = (-1, -1);
        let null = std::ptr::null_mut();
        // SAFETY: openpty writes two numbers; the other pointers may be null.
        let made = unsafe { libc::openpty(&raw mut master, &raw mut slave, null, null.cast(), null.cast()) };
        assert_eq!(made, 0);
        // SAFETY: openpty has just made it; nobody else owns it.
        let _master = unsafe { OwnedFd::from_raw_fd(master) };
        // SAFETY: as above.
        let slave = unsafe { OwnedFd::from_raw_fd(slave) };
        // SAFETY: tcflow takes numbers. The terminal shows nothing from now on.
        assert_eq!(unsafe { libc::tcflow(slave.as_raw_fd(), libc::TCOOFF) }, 0);
        if let Some(call) = without {
            plan(call, 1, Errno::EACCES, u32::MAX);
        }
        assert_eq!(fill_stderr(slave.as_raw_fd()), Errno::EAGAIN);
        fault::clear();
        assert!(blocks(&slave));
    }
}

fn a_fifo_without_a_reader_is_opened_and_never_waited_for() {
    let path = std::env::temp_dir().join(format!("fifo-{}", process::pid()));
    nix::unistd::mkfifo(&path, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let name = std::ffi::CString::new(path.to_str().unwrap()).unwrap();
    let fifo = fd::append(&name).unwrap();
    let mut written = 0;
    let refused = loop {
        match fd::write(fifo.as_fd(), b"line\n") {
            Ok(count) => written += count,
            Err(errno) => break errno,
        }
    };
    assert_eq!(refused, Errno::EAGAIN);
    // A reader that comes later gets it.
    let reader = file::open(&name, OpenMode::Read).unwrap();
    drop(fifo);
    let mut text = Vec::new();
    std::fs::File::from(reader).read_to_end(&mut text).unwrap();
    assert_eq!(text.len(), written);
    std::fs::remove_file(path).unwrap();
}

/// Signals that end this process when they come.
fn give_default_actions() {
    for signal in [libc::SIGPIPE, libc::SIGXFSZ] {
        // SAFETY: no handler is installed.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
}

/// Whether a signal is blocked and has come.
fn is_waiting(signal: i32) -> bool {
    let mut set = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: sigpending fills the set.
    unsafe { libc::sigpending(set.as_mut_ptr()) };
    // SAFETY: as above, and sigismember reads it.
    unsafe { libc::sigismember(set.as_ptr(), signal) == 1 }
}

fn a_write_to_nobody_raises_no_signal() {
    give_default_actions();
    let (from, to) = file::pipe().unwrap();
    drop(from);
    assert_eq!(fd::write(to.as_fd(), b"x"), Err(Errno::EPIPE));
    assert_eq!(fill_stderr(to.as_raw_fd()), Errno::EPIPE);
}

fn a_file_that_may_not_get_larger_raises_no_signal() {
    give_default_actions();
    let limit = libc::rlimit { rlim_cur: 10, rlim_max: 10 };
    // SAFETY: the limit is read.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit) }, 0);
    let memory = fd_passing::memory_file().unwrap();
    assert_eq!(fd::write(memory.as_fd(), &[b'x'; 20]), Ok(10));
    assert_eq!(fd::write(memory.as_fd(), b"x"), Err(Errno::EFBIG));
    assert_eq!(fill_stderr(memory.as_raw_fd()), Errno::EFBIG);
    assert_eq!(fd::send_some(memory.as_raw_fd(), b"x"), Err(Errno::EFBIG));
}

fn a_signal_that_has_come_before_the_write_is_not_taken() {
    give_default_actions();
    let held = signal::block_all().unwrap();
    process::kill(process::pid(), libc::SIGPIPE).unwrap();
    let (from, to) = file::pipe().unwrap();
    drop(from);
    assert_eq!(fd::write(to.as_fd(), b"x"), Err(Errno::EPIPE));
    assert!(is_waiting(libc::SIGPIPE));
    // One that is blocked and has not come is taken all the same.
    let full = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the limit is read.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_FSIZE, &raw const full) }, 0);
    assert_eq!(fd::write(fd_passing::memory_file().unwrap().as_fd(), b"x"), Err(Errno::EFBIG));
    assert!(!is_waiting(libc::SIGXFSZ));
    // SAFETY: no handler is installed.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    held.restore();
}

fn a_wait_lets_wanted_signals_through_however_it_ends() {
    let numbers = [libc::SIGUSR1, libc::SIGRTMIN() + 5];
    let outer = signal::block_all().unwrap();
    for number in numbers {
        signal::watch(number).unwrap();
        process::kill(process::pid(), number).unwrap();
        // The wait is over before it has begun.
        let prepared = prepare_wait([number]).unwrap();
        assert!(!prepared.blocks(number) && prepared.blocks(libc::SIGUSR2));
        prepared.release();
        assert!(signal::take(number) && !is_waiting(number));
    }
    // It is blocked again, and what nobody wants has not come through.
    process::kill(process::pid(), numbers[0]).unwrap();
    prepare_wait([numbers[1]]).unwrap().release();
    assert!(is_waiting(numbers[0]) && !signal::has_come(numbers[0]));
    outer.restore();
    assert!(signal::take(numbers[0]));
}

/// One that comes when the wait is prepared and has not begun: nothing else would ever end these.
fn a_signal_before_an_open_wait_ends_it() {
    let blocked = signal::block_all().unwrap();
    assert!(!prepared_wait::allow_unmasked_waits());
    blocked.restore();
    if !prepared_wait::allow_unmasked_waits() {
        return;
    }
    let (a, b) = pipe::pair(Kind::Stream).unwrap();
    let mut epoll = Epoll::new(1).unwrap();
    signal::watch(libc::SIGUSR1).unwrap();
    for wait in 0..3 {
        let prepared = prepare_wait([]).unwrap();
        assert!(matches!(prepared, PreparedWait::Unmasked));
        process::kill(process::pid(), libc::SIGUSR1).unwrap();
        let ended = match wait {
            0 => prepared.pause(None),
            1 => pipe::wait(a.as_fd(), Half::Read, Some(b.as_fd()), None, &prepared).map(drop),
            _ => epoll.wait(None, Some(&prepared)).map(drop),
        };
        assert_eq!(ended, Err(Errno::EINTR));
        prepared.release();
        assert!(signal::take(libc::SIGUSR1));
        // It has ended one wait, and not the next.
        let prepared = prepare_wait([]).unwrap();
        assert_eq!(prepared.pause(Some(Duration::from_millis(1))), Ok(()));
        prepared.release();
    }
    prepared_wait::forbid_unmasked_waits();
    let prepared = prepare_wait([]).unwrap();
    assert!(matches!(prepared, PreparedWait::Masked { .. }));
    prepared.release();
}

fn a_wait_takes_the_signal_of_the_masters_death_out_of_the_mask() {
    let terms = Config {
        master: process::parent(),
        grace: None,
        stops: &[libc::SIGUSR1],
        wakeup_tick: false,
        death_action: None,
    };
    let bond = ParentDeathGuard::arm(terms).unwrap();
    let others = [libc::SIGUSR1, libc::SIGTERM];
    let number = bond.signals().find(|number| !others.contains(number)).unwrap();
    let waits: [fn(&ParentDeathGuard); 2] =
        [|_| prepare_wait([]).unwrap().release(), |bond| bond.renew_if_lost().unwrap()];
    for wait in waits {
        let outer = signal::block_all().unwrap();
        wait(&bond);
        let after = signal::block_all().unwrap();
        assert!(!after.blocks(number) && others.iter().all(|&other| after.blocks(other)));
        outer.restore();
    }
    drop(bond);
    let outer = signal::block_all().unwrap();
    prepare_wait([]).unwrap().release();
    assert!(signal::block_all().unwrap().blocks(number));
    outer.restore();
}

fn a_tick_while_a_guard_is_dropped_does_not_end_the_process() {
    let master = process::pid();
    let child = match process::fork().unwrap() {
        Fork::Parent { child } => Pid::from_raw(child),
        Fork::Child { mask } => {
            mask.restore();
            let guard = ParentDeathGuard::arm(Config {
                master,
                grace: Some(Duration::from_secs(60)),
                stops: &[libc::SIGTERM],
                wakeup_tick: true,
                death_action: None,
            })
            .unwrap();
            process::kill(process::pid(), libc::SIGTERM).unwrap();
            // From now on the process stops before each sigaction(2), for longer than from one tick to the next.
            assert!(fault::plan_from("sigaction:/1:RAISE=19"));
            drop(guard);
            process::exit_now(0)
        }
    };
    let mut stops = 0;
    loop {
        match waitpid(child, Some(WaitPidFlag::WUNTRACED)) {
            Ok(WaitStatus::Stopped(..)) => {
                stops += 1;
                std::thread::sleep(Duration::from_millis(5));
                kill(child, Signal::SIGCONT).unwrap();
            }
            // A real-time signal that has killed it is an error to nix.
            end => break assert_eq!(end, Ok(WaitStatus::Exited(child, 0))),
        }
    }
    assert!(stops > 3);
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        no_other_file_takes_over_a_number,
        no_descriptor_of_ours_is_a_standard_one,
        what_is_closed_leads_to_dev_null_and_what_is_open_stays,
        a_duplicate_of_a_number_onto_itself_stays_open_across_exec,
        a_message_whose_descriptor_finds_no_number_is_an_error,
        a_full_pipe_as_stderr_is_not_waited_for,
        a_full_pipe_is_not_waited_for_on_kernels_that_know_less,
        a_full_socket_as_stderr_is_not_waited_for,
        a_stopped_terminal_as_stderr_is_not_waited_for,
        a_fifo_without_a_reader_is_opened_and_never_waited_for,
        a_write_to_nobody_raises_no_signal,
        a_file_that_may_not_get_larger_raises_no_signal,
        a_signal_that_has_come_before_the_write_is_not_taken,
        a_wait_lets_wanted_signals_through_however_it_ends,
        a_signal_before_an_open_wait_ends_it,
        a_wait_takes_the_signal_of_the_masters_death_out_of_the_mask,
        a_tick_while_a_guard_is_dropped_does_not_end_the_process,
    ])
}
