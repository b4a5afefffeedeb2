//! Waits that miss no signal: a signal that arrives after the last check of the flags, and before the kernel waits,
//! ends the wait.
//!
//! There are two ways. If only this layer handles signals and no signal is blocked, the handler shortens the wait: it
//! sets the time limit to zero, in the memory that the kernel reads when the wait begins. This costs no system call.
//! Otherwise all signals are blocked, and the wait itself unblocks them (epoll_pwait(2), ppoll(2)).

use crate::os::fault::{Call, check};
use crate::os::signal::{self, SavedMask};
use crate::os::{Errno, Result, clock, wait_limit};
use nix::sys::signal::SigSet;
use std::ptr::null;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The thread that may wait without blocking signals; 0 for none.
static UNMASKED: AtomicUsize = AtomicUsize::new(0);

/// Allows the first thread of the process to wait without blocking signals. The caller knows that only this layer
/// handles signals. Returns false, and allows nothing, if a signal is blocked, and on kernels before 5.11.
pub fn allow_unmasked_waits() -> bool {
    let is_first = nix::unistd::gettid() == nix::unistd::getpid();
    let is_empty = SigSet::thread_get_mask().is_ok_and(|mask| mask == SigSet::empty());
    // The layout of the limit is that of 64 bits.
    let allowed = cfg!(target_pointer_width = "64") && is_first && is_empty && has_epoll_pwait2();
    UNMASKED.store(if allowed { this_thread() } else { 0 }, Ordering::SeqCst);
    allowed
}

/// From now on waits block all signals, because other code has a handler, or may block signals.
pub fn forbid_unmasked_waits() {
    UNMASKED.store(0, Ordering::SeqCst);
}

/// Whether this thread may wait without blocking signals: no other code has a handler for which a wait must end.
pub fn is_unmasked() -> bool {
    UNMASKED.load(Ordering::SeqCst) == this_thread()
}

fn this_thread() -> usize {
    // SAFETY: pthread_self cannot fail. It is an address in musl, a number as wide in glibc, and never 0.
    #[allow(clippy::cast_possible_truncation, reason = "it is as wide as an address")]
    unsafe {
        libc::pthread_self() as usize
    }
}

/// Calls epoll_pwait2(2) without a descriptor. The error is `EBADF` if the kernel has this call and allows it.
fn has_epoll_pwait2() -> bool {
    let asked = epoll_pwait2(-1, &mut [libc::epoll_event { events: 0, u64: 0 }], null());
    // The number itself: this runs at each start, which uses no table of errors otherwise.
    asked.is_err() && Errno::last_raw() == libc::EBADF
}

fn epoll_pwait2(fd: i32, events: &mut [libc::epoll_event], limit: *const libc::timespec) -> Result<usize> {
    check(Call::EpollWait)?;
    let (room, mask) = (i32::try_from(events.len()).unwrap_or(i32::MAX), null::<libc::sigset_t>());
    // SAFETY: the pointer and the count describe `events`; the kernel reads the limit, or nothing.
    let count = unsafe {
        libc::syscall(libc::SYS_epoll_pwait2, fd, events.as_mut_ptr(), room, limit, mask, SIZE_OF_MASK)
    };
    Ok(usize::try_from(Errno::result(count)?).unwrap_or(0))
}

/// The kernel's own size of a mask.
const SIZE_OF_MASK: usize = 8;

/// The state of signals from the preparation of a wait to [`PreparedWait::release`].
#[derive(Debug)]
#[must_use = "signals may stay blocked until they are released"]
#[allow(clippy::large_enum_variant, reason = "it lies on the stack for one wait, which copies nothing")]
pub enum PreparedWait {
    /// A handler of ours shortens the wait.
    Unmasked,
    /// All signals are blocked, and the wait lets some through.
    Masked {
        /// The mask to restore.
        before: SavedMask,
        /// The mask during the wait, if it is not `before`.
        open: Option<SavedMask>,
    },
}

/// Prepares a wait that misses no signal, by pthread_sigmask(3) if needed. The wait delivers the signals that are not
/// blocked now, and those in `wanted`, even if they are blocked: the process that started the program may have blocked
/// a signal that is needed here. Signals that must never be blocked are unblocked from then on.
pub fn prepare_wait(wanted: impl IntoIterator<Item = i32>) -> Result<PreparedWait> {
    if is_unmasked() {
        wait_limit::begin();
        return Ok(PreparedWait::Unmasked);
    }
    let before = signal::block_all()?.without(signal::never_blocked().numbers());
    let mut wanted = wanted.into_iter().filter(|&signal| before.blocks(signal)).peekable();
    let open = wanted.peek().is_some().then(|| before.without(wanted));
    Ok(PreparedWait::Masked { before, open })
}

