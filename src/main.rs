//! The tab: mounts the app.

fn main() {
    portal::start();
}
