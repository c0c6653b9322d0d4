//! Tables.
texts! {}
