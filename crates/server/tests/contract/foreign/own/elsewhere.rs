//! The routes that are of no provider and no organization, and yet take an id of one.

use serde_json::{Value, json};

use super::{By, Own, own};
use crate::{
    foreign::stage::{Kind::*, World},
    support::person::registration,
};

pub fn routes() -> Vec<Own> {
    vec![
        own("POST", "/identity/accounts/register/finish")
            .by(By::Nobody)
            .bodies(|world| vec![invited_member(world), invited_staff(world)])
            .after(&["DELETE FROM users WHERE email LIKE 'invited@%'"]),
    ]
}

fn invited_member(world: &World) -> Value {
    let mut body = registration(&world.invited);
    body["orgInviteToken"] = json!(world.tokens.member);
    body["organizationUserId"] = json!(&world[InvitedMember]);
    body
}

fn invited_staff(world: &World) -> Value {
    let mut body = registration(&world.invited);
    body["providerInviteToken"] = json!(world.tokens.staff);
    body["providerUserId"] = json!(&world[InvitedStaff]);
    body
}
