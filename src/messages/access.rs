//! Who may do what in a collection.

use portal_bridge::AccessLevel;

texts! {
    view => "Can view",
    view_except_passwords => "Can view, except passwords",
    edit => "Can edit",
    edit_except_passwords => "Can edit, except passwords",
    manage => "Can manage",
    level_of(name) => "Access of {name}",
    remove(name) => "Take {name} out",
    nobody_found => "Nothing is called that.",
    more[n] => { one: "{n} more is not drawn: type a part of its name to find it.", other: "{n} more are not drawn: type a part of a name to find one." },
    changed_look => "Show how it stands now",
    changed_mine => "Save mine over it",
    gone => "It was deleted while you worked on it. What you entered still stands here.",
    gone_again => "Create it again",
}

/// A level by Bitwarden's words.
pub fn level(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::View => view(),
        AccessLevel::ViewExceptPasswords => view_except_passwords(),
        AccessLevel::Edit => edit(),
        AccessLevel::EditExceptPasswords => edit_except_passwords(),
        AccessLevel::Manage => manage(),
    }
}
