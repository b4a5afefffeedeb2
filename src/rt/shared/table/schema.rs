//! The columns of a table, and how a row keeps them: a number takes one word, a text its length and its bytes.

/// What a column has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Int,
    /// A floating-point number of 64 bits.
    Float,
    /// So many bytes at most.
    Text(usize),
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Vec<u8>,
    /// What it has room for.
    pub kind: Kind,
    /// The place of its first word in the data of a row.
    pub first: usize,
}

/// The largest text that a column may have room for, in bytes.
pub const LARGEST_TEXT: usize = 1 << 30;

/// Bytes of a word.
pub(super) const BYTES: usize = size_of::<u64>();

impl Column {
    /// How many words it takes.
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
pub enum Refused {
    /// There is one of this name.
    Twice,
    /// Its row would be too large.
    TooLarge,
}

impl Schema {
    /// Adds a column. The size of a text is rounded up to whole words.
    pub fn add(&mut self, name: &[u8], kind: Kind) -> Result<(), Refused> {
        if self.find(name).is_some() {
            return Err(Refused::Twice);
        }
        let kind = match kind {
            Kind::Text(size) if size > LARGEST_TEXT => return Err(Refused::TooLarge),
            Kind::Text(size) => Kind::Text(size.next_multiple_of(BYTES)),
            number => number,
        };
        let column = Column { name: name.to_vec(), kind, first: self.words };
        let words = self.words + column.words();
        if words > LARGEST_TEXT / BYTES * 4 {
            return Err(Refused::TooLarge);
        }
        self.words = words;
        self.columns.push(column);
        Ok(())
    }

    /// The column of a name, and its place among all.
    pub fn find(&self, name: &[u8]) -> Option<(usize, &Column)> {
        self.columns.iter().enumerate().find(|(_, column)| column.name == name)
    }

    /// All columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many words the data of a row takes.
    pub fn words(&self) -> usize {
        self.words
    }
}

/// How many words of a text of so many bytes are in use, its length among them.
pub fn words_in_use(len: u64, column: &Column) -> usize {
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    match column.kind {
        Kind::Int | Kind::Float => 1,
        Kind::Text(size) => 1 + len.min(size).div_ceil(BYTES),
    }
}

/// Puts a text into words that begin with its length; what does not fit is cut off. What is behind its end in the last word
/// is nought.
pub fn put_text(words: &mut [u64], text: &[u8]) {
    let Some((first, rest)) = words.split_first_mut() else { return };
    let text = text.get(..rest.len() * BYTES).unwrap_or(text);
    *first = u64::try_from(text.len()).unwrap_or(0);
    put_bytes(rest, text);
}

/// Puts bytes into words, in the order of the memory. What is behind their end in the last word is nought.
#[inline]
pub(super) fn put_bytes(words: &mut [u64], bytes: &[u8]) {
    let (whole, rest) = bytes.as_chunks::<BYTES>();
    for (word, bytes) in words.iter_mut().zip(whole) {
        *word = u64::from_ne_bytes(*bytes);
    }
    if let (false, Some(word)) = (rest.is_empty(), words.get_mut(whole.len())) {
        // Not by way of single bytes in memory: the processor would wait for them.
        let last = rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte));
        *word = u64::from_le(last);
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
        assert_eq!(schema.add(b"n", Kind::Float), Err(Refused::Twice));
        assert_eq!(schema.add(b"large", Kind::Text(usize::MAX)), Err(Refused::TooLarge));
        assert_eq!(schema.columns().iter().map(|column| column.first).collect::<Vec<_>>(), [0, 1, 4]);
        assert_eq!((schema.words(), schema.find(b"text").unwrap().1.kind), (5, Kind::Text(16)));
    }

    #[test]
    fn a_text_is_cut_to_its_column() {
        let mut words = [u64::MAX; 3];
        put_text(&mut words, b"0123456789");
        assert_eq!(
            (words[0], words[1].to_ne_bytes(), words[2].to_ne_bytes()),
            (10, *b"01234567", *b"89\0\0\0\0\0\0")
        );
        put_text(&mut words, &[b'x'; 99]);
        assert_eq!((words[0], words[2].to_ne_bytes()), (16, *b"xxxxxxxx"));
        put_text(&mut words, b"");
        assert_eq!(words[0], 0);
    }
}
