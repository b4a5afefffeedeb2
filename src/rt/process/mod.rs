//! Communication between processes: pipes and queues.

pub mod child_pipe;
pub mod children;
pub mod peer;
pub mod pipe;
pub mod pipes;
pub mod queue;
pub mod queue_registry;
pub mod setup;
pub mod started;
