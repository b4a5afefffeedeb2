//! `Swoole\Coroutine\Client`: a socket that connects, with the settings of Swoole's clients.

use super::proxy::{self, Proxy};
use super::state::{Socket, object_for};
use super::{connection, file, io, packet, tls};
use crate::os::Errno;
use crate::os::address::Address;
use crate::os::socket::{Family, Spec};
use crate::php::constructed::{constructed_twice, not_constructed};
use crate::php::{constants, outcome, settings, waiting};
use crate::zend::arguments::Reference;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::class::Initial::{Bool, EmptyText, Int, Null};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::{PhpClass, This, object_of};
use crate::zend::values::{IntoValue, Owned, Text, Value};
use crate::zend::{globals, method};
use std::cell::{Cell, RefCell};
use std::time::Duration;

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        if settings::use_shortname() {
            CLASS.alias("Co\\Client");
        }
    }),
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Coroutine\\Client")
    .objects::<Client>()
    .not_serializable()
    .constants(&[("MSG_OOB", 1), ("MSG_PEEK", 2), ("MSG_DONTWAIT", 64), ("MSG_WAITALL", 256)])
    .properties(&[
        Property::public("errCode").default(Int(0)),
        Property::public("errMsg").default(EmptyText),
        Property::public("fd").default(Int(-1)),
        Property::public("type").default(Int(1)),
        Property::public("setting").default(Null),
        Property::public("connected").default(Bool(false)),
    ])
    .methods(table![
        method!("public function __construct(int $type)", construct),
        method!("public function set(array $settings): bool", set),
        method!(
            "public function connect(string $host, int $port = 0, float $timeout = 0, int $sock_flag = 0): bool",
            connect
        ),
        method!("public function peek(int $length = 65535): string|false", peek),
        method!("public function recv(float $timeout = 0): string|false", recv),
        method!("public function sendfile(string $filename, int $offset = 0, int $length = 0): bool", send_file),
        method!("public function send(string $data, float $timeout = 0): int|false", send),
        method!("public function sendto(string $address, int $port, string $data): bool", send_to),
        method!(
            "public function recvfrom(int $length, mixed &$address, mixed &$port = 0): string|false",
            recv_from
        ),
        method!("public function enableSSL(): bool", enable_ssl),
        method!("public function getPeerCert(): string|false", peer_certificate),
        method!("public function verifyPeerCert(bool $allow_self_signed = false): bool", verify),
        method!("public function isConnected(): bool", is_connected),
        method!("public function getsockname(): array|false", name),
        method!("public function getpeername(): array|false", peer_name),
        method!("public function close(): bool", close),
        method!("public function exportSocket(): Swoole\\Coroutine\\Socket|false", export),
    ]);

/// `SWOOLE_SSL`, and flags that every client of Swoole accepts: `SWOOLE_ASYNC`, `SWOOLE_SYNC`, `SWOOLE_KEEP`.
const SSL: i64 = 512;
const ASYNC: i64 = 1024;
const SYNC: i64 = 2048;
const KEEP: i64 = 4096;
/// `SWOOLE_ERROR_CLIENT_NO_CONNECTION`.
const NO_CONNECTION: i64 = 5001;

/// The Rust value of each object.
#[derive(Default)]
struct Client {
    /// `SWOOLE_SOCK_*`, once the constructor has run.
    kind: Cell<Option<i64>>,
    socket: RefCell<Option<Owned>>,
}

impl PhpClass for Client {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.visit(visitor);
        }
    }
}

impl Client {
    fn kind(&self) -> Outcome<i64> {
        self.kind.get().ok_or_else(not_constructed)
    }
}

/// The kernel's numbers for a socket type of Swoole. Flags of `Swoole\\Client` mean nothing here.
fn spec(kind: i64) -> Option<Spec> {
    let (family, is_stream) = match kind & !(SSL | ASYNC | SYNC | KEEP) {
        1 => (Family::Inet, true),
        2 => (Family::Inet, false),
        3 => (Family::Inet6, true),
        4 => (Family::Inet6, false),
        5 => (Family::Unix, true),
        6 => (Family::Unix, false),
        _ => return None,
    };
    Some(Spec::of(family, is_stream))
}

