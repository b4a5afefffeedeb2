//! Children of this process that the loop reaps: their pipes must stop waiting for them.

use crate::os::Result;
use crate::os::process::{ExitReport, Pid};
use crate::rt::core::Core;
use crate::rt::core::event_loop::EventLoop;
use crate::rt::core::source::Source;
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::process::pipes::Pipes;
use std::time::Instant;

impl Pipes {
    /// Reaps an exited child, this one or any, without waiting. `Ok(None)` when the child still runs, `ECHILD` when
    /// there is no such child.
    pub fn take_child(&mut self, core: &mut Core, pid: Option<Pid>) -> Result<Option<ExitReport>> {
        let result = core.events.children.take(pid);
        self.note_ends(core);
        result
    }

    /// The next waiter whose child has exited.
    pub fn next_child_waiter(&mut self, core: &mut Core) -> Option<Waiter> {
        if !core.events.children.must_ask() {
            return None;
        }
        let waiter = core.events.children.next_told();
        self.note_ends(core);
        waiter
    }

    fn note_ends(&mut self, core: &mut Core) {
        for report in core.events.children.take_ended() {
            self.note_end_of(report);
        }
    }
}

/// A wait for a child, this one or any. Its result is `None` when the child still runs, `ECHILD` when other code has
/// reaped it.
#[derive(Clone, Copy, Debug)]
pub struct ChildWait(pub Option<Pid>);

impl Source for ChildWait {
    type Parts<'a> = (&'a mut Core, &'a mut Pipes);
    type Output = Option<Result<ExitReport>>;

    fn arm(&mut self, (core, _): Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        core.wait_for_child(self.0, waiter);
        Ok(Some(waiter))
    }

    fn disarm(
        self,
        (core, pipes): Self::Parts<'_>,
        waiter: Waiter,
        _wake: Wake,
    ) -> Option<Result<ExitReport>> {
        let EventLoop { reactor, children, .. } = &mut core.events;
        let result = children.end_wait(reactor, waiter);
        pipes.note_ends(core);
        result
    }
}

/// A wait for the end of a child. The code that waits reaps it afterwards.
#[derive(Clone, Copy, Debug)]
pub struct ChildEndWait(pub Pid);

impl Source for ChildEndWait {
    type Parts<'a> = &'a mut Core;
    type Output = ();

    fn arm(&mut self, core: &mut Core, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        core.wait_for_end(self.0, waiter);
        Ok(Some(waiter))
    }

    fn disarm(self, core: &mut Core, waiter: Waiter, _wake: Wake) {
        core.events.children.end_wait(&mut core.events.reactor, waiter);
    }
}
