//! How a child starts: what it changes about itself before its code runs, and how a change that fails comes back to the
//! parent.

use crate::os::process::{self, Pid};
use crate::os::setup::{self, Limit};
use crate::os::{Errno, Result, death_signal, fd, file, scheduling, uninterrupted};
use std::ffi::CString;
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::path::PathBuf;

/// What a child changes about itself. `None`, and an empty list, leave it as the parent has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// The list of processes of a control group.
    pub cgroup: Option<CString>,
    /// Resource limits.
    pub limits: Vec<Limit>,
    /// The nice value.
    pub nice: Option<i32>,
    /// Whether it has a session of its own.
    pub session: bool,
    /// The process group; 0 for one of its own.
    pub process_group: Option<Pid>,
    /// The umask.
    pub umask: Option<u32>,
    /// The supplementary groups.
    pub groups: Option<Vec<u32>>,
    /// The group.
    pub group: Option<u32>,
    /// The user.
    pub user: Option<u32>,
    /// The working directory.
    pub folder: Option<PathBuf>,
    /// The whole environment.
    pub environment: Option<Vec<(CString, CString)>>,
    /// The signal at the exit of the parent.
    pub death_signal: Option<i32>,
}

/// The steps, by the names of their options. `exec` is not an option, but fails like one.
const STEPS: [&str; 12] = [
    "descriptors",
    "cgroup",
    "limits",
    "nice",
    "session",
    "process_group",
    "groups",
    "group",
    "user",
    "cwd",
    "env",
    "death_signal",
];

/// The step of the program itself.
const EXEC: u8 = u8::MAX;

/// A step that failed in the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The option. `None` for the program itself.
    pub option: Option<&'static str>,
    /// Why.
    pub errno: Errno,
}

impl Refusal {
    /// The program could not be executed.
    pub fn of_program(errno: Errno) -> Refusal {
        Refusal { option: None, errno }
    }

    /// The working directory could not be entered.
    pub fn of_folder(errno: Errno) -> Refusal {
        Refusal::of("cwd")(errno)
    }

    fn of(option: &'static str) -> impl Fn(Errno) -> Refusal {
        move |errno| Refusal { option: Some(option), errno }
    }

    fn encode(self) -> [u8; LENGTH] {
        let step = self.option.and_then(|option| STEPS.iter().position(|step| *step == option));
        let step = step.and_then(|step| u8::try_from(step).ok()).unwrap_or(EXEC);
        let [a, b, c, d] = (self.errno as i32).to_ne_bytes();
        [step, a, b, c, d]
    }

    fn decode([step, a, b, c, d]: [u8; LENGTH]) -> Refusal {
        let errno = Errno::from_raw(i32::from_ne_bytes([a, b, c, d]));
        Refusal { option: STEPS.get(usize::from(step)).copied(), errno }
    }
}

/// The bytes of a refusal.
const LENGTH: usize = 5;

impl Setup {
    /// In the child: makes all changes but that of the environment, descriptors first. Privileges go after what needs
    /// them. Allocates no memory, except for a folder of more than a thousand bytes.
    pub fn apply(&self, parent: Pid, places: &mut [(RawFd, RawFd)]) -> std::result::Result<(), Refusal> {
        setup::place(places).map_err(Refusal::of("descriptors"))?;
        if let Some(list) = &self.cgroup {
            setup::join_cgroup(list).map_err(Refusal::of("cgroup"))?;
        }
        for limit in &self.limits {
            limit.set().map_err(Refusal::of("limits"))?;
        }
        if let Some(nice) = self.nice {
            scheduling::set_priority(0, 0, nice).map_err(Refusal::of("nice"))?;
        }
        if self.session {
            process::new_session().map_err(Refusal::of("session"))?;
        }
        if let Some(group) = self.process_group {
            setup::join_group(group).map_err(Refusal::of("process_group"))?;
        }
        if let Some(umask) = self.umask {
            setup::set_umask(umask);
        }
        if let Some(groups) = &self.groups {
            setup::set_groups(groups).map_err(Refusal::of("groups"))?;
        }
        if let Some(group) = self.group {
            setup::set_group(group).map_err(Refusal::of("group"))?;
        }
        if let Some(user) = self.user {
            setup::set_user(user).map_err(Refusal::of("user"))?;
        }
        if let Some(folder) = &self.folder {
            process::enter_folder(folder).map_err(Refusal::of("cwd"))?;
        }
        // The kernel forgets it when the user changes.
        if let Some(signal) = self.death_signal {
            death_signal::set_for(parent, signal).map_err(Refusal::of("death_signal"))?;
        }
        Ok(())
    }

    /// In a child that continues the script: makes the change of the environment.
    pub fn replace_environment(&self) -> std::result::Result<(), Refusal> {
        let variables = self.environment.as_deref();
        variables.map_or(Ok(()), setup::replace_environment).map_err(Refusal::of("env"))
    }
}

/// Through which the parent hears that the child is ready, or why not.
#[derive(Debug)]
pub struct Report {
    from: OwnedFd,
    to: OwnedFd,
}

impl Report {
    /// Before the fork. The child's end has a number of at least `above`.
    pub fn new(above: RawFd) -> Result<Report> {
        let (from, to) = file::blocking_pipe()?;
        Ok(Report { from, to: setup::at_least(to, above)? })
    }

    /// In the child: tells why it exits. A child that is ready closes the report, or executes a program.
    pub fn refuse(&self, refusal: Refusal) {
        let bytes = refusal.encode();
        // Fewer bytes than a pipe takes at once. Without a parent nobody needs to know.
        while fd::write(self.to.as_fd(), &bytes) == Err(Errno::EINTR) {}
    }

    /// The number of the child's end, which has to stay open until the program runs.
    pub fn number(&self) -> RawFd {
        fd::number(&self.to)
    }

    /// In the parent: waits until the child is ready.
    pub fn wait(self) -> Result<Option<Refusal>> {
        drop(self.to);
        let mut bytes = [0; LENGTH];
        let count = uninterrupted(|| file::read(self.from.as_fd(), &mut bytes))?;
        // A child that was killed tells nothing: its exit status does.
        Ok((count == LENGTH).then(|| Refusal::decode(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_survives_the_pipe() {
        for option in STEPS.iter().copied().map(Some).chain([None]) {
            let refusal = Refusal { option, errno: Errno::EPERM };
            assert_eq!(Refusal::decode(refusal.encode()), refusal);
            let report = Report::new(3).unwrap();
            report.refuse(refusal);
            assert_eq!(report.wait(), Ok(Some(refusal)));
        }
        assert_eq!(Report::new(3).unwrap().wait(), Ok(None));
    }
}
