//! Tables that processes share: against a plain map, with collisions and up to the last row; with processes that are killed
//! at any instruction; with readers beside writers.
#![cfg(test)]

mod alone;

use alone::killed::{kill_and_reap, let_end, spread, start_plain, step, stop_after};
use alone::random::for_all;
use alone::{Gate, tests, wait_for_all};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use swoole_process::os::shared::SharedWords;
use swoole_process::rt::shared::table::schema::{Kind, Schema};
use swoole_process::rt::shared::table::{
    Changes, Draft, Step, Table, TableError, When, WriteResult, buckets,
};

/// A number, a text of 16 bytes, a floating-point number.
fn schema() -> Schema {
    let mut schema = Schema::default();
    schema.add(b"n", Kind::Int).unwrap();
    schema.add(b"text", Kind::Text(16)).unwrap();
    schema.add(b"x", Kind::Float).unwrap();
    schema
}

fn table(share: f64) -> Table {
    Table::new(64, share, schema()).unwrap()
}

/// A row as one would write it down.
#[derive(Clone, Debug, Default, PartialEq)]
struct Plain {
    n: u64,
    text: Vec<u8>,
    x: f64,
}

/// What a write gives: some of the columns.
#[derive(Clone, Debug, Default)]
struct Given {
    n: Option<u64>,
    text: Option<Vec<u8>>,
    x: Option<f64>,
}

