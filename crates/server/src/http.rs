//! What every request and answer has in common.

pub mod compression;
pub mod connections;
pub mod document;
pub mod error;
pub mod form;
pub mod headers;
pub mod json;
mod lenient;
pub mod money;
pub mod path;
pub mod patience;
pub mod peer;
pub mod static_files;
pub mod tls;
pub mod validation;

pub use error::ApiError;
pub use json::Body;
pub use path::Ids;
pub use peer::Peer;
pub use portal_domain::html as names;
pub use validation::Validation;
