//! Where a packet ends in a stream of bytes.

use memchr::memmem;

/// The default of the largest packet, in bytes.
pub const MAX_LENGTH: usize = 2 * 1024 * 1024;

/// The number in a packet that contains its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthField {
    /// The offset of the number.
    pub offset: usize,
    /// The format of the number.
    pub format: LengthFormat,
    /// The bytes before the body, which the number does not count.
    pub body_offset: usize,
}

/// The format of a number, by the letters of PHP's `pack()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthFormat {
    size: usize,
    is_signed: bool,
    is_big_endian: bool,
}

impl LengthFormat {
    /// `None` for any other letter.
    pub fn of(letter: u8) -> Option<LengthFormat> {
        let is_big_endian = matches!(letter, b'n' | b'N' | b'J') || cfg!(target_endian = "big");
        let is_big_endian = is_big_endian && !matches!(letter, b'v' | b'V' | b'P');
        let (size, is_signed) = match letter {
            b'c' => (1, true),
            b'C' => (1, false),
            b's' => (2, true),
            b'S' | b'n' | b'v' => (2, false),
            b'l' => (4, true),
            b'L' | b'N' | b'V' => (4, false),
            b'q' => (8, true),
            b'Q' | b'J' | b'P' => (8, false),
            _ => return None,
        };
        Some(LengthFormat { size, is_signed, is_big_endian })
    }

    /// `None` for a negative number.
    fn read(self, bytes: &[u8]) -> Option<u64> {
        let add = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        let value =
            if self.is_big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) };
        let sign = 1 << (8 * self.size - 1);
        (!self.is_signed || value & sign == 0).then_some(value)
    }
}

/// How the end of a packet is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Framing {
    /// Not at all: a packet is the data that has arrived.
    #[default]
    None,
    /// Each packet ends with these bytes, which are a part of it.
    Eof(Vec<u8>),
    /// Each packet contains its length.
    Length(LengthField),
    /// Each packet is one of MQTT. After its first byte it contains the length of the rest, seven bits in each byte.
    Mqtt,
    /// Each packet is a record of FastCGI. Its header contains the lengths of the content and of the padding.
    FastCgi,
    /// A function of the script returns the length for the beginning of a packet.
    Callback,
}

/// How the end of a packet is found, and how large packets may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// How the end of a packet is found.
    pub framing: Framing,
    /// The length in bytes of the largest packet.
    pub max_length: usize,
}

impl Default for Protocol {
    fn default() -> Protocol {
        Protocol { framing: Framing::None, max_length: MAX_LENGTH }
    }
}

/// The length of a packet, as its beginning tells it.
enum Length {
    Is(usize),
    /// A part of the number is missing. The packet has at least this number of bytes.
    IsAtLeast(usize),
    /// The number is invalid.
    Malformed,
}

impl LengthField {
    fn length(&self, bytes: &[u8]) -> Length {
        let header = self.offset.saturating_add(self.format.size);
        let Some(number) = bytes.get(self.offset..header) else { return Length::IsAtLeast(header) };
        let Some(body) = self.format.read(number) else { return Length::Malformed };
        let len = usize::try_from(body).unwrap_or(usize::MAX).saturating_add(self.body_offset);
        // A packet that ends inside its length field would never end.
        if len < header { Length::Malformed } else { Length::Is(len) }
    }
}

/// The length of a packet of MQTT. Its number begins with the lowest bits and has at most four bytes. The highest bit of
/// a byte is set if another byte follows.
fn mqtt_length(bytes: &[u8]) -> Length {
    let number = bytes.get(1..bytes.len().min(5)).unwrap_or_default();
    match number.iter().position(|byte| byte & 0x80 == 0) {
        Some(last) => {
            let number = number.get(..=last).unwrap_or_default();
            let rest = number.iter().rev().fold(0, |rest, byte| rest << 7 | usize::from(byte & 0x7f));
            Length::Is(2 + last + rest)
        }
        None if number.len() == 4 => Length::Malformed,
        None => Length::IsAtLeast(2 + number.len()),
    }
}

/// The length of a record of FastCGI: a header of eight bytes, the content, and the padding.
fn fastcgi_length(bytes: &[u8]) -> Length {
    match bytes {
        [_version, _kind, _, _, high, low, padding, _, ..] => {
            Length::Is(8 + usize::from(u16::from_be_bytes([*high, *low])) + usize::from(*padding))
        }
        _ => Length::IsAtLeast(8),
    }
}

/// The meaning of the bytes received so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This number of bytes is a packet.
    Packet(usize),
    /// The beginning of a packet.
    Part,
    /// The beginning of a packet. The script has to return its length.
    Ask,
    /// The beginning of a packet that is too large.
    TooLong,
    /// Not the beginning of a packet.
    Malformed,
}

