//! The embedded Bitwarden-compatible server.
