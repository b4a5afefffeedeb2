//! What this kernel offers and where its limits lie; for reports to the user.

use crate::os::fault::{Call, check};
use crate::os::{Errno, pidfd, process};

/// A limit of the kernel, read from /proc/sys; `None` where the kernel does not have it.
pub fn limit(path: &str) -> Option<u64> {
    check(Call::Open).ok()?;
    std::fs::read_to_string(format!("/proc/sys/{path}")).ok()?.trim().parse().ok()
}

/// uname(2): the kernel's release.
pub fn kernel_release() -> String {
    let mut name = std::mem::MaybeUninit::<libc::utsname>::zeroed();
    // SAFETY: the kernel writes one utsname.
    if check(Call::Uname).is_err() || unsafe { libc::uname(name.as_mut_ptr()) } != 0 {
        return String::from("unknown");
    }
    // SAFETY: uname has filled it.
    let name = unsafe { name.assume_init() };
    let bytes = name.release.iter().take_while(|&&c| c != 0).map(|&c| c.cast_unsigned());
    String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned()
}

/// prctl(2), `PR_SET_NAME`: what the calling thread, and a process of one, is called in lists of processes.
pub fn name_thread(name: &std::ffi::CStr) -> crate::os::Result<()> {
    check(Call::Prctl)?;
    // SAFETY: the name is a C string, of which the kernel reads 16 bytes at most.
    Errno::result(unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) })?;
    Ok(())
}

/// Whether pidfd_open(2) works here (Linux 5.3, and no filter that forbids it).
pub fn has_pidfd() -> bool {
    pidfd::open(process::pid()).is_ok()
}

/// Whether System V message queues work here: a queue that cannot exist gives `EINVAL`, not `ENOSYS`.
pub fn has_message_queues() -> bool {
    let mut data = std::mem::MaybeUninit::<libc::msqid_ds>::uninit();
    // SAFETY: the kernel writes at most one msqid_ds to `data`.
    let result = check(Call::Msgctl)
        .and_then(|()| Errno::result(unsafe { libc::msgctl(-1, libc::IPC_STAT, data.as_mut_ptr()) }));
    result != Err(Errno::ENOSYS)
}

/// strerror(3): what an errno means.
pub fn describe(errno: i32) -> String {
    let mut text = vec![0u8; 256];
    // SAFETY: the pointer and the length describe `text`; the XSI form stores a NUL-terminated string there.
    unsafe { libc::strerror_r(errno, text.as_mut_ptr().cast(), text.len()) };
    until_nul(&text)
}

/// gai_strerror(3): what a status of getaddrinfo(3) means.
pub fn describe_lookup(status: i32) -> String {
    // SAFETY: gai_strerror takes a number.
    let text = unsafe { libc::gai_strerror(status) };
    // SAFETY: it returns a constant NUL-terminated string for every number.
    unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// hstrerror(3): what an `h_errno` of the resolver means.
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
    fn limits_are_read_from_proc() {
        assert!(limit("kernel/msgmax").is_some_and(|bytes| bytes > 0));
        assert_eq!(limit("kernel/no_such_limit"), None);
    }
}
