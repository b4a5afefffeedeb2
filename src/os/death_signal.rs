//! The signal that a process gets when its parent exits (prctl(2), `PR_SET_PDEATHSIG`).

use crate::os::fault::{Call, check};
use crate::os::process::{self, Pid};
use crate::os::{Errno, Result};

/// prctl(2), `PR_GET_PDEATHSIG`; 0 for none.
pub(super) fn get() -> Result<i32> {
    check(Call::Prctl)?;
    let mut signal: libc::c_int = 0;
    // SAFETY: the kernel writes one int.
    Errno::result(unsafe { libc::prctl(libc::PR_GET_PDEATHSIG, &raw mut signal) })?;
    Ok(signal)
}

/// prctl(2), `PR_SET_PDEATHSIG`; 0 for none. Not by nix, which does not know real-time signals.
pub(super) fn set(signal: i32) -> Result<()> {
    check(Call::Prctl)?;
    // SAFETY: prctl takes numbers here.
    Errno::result(unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::c_long::from(signal)) })?;
    Ok(())
}

/// prctl(2), `PR_SET_PDEATHSIG`. `ESRCH` when `parent` is not the parent of this process any more.
pub fn set_for(parent: Pid, signal: i32) -> Result<()> {
    set(signal)?;
    if process::parent() == parent { Ok(()) } else { Err(Errno::ESRCH) }
}
