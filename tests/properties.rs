//! Random programs against models: pipes between two real processes, a message queue, and fault plans.
#![cfg(test)]

mod alone;

use alone::pipes::write_all;
use alone::random::for_all;
use proptest::prelude::*;
use std::collections::VecDeque;
use std::process::ExitCode;
use swoole_process::os::msgq::{TYPE, Wait};
use swoole_process::os::process::{self, End, WaitMode};
use swoole_process::os::{Errno, system};
use swoole_process::rt::core::child::{Child, Forked};
use swoole_process::rt::core::handles::PipeToken;
use swoole_process::rt::process::pipe::{Kind, Received, Side, Stop};
use swoole_process::rt::process::queue::{LARGEST, Queue, Take};
use swoole_process::rt::runtime::Runtime;

/// The bytes of the `number`th text of a program.
fn text(number: usize, len: usize) -> Vec<u8> {
    (0..len).map(|index| (number * 31 + index * 7 + index / 256).to_le_bytes()[0]).collect()
}

/// Runs `program` on both sides of a pipe, in two processes; it must hold in both.
fn on_both_sides(
    kind: Kind,
    buffer: Option<i32>,
    program: impl Fn(&mut Runtime, PipeToken, Side) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let mut rt = Runtime::default();
    if let Some(bytes) = buffer {
        rt.pipes.set_buffer_size(bytes);
    }
    let pipe = rt.pipes.open(kind).unwrap();
    let child = match rt.fork(Child::process(Some(pipe))).unwrap() {
        Forked::Parent { child } => child,
        Forked::Child => {
            let result = program(&mut rt, pipe, Side::Worker);
            if let Err(error) = &result {
                eprintln!("in the child: {error}");
            }
            process::exit_now(i32::from(result.is_err()));
        }
    };
    let result = program(&mut rt, pipe, Side::Master);
    if result.is_err() {
        // It may wait for what will not come.
        process::kill(child, libc::SIGKILL).unwrap();
    }
    let end = rt.pipes.reap(WaitMode::Wait).unwrap().unwrap().end;
    result?;
    prop_assert_eq!(end, End::Exited(0), "the child found something wrong");
    // Nothing is left but what the child did not write.
    let last = rt.read(pipe, &mut [0; 16]);
    prop_assert_eq!(last, Ok(Received { len: 0, message: 0 }));
    Ok(())
}

#[derive(Clone, Debug)]
enum Step {
    Write { by: Side, len: usize },
    Read { by: Side, size: usize },
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Master), Just(Side::Worker)]
}

fn step() -> impl Strategy<Value = Step> {
    // Small texts more often than large ones.
    let len = || prop_oneof![1..100_usize, 1..20_000_usize];
    prop_oneof![
        (side(), len()).prop_map(|(by, len)| Step::Write { by, len }),
        (side(), len()).prop_map(|(by, size)| Step::Read { by, size }),
    ]
}

/// Bytes on their way in one direction, at most, so that no write waits for a process that waits itself.
const ON_THEIR_WAY: usize = 60_000;

/// Runs the steps that are `me`'s. Both processes follow the same model, so each knows what the other one does.
fn exchange_messages(
    rt: &mut Runtime,
    pipe: PipeToken,
    me: Side,
    steps: &[Step],
) -> Result<(), TestCaseError> {
    // What each side has sent and the other one has not read.
    let mut sent = [VecDeque::new(), VecDeque::new()];
    let end_of_program = [Side::Master, Side::Worker].map(|by| Step::Read { by, size: 20_000 });
    let drain = end_of_program.iter().cycle().take(2 * steps.len());
    for (number, step) in steps.iter().chain(drain).enumerate() {
        match *step {
            Step::Write { by, len } => {
                let on_their_way: usize = sent[by as usize].iter().map(Vec::len).sum();
                if on_their_way + len > ON_THEIR_WAY {
                    continue;
                }
                let data = text(number, len);
                if by == me {
                    prop_assert_eq!(rt.pipes.write(pipe, &data, rt.core.env()), Ok(len));
                }
                sent[by as usize].push_back(data);
            }
            Step::Read { by, size } => {
                let Some(data) = sent[1 - by as usize].pop_front() else {
                    continue;
                };
                if by == me {
                    let mut buffer = vec![0; size];
                    let received = rt.read(pipe, &mut buffer);
                    let len = size.min(data.len());
                    let message = data.len();
                    prop_assert_eq!(received, Ok(Received { len, message }));
                    prop_assert!(buffer[..len] == data[..len], "the bytes differ");
                }
            }
        }
    }
    Ok(())
}

