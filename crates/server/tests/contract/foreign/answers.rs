//! Where the interface answers otherwise than by refusing; and what cannot be accepted of one's own.

/// How a foreign id is answered that is not refused with 400, 401, 403 or 404. Nothing is written all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// 200 with a list, in which the foreign id is missing or has an error.
    Rows,
    /// 200 without a body.
    Silence,
    /// 500, as the original has it.
    Failure,
    /// 200: what is asked for is for everybody who is signed in.
    Everybody,
    /// The field is not looked at: the call is accepted as if it stood there rightly.
    Unread(&'static str),
}

use Otherwise::{Everybody, Failure, Rows, Silence, Unread};

/// The routes that answer a foreign id so, with the reason.
pub const OTHERWISE: &[(&str, &str, Otherwise, &str)] = &[
    ("POST", "/api/providers/{providerId}/users/reinvite", Rows, "a result per row"),
    ("POST", "/api/providers/{providerId}/users/public-keys", Rows, "a row per id that is one"),
    ("POST", "/api/providers/{providerId}/users/confirm", Rows, "a result per row"),
    ("DELETE", "/api/providers/{providerId}/users", Rows, "a result per row"),
    ("POST", "/api/providers/{providerId}/users/delete", Rows, "a result per row"),
    ("POST", "/api/organizations/{organizationId}/users/reinvite", Rows, "a result per row"),
    ("POST", "/api/organizations/{organizationId}/users/public-keys", Rows, "a row per id that is one"),
    ("POST", "/api/organizations/{organizationId}/users/confirm", Rows, "a result per row"),
    ("PUT", "/api/organizations/{organizationId}/users/revoke", Rows, "a result per row"),
    ("PUT", "/api/organizations/{organizationId}/users/restore", Rows, "a result per row"),
    ("DELETE", "/api/organizations/{organizationId}/users", Rows, "a result per row"),
    ("POST", "/api/organizations/{organizationId}/users/remove", Rows, "a result per row"),
    (
        "POST",
        "/api/organizations/{organizationId}/users/account-recovery-details",
        Rows,
        "a row per id that is one",
    ),
    (
        "POST",
        "/api/providers/{providerId}/users/{id}/reinvite",
        Silence,
        "contract: 200 even if nothing is open",
    ),
    (
        "POST",
        "/api/providers/{providerId}/users/{id}/confirm",
        Silence,
        "contract: 200 even if nobody is confirmed",
    ),
    ("DELETE", "/api/providers/{providerId}/users/{id}", Silence, "contract: 200 even if nobody is removed"),
    ("POST", "/api/providers/{providerId}/users/{id}/delete", Silence, "the same"),
    ("POST", "/events/collect", Silence, "what is not the caller's to tell of is left out"),
    (
        "DELETE",
        "/api/providers/{providerId}/organizations/{id}",
        Failure,
        "contract: an unknown link is a 500",
    ),
    ("POST", "/api/providers/{providerId}/organizations/{id}/delete", Failure, "the same"),
    ("GET", "/api/organizations/{organizationId}/public-key", Everybody, "a public key"),
    ("GET", "/api/organizations/{organizationId}/keys", Everybody, "the same"),
    ("GET", "/api/users/{id}/public-key", Everybody, "a public key"),
    ("GET", "/api/users/{id}/keys", Everybody, "the same"),
    (
        "POST",
        "/api/ciphers/import-organization",
        Unread("/body/ciphers/0/organizationId"),
        "an imported item is of the organization in the query, whatever an export of another says",
    ),
];

/// The routes whose own call nobody here can make, with the reason.
pub const NOT_ACCEPTED: &[(&str, &str, &str)] = &[
    ("POST", "/api/ciphers", "an item of one's own names no organization; one without is made in items.rs"),
    ("POST", "/api/organizations/{organizationId}/subscription", "no organization has a subscription"),
    ("POST", "/api/organizations/{organizationId}/seat", "the same"),
];
