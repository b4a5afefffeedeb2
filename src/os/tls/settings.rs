//! What a session of TLS is made of, and how it goes on.

use std::path::PathBuf;

/// Which side of a connection a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It speaks first.
    Client,
    /// It answers.
    Server,
}

/// A certificate and its key, in files of the form PEM.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The certificate, and those that have signed it.
    pub certificate: PathBuf,
    /// The key; in the same file when it is missing.
    pub key: Option<PathBuf>,
    /// What opens the key.
    pub passphrase: Option<String>,
}

/// How a session is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What this side shows. A server needs one.
    pub identity: Option<Identity>,
    /// What a server shows to those who ask for these names.
    pub identities: Vec<(String, Identity)>,
    /// The peer has to show a certificate that is signed by one of ours, and is of `host_name`.
    pub verify_peer: bool,
    /// A certificate that has signed itself is good, too.
    pub allow_self_signed: bool,
    /// How many certificates may be between.
    pub verify_depth: Option<u32>,
    /// Files and folders with the certificates that are trusted; the system's when both are missing.
    pub ca_file: Option<PathBuf>,
    /// As above.
    pub ca_path: Option<PathBuf>,
    /// The name of the server that a client asks for.
    pub host_name: Option<String>,
    /// OpenSSL's list of ciphers.
    pub ciphers: Option<String>,
    /// The versions that are spoken, in bits; all that the system allows when it is nought.
    pub protocols: Protocols,
    /// The protocols that are spoken inside, the best first.
    pub alpn: Vec<String>,
}

/// Versions of the protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocols {
    /// TLS 1.0 to 1.3.
    pub versions: [bool; 4],
}

impl Protocols {
    /// The first and the last that are wanted; `None` for no wish.
    #[cfg(feature = "tls")]
    pub(super) fn range(self) -> Option<(usize, usize)> {
        let first = self.versions.iter().position(|&wanted| wanted)?;
        Some((first, self.versions.iter().rposition(|&wanted| wanted)?))
    }
}

/// Why there is no session, or no more of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no TLS in this build.
    Absent,
    /// A file, a name or a list among the settings is of no use: which, and why.
    Setting(String),
    /// The peer has shown no certificate that is trusted: why.
    Verify(String),
    /// The two do not understand each other: OpenSSL's words.
    Protocol(String),
}

/// What a session does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// It is done.
    Done(T),
    /// The peer has to be heard first.
    NeedsInput,
}
