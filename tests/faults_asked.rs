//! Every call of the kernel asks `os::fault` first, so that a test can make it fail.
//!
//! Read from the sources: in a function that calls the kernel there are as many questions as calls, and the first
//! question stands before the first call. What needs none is listed with its reason.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may stop at once")]

use std::fs;
use std::path::Path;

/// A file, a function of it, what it calls, and why that needs no question.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
    ("parent_death_guard.rs", "look_after_master", "libc::getppid", "cannot fail"),
    ("msgq.rs", "remove_in_handler", "libc::msgctl", "in a signal handler nobody could be told"),
    ("parent_death_guard.rs", "look_after_master", "libc::raise", "in a signal handler nobody could be told"),
    (
        "posix_timer.rs",
        "set_time",
        "libc::timer_settime",
        "fails for invalid arguments only, and is called in signal handlers",
    ),
    ("posix_timer.rs", "drop", "libc::timer_delete", "fails for no timer only, and there is one"),
    ("posix_timer.rs", "of_thread", "nix::unistd::gettid", "cannot fail"),
    ("clock.rs", "monotonic", "Instant::now", "cannot fail: the clock exists on every kernel"),
    ("clock.rs", "wall", "SystemTime::now", "cannot fail: as above"),
    ("clock.rs", "local_time", "libc::localtime_r", "no system call"),
    ("clock.rs", "local_time", "libc::strftime", "no system call"),
    ("private_fd.rs", "close_in_child", "libc::close", "a descriptor is gone whatever it says"),
    ("process.rs", "hold_signals", ".thread_swap_mask", "fails for a bad `how` only, and ours is not"),
    ("process.rs", "release_signals", ".thread_set_mask", "as above"),
    ("process.rs", "pid", "nix::unistd::getpid", "cannot fail"),
    ("folder.rs", "user", "nix::unistd::geteuid", "cannot fail"),
    ("process.rs", "parent", "nix::unistd::getppid", "cannot fail"),
    ("process.rs", "exit_now", "libc::_exit", "cannot fail"),
    ("process.rs", "exit", "libc::exit", "cannot fail"),
    ("setup.rs", "replace_environment", "libc::clearenv", "no system call, and only releases memory"),
    ("fd.rs", "fill_standard", "libc::fcntl", "fails for what is not open only, which is the answer"),
    ("prepared_wait.rs", "allow_unmasked_waits", "nix::unistd::gettid", "cannot fail"),
    ("prepared_wait.rs", "allow_unmasked_waits", "nix::unistd::getpid", "cannot fail"),
    ("prepared_wait.rs", "this_thread", "libc::pthread_self", "no system call"),
    ("nowait.rs", "kind", "libc::major", "no system call"),
    ("nowait.rs", "kind", "libc::minor", "no system call"),
    ("shared.rs", "drop", "libc::munmap", "fails for what is no mapping only, and there is one"),
    ("signal/mask.rs", "blocks", "libc::sigismember", "no system call"),
    ("signal/mask.rs", "without", "libc::sigdelset", "no system call"),
    ("signal/mask.rs", "set_of", "libc::sigaddset", "no system call"),
    ("signal/mask.rs", "block", ".thread_swap_mask", "fails for a bad `how` only, and ours is not"),
    (
        "signal/mask.rs",
        "without_signals_of_writes",
        ".thread_swap_mask",
        "fails for a bad `how` only, and ours is not",
    ),
    ("signal/mask.rs", "waits", "libc::sigpending", "fails for a bad address only, and ours is not"),
    ("signal/mask.rs", "waits", "libc::sigismember", "no system call"),
    ("signal/mask.rs", "take_blocked", "libc::sigtimedwait", "fails when there is nothing to take"),
    ("signal/mask.rs", "restore", ".thread_set_mask", "fails for a bad `how` only, and ours is not"),
    (
        "signal/mod.rs",
        "reset_in_child",
        "libc::signal",
        "in the child of a fork only what is async-signal-safe may run",
    ),
    ("signal/mod.rs", "default_for_program", "libc::signal", "fails for numbers that are not signals only"),
    ("program.rs", "drop", "libc::munmap", "fails for what is no mapping only, and there is one"),
    ("helper.rs", "close_between", "libc::close", "a descriptor is gone whatever it says"),
    ("recorded_poll.rs", "poll", "libc::poll", "the call is another library's"),
    ("library.rs", "around", "libc::dl_iterate_phdr", "no system call"),
    ("library.rs", "around", "libc::dlopen", "loads nothing: no system call"),
    ("library.rs", "function", "libc::dlsym", "no system call"),
    ("lookup.rs", "look_up", "libc::getaddrinfo", "its callers ask"),
    ("lookup.rs", "drop", "libc::freeaddrinfo", "no system call"),
    ("system.rs", "describe", "libc::strerror_r", "no system call"),
    ("system.rs", "describe_lookup", "libc::gai_strerror", "no system call"),
];

