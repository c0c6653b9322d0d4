//! Small file work shared by the commands.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// Every file under a folder, in a stable order; none where the folder is not there.
pub(crate) fn under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(files)
}

/// The contents of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(Failure::file(path))
}

/// The contents of a text file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Failure::file(path))
}

/// Writes a file, making its folder where needed.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    }
    fs::write(path, contents).map_err(Failure::file(path))
}

/// Makes `to` hold what `from` holds, touching only what differs.
pub(crate) fn mirror(from: &Path, to: &Path) -> Result<()> {
    for old in under(to)? {
        let kept = old.strip_prefix(to).is_ok_and(|name| from.join(name).is_file());
        if !kept {
            fs::remove_file(&old).map_err(Failure::file(&old))?;
        }
    }
    for file in under(from)? {
        let Ok(name) = file.strip_prefix(from) else { continue };
        let copy = to.join(name);
        let contents = read(&file)?;
        if fs::read(&copy).ok().as_deref() != Some(contents.as_slice()) {
            write(&copy, contents)?;
        }
    }
    Ok(())
}

/// Whether a folder is missing or holds nothing.
pub(crate) fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
