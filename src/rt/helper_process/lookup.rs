//! Host name lookups, each in a helper process.

use crate::os::helper;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::dns::{self, Query};
use crate::rt::helper_process::detach;
use crate::rt::helper_process::start::{self, Started, tell};
use std::os::fd::AsRawFd;

/// Starts the lookup of the addresses of a name: [`dns::decode`] reads the answer.
pub fn start(query: &Query) -> Result<Started, SyscallError> {
    start::start(|to, _mask| {
        helper::close_others(&[to.as_raw_fd()]);
        detach();
        tell(to, &dns::encode(&query.ask()));
    })
}