/// Beginnings of what enters the kernel. Closing is not among them: a descriptor is gone whatever close(2) says.
const KERNEL: &[&str] = &[
    "libc::",
    "nix::",
    "std::fs::",
    "File::",
    "OpenOptions::",
    "Instant::now",
    "SystemTime::now",
    "alloc_zeroed",
    ".try_reserve",
    ".thread_set_mask",
    ".thread_swap_mask",
];

/// The words of a call: what it is, up to its parenthesis.
fn calls(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in KERNEL {
        for (at, _) in line.match_indices(start) {
            let rest = &line[at..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && !"_:.".contains(c)).unwrap_or(rest.len());
            let name = &rest[..end];
            let last = name.rsplit([':', '.']).next().unwrap_or_default();
            let converts = ["try_from", "from", "from_raw", "cast_unsigned"].contains(&last);
            // A function, not a type or constant, nor a macro of C such as WIFEXITED.
            let is_function = last.starts_with(|c: char| c.is_lowercase() || c == '_');
            if rest[end..].starts_with('(') && is_function && !converts {
                found.push(String::from(name));
            }
        }
    }
    found
}

/// What is wrong in one file.
fn complaints(file: &str, source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .split("\n#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect();
    let mut wrong = Vec::new();
    let mut function = String::new();
    // Questions that stand before a call and belong to none yet.
    let mut questions = 0;
    for (number, line) in (1..).zip(code) {
        let line = line.replace("extern \"C\" ", "");
        let line = line.as_str();
        let head = line.split_once("fn ").filter(|(before, _)| !before.contains('"'));
        if let Some((name, _)) = head.and_then(|(_, rest)| rest.split_once(['(', '<'])) {
            function = String::from(name);
            questions = 0;
        }
        questions += line.matches("check(Call::").count();
        for call in calls(line) {
            let excepted =
                EXCEPTIONS.iter().any(|(f, name, what, _)| *f == file && *name == function && *what == call);
            if excepted {
                continue;
            }
            if questions == 0 {
                wrong.push(format!(
                    "src/os/{file}:{number}: {call} in `{function}` does not ask: put `check(Call::...)?` before it, \
                     and a line for a new call into src/os/fault/call.rs"
                ));
            } else {
                questions -= 1;
            }
        }
    }
    wrong
}

/// The files of src/os but for the fault layer itself, by their names.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/os");
    let mut sources = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(below).expect("a folder of src/os") {
            let path = entry.expect("a file of src/os").path();
            let name = path.strip_prefix(&folder).expect("a path below src/os").display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if !name.starts_with("fault") {
                sources.push((name, fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    assert!(sources.len() > 5, "the sources are not where they are looked for");
    sources
}

#[test]
fn every_call_of_the_kernel_asks_for_faults_first() {
    let wrong: Vec<String> = sources().iter().flat_map(|(file, source)| complaints(file, source)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_exception_is_one() {
    let sources = sources();
    for (file, function, call, _) in EXCEPTIONS {
        let source = sources.iter().find(|(name, _)| name == file).map_or("", |(_, source)| source);
        let text = source.split(&format!("fn {function}(")).nth(1).unwrap_or_default();
        assert!(
            text.contains(call),
            "src/os/{file}: `{function}` does not call {call}: take the exception away"
        );
    }
}

#[test]
fn a_call_that_does_not_ask_is_found() {
    for body in [
        "    Errno::result(unsafe { libc::dup(fd) })?;",
        "    nix::unistd::setsid()?;",
        "    File::open(path)?;",
        "    std::fs::read(path)?;",
        "    check(Call::Dup)?;\n    let a = unsafe { libc::dup(fd) };\n    let b = unsafe { libc::dup(fd) };",
        "    let a = unsafe { libc::dup(fd) };\n    check(Call::Dup)?;",
    ] {
        let source = format!("fn before() {{\n    check(Call::Dup)?;\n}}\n\nfn body() {{\n{body}\n}}\n");
        assert_eq!(complaints("fd.rs", &source).len(), 1, "{body}");
    }
    let good = "fn body() {\n    check(Call::Dup)?;\n    let a: libc::c_int = unsafe { libc::dup(libc::STDIN_FILENO) };\n}";
    assert_eq!(complaints("fd.rs", good), [""; 0]);
}
