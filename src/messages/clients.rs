//! The Clients page and what opens from it.
texts! {}