impl Given {
    fn with<R>(&self, body: impl FnOnce(Changes<'_>) -> R) -> R {
        let schema = schema();
        let [n, text, x] = schema.columns() else { unreachable!() };
        let mut words = [u64::MAX; 8];
        let mut draft = Draft::new(&schema, &mut words);
        if let Some(value) = self.n {
            draft.number(n, value);
        }
        if let Some(value) = &self.text {
            draft.text(text, value);
        }
        if let Some(value) = self.x {
            draft.number(x, value.to_bits());
        }
        body(draft.changes())
    }

    fn apply(&self, row: &mut Plain) {
        if let Some(n) = self.n {
            row.n = n;
        }
        if let Some(text) = &self.text {
            row.text = text[..text.len().min(16)].to_vec();
        }
        if let Some(x) = self.x {
            row.x = x;
        }
    }

    fn fits(&self, row: &Plain) -> bool {
        let mut same = row.clone();
        self.apply(&mut same);
        same == *row
    }
}

fn plain(image: &[u64; 5]) -> Plain {
    let bytes: Vec<u8> = image[2..4].iter().flat_map(|word| word.to_ne_bytes()).collect();
    let len = usize::try_from(image[1]).unwrap();
    Plain { n: image[0], text: bytes[..len].to_vec(), x: f64::from_bits(image[4]) }
}

fn add(table: &Table, key: &[u8], column: usize, step: Step) -> Result<u64, TableError> {
    table.step(&table.key(key), &table.schema().columns()[column], step)
}

fn get(table: &Table, key: &[u8]) -> Option<Plain> {
    let mut image = [0; 5];
    table.read(&table.key(key), &mut image).unwrap().then(|| plain(&image))
}

/// All rows, by an iteration, in the order of their keys.
fn all(table: &Table) -> Vec<(Vec<u8>, Plain)> {
    let (mut rows, mut image, mut from) = (Vec::new(), [0; 5], 0);
    while let Some(visited) = table.next(from, &mut image).unwrap() {
        let key: Vec<u8> = visited.key.iter().flat_map(|word| word.to_ne_bytes()).collect();
        rows.push((key[..visited.key_len].to_vec(), plain(&image)));
        from = visited.row + 1;
    }
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    rows
}

#[derive(Clone, Debug)]
enum Op {
    Write(u16, Given, When),
    CompareAndWrite(u16, Given, Given),
    Remove(u16),
    RemoveIf(u16, Given),
    AddInt(u16, i64),
    AddFloat(u16, f64),
    Look(u16),
    Count,
}

fn given() -> impl Strategy<Value = Given> {
    let text = prop::collection::vec(b'a'..=b'c', 0..20);
    let x = prop_oneof![Just(0.0), Just(-0.0), Just(1.5), Just(-2e300)];
    (prop::option::of(0..3u64), prop::option::of(text), prop::option::of(x)).prop_map(|(n, text, x)| Given {
        n,
        text,
        x,
    })
}

fn op() -> impl Strategy<Value = Op> {
    // More keys than the table has room for, and buckets with several.
    let key = || prop_oneof![0..5u16, 0..120u16];
    let when = prop_oneof![Just(When::Always), Just(When::Always), Just(When::Absent), Just(When::Present)];
    prop_oneof![
        6 => (key(), given(), when).prop_map(|(key, given, when)| Op::Write(key, given, when)),
        1 => (key(), given(), given()).prop_map(|(key, old, new)| Op::CompareAndWrite(key, old, new)),
        3 => key().prop_map(Op::Remove),
        1 => (key(), given()).prop_map(|(key, old)| Op::RemoveIf(key, old)),
        2 => (key(), any::<i64>()).prop_map(|(key, step)| Op::AddInt(key, step)),
        2 => (key(), -5.0..5.0).prop_map(|(key, step)| Op::AddFloat(key, step)),
        2 => key().prop_map(Op::Look),
        1 => Just(Op::Count),
    ]
}

/// Keys of all lengths; long ones that differ at the end only.
fn name(key: u16) -> Vec<u8> {
    let long = "x".repeat(usize::from(key % 3) * 40);
    format!("{long}{key}").into_bytes()
}

/// What an iteration shows of a key.
fn shown(name: &[u8]) -> Vec<u8> {
    name[..name.len().min(63)].to_vec()
}

fn a_table_does_what_a_map_does() {
    for_all(200, prop::collection::vec(op(), 0..400), |ops| {
        let table = table(0.2);
        let room = 64 + 13;
        let mut model: BTreeMap<u16, Plain> = BTreeMap::new();
        for op in ops {
            match op {
                Op::Write(key, given, when) => {
                    let result = given.with(|changes| table.write(&table.key(&name(key)), changes, when));
                    let expected = match model.contains_key(&key) {
                        true if when == When::Absent => Ok(WriteResult::Nothing),
                        true => Ok(WriteResult::Changed),
                        false if when == When::Present => Ok(WriteResult::Nothing),
                        false if model.len() == room => Err(TableError::Full),
                        false => Ok(WriteResult::Added),
                    };
                    assert_eq!(result, expected);
                    if matches!(result, Ok(WriteResult::Added | WriteResult::Changed)) {
                        given.apply(model.entry(key).or_default());
                    }
                }
                Op::CompareAndWrite(key, old, new) => {
                    let name = name(key);
                    let key_ = table.key(&name);
                    let done =
                        old.with(|old| new.with(|new| table.compare_and_write(&key_, old, new))).unwrap();
                    let row = model.get_mut(&key).filter(|row| old.fits(row));
                    assert_eq!(done, row.map(|row| new.apply(row)).is_some());
                }
                Op::Remove(key) => {
                    let mut image = [0; 5];
                    let done = table.remove(&table.key(&name(key)), Changes::NONE, &mut image).unwrap();
                    assert_eq!(done.then(|| plain(&image)), model.remove(&key));
                }
                Op::RemoveIf(key, old) => {
                    let name = name(key);
                    let key_ = table.key(&name);
                    let done = old.with(|old| table.remove(&key_, old, &mut [])).unwrap();
                    let fits = model.get(&key).is_some_and(|row| old.fits(row));
                    assert_eq!(done, fits);
                    if fits {
                        model.remove(&key);
                    }
                }
                Op::AddInt(key, step) => {
                    let result = add(&table, &name(key), 0, Step::Int(step));
                    if !model.contains_key(&key) && model.len() == room {
                        assert_eq!(result, Err(TableError::Full));
                        continue;
                    }
                    let row = model.entry(key).or_default();
                    row.n = row.n.wrapping_add(step.cast_unsigned());
                    assert_eq!(result, Ok(row.n));
                }
                Op::AddFloat(key, step) => {
                    let result = add(&table, &name(key), 2, Step::Float(step));
                    if !model.contains_key(&key) && model.len() == room {
                        assert_eq!(result, Err(TableError::Full));
                        continue;
                    }
                    let row = model.entry(key).or_default();
                    row.x += step;
                    assert_eq!(result.map(f64::from_bits), Ok(row.x));
                }
                Op::Look(key) => {
                    assert_eq!(get(&table, &name(key)), model.get(&key).cloned());
                    let mut image = [0; 3];
                    let column = table.schema().find(b"text").unwrap();
                    let found = table.read_column(&table.key(&name(key)), column, &mut image).unwrap();
                    assert_eq!(found.then_some(image[0]), model.get(&key).map(|row| row.text.len() as u64));
                }
                Op::Count => assert_eq!(table.len(), model.len() as u64),
            }
        }
        let stats = table.stats();
        assert_eq!((stats.rows, table.len()), (model.len() as u64, model.len() as u64));
        let mut names: Vec<Vec<u8>> = model.keys().map(|key| shown(&name(*key))).collect();
        names.sort();
        assert_eq!(all(&table).into_iter().map(|(key, _)| key).collect::<Vec<_>>(), names);
        Ok(())
    });
}

fn a_table_takes_as_many_rows_as_it_says_and_then_refuses() {
    for (share, further) in [(0.0, 0), (0.2, 13), (1.0, 64)] {
        let table = table(share);
        let stats = table.stats();
        assert_eq!(stats.further, further);
        let room = 64 + stats.further;
        // Several rounds: what was removed makes room.
        for round in 0..3u64 {
            for key in 0..room {
                assert_eq!(add(&table, &(key + round * 7).to_ne_bytes(), 0, Step::Int(1)), Ok(1));
            }
            assert_eq!(add(&table, b"one more", 0, Step::Int(1)), Err(TableError::Full));
            assert_eq!((table.len(), all(&table).len() as u64, table.stats().further_free), (room, room, 0));
            for key in 0..room {
                assert_eq!(
                    table.remove(&table.key(&(key + round * 7).to_ne_bytes()), Changes::NONE, &mut []),
                    Ok(true)
                );
            }
            assert_eq!((table.len(), table.stats().further_free), (0, stats.further));
        }
    }
    assert_eq!([0, 1, 64, 65, 1000, 1 << 20].map(buckets), [64, 64, 64, 128, 1024, 1 << 20]);
}

/// Of those that find no journal of their own left some wait for others, and none for ever.
fn more_processes_write_than_there_are_journals_to_keep() {
    const PROCESSES: u64 = 230;
    let table = table(1.0);
    let words = SharedWords::<AtomicU64>::new(1).unwrap();
    let written = &words.all()[0];
    let gate = Gate::new();
    for number in 0..PROCESSES {
        let (table, gate) = (&table, &gate);
        start_plain(move || {
            let key = name(u16::try_from(number % 10).unwrap());
            let write = || {
                for state in states() {
                    state.with(|changes| table.write(&table.key(&key), changes, When::Always)).unwrap();
                    add(table, b"sum", 0, Step::Int(1)).unwrap();
                }
                written.fetch_add(1, Ordering::SeqCst);
            };
            write();
            // Nobody ends before all have written.
            gate.pass();
            write();
        });
    }
    while written.load(Ordering::SeqCst) < PROCESSES {
        std::thread::yield_now();
    }
    assert_eq!(get(&table, b"sum").map(|row| row.n), Some(2 * PROCESSES));
    (0..PROCESSES).for_each(|_| gate.open());
    wait_for_all();
    assert_eq!(add(&table, b"sum", 0, Step::Int(1)), Ok(4 * PROCESSES + 1));
    assert!(all(&table).iter().all(|(key, row)| key == b"sum" || is_whole(row)));
    let stats = table.stats();
    assert_eq!((stats.rows, stats.added, stats.updated), (11, 11, 8 * PROCESSES + 1 - 11));
}

/// The two rows that a writer turns into each other.
fn states() -> [Given; 2] {
    let of = |n, text: &str, x| Given { n: Some(n), text: Some(text.into()), x: Some(x) };
    [of(1, "one", 1.0), of(2, "the other one....", 2.0)]
}

fn is_whole(row: &Plain) -> bool {
    states().iter().any(|state| state.fits(row))
}

fn a_writer_killed_at_any_instruction_leaves_the_old_or_the_new_row() {
    let [one, other] = states();
    type Work<'w> = (&'static str, Box<dyn Fn(&Table) + 'w>, &'static [usize]);
    let set = |table: &Table, key: &[u8], given: &Given| {
        given.with(|changes| table.write(&table.key(key), changes, When::Always)).unwrap();
    };
    // What is done to a table with the rows "a" and "b", and how many rows there may be afterwards.
    let work: [Work<'_>; 5] = [
        ("change", Box::new(|table| set(table, b"a", &other)), &[2]),
        ("add", Box::new(|table| set(table, b"c", &other)), &[2, 3]),
        ("remove", Box::new(|table| _ = table.remove(&table.key(b"a"), Changes::NONE, &mut [])), &[1, 2]),
        ("number", Box::new(|table| _ = add(table, b"a", 0, Step::Int(0))), &[2]),
        ("add a number", Box::new(|table| _ = add(table, b"d", 0, Step::Int(1))), &[2, 3]),
    ];
    for (name, work, counts) in work {
        let new = || {
            let table = table(0.0);
            set(&table, b"a", &one);
            set(&table, b"b", &one);
            table
        };
        let first = new();
        let whole = step(u64::MAX, || work(&first));
        for most in spread(whole, 8) {
            let table = new();
            step(most, || work(&table));
            for reads_first in [true, false] {
                if reads_first {
                    if let Some(row) = get(&table, b"a") {
                        assert!(is_whole(&row), "{name} after {most}: {row:?}");
                    }
                    if let Some(row) = get(&table, b"c") {
                        assert!(is_whole(&row), "{name} after {most}: {row:?}");
                    }
                }
                let rows = all(&table);
                assert_eq!(table.len(), rows.len() as u64, "{name} after {most}");
                assert!(counts.contains(&rows.len()), "{name} after {most}: {rows:?}");
            }
            // All can be written again, and all room is there.
            for key in 0..64u64 {
                add(&table, &key.to_ne_bytes(), 0, Step::Int(1)).ok();
            }
            assert_eq!((table.len(), all(&table).len()), (64, 64), "{name} after {most}");
            for (key, _) in &all(&table) {
                assert_eq!(table.remove(&table.key(key), Changes::NONE, &mut []), Ok(true));
            }
            assert_eq!((table.len(), all(&table).len(), table.stats().further_free), (0, 0, 0));
        }
    }
}

