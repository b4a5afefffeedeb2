//! The table of the layers in ARCHITECTURE.md, checked by reading the sources.
//!
//! Line by line, without comments and without unit tests: simple enough to trust, and enough for code that
//! rustfmt has laid out. What the compiler checks is not checked again. Each rule carries code that it refuses,
//! and its test proves that it does.
//!
//! `circles.rs` looks at files that import each other, `floors.rs` at those that import one above them; `sources.rs` reads
//! them all.
#![cfg(test)]

mod circles;
mod floors;
mod sources;

use sources::{code, sources};

/// A rule about lines of code.
struct Rule {
    /// Whether it is for the file with this path below src.
    applies: fn(&str) -> bool,
    /// What it forbids, when a line has that.
    finds: fn(&str) -> Option<String>,
    /// What to do instead; it ends the failure's message.
    instead: &'static str,
    /// Paths and lines for the proof that it finds what it forbids.
    refuses: &'static [(&'static str, &'static str)],
}

#[test]
fn os_uses_no_other_layer() {
    keep(&Rule {
        applies: |path| path.starts_with("os/"),
        finds: |line| {
            layer_other_than(line, &["os"])
                .or_else(|| crate_other_than(line, &["libc", "nix", "bitflags", "openssl"]))
        },
        instead: "os is the lowest layer: return what happened, and let rt, zend or php decide",
        refuses: &[
            ("os/pipe.rs", "use crate::rt::pipe::Pipe;"),
            ("os/pipe.rs", "    crate::php::log::warning(text);"),
            ("os/pipe.rs", "use crate::{os, rt};"),
            ("os/pipe.rs", "use super::super::rt::pipe;"),
            ("os/pipe.rs", "use slab::Slab;"),
            ("os/pipe.rs", "    ext_php_rs::ffi::zend_error();"),
        ],
    });
}

#[test]
fn os_does_not_log() {
    keep(&Rule {
        applies: |path| path.starts_with("os/"),
        finds: |line| any_word(line, &["log!", "debug!", "info!", "warn!", "error!", "syslog"]),
        instead: "return the error; php/log.rs writes the log",
        refuses: &[("os/pipe.rs", "    warn!(\"no pipe\");"), ("os/pipe.rs", "    libc::syslog(1, text);")],
    });
}

#[test]
fn rt_uses_only_os() {
    keep(&Rule {
        applies: |path| path.starts_with("rt/"),
        finds: |line| {
            layer_other_than(line, &["os", "rt"]).or_else(|| any_word(line, &["ext_php_rs", "libc", "nix"]))
        },
        instead: "rt knows no PHP and no system calls: use os, or return a value that zend or php acts on",
        refuses: &[
            ("rt/pipe.rs", "use crate::zend::values::Value;"),
            ("rt/pipe.rs", "use crate::php::log;"),
            ("rt/pipe.rs", "    let pid = libc::getpid();"),
            ("rt/pipe.rs", "use nix::unistd::Pid;"),
            ("rt/core/switch.rs", "use ext_php_rs::zend::Fiber;"),
        ],
    });
}

#[test]
fn the_core_knows_no_capability() {
    keep(&Rule {
        applies: |path| path.starts_with("rt/core/"),
        finds: |line| path_beside(line, "crate::rt::core"),
        instead: "the core uses os and itself: what needs it takes it as an argument",
        refuses: &[
            ("rt/core/children.rs", "use crate::rt::runtime::Runtime;"),
            ("rt/core/timers.rs", "use crate::rt::{core::wait::Waiter, sync::lock::Lock};"),
            ("rt/core/mod.rs", "    crate::rt::socket::close();"),
            ("rt/core/scheduler/mod.rs", "use crate::rt::core_of_another::Core;"),
        ],
    });
}

#[test]
fn rt_has_no_unsafe_code() {
    keep(&Rule {
        applies: |path| path.starts_with("rt/"),
        finds: |line| any_word(line, &["unsafe"]),
        instead: "let os offer a safe function",
        refuses: &[
            ("rt/pipe.rs", "    let byte = unsafe { *pointer };"),
            ("rt/pipe.rs", "unsafe impl Send for Pipe {}"),
        ],
    });
}

#[test]
fn rt_has_no_statics() {
    keep(&Rule {
        applies: |path| path.starts_with("rt/"),
        finds: |line| any_word(line, &["static", "thread_local!", "lazy_static!", "OnceLock", "LazyLock"]),
        instead: "what outlives a call belongs into rt::runtime::Runtime, where a fork finds it",
        refuses: &[
            ("rt/pipe.rs", "static COUNT: AtomicUsize = AtomicUsize::new(0);"),
            ("rt/pipe.rs", "    pub(crate) static mut COUNT: usize = 0;"),
            ("rt/pipe.rs", "thread_local! {"),
            ("rt/pipe.rs", "std::thread_local! {"),
        ],
    });
}

