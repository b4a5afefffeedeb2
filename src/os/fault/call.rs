//! The system calls that can be made to fail.

#[cfg(feature = "fault-injection")]
use crate::os::Errno;

/// Each process has plans and counts of its own.
#[cfg(feature = "fault-injection")]
pub(super) fn own_pid() -> i32 {
    std::process::id().cast_signed()
}

/// One line a system call: its name, and the errnos of its manual page. Where kernels or filters are known to
/// refuse the whole call, ENOSYS is there too.
macro_rules! calls {
    ($($call:ident: $($errno:ident)+;)+) => {
        /// The system calls that can be made to fail, by the names of their manual pages, and malloc(3) where the memory
        /// that is asked for is large.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is the system call of that name")]
        pub enum Call {
            $($call,)+
        }

        #[cfg(feature = "fault-injection")]
        impl Call {
            /// All of them.
            pub const ALL: &[Call] = &[$(Call::$call),+];

            /// What its manual page says it may fail with.
            pub fn errnos(self) -> &'static [Errno] {
                match self {
                    $(Call::$call => &[$(Errno::$errno),+],)+
                }
            }

            /// As plans write it, in small letters or not: `PidfdOpen`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Call::$call => stringify!($call),)+
                }
            }
        }
    };
}

calls! {
    Accept: EAGAIN EBADF ECONNABORTED EFAULT EINTR EINVAL EMFILE ENFILE ENOBUFS ENOMEM ENOTSOCK EOPNOTSUPP EPERM EPROTO;
    Bind: EACCES EADDRINUSE EADDRNOTAVAIL EBADF EFAULT EINVAL ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR ENOTSOCK EROFS;
    Connect: EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF ECONNREFUSED EFAULT EINPROGRESS EINTR
        EISCONN ENETUNREACH ENOTSOCK EPERM EPROTOTYPE ETIMEDOUT;
    Clone: EAGAIN EINVAL ENOMEM ENOSPC EPERM;
    CloseRange: EINVAL ENOSYS;
    Chdir: EACCES EFAULT EIO ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR;
    Dup: EBADF EBUSY EINTR EINVAL EMFILE;
    EpollCreate: EINVAL EMFILE ENFILE ENOMEM;
    EpollCtl: EBADF EEXIST EINVAL ELOOP ENOENT ENOMEM ENOSPC EPERM;
    EpollWait: EBADF EFAULT EINTR EINVAL;
    Execv: E2BIG EACCES EAGAIN EFAULT EINVAL EIO EISDIR ELIBBAD ELOOP EMFILE ENAMETOOLONG ENFILE ENOENT ENOEXEC
        ENOMEM ENOTDIR EPERM ETXTBSY;
    Fcntl: EBADF EINVAL EMFILE;
    Flock: EAGAIN EBADF EINTR EINVAL ENOLCK;
    Fork: EAGAIN ENOMEM ENOSYS;
    Fstat: EBADF EFAULT ENOMEM EOVERFLOW;
    Ftok: EACCES EFAULT ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR EOVERFLOW;
    Ftruncate: EBADF EFBIG EINTR EINVAL EIO EPERM;
    Futex: EACCES EAGAIN EFAULT EINTR EINVAL ENOSYS ETIMEDOUT;
    Getaddrinfo: EINTR ENOMEM;
    Getpeername: EBADF EFAULT EINVAL ENOBUFS ENOTCONN ENOTSOCK;
    Getpriority: EINVAL ESRCH;
    Getrlimit: EFAULT EINVAL EPERM;
    Getsockname: EBADF EFAULT EINVAL ENOBUFS ENOTSOCK;
    Getsockopt: EBADF EFAULT EINVAL ENOPROTOOPT ENOTSOCK;
    Ioctl: EBADF EFAULT EINVAL ENOTTY;
    Kill: EINVAL EPERM ESRCH;
    Listen: EADDRINUSE EBADF ENOTSOCK EOPNOTSUPP;
    Lseek: EBADF EINVAL ENXIO EOVERFLOW ESPIPE;
    Madvise: EACCES EAGAIN EBADF EINVAL EIO ENOMEM EPERM;
    Malloc: ENOMEM;
    MemfdCreate: EFAULT EINVAL EMFILE ENFILE ENOMEM;
    Mmap: EACCES EAGAIN EINVAL ENFILE ENOMEM EPERM;
    Mprotect: EACCES EINVAL ENOMEM;
    Msgctl: EACCES EFAULT EIDRM EINVAL ENOSYS EPERM;
    Msgget: EACCES EEXIST ENOENT ENOMEM ENOSPC ENOSYS;
    Msgrcv: E2BIG EACCES EFAULT EIDRM EINTR EINVAL ENOMSG ENOSYS;
    Msgsnd: EACCES EAGAIN EFAULT EIDRM EINTR EINVAL ENOMEM ENOSYS;
    Nanosleep: EFAULT EINTR EINVAL;
    Open: EACCES EBUSY EDQUOT EEXIST EFAULT EFBIG EINTR EINVAL EISDIR ELOOP EMFILE ENAMETOOLONG ENFILE ENODEV ENOENT
        ENOMEM ENOSPC ENOTDIR ENXIO EOPNOTSUPP EOVERFLOW EPERM EROFS ETXTBSY EWOULDBLOCK;
    PidfdOpen: EINVAL EMFILE ENFILE ENODEV ENOMEM ENOSYS ESRCH;
    PidfdSendSignal: EBADF EINVAL ENOSYS EPERM ESRCH;
    Pipe: EFAULT EINVAL EMFILE ENFILE;
    Poll: EFAULT EINTR EINVAL ENOMEM;
    Prctl: EINVAL;
    Pread: EAGAIN EBADF EFAULT EINTR EINVAL EIO EISDIR ENXIO EOVERFLOW ESPIPE;
    PthreadAtfork: ENOMEM;
    Read: EAGAIN EBADF EFAULT EINTR EINVAL EIO EISDIR;
    Recv: EAGAIN EBADF ECONNREFUSED ECONNRESET EFAULT EINTR EINVAL ENOMEM ENOTCONN ENOTSOCK;
    SchedGetaffinity: EFAULT EINVAL ESRCH;
    SchedSetaffinity: EFAULT EINVAL EPERM ESRCH;
    Send: EACCES EAGAIN EALREADY EBADF ECONNRESET EDESTADDRREQ EFAULT EINTR EINVAL EISCONN EMSGSIZE ENOBUFS ENOMEM
        ENOTCONN ENOTSOCK EOPNOTSUPP EPIPE;
    Setitimer: EFAULT EINVAL;
    Setpgid: EACCES EINVAL EPERM ESRCH;
    Setpriority: EACCES EINVAL EPERM ESRCH;
    Setsid: EPERM;
    Setsockopt: EBADF EFAULT EINVAL ENOBUFS ENOPROTOOPT ENOTSOCK;
    Shutdown: EBADF EINVAL ENOTCONN ENOTSOCK;
    Sigaction: EFAULT EINVAL;
    Sigprocmask: EFAULT EINVAL;
    Socket: EACCES EAFNOSUPPORT EINVAL EMFILE ENFILE ENOBUFS ENOMEM EPROTONOSUPPORT;
    Socketpair: EAFNOSUPPORT EFAULT EMFILE ENFILE EOPNOTSUPP EPROTONOSUPPORT;
    Stat: EACCES EFAULT ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR EOVERFLOW;
    Statvfs: EACCES EFAULT EINTR EIO ELOOP ENAMETOOLONG ENOENT ENOMEM ENOSYS ENOTDIR EOVERFLOW;
    Sysconf: EINVAL;
    TimerCreate: EAGAIN EINVAL ENOMEM ENOTSUP EPERM;
    TimerSettime: EFAULT EINVAL;
    Uname: EFAULT;
    Unlink: EACCES EBUSY EFAULT EIO EISDIR ELOOP ENAMETOOLONG ENOENT ENOMEM ENOTDIR EPERM EROFS;
    Waitid: ECHILD EINTR EINVAL ENOSYS ESRCH;
    Waitpid: ECHILD EINTR EINVAL ESRCH;
    Pwritev2: EAGAIN EBADF EFBIG EINTR EINVAL EIO ENOSPC ENOSYS EOPNOTSUPP EPERM EPIPE;
    Write: EAGAIN EBADF EDESTADDRREQ EDQUOT EFAULT EFBIG EINTR EINVAL EIO ENOSPC EPERM EPIPE;
}
