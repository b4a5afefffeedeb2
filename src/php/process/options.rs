//! How a child starts: the options of `set()` and `command()`.

use super::option_values::{
    bad, descriptor, descriptors, environment, file, group, limits, number, path, text, user,
};
use crate::os::account::{self, Account};
use crate::os::{Errno, fd, file, setup, signal};
use crate::php::options::nearest;
use crate::php::outcome;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::process::setup::Setup;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::streams;
use crate::zend::values::{Owned, Value};
use std::ffi::CString;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::rc::Rc;

/// The names of all options.
const NAMES: &[&str] = &[
    "cgroup",
    "cwd",
    "death_signal",
    "descriptors",
    "enable_coroutine",
    "env",
    "group",
    "groups",
    "limits",
    "nice",
    "process_group",
    "session",
    "start_in_coroutine",
    "stderr",
    "stdin",
    "stdout",
    "title",
    "umask",
    "user",
];

/// The standard descriptors, by number.
const STANDARD: [&str; 3] = ["stdin", "stdout", "stderr"];

/// Where a standard descriptor of a child leads.
enum Target {
    Inherit,
    Null,
    Pipe,
    /// Of standard error: where standard output leads.
    Output,
    File(CString, Vec<u8>),
    /// A stream, a socket, or a number.
    Handle(Owned),
}

impl Clone for Target {
    fn clone(&self) -> Target {
        match self {
            Target::Inherit => Target::Inherit,
            Target::Null => Target::Null,
            Target::Pipe => Target::Pipe,
            Target::Output => Target::Output,
            Target::File(path, mode) => Target::File(path.clone(), mode.clone()),
            Target::Handle(handle) => Target::Handle(handle.share()),
        }
    }
}

/// The options of one object.
#[derive(Default)]
pub(super) struct Options {
    pub(super) setup: Setup,
    pub(super) title: Option<Owned>,
    /// Whether `start()` may be called in a coroutine.
    pub(super) in_coroutine: Option<bool>,
    standard: [Option<Target>; 3],
    descriptors: Vec<(RawFd, Owned)>,
}

/// Descriptors for a child.
#[derive(Default)]
pub(super) struct ChildDescriptors {
    /// A number here, and the number that the child has for it.
    pub(super) places: Vec<(RawFd, RawFd)>,
    /// Our ends of its pipes.
    pub(super) ends: [Option<OwnedFd>; 3],
    files: Vec<OwnedFd>,
}

/// The failure for an unknown option. `None` for a name that is like none of ours.
pub(super) fn unknown(name: &[u8]) -> Result<(), Failure> {
    let name: String = String::from_utf8_lossy(name).chars().take(64).collect();
    match nearest(&name, NAMES) {
        Some(nearest) => Err(outcome::invalid(format!(
            "unknown option {}, the nearest name is {nearest}",
            name.escape_debug()
        ))),
        None => Ok(()),
    }
}

impl Options {
    pub(super) fn visit(&self, visitor: &mut Visitor) {
        for handle in self.title.iter().chain(self.descriptors.iter().map(|(_, handle)| handle)) {
            handle.visit(visitor);
        }
        for target in self.standard.iter().flatten() {
            if let Target::Handle(handle) = target {
                handle.visit(visitor);
            }
        }
    }

    /// Whether anything is chosen.
    pub(super) fn is_any(&self) -> bool {
        self.setup != Setup::default()
            || self.title.is_some()
            || self.in_coroutine.is_some()
            || self.has_standard()
    }

    /// These options, and what the older ones have besides.
    pub(super) fn newer(self, older: Option<Rc<Options>>) -> Options {
        let Some(older) = older else { return self };
        let (new, old) = (self.setup, &older.setup);
        let setup = Setup {
            cgroup: new.cgroup.or_else(|| old.cgroup.clone()),
            limits: if new.limits.is_empty() { old.limits.clone() } else { new.limits },
            nice: new.nice.or(old.nice),
            session: new.session || old.session,
            process_group: new.process_group.or(old.process_group),
            umask: new.umask.or(old.umask),
            groups: new.groups.or_else(|| old.groups.clone()),
            group: new.group.or(old.group),
            user: new.user.or(old.user),
            folder: new.folder.or_else(|| old.folder.clone()),
            environment: new.environment.or_else(|| old.environment.clone()),
            death_signal: new.death_signal.or(old.death_signal),
        };
        let mut standard = self.standard;
        for (new, old) in standard.iter_mut().zip(&older.standard) {
            if new.is_none() {
                *new = old.clone();
            }
        }
        let title = self.title.or_else(|| older.title.as_ref().map(Owned::share));
        let in_coroutine = self.in_coroutine.or(older.in_coroutine);
        Options { setup, title, in_coroutine, standard, descriptors: self.descriptors }
    }

