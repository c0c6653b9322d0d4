//! How much of a collection somebody may use.

use serde::{Deserialize, Serialize};

/// One of Bitwarden's five levels of access to a collection (contract §4.4). Later values are more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Level {
    /// Can view, except passwords.
    ViewExceptPasswords,
    /// Can view.
    #[default]
    View,
    /// Can edit, except passwords.
    EditExceptPasswords,
    /// Can edit.
    Edit,
    /// Can manage.
    Manage,
}

impl Level {
    /// Every level, from the least.
    pub const ALL: [Self; 5] =
        [Self::ViewExceptPasswords, Self::View, Self::EditExceptPasswords, Self::Edit, Self::Manage];

    /// From the flags that travel. Where flags contradict each other, Can manage goes before the rest, as clients have it.
    pub const fn of(flags: LevelFlags) -> Self {
        match flags {
            LevelFlags { manage: true, .. } => Self::Manage,
            LevelFlags { read_only: true, hide_passwords: true, .. } => Self::ViewExceptPasswords,
            LevelFlags { read_only: true, .. } => Self::View,
            LevelFlags { hide_passwords: true, .. } => Self::EditExceptPasswords,
            LevelFlags { .. } => Self::Edit,
        }
    }

    /// The flags that travel.
    pub const fn flags(self) -> LevelFlags {
        LevelFlags {
            read_only: matches!(self, Self::View | Self::ViewExceptPasswords),
            hide_passwords: matches!(self, Self::ViewExceptPasswords | Self::EditExceptPasswords),
            manage: matches!(self, Self::Manage),
        }
    }
}

/// The three flags by which a level travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LevelFlags {
    /// Nothing can be changed.
    pub read_only: bool,
    /// Passwords are not shown.
    pub hide_passwords: bool,
    /// The collection itself can be managed; excludes the two others.
    pub manage: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_comes_back_from_its_flags() {
        for level in Level::ALL {
            assert_eq!(Level::of(level.flags()), level);
        }
    }

    #[test]
    fn manage_never_travels_with_another_flag() {
        let flags = Level::Manage.flags();
        assert!(flags.manage && !flags.read_only && !flags.hide_passwords);
    }

    #[test]
    fn contradicting_flags_read_as_can_manage() {
        assert_eq!(
            Level::of(LevelFlags { read_only: true, hide_passwords: true, manage: true }),
            Level::Manage
        );
    }
}
