//! How a child starts, beyond Swoole: `set()` with options, `command`, `stdio`, `readLine`.

use super::child;
use super::options::{self, ChildDescriptors, Options};
use super::pipe;
use super::state::{Child, Process, State};
use crate::os::epoll::Interest;
use crate::os::fd::{Access, FdKind};
use crate::os::process::{self, Pid};
use crate::os::program::Program;
use crate::os::{Errno, helper};
use crate::php::readiness::{self, Target, WaitResult};
use crate::php::{log, outcome, waiting};
use crate::rt::core::child::{Child as NewProcess, Forked};
use crate::rt::core::clock::now;
use crate::rt::core::handles::{ChildToken, PipeToken};
use crate::rt::process::child_pipe::{ChildPipe, Line, wait_for_line};
use crate::rt::process::setup::{Refusal, Report};
use crate::zend::arrays::Array;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::{Instance, This, object_of};
use crate::zend::recv_buffer::StringBuffer;
use crate::zend::values::{Owned, Text, Value};
use crate::zend::{cwd, globals, interrupt, streams};
use std::convert::Infallible;
use std::ffi::CString;
use std::os::fd::RawFd;
use std::rc::Rc;

/// The status of a child whose start failed.
const NOT_STARTED: i32 = 127;

/// Options of `set()`. What a script of Swoole may have there is ignored, with a line in the log.
#[cold]
pub(super) fn set(state: &State, given: Array<'_>) -> Outcome<()> {
    let texts = options::convert_environment(given)?;
    let options = Options::read(given, texts.as_ref(), |name| {
        options::unknown(name)?;
        log::warning(&format!(
            "Process::set(): unknown option {}",
            String::from_utf8_lossy(name).escape_debug()
        ));
        Ok(())
    })?;
    if options.above() > 3 {
        return Err(outcome::invalid(
            "the option descriptors is for command() only: a child has all descriptors of its parent",
        ));
    }
    if state.redirect && options.has_standard() {
        return Err(outcome::invalid("the pipe of this process is its stdin, stdout and stderr already"));
    }
    if options.is_any() {
        let all = options.newer(state.options.take());
        state.options.replace(Some(Rc::new(all)));
    }
    Ok(())
}

/// Forks, makes the changes of the options in the child, and waits until they are made. An error comes back to the
/// parent. `None` in the child.
pub(super) fn fork(pipe: Option<PipeToken>, options: &Options) -> Outcome<Option<(Pid, ChildToken)>> {
    let parent = process::pid();
    let (mut opened, report) = prepare(options)?;
    match globals::with(|runtime| runtime.fork(NewProcess::process(pipe))) {
        Err(failed) => Err(outcome::system(failed.call, failed.errno)),
        Ok(Forked::Child) => {
            let setup = &options.setup;
            let folder = setup.folder.as_deref();
            let made = setup
                .apply(parent, &mut opened.places)
                .and_then(|()| setup.replace_environment())
                .and_then(|()| folder.map_or(Ok(()), cwd::follow).map_err(Refusal::of_folder));
            if let Err(refusal) = made {
                report.refuse(refusal);
                process::exit_now(NOT_STARTED);
            }
            Ok(None)
        }
        Ok(Forked::Parent { child: pid }) => wait_for_start(pid, opened, report, None).map(Some),
    }
}

/// As [`fork`], for a program, which gets no descriptors but those of the options.
fn start(options: &Options, arguments: &[CString]) -> Outcome<(Pid, ChildToken)> {
    let parent = process::pid();
    let (mut opened, report) = prepare(options)?;
    let Options { setup, .. } = options;
    let program = Program::new(arguments, setup.environment.as_deref());
    let kept: Vec<RawFd> = opened.places.iter().map(|(_, target)| *target).chain([report.number()]).collect();
    // Without the option it begins in the script's folder.
    let folder = if setup.folder.is_some() { Ok(None) } else { cwd::own() };
    let enter = || folder.as_ref().map_err(|errno| *errno)?.as_deref().map_or(Ok(()), process::enter_folder);
    let started = program.start(&mut |execute, mask| {
        mask.for_child().restore();
        let entered = enter().map_err(Refusal::of_folder);
        let refusal = match entered.and_then(|()| setup.apply(parent, &mut opened.places)) {
            Ok(()) => {
                helper::close_others(&kept);
                Refusal::of_program(execute.run())
            }
            Err(refusal) => refusal,
        };
        report.refuse(refusal);
    });
    let pid = started.map_err(|errno| outcome::system("clone()", errno))?;
    wait_for_start(pid, opened, report, arguments.first())
}

