//! The orders in which processes see what others write, in the memory model of the language: loom runs readers and writers of
//! a bucket in every order that it allows. Threads stand for processes. One that is killed is a thread that ends early: a
//! kill lets all earlier instructions take effect, and whoever takes the bucket over knows of the death.
#![cfg(test)]
// loom itself leaks what its threads have.
#![cfg(not(leak_check))]

mod atomics {
    pub(crate) use loom::sync::atomic::{AtomicU64, Ordering, fence};
}

#[allow(unreachable_pub, reason = "the module has more readers than this test")]
#[path = "../src/rt/shared/table/version.rs"]
mod version;

use atomics::{AtomicU64, Ordering::*, fence};
use loom::sync::Arc;
use loom::thread;
use version::{begin_change, end_change, steadily};

const NOTHING: u64 = 0;
const CHANGE: u64 = 1;

/// The steps of a change, how many of them have erased its journal, and the steps of a recovery.
const STEPS: usize = 6;
const ERASED: usize = 5;
const RECOVERY_STEPS: usize = 4;

/// A bucket with one row of two numbers that belong together, and a journal.
struct Bucket {
    owner: AtomicU64,
    version: AtomicU64,
    data: [AtomicU64; 2],
    step: AtomicU64,
    kept: [AtomicU64; 2],
}

impl Bucket {
    fn new() -> Arc<Bucket> {
        let number = || AtomicU64::new(0);
        Arc::new(Bucket {
            owner: number(),
            version: number(),
            data: [number(), number()],
            step: number(),
            kept: [number(), number()],
        })
    }

    /// As a process takes a bucket that is free, and gives it back.
    fn try_hold(&self, me: u64, body: impl FnOnce()) -> bool {
        let held = self.owner.compare_exchange(0, me, SeqCst, SeqCst).is_ok();
        if held {
            body();
            self.owner.swap(0, SeqCst);
        }
        held
    }

    /// Changes the row, as far as to the step `killed_before`.
    fn change(&self, value: u64, killed_before: usize) {
        let steps: [&dyn Fn(); STEPS] = [
            &|| {
                self.data
                    .iter()
                    .zip(&self.kept)
                    .for_each(|(word, kept)| kept.store(word.load(Relaxed), Relaxed));
                self.step.store(CHANGE, Release);
                fence(Release);
            },
            &|| begin_change(&self.version),
            &|| self.data[0].store(value, Relaxed),
            &|| self.data[1].store(value, Relaxed),
            &|| self.step.store(NOTHING, Release),
            &|| end_change(&self.version),
        ];
        steps.iter().take(killed_before).for_each(|step| step());
    }

    /// What the process does that takes the bucket from a dead one.
    fn recover(&self, killed_before: usize) {
        let steps: [&dyn Fn(); RECOVERY_STEPS] = [
            &|| begin_change(&self.version),
            &|| {
                if self.step.load(Acquire) == CHANGE {
                    self.data
                        .iter()
                        .zip(&self.kept)
                        .for_each(|(word, kept)| word.store(kept.load(Relaxed), Relaxed));
                }
            },
            &|| {
                fence(SeqCst);
                self.step.store(NOTHING, Release);
            },
            &|| end_change(&self.version),
        ];
        steps.iter().take(killed_before).for_each(|step| step());
    }

    /// One attempt of a reader.
    fn read(&self) -> Option<[u64; 2]> {
        steadily(&self.version, |_| [0, 1].map(|index| self.data[index].load(Relaxed)))
    }

    fn assert_whole(&self) {
        if let Some([one, other]) = self.read() {
            assert_eq!(one, other, "half a row");
        }
    }
}

#[test]
fn a_reader_sees_no_half_row_of_a_writer_that_changes_it_twice() {
    loom::model(|| {
        let bucket = Bucket::new();
        let writer = Arc::clone(&bucket);
        let writer = thread::spawn(move || {
            writer.change(1, STEPS);
            writer.change(2, STEPS);
        });
        bucket.assert_whole();
        writer.join().unwrap();
        assert_eq!(bucket.read(), Some([2, 2]));
    });
}

#[test]
fn one_writer_at_a_time_holds_a_bucket_and_the_next_sees_what_it_wrote() {
    loom::model(|| {
        let bucket = Bucket::new();
        let work = |bucket: &Bucket, me: u64| {
            bucket.try_hold(me, || {
                let value = bucket.data[1].load(Relaxed) + 1;
                bucket.change(value, STEPS);
            })
        };
        let other = Arc::clone(&bucket);
        let other = thread::spawn(move || work(&other, 2));
        let mine = work(&bucket, 1);
        let both = u64::from(mine) + u64::from(other.join().unwrap());
        assert_eq!(bucket.read(), Some([both, both]));
        assert!(both > 0);
    });
}

/// Every order of the steps of two processes, as far as one does not interrupt the other more than twice; with ORDERINGS=all
/// without that limit, for minutes.
fn in_every_order(model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = std::env::var_os("ORDERINGS").is_none().then_some(2);
    builder.check(model);
}

/// A writer that is killed before each of these steps, one that recovers what it left and is killed before any, one that does
/// so to the end, and beside them a reader.
fn with_killed(writers: std::ops::RangeInclusive<usize>, readings: usize, check: fn(&[Option<[u64; 2]>])) {
    for killed_before in writers {
        for recovery_killed_before in 1..=RECOVERY_STEPS {
            in_every_order(move || {
                let bucket = Bucket::new();
                let reader = Arc::clone(&bucket);
                let reader = thread::spawn(move || {
                    check(&(0..readings).map(|_| reader.read()).collect::<Vec<_>>());
                });
                bucket.change(1, killed_before);
                bucket.recover(recovery_killed_before);
                bucket.recover(RECOVERY_STEPS);
                reader.join().unwrap();
                // The old row until the step is erased, the new one from then on.
                let value = u64::from(killed_before >= ERASED);
                assert_eq!(bucket.read(), Some([value, value]));
            });
        }
    }
}

#[test]
fn a_reader_sees_no_half_row_of_a_writer_that_was_killed() {
    with_killed(0..=STEPS, 1, |rows| {
        rows.iter().flatten().for_each(|[one, other]| assert_eq!(one, other, "half a row"));
    });
}

#[test]
fn what_a_reader_has_seen_is_not_undone() {
    with_killed(ERASED..=ERASED, 2, |rows| {
        if let [Some(first), Some(second)] = rows {
            assert!(first <= second, "{first:?}, then {second:?}");
        }
    });
}

/// A single number needs neither version nor journal.
#[test]
fn a_number_is_the_old_or_the_new_one() {
    loom::model(|| {
        let bucket = Bucket::new();
        let writer = Arc::clone(&bucket);
        let writer = thread::spawn(move || {
            writer.try_hold(1, || writer.data[0].store(7, Release));
        });
        if let Some([number, other]) = bucket.read() {
            assert!((number == 0 || number == 7) && other == 0);
        }
        writer.join().unwrap();
        assert_eq!(bucket.read(), Some([7, 0]));
    });
}

/// The models find what they are for: without the fence behind the odd version, half a row is seen.
#[test]
#[should_panic(expected = "half a row")]
fn a_writer_without_a_fence_is_found() {
    loom::model(|| {
        let bucket = Bucket::new();
        let writer = Arc::clone(&bucket);
        let writer = thread::spawn(move || {
            writer.version.store(1, Relaxed);
            writer.data.iter().for_each(|word| word.store(1, Relaxed));
            end_change(&writer.version);
        });
        bucket.assert_whole();
        writer.join().unwrap();
    });
}
