//! Pools whose workers are forked from a template: what the master does, and what the template does.

use super::plan::NewWorker;
use super::state::{Membership, Pools};
use super::template::{Request, StartReport, Template, TemplateEvent, Templates, introduce};
use crate::os::process::{self, ChildState, Pid};
use crate::os::{Errno, Result};
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::supervisor::{Ending, Event};
use std::os::fd::OwnedFd;

impl Pools {
    fn templates(&mut self, token: PoolToken) -> Option<&mut Templates> {
        self.master(token).map(|master| &mut master.templates)
    }

    /// In the master: requests a worker from a template, in answer to `Action::Start`.
    pub fn start_from_template(&mut self, token: PoolToken, new: NewWorker) {
        let restarts = self.note_fork(token, new.number);
        if let Some(templates) = self.templates(token) {
            templates.start(new, restarts);
        }
    }

    /// In the master: requests another template. If it comes up, it takes over, and then, if `reloads`, all workers are
    /// replaced.
    pub fn renew_template(&mut self, token: PoolToken, reloads: bool) {
        if let Some(templates) = self.templates(token) {
            templates.renew(reloads);
        }
    }

    /// What the master has to do about templates. Also requests the next worker.
    pub fn next_template_event(&mut self, token: PoolToken) -> Option<TemplateEvent> {
        self.look_at_templates(token);
        let is_stopping = self.master(token)?.is_stopping();
        self.templates(token)?.next_event(is_stopping)
    }

    /// In the master: whether the supervisor has given it something to do.
    pub fn has_actions(&mut self, token: PoolToken) -> bool {
        self.master(token).is_some_and(|master| !master.actions.is_empty())
    }

    /// In the master: no template could be forked.
    pub fn note_no_template(&mut self, token: PoolToken) {
        let reports = self.templates(token).map(Templates::not_forked);
        self.pass_on(token, reports.unwrap_or_default());
    }

    /// In the master: sees which templates other code has reaped, and what templates and new workers have sent.
    pub(super) fn look_at_templates(&mut self, token: PoolToken) {
        self.note_lost_templates(token);
        let Some(master) = self.master(token) else { return };
        let is_stopping = master.is_stopping();
        let reports = master.templates.look(is_stopping, now());
        self.pass_on(token, reports);
    }

    /// A child of the master has ended. Whether it was a template.
    pub(super) fn note_end_of_template(&mut self, token: PoolToken, pid: Pid, ending: Ending) -> bool {
        let reports = self.templates(token).and_then(|templates| templates.note_end(pid, ending, now()));
        let was_one = reports.is_some();
        self.pass_on(token, reports.unwrap_or_default());
        was_one
    }

    /// Finds templates that other code has reaped.
    fn note_lost_templates(&mut self, token: PoolToken) {
        for pid in self.templates(token).map(|templates| templates.pids()).unwrap_or_default() {
            if process::kinship(pid) == Ok(ChildState::NonMember) {
                self.note_end_of_template(token, pid, Ending::Code(0));
            }
        }
    }

    fn pass_on(&mut self, token: PoolToken, reports: Vec<StartReport>) {
        for report in reports {
            match report {
                StartReport::Started { new, restarts, pid } => {
                    self.note_forked(token, new, pid, restarts);
                    self.tell_master(token, Event::Started { worker: new.number, pid });
                }
                StartReport::NotStarted { worker } => self.tell_master(token, Event::NotStarted { worker }),
                StartReport::Reload => self.tell_master(token, Event::Reload),
            }
        }
    }

    /// In the master, before it forks a template. Returns the ends of their socket pair: the master's, the template's.
    pub(in crate::rt) fn prepare_template(
        &mut self,
        token: PoolToken,
    ) -> std::result::Result<(OwnedFd, OwnedFd), SyscallError> {
        self.templates(token).ok_or(Errno::ESRCH).map_err(SyscallError::of("fork()"))?.prepare()
    }

    /// In the master: `pid` is the template.
    pub(in crate::rt) fn note_template(&mut self, token: PoolToken, pid: Pid, socket: OwnedFd) {
        if let Some(templates) = self.templates(token) {
            templates.forked(pid, socket, now());
        }
    }

    /// In a template that was just forked.
    pub(in crate::rt) fn become_template(&mut self, token: PoolToken, socket: OwnedFd) -> Result<()> {
        let Some(run) = self.run(token) else { return Ok(()) };
        run.member = Membership::Template(Box::new(Template::new(socket, run.master.pid())?));
        Ok(())
    }

    fn template(&mut self, token: PoolToken) -> Option<&mut Template> {
        match &mut self.run(token)?.member {
            Membership::Template(template) => Some(template),
            Membership::Master(_) | Membership::Worker(_) | Membership::NonMember => None,
        }
    }

    /// Whether this process is a template of the pool.
    pub fn is_template(&mut self, token: PoolToken) -> bool {
        self.template(token).is_some()
    }

    /// In a template: it has booted. Fails when the master has exited.
    pub fn template_is_ready(&mut self, token: PoolToken) -> Result<()> {
        self.template(token).map_or(Ok(()), |template| template.ready())
    }

    /// In a template: waits until a worker is to be forked. False when the template is to end.
    pub fn next_start(&mut self, token: PoolToken) -> Result<bool> {
        self.template(token).map_or(Ok(false), Template::next)
    }

    /// In a template: the worker to fork, and the descriptor by which it introduces itself.
    pub(in crate::rt) fn take_start(
        &mut self,
        token: PoolToken,
    ) -> std::result::Result<(Request, OwnedFd), SyscallError> {
        let requested = self.template(token).and_then(Template::take);
        requested.ok_or(Errno::ESRCH).map_err(SyscallError::of("fork()"))
    }

    /// In a worker of a template: waits until the master knows it. A worker that the master does not know exits.
    pub(in crate::rt) fn introduce_worker(channel: &OwnedFd) {
        if !introduce(channel) {
            process::exit_now(1);
        }
    }
}
