//! What the master of a pool does with templates: it forks them, and reports them to the script.

use super::master::{Master, describe_ending};
use super::state::Event;
use super::template;
use crate::os::process;
use crate::php::{log, outcome};
use crate::rt::core::child::Forked;
use crate::rt::pool::{TemplateEvent, TemplateFailure};
use crate::zend::arrays::NewArray;
use crate::zend::errors::Outcome;
use crate::zend::values::Owned;
use crate::zend::{globals, shutdown};
use std::time::Duration;

impl Master<'_> {
    /// Does what is to be done about templates. Returns whether that was anything.
    pub(super) fn look_after_templates(&mut self) -> Outcome<bool> {
        if !self.state.has(Event::TemplateStart) {
            return Ok(false);
        }
        let event = globals::with(|runtime| runtime.pools.next_template_event(self.state.token));
        match event {
            // Starts that were given up may have left something to do.
            None => return Ok(globals::with(|runtime| runtime.pools.has_actions(self.state.token))),
            Some(TemplateEvent::Boot) => self.boot()?,
            Some(TemplateEvent::Ready { pid, took }) => {
                self.call(Event::TemplateReady, Some([Owned::new(pid), Owned::new(took.as_secs_f64())]))?;
            }
            Some(TemplateEvent::Failed(failure)) => self.report_template(&failure)?,
        }
        Ok(true)
    }

    /// Forks a template. In the process of the template, or of a worker that it has forked, this returns the failure
    /// that ends the process.
    fn boot(&mut self) -> Outcome<()> {
        if !self.may_fork()? {
            globals::with(|runtime| runtime.pools.note_no_template(self.state.token));
            return Ok(());
        }
        match globals::with(|runtime| runtime.fork_template(self.state.token)) {
            Ok(Forked::Child) => {
                shutdown::put_aside();
                Err(template::run(self.this, self.state))
            }
            Ok(Forked::Parent { .. }) => self.after_fork(),
            Err(failed) => {
                let reason = outcome::describe(failed.call, failed.errno);
                log::warning(&format!("the template cannot be started: {reason}"));
                globals::with(|runtime| runtime.pools.note_no_template(self.state.token));
                self.after_fork()?;
                self.call_template_error(0, &reason, Duration::ZERO, false)
            }
        }
    }

    fn report_template(&mut self, failure: &TemplateFailure) -> Outcome<()> {
        // A signal to the whole group, or to all processes of a service, has reached it, too.
        if self.shuts_down {
            return Ok(());
        }
        let TemplateFailure { pid, ending, uptime, has_booted, is_late } = *failure;
        let reason =
            if is_late { "was killed, because it took too long".into() } else { describe_ending(ending) };
        let when = if has_booted { "" } else { ", before it had booted" };
        log::warning(&format!("the template (pid {pid}) {reason} after {:.3} s{when}", uptime.as_secs_f64()));
        self.call_template_error(pid, &reason, uptime, has_booted)
    }

    fn call_template_error(
        &mut self,
        pid: process::Pid,
        reason: &str,
        uptime: Duration,
        has_booted: bool,
    ) -> Outcome<()> {
        if !self.state.has(Event::TemplateError) {
            return Ok(());
        }
        let report = NewArray::with_capacity(3)
            .with("reason", reason)
            .with("uptime", uptime.as_secs_f64())
            .with("booted", has_booted);
        self.call(Event::TemplateError, Some([Owned::new(pid), Owned::new(report)]))
    }
}
