//! `Swoole\Coroutine\Server`: a coroutine for each connection.

use super::state::{Socket, object_for};
use super::{cancelling, connection, io, packet};
use crate::os::Errno;
use crate::os::socket::{self, Family, Spec};
use crate::php::constructed::{constructed_twice, not_constructed};
use crate::php::{exceptions, launch, log, outcome, settings, waiting};
use crate::rt::core::wait::WaitKind;
use crate::zend::arguments::Callable;
use crate::zend::arrays::{Array, NewArray};
use crate::zend::callback::Callback;
use crate::zend::class::Initial::{Bool, EmptyArray, EmptyText, Int, Null};
use crate::zend::class::{Class, Property, table};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::jump::Call;
use crate::zend::lifecycle::{Part, once};
use crate::zend::object::{Instance, PhpClass, This, object_of};
use crate::zend::task::Task;
use crate::zend::values::{Owned, Text, Value};
use crate::zend::{globals, method};
use std::cell::{Cell, RefCell};

pub(super) const PART: Part = Part {
    start: once!(|_| {
        CLASS.register();
        CONNECTION.register();
        if settings::use_shortname() {
            CLASS.alias("Co\\Server");
            CONNECTION.alias("Co\\Server\\Connection");
        }
    }),
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Coroutine\\Server")
    .objects::<Server>()
    .not_serializable()
    .properties(&[
        Property::public("host").default(EmptyText),
        Property::public("port").default(Int(0)),
        Property::public("type").default(Int(2)),
        Property::public("fd").default(Int(-1)),
        Property::public("errCode").default(Int(0)),
        Property::public("setting").default(EmptyArray),
        Property::protected("running").default(Bool(false)),
        Property::protected("fn").default(Null),
        Property::protected("socket").default(Null),
    ])
    .methods(table![
        method!(
            "public function __construct(string $host, int $port = 0, bool $ssl = false, bool $reuse_port = false)",
            construct
        ),
        method!("public function set(array $setting): void", set),
        method!("public function handle(callable $fn): void", handle),
        method!("lenient public function shutdown(): bool", shutdown),
        method!("lenient public function start(): bool", start),
    ]);

static CONNECTION: Class = Class::new("Swoole\\Coroutine\\Server\\Connection")
    .objects::<Connection>()
    .not_serializable()
    .properties(&[Property::protected("socket").default(Null)])
    .methods(table![
        method!("public function __construct(Swoole\\Coroutine\\Socket $conn)", connect),
        method!("public function recv(float $timeout = 0): string|false", recv),
        method!("public function send(string $data): int|false", send),
        method!("lenient public function close(): bool", close),
        method!("lenient public function exportSocket(): Swoole\\Coroutine\\Socket", export),
    ]);

/// The pause of the server when no descriptor is free, in seconds.
const PAUSE: f64 = 1.0;

/// The Rust value of each server.
#[derive(Default)]
struct Server {
    socket: RefCell<Option<Owned>>,
    function: RefCell<Option<Callback>>,
    is_running: Cell<bool>,
}

impl PhpClass for Server {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        if let Some(function) = self.function.borrow().as_ref() {
            function.visit(visitor);
        }
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.visit(visitor);
        }
    }
}

/// The Rust value of each connection.
#[derive(Default)]
struct Connection {
    socket: RefCell<Option<Owned>>,
}

impl PhpClass for Connection {
    fn class() -> &'static Class {
        &CONNECTION
    }

    fn visit(&self, visitor: &mut Visitor) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.visit(visitor);
        }
    }
}

fn socket_of(held: &RefCell<Option<Owned>>) -> Outcome<Owned> {
    held.borrow().as_ref().map(Owned::share).ok_or_else(not_constructed)
}

fn inner(socket: &Owned) -> Outcome<This<'_, Socket>> {
    object_of::<Socket>(socket.as_value()).ok_or(Failure::False)
}

