//! What a forked child changes about itself before it runs its code: identity, limits, environment, descriptors.

use crate::os::fault::{Call, check};
use crate::os::process::Pid;
use crate::os::{Errno, Result, owned};
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::stat::{Mode, umask};
use nix::unistd::{Gid, Uid, setgid, setpgid, setuid};
use std::ffi::CStr;
use std::os::fd::{AsRawFd, IntoRawFd, OwnedFd, RawFd};

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
    // SAFETY: the pointer and the length describe the groups.
    Errno::result(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })?;
    Ok(())
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
    let fd = owned::open(list, libc::O_WRONLY, 0)?;
    check(Call::Write)?;
    nix::unistd::write(&fd, b"0")?;
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
/// Sources may be targets of others. Afterwards the pairs have no meaning. Allocates no memory.
pub fn place(pairs: &mut [(RawFd, RawFd)]) -> Result<()> {
    let above = pairs.iter().map(|(_, target)| target.saturating_add(1)).max().unwrap_or(0);
    for (source, _) in &mut *pairs {
        *source = owned::duplicate_above(*source, above)?.into_raw_fd();
    }
    for &mut (copy, target) in pairs {
        // SAFETY: made above, with close-on-exec, and not used any more.
        let copy = unsafe { owned::own(copy) }?;
        check(Call::Dup)?;
        // SAFETY: the caller gives up what the target was; the copy is open.
        Errno::result(unsafe { libc::dup2(copy.as_raw_fd(), target) })?;
    }
    Ok(())
}

/// fcntl(2): the same description, with a number of at least `lowest`.
pub fn at_least(fd: OwnedFd, lowest: RawFd) -> Result<OwnedFd> {
    if fd.as_raw_fd() >= lowest { Ok(fd) } else { owned::duplicate_above(fd.as_raw_fd(), lowest) }
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
    owned::open(path, how | libc::O_NOCTTY, 0o666)
}
