//! The gateway: the portal's files and another server's interface on one origin.

mod bodies;
mod failures;
mod own_server;
mod passed;
mod restarts;
mod said;
mod several;
pub mod stage;
mod trust;