    /// Whether a standard descriptor of the child is chosen.
    pub(super) fn has_standard(&self) -> bool {
        self.standard.iter().any(Option::is_some)
    }

    /// Reads all options. `variables` are those of the environment, converted, as conversions may run PHP code. Unknown
    /// names are left to `other`.
    pub(super) fn read(
        given: Array<'_>,
        variables: Option<&NewArray>,
        other: impl Fn(&[u8]) -> Outcome<()>,
    ) -> Outcome<Options> {
        let mut options = Options::default();
        options.setup.environment = variables.map(environment).transpose()?;
        let mut account = None;
        for (key, value) in given.iter() {
            // A number is no name.
            let key = key.unwrap_or_default();
            if value.is_null() {
                continue;
            }
            match key {
                b"enable_coroutine" | b"env" => {}
                b"user" => account = Some(user(value)?),
                b"group" => options.setup.group = Some(group("group", value)?),
                b"start_in_coroutine" => {
                    let allowed =
                        value.as_bool().ok_or_else(|| bad("start_in_coroutine", "a bool", value))?;
                    options.in_coroutine = Some(allowed);
                }
                b"title" => {
                    text("title", value)?;
                    options.title = Some(Owned::of(value));
                }
                b"descriptors" => options.descriptors = descriptors(value)?,
                _ if options.read_setup(key, value)? || options.read_standard(key, value)? => {}
                key => other(key)?,
            }
        }
        options.become_user(account)?;
        if options.setup.session && options.setup.process_group.is_some() {
            return Err(outcome::invalid("the options session and process_group exclude each other"));
        }
        Ok(options)
    }

    /// A user has its own groups, unless others are given.
    fn become_user(&mut self, account: Option<(u32, Option<Account>)>) -> Outcome<()> {
        let Some((number, account)) = account else { return Ok(()) };
        self.setup.user = Some(number);
        if let Some(account) = account {
            let group = *self.setup.group.get_or_insert(account.group);
            if self.setup.groups.is_none() {
                let groups = account::groups_of(&account, group);
                self.setup.groups =
                    Some(groups.map_err(|errno| outcome::exception("getgrouplist()", errno))?);
            }
        }
        Ok(())
    }

