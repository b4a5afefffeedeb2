//! The signal mask, and blocked signals that are pending.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, clock};
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use std::time::Duration;

/// A signal mask to restore.
#[derive(Clone, Debug)]
#[must_use = "the signals stay blocked until the mask is restored"]
pub struct SavedMask(SigSet);

impl SavedMask {
    /// pthread_sigmask(3): restores the mask.
    pub fn restore(self) {
        // It fails only for a bad `how`.
        let _ = self.0.thread_set_mask();
    }

    /// Whether the mask blocks a signal.
    pub fn blocks(&self, signal: i32) -> bool {
        // SAFETY: sigismember reads a valid set; a bad number is an error that it reports.
        unsafe { libc::sigismember(self.as_ptr(), signal) == 1 }
    }

    /// The mask for a new process. PHP blocks all signals while it calls a signal handler (pcntl). A process that is
    /// forked there never returns to the code that restores the mask, so such a mask becomes empty.
    pub fn for_child(self) -> SavedMask {
        let always_come = [Signal::SIGKILL, Signal::SIGSTOP];
        let is_full =
            Signal::iterator().all(|signal| self.0.contains(signal) || always_come.contains(&signal));
        if is_full { SavedMask(SigSet::empty()) } else { self }
    }

    /// The same mask without these signals.
    pub fn without(&self, signals: impl IntoIterator<Item = i32>) -> SavedMask {
        let mut set = *self.0.as_ref();
        for signal in signals {
            // SAFETY: sigdelset changes a valid set; a bad number is an error that it reports.
            unsafe { libc::sigdelset(&raw mut set, signal) };
        }
        // SAFETY: the set was valid, and still is.
        SavedMask(unsafe { SigSet::from_sigset_t_unchecked(set) })
    }

    /// For system calls that wait with this mask.
    pub(crate) fn as_ptr(&self) -> *const libc::sigset_t {
        self.0.as_ref()
    }
}

/// A set of these signals, those without a name included.
fn set_of(signals: &[libc::c_int]) -> SigSet {
    let mut set = *SigSet::empty().as_ref();
    for &signal in signals {
        // SAFETY: sigaddset changes a valid set; a bad number is an error that it reports.
        unsafe { libc::sigaddset(&raw mut set, signal) };
    }
    // SAFETY: the set was valid, and still is.
    unsafe { SigSet::from_sigset_t_unchecked(set) }
}

/// pthread_sigmask(3): blocks every signal that can be blocked.
pub fn block_all() -> Result<SavedMask> {
    check(Call::Sigprocmask)?;
    SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK).map(SavedMask)
}

/// pthread_sigmask(3): unblocks these signals. Returns the previous mask, if it blocked one of them.
pub fn unblock(signals: &[i32]) -> Result<Option<SavedMask>> {
    check(Call::Sigprocmask)?;
    let before = SavedMask(set_of(signals).thread_swap_mask(SigmaskHow::SIG_UNBLOCK)?);
    Ok(if signals.iter().any(|&signal| before.blocks(signal)) { Some(before) } else { None })
}

/// pthread_sigmask(3): blocks a signal. The reverse of [`unblock`].
pub(in crate::os) fn block(signal: i32) {
    // It fails only for a bad `how`.
    let _ = set_of(&[signal]).thread_swap_mask(SigmaskHow::SIG_BLOCK);
}

/// The signals that a write raises in its own process: the pipe has no reader, the file has reached its size limit, or
/// a background job writes to its terminal. With the signal blocked, the first two writes return an error, and the last
/// one succeeds.
const OF_WRITES: [libc::c_int; 3] = [libc::SIGPIPE, libc::SIGXFSZ, libc::SIGTTOU];

/// pthread_sigmask(3) around `write`: it raises no signal, and none is left behind.
pub(in crate::os) fn without_signals_of_writes(write: impl FnOnce() -> Result<usize>) -> Result<usize> {
    let set = set_of(&OF_WRITES);
    let Ok(before) = set.thread_swap_mask(SigmaskHow::SIG_BLOCK) else { return write() };
    let before = SavedMask(before);
    // A signal that was blocked before may be pending for another reason, so it must not be taken.
    let was_there = OF_WRITES.map(|signal| before.blocks(signal) && waits(signal));
    let result = write();
    let raised = match result {
        Err(Errno::EPIPE) => Some(libc::SIGPIPE),
        Err(Errno::EFBIG) => Some(libc::SIGXFSZ),
        _ => None,
    };
    let came_before = |raised| OF_WRITES.iter().zip(was_there).any(|(&signal, was)| was && signal == raised);
    if let Some(raised) = raised.filter(|&raised| !came_before(raised)) {
        take_blocked(raised, Duration::ZERO);
    }
    before.restore();
    result
}

/// sigpending(2): whether a blocked signal has come.
fn waits(signal: libc::c_int) -> bool {
    let mut set = *SigSet::empty().as_ref();
    // SAFETY: the kernel writes a set.
    unsafe { libc::sigpending(&raw mut set) };
    // SAFETY: sigismember reads a valid set; a bad number is an error that it reports.
    unsafe { libc::sigismember(&raw const set, signal) == 1 }
}

/// sigtimedwait(2): takes a blocked signal that has come, or comes within `limit`.
pub(in crate::os) fn take_blocked(signal: libc::c_int, limit: Duration) {
    let limit = clock::timespec(limit);
    let set = set_of(&[signal]);
    // SAFETY: the set and the time are valid for the call, which is told to write nothing.
    unsafe { libc::sigtimedwait(std::ptr::from_ref(set.as_ref()), std::ptr::null_mut(), &raw const limit) };
}
