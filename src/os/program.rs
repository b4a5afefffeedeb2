//! Programs are started without a copy of this process (clone(2), `CLONE_VM | CLONE_VFORK`, as vfork(2) does it): the
//! child uses the memory of this process until it executes the program, and this process waits until then. So a start
//! takes the same time, however large this process is.

use crate::os::fault::{self, Call, check};
use crate::os::process::{self, Pid};
use crate::os::signal::{self, SavedMask};
use crate::os::{self, Errno, Result};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;

/// A program with its arguments. All lists are made before the start: if the child were killed while it allocates memory,
/// the heap of this process would stay inconsistent.
#[derive(Debug)]
pub struct Program<'s> {
    arguments: Vec<*const c_char>,
    environment: Option<Environment>,
    texts: PhantomData<&'s CStr>,
}

/// The environment of a program.
#[derive(Debug)]
struct Environment {
    list: Vec<*const c_char>,
    #[allow(dead_code, reason = "the list points to them")]
    variables: Vec<CString>,
    /// The files that may be the program.
    paths: Vec<CString>,
}

/// The status of a child that could not execute its program, as of a shell.
const NOT_STARTED: i32 = 127;

impl<'s> Program<'s> {
    /// The first argument names the program; without a slash it is searched for in `PATH`. `None`: the environment of
    /// this process.
    pub fn new(arguments: &'s [impl AsRef<CStr>], environment: Option<&[(CString, CString)]>) -> Program<'s> {
        let name = arguments.first().map_or(c"", |name| name.as_ref());
        Program {
            arguments: pointers(arguments),
            environment: environment.map(|variables| Environment::new(name, variables)),
            texts: PhantomData,
        }
    }

    /// Runs `body` in a child, and waits until it has executed this program by [`Execute::run`], or has exited, as it does
    /// when `body` returns. All signals are blocked until `body` restores a mask; it gets that of the caller.
    ///
    /// `body` uses the memory of this process: what it changes there stays changed. It must not allocate memory.
    pub fn start(&self, body: &mut dyn FnMut(Execute<'_>, SavedMask)) -> Result<Pid> {
        let stack = Stack::new(STACK + size_of_val(self.arguments.as_slice()))?;
        let was_dumpable = is_dumpable();
        let mask = signal::block_all()?;
        let mut child = Child { program: self, body, mask: mask.clone() };
        let errno = os::errno();
        let pid = check(Call::Clone).and_then(|()| {
            let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
            let child = (&raw mut child).cast();
            // SAFETY: the child runs on a stack of its own, and this process only continues when the child has left this
            // memory. What it gets lives until then, and nothing else uses it.
            fault::beside(|| Errno::result(unsafe { libc::clone(run, stack.top(), flags, child) }))
        });
        if pid.is_ok() {
            // A child that becomes another user makes the memory undumpable, so that this user cannot read it.
            if was_dumpable && !is_dumpable() {
                allow_dumps();
            }
            os::set_errno(errno);
        }
        mask.restore();
        process::note_copies();
        pid
    }
}

/// prctl(2), `PR_GET_DUMPABLE`.
fn is_dumpable() -> bool {
    // SAFETY: prctl takes a number here.
    check(Call::Prctl).is_ok() && unsafe { libc::prctl(libc::PR_GET_DUMPABLE) } == 1
}

/// prctl(2), `PR_SET_DUMPABLE`: debuggers may attach, and a crash leaves a core dump.
fn allow_dumps() {
    // Without it only these are missing.
    if check(Call::Prctl).is_ok() {
        // SAFETY: prctl takes numbers here.
        unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 1) };
    }
}

impl Environment {
    fn new(name: &CStr, variables: &[(CString, CString)]) -> Environment {
        let texts = variables.iter().map(|(name, value)| text_of(&[name.as_bytes(), b"=", value.as_bytes()]));
        let texts: Vec<CString> = texts.collect();
        let path = variables.iter().find(|(name, _)| name.as_c_str() == c"PATH");
        let path = path.map_or(USUAL_PATH, |(_, value)| value.as_bytes());
        let name = name.to_bytes();
        let paths = if name.contains(&b'/') {
            vec![text_of(&[name])]
        } else {
            // An empty one is the working directory.
            let folders = path.split(|&byte| byte == b':');
            folders
                .map(|folder| text_of(&[if folder.is_empty() { b"." } else { folder }, b"/", name]))
                .collect()
        };
        Environment { list: pointers(&texts), variables: texts, paths }
    }

