//! The types against the contract, against answers of a live server, and against other implementations.

mod contract;
mod enums;
mod ids;
mod rows;
mod timestamp;
mod vaultwarden;
