//! TLS sessions between plain data and encrypted bytes. Nothing here touches a socket.
//!
//! The library is the system's OpenSSL, which PHP uses too. A build without its headers has no TLS ([`version`]).

#[cfg(not(feature = "tls"))]
mod absent;
#[cfg(feature = "tls")]
mod context;
#[cfg(feature = "tls")]
mod session;
pub mod settings;

#[cfg(not(feature = "tls"))]
pub use absent::{Session, version};
#[cfg(feature = "tls")]
pub use session::{Session, version};
