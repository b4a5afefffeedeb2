//! Swoole's process toolkit for PHP CLI programs.
//!
//! Four layers, each of which may only use those below it: [`os`] (the kernel in safe words), [`rt`] (the
//! runtime's policy, without PHP), and with the feature `php` `zend` (the engine seam) and `php` (one file per
//! PHP class). ARCHITECTURE.md says what each may and must not do; tests/layering checks it.

pub mod os;
pub mod rt;

#[cfg(feature = "php")]
mod php;
#[cfg(feature = "php")]
mod zend;
