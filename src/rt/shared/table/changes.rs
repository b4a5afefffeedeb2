//! Values for some columns of a row, to write or to compare.

use super::layout::Row;
use super::region::LOW;
use super::schema::{Column, Kind, Schema, put_text};
use std::sync::atomic::Ordering::Relaxed;

/// Values that are being collected, in words of the caller.
#[derive(Debug)]
pub struct Draft<'d> {
    image: &'d mut [u64],
    /// The parts of the image that are set: the high half has where a part begins, the low half its number of words.
    parts: &'d mut [u64],
    count: usize,
    /// The last part, which may still grow, and is not in `parts` yet: where it begins and ends.
    first: usize,
    end: usize,
}

/// Values for some columns of a row.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'c> {
    image: &'c [u64],
    parts: &'c [u64],
}

impl Schema {
    /// The number of words that a draft takes.
    pub fn words_of_draft(&self) -> usize {
        self.words() + self.columns().len()
    }
}

impl<'d> Draft<'d> {
    /// An empty draft, in as many words as [`Schema::words_of_draft`] says.
    #[inline]
    pub fn new(schema: &Schema, words: &'d mut [u64]) -> Draft<'d> {
        let (image, parts) = words.split_at_mut_checked(schema.words()).unwrap_or_default();
        Draft { image, parts, count: 0, first: 0, end: 0 }
    }

    /// Sets a number column. Columns are set in their order, each once.
    #[inline]
    pub fn number(&mut self, column: &Column, value: u64) {
        if let Some(word) = self.image.get_mut(column.first) {
            *word = value;
            self.add(column.first, 1);
        }
    }

    /// Sets a text column, in the same way. Text that does not fit is cut off.
    #[inline]
    pub fn text(&mut self, column: &Column, text: &[u8]) {
        if let Some(words) = self.image.get_mut(column.first..column.first + column.words()) {
            let used = put_text(words, text);
            self.add(column.first, used);
        }
    }

    /// Adds words. If they follow the last part directly, they become part of it.
    #[inline]
    fn add(&mut self, first: usize, count: usize) {
        if self.end != first {
            self.end_part();
            self.first = first;
        }
        self.end = first + count;
    }

    #[inline]
    fn end_part(&mut self) {
        let count = self.end - self.first;
        if count > 0
            && let Some(next) = self.parts.get_mut(self.count)
        {
            *next = (self.first as u64) << 32 | count as u64;
            self.count += 1;
        }
    }

    /// The values.
    #[inline]
    pub fn changes(mut self) -> Changes<'d> {
        self.end_part();
        Changes { image: self.image, parts: self.parts.get(..self.count).unwrap_or_default() }
    }
}

/// Where a part begins, and its number of words.
#[inline]
pub(super) fn part(number: u64) -> (usize, usize) {
    let half = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    (half(number >> 32), half(number & LOW))
}

impl<'c> Changes<'c> {
    /// No values.
    pub const NONE: Changes<'static> = Changes { image: &[], parts: &[] };

    /// The word that changes, and its place, if no other changes.
    #[inline]
    pub(super) fn single(&self) -> Option<(usize, u64)> {
        let [only] = self.parts else { return None };
        let (first, 1) = part(*only) else { return None };
        Some((first, *self.image.get(first)?))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The parts of a row that change: where each begins, and its words.
    #[inline]
    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, &'c [u64])> {
        let image = self.image;
        self.parts.iter().map(move |number| {
            let (first, count) = part(*number);
            (first, image.get(first..first + count).unwrap_or_default())
        })
    }

    /// Writes them into a row.
    #[inline]
    pub(super) fn put(&self, row: &Row<'_>) {
        for (first, words) in self.parts() {
            let places = row.data().get(first..first + words.len()).unwrap_or_default();
            places.iter().zip(words).for_each(|(place, word)| place.store(*word, Relaxed));
        }
    }

    /// Whether a row has these values.
    pub(super) fn are_in(&self, row: &Row<'_>, columns: &[Column]) -> bool {
        let is_float = |at| columns.iter().any(|column| column.first == at && column.kind == Kind::Float);
        self.parts().all(|(first, words)| {
            row.data().iter().zip(0..).skip(first).zip(words).all(|((word, at), wanted)| {
                let value = word.load(Relaxed);
                let same_number = || f64::from_bits(value) == f64::from_bits(*wanted);
                if is_float(at) { same_number() } else { value == *wanted }
            })
        })
    }
}
