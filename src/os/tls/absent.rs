//! The replacement of OpenSSL in a build without it.

use crate::os::spare::Spare;
use crate::os::tls::settings::{Failure, Settings, Side, Step};
use std::convert::Infallible;

/// There is no session.
#[derive(Debug)]
pub struct Session(Infallible);

/// The library's name and version.
pub fn version() -> Option<&'static str> {
    None
}

impl Session {
    /// Never begins.
    pub fn new(_side: Side, _settings: &Settings) -> Result<Session, Failure> {
        Err(Failure::Absent)
    }

    /// As with OpenSSL.
    pub fn handshake(&mut self) -> Result<Step<()>, Failure> {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn is_established(&self) -> bool {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn hear(&mut self, _bytes: &[u8]) {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn to_send(&self) -> &[u8] {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn note_sent(&mut self, _len: usize) {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn read(&mut self, _buffer: Spare<'_>) -> Result<Step<usize>, Failure> {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn peek(&mut self, _buffer: Spare<'_>) -> Result<Step<usize>, Failure> {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn write(&mut self, _data: &[u8]) -> Result<usize, Failure> {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn close(&mut self) {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn peer_certificate(&self) -> Option<Vec<u8>> {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn is_verified(&self, _allow_self_signed: bool) -> bool {
        match self.0 {}
    }

    /// As with OpenSSL.
    pub fn alpn(&self) -> Option<&[u8]> {
        match self.0 {}
    }
}
