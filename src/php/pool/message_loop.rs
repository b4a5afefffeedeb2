//! The messages of a worker whose loop does not run: it receives one after the other, and calls the handler.

use super::received::{keep, note_cut, note_dropped, receive, receive_again};
use super::state::{Pool, State};
use crate::php::{event_loop, outcome};
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::handle::ArrivalKind;
use crate::rt::pool::{Detour, MessageLoop, RecvError};
use crate::rt::runtime::Runtime;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, call_of};
use crate::zend::jump::Call;
use crate::zend::object::This;
use crate::zend::values::Text;
use crate::zend::{child, globals, interrupt};

/// A worker that handles messages.
struct Service {
    token: PoolToken,
    steps: MessageLoop,
    /// How the worker stops. Only for [`serve`], when [`Service::next`] has returned `None`.
    ended: Call,
}

/// Handles messages until the worker is to stop. The event loop gets a turn between two of them.
pub(super) fn serve(this: This<'_, Pool>, state: &State, message: &Callback) -> Call {
    let token = state.token;
    let steps = globals::with(|runtime| MessageLoop::new(&mut runtime.pools, token));
    let mut service = Service { token, steps, ended: Call::Returned };
    let handled = message.call_for_each(this.as_value(), || service.next());
    if handled == Call::Returned {
        return service.ended;
    }
    let end = |runtime: &mut Runtime| service.steps.end(&mut runtime.pools, &mut runtime.pipes);
    note_dropped(globals::with(end));
    handled
}

impl Service {
    /// The text of the next message. `None` when the worker stops or has failed, which `ended` tells.
    #[inline]
    fn next(&mut self) -> Option<Text> {
        match self.try_next() {
            Ok(text) => {
                self.steps.note_begun();
                Some(text)
            }
            Err(ended) => {
                self.ended = ended;
                None
            }
        }
    }

    #[inline(always)]
    fn try_next(&mut self) -> Result<Text, Call> {
        loop {
            // All in one use of the runtime, because this is done for each message.
            let next = globals::with(|runtime| {
                self.steps.next(&mut runtime.pools, &mut runtime.core, &mut runtime.pipes)
            });
            match next {
                Ok(len) => return self.text(len),
                Err(detour) => {
                    if let Some(text) = self.follow(&detour)? {
                        return Ok(text);
                    }
                }
            }
        }
    }

    /// Makes a detour: for each message where messages are kept or clients wait for answers, elsewhere seldom. Returns the
    /// message that is at its end, if there is one.
    #[cold]
    fn follow(&self, detour: &Detour) -> Result<Option<Text>, Call> {
        match *detour {
            Detour::Finish(goes_on, dropped) => self.finish(goes_on, dropped)?,
            Detour::Turn => event_loop::take_turn().map_err(|failure| call_of(Err(failure)))?,
            Detour::Retry(len) => return receive_again(self.token, len).map(Some).map_err(Failure::raise),
            Detour::Error(RecvError::Cut(full), len) => {
                note_cut(full, len);
                return self.text(len).map(Some);
            }
            Detour::Error(RecvError::Exit, _) => return Err(Call::Returned),
            Detour::Error(RecvError::Interrupted, _) => {
                interrupt::dispatch().map_err(|failure| call_of(Err(failure)))?;
            }
            Detour::Error(RecvError::Failed(failed), _) => return Err(cannot_go_on(failed)),
        }
        Ok(None)
    }

    /// The message that was received, as a string.
    #[inline(always)]
    fn text(&self, len: usize) -> Result<Text, Call> {
        match receive(len) {
            Ok(Ok(text)) => {
                if self.steps.keeps() {
                    keep(self.token, &text);
                }
                Ok(text)
            }
            Ok(Err(errno)) => Err(cannot_go_on(SyscallError { call: "pread()", errno })),
            // The message is larger than the remaining memory.
            Err(failure) => Err(failure.raise()),
        }
    }

    /// What else is to be done when a message was handled. Fails if the worker is to stop.
    fn finish(&self, goes_on: bool, dropped: Option<ArrivalKind>) -> Result<(), Call> {
        note_dropped(dropped);
        if self.steps.keeps() {
            globals::with(|runtime| runtime.pools.release_message(self.token));
        }
        if self.steps.answers() {
            let answered = answer(self.token);
            if answered != Call::Returned {
                return Err(answered);
            }
        }
        if goes_on { Ok(()) } else { Err(Call::Returned) }
    }
}

/// Sends the answer to a client.
fn answer(token: PoolToken) -> Call {
    loop {
        match globals::with(|runtime| runtime.pools.finish_request(&mut runtime.core, token)) {
            Err(RecvError::Interrupted) => {
                if let Err(failure) = interrupt::dispatch().and_then(|_| event_loop::turn_if_wanted()) {
                    return call_of(Err(failure));
                }
            }
            Ok(()) | Err(_) => return Call::Returned,
        }
    }
}

/// The worker exits as one that has failed, and restarts with backoff.
#[cold]
pub(super) fn cannot_go_on(failed: SyscallError) -> Call {
    outcome::log_syscall_error("worker", failed);
    child::set_exit_status(1);
    Call::Bailed
}
