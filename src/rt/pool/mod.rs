//! Pools: one master, which `supervisor` advises, and its workers.
//!
//! A pool keeps one pair of sockets for each worker all its life, and master and workers hold both ends of all of them:
//! messages outlive the worker that they were sent to, and are for the next one.

mod cleaner;
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
mod transport;
mod waits;
mod worker;

pub use master::Master;
pub use plan::{ForkResult, Ipc, NewWorker, Plan, StopDelivery};
pub use send::{RoomWait, STILL_THERE, SendTurn};
pub use state::Pools;
pub use transport::{send_queue, server};
pub use waits::RecvError;
pub use worker::Worker;
