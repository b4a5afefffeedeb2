//! Swoole's classes that are written in PHP, and functions that need one of them. A class is compiled when a program
//! first uses it. A program that uses none pays nothing.

use crate::php::{outcome, settings};
use crate::zend::arguments::Rest;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::autoload::Source;
use crate::zend::callback::call_by_name;
use crate::zend::class::table;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::function;
use crate::zend::jump::Call;
use crate::zend::lifecycle::{self, Part, once};
use crate::zend::values::{IntoValue, Owned, Text, Value};
use std::ffi::CStr;

/// The code of a class: its name in small letters, and the file.
macro_rules! class {
    ($name:literal, $file:literal) => {
        (
            $name,
            Source { file: file_name(concat!("@swoole_process/", $file, "\0")), code: include_str!($file) },
        )
    };
}

/// In the order of their names.
const CLASSES: &[(&str, Source)] = &[
    class!("swoole\\arrayobject", "ArrayObject.php"),
    class!("swoole\\connectionpool", "ConnectionPool.php"),
    class!("swoole\\constant", "Constant.php"),
    class!("swoole\\database\\detectslostconnections", "Database/DetectsLostConnections.php"),
    class!("swoole\\database\\mysqliconfig", "Database/MysqliConfig.php"),
    class!("swoole\\database\\mysqliexception", "Database/MysqliException.php"),
    class!("swoole\\database\\mysqlipool", "Database/MysqliPool.php"),
    class!("swoole\\database\\mysqliproxy", "Database/MysqliProxy.php"),
    class!("swoole\\database\\mysqlistatementproxy", "Database/MysqliStatementProxy.php"),
    class!("swoole\\database\\objectproxy", "Database/ObjectProxy.php"),
    class!("swoole\\database\\pdoconfig", "Database/PDOConfig.php"),
    class!("swoole\\database\\pdopool", "Database/PDOPool.php"),
    class!("swoole\\database\\pdoproxy", "Database/PDOProxy.php"),
    class!("swoole\\database\\pdostatementproxy", "Database/PDOStatementProxy.php"),
    class!("swoole\\database\\redisconfig", "Database/RedisConfig.php"),
    class!("swoole\\database\\redispool", "Database/RedisPool.php"),
    class!("swoole\\exception\\arraykeynotexists", "ArrayKeyNotExists.php"),
    class!("swoole\\http\\status", "Http/Status.php"),
    class!("swoole\\multibytestringobject", "MultibyteStringObject.php"),
    class!("swoole\\objectproxy", "ObjectProxy.php"),
    class!("swoole\\process\\redisqueue", "RedisQueue.php"),
    class!("swoole\\process\\redisqueue\\connection", "RedisQueue/Connection.php"),
    class!("swoole\\process\\redisqueue\\connectionexception", "RedisQueue/ConnectionException.php"),
    class!("swoole\\process\\redisqueue\\exception", "RedisQueue/Exception.php"),
    class!("swoole\\process\\redisqueue\\message", "RedisQueue/Message.php"),
    class!("swoole\\process\\redisqueue\\reader", "RedisQueue/Reader.php"),
    class!("swoole\\process\\redisqueue\\scripts", "RedisQueue/Scripts.php"),
    class!("swoole\\process\\redisqueue\\servererror", "RedisQueue/ServerError.php"),
    class!("swoole\\stringobject", "StringObject.php"),
    class!("swoolelibrary", "SwooleLibrary.php"),
];

const fn file_name(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(name) => name,
        Err(_) => c"@swoole_process",
    }
}

/// Whether Swoole has an option of this name, for servers or anything else.
pub(super) fn is_option(name: &str) -> bool {
    let value = format!(" = '{name}';");
    let code = source(b"swoole\\constant").map_or("", |source| source.code);
    code.lines().any(|line| line.contains(" OPTION_") && line.ends_with(&value))
}

/// The code of a class, by its name in small letters.
pub(super) fn source(name: &[u8]) -> Option<Source> {
    if !name.starts_with(b"swoole") {
        return None;
    }
    let place = CLASSES.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
    CLASSES.get(place).map(|(_, source)| *source)
}

pub(super) const PART: Part = Part { start: once!(|_| register()), ..Part::NONE };