fn each_message_arrives_once_and_in_order_and_is_cut_to_the_size_that_is_read() {
    for_all(150, prop::collection::vec(step(), 1..60), |steps| {
        on_both_sides(Kind::Message, None, |rt, pipe, me| exchange_messages(rt, pipe, me, &steps))
    });
}

/// What one side writes, and the sizes in which the other side reads.
#[derive(Clone, Debug)]
struct Transfer {
    by: Side,
    writes: Vec<usize>,
    reads: Vec<usize>,
}

fn transfer() -> impl Strategy<Value = Transfer> {
    let sizes = |count| prop::collection::vec(prop_oneof![1..100_usize, 1..20_000_usize], 1..count);
    (side(), sizes(8), sizes(8)).prop_map(|(by, writes, reads)| Transfer { by, writes, reads })
}

fn move_bytes(
    rt: &mut Runtime,
    pipe: PipeToken,
    me: Side,
    transfers: &[Transfer],
) -> Result<(), TestCaseError> {
    for Transfer { by, writes, reads } in transfers {
        let texts: Vec<Vec<u8>> = writes.iter().enumerate().map(|(number, &len)| text(number, len)).collect();
        if *by == me {
            for text in texts {
                prop_assert_eq!(write_all(rt, pipe, &text), Ok(text.len()));
            }
            continue;
        }
        let all = texts.concat();
        let mut got = Vec::new();
        for &size in reads.iter().cycle() {
            let missing = all.len() - got.len();
            if missing == 0 {
                break;
            }
            // What the same side writes next may be there already; it belongs to the next transfer.
            let mut buffer = vec![0; size.min(missing)];
            let Received { len, message } = rt.read(pipe, &mut buffer).unwrap();
            prop_assert!((1..=buffer.len()).contains(&len), "{} of {} bytes", len, buffer.len());
            prop_assert_eq!(message, len);
            got.extend_from_slice(&buffer[..len]);
        }
        prop_assert!(got == all, "the bytes differ");
    }
    Ok(())
}

fn what_is_read_from_a_stream_is_what_was_written_to_it() {
    let buffer = prop_oneof![Just(None), Just(Some(1)), Just(Some(10_000))];
    let transfers = prop::collection::vec(transfer(), 1..6);
    for_all(150, (buffer, transfers), |(buffer, transfers)| {
        on_both_sides(Kind::Stream, buffer, |rt, pipe, me| move_bytes(rt, pipe, me, &transfers))
    });
}

/// A queue with a key of this process's own; it goes with the test.
struct OwnQueues {
    any: Queue,
    own: Queue,
}

impl OwnQueues {
    fn open(capacity: u64) -> OwnQueues {
        let key = 0x5350_0000 ^ process::pid();
        let open = |take| Queue::open(key, take, Wait::Never, Some(capacity)).unwrap();
        // One that a killed process with this number has left would have messages.
        open(Take::Any).0.remove().unwrap();
        let [any, own] = [Take::Any, Take::Own].map(|take| {
            let (queue, refused) = open(take);
            assert_eq!(refused, None);
            queue
        });
        assert_eq!(any.id(), own.id());
        OwnQueues { any, own }
    }
}

impl Drop for OwnQueues {
    fn drop(&mut self) {
        self.any.remove().unwrap();
    }
}

#[derive(Clone, Debug)]
enum QueueStep {
    Push { process: i64, len: usize },
    Pop { process: i64, take: Take, size: usize },
}

fn queue_step(largest: usize) -> impl Strategy<Value = QueueStep> {
    let process = || prop_oneof![0..4_i64, Just(-1), Just(i64::MAX)];
    let size =
        move || prop_oneof![0..50_usize, 0..3000_usize, Just(largest), Just(largest + 1), Just(LARGEST + 9)];
    let take = prop_oneof![Just(Take::Any), Just(Take::Own)];
    prop_oneof![
        (process(), size()).prop_map(|(process, len)| QueueStep::Push { process, len }),
        (process(), take, size()).prop_map(|(process, take, size)| QueueStep::Pop { process, take, size }),
    ]
}

