//! TLS on sockets: its settings in scripts, and the handshake.

use super::state::{Socket, fail};
use super::wait::{finish, halt, halted, limit_of, pause};
use crate::os::Errno;
use crate::os::tls::Session;
use crate::os::tls::settings::{Failure as TlsFailure, Identity, Protocols, Settings, Side};
use crate::php::outcome;
use crate::php::waiting::{Deadline, Halt};
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::socket::{self as sockets, Limits, Stop};
use crate::zend::arrays::{Array, NewArray};
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::values::{Owned, Text, Value};
use crate::zend::{cwd, globals, jump};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

/// `SWOOLE_ERROR_SSL_VERIFY_FAILED`.
const VERIFY_FAILED: i64 = 1014;
/// `SWOOLE_ERROR_SSL_HANDSHAKE_FAILED`.
const HANDSHAKE_FAILED: i64 = 1018;
/// `SWOOLE_ERROR_SSL_CREATE_CONTEXT_FAILED`.
const NO_CONTEXT: i64 = 1019;

/// `SWOOLE_SSL_TLSv1` to `SWOOLE_SSL_TLSv1_3`.
const VERSIONS: [i64; 4] = [8, 16, 32, 64];

/// The settings that are texts.
const TEXTS: &[&str] = &[
    "ssl_cert_file",
    "ssl_key_file",
    "ssl_passphrase",
    "ssl_client_cert_file",
    "ssl_cafile",
    "ssl_capath",
    "ssl_host_name",
    "ssl_ciphers",
];

/// The settings that are numbers.
const NUMBERS: &[&str] = &["ssl_protocols", "ssl_verify_depth"];

/// Whether the settings ask for TLS.
pub(super) fn is_asked(array: Array<'_>) -> bool {
    array.get("open_ssl").is_some_and(Value::to_bool)
}

/// A copy of the settings for [`settings`], with texts and numbers in place of objects. Making it may run PHP code.
pub(super) fn convert(array: Array<'_>) -> Outcome<NewArray> {
    fn one_or_list(value: Value<'_>) -> Option<Owned> {
        match Array::of(value) {
            Some(list) => list.convert(Value::to_text).map(Owned::new),
            None => value.to_text().map(Owned::new),
        }
    }
    fn identities(value: Value<'_>) -> Option<Owned> {
        let identity = |value: Value<'_>| match Array::of(value) {
            Some(settings) => settings.convert_named(TEXTS, Value::to_text).map(Owned::new),
            None => Some(Owned::new(())),
        };
        Array::of(value).map_or_else(|| Some(Owned::new(())), |names| names.convert(identity).map(Owned::new))
    }
    let converted = || {
        array
            .convert_named(TEXTS, Value::to_text)?
            .as_array()
            .convert_named(NUMBERS, |value| Some(value.to_int()))?
            .as_array()
            .convert_named(&["ssl_alpn_protocols"], one_or_list)?
            .as_array()
            .convert_named(&["ssl_sni_certs"], identities)
    };
    converted().filter(|_| !jump::is_thrown()).ok_or(Failure::Thrown)
}

/// The settings of TLS among those that were converted.
pub(super) fn settings(converted: &NewArray) -> Outcome<Settings> {
    let array = converted.as_array();
    let on = |key: &str| array.get(key).is_some_and(Value::to_bool);
    let protocols = array.get("ssl_protocols").and_then(Value::as_int).unwrap_or(0);
    // Swoole's servers take the certificates to check their clients from another option.
    let client_ca = path(array, "ssl_client_cert_file")?;
    Ok(Settings {
        identity: identity(array)?,
        identities: identities(array)?,
        verify_peer: on("ssl_verify_peer"),
        allow_self_signed: on("ssl_allow_self_signed"),
        verify_depth: array
            .get("ssl_verify_depth")
            .and_then(Value::as_int)
            .and_then(|depth| u32::try_from(depth).ok()),
        ca_file: path(array, "ssl_cafile")?.or(client_ca),
        ca_path: path(array, "ssl_capath")?,
        host_name: text(array, "ssl_host_name")?,
        ciphers: text(array, "ssl_ciphers")?,
        protocols: Protocols { versions: VERSIONS.map(|version| protocols & version != 0) },
        alpn: names(array, "ssl_alpn_protocols"),
    })
}

