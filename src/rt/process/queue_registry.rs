//! The registry of queues without a key.
//!
//! Only its pool knows such a queue, so a queue whose pool was killed stays in the system. Therefore each queue has an
//! empty file in a folder of its user, named after its maker. All processes of the pool hold a lock of the file: a
//! queue is abandoned when its maker is gone and the lock is free. The time of the file tells that of the queue, because
//! the system gives the number of a removed queue to another one.
//!
//! The registry only informs. A pool whose queue cannot be registered works without it.

use crate::os::file::{self, Lock};
use crate::os::folder::{self, Folder};
use crate::os::identity::{self, Identity};
use crate::os::{Errno, Result, system};
use crate::rt::process::queue::Queue;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};

/// The registry of one user.
#[derive(Clone, Debug)]
pub struct Registry {
    folder: String,
    user: u32,
    /// The numbers of queues are unique in this namespace only.
    namespace: u64,
}

/// A registered queue. While a process holds this value, the queue is in use.
#[derive(Debug)]
pub struct Entry {
    registry: Registry,
    name: String,
    file: OwnedFd,
}

/// An abandoned queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abandoned {
    /// The system's number of the queue.
    pub id: i32,
    /// The pid that its maker had.
    pub maker: i32,
    /// Messages in the queue.
    pub messages: u64,
    /// Bytes of text in the queue.
    pub bytes: u64,
    /// Whether it was removed; the error when that failed.
    pub removed: std::result::Result<bool, Errno>,
}

impl Registry {
    /// The registry of the user of this process.
    pub fn of_user() -> Result<Registry> {
        let user = folder::user();
        Registry::in_folder(format!("/dev/shm/swoole-process.{user}"))
    }

    /// A registry in another folder.
    pub fn in_folder(folder: String) -> Result<Registry> {
        Ok(Registry { folder, user: folder::user(), namespace: system::queue_namespace()? })
    }

    /// Registers a queue that this process has just made, and forgets queues that do not exist any more.
    pub fn add(&self, queue: Queue) -> Result<Entry> {
        let folder = Folder::make(&self.folder)?;
        let Identity { pid, started } = identity::own();
        let name = format!("{}-{}-{pid}-{started}", self.namespace, queue.id());
        let file = match folder.create(&name) {
            // The number was that of an earlier queue of this process.
            Err(Errno::EEXIST) => folder.remove(&name).and_then(|()| folder.create(&name)),
            created => created,
        }?;
        let entry = Entry { registry: self.clone(), name, file };
        let complete = file::lock(entry.file.as_raw_fd(), Lock::Exclusive).and_then(|()| entry.renew(queue));
        if let Err(errno) = complete {
            let _ = folder.remove(&entry.name);
            return Err(errno);
        }
        // If the folder cannot be read, they stay until the next time.
        let others = folder.names().unwrap_or_default();
        for (name, key) in others.iter().filter_map(|name| Some((name, self.parse(name)?))) {
            if is_gone(Queue::of_number(key.id).origin().err()) {
                let _ = folder.remove(name);
            }
        }
        Ok(entry)
    }

    /// The abandoned queues. With `remove` they are removed.
    pub fn abandoned(&self, remove: bool) -> Result<Vec<Abandoned>> {
        let folder = match Folder::open(&self.folder) {
            Err(Errno::ENOENT) => return Ok(Vec::new()),
            folder => folder?,
        };
        let mut found = Vec::new();
        for name in folder.names()? {
            let Some(key) = self.parse(&name) else { continue };
            let queue = Queue::of_number(key.id);
            if is_gone(queue.origin().err()) {
                let _ = folder.remove(&name);
            } else if !identity::is_alive(key.maker) {
                found.extend(self.examine(&folder, &name, &key, remove)?);
            }
        }
        Ok(found)
    }

    /// Looks at a queue whose maker is gone. `None` when it is in use, or not the queue that was registered.
    fn examine(&self, folder: &Folder, name: &str, key: &Key, remove: bool) -> Result<Option<Abandoned>> {
        let file = match folder.file(name) {
            Err(Errno::ENOENT) => return Ok(None),
            file => file?,
        };
        match file::lock(file.as_raw_fd(), Lock::Exclusive) {
            Err(Errno::EAGAIN) => return Ok(None),
            locked => locked?,
        }
        let queue = Queue::of_number(key.id);
        let (origin, status) = match (queue.origin(), queue.status()) {
            (Ok(origin), Ok(status)) => (origin, status),
            // Another process has removed it, or it belongs to another user.
            (Err(_), _) | (_, Err(_)) => return Ok(None),
        };
        if !origin.is_private
            || origin.maker != self.user
            || origin.changed != folder::time(file.as_fd())? + EARLIER
        {
            return Ok(None);
        }
        let removed = if remove { queue.remove().map(|()| true) } else { Ok(false) };
        if removed == Ok(true) {
            let _ = folder.remove(name);
        }
        let (messages, bytes) = (status.messages, status.bytes);
        Ok(Some(Abandoned { id: key.id, maker: key.maker.pid, messages, bytes, removed }))
    }

    /// The queue and the maker that the name of a file states. `None` for a queue of another namespace.
    fn parse(&self, name: &str) -> Option<Key> {
        let mut parts = name.split('-');
        let mut next = || parts.next();
        let is_ours = next()?.parse() == Ok(self.namespace);
        let (id, pid, started) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
        (is_ours && next().is_none()).then_some(Key { id, maker: Identity { pid, started } })
    }
}

/// What the name of a file says.
struct Key {
    id: i32,
    maker: Identity,
}

/// The time of a file is by this number of seconds less than that of its queue: a file that is being made has another
/// time.
const EARLIER: i64 = 86_400;

/// Whether this error of a call says that the queue does not exist.
fn is_gone(errno: Option<Errno>) -> bool {
    matches!(errno, Some(Errno::EINVAL | Errno::EIDRM))
}

impl Entry {
    /// The queue was changed, and has another time.
    pub fn renew(&self, queue: Queue) -> Result<()> {
        folder::set_time(self.file.as_fd(), queue.origin()?.changed - EARLIER)
    }

    /// The queue was removed.
    pub fn remove(&self) -> Result<()> {
        Folder::open(&self.registry.folder)?.remove(&self.name)
    }
}
