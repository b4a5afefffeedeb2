//! The core: what wakes coroutines, and which of them runs. It knows nothing of what they wait for.

pub mod children;
pub mod clock;
pub mod event_loop;
pub mod reactor;
pub mod registrations;
pub mod signals;
pub mod syscall_error;
pub mod timers;
pub mod wait;
mod write_queue;
