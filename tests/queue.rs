//! The message queue between processes: who waits, and what ends the wait.
#![cfg(test)]

mod alone;

use alone::{Gate, catch_signal, found, reap, start, wait_for_the_sleep_of};
use nix::sys::signal::SaFlags;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::process::ExitCode;
use std::time::{Duration, UNIX_EPOCH};
use swoole_process::os::msgq::{TYPE, Wait};
use swoole_process::os::process::Pid;
use swoole_process::os::{Errno, process};
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::process::queue::{Queue, Take, Users};
use swoole_process::rt::process::queue_registry::{Abandoned, Registry};
use swoole_process::rt::runtime::Runtime;

/// A queue without a key, which goes with the test.
struct Private(Queue);

impl Private {
    fn new(take: Take, capacity: Option<u64>) -> Private {
        let (queue, refused) = Queue::open(libc::IPC_PRIVATE, take, Wait::Allowed, capacity).unwrap();
        assert_eq!(refused, None);
        Private(queue)
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        // A test may have removed it.
        let _ = self.0.remove();
    }
}

/// What one pop gives to the process with the number `process`.
fn pop(queue: Queue, process: i64) -> Result<Vec<u8>, Errno> {
    let mut buffer = [0; TYPE + 8192];
    let len = Runtime::default().pop(queue, process, &mut buffer)?;
    Ok(buffer[TYPE..TYPE + len].to_vec())
}

fn a_pop_waits_for_a_message() {
    let queue = Private::new(Take::Any, None);
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |_| assert_eq!(pop(queue.0, 1), found("hello")));
    wait_for_the_sleep_of(child);
    rt.push(queue.0, 1, b"hello").unwrap();
    reap(&mut rt, child);
}

fn a_pop_for_one_process_waits_for_a_message_of_that_process() {
    let queue = Private::new(Take::Own, None);
    let mut rt = Runtime::default();
    rt.push(queue.0, 1, b"of the first").unwrap();
    let child = start(&mut rt, None, |_| {
        assert_eq!(pop(queue.0, 2), found("of the second"));
        assert_eq!(pop(queue.0, 1), found("of the first"));
    });
    wait_for_the_sleep_of(child);
    rt.push(queue.0, 2, b"of the second").unwrap();
    reap(&mut rt, child);
}

fn a_push_waits_for_room() {
    let queue = Private::new(Take::Any, Some(10));
    let mut rt = Runtime::default();
    rt.push(queue.0, 1, b"ten bytes.").unwrap();
    let child = start(&mut rt, None, |rt| rt.push(queue.0, 1, b"next").unwrap());
    wait_for_the_sleep_of(child);
    assert_eq!(queue.0.status().unwrap().messages, 1);
    assert_eq!(pop(queue.0, 1), found("ten bytes."));
    assert_eq!(pop(queue.0, 1), found("next"));
    reap(&mut rt, child);
}

fn the_removal_of_the_queue_ends_all_waits() {
    let queue = Private::new(Take::Any, Some(1));
    let mut rt = Runtime::default();
    let popping = start(&mut rt, None, |_| assert_eq!(pop(queue.0, 1), Err(Errno::EIDRM)));
    wait_for_the_sleep_of(popping);
    queue.0.remove().unwrap();
    reap(&mut rt, popping);

    let queue = Private::new(Take::Any, Some(1));
    rt.push(queue.0, 1, b"x").unwrap();
    let pushing = start(&mut rt, None, |rt| assert_eq!(rt.push(queue.0, 1, b"y"), Err(Errno::EIDRM)));
    wait_for_the_sleep_of(pushing);
    queue.0.remove().unwrap();
    reap(&mut rt, pushing);

    assert_eq!(rt.push(queue.0, 1, b"z"), Err(Errno::EINVAL));
    assert_eq!(queue.0.remove(), Err(Errno::EINVAL));
}

fn a_signal_ends_a_wait_even_when_its_handler_asks_for_a_restart() {
    let queue = Private::new(Take::Any, Some(1));
    let mut rt = Runtime::default();
    for flags in [SaFlags::empty(), SaFlags::SA_RESTART] {
        catch_signal(flags);
        let ready = Gate::new();
        let child = start(&mut rt, None, |rt| {
            ready.open();
            assert_eq!(pop(queue.0, 1), Err(Errno::EINTR));
            rt.push(queue.0, 1, b"x").unwrap();
            ready.open();
            assert_eq!(rt.push(queue.0, 1, b"y"), Err(Errno::EINTR));
            assert_eq!(pop(queue.0, 1), found("x"));
        });
        for _ in 0..2 {
            ready.pass();
            wait_for_the_sleep_of(child);
            process::kill(child, libc::SIGUSR1).unwrap();
        }
        reap(&mut rt, child);
    }
}

