//! The working folder of the script.
//!
//! A thread-safe PHP keeps one for each thread, and leaves that of the process alone. Relative paths, and the programs
//! that take a process over, must find the script's. On other PHPs the two are one.

use crate::os::{self, process};
use std::path::{Path, PathBuf};

/// The process's folder becomes the script's.
pub(crate) fn enter() -> os::Result<()> {
    #[cfg(php_zts)]
    process::enter_folder(&of_thread()?)?;
    Ok(())
}

/// The root becomes the folder of the process and of the script.
pub(crate) fn enter_root() -> os::Result<()> {
    process::enter_folder(Path::new("/"))?;
    #[cfg(php_zts)]
    {
        // SAFETY: a C string; the engine takes a copy.
        if unsafe { crate::zend::bindings::virtual_chdir(c"/".as_ptr()) } != 0 {
            return Err(os::Errno::last());
        }
    }
    Ok(())
}

/// The file that the script means by a path.
pub(crate) fn resolve(path: impl AsRef<Path>) -> os::Result<PathBuf> {
    #[cfg(php_zts)]
    return Ok(of_thread()?.join(path));
    #[cfg(not(php_zts))]
    Ok(path.as_ref().to_path_buf())
}

#[cfg(php_zts)]
fn of_thread() -> os::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;

    /// PATH_MAX, which the engine has as its limit too.
    const LONGEST: usize = 4096;
    let mut path = [0u8; LONGEST];
    // SAFETY: the engine writes a C string of at most that many bytes, or gives null.
    if unsafe { crate::zend::bindings::virtual_getcwd(path.as_mut_ptr().cast(), LONGEST) }.is_null() {
        return Err(os::Errno::last());
    }
    let bytes = path.split(|&byte| byte == 0).next().unwrap_or_default();
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}
