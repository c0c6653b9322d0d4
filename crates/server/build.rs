//! Sees to the folder of the app that the server embeds, and says when the app has changed.

use std::{env, fs};

const APP: &str = "../../dist";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The folder's address is settled now, even where the app is only built later.
    if let Err(error) = fs::create_dir_all(APP) {
        println!("cargo::warning={APP} could not be made, so the app will not be found: {error}");
    }
    // Without optimisation the app is read from the folder as it runs, and nothing needs to be built again.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={APP}");
    }
}
