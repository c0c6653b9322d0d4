//! Members of clients beside their owners.

/// Somebody at a client.
#[derive(Debug)]
pub struct Member {
    /// What they are called.
    pub name: &'static str,
    /// Their address.
    pub email: &'static str,
    /// At which client.
    pub client: &'static str,
}

/// A member of Acme who becomes an Owner.
pub static NEW_OWNER: Member =
    Member { name: "Noor Haddad", email: "noor@acme-robotics.example", client: super::ACME };

/// Invited for a season to a client, and removed together.
pub const SEASONAL: (&str, [&str; 12]) = (
    super::RENAMED.0,
    [
        "season1@fjordline.example",
        "season2@fjordline.example",
        "season3@fjordline.example",
        "season4@fjordline.example",
        "season5@fjordline.example",
        "season6@fjordline.example",
        "season7@fjordline.example",
        "season8@fjordline.example",
        "season9@fjordline.example",
        "season10@fjordline.example",
        "season11@fjordline.example",
        "season12@fjordline.example",
    ],
);
