//! Who may do what: the one table read by the core and by the embedded server.

mod vocabulary;

pub use vocabulary::{Action, Reason, Verdict};
