//! The paths of unix sockets.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result};
use std::ffi::CString;

fn c_path(path: &[u8]) -> Result<CString> {
    CString::new(path).map_err(|_| Errno::EINVAL)
}

/// Identifies the socket at a path. The inode number alone is not enough, because it is reused; the time of the last
/// modification distinguishes two sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathIdentity {
    device: libc::dev_t,
    inode: libc::ino_t,
    modified: (i64, i64),
}

/// stat(2): the identity of the file at a path.
pub fn identity(path: &[u8]) -> Result<PathIdentity> {
    let stat = stat(path)?;
    let modified = (stat.st_mtime, stat.st_mtime_nsec);
    Ok(PathIdentity { device: stat.st_dev, inode: stat.st_ino, modified })
}

fn stat(path: &[u8]) -> Result<libc::stat> {
    let path = c_path(path)?;
    check(Call::Stat)?;
    nix::sys::stat::stat(path.as_c_str())
}

/// stat(2): whether a path is that of a socket.
pub fn is_socket(path: &[u8]) -> Result<bool> {
    Ok(stat(path)?.st_mode & libc::S_IFMT == libc::S_IFSOCK)
}

/// unlink(2).
pub fn remove(path: &[u8]) -> Result<()> {
    let path = c_path(path)?;
    check(Call::Unlink)?;
    nix::unistd::unlink(path.as_c_str())
}
