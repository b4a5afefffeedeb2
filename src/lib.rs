//! Swoole's process toolkit for PHP CLI programs.
//!
//! Four layers, each of which may use only those below it: [`os`] (safe wrappers of system calls), [`rt`] (the runtime,
//! without PHP), and with the feature `php` `zend` (the interface to the engine) and `php` (one file or folder per PHP
//! class). ARCHITECTURE.md says what each layer may do; tests/layering checks it.

pub mod os;
pub mod rt;

#[cfg(feature = "php")]
mod php;
#[cfg(feature = "php")]
mod zend;
