//! Room in shared memory, which may be refused.
//!
//! No page is touched in advance: a page takes memory when it is first used. The mapping counts as committed memory, so
//! a kernel that commits no more than it has (`vm.overcommit_memory`) refuses it now. Otherwise it would kill the
//! process later.

use crate::os::shared::{SharedWords, Word};
use crate::os::{Errno, memory_limits};

/// Below this many bytes the limits are not checked.
const SMALL: u64 = 1 << 20;

/// The limit that was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `RLIMIT_AS`: the address space of the process.
    AddressSpace,
    /// `memory.max` of the control group.
    ControlGroup,
    /// The memory that the machine has available.
    Machine,
    /// The kernel does not commit that much, or failed otherwise.
    Kernel(Errno),
}

/// There is not enough room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoom {
    /// The requested number of bytes.
    pub wanted: u64,
    /// The available number of bytes, if it is known.
    pub there_are: Option<u64>,
    /// The limit.
    pub limit: Limit,
}

/// How much memory each limit leaves.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    address_space: Option<u64>,
    control_group: Option<u64>,
    machine: Option<u64>,
}

/// Room for this many numbers, all zero.
pub fn take<T: Word>(count: usize) -> Result<SharedWords<T>, NoRoom> {
    let wanted = u64::try_from(count.saturating_mul(size_of::<T>())).unwrap_or(u64::MAX);
    if wanted >= SMALL {
        let figures = Figures {
            address_space: memory_limits::address_space(),
            control_group: memory_limits::control_group(),
            machine: memory_limits::available(),
        };
        check(wanted, figures)?;
    }
    SharedWords::new(count).map_err(|errno| NoRoom { wanted, there_are: None, limit: Limit::Kernel(errno) })
}

fn check(wanted: u64, figures: Figures) -> Result<(), NoRoom> {
    let limits = [
        (Limit::AddressSpace, figures.address_space),
        (Limit::ControlGroup, figures.control_group),
        (Limit::Machine, figures.machine),
    ];
    for (limit, there_are) in limits {
        if there_are.is_some_and(|bytes| bytes < wanted) {
            return Err(NoRoom { wanted, there_are, limit });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn the_first_limit_that_is_too_small_is_told_with_its_size() {
        let figures = Figures { address_space: None, control_group: Some(100), machine: Some(50) };
        assert_eq!(check(50, figures), Ok(()));
        let no_room = |there_are, limit| NoRoom { wanted: 101, there_are: Some(there_are), limit };
        assert_eq!(check(101, figures), Err(no_room(100, Limit::ControlGroup)));
        let figures = Figures { control_group: None, ..figures };
        assert_eq!(check(101, figures), Err(no_room(50, Limit::Machine)));
        assert_eq!(check(u64::MAX, Figures::default()), Ok(()));
    }

    #[test]
    fn more_than_there_is_is_refused_with_the_sizes() {
        let error = take::<AtomicU64>(1 << 55).unwrap_err();
        assert_eq!(error.wanted, 1 << 58);
        assert!(error.there_are.is_none_or(|bytes| bytes < error.wanted));
    }
}
