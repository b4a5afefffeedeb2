//! Waits until one of several descriptors is ready, for stream_select().

use crate::os::epoll::Interest;
use crate::os::{Errno, Result, fd};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::SelectionToken;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::source::Source;
use crate::rt::core::wait::{Waiter, Wake};
use slotmap::SlotMap;
use std::os::fd::RawFd;
use std::time::Instant;

/// The sets of descriptors from which coroutines select.
#[derive(Debug, Default)]
pub struct Selections {
    all: SlotMap<SelectionToken, Selection>,
}

#[derive(Debug, Default)]
struct Selection {
    of: Vec<Selected>,
    waiter: Option<Waiter>,
}

#[derive(Debug)]
struct Selected {
    fd: RawFd,
    interest: Interest,
    watch: Option<Watch>,
}

impl Selections {
    /// A new selection, without descriptors.
    pub fn open(&mut self) -> SelectionToken {
        self.all.insert(Selection::default())
    }

    /// Adds a descriptor.
    pub fn add(&mut self, token: SelectionToken, fd: RawFd, interest: Interest) {
        let Some(selection) = self.all.get_mut(token) else { return };
        match selection.of.iter_mut().find(|selected| selected.fd == fd) {
            Some(selected) => selected.interest |= interest,
            None => selection.of.push(Selected { fd, interest, watch: None }),
        }
    }

    /// Whether the selection has no descriptors.
    pub fn is_empty(&self, token: SelectionToken) -> bool {
        self.all.get(token).is_none_or(|selection| selection.of.is_empty())
    }

    /// Whether one of them is ready. A descriptor that cannot be checked counts as ready.
    pub fn is_ready(&self, token: SelectionToken) -> bool {
        let is_ready = |selected: &Selected| {
            !fd::readiness(selected.fd, selected.interest).is_ok_and(|ready| ready.is_empty())
        };
        self.all.get(token).is_none_or(|selection| selection.of.iter().any(is_ready))
    }

    /// Before a descriptor is closed: wakes the coroutines that select from it, so that they check again afterwards.
    pub fn note_close(&mut self, core: &mut Core, fd: RawFd) {
        for selection in self.all.values() {
            if let Some(waiter) = selection.waiter
                && selection.of.iter().any(|selected| selected.fd == fd)
            {
                core.wake_later(waiter, Wake::Ready);
            }
        }
    }

    /// Wakes the coroutine that waits in this selection, so that it checks again.
    pub fn wake(&self, core: &mut Core, token: SelectionToken) {
        if let Some(waiter) = self.all.get(token).and_then(|selection| selection.waiter) {
            core.wake_later(waiter, Wake::Ready);
        }
    }

    /// Removes a selection.
    pub fn close(&mut self, token: SelectionToken) {
        self.all.remove(token);
    }
}

/// A wait until one descriptor of a selection is ready, if none is ready yet. So no plain file is among them: the
/// kernel cannot watch these, but they are always ready.
#[derive(Clone, Copy, Debug)]
pub struct SelectionWait(pub SelectionToken);

impl Source for SelectionWait {
    type Parts<'a> = (&'a mut Core, &'a mut Selections);
    type Output = ();

    fn arm(&mut self, parts: Self::Parts<'_>, deadline: Option<Instant>) -> Result<Option<Waiter>> {
        let (core, selections) = parts;
        let selection = selections.all.get_mut(self.0).ok_or(Errno::EBADF)?;
        for selected in &mut selection.of {
            match core.events.reactor.watch_once_for(selected.fd, selected.interest) {
                Ok(watch) => selected.watch = Some(watch),
                Err(errno) => {
                    forget(core, selection);
                    return Err(errno);
                }
            }
        }
        let waiter = match core.begin_until(deadline) {
            Ok(waiter) => waiter,
            Err(errno) => {
                forget(core, selection);
                return Err(errno);
            }
        };
        selection.waiter = Some(waiter);
        let registrations = &mut core.events.reactor.registrations;
        for Selected { interest, watch, .. } in &selection.of {
            let Some(watch) = *watch else { continue };
            if interest.intersects(Interest::READ | Interest::URGENT) {
                registrations.wait(watch, Direction::Read, waiter);
            }
            if interest.contains(Interest::WRITE) {
                registrations.wait(watch, Direction::Write, waiter);
            }
        }
        Ok(Some(waiter))
    }

    fn disarm(self, parts: Self::Parts<'_>, _waiter: Waiter, _wake: Wake) {
        let (core, selections) = parts;
        if let Some(selection) = selections.all.get_mut(self.0) {
            forget(core, selection);
        }
    }
}

fn forget(core: &mut Core, selection: &mut Selection) {
    selection.waiter = None;
    for watch in selection.of.iter_mut().filter_map(|selected| selected.watch.take()) {
        core.events.reactor.unwatch(watch);
    }
}

impl Part for Selections {
    /// The coroutines that select belong to the parent. The coroutine that forks does not select.
    #[cold]
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            self.all.clear();
        }
    }
}