fn register() {
    lifecycle::register_functions(
        &table![
            function!("userland function swoole_library_set_options(array $options): void", set_options),
            function!("userland function swoole_library_get_options(): array", get_options),
            function!("userland function swoole_library_set_option(string $key, mixed $value): void", set_option),
            function!("userland function swoole_library_get_option(string $key): mixed", get_option),
            function!("userland function swoole_string(string $string = ''): Swoole\\StringObject", string),
            function!("userland function swoole_mbstring(string $string = ''): Swoole\\MultibyteStringObject", mbstring),
            function!("userland function swoole_array(array $array = []): Swoole\\ArrayObject", array),
            function!("userland function swoole_array_list(...$arrray): Swoole\\ArrayObject", array_list),
            function!("userland function swoole_table(int $size, string $fields): Swoole\\Table", table),
            function!(
                "userland function swoole_array_default_value(array $array, $key, $default_value = null)",
                array_default_value
            ),
            function!("userland function swoole_is_in_container()", is_in_container),
            function!("userland function swoole_container_cpu_num()", container_cpu_num),
            function!(
                "function swoole_substr_unserialize(string $str, int $offset, int $length = 0, array $options = []): mixed",
                substr_unserialize
            ),
            function!(
                "function swoole_substr_json_decode(string $str, int $offset, int $length = 0, bool $associative = false, int $depth = 512, int $flags = 0): mixed",
                substr_json_decode
            ),
        ]
        .0,
    );
    if settings::use_shortname() {
        lifecycle::register_functions(
            &table![
                function!("userland function _string(string $string = ''): Swoole\\StringObject", string),
                function!(
                    "userland function _mbstring(string $string = ''): Swoole\\MultibyteStringObject",
                    mbstring
                ),
                function!("userland function _array(array $array = []): Swoole\\ArrayObject", array),
            ]
            .0,
        );
    }
}

/// Calls a static method that is written in PHP, or a function.
fn call<const N: usize>(method: &str, arguments: [Owned; N]) -> Outcome<Owned> {
    call_by_name(method, arguments)?.ok_or(Failure::Thrown)
}

fn one(method: &str, argument: impl IntoValue) -> Outcome<Owned> {
    call(method, [Owned::new(argument)])
}

/// Text as it was passed: its bytes may be any.
fn text(bytes: &[u8]) -> Text {
    Text::new(bytes)
}

fn set_options(options: Array<'_>) -> Outcome<()> {
    one("SwooleLibrary::setOptions", options).map(drop)
}

fn get_options() -> Outcome<Owned> {
    call("SwooleLibrary::getOptions", [])
}

fn set_option(key: &[u8], value: Value<'_>) -> Outcome<()> {
    call("SwooleLibrary::setOption", [Owned::new(text(key)), Owned::of(value)]).map(drop)
}

fn get_option(key: &[u8]) -> Outcome<Owned> {
    one("SwooleLibrary::getOption", text(key))
}

fn string(string: Option<&[u8]>) -> Outcome<Owned> {
    one("Swoole\\StringObject::from", text(string.unwrap_or_default()))
}

fn mbstring(string: Option<&[u8]>) -> Outcome<Owned> {
    one("Swoole\\MultibyteStringObject::from", text(string.unwrap_or_default()))
}

fn array(array: Array<'_>) -> Outcome<Owned> {
    one("Swoole\\ArrayObject::from", array)
}

fn array_list(values: Rest<'_>) -> Outcome<Owned> {
    let mut list = NewArray::with_capacity(0);
    values.iter().for_each(|value| list.push(Owned::of(value)));
    one("Swoole\\ArrayObject::from", list)
}

fn table(size: i64, fields: &[u8]) -> Outcome<Owned> {
    call("SwooleLibrary::table", [Owned::new(size), Owned::new(text(fields))])
}

fn array_default_value(array: Array<'_>, key: Value<'_>, default: Option<Value<'_>>) -> Outcome<Owned> {
    let default = default.map_or_else(|| Owned::new(()), Owned::of);
    call("SwooleLibrary::arrayDefaultValue", [Owned::new(array), Owned::of(key), default])
}

fn is_in_container() -> Outcome<Owned> {
    call("SwooleLibrary::isInContainer", [])
}

fn container_cpu_num() -> Outcome<Owned> {
    call("SwooleLibrary::containerCpuNum", [])
}

fn substr_unserialize(string: &[u8], offset: i64, length: i64, options: Array<'_>) -> Outcome<Owned> {
    let part = part(string, offset, length)?;
    call("unserialize", [Owned::new(text(part)), Owned::new(options)])
}

fn substr_json_decode(
    string: &[u8],
    offset: i64,
    length: i64,
    associative: bool,
    depth: i64,
    flags: i64,
) -> Outcome<Owned> {
    let Ok(part) = part(string, offset, length) else {
        return match outcome::warning("Offset must be less than the length of the string").raise() {
            Call::Returned => Ok(Owned::new(())),
            _ => Err(Failure::Thrown),
        };
    };
    let (associative, depth, flags) = (Owned::new(associative), Owned::new(depth), Owned::new(flags));
    call("json_decode", [Owned::new(text(part)), associative, depth, flags])
}

/// The part of a text: from its end for an offset below 0, and all of the rest for a length of 0 or less.
fn part(text: &[u8], offset: i64, length: i64) -> Outcome<&[u8]> {
    let whole = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let begin = if offset < 0 { whole.saturating_add(offset) } else { offset };
    let rest =
        usize::try_from(begin).ok().and_then(|begin| text.get(begin..)).filter(|rest| !rest.is_empty());
    let rest = rest.ok_or(Failure::False)?;
    match usize::try_from(length) {
        Ok(length @ 1..) => Ok(rest.get(..length).unwrap_or(rest)),
        _ => Ok(rest),
    }
}
