//! A folder of one user in a place where all users may create files, such as /dev/shm, and the empty files in it. The
//! information is in the names and times of these files.

use crate::os::fault::{Call, check};
use crate::os::{Errno, Result, errno_of, fd, owned};
use nix::fcntl::AT_FDCWD;
use nix::sys::stat::{Mode, fstat, futimens};
use nix::sys::time::TimeSpec;
use nix::unistd::{UnlinkatFlags, mkdir, unlinkat};
use std::ffi::CString;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// An open folder that belongs to this user, and that no other user may read or change.
#[derive(Debug)]
pub struct Folder(OwnedFd);

impl Folder {
    /// open(2) of a folder and fstat(2). `ENOENT` when it does not exist; `EPERM` when other users may have made or
    /// changed it; `ELOOP` or `ENOTDIR` for anything but a folder.
    pub fn open(path: &str) -> Result<Folder> {
        let folder = open_at(AT_FDCWD, path, libc::O_RDONLY | libc::O_DIRECTORY, 0)?;
        check(Call::Fstat)?;
        let stat = fstat(&folder)?;
        let is_private = stat.st_uid == user() && stat.st_mode & 0o077 == 0;
        if is_private { Ok(Folder(folder)) } else { Err(Errno::EPERM) }
    }

    /// As [`Folder::open`]. mkdir(2) creates the folder if it does not exist.
    pub fn make(path: &str) -> Result<Folder> {
        check(Call::Mkdir)?;
        match mkdir(path, Mode::S_IRWXU) {
            Ok(()) | Err(Errno::EEXIST) => Folder::open(path),
            Err(errno) => Err(errno),
        }
    }

    /// openat(2): a new empty file. `EEXIST` when there is one.
    pub fn create(&self, name: &str) -> Result<OwnedFd> {
        open_at(&self.0, name, libc::O_RDWR | libc::O_CREAT | libc::O_EXCL, 0o600)
    }

    /// openat(2): an existing file.
    pub fn file(&self, name: &str) -> Result<OwnedFd> {
        open_at(&self.0, name, libc::O_RDONLY | libc::O_NONBLOCK, 0)
    }

    /// unlinkat(2).
    pub fn remove(&self, name: &str) -> Result<()> {
        check(Call::Unlink)?;
        unlinkat(&self.0, name, UnlinkatFlags::NoRemoveDir)
    }

    /// The names of its files, read through proc(5).
    pub fn names(&self) -> Result<Vec<String>> {
        check(Call::Open)?;
        let list = std::fs::read_dir(format!("/proc/self/fd/{}", fd::number(&self.0))).map_err(errno_of)?;
        let names =
            list.map(|entry| entry.map(|entry| entry.file_name().into_string().ok()).map_err(errno_of));
        names.filter_map(Result::transpose).collect()
    }
}

/// openat(2), which follows no symbolic link at the end of the path.
fn open_at(folder: impl AsFd, path: &str, how: i32, mode: u32) -> Result<OwnedFd> {
    let path = CString::new(path).map_err(|_| Errno::EINVAL)?;
    owned::open_at(folder, &path, how | libc::O_NOFOLLOW | libc::O_NOCTTY, mode)
}

/// geteuid(2): the user to which new files and queues of this process belong.
pub fn user() -> u32 {
    nix::unistd::geteuid().as_raw()
}

/// futimens(3): sets the time of a file, in seconds.
pub fn set_time(file: BorrowedFd<'_>, seconds: i64) -> Result<()> {
    let time = TimeSpec::new(seconds, 0);
    check(Call::Utimensat)?;
    futimens(file, &time, &time)
}

/// fstat(2): the time of a file, in seconds.
pub fn time(file: BorrowedFd<'_>) -> Result<i64> {
    check(Call::Fstat)?;
    Ok(fstat(file)?.st_mtime)
}
