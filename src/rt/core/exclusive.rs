//! A table of exclusive work: one worker does it while others that need its result wait. Workers are known by numbers;
//! the main program has none.

use std::collections::VecDeque;

/// Work in progress.
#[derive(Debug)]
struct Work<W> {
    name: Box<[u8]>,
    owner: Option<i64>,
    /// Workers that do it too, because they cannot wait for the owner.
    besides: Vec<Option<i64>>,
    /// Workers that wait for its end.
    waiters: VecDeque<(i64, W)>,
}

/// All work in progress. The table is short.
#[derive(Debug)]
pub(in crate::rt) struct Exclusive<W> {
    work: Vec<Work<W>>,
    /// Waiters whose work has ended, and that were not woken yet.
    released: VecDeque<W>,
}

/// What a worker that wants to begin work has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rt) enum Step {
    /// Do the work: it has begun.
    Begin,
    /// Go ahead without waiting: the worker does this work already, or the owner is the main program, which continues
    /// only when all others wait.
    Leave,
    /// Wait until the owner has ended the work.
    Wait,
    /// Do not wait: the owner waits for this worker.
    Circle,
}

impl<W> Default for Exclusive<W> {
    fn default() -> Exclusive<W> {
        Exclusive { work: Vec::new(), released: VecDeque::new() }
    }
}

impl<W: Copy + PartialEq> Exclusive<W> {
    fn find(&self, name: &[u8]) -> Option<usize> {
        self.work.iter().position(|work| *work.name == *name)
    }

    /// Begins work, unless a living owner does it already.
    pub(in crate::rt) fn begin(
        &mut self,
        name: &[u8],
        own: Option<i64>,
        is_alive: impl Fn(i64) -> bool,
    ) -> Step {
        let Some(work) = self.find(name).and_then(|at| self.work.get_mut(at)) else {
            self.work.push(Work {
                name: name.into(),
                owner: own,
                besides: Vec::new(),
                waiters: VecDeque::new(),
            });
            return Step::Begin;
        };
        work.besides.retain(|other| other.is_none_or(&is_alive));
        match work.owner {
            owner if owner == own || work.besides.contains(&own) => Step::Leave,
            None => Step::Leave,
            Some(owner) if is_alive(owner) => match own {
                Some(own) if self.waits_for(owner, own) => Step::Circle,
                _ => Step::Wait,
            },
            Some(_) => {
                work.owner = own;
                Step::Begin
            }
        }
    }

    /// Begins work beside an owner that cannot be waited for.
    pub(in crate::rt) fn begin_beside(&mut self, name: &[u8], own: Option<i64>) {
        if let Some(work) = self.find(name).and_then(|at| self.work.get_mut(at)) {
            work.besides.push(own);
        }
    }

    /// Whether `one` waits for work of `other`, directly or through further workers.
    fn waits_for(&self, mut one: i64, other: i64) -> bool {
        // Each worker waits for one owner at most, and no wait begins that would close a circle.
        while let Some(owner) = self.owner_waited_for(one) {
            if owner == other {
                return true;
            }
            one = owner;
        }
        false
    }

    fn owner_waited_for(&self, one: i64) -> Option<i64> {
        self.work.iter().find(|work| work.waiters.iter().any(|&(waits, _)| waits == one))?.owner
    }

    /// `own` begins to wait for the end of work.
    pub(in crate::rt) fn wait(&mut self, name: &[u8], own: i64, waiter: W) {
        if let Some(work) = self.find(name).and_then(|at| self.work.get_mut(at)) {
            work.waiters.push_back((own, waiter));
        }
    }

    /// A worker waits no longer.
    pub(in crate::rt) fn stop_waiting(&mut self, waiter: W) {
        for work in &mut self.work {
            work.waiters.retain(|&(_, other)| other != waiter);
        }
    }