    /// execvpe(3) of each file in turn. The library's own search would be in the environment of this process, which must
    /// not change: other threads may use it.
    fn execute(&self, arguments: &[*const c_char]) -> Errno {
        let (mut last, mut is_denied) = (Errno::ENOENT, false);
        for path in &self.paths {
            if let Err(errno) = check(Call::Execv) {
                return errno;
            }
            // SAFETY: the path and all texts end with NUL, and both lists end with null.
            unsafe { libc::execvpe(path.as_ptr(), arguments.as_ptr(), self.list.as_ptr()) };
            last = Errno::last();
            match last {
                Errno::EACCES => is_denied = true,
                Errno::ENOENT | Errno::ENOTDIR | Errno::ENAMETOOLONG | Errno::ENODEV => {}
                Errno::ESTALE | Errno::ETIMEDOUT => {}
                _ => return last,
            }
        }
        if is_denied { Errno::EACCES } else { last }
    }
}

/// Where programs are if the environment has no `PATH`.
const USUAL_PATH: &[u8] = b"/bin:/usr/bin";

/// None of the parts has a NUL byte.
fn text_of(parts: &[&[u8]]) -> CString {
    CString::new(parts.concat()).unwrap_or_default()
}

fn pointers(texts: &[impl AsRef<CStr>]) -> Vec<*const c_char> {
    texts.iter().map(|text| text.as_ref().as_ptr()).chain([std::ptr::null()]).collect()
}

/// What the child has of its parent.
struct Child<'p, 's> {
    program: &'p Program<'s>,
    body: &'p mut dyn FnMut(Execute<'_>, SavedMask),
    mask: SavedMask,
}

/// The child: handlers of this process would change its memory, so they are removed first.
extern "C" fn run(child: *mut c_void) -> c_int {
    // SAFETY: `start` passes this, and waits.
    let Child { program, body, mask } = unsafe { &mut *child.cast::<Child<'_, '_>>() };
    // Nothing may leave this function: there is no frame below.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        signal::default_for_program();
        body(Execute(program), mask.clone());
    }));
    process::exit_now(NOT_STARTED)
}

/// The right of the child to become the program.
#[derive(Debug)]
pub struct Execute<'p>(&'p Program<'p>);

impl Execute<'_> {
    /// execvp(3). Returns only when the program could not be executed. Signals that PHP handles have their default action
    /// in the program; signals that were ignored when PHP was started stay ignored.
    pub fn run(self) -> Errno {
        let Program { arguments, environment, .. } = self.0;
        let Some(&name) = arguments.first().filter(|name| !name.is_null()) else { return Errno::EINVAL };
        if let Some(environment) = environment {
            return environment.execute(arguments);
        }
        if let Err(errno) = check(Call::Execv) {
            return errno;
        }
        // SAFETY: the name and the arguments end with NUL, and the list of them ends with null.
        unsafe { libc::execvp(name, arguments.as_ptr()) };
        Errno::last()
    }
}

/// The bytes of the stack of a child, without those for its arguments: execvp(3) copies the list of them when a file turns
/// out to be a script for the shell. Only pages that are used take memory.
const STACK: usize = 256 * 1024;

/// The stack of a child.
struct Stack {
    lowest: *mut c_void,
    size: usize,
}

impl Stack {
    /// mmap(2), `MAP_STACK`.
    fn new(size: usize) -> Result<Stack> {
        check(Call::Mmap)?;
        let (access, kind) = (
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | libc::MAP_STACK,
        );
        // SAFETY: asks for new memory, wherever there is room.
        let lowest = unsafe { libc::mmap(null_mut(), size, access, kind, -1, 0) };
        if lowest == libc::MAP_FAILED { Err(Errno::last()) } else { Ok(Stack { lowest, size }) }
    }

    /// A stack grows down from here, on every machine that PHP's fibers run on.
    fn top(&self) -> *mut c_void {
        self.lowest.wrapping_byte_add(self.size & !15)
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the memory of `new`, which the child has left.
        unsafe { libc::munmap(self.lowest, self.size) };
    }
}
