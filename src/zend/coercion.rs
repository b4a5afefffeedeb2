//! Arguments of simple types. A value of another type is converted or refused as PHP's own functions do it.

use crate::zend::arguments::{Argument, FromArgument};
use crate::zend::arrays::Array;
use crate::zend::bindings::*;
use crate::zend::errors::Failure;
use crate::zend::signature::{Default, Kind};
use crate::zend::values::{IntoValue, Value, bytes_of};
use std::ptr::NonNull;

impl<'c> FromArgument<'c> for i64 {
    const KIND: Kind = Kind::Int;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<i64, Failure> {
        if let Some(number) = argument.value.as_int() {
            return Ok(number);
        }
        convert_to_int(argument.value, argument.number)
            .ok_or_else(|| argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_LONG))
    }

    #[inline(always)]
    fn omitted(default: Default) -> Result<i64, Failure> {
        Ok(if let Default::Int(number) = default { number } else { 0 })
    }
}

impl<'c> FromArgument<'c> for bool {
    const KIND: Kind = Kind::Bool;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<bool, Failure> {
        match argument.value.kind() {
            IS_TRUE => return Ok(true),
            IS_FALSE => return Ok(false),
            _ => {}
        }
        convert_to_bool(argument.value, argument.number)
            .ok_or_else(|| argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_BOOL))
    }

    #[inline(always)]
    fn omitted(default: Default) -> Result<bool, Failure> {
        Ok(matches!(default, Default::Bool(true)))
    }
}

/// A bool, with what tells of a mistake.
#[derive(Clone, Copy)]
pub(crate) struct Switch {
    pub(crate) on: bool,
    /// It was passed as a number with a point: a limit of time perhaps.
    pub(crate) was_fraction: bool,
}

impl<'c> FromArgument<'c> for Switch {
    const KIND: Kind = Kind::Bool;

    fn parse(argument: Argument<'c>) -> Result<Switch, Failure> {
        let was_fraction = argument.value.kind() == IS_DOUBLE;
        Ok(Switch { on: bool::parse(argument)?, was_fraction })
    }

    fn omitted(default: Default) -> Result<Switch, Failure> {
        Ok(Switch { on: bool::omitted(default)?, was_fraction: false })
    }
}

impl<'c> FromArgument<'c> for f64 {
    const KIND: Kind = Kind::Float;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<f64, Failure> {
        if argument.value.kind() == IS_DOUBLE {
            // SAFETY: a float has its number in `dval`.
            return Ok(unsafe { (*argument.value.as_ptr()).value.dval });
        }
        convert_to_float(argument.value, argument.number)
            .ok_or_else(|| argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_DOUBLE))
    }

    fn omitted(default: Default) -> Result<f64, Failure> {
        // Defaults in signatures are small integers.
        Ok(if let Default::Int(number) = default { number as f64 } else { 0.0 })
    }
}

impl<'c> FromArgument<'c> for &'c [u8] {
    const KIND: Kind = Kind::Str;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<&'c [u8], Failure> {
        let text = if argument.value.kind() == IS_STRING {
            // SAFETY: a string has its pointer in `str_`.
            unsafe { (*argument.value.as_ptr()).value.str_ }
        } else {
            convert_to_text(argument.value, argument.number)
                .ok_or_else(|| argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_STRING))?
        };
        // SAFETY: the frame keeps its arguments, and the string is in one of them by now.
        NonNull::new(text).map(|text| unsafe { bytes_of(text) }).ok_or(Failure::Thrown)
    }

    fn omitted(_default: Default) -> Result<&'c [u8], Failure> {
        Ok(b"")
    }
}

impl<'c> FromArgument<'c> for Array<'c> {
    const KIND: Kind = Kind::Array;

    #[inline(always)]
    fn parse(argument: Argument<'c>) -> Result<Array<'c>, Failure> {
        Array::of(argument.value)
            .ok_or_else(|| argument.refuse(Self::KIND, _zend_expected_type_Z_EXPECTED_ARRAY))
    }

    fn omitted(_default: Default) -> Result<Array<'c>, Failure> {
        Ok(Array::EMPTY)
    }
}

