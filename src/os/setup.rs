//! What a forked child changes about itself before it runs its code: identity, limits, environment, descriptors.

use crate::os::fault::{Call, check};
use crate::os::process::Pid;
use crate::os::{Errno, Result, owned, signal};
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::stat::{Mode, umask};
use nix::unistd::{Gid, Uid, setgid, setgroups, setpgid, setuid};
use std::ffi::{CStr, c_char};
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// The resource limits, by the names of getrlimit(2) without `RLIMIT_`.
const LIMITS: &[(&str, Resource)] = &[
    ("as", Resource::RLIMIT_AS),
    ("core", Resource::RLIMIT_CORE),
    ("cpu", Resource::RLIMIT_CPU),
    ("data", Resource::RLIMIT_DATA),
    ("fsize", Resource::RLIMIT_FSIZE),
    ("locks", Resource::RLIMIT_LOCKS),
    ("memlock", Resource::RLIMIT_MEMLOCK),
    ("msgqueue", Resource::RLIMIT_MSGQUEUE),
    ("nice", Resource::RLIMIT_NICE),
    ("nofile", Resource::RLIMIT_NOFILE),
    ("nproc", Resource::RLIMIT_NPROC),
    ("rss", Resource::RLIMIT_RSS),
    ("rtprio", Resource::RLIMIT_RTPRIO),
    ("rttime", Resource::RLIMIT_RTTIME),
    ("sigpending", Resource::RLIMIT_SIGPENDING),
    ("stack", Resource::RLIMIT_STACK),
];

/// A limit without a number.
pub const UNLIMITED: u64 = libc::RLIM_INFINITY;

/// A resource limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    resource: Resource,
    soft: u64,
    hard: u64,
}

impl Limit {
    /// The limit of this name. `None` when there is none.
    pub fn named(name: &str, soft: u64, hard: u64) -> Option<Limit> {
        let (_, resource) = LIMITS.iter().find(|(known, _)| *known == name)?;
        Some(Limit { resource: *resource, soft, hard })
    }

    /// The names of all limits.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LIMITS.iter().map(|(name, _)| *name)
    }

    /// setrlimit(2).
    pub fn set(self) -> Result<()> {
        check(Call::Setrlimit)?;
        setrlimit(self.resource, self.soft, self.hard)
    }
}

/// umask(2).
pub fn set_umask(mask: u32) {
    umask(Mode::from_bits_truncate(mask));
}

/// setgroups(2).
pub fn set_groups(groups: &[u32]) -> Result<()> {
    check(Call::Setgroups)?;
    let groups: Vec<Gid> = groups.iter().copied().map(Gid::from_raw).collect();
    setgroups(&groups)
}

/// setgid(2).
pub fn set_group(group: u32) -> Result<()> {
    check(Call::Setgid)?;
    setgid(Gid::from_raw(group))
}

/// setuid(2).
pub fn set_user(user: u32) -> Result<()> {
    check(Call::Setuid)?;
    setuid(Uid::from_raw(user))
}

/// setpgid(2): joins a process group; 0 makes a new one.
pub fn join_group(group: Pid) -> Result<()> {
    check(Call::Setpgid)?;
    let own = nix::unistd::Pid::from_raw(0);
    setpgid(own, nix::unistd::Pid::from_raw(group))
}

/// open(2), write(2): this process moves to the control group whose `cgroup.procs` this is.
pub fn join_cgroup(list: &CStr) -> Result<()> {
    check(Call::Open)?;
    // SAFETY: the path ends with NUL.
    let fd = Errno::result(unsafe { libc::open(list.as_ptr(), libc::O_WRONLY | libc::O_CLOEXEC) })?;
    // SAFETY: open has just returned this number; it has no other owner.
    let fd = unsafe { owned::own(fd) }?;
    check(Call::Write)?;
    // SAFETY: the pointer and the length describe the text.
    Errno::result(unsafe { libc::write(fd.as_raw_fd(), c"0".as_ptr().cast(), 1) })?;
    Ok(())
}

