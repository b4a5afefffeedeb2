//! The state of an object, and the failures of calls in a wrong state.

use crate::os::Errno;
use crate::php::constructed::Constructed;
use crate::php::outcome;
use crate::rt::shared::table::schema::{Column, Schema};
use crate::rt::shared::table::{RowPosition, Table, TableError};
use crate::zend::arrays::Name;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::Owned;
use std::cell::{OnceCell, RefCell};

/// The Rust value of an object.
#[derive(Default)]
pub(super) struct Object {
    /// The requested number of buckets and share of further rows; nothing until the constructor has run.
    pub(super) wanted: Constructed<(usize, f64)>,
    /// The columns declared so far.
    pub(super) draft: RefCell<Schema>,
    /// The final columns, once the table was created.
    pub(super) columns: OnceCell<Columns>,
    /// The table, until it is destroyed.
    pub(super) table: RefCell<Option<Table>>,
    /// The position of an iteration; `None` before it begins, and at its end.
    pub(super) cursor: RefCell<Option<Cursor>>,
}

/// The columns of a table, and their names as array keys.
pub(super) struct Columns {
    pub(super) schema: Schema,
    pub(super) names: Vec<Name>,
}

impl Columns {
    /// The column of this name.
    #[inline]
    pub(super) fn find(&self, name: &[u8]) -> Option<&Column> {
        // A literal of the script is the very string that is the name.
        let same = self.names.iter().position(|known| std::ptr::eq(known.bytes(), name));
        match same {
            Some(index) => self.schema.columns().get(index),
            None => self.schema.find(name),
        }
    }
}

impl Object {
    pub(super) fn wanted(&self) -> Outcome<(usize, f64)> {
        self.wanted.get().copied()
    }

    /// The columns of a created table.
    pub(super) fn columns(&self) -> Outcome<&Columns> {
        self.columns.get().ok_or_else(|| not_there(self))
    }

    /// Calls `body` with the table. No code of the script and no allocation of the engine may run inside.
    #[inline(always)]
    pub(super) fn with<R>(&self, body: impl FnOnce(&Table) -> R) -> Outcome<R> {
        let table = self.table.borrow();
        table.as_ref().map(body).ok_or_else(|| not_there(self))
    }
}

#[cold]
pub(super) fn not_there(object: &Object) -> Failure {
    match object.wanted() {
        Ok(_) => outcome::error("table is not created or has been destroyed"),
        Err(failure) => failure,
    }
}

/// The failure of a read or write.
#[cold]
pub(super) fn refuse(failed: TableError, method: &str, key: &[u8]) -> Failure {
    let key = String::from_utf8_lossy(key);
    match failed {
        TableError::Full => {
            outcome::note(Errno::ENOMEM);
            outcome::warning(format!(
                "failed to {method}('{key}'), unable to allocate memory: all rows are in use"
            ))
        }
        TableError::System(errno) => outcome::system("futex()", errno),
    }
}

/// The position of an iteration, and the row as it was when the iteration reached it.
pub(super) struct Cursor {
    pub(super) at: RowPosition,
    pub(super) row: Owned,
}
