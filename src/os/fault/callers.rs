//! The callers of a failed call, for a search for what a fault has done.

use std::ffi::CStr;

/// backtrace(3) and dladdr(3): the functions on the stack, the innermost first, as far as their names are exported.
pub fn callers() -> Vec<u8> {
    /// The largest number of functions.
    const DEPTH: u8 = 24;
    let mut stack = [std::ptr::null_mut(); DEPTH as usize];
    // SAFETY: the pointer and the length describe the array.
    let depth = unsafe { libc::backtrace(stack.as_mut_ptr(), i32::from(DEPTH)) };
    let mut names = Vec::new();
    for &address in stack.iter().take(usize::try_from(depth).unwrap_or(0)) {
        let mut symbol = std::mem::MaybeUninit::<libc::Dl_info>::zeroed();
        // SAFETY: looks an address up, and writes one structure.
        let found = unsafe { libc::dladdr(address, symbol.as_mut_ptr()) } != 0;
        // SAFETY: zeroed is valid: plain pointers.
        let name = unsafe { symbol.assume_init() }.dli_sname;
        if found && !name.is_null() {
            // SAFETY: a C string of the library that the address is in.
            names.push(unsafe { CStr::from_ptr(name) }.to_bytes());
        }
    }
    names.join(&b' ')
}
