//! An OpenSSL session between two buffers.

use crate::os::spare::Spare;
use crate::os::tls::context;
use crate::os::tls::settings::{Failure, Settings, Side, Step};
use openssl::error::ErrorStack;
use openssl::ssl::{self, ErrorCode, SslStream};
use openssl::x509::X509VerifyResult;
use std::io;

/// The library's name and version.
pub fn version() -> Option<&'static str> {
    Some(openssl::version::version())
}

/// Received bytes that OpenSSL has not read yet, and bytes to send.
#[derive(Debug, Default)]
struct Buffers {
    received: Vec<u8>,
    taken: usize,
    to_send: Vec<u8>,
}

impl io::Read for Buffers {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.received.get(self.taken..).unwrap_or_default();
        if there.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let len = there.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..len), there.get(..len)) {
            to.copy_from_slice(from);
        }
        self.taken += len;
        if self.taken == self.received.len() {
            self.received.clear();
            self.taken = 0;
        }
        Ok(len)
    }
}

impl io::Write for Buffers {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.to_send.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One side of a connection.
#[derive(Debug)]
pub struct Session {
    stream: SslStream<Buffers>,
}

impl Session {
    /// Begins a session.
    pub fn new(side: Side, settings: &Settings) -> Result<Session, Failure> {
        let ssl = context::prepare(side, settings)?;
        let stream = SslStream::new(ssl, Buffers::default()).map_err(context::setting("TLS"))?;
        Ok(Session { stream })
    }

    /// Continues the handshake.
    pub fn handshake(&mut self) -> Result<Step<()>, Failure> {
        self.step(|stream| stream.do_handshake())
    }

    /// Whether the handshake is over.
    pub fn is_established(&self) -> bool {
        self.stream.ssl().is_init_finished()
    }

    /// Takes bytes from the peer.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.stream.get_mut().received.extend_from_slice(bytes);
    }

    /// The bytes to send to the peer.
    pub fn to_send(&self) -> &[u8] {
        &self.stream.get_ref().to_send
    }

    /// Removes the first `len` bytes to send: they were sent.
    pub fn note_sent(&mut self, len: usize) {
        let to_send = &mut self.stream.get_mut().to_send;
        to_send.drain(..len.min(to_send.len()));
    }

    /// Reads data from the peer; zero at EOF.
    pub fn read(&mut self, mut buffer: Spare<'_>) -> Result<Step<usize>, Failure> {
        let buffer = buffer.as_uninit();
        self.until_end(|stream| stream.ssl_read_uninit(buffer))
    }

    /// As [`Session::read`], but consumes nothing.
    pub fn peek(&mut self, mut buffer: Spare<'_>) -> Result<Step<usize>, Failure> {
        let mut copy = vec![0; buffer.len().min(MOST)];
        let step = self.until_end(|stream| stream.ssl_peek(&mut copy))?;
        if let Step::Done(len) = step {
            buffer.put(0, copy.get(..len).unwrap_or_default());
        }
        Ok(step)
    }

    /// Writes data for the peer. Returns how much of it was taken.
    pub fn write(&mut self, data: &[u8]) -> Result<usize, Failure> {
        if data.is_empty() {
            return Ok(0);
        }
        let data = data.get(..MOST).unwrap_or(data);
        match self.step(|stream| stream.ssl_write(data))? {
            Step::Done(len) => Ok(len),
            Step::NeedsInput => Err(Failure::Protocol("the handshake is not over".into())),
        }
    }

    /// Ends the data of this side (close_notify).
    pub fn close(&mut self) {
        // Does not wait for the peer's answer.
        let _ = self.step(|stream| stream.shutdown().map(drop));
    }

    /// The certificate of the peer, in PEM format.
    pub fn peer_certificate(&self) -> Option<Vec<u8>> {
        self.stream.ssl().peer_certificate()?.to_pem().ok()
    }

    /// Whether the certificate of the peer is valid, or is self-signed and that is allowed.
    pub fn is_verified(&self, allow_self_signed: bool) -> bool {
        let result = self.stream.ssl().verify_result();
        result == X509VerifyResult::OK || (allow_self_signed && result.as_raw() == context::SELF_SIGNED)
    }

    /// The negotiated application protocol (ALPN).
    pub fn alpn(&self) -> Option<&[u8]> {
        self.stream.ssl().selected_alpn_protocol()
    }

    fn step<T>(
        &mut self,
        call: impl FnOnce(&mut SslStream<Buffers>) -> Result<T, ssl::Error>,
    ) -> Result<Step<T>, Failure> {
        // Otherwise earlier errors would look like errors of this call.
        drop(ErrorStack::get());
        let error = match call(&mut self.stream) {
            Ok(done) => return Ok(Step::Done(done)),
            Err(error) => error,
        };
        match error.code() {
            ErrorCode::WANT_READ | ErrorCode::WANT_WRITE => Ok(Step::NeedsInput),
            _ => {
                let verified = self.stream.ssl().verify_result();
                Err(if verified == X509VerifyResult::OK {
                    Failure::Protocol(error.ssl_error().map_or_else(|| error.to_string(), context::reason))
                } else {
                    Failure::Verify(verified.error_string().to_owned())
                })
            }
        }
    }

