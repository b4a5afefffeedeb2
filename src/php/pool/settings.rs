//! The settings of `Pool::set()` and `Manager::set()`: settings of the pool, and options of coroutines and of the
//! process.

use crate::php::{coroutine, log, options, outcome};
use crate::rt::pool::Ipc;
use crate::rt::supervisor::{Policy, Restart, Rule};
use crate::zend::arrays::Array;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::Value;
use std::cell::RefCell;
use std::time::Duration;

/// The settings of a pool.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) coroutine: bool,
    pub(super) bus: bool,
    /// The largest message in bytes.
    pub(super) largest: usize,
    pub(super) max_wait: Option<Duration>,
    pub(super) max_requests: Option<u64>,
    pub(super) max_lifetime: Option<Duration>,
    pub(super) max_memory: Option<u64>,
    pub(super) restart: Policy,
    pub(super) rule: Rule,
    /// The largest number of workers that `resize()` may ask for.
    pub(super) max_workers: Option<usize>,
    pub(super) names: Names,
    /// The largest message that is kept while it is handled.
    pub(super) keep: usize,
    /// How often a kept message is handled again.
    pub(super) retries: u64,
    /// Whether SIGUSR1 and SIGUSR2 reload the pool.
    pub(super) reload_signals: bool,
}

/// The names of the workers.
#[derive(Clone, Debug, Default)]
pub(super) enum Names {
    #[default]
    None,
    /// Each has this name and its number.
    Numbered(String),
    /// One for each of the first workers; the others have none.
    List(Vec<Option<String>>),
}

impl Names {
    /// The name of a worker.
    pub(super) fn of(&self, worker: usize) -> Option<String> {
        match self {
            Names::None => None,
            Names::Numbered(name) => Some(format!("{name}-{worker}")),
            Names::List(names) => names.get(worker).cloned().flatten(),
        }
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            coroutine: false,
            bus: false,
            largest: 2 * 1024 * 1024,
            max_wait: Some(Duration::from_secs(3)),
            max_requests: None,
            max_lifetime: None,
            max_memory: None,
            restart: Policy::default(),
            rule: Rule::default(),
            max_workers: None,
            names: Names::None,
            keep: 0,
            retries: 0,
            reload_signals: true,
        }
    }
}

/// The largest `max_package_size`: half of the largest message size of the kernel.
const LARGEST: usize = 1 << 30;

/// The largest number of workers: Linux has no more processes.
pub(super) const MOST_WORKERS: usize = 1 << 22;

/// The largest `keep_message`: each worker has so much shared memory.
const LARGEST_KEPT: usize = 1 << 20;

/// The names of the settings.
const NAMES: &[&str] = &[
    "enable_coroutine",
    "enable_message_bus",
    "keep_message",
    "max_lifetime",
    "max_memory",
    "max_package_size",
    "max_request",
    "max_requests",
    "max_restarts",
    "max_retries",
    "max_wait_time",
    "max_workers",
    "reload_signals",
    "restart",
    "restart_delay",
    "restart_max_delay",
    "restart_pause",
    "restart_window",
    "worker_names",
];

/// Options of Swoole that have no effect here.
const IGNORED: &[&str] = &[
    "aio_core_worker_num",
    "aio_max_idle_time",
    "aio_max_wait_time",
    "aio_worker_num",
    "disable_dns_cache",
    "dns_lookup_random",
    "dns_server",
    "enable_signalfd",
    "max_concurrency",
    "max_thread_num",
    "min_thread_num",
    "print_backtrace_on_error",
    "socket_dontwait",
    "thread_num",
    "trace_flags",
    "use_async_resolver",
];

impl Settings {
    /// These settings with those that a script gives; null elements are ignored. No code of the script runs.
    fn with(&self, given: Array<'_>) -> Outcome<Settings> {
        let mut new = self.clone();
        for (key, value) in given.iter() {
            if !value.is_null() {
                new.set_one(key.unwrap_or_default(), value)?;
            }
        }
        Ok(new)
    }

