//! The messages to and from a proxy until it has connected to the server: SOCKS 5 (RFC 1928, RFC 1929), and HTTP's
//! CONNECT (RFC 9110). Nothing here touches a socket.

use std::net::IpAddr;

/// The longest answer of an HTTP proxy, in bytes.
const LONGEST: usize = 8192;

/// The protocol of a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyKind {
    /// SOCKS, version 5.
    Socks,
    /// HTTP.
    Http,
}

/// The user and the password for a proxy.
pub type Login<'l> = Option<(&'l [u8], &'l [u8])>;

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyError {
    /// The other side is not a SOCKS 5 proxy.
    Version,
    /// The proxy requires a method of authentication that is not supported, or the settings have no user.
    Method,
    /// The proxy does not know the user, or the password is wrong.
    Login,
    /// The proxy cannot connect, with the code of SOCKS.
    Server(u8),
    /// The proxy cannot connect, with the status of HTTP.
    Status(u16),
    /// The other side is not an HTTP proxy.
    Malformed,
    /// A name or a password is too long for the protocol.
    TooLong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Greeting,
    Login,
    Request,
    Http,
    Done,
}

/// A conversation with a proxy.
#[derive(Debug)]
pub struct Conversation {
    step: Step,
    /// The next message, and the one after a greeting.
    to_send: Vec<u8>,
    login: Vec<u8>,
    request: Vec<u8>,
    heard: Vec<u8>,
}

impl Conversation {
    /// Begins a conversation for a connection to a port of a host.
    pub fn new(
        speech: ProxyKind,
        host: &[u8],
        port: u16,
        login: Login<'_>,
    ) -> Result<Conversation, ProxyError> {
        let begin =
            |step, to_send, login, request| Conversation { step, to_send, login, request, heard: Vec::new() };
        let address = std::str::from_utf8(host).ok().and_then(|host| host.parse::<IpAddr>().ok());
        if speech == ProxyKind::Http {
            return Ok(begin(Step::Http, connect(host, address, port, login), Vec::new(), Vec::new()));
        }
        let mut request = vec![5, 1, 0];
        match address {
            Some(IpAddr::V4(ip)) => request.extend([1].iter().chain(&ip.octets())),
            Some(IpAddr::V6(ip)) => request.extend([4].iter().chain(&ip.octets())),
            None => {
                request.push(3);
                put_short(&mut request, host)?;
            }
        }
        request.extend(port.to_be_bytes());
        let mut words = Vec::new();
        let mut greeting = vec![5, 1, 0];
        if let Some((user, password)) = login {
            greeting = vec![5, 2, 0, 2];
            words.push(1);
            put_short(&mut words, user)?;
            put_short(&mut words, password)?;
        }
        Ok(begin(Step::Greeting, greeting, words, request))
    }

    /// The bytes to send before the proxy answers.
    pub fn to_send(&self) -> &[u8] {
        &self.to_send
    }

    /// Notes that this number of bytes was sent.
    pub fn note_sent(&mut self, len: usize) {
        self.to_send.drain(..len.min(self.to_send.len()));
    }

    /// Whether the proxy has connected.
    pub fn is_over(&self) -> bool {
        self.step == Step::Done
    }

    /// Takes bytes from the proxy. Returns how many of them belong to the proxy's answer. The others come from the
    /// server.
    pub fn hear(&mut self, seen: &[u8]) -> Result<usize, ProxyError> {
        let before = self.heard.len();
        self.heard.extend_from_slice(seen);
        let Some(len) = self.length()? else { return Ok(seen.len()) };
        let answer: Vec<u8> = self.heard.drain(..).take(len).collect();
        self.understand(&answer)?;
        Ok(len.saturating_sub(before))
    }

    /// The length of the current answer; `None` if more bytes are needed.
    fn length(&self) -> Result<Option<usize>, ProxyError> {
        let whole = match (self.step, self.heard.as_slice()) {
            (Step::Done, _) => 0,
            (Step::Greeting | Step::Login, _) => 2,
            (Step::Request, [_, _, _, 1, ..]) => 4 + 4 + 2,
            (Step::Request, [_, _, _, 4, ..]) => 4 + 16 + 2,
            (Step::Request, [_, _, _, 3, len, ..]) => 4 + 1 + usize::from(*len) + 2,
            (Step::Request, [_, _, _, 3]) => return Ok(None),
            (Step::Request, [_, _, _, _, ..]) => return Err(ProxyError::Version),
            (Step::Request, _) => return Ok(None),
            (Step::Http, heard) => {
                let end = memchr::memmem::find(heard, b"\r\n\r\n");
                return match end {
                    Some(end) if end <= LONGEST => Ok(Some(end + 4)),
                    None if heard.len() <= LONGEST => Ok(None),
                    _ => Err(ProxyError::Malformed),
                };
            }
        };
        Ok(Some(whole).filter(|&whole| self.heard.len() >= whole))
    }

