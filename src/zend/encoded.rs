//! Simple values as bytes, for a pipe between two processes of this program: numbers, strings, and arrays of them.

use crate::zend::arrays::{Array, Name, NewArray};
use crate::zend::values::{Owned, Text, Value};

/// Adds the bytes of a value; what is no simple one is null.
pub(crate) fn encode(value: Value<'_>, text: &mut Vec<u8>) {
    if let Some(array) = Array::of(value) {
        text.push(b'a');
        put_number(array.len(), text);
        let mut elements = array.iter();
        while let Some(key) = elements.key() {
            encode(key.as_value(), text);
            match elements.next() {
                Some((_, value)) => encode(value, text),
                None => text.push(b'N'),
            }
        }
    } else if let Some(bytes) = value.as_bytes() {
        text.push(b's');
        put_number(bytes.len(), text);
        text.extend_from_slice(bytes);
    } else if let Some(number) = value.as_int() {
        text.push(b'i');
        text.extend(number.to_ne_bytes());
    } else if let Some(number) = value.as_float() {
        text.push(b'd');
        text.extend(number.to_ne_bytes());
    } else {
        text.push(match value.as_bool() {
            Some(true) => b'T',
            Some(false) => b'F',
            None => b'N',
        });
    }
}

/// Adds the bytes of a number.
pub(crate) fn put_number(number: usize, text: &mut Vec<u8>) {
    text.extend((number as u64).to_ne_bytes());
}

/// Takes a number that [`put_number`] has added.
pub(crate) fn take_number(text: &mut &[u8]) -> Option<usize> {
    usize::try_from(u64::from_ne_bytes(take_array(text)?)).ok()
}

fn take_array<const N: usize>(text: &mut &[u8]) -> Option<[u8; N]> {
    let (array, rest) = text.split_first_chunk::<N>()?;
    *text = rest;
    Some(*array)
}

/// Takes so many bytes.
pub(crate) fn take_bytes<'t>(text: &mut &'t [u8], count: usize) -> Option<&'t [u8]> {
    let (bytes, rest) = text.split_at_checked(count)?;
    *text = rest;
    Some(bytes)
}

/// Takes a value that [`encode`] has added. The bytes lie in the request's memory: the engine allocates here.
pub(crate) fn decode(text: &mut &[u8]) -> Option<Owned> {
    let (&kind, rest) = text.split_first()?;
    *text = rest;
    Some(match kind {
        b'a' => {
            let count = take_number(text)?;
            let mut array = NewArray::with_capacity(u32::try_from(count).ok()?);
            for _ in 0..count {
                let key = decode(text)?;
                let value = decode(text)?;
                array.put(&name_of(key.as_value())?, value);
            }
            Owned::new(array)
        }
        b's' => {
            let count = take_number(text)?;
            Owned::new(Text::new(take_bytes(text, count)?))
        }
        b'i' => Owned::new(i64::from_ne_bytes(take_array(text)?)),
        b'd' => Owned::new(f64::from_ne_bytes(take_array(text)?)),
        b'T' => Owned::new(true),
        b'F' => Owned::new(false),
        _ => Owned::new(()),
    })
}

fn name_of(key: Value<'_>) -> Option<Name> {
    match key.as_int() {
        Some(number) => Some(Name::of_number(number)),
        None => key.as_bytes().map(Name::new),
    }
}