fn construct(this: This<'_, Server>, host: &[u8], port: i64, ssl: bool, reuse_port: bool) -> Outcome<()> {
    if this.socket.borrow().is_some() {
        return Err(Failure::Error(constructed_twice(this).into()));
    }
    let (family, path) = match host.strip_prefix(b"unix:") {
        // `unix:/path`, `unix:///path`
        Some(path) => (Family::Unix, path.strip_prefix(b"//").unwrap_or(path)),
        None if host.contains(&b':') => (Family::Inet6, host),
        None => (Family::Inet, host),
    };
    let spec = Spec::of(family, true);
    let refuse = |errno: Errno| {
        outcome::note(errno);
        let message = format!("bind({}:{port}) failed", String::from_utf8_lossy(path));
        Failure::Throw {
            class: &exceptions::EXCEPTION,
            message: message.into(),
            code: i64::from(errno as i32),
        }
    };
    let token = globals::with(|runtime| runtime.sockets.open(spec)).map_err(refuse)?;
    let object = Owned::new(object_for(token)?);
    let bound = globals::with(|runtime| {
        let socket = runtime.sockets.get(token).ok_or(Errno::EBADF)?;
        if reuse_port && spec.has_ports() {
            socket::reuse_port(socket.fd())?;
        }
        let port = u16::try_from(port).map_err(|_| Errno::EINVAL)?;
        socket.bind(&crate::os::address::Address::parse(spec.domain, path, port)?)?;
        // Clients may connect before start() accepts them.
        socket::listen(socket.fd(), socket::BACKLOG)?;
        socket::name(socket.fd())
    });
    let port = i64::from(bound.map_err(refuse)?.port());
    this.set("setting", NewArray::with_capacity(1).with("open_ssl", ssl));
    this.set("host", Text::new(path));
    this.set("port", port);
    this.set("type", i64::from(spec.domain));
    this.set("fd", inner(&object)?.get("fd"));
    this.set("socket", object.share());
    this.socket.replace(Some(object));
    Ok(())
}

/// Sets settings. Earlier settings stay unless they are set again.
fn set(this: This<'_, Server>, settings: Array<'_>) -> Outcome<()> {
    socket_of(&this.socket)?;
    let before = this.get("setting");
    let all = match Array::of(before.as_value()) {
        Some(before) => before.merged_with(settings),
        None => return Ok(()),
    };
    this.set("setting", all);
    Ok(())
}

fn handle(this: This<'_, Server>, function: Callable<'_>) -> Outcome<()> {
    socket_of(&this.socket)?;
    this.set_value("fn", function.value());
    drop(this.function.replace(Some(Callback::unchecked(function.value()))));
    Ok(())
}

fn shutdown(this: This<'_, Server>) -> Outcome<bool> {
    let socket = socket_of(&this.socket)?;
    this.is_running.set(false);
    this.set("running", false);
    cancelling::cancel(inner(&socket)?, None)
}

fn start(this: This<'_, Server>) -> Outcome<bool> {
    let object = socket_of(&this.socket)?;
    let socket = inner(&object)?;
    if this.function.borrow().is_none() {
        this.set("errCode", Errno::EINVAL as i32);
        return Ok(false);
    }
    let settings = this.get("setting");
    if let Some(settings) = Array::of(settings.as_value()) {
        packet::set_protocol(socket, settings).inspect_err(|_| this.set("errCode", Errno::EINVAL as i32))?;
    }
    drop(settings);
    this.is_running.set(true);
    this.set("running", true);
    let ended = accept_all(this, socket);
    this.is_running.set(false);
    this.set("running", false);
    ended.map(|()| true)
}