// The rare conversions are not a part of each function that takes such an argument.

#[cold]
fn convert_to_int(value: Value<'_>, number: u32) -> Option<i64> {
    let mut result = 0;
    // SAFETY: the value is valid; the result is written on success.
    unsafe { zend_parse_arg_long_slow(value.as_ptr(), &raw mut result, number) }.then_some(result)
}

#[cold]
fn convert_to_bool(value: Value<'_>, number: u32) -> Option<bool> {
    let mut result = false;
    // SAFETY: as above.
    unsafe { zend_parse_arg_bool_slow(value.as_ptr(), &raw mut result, number) }.then_some(result)
}

#[cold]
fn convert_to_float(value: Value<'_>, number: u32) -> Option<f64> {
    let mut result = 0.0;
    // SAFETY: as above.
    unsafe { zend_parse_arg_double_slow(value.as_ptr(), &raw mut result, number) }.then_some(result)
}

/// The string takes the argument's place, and lives as long.
#[cold]
fn convert_to_text(value: Value<'_>, number: u32) -> Option<*mut zend_string> {
    let mut result = std::ptr::null_mut();
    // SAFETY: as above.
    unsafe { zend_parse_arg_str_slow(value.as_ptr(), &raw mut result, number) }.then_some(result)
}

/// An argument of the type `array|int`.
#[derive(Clone, Copy)]
pub(crate) enum IntOrArray<'c> {
    Int(i64),
    Array(Array<'c>),
}

impl<'c> FromArgument<'c> for IntOrArray<'c> {
    const KIND: Kind = Kind::Mixed;

    fn parse(argument: Argument<'c>) -> Result<IntOrArray<'c>, Failure> {
        if let Some(array) = Array::of(argument.value) {
            return Ok(IntOrArray::Array(array));
        }
        if let Some(number) = argument.value.as_int() {
            return Ok(IntOrArray::Int(number));
        }
        convert_to_int(argument.value, argument.number)
            .map(IntOrArray::Int)
            .ok_or_else(|| argument.refuse(Kind::Mixed, _zend_expected_type_Z_EXPECTED_ARRAY_OR_LONG))
    }

    fn omitted(_default: Default) -> Result<IntOrArray<'c>, Failure> {
        Ok(IntOrArray::Array(Array::EMPTY))
    }
}

/// A value of the type `int|float`.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Int(i64),
    Float(f64),
}

impl IntoValue for Number {
    #[inline(always)]
    fn store(self, value: &mut zval) {
        match self {
            Number::Int(number) => number.store(value),
            Number::Float(number) => number.store(value),
        }
    }
}

impl<'c> FromArgument<'c> for Number {
    const KIND: Kind = Kind::Mixed;

    fn parse(argument: Argument<'c>) -> Result<Number, Failure> {
        if let Some(number) = argument.value.as_int() {
            return Ok(Number::Int(number));
        }
        let mut place = argument.value.as_ptr();
        let is_float = argument.value.kind() == IS_DOUBLE;
        // SAFETY: the value is valid; a number takes its place, or one that is written to `place`.
        if !is_float && !unsafe { zend_parse_arg_number_slow(place, &raw mut place, argument.number) } {
            return Err(argument.refuse(Kind::Mixed, _zend_expected_type_Z_EXPECTED_NUMBER));
        }
        // SAFETY: the engine's value lives as long as the argument.
        match unsafe { Value::borrow(place) } {
            Some(value) => Ok(value.as_int().map_or_else(|| Number::Float(value.to_float()), Number::Int)),
            // For null, the engine has reported a deprecation.
            None => Ok(Number::Int(0)),
        }
    }

    fn omitted(default: Default) -> Result<Number, Failure> {
        Ok(Number::Int(if let Default::Int(number) = default { number } else { 0 }))
    }
}
