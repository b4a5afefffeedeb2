//! What processes share: numbers, locks and tables in memory that a fork leaves in common.
//!
//! Any process may be killed at any moment. So nobody waits for another one without looking now and then whether that still
//! runs, and what a process has begun can be told and ended by the next one.

pub mod atomic;
mod holding;
pub mod lock;
mod owner;
pub mod room;
pub mod table;

use crate::rt::shared::atomic::Places;
use std::sync::atomic::{AtomicU32, AtomicU64};

/// The mappings that new numbers and locks are taken from.
#[derive(Debug, Default)]
pub struct SharedPlaces {
    /// For numbers of 32 bits.
    pub short: Places<AtomicU32>,
    /// For numbers of 64 bits, and for locks.
    pub long: Places<AtomicU64>,
}
