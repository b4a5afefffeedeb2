//! Coroutines that wait for children of this process to exit.
//!
//! A child's status stays in the kernel until a waiter wants it, so this code takes no status that other code waits
//! for. A coroutine that waits for one child waits for its pidfd. A coroutine that waits for any child is woken by
//! SIGCHLD; before each wait of the loop, with signals blocked, the kernel is asked whether a child has exited already.
//! A child that a coroutine waits for by its pid is not given to one that waits for any.

use crate::os::process::{self, Child, ExitReport, Pid, Reaped};
use crate::os::{Errno, Result, pidfd, uninterrupted};
use crate::rt::core::reactor::Reactor;
use crate::rt::core::registrations::{Direction, Watch};
use crate::rt::core::wait::Waiter;

/// The waits, in the order in which they began.
#[derive(Debug, Default)]
pub struct Children {
    waits: Vec<Wait>,
    /// Reaped children, for parts other than the waiters.
    ended: Vec<ExitReport>,
}

#[derive(Debug)]
struct Wait {
    waiter: Waiter,
    /// The child; `None` for any.
    pid: Option<Pid>,
    /// The child's pidfd. Without one the kernel is asked in each turn.
    watch: Option<Watch>,
    /// Other code reaps it: the wait is only for its end, and waits for any child do not get it.
    keeps: bool,
    result: Option<Result<ExitReport>>,
    /// Whether its waiter is to be woken, or was.
    is_told: bool,
}

impl Wait {
    fn is_open_for(&self, pid: Option<Pid>) -> bool {
        self.result.is_none() && self.pid == pid && !self.keeps
    }
}

impl Children {
    /// Whether a waiter depends on polling, because no pidfd reports its child.
    #[inline]
    pub fn must_ask(&self) -> bool {
        !self.waits.is_empty() && self.must_ask_for_any()
    }

    fn must_ask_for_any(&self) -> bool {
        self.waits.iter().any(|wait| match wait.result {
            Some(_) => !wait.is_told,
            None => wait.watch.is_none(),
        })
    }

    /// Whether the loop has a waiter to wake.
    pub fn is_due(&self) -> bool {
        self.waits.iter().any(|wait| !wait.is_told && (wait.result.is_some() || has_news(wait)))
    }

    /// A coroutine begins to wait for this child, or for any.
    pub(super) fn wait(&mut self, reactor: &mut Reactor, pid: Option<Pid>, waiter: Waiter, keeps: bool) {
        // Without a pidfd, or room for it in epoll, the kernel is asked in each turn.
        let watch = pid.and_then(|pid| {
            let pidfd = pidfd::open(pid).ok()?;
            let watch = reactor.watch_own(pidfd).ok()?;
            reactor.registrations.wait(watch, Direction::Read, waiter);
            Some(watch)
        });
        self.waits.push(Wait { waiter, pid, watch, keeps, result: None, is_told: false });
    }

    /// Ends a wait and returns its result. `None` when the child still runs; `ECHILD` when other code has reaped it.
    pub(in crate::rt) fn end_wait(
        &mut self,
        reactor: &mut Reactor,
        waiter: Waiter,
    ) -> Option<Result<ExitReport>> {
        let index = self.waits.iter().position(|wait| wait.waiter == waiter)?;
        let wait = self.waits.remove(index);
        let mut result = wait.result;
        if let Some(watch) = wait.watch {
            if let (None, Some(pid), false) = (result, wait.pid, wait.keeps) {
                result = self.reap_behind(reactor, watch, pid);
            }
            reactor.unwatch(watch);
        }
        result
    }

    /// Reaps the child behind a pidfd, if it has exited.
    fn reap_behind(&mut self, reactor: &mut Reactor, watch: Watch, pid: Pid) -> Option<Result<ExitReport>> {
        let pidfd = reactor.registrations.own(watch)?;
        if wait_nowait(Child::Behind(pidfd)) == Ok(None) {
            return None;
        }
        let result = self.reap(Child::Behind(pidfd));
        self.give(Some(pid), result);
        Some(result)
    }

