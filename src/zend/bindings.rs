//! Declarations of the engine, made by build.rs from the headers of the PHP that will load the module.
//!
//! They are plain C structures without `Drop`: ext-php-rs's own `zval` releases its value when it goes out of
//! scope, which a structure that the engine also owns must not do. The few functions taken from ext-php-rs
//! get their pointers cast here.
#![allow(
    non_upper_case_globals,
    non_camel_case_types,
    non_snake_case,
    dead_code,
    missing_docs,
    unreachable_pub,
    unnecessary_transmutes,
    clippy::all,
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    unsafe_op_in_unsafe_fn,
    reason = "generated"
)]

include!(concat!(env!("OUT_DIR"), "/engine.rs"));

/// A static table of C structures: they hold pointers to constants, which any thread may read.
#[repr(transparent)]
pub(crate) struct Table<T>(pub(crate) T);

// SAFETY: tables are made at compile time and never written.
unsafe impl<T> Sync for Table<T> {}

/// The executor's globals of this thread.
#[inline(always)]
pub(crate) fn executor() -> *mut zend_executor_globals {
    #[cfg(not(php_zts))]
    {
        &raw mut executor_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: every thread that runs PHP code has executor globals.
        unsafe { ext_php_rs::ffi::ext_php_rs_executor_globals() }.cast()
    }
}

/// The compiler's globals of this thread.
#[inline(always)]
pub(crate) fn compiler() -> *mut zend_compiler_globals {
    #[cfg(not(php_zts))]
    {
        &raw mut compiler_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: every thread that runs PHP code has compiler globals.
        unsafe { ext_php_rs::ffi::ext_php_rs_compiler_globals() }.cast()
    }
}

/// PHP's own globals of this thread.
#[inline(always)]
pub(crate) fn core() -> *mut php_core_globals {
    // SAFETY: every thread that runs PHP has them.
    unsafe { ext_php_rs::ffi::ext_php_rs_process_globals() }.cast()
}

/// The output layer's globals of this thread.
#[inline(always)]
pub(crate) fn output() -> *mut zend_output_globals {
    #[cfg(not(php_zts))]
    {
        &raw mut output_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: set at start-up.
        of_thread(unsafe { output_globals_id })
    }
}

/// The globals of PHP's standard functions, of this thread.
#[inline(always)]
pub(crate) fn basic() -> *mut php_basic_globals {
    #[cfg(not(php_zts))]
    {
        &raw mut basic_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: set at start-up.
        of_thread(unsafe { basic_globals_id })
    }
}

/// The globals of functions for files, of this thread.
#[inline(always)]
pub(crate) fn files() -> *mut php_file_globals {
    #[cfg(not(php_zts))]
    {
        &raw mut file_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: set at start-up.
        of_thread(unsafe { file_globals_id })
    }
}

/// The globals of deferred signals, of this thread.
#[cfg(php_signals)]
#[inline(always)]
pub(crate) fn signals() -> *mut zend_signal_globals_t {
    #[cfg(not(php_zts))]
    {
        &raw mut zend_signal_globals
    }
    #[cfg(php_zts)]
    {
        // SAFETY: every thread that runs PHP has a table of globals, and set at start-up is where in it these lie.
        unsafe { tsrm_get_ls_cache().byte_add(zend_signal_globals_offset) }.cast()
    }
}

/// The globals of this thread that have this id.
#[cfg(php_zts)]
#[inline(always)]
fn of_thread<T>(id: ts_rsrc_id) -> *mut T {
    // SAFETY: every thread that runs PHP has a table of globals.
    let table: *mut *mut *mut std::ffi::c_void = unsafe { tsrm_get_ls_cache() }.cast();
    // SAFETY: ids count from 1, and the table has one entry for each.
    unsafe { *(*table).offset(id as isize - 1) }.cast()
}

/// The slots of a frame that come before its arguments.
pub(crate) const FRAME_SLOTS: usize = size_of::<zend_execute_data>().div_ceil(size_of::<zval>());

/// Whether the engine takes a value for true. Its answer is an int, and a bool since 8.4.
///
/// # Safety
/// The value is valid.
pub(crate) unsafe fn is_true(value: *mut zval) -> bool {
    // SAFETY: as the caller promises.
    i32::from(unsafe { zend_is_true(value) }) != 0
}

/// An undefined value.
pub(crate) const fn undef() -> zval {
    // SAFETY: all zeroes is IS_UNDEF.
    unsafe { std::mem::zeroed() }
}
