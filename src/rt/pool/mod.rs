//! Pools: one master, whose policy is in `supervisor`, and its workers.
//!
//! A pool keeps one socket pair for each worker as long as it runs, and master and workers hold both ends of all pairs.
//! So messages outlive the worker that they were sent to; its next process receives them.

mod cleaner;
mod in_flight;
pub mod inbox;
mod lifecycle;
mod master;
mod master_handle;
pub mod master_signals;
mod plan;
mod receive;
mod room;
pub mod scoreboard;
mod send;
mod state;
mod station;
mod supervise;
mod template;
mod templates;
mod transport;
mod waits;
mod worker;

pub use in_flight::CrashedMessage;
pub use master::Master;
pub use plan::{ForkResult, Ipc, NewWorker, Plan, StopDelivery};
pub use receive::{Detour, MessageLoop};
pub use send::{RoomWait, STILL_THERE, SendTurn};
pub use state::Pools;
pub(in crate::rt) use template::Request;
pub use template::{TemplateEvent, TemplateFailure};
pub use transport::{send_queue, server};
pub use waits::RecvError;
pub use worker::Worker;
