//! Private descriptors, which only processes of this program may hold. The child of a foreign fork closes them before
//! anything else runs in it, even if it never calls this module.

use crate::os::fd;
use std::mem::ManuallyDrop;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};

/// The slot is free.
const FREE: RawFd = -1;
/// The descriptor was closed in this process, the child of a fork, and its owner does not know yet.
const CLOSED: RawFd = -2;

/// The private descriptors. Those that find no slot are closed when the child first calls this module, like all other
/// resources.
static SLOTS: [AtomicI32; 64] = [const { AtomicI32::new(FREE) }; 64];

/// An open descriptor that the child of a foreign fork closes.
#[derive(Debug)]
pub struct PrivateFd {
    /// Closed either by its drop or by [`close_in_child`], whichever comes first.
    fd: ManuallyDrop<OwnedFd>,
    slot: Option<&'static AtomicI32>,
}

impl PrivateFd {
    /// Takes over a descriptor.
    pub fn new(fd: OwnedFd) -> PrivateFd {
        let number = fd::number(&fd);
        let take = |slot: &AtomicI32| {
            slot.compare_exchange(FREE, number, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        };
        PrivateFd { fd: ManuallyDrop::new(fd), slot: SLOTS.iter().find(|slot| take(slot)) }
    }
}

impl AsFd for PrivateFd {
    fn as_fd(&self) -> BorrowedFd<'_> {
        // Open as long as this value, except in the child of a fork, whose first use of the runtime drops it.
        self.fd.as_fd()
    }
}

impl Drop for PrivateFd {
    fn drop(&mut self) {
        let is_open = self.slot.is_none_or(|slot| slot.swap(FREE, Ordering::Relaxed) != CLOSED);
        if is_open {
            // SAFETY: it was not closed yet, and it is not used again.
            unsafe { ManuallyDrop::drop(&mut self.fd) };
        }
    }
}

/// close(2) of all of them, in the child of a fork: async-signal-safe.
pub(super) fn close_in_child() {
    for slot in &SLOTS {
        let fd = slot.load(Ordering::Relaxed);
        if fd >= 0 {
            slot.store(CLOSED, Ordering::Relaxed);
            // SAFETY: an open descriptor of a value that does not close it any more.
            unsafe { libc::close(fd) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::helper;
    use crate::os::process::{self, End, Fork};

    #[test]
    fn a_child_has_it_no_more_and_closes_no_other_of_its_number() {
        let private = PrivateFd::new(fd::dev_null().unwrap());
        let number = fd::number(&private);
        let Fork::Parent { child } = helper::fork().unwrap() else {
            close_in_child();
            let is_closed = !fd::is_open(number);
            let other = fd::duplicate(0).unwrap();
            // The next free number above the standard ones, which is this one or one that another test has closed here.
            let mut others = vec![other];
            while others.iter().all(|other| fd::number(other) != number) {
                others.push(fd::duplicate(0).unwrap());
            }
            drop(private);
            process::exit_now(i32::from(!is_closed || !fd::is_open(number)));
        };
        assert_eq!(helper::reap(child), Ok(End::Exited(0)));
        assert!(fd::is_open(number));
        drop(private);
    }

    #[test]
    fn more_than_there_is_room_for_are_closed_like_all_others() {
        let many: Vec<PrivateFd> = (0..100).map(|_| PrivateFd::new(fd::dev_null().unwrap())).collect();
        assert!(many.iter().all(|private| fd::is_open(fd::number(private))));
    }
}
