//! PHP signatures, parsed at compile time.
//!
//! `"public static function wait(bool $blocking = true): array|false"` becomes the engine's argument information, the
//! accepted number of arguments, and the defaults of omitted ones. A signature that cannot be parsed does not compile.
//! The engine's pointers point into the text itself, with NULs behind its names.
//!
//! `lenient` in front of a signature: the function ignores arguments beyond its parameters, because Swoole's function
//! does not count them. `userland`: Swoole's function is written in PHP; it ignores them too, and refuses arguments in
//! PHP's words for such functions.
//!
//! `#` in front of a parameter: Swoole's function takes this argument and does not declare it, so Reflection does not
//! show it. Such parameters are the last ones. A debug build of PHP ends the script when a function takes more arguments
//! than it declares, so they are refused there.
//!
//! `~` in front of a type, as in `~void`, marks a declaration that Swoole does not keep: a method that returns false on
//! failure, a callable that is checked later and warned about. Reflection shows it as in Swoole. A debug build of PHP
//! ends a script when a declaration is not kept, so it is left out there. Elsewhere the engine relies on the
//! declaration: its optimizer takes the type of a result from it, and would follow an invalid pointer. So only results
//! without pointers may be marked.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler: what goes wrong here is an error at compile time"
)]

use crate::zend::bindings::*;
use std::ffi::{c_char, c_void};

/// What a parameter accepts. This decides how its argument is coerced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Float,
    Bool,
    Str,
    Array,
    Callable,
    Mixed,
}

impl Kind {
    /// Its name in PHP.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Bool => "bool",
            Kind::Str => "string",
            Kind::Array => "array",
            Kind::Callable => "callable",
            Kind::Mixed => "mixed",
        }
    }
}

/// The value of an omitted argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Default {
    /// It must not be omitted.
    Required,
    Null,
    Int(i64),
    Bool(bool),
    EmptyArray,
    /// A constant, whose value the class file knows.
    Named,
}

#[derive(Clone, Copy)]
pub(crate) struct Param {
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    pub(crate) default: Default,
    pub(crate) variadic: bool,
    /// Whether Swoole's function is written in PHP.
    pub(crate) userland: bool,
    pub(crate) by_reference: bool,
    /// Whether Reflection does not show it.
    undeclared: bool,
    types: Types,
    name: usize,
    default_text: Option<usize>,
}

/// A set of types: the engine's mask, and the place of a class name in the text.
#[derive(Clone, Copy)]
struct Types {
    mask: u32,
    class: Option<usize>,
    /// False for a type that is marked with `~`.
    kept: bool,
}

const UNTYPED: Types = Types { mask: 0, class: None, kept: true };

/// A parsed signature with `N` parameters.
pub(crate) struct Signature<const N: usize> {
    pub(crate) params: [Param; N],
    pub(crate) required: usize,
    pub(crate) flags: u32,
    /// Whether Swoole's function is written in PHP: it refuses arguments in other words.
    pub(crate) userland: bool,
    /// Whether arguments beyond the parameters are ignored.
    lenient: bool,
    /// The number of parameters that Reflection shows.
    shown: usize,
    name: usize,
    returns: Types,
}

impl<const N: usize> Signature<N> {
    /// The largest number of arguments.
    pub(crate) const fn most(&self) -> usize {
        // A debug build of PHP ends the script when a function takes more arguments than it declares.
        if self.lenient && !cfg!(php_debug) { usize::MAX } else { self.declared() }
    }

    /// The largest number of arguments that are not ignored.
    pub(crate) const fn declared(&self) -> usize {
        if N > 0 && self.params[N - 1].variadic {
            usize::MAX
        } else if cfg!(php_debug) {
            self.shown
        } else {
            N
        }
    }

    /// Whether it is declared void, and keeps to that.
    pub(crate) const fn is_void(&self) -> bool {
        self.returns.kept && self.returns.mask == MAY_BE_VOID
    }

    pub(crate) const fn is_static(&self) -> bool {
        self.flags & ZEND_ACC_STATIC != 0
    }
}

