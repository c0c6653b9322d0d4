/// A JSON object that is being written at the end of a text, a field at a time.
pub(crate) struct Object<'a> {
    text: &'a mut String,
    any: bool,
}

impl<'a> Object<'a> {
    pub(crate) fn new(text: &'a mut String) -> Self {
        text.push('{');
        Self { text, any: false }
    }

    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quote(value, self.text);
    }

    pub(crate) fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    pub(crate) fn number(&mut self, key: &str, value: i64) {
        self.raw(key, &value.to_string());
    }

    /// A value that is JSON already.
    pub(crate) fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.text.push_str(json);
    }

    pub(crate) fn end(self) {
        self.text.push('}');
    }

    fn key(&mut self, key: &str) {
        if std::mem::replace(&mut self.any, true) {
            self.text.push(',');
        }
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
    }
}

/// Writes a text so that every reader of lines keeps it on one: some take more characters for the end of a line than JSON does.
fn quote(value: &str, text: &mut String) {
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                text.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    text.push(char::from_digit(letter as u32 >> shift & 15, 16).unwrap_or('0'));
                }
            }
            letter => text.push(letter),
        }
    }
    text.push('"');
}
