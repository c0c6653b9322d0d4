//! Where the values of a text begin and end, by the grammar of RFC 8259.

/// As deep as lists and objects may stand in each other.
const DEEPEST: u32 = 128;

/// The rest of a text.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'de>(&'de [u8]);

impl<'de> Scanner<'de> {
    pub(super) fn new(json: &'de [u8]) -> Self {
        Self(json)
    }

    /// Takes a value that has nothing but white space around it.
    pub(super) fn only_value(mut self) -> Option<&'de [u8]> {
        let value = self.value(DEEPEST)?;
        self.0.is_empty().then_some(value)
    }

    /// Takes a value and the white space around it.
    fn value(&mut self, depth: u32) -> Option<&'de [u8]> {
        self.space();
        let begin = self.0;
        match *begin.first()? {
            b'{' => self.parts(b'}', depth)?,
            b'[' => self.parts(b']', depth)?,
            b'"' => self.text()?,
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'n' => self.word(b"null")?,
            _ => self.number()?,
        }
        let value = begin.get(..begin.len() - self.0.len());
        self.space();
        value
    }

    /// Takes a list or an object.
    fn parts(&mut self, end: u8, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        self.byte()?;
        self.space();
        if self.word(&[end]).is_some() {
            return Some(());
        }
        loop {
            if end == b'}' {
                self.name(depth)?;
            }
            self.value(depth)?;
            match self.byte()? {
                b',' => {}
                byte => return (byte == end).then_some(()),
            }
        }
    }

    /// Takes a name and the colon behind it.
    fn name(&mut self, depth: u32) -> Option<&'de [u8]> {
        let name = self.value(depth).filter(|name| name.starts_with(b"\""))?;
        self.word(b":")?;
        Some(name)
    }

    fn text(&mut self) -> Option<()> {
        self.byte()?;
        loop {
            match self.byte()? {
                b'"' => return Some(()),
                b'\\' => match self.byte()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => drop(self.hexadecimal()?),
                    _ => return None,
                },
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    /// Takes four digits.
    fn hexadecimal(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            number = number << 4 | char::from(self.byte()?).to_digit(16)?;
        }
        Some(number)
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.word(b"-");
        if self.word(b"0").is_none() {
            self.digits()?;
        }
        if self.word(b".").is_some() {
            self.digits()?;
        }
        if matches!(self.0.first(), Some(b'e' | b'E')) {
            self.byte()?;
            if matches!(self.0.first(), Some(b'+' | b'-')) {
                self.byte()?;
            }
            self.digits()?;
        }
        Some(())
    }

    /// Takes at least one digit.
    fn digits(&mut self) -> Option<()> {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = self.0.get(count..)?;
        (count > 0).then_some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.0 = self.0.strip_prefix(word)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn space(&mut self) {
        while let Some((b' ' | b'\t' | b'\r' | b'\n', rest)) = self.0.split_first() {
            self.0 = rest;
        }
    }
}

/// The elements of a list, or the names and values of an object by turns.
pub(super) struct Parts<'de> {
    rest: Scanner<'de>,
    object: bool,
    name_next: bool,
}

impl<'de> Parts<'de> {
    /// Those of a list, or of an object, if this is one.
    pub(super) fn of(json: &'de [u8], bracket: u8) -> Option<Self> {
        let mut rest = Scanner(json);
        rest.word(&[bracket])?;
        let object = bracket == b'{';
        Some(Self { rest, object, name_next: object })
    }
}

impl<'de> Iterator for Parts<'de> {
    type Item = &'de [u8];

    fn next(&mut self) -> Option<&'de [u8]> {
        let _ = self.rest.word(b",");
        let part = if self.name_next { self.rest.name(DEEPEST) } else { self.rest.value(DEEPEST) };
        self.name_next = self.object && !self.name_next;
        part
    }
}

/// What a text between its quotes means.
pub(super) fn unescape(text: &[u8]) -> Option<String> {
    let mut meant = Vec::with_capacity(text.len());
    let mut rest = Scanner(text);
    while let Some(byte) = rest.byte() {
        if byte != b'\\' {
            meant.push(byte);
            continue;
        }
        let character = match rest.byte()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => rest.character()?,
            itself => char::from(itself),
        };
        meant.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    String::from_utf8(meant).ok()
}

impl Scanner<'_> {
    /// Takes the digits of a character, which are twice four beyond the first 65,536.
    fn character(&mut self) -> Option<char> {
        let first = self.hexadecimal()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.word(b"\\u")?;
        let second = self.hexadecimal()?.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10 | second))
    }
}
