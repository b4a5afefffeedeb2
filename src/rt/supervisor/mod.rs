//! Supervision: the policy of a pool of worker processes.
//!
//! A [`Supervisor`] is a state machine. Events go in: a process has been started, has exited, time has passed. Actions
//! come out: start a process, send it a signal, report a crash. The machine makes no system call and reads no clock.
//!
//! The caller has these duties:
//!
//! - Carry out the actions before reaping the next child: until then a pid in them is that of the worker.
//! - Hand in a reaped child ([`Event::Ended`]) before any other event, for the same reason.
//! - Answer each [`Action::Start`] once, with [`Event::Started`] or [`Event::NotStarted`], and each
//!   [`Action::CheckBacklog`] with [`Event::BacklogChecked`].
//! - Send [`Event::Time`] when [`Supervisor::deadline`] has been reached. An earlier one does no harm.

mod event;
pub mod limits;
pub mod restart;
pub mod spec;

mod machine;
mod step;
mod worker;

pub use event::{Action, Crash, Ending, Event, Status, View};
pub use machine::Supervisor;
pub use spec::{Policy, Restart, Rule, Spec};