/// The number of parameters of a signature.
pub(crate) const fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'$' {
            count += 1;
        }
        at += 1;
    }
    count
}

/// The text with a NUL behind every name, so that the engine can read the names in it.
pub(crate) const fn terminate<const LEN: usize>(text: &str) -> [u8; LEN] {
    let bytes = text.as_bytes();
    assert!(LEN == bytes.len() + 1, "one byte more than the text");
    let mut result = [0; LEN];
    let mut at = 0;
    while at < bytes.len() {
        result[at] = match bytes[at] {
            b'(' | b')' | b',' | b' ' | b'|' | b'=' => 0,
            byte => byte,
        };
        at += 1;
    }
    result
}

/// The position of the parser in a text.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    const fn peek(&self) -> u8 {
        if self.at < self.bytes.len() { self.bytes[self.at] } else { 0 }
    }

    const fn skip_spaces(&mut self) {
        while self.peek() == b' ' {
            self.at += 1;
        }
    }

    const fn take(&mut self, byte: u8) -> bool {
        if self.peek() == byte {
            self.at += 1;
            true
        } else {
            false
        }
    }

    /// A run of characters that are part of names, numbers, class names and `[]`.
    const fn word(&mut self) -> (usize, usize) {
        let start = self.at;
        while !matches!(self.peek(), 0 | b' ' | b'(' | b')' | b',' | b'|' | b'=' | b'?' | b'$' | b'&' | b':')
        {
            self.at += 1;
        }
        (start, self.at)
    }

    const fn is(&self, word: (usize, usize), text: &str) -> bool {
        let text = text.as_bytes();
        if word.1 - word.0 != text.len() {
            return false;
        }
        let mut at = 0;
        while at < text.len() {
            if self.bytes[word.0 + at] != text[at] {
                return false;
            }
            at += 1;
        }
        true
    }
}

/// Parses `[lenient|userland] [modifiers] function name(type $name = default, ...): type`.
pub(crate) const fn parse<const N: usize>(text: &str) -> Signature<N> {
    let mut cursor = Cursor { bytes: text.as_bytes(), at: 0 };
    let (mut flags, mut userland, mut lenient) = (0, false, false);
    loop {
        let word = cursor.word();
        cursor.skip_spaces();
        if cursor.is(word, "function") {
            break;
        }
        if cursor.is(word, "userland") {
            (userland, lenient) = (true, true);
        } else if cursor.is(word, "lenient") {
            lenient = true;
        } else {
            flags |= modifier(&cursor, word);
        }
    }
    let name = cursor.word();
    assert!(cursor.take(b'('), "a list of parameters follows the name");
    if cursor.is((name.0, name.1), "__construct") {
        flags |= ZEND_ACC_CTOR;
    }

    let mut params = [Param {
        kind: Kind::Mixed,
        nullable: false,
        default: Default::Required,
        variadic: false,
        userland: false,
        by_reference: false,
        undeclared: false,
        types: UNTYPED,
        name: 0,
        default_text: None,
    }; N];
    let (mut index, mut required, mut shown) = (0, 0, 0);
    while index < N {
        if index > 0 {
            assert!(cursor.take(b','), "parameters are separated by commas");
            cursor.skip_spaces();
        }
        params[index] = param(&mut cursor, userland);
        index += 1;
        let param = &params[index - 1];
        assert!(!param.variadic || index == N, "a variadic parameter is the last one");
        if matches!(param.default, Default::Required) && !param.variadic {
            assert!(required == index - 1, "a required parameter follows an optional one");
            required = index;
        }
        if !param.undeclared {
            assert!(shown == index - 1, "a declared parameter follows an undeclared one");
            shown = index;
        }
    }
    assert!(required <= shown, "an undeclared parameter may be omitted");
    assert!(cursor.take(b')'), "the list of parameters ends");
    let mut returns = UNTYPED;
    if cursor.take(b':') {
        cursor.skip_spaces();
        returns = types(&mut cursor);
        assert!(
            returns.kept || returns.mask & !SCALAR == 0,
            "the engine relies on this type: declare what is true"
        );
    }
    assert!(cursor.at == text.len(), "nothing follows the return type");
    Signature { params, required, flags, userland, lenient, shown, name: name.0, returns }
}