#[test]
fn rt_reads_the_clock_in_one_place() {
    keep(&Rule {
        applies: |path| path.starts_with("rt/") && path != "rt/core/clock.rs",
        finds: |line| any_word(line, &["Instant::now", "SystemTime", "monotonic", "wall"]),
        instead: "take the time as an argument; rt/core/clock.rs is where the clock is read",
        refuses: &[
            ("rt/core/timers.rs", "    let now = Instant::now();"),
            ("rt/core/timers.rs", "    let now = std::time::Instant::now();"),
            ("rt/core/timers.rs", "    let now = clock::monotonic();"),
            ("rt/core/timers.rs", "use crate::os::clock::{monotonic, pause};"),
            ("rt/core/timers.rs", "    let (seconds, micros) = clock::wall();"),
        ],
    });
}

#[test]
fn zend_does_not_use_php() {
    keep(&Rule {
        applies: |path| path.starts_with("zend/"),
        finds: |line| {
            layer_other_than(line, &["zend", "rt", "os"])
                .or_else(|| crate_other_than(line, &["ext_php_rs", "bitflags", "slab", "rustc_hash"]))
        },
        instead: "the seam serves the classes and knows none: take what it needs as an argument or a trait",
        refuses: &[
            ("zend/child.rs", "    crate::php::process::exit_now();"),
            ("zend/child.rs", "use nix::unistd::fork;"),
            ("zend/child.rs", "    libc::_exit(0);"),
        ],
    });
}

#[test]
fn zend_does_not_know_swoole() {
    keep(&Rule {
        applies: |path| path.starts_with("zend/"),
        finds: |line| {
            // Our own name is not Swoole's.
            let line = line.to_lowercase().replace("swoole_process", "");
            line.contains("swoole").then(|| String::from("Swoole"))
        },
        instead: "names and semantics of Swoole belong into src/php",
        refuses: &[
            ("zend/class.rs", "    let name = \"Swoole\\\\Process\";"),
            ("zend/ini.rs", "    let on = get(c\"swoole.display_errors\");"),
            ("zend/class.rs", "fn register_swoole_process_pool(swoole: bool) {}"),
        ],
    });
}

#[test]
fn php_has_no_unsafe_code() {
    keep(&Rule {
        applies: |path| path.starts_with("php/"),
        finds: |line| any_word(line, &["unsafe", "unsafe_code"]),
        instead: "let zend offer a safe function",
        refuses: &[
            ("php/timer.rs", "    unsafe { zend_throw_error() };"),
            ("php/timer.rs", "#[allow(unsafe_code)]"),
        ],
    });
}

#[test]
fn php_makes_no_system_calls() {
    keep(&Rule {
        applies: |path| path.starts_with("php/"),
        finds: |line| {
            layer_other_than(line, &["php", "zend", "rt", "os"])
                .or_else(|| crate_other_than(line, &["bitflags", "strsim"]))
        },
        instead: "call a function of rt or os, and the engine through zend",
        refuses: &[
            ("php/timer.rs", "    let signal = libc::SIGTERM;"),
            ("php/timer.rs", "use nix::sys::signal;"),
            ("php/timer.rs", "use ext_php_rs::types::Zval;"),
        ],
    });
}

#[test]
fn values_of_a_thread_are_kept_in_one_way() {
    keep(&Rule {
        applies: |path| (path.starts_with("php/") || path.starts_with("zend/")) && path != "zend/globals.rs",
        finds: |line| any_word(line, &["thread_local!"]),
        instead: "use per_thread!, whose values have no destructor: it would run after the module was unloaded",
        refuses: &[("php/log.rs", "thread_local! {"), ("zend/callbacks.rs", "std::thread_local! {")],
    });
}

#[test]
fn classes_access_the_runtime_by_one_function() {
    keep(&Rule {
        applies: |path| path.starts_with("php/"),
        finds: |line| line.contains("Fibers::core").then(|| String::from("Fibers::core")),
        instead: "use globals::with",
        refuses: &[("php/waiting.rs", "    Fibers::core(|core| core.scheduler.current())")],
    });
}

