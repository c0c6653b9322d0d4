//! A client's space.

texts! {
    navigation => "In this client",
    acting(client, provider) => "In {client}, as {provider}",
    leave => "Leave client",
    switch => "Switch to another client",
    switch_from(name) => "You are in {name}. Switch to another client (W)",
    here => "you are here",
    clients => "Clients",
    overview => "Overview",
    directory => "Directory",
    events => "Events",
    billing => "Billing",
    settings => "Settings",

    managed => "Managed by the provider",
    managed_by(provider) => "Managed by {provider}",
    managed_body(provider) => "Seats, bills and payment are {provider}’s business. Ask them when you need more seats or another plan.",
    events_off => "No events are kept here",
    events_off_body => "The plan of this client does not include the event log, so the server writes nothing down. It is not that nothing happened.",
    no_subscription => "Organizations have no subscription of their own here.",
    to_overview => "Go to the overview",
}
