//! System V message queues (sysvipc(7), svipc(7)).

use crate::os::fault::{Call, check};
use crate::os::parent_death_guard::DeathAction;
use crate::os::shared_room::{LAST, SharedRoom};
use crate::os::spare::Spare;
use crate::os::{Errno, Result};
use std::ffi::CStr;

/// The id of a queue. It is valid in every process until the queue is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueId(i32);

impl QueueId {
    /// The number that scripts and ipcs(1) show.
    pub fn get(self) -> i32 {
        self.0
    }

    /// The id that this number shows.
    pub fn of_number(number: i32) -> QueueId {
        QueueId(number)
    }
}

/// Where a queue comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// It has no key.
    pub is_private: bool,
    /// The user that created it.
    pub maker: u32,
    /// When it was created, or when its owner, mode or capacity was changed last: in seconds.
    pub changed: i64,
}

/// Whether a call may wait for room or for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Until there is one, or a signal handler has run (`EINTR`; the kernel never restarts these calls, signal(7)).
    Allowed,
    /// The call returns `EAGAIN` (push) or `ENOMSG` (pop) immediately.
    Never,
}

/// The current state of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// Messages in the queue.
    pub messages: u64,
    /// Bytes of text in the queue.
    pub bytes: u64,
}

/// A message as the kernel reads it: the type, then the text. The buffer is reused.
#[derive(Debug)]
pub struct Message {
    // `c_long` elements give the alignment of struct msgbuf; the first one is the type.
    words: Vec<libc::c_long>,
}

const WORD: usize = size_of::<libc::c_long>();

impl Message {
    /// Room for texts of up to `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> Message {
        Message { words: vec![0; 1 + capacity.div_ceil(WORD)] }
    }

    /// Makes this the message `text` of type `kind`; false when it does not fit.
    fn fill(&mut self, kind: libc::c_long, text: &[u8]) -> bool {
        let Some((first, words)) = self.words.split_first_mut() else {
            return false;
        };
        if text.len() > size_of_val(words) {
            return false;
        }
        *first = kind;
        // SAFETY: the destination is at least `text.len()` bytes long (checked above) and does not overlap.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), words.as_mut_ptr().cast(), text.len()) };
        true
    }
}

/// ftok(3): the key of an existing file and the project number 1.
pub fn key_of_file(path: &CStr) -> Result<i32> {
    check(Call::Ftok)?;
    // SAFETY: `path` ends with NUL.
    Errno::result(unsafe { libc::ftok(path.as_ptr(), 1) })
}

/// msgget(2): opens the queue of `key`, or creates it with these permissions. A queue without a key (`IPC_PRIVATE`, 0)
/// is only for its user: mode 0600.
pub fn open(key: i32, mode: i32) -> Result<QueueId> {
    check(Call::Msgget)?;
    let mode = if key == libc::IPC_PRIVATE { 0o600 } else { mode & 0o666 };
    // SAFETY: msgget takes two numbers.
    Errno::result(unsafe { libc::msgget(key, libc::IPC_CREAT | mode) }).map(QueueId)
}

/// Users that may use a queue besides its creator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Users {
    /// This one.
    One(u32),
    /// All.
    All,
}

/// msgctl(2), `IPC_STAT`.
pub fn origin(queue: QueueId) -> Result<Origin> {
    let data = stat(queue)?;
    #[cfg(not(target_env = "musl"))]
    let key = data.msg_perm.__key;
    #[cfg(target_env = "musl")]
    #[allow(deprecated, reason = "the crate libc will give it the other name")]
    let key = data.msg_perm.__ipc_perm_key;
    let is_private = key == libc::IPC_PRIVATE;
    Ok(Origin { is_private, maker: data.msg_perm.cuid, changed: data.msg_ctime })
}

