//! The floors of the layers above os. In rt a file or folder imports itself and what is on lower floors; in zend and php it
//! imports what is on its own floor, too.

use crate::circles::{Imports, imports};
use crate::sources::sources;

/// The floors of a layer, the lowest first: the files and folders of each.
struct Layer<'f> {
    name: &'f str,
    floors: &'f [&'f [&'f str]],
    /// Whether files of one floor may import each other, though never in a circle.
    sideways: bool,
}

const RT: Layer<'_> = Layer {
    name: "rt",
    floors: &[
        &["core", "framing", "handle", "log_limit", "supervisor"],
        &["dns", "process", "selections", "shared", "streams"],
        &["helper_process", "socket", "sync"],
        &["fd_passing", "pool", "transfer"],
        &["runtime"],
        &["fork"],
    ],
    sideways: false,
};

const ZEND: Layer<'_> = Layer {
    name: "zend",
    sideways: true,
    floors: &[
        // The engine's structures, values and settings; returns from calls into PHP.
        &[
            "arrays",
            "bindings",
            "class_handlers",
            "constants",
            "cwd",
            "encoded",
            "engine_hook",
            "gc",
            "info",
            "ini",
            "interrupt_flag",
            "jump",
            "net",
            "object_store",
            "phars",
            "running",
            "sockets",
            "streams",
            "values",
        ],
        // Failures and objects.
        &["class", "errors", "memory", "object", "output", "slots", "userland"],
        // Calls into PHP, and state that a thread keeps between two calls.
        &[
            "callback",
            "globals",
            "interrupt",
            "callbacks",
            "commands",
            "recv_buffer",
            "shutdown",
            "task",
            "captured_errors",
            "uncaught",
        ],
        // Functions of ours that the engine calls.
        &["arguments", "coercion", "entry", "frame", "function_hooks", "signature"],
        // Hooks that watch or intercept the engine.
        &[
            "async_files",
            "autoload",
            "class_not_found",
            "collector",
            "compiler",
            "error_handler",
            "exit",
            "generators",
            "signals",
            "stdio",
            "cpu_timer",
            "curl",
            "ticks",
            "transports",
        ],
        // Stacks of coroutines.
        &["backtrace", "carried", "fiber", "stack"],
        // The module, and the end of a forked child.
        &["allocations", "child", "lifecycle"],
    ],
};

const PHP: Layer<'_> = Layer {
    name: "php",
    sideways: true,
    floors: &[
        // Failures, the log, settings; classes written in PHP.
        &[
            "constants",
            "constructed",
            "exceptions",
            "fork_hooks",
            "library",
            "log",
            "mime",
            "out_of_scope",
            "outcome",
            "script_signals",
            "settings",
        ],
        // How a coroutine waits; use of the loop by code that does not run it; handles; values as text.
        &["handles", "loop_access", "options", "serialized", "waiting"],
        // A coroutine from its launch to its end.
        &["coroutine_data", "coroutine_settings", "deadlock", "launch", "preemption"],
        // The loop: it calls callbacks and wakes coroutines.
        &["event_loop"],
        // Work that waits: files, commands, host names, descriptors of other code.
        &["dns", "readiness", "transfer", "work"],
        // Other classes, and the hooks of `Runtime`.
        &[
            "atomic",
            "coroutine_lock",
            "event",
            "hooks",
            "lock",
            "operations",
            "process",
            "select",
            "shared_channel",
            "socket",
            "table",
            "timer",
        ],
        // Coroutines as scripts see them.
        &["coroutine"],
        // Pools.
        &["manager", "pool"],
        // A function for handles of several classes.
        &["dup"],
        // Functions that belong to no class, and the report about the module.
        &["faults", "functions", "info"],
    ],
};

#[test]
fn no_file_imports_a_floor_above_its_own() {
    let imports = imports(&sources());
    let found: Vec<String> = [RT, ZEND, PHP].iter().flat_map(|layer| breaches(layer, &imports)).collect();
    assert!(
        found.is_empty(),
        "\n{}\n  take it as an argument, or move what both need down; php uses runtime and fork, nobody in rt does",
        found.join("\n")
    );
}

#[test]
fn a_breach_is_found() {
    let found = |sideways: bool, path: &str, source: &str| {
        let layer = Layer { name: "rt", floors: &[&["low"], &["high", "side"]], sideways };
        let mut files: Vec<(String, String)> = ["low.rs", "high/mod.rs", "high/part.rs", "side.rs", "mod.rs"]
            .map(|file| (format!("rt/{file}"), String::new()))
            .into_iter()
            .filter(|(file, _)| file != path)
            .collect();
        files.push((String::from(path), String::from(source)));
        breaches(&layer, &imports(&files))
    };
    for sideways in [true, false] {
        let found = |path, source| found(sideways, path, source);
        assert_eq!(found("rt/low.rs", ""), [""; 0]);
        assert_eq!(found("rt/high/part.rs", "use super::Part;\nuse crate::rt::low;"), [""; 0]);
        assert_eq!(found("php/lock.rs", "use crate::rt::high::Part;"), [""; 0]);
        let imports_high = ["rt/low.rs imports rt/high/mod.rs"];
        assert_eq!(found("rt/low.rs", "use crate::rt::{low, high::Part};"), imports_high);
        assert_eq!(found("rt/low.rs", "fn f() {\n    crate::rt::high::f();\n}"), imports_high);
        assert_eq!(found("rt/new.rs", "use crate::rt::low::Core;"), ["rt/new.rs is on no floor"]);
    }
    let beside = ("rt/side.rs", "use crate::rt::high::Part;");
    assert_eq!(found(true, beside.0, beside.1), [""; 0]);
    assert_eq!(found(false, beside.0, beside.1), ["rt/side.rs imports rt/high/mod.rs"]);
    let layer = Layer { name: "rt", floors: &[&["low", "lost"]], sideways: true };
    let files = [(String::from("rt/low.rs"), String::new())];
    assert_eq!(breaches(&layer, &imports(&files)), ["no file of rt/lost"]);
}

/// The imports that lead to no lower floor, the files without a floor, and what is listed and not there.
fn breaches(layer: &Layer<'_>, imports: &Imports) -> Vec<String> {
    let unit = |path: &str| {
        let below = path.strip_prefix(layer.name)?.strip_prefix('/')?;
        // The layer's own mod.rs declares all that there is.
        let below = Some(below).filter(|below| *below != "mod.rs")?;
        Some(String::from(below.split('/').next()?.trim_end_matches(".rs")))
    };
    let floor = |unit: &str| layer.floors.iter().position(|floor| floor.contains(&unit));
    let mut found = Vec::new();
    for (file, imported) in imports {
        let Some(own) = unit(file) else { continue };
        let Some(height) = floor(&own) else {
            found.push(format!("{file} is on no floor"));
            continue;
        };
        let leads_up = |other: &str| {
            unit(other).is_some_and(|unit| match floor(&unit) {
                _ if unit == own => false,
                Some(other) => other > height || (other == height && !layer.sideways),
                // That file is reported itself.
                None => false,
            })
        };
        found.extend(
            imported.iter().filter(|other| leads_up(other)).map(|other| format!("{file} imports {other}")),
        );
    }
    let is_there = |name: &str| imports.keys().any(|path| unit(path).is_some_and(|unit| unit == name));
    let listed = layer.floors.iter().copied().flatten();
    found.extend(
        listed.filter(|name| !is_there(name)).map(|name| format!("no file of {}/{name}", layer.name)),
    );
    found
}
