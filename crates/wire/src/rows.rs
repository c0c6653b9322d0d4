//! Long lists, row by row while they arrive.
//!
//! A list of ten thousand clients need not be held as one text. A [`RowSplitter`] takes the body as it comes, hands out
//! the JSON of each row of one array, and keeps the rest of the document with that array empty. It needs the memory
//! of one row and of that rest.
//!
//! It only finds where rows begin and end: whether a row, or the rest, is right is for the parser to say.

mod nesting;
mod string;

use nesting::{Bracket, Nesting};
use string::Text;

/// Why a document cannot be split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowsError {
    /// It stopped too early.
    #[error("the answer ended in the middle")]
    Truncated,
    /// It is not JSON.
    #[error("the answer is not JSON (at byte {0})")]
    Malformed(u64),
    /// It is nested too deeply.
    #[error("the answer is nested too deeply")]
    TooDeep,
    /// One row, or everything beside the rows, is larger than allowed.
    #[error("a part of the answer is larger than {0} bytes")]
    TooLarge(usize),
}

/// Splits one array of a document into its rows. See the [module](self).
#[derive(Debug)]
pub struct RowSplitter {
    /// The field at the top that holds the rows; `None` if the document itself is the array.
    field: Option<String>,
    limit: usize,
    seen: u64,
    nesting: Nesting,
    text: Text,
    place: Place,
    key: Key,
    /// The top value has ended; only white space may follow.
    ended: bool,
    row: Vec<u8>,
    rest: Vec<u8>,
}

/// Which part of the document the next byte belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Anywhere but in the array.
    Rest,
    /// In the array, before its first row.
    Opening,
    /// In the array, after a comma.
    Comma,
    /// In the array, after a row.
    AfterRow,
    /// In a row.
    Row,
}

/// What is known about the key at the top of the document.
#[derive(Debug, PartialEq, Eq)]
enum Key {
    /// A key may begin here.
    Expected,
    /// In the key; its text so far, still escaped.
    Reading(Vec<u8>),
    /// The key was the one looked for; a colon or the value comes next.
    Found,
    /// In the value of another key, or not in an object.
    Other,
}

impl RowSplitter {
    /// For a document that is an object with the rows in this field.
    pub fn field(name: &str) -> Self {
        Self::new(Some(name.to_owned()))
    }

    /// For a document that is itself the array.
    pub fn bare() -> Self {
        Self::new(None)
    }

    /// Allows that many bytes for one row, and as many for everything else; 16 MiB unless told.
    pub fn with_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Takes the next bytes of the body and hands out each row they complete.
    ///
    /// The first error, be it of the document or of `on_row`, ends the splitting: drop the splitter then.
    pub fn push<E: From<RowsError>>(
        &mut self,
        mut bytes: &[u8],
        mut on_row: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        loop {
            if self.text.is_open() {
                let (inside, after) = self.text.take(bytes);
                self.keep(inside)?;
                self.seen += inside.len() as u64;
                bytes = after;
                if self.text.is_open() {
                    return Ok(());
                }
                self.text_ended();
            }
            let Some((byte, after)) = bytes.split_first() else { return Ok(()) };
            if self.place == Place::Row && self.row_ends_before(*byte) {
                self.hand_out(&mut on_row)?;
            }
            self.take(*byte)?;
            if self.place == Place::Row && self.row_is_complete() {
                self.hand_out(&mut on_row)?;
            }
            self.seen += 1;
            bytes = after;
        }
    }

    /// The document with the array emptied, once all bytes were pushed.
    pub fn finish(self) -> Result<Vec<u8>, RowsError> {
        let complete =
            self.nesting.depth() == 0 && !self.text.is_open() && !self.rest.trim_ascii().is_empty();
        if complete { Ok(self.rest) } else { Err(RowsError::Truncated) }
    }

    fn new(field: Option<String>) -> Self {
        Self {
            field,
            limit: 16 << 20,
            seen: 0,
            nesting: Nesting::default(),
            text: Text::default(),
            place: Place::Rest,
            key: Key::Other,
            ended: false,
            row: Vec::new(),
            rest: Vec::new(),
        }
    }

