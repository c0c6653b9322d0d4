//! The worker: starts the core on the messages of the tabs.

fn main() {}