impl Protocol {
    /// Looks for a packet at the beginning of `bytes`. The first `searched` of them are known to have no end of a packet.
    pub fn find(&self, bytes: &[u8], searched: usize) -> Found {
        match &self.framing {
            Framing::None if bytes.is_empty() => Found::Part,
            Framing::None => Found::Packet(bytes.len().min(self.max_length)),
            Framing::Callback if bytes.is_empty() => Found::Part,
            Framing::Callback => Found::Ask,
            Framing::Eof(eof) => {
                // The end may have begun in the searched bytes.
                let from = searched.saturating_sub(eof.len().saturating_sub(1));
                let end = memmem::find(bytes.get(from..).unwrap_or_default(), eof);
                match end.map(|at| from + at + eof.len()) {
                    Some(len) if len <= self.max_length => Found::Packet(len),
                    None if bytes.len() < self.max_length => Found::Part,
                    _ => Found::TooLong,
                }
            }
            Framing::Length(field) => self.judge(bytes, &field.length(bytes)),
            Framing::Mqtt => self.judge(bytes, &mqtt_length(bytes)),
            Framing::FastCgi => self.judge(bytes, &fastcgi_length(bytes)),
        }
    }

    fn judge(&self, bytes: &[u8], length: &Length) -> Found {
        match *length {
            Length::Is(len) => self.check(bytes, len),
            Length::IsAtLeast(_) => Found::Part,
            Length::Malformed => Found::Malformed,
        }
    }

    /// How many bytes the packet that `bytes` begin needs at least, if it tells its length.
    pub fn needs(&self, bytes: &[u8]) -> Option<usize> {
        let length = match &self.framing {
            Framing::Length(field) => field.length(bytes),
            Framing::Mqtt => mqtt_length(bytes),
            Framing::FastCgi => fastcgi_length(bytes),
            _ => return None,
        };
        match length {
            Length::Is(len) | Length::IsAtLeast(len) => Some(len.saturating_sub(bytes.len())),
            Length::Malformed => None,
        }
    }

    /// As [`Protocol::find`], after the script has returned the length.
    pub fn check(&self, bytes: &[u8], len: usize) -> Found {
        if len > self.max_length {
            Found::TooLong
        } else if len > bytes.len() {
            Found::Part
        } else {
            Found::Packet(len)
        }
    }
}

