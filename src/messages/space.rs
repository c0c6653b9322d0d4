//! A client's space.

texts! {
    navigation => "In this client",
    acting(client, provider) => "In {client}, as {provider}",
    leave => "Leave client",
    overview => "Overview",
}