fn construct(this: This<'_, Client>, kind: i64) -> Outcome<()> {
    if this.kind.get().is_some() {
        return Err(Failure::Error(constructed_twice(this).into()));
    }
    if spec(kind).is_none() {
        let text = format!(
            "Swoole\\Coroutine\\Client::__construct() expects parameter 1 to be client type, unknown type {kind} given"
        );
        return Err(Failure::TypeError(text.into()));
    }
    this.kind.set(Some(kind));
    this.set("type", kind);
    Ok(())
}

/// Sets settings. Earlier settings stay unless they are set again.
fn set(this: This<'_, Client>, settings: Array<'_>) -> Outcome<bool> {
    this.kind()?;
    if settings.len() == 0 {
        return Ok(false);
    }
    let before = this.get("setting");
    let all = Array::of(before.as_value()).unwrap_or(Array::EMPTY).merged_with(settings);
    this.set("setting", all);
    if let Some(socket) = connected(this) {
        with(this, &socket, |socket| configure(this, socket))?;
    }
    Ok(true)
}

fn fail(this: This<'_, Client>, code: i64, text: impl IntoValue) -> Failure {
    outcome::set_last_error(code);
    this.set("errCode", code);
    this.set("errMsg", text);
    Failure::False
}

/// The socket, with a reference for the length of a call: other coroutines may close the client meanwhile.
fn connected(this: This<'_, Client>) -> Option<Owned> {
    this.socket.borrow().as_ref().map(Owned::share)
}

/// Calls a method of the socket. Its error becomes the error of the client.
fn with<T>(
    this: This<'_, Client>,
    socket: &Owned,
    call: impl FnOnce(This<'_, Socket>) -> Outcome<T>,
) -> Outcome<T> {
    let Some(socket) = object_of::<Socket>(socket.as_value()) else { return Err(Failure::False) };
    let result = call(socket);
    this.set("errCode", socket.get("errCode"));
    this.set("errMsg", socket.get("errMsg"));
    result
}

/// As [`with`], for a connected client.
fn call<T>(this: This<'_, Client>, call: impl FnOnce(This<'_, Socket>) -> Outcome<T>) -> Outcome<T> {
    this.kind()?;
    match connected(this) {
        Some(socket) => with(this, &socket, call),
        None => Err(fail(this, NO_CONNECTION, constants::describe_error(NO_CONNECTION).unwrap_or_default())),
    }
}

/// A new socket of the client's kind, with its settings.
fn open(this: This<'_, Client>) -> Outcome<Owned> {
    let spec = spec(this.kind()?).ok_or(Failure::False)?;
    let token = globals::with(|runtime| runtime.sockets.open(spec)).map_err(|errno| {
        this.set("errCode", errno as i32);
        this.set("errMsg", crate::os::system::describe(errno as i32));
        outcome::system("socket()", errno)
    })?;
    let socket = Owned::new(object_for(token)?);
    with(this, &socket, |socket| configure(this, socket))?;
    Ok(socket)
}

/// A time limit in seconds among the settings.
fn limit(settings: Array<'_>, key: &str) -> Option<Option<Duration>> {
    let seconds = settings.get(key)?.to_float();
    (seconds != 0.0).then(|| waiting::limit(seconds))
}

