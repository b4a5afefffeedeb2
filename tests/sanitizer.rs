//! What the other tests rely on when `scripts/sanitize` runs them: a fault in a forked process ends it with a status
//! that is not 0. Without the sanitizer there is nothing to test.
#![cfg(test)]

mod alone;

use std::process::ExitCode;

#[cfg(leak_check)]
mod planted {
    use super::alone::{FAILED, start};
    use std::hint::black_box;
    use swoole_process::os::process::{End, WaitMode};
    use swoole_process::rt::runtime::Runtime;

    /// How a process ends that runs `body`.
    fn end_of(body: fn()) -> End {
        let mut rt = Runtime::default();
        start(&mut rt, None, |_| body());
        rt.pipes.reap(WaitMode::Wait).unwrap().unwrap().end
    }

    /// Away from the frames that stay: what they leave on the stack may look like a pointer.
    #[inline(never)]
    fn forget(block: Box<[u8; 100]>) {
        std::mem::forget(black_box(block));
    }

    pub(super) fn a_block_that_a_child_forgets_is_found() {
        assert_eq!(end_of(|| drop(Box::new([1_u8; 100]))), End::Exited(0));
        let forgets = || (0..100).for_each(|number| forget(Box::new([number; 100])));
        assert_eq!(end_of(forgets), End::Exited(FAILED));
    }

    pub(super) fn a_read_of_freed_memory_in_a_child_is_found() {
        let reads = || {
            let block = Box::new([1_u8; 100]);
            let byte = &raw const block[50];
            drop(black_box(block));
            #[allow(unsafe_code, reason = "it is the fault to be found")]
            // SAFETY: none.
            let read = unsafe { byte.read_volatile() };
            black_box(read);
        };
        // The sanitizer's own status.
        assert_eq!(end_of(reads), End::Exited(1));
    }
}

#[cfg(leak_check)]
use planted::{a_block_that_a_child_forgets_is_found, a_read_of_freed_memory_in_a_child_is_found};

fn main() -> ExitCode {
    alone::run(alone::tests![
        #[cfg(leak_check)]
        a_block_that_a_child_forgets_is_found,
        #[cfg(leak_check)]
        a_read_of_freed_memory_in_a_child_is_found,
    ])
}
