//! The interface to PHP's engine: it lets a class file use the engine without unsafe code.
//!
//! A class is declared by [`class::Class`], its methods by their PHP signatures ([`method!`], [`static_method!`],
//! [`function!`]). Each signature is the single source for what Reflection shows, for how arguments are checked and
//! coerced, and for the types of the Rust function: a mismatch does not compile. Nothing here knows a class by name.
#![allow(unsafe_code, reason = "the engine is a C library with invariants of its own; they are kept here")]
#![allow(
    clippy::multiple_unsafe_ops_per_block,
    reason = "a member of a union behind a pointer counts as two"
)]
#![allow(
    clippy::cast_possible_truncation,
    reason = "the engine keeps flags and lengths of names in narrow fields, and declares them wider"
)]

#[cfg(feature = "fault-injection")]
pub(crate) mod allocations;
pub(crate) mod arguments;
pub(crate) mod arrays;
pub(crate) mod async_files;
pub(crate) mod autoload;
pub(crate) mod backtrace;
pub(crate) mod bindings;
pub(crate) mod callback;
pub(crate) mod callbacks;
pub(crate) mod captured_errors;
mod carried;
pub(crate) mod child;
pub(crate) mod class;
mod class_handlers;
pub(crate) mod class_not_found;
pub(crate) mod coercion;
mod collector;
pub(crate) mod commands;
mod compiler;
pub(crate) mod constants;
pub(crate) mod cpu_timer;
pub(crate) mod curl;
pub(crate) mod cwd;
pub(crate) mod encoded;
mod engine_hook;
pub(crate) mod entry;
mod error_handler;
pub(crate) mod errors;
pub(crate) mod exit;
pub(crate) mod fiber;
pub(crate) mod frame;
pub(crate) mod function_hooks;
pub(crate) mod gc;
mod generators;
pub(crate) mod globals;
pub(crate) mod info;
pub(crate) mod ini;
pub(crate) mod interrupt;
pub(crate) mod interrupt_flag;
pub(crate) mod jump;
pub(crate) mod lifecycle;
mod memory;
pub(crate) mod net;
pub(crate) mod object;
pub(crate) mod object_store;
pub(crate) mod output;
pub(crate) mod phars;
pub(crate) mod recv_buffer;
pub(crate) mod running;
pub(crate) mod shutdown;
mod signals;
pub(crate) mod signature;
pub(crate) mod slots;
pub(crate) mod sockets;
mod stack;
pub(crate) mod stdio;
pub(crate) mod streams;
pub(crate) mod task;
mod ticks;
pub(crate) mod transports;
pub(crate) mod uncaught;
pub(crate) mod userland;
pub(crate) mod values;

pub(crate) use entry::{function, method, static_method};
pub(crate) use lifecycle::module;