fn configure(this: This<'_, Client>, socket: This<'_, Socket>) -> Outcome<()> {
    let token = socket.token()?;
    let settings = this.get("setting");
    let settings = Array::of(settings.as_value()).unwrap_or(Array::EMPTY);
    packet::set_protocol(socket, settings)?;
    if this.kind()? & SSL != 0 && socket.tls_settings().is_none() {
        socket.speak_tls(tls::settings(&tls::convert(settings)?)?);
    }
    let all = limit(settings, "timeout");
    let limits = ["read_timeout", "write_timeout", "connect_timeout"].map(|key| limit(settings, key).or(all));
    let no_delay = settings.get("open_tcp_nodelay").is_none_or(Value::to_bool);
    let size = settings.get("socket_buffer_size").and_then(|size| i32::try_from(size.to_int()).ok());
    let [read, write, connect] = limits;
    globals::with(|runtime| {
        let Some(socket) = runtime.sockets.get(token) else { return };
        socket.limits.read = read.unwrap_or(socket.limits.read);
        socket.limits.write = write.unwrap_or(socket.limits.write);
        socket.limits.connect = connect.unwrap_or(socket.limits.connect);
        // These options are hints: it does not matter if the kernel refuses them.
        if no_delay && socket.spec().has_ports() && socket.spec().is_stream() {
            let _ = crate::os::socket::send_at_once(socket.fd());
        }
        if let Some(size) = size {
            let _ = crate::os::socket::set_buffers(socket.fd(), size);
        }
    });
    let address = settings.get("bind_address").map(|address| address.to_text().ok_or(Failure::Thrown));
    if let Some(address) = address.transpose()? {
        connection::bind(socket, address.bytes(), settings.get("bind_port").map_or(0, Value::to_int))?;
    }
    Ok(())
}

fn connect(this: This<'_, Client>, host: &[u8], port: i64, timeout: f64, _flag: i64) -> Outcome<bool> {
    this.kind()?;
    if this.get("connected").as_value().to_bool() {
        return Err(fail(this, Errno::EISCONN as i64, crate::os::system::describe(Errno::EISCONN as i32)));
    }
    if host.is_empty() {
        return Err(outcome::warning("The host is empty"));
    }
    if spec(this.kind()?).is_some_and(Spec::needs_port) && !(1..=65535).contains(&port) {
        let text = format!("Invalid port argument[{port}]");
        fail(this, Errno::EINVAL as i64, text.as_str());
        return Err(outcome::warning(text));
    }
    let socket = open(this)?;
    // Other coroutines may close the client while it connects.
    drop(this.socket.replace(Some(socket.share())));
    let result = proxy_of(this).and_then(|proxy| {
        with(this, &socket, |socket| connection::connect_through(socket, host, port, timeout, proxy.as_ref()))
    });
    if let Err(failure) = result {
        drop(this.socket.take());
        return Err(failure);
    }
    // The client was closed meanwhile.
    if this.socket.borrow().is_none() {
        return Err(fail(
            this,
            Errno::ECANCELED as i64,
            crate::os::system::describe(Errno::ECANCELED as i32),
        ));
    }
    // In Swoole the limit of connect() becomes that of the connection.
    if timeout != 0.0 {
        with(this, &socket, |socket| limit_to(socket, waiting::limit(timeout)))?;
    }
    show(this, &socket);
    Ok(true)
}

/// Sets the time limits of sending and receiving.
fn limit_to(socket: This<'_, Socket>, limit: Option<Duration>) -> Outcome<()> {
    let token = socket.token()?;
    globals::with(|runtime| {
        if let Some(socket) = runtime.sockets.get(token) {
            (socket.limits.read, socket.limits.write) = (limit, limit);
        }
    });
    Ok(())
}

/// The proxy of a stream client.
fn proxy_of(this: This<'_, Client>) -> Outcome<Option<Proxy>> {
    let is_tcp = spec(this.kind()?).is_some_and(|spec| spec.has_ports() && spec.is_stream());
    let settings = this.get("setting");
    match Array::of(settings.as_value()).filter(|_| is_tcp) {
        Some(settings) => proxy::of(settings),
        None => Ok(None),
    }
}

/// The client is connected.
fn show(this: This<'_, Client>, socket: &Owned) {
    if let Some(socket) = object_of::<Socket>(socket.as_value()) {
        this.set("fd", socket.get("fd"));
    }
    this.set("connected", true);
}

fn peek(this: This<'_, Client>, length: i64) -> Outcome<Text> {
    call(this, |socket| io::peek(socket, length))
}

fn recv(this: This<'_, Client>, timeout: f64) -> Outcome<Text> {
    call(this, |socket| packet::recv_packet(socket, timeout))
}

fn send(this: This<'_, Client>, data: &[u8], timeout: f64) -> Outcome<i64> {
    if data.is_empty() {
        return Err(outcome::warning("data to send is empty"));
    }
    call(this, |socket| io::send_all(socket, data, timeout))
}

