//! Finds the place of a coroutine by its number.
//!
//! Numbers count up, so their lowest bits spread them over a table as well as a hash would, and almost every number has
//! a chain of its own. The standard library's map takes twice the time, in the shortest operation that coroutines have.

use crate::rt::core::wait::{Cid, Slot};

/// No slot: the end of a chain.
const END: Slot = Slot::MAX;

/// The length of the smallest table.
const FIRST: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Link {
    cid: Cid,
    next: Slot,
}

/// The slots of coroutines, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The beginning of each chain, by the lowest bits of its numbers. The length is a power of two, or zero.
    chains: Vec<Slot>,
    /// The links, by slot.
    links: Vec<Link>,
    count: usize,
}

impl Places {
    pub(super) fn len(&self) -> usize {
        self.count
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only the lowest bits count")]
    fn chain_of(&self, cid: Cid) -> usize {
        cid as usize & self.chains.len().wrapping_sub(1)
    }

    #[inline]
    pub(super) fn find(&self, cid: Cid) -> Option<Slot> {
        let mut at = *self.chains.get(self.chain_of(cid))?;
        while let Some(link) = self.links.get(at) {
            if link.cid == cid {
                return Some(at);
            }
            at = link.next;
        }
        None
    }

    /// Adds a number that is not there yet, at a slot that no other number has.
    #[inline]
    pub(super) fn insert(&mut self, cid: Cid, slot: Slot) {
        if self.count == self.chains.len() {
            self.grow();
        }
        self.count += 1;
        self.link(cid, slot);
    }

    #[inline]
    fn link(&mut self, cid: Cid, slot: Slot) {
        let chain = self.chain_of(cid);
        let Some(first) = self.chains.get_mut(chain) else { return };
        let link = Link { cid, next: std::mem::replace(first, slot) };
        match self.links.get_mut(slot) {
            Some(place) => *place = link,
            None => self.extend(slot, link),
        }
    }

    #[cold]
    fn extend(&mut self, slot: Slot, link: Link) {
        self.links.resize(slot, Link { cid: 0, next: END });
        self.links.push(link);
    }

    #[inline]
    pub(super) fn remove(&mut self, cid: Cid) {
        let chain = self.chain_of(cid);
        let Some(mut at) = self.chains.get(chain).copied() else { return };
        let mut before = END;
        while let Some(&link) = self.links.get(at) {
            if link.cid == cid {
                match self.links.get_mut(before) {
                    Some(before) => before.next = link.next,
                    None => self.begin_chain(chain, link.next),
                }
                self.count -= 1;
                return;
            }
            before = at;
            at = link.next;
        }
    }

    #[inline]
    fn begin_chain(&mut self, chain: usize, slot: Slot) {
        if let Some(first) = self.chains.get_mut(chain) {
            *first = slot;
        }
    }

    /// All numbers and their slots, in no particular order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Cid, Slot)> {
        self.chains.iter().flat_map(|&first| {
            let link = |slot: Slot| self.links.get(slot).map(|link| (slot, link));
            std::iter::successors(link(first), move |(_, before)| link(before.next))
                .map(|(slot, link)| (link.cid, slot))
        })
    }

    /// Keeps only the numbers for whose slots `is_kept` is true.
    pub(super) fn retain(&mut self, is_kept: impl Fn(Slot) -> bool) {
        let kept: Vec<_> = self.iter().filter(|&(_, slot)| is_kept(slot)).collect();
        self.count = kept.len();
        self.chains.fill(END);
        for (cid, slot) in kept {
            self.link(cid, slot);
        }
    }

    #[cold]
    fn grow(&mut self) {
        let all: Vec<_> = self.iter().collect();
        let length = (self.chains.len() * 2).max(FIRST);
        self.chains = vec![END; length];
        for (cid, slot) in all {
            self.link(cid, slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn finds_what_a_map_finds(steps in proptest::collection::vec((0..4_u8, 1..40_i64), 0..500)) {
            let (mut places, mut model) = (Places::default(), BTreeMap::new());
            let (mut slots, mut last) = (slab::Slab::new(), 0);
            for (step, number) in steps {
                match step {
                    0 | 1 => {
                        // Numbers count up, with holes.
                        last += number;
                        let slot = slots.insert(());
                        places.insert(last, slot);
                        model.insert(last, slot);
                    }
                    2 => {
                        let oldest = model.keys().nth(usize::try_from(number).unwrap() % (model.len() + 1)).copied();
                        let Some(cid) = oldest else { continue };
                        places.remove(cid);
                        slots.remove(model.remove(&cid).unwrap());
                        places.remove(cid);
                    }
                    _ if number == 1 => {
                        places.retain(|slot| slot % 3 == 0);
                        model.retain(|_, slot| *slot % 3 == 0);
                        slots.retain(|slot, ()| slot % 3 == 0);
                    }
                    _ => prop_assert_eq!(places.find(last - number), model.get(&(last - number)).copied()),
                }
                prop_assert_eq!(places.len(), model.len());
                if let Some((&cid, &slot)) = model.last_key_value() {
                    prop_assert_eq!(places.find(cid), Some(slot));
                }
            }
            prop_assert_eq!(places.iter().collect::<BTreeMap<_, _>>(), model.clone());
            for cid in -1..=last {
                prop_assert_eq!(places.find(cid), model.get(&cid).copied());
            }
        }
    }
}
