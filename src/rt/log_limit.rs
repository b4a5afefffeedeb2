//! Limits repeated log lines: the first lines of a kind are written, the others are counted, and the count is written
//! later. Lines that differ only in numbers are of one kind.
//!
//! This module writes nothing, and the caller tells the time.

use std::time::{Duration, Instant};

/// The number of lines of a kind that are written within [`WINDOW`].
pub const BURST: u32 = 20;

/// The time after which the counting of a kind starts again. A window begins with a line, after the previous window has
/// ended.
pub const WINDOW: Duration = Duration::from_secs(10);

/// The number of kinds that are remembered. A further kind replaces the oldest.
const KINDS: usize = 64;

#[derive(Debug)]
struct Kind {
    /// The line with its numbers left out.
    pattern: String,
    since: Instant,
    written: u32,
    dropped: u64,
    /// The last line that was dropped.
    last: String,
}

/// What to write.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Lines about dropped lines, to be written first.
    pub counts: Vec<String>,
    /// Whether the line itself is written.
    pub line: bool,
}

/// The kinds of recent lines.
#[derive(Debug, Default)]
pub struct LogLimit {
    kinds: Vec<Kind>,
}

impl LogLimit {
    /// No kinds.
    pub const fn new() -> LogLimit {
        LogLimit { kinds: Vec::new() }
    }

    /// A line comes at time `now`.
    pub fn take(&mut self, line: &str, now: Instant) -> Lines {
        let is_over = |kind: &mut Kind| now.saturating_duration_since(kind.since) >= WINDOW;
        let mut counts: Vec<String> = self.kinds.extract_if(.., is_over).filter_map(Kind::count).collect();
        let pattern = pattern_of(line);
        if let Some(kind) = self.kinds.iter_mut().find(|kind| kind.pattern == pattern) {
            let is_written = kind.written < BURST;
            if is_written {
                kind.written += 1;
            } else {
                kind.dropped += 1;
                line.clone_into(&mut kind.last);
            }
            return Lines { counts, line: is_written };
        }
        if self.kinds.len() >= KINDS {
            // Kinds are in the order in which they came.
            counts.extend(self.kinds.remove(0).count());
        }
        self.kinds.push(Kind { pattern, since: now, written: 1, dropped: 0, last: String::new() });
        Lines { counts, line: true }
    }

    /// No more lines will come: returns the lines about dropped ones.
    pub fn end(&mut self) -> Vec<String> {
        self.kinds.drain(..).filter_map(Kind::count).collect()
    }
}

impl Kind {
    fn count(self) -> Option<String> {
        let what = if self.dropped == 1 { "line" } else { "lines" };
        (self.dropped > 0).then(|| {
            format!("{} more {what} like this within {} s: {}", self.dropped, WINDOW.as_secs(), self.last)
        })
    }
}

/// A line without its numbers.
fn pattern_of(line: &str) -> String {
    let mut pattern = String::with_capacity(line.len());
    for letter in line.chars() {
        if !letter.is_ascii_digit() {
            pattern.push(letter);
        } else if !pattern.ends_with('0') {
            pattern.push('0');
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WRITTEN: Lines = Lines { counts: Vec::new(), line: true };
    const DROPPED: Lines = Lines { counts: Vec::new(), line: false };

    #[test]
    fn what_is_repeated_is_counted_and_told_when_the_window_is_over() {
        let (mut limit, now) = (LogLimit::new(), Instant::now());
        for number in 0..BURST {
            assert_eq!(limit.take(&format!("worker {number} has failed"), now), WRITTEN);
        }
        for number in 0..5 {
            assert_eq!(limit.take(&format!("worker {number} has failed"), now), DROPPED);
        }
        assert_eq!(limit.take("another line", now), WRITTEN);
        let later = limit.take("a third line", now + WINDOW);
        assert!(later.line);
        assert_eq!(later.counts, ["5 more lines like this within 10 s: worker 4 has failed"]);
        assert_eq!(limit.take("worker 7 has failed", now + WINDOW), WRITTEN);
        assert!(limit.end().is_empty());
    }

    #[test]
    fn the_end_tells_what_was_dropped() {
        let (mut limit, now) = (LogLimit::new(), Instant::now());
        for _ in 0..=BURST {
            limit.take("a line", now);
        }
        assert_eq!(limit.end(), ["1 more line like this within 10 s: a line"]);
        assert!(limit.end().is_empty());
    }

    #[test]
    fn lines_are_of_one_kind_when_they_differ_in_numbers_only() {
        assert_eq!(pattern_of("pid 12, 0.5 s"), pattern_of("pid 4711, 12.25 s"));
        assert_ne!(pattern_of("a 1"), pattern_of("b 1"));
        assert_ne!(pattern_of("a 1"), pattern_of("a "));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn each_line_is_written_or_counted_once(
            lines in prop::collection::vec((0..200usize, 0..3_000u64), 0..600),
        ) {
            let (mut limit, mut now) = (LogLimit::new(), Instant::now());
            let (mut written, mut counted) = (0, 0);
            let mut count = |texts: &[String]| {
                for text in texts {
                    counted += text.split(' ').next().unwrap().parse::<usize>().unwrap();
                }
            };
            for (kind, time) in &lines {
                // Most are of a few kinds.
                let kind = "x".repeat(if *kind < 120 { 1 } else { *kind });
                let taken = limit.take(&kind, now);
                written += usize::from(taken.line);
                count(&taken.counts);
                prop_assert!(limit.kinds.len() <= KINDS);
                now += Duration::from_millis(*time / 100);
            }
            count(&limit.end());
            prop_assert_eq!(written + counted, lines.len());
        }
    }
}
