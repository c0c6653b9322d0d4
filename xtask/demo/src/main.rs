//! Plays the demo data into a server through its public API, with the real core.

fn main() {}