fn a_queue_outlives_the_process_that_made_it() {
    let key = 0x5351_0000 ^ process::pid();
    let open = || Queue::open(key, Take::Any, Wait::Never, None).unwrap().0;
    open().remove().unwrap();
    let mut rt = Runtime::default();
    let child = start(&mut rt, None, |rt| rt.push(open(), 1, b"kept").unwrap());
    reap(&mut rt, child);
    let queue = Private(open());
    assert_eq!(pop(queue.0, 1), found("kept"));
    assert_eq!(pop(queue.0, 1), Err(Errno::ENOMSG));
}

/// A folder for a registry, which goes with the test.
struct Folder(String);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("{name}-{}", process::pid()));
        Folder(path.to_str().unwrap().to_owned())
    }

    fn registry(&self) -> Registry {
        Registry::in_folder(self.0.clone()).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(&self.0).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A test may have left another thing there, or nothing.
        let _ = fs::remove_dir_all(&self.0);
        let _ = fs::remove_file(&self.0);
    }
}

/// Starts a process that makes and registers a queue with one message. Returns the queue and the process, which ends
/// when the gate is opened.
fn maker(rt: &mut Runtime, registry: &Registry, end: &Gate) -> (Private, Pid) {
    let (mut told, mut tell) = std::io::pipe().unwrap();
    let child = start(rt, None, |rt| {
        let (queue, _) = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap();
        let _entry = registry.add(queue).unwrap();
        rt.push(queue, 1, b"lost").unwrap();
        tell.write_all(&queue.id().to_ne_bytes()).unwrap();
        end.pass();
    });
    let mut id = [0; 4];
    told.read_exact(&mut id).unwrap();
    (Private(Queue::of_number(i32::from_ne_bytes(id))), child)
}

fn a_queue_without_a_key_is_abandoned_when_its_maker_is_gone() {
    let (folder, mut rt, end) = (Folder::new("gone"), Runtime::default(), Gate::new());
    let registry = folder.registry();
    assert_eq!(registry.abandoned(true), Ok(vec![]));
    let (queue, child) = maker(&mut rt, &registry, &end);
    assert_eq!(registry.abandoned(true), Ok(vec![]));
    end.open();
    reap(&mut rt, child);
    let id = queue.0.id();
    let found = Abandoned { id, maker: child, messages: 1, bytes: 4, removed: Ok(false) };
    assert_eq!(registry.abandoned(false), Ok(vec![found]));
    assert_eq!(registry.abandoned(true), Ok(vec![Abandoned { removed: Ok(true), ..found }]));
    assert_eq!(queue.0.status(), Err(Errno::EINVAL));
    assert_eq!((registry.abandoned(true), folder.files()), (Ok(vec![]), vec![]));
}

fn a_queue_that_a_forked_process_holds_is_not_abandoned() {
    let (folder, mut rt) = (Folder::new("held"), Runtime::default());
    let (registry, ready, end) = (folder.registry(), Gate::new(), Gate::new());
    let heir = start(&mut rt, None, |rt| {
        let (queue, _) = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap();
        let entry = registry.add(queue).unwrap();
        // As a daemon does: the maker exits, and the process that it has forked goes on.
        if rt.fork(Child::Daemon).unwrap() == Forked::Child {
            ready.open();
            end.pass();
            queue.remove().unwrap();
            entry.remove().unwrap();
            ready.open();
            process::exit_now(0);
        }
    });
    ready.pass();
    reap(&mut rt, heir);
    assert_eq!((registry.abandoned(true), folder.files().len()), (Ok(vec![]), 1));
    end.open();
    ready.pass();
    assert_eq!(folder.files(), Vec::<String>::new());
}

