//! What the server lets people do, and what switches on what is off.

use portal_bridge::{Feature, Remedy, ServerKind, Setting, Standing};

texts! {
    label => "What this server can do",
    body => "Asked anew each time you come here.",
    server => "Server",
    speaks => "Speaks like",
    speaks_version(version) => "Bitwarden {version}",
    vaultwarden => "Vaultwarden",
    portal => "The portal’s own server",
    cloud => "Bitwarden’s cloud",
    other => "Bitwarden, or a server like it",

    providers => "Providers",
    groups => "Groups",
    events => "Event log",
    policies => "Policies",
    recovery => "Account recovery",
    seats => "Limited seats",
    collection_settings => "Collection settings",
    mail => "Mail",
    item_access => "Items by staff",

    on => "on",
    off => "off",
    not_here => "not on this server",
    unknown => "not known",

    by_setting => "Whoever runs the server switches it on by this:",
    by_teams[n] => { one: "The plan of {n} organization lacks it. Teams and Enterprise have it.", other: "The plans of {n} organizations lack it. Teams and Enterprise have it." },
    by_enterprise[n] => { one: "The plan of {n} organization lacks it. Enterprise has it.", other: "The plans of {n} organizations lack it. Enterprise has it." },
    known_by_owners => "Shown once you look after an organization as its Owner or Admin.",
    known_of_plan => "Depends on the plan of each client.",
    known_by_nobody => "The server does not say.",
    policies_known(known, all) => "{known} of the {all} kinds this portal knows.",

    some_off => "Some things are off on this server",

    groups_off(setting) => "Groups are switched off on this server. Whoever runs it switches them on by {setting}.",
    events_off(setting) => "The event log is switched off on this server: it is not that nothing happened. Whoever runs it switches it on by {setting}.",
    other_off(setting) => "This is switched off on this server. Whoever runs it switches it on by {setting}.",
    off_head => "Switched off on this server",
}

/// What a server is, in words; by the name it gives itself where the portal does not know it.
pub fn kind(kind: ServerKind, name: Option<&str>) -> String {
    let word = match kind {
        ServerKind::Vaultwarden => vaultwarden(),
        ServerKind::Portal => portal(),
        ServerKind::Cloud => cloud(),
        ServerKind::Other => name.unwrap_or(other()),
    };
    word.to_owned()
}

/// What the server may let people do, in words.
pub fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::Providers => providers(),
        Feature::Groups => groups(),
        Feature::Events => events(),
        Feature::Policies => policies(),
        Feature::Recovery => recovery(),
        Feature::Seats => seats(),
        Feature::CollectionSettings => collection_settings(),
        Feature::Mail => mail(),
        Feature::ItemAccess => item_access(),
    }
}

/// How it stands, in a word.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::On => on(),
        Standing::Off(_) => off(),
        Standing::NotOnThisServer => not_here(),
        Standing::Unknown => unknown(),
    }
}

/// What switches on what so many organizations lack, in words. A setting stands behind them.
pub fn remedy(remedy: Remedy, lacking: u32) -> String {
    match remedy {
        Remedy::Setting(_) => by_setting().to_owned(),
        Remedy::TeamsPlan => by_teams(lacking),
        Remedy::EnterprisePlan => by_enterprise(lacking),
    }
}

/// Why nothing is known of it.
pub fn unknown_because(server: ServerKind, of: Feature) -> &'static str {
    match (server, of) {
        (ServerKind::Vaultwarden, _) => known_by_owners(),
        (_, Feature::Groups | Feature::Events | Feature::Policies | Feature::Recovery) => known_of_plan(),
        _ => known_by_nobody(),
    }
}

/// Why a page is closed whose feature the server has switched off, with what switches it on.
pub fn switched_off(feature: Feature, by: Setting) -> String {
    match feature {
        Feature::Groups => groups_off(by.written()),
        Feature::Events => events_off(by.written()),
        _ => other_off(by.written()),
    }
}
