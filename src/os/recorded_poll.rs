//! poll(2) as another library calls it: instead of waiting, it notes what the library would wait for.

use crate::os::epoll::Interest;
use std::cell::Cell;
use std::ffi::{CStr, c_int};
use std::os::fd::RawFd;
use std::ptr::null_mut;
use std::time::Duration;

/// What a library would wait for.
#[derive(Debug, Default)]
pub struct RecordedPoll {
    /// Its descriptors.
    pub descriptors: Vec<(RawFd, Interest)>,
    /// Whether it would wait at all.
    pub waits: bool,
    /// For how long at most.
    pub limit: Option<Duration>,
}

thread_local! {
    /// Where the call that this thread makes is noted.
    static NOTE: Cell<*mut RecordedPoll> = const { Cell::new(null_mut()) };
}

/// The functions that take the places of those with these names.
pub fn functions() -> [(&'static CStr, usize); 2] {
    [(c"poll", poll as *const () as usize), (c"__poll_chk", checked as *const () as usize)]
}

/// Calls a library, in which [`functions`] are in their places: each poll(2) of it returns at once, as if its time were over.
pub fn record<R>(call: impl FnOnce() -> R) -> (R, RecordedPoll) {
    let mut recorded = RecordedPoll::default();
    NOTE.set(&raw mut recorded);
    let result = call();
    NOTE.set(null_mut());
    (result, recorded)
}

/// poll(2).
unsafe extern "C" fn poll(entries: *mut libc::pollfd, count: libc::nfds_t, limit: c_int) -> c_int {
    let note = NOTE.get();
    if note.is_null() {
        // SAFETY: with what the library has passed.
        return unsafe { libc::poll(entries, count, limit) };
    }
    // SAFETY: `record` has put it there, and waits for this.
    let note = unsafe { &mut *note };
    let entries = match usize::try_from(count) {
        // SAFETY: the library passes as many.
        Ok(count) if !entries.is_null() => unsafe { std::slice::from_raw_parts_mut(entries, count) },
        _ => &mut [],
    };
    let parts = [
        (Interest::READ, libc::POLLIN | libc::POLLRDNORM | libc::POLLRDBAND),
        (Interest::WRITE, libc::POLLOUT | libc::POLLWRNORM),
        (Interest::URGENT, libc::POLLPRI),
    ];
    for entry in entries {
        entry.revents = 0;
        let wanted = parts.iter().filter(|(_, bits)| entry.events & bits != 0);
        let wanted = wanted.fold(Interest::empty(), |all, (part, _)| all | *part);
        if entry.fd >= 0 && !wanted.is_empty() {
            note.descriptors.push((entry.fd, wanted));
        }
    }
    note.waits = true;
    note.limit = u64::try_from(limit).ok().map(Duration::from_millis);
    0
}

/// poll(2) with the size of the table, as the GNU C library has it for programs that check sizes.
unsafe extern "C" fn checked(
    entries: *mut libc::pollfd,
    count: libc::nfds_t,
    limit: c_int,
    size: usize,
) -> c_int {
    if usize::try_from(count).is_ok_and(|count| count > size / size_of::<libc::pollfd>()) {
        std::process::abort();
    }
    // SAFETY: as the caller promises.
    unsafe { poll(entries, count, limit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_noted_and_does_not_wait() {
        let entry = |fd, events| libc::pollfd { fd, events, revents: 7 };
        let mut entries =
            [entry(0, libc::POLLIN), entry(-1, libc::POLLIN), entry(1, libc::POLLOUT | libc::POLLPRI)];
        // SAFETY: the table has as many entries.
        let (result, recorded) = record(|| unsafe { poll(entries.as_mut_ptr(), 3, 1000) });
        assert_eq!((result, recorded.waits, recorded.limit), (0, true, Some(Duration::from_secs(1))));
        assert_eq!(recorded.descriptors, [(0, Interest::READ), (1, Interest::WRITE | Interest::URGENT)]);
        assert!(entries.iter().all(|entry| entry.revents == 0));
        // SAFETY: an empty table.
        let (_, recorded) = record(|| unsafe { checked(null_mut(), 0, -1, 0) });
        assert_eq!((recorded.waits, recorded.limit, recorded.descriptors.len()), (true, None, 0));
        let (_, recorded) = record(|| ());
        assert!(!recorded.waits);
    }

    #[test]
    fn other_calls_are_those_of_the_kernel() {
        let mut entry = libc::pollfd { fd: -1, events: libc::POLLIN, revents: 0 };
        // SAFETY: a table of one entry.
        assert_eq!(unsafe { poll(&raw mut entry, 1, 0) }, 0);
    }
}
