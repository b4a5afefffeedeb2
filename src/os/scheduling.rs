//! How the kernel schedules processes: on which processors, and with which priority.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use nix::sched::CpuSet;
use nix::unistd::{SysconfVar, sysconf};

/// The number of processors of the system, online or not; at least 1.
pub fn processors() -> usize {
    if check(Call::Sysconf).is_err() {
        return 1;
    }
    // musl counts those that this process may use.
    if cfg!(target_env = "musl")
        && let Some(count) = possible()
    {
        return count;
    }
    let count = sysconf(SysconfVar::_NPROCESSORS_CONF).ok().flatten();
    count.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).max(1)
}

/// The same by sysfs, whose list ends with the last number, such as `0-7`.
fn possible() -> Option<usize> {
    check(Call::Open).ok()?;
    let list = std::fs::read_to_string("/sys/devices/system/cpu/possible").ok()?;
    list.trim().rsplit([',', '-']).next()?.parse::<usize>().ok()?.checked_add(1)
}

/// sched_setaffinity(2) for the calling process. `EINVAL` when it may use none of the processors.
pub fn set_affinity(processors: &[usize]) -> Result<()> {
    check(Call::SchedSetaffinity)?;
    let mut set = CpuSet::new();
    for &processor in processors {
        set.set(processor)?;
    }
    nix::sched::sched_setaffinity(nix::unistd::Pid::from_raw(0), &set)
}

/// sched_getaffinity(2) for the calling process: the numbers of its processors, ascending.
pub fn affinity() -> Result<Vec<usize>> {
    check(Call::SchedGetaffinity)?;
    let set = nix::sched::sched_getaffinity(nix::unistd::Pid::from_raw(0))?;
    Ok((0..CpuSet::count()).filter(|&processor| set.is_set(processor).unwrap_or(false)).collect())
}

/// `which` in the type of this C library: glibc's is unsigned, musl's is not.
fn kind<T: TryFrom<i32>>(which: i32) -> Result<T> {
    T::try_from(which).map_err(|_| Errno::EINVAL)
}

/// setpriority(2): `which` is one of `PRIO_*`, `who` a process, group or user (0: the caller's).
pub fn set_priority(which: i32, who: u32, priority: i32) -> Result<()> {
    check(Call::Setpriority)?;
    let which = kind(which)?;
    // SAFETY: setpriority takes three numbers.
    Errno::result(unsafe { libc::setpriority(which, who, priority) })?;
    Ok(())
}

/// getpriority(2): -20 (most favourable) to 19.
pub fn priority(which: i32, who: u32) -> Result<i32> {
    check(Call::Getpriority)?;
    let which = kind(which)?;
    // -1 is a valid priority and also the sign of an error: only errno tells them apart.
    Errno::clear();
    // SAFETY: getpriority takes two numbers.
    let priority = unsafe { libc::getpriority(which, who) };
    match Errno::last_raw() {
        0 => Ok(priority),
        errno => Err(Errno::from_raw(errno)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_sysfs_has_the_processors_of_the_c_library() {
        assert!(possible().is_none_or(|count| count >= processors()));
    }

    #[test]
    fn a_priority_of_minus_one_is_no_error() {
        assert!((-20..20).contains(&priority(0, 0).unwrap()));
        assert_eq!(priority(99, 0), Err(Errno::EINVAL));
    }

    #[test]
    fn the_affinity_is_not_empty_and_below_the_count_of_processors() {
        let mine = affinity().unwrap();
        assert!(!mine.is_empty() && mine.iter().all(|&n| n < processors()));
        assert_eq!(set_affinity(&[]), Err(Errno::EINVAL));
    }
}
