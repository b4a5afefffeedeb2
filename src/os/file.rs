//! Files that are opened by path: plain files, and those that a caller may have to wait for.

use crate::os::fault::{Call, check, shorten};
use crate::os::spare::Spare;
use crate::os::{Errno, Result, owned, socket};
use std::ffi::CStr;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// The mode of opening a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// To read.
    Read,
    /// To write from its beginning; the file is created if it does not exist.
    Write,
    /// As `Write`, and the file is truncated.
    Replace,
    /// As `Write`, but at its end.
    Append,
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A plain file of this size in bytes, as far as the kernel knows.
    Plain {
        /// 0 for files whose content is generated when they are read.
        size: u64,
    },
    /// A named pipe.
    Fifo,
    /// A terminal, a device, a directory.
    Other,
}

/// The permissions of new files, before the umask.
const MODE: u32 = 0o644;

/// open(2), `O_NONBLOCK`. `ENXIO` for a named pipe without a reader that is opened to write. `ELOOP` for a symbolic
/// link that is opened to write.
pub fn open(path: &CStr, mode: OpenMode) -> Result<OwnedFd> {
    const WRITE: i32 = libc::O_WRONLY | libc::O_CREAT | libc::O_NOFOLLOW;
    let how = match mode {
        OpenMode::Read => libc::O_RDONLY,
        OpenMode::Write => WRITE,
        OpenMode::Replace => WRITE | libc::O_TRUNC,
        OpenMode::Append => WRITE | libc::O_APPEND,
    };
    owned::open(path, how | libc::O_NONBLOCK | libc::O_NOCTTY, MODE)
}

/// fstat(2).
pub fn kind(fd: BorrowedFd<'_>) -> Result<Kind> {
    check(Call::Fstat)?;
    nix::sys::stat::fstat(fd).map(|stat| kind_of(&stat))
}

/// stat(2): whether a path leads to a named pipe.
pub fn is_fifo(path: &CStr) -> Result<bool> {
    check(Call::Stat)?;
    nix::sys::stat::stat(path).map(|stat| kind_of(&stat) == Kind::Fifo)
}

fn kind_of(stat: &libc::stat) -> Kind {
    match stat.st_mode & libc::S_IFMT {
        libc::S_IFREG => Kind::Plain { size: u64::try_from(stat.st_size).unwrap_or(0) },
        libc::S_IFIFO => Kind::Fifo,
        _ => Kind::Other,
    }
}

/// read(2): returns the number of bytes stored; 0 at EOF.
pub fn read<'b>(fd: BorrowedFd<'_>, buffer: impl Into<Spare<'b>>) -> Result<usize> {
    let mut buffer = buffer.into();
    check(Call::Read)?;
    let len = shorten(Call::Read, buffer.len());
    // SAFETY: `len` is at most the length of `buffer`.
    let got = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), len) };
    Errno::result(got).map(isize::unsigned_abs)
}

/// ftruncate(2) to length 0.
pub fn empty(fd: BorrowedFd<'_>) -> Result<()> {
    check(Call::Ftruncate)?;
    nix::unistd::ftruncate(fd, 0)
}

/// The kind of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Other processes may have shared locks, too.
    Shared,
    /// No other process may have a lock.
    Exclusive,
}

impl Lock {
    fn operation(self) -> i32 {
        match self {
            Lock::Shared => libc::LOCK_SH,
            Lock::Exclusive => libc::LOCK_EX,
        }
    }

    /// The lock that an operation of flock(2) waits for. `None` when it waits for none.
    pub fn waited_for(operation: i32) -> Option<Lock> {
        [Lock::Shared, Lock::Exclusive].into_iter().find(|lock| lock.operation() == operation)
    }
}

/// flock(2), `LOCK_NB`. `EAGAIN` while another process holds a conflicting lock.
pub fn lock(fd: RawFd, lock: Lock) -> Result<()> {
    flock(fd, lock.operation() | libc::LOCK_NB)
}

/// flock(2), which blocks. For processes that do nothing else.
pub fn lock_waiting(fd: RawFd, lock: Lock) -> Result<()> {
    flock(fd, lock.operation())
}

/// flock(2), `LOCK_UN`: releases the lock of a file.
pub fn unlock(fd: RawFd) -> Result<()> {
    flock(fd, libc::LOCK_UN)
}

