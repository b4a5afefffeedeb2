//! Sockets that coroutines use.

mod handles;
pub mod protocol;
pub mod proxy;
mod recv_buffer;
mod state;
mod table;
mod tls;
mod tried;
pub mod wait;

pub use state::{Connect, Limits, Next, Received, Socket};
pub use table::Sockets;
pub use tried::{Stop, Tried};
