//! Build, serve, test and measure the project.

fn main() {}
