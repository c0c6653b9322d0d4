//! Texts in quotes.

use crate::json;

/// Whether the next byte is inside a text.
#[derive(Debug, Default)]
pub(super) struct Text {
    open: bool,
    escaped: bool,
}

impl Text {
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    pub(super) fn open(&mut self) {
        self.open = true;
    }

    /// Divides the bytes where the text ends, behind the quotation mark.
    pub(super) fn take<'a>(&mut self, bytes: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        let end = bytes.iter().position(|byte| {
            let ends = *byte == b'"' && !self.escaped;
            self.escaped = *byte == b'\\' && !self.escaped;
            ends
        });
        self.open = end.is_none();
        bytes.split_at_checked(end.map_or(bytes.len(), |end| end + 1)).unwrap_or((bytes, &[]))
    }
}

/// Whether the bytes, which end with the quotation mark, mean this text.
pub(super) fn means(escaped: &[u8], text: &str) -> bool {
    let quoted = [b"\"", escaped].concat();
    json::read::<String>(&quoted).is_ok_and(|meant| meant == text)
}