fn a_queue_that_is_not_the_registered_one_stays() {
    let (folder, mut rt, end) = (Folder::new("other"), Runtime::default(), Gate::new());
    let registry = folder.registry();
    let (queue, child) = maker(&mut rt, &registry, &end);
    end.open();
    reap(&mut rt, child);
    // The system may give the number to another queue, which was made or changed at another time.
    let [name] = folder.files().try_into().unwrap();
    let file = fs::File::open(format!("{}/{name}", folder.0)).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    file.set_modified(time + Duration::from_secs(1)).unwrap();
    assert_eq!(registry.abandoned(true), Ok(vec![]));
    file.set_modified(time).unwrap();
    assert_eq!(registry.abandoned(false).unwrap().len(), 1);
    drop(file);

    // One with a key is never taken for abandoned.
    let key = 0x5352_0000 ^ process::pid();
    let keyed = Private(Queue::open(key, Take::Any, Wait::Never, None).unwrap().0);
    let (space, _) = name.split_once('-').unwrap();
    let path = |space: &str, id: i32| format!("{}/{space}-{id}-{child}-0", folder.0);
    for (space, id) in [(space, keyed.0.id()), ("1", queue.0.id()), ("garbage", 1)] {
        let changed = u64::try_from(keyed.0.origin().unwrap().changed).unwrap() - 86_400;
        fs::File::create(path(space, id))
            .unwrap()
            .set_modified(UNIX_EPOCH + Duration::from_secs(changed))
            .unwrap();
    }
    let found = registry.abandoned(true).unwrap();
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [queue.0.id()]);
    assert!(keyed.0.status().is_ok() && folder.files().len() == 3);
}

fn a_changed_queue_stays_registered() {
    let (folder, mut rt, end) = (Folder::new("changed"), Runtime::default(), Gate::new());
    let registry = folder.registry();
    let (_queue, child) = maker(&mut rt, &registry, &end);
    end.open();
    reap(&mut rt, child);
    assert_eq!(registry.abandoned(false).unwrap().len(), 1);
    // The time of the file follows that of the queue.
    let (queue, _) = Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap();
    let queue = Private(queue);
    let entry = registry.add(queue.0).unwrap();
    let file = folder.files().into_iter().find(|name| name.contains(&format!("-{}-", queue.0.id()))).unwrap();
    let file = fs::File::open(format!("{}/{file}", folder.0)).unwrap();
    file.set_modified(UNIX_EPOCH).unwrap();
    queue.0.admit(Users::All).unwrap();
    entry.renew(queue.0).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    let time = i64::try_from(time.duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
    assert_eq!(time + 86_400, queue.0.origin().unwrap().changed);
}

fn files_of_queues_that_do_not_exist_are_removed() {
    let folder = Folder::new("stale");
    let registry = folder.registry();
    let queue = || Private(Queue::open(libc::IPC_PRIVATE, Take::Any, Wait::Never, None).unwrap().0);
    let first = queue();
    let entry = registry.add(first.0).unwrap();
    drop(first);
    assert_eq!(folder.files().len(), 1);
    let second = queue();
    let _second = registry.add(second.0).unwrap();
    assert_eq!(folder.files().len(), 1);
    assert_eq!(entry.remove(), Err(Errno::ENOENT));
    drop(second);
    assert_eq!((registry.abandoned(false), folder.files()), (Ok(vec![]), vec![]));
}

fn a_folder_that_others_may_change_is_not_used() {
    let queue = Private::new(Take::Any, None);
    let open = Folder::new("open");
    fs::create_dir(&open.0).unwrap();
    fs::set_permissions(&open.0, fs::Permissions::from_mode(0o770)).unwrap();
    let linked = Folder::new("linked");
    std::os::unix::fs::symlink(std::env::temp_dir(), &linked.0).unwrap();
    let file = Folder::new("file");
    fs::write(&file.0, "").unwrap();
    let nowhere = Folder(String::from("/no/such/folder"));
    for (folder, errno) in
        [(&open, Errno::EPERM), (&linked, Errno::ENOTDIR), (&file, Errno::ENOTDIR), (&nowhere, Errno::ENOENT)]
    {
        assert_eq!(folder.registry().add(queue.0).err(), Some(errno));
    }
    assert_eq!(open.registry().abandoned(true), Err(Errno::EPERM));
    assert_eq!(fs::read_dir(&open.0).unwrap().count(), 0);
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_pop_waits_for_a_message,
        a_pop_for_one_process_waits_for_a_message_of_that_process,
        a_push_waits_for_room,
        the_removal_of_the_queue_ends_all_waits,
        a_signal_ends_a_wait_even_when_its_handler_asks_for_a_restart,
        a_queue_outlives_the_process_that_made_it,
        a_queue_without_a_key_is_abandoned_when_its_maker_is_gone,
        a_queue_that_a_forked_process_holds_is_not_abandoned,
        a_queue_that_is_not_the_registered_one_stays,
        a_changed_queue_stays_registered,
        files_of_queues_that_do_not_exist_are_removed,
        a_folder_that_others_may_change_is_not_used,
    ])
}