#[test]
fn a_class_offers_nothing_beyond_the_layer_of_classes() {
    keep(&Rule {
        applies: |path| path.starts_with("php/"),
        finds: |line| {
            let wide = ["pub(crate)", "pub(in ", "super::super"];
            let wide = wide.into_iter().find(|wide| line.contains(wide));
            let public = line.trim_start().starts_with("pub ").then_some("pub");
            wide.or(public).map(String::from)
        },
        instead: "`pub(super)` is what mod.rs of a class offers to other classes, and its files to each other",
        refuses: &[
            ("php/pool/mod.rs", "    let state = super::super::process::State;"),
            ("php/process/lifecycle.rs", "pub(crate) fn start() {}"),
            ("php/process/lifecycle.rs", "pub(in crate::php) fn start() {}"),
            ("php/process/lifecycle.rs", "    pub fn start() {}"),
        ],
    });
}

#[test]
fn the_state_of_a_class_is_its_own() {
    keep(&Rule {
        // In a folder's other files `pub(super)` ends at the class.
        applies: |path| {
            path.starts_with("php/") && (path.matches('/').count() == 1 || path.ends_with("/mod.rs"))
        },
        finds: |line| {
            let item = line.trim_start().strip_prefix("pub(super) ")?;
            let name = item.split(':').next().filter(|name| is_word(name));
            let field = name.map(|name| format!("the field {name}"));
            field.or_else(|| item.starts_with("mod ").then(|| format!("the {}", item.trim_end_matches(';'))))
        },
        instead: "make it private, and offer a function to the other classes",
        refuses: &[
            ("php/process/mod.rs", "pub(super) mod life;"),
            ("php/process/mod.rs", "    pub(super) pipe: Cell<Option<PipeToken>>,"),
            ("php/atomic.rs", "    pub(super) value: u32,"),
        ],
    });
}

#[test]
fn unsafe_code_is_allowed_in_two_layers() {
    keep(&Rule {
        // rt/mod.rs forbids it.
        applies: |path| !path.starts_with("os/") && !path.starts_with("zend/") && path != "rt/mod.rs",
        finds: |line| any_word(line, &["unsafe_code"]),
        instead: "os/mod.rs and zend/mod.rs allow it for their layers, with the reason",
        refuses: &[
            ("lib.rs", "#![allow(unsafe_code, reason = \"it is quick\")]"),
            ("rt/pipe.rs", "    unsafe_code,"),
        ],
    });
}

#[test]
fn nothing_panics_where_an_error_can_be_returned() {
    keep(&Rule {
        applies: |_| true,
        finds: |line| {
            let calls = [".unwrap()", ".expect(", ".unwrap_err()", ".expect_err("];
            let call = calls.into_iter().find(|call| line.contains(call));
            call.map(String::from).or_else(|| any_word(line, &["todo!", "unimplemented!"]))
        },
        instead: "return the error, or say with `?`, `let else` or `unwrap_or` what happens then",
        refuses: &[
            ("os/pipe.rs", "    let fd = fd.unwrap();"),
            ("zend/values.rs", "        .expect(\"a value\");"),
            ("php/timer.rs", "    todo!()"),
            ("php/timer.rs", "    unimplemented!(\"ticks\")"),
        ],
    });
}

#[test]
fn nothing_panics_on_purpose() {
    keep(&Rule {
        // Signatures are parsed when the module is compiled; there a panic is an error of the compiler.
        applies: |path| path != "zend/signature.rs",
        finds: |line| any_word(line, &["panic!", "unreachable!"]),
        instead: "a panic is a bug: return an error, or make the case impossible",
        refuses: &[
            ("rt/pipe.rs", "    panic!(\"no pipe\");"),
            ("rt/pipe.rs", "        _ => unreachable!(),"),
        ],
    });
}

#[test]
fn nothing_is_printed() {
    keep(&Rule {
        applies: |_| true,
        finds: |line| any_word(line, &["print!", "println!", "eprint!", "eprintln!", "dbg!"]),
        instead: "the standard descriptors are the script's: use php/log.rs or a warning of the engine",
        refuses: &[
            ("rt/pipe.rs", "    eprintln!(\"{pipe:?}\");"),
            ("php/timer.rs", "    dbg!(timer);"),
            ("lib.rs", "    std::println!(\"loaded\");"),
        ],
    });
}

#[test]
fn each_file_opens_with_what_it_is() {
    for (path, source) in sources() {
        let opens = source.starts_with("//! ");
        assert!(opens, "src/{path}:1: no `//!` line: say what the file is, and what it is not");
    }
}

#[test]
fn each_file_belongs_to_one_of_four_layers() {
    let layers = ["os/", "rt/", "zend/", "php/"];
    for (path, _) in sources() {
        let known = path == "lib.rs" || layers.iter().any(|layer| path.starts_with(layer));
        assert!(known, "src/{path}:1: no layer: move it into os, rt, zend or php");
    }
}

