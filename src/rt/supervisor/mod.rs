//! Supervision: the policy of a pool of worker processes.
//!
//! A [`Supervisor`] is a machine. Events go in: that a process has been started, has ended, that time has passed.
//! Actions come out: start a process, send it a signal, report a crash. It makes no system call and reads no clock.
//!
//! What the caller owes it:
//!
//! - The actions are carried out before the next child is reaped: until then a pid in them is that of the worker.
//! - A child that has been reaped is handed in ([`Event::Ended`]) before any other event, for the same reason.
//! - Each [`Action::Start`] is answered, once, with [`Event::Started`] or [`Event::NotStarted`], and each
//!   [`Action::CheckBacklog`] with [`Event::BacklogChecked`].
//! - [`Event::Time`] comes when [`Supervisor::deadline`] has been reached, or at any time.

mod event;
pub mod limits;
pub mod restart;
pub mod spec;

mod machine;
mod worker;

pub use event::{Action, Crash, Ending, Event, Status, View};
pub use machine::Supervisor;
pub use spec::{Policy, Spec};
