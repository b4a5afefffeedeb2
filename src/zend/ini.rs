//! Settings in php.ini.

use crate::zend::bindings::*;
use crate::zend::values::Text;
use std::ffi::CStr;

/// Where a setting may be changed.
#[derive(Clone, Copy)]
pub(crate) enum Scope {
    /// In php.ini, on the command line and by ini_set().
    Everywhere,
    /// In php.ini and on the command line.
    Startup,
}

/// A setting.
pub(crate) struct Setting {
    pub(crate) name: &'static CStr,
    pub(crate) default: &'static CStr,
    pub(crate) scope: Scope,
}

/// Declares settings. The engine copies them.
#[cold]
pub(crate) fn register(module: i32, settings: &[Setting]) {
    let mut definitions: Vec<zend_ini_entry_def> = settings.iter().map(definition).collect();
    // SAFETY: all zeroes ends the list.
    definitions.push(unsafe { std::mem::zeroed() });
    // SAFETY: the list is complete.
    unsafe { zend_register_ini_entries(definitions.as_ptr(), module) };
}

fn definition(setting: &Setting) -> zend_ini_entry_def {
    // SAFETY: all members may be zero; those that matter are set below.
    let mut definition: zend_ini_entry_def = unsafe { std::mem::zeroed() };
    definition.name = setting.name.as_ptr();
    definition.name_length = setting.name.count_bytes() as u16;
    definition.value = setting.default.as_ptr();
    definition.value_length = setting.default.count_bytes() as u32;
    definition.modifiable = match setting.scope {
        Scope::Everywhere => PHP_INI_USER | PHP_INI_PERDIR | PHP_INI_SYSTEM,
        Scope::Startup => PHP_INI_SYSTEM,
    } as u8;
    definition
}

/// Forgets the module's settings.
#[cold]
pub(crate) fn unregister(module: i32) {
    // SAFETY: at module shutdown only.
    unsafe { zend_unregister_ini_entries(module) };
}

/// The errors that are to be reported: all, if neither the script nor php.ini has set them. The setting has no default.
pub(super) fn error_reporting() -> i32 {
    let name = c"error_reporting";
    if value(name).is_none() {
        return E_ALL as i32;
    }
    long(name) as i32
}

/// The number that a setting begins with, or 0.
fn long(name: &CStr) -> i64 {
    // SAFETY: the pointer and the length describe the name.
    unsafe { zend_ini_long(name.as_ptr(), name.count_bytes(), 0) }
}

/// The text of a setting; empty when it is not set.
fn text(name: &CStr) -> &[u8] {
    value(name).unwrap_or_default().to_bytes()
}

/// The text of a setting; `None` when it is not set, which differs from an empty text.
fn value(name: &CStr) -> Option<&CStr> {
    // SAFETY: the engine looks the name up; the text lives until the setting is changed.
    let text =
        unsafe { zend_ini_string_ex(name.as_ptr().cast_mut(), name.count_bytes(), 0, std::ptr::null_mut()) };
    // SAFETY: null, or a string of the engine, which ends with NUL.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}

/// Changes a setting until the request ends, as ini_set() does.
pub(crate) fn set(name: &CStr, value: &CStr) {
    let text = Text::new(name.to_bytes());
    let (value, len) = (value.as_ptr(), value.count_bytes());
    // SAFETY: the engine reads the name, and copies the value, which the pointer and the length describe.
    unsafe {
        zend_alter_ini_entry_chars(
            text.as_ptr(),
            value,
            len,
            PHP_INI_USER as i32,
            ZEND_INI_STAGE_RUNTIME as i32,
        );
    }
}

/// Whether a setting is on, in any of PHP's spellings.
#[cold]
pub(crate) fn is_on(name: &CStr) -> bool {
    let text = text(name);
    let number = text.trim_ascii_start();
    let digits = number.strip_prefix(b"-").or(number.strip_prefix(b"+")).unwrap_or(number);
    [&b"on"[..], b"yes", b"true"].iter().any(|word| text.eq_ignore_ascii_case(word))
        || digits.iter().take_while(|byte| byte.is_ascii_digit()).any(|digit| *digit != b'0')
}

/// A setting that is a number of bytes, with PHP's suffixes K, M and G.
pub(crate) fn size(name: &CStr) -> Option<i64> {
    let text = text(name);
    let (digits, factor) = match text.split_last() {
        Some((b'k' | b'K', rest)) => (rest, 1 << 10),
        Some((b'm' | b'M', rest)) => (rest, 1 << 20),
        Some((b'g' | b'G', rest)) => (rest, 1 << 30),
        _ => (text, 1),
    };
    number(digits)?.checked_mul(factor)
}

/// A setting that is an octal number, such as permissions.
pub(crate) fn octal(name: &CStr) -> Option<i32> {
    i32::from_str_radix(std::str::from_utf8(text(name)).ok()?.trim(), 8).ok().filter(|number| *number >= 0)
}

fn number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}