fn prepare(options: &Options) -> Outcome<(ChildDescriptors, Report)> {
    let opened = options.open().map_err(|(failed, name)| {
        outcome::system(format!("{} of the option {name}", failed.call), failed.errno)
    })?;
    let report = Report::new(options.above()).map_err(|errno| outcome::system("pipe()", errno))?;
    Ok((opened, report))
}

/// Waits until the child has made its changes, or runs `program`.
fn wait_for_start(
    pid: Pid,
    opened: ChildDescriptors,
    report: Report,
    program: Option<&CString>,
) -> Outcome<(Pid, ChildToken)> {
    let token = globals::with(|runtime| runtime.pipes.started.add(pid));
    let ends = opened.into_ends();
    // Where the report cannot be read, the exit status tells.
    if let Ok(Some(refusal)) = report.wait() {
        while process::wait_for_exit(pid) == Err(Errno::EINTR) {}
        globals::with(|runtime| {
            let _ = runtime.pipes.take_child(&mut runtime.core, Some(pid));
            runtime.pipes.started.forget(token);
        });
        return Err(refused(refusal, program));
    }
    globals::with(|runtime| runtime.pipes.started.add_pipes(token, ends));
    Ok((pid, token))
}

fn refused(Refusal { option, errno }: Refusal, program: Option<&CString>) -> Failure {
    match (option, program) {
        (Some(option), _) => outcome::system(format!("setting the option {option}"), errno),
        (None, Some(program)) => outcome::system(format!("execvp({})", program.to_string_lossy()), errno),
        (None, None) => outcome::system("execvp()", errno),
    }
}

/// Starts a program. The object has no pipe of messages.
pub(super) fn command(argv: Array<'_>, given: Array<'_>) -> Outcome<Owned> {
    let words = argv.convert(Value::to_text).ok_or(Failure::Thrown)?;
    let texts = options::convert_environment(given)?;
    let number = globals::with(|runtime| runtime.next_number());
    let made = Owned::new(Instance::made::<Process>(|this| {
        let _ = this.state.set(this, State::new(number));
        this.set("id", number);
    })?);
    let (pid, token) = {
        let mut arguments = Vec::new();
        for (_, word) in words.as_array().iter() {
            let argument = CString::new(word.as_bytes().unwrap_or_default());
            arguments.push(argument.map_err(|_| Failure::BadValue(1, c"must not contain any null bytes"))?);
        }
        if arguments.first().is_none_or(|program| program.is_empty()) {
            return Err(Failure::BadValue(1, c"must begin with the name of a program"));
        }
        let options = Options::read(given, texts.as_ref(), |name| {
            options::unknown(name)?;
            Err(outcome::invalid(format!("unknown option {}", String::from_utf8_lossy(name).escape_debug())))
        })?;
        if options.title.is_some() || options.in_coroutine.is_some() {
            return Err(outcome::invalid(
                "the options title and start_in_coroutine are for processes with a callback",
            ));
        }
        start(&options, &arguments)?
    };
    if let Some(this) = object_of::<Process>(made.as_value()) {
        if let Some(state) = this.state.peek() {
            state.child.set(Some(Child { pid, started_by: process::pid(), token: Some(token) }));
        }
        this.set("pid", pid);
    }
    Ok(made)
}