/// The type of a process's messages, which other programs know.
fn type_of(process: i64) -> i64 {
    process.saturating_add(1).max(1)
}

fn a_queue_gives_what_was_pushed_by_type_and_in_order_within_its_capacity() {
    let kernel = |name| usize::try_from(system::limit(name).unwrap()).unwrap();
    let largest = kernel("kernel/msgmax").min(LARGEST);
    let capacity = 1..=kernel("kernel/msgmnb").min(5000);
    let steps = prop::collection::vec(queue_step(largest), 1..80);
    for_all(100, (capacity, steps), |(capacity, steps)| {
        let queues = OwnQueues::open(capacity as u64);
        let mut rt = Runtime::default();
        let mut model: Vec<(i64, Vec<u8>)> = Vec::new();
        let mut buffer = vec![0; TYPE + LARGEST + 9];
        for (number, step) in steps.iter().enumerate() {
            let bytes: usize = model.iter().map(|(_, data)| data.len()).sum();
            match *step {
                QueueStep::Push { process, len } => {
                    let data = text(number, len);
                    let expected = if len > LARGEST {
                        Err(Errno::E2BIG)
                    } else if len > largest {
                        Err(Errno::EINVAL)
                    } else if bytes + len > capacity || model.len() + 1 > capacity {
                        Err(Errno::EAGAIN)
                    } else {
                        Ok(())
                    };
                    prop_assert_eq!(rt.push(queues.any, process, &data), expected, "step {}", number);
                    if expected.is_ok() {
                        model.push((type_of(process), data));
                    }
                }
                QueueStep::Pop { process, take, size } => {
                    let (queue, kind) = match take {
                        Take::Any => (queues.any, None),
                        Take::Own => (queues.own, Some(type_of(process))),
                    };
                    let wanted = |(of, _): &(i64, Vec<u8>)| kind.is_none_or(|kind| kind == *of);
                    let popped = Runtime::default().pop(queue, process, &mut buffer[..TYPE + size]);
                    match model.iter().position(wanted) {
                        None => prop_assert_eq!(popped, Err(Errno::ENOMSG), "step {}", number),
                        Some(index) if model[index].1.len() > size => {
                            prop_assert_eq!(popped, Err(Errno::E2BIG), "step {}", number);
                        }
                        Some(index) => {
                            let (_, data) = model.remove(index);
                            prop_assert_eq!(popped, Ok(data.len()), "step {}", number);
                            prop_assert!(
                                buffer[TYPE..TYPE + data.len()] == data,
                                "step {number}: the bytes differ"
                            );
                        }
                    }
                }
            }
            let status = queues.own.status().unwrap();
            let bytes: usize = model.iter().map(|(_, data)| data.len()).sum();
            prop_assert_eq!((status.messages, status.bytes), (model.len() as u64, bytes as u64));
        }
        Ok(())
    });
}

fn a_closed_pipe_is_closed_whatever_else_is_open() {
    let steps = prop::collection::vec((any::<bool>(), 0..8_usize), 1..40);
    for_all(100, steps, |steps| {
        let before = alone::descriptors();
        let mut rt = Runtime::default();
        // The model: tokens are never mixed up, though their numbers are used again.
        let mut open: Vec<PipeToken> = Vec::new();
        for (opens, index) in steps {
            if opens || open.is_empty() {
                open.push(rt.pipes.open(Kind::Message).unwrap());
            } else {
                let token = open.swap_remove(index % open.len());
                rt.pipes.close(&mut rt.core, token);
                prop_assert_eq!(rt.pipes.write(token, b"x", rt.core.env()), Err(Stop::Closed));
            }
            prop_assert_eq!(alone::descriptors().len(), before.len() + 2 * open.len());
        }
        drop(rt);
        prop_assert_eq!(alone::descriptors(), before);
        Ok(())
    });
}

/// Fault plans, whose text is the only form that leaves a process.
#[cfg(feature = "fault-injection")]
mod plans {
    use super::*;
    use swoole_process::os::fault::{clear, plan_from};
    use swoole_process::os::{self, fd, pipe, scheduling};

    type Function = fn() -> os::Result<()>;

