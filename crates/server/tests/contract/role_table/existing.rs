//! The table walked with ids that exist, so that whoever has an action does it, and nobody is refused for an id alone.

use std::collections::{BTreeMap, BTreeSet};

use portal_domain::access::{Action, ClientSituation, Grant, Manager, Subject, grant};
use portal_server::store::bulk;
use serde_json::Value;

use super::{
    BY_TOKEN, WITHOUT_ROUTE, is_refusal, routes,
    stage::{empty_world, members},
};
use crate::{
    foreign::{
        answers::NOT_ACCEPTED,
        database::{Dump, run},
        fill,
        generate::{Operation, operations},
        own::By,
        stage::{Kind, Stage},
        walk::{is_done, otherwise, send},
    },
    support::{Engine, Person},
};

/// What somebody is answered who has an action in part: the part that is theirs of a list. With any other route, what exists
/// here is not theirs.
const LISTS: &[(&str, &str)] = &[
    ("GET", "/api/organizations/{organizationId}/collections"),
    ("GET", "/api/organizations/{organizationId}/collections/details"),
    ("GET", "/api/organizations/{organizationId}/groups"),
    ("GET", "/api/organizations/{organizationId}/users"),
    ("GET", "/api/organizations/{organizationId}/export"),
];

/// Routes that no role decides about, and where they are walked.
const BY_REACH: &[(&str, &str)] = &[
    // One's own membership alone.
    ("POST", "/api/organizations/{organizationId}/leave"),
    // The collections one has: items_in_part.rs.
    ("GET", "/api/ciphers/organization-details/assigned"),
    ("POST", "/api/ciphers/create"),
    ("GET", "/api/ciphers/{id}"),
    ("GET", "/api/ciphers/{id}/details"),
    ("PUT", "/api/ciphers/{id}"),
    ("DELETE", "/api/ciphers/{id}"),
    ("PUT", "/api/ciphers/{id}/delete"),
    ("PUT", "/api/ciphers/{id}/restore"),
    // Everybody's.
    ("GET", "/api/users/{id}/keys"),
    ("GET", "/api/users/{id}/public-key"),
    ("POST", "/events/collect"),
];

pub async fn walk(engine: Engine) {
    let stage = Stage::build(engine).await;
    let everybody = everybody(&stage).await;
    let pristine = Dump::of(&stage.server).await;
    let situation = ClientSituation { manager: Manager::Provider, ..ClientSituation::default() };
    let operations = operations(&stage.own);
    let (actions, mut done) = (actions(), BTreeSet::new());
    let (mut faults, mut walked, mut allowed, mut refused) = (Vec::new(), BTreeSet::new(), 0, 0);
    for operation in operations.iter().filter(|operation| !is_without_role(operation)) {
        let key = (operation.method().to_owned(), fill(operation.path(), "{}"));
        let action = *actions.get(&key).unwrap_or_else(|| panic!("{}: has no action", operation.name()));
        for call in operation.calls(&stage.own) {
            let action = narrowed(action, &call.body());
            for (person, subject) in &everybody {
                if !operation.own.after.is_empty() {
                    run(&stage.server, operation.own.after).await;
                }
                let answer = send(&stage, operation, Some(person), &call).await;
                let granted = grant(action, *subject, &situation);
                let in_part = granted == Grant::InPart && LISTS.iter().any(|list| operation.is(*list));
                let is_allowed = granted == Grant::Full || in_part;
                let is_right = if is_allowed {
                    is_done(&answer, otherwise(operation))
                } else {
                    is_refusal(&answer, action, granted)
                };
                if !is_right {
                    let name = operation.name();
                    faults.push(format!("{action:?} as {subject:?} ({granted:?}) by {name}: {answer:?}"));
                }
                let is_changed = answer.status == 200 && operation.method() != "GET";
                if is_changed || !operation.own.after.is_empty() {
                    pristine.put_back(&stage.server).await;
                }
                (allowed, refused) = (allowed + usize::from(is_allowed), refused + usize::from(!is_allowed));
                walked.insert(action);
            }
        }
        if operation.method() == "GET" {
            // Who looks into a client leaves an event.
            pristine.put_back(&stage.server).await;
        }
        let left = pristine.difference(&Dump::of(&stage.server).await);
        assert_eq!(left, [""; 0], "{}: who was refused has written", operation.name());
        done.insert(key);
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    every_action_was(&walked);
    let subjects = everybody.len();
    println!("{} routes as each of {subjects} subjects: {allowed} calls done, {refused} refused", done.len());
}

/// Fails if an action that has a route was not walked here, and is not walked by what it alone needs.
fn every_action_was(walked: &BTreeSet<Action>) {
    let elsewhere = [
        Action::LeaveOrganization,
        Action::AcceptStaffInvitation,
        Action::BuySeats,
        Action::ChangeSeats,
        // Refused to everybody, for no organization has a subscription; who gets as far is walked with the others.
        Action::EditSubscription,
    ];
    let missing = Action::ALL.iter().filter(|action| !walked.contains(action));
    let missing = missing.filter(|action| !WITHOUT_ROUTE.contains(action) && !elsewhere.contains(action));
    assert_eq!(missing.collect::<Vec<_>>(), [] as [&Action; 0]);
}

/// Where a route is several actions, the body says which.
fn narrowed(action: Action, body: &Value) -> Action {
    match action {
        Action::ManageApiKey if body["type"] == 2 => Action::ManageScimKey,
        Action::EditOrganization if body["billingEmail"].is_string() => Action::EditBillingEmail,
        action => action,
    }
}

fn is_without_role(operation: &Operation) -> bool {
    let by_token = BY_TOKEN.iter().any(|route| fill(route.1, "{}") == fill(operation.path(), "{}"));
    let not_accepted = NOT_ACCEPTED.iter().any(|(method, path, _)| operation.is((method, path)));
    by_token
        || not_accepted
        || operation.own.by != By::Everybody
        || BY_REACH.iter().any(|route| operation.is(*route))
}

/// Which action each route is.
fn actions() -> BTreeMap<(String, String), Action> {
    let mut actions = BTreeMap::from([
        (("DELETE".to_owned(), "/api/providers/{}".to_owned()), Action::DeleteProvider),
        (("POST".to_owned(), "/api/providers/{}/delete".to_owned()), Action::DeleteProvider),
    ]);
    for route in routes(&empty_world()) {
        let path = route.path.split('?').next().unwrap();
        let path = ["10", "0"].iter().fold(path.to_owned(), |path, kind| {
            path.replace(&format!("/policies/{kind}"), "/policies/{type}")
        });
        actions.entry((route.method.to_owned(), fill(&path, "{}"))).or_insert(route.action);
    }
    actions
}

/// The staff, somebody who is nobody here, and a member of every kind, who have none of what there is.
async fn everybody(stage: &Stage) -> Vec<(Person, Subject)> {
    let members = members(&stage.server).await;
    let (store, now) = (&stage.server.app.context().store, stage.server.app.context().clock.now());
    let organization = stage.own[Kind::Organization].parse().unwrap();
    bulk::insert_members(store, organization, &members.rows, now).await.unwrap();
    let mut everybody = vec![
        (stage.admin.clone(), Subject::ProviderAdmin),
        (stage.service_user.clone(), Subject::ServiceUser),
        (stage.invitee.clone(), Subject::Nobody),
    ];
    everybody.extend(members.people);
    everybody
}