    /// Returns the children that were reaped since the last call.
    pub(in crate::rt) fn take_ended(&mut self) -> Vec<ExitReport> {
        std::mem::take(&mut self.ended)
    }

    /// The next waiter to wake.
    pub(in crate::rt) fn next_told(&mut self) -> Option<Waiter> {
        loop {
            if let Some(wait) = self.waits.iter_mut().find(|wait| wait.result.is_some() && !wait.is_told) {
                wait.is_told = true;
                return Some(wait.waiter);
            }
            let is_due = |wait: &Wait| wait.result.is_none() && has_news(wait);
            // First the waits whose waiters reap a child themselves: a wait for any child leaves that one to them.
            if let Some(wait) = self.waits.iter_mut().find(|wait| wait.keeps && is_due(wait)) {
                (wait.result, wait.is_told) = (Some(Err(Errno::ECHILD)), true);
                return Some(wait.waiter);
            }
            let wait = self.waits.iter().find(|wait| is_due(wait))?;
            let ended = match wait.pid {
                Some(pid) => Ok(Some(pid)),
                None => wait_nowait(Child::Any).map(|ended| ended.map(|ended| ended.pid)),
            };
            match ended {
                // The coroutine that reaps it has been woken, and runs soon.
                Ok(Some(pid)) if self.is_kept(pid) => return None,
                Ok(Some(pid)) => {
                    let result = self.reap(Child::Of(pid));
                    if !self.give(Some(pid), result) {
                        self.give_first(result);
                    }
                }
                Ok(None) => return None,
                // There are no children left.
                Err(errno) => {
                    self.give(None, Err(errno));
                }
            }
        }
    }

    /// Whether a waiter for this child reaps it itself.
    fn is_kept(&self, pid: Pid) -> bool {
        self.waits.iter().any(|wait| wait.keeps && wait.pid == Some(pid))
    }

    /// Gives a result to all waiters for this child; `None` stands for the waiters for any child. Returns whether there
    /// was one.
    fn give(&mut self, pid: Option<Pid>, result: Result<ExitReport>) -> bool {
        let mut given = false;
        for wait in self.waits.iter_mut().filter(|wait| wait.is_open_for(pid)) {
            wait.result = Some(result);
            given = true;
        }
        given
    }

    /// Gives a result to the first waiter for any child.
    fn give_first(&mut self, result: Result<ExitReport>) {
        if let Some(wait) = self.waits.iter_mut().find(|wait| wait.is_open_for(None)) {
            wait.result = Some(result);
        }
    }

    fn reap(&mut self, child: Child<'_>) -> Result<ExitReport> {
        let report = uninterrupted(|| process::take(child))?.ok_or(Errno::ECHILD)?;
        self.ended.push(report);
        Ok(report)
    }

    /// Reaps an exited child, unless a coroutine waits for it already. `ECHILD` when there is no such child.
    pub(in crate::rt) fn take(&mut self, pid: Option<Pid>) -> Result<Option<ExitReport>> {
        if let Some(pid) = pid {
            if wait_nowait(Child::Of(pid))?.is_none() {
                return Ok(None);
            }
            let result = self.reap(Child::Of(pid));
            self.give(Some(pid), result);
            return result.map(Some);
        }
        while !self.waits.iter().any(|wait| wait.is_open_for(None))
            && let Some(Reaped { pid, .. }) = wait_nowait(Child::Any)?
            && !self.is_kept(pid)
        {
            let result = self.reap(Child::Of(pid));
            if !self.give(Some(pid), result) {
                return result.map(Some);
            }
        }
        Ok(None)
    }
}

/// Whether the kernel has a result for this wait. Waits with a pidfd do not ask.
fn has_news(wait: &Wait) -> bool {
    let child = wait.pid.map_or(Child::Any, Child::Of);
    wait.watch.is_none() && wait_nowait(child) != Ok(None)
}

/// [`process::wait_nowait`], repeated when a signal interrupts it.
fn wait_nowait(child: Child<'_>) -> Result<Option<Reaped>> {
    uninterrupted(|| process::wait_nowait(child))
}
