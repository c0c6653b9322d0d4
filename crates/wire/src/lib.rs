//! Bitwarden's JSON as types: fields, enums with their numbers, unknown values kept.