fn a_writer_that_was_seen_alive_may_die_at_any_instruction() {
    let remove = |table: &Table| _ = table.remove(&table.key(b"a"), Changes::NONE, &mut []);
    let new = || {
        let table = table(0.0);
        add(&table, b"a", 0, Step::Int(1)).unwrap();
        add(&table, b"b", 0, Step::Int(1)).unwrap();
        table
    };
    let first = new();
    let whole = step(u64::MAX, || remove(&first));
    for most in spread(whole, 40) {
        let table = new();
        let Ok(writer) = stop_after(most, || remove(&table)) else { continue };
        assert!((1..=2).contains(&table.len()));
        kill_and_reap(writer);
        assert_eq!(all(&table).len() as u64, table.len(), "after {most}");
    }
}

fn a_reader_stopped_at_any_instruction_sees_a_whole_row() {
    let [one, other] = states();
    let set = |table: &Table, key: &[u8], given: &Given| {
        given.with(|changes| table.write(&table.key(key), changes, When::Always)).unwrap();
    };
    type Work<'w> = Box<dyn Fn(&Table) + 'w>;
    let remove = |table: &Table| _ = table.remove(&table.key(b"a"), Changes::NONE, &mut []).unwrap();
    let work: [Work<'_>; 3] = [
        Box::new(|table| set(table, b"a", &other)),
        Box::new(remove),
        // The row is another key's by then.
        Box::new(|table| {
            remove(table);
            (0..63u64).for_each(|key| set(table, &key.to_ne_bytes(), &other));
        }),
    ];
    // They get the number of the row as well: an iteration from there on.
    let reads: [fn(&Table, usize); 2] = [
        |table, _| assert!(get(table, b"a").is_none_or(|row| is_whole(&row))),
        |table, row| {
            let mut image = [0; 5];
            let visited = table.next(row, &mut image).unwrap();
            assert!(visited.is_none() || is_whole(&plain(&image)));
        },
    ];
    for read in reads {
        let new = || {
            let table = table(0.0);
            set(&table, b"a", &one);
            let row = table.next(0, &mut [0; 5]).unwrap().unwrap().row;
            (table, row)
        };
        let (first, row) = new();
        let whole = step(u64::MAX, || read(&first, row));
        for work in &work {
            for most in spread(whole, 8) {
                let (table, row) = new();
                let Ok(reader) = stop_after(most, || read(&table, row)) else { continue };
                work(&table);
                let_end(reader);
            }
        }
    }
}

