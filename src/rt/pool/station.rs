//! A worker at its station: what a transport sees of it while it waits for a message.

use super::in_flight::InFlight;
use super::inbox::Inbox;
use super::scoreboard::Scoreboard;
use super::waits::{Alerts, RecvError};
use super::worker::{Directive, Worker};
use crate::os::signal;
use crate::rt::core::Core;
use crate::rt::core::clock::now;
use crate::rt::core::event_loop::Wants;
use std::time::{Duration, Instant};

/// A worker, and what it works with.
pub(super) struct Station<'a> {
    pub(super) worker: &'a mut Worker,
    pub(super) board: &'a Scoreboard,
    /// The origin of the times that master and workers exchange.
    pub(super) began: Instant,
    /// Whether messages that no worker has received wait for the next run.
    pub(super) keeps_rest: bool,
    /// Whether the loop wants nothing. Nothing changes that before PHP runs again.
    pub(super) is_idle: bool,
    pub(super) core: &'a mut Core,
}

impl<'a> Station<'a> {
    /// The station of a worker that uses this memory and loop.
    #[inline(always)]
    pub(super) fn new(
        worker: &'a mut Worker,
        board: &'a Scoreboard,
        began: Instant,
        keeps_rest: bool,
        core: &'a mut Core,
    ) -> Station<'a> {
        Station { is_idle: core.events.wants_nothing(), worker, board, began, keeps_rest, core }
    }
}

impl Station<'_> {
    /// The worker has received a message.
    #[inline]
    pub(super) fn note_work(&mut self) {
        if !std::mem::replace(&mut self.worker.shows_work, true) {
            self.board.note_work(self.worker.number());
        }
    }

    /// What the worker is to do now.
    #[inline]
    pub(super) fn directive(&mut self) -> Directive {
        if self.worker.is_undisturbed() { Directive::Continue } else { self.directive_when_disturbed() }
    }

    #[inline(never)]
    fn directive_when_disturbed(&mut self) -> Directive {
        let stops = self.stops();
        let (board, began, number) = (self.board, self.began, self.worker.number());
        let ending = || board.is_ending_for(number);
        let since = || began.checked_add(Duration::from_micros(board.asked(number)?));
        let directive = self.worker.directive(ending, stops, since);
        if directive == Directive::Drain && self.keeps_rest { Directive::Exit } else { directive }
    }

    /// The stop signals of this worker, except those that the loop handles, for the script or for us.
    fn stops(&self) -> signal::Set {
        let stops = self.worker.stops;
        if self.core.events.signals() == 0 {
            return stops;
        }
        stops.numbers().filter(|&stop| self.core.events.signal(stop).is_none()).collect()
    }

    /// Whether nothing but a signal can end a wait of this worker between two messages, for this time.
    #[inline]
    pub(super) fn is_quiet_for(&mut self, time: Duration) -> bool {
        self.is_idle || self.core.events.is_quiet_for(time, now)
    }

    /// What ends a wait of this worker between two messages.
    pub(super) fn alerts(&mut self) -> Alerts {
        let wants = if self.is_idle { Wants::default() } else { self.core.events.wants(now) };
        Alerts { wants, ..self.alerts_of_message() }
    }

    /// What ends a wait of this worker while a message is handled: the loop gets no turn then.
    pub(super) fn alerts_of_message(&self) -> Alerts {
        Alerts { interrupted: self.core.interrupted(), stops: self.stops(), wants: Wants::default() }
    }

    /// Arms the parent-death guard again if it was lost, before a wait.
    pub(super) fn keep_bond(&mut self) -> Result<(), RecvError> {
        self.worker.keep_bond()
    }

    /// Whether the whole pool stops, or has lost its master, or this worker.
    pub(super) fn is_ending(&self) -> bool {
        self.worker.is_orphaned() || self.board.is_ending_for(self.worker.number())
    }
}

/// A worker that receives.
pub(super) struct Receiver<'a> {
    pub(super) station: Station<'a>,
    pub(super) inbox: &'a mut Inbox,
    /// Where messages are kept, if they are.
    pub(super) in_flight: Option<&'a InFlight>,
}