#[test]
fn a_complaint_names_the_file_and_the_line_and_says_what_to_do() {
    let rule = Rule {
        applies: |path| path == "rt/pipe.rs",
        finds: |line| any_word(line, &["unsafe"]),
        instead: "let os offer a safe function",
        refuses: &[],
    };
    let source = "//! A pipe.\n\nfn read() {\n    unsafe { read_it() }\n}\n";
    let expected = "src/rt/pipe.rs:4: unsafe\n    unsafe { read_it() }\n  let os offer a safe function";
    assert_eq!(complaints(&rule, "rt/pipe.rs", source), [expected]);
    assert_eq!(complaints(&rule, "os/pipe.rs", source), [""; 0]);
}

#[test]
fn a_word_is_found_alone_and_not_as_a_part_of_another_one() {
    let code = "fn text(&self) -> &'static str { unsafe_code(my_libc::x, crate::os::Errno, print_it!()) }";
    assert_eq!(any_word(code, &["static", "unsafe", "libc", "print!", "code"]), None);
    assert_eq!(any_word("    (unsafe {})", &["static", "unsafe"]), Some(String::from("unsafe")));
    assert_eq!(layer_other_than("use crate::os::{Errno, Result};", &["os"]), None);
    assert_eq!(layer_other_than("    $crate::entry!(name);", &["os"]), None);
    assert_eq!(layer_other_than("    $crate::zend::x();", &["os"]), Some(String::from("crate::zend")));
}

/// Fails unless the rule refuses its examples and the sources keep it.
fn keep(rule: &Rule) {
    assert!(!rule.refuses.is_empty(), "without an example nothing proves that the rule can fail");
    for (path, line) in rule.refuses {
        let source = format!("//! A file.\n{line}\n");
        assert_eq!(complaints(rule, path, &source).len(), 1, "the rule does not see {path}: {line}");
    }
    let complaints: Vec<String> =
        sources().iter().flat_map(|(path, source)| complaints(rule, path, source)).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// One for each line that breaks the rule.
fn complaints(rule: &Rule, path: &str, source: &str) -> Vec<String> {
    if !(rule.applies)(path) {
        return Vec::new();
    }
    code(source)
        .into_iter()
        .filter_map(|(number, line)| {
            let found = (rule.finds)(&line)?;
            Some(format!("src/{path}:{number}: {found}\n{line}\n  {}", rule.instead))
        })
        .collect()
}

fn is_part_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_part_of_word)
}

/// The first of `words` that stands in the line, not as a part of a longer word and not as a lifetime.
fn any_word(line: &str, words: &[&str]) -> Option<String> {
    let stands = |word: &&&str| {
        line.match_indices(**word).any(|(start, _)| {
            let before = line[..start].chars().next_back();
            let after = line[start + word.len()..].chars().next();
            let part = |next: Option<char>| next.is_some_and(|next| is_part_of_word(next) || next == '\'');
            !part(before) && !part(after)
        })
    };
    words.iter().find(stands).map(|word| String::from(*word))
}

/// A path into this crate that leads into none of `layers`.
fn layer_other_than(line: &str, layers: &[&str]) -> Option<String> {
    if line.contains("super::super") {
        return Some(String::from("super::super; write the path from crate::"));
    }
    line.match_indices("crate::")
        .map(|(start, path)| {
            let rest = &line[start + path.len()..];
            rest.split_at(rest.find(|next| !is_part_of_word(next)).unwrap_or(rest.len()))
        })
        // A macro has no module, wherever it stands.
        .find(|(layer, rest)| !layers.contains(layer) && !rest.starts_with('!'))
        .map(|(layer, _)| format!("crate::{layer}"))
}

/// A path into rt that does not lead into `folder`.
fn path_beside(line: &str, folder: &str) -> Option<String> {
    let is_in = |path: &str| {
        path.strip_prefix(folder).is_some_and(|rest| !rest.starts_with(is_part_of_word))
            // A visibility, and no import.
            || path.starts_with("crate::rt)")
    };
    line.match_indices("crate::rt")
        .map(|(start, _)| &line[start..])
        .find(|path| !is_in(path))
        .map(String::from)
}

/// A dependency of this package, other than `allowed`, that the line uses.
fn crate_other_than(line: &str, allowed: &[&str]) -> Option<String> {
    let manifest = include_str!("../../Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    section
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.replace('-', "_"))
        .filter(|name| is_word(name) && !allowed.contains(&name.as_str()))
        .find(|name| any_word(line, &[name]).is_some())
}
