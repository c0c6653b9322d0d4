//! Gives the types of this crate an edition: a tab and a core that were built from different ones must not misread
//! each other, and a shared worker may outlive the page it came with.

use std::{fs, path::PathBuf};

/// Types this crate hands on.
const HANDED_ON: &str = "../domain/src/access/vocabulary.rs";

fn main() {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed={HANDED_ON}");
    let sources = fs::read_dir("src").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = sources.chain([HANDED_ON.into()]).collect();
    files.sort();
    // FNV-1a: the same everywhere, and nobody has a reason to forge it.
    let mut edition = 0x811c_9dc5_u32;
    for byte in files.iter().filter_map(|file| fs::read(file).ok()).flatten() {
        edition = (edition ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    println!("cargo::rustc-env=BRIDGE_EDITION={edition:08x}");
}