/// msgctl(2), `IPC_SET`: gives users access. `EPERM` for a process that may not do this.
pub fn admit(queue: QueueId, users: Users) -> Result<()> {
    let mut data = stat(queue)?;
    match users {
        Users::One(user) => data.msg_perm.uid = user,
        Users::All => data.msg_perm.mode |= 0o066,
    }
    check(Call::Msgctl)?;
    // SAFETY: `data` is a whole msqid_ds that the kernel only reads.
    Errno::result(unsafe { libc::msgctl(queue.0, libc::IPC_SET, &raw mut data) })?;
    Ok(())
}

/// msgsnd(2): adds `text` with type `kind`, which must be positive. `E2BIG` when it does not fit `buffer`.
#[inline]
pub fn push(queue: QueueId, kind: libc::c_long, text: &[u8], buffer: &mut Message, wait: Wait) -> Result<()> {
    check(Call::Msgsnd)?;
    if !buffer.fill(kind, text) {
        return Err(Errno::E2BIG);
    }
    // SAFETY: `fill` has put a type and `text.len()` bytes behind this pointer.
    Errno::result(unsafe { libc::msgsnd(queue.0, buffer.words.as_ptr().cast(), text.len(), flags(wait)) })?;
    Ok(())
}

/// The length of what [`pop`] receives in front of a text: its type.
pub const TYPE: usize = WORD;

/// msgrcv(2): takes the first message of type `kind`, or of any type for 0. Returns the length of its text.
///
/// `buffer` has room for the type ([`TYPE`] bytes) and the text behind it. A message with a longer text stays in the
/// queue (`E2BIG`).
#[inline]
pub fn pop<'b>(
    queue: QueueId,
    kind: libc::c_long,
    buffer: impl Into<Spare<'b>>,
    wait: Wait,
) -> Result<usize> {
    let mut buffer = buffer.into();
    check(Call::Msgrcv)?;
    let size = buffer.len().checked_sub(TYPE).ok_or(Errno::EINVAL)?;
    // SAFETY: behind this pointer is room for a type, which needs no alignment in the kernel, and `size` bytes.
    let got = unsafe { libc::msgrcv(queue.0, buffer.as_mut_ptr().cast(), size, kind, flags(wait)) };
    Errno::result(got).map(isize::unsigned_abs)
}

/// As [`pop`] of any message, through shared memory: the kernel stores the message in `shared` before the call returns.
/// `E2BIG` when it does not fit there.
#[cold]
pub fn pop_noted<'b>(
    queue: QueueId,
    shared: SharedRoom<'_>,
    buffer: impl Into<Spare<'b>>,
    wait: Wait,
) -> Result<usize> {
    let mut buffer = buffer.into();
    check(Call::Msgrcv)?;
    let size = buffer.len().checked_sub(TYPE).ok_or(Errno::EINVAL)?.min(size_of_val(shared.text));
    let words = shared.words.as_ptr().cast_mut().wrapping_add(LAST);
    // SAFETY: the last word of the note is room for a type, and directly behind it are `size` bytes. Both are words of
    // one array, and atomics may be written through a shared reference.
    let got = unsafe { libc::msgrcv(queue.0, words.cast(), size, 0, flags(wait)) };
    let got = Errno::result(got).map(isize::unsigned_abs)?;
    let mut text = buffer.after(TYPE);
    shared.copy(text.first(got));
    Ok(got)
}

fn flags(wait: Wait) -> i32 {
    match wait {
        Wait::Allowed => 0,
        Wait::Never => libc::IPC_NOWAIT,
    }
}

/// msgctl(2), `IPC_STAT`.
pub fn status(queue: QueueId) -> Result<Status> {
    let data = stat(queue)?;
    Ok(Status { messages: data.msg_qnum, bytes: data.__msg_cbytes })
}

