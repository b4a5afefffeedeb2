//! Signals that a script handles or blocks by pcntl, without the loop. While there are any, waits block all signals: only a
//! handler of ours can end a wait that has not begun (`os::prepared_wait`).

use crate::os::prepared_wait;
use crate::zend::errors::Outcome;
use crate::zend::function_hooks::{self, Replacement, surrounded};
use crate::zend::lifecycle::{Part, once};

pub(super) const PART: Part = Part {
    start: once!(|_| function_hooks::install(SURROUNDED)),
    stop: once!(|_| function_hooks::restore(SURROUNDED)),
    ..Part::NONE
};

static SURROUNDED: &[Replacement] =
    &[surrounded!("pcntl_signal", forbid, || Ok(())), surrounded!("pcntl_sigprocmask", forbid, || Ok(()))];

fn forbid(_first: Option<i64>) -> Outcome<()> {
    prepared_wait::forbid_unmasked_waits();
    Ok(())
}
