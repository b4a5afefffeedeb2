//! The functions that the engine calls: one `extern "C"` function for each PHP function.
//!
//! Each has a panic guard, and raises failures at its end. A handler is an ordinary Rust function whose parameters must
//! fit its PHP signature; this is checked at compile time.

use crate::zend::arguments::{Arguments, FromArgument};
use crate::zend::errors::{self, Failure, Outcome};
use crate::zend::frame::{Frame, Slot};
use crate::zend::object::{PhpClass, This};
use crate::zend::signature::{Default, Kind, Signature};
use crate::zend::values::IntoValue;

/// The first argument of a call, if it is a number or numeric text.
pub(crate) fn first_number(frame: &Frame) -> Option<i64> {
    let value = Arguments::passed(frame).value(0)?;
    value.as_int().or_else(|| std::str::from_utf8(value.as_bytes()?).ok()?.trim().parse().ok())
}

/// The Rust type of a parameter, for comparison with the signature.
#[derive(Clone, Copy)]
pub(crate) struct Received {
    kind: Kind,
    optional: bool,
    variadic: bool,
    by_reference: bool,
}

/// Fails to compile when a handler's parameters do not fit its signature.
pub(crate) const fn assert_fits<const N: usize>(
    signature: &Signature<N>,
    received: &[Received],
    is_static: bool,
) {
    assert!(signature.is_static() == is_static, "`static` in the signature and the macro used must agree");
    assert!(received.len() == N, "the handler must take as many arguments as its signature");
    let mut at = 0;
    while at < N {
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
        let (param, received) = (&signature.params[at], received[at]);
        assert!(param.variadic == received.variadic, "a variadic parameter is received as Rest, others not");
        assert!(
            param.by_reference == received.by_reference,
            "a parameter by reference is received as Reference, others not"
        );
        // A Value takes any argument, and the handler checks it itself.
        if matches!(received.kind, Kind::Mixed) {
            let checked =
                matches!(param.kind, Kind::Int | Kind::Float | Kind::Bool | Kind::Str | Kind::Array);
            assert!(!checked || param.by_reference, "a parameter of a simple type is received as that type");
        } else {
            assert!(param.kind as u8 == received.kind as u8, "a parameter's Rust type must fit its PHP type");
            let optional = param.nullable || matches!(param.default, Default::Named | Default::Null);
            assert!(optional == received.optional, "nullable and named defaults are received as Option");
        }
        at += 1;
    }
}

/// A Rust function that can be a PHP function or static method with the parameters `A`.
pub(crate) trait Function<'c, A>: Copy {
    /// Its parameters.
    const RECEIVES: &'static [Received];
    /// Its result.
    type Output: IntoValue;
    /// Parses the arguments and calls it.
    fn call<const N: usize>(
        self,
        arguments: Arguments<'c>,
        signature: &Signature<N>,
    ) -> Outcome<Self::Output>;
}

/// A Rust function that can be a method of `T` with the parameters `A` after `$this`.
pub(crate) trait Method<'c, T: PhpClass, A>: Copy {
    /// Its parameters after `$this`.
    const RECEIVES: &'static [Received];
    /// Its result.
    type Output: IntoValue;
    /// Parses the arguments and calls it.
    fn call<const N: usize>(
        self,
        this: This<'c, T>,
        arguments: Arguments<'c>,
        signature: &Signature<N>,
    ) -> Outcome<Self::Output>;
}

