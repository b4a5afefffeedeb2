//! The atomic operations that `version.rs` needs. Its models bring other ones.

pub(super) use std::sync::atomic::{AtomicU64, Ordering, fence};
