//! The memory limits of a process, and the available memory of the machine.

use crate::os::fault::{Call, check};
use nix::sys::resource::{Resource, getrlimit};
use std::path::{Path, PathBuf};

/// proc(5), `/proc/meminfo`: the bytes available without taking memory from running programs, swap included.
pub fn available() -> Option<u64> {
    let text = read("/proc/meminfo")?;
    let of = |name: &str| field(&text, name);
    of("MemAvailable:").map(|memory| memory.saturating_add(of("SwapFree:").unwrap_or(0)))
}

/// The bytes of a line such as `MemAvailable:  123 kB`.
fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

/// getrlimit(2), `RLIMIT_AS`: the bytes of address space that the process may have; `None` without a limit.
pub fn address_space() -> Option<u64> {
    check(Call::Getrlimit).ok()?;
    let (soft, _) = getrlimit(Resource::RLIMIT_AS).ok()?;
    (soft != libc::RLIM_INFINITY).then_some(soft)
}

/// cgroups(7), `memory.max` or `memory.limit_in_bytes`: the smallest limit, in bytes, of this process's control group
/// and its ancestors. `None` without a limit.
pub fn control_group() -> Option<u64> {
    let text = read("/proc/self/cgroup")?;
    text.lines().filter_map(group).filter_map(|(folder, file)| smallest(&folder, file)).min()
}

/// The folder of a control group and the name of its limit, from a line of `/proc/self/cgroup`: `0::/path`, or
/// `7:memory:/path` in version 1.
fn group(line: &str) -> Option<(PathBuf, &'static str)> {
    let mut parts = line.splitn(3, ':');
    let (_, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
    let (top, file) = match controllers {
        "" => ("/sys/fs/cgroup", "memory.max"),
        names if names.split(',').any(|name| name == "memory") => {
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        }
        _ => return None,
    };
    Some((Path::new(top).join(path.trim_start_matches('/')), file))
}

/// The smallest limit of a folder and its ancestors. In a container the path is often that of the host, and only its
/// top exists.
fn smallest(folder: &Path, file: &str) -> Option<u64> {
    let folders = folder.ancestors().take_while(|folder| folder.starts_with("/sys/fs/cgroup"));
    let limits = folders.filter_map(|folder| read(folder.join(file))?.trim().parse::<u64>().ok());
    // Version 1 writes "no limit" as the largest number of pages.
    limits.min().filter(|&limit| limit < 1 << 60)
}

fn read(path: impl AsRef<Path>) -> Option<String> {
    check(Call::Open).ok()?;
    std::fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_versions_of_control_groups_are_understood() {
        let path = |line| group(line).map(|(folder, file)| folder.join(file).to_string_lossy().into_owned());
        assert_eq!(path("0::/a/b").as_deref(), Some("/sys/fs/cgroup/a/b/memory.max"));
        assert_eq!(path("0::/").as_deref(), Some("/sys/fs/cgroup/memory.max"));
        let old = "/sys/fs/cgroup/memory/x:y/memory.limit_in_bytes";
        assert_eq!(path("7:hugetlb,memory:/x:y").as_deref(), Some(old));
        assert_eq!(path("3:cpu,cpuacct:/a"), None);
    }

    #[test]
    fn meminfo_is_in_kilobytes() {
        assert_eq!(field("MemTotal: 9 kB\nMemAvailable:    2 kB\n", "MemAvailable:"), Some(2048));
        assert!(available().is_some_and(|bytes| bytes > 0));
        assert!(control_group().is_none_or(|bytes| bytes > 0));
        assert!(address_space().is_none_or(|bytes| bytes > 0));
    }
}
