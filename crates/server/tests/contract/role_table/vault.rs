//! What the walk calls of collections, groups and items.

use portal_domain::access::Action;
use serde_json::{Value, json};

use super::stage::{Body, Empty, Error, Route, World, route};
use crate::support::person::ENC2;

pub fn collection_routes() -> Vec<Route> {
    use Action::*;
    let none = || Value::Null;
    let nothing = || json!({ "ids": [] });
    let group = || json!({ "name": "Walked", "collections": [], "users": [] });
    let unnamed = || json!({ "name": "", "collections": [], "users": [] });
    let unreadable = || json!({ "name": "not encrypted" });
    vec![
        route(
            ViewCollections,
            "GET",
            "/api/organizations/{organizationId}/collections/{id}",
            none(),
            Error(404),
        ),
        route(
            ViewCollectionAccess,
            "GET",
            "/api/organizations/{organizationId}/collections/{id}/details",
            none(),
            Error(404),
        ),
        route(
            ViewCollectionAccess,
            "GET",
            "/api/organizations/{organizationId}/collections/{id}/users",
            none(),
            Error(404),
        ),
        route(
            CreateCollection,
            "POST",
            "/api/organizations/{organizationId}/collections",
            unreadable(),
            Error(400),
        ),
        route(
            EditCollection,
            "PUT",
            "/api/organizations/{organizationId}/collections/{id}",
            json!({}),
            Error(404),
        ),
        route(
            EditCollection,
            "POST",
            "/api/organizations/{organizationId}/collections/{id}",
            json!({}),
            Error(404),
        ),
        route(
            EditCollection,
            "POST",
            "/api/organizations/{organizationId}/collections/bulk-access",
            json!({ "collectionIds": [] }),
            Error(400),
        ),
        route(
            DeleteCollection,
            "DELETE",
            "/api/organizations/{organizationId}/collections/{id}",
            none(),
            Error(404),
        ),
        route(
            DeleteCollection,
            "POST",
            "/api/organizations/{organizationId}/collections/{id}/delete",
            none(),
            Error(404),
        ),
        route(
            DeleteCollection,
            "DELETE",
            "/api/organizations/{organizationId}/collections",
            nothing(),
            Error(400),
        ),
        route(
            DeleteCollection,
            "POST",
            "/api/organizations/{organizationId}/collections/delete",
            nothing(),
            Error(400),
        ),
        route(ViewGroups, "GET", "/api/organizations/{organizationId}/groups", none(), Body),
        route(ViewGroupDetails, "GET", "/api/organizations/{organizationId}/groups/details", none(), Body),
        route(ManageGroups, "GET", "/api/organizations/{organizationId}/groups/{id}", none(), Error(404)),
        route(
            ManageGroups,
            "GET",
            "/api/organizations/{organizationId}/groups/{id}/details",
            none(),
            Error(404),
        ),
        route(
            ManageGroups,
            "GET",
            "/api/organizations/{organizationId}/groups/{id}/users",
            none(),
            Error(404),
        ),
        route(ManageGroups, "POST", "/api/organizations/{organizationId}/groups", unnamed(), Error(400)),
        route(ManageGroups, "PUT", "/api/organizations/{organizationId}/groups/{id}", group(), Error(404)),
        route(ManageGroups, "POST", "/api/organizations/{organizationId}/groups/{id}", group(), Error(404)),
        route(ManageGroups, "DELETE", "/api/organizations/{organizationId}/groups/{id}", none(), Error(404)),
        route(
            ManageGroups,
            "POST",
            "/api/organizations/{organizationId}/groups/{id}/delete",
            none(),
            Error(404),
        ),
        route(ManageGroups, "DELETE", "/api/organizations/{organizationId}/groups", nothing(), Error(400)),
        route(
            ManageGroups,
            "POST",
            "/api/organizations/{organizationId}/groups/delete",
            nothing(),
            Error(400),
        ),
        route(
            ManageGroups,
            "DELETE",
            "/api/organizations/{organizationId}/groups/{id}/user/{member}",
            none(),
            Error(404),
        ),
    ]
}

pub fn item_routes(world: &World) -> Vec<Route> {
    use Action::*;
    let none = || Value::Null;
    let cipher = || json!({ "type": 1, "name": ENC2, "organizationId": world.organization });
    let unplaced = json!({ "cipher": cipher(), "collectionIds": [] });
    let nothing = || json!({ "ids": [], "organizationId": world.organization });
    let nowhere =
        json!({ "organizationId": world.organization, "cipherIds": [world.item], "collectionIds": [] });
    vec![
        route(
            ViewItems,
            "GET",
            "/api/ciphers/organization-details?organizationId={organizationId}",
            none(),
            Body,
        ),
        route(EditItems, "POST", "/api/ciphers/admin", unplaced, Error(400)),
        route(EditItems, "GET", "/api/ciphers/{item}/admin", none(), Body),
        route(EditItems, "PUT", "/api/ciphers/{item}/admin", cipher(), Body),
        route(
            EditItems,
            "PUT",
            "/api/ciphers/{item}/collections-admin",
            json!({ "collectionIds": [] }),
            Body,
        ),
        route(EditItems, "POST", "/api/ciphers/bulk-collections", nowhere, Empty),
        route(EditItems, "PUT", "/api/ciphers/{item}/delete-admin", none(), Empty),
        route(EditItems, "PUT", "/api/ciphers/{item}/restore-admin", none(), Body),
        route(EditItems, "PUT", "/api/ciphers/delete-admin", nothing(), Error(400)),
        route(EditItems, "PUT", "/api/ciphers/restore-admin", nothing(), Error(400)),
        route(EditItems, "DELETE", "/api/ciphers/admin", nothing(), Error(400)),
        route(EditItems, "DELETE", "/api/ciphers/{id}/admin", none(), Error(404)),
        route(ViewOrganizationEvents, "GET", "/api/ciphers/{item}/events", none(), Body),
        route(ExportVault, "GET", "/api/organizations/{organizationId}/export", none(), Body),
        route(
            ImportVault,
            "POST",
            "/api/ciphers/import-organization?organizationId={organizationId}",
            json!({}),
            Empty,
        ),
        route(
            PurgeVault,
            "POST",
            "/api/ciphers/purge?organizationId={organizationId}",
            json!({}),
            Error(400),
        ),
    ]
}
