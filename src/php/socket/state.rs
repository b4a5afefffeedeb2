//! The state of an object: its socket in the runtime, and the properties with the result of its last call.

use crate::os::tls::settings::Settings;
use crate::os::{Errno, system};
use crate::php::constructed::not_constructed;
use crate::php::{constants, outcome};
use crate::rt::core::handles::SocketToken;
use crate::zend::callback::Callback;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::globals;
use crate::zend::object::{Instance, This};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The place of `errCode` among the properties.
const ERR_CODE: usize = 4;

/// The Rust value of each object. It has no socket until the constructor has run.
#[derive(Default)]
pub(super) struct Socket {
    pub(super) token: Cell<Option<SocketToken>>,
    /// `package_length_func`.
    pub(super) length_function: RefCell<Option<Callback>>,
    /// The TLS settings of this socket and of the sockets that it accepts.
    pub(super) tls: RefCell<Option<Rc<Settings>>>,
    /// Whether the other side has connected, not this one.
    pub(super) is_accepted: Cell<bool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            // No coroutine waits for the socket, because then the object would be alive. The socket may be closed
            // already.
            let _ = globals::with(|runtime| runtime.sockets.close(&mut runtime.core, token));
        }
    }
}

impl Socket {
    pub(super) fn token(&self) -> Outcome<SocketToken> {
        self.token.get().ok_or_else(not_constructed)
    }

    pub(super) fn tls_settings(&self) -> Option<Rc<Settings>> {
        self.tls.borrow().clone()
    }

    /// Whether the socket is to use TLS.
    pub(super) fn speak_tls(&self, settings: Settings) {
        self.tls.replace(Some(Rc::new(settings)));
    }

    pub(super) fn length_function(&self) -> Option<Callback> {
        self.length_function.borrow().as_ref().map(Callback::share)
    }

    /// Reports the values of the object to the collector.
    pub(super) fn visit_callables(&self, visitor: &mut Visitor) {
        if let Some(function) = self.length_function.borrow().as_ref() {
            function.visit(visitor);
        }
    }
}

/// Sets the properties and the last error after a successful call.
pub(super) fn succeed(this: This<'_, Socket>) {
    outcome::set_last_error(0);
    if !this.is_number(ERR_CODE, 0) {
        this.set("errCode", 0);
        this.set("errMsg", "");
    }
}

/// Sets the properties after a failed call. Returns false.
pub(super) fn fail(this: This<'_, Socket>, errno: Errno) -> Failure {
    this.set("errCode", errno as i32);
    this.set("errMsg", system::describe(errno as i32));
    outcome::silent(errno)
}

/// Sets the properties after a failure with one of Swoole's own codes. Returns false.
pub(super) fn fail_with(this: This<'_, Socket>, code: i64) -> Failure {
    this.set("errCode", code);
    this.set("errMsg", constants::describe_error(code).unwrap_or_default());
    outcome::set_last_error(code);
    Failure::False
}

/// [`fail`] for an error, [`succeed`] otherwise.
pub(super) fn settle<T>(this: This<'_, Socket>, result: Result<T, Errno>) -> Outcome<T> {
    match result {
        Ok(value) => {
            succeed(this);
            Ok(value)
        }
        Err(errno) => Err(fail(this, errno)),
    }
}

/// A number in the range of the kernel's calls. `EINVAL` for other numbers, which must not be cut.
pub(super) fn small(number: i64) -> Result<i32, Errno> {
    i32::try_from(number).map_err(|_| Errno::EINVAL)
}

/// Makes `this` stand for a socket.
pub(super) fn adopt(this: This<'_, Socket>, token: SocketToken) {
    this.token.set(Some(token));
    let known =
        globals::with(|runtime| runtime.sockets.get(token).map(|socket| (socket.number(), socket.spec())));
    if let Some((number, spec)) = known {
        this.set("fd", number);
        this.set("domain", spec.domain);
        this.set("type", spec.kind);
        this.set("protocol", spec.protocol);
    }
}

/// An object for a socket of the runtime.
pub(super) fn object_for(token: SocketToken) -> Outcome<Instance> {
    Instance::made::<Socket>(|this| adopt(this, token))
}
