//! Messages in a stream of bytes. Each begins with its length: four bytes, big-endian.

/// The length of the header in front of a message.
pub const HEADER: usize = 4;

/// The length that a header states.
pub fn length(header: [u8; HEADER]) -> usize {
    usize::try_from(u32::from_be_bytes(header)).unwrap_or(usize::MAX)
}

/// The header of a message of `len` bytes; `None` when the length does not fit.
pub fn header(len: usize) -> Option<[u8; HEADER]> {
    u32::try_from(len).ok().map(u32::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_survives_its_header() {
        for len in [0, 1, 255, 256, 70_000, u32::MAX as usize] {
            assert_eq!(header(len).map(length), Some(len));
        }
        assert_eq!(header(300), Some([0, 0, 1, 44]));
        assert_eq!(header(u32::MAX as usize + 1), None);
    }
}
