//! What an object has: the socket of the runtime, and in its properties how its last call ended.

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

/// What is in front of each object: nothing until the constructor has run.
#[derive(Default)]
pub(super) struct Socket {
    pub(super) token: Cell<Option<SocketToken>>,
    /// `package_length_func`.
    pub(super) length_function: RefCell<Option<Callback>>,
    /// How TLS is to be spoken, by this socket and by those that it accepts.
    pub(super) tls: RefCell<Option<Rc<Settings>>>,
    /// The other side has connected, not this one.
    pub(super) is_accepted: Cell<bool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Some(token) = self.token.take() {
            // Nobody waits for it, or the object would be alive; it may be closed already.
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

    /// TLS is to be spoken.
    pub(super) fn speak_tls(&self, settings: Settings) {
        self.tls.replace(Some(Rc::new(settings)));
    }

    pub(super) fn length_function(&self) -> Option<Callback> {
        self.length_function.borrow().as_ref().map(Callback::share)
    }

    /// Shows the collector what the object holds.
    pub(super) fn visit_callables(&self, visitor: &mut Visitor) {
        if let Some(function) = self.length_function.borrow().as_ref() {
            function.visit(visitor);
        }
    }
}

/// A call has done its work.
pub(super) fn succeed(this: This<'_, Socket>) {
    if !this.is_number(ERR_CODE, 0) {
        this.set("errCode", 0);
        this.set("errMsg", "");
    }
}

/// A call has failed: what scripts see of it in the properties, and false.
pub(super) fn fail(this: This<'_, Socket>, errno: Errno) -> Failure {
    this.set("errCode", errno as i32);
    this.set("errMsg", system::describe(errno as i32));
    outcome::silent(errno)
}

/// A failure with one of Swoole's own codes: what scripts see of it in the properties, and false.
pub(super) fn fail_with(this: This<'_, Socket>, code: i64) -> Failure {
    this.set("errCode", code);
    this.set("errMsg", constants::describe_error(code).unwrap_or_default());
    outcome::set_last_error(code);
    Failure::False
}

/// As [`fail`] for what failed, [`succeed`] for what did not.
pub(super) fn settle<T>(this: This<'_, Socket>, result: Result<T, Errno>) -> Outcome<T> {
    match result {
        Ok(value) => {
            succeed(this);
            Ok(value)
        }
        Err(errno) => Err(fail(this, errno)),
    }
}

/// A number that the kernel's calls can take. `EINVAL` for others, which must not become different ones.
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
