//! In a browser's worker.
