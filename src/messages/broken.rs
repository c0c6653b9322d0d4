//! When the tab itself breaks.

texts! {
    title => "Something broke",
    body => "The portal stopped because of a fault of its own. What you had already sent was kept. Load the page again to go on.",
    reload => "Load again",
    details => "Details",
}
