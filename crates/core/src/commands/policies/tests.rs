use portal_bridge::{
    GetJobs, GetPolicies, GetPolicyEffect, JobState, PolicyObstacle, PolicyStep, PolicyType, PolicyValue,
    ProblemKind, RowOutcome, SavePolicies, SavePolicy,
};
use serde_json::{Value, json};

use crate::{
    commands::collections::tests::Stage,
    scripted::{Mishap, PROVIDER},
};

fn show(stage: &Stage, policies: &[(i32, bool, Value)]) {
    let rows: Vec<Value> = policies
        .iter()
        .map(|(kind, enabled, data)| {
            json!({"object": "policy", "organizationId": stage.within.organization, "type": kind, "enabled": enabled,
                   "data": data, "canToggleState": true})
        })
        .collect();
    stage.server.borrow_mut().pages.insert(format!("GET {}", stage.path("/policies")), json!({"data": rows}));
}

fn step(kind: PolicyType, enabled: bool) -> PolicyStep {
    PolicyStep { kind, label: kind.name().unwrap_or_default().into(), enabled, data: Vec::new() }
}

#[test]
fn every_policy_is_there_and_what_this_version_does_not_know_beside_them() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[(3, true, json!({})), (99, true, json!({"x": 1}))]);
    let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
    assert_eq!(all.len(), PolicyType::ALL.len() + 1);
    assert!(all.iter().any(|policy| policy.kind == PolicyType::SingleOrg && policy.enabled));
    assert!(all.iter().any(|policy| policy.kind == PolicyType::Unknown(99)));
}

#[test]
fn what_a_policy_needs_first_is_told_until_it_is_on() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[(8, true, json!({}))]);
    let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
    let of = |kind| all.iter().find(|policy| policy.kind == kind).unwrap();
    assert_eq!(of(PolicyType::MaximumVaultTimeout).needs, [PolicyType::SingleOrg]);
    assert_eq!(of(PolicyType::SingleOrg).needed_by, [PolicyType::ResetPassword]);
}

#[test]
fn what_keeps_a_policy_from_being_switched_is_said() {
    let mut stage = Stage::new(json!({"keyConnectorEnabled": true}));
    show(&stage, &[(3, true, json!({}))]);
    let of = |stage: &mut Stage, kind| {
        let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
        all.into_iter().find(|policy| policy.kind == kind).unwrap().obstacle
    };
    assert_eq!(of(&mut stage, PolicyType::SingleOrg), Some(PolicyObstacle::KeyConnector));
    assert_eq!(of(&mut stage, PolicyType::AutomaticUserConfirmation), None);

    // A colleague is a member of the client, too.
    let mut stage = Stage::new(json!({}));
    let claimed = json!({"data": [{"object": "policy", "organizationId": stage.within.organization, "type": 3, "enabled": true,
                                   "data": {}, "canToggleState": false}]});
    stage.server.borrow_mut().pages.insert(format!("GET {}", stage.path("/policies")), claimed);
    let user = uuid::Uuid::from_u128(5);
    let person = json!({"data": [{"id": uuid::Uuid::from_u128(6), "userId": user, "email": "sam@msp.example", "name": "Sam",
                                  "type": 1, "status": 2}]});
    for path in [stage.path("/users/mini-details"), format!("/api/providers/{PROVIDER}/users")] {
        stage.server.borrow_mut().pages.insert(format!("GET {path}"), person.clone());
    }
    assert_eq!(of(&mut stage, PolicyType::SingleOrg), Some(PolicyObstacle::ClaimedDomains));
    assert_eq!(of(&mut stage, PolicyType::AutomaticUserConfirmation), Some(PolicyObstacle::ProviderMembers));
}

#[test]
fn saving_keeps_every_key_this_version_does_not_know() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[(1, false, json!({"minLength": 12, "future": {"a": [1]}}))]);
    let call = format!("PUT {}", stage.path("/policies/1"));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
    let seen = all.iter().find(|policy| policy.kind == PolicyType::MasterPassword).unwrap().seen;
    let mut step = step(PolicyType::MasterPassword, true);
    step.data = vec![("minLength".into(), PolicyValue::Number(16))];
    stage.world.ask(SavePolicy { within: stage.within, seen, step }).unwrap();
    let body = stage.server.borrow().body(&call);
    assert_eq!(body["policy"], json!({"enabled": true, "data": {"minLength": 16, "future": {"a": [1]}}}));
    assert_eq!(body["metadata"], Value::Null);
}

#[test]
fn data_ownership_brings_the_encrypted_name_of_everybodys_collection() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[]);
    let call = format!("PUT {}", stage.path("/policies/5"));
    stage.server.borrow_mut().pages.insert(call.clone(), json!({}));
    let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
    let seen = all.iter().find(|one| one.kind == PolicyType::OrganizationDataOwnership).unwrap().seen;
    let step = step(PolicyType::OrganizationDataOwnership, true);
    stage.world.ask(SavePolicy { within: stage.within, seen, step }).unwrap();
    let body = stage.server.borrow().body(&call);
    let sealed = body["metadata"]["defaultUserCollectionName"].as_str().unwrap().parse().unwrap();
    assert_eq!(*stage.key.decrypt_text(&sealed).unwrap(), "My items");
}