    /// Takes one byte that is not inside a text.
    fn take(&mut self, byte: u8) -> Result<(), RowsError> {
        let white = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        match (self.place, byte) {
            (Place::Opening | Place::Comma | Place::AfterRow, _) if white => return Ok(()),
            (Place::Opening | Place::AfterRow, b']') => self.place = Place::Rest,
            (Place::AfterRow, b',') => {
                self.place = Place::Comma;
                return Ok(());
            }
            (Place::Opening | Place::Comma, b']' | b',') | (Place::AfterRow, _) => {
                return Err(self.malformed());
            }
            (Place::Opening | Place::Comma, _) => self.place = Place::Row,
            (Place::Rest, _) if self.ended && !white => return Err(self.malformed()),
            (Place::Rest | Place::Row, _) => {}
        }
        self.keep(&[byte])?;
        match byte {
            b'"' => self.text_begins(),
            b'{' => self.open(Bracket::Curly)?,
            b'[' => self.open(Bracket::Square)?,
            b'}' => self.close(Bracket::Curly)?,
            b']' => self.close(Bracket::Square)?,
            b',' if self.at_top_of_object() => self.key = Key::Expected,
            _ if self.at_top_of_object() && !white && byte != b':' => self.key = Key::Other,
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, bracket: Bracket) -> Result<(), RowsError> {
        let holds_the_rows = bracket == Bracket::Square
            && self.place == Place::Rest
            && match self.field {
                Some(_) => self.at_top_of_object() && self.key == Key::Found,
                None => self.nesting.depth() == 0,
            };
        if self.at_top_of_object() {
            self.key = Key::Other;
        }
        self.nesting.open(bracket).ok_or(RowsError::TooDeep)?;
        if self.at_top_of_object() {
            self.key = Key::Expected;
        }
        if holds_the_rows {
            self.place = Place::Opening;
        }
        Ok(())
    }

    fn close(&mut self, bracket: Bracket) -> Result<(), RowsError> {
        self.nesting.close(bracket).ok_or_else(|| self.malformed())?;
        self.ended = self.nesting.depth() == 0;
        Ok(())
    }

    fn text_begins(&mut self) {
        self.text.open();
        if self.at_top_of_object() {
            self.key = match self.key {
                Key::Expected => Key::Reading(Vec::new()),
                _ => Key::Other,
            };
        }
    }

    fn text_ended(&mut self) {
        if let Key::Reading(escaped) = &self.key {
            let found = self.field.as_deref().is_some_and(|field| string::means(escaped, field));
            self.key = if found { Key::Found } else { Key::Other };
        }
    }

    /// Adds bytes to the part of the document they belong to.
    fn keep(&mut self, bytes: &[u8]) -> Result<(), RowsError> {
        if let Key::Reading(key) = &mut self.key {
            key.extend_from_slice(bytes);
        }
        let part = if self.place == Place::Row { &mut self.row } else { &mut self.rest };
        if part.len() + bytes.len() > self.limit {
            return Err(RowsError::TooLarge(self.limit));
        }
        part.extend_from_slice(bytes);
        Ok(())
    }

    /// A number or word has no end of its own: what follows ends it.
    fn row_ends_before(&self, byte: u8) -> bool {
        self.at_row_level() && matches!(byte, b',' | b']' | b' ' | b'\t' | b'\r' | b'\n')
    }

    fn row_is_complete(&self) -> bool {
        self.at_row_level() && matches!(self.row.last(), Some(b'}' | b']'))
    }

    fn at_row_level(&self) -> bool {
        self.nesting.depth() == if self.field.is_some() { 2 } else { 1 }
    }

    /// Directly inside the object at the top.
    fn at_top_of_object(&self) -> bool {
        self.place == Place::Rest && self.nesting.is_top_object()
    }

    fn hand_out<E>(&mut self, on_row: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.place = Place::AfterRow;
        on_row(&self.row)?;
        self.row.clear();
        Ok(())
    }

    fn malformed(&self) -> RowsError {
        RowsError::Malformed(self.seen)
    }
}