const fn modifier(cursor: &Cursor<'_>, word: (usize, usize)) -> u32 {
    if cursor.is(word, "public") {
        ZEND_ACC_PUBLIC
    } else if cursor.is(word, "private") {
        ZEND_ACC_PRIVATE
    } else if cursor.is(word, "protected") {
        ZEND_ACC_PROTECTED
    } else if cursor.is(word, "static") {
        ZEND_ACC_STATIC
    } else if cursor.is(word, "final") {
        ZEND_ACC_FINAL
    } else {
        panic!("a modifier or `function` is expected here")
    }
}

const fn param(cursor: &mut Cursor<'_>, userland: bool) -> Param {
    let undeclared = cursor.take(b'#');
    // A parameter without a type takes anything.
    let untyped = matches!(cursor.peek(), b'$' | b'.' | b'&');
    let mut types = if untyped { UNTYPED } else { types(cursor) };
    cursor.skip_spaces();
    let kind = kind(types.mask & !MAY_BE_NULL);
    let nullable = types.mask & MAY_BE_NULL != 0;
    let by_reference = cursor.take(b'&');
    if by_reference {
        types.mask |= ZEND_SEND_BY_REF << _ZEND_SEND_MODE_SHIFT;
    }
    let variadic = cursor.take(b'.');
    if variadic {
        assert!(cursor.take(b'.') && cursor.take(b'.'), "three points");
        types.mask |= _ZEND_IS_VARIADIC_BIT;
    }
    assert!(cursor.take(b'$'), "a parameter has a name");
    let (name, _) = cursor.word();
    let (mut default, mut default_text) = (Default::Required, None);
    cursor.skip_spaces();
    if cursor.take(b'=') {
        cursor.skip_spaces();
        let word = cursor.word();
        default = default_value(cursor, word);
        default_text = Some(word.0);
    }
    Param { kind, nullable, default, variadic, userland, by_reference, undeclared, types, name, default_text }
}

const fn kind(mask: u32) -> Kind {
    match mask {
        MAY_BE_LONG => Kind::Int,
        MAY_BE_DOUBLE => Kind::Float,
        MAY_BE_BOOL => Kind::Bool,
        MAY_BE_STRING => Kind::Str,
        MAY_BE_ARRAY => Kind::Array,
        MAY_BE_CALLABLE => Kind::Callable,
        _ => Kind::Mixed,
    }
}

const fn types(cursor: &mut Cursor<'_>) -> Types {
    let mut result = UNTYPED;
    result.kept = !cursor.take(b'~');
    if cursor.take(b'?') {
        result.mask |= MAY_BE_NULL;
    }
    loop {
        let word = cursor.word();
        assert!(word.1 > word.0, "a type is expected here");
        let mask = builtin_type(cursor, word);
        if mask == 0 {
            assert!(result.class.is_none(), "one class in a union is all that is needed so far");
            result.class = Some(word.0);
            result.mask |= CLASS_NAME;
        }
        result.mask |= mask;
        if !cursor.take(b'|') {
            return result;
        }
    }
}

/// Types whose values hold no pointer.
const SCALAR: u32 = MAY_BE_VOID | MAY_BE_NULL | MAY_BE_BOOL | MAY_BE_LONG | MAY_BE_DOUBLE;

/// The bit that says: the type's pointer is a class name.
#[cfg(php83)]
const CLASS_NAME: u32 = _ZEND_TYPE_LITERAL_NAME_BIT;
#[cfg(not(php83))]
const CLASS_NAME: u32 = _ZEND_TYPE_NAME_BIT;

