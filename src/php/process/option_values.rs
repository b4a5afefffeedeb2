//! The values of the options by which a child starts. A wrong one throws `Swoole\Exception`, with the name of its option.

use crate::os::Errno;
use crate::os::account::{self, Account};
use crate::os::setup::{Limit, UNLIMITED};
use crate::php::outcome;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::values::{Owned, Value};
use crate::zend::{cwd, streams};
use std::ffi::CString;
use std::fmt::Display;
use std::os::fd::RawFd;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

/// What stands for a user or a group.
const ACCOUNT: &str = "a name, or a number from 0";

/// How many descriptors above the standard ones a child may get.
const MOST: usize = 13;

/// The highest number of these.
const HIGHEST: RawFd = 1023;

pub(super) fn bad(name: impl Display, expected: impl Display, value: Value<'_>) -> Failure {
    let given = value.type_name();
    outcome::invalid(format!("the option {name} must be {expected}, {given} given"))
}

/// The environment, of converted variables.
pub(super) fn environment(texts: &NewArray) -> Outcome<Vec<(CString, CString)>> {
    let pair = |name: Option<&[u8]>, text: Value<'_>| {
        let name = name.filter(|name| !name.is_empty() && !name.contains(&b'='))?;
        Some((CString::new(name).ok()?, CString::new(text.as_bytes()?).ok()?))
    };
    let pairs = texts.as_array().iter().map(|(name, text)| pair(name, text));
    pairs.collect::<Option<_>>().ok_or_else(|| {
        let expected = "an array of names and values without NUL bytes, the names without =";
        outcome::invalid(format!("the option env must be {expected}, array given"))
    })
}

pub(super) fn number<T: TryFrom<i64>>(
    name: &str,
    expected: &str,
    value: Value<'_>,
    from: i64,
    to: i64,
) -> Outcome<T> {
    let given = value.as_int().ok_or_else(|| bad(name, expected, value))?;
    let fits = (from..=to).contains(&given).then(|| T::try_from(given).ok()).flatten();
    fits.ok_or_else(|| outcome::invalid(format!("the option {name} must be {expected}, {given} given")))
}

pub(super) fn text(name: &str, value: Value<'_>) -> Outcome<CString> {
    text_as(name, "a string without NUL bytes, and not empty", value)
}

fn text_as(name: &str, expected: &str, value: Value<'_>) -> Outcome<CString> {
    let bytes = value.as_bytes().filter(|bytes| !bytes.is_empty());
    bytes.and_then(|bytes| CString::new(bytes).ok()).ok_or_else(|| bad(name, expected, value))
}

/// A path from the script's own folder.
pub(super) fn path(name: &str, value: Value<'_>) -> Outcome<PathBuf> {
    let path = text(name, value)?;
    let path = std::ffi::OsString::from_vec(path.into_bytes());
    cwd::resolve(path).map_err(|errno| outcome::exception("getcwd()", errno))
}

pub(super) fn file(name: &str, value: Value<'_>) -> Outcome<CString> {
    let path = path(name, value)?;
    CString::new(path.into_os_string().into_vec()).map_err(|_| bad(name, "a path", value))
}

/// A user by its name or number. A number needs no account.
pub(super) fn user(value: Value<'_>) -> Outcome<(u32, Option<Account>)> {
    if let Some(given) = value.as_int() {
        let number = number("user", ACCOUNT, value, 0, i64::from(u32::MAX) - 1)?;
        return match account::user_by_number(number) {
            Ok(account) => Ok((number, Some(account))),
            Err(Errno::ENOENT) => Ok((number, None)),
            Err(errno) => Err(outcome::exception(&format!("getpwuid({given})"), errno)),
        };
    }
    let name = text_as("user", ACCOUNT, value)?;
    let name = name.to_string_lossy();
    match account::user_by_name(&name) {
        Ok(account) => Ok((account.user, Some(account))),
        Err(Errno::ENOENT) => Err(outcome::invalid(format!("there is no user {}", name.escape_debug()))),
        Err(errno) => Err(outcome::exception("getpwnam()", errno)),
    }
}

pub(super) fn group(option: &str, value: Value<'_>) -> Outcome<u32> {
    if value.as_int().is_some() {
        return number(option, ACCOUNT, value, 0, i64::from(u32::MAX) - 1);
    }
    let name = text_as(option, ACCOUNT, value)?;
    let name = name.to_string_lossy();
    match account::group_by_name(&name) {
        Ok(number) => Ok(number),
        Err(Errno::ENOENT) => Err(outcome::invalid(format!("there is no group {}", name.escape_debug()))),
        Err(errno) => Err(outcome::exception("getgrnam()", errno)),
    }
}

/// `['nofile' => 64, 'core' => [0, -1]]`: a number for both limits, or the soft and the hard one.
pub(super) fn limits(value: Value<'_>) -> Outcome<Vec<Limit>> {
    fn refused(value: Value<'_>) -> Failure {
        bad("limits", "an array of names with a number or [soft, hard], -1 for no limit", value)
    }
    let one = |value: Value<'_>| match value.as_int() {
        Some(-1) => Ok(UNLIMITED),
        Some(number) => u64::try_from(number).map_err(|_| refused(value)),
        None => Err(refused(value)),
    };
    let mut limits = Vec::new();
    for (name, value) in Array::of(value).ok_or_else(|| refused(value))?.iter() {
        let name = String::from_utf8_lossy(name.unwrap_or_default()).into_owned();
        let (soft, hard) = match Array::of(value) {
            None => (one(value)?, one(value)?),
            Some(pair) => {
                let mut pair = pair.iter().map(|(_, value)| value);
                match (pair.next(), pair.next(), pair.next()) {
                    (Some(soft), Some(hard), None) => (one(soft)?, one(hard)?),
                    _ => return Err(refused(value)),
                }
            }
        };
        let limit = Limit::named(&name, soft, hard).ok_or_else(|| {
            let known: Vec<&str> = Limit::names().collect();
            outcome::invalid(format!("unknown limit {}, there are {}", name.escape_debug(), known.join(", ")))
        })?;
        limits.push(limit);
    }
    Ok(limits)
}

/// `[3 => $stream]`: the number in the child, and what it gets.
pub(super) fn descriptors(value: Value<'_>) -> Outcome<Vec<(RawFd, Owned)>> {
    let expected = "an array of at most 13 streams, sockets or descriptors, by their numbers from 3 to 1023";
    let refused = || bad("descriptors", expected, value);
    let list = Array::of(value).filter(|list| list.len() <= MOST).ok_or_else(refused)?;
    let mut descriptors = Vec::new();
    let mut elements = list.iter();
    while let (Some(key), Some((_, handle))) = (elements.key(), elements.next()) {
        let number = key.as_value().as_int().and_then(|number| RawFd::try_from(number).ok());
        let number = number.filter(|number| (3..=HIGHEST).contains(number)).ok_or_else(refused)?;
        descriptor(handle).ok_or_else(refused)?;
        descriptors.push((number, Owned::of(handle)));
    }
    Ok(descriptors)
}

/// As [`streams::descriptor`], but none for a stream of a class of the script: its methods would run.
pub(super) fn descriptor(value: Value<'_>) -> Option<RawFd> {
    if streams::is_of_script(value) { None } else { streams::descriptor(value) }
}
