//! What `version.rs` needs of the atomic numbers. Its models bring others.

pub(super) use std::sync::atomic::{AtomicU64, Ordering, fence};