macro_rules! handlers {
    ($($name:ident $index:literal),*) => {
        impl<'c, F, R, $($name,)*> Function<'c, ($($name,)*)> for F
        where
            F: Fn($($name),*) -> Outcome<R> + Copy,
            R: IntoValue,
            $($name: FromArgument<'c>,)*
        {
            const RECEIVES: &'static [Received] =
                &[$(Received { kind: $name::KIND, optional: $name::OPTIONAL, variadic: $name::VARIADIC, by_reference: $name::BY_REFERENCE }),*];
            type Output = R;

            #[inline(always)]
            #[allow(unused_variables, clippy::indexing_slicing, reason = "the length was compared at compile time")]
            fn call<const N: usize>(self, arguments: Arguments<'c>, signature: &Signature<N>) -> Outcome<R> {
                self($(arguments.get::<$name>($index, &signature.params[$index])?),*)
            }
        }

        impl<'c, F, R, T, $($name,)*> Method<'c, T, ($($name,)*)> for F
        where
            F: Fn(This<'c, T>, $($name),*) -> Outcome<R> + Copy,
            R: IntoValue,
            T: PhpClass,
            $($name: FromArgument<'c>,)*
        {
            const RECEIVES: &'static [Received] =
                &[$(Received { kind: $name::KIND, optional: $name::OPTIONAL, variadic: $name::VARIADIC, by_reference: $name::BY_REFERENCE }),*];
            type Output = R;

            #[inline(always)]
            #[allow(unused_variables, clippy::indexing_slicing, reason = "the length was compared at compile time")]
            fn call<const N: usize>(
                self,
                this: This<'c, T>,
                arguments: Arguments<'c>,
                signature: &Signature<N>,
            ) -> Outcome<R> {
                self(this, $(arguments.get::<$name>($index, &signature.params[$index])?),*)
            }
        }
    };
}
handlers!();
handlers!(A0 0);
handlers!(A0 0, A1 1);
handlers!(A0 0, A1 1, A2 2);
handlers!(A0 0, A1 1, A2 2, A3 3);
handlers!(A0 0, A1 1, A2 2, A3 3, A4 4);
handlers!(A0 0, A1 1, A2 2, A3 3, A4 4, A5 5);

/// The parameters of a function, for [`assert_fits`].
pub(crate) const fn receives_function<'c, A, F: Function<'c, A>>(_function: &F) -> &'static [Received] {
    F::RECEIVES
}

/// The parameters of a method after `$this`, for [`assert_fits`].
pub(crate) const fn receives_method<'c, T: PhpClass, A, F: Method<'c, T, A>>(
    _method: &F,
) -> &'static [Received] {
    F::RECEIVES
}

/// Runs a function or static method.
#[inline(always)]
pub(crate) fn enter<'c, const N: usize, A, F>(
    frame: &'c Frame,
    slot: &Slot,
    signature: &Signature<N>,
    function: F,
) where
    F: Function<'c, A>,
{
    guard(slot, signature.is_void(), || function.call(Arguments::of(frame, signature)?, signature));
}

/// Runs a method.
#[inline(always)]
pub(crate) fn enter_method<'c, const N: usize, T, A, F>(
    frame: &'c Frame,
    slot: &Slot,
    signature: &Signature<N>,
    method: F,
) where
    T: PhpClass,
    F: Method<'c, T, A>,
{
    guard(slot, signature.is_void(), || {
        method.call(frame.this::<T>(), Arguments::of(frame, signature)?, signature)
    });
}

/// The panic guard. A panic becomes a PHP error; a failure is raised when the handler's stack frames are gone. A void
/// function does not return false either.
#[inline(always)]
fn guard<R: IntoValue>(slot: &Slot, is_void: bool, body: impl FnOnce() -> Outcome<R>) {
    // SAFETY: the engine passes a valid slot that holds nothing to be released.
    let slot = unsafe { &mut *slot.as_ptr() };
    match errors::throwing(body) {
        Some(Ok(result)) => result.store(slot),
        Some(Err(failure)) => {
            failure.settle(slot);
            if is_void {
                ().store(slot);
            }
        }
        None => Failure::Thrown.settle(slot),
    }
}

/// The parts that all three macros share: the parsed signature and the engine's tables.
#[macro_export]
#[doc(hidden)]
macro_rules! __entry {
    ($text:literal, $is_static:expr, $receives:expr, $enter:path, $handler:expr) => {{
        use $crate::zend::{bindings, entry, frame, signature};
        const TEXT: &str = $text;
        const COUNT: usize = signature::count(TEXT);
        const SIGNATURE: signature::Signature<COUNT> = signature::parse(TEXT);
        static NAMES: [u8; TEXT.len() + 1] = signature::terminate(TEXT);
        static INFO: bindings::Table<[bindings::zend_internal_arg_info; COUNT + 1]> =
            signature::argument_info(&SIGNATURE, &NAMES);
        const _: () = entry::assert_fits(&SIGNATURE, $receives(&$handler), $is_static);
        extern "C" fn handler(frame: frame::Frame, slot: frame::Slot) {
            $enter(&frame, &slot, &SIGNATURE, $handler);
        }
        signature::function_entry(&SIGNATURE, &NAMES, &INFO.0, frame::raw(handler))
    }};
}

/// A method: its PHP signature, and the Rust function with `This` and those parameters.
macro_rules! method {
    ($text:literal, $handler:expr) => {
        $crate::__entry!(
            $text,
            false,
            $crate::zend::entry::receives_method,
            $crate::zend::entry::enter_method,
            $handler
        )
    };
}

/// A static method: its PHP signature, and the Rust function with those parameters.
macro_rules! static_method {
    ($text:literal, $handler:expr) => {
        $crate::__entry!(
            $text,
            true,
            $crate::zend::entry::receives_function,
            $crate::zend::entry::enter,
            $handler
        )
    };
}

/// A function: its PHP signature, and the Rust function with those parameters.
macro_rules! function {
    ($text:literal, $handler:expr) => {
        $crate::__entry!(
            $text,
            false,
            $crate::zend::entry::receives_function,
            $crate::zend::entry::enter,
            $handler
        )
    };
}

pub(crate) use {function, method, static_method};
