//! The features and limits of this kernel, for reports to the user.

use crate::os::fault::{Call, check};
use crate::os::file::{self, OpenMode};
use crate::os::{Errno, Result, errno_of, pidfd, process};
use std::fs::File;
use std::ops::Range;
use std::os::unix::fs::{FileExt, MetadataExt};

/// A limit of the kernel, read from /proc/sys; `None` where the kernel does not have it.
pub fn limit(path: &str) -> Option<u64> {
    check(Call::Open).ok()?;
    std::fs::read_to_string(format!("/proc/sys/{path}")).ok()?.trim().parse().ok()
}

/// stat(2) and proc(5): the number of the namespace to which this process's queues belong.
pub fn queue_namespace() -> Result<u64> {
    check(Call::Stat)?;
    let namespace = std::fs::metadata("/proc/self/ns/ipc");
    Ok(namespace.map_err(errno_of)?.ino())
}

/// uname(2): the kernel's release.
pub fn kernel_release() -> String {
    let name = check(Call::Uname).and_then(|()| nix::sys::utsname::uname());
    name.map_or_else(|_| String::from("unknown"), |name| name.release().to_string_lossy().into_owned())
}

/// The first two numbers of the kernel's release; `None` when they are unknown.
pub(super) fn kernel_version() -> Option<[u32; 2]> {
    version(&kernel_release())
}

/// The first two numbers of a release, such as 6.1.0-18-amd64.
fn version(release: &str) -> Option<[u32; 2]> {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some([numbers.next()?.ok()?, numbers.next()?.ok()?])
}

/// prctl(2), `PR_SET_NAME`: names the calling thread, and thereby a process with one thread.
fn name_thread(name: &std::ffi::CStr) -> Result<()> {
    check(Call::Prctl)?;
    nix::sys::prctl::set_name(name)
}

/// prctl(2) and proc(5): names a process with one thread in lists of processes, and overwrites its command line. Only
/// for a process that never reads its arguments again.
pub fn name_process(name: &std::ffi::CStr) -> Result<()> {
    let named = name_thread(name);
    // A search for a whole command line does not match the name of the thread.
    overwrite_arguments(name.to_bytes()).and(named)
}

/// proc(5), `stat` and `mem`: replaces the command line of this process by `text`, as far as there is room.
fn overwrite_arguments(text: &[u8]) -> Result<()> {
    check(Call::Open)?;
    let stat = std::fs::read("/proc/self/stat").map_err(errno_of)?;
    let area = arguments(&stat).ok_or(Errno::EINVAL)?;
    let mut words: Vec<u8> = Vec::new();
    check(Call::Malloc)?;
    words.try_reserve_exact(area.len()).map_err(|_| Errno::ENOMEM)?;
    words.resize(area.len(), 0);
    // The last byte terminates the arguments.
    let room = words.len().saturating_sub(1);
    for (place, &byte) in words.iter_mut().take(room).zip(text) {
        *place = byte;
    }
    let own = File::from(file::open(c"/proc/self/mem", OpenMode::Write)?);
    check(Call::Write)?;
    own.write_all_at(&words, u64::try_from(area.start).map_err(|_| Errno::EINVAL)?).map_err(errno_of)
}

/// Where the arguments are in the memory of a process: `arg_start` to `arg_end` of its `stat`.
fn arguments(stat: &[u8]) -> Option<Range<usize>> {
    // The name is in parentheses, and may contain any characters.
    let name_end = stat.iter().rposition(|&byte| byte == b')')?;
    let text = std::str::from_utf8(stat.get(name_end + 1..)?).ok()?;
    let mut fields = text.split_ascii_whitespace().skip(ARG_START - AFTER_NAME);
    let mut next = || fields.next()?.parse::<usize>().ok();
    let area = next()?..next()?;
    (area.start != 0 && area.start < area.end).then_some(area)
}

/// The numbers of fields in proc(5): the one after the name, and the beginning of the arguments.
const AFTER_NAME: usize = 3;
const ARG_START: usize = 48;

