//! Carried state: state that the engine keeps in global variables while it calls the script, and that belongs to the
//! stack of this call. The engine itself carries its frames and `error_reporting`. docs/internals/engine-state.md
//! lists all other state, and where it is handled.
//!
//! The stack that is left clears the variables, and restores them when it is entered again. So the stack that is
//! entered has nothing to do, and a stack without such state costs a look at a few words.

use crate::zend::bindings::*;
use crate::zend::values::Text;
use crate::zend::{autoload, collector, error_handler};
use std::mem::MaybeUninit;
use std::ptr::{NonNull, null, null_mut};

/// Switches to a context that was left or is new, with all carried state.
#[inline(always)]
pub(super) fn switch(target: *mut zend_fiber_context) {
    if is_idle() {
        switch_alone(target);
    } else {
        switch_carrying(target);
    }
}

/// As [`switch`], at the end of what ran on a stack: a pending exception is passed on to the stack that is entered.
#[inline(always)]
pub(super) fn switch_alone(target: *mut zend_fiber_context) {
    let mut transfer = MaybeUninit::<zend_fiber_transfer>::uninit();
    let transfer = transfer.as_mut_ptr();
    // SAFETY: what a null has of a value is its type. The target has been left, or is new.
    unsafe {
        (*transfer).context = target;
        (*transfer).value.u1.type_info = IS_NULL;
        (*transfer).flags = 0;
        zend_fiber_switch_context(transfer);
    }
}

/// Whether there is no state to carry.
#[inline(always)]
fn is_idle() -> bool {
    let (executor, basic) = (executor(), basic());
    // SAFETY: these globals are valid on a thread that runs PHP.
    let busy = unsafe {
        ((*executor).error_handling | (*basic).serialize_lock) as usize
            | (*executor).exception.addr()
            | (*basic).user_compare_fci.size
            | (*basic).serialize.data.addr()
            | (*basic).unserialize.data.addr()
            | (*files()).user_stream_current_filename.addr()
            | (*output()).handlers.elements.addr()
            | collector::depth()
            | autoload::linking()
    };
    // SAFETY: reads the engine's counter.
    busy == 0 && !error_handler::is_away() && !unsafe { zend_fiber_switch_blocked() }
}

#[cold]
#[inline(never)]
fn switch_carrying(target: *mut zend_fiber_context) {
    let carried = Carried::take();
    switch_alone(target);
    carried.put_back();
}

/// Clears the state of the running stack, after a fatal error has left it with a jump.
#[cold]
pub(super) fn discard() {
    let carried = Carried::take();
    if carried.has_output {
        // The content of the output buffers may still be sent.
        // SAFETY: as they were.
        unsafe { std::ptr::write(output(), carried.output) };
    }
}

/// The carried state. It holds no references that would have to be released, because a stack that is never resumed is
/// dropped without unwinding.
struct Carried {
    /// Raised by a destructor, a tick function and a handler of pcntl.
    blocks: usize,
    collecting: usize,
    linking: usize,
    /// A pending exception, and the place in its frame from before it.
    exception: *mut zend_object,
    opline: *const zend_op,
    error_handling: zend_error_handling_t,
    exception_class: *mut zend_class_entry,
    error_handler: error_handler::SavedState,
    /// The comparison of usort() and related functions.
    compare: zend_fcall_info,
    compare_cache: zend_fcall_info_cache,
    serializing: Serializing,
    stream_name: *const std::ffi::c_char,
    in_include: bool,
    /// The warnings that the optimizer records for a file that it loads.
    recording: (bool, u32, *mut *mut zend_error_info),
    has_output: bool,
    output: zend_output_globals,
}

/// The reference tables of serialize() and unserialize(), and their nesting depths.
struct Serializing {
    lock: u32,
    out: (*mut php_serialize_data, u32),
    back: (*mut php_unserialize_data, u32),
}

