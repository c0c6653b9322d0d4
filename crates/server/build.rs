//! Says when the embedded app has changed: cargo does not look into `dist/` by itself.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Without optimisation the app is read from `dist/` as it runs, and nothing needs to be built again.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../../dist");
    }
}
