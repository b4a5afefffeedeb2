//! Classes of Swoole that do not exist here. The engine's error about such a class gets a hint at the alternative.

use crate::zend::class_not_found;
use crate::zend::lifecycle::{Part, once};
use std::ffi::CStr;

pub(super) const PART: Part = Part {
    start: once!(|_| class_not_found::install(remark)),
    stop: once!(|_| class_not_found::uninstall()),
    ..Part::NONE
};

/// The beginnings of names, in small letters and without `Swoole\`, with their hints. The first beginning that fits is
/// used.
const REMARKS: &[(&str, &CStr)] = &[
    ("thread", THREADS),
    ("coroutine\\http\\server", SERVERS),
    ("coroutine\\", CLIENTS),
    ("client", CLIENTS),
    ("async\\", CLIENTS),
    ("nameresolver", CLIENTS),
    ("remoteobject", CLIENTS),
    ("fastcgi", CLIENTS),
    ("server", SERVERS),
    ("http\\", SERVERS),
    ("http2\\", SERVERS),
    ("websocket\\", SERVERS),
    ("redis\\", SERVERS),
    ("connection\\", SERVERS),
];

const SERVERS: &CStr =
    c"swoole_process has Swoole's processes, coroutines and sockets but no servers: use the extension \
    swoole in its place, or Swoole\\Coroutine\\Server for TCP";
const CLIENTS: &CStr =
    c"swoole_process has Swoole's processes, coroutines and sockets but no clients of protocols: use \
    Swoole\\Coroutine\\Client or Socket, a client in PHP, or the extension swoole in its place";
const THREADS: &CStr =
    c"swoole_process has Swoole's processes and coroutines but no threads: use Swoole\\Process or \
    Swoole\\Process\\Pool";

fn remark(name: &[u8]) -> Option<&'static CStr> {
    let name = name.to_ascii_lowercase();
    let name = std::str::from_utf8(&name).ok()?;
    let rest = name.strip_prefix("swoole\\").map(str::to_owned);
    let rest = rest.or_else(|| name.strip_prefix("co\\").map(|rest| format!("coroutine\\{rest}")))?;
    let known = CLASSES.binary_search(&rest.as_str()).is_ok();
    let fits = |(prefix, _): &&(&str, &CStr)| rest.starts_with(prefix);
    known.then(|| REMARKS.iter().find(fits).map(|(_, remark)| *remark)).flatten()
}

/// The classes of Swoole 6.2 that do not exist here, in small letters and sorted.
const CLASSES: &[&str] = &[
    "async\\client",
    "client",
    "client\\exception",
    "connection\\iterator",
    "coroutine\\curl\\exception",
    "coroutine\\fastcgi\\client",
    "coroutine\\fastcgi\\proxy",
    "coroutine\\http2\\client",
    "coroutine\\http2\\client\\exception",
    "coroutine\\http\\client",
    "coroutine\\http\\client\\exception",
    "coroutine\\http\\clientproxy",
    "coroutine\\http\\server",
    "coroutine\\mysql",
    "coroutine\\postgresql",
    "coroutine\\redis",
    "fastcgi",
    "fastcgi\\httprequest",
    "fastcgi\\request",
    "http2\\request",
    "http2\\response",
    "http\\cookie",
    "http\\request",
    "http\\response",
    "http\\server",
    "nameresolver",
    "nameresolver\\cluster",
    "nameresolver\\consul",
    "nameresolver\\context",
    "nameresolver\\nacos",
    "nameresolver\\redis",
    "redis\\server",
    "remoteobject",
    "remoteobject\\client",
    "remoteobject\\server",
    "server",
    "server\\admin",
    "server\\event",
    "server\\helper",
    "server\\packet",
    "server\\pipemessage",
    "server\\port",
    "server\\statusinfo",
    "server\\task",
    "server\\taskresult",
    "thread",
    "thread\\arraylist",
    "thread\\atomic",
    "thread\\atomic\\long",
    "thread\\barrier",
    "thread\\error",
    "thread\\lock",
    "thread\\map",
    "thread\\pool",
    "thread\\queue",
    "thread\\runnable",
    "websocket\\closeframe",
    "websocket\\frame",
    "websocket\\server",
];
