//! Pure rules: who may do what, what an event means, how seats add up.

pub mod access;