    fn read_setup(&mut self, key: &[u8], value: Value<'_>) -> Outcome<bool> {
        let setup = &mut self.setup;
        match key {
            b"cwd" => setup.folder = Some(path("cwd", value)?),
            b"groups" => {
                let list =
                    Array::of(value).ok_or_else(|| bad("groups", "an array of names and numbers", value))?;
                let numbers: Outcome<Vec<u32>> =
                    list.iter().map(|(_, value)| group("groups", value)).collect();
                setup.groups = Some(numbers?);
            }
            b"umask" => {
                let expected = "an integer from 0 to 0777";
                setup.umask = Some(number("umask", expected, value, 0, 0o777)?);
            }
            b"nice" => setup.nice = Some(number("nice", "an integer from -20 to 19", value, -20, 19)?),
            b"limits" => setup.limits = limits(value)?,
            b"process_group" => {
                let own = value.as_bool();
                setup.process_group = match own {
                    Some(own) => own.then_some(0),
                    None => {
                        let expected = "true, or the number of a process group";
                        Some(number("process_group", expected, value, 0, i64::from(i32::MAX))?)
                    }
                };
            }
            b"session" => {
                setup.session = value.as_bool().ok_or_else(|| bad("session", "a bool", value))?;
            }
            b"death_signal" => {
                let signal =
                    number("death_signal", "the number of a signal", value, 1, i64::from(signal::HIGHEST))?;
                setup.death_signal = Some(signal);
            }
            b"cgroup" => {
                let folder = path("cgroup", value)?.join("cgroup.procs");
                let list = CString::new(folder.into_os_string().into_encoded_bytes());
                setup.cgroup = Some(list.map_err(|_| bad("cgroup", "the folder of a control group", value))?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn read_standard(&mut self, key: &[u8], value: Value<'_>) -> Outcome<bool> {
        let Some(which) = STANDARD.iter().position(|name| name.as_bytes() == key) else { return Ok(false) };
        let name = STANDARD.get(which).copied().unwrap_or_default();
        let expected = "'pipe', 'null', 'inherit', a path, ['file', path, mode], or a stream";
        let refused = || bad(name, expected, value);
        let target = if let Some(text) = value.as_bytes() {
            match text {
                b"inherit" => Some(Target::Inherit),
                b"null" => Some(Target::Null),
                b"pipe" => Some(Target::Pipe),
                b"stdout" if which == 2 => Some(Target::Output),
                b"" => return Err(refused()),
                _ => Some(Target::File(file(name, value)?, if which == 0 { b"r" } else { b"w" }.to_vec())),
            }
        } else if let Some(parts) = Array::of(value) {
            let part = |index| parts.iter().nth(index).map(|(_, part)| part);
            let (Some(b"file"), Some(path), Some(mode), 3) =
                (part(0).and_then(Value::as_bytes), part(1), part(2).and_then(Value::as_bytes), parts.len())
            else {
                return Err(refused());
            };
            if !matches!(mode, b"r" | b"w" | b"a" | b"r+") {
                return Err(outcome::invalid(format!("the mode of {name} must be r, w, a or r+")));
            }
            Some(Target::File(file(name, path)?, mode.to_vec()))
        } else if value.is_resource() || value.is_object() || value.as_int().is_some() {
            descriptor(value).ok_or_else(refused)?;
            Some(Target::Handle(Owned::of(value)))
        } else {
            return Err(refused());
        };
        if let Some(place) = self.standard.get_mut(which) {
            *place = target;
        }
        Ok(true)
    }

    /// A number above all that the child has chosen.
    pub(super) fn above(&self) -> RawFd {
        self.descriptors.iter().map(|(target, _)| target + 1).max().unwrap_or(3)
    }

    /// Opens what a child gets. An error has the name of the option.
    pub(super) fn open(&self) -> Result<ChildDescriptors, (SyscallError, &'static str)> {
        let mut opened = ChildDescriptors::default();
        for ((which, target), name) in (0..).zip(&self.standard).zip(STANDARD) {
            let failed = |call| move |errno| (SyscallError { call, errno }, name);
            let source = match target {
                None | Some(Target::Inherit) => continue,
                Some(Target::Null) => opened.keep(fd::dev_null().map_err(failed("open()"))?),
                Some(Target::File(path, mode)) => {
                    opened.keep(setup::open(path, mode).map_err(failed("open()"))?)
                }
                Some(Target::Handle(handle)) => {
                    streams::descriptor(handle.as_value()).ok_or_else(|| failed("dup2()")(Errno::EBADF))?
                }
                Some(Target::Output) => {
                    let output = opened.places.iter().find(|(_, target)| *target == 1);
                    output.map_or(1, |(source, _)| *source)
                }
                Some(Target::Pipe) => {
                    let (from, to) = file::blocking_pipe().map_err(failed("pipe()"))?;
                    let (ours, theirs) = if which == 0 { (to, from) } else { (from, to) };
                    if let Some(end) = opened.ends.get_mut(usize::try_from(which).unwrap_or(0)) {
                        *end = Some(ours);
                    }
                    opened.keep(theirs)
                }
            };
            opened.places.push((source, which));
        }
        for (target, handle) in &self.descriptors {
            let closed = (SyscallError { call: "dup2()", errno: Errno::EBADF }, "descriptors");
            let source = streams::descriptor(handle.as_value()).ok_or(closed)?;
            opened.places.push((source, *target));
        }
        Ok(opened)
    }
}

impl ChildDescriptors {
    /// Our ends of the child's pipes; the rest is closed.
    pub(super) fn into_ends(self) -> [Option<OwnedFd>; 3] {
        self.ends
    }

    fn keep(&mut self, fd: OwnedFd) -> RawFd {
        let number = fd.as_raw_fd();
        self.files.push(fd);
        number
    }
}

/// Converts the variables of the environment, which may run PHP code: nothing of ours may be on the heap.
pub(super) fn convert_environment(given: Array<'_>) -> Outcome<Option<NewArray>> {
    match given.get("env").filter(|value| !value.is_null()) {
        None => Ok(None),
        Some(value) => {
            let variables = Array::of(value).ok_or_else(|| bad("env", "an array", value))?;
            variables.convert(Value::to_text).map(Some).ok_or(Failure::Thrown)
        }
    }
}
