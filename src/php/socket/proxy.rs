//! Proxies of clients: their settings in scripts, and the conversation before a connection.

use super::state::Socket;
use super::wait::{self, finish, halt, limit_of};
use crate::php::outcome;
use crate::php::waiting::Deadline;
use crate::rt::core::handles::SocketToken;
use crate::rt::core::registrations::Direction;
use crate::rt::socket::proxy::{Conversation, ProxyError, ProxyKind};
use crate::rt::socket::{Attempt, Stop};
use crate::zend::arrays::Array;
use crate::zend::errors::{Failure, Outcome};
use crate::zend::globals;
use crate::zend::object::This;
use crate::zend::values::Text;

/// `SWOOLE_ERROR_SOCKS5_UNSUPPORT_VERSION` and the codes that follow it.
const SOCKS_VERSION: i64 = 7001;
const SOCKS_METHOD: i64 = 7002;
const SOCKS_LOGIN: i64 = 7003;
const SOCKS_SERVER: i64 = 7004;
/// `SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_ERROR`.
const HTTP: i64 = 7101;

/// A proxy that a connection goes through.
pub(super) struct Proxy {
    speech: ProxyKind,
    /// The address of the proxy.
    pub(super) host: Text,
    pub(super) port: i64,
    user: Option<Text>,
    password: Option<Text>,
}

fn text(settings: Array<'_>, key: &str) -> Outcome<Option<Text>> {
    let Some(value) = settings.get(key).filter(|value| !value.is_null()) else { return Ok(None) };
    let text = value.to_text().ok_or(Failure::Thrown)?;
    Ok(Some(text).filter(|text| !text.bytes().is_empty()))
}

/// The proxy among the settings of a client, if there is one.
pub(super) fn of(settings: Array<'_>) -> Outcome<Option<Proxy>> {
    let (speech, host, prefix) = match text(settings, "socks5_host")? {
        Some(host) => (ProxyKind::Socks, host, "socks5"),
        None => match text(settings, "http_proxy_host")? {
            Some(host) => (ProxyKind::Http, host, "http_proxy"),
            None => return Ok(None),
        },
    };
    let get = |name: &str| settings.get(&format!("{prefix}_{name}")).map(|value| value.to_int());
    let port = get("port").filter(|&port| port != 0);
    let port = port.ok_or_else(|| outcome::warning(format!("{prefix}_port should not be null")))?;
    let user = match text(settings, &format!("{prefix}_username"))? {
        None => text(settings, &format!("{prefix}_user"))?,
        user => user,
    };
    let password = text(settings, &format!("{prefix}_password"))?;
    Ok(Some(Proxy { speech, host, port, user, password }))
}

/// Lets the proxy connect to a port of a host.
pub(super) fn talk(
    this: This<'_, Socket>,
    token: SocketToken,
    proxy: &Proxy,
    host: &[u8],
    port: u16,
    mut deadline: Deadline,
) -> Outcome<()> {
    let login = proxy
        .user
        .as_ref()
        .map(|user| (user.bytes(), proxy.password.as_ref().map_or(&[][..], |password| password.bytes())));
    let begun = Conversation::new(proxy.speech, host, port, login).map(|conversation| {
        globals::with(|runtime| runtime.sockets.get(token).map(|socket| socket.begin_proxy(conversation)));
    });
    begun.map_err(|refused| tell(this, proxy.speech, refused))?;
    let talked = loop {
        let (talked, direction) = once(token);
        match talked {
            Ok(result) => break Ok(result),
            Err(Stop::Again) => {
                let deadline = deadline.get(|| limit_of(token, |limits| limits.connect));
                if let Err(halt) = wait::pause(token, direction, deadline) {
                    break Err(halt);
                }
            }
            Err(stop) => break Err(halt(stop, direction)),
        }
    };
    finish(this, talked)?.map_err(|refused| tell(this, proxy.speech, refused))
}

fn once(token: SocketToken) -> (Attempt<Result<(), ProxyError>>, Direction) {
    globals::with(|runtime| match runtime.sockets.claim(token, Direction::Read) {
        Ok(socket) => (socket.talk_to_proxy(), socket.proxy_direction()),
        Err(stop) => (Err(stop), Direction::Read),
    })
}

/// Reports to the script why the proxy has not connected.
fn tell(this: This<'_, Socket>, speech: ProxyKind, refused: ProxyError) -> Failure {
    let (code, text) = match (speech, refused) {
        (ProxyKind::Http, ProxyError::Status(status)) => {
            (HTTP, format!("the proxy has refused to connect, with status {status}"))
        }
        (ProxyKind::Http, ProxyError::Login) => (HTTP, "the proxy does not know this user".to_owned()),
        (ProxyKind::Http, _) => (HTTP, "the proxy does not speak HTTP".to_owned()),
        (_, ProxyError::Method) => (SOCKS_METHOD, "the proxy wants another way to tell the user".to_owned()),
        (_, ProxyError::Login) => (SOCKS_LOGIN, "the proxy does not know this user".to_owned()),
        (_, ProxyError::Server(code)) => {
            (SOCKS_SERVER, format!("the proxy cannot connect, with code {code}"))
        }
        (_, ProxyError::TooLong) => {
            (SOCKS_SERVER, "a name, user or password is longer than SOCKS allows".to_owned())
        }
        (_, ProxyError::Version | ProxyError::Status(_) | ProxyError::Malformed) => {
            (SOCKS_VERSION, "the proxy does not speak SOCKS 5".to_owned())
        }
    };
    outcome::set_last_error(code);
    this.set("errCode", code);
    this.set("errMsg", text.as_str());
    Failure::False
}
