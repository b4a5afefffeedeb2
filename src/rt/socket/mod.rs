//! Sockets that coroutines use.

mod attempt;
mod handles;
pub mod protocol;
pub mod proxy;
mod recv_buffer;
mod state;
mod table;
mod tls;
pub mod wait;

pub use attempt::{Attempt, Stop};
pub use state::{Connect, Limits, Next, Received, Socket};
pub use table::Sockets;
