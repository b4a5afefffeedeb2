//! Children of this process that are reaped by the loop: the pipes to them must not wait for them any more.

use crate::os::Result;
use crate::os::process::{Pid, Reaped};
use crate::rt::core::Core;
use crate::rt::core::event_loop::EventLoop;
use crate::rt::core::source::Source;
use crate::rt::core::wait::{Waiter, Wake};
use crate::rt::process::pipes::Pipes;
use std::time::Instant;

impl Pipes {
    /// Reaps a child that has ended, this one or any, at once. `Ok(None)` when one is to be waited for, `ECHILD` when
    /// there is no such child.
    pub fn take_child(&mut self, core: &mut Core, pid: Option<Pid>) -> Result<Option<Reaped>> {
        let result = core.events.children.take(pid);
        self.note_ends(core);
        result
    }

    /// The next one whose child has ended, to be woken.
    pub fn next_child_waiter(&mut self, core: &mut Core) -> Option<Waiter> {
        if !core.events.children.must_ask() {
            return None;
        }
        let waiter = core.events.children.next_told();
        self.note_ends(core);
        waiter
    }

    fn note_ends(&mut self, core: &mut Core) {
        for pid in core.events.children.take_ended() {
            self.note_end_of(pid);
        }
    }
}

/// A wait for a child, this one or any: what has come of it. `None` when the child still runs; `ECHILD` when somebody else
/// has reaped it.
#[derive(Clone, Copy, Debug)]
pub struct ChildWait(pub Option<Pid>);

impl Source for ChildWait {
    type Parts<'a> = (&'a mut Core, &'a mut Pipes);
    type Output = Option<Result<Reaped>>;

    fn arm(&mut self, (core, _): Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let waiter = core.begin_until(deadline)?;
        core.wait_for_child(self.0, waiter);
        Ok(Some(waiter))
    }

    fn disarm(self, (core, pipes): Self::Parts<'_>, waiter: Waiter, _wake: Wake) -> Option<Result<Reaped>> {
        let EventLoop { reactor, children, .. } = &mut core.events;
        let result = children.end_wait(reactor, waiter);
        pipes.note_ends(core);
        result
    }
}