    /// Ends the work of `own`. The waiters of an owner are then released ([`Exclusive::next_released`]).
    pub(in crate::rt) fn end(&mut self, name: &[u8], own: Option<i64>) {
        let Some(at) = self.find(name) else { return };
        if let Some(work) = self.work.get_mut(at)
            && work.owner != own
        {
            work.besides.retain(|&other| other != own);
            return;
        }
        let ended = self.work.swap_remove(at);
        self.released.extend(ended.waiters.into_iter().map(|(_, waiter)| waiter));
    }

    /// The next released waiter.
    pub(in crate::rt) fn next_released(&mut self) -> Option<W> {
        self.released.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alive(_: i64) -> bool {
        true
    }

    #[test]
    fn who_needs_what_another_does_waits_for_it() {
        let mut table = Exclusive::default();
        assert_eq!(table.begin(b"a", Some(1), alive), Step::Begin);
        assert_eq!(table.begin(b"a", Some(1), alive), Step::Leave);
        assert_eq!(table.begin(b"b", Some(2), alive), Step::Begin);
        for waiter in [2, 3] {
            assert_eq!(table.begin(b"a", Some(waiter), alive), Step::Wait);
            table.wait(b"a", waiter, waiter);
        }
        table.stop_waiting(2);
        table.end(b"a", Some(1));
        assert_eq!((table.next_released(), table.next_released()), (Some(3), None));
        assert_eq!(table.begin(b"a", Some(2), alive), Step::Begin);
    }

    #[test]
    fn who_does_it_beside_the_owner_does_it_once_and_ends_only_its_own() {
        let mut table = Exclusive::default();
        assert_eq!(table.begin(b"a", Some(1), alive), Step::Begin);
        assert_eq!(table.begin(b"a", Some(2), alive), Step::Wait);
        table.wait(b"a", 2, 2);
        assert_eq!(table.begin(b"a", None, alive), Step::Wait);
        table.begin_beside(b"a", None);
        assert_eq!(table.begin(b"a", None, alive), Step::Leave);
        assert_eq!(table.begin(b"a", Some(3), alive), Step::Wait);
        table.end(b"a", None);
        assert_eq!(table.next_released(), None);
        assert_eq!(table.begin(b"a", None, alive), Step::Wait);
        table.begin_beside(b"a", None);
        table.end(b"a", Some(1));
        assert_eq!(table.next_released(), Some(2));
        // A worker beside the owner does not end the next owner's work.
        assert_eq!(table.begin(b"a", Some(4), alive), Step::Begin);
        table.end(b"a", None);
        assert_eq!(table.begin(b"a", Some(4), alive), Step::Leave);
    }

    #[test]
    fn a_circle_of_any_length_is_found() {
        let mut table = Exclusive::default();
        let names = [b"a", b"b", b"c", b"d"];
        for (own, name) in (0..).zip(names) {
            assert_eq!(table.begin(name, Some(own), alive), Step::Begin);
        }
        for (own, name) in (0..3).zip(&names[1..]) {
            assert_eq!(table.begin(*name, Some(own), alive), Step::Wait);
            table.wait(*name, own, own);
        }
        assert_eq!(table.begin(b"a", Some(3), alive), Step::Circle);
        assert_eq!(table.begin(b"a", Some(9), alive), Step::Wait);
    }

    #[test]
    fn work_of_the_dead_is_free_and_that_of_the_main_program_is_not_waited_for() {
        let mut table: Exclusive<i64> = Exclusive::default();
        assert_eq!(table.begin(b"a", Some(1), alive), Step::Begin);
        assert_eq!(table.begin(b"a", Some(2), |_| false), Step::Begin);
        assert_eq!(table.begin(b"a", Some(2), alive), Step::Leave);
        assert_eq!(table.begin(b"main", None, alive), Step::Begin);
        assert_eq!(table.begin(b"main", Some(2), alive), Step::Leave);
        assert_eq!(table.begin(b"a", None, alive), Step::Wait);
    }
}
