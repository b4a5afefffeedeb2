//! Arguments: counted and refused as PHP's own functions do it, and received as values, variables and callables.
//!
//! `coercion.rs` receives the simple types.

use crate::zend::bindings::*;
use crate::zend::callback::{Callback, ResolvedCallable};
use crate::zend::errors::Failure;
use crate::zend::frame::Frame;
use crate::zend::jump;
use crate::zend::signature::{Default, Kind, Param, Signature};
use crate::zend::userland;
use crate::zend::values::{IntoValue, Value};
use std::ptr::NonNull;

/// The arguments of one call.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'c> {
    frame: &'c Frame,
    count: u32,
}

/// One argument and its place, from 1.
#[derive(Clone, Copy)]
pub(crate) struct Argument<'c> {
    pub(super) value: Value<'c>,
    pub(super) number: u32,
    /// Whether it is refused in the way of a function that is written in PHP.
    userland: bool,
}

impl<'c> Arguments<'c> {
    /// The arguments of a call. Fails when their number does not fit the signature.
    #[inline(always)]
    pub(crate) fn of<const N: usize>(
        frame: &'c Frame,
        signature: &Signature<N>,
    ) -> Result<Arguments<'c>, Failure> {
        let (count, required, most) = (frame.argument_count(), signature.required, signature.most());
        if (count as usize) < required || count as usize > most {
            return Err(match signature.userland {
                true => userland::too_few(count, required, required == N),
                false => wrong_count(required, signature.declared()),
            });
        }
        Ok(Arguments { frame, count })
    }

    /// The arguments of a call, whatever their number.
    pub(crate) fn passed(frame: &'c Frame) -> Arguments<'c> {
        Arguments { frame, count: frame.argument_count() }
    }

    /// The argument at `index`, from 0, as it was passed.
    #[inline(always)]
    pub(crate) fn value(self, index: usize) -> Option<Value<'c>> {
        // SAFETY: an argument lives as long as its frame.
        unsafe { Value::borrow(self.slot(index)?) }
    }

    /// Overwrites the argument at `index`, from 0, by a number.
    pub(crate) fn replace_int(self, index: usize, number: i64) {
        let Some(place) = self.slot(index) else { return };
        // SAFETY: an argument lives as long as its frame, and belongs to it.
        unsafe {
            zval_ptr_dtor(place);
            (*place).value.lval = number;
            (*place).u1.type_info = IS_LONG;
        }
    }

    /// Whether the caller has strict types.
    pub(crate) fn are_strict(self) -> bool {
        // SAFETY: a frame knows the one that called, which knows its function.
        unsafe {
            let caller = (*self.frame.as_ptr()).prev_execute_data;
            !caller.is_null()
                && !(*caller).func.is_null()
                && (*(*caller).func).common.fn_flags & ZEND_ACC_STRICT_TYPES != 0
        }
    }

    /// Whether there are named arguments that are no parameters. The engine passes them to variadic functions only.
    #[inline(always)]
    fn has_unknown_names(self) -> bool {
        // SAFETY: a frame keeps its flags in the type of `This`.
        let flags = unsafe { (*self.frame.as_ptr()).This.u1.type_info };
        flags & ZEND_CALL_HAS_EXTRA_NAMED_PARAMS != 0
    }

    /// The address of the argument at `index`, from 0.
    #[inline(always)]
    pub(super) fn slot(self, index: usize) -> Option<*mut zval> {
        // SAFETY: the engine has put `count` arguments behind the frame.
        let slot = || unsafe { self.frame.as_ptr().cast::<zval>().add(FRAME_SLOTS + index) };
        (index < self.count as usize).then(slot)
    }

    /// The variable behind the argument at `index`, from 0.
    pub(super) fn reference(self, index: usize) -> Result<Reference<'c>, Failure> {
        let slot = self.slot(index).ok_or(Failure::Thrown)?;
        // SAFETY: an argument is a valid value.
        let kind = u32::from(unsafe { (*slot).u1.v.type_ });
        // SAFETY: a reference has its pointer in `ref_`.
        let reference = (kind == IS_REFERENCE).then(|| unsafe { (*slot).value.ref_ });
        let value = self.value(index).ok_or(Failure::Thrown)?;
        Ok(Reference { value, reference: reference.and_then(NonNull::new) })
    }

    /// The argument at `index`, from 0, coerced to `T`, or its default if it was omitted.
    #[inline(always)]
    pub(crate) fn get<T: FromArgument<'c>>(self, index: usize, param: &Param) -> Result<T, Failure> {
        T::take(self, index, param)
    }
}

