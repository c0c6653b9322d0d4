//! The routes by which members are changed, their accounts recovered, and policies set.

use portal_domain::access::Action::{EditMember, ManageMembers, ManagePolicies, RecoverAccount};
use serde_json::{Value, json};

use super::stage::{Body, Error, Route, World, route};

macro_rules! users {
    ($rest:literal) => {
        concat!("/api/organizations/{organizationId}/users", $rest)
    };
}

pub fn deed_routes(world: &World) -> Vec<Route> {
    let ids = || json!({ "ids": [world.unknown] });
    let none = || Value::Null;
    let member = || json!({ "type": 2, "accessSecretsManager": false, "collections": [] });
    let off = json!({ "policy": { "enabled": false, "data": null }, "metadata": null });
    let secret = json!({ "resetMasterPassword": true, "resetTwoFactor": false, "newMasterPasswordHash": "x", "key": "2.AAAA|AAAA|AAAA" });
    vec![
        route(ManageMembers, "POST", users!("/invite"), json!({ "emails": [] }), Error(400)),
        route(EditMember, "PUT", users!("/{id}"), member(), Error(404)),
        route(EditMember, "POST", users!("/{id}"), member(), Error(404)),
        route(ManageMembers, "PUT", users!("/revoke"), ids(), Body),
        route(ManageMembers, "PUT", users!("/restore"), ids(), Body),
        route(ManageMembers, "DELETE", users!(""), ids(), Body),
        route(ManageMembers, "POST", users!("/remove"), ids(), Body),
        route(ManageMembers, "PUT", users!("/{id}/revoke"), none(), Error(404)),
        route(ManageMembers, "PUT", users!("/{id}/restore"), none(), Error(404)),
        route(ManageMembers, "PUT", users!("/{id}/restore/vnext"), none(), Error(404)),
        route(ManageMembers, "DELETE", users!("/{id}"), none(), Error(404)),
        route(ManageMembers, "POST", users!("/{id}/remove"), none(), Error(404)),
        route(RecoverAccount, "GET", users!("/{id}/reset-password-details"), none(), Error(404)),
        route(RecoverAccount, "POST", users!("/account-recovery-details"), ids(), Body),
        route(RecoverAccount, "PUT", users!("/{id}/recover-account"), secret, Error(404)),
        route(ManagePolicies, "GET", "/api/organizations/{organizationId}/policies", none(), Body),
        route(ManagePolicies, "GET", "/api/organizations/{organizationId}/policies/10", none(), Body),
        route(ManagePolicies, "PUT", "/api/organizations/{organizationId}/policies/10", off, Body),
        route(
            ManagePolicies,
            "GET",
            "/api/portal/organizations/{organizationId}/policies/10/effect",
            none(),
            Body,
        ),
    ]
}
