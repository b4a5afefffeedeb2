//! `Swoole\Coroutine\Socket`: sockets whose calls yield to other coroutines while they wait.

mod address;
mod cancelling;
mod client;
mod connection;
mod constants;
mod exception;
mod file;
mod handles;
mod io;
mod options;
mod packet;
mod proxy;
mod server;
mod state;
mod tls;
mod vector;
mod wait;

use crate::os::socket::Spec;
use crate::os::{Errno, system};
use crate::php::constructed::constructed_twice;
use crate::php::handles::unusable;
use crate::php::waiting::{Deadline, Halt};
use crate::php::{outcome, settings};
use crate::rt::core::handles::{PipeToken, SendingToken, SocketToken};
use crate::rt::handle::ArrivalKind;
use crate::zend::arrays::NewArray;
use crate::zend::class::Initial::{Bool, EmptyText, Int};
use crate::zend::class::{Class, Property, table};
use crate::zend::constants::register_missing;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::gc::Visitor;
use crate::zend::lifecycle::{self, Part, once};
use crate::zend::object::{Instance, PhpClass, This, object_of};
use crate::zend::running::running_function;
use crate::zend::values::{Owned, Value};
use crate::zend::{function, globals, method, static_method, streams};
use exception::EXCEPTION;
use state::{Socket, adopt, object_for, small};
use std::os::fd::RawFd;
use std::time::Instant;

pub(super) const PART: Part = Part {
    start: once!(|module| {
        register_missing(module, constants::SHARED);
        CLASS.register();
        EXCEPTION.register();
        if settings::use_shortname() {
            CLASS.alias("Co\\Socket");
            EXCEPTION.alias("Co\\Socket\\Exception");
        }
        lifecycle::register_functions(
            &table![function!(
                "lenient function swoole_coroutine_socketpair(int $domain, int $type, int $protocol): array|false",
                pair
            )]
            .0,
        );
    }),
    parts: &[client::PART, server::PART],
    ..Part::NONE
};

static CLASS: Class = Class::new("Swoole\\Coroutine\\Socket")
    .objects::<Socket>()
    .not_serializable()
    .properties(&[
        Property::public("fd").readonly().default(Int(-1)),
        Property::public("domain").readonly().default(Int(0)),
        Property::public("type").readonly().default(Int(0)),
        Property::public("protocol").readonly().default(Int(0)),
        Property::public("errCode").default(Int(0)),
        Property::public("errMsg").default(EmptyText),
        Property::public("__ext_sockets_nonblock").default(Bool(false)),
        Property::public("__ext_sockets_timeout").default(Int(0)),
    ])
    .methods(table![
        method!("public function __construct(int $domain, int $type, int $protocol = IPPROTO_IP)", construct),
        method!("public function bind(string $address, int $port = 0): bool", connection::bind),
        method!("public function listen(int $backlog = 512): bool", connection::listen),
        method!(
            "public function accept(float $timeout = 0): Swoole\\Coroutine\\Socket|false",
            connection::accept
        ),
        method!(
            "public function connect(string $host, int $port = 0, float $timeout = 0): bool",
            connection::connect
        ),
        method!("lenient public function checkLiveness(): bool", connection::check_liveness),
        method!("public function getBoundCid(int $event): int", bound_cid),
        method!("public function peek(int $length = 65536): string|false", io::peek),
        method!("public function recv(int $length = 65536, float $timeout = 0): string|false", io::recv),
        method!(
            "public function recvAll(int $length = 65536, float $timeout = 0): string|false",
            io::recv_all
        ),
        method!(
            "public function recvLine(int $length = 65536, float $timeout = 0): string|false",
            packet::recv_line
        ),
        method!(
            "public function recvWithBuffer(int $length = 65536, float $timeout = 0): string|false",
            packet::recv_with_buffer
        ),
        method!("public function recvPacket(float $timeout = 0): string|false", packet::recv_packet),
        method!("public function send(string $data, float $timeout = 0): int|false", io::send),
        method!(
            "public function readVector(array $io_vector, float $timeout = 0): array|false",
            vector::read
        ),
        method!(
            "public function readVectorAll(array $io_vector, float $timeout = 0): array|false",
            vector::read_all
        ),
        method!(
            "public function writeVector(array $io_vector, float $timeout = 0): int|false",
            vector::write
        ),
        method!(
            "public function writeVectorAll(array $io_vector, float $timeout = 0): int|false",
            vector::write_all
        ),
        method!("public function sendFile(string $file, int $offset = 0, int $length = 0): bool", file::send),
        method!("public function sendAll(string $data, float $timeout = 0): int|false", io::send_all),
        method!(
            "public function recvfrom(mixed &$peername, float $timeout = 0): string|false",
            io::recv_from
        ),
        method!("public function sendto(string $addr, int $port, string $data): int|false", io::send_to),
        method!("public function getOption(int $level, int $opt_name): mixed", options::get),
        method!("public function setOption(int $level, int $opt_name, mixed $opt_value): bool", options::set),
        method!("lenient public function sslHandshake(): bool", tls::ssl_handshake),
        method!("public function setProtocol(array $settings): bool", packet::set_protocol),
        method!("public function shutdown(int $how = 2): bool", connection::shutdown),
        method!("public function cancel(int $event = SWOOLE_EVENT_READ): bool", cancelling::cancel),
        method!("lenient public function close(): bool", connection::close),
        method!("lenient public function getpeername(): array|false", connection::peer_name),
        method!("lenient public function getsockname(): array|false", connection::name),
        method!("lenient public function isClosed(): bool", is_closed),
        static_method!("public static function import($stream): Swoole\\Coroutine\\Socket|false", import),
    ])
    .additions(table![
        method!(
            "public function sendHandle(mixed $handle, string $data = '', float $timeout = 0): bool",
            handles::send_handle
        ),
        method!(
            "public function receiveHandle(float $timeout = 0, mixed &$data = null): mixed",
            handles::receive_handle
        ),
        method!("lenient public function getAlpnProtocol(): string|false", tls::alpn),
        method!("public function setBlocking(bool $enable = true): bool", connection::set_blocking),
    ]);