/// msgctl(2), `IPC_SET`: limits the queue to `bytes` of text.
///
/// A limit above kernel.msgmnb needs CAP_SYS_RESOURCE (`EPERM`).
pub fn set_capacity(queue: QueueId, bytes: u64) -> Result<()> {
    // The kernel keeps the limit in an int, and truncates larger ones silently.
    i32::try_from(bytes).map_err(|_| Errno::EINVAL)?;
    let mut data = stat(queue)?;
    data.msg_qbytes = bytes;
    check(Call::Msgctl)?;
    // SAFETY: `data` is a whole msqid_ds that the kernel only reads.
    Errno::result(unsafe { libc::msgctl(queue.0, libc::IPC_SET, &raw mut data) })?;
    Ok(())
}

/// msgctl(2), `IPC_RMID`: removes the queue. All calls that wait on it return `EIDRM`.
pub fn remove(queue: QueueId) -> Result<()> {
    check(Call::Msgctl)?;
    // SAFETY: IPC_RMID ignores the buffer.
    Errno::result(unsafe { libc::msgctl(queue.0, libc::IPC_RMID, std::ptr::null_mut()) })?;
    Ok(())
}

/// The removal of a queue, for a signal handler.
pub fn death_action(queue: QueueId) -> DeathAction {
    DeathAction::new(remove_in_handler, queue.get())
}

/// Fails when another process has removed the queue already.
fn remove_in_handler(queue: i32) {
    // SAFETY: msgctl is a plain system call here, which takes numbers.
    unsafe { libc::msgctl(queue, libc::IPC_RMID, std::ptr::null_mut()) };
}

fn stat(queue: QueueId) -> Result<libc::msqid_ds> {
    check(Call::Msgctl)?;
    let mut data = std::mem::MaybeUninit::<libc::msqid_ds>::zeroed();
    // SAFETY: the kernel writes one msqid_ds.
    Errno::result(unsafe { libc::msgctl(queue.0, libc::IPC_STAT, data.as_mut_ptr()) })?;
    // SAFETY: zeroed is a valid msqid_ds (plain integers), and the kernel has filled it.
    Ok(unsafe { data.assume_init() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A queue of its own that goes with the test.
    struct Private(QueueId);
    impl Private {
        fn new() -> Private {
            Private(open(libc::IPC_PRIVATE, 0o600).unwrap())
        }
    }
    impl Drop for Private {
        fn drop(&mut self) {
            let _ = remove(self.0);
        }
    }

    #[test]
    fn messages_come_back_by_type_and_in_order() {
        let queue = Private::new();
        let mut buffer = Message::with_capacity(64);
        for (kind, text) in [(1, "one"), (2, "two"), (1, "three")] {
            push(queue.0, kind, text.as_bytes(), &mut buffer, Wait::Never).unwrap();
        }
        assert_eq!(status(queue.0).unwrap(), Status { messages: 3, bytes: 11 });
        let mut buffer = [0; TYPE + 64];
        assert_eq!(pop(queue.0, 2, &mut buffer, Wait::Never), Ok(3));
        assert_eq!(&buffer[TYPE..TYPE + 3], b"two");
        assert_eq!(pop(queue.0, 0, &mut buffer, Wait::Never), Ok(3));
        assert_eq!(&buffer[TYPE..TYPE + 3], b"one");
        assert_eq!(pop(queue.0, 0, &mut buffer[..TYPE + 2], Wait::Never), Err(Errno::E2BIG));
        assert_eq!(pop(queue.0, 2, &mut buffer, Wait::Never), Err(Errno::ENOMSG));
        assert_eq!(pop(queue.0, 0, &mut buffer[..TYPE - 1], Wait::Never), Err(Errno::EINVAL));
    }

    #[test]
    fn a_text_larger_than_the_buffer_is_refused_before_the_kernel_sees_it() {
        let queue = Private::new();
        let mut buffer = Message::with_capacity(8);
        assert_eq!(push(queue.0, 1, b"123456789", &mut buffer, Wait::Never), Err(Errno::E2BIG));
        assert_eq!(status(queue.0).unwrap().messages, 0);
    }
}
