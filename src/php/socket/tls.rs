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
use crate::zend::arrays::Array;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::object::This;
use crate::zend::values::{Text, Value};
use crate::zend::{cwd, globals};
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

/// The settings of TLS; `None` without `open_ssl`.
pub(super) fn settings(array: Array<'_>) -> Outcome<Option<Settings>> {
    let is_asked = array.get("open_ssl").is_some_and(Value::to_bool);
    if is_asked { settings_of(array).map(Some) } else { Ok(None) }
}

/// The settings of TLS, if `open_ssl` is on.
pub(super) fn settings_of(array: Array<'_>) -> Outcome<Settings> {
    let on = |key: &str| array.get(key).is_some_and(Value::to_bool);
    let protocols = array.get("ssl_protocols").map_or(0, Value::to_int);
    // Swoole's servers take the certificates to check their clients from another option.
    let client_ca = path(array, "ssl_client_cert_file")?;
    Ok(Settings {
        identity: identity(array)?,
        identities: identities(array)?,
        verify_peer: on("ssl_verify_peer"),
        allow_self_signed: on("ssl_allow_self_signed"),
        verify_depth: array.get("ssl_verify_depth").and_then(|depth| u32::try_from(depth.to_int()).ok()),
        ca_file: path(array, "ssl_cafile")?.or(client_ca),
        ca_path: path(array, "ssl_capath")?,
        host_name: text(array, "ssl_host_name")?,
        ciphers: text(array, "ssl_ciphers")?,
        protocols: Protocols { versions: VERSIONS.map(|version| protocols & version != 0) },
        alpn: names(array, "ssl_alpn_protocols")?,
    })
}

fn bytes(array: Array<'_>, key: &str) -> Outcome<Option<Vec<u8>>> {
    let Some(value) = array.get(key).filter(|value| !value.is_null()) else { return Ok(None) };
    let text = value.to_text().ok_or(Failure::Thrown)?;
    Ok(Some(text.bytes().to_vec()).filter(|text| !text.is_empty()))
}

fn text(array: Array<'_>, key: &str) -> Outcome<Option<String>> {
    let Some(bytes) = bytes(array, key)? else { return Ok(None) };
    String::from_utf8(bytes).map(Some).map_err(|_| outcome::warning(format!("{key} must be text in UTF-8")))
}

fn path(array: Array<'_>, key: &str) -> Outcome<Option<PathBuf>> {
    let Some(bytes) = bytes(array, key)? else { return Ok(None) };
    let path = cwd::resolve(OsStr::from_bytes(&bytes));
    path.map(Some).map_err(|errno| outcome::system(key, errno))
}

fn identity(array: Array<'_>) -> Outcome<Option<Identity>> {
    let Some(certificate) = path(array, "ssl_cert_file")? else { return Ok(None) };
    let (key, passphrase) = (path(array, "ssl_key_file")?, bytes(array, "ssl_passphrase")?);
    Ok(Some(Identity { certificate, key, passphrase }))
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
fn names(array: Array<'_>, key: &str) -> Outcome<Vec<String>> {
    let Some(value) = array.get(key).filter(|value| !value.is_null()) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    let mut add = |value: Value<'_>| {
        let text = value.to_text().ok_or(Failure::Thrown)?;
        names.extend(String::from_utf8_lossy(text.bytes()).split(',').map(|name| name.trim().to_owned()));
        Ok(())
    };
    match Array::of(value).filter(|_| !value.is_object()) {
        Some(list) => list.iter().try_for_each(|(_, name)| add(name))?,
        None => add(value)?,
    }
    Ok(names)
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
