//! Processes of proc_open().
//!
//! The engine does not wait for a process that a script drops without proc_close(), and has no hook for that moment. But
//! it closes the pipes of the process first. So a watched process has one more "pipe", the last one: a resource whose
//! destructor is ours.

use crate::zend::bindings::*;
use crate::zend::errors::{self, Outcome};
use crate::zend::memory;
use crate::zend::values::Value;
use std::ffi::CStr;
use std::ptr::{NonNull, without_provenance_mut};
use std::sync::OnceLock;

/// Is called with the pid of a watched process before the engine frees it, when its pipes are closed.
type BeforeEnd = fn(i32) -> Outcome<()>;

/// The type of our resources, and the function.
static ENDS: OnceLock<(i32, BeforeEnd)> = OnceLock::new();

/// Prepares [`Process::watch`]. At module start-up, with the module's number.
pub(crate) fn install(module: i32, before_end: BeforeEnd) {
    let name = c"end of a process";
    // SAFETY: at module start-up; the name is static.
    let kind = unsafe { zend_register_list_destructors_ex(Some(ends), None, name.as_ptr(), module) };
    let _ = ENDS.set((kind, before_end));
}

unsafe extern "C" fn ends(resource: *mut zend_resource) {
    let Some((_, before_end)) = ENDS.get() else { return };
    // SAFETY: the engine passes a resource of our type. Its pointer is the pid, or null.
    let pid = unsafe { (*resource).ptr }.addr() as i32;
    if pid > 0
        && let Err(failure) = errors::net(|| before_end(pid))
    {
        failure.raise();
    }
}

/// A process of proc_open() that is not closed.
#[derive(Clone, Copy)]
pub(crate) struct Process(NonNull<php_process_handle>);

impl Process {
    /// The process of a value.
    pub(crate) fn of(value: Value<'_>) -> Option<Process> {
        if !value.is_resource() {
            return None;
        }
        // SAFETY: a resource has its pointer in `res`.
        let resource = unsafe { (*value.as_ptr()).value.res };
        // SAFETY: the resource is alive; the name of its type ends with NUL, and is null when it was closed.
        let kind = NonNull::new(unsafe { zend_rsrc_list_get_rsrc_type(resource) }.cast_mut())?;
        // SAFETY: as above.
        let is_process = unsafe { CStr::from_ptr(kind.as_ptr()) } == c"process";
        // SAFETY: as above; no other resource of PHP has this name.
        let handle = unsafe { (*resource).ptr };
        NonNull::new(handle.cast()).filter(|_| is_process).map(Process)
    }

    /// Its pid.
    pub(crate) fn pid(self) -> i32 {
        // SAFETY: the process is not closed.
        unsafe { self.0.as_ref() }.child
    }

    /// Its open pipes.
    fn pipes(self) -> impl Iterator<Item = NonNull<zend_resource>> {
        self.resources(false)
    }

    /// Its open pipes, or what [`Process::watch`] has added to them.
    fn resources(self, ours: bool) -> impl Iterator<Item = NonNull<zend_resource>> {
        // SAFETY: the process is not closed.
        let handle = unsafe { self.0.as_ref() };
        (0..usize::try_from(handle.npipes).unwrap_or(0)).filter_map(move |index| {
            // SAFETY: there are so many pointers to resources, which the process has references to.
            let pipe = NonNull::new(unsafe { *handle.pipes.add(index) })?;
            // SAFETY: as above.
            let resource = unsafe { pipe.as_ref() };
            let is_ours = ENDS.get().is_some_and(|(kind, _)| resource.type_ == *kind);
            (!resource.ptr.is_null() && is_ours == ours).then_some(pipe)
        })
    }

    /// The ids of the streams of its pipes ([`id`]).
    pub(crate) fn pipe_ids(self) -> Vec<usize> {
        // SAFETY: the resource of an open stream has its pointer.
        self.pipes().map(|pipe| unsafe { pipe.as_ref() }.ptr.addr()).collect()
    }

    /// Closes one of its pipes. False when all are closed. A stream filter of the script may run, and close the process.
    pub(crate) fn close_pipe(self) -> bool {
        let Some(pipe) = self.pipes().next() else { return false };
        // SAFETY: the process has a reference to the resource; the engine does not use it after a filter has run.
        unsafe { zend_list_close(pipe.as_ptr()) };
        true
    }

    /// Takes back [`Process::watch`].
    pub(crate) fn unwatch(self) {
        for mut end in self.resources(true) {
            // SAFETY: the process has a reference to the resource; its destructor does nothing without a pid.
            unsafe { end.as_mut() }.ptr = std::ptr::null_mut();
        }
    }

    /// Lets the function of [`install`] be called before the engine frees the process.
    pub(crate) fn watch(self) -> Outcome<()> {
        let Some((kind, _)) = ENDS.get() else { return Ok(()) };
        let handle = self.0.as_ptr();
        // SAFETY: the process is not closed.
        let (pipes, count, pid) = unsafe { ((*handle).pipes, (*handle).npipes, (*handle).child) };
        let (Ok(index), Ok(pid)) = (usize::try_from(count), usize::try_from(pid)) else { return Ok(()) };
        let Some(pipes) = NonNull::new(pipes) else { return Ok(()) };
        let size = (index + 1) * size_of::<*mut zend_resource>();
        // SAFETY: the pointers are in a block of the request, which belongs to the process.
        let pipes = unsafe { memory::reallocate(pipes.cast(), size) }?.cast::<*mut zend_resource>();
        // SAFETY: the process is not closed; the block is the one of above.
        unsafe { (*handle).pipes = pipes.as_ptr() };
        // SAFETY: the type is registered. The pointer is never dereferenced.
        let resource = unsafe { zend_register_resource(without_provenance_mut(pid), *kind) };
        // SAFETY: the block has room for one more pointer.
        unsafe { pipes.add(index).write(resource) };
        // SAFETY: the process is not closed; it has so many pointers now.
        unsafe { (*handle).npipes = count + 1 };
        Ok(())
    }
}
