//! The routes of a provider.

use serde_json::json;

use super::{By, Own, own};
use crate::{
    foreign::stage::{Kind::*, PAGE, World},
    support::{
        person::{ENC2, ENC4},
        provider::{client, setup},
    },
};

macro_rules! provider {
    ($rest:literal) => {
        concat!("/api/providers/{providerId}", $rest)
    };
}

pub fn routes() -> Vec<Own> {
    let details = |_: &World| vec![json!({ "name": "Changed", "billingEmail": "bills@changed.example" })];
    let role = |_: &World| vec![json!({ "type": 0 })];
    let staff = |world: &World| vec![json!({ "ids": [&world[Staff]] })];
    let accepted = |world: &World| vec![json!({ "ids": [&world[AcceptedStaff]] })];
    let invited = |world: &World| vec![json!({ "ids": [&world[InvitedStaff]] })];
    let keys = |world: &World| vec![json!({ "keys": [{ "id": &world[AcceptedStaff], "key": ENC4 }] })];
    vec![
        own("PUT", provider!("")).bodies(details),
        own("POST", provider!("")).bodies(details),
        own("POST", provider!("/setup"))
            .bodies(|world| vec![setup(&world.tokens.setup)])
            .after(&["UPDATE providers SET status = 0"]),
        own("POST", provider!("/delete-recover-token"))
            .by(By::Nobody)
            .bodies(|world| vec![json!({ "token": world.tokens.deletion })]),
        own("GET", provider!("/users/{id}")),
        own("PUT", provider!("/users/{id}")).bodies(role),
        own("POST", provider!("/users/{id}")).bodies(role),
        own("DELETE", provider!("/users")).bodies(staff),
        own("POST", provider!("/users/delete")).bodies(staff),
        own("POST", provider!("/users/invite"))
            .bodies(|_| vec![json!({ "emails": ["new@quartz-a1.example"], "type": 1 })]),
        own("POST", provider!("/users/reinvite")).bodies(invited),
        own("POST", provider!("/users/{id}/reinvite")).naming("id", InvitedStaff),
        own("POST", provider!("/users/{id}/accept"))
            .by(By::Invitee)
            .naming("id", InvitedStaff)
            .bodies(|world| vec![json!({ "token": world.tokens.staff })]),
        own("POST", provider!("/users/public-keys")).bodies(accepted),
        own("POST", provider!("/users/confirm")).bodies(keys),
        own("POST", provider!("/users/{id}/confirm"))
            .naming("id", AcceptedStaff)
            .bodies(|_| vec![json!({ "key": ENC4 })]),
        own("POST", provider!("/clients")).bodies(|_| vec![client("New", "new@quartz-a1.example", 19, 1)]),
        own("POST", provider!("/clients/existing"))
            .bodies(|world| vec![json!({ "key": ENC4, "organizationId": &world[Addable] })]),
        own("PUT", provider!("/billing/vnext/address")).bodies(|_| {
            let tax_id = json!({ "code": "no_vat", "value": "1" });
            vec![json!({ "country": "NO", "postalCode": "0151", "taxId": tax_id })]
        }),
        own("GET", "/api/portal/providers/{providerId}/books/{name}").values(|_| json!({ "name": PAGE })),
        own("PUT", "/api/portal/providers/{providerId}/books/{name}")
            .values(|_| json!({ "name": PAGE }))
            .bodies(|_| vec![json!({ "revision": 1, "content": ENC2 })]),
        own("PUT", provider!("/clients/{id}"))
            .bodies(|_| vec![json!({ "name": "Renamed", "assignedSeats": 39 })]),
    ]
}
