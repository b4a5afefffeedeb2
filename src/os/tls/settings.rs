//! The settings of a TLS session, and the results of its steps.

use std::path::PathBuf;

/// Which side of a connection a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The side that sends first.
    Client,
    /// The side that answers.
    Server,
}

/// A certificate and its key, in PEM files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The certificate, and the intermediate ones.
    pub certificate: PathBuf,
    /// The file of the key; `None` if it is in the same file.
    pub key: Option<PathBuf>,
    /// The passphrase of the key; any bytes.
    pub passphrase: Option<Vec<u8>>,
}

/// The settings of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The certificate of this side. A server needs one.
    pub identity: Option<Identity>,
    /// The certificates that a server shows to clients which ask for these names.
    pub identities: Vec<(String, Identity)>,
    /// Whether the peer has to show a certificate that is signed by a trusted one and is for `host_name`.
    pub verify_peer: bool,
    /// Whether a self-signed certificate is accepted, too.
    pub allow_self_signed: bool,
    /// The largest number of intermediate certificates.
    pub verify_depth: Option<u32>,
    /// The file of trusted certificates. If the file and the folder are missing, the system's are used.
    pub ca_file: Option<PathBuf>,
    /// The folder of trusted certificates.
    pub ca_path: Option<PathBuf>,
    /// The server name that a client asks for.
    pub host_name: Option<String>,
    /// OpenSSL's list of ciphers.
    pub ciphers: Option<String>,
    /// The allowed versions. If none is set, all that the system allows.
    pub protocols: Protocols,
    /// The application protocols (ALPN), the best first.
    pub alpn: Vec<String>,
}

/// Versions of the protocol.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protocols {
    /// TLS 1.0 to 1.3.
    pub versions: [bool; 4],
}

impl Protocols {
    /// The first and the last allowed version; `None` for the default.
    #[cfg(feature = "tls")]
    pub(super) fn range(self) -> Option<(usize, usize)> {
        let first = self.versions.iter().position(|&wanted| wanted)?;
        Some((first, self.versions.iter().rposition(|&wanted| wanted)?))
    }
}

/// Why a session could not begin or continue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no TLS in this build.
    Absent,
    /// A file, a name or a list in the settings is invalid, with the reason.
    Setting(String),
    /// The peer has no trusted certificate, with the reason.
    Verify(String),
    /// The two sides do not agree: OpenSSL's error text.
    Protocol(String),
}

/// The result of a step of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// The step is done.
    Done(T),
    /// Bytes from the peer are needed first.
    NeedsInput,
}