    fn set_one(&mut self, key: &[u8], value: Value<'_>) -> Outcome<()> {
        match key {
            b"enable_coroutine" => self.coroutine = flag(value, "enable_coroutine")?,
            b"enable_message_bus" => self.bus = flag(value, "enable_message_bus")?,
            b"max_package_size" => {
                let bytes = quantity(value, SIZES).and_then(whole);
                let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok());
                self.largest = bytes
                    .filter(|bytes| (1..=LARGEST).contains(bytes))
                    .ok_or_else(|| bad("max_package_size", "from 1 byte to 1 GB"))?;
            }
            b"max_wait_time" => self.max_wait = time(value, "max_wait_time")?,
            b"max_requests" | b"max_request" => self.max_requests = number(value, "max_requests")?,
            b"max_lifetime" => self.max_lifetime = time(value, "max_lifetime")?,
            b"max_memory" => {
                let bytes = quantity(value, SIZES).and_then(whole);
                let bytes = bytes.ok_or_else(|| bad("max_memory", "a number of bytes, such as 128M"))?;
                self.max_memory = Some(bytes).filter(|&bytes| bytes > 0);
            }
            b"restart_delay" => {
                self.restart.delay = time(value, "restart_delay")?.unwrap_or(Duration::ZERO);
            }
            b"restart_max_delay" => {
                self.restart.max_delay = time(value, "restart_max_delay")?.unwrap_or(Duration::ZERO);
            }
            b"restart_window" => {
                self.restart.window = time(value, "restart_window")?
                    .ok_or_else(|| bad("restart_window", "more than 0 seconds"))?;
            }
            b"max_restarts" => {
                let most = number(value, "max_restarts")?;
                self.restart.max_restarts = most.map(|most| u32::try_from(most).unwrap_or(u32::MAX));
            }
            b"restart" => self.rule.restart = restart(value)?,
            b"restart_pause" => self.rule.pause = pause(value)?,
            b"max_workers" => {
                let most =
                    number(value, "max_workers")?.map(|most| usize::try_from(most).unwrap_or(usize::MAX));
                if most.is_some_and(|most| most > MOST_WORKERS) {
                    return Err(bad("max_workers", &format!("at most {MOST_WORKERS}")));
                }
                self.max_workers = most;
            }
            b"keep_message" => {
                let bytes = quantity(value, SIZES).and_then(whole);
                let bytes = bytes.and_then(|bytes| usize::try_from(bytes).ok());
                self.keep = bytes
                    .filter(|&bytes| bytes <= LARGEST_KEPT)
                    .ok_or_else(|| bad("keep_message", "a number of bytes up to 1 MB, such as 64K"))?;
            }
            b"max_retries" => self.retries = number(value, "max_retries")?.unwrap_or(0),
            b"reload_signals" => self.reload_signals = flag(value, "reload_signals")?,
            b"worker_names" => self.names = names(value)?,
            _ => {}
        }
        Ok(())
    }

    /// Checks the settings against the kind of messages.
    pub(super) fn check(&self, ipc: Ipc) -> Outcome<()> {
        if self.coroutine && !matches!(ipc, Ipc::None | Ipc::Pairs) {
            return Err(Failure::Error(
                "enable_coroutine is for SWOOLE_IPC_NONE and SWOOLE_IPC_UNIXSOCK only".into(),
            ));
        }
        if self.coroutine && self.keep > 0 {
            return Err(outcome::invalid(
                "keep_message is for workers without coroutines: others handle several",
            ));
        }
        if self.retries > 0 && (self.keep == 0 || ipc == Ipc::Server) {
            return Err(outcome::invalid("max_retries needs keep_message, and messages that need no answer"));
        }
        Ok(())
    }
}

