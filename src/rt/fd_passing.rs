//! Handles and values that this process sends and receives through pipes and sockets.

use crate::os::fd_passing::memory_file;
use crate::os::{Errno, Result, fd};
use crate::rt::core::Core;
use crate::rt::core::child::{Child, Part};
use crate::rt::core::handles::{PipeToken, SendingToken, SocketToken};
use crate::rt::core::registrations::Direction;
use crate::rt::handle::{self, Arrival, ArrivalKind, ArrivalQueue, Handle, Outgoing, PACKET, Value};
use crate::rt::process::pipe::{Kind, Stop};
use crate::rt::process::pipes::Pipes;
use crate::rt::socket::{self, Attempt, Sockets};
use slotmap::SlotMap;
use std::os::fd::{OwnedFd, RawFd};
use std::rc::Rc;
use std::time::Instant;

/// Where a handle is held. A pipe and the copy of its end are two objects of the script, but one socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a pipe.
    Pipe(PipeToken),
    /// At a socket.
    Socket(SocketToken),
    /// The handle is a duplicate made by [`FdPassing::duplicate`].
    Duplicate,
}

/// Handles and values that are being sent, and the handle that was duplicated last. They are here because a coroutine that waits for
/// room may never continue.
#[derive(Debug, Default)]
pub struct FdPassing {
    sending: SlotMap<SendingToken, Outgoing>,
    duplicate: ArrivalQueue,
    end_of_part: Option<Rc<OwnedFd>>,
}

impl FdPassing {
    /// Begins to send the descriptor of this number, with data.
    pub fn begin(&mut self, number: RawFd, data: &[u8]) -> Result<SendingToken> {
        Ok(self.sending.insert(Outgoing::new(number, data)?))
    }

    /// Begins to send a value through a pipe: its text, and a byte for its form.
    pub fn begin_value(
        &mut self,
        pipes: &mut Pipes,
        pipe: PipeToken,
        form: u8,
        text: &[u8],
    ) -> Result<SendingToken> {
        let pipe = pipes.get(pipe).ok_or(Errno::EBADF)?;
        let len = handle::packet_len(text);
        let outgoing = if len > PACKET || !pipe.takes_in_one_part(len)? {
            Outgoing::long(form, text)
        } else {
            let end = if pipe.kind() == Kind::Stream { Some(self.end_of_part()?) } else { None };
            Outgoing::short(&pipe.mark(), form, text, end)
        }?;
        Ok(self.sending.insert(outgoing))
    }

    /// The descriptor that ends parts of streams: an empty memory file.
    fn end_of_part(&mut self) -> Result<Rc<OwnedFd>> {
        if let Some(end) = &self.end_of_part {
            return Ok(Rc::clone(end));
        }
        let end = Rc::new(memory_file()?);
        Ok(Rc::clone(self.end_of_part.insert(end)))
    }

    /// The sending has ended, successfully or not.
    pub fn end(&mut self, name: SendingToken) {
        self.sending.remove(name);
    }

    fn get(&mut self, name: SendingToken) -> Result<&mut Outgoing> {
        // A forked child does not have its parent's handles.
        self.sending.get_mut(name).ok_or(Errno::EBADF)
    }

    /// Sends a handle or a value through a pipe, and waits for room.
    pub fn send(
        &mut self,
        core: &Core,
        pipes: &mut Pipes,
        pipe: PipeToken,
        name: SendingToken,
    ) -> std::result::Result<(), Stop> {
        let outgoing = self.get(name).map_err(Stop::Failed)?;
        pipes.get(pipe).ok_or(Stop::Closed)?.send_outgoing(outgoing, core.env())
    }

    /// As [`FdPassing::send`], through a socket, without waiting.
    pub fn try_to_send(
        &mut self,
        sockets: &mut Sockets,
        socket: SocketToken,
        name: SendingToken,
    ) -> Attempt<()> {
        sockets.claim(socket, Direction::Write)?.send_outgoing(self.get(name)?)
    }

    /// Receives a handle or a value from a pipe and holds it, see [`FdPassing::first`] and [`FdPassing::first_value`].
    /// Waits until `deadline`.
    pub fn hold(
        &mut self,
        core: &mut Core,
        pipes: &mut Pipes,
        sockets: &mut Sockets,
        pipe: PipeToken,
        what: ArrivalKind,
        deadline: Option<Instant>,
    ) -> std::result::Result<(), Stop> {
        loop {
            match self.next(pipes, sockets, Place::Pipe(pipe)) {
                Some(comes) if comes == what => return Ok(()),
                Some(comes) => return Err(Stop::Meets(comes)),
                None => {}
            }
            let env = core.env();
            let pipe = pipes.get(pipe).ok_or(Stop::Closed)?;
            let held = match what {
                ArrivalKind::Handle => pipe.hold_handle(deadline, env),
                ArrivalKind::Value => pipe.hold_value(deadline, env),
            };
            match held {
                Err(Stop::Orphaned) => sockets.let_go_of_siblings(core, pipes),
                result => return result,
            }
        }
    }

