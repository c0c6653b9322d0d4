//! What every request and answer has in common.

pub mod error;
pub mod form;
pub mod headers;
pub mod json;
mod lenient;
pub mod names;
pub mod peer;
pub mod static_files;
pub mod tls;
pub mod validation;

pub use error::ApiError;
pub use json::Body;
pub use peer::Peer;
pub use validation::Validation;