/// Changes the settings of a pool of this class, and the options of coroutines and of the process, as a script asks for.
/// If a setting is refused, also by `check`, nothing changes.
pub(super) fn change(
    known: &RefCell<Settings>,
    class: &str,
    given: Array<'_>,
    check: impl Fn(&Settings) -> Outcome<()>,
) -> Outcome<()> {
    let new = || known.borrow().with(given).and_then(|new| check(&new).map(|()| new));
    // The options are converted, which may run code of the script. That may leave by a long jump, so no settings are
    // on the heap meanwhile.
    check_options(given)?;
    new().map(drop)?;
    set_options(class, given)?;
    let new = new()?;
    known.replace(new);
    Ok(())
}

/// Whether it is a setting of a pool.
fn is_own(key: &[u8]) -> bool {
    NAMES.iter().any(|name| name.as_bytes() == key)
}

/// Checks the options of coroutines and of the process among those that a script gives.
fn check_options(given: Array<'_>) -> Outcome<()> {
    for (key, value) in given.iter() {
        let key = key.unwrap_or_default();
        if !is_own(key) && !value.is_null() {
            coroutine::check_option(key, value).map_err(as_refusal)?;
        }
    }
    Ok(())
}

/// Sets the options of coroutines and of the process among those that a script gives, which are checked already. Logs
/// each unknown name, with the one that it may have been meant for.
fn set_options(class: &str, given: Array<'_>) -> Outcome<()> {
    // Only a file that cannot be opened may fail, so it comes first.
    for only_file in [true, false] {
        for (key, value) in given.iter() {
            let key = key.unwrap_or_default();
            if !is_own(key) && (key == b"log_file") == only_file {
                coroutine::set_option(key, value).map_err(as_refusal)?;
            }
        }
    }
    let known = [NAMES, IGNORED, coroutine::OPTIONS, options::NAMES];
    for (key, _) in given.iter() {
        let is_known = |key: &[u8]| known.iter().any(|names| names.iter().any(|name| name.as_bytes() == key));
        match key {
            Some(key) if is_known(key) => {}
            Some(key) => log::warning(&unknown(class, &String::from_utf8_lossy(key))),
            None => log::warning(&format!("{class}::set(): a setting has no name")),
        }
    }
    Ok(())
}

fn unknown(class: &str, name: &str) -> String {
    let name: String = name.chars().take(64).collect();
    let text = format!("{class}::set(): unknown setting {}", name.escape_debug());
    match options::nearest(&name, [NAMES, coroutine::OPTIONS, options::NAMES].into_iter().flatten()) {
        Some(nearest) => format!("{text}, the nearest name is {nearest}"),
        None => text,
    }
}

/// After which ends a worker runs again.
pub(super) fn restart(value: Value<'_>) -> Outcome<Restart> {
    match value.as_bytes() {
        Some(b"always") => Ok(Restart::Always),
        Some(b"on-failure") => Ok(Restart::OnFailure),
        Some(b"never") => Ok(Restart::Never),
        Some(b"once") => Ok(Restart::Once),
        _ => Err(bad("restart", "always, on-failure, never or once")),
    }
}

/// The pause between two runs.
pub(super) fn pause(value: Value<'_>) -> Outcome<Duration> {
    Ok(time(value, "restart_pause")?.unwrap_or(Duration::ZERO))
}

/// A name of a worker: it stands in lines of the log and in file names.
pub(super) fn name(value: Value<'_>) -> Outcome<String> {
    let text = value.as_bytes().and_then(|text| std::str::from_utf8(text).ok());
    let is_fit = |name: &&str| {
        let fits = |c: char| c.is_alphanumeric() || "_-.:@".contains(c);
        (1..=64).contains(&name.len()) && name.chars().all(fits)
    };
    text.filter(is_fit).map(str::to_owned).ok_or_else(|| {
        bad("worker_names", "a name or names of up to 64 letters, digits, dots, colons, @, _ and -")
    })
}

fn names(value: Value<'_>) -> Outcome<Names> {
    let Some(list) = Array::of(value) else { return Ok(Names::Numbered(name(value)?)) };
    let names: Outcome<Vec<_>> = list.iter().map(|(_, value)| name(value).map(Some)).collect();
    Ok(Names::List(names?))
}

#[cold]
fn bad(name: &str, expected: &str) -> Failure {
    outcome::invalid(format!("the setting {name} must be {expected}"))
}

