//! Shared memory: numbers, locks, channels and tables in memory that a forked child shares with its parent.
//!
//! Any process may be killed at any moment. So a process that waits for another one checks at intervals whether that
//! one still runs, and the next process can detect and complete what a killed one has begun.

pub mod atomic;
pub mod channel;
mod holding;
pub mod lock;
mod owner;
pub mod room;
pub mod table;

use crate::rt::shared::atomic::Places;
use std::sync::atomic::{AtomicU32, AtomicU64};

/// The mappings from which new numbers and locks are taken.
#[derive(Debug, Default)]
pub struct SharedPlaces {
    /// Numbers of 32 bits.
    pub short: Places<AtomicU32>,
    /// Numbers of 64 bits, and locks.
    pub long: Places<AtomicU64>,
}
