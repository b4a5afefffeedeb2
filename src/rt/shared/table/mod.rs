//! Tables that processes share: rows by their keys, in a region of fixed size.
//!
//! A key belongs to a bucket; the rows of a bucket form a list. A writer holds the bucket (`holding.rs`). A reader
//! holds nothing and writes nothing: it reads the version of the bucket, then the row, then the version again, and
//! starts over if the version has changed or is odd. A change of a single number needs no new version.
//!
//! A process may be killed at any instruction. Its journal says what it is about to do before it does it. The next
//! process that takes the bucket completes or undoes the step (`journal.rs`). A row whose change is not in any journal
//! is intact.

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
pub use read::RowPosition;
pub use region::{FEWEST, MOST, Stats, Table, TableError, buckets};
pub use write::{Step, When, WriteResult};
