//! Saving events, and evidence packs.

use portal_bridge::{EvidenceFault, HighlightRule};

texts! {
    export => "Export",
    csv => "CSV, for a spreadsheet",
    json => "JSON Lines",
    cef => "CEF, for a SIEM",
    pack => "Evidence pack",
    pack_note => "Events, people and policies, each row bound to the one before it",
    verify_ => "Verify an evidence pack…",
    csv_saved[n] => { one: "{n} event saved as CSV", other: "{n} events saved as CSV" },
    saved[n] => { one: "{n} event saved", other: "{n} events saved" },

    verify_title => "Verify an evidence pack",
    verify_body => "A row that was altered, taken out or put in is found. Whoever can rewrite the whole file can seal it anew: compare the seal with the one that was kept elsewhere.",
    verify_file => "Evidence pack",
    verify => "Verify",
    whole => "Every row is as it was written",
    broken(line) => "Line {line} is not as it was written",
    scope => "About",
    range => "Range",
    filter => "Filtered",
    made => "Made",
    made_by(when, who) => "{when} by {who}",
    rows => "Rows",
    row_counts(people, policies, events) => "{people}, {policies}, {events}",
    people[n] => { one: "{n} person", other: "{n} people" },
    policies[n] => { one: "{n} policy", other: "{n} policies" },
    events[n] => { one: "{n} event", other: "{n} events" },
    gaps[n] => { one: "Of {n} log it does not hold everything: the row of the kind gap says which, and why.", other: "Of {n} logs it does not hold everything: the rows of the kind gap say which, and why." },
    seal => "Seal",

    fault_not_one => "This is no evidence pack, or one of a version this program does not know.",
    fault_altered => "The row was altered.",
    fault_order => "A row was taken out, put in or moved here.",
    fault_unfinished => "The end of the file is missing.",
    fault_after => "Something was added after the end.",

    new_address => "New address",
    new_device => "New device",
    unusual_hour => "Unusual hour",
    failed_sign_ins => "Failed sign-ins",
    mass_removal => "Mass removal",
    mass_export => "Export",
    protection_weakened => "Protection weakened",
    owner_added => "Owner added",
    first_visit => "First visit",
}

/// What is wrong with a pack.
pub fn fault(fault: EvidenceFault) -> &'static str {
    match fault {
        EvidenceFault::NotOne => fault_not_one(),
        EvidenceFault::Altered => fault_altered(),
        EvidenceFault::OutOfOrder => fault_order(),
        EvidenceFault::Unfinished => fault_unfinished(),
        EvidenceFault::AfterTheEnd => fault_after(),
    }
}

/// What a rule is called.
pub fn rule(rule: HighlightRule) -> &'static str {
    match rule {
        HighlightRule::NewAddress => new_address(),
        HighlightRule::NewDevice => new_device(),
        HighlightRule::UnusualHour => unusual_hour(),
        HighlightRule::FailedSignIns => failed_sign_ins(),
        HighlightRule::MassRemoval => mass_removal(),
        HighlightRule::MassExport => mass_export(),
        HighlightRule::ProtectionWeakened => protection_weakened(),
        HighlightRule::OwnerAdded => owner_added(),
        HighlightRule::FirstVisit => first_visit(),
    }
}