fn accept_all(this: This<'_, Server>, socket: This<'_, Socket>) -> Outcome<()> {
    while this.is_running.get() {
        match connection::accept(socket, 0.0) {
            Ok(accepted) => serve(this, Owned::new(accepted))?,
            Err(Failure::False) if !goes_on(this, socket)? => break,
            Err(Failure::False) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// Runs the function for a connection, in a coroutine. With TLS the handshake comes first; when it fails, the connection
/// is closed.
fn serve(this: This<'_, Server>, accepted: Owned) -> Outcome<()> {
    let settings = this.get("setting");
    if let Some(settings) = Array::of(settings.as_value()) {
        packet::inherit(inner(&accepted)?, settings)?;
    }
    drop(settings);
    let handshake = inner(&accepted)?.tls_settings().is_some().then(|| {
        let mut callable = NewArray::with_capacity(2);
        callable.push(accepted.share());
        callable.push("sslHandshake");
        Callback::unchecked(Owned::new(callable).as_value())
    });
    let connection = Instance::made::<Connection>(|connection| {
        connection.set("socket", accepted.share());
        connection.socket.replace(Some(accepted));
    })?;
    let Some(function) = this.function.borrow().as_ref().map(Callback::share) else { return Ok(()) };
    let arguments = std::iter::once(Owned::new(connection));
    // When there are too many coroutines the connection is closed.
    launch::create_or_warn(|| match handshake {
        Some(handshake) => Task::call_if(handshake, function, arguments),
        None => Task::call(function, arguments),
    })
}

/// Whether the server continues after it could not accept a connection.
fn goes_on(this: This<'_, Server>, socket: This<'_, Socket>) -> Outcome<bool> {
    let code = i32::try_from(socket.get("errCode").as_value().to_int()).unwrap_or(0);
    this.set("errCode", code);
    match Errno::from_raw(code) {
        Errno::ECANCELED | Errno::EBADF => Ok(false),
        _ if !this.is_running.get() => Ok(false),
        // The connection failed before it was accepted, or no connection came in time: the socket listens on.
        Errno::ETIMEDOUT
        | Errno::EPROTO
        | Errno::ENETDOWN
        | Errno::ENETUNREACH
        | Errno::ENONET
        | Errno::EHOSTDOWN
        | Errno::EHOSTUNREACH
        | Errno::ENOPROTOOPT => Ok(true),
        Errno::EMFILE | Errno::ENFILE | Errno::ENOMEM | Errno::ENOBUFS | Errno::EPERM => {
            log::warning(&format!(
                "Coroutine\\Server: cannot accept a connection: {}; trying again in {PAUSE} s",
                crate::os::system::describe(code)
            ));
            waiting::wait(WaitKind::Event, waiting::limit(PAUSE))?;
            Ok(true)
        }
        _ => match outcome::warning(format!(
            "accept failed, Error: {}[{code}]",
            crate::os::system::describe(code)
        ))
        .raise()
        {
            Call::Returned => Ok(false),
            _ => Err(Failure::Thrown),
        },
    }
}

fn connect(this: This<'_, Connection>, socket: Value<'_>) -> Outcome<()> {
    if object_of::<Socket>(socket).is_none() {
        return Err(outcome::wrong_type(1, "conn", "Swoole\\Coroutine\\Socket", socket));
    }
    this.set_value("socket", socket);
    drop(this.socket.replace(Some(Owned::of(socket))));
    Ok(())
}

fn recv(this: This<'_, Connection>, timeout: f64) -> Outcome<Text> {
    let socket = socket_of(&this.socket)?;
    packet::recv_packet(inner(&socket)?, timeout)
}

fn send(this: This<'_, Connection>, data: &[u8]) -> Outcome<i64> {
    let socket = socket_of(&this.socket)?;
    io::send_all(inner(&socket)?, data, 0.0)
}

fn close(this: This<'_, Connection>) -> Outcome<bool> {
    let socket = socket_of(&this.socket)?;
    connection::close(inner(&socket)?)
}

fn export(this: This<'_, Connection>) -> Outcome<Owned> {
    socket_of(&this.socket)
}