impl PhpClass for Socket {
    fn class() -> &'static Class {
        &CLASS
    }

    fn visit(&self, visitor: &mut Visitor) {
        self.visit_callables(visitor);
    }
}

fn spec(domain: i64, kind: i64, protocol: i64) -> Result<Spec, Errno> {
    Ok(Spec { domain: small(domain)?, kind: small(kind)?, protocol: small(protocol)? })
}

fn construct(this: This<'_, Socket>, domain: i64, kind: i64, protocol: Option<i64>) -> Outcome<()> {
    if this.token.get().is_some() {
        return Err(Failure::Error(constructed_twice(this).into()));
    }
    let made = spec(domain, kind, protocol.unwrap_or(0))
        .and_then(|spec| globals::with(|runtime| runtime.sockets.open(spec)));
    match made {
        Ok(token) => {
            adopt(this, token);
            Ok(())
        }
        Err(errno) => {
            let number = errno as i32;
            let text = format!("new Socket() failed. Error: {} [{number}]", system::describe(number));
            outcome::note(errno);
            Err(Failure::Throw { class: &EXCEPTION, message: text.into(), code: number.into() })
        }
    }
}

fn pair(domain: i64, kind: i64, protocol: i64) -> Outcome<NewArray> {
    let made = spec(domain, kind, protocol)
        .and_then(|spec| globals::with(|runtime| runtime.sockets.open_pair(spec)));
    let tokens = made.map_err(|errno| outcome::system("socketpair()", errno))?;
    let mut both = NewArray::with_capacity(2);
    for token in tokens {
        both.push(object_for(token)?);
    }
    Ok(both)
}

fn import(stream: Value<'_>) -> Outcome<Instance> {
    if !stream.is_resource() {
        let text = format!(
            "{}(): Argument #1 ($stream) must be of type resource, {} given",
            running_function(),
            stream.type_name()
        );
        return Err(Failure::TypeError(text.into()));
    }
    if !streams::is_open(stream) {
        let text = format!("{}(): supplied resource is not a valid stream resource", running_function());
        return Err(Failure::TypeError(text.into()));
    }
    let number = streams::descriptor(stream)
        .ok_or_else(|| outcome::warning("the stream has no descriptor to import"))?;
    let token = globals::with(|runtime| runtime.sockets.import(number))
        .map_err(|errno| outcome::system(format!("import({number})"), errno))?;
    object_for(token)
}

/// The exported socket of a process: a copy of its end of the pipe.
pub(super) fn export(pipe: PipeToken) -> Outcome<Owned> {
    let token = globals::with(|runtime| runtime.sockets.export(&mut runtime.pipes, pipe))
        .map_err(|errno| outcome::system("exportSocket()", errno))?;
    object_for(token).map(Owned::new)
}

/// Whether an object is an open socket.
pub(super) fn is_open(value: Value<'_>) -> bool {
    descriptor(value).is_some()
}

/// The descriptor, if `value` is an open socket.
pub(super) fn descriptor(value: Value<'_>) -> Option<RawFd> {
    let token = object_of::<Socket>(value)?.token.get()?;
    globals::with(|runtime| runtime.sockets.get(token).map(|socket| socket.number()))
}

/// Whether a value is a socket of ours.
pub(super) fn is_socket(value: Value<'_>) -> bool {
    object_of::<Socket>(value).is_some()
}

/// The socket of an object.
pub(super) fn token(value: Value<'_>) -> Option<SocketToken> {
    object_of::<Socket>(value)?.token.get()
}

/// Sends a handle through a socket for which the caller has no object.
pub(super) fn send_number(
    token: SocketToken,
    number: RawFd,
    data: &[u8],
    deadline: Option<Instant>,
) -> Result<(), Halt> {
    handles::send_until(token, number, data, Deadline::At(deadline))
}

/// Waits for a handle or a value from such a socket. The socket holds it then.
pub(super) fn hold(token: SocketToken, what: ArrivalKind, deadline: Option<Instant>) -> Result<(), Halt> {
    handles::hold_until(token, what, Deadline::At(deadline))
}

/// Sends a handle or a value through such a socket. Its sending was begun.
pub(super) fn send_outgoing(
    token: SocketToken,
    name: SendingToken,
    deadline: Option<Instant>,
) -> Result<(), Halt> {
    handles::send_outgoing(token, name, Deadline::At(deadline))
}

/// As [`crate::php::handles::number`], also of a socket of ours.
pub(super) fn handle_number(handle: Value<'_>) -> Outcome<RawFd> {
    handles::number(handle)
}

/// Another socket object for the same socket.
pub(super) fn duplicate(socket: Value<'_>) -> Outcome<Owned> {
    let number = handle_number(socket)?;
    let token = globals::with(|runtime| runtime.sockets.import(number)).map_err(unusable)?;
    object_for(token).map(Owned::new)
}

fn bound_cid(this: This<'_, Socket>, event: i64) -> Outcome<i64> {
    let token = this.token()?;
    let Some(direction) = cancelling::direction(event) else { return Ok(0) };
    let cid = globals::with(|runtime| runtime.sockets.get(token).and_then(|socket| socket.holder(direction)));
    Ok(cid.unwrap_or(0))
}

fn is_closed(this: This<'_, Socket>) -> Outcome<bool> {
    let token = this.token()?;
    Ok(globals::with(|runtime| runtime.sockets.get(token).is_none()))
}
