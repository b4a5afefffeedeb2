//! Values of a script as text that other processes can read.
//!
//! A string goes as it is, everything else as `serialize()` writes it. igbinary is not used: its
//! `igbinary_unserialize()` cannot limit the classes.

use crate::os::Errno;
use crate::php::outcome;
use crate::zend::arguments::Reference;
use crate::zend::arrays::Array;
use crate::zend::callback::call_by_name;
use crate::zend::errors::Outcome;
use crate::zend::values::{Owned, Text, Value};

/// The form of a string.
const STRING: u8 = b's';
/// The form of what `serialize()` returned.
const SERIALIZED: u8 = b'v';

/// A value as text, and the form of the text.
pub(super) struct Encoded {
    text: Owned,
    form: u8,
}

impl Encoded {
    /// The value as text. An exception of `serialize()`, or of a method that it calls, is a failure.
    pub(super) fn new(value: Value<'_>) -> Outcome<Encoded> {
        if value.as_bytes().is_some() {
            return Ok(Encoded { text: Owned::of(value), form: STRING });
        }
        let text = call("serialize", [Owned::of(value)])?;
        Ok(Encoded { text, form: SERIALIZED })
    }

    /// The text.
    pub(super) fn text(&self) -> &[u8] {
        self.text.as_value().as_bytes().unwrap_or_default()
    }

    /// Its form.
    pub(super) fn form(&self) -> u8 {
        self.form
    }
}

/// Fails as `unserialize()` does for options that it refuses.
pub(super) fn check_options(options: Array<'_>) -> Outcome<()> {
    if options.len() == 0 {
        return Ok(());
    }
    call("unserialize", [Owned::new("N;"), Owned::new(options)]).map(drop)
}

/// The value that was encoded as `text`, with the options of `unserialize()`. A text that is damaged, or refused by the
/// options, gives a warning and false.
pub(super) fn decode(form: u8, text: Text, options: Array<'_>) -> Outcome<Owned> {
    match form {
        STRING => Ok(Owned::new(text)),
        SERIALIZED => {
            let is_false = text.bytes() == b"b:0;";
            let value = call("unserialize", [Owned::new(text), Owned::new(options)])?;
            if !is_false && value.as_value().as_bool() == Some(false) {
                return Err(outcome::system("unserialize()", Errno::EBADMSG));
            }
            Ok(value)
        }
        _ => Err(outcome::system("the form of a value is unknown, unserialize()", Errno::EBADMSG)),
    }
}

/// Takes a value, and says in `received` whether one was taken. A variable that cannot have a bool fails before that, so
/// no value is lost.
pub(super) fn received(
    received: Option<Reference<'_>>,
    take: impl FnOnce() -> Outcome<Owned>,
) -> Outcome<Owned> {
    if let Some(received) = &received {
        received.assign(false)?;
    }
    let value = take()?;
    if let Some(received) = &received {
        received.assign(true)?;
    }
    Ok(value)
}

/// Calls a function of PHP.
fn call<const N: usize>(name: &'static str, arguments: [Owned; N]) -> Outcome<Owned> {
    let value = call_by_name(name, arguments)?;
    value.ok_or_else(|| outcome::error(format!("the function {name}() is not available")))
}