fn bytes<'v>(array: Array<'v>, key: &str) -> Option<&'v [u8]> {
    array.get(key).and_then(Value::as_bytes).filter(|text| !text.is_empty())
}

fn text(array: Array<'_>, key: &str) -> Outcome<Option<String>> {
    let Some(bytes) = bytes(array, key) else { return Ok(None) };
    let text = std::str::from_utf8(bytes).map(str::to_owned);
    text.map(Some).map_err(|_| outcome::warning(format!("{key} must be text in UTF-8")))
}

fn path(array: Array<'_>, key: &str) -> Outcome<Option<PathBuf>> {
    let Some(bytes) = bytes(array, key) else { return Ok(None) };
    let path = cwd::resolve(OsStr::from_bytes(bytes));
    path.map(Some).map_err(|errno| outcome::system(key, errno))
}

fn identity(array: Array<'_>) -> Outcome<Option<Identity>> {
    let Some(certificate) = path(array, "ssl_cert_file")? else { return Ok(None) };
    let passphrase = bytes(array, "ssl_passphrase").map(<[u8]>::to_vec);
    Ok(Some(Identity { certificate, key: path(array, "ssl_key_file")?, passphrase }))
}

/// The certificates for the names that clients ask for: an array of settings for each name.
fn identities(array: Array<'_>) -> Outcome<Vec<(String, Identity)>> {
    let mut identities = Vec::new();
    let Some(names) = array.get("ssl_sni_certs").and_then(Array::of) else { return Ok(identities) };
    for (name, settings) in names.iter() {
        let name = name.and_then(|name| std::str::from_utf8(name).ok());
        let identity = Array::of(settings).map_or(Ok(None), identity)?;
        let (Some(name), Some(identity)) = (name, identity) else {
            return Err(outcome::warning(
                "ssl_sni_certs must be an array of names with ssl_cert_file and ssl_key_file",
            ));
        };
        identities.push((name.to_owned(), identity));
    }
    Ok(identities)
}

/// A list of names, or one string with commas.
fn names(array: Array<'_>, key: &str) -> Vec<String> {
    let Some(value) = array.get(key) else { return Vec::new() };
    let split = |value: Value<'_>| -> Vec<String> {
        let text = String::from_utf8_lossy(value.as_bytes().unwrap_or_default());
        text.split(',').map(|name| name.trim().to_owned()).collect()
    };
    match Array::of(value) {
        Some(list) => list.iter().flat_map(|(_, name)| split(name)).collect(),
        None if value.is_null() => Vec::new(),
        None => split(value),
    }
}

/// If the settings have no name of the server, the host that the script has connected to is used.
pub(super) fn with_name(settings: Rc<Settings>, name: Option<&str>) -> Rc<Settings> {
    match name {
        Some(name) if settings.host_name.is_none() => {
            Rc::new(Settings { host_name: Some(name.to_owned()), ..Settings::clone(&settings) })
        }
        _ => settings,
    }
}

/// Gives a socket a TLS session, for [`shake`]; false if it has a session already.
pub(super) fn begin(
    this: This<'_, Socket>,
    token: SocketToken,
    side: Side,
    settings: Rc<Settings>,
) -> Outcome<bool> {
    let speaks =
        globals::with(|runtime| runtime.sockets.get(token).is_some_and(|socket| socket.tls().is_some()));
    if speaks {
        return Ok(false);
    }
    let session = Session::new(side, &settings).map_err(|failure| tell(this, failure))?;
    // Other coroutines may run before the caller continues, if it ever does.
    drop(settings);
    let begun = claim_both(token, |socket| socket.begin_tls(session));
    begun.map_err(|(stop, direction)| halted(this, halt(stop, direction)))?;
    Ok(true)
}

