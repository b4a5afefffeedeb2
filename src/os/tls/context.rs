//! The context of a session: certificates, trust, versions and protocols, as the settings say.

use crate::os::fault::{Call, check};
use crate::os::tls::settings::{Failure, Identity, Settings, Side};
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{
    AlpnError, NameType, SniError, Ssl, SslContext, SslContextBuilder, SslMethod, SslMode, SslOptions,
    SslRef, SslVerifyMode, SslVersion,
};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io;
use std::net::IpAddr;
use std::path::Path;

/// A session that has not begun: of this side, with these settings.
pub(super) fn prepare(side: Side, settings: &Settings) -> Result<Ssl, Failure> {
    let mut context = context(side, settings)?;
    if side == Side::Server {
        if settings.identity.is_none() {
            return Err(Failure::Setting("a server needs ssl_cert_file and ssl_key_file".into()));
        }
        let mut others = HashMap::new();
        for (name, identity) in &settings.identities {
            let own =
                Settings { identity: Some(identity.clone()), identities: Vec::new(), ..settings.clone() };
            others.insert(name.clone(), self::context(side, &own)?.build());
        }
        if !others.is_empty() {
            context.set_servername_callback(move |ssl, _| select_context(ssl, &others));
        }
    }
    let mut ssl = Ssl::new(&context.build()).map_err(setting("TLS"))?;
    match side {
        Side::Client => {
            ssl.set_connect_state();
            if let Some(name) = &settings.host_name {
                check_name(OsStr::new(name))?;
                name_peer(&mut ssl, name, settings.verify_peer).map_err(setting(name))?;
            }
        }
        Side::Server => ssl.set_accept_state(),
    }
    Ok(ssl)
}

/// The library's functions require names in UTF-8 without NUL.
fn check_name(name: &OsStr) -> Result<(), Failure> {
    match name.to_str() {
        Some(text) if !text.contains('\0') => Ok(()),
        _ => Err(Failure::Setting(format!("{}: not UTF-8, or a NUL", name.display()))),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let content = check(Call::Open).map_err(io::Error::from).and_then(|()| std::fs::read(path));
    content.map_err(|error| Failure::Setting(format!("{}: {error}", path.display())))
}

pub(super) fn setting(what: impl std::fmt::Display) -> impl FnOnce(ErrorStack) -> Failure {
    move |errors| Failure::Setting(format!("{what}: {}", reason(&errors)))
}

/// OpenSSL's error text: why the innermost of its functions failed.
pub(super) fn reason(errors: &ErrorStack) -> String {
    errors.errors().iter().find_map(|error| error.reason()).unwrap_or("unknown error").to_owned()
}

/// Loads the certificate and key of this side.
fn load_identity(context: &mut SslContextBuilder, identity: &Identity) -> Result<(), Failure> {
    let Identity { certificate, key, passphrase } = identity;
    check_name(certificate.as_os_str())?;
    // For an unreadable file the system's error text is better than OpenSSL's.
    read(certificate)?;
    context.set_certificate_chain_file(certificate).map_err(setting(certificate.display()))?;
    let file = key.as_ref().unwrap_or(certificate);
    let key = read_key(file, passphrase.as_deref())?;
    context.set_private_key(&key).map_err(setting(file.display()))?;
    context.check_private_key().map_err(setting(file.display()))
}

/// Reads a private key. Without a function that returns the passphrase, OpenSSL would ask for it on the terminal or on
/// standard input, and block the process.
fn read_key(file: &Path, passphrase: Option<&[u8]>) -> Result<PKey<Private>, Failure> {
    let pem = read(file)?;
    let mut is_missing = false;
    let key = PKey::private_key_from_pem_callback(&pem, |room| {
        is_missing = passphrase.is_none();
        let passphrase = passphrase.unwrap_or_default();
        // A passphrase that does not fit is as wrong as an empty one.
        let Some(place) = room.get_mut(..passphrase.len()) else { return Ok(0) };
        place.copy_from_slice(passphrase);
        Ok(passphrase.len())
    });
    match key {
        Err(_) if is_missing => {
            Err(Failure::Setting(format!("{}: the key needs ssl_passphrase", file.display())))
        }
        key => key.map_err(setting(file.display())),
    }
}

/// Protocol names in wire format: each behind its length.
fn wire_names(names: &[String]) -> Result<Vec<u8>, Failure> {
    let mut wire = Vec::new();
    for name in names {
        let len = u8::try_from(name.len()).ok().filter(|&len| len > 0);
        wire.push(len.ok_or_else(|| Failure::Setting(format!("{name}: no name of a protocol")))?);
        wire.extend_from_slice(name.as_bytes());
    }
    Ok(wire)
}

fn each_name(mut wire: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (len, rest) = wire.split_first()?;
        let (name, rest) = rest.split_at_checked(usize::from(*len))?;
        wire = rest;
        Some(name)
    })
}