/// A pool refuses what is only a warning elsewhere.
fn as_refusal(failure: Failure) -> Failure {
    match failure {
        Failure::Warning(text) => outcome::invalid(text),
        failure => failure,
    }
}

/// The units of times, in seconds.
const TIMES: &[(&[&str], f64)] = &[
    (&["", "s", "sec", "secs", "second", "seconds"], 1.0),
    (&["us", "usec", "microsecond", "microseconds"], 1e-6),
    (&["ms", "msec", "millisecond", "milliseconds"], 1e-3),
    (&["m", "min", "mins", "minute", "minutes"], 60.0),
    (&["h", "hr", "hrs", "hour", "hours"], 3600.0),
    (&["d", "day", "days"], 86_400.0),
    (&["w", "week", "weeks"], 604_800.0),
];

/// The units of sizes, in bytes, as in php.ini.
const SIZES: &[(&[&str], f64)] = &[
    (&["", "b", "byte", "bytes"], 1.0),
    (&["k", "kb", "kib"], 1024.0),
    (&["m", "mb", "mib"], 1_048_576.0),
    (&["g", "gb", "gib"], 1_073_741_824.0),
];

const NO_UNIT: &[(&[&str], f64)] = &[(&[""], 1.0)];

/// A number that is not negative, in a text with its unit behind it; `None` for anything else.
fn quantity(value: Value<'_>, units: &[(&[&str], f64)]) -> Option<f64> {
    let number = match (value.as_float(), value.as_bytes()) {
        (Some(number), _) => number,
        (None, None) => return None,
        (None, Some(text)) => {
            let text = std::str::from_utf8(text).ok()?.trim();
            // No sign, and no words such as "inf".
            if !text.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
                return None;
            }
            match text.parse() {
                Ok(number) => number,
                Err(_) => {
                    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
                    let (number, unit) = text.split_at(end);
                    let unit = unit.trim().to_ascii_lowercase();
                    let (_, factor) = units.iter().find(|(names, _)| names.contains(&unit.as_str()))?;
                    number.parse::<f64>().ok()? * factor
                }
            }
        }
    };
    (number.is_finite() && number >= 0.0).then_some(number)
}

/// A number without its fraction; `None` when it needs more than 64 bits.
fn whole(number: f64) -> Option<u64> {
    // Seconds of a Duration have 64 bits.
    Duration::try_from_secs_f64(number).ok().map(|time| time.as_secs())
}

fn flag(value: Value<'_>, name: &str) -> Outcome<bool> {
    let text = value.as_bytes().map(<[u8]>::to_ascii_lowercase);
    let flag = match (value.as_bool(), value.as_int(), text.as_deref()) {
        (Some(flag), ..) => Some(flag),
        (_, Some(0), _) | (_, _, Some(b"" | b"0" | b"off" | b"no" | b"false")) => Some(false),
        (_, Some(1), _) | (_, _, Some(b"1" | b"on" | b"yes" | b"true")) => Some(true),
        _ => None,
    };
    flag.ok_or_else(|| bad(name, "true or false"))
}

/// A time; `None` for zero.
fn time(value: Value<'_>, name: &str) -> Outcome<Option<Duration>> {
    let seconds = quantity(value, TIMES);
    let time = seconds.and_then(|seconds| Some((seconds, Duration::try_from_secs_f64(seconds).ok()?)));
    let (seconds, time) = time.ok_or_else(|| bad(name, "a number of seconds, not negative"))?;
    // The shortest time must not become none.
    Ok((seconds > 0.0).then(|| time.max(Duration::from_nanos(1))))
}

/// A number; `None` for zero.
fn number(value: Value<'_>, name: &str) -> Outcome<Option<u64>> {
    let number = quantity(value, NO_UNIT).filter(|number| number.fract() == 0.0).and_then(whole);
    let number = number.ok_or_else(|| bad(name, "a number, not negative"))?;
    Ok(Some(number).filter(|&number| number > 0))
}