    fn understand(&mut self, answer: &[u8]) -> Result<(), ProxyError> {
        match (self.step, answer) {
            (Step::Greeting, [5, 0]) | (Step::Login, [_, 0]) => {
                self.step = Step::Request;
                self.to_send = std::mem::take(&mut self.request);
            }
            (Step::Greeting, [5, 2]) if !self.login.is_empty() => {
                self.step = Step::Login;
                self.to_send = std::mem::take(&mut self.login);
            }
            (Step::Greeting, [5, _]) => return Err(ProxyError::Method),
            (Step::Login, _) => return Err(ProxyError::Login),
            (Step::Request, [5, 0, ..]) => self.step = Step::Done,
            (Step::Request, [5, code, ..]) => return Err(ProxyError::Server(*code)),
            (Step::Http, _) => match status(answer).ok_or(ProxyError::Malformed)? {
                200..300 => self.step = Step::Done,
                407 => return Err(ProxyError::Login),
                status => return Err(ProxyError::Status(status)),
            },
            _ => return Err(ProxyError::Version),
        }
        Ok(())
    }
}

fn put_short(to: &mut Vec<u8>, text: &[u8]) -> Result<(), ProxyError> {
    to.push(u8::try_from(text.len()).map_err(|_| ProxyError::TooLong)?);
    to.extend_from_slice(text);
    Ok(())
}

/// The HTTP request. A control character in the host could begin further lines, so these are removed.
fn connect(host: &[u8], address: Option<IpAddr>, port: u16, login: Login<'_>) -> Vec<u8> {
    let host = match address {
        Some(IpAddr::V6(ip)) => format!("[{ip}]"),
        _ => String::from_utf8_lossy(host).chars().filter(|c| !c.is_control() && *c != ' ').collect(),
    };
    let mut text = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if let Some((user, password)) = login {
        text += "Proxy-Authorization: Basic ";
        text += &base64(&[user, b":", password].concat());
        text += "\r\n";
    }
    text += "\r\n";
    text.into_bytes()
}

fn base64(data: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in data.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (at, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS.get((bits >> shift & 63) as usize).filter(|_| at <= chunk.len());
            text.push(char::from(digit.copied().unwrap_or(b'=')));
        }
    }
    text
}