/// The stream of a standard descriptor of the child that is a pipe: the same each time.
pub(super) fn stdio(this: This<'_, Process>, number: i64) -> Outcome<Owned> {
    let token = child::own_child(this)?;
    let which = which(number)?;
    let state = this.state()?;
    let known = state.streams.borrow().get(which).and_then(|stream| stream.as_ref().map(Owned::share));
    if let Some(known) = known {
        return Ok(known);
    }
    let end = with_pipe(token, which, |pipe| pipe.for_stream());
    let fd = end.unwrap_or(Err(Errno::EBADF)).map_err(|errno| match errno {
        Errno::EBUSY => outcome::warning(
            "readLine() has read ahead, and the stream would lack that data: continue with readLine()",
        ),
        _ => no_pipe(which),
    })?;
    let access = if which == 0 { Access::Write } else { Access::Read };
    let stream = streams::open(fd, FdKind::File(access)).ok_or(Failure::False)?;
    with_pipe(token, which, ChildPipe::give_away);
    if let Some(place) = state.streams.borrow_mut().get_mut(which) {
        *place = Some(stream.share());
    }
    Ok(stream)
}

fn with_pipe<R>(token: ChildToken, which: usize, body: impl FnOnce(&mut ChildPipe) -> R) -> Option<R> {
    globals::with(|runtime| runtime.pipes.started.pipe(token, which).map(body))
}

fn which(number: i64) -> Outcome<usize> {
    let which = usize::try_from(number).ok().filter(|which| *which < 3);
    which.ok_or_else(|| outcome::warning(format!("{number} is not the number of a standard descriptor")))
}

fn no_pipe(which: usize) -> Failure {
    outcome::warning(format!(
        "the standard descriptor {which} of the process is not a pipe: start it with the option {}",
        ["stdin", "stdout", "stderr"].get(which).unwrap_or(&"stdout")
    ))
}

/// A line that the child has written, with its end. Empty at the end of the pipe.
pub(super) fn read_line(this: This<'_, Process>, number: i64, timeout: f64) -> Outcome<Text> {
    let token = child::own_child(this)?;
    let which = which(number)?;
    if which == 0 {
        return Err(outcome::warning("the standard input of the process is for writing: use stdio(0)"));
    }
    let deadline = waiting::until(timeout);
    let len = loop {
        let line = with_pipe(token, which, ChildPipe::read_line).unwrap_or(Ok(Line::NoPipe));
        let fd = match line.map_err(|errno| outcome::system("read()", errno))? {
            Line::Whole(len) => break len,
            Line::Wait(fd) => fd,
            Line::NoPipe => return Err(no_pipe(which)),
            Line::GivenAway => {
                return Err(outcome::warning(
                    "stdio() has returned the stream of this descriptor: read from that stream",
                ));
            }
        };
        if deadline.is_some_and(|deadline| deadline <= now()) {
            return Err(outcome::silent(Errno::ETIMEDOUT));
        }
        if waiting::must_be_inside().is_ok() {
            match readiness::until_ready(vec![Target::new(owner(fd), fd, Interest::READ)], deadline)? {
                WaitResult::Ready | WaitResult::TimedOut | WaitResult::Closed => {}
                WaitResult::Canceled => return Err(Failure::False),
            }
            continue;
        }
        match globals::with(|runtime| wait_for_line(fd, deadline, runtime.core.env())) {
            Ok(()) => {}
            Err(Errno::EINTR) => {
                interrupt::dispatch()?;
                if pipe::is_interruption_wanted()? {
                    return Err(outcome::silent(Errno::EINTR));
                }
            }
            Err(errno) => return Err(outcome::system("ppoll()", errno)),
        }
    };
    let mut text = StringBuffer::new();
    text.reserve(len)?;
    let filled = text.fill(len, |runtime, mut room| {
        let line = runtime.pipes.started.pipe(token, which).map_or(&[][..], |pipe| pipe.ahead());
        Ok::<usize, Infallible>(room.put(0, line.get(..len).unwrap_or_default()))
    });
    let Ok(_) = filled;
    with_pipe(token, which, |pipe| pipe.consume_line(len));
    Ok(text.into_text())
}

/// The name of the owner of a pipe's end among those of descriptors that are waited for.
fn owner(fd: RawFd) -> usize {
    usize::MAX - usize::try_from(fd).unwrap_or(0)
}
