//! Hooks of the engine: variables with a function that extensions replace. Each extension calls the function that it has
//! found there.

use std::sync::OnceLock;

/// A hook, and our function for it.
pub(super) struct EngineHook<F> {
    variable: *mut Option<F>,
    ours: F,
    /// The function before ours.
    next: OnceLock<Option<F>>,
}

// SAFETY: the variable is accessed only when the module starts and stops, which one thread does.
unsafe impl<F: Send + Sync> Sync for EngineHook<F> {}

impl<F: Copy + PartialEq> EngineHook<F> {
    /// # Safety
    /// `variable` is a variable of the engine, and `ours` is fit for it.
    pub(super) const unsafe fn new(variable: *mut Option<F>, ours: F) -> EngineHook<F> {
        EngineHook { variable, ours, next: OnceLock::new() }
    }

    /// Installs our function. At module start-up only.
    #[cold]
    pub(super) fn install(&self) {
        // SAFETY: a variable of the engine, at module start-up, when no code runs.
        let variable = unsafe { &mut *self.variable };
        if self.next.set(*variable).is_ok() {
            *variable = Some(self.ours);
        }
    }

    /// At module shutdown: restores the previous function, unless another extension has installed its own after ours.
    #[cold]
    pub(super) fn uninstall(&self) {
        // SAFETY: a variable of the engine, at module shutdown, when no code runs.
        let variable = unsafe { &mut *self.variable };
        if *variable == Some(self.ours) {
            *variable = self.next();
        }
    }

    /// The function that ours has to call.
    pub(super) fn next(&self) -> Option<F> {
        self.next.get().copied().flatten()
    }
}
