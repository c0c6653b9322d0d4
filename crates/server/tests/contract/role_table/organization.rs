//! The routes of an organization that are about itself, its bills, keys, members and events.

use portal_domain::access::Action::*;
use serde_json::{Value, json};

use super::stage::{Body, Error, Route, World, route};
use crate::support::person::{ENC2, ENC4};

macro_rules! billing {
    ($rest:literal) => {
        concat!("/api/organizations/{organizationId}/billing", $rest)
    };
}

pub fn organization_routes(world: &World) -> Vec<Route> {
    let id = &world.unknown;
    let ids = json!({ "ids": [id] });
    let key = json!({ "key": ENC4 });
    let keys = json!({ "keys": [{ "id": id, "key": ENC4 }] });
    let none = || Value::Null;
    let same = json!({ "name": null });
    let billing = json!({ "billingEmail": "bills@northwind.example" });
    let rules = json!({ "allowAdminAccessToAllCollectionItems": true });
    let pair = json!({ "publicKey": "MIIB", "encryptedPrivateKey": ENC2 });
    let unproved = |kind: i32| json!({ "type": kind });
    vec![
        route(
            EditOrganization,
            "PUT",
            "/api/organizations/{organizationId}/collection-management",
            rules,
            Body,
        ),
        route(SetKeyPair, "POST", "/api/organizations/{organizationId}/keys", pair, Error(400)),
        route(ManageMembers, "GET", "/api/organizations/{organizationId}/private-key", none(), Body),
        route(ManageApiKey, "POST", "/api/organizations/{organizationId}/api-key", unproved(0), Error(400)),
        route(ManageScimKey, "POST", "/api/organizations/{organizationId}/api-key", unproved(2), Error(400)),
        route(
            ManageApiKey,
            "POST",
            "/api/organizations/{organizationId}/rotate-api-key",
            unproved(0),
            Error(400),
        ),
        route(
            ManageScimKey,
            "POST",
            "/api/organizations/{organizationId}/rotate-api-key",
            unproved(2),
            Error(400),
        ),
        route(ManageApiKey, "GET", "/api/organizations/{organizationId}/api-key-information", none(), Body),
        route(
            ManageApiKey,
            "GET",
            "/api/organizations/{organizationId}/api-key-information/{type}",
            none(),
            Body,
        ),
        route(ViewBillingNotices, "GET", billing!("/vnext/metadata"), none(), Body),
        route(ViewBillingNotices, "GET", billing!("/vnext/warnings"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!(""), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/history"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/invoices"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/transactions"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/vnext/address"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/vnext/payment-method"), none(), Body),
        route(ViewPaymentDetails, "GET", billing!("/vnext/credit"), none(), Body),
        route(ViewSubscription, "GET", "/api/organizations/{organizationId}/subscription", none(), Body),
        route(
            EditSubscription,
            "POST",
            "/api/organizations/{organizationId}/subscription",
            json!({ "seatAdjustment": 1, "maxAutoscaleSeats": null }),
            Error(400),
        ),
        route(
            EditSubscription,
            "POST",
            "/api/organizations/{organizationId}/seat",
            json!({ "seatAdjustment": 1 }),
            Error(400),
        ),
        route(DeleteOrganization, "DELETE", "/api/organizations/{organizationId}", json!({}), Error(400)),
        route(
            DeleteOrganization,
            "POST",
            "/api/organizations/{organizationId}/delete",
            json!({}),
            Error(400),
        ),
        route(ViewOrganization, "GET", "/api/organizations/{organizationId}", none(), Body),
        route(EditOrganization, "PUT", "/api/organizations/{organizationId}", same.clone(), Body),
        route(EditOrganization, "POST", "/api/organizations/{organizationId}", same, Body),
        route(EditBillingEmail, "PUT", "/api/organizations/{organizationId}", billing, Body),
        route(ViewPublicKey, "GET", "/api/organizations/{organizationId}/public-key", none(), Body),
        route(ViewPublicKey, "GET", "/api/organizations/{organizationId}/keys", none(), Body),
        route(ViewMembers, "GET", "/api/organizations/{organizationId}/users", none(), Body),
        route(ViewMemberNames, "GET", "/api/organizations/{organizationId}/users/mini-details", none(), Body),
        route(ManageMembers, "GET", "/api/organizations/{organizationId}/users/{member}", none(), Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/public-keys",
            ids.clone(),
            Body,
        ),
        route(ManageMembers, "POST", "/api/organizations/{organizationId}/users/reinvite", ids, Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/{id}/reinvite",
            none(),
            Error(404),
        ),
        route(ManageMembers, "POST", "/api/organizations/{organizationId}/users/confirm", keys, Body),
        route(
            ManageMembers,
            "POST",
            "/api/organizations/{organizationId}/users/{id}/confirm",
            key,
            Error(404),
        ),
        route(ManageMembers, "GET", "/api/portal/organizations/{organizationId}/invitations", none(), Body),
        route(ViewCollections, "GET", "/api/organizations/{organizationId}/collections", none(), Body),
        route(
            ViewCollectionAccess,
            "GET",
            "/api/organizations/{organizationId}/collections/details",
            none(),
            Body,
        ),
        route(ViewOrganizationEvents, "GET", "/api/organizations/{organizationId}/events", none(), Body),
        route(
            ViewOrganizationEvents,
            "GET",
            "/api/organizations/{organizationId}/users/{member}/events",
            none(),
            Body,
        ),
    ]
}
