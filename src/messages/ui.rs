//! Words the parts of the design system need themselves.

texts! {
    close => "Close",
    cancel => "Cancel",
    dismiss => "Dismiss",
    undo => "Undo",
    copy => "Copy",
    copied => "Copied",
    copy_failed => "The browser did not allow it. Select the text and copy it by hand.",
    clear_search => "Clear the search",
    reveal => "Show the password",
    caps_lock => "Caps Lock is on.",
    optional => "(optional)",
    remove_filter(name) => "Remove the filter {name}",
    add_filter => "Filter",
    clear_selection => "Clear the selection",
    type_to_confirm(text) => "Type {text} to go on",
    type_exactly(text) => "This does not match. Type {text} exactly as it stands here.",
    from => "From",
    to => "To",
    loading => "Loading",
    more_actions => "More actions",
}
