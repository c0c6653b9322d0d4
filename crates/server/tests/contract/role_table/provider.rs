//! The routes of a provider.

use portal_domain::access::Action::*;
use serde_json::{Value, json};

use super::stage::{Body, Empty, Error, Expect, Route, Unauthorized, World, route};
use crate::support::{
    person::{ENC2, ENC4},
    provider::setup,
};

pub fn provider_routes(world: &World) -> Vec<Route> {
    let id = &world.unknown;
    let ids = json!({ "ids": [id] });
    let key = json!({ "key": ENC4 });
    let keys = json!({ "keys": [{ "id": id, "key": ENC4 }] });
    let details = json!({ "name": "Northwind IT", "billingEmail": "bills@northwind.example" });
    let invite = json!({ "emails": ["ann@northwind.example"], "type": 0 });
    let address = json!({ "country": "NO", "postalCode": "0150" });
    let existing = json!({ "key": "2.x", "organizationId": id });
    let seats = |seats: i64| json!({ "name": "Walked", "assignedSeats": seats });
    let none = || Value::Null;
    let billable = |pending: Expect, route: Route| Route { pending, ..route };
    vec![
        route(ViewProvider, "GET", "/api/providers/{providerId}", none(), Body),
        route(EditProvider, "PUT", "/api/providers/{providerId}", details.clone(), Body),
        route(EditProvider, "POST", "/api/providers/{providerId}", details, Body),
        route(SetUpProvider, "POST", "/api/providers/{providerId}/setup", setup("x"), Error(400)),
        route(ViewStaff, "GET", "/api/providers/{providerId}/users", none(), Body),
        route(ViewStaff, "GET", "/api/providers/{providerId}/users/{id}", none(), Error(404)),
        route(InviteStaff, "POST", "/api/providers/{providerId}/users/invite", invite, Empty),
        route(InviteStaff, "GET", "/api/portal/providers/{providerId}/invitations", none(), Body),
        route(ResendStaffInvitation, "POST", "/api/providers/{providerId}/users/reinvite", ids.clone(), Body),
        route(
            ResendStaffInvitation,
            "POST",
            "/api/providers/{providerId}/users/{id}/reinvite",
            none(),
            Empty,
        ),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/public-keys", ids.clone(), Body),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/confirm", keys, Body),
        route(ConfirmStaff, "POST", "/api/providers/{providerId}/users/{id}/confirm", key, Empty),
        route(
            ChangeStaffRole,
            "PUT",
            "/api/providers/{providerId}/users/{id}",
            json!({ "type": 0 }),
            Error(404),
        ),
        route(
            ChangeStaffRole,
            "POST",
            "/api/providers/{providerId}/users/{id}",
            json!({ "type": 0 }),
            Error(404),
        ),
        route(RemoveStaff, "DELETE", "/api/providers/{providerId}/users", ids.clone(), Body),
        route(RemoveStaff, "POST", "/api/providers/{providerId}/users/delete", ids, Body),
        route(RemoveStaff, "DELETE", "/api/providers/{providerId}/users/{id}", none(), Empty),
        route(RemoveStaff, "POST", "/api/providers/{providerId}/users/{id}/delete", none(), Empty),
        route(
            AcceptStaffInvitation,
            "POST",
            "/api/providers/{providerId}/users/{id}/accept",
            json!({ "token": "x" }),
            Error(400),
        ),
        route(ViewClients, "GET", "/api/providers/{providerId}/organizations", none(), Body),
        billable(
            Unauthorized,
            route(CreateClient, "POST", "/api/providers/{providerId}/clients", world.client.clone(), Empty),
        ),
        billable(
            Unauthorized,
            route(
                RenameClient,
                "PUT",
                "/api/providers/{providerId}/clients/{link}",
                seats(world.seats),
                Empty,
            ),
        ),
        billable(
            Unauthorized,
            route(
                ChangeSeats,
                "PUT",
                "/api/providers/{providerId}/clients/{link}",
                seats(world.seats),
                Empty,
            ),
        ),
        billable(
            Unauthorized,
            route(ViewAddable, "GET", "/api/providers/{providerId}/clients/addable", none(), Body),
        ),
        route(AddExisting, "POST", "/api/providers/{providerId}/clients/existing", existing, Unauthorized),
        route(UnlinkClient, "DELETE", "/api/providers/{providerId}/organizations/{id}", none(), Error(500)),
        route(
            UnlinkClient,
            "POST",
            "/api/providers/{providerId}/organizations/{id}/delete",
            none(),
            Error(500),
        ),
        billable(
            Error(401),
            route(
                ViewProviderSubscription,
                "GET",
                "/api/providers/{providerId}/billing/subscription",
                none(),
                Body,
            ),
        ),
        route(
            ViewProviderSubscription,
            "GET",
            "/api/providers/{providerId}/billing/vnext/warnings",
            none(),
            Body,
        ),
        billable(
            Error(401),
            route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/invoices", none(), Body),
        ),
        billable(
            Error(401),
            route(
                ViewProviderBilling,
                "GET",
                "/api/providers/{providerId}/billing/invoices/{id}",
                none(),
                Error(404),
            ),
        ),
        route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/vnext/address", none(), Body),
        route(ViewProviderBilling, "PUT", "/api/providers/{providerId}/billing/vnext/address", address, Body),
        route(
            ViewProviderBilling,
            "GET",
            "/api/providers/{providerId}/billing/vnext/payment-method",
            none(),
            Body,
        ),
        route(ViewProviderBilling, "GET", "/api/providers/{providerId}/billing/vnext/credit", none(), Body),
        route(ViewProviderBilling, "GET", "/api/portal/providers/{providerId}/billing", none(), Body),
        route(ViewProviderBilling, "GET", "/api/portal/providers/{providerId}/billing/seats", none(), Body),
        route(
            ViewProviderBilling,
            "GET",
            "/api/portal/providers/{providerId}/billing/invoices/{id}",
            none(),
            Error(404),
        ),
        route(ViewProviderBilling, "GET", "/api/portal/providers/{providerId}/books", none(), Body),
        route(
            ViewProviderBilling,
            "GET",
            "/api/portal/providers/{providerId}/books/{id}",
            none(),
            Error(404),
        ),
        route(
            ViewProviderBilling,
            "PUT",
            "/api/portal/providers/{providerId}/books/{id}",
            json!({ "revision": 7, "content": ENC2 }),
            Error(409),
        ),
        route(ViewProviderEvents, "GET", "/api/providers/{providerId}/events", none(), Body),
        route(ViewProviderEvents, "GET", "/api/providers/{providerId}/users/{staff}/events", none(), Body),
    ]
}
