//! Whoever the role table knows and the play does not: members of a client who are not its owners, and a provider that
//! waits to be set up, with staff in both roles. For the tests that walk the table.
//!
//! No route makes them yet, so they are put behind the scenes, with keys as real as everybody's.

use portal_server::{
    App,
    operator::{self, ProviderOrder},
    store::{
        bulk::{self, BulkMember, BulkPerson},
        users,
    },
};
use portal_wire::{
    OrganizationUserStatus::Confirmed,
    OrganizationUserType::{self, Admin, Custom, User},
    ProviderId, ProviderUserType, UserId,
    profile::Permissions,
};

use crate::{
    Failure, Stage,
    cast::{ANA, PASSWORD, SAM},
    door::Door,
};

/// The client that gets the members.
const CLIENT: &str = "Quayside Legal LLP";
/// The provider that waits.
const WAITING: &str = "Lighthouse IT";

/// Owners elsewhere who wait for confirmation there, so that this is the only role they have.
#[rustfmt::skip]
const MEMBERS: [(&str, OrganizationUserType, Permissions, &str); 4] = [
    ("joaquin@ibarra.example", Admin, NO_PERMISSIONS, "Admin"),
    ("pat@greenfold.example", User, NO_PERMISSIONS, "User"),
    ("callum@ternferries.example", Custom, NO_PERMISSIONS, "Custom without a permission"),
    ("sofia@vantagepoint.example", Custom, EVERY_PERMISSION, "Custom with every permission"),
];
/// Who sets the provider up. Its Service User waits for confirmation at the other provider.
const FOUNDER: &str = "yuki@pinecrest.example";

const NO_PERMISSIONS: Permissions = all(false);
const EVERY_PERMISSION: Permissions = all(true);

/// Adds them; gives the lines that say how to sign in, and where to set the provider up.
pub(crate) async fn add(stage: &Stage) -> Result<String, Failure> {
    let door = Door::open(stage, &ANA).await?;
    let (organization, key) = door.client_key(CLIENT).await?;
    let mut rows = Vec::new();
    let mut lines = String::new();
    for (email, role, permissions, words) in MEMBERS {
        let user = user(stage, email).await?;
        let key = door.public_key(user).await?.encapsulate(&key).await?;
        rows.push(BulkMember {
            who: BulkPerson::User(user),
            role,
            permissions,
            status: Confirmed,
            key: Some(key.to_string()),
        });
        lines += &format!("sign-in: {email} {PASSWORD} ({words} of {CLIENT})\n");
    }
    let app = stage.app().clone();
    let members = async move {
        let context = app.context();
        bulk::insert_members(&context.store, organization, &rows, context.clock.now()).await
    };
    stage.backstage(members).await??;

    let helper = user(stage, SAM.email).await?;
    let app = stage.app().clone();
    let link = stage.backstage(async move { found(&app, helper).await }).await??;
    lines += &format!("sign-in: {FOUNDER} {PASSWORD} (Provider Admin of {WAITING})\n");
    lines += &format!("sign-in: {} {PASSWORD} (Service User of {WAITING})\n", SAM.email);
    lines += &format!("set-up: {link} ({WAITING})\n");
    Ok(lines)
}

/// Makes the provider that waits; gives its set-up link.
async fn found(app: &App, helper: UserId) -> Result<String, Failure> {
    let order = ProviderOrder {
        name: WAITING.to_owned(),
        admin_email: FOUNDER.to_owned(),
        teams_minimum: 10,
        enterprise_minimum: 5,
    };
    let context = app.context();
    let made = operator::create_provider(context, &order).await?;
    let provider: ProviderId = made.provider_id;
    bulk::insert_staff(&context.store, provider, helper, ProviderUserType::ServiceUser, context.clock.now())
        .await?;
    Ok(made.link)
}

async fn user(stage: &Stage, email: &'static str) -> Result<UserId, Failure> {
    let app = stage.app().clone();
    let found = stage
        .backstage(async move { users::by_email(&mut *app.context().store.read().await?, email).await })
        .await??;
    found.map(|user| user.id).ok_or_else(|| Failure::missing(format!("the account of {email}")))
}

const fn all(held: bool) -> Permissions {
    Permissions {
        access_event_logs: held,
        access_import_export: held,
        access_reports: held,
        create_new_collections: held,
        edit_any_collection: held,
        delete_any_collection: held,
        manage_groups: held,
        manage_policies: held,
        manage_sso: held,
        manage_users: held,
        manage_reset_password: held,
        manage_scim: held,
        manage_access_rules: held,
    }
}