#[cold]
fn wrong_count(required: usize, most: usize) -> Failure {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    // SAFETY: throws an ArgumentCountError for the running function.
    unsafe { zend_wrong_parameters_count_error(number(required), number(most)) };
    Failure::Thrown
}

#[cold]
fn refuse_unknown_names() -> Failure {
    // SAFETY: throws an ArgumentCountError for the running function.
    unsafe { zend_unexpected_extra_named_error() };
    Failure::Thrown
}

impl Argument<'_> {
    /// Throws the engine's TypeError for an argument that is not `expected`.
    #[inline(always)]
    pub(super) fn refuse(self, kind: Kind, expected: _zend_expected_type) -> Failure {
        // In parts, because a whole one would be stored at each call.
        let userland = self.userland.then_some(kind);
        refuse(self.value, self.number, userland, expected)
    }
}

#[cold]
fn refuse(value: Value<'_>, number: u32, userland: Option<Kind>, expected: _zend_expected_type) -> Failure {
    if jump::is_thrown() {
        return Failure::Thrown;
    }
    if let Some(kind) = userland {
        return userland::wrong_type(number, None, kind.name(), value);
    }
    let code = ZPP_ERROR_WRONG_ARG as i32;
    // SAFETY: throws a TypeError for the running function; the value is valid.
    unsafe { zend_wrong_parameter_error(code, number, std::ptr::null_mut(), expected, value.as_ptr()) };
    Failure::Thrown
}

/// A type that an argument can be received as.
pub(crate) trait FromArgument<'c>: Sized {
    /// Its PHP type.
    const KIND: Kind;
    /// Whether it can also be null or omitted. The signature must then allow that, and only then.
    const OPTIONAL: bool = false;
    /// Whether it takes all remaining arguments.
    const VARIADIC: bool = false;
    /// Whether it is a variable of the caller, not a value.
    const BY_REFERENCE: bool = false;
    /// The argument at `index`, from 0.
    #[inline(always)]
    fn take(arguments: Arguments<'c>, index: usize, param: &Param) -> Result<Self, Failure> {
        match arguments.value(index) {
            Some(value) => {
                let argument = Argument { value, number: index as u32 + 1, userland: param.userland };
                // Built-in functions still take null for other types than objects, with a deprecation message.
                if param.userland && value.is_null() && !matches!(Self::KIND, Kind::Mixed) {
                    return Err(argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_LONG));
                }
                Self::parse(argument)
            }
            None => Self::omitted(param.default),
        }
    }
    /// Coerces an argument. A failure was thrown already.
    fn parse(argument: Argument<'c>) -> Result<Self, Failure>;
    /// The value of an omitted argument.
    fn omitted(default: Default) -> Result<Self, Failure>;
}

/// Any value, as it was passed.
impl<'c> FromArgument<'c> for Value<'c> {
    const KIND: Kind = Kind::Mixed;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<Value<'c>, Failure> {
        Ok(argument.value)
    }

    fn omitted(_default: Default) -> Result<Value<'c>, Failure> {
        Err(Failure::Error("a value must be passed".into()))
    }
}

/// A variable of the caller. For a value that `call_user_func()` passes there is no variable; the engine has warned.
#[derive(Clone, Copy)]
pub(crate) struct Reference<'c> {
    value: Value<'c>,
    reference: Option<NonNull<zend_reference>>,
}

impl<'c> Reference<'c> {
    /// Whether there is a variable.
    pub(super) fn is_variable(self) -> bool {
        self.reference.is_some()
    }

    /// The value of the variable.
    pub(crate) fn value(self) -> Value<'c> {
        self.value
    }

    /// Assigns a value. The old value is released, which may run PHP code, so no other operation may be in progress.
    pub(crate) fn assign(&self, value: impl IntoValue) -> Result<(), Failure> {
        let Some(reference) = self.reference else { return Ok(()) };
        let mut slot = undef();
        value.store(&mut slot);
        // SAFETY: a reference of the running frame; the value goes over to it.
        unsafe { assign_to(reference.as_ptr(), &raw mut slot) };
        if jump::is_thrown() { Err(Failure::Thrown) } else { Ok(()) }
    }
}