/// Whether pidfd_open(2) works here (Linux 5.3, no filter that forbids it).
pub fn has_pidfd() -> bool {
    pidfd::open(process::pid()).is_ok()
}

/// Whether System V message queues work here: for a queue that cannot exist the kernel returns `EINVAL`, not `ENOSYS`.
pub fn has_message_queues() -> bool {
    let mut data = std::mem::MaybeUninit::<libc::msqid_ds>::uninit();
    // SAFETY: the kernel writes at most one msqid_ds to `data`.
    let result = check(Call::Msgctl)
        .and_then(|()| Errno::result(unsafe { libc::msgctl(-1, libc::IPC_STAT, data.as_mut_ptr()) }));
    result != Err(Errno::ENOSYS)
}

/// strerror(3): the description of an errno.
pub fn describe(errno: i32) -> String {
    let mut text = vec![0u8; 256];
    // SAFETY: the pointer and the length describe `text`; the XSI form stores a NUL-terminated string there.
    unsafe { libc::strerror_r(errno, text.as_mut_ptr().cast(), text.len()) };
    until_nul(&text)
}

/// gai_strerror(3): the description of a status of getaddrinfo(3).
pub fn describe_lookup(status: i32) -> String {
    // SAFETY: gai_strerror takes a number.
    let text = unsafe { libc::gai_strerror(status) };
    // SAFETY: it returns a constant NUL-terminated string for every number.
    unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// hstrerror(3): the description of an `h_errno`.
pub fn describe_resolver(number: i32) -> String {
    unsafe extern "C" {
        fn hstrerror(number: i32) -> *const std::ffi::c_char;
    }
    // SAFETY: hstrerror takes a number.
    let text = unsafe { hstrerror(number) };
    // SAFETY: it returns a constant NUL-terminated string for every number.
    unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

fn until_nul(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|&byte| byte == 0).next().unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_words_of_the_c_library() {
        assert_eq!(describe(libc::EPIPE), "Broken pipe");
        assert_eq!(describe(99_999), "Unknown error 99999");
    }

    #[test]
    fn versions_of_kernels_are_numbers() {
        assert_eq!(version("6.1.0-18-amd64"), Some([6, 1]));
        assert_eq!(version("6.18.44"), Some([6, 18]));
        assert_eq!(version("unknown"), None);
        assert!(kernel_version().is_some());
    }

    #[test]
    fn a_process_has_the_name_that_it_gives_itself() {
        use crate::os::process::{End, Fork};
        let Fork::Parent { child } = crate::os::helper::fork().unwrap() else {
            let named = name_process(c"pool-cleaner").is_ok();
            let words = std::fs::read("/proc/self/cmdline").unwrap_or_default();
            let name = std::fs::read("/proc/self/comm").unwrap_or_default();
            // A command with a path has room for the whole name.
            let is_named =
                words.strip_prefix(b"pool-cleaner\0").is_some_and(|rest| rest.iter().all(|&b| b == 0));
            process::exit_now(i32::from(!(named && is_named && name == b"pool-cleaner\n")));
        };
        assert_eq!(crate::os::helper::reap(child), Ok(End::Exited(0)));
    }

    #[test]
    fn the_words_of_a_command_are_found_whatever_the_name_is() {
        let stat = |name: &str, start: u64, end: u64| {
            format!("7 ({name}) S {}{start} {end} 3 4 0\n", "1 ".repeat(ARG_START - AFTER_NAME - 1))
                .into_bytes()
        };
        assert_eq!(arguments(&stat("php", 100, 110)), Some(100..110));
        assert_eq!(arguments(&stat("a) S 1 (b", 100, 110)), Some(100..110));
        assert_eq!(arguments(&stat("php", 0, 0)), None);
        assert_eq!(arguments(&stat("php", 110, 100)), None);
        assert_eq!(arguments(b"7 (php) S 1 2"), None);
        assert_eq!(arguments(b""), None);
    }

    #[test]
    fn limits_are_read_from_proc() {
        assert!(limit("kernel/msgmax").is_some_and(|bytes| bytes > 0));
        assert_eq!(limit("kernel/no_such_limit"), None);
    }
}