fn flock(fd: RawFd, operation: i32) -> Result<()> {
    check(Call::Flock)?;
    // SAFETY: flock takes numbers.
    Errno::result(unsafe { libc::flock(fd, operation) })?;
    Ok(())
}

/// pipe2(2): the nonblocking read end, and the blocking write end. Close-on-exec.
pub fn pipe() -> Result<(OwnedFd, OwnedFd)> {
    let (from, to) = owned::pipe()?;
    socket::set_nonblocking(from.as_fd())?;
    Ok((from, to))
}

/// As [`pipe`], and both ends block.
pub fn blocking_pipe() -> Result<(OwnedFd, OwnedFd)> {
    owned::pipe()
}

/// A file system, with the members of `struct statvfs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSystem {
    /// The block size for I/O, in bytes.
    pub block: u64,
    /// The fragment size in bytes; the next three fields count fragments.
    pub fragment: u64,
    /// Fragments.
    pub fragments: u64,
    /// Free fragments.
    pub free: u64,
    /// Free fragments for unprivileged users.
    pub available: u64,
    /// Inodes.
    pub inodes: u64,
    /// Free inodes.
    pub inodes_free: u64,
    /// Free inodes for unprivileged users.
    pub inodes_available: u64,
    /// Its id.
    pub id: u64,
    /// `ST_*`.
    pub flags: u64,
    /// The longest file name, in bytes.
    pub longest_name: u64,
}

/// statvfs(3).
#[allow(clippy::useless_conversion, reason = "the members' sizes differ between architectures")]
pub fn file_system(path: &CStr) -> Result<FileSystem> {
    check(Call::Statvfs)?;
    let mut stat = std::mem::MaybeUninit::<libc::statvfs>::zeroed();
    // SAFETY: the path ends with NUL; the C library writes one statvfs.
    Errno::result(unsafe { libc::statvfs(path.as_ptr(), stat.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid statvfs, and the C library has filled it.
    let stat = unsafe { stat.assume_init() };
    Ok(FileSystem {
        block: stat.f_bsize.into(),
        fragment: stat.f_frsize.into(),
        fragments: stat.f_blocks.into(),
        free: stat.f_bfree.into(),
        available: stat.f_bavail.into(),
        inodes: stat.f_files.into(),
        inodes_free: stat.f_ffree.into(),
        inodes_available: stat.f_favail.into(),
        id: stat.f_fsid.into(),
        flags: stat.f_flag.into(),
        longest_name: stat.f_namemax.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_read_without_waiting_and_knows_its_end() {
        let (from, to) = pipe().unwrap();
        let mut buffer = [0; 8];
        assert_eq!(read(from.as_fd(), &mut buffer), Err(Errno::EAGAIN));
        assert_eq!(crate::os::fd::write(to.as_fd(), b"text"), Ok(4));
        assert_eq!(read(from.as_fd(), &mut buffer), Ok(4));
        drop(to);
        assert_eq!(read(from.as_fd(), &mut buffer), Ok(0));
    }

    #[test]
    fn kinds_are_told_apart() {
        let own = open(c"/proc/self/stat", OpenMode::Read).unwrap();
        assert_eq!(kind(own.as_fd()), Ok(Kind::Plain { size: 0 }));
        let folder = open(c"/", OpenMode::Read).unwrap();
        assert_eq!(kind(folder.as_fd()), Ok(Kind::Other));
        assert_eq!(kind(pipe().unwrap().0.as_fd()), Ok(Kind::Fifo));
        assert_eq!(is_fifo(c"/dev/null"), Ok(false));
        assert_eq!(open(c"/no/such/file", OpenMode::Read).err(), Some(Errno::ENOENT));
    }

    #[test]
    fn a_lock_is_refused_while_another_has_it() {
        let path = c"/proc/self/exe";
        let (first, second) = (open(path, OpenMode::Read).unwrap(), open(path, OpenMode::Read).unwrap());
        lock(first.as_raw_fd(), Lock::Exclusive).unwrap();
        assert_eq!(lock(second.as_raw_fd(), Lock::Shared), Err(Errno::EAGAIN));
        drop(first);
        assert_eq!(lock(second.as_raw_fd(), Lock::Shared), Ok(()));
    }

    #[test]
    fn a_file_system_has_blocks() {
        let system = file_system(c"/").unwrap();
        assert!(system.block > 0 && system.free <= system.fragments);
        assert_eq!(file_system(c"/no/such/folder"), Err(Errno::ENOENT));
    }
}
