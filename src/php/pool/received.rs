//! Messages that a worker has received: their texts, and the handles and values that come with them.

use super::state::State;
use crate::os;
use crate::php::{log, outcome};
use crate::rt::core::handles::PoolToken;
use crate::rt::handle::ArrivalKind;
use crate::zend::errors::Outcome;
use crate::zend::values::Text;
use crate::zend::{globals, recv_buffer};

/// The message in the inbox, which has `len` bytes, as a string.
#[inline]
pub(super) fn receive(len: usize) -> Outcome<os::Result<Text>> {
    recv_buffer::receive_all(len, |runtime, room| runtime.pools.inbox().take(room))
}

/// Keeps a message while it is handled. One that brings a handle or a value cannot be handled again.
pub(super) fn keep(token: PoolToken, text: &Text) {
    globals::with(|runtime| {
        if runtime.pools.inbox().brings().is_none() {
            runtime.pools.keep_message(token, text.bytes());
        }
    });
}

/// The message of a crashed process as a string.
pub(super) fn receive_again(token: PoolToken, len: usize) -> Outcome<Text> {
    let taken: os::Result<Text> =
        recv_buffer::receive_all(len, |runtime, room| Ok(runtime.pools.take_retry(token, room)))?;
    taken.map_err(|errno| outcome::system("read()", errno))
}

#[cold]
pub(super) fn note_cut(full: usize, len: usize) {
    log::warning(&format!(
        "a message of {full} bytes was cut to {len} bytes, which is the pool's max_package_size"
    ));
}

/// Drops a handle or a value that its callback has not received.
pub(super) fn drop_unreceived(state: &State) {
    note_dropped(globals::with(|runtime| runtime.pools.drop_unreceived(&mut runtime.pipes, state.token)));
}

/// Logs that a handle or a value was dropped.
#[inline]
pub(super) fn note_dropped(dropped: Option<ArrivalKind>) {
    if let Some(dropped) = dropped {
        log_dropped(dropped);
    }
}

#[cold]
fn log_dropped(dropped: ArrivalKind) {
    log::warning(match dropped {
        ArrivalKind::Handle => {
            "a handle was not received, and is closed: call receiveHandle() before onMessage returns or yields"
        }
        ArrivalKind::Value => {
            "a value was not received, and is lost: call receive() before onMessage returns or yields"
        }
    });
}