/// The status in an HTTP answer.
fn status(answer: &[u8]) -> Option<u16> {
    let mut words = answer.split(|&byte| matches!(byte, b' ' | b'\r'));
    words.next().filter(|version| version.starts_with(b"HTTP/1."))?;
    std::str::from_utf8(words.next()?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lets a proxy answer in parts, followed by data of the server. Returns the messages to the proxy, and the result.
    fn talk(mut own: Conversation, says: &[&[u8]], part: usize) -> (Vec<Vec<u8>>, Result<bool, ProxyError>) {
        let mut said = vec![own.to_send().to_vec()];
        own.note_sent(usize::MAX);
        for text in says {
            let mut left = [text, &b"of the server"[..]].concat();
            let mut heard = 0;
            while heard < text.len() {
                let seen = left.len().min(part);
                match own.hear(&left[..seen]) {
                    Ok(len) => {
                        heard += len;
                        left.drain(..len);
                    }
                    Err(refused) => return (said, Err(refused)),
                }
            }
            assert_eq!(left, b"of the server");
            said.push(own.to_send().to_vec());
            own.note_sent(usize::MAX);
        }
        (said, Ok(own.is_over()))
    }

    const DONE: &[u8] = &[5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

    #[test]
    fn a_proxy_of_socks_is_told_where_to_connect() {
        for part in [1, 3, 100] {
            let own = Conversation::new(ProxyKind::Socks, b"a.example", 443, None).unwrap();
            let (said, end) = talk(own, &[&[5, 0], DONE], part);
            assert_eq!((said[0].as_slice(), end), (&[5, 1, 0][..], Ok(true)));
            assert_eq!(said[1], b"\x05\x01\x00\x03\x09a.example\x01\xbb");
        }
        let own = Conversation::new(ProxyKind::Socks, b"192.0.2.1", 80, None).unwrap();
        let (said, _) = talk(own, &[&[5, 0], b"\x05\x00\x00\x03\x02ab\x00\x50"], 1);
        assert_eq!(said[1], b"\x05\x01\x00\x01\xc0\x00\x02\x01\x00\x50");
        let own = Conversation::new(ProxyKind::Socks, b"::1", 80, None).unwrap();
        let (said, end) =
            talk(own, &[&[5, 0], &[5, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]], 1);
        assert_eq!((said[1][3], end), (4, Ok(true)));
    }

    #[test]
    fn a_proxy_of_socks_may_want_to_know_the_user() {
        let own = || Conversation::new(ProxyKind::Socks, b"a", 1, Some((b"me", b"secret"))).unwrap();
        let (said, end) = talk(own(), &[&[5, 2], &[1, 0], DONE], 1);
        assert_eq!(
            (said[0].as_slice(), said[1].as_slice(), end),
            (&[5, 2, 0, 2][..], &b"\x01\x02me\x06secret"[..], Ok(true))
        );
        assert_eq!(talk(own(), &[&[5, 0], DONE], 1).1, Ok(true));
        assert_eq!(talk(own(), &[&[5, 2], &[1, 1]], 1).1, Err(ProxyError::Login));
        let nobody = Conversation::new(ProxyKind::Socks, b"a", 1, None).unwrap();
        assert_eq!(talk(nobody, &[&[5, 2]], 1).1, Err(ProxyError::Method));
        let long = [b'x'; 256];
        assert_eq!(Conversation::new(ProxyKind::Socks, &long, 1, None).unwrap_err(), ProxyError::TooLong);
        assert_eq!(
            Conversation::new(ProxyKind::Socks, b"a", 1, Some((&long, b""))).unwrap_err(),
            ProxyError::TooLong
        );
    }

    #[test]
    fn a_proxy_of_socks_may_refuse() {
        let own = || Conversation::new(ProxyKind::Socks, b"a", 1, None).unwrap();
        assert_eq!(talk(own(), &[&[4, 0]], 2).1, Err(ProxyError::Version));
        assert_eq!(talk(own(), &[&[5, 255]], 2).1, Err(ProxyError::Method));
        assert_eq!(talk(own(), &[&[5, 0], &[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]], 2).1, Err(ProxyError::Server(5)));
        assert_eq!(talk(own(), &[&[5, 0], &[5, 0, 0, 9, 0]], 2).1, Err(ProxyError::Version));
    }

    #[test]
    fn a_proxy_of_http_is_told_where_to_connect() {
        let own = Conversation::new(ProxyKind::Http, b"a.example", 443, Some((b"me", b"secret"))).unwrap();
        let (said, end) = talk(own, &[b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n"], 1);
        let told = "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n";
        assert_eq!((said[0].as_slice(), end), (told.as_bytes(), Ok(true)));
        let own = Conversation::new(ProxyKind::Http, b"2001:db8::1", 443, None).unwrap();
        assert!(own.to_send().starts_with(b"CONNECT [2001:db8::1]:443 HTTP/1.1\r\n"));
        let own = Conversation::new(ProxyKind::Http, b"a\r\nb: c", 443, None).unwrap();
        assert!(own.to_send().starts_with(b"CONNECT ab:c:443 HTTP/1.1\r\n"));
    }

    #[test]
    fn a_proxy_of_http_may_refuse() {
        let own = || Conversation::new(ProxyKind::Http, b"a", 1, None).unwrap();
        assert_eq!(talk(own(), &[b"HTTP/1.1 407 Who?\r\n\r\n"], 5).1, Err(ProxyError::Login));
        assert_eq!(talk(own(), &[b"HTTP/1.0 502 Bad\r\n\r\n"], 5).1, Err(ProxyError::Status(502)));
        assert_eq!(talk(own(), &[b"SSH-2.0\r\n\r\n"], 5).1, Err(ProxyError::Malformed));
        assert_eq!(talk(own(), &[&[b'x'; 10_000]], 500).1, Err(ProxyError::Malformed));
    }

    #[test]
    fn base64_has_its_ends() {
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }

    proptest! {
        #[test]
        fn no_answer_is_taken_amiss(http: bool, text in prop::collection::vec(any::<u8>(), 0..100), part in 1_usize..20) {
            let speech = if http { ProxyKind::Http } else { ProxyKind::Socks };
            let mut own = Conversation::new(speech, b"a", 1, None).unwrap();
            for part in text.chunks(part) {
                match own.hear(part) {
                    Ok(len) => prop_assert!(len <= part.len()),
                    Err(_) => break,
                }
            }
        }
    }
}