fn readers_never_see_half_a_row() {
    let table = table(0.2);
    let words = SharedWords::<AtomicU64>::new(1).unwrap();
    let stop = &words.all()[0];
    let [one, other] = states();
    let keys: Vec<Vec<u8>> = (0..4u16).map(name).collect();
    for number in 0..2 {
        let (keys, one, other, table) = (&keys, &one, &other, &table);
        start_plain(move || {
            let mut round = number;
            while stop.load(Ordering::Relaxed) == 0 {
                round += 1;
                let key = table.key(&keys[round % keys.len()]);
                match round % 7 {
                    6 => _ = table.remove(&key, Changes::NONE, &mut []).unwrap(),
                    n => {
                        let state = if n % 2 == 0 { one } else { other };
                        state.with(|changes| table.write(&key, changes, When::Always)).unwrap();
                    }
                }
            }
        });
    }
    let mut seen = 0;
    for round in 0..200_000 {
        if let Some(row) = get(&table, &keys[round % keys.len()]) {
            assert!(is_whole(&row), "{row:?}");
            seen += 1;
        }
        if round % 100 == 0 {
            all(&table).iter().for_each(|(_, row)| assert!(is_whole(row), "{row:?}"));
        }
    }
    stop.store(1, Ordering::Relaxed);
    wait_for_all();
    assert!(seen > 0);
    assert_eq!(table.len(), all(&table).len() as u64);
}