    fn until_end(
        &mut self,
        call: impl FnOnce(&mut SslStream<Buffers>) -> Result<usize, ssl::Error>,
    ) -> Result<Step<usize>, Failure> {
        self.step(|stream| match call(stream) {
            Err(error) if error.code() == ErrorCode::ZERO_RETURN => Ok(0),
            result => result,
        })
    }
}

/// The largest content of one record, in bytes.
const MOST: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::tls::settings::Identity;
    use openssl::asn1::Asn1Time;
    use openssl::hash::MessageDigest;
    use openssl::pkey::PKey;
    use openssl::rsa::Rsa;
    use openssl::symm::Cipher;
    use openssl::x509::extension::SubjectAlternativeName;
    use openssl::x509::{X509, X509Name};
    use std::path::PathBuf;

    /// A self-signed certificate with its key, in a file.
    fn identity(name: &str, first_day: i64, last_day: u32) -> Identity {
        let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        let mut subject = X509Name::builder().unwrap();
        subject.append_entry_by_text("CN", name).unwrap();
        let subject = subject.build();
        let mut builder = X509::builder().unwrap();
        builder.set_version(2).unwrap();
        builder.set_subject_name(&subject).unwrap();
        builder.set_issuer_name(&subject).unwrap();
        builder.set_pubkey(&key).unwrap();
        let now =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64;
        builder.set_not_before(&Asn1Time::from_unix(now + first_day * 86400).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::from_unix(now + i64::from(last_day) * 86400).unwrap()).unwrap();
        let names =
            SubjectAlternativeName::new().dns(name).build(&builder.x509v3_context(None, None)).unwrap();
        builder.append_extension(names).unwrap();
        builder.sign(&key, MessageDigest::sha256()).unwrap();
        let mut pem = builder.build().to_pem().unwrap();
        pem.extend(key.private_key_to_pem_pkcs8().unwrap());
        let path = std::env::temp_dir().join(format!("tls-{}-{name}-{first_day}.pem", std::process::id()));
        std::fs::write(&path, pem).unwrap();
        Identity { certificate: path, key: None, passphrase: None }
    }

    struct Removed(PathBuf);

    impl Drop for Removed {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    /// Carries bytes between two sessions until both have completed the handshake.
    fn shake(client: &mut Session, server: &mut Session) -> Result<(), Failure> {
        while !(client.is_established() && server.is_established()) {
            let _ = client.handshake()?;
            carry(client, server);
            let step = server.handshake();
            carry(server, client);
            let _ = step?;
        }
        Ok(())
    }

    fn carry(from: &mut Session, to: &mut Session) {
        let bytes = from.to_send().to_vec();
        // In parts, as a network does.
        for part in bytes.chunks(100) {
            to.hear(part);
        }
        from.note_sent(bytes.len());
    }

    fn read(session: &mut Session, room: usize) -> Result<Step<Vec<u8>>, Failure> {
        let mut text = vec![0; room];
        Ok(match session.read(Spare::from(&mut text))? {
            Step::Done(len) => Step::Done(text[..len].to_vec()),
            Step::NeedsInput => Step::NeedsInput,
        })
    }

    fn pair(client: &Settings, server: &Settings) -> Result<(Session, Session), Failure> {
        let mut pair = (Session::new(Side::Client, client)?, Session::new(Side::Server, server)?);
        shake(&mut pair.0, &mut pair.1)?;
        Ok(pair)
    }

    #[test]
    fn what_one_says_the_other_reads() {
        let own = identity("a.test", -1, 1);
        let _file = Removed(own.certificate.clone());
        let trusting = Settings {
            verify_peer: true,
            ca_file: Some(own.certificate.clone()),
            host_name: Some("a.test".into()),
            alpn: vec!["two".into(), "one".into()],
            ..Settings::default()
        };
        let serving =
            Settings { identity: Some(own), alpn: vec!["zero".into(), "one".into()], ..Settings::default() };
        let (mut client, mut server) = pair(&trusting, &serving).unwrap();
        assert_eq!((client.alpn(), server.alpn()), (Some(&b"one"[..]), Some(&b"one"[..])));
        assert!(client.peer_certificate().unwrap().starts_with(b"-----BEGIN CERTIFICATE-----"));
        assert_eq!(read(&mut client, 9), Ok(Step::NeedsInput));
        let long = vec![b'x'; 40_000];
        let mut said = 0;
        while said < long.len() {
            said += client.write(&long[said..]).unwrap();
        }
        carry(&mut client, &mut server);
        let mut heard = Vec::new();
        while let Step::Done(part) = read(&mut server, 30_000).unwrap() {
            heard.extend(part);
        }
        assert_eq!(heard, long);
        assert_eq!(server.write(b"answer"), Ok(6));
        carry(&mut server, &mut client);
        let mut first = [0; 3];
        assert_eq!(client.peek(Spare::from(&mut first)), Ok(Step::Done(3)));
        assert_eq!((&first, read(&mut client, 9)), (b"ans", Ok(Step::Done(b"answer".to_vec()))));
        server.close();
        carry(&mut server, &mut client);
        assert_eq!(read(&mut client, 9), Ok(Step::Done(Vec::new())));
    }

    #[test]
    fn nobody_is_trusted_without_a_good_certificate() {
        let (good, old) = (identity("b.test", -1, 1), identity("b.test", -3, 0));
        let files = [&good, &old].map(|identity| Removed(identity.certificate.clone()));
        let serve =
            |identity: &Identity| Settings { identity: Some(identity.clone()), ..Settings::default() };
        let trusting = |file: &Identity, name: &str| Settings {
            verify_peer: true,
            ca_file: Some(file.certificate.clone()),
            host_name: Some(name.into()),
            ..Settings::default()
        };
        assert!(pair(&trusting(&good, "b.test"), &serve(&good)).is_ok());
        let refused = |client: &Settings, server: &Settings| match pair(client, server) {
            Err(Failure::Verify(why)) => why,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(&trusting(&good, "c.test"), &serve(&good)), "hostname mismatch");
        assert_eq!(refused(&trusting(&old, "b.test"), &serve(&old)), "certificate has expired");
        let system = Settings { ca_file: None, ..trusting(&good, "b.test") };
        assert_eq!(refused(&system, &serve(&good)), "self-signed certificate");
        assert!(pair(&Settings { allow_self_signed: true, ..system }, &serve(&good)).is_ok());
        assert!(pair(&Settings::default(), &serve(&old)).is_ok());
        // A server that requires client certificates.
        let strict = Settings { verify_peer: true, ca_file: Some(good.certificate.clone()), ..serve(&good) };
        assert!(matches!(pair(&Settings::default(), &strict), Err(Failure::Protocol(_))));
        assert!(pair(&serve(&good), &strict).is_ok());
        drop(files);
    }

    #[test]
    fn a_server_shows_what_the_name_asks_for() {
        let (one, two) = (identity("one.test", -1, 1), identity("two.test", -1, 1));
        let files = [&one, &two].map(|identity| Removed(identity.certificate.clone()));
        let server = Settings {
            identity: Some(one.clone()),
            identities: vec![("two.test".into(), two.clone())],
            ..Settings::default()
        };
        for (name, file) in [("one.test", &one), ("two.test", &two)] {
            let client = Settings {
                verify_peer: true,
                ca_file: Some(file.certificate.clone()),
                host_name: Some(name.into()),
                ..Settings::default()
            };
            assert!(pair(&client, &server).is_ok(), "{name}");
        }
        drop(files);
    }

    #[test]
    fn a_key_with_a_passphrase_needs_it_and_no_terminal_is_asked() {
        let own = identity("locked.test", -1, 1);
        let pem = std::fs::read(&own.certificate).unwrap();
        let key = PKey::private_key_from_pem(&pem).unwrap();
        let locked =
            key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), b"with a \0 inside").unwrap();
        let file = own.certificate.with_extension("key");
        std::fs::write(&file, locked).unwrap();
        let files = [Removed(own.certificate.clone()), Removed(file.clone())];
        let with = |passphrase: Option<&[u8]>| {
            let passphrase = passphrase.map(<[u8]>::to_vec);
            let identity = Identity { key: Some(file.clone()), passphrase, ..own.clone() };
            Session::new(Side::Server, &Settings { identity: Some(identity), ..Settings::default() })
        };
        assert!(with(Some(b"with a \0 inside")).is_ok());
        let reason = |passphrase| match with(passphrase) {
            Err(Failure::Setting(text)) => text,
            other => panic!("{other:?}"),
        };
        assert!(
            reason(None).ends_with("locked.test--1.key: the key needs ssl_passphrase"),
            "{}",
            reason(None)
        );
        for wrong in [&b"with a "[..], b"", &[b'x'; 5000]] {
            assert!(reason(Some(wrong)).ends_with("bad decrypt"), "{}", reason(Some(wrong)));
        }
        drop(files);
    }

    #[test]
    fn settings_of_no_use_are_told() {
        let told = |side, settings: &Settings| match Session::new(side, settings) {
            Err(Failure::Setting(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(told(Side::Server, &Settings::default()), "a server needs ssl_cert_file and ssl_key_file");
        let missing = Identity { certificate: "/no/such/file".into(), ..Identity::default() };
        let text = told(Side::Server, &Settings { identity: Some(missing), ..Settings::default() });
        assert!(text.contains("/no/such/file") && text.contains("No such file"), "{text}");
        let ciphers = Settings { ciphers: Some("NONSENSE".into()), ..Settings::default() };
        assert!(told(Side::Client, &ciphers).contains("NONSENSE"));
        let name = Settings { host_name: Some("a\0b".into()), ..Settings::default() };
        assert!(told(Side::Client, &name).contains("NUL"));
    }
}
