//! What coroutines agree by: channels, locks, groups, barriers, and work that one does for all.

pub mod barrier;
pub mod channel;
pub mod lock;
pub mod wait_group;
pub mod work;