/// Begins TLS on a connection.
pub(super) fn shake(
    this: This<'_, Socket>,
    token: SocketToken,
    deadline: Deadline,
    own: fn(&Limits) -> Option<Duration>,
) -> Outcome<()> {
    let shaken = shake_on(token, deadline, own);
    let failure = globals::with(|runtime| runtime.sockets.get(token)?.take_tls_failure());
    match failure {
        Some(failure) => Err(tell(this, failure)),
        None => finish(this, shaken),
    }
}

/// A handshake both receives and sends: no other coroutine may wait for either direction.
fn claim_both<T>(
    token: SocketToken,
    body: impl FnOnce(&mut sockets::Socket) -> T,
) -> Result<T, (Stop, Direction)> {
    globals::with(|runtime| {
        runtime.sockets.claim(token, Direction::Read).map_err(|stop| (stop, Direction::Read))?;
        let socket = runtime.sockets.claim(token, Direction::Write);
        socket.map(body).map_err(|stop| (stop, Direction::Write))
    })
}

fn shake_on(
    token: SocketToken,
    mut deadline: Deadline,
    own: fn(&Limits) -> Option<Duration>,
) -> Result<(), Halt> {
    loop {
        let shaken = claim_both(token, |socket| (socket.handshake(), socket.handshake_direction()));
        let (shaken, direction) = shaken.unwrap_or_else(|(stop, direction)| (Err(stop), direction));
        match shaken {
            Ok(()) => return Ok(()),
            Err(Stop::Again) => {
                pause(token, direction, deadline.get(|| limit_of(token, own)))?;
            }
            Err(stop) => return Err(halt(stop, direction)),
        }
    }
}

/// Reports to the script why there is no session.
fn tell(this: This<'_, Socket>, failure: TlsFailure) -> Failure {
    let (code, text, warns) = match failure {
        TlsFailure::Absent => {
            let text =
                "this build of the module has no TLS: build it where the headers of OpenSSL are (libssl-dev)";
            (NO_CONTEXT, text.to_owned(), true)
        }
        TlsFailure::Setting(text) => (NO_CONTEXT, text, true),
        TlsFailure::Verify(why) => {
            (VERIFY_FAILED, format!("SSL certificate verification failed: {why}"), false)
        }
        TlsFailure::Protocol(why) => (HANDSHAKE_FAILED, format!("SSL handshake failed: {why}"), false),
    };
    outcome::set_last_error(code);
    this.set("errCode", code);
    this.set("errMsg", text.as_str());
    if warns { outcome::warning(text) } else { Failure::False }
}

pub(super) fn ssl_handshake(this: This<'_, Socket>) -> Outcome<bool> {
    let token = this.token()?;
    if globals::with(|runtime| runtime.sockets.get(token).is_none()) {
        return Err(fail(this, Errno::EBADF));
    }
    let Some(settings) = this.tls_settings() else {
        return Err(outcome::warning("call setProtocol() with 'open_ssl' => true first"));
    };
    let side = if this.is_accepted.get() { Side::Server } else { Side::Client };
    if !begin(this, token, side, settings)? {
        return Err(fail(this, Errno::EISCONN));
    }
    shake(this, token, Deadline::Limit(0.0), |limits| limits.read)?;
    Ok(true)
}

/// The application protocol that both sides have agreed on (ALPN).
pub(super) fn alpn(this: This<'_, Socket>) -> Outcome<Text> {
    let token = this.token()?;
    let name = globals::with(|runtime| runtime.sockets.get(token)?.tls()?.alpn().map(<[u8]>::to_vec));
    name.map(|name| Text::new(&name)).ok_or(Failure::False)
}
