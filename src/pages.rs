//! One module per page, named as in the address bar.

pub mod clients;