/// The length of the first line in `bytes`, with the line feed or carriage return that ends it. Lines are no longer than
/// `most`. The first `searched` bytes are known to have no end.
pub fn line(bytes: &[u8], searched: usize, most: usize) -> Option<usize> {
    let line = bytes.get(..most).unwrap_or(bytes);
    let end = memchr::memchr2(b'\n', b'\r', line.get(searched..).unwrap_or_default());
    end.map(|at| searched + at + 1).or((line.len() == most).then_some(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(offset: usize, letter: u8, body_offset: usize) -> Protocol {
        let format = LengthFormat::of(letter).unwrap();
        Protocol { framing: Framing::Length(LengthField { offset, format, body_offset }), max_length: 1000 }
    }

    #[test]
    fn each_letter_reads_its_number() {
        let cases: &[(&[u8], &[u8], Option<u64>)] = &[
            (b"cC", &[127], Some(127)),
            (b"C", &[200], Some(200)),
            (b"c", &[200], None),
            (b"sSv", &[1, 2], Some(0x201)),
            (b"n", &[1, 2], Some(0x102)),
            (b"s", &[0, 0x80], None),
            (b"lLV", &[1, 2, 3, 4], Some(0x0403_0201)),
            (b"N", &[1, 2, 3, 4], Some(0x0102_0304)),
            (b"l", &[0, 0, 0, 0x80], None),
            (b"qQP", &[1, 0, 0, 0, 0, 0, 0, 2], Some(0x0200_0000_0000_0001)),
            (b"J", &[1, 0, 0, 0, 0, 0, 0, 2], Some(0x0100_0000_0000_0002)),
            (b"q", &[0, 0, 0, 0, 0, 0, 0, 0x80], None),
        ];
        for (letters, bytes, number) in cases {
            for &letter in *letters {
                let format = LengthFormat::of(letter).unwrap();
                assert_eq!((format.size, format.read(bytes)), (bytes.len(), *number), "{}", letter as char);
            }
        }
        assert_eq!(LengthFormat::of(b'x'), None);
    }

    #[test]
    fn a_length_is_read_where_it_is() {
        let protocol = length(2, b'n', 4);
        assert_eq!(protocol.find(b"AB\x00", 0), Found::Part);
        assert_eq!(protocol.find(b"AB\x00\x03xy", 0), Found::Part);
        assert_eq!(protocol.find(b"AB\x00\x03xyzCD", 0), Found::Packet(7));
        assert_eq!(protocol.find(b"AB\x03\xe4", 0), Found::Part);
        assert_eq!(protocol.find(b"AB\x03\xe5", 0), Found::TooLong);
        // The number counts the whole packet, but is less than its own size.
        assert_eq!(length(0, b'n', 0).find(b"\x00\x01", 0), Found::Malformed);
        assert_eq!(length(0, b'q', 8).find(&[0xff; 8], 0), Found::Malformed);
        assert_eq!(length(0, b'Q', 8).find(&[0xff; 8], 0), Found::TooLong);
    }

    #[test]
    fn packets_of_mqtt_tell_the_length_of_their_rest() {
        let protocol = Protocol { framing: Framing::Mqtt, max_length: 20_000 };
        let cases = [
            (&b""[..], Found::Part, Some(2)),
            (b"\xc0", Found::Part, Some(1)),
            (b"\xc0\x00\xd0", Found::Packet(2), Some(0)),
            (b"\x30\x02a", Found::Part, Some(1)),
            (b"\x30\x02ab", Found::Packet(4), Some(0)),
            (b"\x30\x80", Found::Part, Some(1)),
            (b"\x30\x80\x01", Found::Part, Some(128)),
            (b"\x30\xa7\x9c\x01", Found::TooLong, Some(20_007)),
            (b"\x30\x80\x80\x80\x00", Found::Packet(5), Some(0)),
            (b"\x30\xff\xff\xff\x7f", Found::TooLong, Some(0x0fff_ffff)),
            (b"\x30\x80\x80\x80\x80", Found::Malformed, None),
        ];
        for (bytes, found, needs) in cases {
            assert_eq!((protocol.find(bytes, 0), protocol.needs(bytes)), (found, needs), "{bytes:x?}");
        }
    }

    #[test]
    fn records_of_fastcgi_tell_the_lengths_of_content_and_padding() {
        let protocol = Protocol { framing: Framing::FastCgi, max_length: 1000 };
        let cases = [
            (&b""[..], Found::Part, Some(8)),
            (b"\x01\x06\x00\x01\x00\x03\x05", Found::Part, Some(1)),
            (b"\x01\x06\x00\x01\x00\x03\x05\x00abc", Found::Part, Some(5)),
            (b"\x01\x06\x00\x01\x00\x03\x05\x00abc.....\x01", Found::Packet(16), Some(0)),
            (b"\x01\x06\x00\x01\x00\x00\x00\x00", Found::Packet(8), Some(0)),
            (b"\x01\x06\x00\x01\xff\xff\xff\x00", Found::TooLong, Some(0xffff + 0xff)),
        ];
        for (bytes, found, needs) in cases {
            assert_eq!((protocol.find(bytes, 0), protocol.needs(bytes)), (found, needs), "{bytes:x?}");
        }
    }

    #[test]
    fn a_packet_tells_how_much_it_needs() {
        let protocol = length(2, b'n', 4);
        let needs =
            [(&b""[..], 4), (b"AB\x00", 1), (b"AB\x00\x03", 3), (b"AB\x00\x03xy", 1), (b"AB\x00\x03xyz", 0)];
        for (bytes, more) in needs {
            assert_eq!(protocol.needs(bytes), Some(more));
        }
        assert_eq!(length(0, b'c', 0).needs(&[200]), None);
        assert_eq!(Protocol::default().needs(b"x"), None);
    }

    #[test]
    fn an_end_may_come_in_parts() {
        let protocol = Protocol { framing: Framing::Eof(b"\r\n".to_vec()), max_length: 6 };
        assert_eq!(protocol.find(b"", 0), Found::Part);
        assert_eq!(protocol.find(b"abc\r", 0), Found::Part);
        assert_eq!(protocol.find(b"abc\r\nd", 4), Found::Packet(5));
        assert_eq!(protocol.find(b"\r\n", 0), Found::Packet(2));
        assert_eq!(protocol.find(b"abcde\r", 5), Found::TooLong);
        assert_eq!(protocol.find(b"abcde\r\n", 6), Found::TooLong);
    }

    #[test]
    fn a_line_ends_with_either_or_at_its_limit() {
        assert_eq!(line(b"", 0, 10), None);
        assert_eq!(line(b"abc", 0, 10), None);
        assert_eq!(line(b"abc\rd\n", 0, 10), Some(4));
        assert_eq!(line(b"abc\nd", 3, 10), Some(4));
        assert_eq!(line(b"abcdef", 3, 4), Some(4));
        assert_eq!(line(b"abcd", 3, 4), Some(4));
    }
}