fn processes_lose_no_count_and_no_row() {
    let table = table(1.0);
    for number in 0..8u64 {
        let table = &table;
        start_plain(move || {
            for round in 0..3000u64 {
                add(table, b"sum", 0, Step::Int(1)).unwrap();
                add(table, &(round % 10).to_ne_bytes(), 2, Step::Float(0.5)).unwrap();
                let own = format!("{number} {}", round % 3);
                let own = table.key(own.as_bytes());
                states()[0].with(|changes| table.write(&own, changes, When::Absent)).unwrap();
                table.remove(&own, Changes::NONE, &mut []).unwrap();
            }
        });
    }
    wait_for_all();
    assert_eq!(get(&table, b"sum").map(|row| row.n), Some(24_000));
    let halves: f64 = (0..10u64).map(|key| get(&table, &key.to_ne_bytes()).unwrap().x).sum();
    assert_eq!(halves, 12_000.0);
    assert_eq!((table.len(), all(&table).len()), (11, 11));
    let stats = table.stats();
    assert_eq!((stats.added, stats.removed), (24_011, 24_000));
}

fn killed_writers_hang_nobody_and_leave_whole_rows() {
    let table = table(0.2);
    let words = SharedWords::<AtomicU64>::new(2).unwrap();
    let [stop, done] = words.all() else { unreachable!() };
    let work = |seed: usize| {
        let mut round = seed;
        while stop.load(Ordering::Relaxed) == 0 {
            round = round.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let name = name(u16::try_from((round >> 40) % 30).unwrap());
            let key = table.key(&name);
            match round >> 60 {
                0..4 => _ = table.remove(&key, Changes::NONE, &mut []).unwrap(),
                n => _ = states()[n % 2].with(|changes| table.write(&key, changes, When::Always)).unwrap(),
            }
            done.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut workers: Vec<_> = (0..4).map(|seed| start_plain(|| work(seed))).collect();
    for round in 0..150usize {
        std::thread::sleep(std::time::Duration::from_micros((200 + round * 97 % 900) as u64));
        kill_and_reap(workers.remove(0));
        workers.push(start_plain(|| work(round)));
        for (key, row) in all(&table) {
            assert!(is_whole(&row), "{key:?} {row:?}");
        }
    }
    let before = done.load(Ordering::Relaxed);
    while done.load(Ordering::Relaxed) < before + 1000 {
        std::thread::yield_now();
    }
    stop.store(1, Ordering::Relaxed);
    wait_for_all();
    let rows = all(&table);
    assert!(rows.iter().all(|(_, row)| is_whole(row)));
    assert_eq!(table.len(), table.stats().rows);
    for key in 0..30 {
        table.remove(&table.key(&name(key)), Changes::NONE, &mut []).unwrap();
    }
    let stats = table.stats();
    assert_eq!((table.len(), all(&table).len(), stats.further_free), (0, 0, stats.further));
}

fn main() -> ExitCode {
    alone::run(tests![
        a_table_does_what_a_map_does,
        a_table_takes_as_many_rows_as_it_says_and_then_refuses,
        a_writer_killed_at_any_instruction_leaves_the_old_or_the_new_row,
        a_writer_that_was_seen_alive_may_die_at_any_instruction,
        a_reader_stopped_at_any_instruction_sees_a_whole_row,
        readers_never_see_half_a_row,
        more_processes_write_than_there_are_journals_to_keep,
        processes_lose_no_count_and_no_row,
        killed_writers_hang_nobody_and_leave_whole_rows,
    ])
}
