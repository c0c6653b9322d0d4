//! When the tab itself breaks.

texts! {
    title => "Something broke",
    body => "The portal stopped because of a fault of its own. What you had already sent was kept. Load the page again to go on.",
    updated => "The portal has been updated",
    updated_body => "This page is of an earlier version and cannot go on. Load it again; what you had already sent was kept.",
    reload => "Load again",
    details => "Details",
}