/// clearenv(3), setenv(3): replaces the environment.
///
/// No other thread may run. `ENOMEM` when there is no room.
pub fn replace_environment(variables: &[(impl AsRef<CStr>, impl AsRef<CStr>)]) -> Result<()> {
    // SAFETY: no other thread reads the environment.
    if unsafe { libc::clearenv() } != 0 {
        return Err(Errno::ENOMEM);
    }
    for (name, value) in variables {
        check(Call::Malloc)?;
        // SAFETY: both end with NUL, and are copied; as above.
        Errno::result(unsafe { libc::setenv(name.as_ref().as_ptr(), value.as_ref().as_ptr(), 1) })?;
    }
    Ok(())
}

/// fcntl(2), dup2(2): in a child, each target number becomes a duplicate of its source that stays open across exec.
/// Sources may be targets of others.
pub fn place(pairs: &[(RawFd, RawFd)]) -> Result<()> {
    let above = pairs.iter().map(|(_, target)| target + 1).max().unwrap_or(0);
    let mut copies: Vec<(OwnedFd, RawFd)> = Vec::with_capacity(pairs.len());
    for &(source, target) in pairs {
        copies.push((owned::duplicate_above(source, above)?, target));
    }
    for (copy, target) in &copies {
        check(Call::Dup)?;
        // SAFETY: the caller gives up what the target was; the copy is open.
        Errno::result(unsafe { libc::dup2(copy.as_raw_fd(), *target) })?;
    }
    Ok(())
}

/// fcntl(2): the same description, with a number of at least `lowest`.
pub fn at_least(fd: OwnedFd, lowest: RawFd) -> Result<OwnedFd> {
    if fd.as_raw_fd() >= lowest { Ok(fd) } else { owned::duplicate_above(fd.as_raw_fd(), lowest) }
}

/// execvp(3): as [`crate::os::process::exec`], with a search in `PATH`. Signals that PHP handles have their default action in the
/// program.
pub fn exec_search(arguments: &[impl AsRef<CStr>]) -> Errno {
    if let Err(errno) = check(Call::Execv) {
        return errno;
    }
    let Some(path) = arguments.first() else {
        return Errno::EINVAL;
    };
    let mut pointers: Vec<*const c_char> =
        arguments.iter().map(|argument| argument.as_ref().as_ptr()).collect();
    pointers.push(std::ptr::null());
    signal::default_for_program();
    // SAFETY: the name and the arguments end with NUL, and the list of them ends with a null pointer.
    unsafe { libc::execvp(path.as_ref().as_ptr(), pointers.as_ptr()) };
    Errno::last()
}

/// open(2) of a file for a standard descriptor of a child. `mode` is one of `r`, `w`, `a` and `r+`.
pub fn open(path: &CStr, mode: &[u8]) -> Result<OwnedFd> {
    let how = match mode {
        b"r" => libc::O_RDONLY,
        b"w" => libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC,
        b"a" => libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND,
        b"r+" => libc::O_RDWR,
        _ => return Err(Errno::EINVAL),
    };
    check(Call::Open)?;
    // SAFETY: the path ends with NUL.
    let fd =
        Errno::result(unsafe { libc::open(path.as_ptr(), how | libc::O_NOCTTY | libc::O_CLOEXEC, 0o666) })?;
    // SAFETY: open has just returned this number; it has no other owner.
    unsafe { owned::own(fd) }
}

/// pipe2(2): both ends block. Close-on-exec.
pub fn pipe() -> Result<(OwnedFd, OwnedFd)> {
    check(Call::Pipe)?;
    let mut ends = [-1; 2];
    // SAFETY: the kernel writes two numbers to `ends`.
    Errno::result(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) })?;
    // SAFETY: pipe2 has just returned these numbers; they have no other owner.
    unsafe { owned::own_pair(ends) }
}

/// read(2), which waits: the bytes stored in `buffer`, 0 at the end.
pub fn read(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<usize> {
    check(Call::Read)?;
    // SAFETY: the pointer and the length describe `buffer`.
    let got = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
    Errno::result(got).map(isize::unsigned_abs)
}