/// `ZEND_TRY_ASSIGN_REF`.
///
/// # Safety
/// Both pointers are valid; `value` is not used again.
unsafe fn assign_to(reference: *mut zend_reference, value: *mut zval) {
    // SAFETY: a reference knows the typed properties that it stands for.
    if !unsafe { (*reference).sources.ptr }.is_null() {
        // SAFETY: the engine takes the value over, or throws.
        unsafe { zend_try_assign_typed_ref(reference, value) };
        return;
    }
    // SAFETY: only the address is taken.
    let place = unsafe { &raw mut (*reference).val };
    // SAFETY: the reference to the new value is handed over.
    let new = unsafe { std::ptr::read(value) };
    // SAFETY: the new value is in its place before the old one is released.
    let mut old = unsafe { std::ptr::replace(place, new) };
    // SAFETY: the reference to the old value was the variable's.
    unsafe { zval_ptr_dtor(&raw mut old) };
}

impl<'c> FromArgument<'c> for Reference<'c> {
    const KIND: Kind = Kind::Mixed;
    const BY_REFERENCE: bool = true;

    fn take(arguments: Arguments<'c>, index: usize, _param: &Param) -> Result<Reference<'c>, Failure> {
        arguments.reference(index)
    }

    fn parse(_argument: Argument<'c>) -> Result<Reference<'c>, Failure> {
        Err(Failure::Thrown)
    }

    fn omitted(_default: Default) -> Result<Reference<'c>, Failure> {
        Err(Failure::Thrown)
    }
}

/// All remaining arguments.
#[derive(Clone, Copy)]
pub(crate) struct Rest<'c> {
    arguments: Arguments<'c>,
    first: usize,
}

impl<'c> Rest<'c> {
    /// Iterates over them.
    pub(crate) fn iter(self) -> impl Iterator<Item = Value<'c>> {
        (self.first..).map_while(move |index| self.arguments.value(index))
    }
}

impl<'c> FromArgument<'c> for Rest<'c> {
    const KIND: Kind = Kind::Mixed;
    const VARIADIC: bool = true;

    #[inline(always)]
    fn take(arguments: Arguments<'c>, index: usize, _param: &Param) -> Result<Rest<'c>, Failure> {
        if arguments.has_unknown_names() {
            return Err(refuse_unknown_names());
        }
        Ok(Rest { arguments, first: index })
    }

    fn parse(_argument: Argument<'c>) -> Result<Rest<'c>, Failure> {
        Err(Failure::Thrown)
    }

    fn omitted(_default: Default) -> Result<Rest<'c>, Failure> {
        Err(Failure::Thrown)
    }
}

/// A callable argument, which was checked but not stored.
#[derive(Clone, Copy)]
pub(crate) struct Callable<'c>(Value<'c>, ResolvedCallable);

impl<'c> Callable<'c> {
    /// The value as it was passed.
    pub(crate) fn value(self) -> Value<'c> {
        self.0
    }

    /// Stores it beyond this call.
    pub(crate) fn keep(self) -> Callback {
        Callback::of(self.0, self.1)
    }
}

impl<'c> FromArgument<'c> for Callable<'c> {
    const KIND: Kind = Kind::Callable;

    fn parse(argument: Argument<'c>) -> Result<Callable<'c>, Failure> {
        match ResolvedCallable::look_up(argument.value) {
            Ok(found) => Ok(Callable(argument.value, found)),
            Err(_) if argument.userland => {
                Err(argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_FUNC))
            }
            Err(reason) => {
                // SAFETY: throws a TypeError for the running function, and frees the reason.
                unsafe { zend_wrong_callback_error(argument.number, reason.into_raw()) };
                Err(Failure::Thrown)
            }
        }
    }

    fn omitted(_default: Default) -> Result<Callable<'c>, Failure> {
        // There is no default callable: signatures make it required, or nullable and therefore an Option.
        Err(Failure::Error("a callable must be passed".into()))
    }
}

impl<'c, T: FromArgument<'c>> FromArgument<'c> for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;
    const BY_REFERENCE: bool = T::BY_REFERENCE;

    #[inline(always)]
    fn take(arguments: Arguments<'c>, index: usize, param: &Param) -> Result<Option<T>, Failure> {
        match arguments.value(index) {
            // A default constant does not make null a valid value; a variable may be null.
            Some(value)
                if !T::BY_REFERENCE
                    && value.is_null()
                    && (param.nullable || param.default == Default::Null) =>
            {
                Ok(None)
            }
            Some(_) => T::take(arguments, index, param).map(Some),
            None => Self::omitted(param.default),
        }
    }

    fn parse(argument: Argument<'c>) -> Result<Option<T>, Failure> {
        T::parse(argument).map(Some)
    }

    #[inline(always)]
    fn omitted(default: Default) -> Result<Option<T>, Failure> {
        match default {
            Default::Named | Default::Null | Default::Required => Ok(None),
            given => T::omitted(given).map(Some),
        }
    }
}
