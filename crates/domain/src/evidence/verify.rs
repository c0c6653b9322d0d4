use portal_wire::json;
use serde::Deserialize;

use super::{
    Counts, FORMAT, Head, Sha256, VERSION,
    line::{Line, ZEROS, hash_of},
};

/// A pack whose every row is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// What it is about.
    pub head: Head,
    /// How many rows of each kind it has.
    pub counts: Counts,
    /// Its seal, to be compared with the one that was kept elsewhere: only that proves when the file was made.
    pub seal: String,
}

/// A file that is no pack, or not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Broken {
    /// The line, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub what: What,
}

/// What is wrong with a file, at the first line at which something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// It does not begin as a pack does.
    #[error("not an evidence pack of this portal")]
    NotOurs,
    /// It is a pack of a version this program does not know.
    #[error("version {0} of the format, which is not known here")]
    UnknownVersion(u32),
    /// The line is not written as a line of a pack is.
    #[error("not written as a row of an evidence pack is")]
    Unreadable,
    /// The row is not the one the hash was made of, or its number was changed.
    #[error("the row was altered")]
    Altered,
    /// So many lines that stood before it are gone.
    #[error("{0} rows before it are missing")]
    Missing(u64),
    /// It stands before one that was written before it.
    #[error("the row was moved")]
    Moved,
    /// It does not belong here: its number was there before.
    #[error("a row was inserted or repeated")]
    Inserted,
    /// It follows from another line than the one before it: that one was replaced, together with its hash.
    #[error("the row does not follow from the one before it, which was replaced or inserted")]
    Unlinked,
    /// It is of a kind that has no place between head and seal.
    #[error("a row of an unknown kind")]
    UnknownKind,
    /// The seal counts other rows than there are.
    #[error("the seal does not fit the rows before it")]
    WrongSeal,
    /// There is a second seal.
    #[error("a second seal")]
    SecondSeal,
    /// There is something after the seal.
    #[error("a row after the seal")]
    AfterSeal,
    /// The file ends in the middle of this line.
    #[error("the file ends in the middle of a row")]
    Truncated,
    /// The file ends, and is not sealed.
    #[error("the file ends without a seal: rows at the end are missing")]
    NoSeal,
}

#[derive(Deserialize)]
struct Format {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Seal {
    #[serde(flatten)]
    counts: Counts,
    rows: u64,
    last: String,
}

/// Checks a file from its first to its last byte, and tells the first thing that is wrong. Takes as long as hashing the file.
pub fn verify(file: &[u8], sha256: Sha256) -> Result<Verified, Broken> {
    let mut lines = Lines { rest: file };
    let mut last = ZEROS;
    let mut head = None;
    let mut counts = Counts::default();
    let mut sealed = false;
    let mut number = 0;
    while let Some((line, ended)) = lines.take() {
        let broken = |what| Broken { line: number + 1, what };
        let Some(read) = Line::read(line).filter(|_| ended) else {
            return Err(broken(match (&head, ended) {
                (None, _) => What::NotOurs,
                _ if sealed => What::AfterSeal,
                (_, true) => What::Unreadable,
                (_, false) => What::Truncated,
            }));
        };
        let kind = read.kind();
        if head.is_none() {
            check_format(kind, read.row).map_err(broken)?;
        } else if sealed {
            return Err(broken(if kind == b"seal" { What::SecondSeal } else { What::AfterSeal }));
        }
        if hash_of(sha256, &read.before, read.row) != read.hash {
            return Err(broken(What::Altered));
        }
        match (read.number == number, read.before == last) {
            (true, true) => {}
            (true, false) => return Err(broken(What::Unlinked)),
            (false, true) => return Err(broken(What::Altered)),
            (false, false) => return Err(broken(misplaced(read.number, number, &lines))),
        }
        match kind {
            b"head" if head.is_none() => {
                head = Some(json::read::<Head>(read.row).map_err(|_| broken(What::NotOurs))?);
            }
            b"person" => counts.people += 1,
            b"policy" => counts.policies += 1,
            b"gap" => counts.gaps += 1,
            b"event" => counts.events += 1,
            b"seal" => {
                let seal = json::read::<Seal>(read.row).map_err(|_| broken(What::WrongSeal))?;
                if seal.counts != counts || seal.rows != number - 1 || seal.last != last.text() {
                    return Err(broken(What::WrongSeal));
                }
                sealed = true;
            }
            _ => return Err(broken(What::UnknownKind)),
        }
        last = read.hash;
        number += 1;
    }
    match head {
        Some(head) if sealed => Ok(Verified { head, counts, seal: last.text().to_owned() }),
        Some(_) => Err(Broken { line: number + 1, what: What::NoSeal }),
        None => Err(Broken { line: 1, what: What::NotOurs }),
    }
}

fn check_format(kind: &[u8], row: &[u8]) -> Result<(), What> {
    let format = json::read::<Format>(row).ok().filter(|format| kind == b"head" && format.format == FORMAT);
    match format {
        Some(format) if format.version == VERSION => Ok(()),
        Some(format) => Err(What::UnknownVersion(format.version)),
        None => Err(What::NotOurs),
    }
}

/// Why a line has another number than its place.
fn misplaced(number: u64, place: u64, rest: &Lines<'_>) -> What {
    if number < place {
        return What::Inserted;
    }
    // The one that belongs here may come later.
    let mut rest = Lines { rest: rest.rest };
    while let Some((line, _)) = rest.take() {
        if Line::read(line).is_some_and(|line| line.number == place) {
            return What::Moved;
        }
    }
    What::Missing(number - place)
}

/// The lines of a file, each with whether it has its end.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    fn take(&mut self) -> Option<(&'a [u8], bool)> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let (line, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest.strip_prefix(b"\n").unwrap_or_default();
        Some((line, end.is_some()))
    }
}