fn send_file(this: This<'_, Client>, path: &[u8], offset: i64, length: i64) -> Outcome<bool> {
    let spec = spec(this.kind()?).ok_or(Failure::False)?;
    if connected(this).is_some() && !path.is_empty() && !spec.is_stream() {
        return Err(fail(this, Errno::EINVAL as i64, "dgram socket cannot use sendfile"));
    }
    call(this, |socket| file::send(socket, path, offset, length))
}

/// A datagram client need not connect.
fn opened(this: This<'_, Client>) -> Outcome<Owned> {
    let spec = spec(this.kind()?).ok_or(Failure::False)?;
    if spec.is_stream() {
        return call(this, |_| Ok(()))
            .and(Err(outcome::warning("only supports SWOOLE_SOCK_(UDP/UDP6/UNIX_DGRAM)")));
    }
    if let Some(socket) = connected(this) {
        return Ok(socket);
    }
    let socket = open(this)?;
    drop(this.socket.replace(Some(socket.share())));
    show(this, &socket);
    Ok(socket)
}

fn send_to(this: This<'_, Client>, host: &[u8], port: i64, data: &[u8]) -> Outcome<bool> {
    if data.is_empty() {
        return Err(Failure::False);
    }
    let socket = opened(this)?;
    with(this, &socket, |socket| io::send_to(socket, host, port, data)).map(|_| true)
}

fn recv_from(
    this: This<'_, Client>,
    length: i64,
    address: Reference<'_>,
    port: Reference<'_>,
) -> Outcome<Text> {
    let socket = opened(this)?;
    let (text, from) = with(this, &socket, |socket| io::recv_with_address(socket, io::wanted(length), 0.0))?;
    let (host, number) = (Text::new(&from.host()), i64::from(from.port()));
    address.assign(host)?;
    port.assign(number)?;
    Ok(text)
}

fn enable_ssl(this: This<'_, Client>) -> Outcome<bool> {
    let settings = this.get("setting");
    let converted = tls::convert(Array::of(settings.as_value()).unwrap_or(Array::EMPTY))?;
    call(this, |socket| {
        socket.speak_tls(tls::settings(&converted)?);
        tls::ssl_handshake(socket)
    })
}

fn peer_certificate(this: This<'_, Client>) -> Outcome<Text> {
    call(this, |socket| {
        let token = socket.token()?;
        let certificate = globals::with(|runtime| runtime.sockets.get(token)?.tls()?.peer_certificate());
        certificate.map(|pem| Text::new(&pem)).ok_or_else(|| outcome::warning("SSL is not ready"))
    })
}

/// Whether the certificate of the peer is valid, even if the settings did not request this check.
fn verify(this: This<'_, Client>, allow_self_signed: bool) -> Outcome<bool> {
    call(this, |socket| {
        let token = socket.token()?;
        globals::with(|runtime| Some(runtime.sockets.get(token)?.tls()?.is_verified(allow_self_signed)))
            .ok_or_else(|| outcome::warning("SSL is not ready"))
    })
}

fn is_connected(this: This<'_, Client>) -> Outcome<bool> {
    this.kind()?;
    Ok(this.get("connected").as_value().to_bool() && connected(this).is_some())
}

fn name(this: This<'_, Client>) -> Outcome<NewArray> {
    call(this, connection::own_address).map(|address| show_address(&address))
}

fn peer_name(this: This<'_, Client>) -> Outcome<NewArray> {
    call(this, connection::peer_address).map(|address| show_address(&address))
}

/// The address of a socket, and the host under its older name, too.
fn show_address(address: &Address) -> NewArray {
    NewArray::with_capacity(3)
        .with("host", Text::new(&address.host()))
        .with("address", Text::new(&address.host()))
        .with("port", i32::from(address.port()))
}

fn close(this: This<'_, Client>) -> Outcome<bool> {
    let result = call(this, connection::close);
    drop(this.socket.take());
    this.set("connected", false);
    this.set("fd", -1);
    result
}

fn export(this: This<'_, Client>) -> Outcome<Owned> {
    this.kind()?;
    connected(this).ok_or(Failure::False)
}
