//! What comes from outside (other programs' messages, the kernel's texts, a user's formats and numbers) is read for
//! what it is, whatever it is.
#![cfg(test)]

mod alone;

use alone::random::for_all;
use nix::sys::memfd::{MFdFlags, memfd_create};
use proptest::prelude::*;
use std::fs::File;
use std::io::Write;
use std::process::ExitCode;
use swoole_process::os::msgq::{self, Message, QueueId, TYPE, Wait};
use swoole_process::os::{Errno, clock, fd, process, system};
use swoole_process::rt::process::queue::{Queue, Take};
use swoole_process::rt::runtime::Runtime;

/// A queue as another program sees it, and as an object that takes messages of any type or of its own.
struct Shared {
    id: QueueId,
    takes: [Queue; 2],
}

impl Shared {
    fn new() -> Shared {
        // A key that no file has: ftok(3) puts the number of a project into the highest byte, and never 0.
        let key = 0x0053_5000 ^ process::pid();
        // One that a killed process with this number has left would have messages.
        msgq::remove(msgq::open(key, 0o600).unwrap()).unwrap();
        let takes = [Take::Any, Take::Own].map(|take| Queue::open(key, take, Wait::Never, None).unwrap().0);
        Shared { id: msgq::open(key, 0o600).unwrap(), takes }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        msgq::remove(self.id).unwrap();
    }
}

fn a_message_of_any_program_arrives_as_it_was_sent_and_nothing_behind_it_is_touched() {
    const ROOM: usize = 4096;
    let shared = Shared::new();
    let text = prop::collection::vec(any::<u8>(), 0..=ROOM);
    let kind = prop_oneof![1..=i64::MAX, 1..4_i64];
    let size = prop_oneof![0..=ROOM, Just(ROOM)];
    for_all(500, (kind, text, size, any::<bool>()), |(kind, text, size, own)| {
        let mut runtime = Runtime::default();
        let mut buffer = [0xAA; TYPE + ROOM];
        let queue = shared.takes[usize::from(own)];
        let mut sender = Message::with_capacity(ROOM);
        msgq::push(shared.id, kind, &text, &mut sender, Wait::Never).unwrap();
        // The type of a process's messages is one more than its number.
        let popped = runtime.pop(queue, kind - 1, &mut buffer[..TYPE + size]);
        if text.len() > size {
            prop_assert_eq!(popped, Err(Errno::E2BIG));
            prop_assert!(buffer.iter().all(|&byte| byte == 0xAA));
            prop_assert_eq!(runtime.pop(queue, kind - 1, &mut buffer), Ok(text.len()));
        } else {
            prop_assert_eq!(popped, Ok(text.len()));
        }
        prop_assert_eq!(&buffer[..TYPE], &kind.to_ne_bytes());
        prop_assert_eq!(&buffer[TYPE..TYPE + text.len()], &text[..]);
        prop_assert!(buffer[TYPE + text.len()..].iter().all(|&byte| byte == 0xAA));
        Ok(())
    });
}

/// Texts that are almost numbers, and others.
fn almost_a_number() -> impl Strategy<Value = Vec<u8>> {
    let space = || prop_oneof![Just(""), Just(" "), Just("\n"), Just("\t "), Just("\0")];
    let number = prop_oneof![any::<u64>().prop_map(|n| n.to_string()), "[-+]?[0-9]{0,30}", any::<String>()];
    let framed = (space(), number, space()).prop_map(|(before, number, after)| {
        let text: String = [before, &number, after].concat();
        text.into_bytes()
    });
    prop_oneof![framed, prop::collection::vec(any::<u8>(), 0..40)]
}

fn a_limit_is_the_number_that_its_file_holds_or_none() {
    for_all(500, almost_a_number(), |bytes| {
        let mut file = File::from(memfd_create(c"limit", MFdFlags::MFD_CLOEXEC).unwrap());
        file.write_all(&bytes).unwrap();
        let expected = std::str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse::<u64>().ok());
        prop_assert_eq!(system::limit(&format!("../self/fd/{}", fd::number(&file))), expected);
        Ok(())
    });
}

fn no_name_of_a_limit_breaks_the_reading() {
    for_all(500, any::<String>(), |name| {
        system::limit(&name);
        prop_assert_eq!(system::limit(&format!("kernel/msgmax/{name}")), None);
        Ok(())
    });
}

fn a_date_in_any_format_is_a_text_of_bounded_length_or_none() {
    let conversion = prop_oneof![any::<String>(), "(%[-_0^#]?[0-9]{0,4}[EO]?[a-zA-Z%+]|.){0,60}"];
    for_all(500, (any::<i64>(), conversion), |(seconds, format)| {
        if let Some(text) = clock::local_time(seconds, &format) {
            prop_assert!(!text.is_empty() && text.len() < 256, "{} bytes", text.len());
        }
        Ok(())
    });
}

fn any_number_of_an_error_has_words() {
    for_all(2000, prop_oneof![any::<i32>(), -200..200_i32], |number| {
        for words in
            [system::describe(number), system::describe_lookup(number), system::describe_resolver(number)]
        {
            prop_assert!(!words.is_empty() && !words.contains('\0'), "{words:?}");
        }
        Ok(())
    });
}

fn main() -> ExitCode {
    alone::run(alone::tests![
        a_message_of_any_program_arrives_as_it_was_sent_and_nothing_behind_it_is_touched,
        a_limit_is_the_number_that_its_file_holds_or_none,
        no_name_of_a_limit_breaks_the_reading,
        a_date_in_any_format_is_a_text_of_bounded_length_or_none,
        any_number_of_an_error_has_words,
    ])
}