    /// As [`FdPassing::hold`], from a socket, without waiting.
    pub fn try_to_hold(
        &mut self,
        pipes: &mut Pipes,
        sockets: &mut Sockets,
        socket: SocketToken,
        what: ArrivalKind,
    ) -> Attempt<()> {
        match self.next(pipes, sockets, Place::Socket(socket)) {
            Some(comes) if comes == what => return Ok(()),
            Some(comes) => return Err(socket::Stop::Meets(comes)),
            None => {}
        }
        let socket = sockets.claim(socket, Direction::Read)?;
        match what {
            ArrivalKind::Handle => socket.hold_handle(),
            ArrivalKind::Value => socket.hold_value(),
        }
    }

    /// What is held at a place, if there is anything.
    fn held<'h>(
        &'h mut self,
        pipes: &'h mut Pipes,
        sockets: &'h mut Sockets,
        place: Place,
    ) -> Option<&'h mut ArrivalQueue> {
        let (pipe, socket) = match place {
            Place::Duplicate => return Some(&mut self.duplicate),
            Place::Pipe(pipe) => (Some(pipe), sockets.of_pipe(pipe)),
            Place::Socket(socket) => (sockets.get(socket).and_then(|socket| socket.pipe()), Some(socket)),
        };
        let has_some = |held: &&mut ArrivalQueue| !held.is_empty();
        let of_pipe = pipe.and_then(|pipe| pipes.get(pipe)).map(|pipe| pipe.held());
        let of_socket = socket.and_then(|socket| sockets.get(socket)).map(|socket| socket.held());
        of_pipe.filter(has_some).or_else(|| of_socket.filter(has_some))
    }

    /// What is held at a place and comes first.
    fn next(&mut self, pipes: &mut Pipes, sockets: &mut Sockets, place: Place) -> Option<ArrivalKind> {
        self.held(pipes, sockets, place)?.next()
    }

    /// The first value that is held, unless a handle comes before it.
    pub fn first_value<'h>(
        &'h mut self,
        pipes: &'h mut Pipes,
        sockets: &'h mut Sockets,
        place: Place,
    ) -> Option<&'h mut Value> {
        self.held(pipes, sockets, place)?.first_value()
    }

    /// The script has received the first value that is held.
    pub fn drop_value(&mut self, pipes: &mut Pipes, sockets: &mut Sockets, place: Place) {
        if let Some(held) =
            self.held(pipes, sockets, place).filter(|held| held.next() == Some(ArrivalKind::Value))
        {
            held.pop();
        }
    }

    /// The first handle that is held, unless a value comes before it.
    pub fn first<'h>(
        &'h mut self,
        pipes: &'h mut Pipes,
        sockets: &'h mut Sockets,
        place: Place,
    ) -> Option<&'h mut Handle> {
        self.held(pipes, sockets, place)?.first_handle()
    }

    /// The caller takes over the descriptor of the first handle that is held.
    pub fn give_away(&mut self, pipes: &mut Pipes, sockets: &mut Sockets, place: Place) {
        if let Some(Arrival::Handle(handle)) = self.held(pipes, sockets, place).and_then(ArrivalQueue::pop) {
            handle.give_away();
        }
    }

    /// Makes a duplicate of the descriptor of this number.
    pub fn duplicate(&mut self, number: RawFd) -> Result<()> {
        let duplicate = Handle::new(fd::duplicate(number)?);
        // The engine may have left by a long jump before the caller took the previous duplicate.
        self.duplicate.clear();
        self.duplicate.push(Arrival::Handle(duplicate));
        Ok(())
    }

    /// Closes the last duplicate, unless it was given away.
    pub fn forget_duplicate(&mut self) {
        self.duplicate.clear();
    }
}

impl Part for FdPassing {
    #[cold]
    fn in_child(&mut self, child: Child) {
        if !child.is_program() {
            // A new table would be an allocation, for which the child would have to copy pages.
            self.sending.clear();
            self.duplicate.clear();
            self.end_of_part = None;
        }
    }
}
