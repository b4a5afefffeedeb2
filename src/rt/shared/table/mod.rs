//! Tables that processes share: rows by their keys, in a region of fixed size.
//!
//! A key belongs to a bucket, the rows of a bucket hang together in a list. Who writes holds the bucket (`holding.rs`); who
//! reads holds nothing and writes nothing: it reads the version of the bucket, then the row, then the version again, and
//! begins anew if that has changed or is odd. A row that changes in a single number needs no new version.
//!
//! A process may be killed at any instruction. What it is about to do is in its journal before it does it; the next one that
//! takes the bucket ends it, or undoes it (`journal.rs`). In a journal that begins nothing the row is whole.

mod atomics;
mod changes;
mod journal;
mod key;
mod layout;
mod read;
mod region;
pub mod schema;
mod version;
mod write;

pub use changes::{Changes, Draft};
pub use key::{KEPT, Key};
pub use read::Visited;
pub use region::{FEWEST, Failed, MOST, Stats, Table, buckets};
pub use write::{Step, When, Written};