impl PreparedWait {
    /// The mask during the wait; `None` for the current mask.
    fn mask(&self) -> Option<&SavedMask> {
        match self {
            PreparedWait::Unmasked => None,
            PreparedWait::Masked { before, open } => Some(open.as_ref().unwrap_or(before)),
        }
    }

    /// Whether a signal is blocked in the wait.
    pub fn blocks(&self, signal: i32) -> bool {
        self.mask().is_some_and(|mask| mask.blocks(signal))
    }

    /// Restores the mask, by pthread_sigmask(3) if needed. It first delivers pending signals of the wait, because a
    /// wait that ends for another reason delivers no signal that is blocked outside of it.
    pub fn release(self) {
        if let PreparedWait::Masked { before, open } = self {
            if let Some(open) = open {
                open.restore();
            }
            before.restore();
        }
    }

    /// epoll_pwait2(2) or epoll_pwait(2); `EINTR` when a signal was handled.
    pub(super) fn epoll_wait(
        &self,
        epoll: i32,
        events: &mut [libc::epoll_event],
        limit: Option<Duration>,
    ) -> Result<usize> {
        match self.mask() {
            None => {
                let count = epoll_pwait2(epoll, events, wait_limit::set(limit))?;
                if count == 0 { wait_limit::not_cut().map(|()| 0) } else { Ok(count) }
            }
            Some(mask) => epoll_pwait(epoll, events, limit, mask.as_ptr()),
        }
    }

    /// ppoll(2): waits until one of `fds` is ready, or `limit` has passed (then none). `EINTR` when a signal was handled.
    pub(super) fn poll(&self, fds: &mut [libc::pollfd], limit: Option<Duration>) -> Result<()> {
        match self.mask() {
            None if ppoll_unmasked(fds, wait_limit::set(limit))? == 0 => wait_limit::not_cut(),
            None => Ok(()),
            Some(mask) => ppoll(fds, limit, mask),
        }
    }

    /// ppoll(2) of nothing: waits until a signal is handled (`EINTR`) or `limit` has passed.
    pub fn pause(&self, limit: Option<Duration>) -> Result<()> {
        self.poll(&mut [], limit)
    }
}

fn ppoll_unmasked(fds: &mut [libc::pollfd], limit: *mut libc::timespec) -> Result<libc::c_long> {
    check(Call::Poll)?;
    let (pointer, count, mask) = (fds.as_mut_ptr(), fds.len(), null::<libc::sigset_t>());
    // Not by the C library, which would pass a copy of the limit.
    // SAFETY: the pointer and the count describe `fds`; the kernel reads the limit, and writes the remaining time to it.
    Errno::result(unsafe { libc::syscall(libc::SYS_ppoll, pointer, count, limit, mask, SIZE_OF_MASK) })
}

fn ppoll(fds: &mut [libc::pollfd], limit: Option<Duration>, mask: &SavedMask) -> Result<()> {
    check(Call::Poll)?;
    let limit = limit.map(clock::timespec);
    let limit = limit.as_ref().map_or(null(), std::ptr::from_ref);
    let count = libc::nfds_t::try_from(fds.len()).unwrap_or(0);
    // SAFETY: the pointer and the count describe `fds`; the limit and the mask are valid for the call.
    Errno::result(unsafe { libc::ppoll(fds.as_mut_ptr(), count, limit, mask.as_ptr()) })?;
    Ok(())
}

/// epoll_pwait(2) with a mask; null for the current mask.
pub(super) fn epoll_pwait(
    epoll: i32,
    events: &mut [libc::epoll_event],
    limit: Option<Duration>,
    mask: *const libc::sigset_t,
) -> Result<usize> {
    check(Call::EpollWait)?;
    // Rounded up: a wait that ends a little early would spin on the rest.
    let limit =
        limit.map_or(-1, |limit| i32::try_from(limit.as_nanos().div_ceil(1_000_000)).unwrap_or(i32::MAX));
    let room = i32::try_from(events.len()).unwrap_or(i32::MAX);
    // SAFETY: the pointer and the count describe `events`; the mask is valid for the call, or null.
    let count = unsafe { libc::epoll_pwait(epoll, events.as_mut_ptr(), room, limit, mask) };
    Ok(usize::try_from(Errno::result(count)?).unwrap_or(0))
}