    /// Calls that do no harm when they succeed, by their names.
    const CALLS: [(&str, Function); 4] = [
        ("kill", || process::kill(process::pid(), 0)),
        ("open", || fd::dev_null().map(drop)),
        ("socketpair", || pipe::pair(Kind::Stream).map(drop)),
        ("getpriority", || scheduling::priority(0, 0).map(drop)),
    ];

    /// Calls made of each.
    const MADE: u32 = 12;

    #[derive(Clone, Debug)]
    struct Fault {
        call: usize,
        nth: u32,
        errno: Errno,
        times: Option<u32>,
        upper: bool,
    }

    impl Fault {
        fn text(&self) -> String {
            let name = CALLS[self.call].0;
            let name = if self.upper { name.to_uppercase() } else { name.to_owned() };
            let times = self.times.map_or_else(String::new, |times| format!(":{times}"));
            format!("{name}:{}:{:?}{times}", self.nth, self.errno)
        }

        fn fails(&self, call: u32) -> bool {
            (self.nth..self.nth + self.times.unwrap_or(1)).contains(&call)
        }
    }

    /// At most one fault for each call.
    fn faults() -> impl Strategy<Value = Vec<Fault>> {
        let errno = (1..=133).prop_map(Errno::from_raw);
        let errno = errno.prop_filter("a known number", |&errno| errno != Errno::UnknownErrno);
        let fault = (1..10_u32, errno, prop::option::of(0..5_u32), any::<bool>());
        prop::collection::vec(prop::option::of(fault), CALLS.len()).prop_map(|faults| {
            let numbered = faults.into_iter().enumerate();
            numbered
                .filter_map(|(call, fault)| {
                    let (nth, errno, times, upper) = fault?;
                    Some(Fault { call, nth, errno, times, upper })
                })
                .collect()
        })
    }

    pub(super) fn a_plan_written_as_text_does_what_it_says() {
        for_all(200, faults(), |faults| {
            let texts: Vec<String> = faults.iter().map(Fault::text).collect();
            prop_assert!(plan_from(&texts.join(",")), "refused: {texts:?}");
            for (index, (name, call)) in CALLS.iter().enumerate() {
                let fault = faults.iter().find(|fault| fault.call == index);
                for nth in 1..=MADE {
                    let expected = match fault {
                        Some(fault) if fault.fails(nth) => Err(fault.errno),
                        _ => Ok(()),
                    };
                    prop_assert_eq!(call(), expected, "{} {}", name, nth);
                }
            }
            clear();
            Ok(())
        });
    }

    pub(super) fn no_text_breaks_the_reading_of_plans() {
        let piece = prop_oneof![
            Just(String::from("kill")),
            Just(String::from("send")),
            Just(String::from("EPERM")),
            Just(String::from("SHORT=")),
            any::<i64>().prop_map(|number| number.to_string()),
            "[:,=]",
            any::<String>(),
        ];
        let pieces = prop::collection::vec((piece, prop_oneof![Just(":"), Just(","), Just("")]), 0..12);
        let joined = pieces.prop_map(|pieces| {
            pieces.into_iter().fold(String::new(), |text, (piece, mark)| text + &piece + mark)
        });
        for_all(2000, prop_oneof![any::<String>(), joined], |text| {
            let taken = plan_from(&text);
            if !taken {
                for (name, call) in CALLS {
                    prop_assert_eq!(call(), Ok(()), "{} fails by a plan that was refused", name);
                }
            }
            clear();
            Ok(())
        });
    }
}

#[cfg(feature = "fault-injection")]
use plans::{a_plan_written_as_text_does_what_it_says, no_text_breaks_the_reading_of_plans};

fn main() -> ExitCode {
    alone::run(alone::tests![
        each_message_arrives_once_and_in_order_and_is_cut_to_the_size_that_is_read,
        what_is_read_from_a_stream_is_what_was_written_to_it,
        a_queue_gives_what_was_pushed_by_type_and_in_order_within_its_capacity,
        a_closed_pipe_is_closed_whatever_else_is_open,
        #[cfg(feature = "fault-injection")]
        a_plan_written_as_text_does_what_it_says,
        #[cfg(feature = "fault-injection")]
        no_text_breaks_the_reading_of_plans,
    ])
}