const fn builtin_type(cursor: &Cursor<'_>, word: (usize, usize)) -> u32 {
    let names: [(&str, u32); 12] = [
        ("int", MAY_BE_LONG),
        ("float", MAY_BE_DOUBLE),
        ("bool", MAY_BE_BOOL),
        ("false", MAY_BE_FALSE),
        ("string", MAY_BE_STRING),
        ("array", MAY_BE_ARRAY),
        ("callable", MAY_BE_CALLABLE),
        ("null", MAY_BE_NULL),
        ("void", MAY_BE_VOID),
        ("mixed", MAY_BE_ANY),
        ("object", MAY_BE_OBJECT),
        ("true", MAY_BE_TRUE),
    ];
    let mut at = 0;
    while at < names.len() {
        if cursor.is(word, names[at].0) {
            return names[at].1;
        }
        at += 1;
    }
    0
}

const fn default_value(cursor: &Cursor<'_>, word: (usize, usize)) -> Default {
    if cursor.is(word, "null") {
        return Default::Null;
    } else if cursor.is(word, "true") {
        return Default::Bool(true);
    } else if cursor.is(word, "false") {
        return Default::Bool(false);
    } else if cursor.is(word, "[]") {
        return Default::EmptyArray;
    }
    let negative = cursor.bytes[word.0] == b'-';
    let mut at = if negative { word.0 + 1 } else { word.0 };
    let mut value = 0;
    while at < word.1 {
        let byte = cursor.bytes[at];
        if !byte.is_ascii_digit() {
            return Default::Named;
        }
        value = value * 10 + (byte - b'0') as i64;
        at += 1;
    }
    Default::Int(if negative { -value } else { value })
}

/// The engine's argument information: the return type, then the parameters. `M` is one more than `N`; `text` is the
/// result of [`terminate`].
pub(crate) const fn argument_info<const N: usize, const M: usize>(
    signature: &Signature<N>,
    text: &'static [u8],
) -> Table<[zend_internal_arg_info; M]> {
    assert!(M == N + 1, "one entry for each parameter and one for the return type");
    let mut table = [zend_internal_arg_info {
        // Here the number of required arguments is in the place of the name.
        name: std::ptr::without_provenance(signature.required),
        type_: type_of(signature.returns, text),
        default_value: std::ptr::null(),
    }; M];
    let mut at = 0;
    while at < N {
        let param = &signature.params[at];
        table[at + 1] = zend_internal_arg_info {
            name: pointer(text, param.name),
            type_: type_of(param.types, text),
            default_value: match param.default_text {
                Some(at) => pointer(text, at),
                None => std::ptr::null(),
            },
        };
        at += 1;
    }
    Table(table)
}

const fn type_of(types: Types, text: &'static [u8]) -> zend_type {
    if cfg!(php_debug) && !types.kept {
        // Flags that are not types (variadic, by reference) stay.
        return zend_type { ptr: std::ptr::null_mut(), type_mask: types.mask & _ZEND_IS_VARIADIC_BIT };
    }
    let name: *const c_char = match types.class {
        Some(at) => pointer(text, at),
        None => std::ptr::null(),
    };
    zend_type { ptr: name as *mut c_void, type_mask: types.mask }
}

const fn pointer(text: &'static [u8], at: usize) -> *const c_char {
    assert!(at < text.len(), "within the text");
    // SAFETY: `at` is within the text (checked).
    unsafe { text.as_ptr().add(at).cast() }
}

/// An entry of a table of functions or methods.
pub(crate) const fn function_entry<const N: usize>(
    signature: &Signature<N>,
    text: &'static [u8],
    info: &'static [zend_internal_arg_info],
    handler: unsafe extern "C" fn(*mut zend_execute_data, *mut zval),
) -> zend_function_entry {
    zend_function_entry {
        fname: pointer(text, signature.name),
        handler: Some(handler),
        arg_info: info.as_ptr(),
        num_args: signature.shown as u32,
        flags: signature.flags,
        #[cfg(php84)]
        frameless_function_infos: std::ptr::null(),
        #[cfg(php84)]
        doc_comment: std::ptr::null(),
    }
}
