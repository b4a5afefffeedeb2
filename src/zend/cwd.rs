//! The working directory of the script.
//!
//! A thread-safe PHP keeps one for each thread, and leaves that of the process unchanged. Relative paths, and programs
//! that replace the process, must use the script's. On other PHPs the two are the same.

use crate::os::{self, process};
use std::path::{Path, PathBuf};

/// Changes the process's directory to the script's.
pub(crate) fn enter() -> os::Result<()> {
    own()?.map_or(Ok(()), |folder| process::enter_folder(&folder))
}

/// The script's directory, if it may be another one than that of the process.
pub(crate) fn own() -> os::Result<Option<PathBuf>> {
    #[cfg(php_zts)]
    return of_thread().map(Some);
    #[cfg(not(php_zts))]
    Ok(None)
}

/// Changes the directory of the process and of the script to the root.
pub(crate) fn enter_root() -> os::Result<()> {
    process::enter_folder(Path::new("/"))?;
    follow(Path::new("/"))
}

/// The process has entered a folder: so does the script.
pub(crate) fn follow(folder: &Path) -> os::Result<()> {
    #[cfg(php_zts)]
    {
        use std::os::unix::ffi::OsStrExt;

        let folder = std::ffi::CString::new(folder.as_os_str().as_bytes()).map_err(|_| os::Errno::EINVAL)?;
        // SAFETY: a C string; the engine takes a copy.
        if unsafe { crate::zend::bindings::virtual_chdir(folder.as_ptr()) } != 0 {
            return Err(os::Errno::last());
        }
    }
    let _ = folder;
    Ok(())
}

/// Resolves a path against the script's directory.
pub(crate) fn resolve(path: impl AsRef<Path>) -> os::Result<PathBuf> {
    #[cfg(php_zts)]
    return Ok(of_thread()?.join(path));
    #[cfg(not(php_zts))]
    Ok(path.as_ref().to_path_buf())
}

#[cfg(php_zts)]
fn of_thread() -> os::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;

    /// PATH_MAX, which is the engine's limit too.
    const LONGEST: usize = 4096;
    let mut path = [0u8; LONGEST];
    // SAFETY: the engine writes a C string of at most that many bytes, or gives null.
    if unsafe { crate::zend::bindings::virtual_getcwd(path.as_mut_ptr().cast(), LONGEST) }.is_null() {
        return Err(os::Errno::last());
    }
    let bytes = path.split(|&byte| byte == 0).next().unwrap_or_default();
    Ok(PathBuf::from(std::ffi::OsStr::from_bytes(bytes)))
}
