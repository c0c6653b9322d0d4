//! One number for many files, to see that nothing changed.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::Path;

use crate::failure::Result;
use crate::files;

/// Gathers names and contents.
#[derive(Default)]
pub(crate) struct Fingerprint(DefaultHasher);

impl Fingerprint {
    /// Takes a word in, such as a version.
    pub(crate) fn word(&mut self, word: &str) {
        word.hash(&mut self.0);
    }

    /// Takes contents in.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        bytes.hash(&mut self.0);
    }

    /// Takes a file, or every file of a folder, in; what is not there counts as not there.
    pub(crate) fn path(&mut self, path: &Path) -> Result<()> {
        let found = if path.is_file() { vec![path.to_path_buf()] } else { files::under(path)? };
        for file in found {
            file.hash(&mut self.0);
            files::read(&file)?.hash(&mut self.0);
        }
        Ok(())
    }

    /// The number, as text for a file.
    pub(crate) fn text(self) -> String {
        format!("{:016x}", self.0.finish())
    }
}