impl Carried {
    fn take() -> Carried {
        let (executor, basic, files, core) = (executor(), basic(), files(), core());
        let has_output = has_buffers();
        // SAFETY: the globals are valid on a thread that runs PHP, and no other code accesses them while we write them. What
        // is copied has no Drop and comes back in `put_back`; in between the globals say that nothing is going on.
        unsafe {
            Carried {
                blocks: take_blocks(),
                collecting: collector::replace_depth(0),
                linking: autoload::replace_linking(0),
                exception: std::mem::replace(&mut (*executor).exception, null_mut()),
                opline: (*executor).opline_before_exception,
                error_handling: std::mem::replace(
                    &mut (*executor).error_handling,
                    zend_error_handling_t_EH_NORMAL,
                ),
                exception_class: (*executor).exception_class,
                error_handler: error_handler::lend(),
                compare_cache: std::ptr::read(&raw const (*basic).user_compare_fci_cache),
                compare: {
                    let compare = std::ptr::read(&raw const (*basic).user_compare_fci);
                    (*basic).user_compare_fci.size = 0;
                    compare
                },
                serializing: Serializing {
                    lock: std::mem::take(&mut (*basic).serialize_lock),
                    out: (
                        std::mem::replace(&mut (*basic).serialize.data, null_mut()),
                        std::mem::take(&mut (*basic).serialize.level),
                    ),
                    back: (
                        std::mem::replace(&mut (*basic).unserialize.data, null_mut()),
                        std::mem::take(&mut (*basic).unserialize.level),
                    ),
                },
                stream_name: std::mem::replace(&mut (*files).user_stream_current_filename, null()),
                in_include: std::mem::take(&mut (*core).in_user_include),
                recording: (
                    std::mem::take(&mut (*executor).record_errors),
                    std::mem::take(&mut (*executor).num_errors),
                    std::mem::replace(&mut (*executor).errors, null_mut()),
                ),
                has_output,
                output: {
                    let buffers = std::ptr::read(output());
                    if has_output {
                        php_output_activate();
                    }
                    buffers
                },
            }
        }
    }

    fn put_back(self) {
        let (executor, basic, files, core) = (executor(), basic(), files(), core());
        // SAFETY: as in `take`.
        unsafe {
            (*executor).error_handling = self.error_handling;
            (*executor).exception_class = self.exception_class;
            (*basic).user_compare_fci = self.compare;
            (*basic).user_compare_fci_cache = self.compare_cache;
            (*basic).serialize_lock = self.serializing.lock;
            (*basic).serialize.data = self.serializing.out.0;
            (*basic).serialize.level = self.serializing.out.1;
            (*basic).unserialize.data = self.serializing.back.0;
            (*basic).unserialize.level = self.serializing.back.1;
            (*files).user_stream_current_filename = self.stream_name;
            (*core).in_user_include = self.in_include;
            (*executor).record_errors = self.recording.0;
            (*executor).num_errors = self.recording.1;
            (*executor).errors = self.recording.2;
        }
        collector::replace_depth(self.collecting);
        autoload::replace_linking(self.linking);
        put_blocks(self.blocks);
        if self.has_output {
            put_output_back(self.output);
        }
        self.error_handler.take_back();
        put_exception_back(self.exception, self.opline);
    }
}

/// The engine's counter can only be incremented and decremented.
fn take_blocks() -> usize {
    let mut count = 0;
    // SAFETY: reads the engine's counter.
    while unsafe { zend_fiber_switch_blocked() } {
        // SAFETY: it is above nought.
        unsafe { zend_fiber_switch_unblock() };
        count += 1;
    }
    count
}

fn put_blocks(count: usize) {
    for _ in 0..count {
        // SAFETY: counts on.
        unsafe { zend_fiber_switch_block() };
    }
}

/// An exception that was thrown meanwhile, by a stack whose end no other code sees, comes first.
fn put_exception_back(exception: *mut zend_object, opline: *const zend_op) {
    if exception.is_null() {
        return;
    }
    let globals = executor();
    // SAFETY: the executor's globals are valid on a thread that runs PHP; the reference to the exception is ours.
    unsafe {
        if (*globals).exception.is_null() {
            (*globals).exception = exception;
            (*globals).opline_before_exception = opline;
        } else {
            zend_exception_set_previous((*globals).exception, exception);
        }
    }
}

/// Whether there are output buffers.
pub(super) fn has_buffers() -> bool {
    // SAFETY: the output layer's globals are valid on a thread that runs PHP.
    !unsafe { (*output()).handlers.elements }.is_null()
}

/// The place where the script's output began is shared by all stacks.
fn put_output_back(mut saved: zend_output_globals) {
    let output = output();
    // SAFETY: the output layer's globals are valid on a thread that runs PHP; the string's reference is theirs.
    let began = unsafe { NonNull::new((*output).output_start_filename) };
    if saved.output_start_filename.is_null() {
        saved.output_start_filename = began.map_or(null_mut(), NonNull::as_ptr);
        // SAFETY: as above.
        saved.output_start_lineno = unsafe { (*output).output_start_lineno };
    } else {
        // SAFETY: the globals are overwritten below: the reference is ours now.
        drop(began.map(|name| unsafe { Text::own(name) }));
    }
    // SAFETY: no other code accesses the globals while we write them.
    unsafe { std::ptr::write(output, saved) };
}