#[test]
fn a_policy_somebody_else_has_changed_is_told_and_nothing_is_sent() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[(3, false, json!({}))]);
    let all = stage.world.ask(GetPolicies(stage.within)).unwrap();
    let seen = all.iter().find(|policy| policy.kind == PolicyType::SingleOrg).unwrap().seen;
    show(&stage, &[(3, true, json!({}))]);
    let step = step(PolicyType::SingleOrg, true);
    let refused = stage.world.ask(SavePolicy { within: stage.within, seen, step });
    assert_eq!(refused.unwrap_err().kind, ProblemKind::ChangedMeanwhile);
    assert_eq!(stage.server.borrow().count(&format!("PUT {}", stage.path("/policies/3"))), 0);
}

#[test]
fn of_policies_in_order_none_is_sent_after_one_that_failed() {
    let mut stage = Stage::new(json!({}));
    show(&stage, &[]);
    let first = format!("PUT {}", stage.path("/policies/3"));
    let second = format!("PUT {}", stage.path("/policies/4"));
    let refusal = json!({"object": "error", "message": "No."}).to_string();
    stage.server.borrow_mut().upset(&first, Mishap::Instead(400, refusal));
    stage.server.borrow_mut().pages.insert(first.clone(), json!({}));
    stage.server.borrow_mut().pages.insert(second.clone(), json!({}));
    let steps = vec![step(PolicyType::SingleOrg, true), step(PolicyType::RequireSso, true)];
    let job = stage.world.ask(SavePolicies { within: stage.within, steps }).unwrap();
    stage.world.pass(2_000);
    let view = stage.world.ask(GetJobs).unwrap().remove(0);
    assert!(matches!(view.state, JobState::Failed(_)), "{:?}", view.state);
    assert_eq!(stage.server.borrow().count(&second), 0);
    // Once the cause is gone, it goes on where it stood.
    stage.world.ask(portal_bridge::ResumeJob(job)).unwrap();
    stage.world.pass(2_000);
    let view = stage.world.ask(GetJobs).unwrap().remove(0);
    assert_eq!(view.rows.iter().filter(|row| row.outcome == RowOutcome::Done).count(), 2);
    assert_eq!(stage.server.borrow().count(&second), 1);
}

/// Puts members up, each with role, status and whether two-step login is on.
fn show_members(stage: &Stage, members: &[(&str, i32, i32, bool)]) {
    let rows: Vec<Value> = members
        .iter()
        .zip(1_u128..)
        .map(|((name, role, status, two_step), number)| {
            json!({"id": uuid::Uuid::from_u128(number), "name": name, "email": format!("{name}@mill.example"),
                   "type": role, "status": status, "twoFactorEnabled": two_step})
        })
        .collect();
    let mut server = stage.server.borrow_mut();
    for path in ["/users", "/users/mini-details"] {
        server.pages.insert(format!("GET {}", stage.path(path)), json!({"data": rows}));
    }
}

fn effect(stage: &mut Stage, kind: PolicyType) -> (Vec<String>, bool) {
    let effect = stage.world.ask(GetPolicyEffect { within: stage.within, kind }).unwrap();
    (effect.revoked.into_iter().map(|(name, _)| name).collect(), effect.certain)
}

#[test]
fn whom_the_server_would_revoke_is_named() {
    let mut stage = Stage::new(json!({}));
    show_members(&stage, &[("ada", 2, 2, true), ("tom", 2, 2, true)]);
    let page = format!("GET /api/portal/organizations/{}/policies/3/effect", stage.within.organization);
    stage.server.borrow_mut().pages.insert(page, json!({"revoked": [uuid::Uuid::from_u128(2)]}));
    assert_eq!(effect(&mut stage, PolicyType::SingleOrg), (vec!["tom".to_owned()], true));
}

#[test]
fn where_the_server_does_not_tell_the_rule_is_asked_and_what_it_cannot_see_is_said() {
    let mut stage = Stage::new(json!({}));
    show_members(
        &stage,
        &[
            ("owner", 0, 2, false),
            ("user", 2, 2, false),
            ("safe", 2, 2, true),
            ("invited", 2, 0, false),
            ("revoked", 2, -1, false),
            ("custom", 4, 1, false),
        ],
    );
    let foreseen = vec!["user".to_owned(), "custom".to_owned()];
    assert_eq!(effect(&mut stage, PolicyType::TwoFactorAuthentication), (foreseen, true));
    assert_eq!(effect(&mut stage, PolicyType::SingleOrg), (Vec::new(), false));
}
