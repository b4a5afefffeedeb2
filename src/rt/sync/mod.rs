//! Synchronisation of coroutines: channels, locks, wait groups, barriers, and exclusive work.

pub mod barrier;
pub mod channel;
pub mod lock;
pub mod wait_group;
pub mod work;
