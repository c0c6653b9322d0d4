//! Tables as CSV (RFC 4180): written so that no spreadsheet takes a cell for a formula, and read however others wrote them.

/// A table that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csv {
    text: String,
}

/// What stands in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text from anywhere.
    Text(&'a str),
    /// A number, which may begin with a minus sign.
    Number(i64),
    /// A number with decimals after a point, as it is written. What is no such number is text.
    Decimal(&'a str),
    /// Nothing.
    Empty,
}

impl Csv {
    /// A table with this first row.
    pub fn new(headers: &[&str]) -> Self {
        let mut csv = Self::default();
        csv.row(headers.iter().map(|header| Cell::Text(header)));
        csv
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (column, cell) in cells.into_iter().enumerate() {
            if column > 0 {
                self.text.push(',');
            }
            match cell {
                Cell::Text(text) => self.text(text),
                Cell::Number(number) => self.text.push_str(&number.to_string()),
                Cell::Decimal(number) if is_decimal(number) => self.text.push_str(number),
                Cell::Decimal(text) => self.text(text),
                Cell::Empty => {}
            }
        }
        self.text.push_str("\r\n");
    }

    /// What was written so far, in pieces such as a file is made of; the next piece begins empty.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// The whole table.
    pub fn finish(self) -> String {
        self.text
    }

    fn text(&mut self, text: &str) {
        let formula = looks_like_a_formula(text);
        let quoted = formula || text.contains([',', '"', '\r', '\n']) || text.trim() != text;
        if !quoted {
            self.text.push_str(text);
            return;
        }
        self.text.push('"');
        if formula {
            self.text.push('\'');
        }
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction)
}

/// Spreadsheets evaluate such a cell, even if it is quoted; an apostrophe in front makes it text. What they may drop
/// from the start of a cell does not hide the formula behind it.
fn looks_like_a_formula(text: &str) -> bool {
    const FIRST: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let invisible = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    text.trim_start_matches(|character| !FIRST.contains(&character) && invisible(character))
        .starts_with(FIRST)
}

/// The rows of a table that somebody else wrote, each with the line it begins on (counted from 1) and its cells. Commas,
/// semicolons or tabs separate them, whichever the first line has most of; quoted cells may hold anything.
pub fn rows(text: &str) -> impl Iterator<Item = (u32, Vec<String>)> {
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|separator| {
        // Of equally many the comma is meant.
        (first.matches(*separator).count(), *separator == ',')
    });
    RowReader { rest: text.chars().peekable(), separator: separator.unwrap_or(','), line: 1 }
}

struct RowReader<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: u32,
}

impl Iterator for RowReader<'_> {
    type Item = (u32, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let begins = self.line;
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut quoted = false;
        while let Some(letter) = self.rest.next() {
            self.line += u32::from(letter == '\n');
            match letter {
                '"' if quoted && self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                '"' if quoted || cell.is_empty() => quoted = !quoted,
                '\r' if !quoted && self.rest.peek() == Some(&'\n') => {}
                '\n' if !quoted => break,
                letter if letter == self.separator && !quoted => cells.push(std::mem::take(&mut cell)),
                letter => cell.push(letter),
            }
        }
        cells.push(cell);
        Some((begins, cells))
    }
}
