//! The columns of a table, and their form in a row: a number takes one word, a text its length and its bytes.

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An integer of 64 bits.
    Int,
    /// A floating-point number of 64 bits.
    Float,
    /// A text of up to this many bytes.
    Text(usize),
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Vec<u8>,
    /// Its type.
    pub kind: Kind,
    /// The place of its first word in the data of a row.
    pub first: usize,
}

/// The largest maximum length of a text column, in bytes.
pub const LARGEST_TEXT: usize = 1 << 30;

/// The bytes of a word.
pub(super) const BYTES: usize = size_of::<u64>();

impl Column {
    /// The number of words that it takes.
    pub fn words(&self) -> usize {
        match self.kind {
            Kind::Int | Kind::Float => 1,
            Kind::Text(size) => 1 + size / BYTES,
        }
    }
}

/// The columns of a table, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    columns: Vec<Column>,
    words: usize,
}

/// Why a column is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// There is a column of this name already.
    Twice,
    /// The row would become too large.
    TooLarge,
}

impl Schema {
    /// Adds a column. The size of a text is rounded up to whole words.
    pub fn add(&mut self, name: &[u8], kind: Kind) -> Result<(), ColumnError> {
        if self.find(name).is_some() {
            return Err(ColumnError::Twice);
        }
        let kind = match kind {
            Kind::Text(size) if size > LARGEST_TEXT => return Err(ColumnError::TooLarge),
            Kind::Text(size) => Kind::Text(size.next_multiple_of(BYTES)),
            number => number,
        };
        let column = Column { name: name.to_vec(), kind, first: self.words };
        let words = self.words + column.words();
        if words > LARGEST_TEXT / BYTES * 4 {
            return Err(ColumnError::TooLarge);
        }
        self.words = words;
        self.columns.push(column);
        Ok(())
    }

    /// The column of this name.
    pub fn find(&self, name: &[u8]) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// All columns.
    #[inline]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The number of words of a row's data.
    pub fn words(&self) -> usize {
        self.words
    }
}

/// Puts a text into words that begin with its length. Text that does not fit is cut off, and the last word is padded
/// with zeros. Returns the number of words used.
pub(super) fn put_text(words: &mut [u64], text: &[u8]) -> usize {
    let Some((first, rest)) = words.split_first_mut() else { return 0 };
    let text = text.get(..rest.len() * BYTES).unwrap_or(text);
    *first = text.len() as u64;
    put_bytes(rest, text);
    1 + text.len().div_ceil(BYTES)
}

/// Puts bytes into words, in memory order. The last word is padded with zeros.
#[inline]
pub(super) fn put_bytes(words: &mut [u64], bytes: &[u8]) {
    let (whole, rest) = bytes.as_chunks::<BYTES>();
    for (word, bytes) in words.iter_mut().zip(whole) {
        *word = u64::from_ne_bytes(*bytes);
    }
    if let (false, Some(word)) = (rest.is_empty(), words.get_mut(whole.len())) {
        *word = u64::from_le(last_word(rest));
    }
}

/// The first word of some bytes, padded with zeros, and the bytes behind it.
#[inline(always)]
pub(super) fn word(bytes: &[u8]) -> (u64, &[u8]) {
    match bytes.split_first_chunk() {
        Some((first, rest)) => (u64::from_ne_bytes(*first), rest),
        None => (u64::from_le(last_word(bytes)), &[]),
    }
}

/// Up to seven bytes as a number, the first one lowest. It makes few reads, which may overlap, and no single-byte
/// writes to memory, because the processor would wait for those.
#[inline(always)]
fn last_word(bytes: &[u8]) -> u64 {
    let shift = |count: usize| 8 * (bytes.len() - count);
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << shift(4)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << shift(2)
    } else {
        bytes.first().map_or(0, |byte| u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_lie_one_behind_the_other() {
        let mut schema = Schema::default();
        schema.add(b"n", Kind::Int).unwrap();
        schema.add(b"text", Kind::Text(10)).unwrap();
        schema.add(b"x", Kind::Float).unwrap();
        assert_eq!(schema.add(b"n", Kind::Float), Err(ColumnError::Twice));
        assert_eq!(schema.add(b"large", Kind::Text(usize::MAX)), Err(ColumnError::TooLarge));
        assert_eq!(schema.columns().iter().map(|column| column.first).collect::<Vec<_>>(), [0, 1, 4]);
        assert_eq!((schema.words(), schema.find(b"text").unwrap().kind), (5, Kind::Text(16)));
    }

    #[test]
    fn a_text_is_cut_to_its_column() {
        let mut words = [u64::MAX; 3];
        assert_eq!(put_text(&mut words, b"0123456789"), 3);
        assert_eq!(
            (words[0], words[1].to_ne_bytes(), words[2].to_ne_bytes()),
            (10, *b"01234567", *b"89\0\0\0\0\0\0")
        );
        assert_eq!(put_text(&mut words, &[b'x'; 99]), 3);
        assert_eq!((words[0], words[2].to_ne_bytes()), (16, *b"xxxxxxxx"));
        assert_eq!(put_text(&mut words, b""), 1);
        assert_eq!(words[0], 0);
    }

    #[test]
    fn bytes_of_any_count_become_words_and_nothing_else_does() {
        let bytes: Vec<u8> = (1..=16).collect();
        for count in 0..=16 {
            let mut words = [0; 3];
            put_bytes(&mut words, &bytes[..count]);
            let mut expected = [0; 24];
            expected[..count].copy_from_slice(&bytes[..count]);
            assert_eq!(words.map(u64::to_ne_bytes).concat(), expected, "{count} bytes");
            assert_eq!(word(&bytes[..count]), (words[0], &bytes[count.min(8)..count]));
        }
    }
}
