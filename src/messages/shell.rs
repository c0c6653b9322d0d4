//! The frame around every page.

texts! {
    app => "Provider Portal",
    title(page, place) => "{page} · {place}",
    loading => "Loading",
    not_found => "Nothing is here",
    not_found_body => "This page does not exist, or not for your role.",
    to_places => "Go to your providers",
    not_now => "Not possible now",
    clients => "Clients",
    staff => "Staff",
    events => "Events",
    settings => "Settings",
}
