//! Counts how often each system call is made, by a process and by those that it forks while it counts. So a test finds
//! by itself what an operation does, and which faults it has to survive.

use super::call::{Call, own_pid};
use crate::os::{Errno, Result};
use std::cell::RefCell;
use std::sync::atomic::{AtomicI32, AtomicPtr, AtomicU32, Ordering};

const CALLS: usize = Call::ALL.len();

/// Effects are counted for this many plans.
const PLANS: usize = 16;

/// Memory that forked processes share.
struct Shared {
    /// The process that counts.
    owner: AtomicI32,
    here: [AtomicU32; CALLS],
    /// The largest number of each call that one forked process has made.
    child: [AtomicU32; CALLS],
    /// The effects of plans, by the numbers of the plans.
    effects: [AtomicU32; PLANS],
}

static SHARED: AtomicPtr<Shared> = AtomicPtr::new(std::ptr::null_mut());

/// The counting process and its calls; `None` when no process counts.
type Own = Option<(i32, [u32; CALLS])>;

thread_local! {
    static OWN: RefCell<Own> = const { RefCell::new(None) };
}

/// The counts.
#[derive(Debug)]
pub struct Counts {
    /// Calls of the counting process.
    pub here: Vec<(Call, u32)>,
    /// The largest number of each call that one process forked from it has made.
    pub child: Vec<(Call, u32)>,
    /// How often each plan took effect in all of them, in the order in which the plans were set.
    pub effects: Vec<u32>,
}

/// mmap(2), the first time: counts from zero, in this process and in those that it forks from now on.
pub fn start_counting() -> Result<()> {
    if SHARED.load(Ordering::Relaxed).is_null() {
        let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping, which nothing else uses.
        let page = unsafe { libc::mmap(std::ptr::null_mut(), size_of::<Shared>(), access, kind, -1, 0) };
        if page == libc::MAP_FAILED {
            return Err(Errno::last());
        }
        SHARED.store(page.cast(), Ordering::Relaxed);
    }
    if let Some(shared) = shared() {
        shared.owner.store(own_pid(), Ordering::Relaxed);
        for count in shared.here.iter().chain(&shared.child).chain(&shared.effects) {
            count.store(0, Ordering::Relaxed);
        }
    }
    OWN.set(Some((own_pid(), [0; CALLS])));
    Ok(())
}

/// This process stops counting; forked processes continue.
pub fn stop_counting() {
    OWN.set(None);
}

/// The counts since [`start_counting`], of calls that were made at all.
pub fn counts() -> Counts {
    let list = |counts: &[AtomicU32]| {
        let counts = counts.iter().map(|count| count.load(Ordering::Relaxed));
        Call::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect()
    };
    shared().map_or(Counts { here: Vec::new(), child: Vec::new(), effects: Vec::new() }, |shared| Counts {
        here: list(&shared.here),
        child: list(&shared.child),
        effects: shared.effects.iter().map(|count| count.load(Ordering::Relaxed)).collect(),
    })
}

/// mallinfo2(3): the bytes that the C library has allocated, from its heap and as separate mappings. Memory that was
/// freed into the thread's cache counts as allocated.
pub fn heap() -> usize {
    // SAFETY: it reads the allocator's own figures.
    let info = unsafe { libc::mallinfo2() };
    info.uordblks + info.hblkhd
}

pub(super) fn note(call: Call) {
    let Some(shared) = shared() else { return };
    let here = own_pid();
    let count = OWN.with_borrow_mut(|own| {
        let (owner, counts) = own.as_mut()?;
        if *owner != here {
            (*owner, *counts) = (here, [0; CALLS]);
        }
        let count = counts.get_mut(call as usize)?;
        *count += 1;
        Some(*count)
    });
    let Some(count) = count else { return };
    let all = if shared.owner.load(Ordering::Relaxed) == here { &shared.here } else { &shared.child };
    if let Some(most) = all.get(call as usize) {
        most.fetch_max(count, Ordering::Relaxed);
    }
}

pub(super) fn own() -> Own {
    OWN.with_borrow(Own::clone)
}

pub(super) fn set_own(own: Own) {
    OWN.set(own);
}

/// Counts an effect of the plan with this number.
pub(super) fn note_effect(plan: usize) {
    if let Some(effects) = shared().and_then(|shared| shared.effects.get(plan)) {
        effects.fetch_add(1, Ordering::Relaxed);
    }
}

fn shared() -> Option<&'static Shared> {
    // SAFETY: null, or the mapping of `start_counting`: large enough, zeroed, aligned to a page, never unmapped.
    unsafe { SHARED.load(Ordering::Relaxed).as_ref() }
}
