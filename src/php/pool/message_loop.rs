//! The messages of a worker whose loop does not run: it receives one after the other, and calls the handler.

use super::received::{keep, note_cut, note_dropped, receive, receive_again};
use super::state::{Pool, State};
use crate::php::{event_loop, outcome};
use crate::rt::core::clock::now;
use crate::rt::core::handles::PoolToken;
use crate::rt::core::syscall_error::SyscallError;
use crate::rt::handle::ArrivalKind;
use crate::rt::pool::{Ipc, Pools, RecvError};
use crate::rt::process::pipes::Pipes;
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
    /// Whether messages are kept while they are handled.
    keeps: bool,
    /// Whether clients wait for answers.
    answers: bool,
    /// Whether the loop has just had a turn. A loop with watched descriptors wants a turn each time.
    had_turn: bool,
    /// Whether a message is being handled.
    handles: bool,
    /// How the worker stops. Only for [`serve`], when [`Service::next`] has returned `None`.
    ended: Call,
}

/// Handles messages until the worker is to stop. The loop gets a turn between two of them.
pub(super) fn serve(this: This<'_, Pool>, state: &State, message: &Callback) -> Call {
    let keeps = globals::with(|runtime| runtime.pools.keeps_messages(state.token));
    let answers = state.ipc == Ipc::Server;
    let mut service = Service {
        token: state.token,
        keeps,
        answers,
        had_turn: false,
        handles: false,
        ended: Call::Returned,
    };
    let handled = message.call_for_each(this.as_value(), || service.next());
    if handled == Call::Returned {
        return service.ended;
    }
    if service.handles {
        let noted = |runtime: &mut Runtime| note_message(&mut runtime.pools, &mut runtime.pipes, state.token);
        note_dropped(globals::with(noted).1);
    }
    handled
}

/// What a worker finds when it looks for the next message.
enum Next {
    /// A message of this length in the inbox.
    Message(usize),
    /// A message of this length that a crashed process was handling.
    Retry(usize),
    /// First the last message is to be finished: whether the worker continues, and what was dropped.
    Finish(bool, Option<ArrivalKind>),
    /// The loop wants a turn first, and may have one.
    Turn,
    /// None, or one that was cut to the length of what is in the inbox.
    Error(RecvError, usize),
}

impl Service {
    /// The text of the next message. `None` when the worker stops or has failed, which `ended` tells.
    #[inline]
    fn next(&mut self) -> Option<Text> {
        match self.try_next() {
            Ok(text) => Some(text),
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
                let (pools, core, pipes) = (&mut runtime.pools, &mut runtime.core, &mut runtime.pipes);
                if std::mem::take(&mut self.handles) {
                    let (goes_on, dropped) = note_message(pools, pipes, self.token);
                    if !goes_on || dropped.is_some() || self.keeps || self.answers {
                        return Next::Finish(goes_on, dropped);
                    }
                }
                let idle = core.events.wants_nothing();
                let may_turn = !std::mem::take(&mut self.had_turn);
                if may_turn && !idle && core.events.wants_turn(now) {
                    return Next::Turn;
                }
                if self.keeps
                    && let Some(len) = pools.next_retry(core, self.token)
                {
                    return Next::Retry(len);
                }
                match pools.next_message_beside(core, idle, pipes, self.token) {
                    Ok(()) => Next::Message(pools.inbox().len()),
                    Err(error) => Next::Error(error, pools.inbox().len()),
                }
            });
            let text = match next {
                Next::Message(len) => self.text(len)?,
                next => match self.text_otherwise(&next)? {
                    Some(text) => text,
                    None => continue,
                },
            };
            self.handles = true;
            return Ok(text);
        }
    }

    /// What a worker does besides: for each message where it keeps messages or answers clients, elsewhere seldom.
    #[cold]
    fn text_otherwise(&mut self, next: &Next) -> Result<Option<Text>, Call> {
        match *next {
            Next::Finish(goes_on, dropped) => self.finish(goes_on, dropped)?,
            Next::Turn => {
                event_loop::take_turn().map_err(|failure| call_of(Err(failure)))?;
                self.had_turn = true;
            }
            Next::Retry(len) => {
                return receive_again(self.token, len).map(Some).map_err(Failure::raise);
            }
            Next::Message(len) => return self.text(len).map(Some),
            Next::Error(RecvError::Cut(full), len) => {
                note_cut(full, len);
                return self.text(len).map(Some);
            }
            Next::Error(RecvError::Exit, _) => return Err(Call::Returned),
            Next::Error(RecvError::Interrupted, _) => {
                interrupt::dispatch().map_err(|failure| call_of(Err(failure)))?;
            }
            Next::Error(RecvError::Failed(failed), _) => return Err(cannot_go_on(failed)),
        }
        Ok(None)
    }

    /// The message that was received, as a string.
    #[inline(always)]
    fn text(&self, len: usize) -> Result<Text, Call> {
        match receive(len) {
            Ok(Ok(text)) => {
                if self.keeps {
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
        if self.keeps {
            globals::with(|runtime| runtime.pools.release_message(self.token));
        }
        if self.answers {
            let answered = answer(self.token);
            if answered != Call::Returned {
                return Err(answered);
            }
        }
        if goes_on { Ok(()) } else { Err(Call::Returned) }
    }
}

/// Counts the message that was handled, and drops what came with it. Returns whether the worker continues, and what was
/// dropped.
#[inline]
fn note_message(pools: &mut Pools, pipes: &mut Pipes, token: PoolToken) -> (bool, Option<ArrivalKind>) {
    (pools.note_message(token), pools.drop_unreceived(pipes, token))
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