fn context(side: Side, settings: &Settings) -> Result<SslContextBuilder, Failure> {
    let mut context = SslContextBuilder::new(SslMethod::tls()).map_err(setting("TLS"))?;
    context.set_mode(SslMode::ENABLE_PARTIAL_WRITE | SslMode::RELEASE_BUFFERS);
    // During a renegotiation no data could be sent.
    context.set_options(SslOptions::NO_RENEGOTIATION);
    if let Some((first, last)) = settings.protocols.range() {
        const VERSIONS: [SslVersion; 4] =
            [SslVersion::TLS1, SslVersion::TLS1_1, SslVersion::TLS1_2, SslVersion::TLS1_3];
        context.set_min_proto_version(VERSIONS.get(first).copied()).map_err(setting("ssl_protocols"))?;
        context.set_max_proto_version(VERSIONS.get(last).copied()).map_err(setting("ssl_protocols"))?;
    }
    if let Some(ciphers) = &settings.ciphers {
        check_name(OsStr::new(ciphers))?;
        context.set_cipher_list(ciphers).map_err(setting(format_args!("ciphers {ciphers}")))?;
    }
    if let Some(identity) = &settings.identity {
        load_identity(&mut context, identity)?;
    }
    if settings.verify_peer {
        trust(&mut context, settings)?;
        let mode = match side {
            Side::Client => SslVerifyMode::PEER,
            Side::Server => SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT,
        };
        if settings.allow_self_signed {
            context
                .set_verify_callback(mode, |is_good, chain| is_good || chain.error().as_raw() == SELF_SIGNED);
        } else {
            context.set_verify(mode);
        }
    } else {
        context.set_verify(SslVerifyMode::NONE);
    }
    if !settings.alpn.is_empty() {
        let names = wire_names(&settings.alpn)?;
        match side {
            Side::Client => context.set_alpn_protos(&names).map_err(setting("ALPN"))?,
            Side::Server => context.set_alpn_select_callback(move |_, asked| {
                let best = each_name(&names).find(|name| each_name(asked).any(|other| other == *name));
                each_name(asked).find(|name| Some(*name) == best).ok_or(AlpnError::NOACK)
            }),
        }
    }
    Ok(context)
}

/// `X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT`.
pub(super) const SELF_SIGNED: i32 = 18;

fn trust(context: &mut SslContextBuilder, settings: &Settings) -> Result<(), Failure> {
    let Settings { ca_file, ca_path, .. } = settings;
    if ca_file.is_none() && ca_path.is_none() {
        context.set_default_verify_paths().map_err(setting("the system's certificates"))?;
    } else {
        for path in [ca_file, ca_path].into_iter().flatten() {
            check_name(path.as_os_str())?;
        }
        context
            .load_verify_locations(ca_file.as_deref(), ca_path.as_deref())
            .map_err(setting("ssl_cafile, ssl_capath"))?;
    }
    if let Some(depth) = settings.verify_depth {
        context.set_verify_depth(depth);
    }
    Ok(())
}

/// Sends the server the name of the host (SNI), and checks that its certificate is for that name.
fn name_peer(ssl: &mut Ssl, name: &str, verify: bool) -> Result<(), ErrorStack> {
    let ip = name.parse::<IpAddr>().ok();
    if ip.is_none() {
        ssl.set_hostname(name)?;
    }
    match ip {
        Some(ip) if verify => ssl.param_mut().set_ip(ip),
        None if verify => ssl.param_mut().set_host(name),
        _ => Ok(()),
    }
}

/// The context for the server name that the peer asks for (SNI).
fn select_context(ssl: &mut SslRef, others: &HashMap<String, SslContext>) -> Result<(), SniError> {
    let context = ssl.servername(NameType::HOST_NAME).and_then(|name| others.get(name));
    match context {
        Some(context) => ssl.set_ssl_context(context).map_err(|_| SniError::ALERT_FATAL),
        None => Ok(()),
    }
}
